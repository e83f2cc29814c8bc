-- 2. Claims that another side denied or contradicted within 72 hours, in its own words
-- place varchar: name of the place; null for every place
-- topic varchar: a code of the list topic; null for every topic
-- side varchar: code of the side that claimed it; null for every side
-- speaker varchar: part of the name of who claimed it; null for every speaker
-- since date: first day of the claim; null for no limit
-- until date: last day of the claim; null for no limit
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

-- first the pairs, then their words: there are many pairs
pairs as materialized (
    select relation.*
    from claim_relations as relation
    cross join asked
    where
        relation.kind in ('denies', 'contradicts')
        and relation.days_apart <= 3
        and relation.earlier_speaker_name is distinct from relation.later_speaker_name
        and (
            asked.place is null
            or relation.place_id in (
                select place.place_id from dim_places as place
                where lower(place.place) = lower(asked.place)
            )
        )
        and (asked.topic is null or relation.topic = asked.topic)
        and (
            asked.speaker is null or contains(lower(relation.earlier_speaker_name), lower(asked.speaker))
        )
        and (asked.since is null or relation.earlier_published_date >= asked.since)
        and (asked.until is null or relation.earlier_published_date <= asked.until)
)

select
    relation.earlier_published_date as claimed_date,
    relation.earlier_speaker_name as claimed_by,
    earlier_camp.camp as claimed_by_side,
    earlier.content as claim,
    relation.kind,
    relation.axis,
    relation.later_published_date as denied_date,
    relation.later_speaker_name as denied_by,
    later_camp.camp as denied_by_side,
    later.content as denial,
    place.place,
    relation.topic,
    relation.rule_id,
    relation.earlier_claim_id,
    relation.later_claim_id
from pairs as relation
cross join asked
inner join fct_claims as earlier on relation.earlier_claim_id = earlier.claim_id
inner join fct_claims as later on relation.later_claim_id = later.claim_id
left join dim_places as place on relation.place_id = place.place_id
left join claim_subjects as earlier_camp
    on relation.earlier_claim_id = earlier_camp.claim_id and relation.place_id = earlier_camp.place_id
left join claim_subjects as later_camp
    on relation.later_claim_id = later_camp.claim_id and relation.place_id = later_camp.place_id
where
    coalesce(earlier_camp.camp <> later_camp.camp, true)
    and (asked.side is null or earlier_camp.camp = upper(asked.side))
order by relation.earlier_published_date desc, relation.later_published_date, relation.claim_relation_id
