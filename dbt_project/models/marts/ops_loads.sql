{{ config(unique_key='load_id') }}

select
    load_id,
    kind,
    sequence,
    cast('published' as varchar) as state,
    cast(null as varchar) as state_reason,
    recorded_at,
    committed_at,
    extractor_version,
    documents_read,
    articles_loaded,
    duplicates,
    rejected,
    claims,
    figures,
    dates,
    locations,
    claim_links,
    event_mentions,
    event_arguments,
    event_counts,
    shards
from {{ ref('stg_landing__loads') }}
