{{ config(unique_key='chain_link_id', merge_update_columns=closing_columns()) }}

{#
  The way a claim came to the reader: the names of its reporting line, its speaker, the speakers of
  the claims that hold it from the inside out, the agency that the article credits, the publisher.
  One row is one passing on, from one of them to the next; every claim has at least one.
#}
with recursive

claims as (
    select
        fact.claim_id,
        fact.parent_claim_id,
        fact.speaker_name,
        fact.speaker_kind,
        fact.chain,
        fact.article_version_id,
        article.article_id,
        article.publisher,
        article.published_date,
        article.agency,
        fact.char_start,
        fact.char_end,
        fact.exact,
        fact.rule_id,
        fact.confidence,
        fact.extractor_version,
        fact.load_id,
        fact.recorded_at,
        extraction.superseded_at,
        extraction.superseded_by_load_id,
        extraction.is_current
    from {{ ref('stg_landing__claims') }} as fact
    inner join {{ ref('ops_extractions') }} as extraction
        on
            fact.article_version_id = extraction.article_version_id
            and fact.extractor_version = extraction.extractor_version
    inner join {{ ref('dim_article_versions') }} as article
        on fact.article_version_id = article.article_version_id
),

reported_names as (
    {{ unnested('claims', ['claim_id'], 'chain', 'name', 'place') }}
),

outward as (
    select
        claim_id,
        claim_id as holder_claim_id,
        parent_claim_id as outer_claim_id,
        0 as level
    from claims
    union all
    select
        outward.claim_id,
        claims.claim_id as holder_claim_id,
        claims.parent_claim_id as outer_claim_id,
        outward.level + 1 as level
    from outward
    inner join claims on outward.outer_claim_id = claims.claim_id
    {# a claim is never inside itself; the limit keeps a broken landing from going round for ever #}
    where outward.level < 20
),

holders as (
    select
        outward.claim_id,
        outward.level,
        reported_names.place,
        reported_names.name,
        'reported' as holder_kind
    from outward
    inner join reported_names on outward.holder_claim_id = reported_names.claim_id
    union all
    select
        outward.claim_id,
        outward.level,
        1000 as place,
        claims.speaker_name as name,
        coalesce(claims.speaker_kind, 'unstated') as holder_kind
    from outward
    inner join claims on outward.holder_claim_id = claims.claim_id
    union all
    select
        claim_id,
        98 as level,
        0 as place,
        agency as name,
        'agency' as holder_kind
    from claims
    where agency is not null
    union all
    select
        claim_id,
        99 as level,
        0 as place,
        publisher as name,
        'publisher' as holder_kind
    from claims
),

{# the last name of a reporting line is mostly the speaker again #}
passings as (
    select
        claim_id,
        level,
        place,
        name,
        holder_kind,
        lead(name) over (partition by claim_id order by level, place) as next_name,
        lead(holder_kind) over (partition by claim_id order by level, place) as next_kind
    from holders
),

links as (
    select
        claim_id,
        name as from_name,
        holder_kind as from_kind,
        row_number() over (partition by claim_id order by level, place) as link_number
    from passings
    where holder_kind = 'publisher' or name is null or next_name is null or lower(name) <> lower(next_name)
),

linked as (
    select
        claim_id,
        link_number,
        from_name,
        from_kind,
        lead(from_name) over (partition by claim_id order by link_number) as to_name,
        lead(from_kind) over (partition by claim_id order by link_number) as to_kind,
        count(*) over (partition by claim_id) - 1 as link_count
    from links
),

new_rows as (
    select
        {{ identity(['claims.claim_id', 'linked.link_number']) }} as chain_link_id,
        claims.claim_id,
        cast(linked.link_number as bigint) as link_number,
        cast(linked.link_count as bigint) as link_count,
        linked.from_name,
        linked.from_kind,
        linked.to_name,
        linked.to_kind,
        claims.article_version_id,
        claims.article_id,
        claims.publisher,
        claims.published_date,
        claims.char_start,
        claims.char_end,
        claims.exact,
        claims.rule_id,
        claims.confidence,
        claims.extractor_version,
        claims.load_id,
        claims.recorded_at,
        claims.superseded_at,
        claims.superseded_by_load_id,
        claims.is_current
    from claims
    inner join linked on claims.claim_id = linked.claim_id
    where linked.to_kind is not null
)

{{ new_and_closed('new_rows') }}
