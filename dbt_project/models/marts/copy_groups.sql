{{ config(
    unique_key='copy_group_id',
    incremental_strategy='append',
    pre_hook="{{ forget('copy_group_id', touched('dim_article_versions', 'copy_group_id')) }}"
) }}
-- depends_on: {{ ref('int_new_loads') }}

{# Texts that more than one article carries now, whole, cut or edited: who had each first, who carried it. #}
with

members as (
    select
        copy_group_id,
        article_id,
        article_version_id,
        copy_kind,
        origin_id,
        publisher_id,
        publisher,
        agency,
        title,
        published_date,
        recorded_at,
        row_number() over (
            partition by copy_group_id
            order by
                case when article_version_id = copy_group_id then 0 else 1 end, recorded_at, published_date,
                article_version_id
        ) as place
    from {{ ref('dim_article_versions') }}
    where
        is_current
        {%- if is_incremental() %}
        and copy_group_id in ({{ touched('dim_article_versions', 'copy_group_id') }})
        {%- endif %}
)

select
    copy_group_id,
    min(case when place = 1 then article_id end) as first_article_id,
    min(case when place = 1 then title end) as title,
    min(case when place = 1 then publisher end) as first_publisher,
    min(agency) as agency,
    min(origin_id) as origin_id,
    count(distinct article_id) as article_count,
    count(distinct publisher_id) as publisher_count,
    count(case when copy_kind = 'exact' then 1 end) as exact_count,
    count(case when copy_kind = 'near' then 1 end) as near_count,
    count(case when copy_kind = 'syndicated' then 1 end) as syndicated_count,
    min(published_date) as first_published_date,
    max(published_date) as last_published_date,
    max(recorded_at) as recorded_at
from members
group by copy_group_id
having count(distinct article_id) > 1
