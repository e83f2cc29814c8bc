with

source as (
    {{ landed('extractions') }}
),

renamed as (
    select
        extraction_id,
        article_version_id,
        extractor_version,
        claim_count,
        figure_count,
        date_count,
        location_count,
        coalesce(event_count, 0) as event_count,
        error,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
