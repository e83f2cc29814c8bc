{{ config(unique_key='date_day', incremental_strategy='append') }}

{# Never changes, so it is made once. #}
with

days as (
    {{ days('1990-01-01', '2049-12-31') }}
)

select
    date_day,
    cast(extract(year from date_day) as bigint) as year_number,
    cast(extract(quarter from date_day) as bigint) as quarter_of_year,
    cast(extract(month from date_day) as bigint) as month_of_year,
    cast(extract(day from date_day) as bigint) as day_of_month,
    {{ iso_day_of_week('date_day') }} as day_of_week,
    {{ iso_week('date_day') }} as iso_week,
    {{ week_start('date_day') }} as week_start_date,
    cast(date_trunc('month', date_day) as date) as month_start_date,
    {{ iso_day_of_week('date_day') }} >= 6 as is_weekend
from days
{%- if is_incremental() %}
where false
{%- endif %}
