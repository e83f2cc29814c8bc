with

source as (
    {{ landed('dates') }}
),

renamed as (
    select
        date_id,
        article_version_id,
        ordinal,
        char_start,
        char_end,
        exact,
        rule_id,
        confidence,
        timex_type,
        value,
        mod,
        start_date,
        end_date,
        granularity,
        anchor,
        anchor_date,
        is_year_inferred,
        extractor_version,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
