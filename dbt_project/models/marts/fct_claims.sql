{{ config(unique_key='claim_id', merge_update_columns=closing_columns(['actor_id'])) }}

with

new_rows as (
    select
        fact.claim_id,
        fact.article_version_id,
        article.article_id,
        article.publisher_id,
        article.publisher,
        article.published_date,
        fact.ordinal,
        alias.actor_id,
        {{ actor_alias_id('fact', 'article.article_id') }} as actor_alias_id,
        fact.speaker_name,
        fact.speaker_kind,
        fact.speaker_role,
        fact.speaker_affiliation,
        fact.speaker_side,
        fact.speaker_office,
        fact.actor_key,
        fact.speaker_known_as,
        fact.speaker_exact,
        fact.speaker_start,
        fact.speaker_end,
        fact.cue_class,
        fact.cue_exact,
        fact.cue_start,
        fact.cue_end,
        fact.content,
        fact.content_spans,
        fact.speech,
        fact.polarity,
        fact.stance,
        fact.hedge,
        fact.topic,
        fact.parent_claim_id,
        fact.depth,
        fact.chain,
        fact.channel,
        fact.addressee,
        fact.basis,
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
    left join {{ ref('actor_aliases') }} as alias
        on {{ actor_alias_id('fact', 'article.article_id') }} = alias.actor_alias_id
)

{# whose name it is may be learnt from a later article: what is said stays, who is meant follows actor_aliases #}
{{ new_and_closed('new_rows', following=['actor_id', 'actor_aliases', 'actor_alias_id']) }}
