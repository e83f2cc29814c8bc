with

source as (
    {{ landed('event_arguments') }}
),

renamed as (
    select
        event_argument_id,
        event_mention_id,
        ordinal,
        char_start,
        char_end,
        exact,
        role,
        name,
        actor_key,
        side,
        argument_class,
        target_class,
        is_inferred,
        location_id,
        date_id,
        article_version_id,
        extractor_version,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
