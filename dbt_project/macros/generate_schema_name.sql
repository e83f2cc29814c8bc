{# A model's schema is named as in dbt_project.yml, without a prefix; marts and seeds are in main. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name if custom_schema_name else target.schema }}
{%- endmacro %}
