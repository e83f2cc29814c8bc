{{ config(unique_key='claim_id', merge_update_columns=closing_columns(['actor_id'])) }}

with

new_rows as (
    select
        {{ landed_as('claims', 'fact') }},
        article.article_id,
        article.publisher_id,
        article.publisher,
        article.published_date,
        alias.actor_id,
        {{ actor_alias_id('fact', 'article.article_id') }} as actor_alias_id,
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
