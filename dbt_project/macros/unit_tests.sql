{#
  Invented rows of dbt's unit tests. Belongs here: how an engine takes them, where dbt's own way does
  not do for it. Does not belong here: the rows, which stand beside the models.
#}

{#
  The rows of one input as a query, as dbt's own macro of this name makes it.

  On Spark the rows stand in one VALUES: a SELECT for each row, which dbt would write, is a branch of
  the plan with all columns of the table, wherever the model names the input.
#}
{% macro get_fixture_sql(rows, column_name_to_data_types) %}
    {%- if target.type != 'spark' or not rows -%}
        {{ return(dbt.get_fixture_sql(rows, column_name_to_data_types)) }}
    {%- endif -%}
    {%- set types = column_name_to_data_types or {} -%}
    {%- if not types -%}
        {%- for column in adapter.get_columns_in_relation(this) -%}
            {%- do types.update({column.name | lower: column.data_type}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if not types -%}
        {{ exceptions.raise_compiler_error('Not able to get columns of ' ~ this ~ ', which does not exist') }}
    {%- endif -%}
    {%- set named = [] -%}
    {%- for row in rows -%}
        {%- for name in format_row(row, types) if name not in named -%}
            {%- do named.append(name) -%}
        {%- endfor -%}
    {%- endfor -%}
    {# a column that no row names is null in all of them #}
    select
        {% for name, data_type in types.items() -%}
            {{ '`' ~ name ~ '`' if name in named else 'cast(null as ' ~ data_type ~ ') as `' ~ name ~ '`' }}{{ ', ' if not loop.last }}
        {%- endfor %}
    from values
        {% for row in rows -%}
            ({%- for name in named -%}
                {{ format_row(row, types).get(name, 'null') }}{{ ', ' if not loop.last }}
            {%- endfor -%}){{ ', ' if not loop.last }}
        {%- endfor %}
    as fixture ({% for name in named %}`{{ name }}`{{ ', ' if not loop.last }}{% endfor %})
{% endmacro %}

{# The cells of one row by column, each as an expression of the column's type, as dbt's own macro of this name makes them. #}
{% macro format_row(row, column_name_to_data_types) %}
    {%- if target.type != 'spark' -%}
        {{ return(dbt.format_row(row, column_name_to_data_types)) }}
    {%- endif -%}
    {%- set cells = {} -%}
    {%- for name, value in row.items() -%}
        {%- if name | lower not in column_name_to_data_types -%}
            {{ exceptions.raise_compiler_error('Invalid column name: ' ~ name ~ ' in a unit test of ' ~ model.name) }}
        {%- endif -%}
        {%- do cells.update({
            name | lower: 'cast(' ~ spark_literal(value) ~ ' as ' ~ column_name_to_data_types[name | lower] ~ ')'
        }) -%}
    {%- endfor -%}
    {{ return(cells) }}
{% endmacro %}
