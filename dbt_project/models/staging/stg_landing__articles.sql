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
        {{ utc('version_at') }} as version_at,
        dateline_place,
        change_kind,
        copy_group_id,
        copy_of_version_id,
        copy_kind,
        copy_share,
        warnings,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
