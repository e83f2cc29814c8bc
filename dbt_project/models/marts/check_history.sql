{{ config(materialized='table') }}

{# Each check over all runs. #}
with

results as (
    select
        *,
        row_number() over (
            partition by stage, table_name, check_name, column_name order by checked_at desc, check_result_id desc
        ) as age
    from {{ ref('ops_check_results') }}
),

sums as (
    select
        stage,
        table_name,
        check_name,
        column_name,
        count(*) as run_count,
        count(case when not is_passed then 1 end) as failure_count,
        min(checked_at) as first_checked_at,
        max(checked_at) as last_checked_at,
        max(case when is_passed then checked_at end) as last_passed_at,
        max(case when not is_passed then checked_at end) as last_failed_at
    from results
    group by stage, table_name, check_name, column_name
)

select
    {{ identity(['sums.stage', 'sums.table_name', 'sums.check_name', 'sums.column_name']) }} as check_id,
    sums.stage,
    sums.table_name,
    sums.check_name,
    sums.column_name,
    newest.severity,
    newest.is_passed,
    newest.failed_rows,
    newest.expected,
    newest.observed,
    newest.sample_json,
    newest.load_id,
    newest.run_id,
    sums.run_count,
    sums.failure_count,
    sums.first_checked_at,
    sums.last_checked_at,
    sums.last_passed_at,
    sums.last_failed_at
from sums
inner join results as newest
    on
        sums.stage = newest.stage
        and sums.table_name = newest.table_name
        and sums.check_name = newest.check_name
        and sums.column_name is not distinct from newest.column_name
        and newest.age = 1
