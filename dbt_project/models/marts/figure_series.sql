{{ config(
    unique_key='figure_series_id',
    incremental_strategy='append',
    pre_hook="{{ forget('first_figure_id', touched_figures()) }}"
) }}
-- depends_on: {{ ref('int_new_loads') }}

{# One speaker's counts of one thing, place and period, summed up. #}
select
    figure_series_id,
    min(thing_id) as thing_id,
    min(place_id) as place_id,
    min(place) as place,
    min(kind) as kind,
    min(unit) as unit,
    min(counted_thing) as counted_thing,
    min(counted_side) as counted_side,
    min(status) as status,
    bool_or(is_cumulative) as is_cumulative,
    min(actor_key) as actor_key,
    {{ latest('speaker_name', ['step_number']) }} as speaker_name,
    {{ latest('speaker_side', ['step_number']) }} as speaker_side,
    count(*) as step_count,
    count(case when revision in ('raised', 'lowered', 'corrected') then 1 end) as change_count,
    min(published_date) as first_published_date,
    max(published_date) as last_published_date,
    {{ latest('figure_id', ['-step_number']) }} as first_figure_id,
    {{ latest('figure_id', ['step_number']) }} as last_figure_id,
    min(low) as lowest,
    max(high) as highest,
    {{ latest('best', ['-step_number']) }} as first_best,
    {{ latest('best', ['step_number']) }} as last_best,
    max(recorded_at) as recorded_at
from {{ ref('figure_revisions') }}
{%- if is_incremental() %}
where figure_id in ({{ touched_figures() }})
{%- endif %}
group by figure_series_id
