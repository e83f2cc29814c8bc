{{ config(unique_key='document_id') }}

select
    document_id,
    source,
    uri,
    file_uri,
    fingerprint,
    document_sha256,
    archive_sha256,
    byte_count,
    fetched_at,
    outcome,
    reason,
    detail,
    article_version_id,
    load_id,
    recorded_at
from {{ ref('stg_landing__documents') }}
