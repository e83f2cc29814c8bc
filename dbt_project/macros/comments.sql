{#
  Descriptions as comments on tables and columns, in place of dbt's own macro of this name. A table that
  is added to has them since it was built, and is built anew whenever a description changes; to write
  each of them again would cost a nightly load more than its rows do.
#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- if not is_incremental() -%}
        {{- return(default__persist_docs(relation, model, for_relation, for_columns)) -}}
    {%- endif -%}
{%- endmacro %}
