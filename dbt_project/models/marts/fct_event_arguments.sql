{{ config(unique_key='event_argument_id', merge_update_columns=closing_columns()) }}

with

new_rows as (
    select
        {{ landed_as('event_arguments', 'argument') }},
        extraction.superseded_at,
        extraction.superseded_by_load_id,
        extraction.is_current
    from {{ ref('stg_landing__event_arguments') }} as argument
    inner join {{ ref('ops_extractions') }} as extraction
        on
            argument.article_version_id = extraction.article_version_id
            and argument.extractor_version = extraction.extractor_version
)

{{ new_and_closed('new_rows') }}
