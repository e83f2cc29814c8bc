{# A table, because nearly every model and test of the run asks it. #}
{{ config(materialized='table') }}

select
    load_id,
    kind,
    recorded_at
from {{ ref('stg_landing__loads') }}
