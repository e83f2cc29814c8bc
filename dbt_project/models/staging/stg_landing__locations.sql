with

source as (
    {{ landed('locations') }}
),

renamed as (
    select
        location_id,
        article_version_id,
        ordinal,
        char_start,
        char_end,
        exact,
        rule_id,
        confidence,
        place,
        geonameid,
        country,
        admin1,
        lat,
        lon,
        kind,
        feature_code,
        relation,
        direction,
        distance_km,
        precision,
        is_resolved,
        derived_lat,
        derived_lon,
        derived_rule,
        candidates,
        antecedent_location_id,
        gazetteer_version,
        extractor_version,
        load_id,
        {{ utc('recorded_at') }} as recorded_at
    from source
)

select * from renamed
