with

source as (
    {{ landed('checks') }}
),

renamed as (
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
        {{ utc('checked_at') }} as checked_at
    from source
)

select * from renamed
