{{ config(unique_key='place_id') }}
-- depends_on: {{ ref('int_new_loads') }}

{# What the newest mention says of the place; a mere reference ("the city") tells least of its kind. #}
with

mentions as (
    select
        location.place_id,
        location.geonameid,
        location.place,
        location.country,
        location.admin1,
        location.lat,
        location.lon,
        location.kind,
        location.feature_code,
        location.gazetteer_version,
        location.location_id,
        location.recorded_at,
        location.recorded_at as first_recorded_at
    from {{ ref('fct_locations') }} as location
    where location.place_id is not null and {{ is_new('location') }}
    {%- if is_incremental() %}
    union all
    {# what all earlier ones say #}
    select
        held.place_id,
        held.geonameid,
        held.place,
        held.country,
        held.admin1,
        held.lat,
        held.lon,
        held.kind,
        held.feature_code,
        held.gazetteer_version,
        '' as location_id,
        held.recorded_at,
        held.first_recorded_at
    from {{ this }} as held
    where
        held.place_id in (
            select new.place_id
            from {{ ref('fct_locations') }} as new
            where {{ is_new('new') }}
        )
    {%- endif %}
),

ranked as (
    select
        *,
        min(first_recorded_at) over (partition by place_id) as place_first_recorded_at,
        row_number() over (
            partition by place_id
            order by case when kind = 'reference' then 1 else 0 end asc, recorded_at desc, location_id asc
        ) as mention_rank
    from mentions
)

select
    place_id,
    geonameid,
    place,
    country,
    admin1,
    lat,
    lon,
    kind,
    feature_code,
    gazetteer_version,
    place_first_recorded_at as first_recorded_at,
    recorded_at
from ranked
where mention_rank = 1
