{{ config(
    unique_key='control_id',
    incremental_strategy='append',
    pre_hook="{{ forget('event_id', changed_groups()) }}"
) }}

{#
  Who is said to hold a place, or not to, on which days and by which voice: one row for each statement of a state.
  Parts of places stand beside whole ones, with their extent.
#}
select
    state.event_state_id as control_id,
    state.event_id,
    state.event_mention_id,
    location.place_id,
    location.place,
    location.country,
    location.precision as place_precision,
    state.holder,
    state.holder_name,
    state.is_holding,
    mention.kind,
    state.is_change,
    state.extent,
    mention.extent_words,
    state.first_date,
    state.last_date,
    {{ week_start('state.last_date') }} as week_start_date,
    {{ iso_week('state.last_date') }} as iso_week,
    member.voice,
    member.voice_key,
    member.voice_side,
    member.is_publisher_voice,
    member.origin,
    mention.claim_id,
    mention.article_version_id,
    mention.article_id,
    mention.publisher,
    mention.published_date,
    mention.statement_start,
    mention.statement_end,
    mention.confidence,
    state.step_number,
    state.load_id,
    state.recorded_at
from {{ ref('stg_landing__event_states') }} as state
inner join {{ ref('int_changed_groups') }} as changed
    on state.event_id = changed.group_id and state.step_number = changed.step_number
inner join {{ ref('event_members') }} as member
    on state.event_id = member.event_id and state.event_mention_id = member.event_mention_id
inner join {{ ref('fct_event_mentions') }} as mention on state.event_mention_id = mention.event_mention_id
inner join {{ ref('fct_locations') }} as location on state.location_id = location.location_id
where mention.is_current and not member.is_superseded
