with

source as (
    {{ landed('events') }}
),

renamed as (
    select
        event_version_id,
        event_id,
        step_number,
        kind,
        family,
        is_state,
        location_id,
        first_date,
        last_date,
        is_dated,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
