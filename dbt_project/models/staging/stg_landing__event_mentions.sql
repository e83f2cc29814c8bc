with

source as (
    {{ landed('event_mentions') }}
),

renamed as (
    select
        event_mention_id,
        article_version_id,
        ordinal,
        char_start,
        char_end,
        exact,
        rule_id,
        confidence,
        kind,
        polarity,
        realis,
        extent,
        extent_words,
        statement_start,
        statement_end,
        claim_id,
        caused_by_event_mention_id,
        same_as_event_mention_id,
        first_date,
        last_date,
        time_rule,
        extractor_version,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
