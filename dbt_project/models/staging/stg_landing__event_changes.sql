with

source as (
    {{ landed('event_changes') }}
),

renamed as (
    select
        event_change_id,
        event_id,
        step_number,
        change,
        is_event,
        other_event_id,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
