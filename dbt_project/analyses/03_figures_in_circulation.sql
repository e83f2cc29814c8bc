-- 3. Figures in circulation for one event, newest first, with lowest and highest, by voice
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
)

select
    said.published_date,
    event.place,
    event.kind as event_kind,
    event.first_date as event_date,
    said.role as status,
    said.thing,
    said.scope,
    said.low,
    said.high,
    said.bound,
    figure.exact,
    said.voice,
    said.voice_side as side,
    min(coalesce(said.low, said.high)) over one_count as lowest,
    max(coalesce(said.high, said.low)) over one_count as highest,
    said.publisher,
    said.event_id,
    said.figure_id,
    said.claim_id
from figure_revisions as said
inner join events as event on said.event_id = event.event_id
inner join fct_figures as figure on said.figure_id = figure.figure_id
inner join asked
    on
        (asked.thing is null or said.thing = lower(asked.thing))
        and (asked.status is null or said.role = asked.status)
        and (asked.place is null or lower(event.place) = lower(asked.place))
        and (asked.side is null or said.voice_side = upper(asked.side))
        and (asked.speaker is null or contains(lower(said.voice), lower(asked.speaker)))
        and (asked.since is null or said.published_date >= asked.since)
        and (asked.until is null or said.published_date <= asked.until)
where not said.is_superseded
window one_count as (partition by said.event_id, said.role, said.scope, said.thing)
order by
    said.published_date desc, event.place, said.event_id, said.role, said.thing, coalesce(said.low, said.high),
    said.figure_revision_id
