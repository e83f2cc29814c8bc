{{ config(unique_key='article_id') }}
-- depends_on: {{ ref('int_new_loads') }}

{# The text itself is in dim_article_versions, once. #}
with

concerned as (
    select distinct article.article_id
    from {{ ref('dim_article_versions') }} as article
    {%- if is_incremental() %}
    where
        article.load_id in (select load_id from {{ ref('int_new_loads') }})
        or article.article_version_id in (
            select article_version_id from {{ ref('ops_extractions') }}
            where load_id in (select load_id from {{ ref('int_new_loads') }})
        )
    {%- endif %}
),

first_versions as (
    select
        article_id,
        recorded_at as first_recorded_at
    from {{ ref('dim_article_versions') }}
    where version_number = 1
),

extractions as (
    select
        article_version_id,
        claim_count,
        figure_count,
        date_count,
        location_count,
        event_count
    from {{ ref('ops_extractions') }}
    where is_current and error is null
)

select
    article.article_id,
    article.article_version_id,
    article.version_number as version_count,
    article.change_kind,
    article.source,
    article.uri,
    article.url,
    article.publisher_id,
    article.publisher,
    article.publisher_country,
    article.publisher_side,
    article.author,
    article.agency,
    article.title,
    article.char_count,
    article.language,
    article.published_date,
    article.published_date_source,
    article.modified_at,
    article.dateline_place,
    article.copy_group_id,
    article.copy_of_version_id,
    article.copy_kind,
    article.copy_share,
    article.origin_id,
    article.warnings,
    extractions.claim_count,
    extractions.figure_count,
    extractions.date_count,
    extractions.location_count,
    extractions.event_count,
    first_versions.first_recorded_at,
    article.recorded_at,
    article.load_id
from {{ ref('dim_article_versions') }} as article
inner join concerned on article.article_id = concerned.article_id
inner join first_versions on article.article_id = first_versions.article_id
left join extractions on article.article_version_id = extractions.article_version_id
where article.is_current
