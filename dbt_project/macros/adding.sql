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

{# Which mentions are of which event, as the last step that changed the event left it: those of the condition. #}
{% macro changed_members(condition) -%}
    select
        member.event_member_id,
        member.event_id,
        member.event_mention_id,
        member.account_id,
        member.is_first_of_account,
        member.joined_with_account_id,
        member.score,
        member.rule_id,
        member.is_superseded,
        member.voice,
        member.voice_key,
        member.voice_side,
        member.is_publisher_voice,
        member.origin,
        member.step_number,
        member.load_id,
        member.recorded_at
    from {{ ref('stg_landing__event_members') }} as member
    inner join {{ ref('int_changed_groups') }} as changed
        on member.event_id = changed.group_id and member.step_number = changed.step_number
    where {{ condition }}
{%- endmacro %}
