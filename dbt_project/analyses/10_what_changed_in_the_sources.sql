-- 10. Which publishers went quiet or changed this week, which documents were rejected, and which checks fail
-- since date: Monday of the week; null for the newest week that there is
with

asked as (
    select coalesce(cast($since as date), (select max(activity.week_start_date) from publisher_activity as activity))
        as week_start_date
)

select
    'publisher' as what,
    activity.publisher as name,
    activity.activity as state,
    activity.iso_week as at_when,
    concat(activity.article_count, ' articles, ', round(activity.mean_article_count_before, 1), ' a week before')
        as detail,
    activity.article_count as row_count
from publisher_activity as activity
inner join asked on activity.week_start_date = asked.week_start_date
where activity.activity not in ('steady', 'new', 'silent')
union all
select
    'check' as what,
    concat_ws(' ', history.stage, history.table_name, history.column_name, history.check_name) as name,
    case when history.is_passed then 'passes again' else 'fails' end as state,
    cast(history.last_failed_at as varchar) as at_when,
    coalesce(history.observed, history.sample_json) as detail,
    history.failed_rows as row_count
from check_history as history
inner join asked on history.last_failed_at >= asked.week_start_date or not history.is_passed
where history.failure_count > 0
union all
select
    'rejected' as what,
    rejected.source as name,
    rejected.reason as state,
    cast(max(rejected.recorded_at) as varchar) as at_when,
    min(rejected.uri) as detail,
    count(*) as row_count
from ops_rejected as rejected
inner join asked on rejected.recorded_at >= asked.week_start_date
group by rejected.source, rejected.reason
order by what, state, name, at_when
