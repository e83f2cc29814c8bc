{#
  What engines say differently. Belongs here: one dispatched macro for each thing that standard SQL
  does not settle, for DuckDB and for Spark. Does not belong here: anything about the facts.
#}

{# A moment with a time zone as one without, in UTC: readers then see the same digits everywhere. #}
{% macro utc(column) %}
    {{- return(adapter.dispatch('utc')(column)) -}}
{% endmacro %}

{% macro spark__utc(column) -%}
    to_utc_timestamp({{ column }}, 'UTC')
{%- endmacro %}

{% macro duckdb__utc(column) -%}
    timezone('UTC', {{ column }})
{%- endmacro %}

{# A short, stable id from text expressions; null parts count as empty. #}
{% macro identity(parts) %}
    {{- return(adapter.dispatch('identity')(parts)) -}}
{% endmacro %}

{% macro default__identity(parts) -%}
    substring(md5(
        {%- for part in parts -%}
            coalesce(cast({{ part }} as {{ dbt.type_string() }}), ''){{ " || '|' || " if not loop.last }}
        {%- endfor -%}
    ), 1, 16)
{%- endmacro %}

{# One row for each day, both ends included, in a column named date_day. #}
{% macro days(first, last) %}
    {{- return(adapter.dispatch('days')(first, last)) -}}
{% endmacro %}

{% macro spark__days(first, last) -%}
    select explode(sequence(date '{{ first }}', date '{{ last }}')) as date_day
{%- endmacro %}

{% macro duckdb__days(first, last) -%}
    select cast(date_day as date) as date_day
    from generate_series(date '{{ first }}', date '{{ last }}', interval 1 day) as days (date_day)
{%- endmacro %}

{# The ISO week of a day, as 2025-W48. #}
{% macro iso_week(day) %}
    {{- return(adapter.dispatch('iso_week')(day)) -}}
{% endmacro %}

{% macro spark__iso_week(day) -%}
    concat(extract(yearofweek from {{ day }}), '-W', lpad(cast(extract(week from {{ day }}) as string), 2, '0'))
{%- endmacro %}

{% macro duckdb__iso_week(day) -%}
    strftime({{ day }}, '%G-W%V')
{%- endmacro %}

{# The ISO day of the week, from 1 for Monday. #}
{% macro iso_day_of_week(day) %}
    {{- return(adapter.dispatch('iso_day_of_week')(day)) -}}
{% endmacro %}

{% macro spark__iso_day_of_week(day) -%}
    cast(extract(dow_iso from {{ day }}) as bigint)
{%- endmacro %}

{% macro duckdb__iso_day_of_week(day) -%}
    cast(extract(isodow from {{ day }}) as bigint)
{%- endmacro %}

{# Monday of the ISO week of a day. #}
{% macro week_start(day) -%}
    cast(date_trunc('week', {{ day }}) as date)
{%- endmacro %}

{# The rows of a list column, one each with its place from 1, as "name" and "position". #}
{% macro unnested(relation, keys, list_column, name, position) %}
    {{- return(adapter.dispatch('unnested')(relation, keys, list_column, name, position)) -}}
{% endmacro %}

{% macro spark__unnested(relation, keys, list_column, name, position) -%}
    select {{ keys | join(', ') }}, place + 1 as {{ position }}, {{ name }}
    from {{ relation }} lateral view posexplode({{ list_column }}) as place, {{ name }}
{%- endmacro %}

{% macro duckdb__unnested(relation, keys, list_column, name, position) -%}
    select
        {{ keys | join(', ') }},
        unnest(range(1, len({{ list_column }}) + 1)) as {{ position }},
        unnest({{ list_column }}) as {{ name }}
    from {{ relation }}
{%- endmacro %}

{# Aggregate: the value, null aside, of the row that comes last by the order columns. #}
{% macro latest(value, order_columns) %}
    {{- return(adapter.dispatch('latest')(value, order_columns)) -}}
{% endmacro %}

{% macro spark__latest(value, order_columns) -%}
    max_by({{ value }}, struct({{ order_columns | join(', ') }})) filter (where {{ value }} is not null)
{%- endmacro %}

{% macro duckdb__latest(value, order_columns) -%}
    arg_max({{ value }}, row({{ order_columns | join(', ') }})) filter (where {{ value }} is not null)
{%- endmacro %}

{# Days from one day to another. #}
{% macro days_between(first, last) %}
    {{- return(adapter.dispatch('days_between')(first, last)) -}}
{% endmacro %}

{% macro spark__days_between(first, last) -%}
    cast(datediff({{ last }}, {{ first }}) as bigint)
{%- endmacro %}

{% macro duckdb__days_between(first, last) -%}
    date_diff('day', {{ first }}, {{ last }})
{%- endmacro %}

{#
  A path as DuckDB reads it: the name of a folder may have apostrophes in it, and brackets, which stand for other names
  in a pattern. `pattern` is what is looked for below it.
#}
{% macro path_literal(path, pattern='') -%}
    {%- set folder = path | replace('[', '[[]') | replace('*', '[*]') | replace('?', '[?]') -%}
    '{{ (folder ~ pattern) | replace("'", "''") }}'
{%- endmacro %}

{# What a small file of text holds. #}
{% macro file_content(path) %}
    {{- return(run_query(adapter.dispatch('file_content')(path)).columns[0].values()[0]) -}}
{% endmacro %}

{% macro spark__file_content(path) -%}
    select concat_ws('', collect_list(value)) as content from text.`{{ path }}`
{%- endmacro %}

{% macro duckdb__file_content(path) -%}
    select content from read_text({{ path_literal(path) }})
{%- endmacro %}

{# The rows of a JSON file that holds one array, with these columns, types by name; none where no path is given. #}
{% macro json_rows(path, columns) %}
    {{- return(adapter.dispatch('json_rows')(path, columns)) -}}
{% endmacro %}

{% macro spark__json_rows(path, columns) -%}
    {%- if path and execute -%}
        {{ spark_rows_of_files(columns, 'json', path) }}
    {%- else -%}
        {{ spark_no_rows(columns) }}
    {%- endif -%}
{%- endmacro %}

{% macro duckdb__json_rows(path, columns) -%}
    {%- if path and execute -%}
        select {{ columns.keys() | join(', ') }}
        from read_json({{ path_literal(path) }}, format = 'array', columns = {
            {%- for column, type in columns.items() -%}'{{ column }}': '{{ type }}'{{ ', ' if not loop.last }}{%- endfor -%}
        })
    {%- else -%}
        select {% for column, type in columns.items() -%}
            cast(null as {{ type }}) as {{ column }}{{ ', ' if not loop.last }}
        {%- endfor %}
        where false
    {%- endif -%}
{%- endmacro %}
