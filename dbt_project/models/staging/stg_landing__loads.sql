with

source as (
    {{ landed('loads') }}
),

renamed as (
    select
        load_id,
        kind,
        sequence,
        {{ utc('recorded_at') }} as recorded_at,
        {{ utc('committed_at') }} as committed_at,
        extractor_version,
        documents_read,
        articles_loaded,
        duplicates,
        rejected,
        claims,
        figures,
        dates,
        locations,
        claim_links,
        coalesce(event_mentions, 0) as event_mentions,
        coalesce(event_arguments, 0) as event_arguments,
        coalesce(event_counts, 0) as event_counts,
        shards
    from source
)

select * from renamed
