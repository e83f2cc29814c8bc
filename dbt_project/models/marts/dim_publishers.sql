{{ config(unique_key='publisher_id') }}
-- depends_on: {{ ref('int_new_loads') }}

{# Summed up anew, over all their articles, for the publishers that the new loads concern; what was said last holds. #}
with

articles as (
    select
        publisher_id,
        publisher,
        publisher_country,
        publisher_side,
        published_date,
        recorded_at,
        article_id,
        article_version_id,
        copy_group_id,
        copy_kind,
        is_current
    from {{ ref('dim_article_versions') }}
    where
        publisher_id is not null
        {%- if is_incremental() %}
        and publisher_id in (
            select touched.publisher_id from {{ ref('dim_article_versions') }} as touched
            where {{ is_touched('touched') }}
        )
        {%- endif %}
)

select
    publisher_id,
    {{ latest('publisher', ['recorded_at', 'article_version_id']) }} as publisher,
    {{ latest('publisher_country', ['recorded_at', 'article_version_id']) }} as country,
    {{ latest('publisher_side', ['recorded_at', 'article_version_id']) }} as side,
    count(distinct case when is_current then article_id end) as article_count,
    count(distinct case when is_current then copy_group_id end) as text_count,
    count(distinct case when is_current and copy_kind is not null then article_id end) as copy_count,
    min(case when is_current then published_date end) as first_published_date,
    max(case when is_current then published_date end) as last_published_date,
    min(recorded_at) as first_recorded_at,
    max(recorded_at) as last_recorded_at
from articles
group by publisher_id
