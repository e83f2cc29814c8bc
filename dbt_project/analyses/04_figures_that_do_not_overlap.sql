-- 4. Events of which two voices count the same, and their figures exclude each other
-- thing varchar: class of those counted, or what is counted; null for everything
-- place varchar: name of the place of the event; null for every place
-- since date: first day of publication; null for no limit
-- until date: last day of publication; null for no limit
with

asked as (
    select
        cast($thing as varchar) as thing,
        cast($place as varchar) as place,
        cast($since as date) as since,
        cast($until as date) as until
)

select
    event.place,
    event.kind as event_kind,
    event.first_date as event_date,
    one.role as status,
    one.thing,
    one.voice as earlier_voice,
    one.voice_side as earlier_side,
    one.low as earlier_low,
    one.high as earlier_high,
    relation.earlier_words,
    relation.earlier_published_date,
    other.voice as later_voice,
    other.voice_side as later_side,
    other.low as later_low,
    other.high as later_high,
    relation.later_words,
    relation.later_published_date,
    count(*) over (partition by relation.event_id, one.role) as pair_count,
    relation.confidence,
    relation.event_id,
    relation.earlier_figure_id,
    relation.later_figure_id
from relations as relation
inner join events as event on relation.event_id = event.event_id
inner join figure_revisions as one
    on relation.earlier_figure_id = one.figure_id and relation.event_id = one.event_id
inner join figure_revisions as other
    on relation.later_figure_id = other.figure_id and relation.event_id = other.event_id and one.role = other.role
inner join asked
    on
        (asked.thing is null or one.thing = lower(asked.thing))
        and (asked.place is null or lower(event.place) = lower(asked.place))
        and (asked.since is null or relation.later_published_date >= asked.since)
        and (asked.until is null or relation.later_published_date <= asked.until)
where relation.kind = 'contradicts' and relation.axis = 'count'
-- of one event and status the pair that is surest, of those the newest, and of those the one with the fullest names:
-- a headline says "hospital" where the text below it names the hospital
qualify row_number() over (
    partition by relation.event_id, one.role
    order by
        relation.confidence desc,
        relation.later_published_date desc,
        length(concat(one.voice, other.voice)) desc,
        relation.relation_id
) = 1
order by relation.later_published_date desc, event.place, relation.relation_id
