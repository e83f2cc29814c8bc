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
    {%- set columns = review_columns() -%}
    {%- if var('reviews_file') and execute %}
    select {{ columns.keys() | join(', ') }}
    from read_json('{{ var('reviews_file') | replace("'", "''") }}', format = 'array', columns = {
        {%- for name, type in columns.items() -%}'{{ name }}': '{{ type }}'{{ ', ' if not loop.last }}{%- endfor -%}
    })
    {%- else %}
    select {% for name, type in columns.items() -%}
        cast(null as {{ type }}) as {{ name }}{{ ', ' if not loop.last }}
    {%- endfor %}
    where false
    {%- endif %}
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
    where dispute_count <> (
        select count(*) from {{ ref('relations') }} as relation
        where relation.event_id = {{ ref('events') }}.event_id and relation.kind in ('contradicts', 'denies')
    )
{%- endmacro %}
