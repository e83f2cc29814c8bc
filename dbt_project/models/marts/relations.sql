{{ config(
    unique_key='relation_id',
    incremental_strategy='append',
    pre_hook="{{ forget('group_id', changed_groups()) }}"
) }}

{# Pairs that are shown to readers: as sure as the setting least_confidence asks for, or more. #}
select *
from {{ ref('int_related') }}
where confidence >= {{ var('least_confidence') }}
