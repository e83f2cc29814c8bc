-- 1. Who is said to hold a place, week by week, with the first words and their source
-- place varchar: name of the place; null for every place
-- side varchar: code of the side whose speakers say it; null for every side
-- since date: first day; null for no limit
-- until date: last day; null for no limit
with

asked as (
    select
        cast($place as varchar) as place,
        cast($side as varchar) as side,
        cast($since as date) as since,
        cast($until as date) as until
)

select
    timeline.place,
    timeline.iso_week,
    timeline.holder_side,
    timeline.is_held,
    timeline.side as said_by_side,
    timeline.claim_count,
    timeline.disputed_count,
    timeline.independent_publisher_count,
    timeline.first_speaker_name,
    timeline.first_quote,
    timeline.first_publisher,
    timeline.first_published_date,
    coalesce(timeline.first_url, timeline.first_uri) as link,
    timeline.first_claim_id as claim_id
from control_timeline as timeline
inner join asked
    on
        (asked.place is null or lower(timeline.place) = lower(asked.place))
        and (asked.side is null or timeline.side = upper(asked.side))
        and (asked.since is null or timeline.week_start_date + 6 >= asked.since)
        and (asked.until is null or timeline.week_start_date <= asked.until)
order by timeline.place, timeline.week_start_date, timeline.holder_side, timeline.is_held desc, timeline.side
