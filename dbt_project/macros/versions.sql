{#
  Facts are versioned, not updated: a load adds rows and closes rows, and the columns named here are
  the only ones of a fact that ever change. Belongs here: how an incremental model adds the facts of
  new loads and closes those that the new loads replace.
#}

{% macro closing_columns(more=[]) %}
    {{ return(['superseded_at', 'superseded_by_load_id', 'is_current'] + more) }}
{% endmacro %}

{# Columns of the model as its contract has them; a unit test has none, and states them where they matter. #}
{% macro fact_columns() %}
    {{ return((model.columns or {'*': none}).keys() | list) }}
{% endmacro %}

{#
  A fact model's last select: the new rows, and the held rows that the new loads have closed. What
  closes a fact is worked out once, in ops_extractions; a fact ends with the extraction it is from.
  "following" names a column, the model that may change its value later, and that model's key.
#}
{% macro new_and_closed(new_rows, following=none) %}
    {#- named outside the condition, for dbt to know them as parents while it parses -#}
    {%- set new_loads = ref('int_new_loads') -%}
    {%- set extractions = ref('ops_extractions') -%}
    {%- set closing = closing_columns() -%}
    {%- set names = fact_columns() -%}
    select
        {% for name in names -%}
            {{ name }}{{ ', ' if not loop.last }}
        {%- endfor %}
    from {{ new_rows }}
    {%- if is_incremental() %}
    union all
    select
        {% for name in names -%}
            {{ 'closing' if name in closing else 'followed' if following and name == following[0] else 'held' }}.{{ name }}{{ ', ' if not loop.last }}
        {%- endfor %}
    from {{ this }} as held
    inner join {{ extractions }} as closing
        on
            held.article_version_id = closing.article_version_id
            and held.extractor_version = closing.extractor_version
    {%- if following %}
    left join {{ ref(following[1]) }} as followed on held.{{ following[2] }} = followed.{{ following[2] }}
    {%- endif %}
    {%- if following %}
    {#- which they are is found first, by few columns: those of the facts themselves are wide #}
    where
        held.{{ model.config.unique_key }} in (
            select row_held.{{ model.config.unique_key }}
            from {{ this }} as row_held
            inner join {{ extractions }} as closing_held
                on
                    row_held.article_version_id = closing_held.article_version_id
                    and row_held.extractor_version = closing_held.extractor_version
            left join {{ ref(following[1]) }} as following_held
                on row_held.{{ following[2] }} = following_held.{{ following[2] }}
            where
                (
                    closing_held.superseded_by_load_id in (select load_id from {{ new_loads }})
                    or row_held.{{ following[0] }} is distinct from following_held.{{ following[0] }}
                )
                and row_held.load_id not in (select load_id from {{ new_loads }})
        )
    {%- else %}
    where
        closing.superseded_by_load_id in (select load_id from {{ new_loads }})
        and held.load_id not in (select load_id from {{ new_loads }})
    {%- endif %}
    {%- endif %}
{% endmacro %}

{# True for rows that the new loads brought or closed: what a model that sums up facts must look at again. #}
{% macro is_touched(relation) -%}
    ({{ relation }}.load_id in (select load_id from {{ ref('int_new_loads') }})
    or {{ relation }}.superseded_by_load_id in (select load_id from {{ ref('int_new_loads') }}))
{%- endmacro %}

{#
  For a model that holds what follows from facts, not facts: before the new rows are added, the rows
  that are to be worked out again go. In a first build there is none.
#}
{% macro forget(column, keys) -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where {{ column }} in ({{ keys }})
    {%- else -%}
        select 1
    {%- endif -%}
{%- endmacro %}

{# A query of the keys that the new loads concern: of rows that they brought or closed. #}
{% macro touched(model, columns) -%}
    select {% for column in columns.split(', ') %}touched.{{ column }}{{ ', ' if not loop.last }}{% endfor %}
    from {{ ref(model) }} as touched
    where {{ is_touched('touched') }}
{%- endmacro %}

{# A query of the loads whose facts the new loads change: themselves, and those of which they close facts. #}
{% macro touched_loads() -%}
    {{ touched('ops_extractions', 'load_id') }}
{%- endmacro %}

{# A query of the events, and groups of claims, that the given loads changed last. #}
{% macro changed_groups() -%}
    select group_id from {{ ref('int_changed_groups') }}
{%- endmacro %}

{# True for rows that the new loads brought; in a first build, for all. #}
{% macro is_new(relation) -%}
    {%- if is_incremental() -%}
        {{ relation }}.load_id in (select load_id from {{ ref('int_new_loads') }})
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{#
  Versions of articles, with their texts: at least those that the facts point at. Texts are most of a
  warehouse; an engine that keeps the rows of a load together reads those of these versions' loads only.
#}
{% macro texts_of(facts) -%}
    select article_version_id, text
    from {{ ref('dim_article_versions') }}
    where load_id in (
        select distinct load_id
        from {{ ref('dim_article_versions') }}
        where article_version_id in (select article_version_id from {{ facts }})
    )
{%- endmacro %}
