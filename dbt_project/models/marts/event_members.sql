{{ config(
    unique_key='event_member_id',
    incremental_strategy='append',
    pre_hook="{{ forget('event_id', changed_groups()) }}"
) }}

{# Which mentions are surely of which event, as the last step that changed the event left it. #}
{{ changed_members('not member.is_doubtful') }}
