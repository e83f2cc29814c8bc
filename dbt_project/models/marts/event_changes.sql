{{ config(unique_key='event_change_id') }}

{# The history of events: formed, changed, split, joined, dissolved. Rows are added and never changed. #}
select
    event_change_id,
    event_id,
    step_number,
    change,
    is_event,
    other_event_id,
    load_id,
    recorded_at
from {{ ref('stg_landing__event_changes') }}
