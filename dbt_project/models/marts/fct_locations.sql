{{ config(unique_key='location_id', merge_update_columns=closing_columns()) }}

with

new_rows as (
    select
        {{ landed_as('locations', 'fact') }},
        article.article_id,
        article.publisher_id,
        article.publisher,
        article.published_date,
        {{ place_id('fact') }} as place_id,
        extraction.superseded_at,
        extraction.superseded_by_load_id,
        extraction.is_current
    from {{ ref('stg_landing__locations') }} as fact
    inner join {{ ref('ops_extractions') }} as extraction
        on
            fact.article_version_id = extraction.article_version_id
            and fact.extractor_version = extraction.extractor_version
    inner join {{ ref('dim_article_versions') }} as article
        on fact.article_version_id = article.article_version_id
)

{{ new_and_closed('new_rows') }}
