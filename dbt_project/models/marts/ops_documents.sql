{{ config(unique_key='document_id') }}

select {{ landed_as('documents', 'document') }}
from {{ ref('stg_landing__documents') }} as document
