{{ config(
    unique_key='relation_id',
    incremental_strategy='append',
    pre_hook="{{ forget('group_id', changed_groups()) }}"
) }}

{# Pairs that are less sure than the setting least_confidence asks for: kept for those who judge the rules. #}
select *
from {{ ref('int_related') }}
where confidence < {{ var('least_confidence') }}
