-- 9. Through whom a claim came to the reader, and how deep the hearsay goes
-- claim_id varchar: the claim; null for every one
-- place varchar: name of a place that the claim is about; null for every place
-- speaker varchar: part of the speaker's name; null for every speaker
-- links bigint: least number of links; null for two
with

asked as (
    select
        cast($claim_id as varchar) as claim_id,
        cast($place as varchar) as place,
        cast($speaker as varchar) as speaker,
        coalesce(cast($links as bigint), 2) as links
)

select
    chain.claim_id,
    chain.link_count,
    chain.link_number,
    chain.from_name,
    chain.from_kind,
    chain.to_name,
    chain.to_kind,
    claim.depth,
    claim.stance,
    claim.topic,
    claim.content,
    claim.published_date
from fct_claim_chain as chain
inner join fct_claims as claim on chain.claim_id = claim.claim_id
cross join asked
where
    chain.is_current
    and (asked.claim_id is not null or chain.link_count >= asked.links)
    and (asked.claim_id is null or chain.claim_id = asked.claim_id)
    and (asked.speaker is null or contains(lower(claim.speaker_name), lower(asked.speaker)))
    and (
        asked.place is null
        or chain.claim_id in (
            select bridge.claim_id
            from bridge_claim_locations as bridge
            inner join fct_locations as location on bridge.location_id = location.location_id
            where lower(location.place) = lower(asked.place)
        )
    )
order by chain.link_count desc, claim.published_date desc, chain.claim_id, chain.link_number
