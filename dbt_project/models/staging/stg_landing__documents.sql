with

source as (
    {{ landed('documents') }}
),

renamed as (
    select
        document_id,
        source,
        uri,
        file_uri,
        fingerprint,
        document_sha256,
        archive_sha256,
        byte_count,
        {{ utc('fetched_at') }} as fetched_at,
        outcome,
        reason,
        detail,
        article_version_id,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
