{{ config(
    unique_key='figure_revision_id',
    incremental_strategy='append',
    pre_hook="{{ forget('event_id', changed_groups()) }}"
) }}

{#
  One voice's count of one event, and its next count of the same: of one role, one scope and one thing. A series is
  of what an event has cost or moved, or of a sum over a time; counts of parts, of other periods, ages, durations and
  distances are in none. What an article said before it was edited is a step too. Of two numbers of one voice the
  later takes the place of the former where a relation says so; any other number may be of a part, or of what happened
  beside it, and stands in the series as that.
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
        ) as repetition,
        first_value(best) over (
            partition by figure_series_id, article_id
            order by version_number, char_start, figure_id
        ) as first_best,
        min(version_number) over (partition by figure_series_id, article_id)
        <> max(version_number) over (partition by figure_series_id, article_id) as is_of_edited
    from counts
),

{# numbers, and not figures: of those of one voice that are equal, one speaks for all in the relations #}
followed as (
    select distinct
        earlier.figure_series_id,
        earlier.low as previous_low,
        earlier.high as previous_high,
        later.low,
        later.high
    from {{ ref('int_related') }} as relation
    inner join counts as earlier
        on relation.earlier_figure_id = earlier.figure_id and relation.event_id = earlier.event_id
    inner join counts as later
        on
            relation.later_figure_id = later.figure_id
            and relation.event_id = later.event_id
            and earlier.figure_series_id = later.figure_series_id
    where relation.kind in ('revises', 'repeats') and relation.confidence >= {{ var('least_confidence') }}
),

related_values as (
    select
        figure_series_id,
        previous_low as low,
        previous_high as high
    from followed
    union
    select
        figure_series_id,
        low,
        high
    from followed
),

placed as (
    select
        said.*,
        said.is_of_edited or related.figure_series_id is not null as is_related
    from said
    left join related_values as related
        on
            said.figure_series_id = related.figure_series_id
            and said.low is not distinct from related.low
            and said.high is not distinct from related.high
    where said.repetition = 1
),

{# of two texts of one day the order is not known; tolls rise #}
steps as (
    select
        *,
        cast(row_number() over whole_series as bigint) as step_number_of_series,
        is_related or not bool_or(is_related) over (partition by figure_series_id) as is_of_chain,
        lag(figure_id) over series as previous_figure_id,
        lag(low) over series as previous_low,
        lag(high) over series as previous_high,
        lag(best) over series as previous_best,
        lag(article_id) over series as previous_article_id,
        lag(published_date) over series as previous_published_date
    from placed
    window
        whole_series as (
            partition by figure_series_id
            order by published_date, first_best, article_id, version_number, figure_id
        ),
        series as (
            partition by figure_series_id, is_related
            order by published_date, first_best, article_id, version_number, figure_id
        )
),

judged as (
    select
        step.*,
        case
            when not step.is_of_chain then 'other'
            when step.previous_figure_id is null then 'first'
            when
                (step.low is not distinct from step.previous_low)
                and (step.high is not distinct from step.previous_high)
                then 'same'
            when step.previous_article_id = step.article_id and step.change_kind in ('corrected', 'edited')
                then 'corrected'
            {# what allows all that the one before allowed is no other number: "at least 112" after 126 #}
            when
                step.best = step.previous_best
                or (
                    (step.low is null or step.low <= step.previous_low)
                    and (step.high is null or step.high >= step.previous_high)
                )
                then 'restated'
            when known.figure_series_id is null then 'other'
            when
                coalesce(step.best, step.low, step.high)
                > coalesce(step.previous_best, step.previous_low, step.previous_high)
                then 'raised'
            else 'lowered'
        end as revision
    from steps as step
    left join followed as known
        on
            step.figure_series_id = known.figure_series_id
            and step.previous_low is not distinct from known.previous_low
            and step.previous_high is not distinct from known.previous_high
            and step.low is not distinct from known.low
            and step.high is not distinct from known.high
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
    case when revision <> 'other' then previous_figure_id end as previous_figure_id,
    figure_id,
    claim_id,
    case when revision <> 'other' then previous_low end as previous_low,
    low,
    case when revision <> 'other' then previous_high end as previous_high,
    high,
    case when revision <> 'other' then previous_best end as previous_best,
    best,
    bound,
    case when revision <> 'other' then best - previous_best end as best_delta,
    revision,
    case when revision <> 'other' then previous_published_date end as previous_published_date,
    published_date,
    article_version_id,
    article_id,
    is_superseded,
    step_number,
    load_id,
    recorded_at
from judged
