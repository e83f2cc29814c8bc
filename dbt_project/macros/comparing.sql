{#
  What it takes to compare claims. Belongs here: words and patterns, by which two contents are alike
  or a content says who holds a place; the form in which a rule gives its pairs. Does not belong here:
  the rules on pairs (models/marts/claim_relations, intermediate/int_claim_answers, int_counts_compared).
#}

{#
  The pairs that one rule relates, with the columns that all rules share. kind and axis are SQL; a lower
  rank counts before a higher one on the same axis.
#}
{% macro relation_part(pairs, rule_id, rank, kind, axis='axis', where='true', likeness='likeness', figures=false) -%}
    select
        earlier_id,
        later_id,
        {{ kind }} as kind,
        {{ axis }} as axis,
        '{{ rule_id }}' as rule_id,
        {{ rank }} as rule_rank,
        place_id,
        {{ likeness if likeness else 'cast(null as double)' }} as likeness,
        {{ 'earlier_figure_id' if figures else 'cast(null as varchar)' }} as earlier_figure_id,
        {{ 'later_figure_id' if figures else 'cast(null as varchar)' }} as later_figure_id
    from {{ pairs }}
    where {{ where }}
{%- endmacro %}

{# What sorts claims by the time that they were first read in. #}
{% macro order_of(subject) -%}
    concat(
        cast(coalesce({{ subject }}.published_date, date '9999-12-31') as varchar),
        cast({{ subject }}.recorded_at as varchar),
        {{ subject }}.article_version_id,
        lpad(cast({{ subject }}.ordinal as varchar), 6, '0'),
        {{ subject }}.claim_id
    )
{%- endmacro %}

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

{# The first match of a regular expression in a text; null where there is none. #}
{% macro first_match(text, pattern) %}
    {{- return(adapter.dispatch('first_match')(text, pattern)) -}}
{% endmacro %}

{% macro default__first_match(text, pattern) -%}
    nullif(regexp_extract({{ text }}, '{{ pattern }}', 0), '')
{%- endmacro %}

{% macro duckdb__first_match(text, pattern) -%}
    nullif(regexp_extract({{ text }}, '{{ pattern }}'), '')
{%- endmacro %}

{# All matches of a regular expression in a text, as one text. #}
{% macro joined_matches(text, pattern) %}
    {{- return(adapter.dispatch('joined_matches')(text, pattern)) -}}
{% endmacro %}

{% macro default__joined_matches(text, pattern) -%}
    array_join(regexp_extract_all({{ text }}, '{{ pattern }}', 0), ' ')
{%- endmacro %}

{% macro duckdb__joined_matches(text, pattern) -%}
    array_to_string(regexp_extract_all({{ text }}, '{{ pattern }}'), ' ')
{%- endmacro %}

{# A text in lower case, in which groups have the short names of the seed side_words. #}
{% macro with_short_names(text) -%}
    replace(replace(lower({{ text }}), 'rapid support forces', 'rsf'), 'march 23 movement', 'm23')
{%- endmacro %}

{# All words of a text, lower case, as a list. #}
{% macro words_of(text) %}
    {{- return(adapter.dispatch('words_of')(text)) -}}
{% endmacro %}

{% macro default__words_of(text) -%}
    regexp_extract_all({{ with_short_names(text) }}, '([a-z0-9]+)', 1)
{%- endmacro %}

{% macro duckdb__words_of(text) -%}
    regexp_extract_all({{ with_short_names(text) }}, '[a-z0-9]+(?:''s)?')
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
        word -> {{ stem_of('word') }}
    ))
{%- endmacro %}

{% macro duckdb__stems_of(text) -%}
    list_distinct(list_transform(
        list_filter(
            regexp_extract_all(lower({{ text }}), '[a-z0-9]{4,}'), lambda word : word not in ({{ stop_words() }})
        ),
        lambda word : {{ stem_of('word') }}
    ))
{%- endmacro %}

{# Words that news uses for one another have one stem: each list by its first word. #}
{% macro alike() -%}
    {{ return([
        ['soldier', 'soldiers', 'servicemen', 'serviceman', 'troops', 'garrison'],
        ['fighters', 'fighter', 'militants', 'militant', 'insurgents', 'rebels', 'gunmen'],
        ['killed', 'kill', 'kills', 'killing', 'dead', 'died', 'deaths', 'death', 'eliminated', 'slain'],
        ['wounded', 'wounding', 'injured', 'injuring', 'hurt'],
        ['struck', 'strike', 'strikes', 'striking', 'attack', 'attacks', 'attacked', 'shelled', 'shelling', 'bombed'],
        ['hold', 'held', 'holds', 'holding', 'control', 'controls', 'controlled', 'hands'],
        ['take', 'took', 'taken', 'captured', 'capture', 'seized', 'liberated', 'liberation', 'fallen', 'fell'],
        ['surrounded', 'encircled', 'encirclement', 'trapped', 'surround'],
        ['fire', 'fired', 'fires', 'firing', 'launched', 'launch'],
        ['prisoners', 'prisoner', 'surrendered', 'surrender', 'captives'],
        ['civilians', 'civilian', 'residents', 'villagers', 'people'],
    ]) }}
{%- endmacro %}

{% macro stem_of(word) -%}
    case
        {%- for words in alike() %}
        when {{ word }} in ('{{ words | join("', '") }}') then '{{ words[0][:6] }}'
        {%- endfor %}
        else substring({{ word }}, 1, 6)
    end
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

{# The stems of words for people of different kinds. #}
{% macro kinds_of_people() -%}
    {{ return(['soldie', 'fighte', 'civili']) }}
{%- endmacro %}

{# The same as a list in SQL. #}
{% macro people_stems() -%}
    split('{{ kinds_of_people() | join(' ') }}', ' ')
{%- endmacro %}

{# True where the two tell of other people: soldiers are not civilians, and neither are fighters. #}
{% macro is_of_others(one, other) -%}
    ({% for people in kinds_of_people() -%}
        ({{ contains(one, people) }} and not {{ contains(other, people) }}
        and ({%- for others in kinds_of_people() if others != people -%}
            {{ ' or ' if not loop.first }}({{ contains(other, others) }} and not {{ contains(one, others) }})
        {%- endfor -%})){{ ' or ' if not loop.last }}
    {%- endfor %})
{%- endmacro %}

{% macro contains(list, value) %}
    {{- return(adapter.dispatch('contains')(list, value)) -}}
{% endmacro %}

{% macro default__contains(list, value) -%}
    array_contains({{ list }}, '{{ value }}')
{%- endmacro %}

{% macro duckdb__contains(list, value) -%}
    list_contains({{ list }}, '{{ value }}')
{%- endmacro %}

{# True of two names of which one is the other's last word: "Van Aken" and "Joost van Aken". #}
{% macro is_same_name(one, other) -%}
    coalesce(
        lower({{ one }}) = lower({{ other }})
        or right(lower({{ one }}), length({{ other }}) + 1) = ' ' || lower({{ other }})
        or right(lower({{ other }}), length({{ one }}) + 1) = ' ' || lower({{ one }}),
        false
    )
{%- endmacro %}

{# The same as likeness >= least, with the costly part once: it is asked of millions of pairs. #}
{% macro is_like(one, other, least) -%}
    {{ shared_count(one, other) }}
    >= {{ least }} / (1 + {{ least }}) * greatest({{ list_length(one) }} + {{ list_length(other) }}, 1)
{%- endmacro %}

{# True where the shorter list is in the longer one by half at least, and by two stems: a denial is mostly short. #}
{% macro is_half_contained(one, other) -%}
    {{ shared_count(one, other) }}
    >= greatest(2, 0.5 * least({{ list_length(one) }}, {{ list_length(other) }}))
{%- endmacro %}

{# True of topics that tell of one event from different ends: who was hit, who died, what burnt. #}
{% macro is_of_one_kind(one_topic, other_topic) -%}
    ({{ one_topic }} = {{ other_topic }}
    {%- for topics in [
        ['strike', 'casualties', 'damage', 'losses', 'troop_presence', 'humanitarian', 'prisoners'],
        ['control', 'advance', 'encirclement', 'troop_presence', 'logistics'],
    ] %}
    or ({{ one_topic }} in ('{{ topics | join("', '") }}') and {{ other_topic }} in ('{{ topics | join("', '") }}'))
    {%- endfor %})
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

{# The sentence of a text that a phrase of it is in, as far as the next "and". #}
{% macro sentence_around(text, phrase) %}
    {{- return(adapter.dispatch('sentence_around')(text, phrase)) -}}
{% endmacro %}

{% macro default__sentence_around(text, phrase) -%}
    concat(
        regexp_extract(substring({{ text }}, 1, locate({{ phrase }}, {{ text }}) - 1), '([^.!?]*)$', 1),
        regexp_replace(
            regexp_extract(substring({{ text }}, greatest(locate({{ phrase }}, {{ text }}), 1)), '^([^.!?]*)', 1),
            ' (and|but|while) .*', ''
        )
    )
{%- endmacro %}

{% macro duckdb__sentence_around(text, phrase) -%}
    concat(
        regexp_extract(substring({{ text }}, 1, position({{ phrase }} in {{ text }}) - 1), '[^.!?]*$'),
        regexp_replace(
            regexp_extract(substring({{ text }}, greatest(position({{ phrase }} in {{ text }}), 1)), '^[^.!?]*'),
            ' (and|but|while) .*', ''
        )
    )
{%- endmacro %}

{# What may or will be: no answer to what is. #}
{% macro may_be() -%}
    {{ return('\\b(would|could|might|may|if|unless|until|will|plan|plans|try|tries|trying|attempt|attempts)\\b') }}
{%- endmacro %}
