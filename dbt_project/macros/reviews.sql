{#
  What people said of pairs of statements. Belongs here: reading the rows of the file of reviews, and moving pairs to
  the table in which their review puts them. Does not belong here: finding the reviewed pairs (relation_reviews).
#}

{# The columns of the file of reviews, and their types. #}
{% macro review_columns() %}
    {%- set columns = {'review_id': 'VARCHAR', 'reviewed_at': 'VARCHAR'} -%}
    {%- for name in ['verdict', 'kind', 'axis', 'rule_id', 'note', 'reviewer'] -%}
        {%- do columns.update({name: 'VARCHAR'}) -%}
    {%- endfor -%}
    {%- for end in ['earlier', 'later'] -%}
        {%- for name in ['article_id', 'version_id', 'words', 'address'] -%}
            {%- do columns.update({end ~ '_' ~ name: 'VARCHAR'}) -%}
        {%- endfor -%}
        {%- do columns.update({end ~ '_start': 'BIGINT', end ~ '_end': 'BIGINT'}) -%}
    {%- endfor -%}
    {{ return(columns) }}
{% endmacro %}

{# The reviews that hold, one row a pair; none where no file is given. #}
{% macro review_rows() %}
    {{ json_rows(var('reviews_file'), review_columns()) }}
{% endmacro %}

{# Pairs that a person has accepted, or rejected. #}
{% macro reviewed_as(verdict) -%}
    select relation_id from {{ this }} where verdict = '{{ verdict }}' and relation_id is not null
{%- endmacro %}

{#
  True of a pair that readers are shown: one that is accepted, or sure enough and not rejected. For the hooks of the
  table of reviews, which is "this" there.
#}
{% macro is_shown_as_reviewed() -%}
    (
        relation_id in ({{ reviewed_as('accepted') }})
        or (confidence >= {{ var('least_confidence') }} and relation_id not in ({{ reviewed_as('rejected') }}))
    )
{%- endmacro %}

{# Rows of one table, put into another of the same columns. #}
{% macro moved_rows(from_relation, to_relation, condition) -%}
    {%- set names = [] -%}
    {%- if execute -%}
        {%- for column in adapter.get_columns_in_relation(to_relation) -%}{%- do names.append(column.quoted) -%}{%- endfor -%}
    {%- endif -%}
    insert into {{ to_relation }} ({{ names | join(', ') }})
    select {{ names | join(', ') }} from {{ from_relation }} where {{ condition }}
{%- endmacro %}

{# The number of disputes of those events in which it is another one now. #}
{% macro counted_disputes() -%}
    update {{ ref('events') }} set dispute_count = (
        select count(*) from {{ ref('relations') }} as relation
        where relation.event_id = {{ ref('events') }}.event_id and relation.kind in ('contradicts', 'denies')
    )
    where event_id in (
        select event.event_id
        from {{ ref('events') }} as event
        left join (
            select event_id, count(*) as dispute_count from {{ ref('relations') }}
            where kind in ('contradicts', 'denies')
            group by event_id
        ) as counted on event.event_id = counted.event_id
        where event.dispute_count <> coalesce(counted.dispute_count, 0)
    )
{%- endmacro %}

{# A statement that changes rows where they are; nothing where an engine cannot, and makes the tables anew. #}
{% macro in_place(statement) %}
    {{- return(adapter.dispatch('in_place')(statement)) -}}
{% endmacro %}

{% macro default__in_place(statement) -%}
    {{ statement }}
{%- endmacro %}

{% macro spark__in_place(statement) -%}
    {{ '' if spark_format() == 'parquet' else statement }}
{%- endmacro %}

{# The tables that follow the reviews, made anew where rows cannot be changed in place; else nothing. #}
{% macro made_anew_as_reviewed() %}
    {{- return(adapter.dispatch('made_anew_as_reviewed')()) -}}
{% endmacro %}

{% macro default__made_anew_as_reviewed() -%}
{%- endmacro %}

{% macro spark__made_anew_as_reviewed() -%}
    {%- if execute and spark_format() == 'parquet' and var('reviews_file') -%}
        {%- set relations, below, events = ref('relations'), ref('relations_below'), ref('events') -%}
        {%- set pairs = 'select * from ' ~ relations ~ ' union all select * from ' ~ below -%}
        {%- do spark_made_anew({
            relations: 'select * from (' ~ pairs ~ ') where ' ~ is_shown_as_reviewed(),
            below: 'select * from (' ~ pairs ~ ') where not ' ~ is_shown_as_reviewed(),
        }) -%}
        {%- set names = [] -%}
        {%- for column in adapter.get_columns_in_relation(events) -%}
            {%- do names.append(
                'coalesce(dispute.dispute_count, 0) as dispute_count' if column.name == 'dispute_count'
                else 'event.`' ~ column.name ~ '`'
            ) -%}
        {%- endfor -%}
        {%- do spark_made_anew({
            events: 'select ' ~ names | join(', ') ~ ' from ' ~ events ~ ' as event left join ('
                ~ 'select event_id, count(*) as dispute_count from ' ~ relations
                ~ " where kind in ('contradicts', 'denies') group by event_id"
                ~ ') as dispute on event.event_id = dispute.event_id',
        }) -%}
    {%- endif -%}
{%- endmacro %}

{# Tables of Parquet, each put in the place of itself by a query that may read all of them. #}
{% macro spark_made_anew(queries) -%}
    {%- for table, query in queries.items() -%}
        {%- do run_query('create table ' ~ table ~ '__anew using parquet as ' ~ query) -%}
    {%- endfor -%}
    {%- for table in queries -%}
        {%- do run_query('drop table ' ~ table) -%}
        {%- do run_query('alter table ' ~ table ~ '__anew rename to ' ~ table) -%}
    {%- endfor -%}
{%- endmacro %}
