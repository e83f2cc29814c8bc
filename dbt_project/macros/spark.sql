{#
  What dbt's adapter for Spark lacks, or puts between quotes as it is. Belongs here: files as
  rows, seeds, comments and contracts on Spark. Does not belong here: anything about the facts.
#}

{# A column's type as Spark names it, from what contracts and sources declare. #}
{% macro spark_type(data_type) %}
    {%- set name = data_type | string | trim -%}
    {%- if name.endswith('[]') -%}
        {{ return('array<' ~ spark_type(name[:-2]) ~ '>') }}
    {%- endif -%}
    {%- if name.upper().startswith('STRUCT(') -%}
        {%- set fields = [] -%}
        {%- for field in name[7:-1].split(',') -%}
            {%- set parts = field.strip().split(' ') -%}
            {%- do fields.append('`' ~ parts[0].strip('"') ~ '`: ' ~ spark_type(parts[1])) -%}
        {%- endfor -%}
        {{ return('struct<' ~ fields | join(', ') ~ '>') }}
    {%- endif -%}
    {%- set other = {'VARCHAR': 'string', 'TIMESTAMP WITH TIME ZONE': 'timestamp'} -%}
    {{ return(other.get(name.upper(), name.lower())) }}
{% endmacro %}

{#
  The rows of files as a query, with the columns that are declared: a column that no file has is null in it. Nothing
  is written: a catalog that lasts would make folders where the files are.

  columns: types by name. format: parquet or json. path: a path or glob, which must exist.
#}
{% macro spark_rows_of_files(columns, format, path) %}
    {%- set option = {'json': 'multiLine', 'parquet': 'mergeSchema'}[format] -%}
    {%- set files = format ~ '.`' ~ path ~ '` with (' ~ option ~ " = 'true')" -%}
    {%- set there = run_query('describe select * from ' ~ files).columns[0].values() -%}
    {%- if not there -%}
        {{ return(spark_no_rows(columns)) }}
    {%- endif -%}
    {%- set values = [] -%}
    {%- for name, data_type in columns.items() -%}
        {%- set value = '`' ~ name ~ '`' if name in there else 'null' -%}
        {%- do values.append('cast(' ~ value ~ ' as ' ~ spark_type(data_type) ~ ') as `' ~ name ~ '`') -%}
    {%- endfor -%}
    {{ return('select ' ~ values | join(', ') ~ ' from ' ~ files) }}
{% endmacro %}

{# No row, with these columns. #}
{% macro spark_no_rows(columns) -%}
    select
        {% for name, data_type in columns.items() -%}
            cast(null as {{ spark_type(data_type) }}) as `{{ name }}`{{ ', ' if not loop.last }}
        {%- endfor %}
    where false
{%- endmacro %}

{# Whether a landed table is in any of the given loads is not asked: a landing of this schema has all of them. #}
{% macro spark__landed(table) %}
    {%- set columns = {} -%}
    {%- for name, column in landed_columns(table).items() -%}
        {%- do columns.update({name: column.data_type}) -%}
    {%- endfor -%}
    {%- set queries = [] -%}
    {%- if execute and table == 'checks' -%}
        {%- if var('checks_dir') -%}
            {%- do queries.append(spark_rows_of_files(columns, 'parquet', var('checks_dir') ~ '/*.parquet')) -%}
        {%- endif -%}
    {%- elif execute -%}
        {%- set parents = {} -%}
        {%- for load_dir in given_load_dirs() | unique -%}
            {%- set parts = (step_dir(load_dir) if table in resolved_tables() else load_dir).split('/') -%}
            {%- do parents.setdefault(parts[:-1] | join('/'), []).append(parts[-1]) -%}
        {%- endfor -%}
        {%- set file = 'manifest.json' if table == 'loads' else table ~ '/*.parquet' -%}
        {%- for parent, loads in parents.items() -%}
            {%- set path = parent ~ '/{' ~ loads | join(',') ~ '}/' ~ file -%}
            {%- do queries.append(spark_rows_of_files(columns, 'json' if table == 'loads' else 'parquet', path)) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ queries | join(' union all ') if queries else spark_no_rows(columns) }}
{% endmacro %}

{# --- seeds, comments and contracts ------------------------------------------------------------------------------ #}

{# A value of a seed, or of an invented row, as a literal; the adapter puts values between quotes as they are. #}
{% macro spark_literal(value) -%}
    {%- if value is none -%}
        null
    {%- elif value is number -%}
        {{ value }}
    {%- elif value is sequence and value is not string -%}
        array({% for one in value %}{{ spark_literal(one) }}{{ ', ' if not loop.last }}{% endfor %})
    {%- else -%}
        '{{ value | string | replace("\\", "\\\\") | replace("'", "''") }}'
    {%- endif -%}
{%- endmacro %}

{% macro spark__load_csv_rows(model, agate_table) %}
    {%- set types = model['config'].get('column_types', {}) -%}
    {%- set statements = [] -%}
    {%- for chunk in agate_table.rows | batch(get_batch_size()) -%}
        {%- set sql -%}
            insert into {{ this.render() }} values
            {% for row in chunk -%}
                ({%- for name in agate_table.column_names -%}
                    {%- set data_type = types.get(name, adapter.convert_type(agate_table, loop.index0)) -%}
                    cast({{ spark_literal(row[loop.index0]) }} as {{ spark_type(data_type) }}){{ ', ' if not loop.last }}
                {%- endfor -%}){{ ',' if not loop.last }}
            {%- endfor %}
        {%- endset -%}
        {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
        {%- do statements.append(sql) -%}
    {%- endfor -%}
    {{ return(statements[0]) }}
{% endmacro %}

{% macro spark__comment_clause() -%}
    {%- if config.persist_relation_docs() -%}
        comment {{ spark_literal(model.description) }}
    {%- endif -%}
{%- endmacro %}

{# No rows with the columns of a contract, which the adapter compares with those of the query. #}
{% macro spark__get_empty_schema_sql(columns) -%}
    {%- set types = {} -%}
    {%- for column in columns.values() -%}
        {%- do types.update({column.name: column.data_type}) -%}
    {%- endfor -%}
    {{ spark_no_rows(types) }}
{%- endmacro %}

{#
  Constraints of a contract. A table of Parquet cannot carry "not null": its rows are counted instead, and the build
  fails as it does where the table refuses them.
#}
{% macro spark__persist_constraints(relation, model) %}
    {%- if spark_format() != 'parquet' -%}
        {%- do alter_column_set_constraints(relation, model.columns) -%}
        {{ return('') }}
    {%- endif -%}
    {%- set counts = [] -%}
    {%- for column in model.columns.values() if column.constraints | selectattr('type', 'equalto', 'not_null') | list -%}
        {%- do counts.append("count_if(`" ~ column.name ~ "` is null) as `" ~ column.name ~ '`') -%}
    {%- endfor -%}
    {%- if counts -%}
        {%- set found = run_query('select ' ~ counts | join(', ') ~ ' from ' ~ relation) -%}
        {%- for name in found.column_names if found.columns[name].values()[0] > 0 -%}
            {%- do exceptions.raise_compiler_error(
                'NOT NULL constraint failed: ' ~ relation ~ '.' ~ name ~ ' is null in '
                ~ found.columns[name].values()[0] ~ ' rows'
            ) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}

{% macro spark__file_format_clause() -%}
    using {{ spark_format() }}
{%- endmacro %}

{# What tables are kept as: parquet, or delta or iceberg where the catalog has them. #}
{% macro spark_format() %}
    {{ return(env_var('CLAIMHOUSE_SPARK_FORMAT', 'parquet')) }}
{% endmacro %}
