{{ config(
    unique_key='event_member_id',
    incremental_strategy='append',
    pre_hook="{{ forget('event_id', changed_groups()) }}"
) }}

{# Which mentions are surely of which event, as the last step that changed the event left it. #}
select
    member.event_member_id,
    member.event_id,
    member.event_mention_id,
    member.account_id,
    member.is_first_of_account,
    member.joined_with_account_id,
    member.score,
    member.rule_id,
    member.is_superseded,
    member.voice,
    member.voice_key,
    member.voice_side,
    member.is_publisher_voice,
    member.origin,
    member.step_number,
    member.load_id,
    member.recorded_at
from {{ ref('stg_landing__event_members') }} as member
inner join {{ ref('int_changed_groups') }} as changed
    on member.event_id = changed.group_id and member.step_number = changed.step_number
where not member.is_doubtful
