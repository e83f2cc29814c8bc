{{ config(unique_key='actor_mention_id', merge_update_columns=closing_columns()) }}

with

claims as (
    select
        fact.*,
        article.article_id,
        article.publisher_id,
        article.published_date,
        {{ actor_alias_id('fact', 'article.article_id') }} as actor_alias_id
    from {{ ref('stg_landing__claims') }} as fact
    inner join {{ ref('dim_article_versions') }} as article
        on fact.article_version_id = article.article_version_id
    where fact.actor_key is not null
),

mentions as (
    select
        actor_alias_id,
        article_version_id,
        extractor_version,
        min(actor_key) as actor_key,
        min(article_id) as article_id,
        min(publisher_id) as publisher_id,
        min(published_date) as published_date,
        {{ latest('speaker_name', ['-ordinal']) }} as name,
        {{ latest('speaker_known_as', ['-ordinal']) }} as known_as,
        {{ latest('speaker_kind', ['-ordinal']) }} as kind,
        {{ latest('speaker_role', ['-ordinal']) }} as role,
        {{ latest('speaker_office', ['-ordinal']) }} as office,
        {{ latest('speaker_affiliation', ['-ordinal']) }} as affiliation,
        {{ latest('speaker_side', ['-ordinal']) }} as side,
        count(*) as claim_count,
        min(load_id) as load_id,
        min(recorded_at) as recorded_at
    from claims
    group by actor_alias_id, article_version_id, extractor_version
),

new_rows as (
    select
        {{ identity(['mention.actor_alias_id', 'mention.article_version_id', 'mention.extractor_version']) }}
            as actor_mention_id,
        mention.actor_alias_id,
        mention.actor_key,
        {# names that may be one person's have this in common #}
        split_part(mention.actor_key, '/', 1) as actor_block,
        mention.name,
        mention.known_as,
        mention.kind,
        mention.role,
        mention.office,
        mention.affiliation,
        mention.side,
        mention.claim_count,
        mention.article_version_id,
        mention.article_id,
        mention.publisher_id,
        mention.published_date,
        mention.extractor_version,
        mention.load_id,
        mention.recorded_at,
        extraction.superseded_at,
        extraction.superseded_by_load_id,
        extraction.is_current
    from mentions as mention
    inner join {{ ref('ops_extractions') }} as extraction
        on
            mention.article_version_id = extraction.article_version_id
            and mention.extractor_version = extraction.extractor_version
)

{{ new_and_closed('new_rows') }}
