{{ config(
    unique_key='figure_series_id',
    incremental_strategy='append',
    pre_hook="{{ forget('event_id', changed_groups()) }}"
) }}

{# One voice's counts of one event, role, scope and thing, summed up. #}
select
    step.figure_series_id,
    min(step.event_id) as event_id,
    min(event.kind) as event_kind,
    min(event.place_id) as place_id,
    min(event.place) as place,
    min(event.first_date) as event_first_date,
    min(event.last_date) as event_last_date,
    min(step.role) as role,
    min(step.scope) as scope,
    min(step.thing) as thing,
    {{ latest('step.voice', ['step.revision_number']) }} as voice,
    min(step.voice_key) as voice_key,
    min(step.voice_side) as voice_side,
    bool_or(step.is_publisher_voice) as is_publisher_voice,
    count(*) as step_count,
    count(case when step.revision in ('raised', 'lowered', 'corrected') then 1 end) as change_count,
    min(step.published_date) as first_published_date,
    max(step.published_date) as last_published_date,
    {{ latest('step.figure_id', ['-step.revision_number']) }} as first_figure_id,
    {{ latest('step.figure_id', ['step.revision_number']) }} as last_figure_id,
    min(coalesce(step.low, step.high)) as lowest,
    max(coalesce(step.high, step.low)) as highest,
    {{ latest('step.best', ['-step.revision_number']) }} as first_best,
    {{ latest('step.best', ['step.revision_number']) }} as last_best,
    max(step.step_number) as step_number,
    max(step.load_id) as load_id,
    max(step.recorded_at) as recorded_at
from {{ ref('figure_revisions') }} as step
inner join {{ ref('events') }} as event on step.event_id = event.event_id
where step.event_id in ({{ changed_groups() }})
group by step.figure_series_id
