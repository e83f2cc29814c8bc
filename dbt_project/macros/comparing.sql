{#
  What it takes to compare claims. Belongs here: words and patterns, by which two contents are alike
  or a content says who holds a place. Does not belong here: rules on pairs (models/marts/claim_relations).
#}

{# True where the text matches a regular expression of the common kind. #}
{% macro matches(text, pattern) %}
    {{- return(adapter.dispatch('matches')(text, pattern)) -}}
{% endmacro %}

{% macro default__matches(text, pattern) -%}
    {{ text }} rlike '{{ pattern }}'
{%- endmacro %}

{% macro duckdb__matches(text, pattern) -%}
    regexp_matches({{ text }}, '{{ pattern }}')
{%- endmacro %}

{# All words of a text, lower case, as a list. #}
{% macro words_of(text) %}
    {{- return(adapter.dispatch('words_of')(text)) -}}
{% endmacro %}

{% macro default__words_of(text) -%}
    regexp_extract_all(lower({{ text }}), '([a-z]+)', 1)
{%- endmacro %}

{% macro duckdb__words_of(text) -%}
    regexp_extract_all(lower({{ text }}), '[a-z]+(?:''s)?')
{%- endmacro %}

{# Beginnings of the words of a text that carry meaning, once each: enough to see "captured" in "the capture". #}
{% macro stems_of(text) %}
    {{- return(adapter.dispatch('stems_of')(text)) -}}
{% endmacro %}

{% macro stop_words() -%}
    'that', 'this', 'with', 'from', 'have', 'been', 'were', 'will', 'would', 'they', 'their', 'them', 'there', 'which',
    'what', 'when', 'where', 'while', 'who', 'whom', 'into', 'over', 'about', 'after', 'before', 'more', 'than', 'also',
    'only', 'some', 'such', 'then', 'these', 'those', 'very', 'being', 'could', 'should', 'other', 'because', 'during'
{%- endmacro %}

{% macro default__stems_of(text) -%}
    array_distinct(transform(
        filter(
            regexp_extract_all(lower({{ text }}), '([a-z0-9]{4,})', 1), word -> word not in ({{ stop_words() }})
        ),
        word -> substring(word, 1, 6)
    ))
{%- endmacro %}

{% macro duckdb__stems_of(text) -%}
    list_distinct(list_transform(
        list_filter(
            regexp_extract_all(lower({{ text }}), '[a-z0-9]{4,}'), lambda word : word not in ({{ stop_words() }})
        ),
        lambda word : word[1:6]
    ))
{%- endmacro %}

{# How many stems two lists have in common. #}
{% macro shared_count(one, other) %}
    {{- return(adapter.dispatch('shared_count')(one, other)) -}}
{% endmacro %}

{% macro default__shared_count(one, other) -%}
    size(array_intersect({{ one }}, {{ other }}))
{%- endmacro %}

{% macro duckdb__shared_count(one, other) -%}
    len(list_intersect({{ one }}, {{ other }}))
{%- endmacro %}

{% macro list_length(list) %}
    {{- return(adapter.dispatch('list_length')(list)) -}}
{% endmacro %}

{% macro default__list_length(list) -%}
    size({{ list }})
{%- endmacro %}

{% macro duckdb__list_length(list) -%}
    len({{ list }})
{%- endmacro %}

{# How much two lists of stems have in common: of all that are in either, the share that is in both. #}
{% macro likeness(one, other) -%}
    coalesce(
        {{ shared_count(one, other) }} / nullif(
            {{ list_length(one) }} + {{ list_length(other) }} - {{ shared_count(one, other) }}, 0
        ),
        0
    )
{%- endmacro %}

{# The same as likeness >= least, with the costly part once: it is asked of millions of pairs. #}
{% macro is_like(one, other, least) -%}
    {{ shared_count(one, other) }}
    >= {{ least }} / (1 + {{ least }}) * greatest({{ list_length(one) }} + {{ list_length(other) }}, 1)
{%- endmacro %}

{# A list less what is in another. #}
{% macro without(one, other) %}
    {{- return(adapter.dispatch('without')(one, other)) -}}
{% endmacro %}

{% macro default__without(one, other) -%}
    array_except({{ one }}, {{ other }})
{%- endmacro %}

{% macro duckdb__without(one, other) -%}
    list_filter({{ one }}, lambda stem : not list_contains({{ other }}, stem))
{%- endmacro %}
