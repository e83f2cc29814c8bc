{#
  Which rows a data test looks at. A test of every row at every run would cost more with each load,
  so tests look at the rows of the loads that are given; the variable test_everything widens them.
#}
{% macro in_scope(relation) -%}
    {%- if var('test_everything') -%}
        true
    {%- else -%}
        {{ relation }}.load_id in (select load_id from {{ ref('int_new_loads') }})
    {%- endif -%}
{%- endmacro %}
