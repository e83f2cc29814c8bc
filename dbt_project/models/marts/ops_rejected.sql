{{ config(unique_key='document_id') }}

select
    document_id,
    source,
    uri,
    reason,
    detail,
    byte_count,
    document_sha256,
    archive_sha256,
    fetched_at,
    load_id,
    recorded_at
from {{ ref('stg_landing__documents') }}
where outcome = 'rejected'
