with

source as (
    {{ landed('articles') }}
),

renamed as (
    select
        article_id,
        article_version_id,
        text_sha256,
        source,
        uri,
        url,
        publisher,
        publisher_country,
        publisher_side,
        author,
        agency,
        title,
        text,
        char_count,
        language,
        published_date,
        published_date_source,
        {{ utc('modified_at') }} as modified_at,
        dateline_place,
        change_kind,
        warnings,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
