with

source as (
    {{ landed('event_counts') }}
),

renamed as (
    select
        event_count_id,
        event_mention_id,
        figure_id,
        role,
        scope,
        article_version_id,
        extractor_version,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
