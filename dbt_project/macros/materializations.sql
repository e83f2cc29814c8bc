{#
  How a view is made in the candidate. Belongs here: what dbt does for databases that people look into meanwhile,
  done without that care. Does not belong here: tables.
#}

{#
  dbt's own makes a view under another name, moves the old one out of the way, the new one to its place, and drops the
  old one. Nobody looks into a candidate, and its views live for one run: one statement does.
#}
{% materialization view, adapter='duckdb' %}
    {%- set target_relation = this.incorporate(type='view') -%}
    {%- set held = load_cached_relation(this) -%}
    {%- if held is not none and not held.is_view -%}
        {%- do adapter.drop_relation(held) -%}
    {%- endif -%}
    {%- call statement('main') -%}
        create or replace view {{ target_relation }} as (
            {{ sql }}
        );
    {%- endcall -%}
    {%- do persist_docs(target_relation, model) -%}
    {%- do adapter.commit() -%}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
