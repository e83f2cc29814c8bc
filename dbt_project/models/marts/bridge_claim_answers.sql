{{ config(unique_key='claim_link_id', merge_update_columns=closing_columns()) }}

with

new_rows as (
    select
        link.claim_link_id,
        link.claim_id,
        link.fact_id as answered_claim_id,
        link.rule_id,
        link.role,
        link.article_version_id,
        link.extractor_version,
        link.load_id,
        link.recorded_at,
        extraction.superseded_at,
        extraction.superseded_by_load_id,
        extraction.is_current
    from {{ ref('stg_landing__claim_links') }} as link
    inner join {{ ref('ops_extractions') }} as extraction
        on
            link.article_version_id = extraction.article_version_id
            and link.extractor_version = extraction.extractor_version
    where link.fact_kind = 'claim'
)

{{ new_and_closed('new_rows') }}
