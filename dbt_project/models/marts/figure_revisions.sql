{{ config(
    unique_key='figure_revision_id',
    incremental_strategy='append',
    pre_hook="{{ forget('event_id', changed_groups()) }}"
) }}

{#
  One voice's count of one event, and its next count of the same: of one role, one scope and one thing. A series is
  of what an event has cost or moved, or of a sum over a time; counts of parts, of other periods, ages, durations and
  distances are in none. What an article said before it was edited is a step too.
#}
with

counts as (
    select
        {{ identity(['figure.event_id', 'figure.role', 'figure.scope', 'figure.thing', 'member.voice_key']) }}
            as figure_series_id,
        figure.event_id,
        figure.event_mention_id,
        figure.figure_id,
        figure.role,
        figure.scope,
        figure.thing,
        figure.low,
        figure.high,
        quantity.best,
        figure.bound,
        member.voice,
        member.voice_key,
        member.voice_side,
        member.is_publisher_voice,
        member.is_superseded,
        mention.claim_id,
        mention.article_version_id,
        mention.article_id,
        mention.publisher,
        mention.published_date,
        mention.char_start,
        version.change_kind,
        version.version_number,
        figure.step_number,
        figure.load_id,
        figure.recorded_at
    from {{ ref('stg_landing__event_figures') }} as figure
    inner join {{ ref('int_changed_groups') }} as changed
        on figure.event_id = changed.group_id and figure.step_number = changed.step_number
    inner join {{ ref('event_members') }} as member
        on figure.event_id = member.event_id and figure.event_mention_id = member.event_mention_id
    inner join {{ ref('fct_event_mentions') }} as mention on figure.event_mention_id = mention.event_mention_id
    inner join {{ ref('fct_figures') }} as quantity on figure.figure_id = quantity.figure_id
    inner join {{ ref('dim_article_versions') }} as version on mention.article_version_id = version.article_version_id
    where
        figure.scope in ('event', 'cumulative')
        and mention.polarity = 'affirmative'
        and mention.published_date is not null
),

{# an article that gives two numbers for one thing tells of a part of it, or of before: its first one counts #}
said as (
    select
        *,
        row_number() over (
            partition by figure_series_id, article_version_id
            order by char_start, figure_id
        ) as repetition
    from counts
),

steps as (
    select
        *,
        cast(row_number() over series as bigint) as step_number_of_series,
        lag(figure_id) over series as previous_figure_id,
        lag(low) over series as previous_low,
        lag(high) over series as previous_high,
        lag(best) over series as previous_best,
        lag(article_id) over series as previous_article_id,
        lag(published_date) over series as previous_published_date
    from said
    where repetition = 1
    window series as (
        partition by figure_series_id
        order by published_date, article_id, version_number, figure_id
    )
)

select
    {{ identity(['figure_series_id', 'figure_id']) }} as figure_revision_id,
    figure_series_id,
    event_id,
    event_mention_id,
    step_number_of_series as revision_number,
    role,
    scope,
    thing,
    voice,
    voice_key,
    voice_side,
    is_publisher_voice,
    publisher,
    previous_figure_id,
    figure_id,
    claim_id,
    previous_low,
    low,
    previous_high,
    high,
    previous_best,
    best,
    bound,
    best - previous_best as best_delta,
    case
        when previous_figure_id is null then 'first'
        when (low is not distinct from previous_low) and (high is not distinct from previous_high) then 'same'
        when previous_article_id = article_id and change_kind in ('corrected', 'edited') then 'corrected'
        {# the same number, bounded another way #}
        when best = previous_best then 'restated'
        when coalesce(best, low, high) > coalesce(previous_best, previous_low, previous_high) then 'raised'
        else 'lowered'
    end as revision,
    previous_published_date,
    published_date,
    article_version_id,
    article_id,
    is_superseded,
    step_number,
    load_id,
    recorded_at
from steps
