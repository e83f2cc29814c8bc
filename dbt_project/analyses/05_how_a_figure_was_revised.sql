-- 5. How a figure of one event was revised, step by step, by whom, up or down
-- thing varchar: class of those counted, or what is counted; null for everything
-- status varchar: a code of the list count_role; null for every one
-- place varchar: name of the place of the event; null for every place
-- side varchar: code of the side that says it; null for every side
-- speaker varchar: part of the name of the voice; null for every voice
-- since date: first day of the newest step; null for no limit
with

asked as (
    select
        cast($thing as varchar) as thing,
        cast($status as varchar) as status,
        cast($place as varchar) as place,
        cast($side as varchar) as side,
        cast($speaker as varchar) as speaker,
        cast($since as date) as since
)

select
    series.place,
    series.event_kind,
    series.event_first_date as event_date,
    step.role as status,
    step.thing,
    step.scope,
    step.voice,
    step.voice_side,
    step.revision_number,
    step.published_date,
    step.revision,
    step.low,
    step.high,
    step.best_delta,
    figure.exact,
    step.publisher,
    step.figure_series_id,
    step.event_id,
    step.figure_id,
    step.claim_id
from figure_revisions as step
inner join figure_series as series on step.figure_series_id = series.figure_series_id
inner join fct_figures as figure on step.figure_id = figure.figure_id
inner join asked
    on
        (asked.thing is null or step.thing = lower(asked.thing))
        and (asked.status is null or step.role = asked.status)
        and (asked.place is null or lower(series.place) = lower(asked.place))
        and (asked.side is null or step.voice_side = upper(asked.side))
        and (asked.speaker is null or contains(lower(step.voice), lower(asked.speaker)))
-- what a voice says again is no step, and no other number beside it
where
    series.change_count > 0
    and step.revision not in ('same', 'other')
    and (asked.since is null or series.last_published_date >= asked.since)
order by series.last_published_date desc, step.figure_series_id, step.revision_number
