with

source as (
    {{ landed('claim_links') }}
),

renamed as (
    select
        claim_link_id,
        claim_id,
        fact_kind,
        fact_id,
        rule_id,
        role,
        article_version_id,
        extractor_version,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
