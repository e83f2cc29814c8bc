-- 5. How a figure was revised, step by step, by whom, up or down
-- thing varchar: what is counted, in the singular, as in counted_words; null for everything
-- status varchar: a code of the list status; null for every status
-- place varchar: name of the place; null for every place
-- side varchar: code of the side of the speaker; null for every side
-- speaker varchar: part of the speaker's name; null for every speaker
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
    step.place,
    step.counted_thing,
    step.status,
    step.counted_side,
    step.speaker_name,
    step.speaker_side,
    step.step_number,
    step.published_date,
    step.revision,
    step.low,
    step.high,
    step.low_delta,
    step.high_delta,
    figure.exact,
    step.publisher,
    step.figure_series_id,
    step.figure_id,
    step.claim_id
from figure_revisions as step
inner join asked
    on
        (asked.thing is null or step.counted_thing = lower(asked.thing))
        and (asked.status is null or step.status = asked.status)
        and (asked.place is null or lower(step.place) = lower(asked.place))
        and (asked.side is null or step.speaker_side = upper(asked.side))
        and (asked.speaker is null or contains(lower(step.speaker_name), lower(asked.speaker)))
inner join figure_series as series on step.figure_series_id = series.figure_series_id
inner join fct_figures as figure on step.figure_id = figure.figure_id
where series.step_count > 1 and (asked.since is null or series.last_published_date >= asked.since)
order by series.last_published_date desc, step.figure_series_id, step.step_number
