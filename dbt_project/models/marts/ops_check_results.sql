{{ config(unique_key='check_result_id') }}

select
    check_result_id,
    run_id,
    load_id,
    stage,
    table_name,
    check_name,
    column_name,
    severity,
    is_passed,
    checked_rows,
    failed_rows,
    expected,
    observed,
    sample_json,
    checked_at
from {{ ref('stg_landing__checks') }}
