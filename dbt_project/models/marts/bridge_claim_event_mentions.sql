{{ config(unique_key='claim_event_mention_id', merge_update_columns=closing_columns()) }}

{# From the innermost claim that holds a mention outward, by the claims that hold that claim. #}
with recursive

claims as (
    select
        claim_id,
        parent_claim_id
    from {{ ref('stg_landing__claims') }}
),

holders as (
    select
        mention.event_mention_id,
        mention.claim_id,
        0 as level
    from {{ ref('stg_landing__event_mentions') }} as mention
    where mention.claim_id is not null
    union all
    select
        holders.event_mention_id,
        claims.parent_claim_id as claim_id,
        holders.level + 1 as level
    from holders
    inner join claims on holders.claim_id = claims.claim_id
    {# a claim is never inside itself; the limit keeps a broken landing from going round for ever #}
    where claims.parent_claim_id is not null and holders.level < 20
),

new_rows as (
    select
        {{ identity(['holders.claim_id', 'holders.event_mention_id']) }} as claim_event_mention_id,
        holders.claim_id,
        holders.event_mention_id,
        cast(holders.level as bigint) as level,
        mention.article_version_id,
        mention.extractor_version,
        mention.load_id,
        mention.recorded_at,
        extraction.superseded_at,
        extraction.superseded_by_load_id,
        extraction.is_current
    from holders
    inner join {{ ref('stg_landing__event_mentions') }} as mention
        on holders.event_mention_id = mention.event_mention_id
    inner join {{ ref('ops_extractions') }} as extraction
        on
            mention.article_version_id = extraction.article_version_id
            and mention.extractor_version = extraction.extractor_version
)

{{ new_and_closed('new_rows') }}
