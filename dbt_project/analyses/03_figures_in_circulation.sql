-- 3. Figures in circulation for one event, newest first: the spread, and who gives the lowest, the highest, the newest
-- thing varchar: class of those counted, or what is counted; null for everything
-- status varchar: a code of the list count_role; null for every one
-- place varchar: name of the place of the event; null for every place
-- side varchar: code of the side that says it; null for every side
-- speaker varchar: part of the name of the voice; null for every voice
-- since date: first day of publication; null for no limit
-- until date: last day of publication; null for no limit
with

asked as (
    select
        cast($thing as varchar) as thing,
        cast($status as varchar) as status,
        cast($place as varchar) as place,
        cast($side as varchar) as side,
        cast($speaker as varchar) as speaker,
        cast($since as date) as since,
        cast($until as date) as until
),

-- the last word of each voice on each count of an event
said as (
    select
        step.*,
        event.place,
        event.kind as event_kind,
        event.first_date as event_date,
        figure.exact,
        -- "hundreds" bounds a spread only where nobody gives a number
        step.bound = 'vague' as is_vague,
        coalesce(step.low, step.high) as least,
        coalesce(step.high, step.low) as most
    from figure_revisions as step
    inner join fct_figures as figure on step.figure_id = figure.figure_id
    -- a number that is of no place is of no event that could be told from others
    inner join events as event on step.event_id = event.event_id and event.place is not null
    inner join asked
        on
            (asked.place is null or lower(event.place) = lower(asked.place))
            and (asked.thing is null or step.thing = lower(asked.thing))
            and (asked.status is null or step.role = asked.status)
            and (asked.side is null or step.voice_side = upper(asked.side))
            and (asked.speaker is null or contains(lower(step.voice), lower(asked.speaker)))
            and (asked.since is null or step.published_date >= asked.since)
            and (asked.until is null or step.published_date <= asked.until)
    where not step.is_superseded
    qualify row_number() over (
        partition by step.figure_series_id
        order by step.revision_number desc
    ) = 1
),

counts as (
    select
        event_id,
        role,
        scope,
        thing,
        min(place) as place,
        min(event_kind) as event_kind,
        min(event_date) as event_date,
        count(distinct voice_key) as voice_count,
        coalesce(min(least) filter (where not is_vague), min(least)) as lowest,
        coalesce(max(most) filter (where not is_vague), max(most)) as highest,
        -- of several that say the same the first
        first(voice order by is_vague, least, published_date, figure_id) as lowest_voice,
        first(voice order by is_vague, most desc, published_date, figure_id) as highest_voice,
        arg_max(row(exact, voice, voice_side, published_date, publisher, figure_id, claim_id), row(
            published_date, char_length(figure_id), figure_id
        )) as newest,
        string_agg(concat(voice, ': ', exact), '; ' order by published_date, least, figure_id) as by_voice
    from said
    group by event_id, role, scope, thing
)

select
    counts.place,
    counts.event_kind,
    counts.event_date,
    counts.role as status,
    counts.thing,
    counts.scope,
    counts.lowest,
    counts.highest,
    counts.voice_count,
    case when counts.voice_count > 1 then counts.lowest_voice end as lowest_voice,
    case when counts.voice_count > 1 then counts.highest_voice end as highest_voice,
    counts.newest[1] as newest,
    counts.newest[2] as newest_voice,
    counts.newest[4] as published_date,
    counts.newest[5] as publisher,
    counts.by_voice,
    counts.event_id,
    counts.newest[6] as figure_id,
    counts.newest[7] as claim_id
from counts
order by published_date desc, counts.voice_count desc, counts.place, counts.event_id, counts.role, counts.thing
