{{ config(unique_key='figure_id', merge_update_columns=closing_columns()) }}

with

new_rows as (
    select
        fact.figure_id,
        fact.article_version_id,
        article.article_id,
        article.publisher_id,
        article.publisher,
        article.published_date,
        fact.ordinal,
        fact.low,
        fact.high,
        fact.best,
        fact.bound,
        fact.kind,
        fact.unit,
        fact.si_low,
        fact.si_high,
        fact.si_unit,
        fact.counted,
        fact.counted_phrase,
        fact.status,
        fact.vague_word,
        fact.per,
        fact.part_of_figure_id,
        fact.is_cumulative,
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
    from {{ ref('stg_landing__figures') }} as fact
    inner join {{ ref('ops_extractions') }} as extraction
        on
            fact.article_version_id = extraction.article_version_id
            and fact.extractor_version = extraction.extractor_version
    inner join {{ ref('dim_article_versions') }} as article
        on fact.article_version_id = article.article_version_id
)

{{ new_and_closed('new_rows') }}
