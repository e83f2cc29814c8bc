-- 4. Two sides count the same thing at one place in one week, and their figures do not overlap
-- thing varchar: what is counted, in the singular, as in counted_words; null for everything
-- place varchar: name of the place; null for every place
-- since date: first day of publication; null for no limit
-- until date: last day of publication; null for no limit
with

asked as (
    select
        cast($thing as varchar) as thing,
        cast($place as varchar) as place,
        cast($since as date) as since,
        cast($until as date) as until
),

mentions as (
    select
        mention.*,
        cast(date_trunc('week', mention.published_date) as date) as week_start_date
    from figure_mentions as mention
    inner join asked
        on
            (asked.thing is null or mention.counted_thing = lower(asked.thing))
            and (asked.place is null or lower(mention.place) = lower(asked.place))
            and (asked.since is null or mention.published_date >= asked.since)
            and (asked.until is null or mention.published_date <= asked.until)
    where mention.is_current and mention.thing_id is not null and mention.camp is not null and mention.bound <> 'vague'
)

select
    one.week_start_date,
    one.place,
    one.counted_thing,
    coalesce(one.counted_side, other.counted_side) as counted_side,
    one.status,
    one.unit,
    one.camp as lower_side,
    one.speaker_name as lower_speaker,
    one.low as lower_low,
    one.high as lower_high,
    other.camp as higher_side,
    other.speaker_name as higher_speaker,
    other.low as higher_low,
    other.high as higher_high,
    one.figure_id as lower_figure_id,
    other.figure_id as higher_figure_id
from mentions as one
inner join mentions as other
    on
        one.thing_id = other.thing_id
        and one.week_start_date = other.week_start_date
        and one.camp <> other.camp
        and one.high < other.low
where coalesce(one.counted_side = other.counted_side, true)
order by one.week_start_date desc, one.place, one.counted_thing, one.figure_id, other.figure_id
