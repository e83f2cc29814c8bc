{{ config(unique_key='check_result_id') }}

select {{ landed_as('checks', 'result') }}
from {{ ref('stg_landing__checks') }} as result
