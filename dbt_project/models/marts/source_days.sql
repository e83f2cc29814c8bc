{{ config(materialized='table') }}

{#
  What each source gave, day by day (of reading, UTC), also where it was nothing, against the four
  weeks before. Worked out anew each time: a day of the others' is a day of none for the rest.
#}
with

documents as (
    select
        source,
        outcome,
        cast(fetched_at as date) as read_date
    from {{ ref('ops_documents') }}
),

daily as (
    select
        source,
        read_date,
        count(*) as document_count,
        count(case when outcome = 'loaded' then 1 end) as loaded_count,
        count(case when outcome = 'duplicate' then 1 end) as duplicate_count,
        count(case when outcome = 'rejected' then 1 end) as rejected_count
    from documents
    group by source, read_date
),

sources as (
    select
        source,
        min(read_date) as first_date
    from daily
    group by source
),

last_days as (
    select max(read_date) as last_date from daily
),

days as (
    select
        sources.source,
        calendar.date_day as read_date
    from sources
    cross join last_days
    inner join {{ ref('dim_calendar') }} as calendar
        on calendar.date_day between sources.first_date and last_days.last_date
)

select
    {{ identity(['days.source', 'days.read_date']) }} as source_day_id,
    days.source,
    days.read_date,
    coalesce(daily.document_count, 0) as document_count,
    coalesce(daily.loaded_count, 0) as loaded_count,
    coalesce(daily.duplicate_count, 0) as duplicate_count,
    coalesce(daily.rejected_count, 0) as rejected_count,
    avg(coalesce(daily.document_count, 0)) over before as mean_document_count_before,
    count(*) over before as days_before
from days
left join daily on days.source = daily.source and days.read_date = daily.read_date
window before as (
    partition by days.source order by days.read_date rows between 28 preceding and 1 preceding
)
