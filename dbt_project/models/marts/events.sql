{{ config(
    unique_key='event_id',
    incremental_strategy='append',
    pre_hook="{{ forget('event_id', changed_groups()) }}"
) }}

{#
  One happening, or one state of a place: when and where, who and what, told by whom. Summed up over the mentions
  that still stand; an event of which none does is left out.
#}
with

members as (
    select
        member.event_id,
        member.voice_key,
        member.origin,
        mention.event_mention_id,
        mention.kind,
        mention.polarity,
        mention.realis,
        mention.agent,
        mention.agent_side,
        mention.target,
        mention.target_side,
        mention.target_class,
        mention.instrument,
        mention.article_id,
        mention.publisher_id,
        mention.published_date,
        mention.exact,
        mention.is_agent_inferred
    from {{ ref('event_members') }} as member
    inner join {{ ref('fct_event_mentions') }} as mention on member.event_mention_id = mention.event_mention_id
    where
        member.event_id in ({{ changed_groups() }})
        and mention.is_current
        and not member.is_superseded
),

sums as (
    select
        event_id,
        count(distinct event_mention_id) as mention_count,
        count(distinct article_id) as article_count,
        count(distinct publisher_id) as publisher_count,
        count(distinct voice_key) as voice_count,
        count(distinct origin) as origin_count,
        count(distinct case when polarity = 'negative' then voice_key end) as denying_voice_count,
        min(published_date) as first_published_date,
        max(published_date) as last_published_date,
        max(case when realis = 'actual' then 1 else 0 end) = 1 as is_actual
    from members
    group by event_id
),

{# texts that have been replaced count too: what they told of was known #}
first_told as (
    select
        member.event_id,
        min(version.recorded_at) as first_recorded_at
    from {{ ref('event_members') }} as member
    inner join {{ ref('fct_event_mentions') }} as mention on member.event_mention_id = mention.event_mention_id
    inner join {{ ref('dim_article_versions') }} as version on mention.article_version_id = version.article_version_id
    where member.event_id in ({{ changed_groups() }})
    group by member.event_id
),

{# of what happened, the participants that most articles name; a side is that of the one who is named #}
named as (
    {%- for what in ['agent', 'target', 'target_class', 'instrument'] %}
    {#- a class and an instrument have no side: their own column stands in its place, and is not read #}
    {%- set side = what ~ '_side' if what in ['agent', 'target'] else what %}
    select
        event_id,
        '{{ what }}' as what,
        {{ what }} as value,
        {{ side }} as side,
        row_number() over (
            partition by event_id
            order by
                count(distinct article_id) desc,
                case when {{ side }} is null then 1 else 0 end,
                min(case when is_agent_inferred then 1 else 0 end),
                min(published_date),
                {{ what }},
                {{ side }}
        ) as place
    from members
    where {{ what }} is not null and realis = 'actual'
    group by event_id, {{ what }}, {{ side }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

participants as (
    select
        event_id,
        min(case when what = 'agent' then value end) as agent,
        min(case when what = 'agent' then side end) as agent_side,
        min(case when what = 'target' then value end) as target,
        min(case when what = 'target' then side end) as target_side,
        min(case when what = 'target_class' then value end) as target_class,
        min(case when what = 'instrument' then value end) as instrument
    from named
    where place = 1
    group by event_id
),

disputes as (
    select
        event_id,
        count(*) as dispute_count
    from {{ ref('relations') }}
    where
        event_id in ({{ changed_groups() }})
        and kind in ('contradicts', 'denies')
    group by event_id
)

select
    event.event_id,
    event.kind,
    event.family,
    event.is_state,
    {{ place_id('location') }} as place_id,
    location.place,
    location.country,
    location.admin1,
    location.lat,
    location.lon,
    location.precision as place_precision,
    event.first_date,
    event.last_date,
    event.is_dated,
    sums.is_actual,
    participants.agent,
    participants.agent_side,
    participants.target,
    participants.target_side,
    participants.target_class,
    participants.instrument,
    sums.mention_count,
    sums.article_count,
    sums.publisher_count,
    sums.voice_count,
    sums.origin_count,
    sums.denying_voice_count,
    coalesce(disputes.dispute_count, 0) as dispute_count,
    sums.first_published_date,
    sums.last_published_date,
    first_told.first_recorded_at,
    event.step_number,
    event.load_id,
    event.recorded_at
from {{ ref('stg_landing__events') }} as event
inner join {{ ref('int_changed_groups') }} as changed
    on event.event_id = changed.group_id and event.step_number = changed.step_number
inner join sums on event.event_id = sums.event_id
inner join first_told on event.event_id = first_told.event_id
left join participants on event.event_id = participants.event_id
left join disputes on event.event_id = disputes.event_id
left join {{ ref('fct_locations') }} as location on event.location_id = location.location_id
