{{ config(
    unique_key='figure_revision_id',
    incremental_strategy='append',
    pre_hook="{{ forget('figure_id', touched_figures()) }}"
) }}
-- depends_on: {{ ref('int_new_loads') }}

{#
  One speaker's count of one thing, place and period, and the next count of it. A series ends where
  nothing was said for a fortnight. What an article said before it was edited is a step too: facts
  that a mere newer extraction replaced are not.
#}
with

mentions as (
    select
        mention.*,
        {{ identity(['mention.thing_id', 'mention.counted_side', 'mention.speaker_key']) }} as series_key
    from {{ ref('figure_mentions') }} as mention
    left join {{ ref('dim_article_versions') }} as article
        on mention.article_version_id = article.article_version_id
    where
        mention.thing_id is not null
        and mention.place_id is not null
        and mention.published_date is not null
        {# a bare count, of which nothing is told, is not followed #}
        and (mention.status is not null or mention.kind <> 'count')
        and (mention.is_current or mention.superseded_at = article.superseded_at)
        {%- if is_incremental() %}
        and mention.figure_id in ({{ touched_figures() }})
        {%- endif %}
),

{# an article that says several numbers tells of several things, or of the past: its first one counts #}
said as (
    select
        *,
        row_number() over (
            partition by series_key, article_version_id order by ordinal, figure_id
        ) as repetition
    from mentions
),

ordered as (
    select
        *,
        lag(published_date) over series as last_published_date
    from said
    where repetition = 1
    window series as (partition by series_key order by published_date, recorded_at, ordinal, figure_id)
),

episodes as (
    select
        *,
        sum(case
            when last_published_date is null or {{ days_between('last_published_date', 'published_date') }} > 14
                then 1
            else 0
        end) over (
            partition by series_key order by published_date, recorded_at, ordinal, figure_id
            rows between unbounded preceding and current row
        ) as episode
    from ordered
),

steps as (
    select
        *,
        row_number() over series as step_number,
        first_value(figure_id) over series as first_figure_id,
        lag(figure_id) over series as previous_figure_id,
        lag(low) over series as previous_low,
        lag(high) over series as previous_high,
        lag(best) over series as previous_best,
        lag(bound) over series as previous_bound,
        lag(article_id) over series as previous_article_id,
        lag(published_date) over series as previous_published_date
    from episodes
    window series as (
        partition by series_key, episode order by published_date, recorded_at, ordinal, figure_id
    )
)

select
    {{ identity(['series_key', 'figure_id']) }} as figure_revision_id,
    {{ identity(['series_key', 'first_figure_id']) }} as figure_series_id,
    thing_id,
    cast(step_number as bigint) as step_number,
    place_id,
    place,
    kind,
    unit,
    counted_thing,
    counted_side,
    status,
    is_cumulative,
    actor_key,
    speaker_name,
    speaker_side,
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
    low - previous_low as low_delta,
    high - previous_high as high_delta,
    best - previous_best as best_delta,
    case
        when previous_figure_id is null then 'first'
        when (low is not distinct from previous_low) and (high is not distinct from previous_high) then 'same'
        when previous_article_id = article_id and change_kind in ('corrected', 'edited') then 'corrected'
        {# the same number, said more or less exactly #}
        when best = previous_best then 'restated'
        when bound <> 'exact' and abs(best - previous_best) <= 0.1 * abs(previous_best) then 'rounded'
        when previous_bound <> 'exact' and abs(best - previous_best) <= 0.1 * abs(best) then 'rounded'
        when coalesce(best, low, high) > coalesce(previous_best, previous_low, previous_high) then 'raised'
        else 'lowered'
    end as revision,
    previous_published_date,
    published_date,
    article_version_id,
    recorded_at,
    is_current
from steps
