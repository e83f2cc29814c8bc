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
),

of_place as (
    select distinct bridge.claim_id
    from bridge_claim_locations as bridge
    inner join fct_locations as location on bridge.location_id = location.location_id
    inner join asked on lower(location.place) = lower(asked.place)
),

-- one claim, or all of links enough: most have one link and are not put together
links as (
    select link.*
    from fct_claim_chain as link
    inner join asked on link.claim_id = asked.claim_id or (asked.claim_id is null and link.link_count >= asked.links)
    where link.is_current
),

chains as (
    select
        claim_id,
        max(link_count) as link_count,
        min(case when link_number = 1 then from_name end) as first_source,
        min(case when link_number = 1 then from_kind end) as first_source_kind,
        string_agg(from_name, ' → ' order by link_number) as passed_on_by,
        min(case when link_number = link_count then to_name end) as publisher,
        count(*) filter (where from_name is null) as unnamed_count,
        -- one name twice in a row is one that was read twice
        count(*) filter (where from_name = to_name) as repeated_count
    from links
    group by claim_id
)

select
    chain.link_count,
    chain.first_source,
    chain.first_source_kind,
    concat(chain.passed_on_by, ' → ', chain.publisher) as chain,
    claim.depth,
    claim.stance,
    claim.topic,
    claim.content,
    claim.published_date,
    claim.claim_id
from chains as chain
inner join fct_claims as claim on chain.claim_id = claim.claim_id
cross join asked
where
    -- unless one claim is asked for: a chain of known links, of a claim that tells of something that happens
    (
        asked.claim_id is not null
        or (
            chain.unnamed_count = 0
            and chain.repeated_count = 0
            -- shorter ones are what is left of a claim whose words stand elsewhere
            and char_length(claim.content) >= 30
            and chain.claim_id in (select bridge.claim_id from bridge_claim_event_mentions as bridge)
        )
    )
    and (asked.speaker is null or contains(lower(claim.speaker_name), lower(asked.speaker)))
    and (asked.place is null or chain.claim_id in (select of_place.claim_id from of_place))
order by chain.link_count desc, claim.published_date desc nulls last, chain.claim_id
