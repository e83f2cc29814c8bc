{{ config(unique_key='event_argument_id', merge_update_columns=closing_columns()) }}

with

new_rows as (
    select
        argument.event_argument_id,
        argument.event_mention_id,
        argument.article_version_id,
        argument.ordinal,
        argument.role,
        argument.name,
        argument.actor_key,
        argument.side,
        argument.argument_class,
        argument.target_class,
        argument.is_inferred,
        argument.location_id,
        argument.date_id,
        argument.char_start,
        argument.char_end,
        argument.exact,
        argument.extractor_version,
        argument.load_id,
        argument.recorded_at,
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
