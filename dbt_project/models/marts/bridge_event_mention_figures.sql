{{ config(unique_key='event_count_id', merge_update_columns=closing_columns()) }}

with

new_rows as (
    select
        {{ landed_as('event_counts', 'belonging') }},
        extraction.superseded_at,
        extraction.superseded_by_load_id,
        extraction.is_current
    from {{ ref('stg_landing__event_counts') }} as belonging
    inner join {{ ref('ops_extractions') }} as extraction
        on
            belonging.article_version_id = extraction.article_version_id
            and belonging.extractor_version = extraction.extractor_version
)

{{ new_and_closed('new_rows') }}
