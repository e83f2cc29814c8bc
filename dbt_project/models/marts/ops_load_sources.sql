{{ config(unique_key='load_source_id') }}

{# What was read is counted from the documents, what was loaded from the articles, so that the sums can disagree. #}
with

documents as (
    select
        load_id,
        recorded_at,
        source,
        count(*) as documents_read,
        sum(case when outcome = 'duplicate' then 1 else 0 end) as duplicates,
        sum(case when outcome = 'rejected' then 1 else 0 end) as rejected,
        sum(byte_count) as byte_count
    from {{ ref('stg_landing__documents') }}
    group by load_id, recorded_at, source
),

articles as (
    select
        load_id,
        recorded_at,
        source,
        count(*) as articles_loaded,
        sum(char_count) as char_count
    from {{ ref('dim_article_versions') }}
    where load_id in (select load_id from {{ ref('int_new_loads') }})
    group by load_id, recorded_at, source
)

select
    {{ identity(['coalesce(documents.load_id, articles.load_id)', 'coalesce(documents.source, articles.source)']) }}
        as load_source_id,
    coalesce(documents.load_id, articles.load_id) as load_id,
    coalesce(documents.source, articles.source) as source,
    coalesce(documents.documents_read, 0) as documents_read,
    coalesce(articles.articles_loaded, 0) as articles_loaded,
    cast(coalesce(documents.duplicates, 0) as bigint) as duplicates,
    cast(coalesce(documents.rejected, 0) as bigint) as rejected,
    cast(coalesce(documents.byte_count, 0) as bigint) as byte_count,
    cast(coalesce(articles.char_count, 0) as bigint) as char_count,
    coalesce(documents.recorded_at, articles.recorded_at) as recorded_at
from documents
full outer join articles
    on documents.load_id = articles.load_id and documents.source = articles.source
