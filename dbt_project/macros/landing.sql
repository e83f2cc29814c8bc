{#
  Where the landed rows come from. Belongs here: reading the files of the loads that are given.
  Models call landed('claims') and get a relation with exactly the columns that the source declares,
  empty where there is nothing to read. Spark's version is in spark.sql.
#}

{% macro landed(table) %}
    {#- the dependency is declared while parsing; files are looked at only when a model runs -#}
    {%- do source('landing', table) -%}
    {{ return(adapter.dispatch('landed')(table)) }}
{% endmacro %}

{% macro duckdb__landed(table) %}
    {%- set columns = landed_columns(table) -%}
    {%- set files = landed_files(table) if execute else [] -%}
    select
        {% for name in columns -%}
            {{ adapter.quote(name) }}{{ ', ' if not loop.last }}
        {%- endfor %}
    from (
        select
            {% for name, column in columns.items() -%}
                cast(null as {{ column.data_type }}) as {{ adapter.quote(name) }}{{ ', ' if not loop.last }}
            {%- endfor %}
        where false
        {%- if files %}
        union all by name
        select * from {{ file_reader(table, columns, files) }}
        {%- endif %}
    )
{% endmacro %}

{#
  A landed table as staging shows it: its columns as the source declares them, moments in UTC without a zone,
  and in rows from before there was a column what the source says stands for it.
#}
{% macro staged(table) %}
with

source as (
    {{ landed(table) }}
)

select
    {% for name, column in landed_columns(table).items() -%}
        {%- set quoted = adapter.quote(name) -%}
        {%- set value = utc(quoted) if column.data_type == 'TIMESTAMP WITH TIME ZONE' else quoted -%}
        {{ value if column.before is none else 'coalesce(' ~ value ~ ', ' ~ column.before ~ ')' }} as {{ quoted }}{{ ', ' if not loop.last }}
    {% endfor %}
from source
{% endmacro %}

{#
  The columns of a landed table that a mart hands on, each from the relation that is named: the select list of a
  model in which a new column needs no mention. A unit test states its rows in full; it gets all columns.
#}
{% macro landed_as(table, relation, but=[]) %}
    {%- set names = [] -%}
    {%- for name in landed_columns(table) if name not in but -%}
        {%- do names.append(relation ~ '.' ~ adapter.quote(name)) -%}
    {%- endfor -%}
    {{ names | join(',\n        ') if names else relation ~ '.*' }}
{%- endmacro %}

{# Declared columns of a landed table, in order: their types, and what stands for them in older rows. #}
{% macro landed_columns(table) %}
    {%- set columns = {} -%}
    {%- if execute -%}
        {%- for node in graph.get('sources', {}).values() if node.source_name == 'landing' and node.name == table -%}
            {%- for column in node.columns.values() -%}
                {%- do columns.update({column.name: {
                    'data_type': column.data_type, 'before': (column.config.meta or {}).get('before')
                }}) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(columns) }}
{% endmacro %}

{# Files to read for a landed table. #}
{% macro landed_files(table) %}
    {%- if table == 'checks' -%}
        {{ return(unread_check_files()) }}
    {%- endif -%}
    {%- set part = '/manifest.json' if table == 'loads' else '/' ~ table ~ '/*.parquet' -%}
    {%- set files = [] -%}
    {%- for load_dir in given_load_dirs() | unique -%}
        {%- set folder = step_dir(load_dir) if table in resolved_tables() else load_dir -%}
        {%- do files.append(folder ~ part if table == 'loads' else path_literal(folder, part)) -%}
    {%- endfor -%}
    {{ return(files if table == 'loads' else found_files(files)) }}
{% endmacro %}

{# The tables that resolving lands: not in the folder of a load, but in that of its step. #}
{% macro resolved_tables() %}
    {{ return(['events', 'event_members', 'event_figures', 'event_states', 'event_changes', 'relations']) }}
{% endmacro %}

{# The folder of the step in which a load was resolved: of the load's name, in the folder "resolved" beside the loads'. #}
{% macro step_dir(load_dir) %}
    {%- set parts = load_dir.split('/') -%}
    {{ return((parts[:-2] + ['resolved', parts[-1]]) | join('/')) }}
{% endmacro %}

{# The files that some patterns, in quotes, stand for: a load that is older than a table has none of it. #}
{% macro found_files(patterns) %}
    {%- if not patterns -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set query -%}
        select file
        from glob([{{ patterns | join(', ') }}])
        order by file
    {%- endset -%}
    {{ return(run_query(query).columns[0].values() | list) }}
{% endmacro %}

{#
  The loads to take in: a list, or the path of a JSON file that holds one. A file leaves the command
  line the same from run to run, so that dbt need not parse the project again, and knows no limit.
#}
{% macro given_load_dirs() %}
    {%- set given = var('load_dirs') or [] -%}
    {%- if given is string -%}
        {{ return(fromjson(file_content(given))) }}
    {%- endif -%}
    {{ return(given) }}
{% endmacro %}

{#
  Results of checks come in many small files beside the loads, two a run. Those whose run and stage
  the warehouse holds are not opened again.
#}
{% macro unread_check_files() %}
    {%- if not var('checks_dir') -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set held = adapter.get_relation(this.database, target.schema, 'ops_check_results') -%}
    {%- set query -%}
        select file from glob({{ path_literal(var('checks_dir'), '/*.parquet') }})
        {% if held %}
        where parse_filename(file, true) not in (select distinct run_id || '-' || stage from {{ held }})
        {% endif %}
        order by file
    {%- endset -%}
    {{ return(run_query(query).columns[0].values() | list) }}
{% endmacro %}

{% macro file_reader(table, columns, files) %}
    {%- set paths = [] -%}
    {%- for file in files -%}
        {%- do paths.append(path_literal(file)) -%}
    {%- endfor -%}
    {%- if table == 'loads' -%}
        read_json([{{ paths | join(', ') }}], format = 'auto', columns = {
            {%- for name, column in columns.items() -%}
                '{{ name }}': '{{ column.data_type }}'{{ ', ' if not loop.last }}
            {%- endfor -%}
        })
    {%- else -%}
        read_parquet([{{ paths | join(', ') }}], union_by_name = true)
    {%- endif -%}
{% endmacro %}

{# The rows of the authority file of actors; none where no file is given. #}
{% macro authority_rows() %}
    {%- set columns = {} -%}
    {%- for name in ['actor_key', 'target_key', 'actor', 'kind', 'side', 'rule_id'] -%}
        {%- do columns.update({name: 'VARCHAR'}) -%}
    {%- endfor -%}
    {{ json_rows(var('actors_file'), columns) }}
{% endmacro %}
