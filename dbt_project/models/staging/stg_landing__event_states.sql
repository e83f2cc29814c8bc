with

source as (
    {{ landed('event_states') }}
),

renamed as (
    select
        event_state_id,
        event_id,
        step_number,
        event_mention_id,
        location_id,
        holder,
        holder_name,
        is_holding,
        is_change,
        extent,
        first_date,
        last_date,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
