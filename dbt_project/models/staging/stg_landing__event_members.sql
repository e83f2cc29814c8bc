with

source as (
    {{ landed('event_members') }}
),

renamed as (
    select
        event_member_id,
        event_id,
        step_number,
        event_mention_id,
        account_id,
        is_first_of_account,
        joined_with_account_id,
        score,
        rule_id,
        is_superseded,
        voice,
        voice_key,
        voice_side,
        is_publisher_voice,
        origin,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
