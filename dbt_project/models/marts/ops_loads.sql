{{ config(unique_key='load_id') }}

select
    {{ landed_as('loads', 'load') }},
    cast('published' as string) as state,
    cast(null as string) as state_reason
from {{ ref('stg_landing__loads') }} as load
