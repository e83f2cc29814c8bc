{{ config(
    unique_key='event_member_id',
    incremental_strategy='append',
    pre_hook="{{ forget('event_id', changed_groups()) }}"
) }}

{# Which mentions may be of an event too: compared with what is told of it, and not shown as its members. #}
{{ changed_members('member.is_doubtful') }}
