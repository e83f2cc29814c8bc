-- 3. Figures in circulation for a thing and place, newest first, with lowest and highest, by speaker
-- thing varchar: what is counted, in the singular, as in counted_words; null for everything
-- status varchar: a code of the list status; null for every status
-- place varchar: name of the place; null for every place
-- side varchar: code of the side that says it; null for every side
-- speaker varchar: part of the speaker's name; null for every speaker
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
    mention.published_date,
    mention.speaker_name,
    mention.camp as side,
    mention.low,
    mention.high,
    mention.bound,
    mention.unit,
    mention.counted_thing,
    mention.counted_side,
    mention.status,
    mention.place,
    figure.exact,
    min(coalesce(mention.low, mention.high)) over (partition by mention.thing_id) as lowest,
    max(coalesce(mention.high, mention.low)) over (partition by mention.thing_id) as highest,
    mention.publisher,
    mention.figure_id,
    mention.claim_id
from figure_mentions as mention
inner join asked
    on
        (asked.thing is null or mention.counted_thing = lower(asked.thing))
        and (asked.status is null or mention.status = asked.status)
        and (asked.place is null or lower(mention.place) = lower(asked.place))
        and (asked.side is null or mention.camp = upper(asked.side))
        and (asked.speaker is null or contains(lower(mention.speaker_name), lower(asked.speaker)))
        and (asked.since is null or mention.published_date >= asked.since)
        and (asked.until is null or mention.published_date <= asked.until)
inner join fct_figures as figure on mention.figure_id = figure.figure_id
where mention.is_current and mention.thing_id is not null
order by
    mention.published_date desc, mention.place, mention.counted_thing, mention.status,
    coalesce(mention.low, mention.high), mention.figure_mention_id
