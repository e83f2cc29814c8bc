-- 2. Statements that another voice denied or contradicted within 72 hours, in the words of both
-- place varchar: name of the place; null for every place
-- topic varchar: a code of the list topic, of one of the claims; null for every topic
-- side varchar: code of the side of the earlier voice; null for every side
-- speaker varchar: part of the name of the earlier voice; null for every voice
-- since date: first day of the earlier statement; null for no limit
-- until date: last day of the earlier statement; null for no limit
with

asked as (
    select
        cast($place as varchar) as place,
        cast($topic as varchar) as topic,
        cast($side as varchar) as side,
        cast($speaker as varchar) as speaker,
        cast($since as date) as since,
        cast($until as date) as until
),

-- claims that are linked to the place that is asked for: a pair may be of no event
of_place as (
    select distinct bridge.claim_id
    from bridge_claim_locations as bridge
    inner join fct_locations as location on bridge.location_id = location.location_id
    inner join asked on lower(location.place) = lower(asked.place)
    where bridge.is_current
)

select
    relation.earlier_published_date as claimed_date,
    relation.earlier_voice as claimed_by,
    relation.earlier_voice_side as claimed_by_side,
    relation.earlier_words as claim,
    relation.kind,
    relation.axis,
    relation.later_published_date as denied_date,
    relation.later_voice as denied_by,
    relation.later_voice_side as denied_by_side,
    relation.later_words as denial,
    relation.later_publisher as denied_in,
    event.place,
    event.kind as event_kind,
    relation.confidence,
    relation.rule_id,
    relation.earlier_claim_id,
    relation.later_claim_id,
    relation.relation_id
from relations as relation
cross join asked
left join events as event on relation.event_id = event.event_id
left join fct_claims as earlier on relation.earlier_claim_id = earlier.claim_id
left join fct_claims as later on relation.later_claim_id = later.claim_id
where
    relation.kind in ('denies', 'contradicts')
    and abs(relation.days_apart) <= 3
    and (
        asked.place is null
        or lower(event.place) = lower(asked.place)
        or relation.earlier_claim_id in (select of_place.claim_id from of_place)
        or relation.later_claim_id in (select of_place.claim_id from of_place)
    )
    and (asked.topic is null or asked.topic in (earlier.topic, later.topic))
    -- of what the warehouse is about, unless a topic is asked for
    and (asked.topic is not null or relation.event_id is not null or 'other' not in (earlier.topic, later.topic))
    and (asked.side is null or relation.earlier_voice_side = upper(asked.side))
    and (asked.speaker is null or contains(lower(relation.earlier_voice), lower(asked.speaker)))
    and (asked.since is null or relation.earlier_published_date >= asked.since)
    and (asked.until is null or relation.earlier_published_date <= asked.until)
-- a voice that rejects what several have said is shown once, against the surest
qualify row_number() over (
    partition by relation.later_version_id, relation.later_voice_key, relation.earlier_voice_key, relation.axis
    order by relation.confidence desc, relation.later_start, relation.relation_id
) = 1
order by relation.earlier_published_date desc, relation.later_published_date, relation.relation_id
