{#
  What dbt does again whenever rows are added to a table, and need not: a table was built by the very models that
  add to it, for whoever changes a model, its columns or their descriptions builds a new file.
#}

{# Descriptions as comments on tables and columns: a table that is added to has them. #}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- if not is_incremental() -%}
        {{- return(default__persist_docs(relation, model, for_relation, for_columns)) -}}
    {%- endif -%}
{%- endmacro %}

{# The columns that rows are added with: those of the contract, which the table has and the model's query keeps. #}
{% macro duckdb__process_schema_changes(on_schema_change, source_relation, target_relation) -%}
    {%- set columns = [] -%}
    {%- for column in model.columns.values() -%}
        {%- do columns.append(api.Column.create(column.name, column.data_type)) -%}
    {%- endfor -%}
    {{- return(columns) -}}
{%- endmacro %}
