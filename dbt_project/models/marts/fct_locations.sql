{{ config(unique_key='location_id', merge_update_columns=closing_columns()) }}

with

new_rows as (
    select
        fact.location_id,
        fact.article_version_id,
        article.article_id,
        article.publisher_id,
        article.publisher,
        article.published_date,
        fact.ordinal,
        {{ place_id('fact') }} as place_id,
        fact.place,
        fact.geonameid,
        fact.country,
        fact.admin1,
        fact.lat,
        fact.lon,
        fact.kind,
        fact.feature_code,
        fact.relation,
        fact.direction,
        fact.distance_km,
        fact.precision,
        fact.is_resolved,
        fact.derived_lat,
        fact.derived_lon,
        fact.derived_rule,
        fact.candidates,
        fact.antecedent_location_id,
        fact.gazetteer_version,
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
    from {{ ref('stg_landing__locations') }} as fact
    inner join {{ ref('ops_extractions') }} as extraction
        on
            fact.article_version_id = extraction.article_version_id
            and fact.extractor_version = extraction.extractor_version
    inner join {{ ref('dim_article_versions') }} as article
        on fact.article_version_id = article.article_version_id
)

{{ new_and_closed('new_rows') }}
