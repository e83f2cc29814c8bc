{{ config(materialized='table') }}

{#
  Events, and groups of claims, that the given loads changed last: what a model that holds what resolving found must
  take anew. A load that is given once more, with later ones taken in already, changes nothing.
#}
with

given as (
    select
        event_id,
        max(step_number) as step_number
    from {{ ref('stg_landing__event_changes') }}
    group by event_id
),

latest as (
    select
        event_id,
        max(step_number) as step_number
    from {{ ref('event_changes') }}
    where event_id in (select given.event_id from given)
    group by event_id
)

select
    latest.event_id as group_id,
    latest.step_number
from latest
inner join given on latest.event_id = given.event_id and latest.step_number = given.step_number
