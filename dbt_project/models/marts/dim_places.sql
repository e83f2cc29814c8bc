{{ config(unique_key='place_id') }}
-- depends_on: {{ ref('int_new_loads') }}

{# What the newest mention says of the place; a mere reference ("the city") tells least of its kind. #}
with

mentions as (
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
        location_id,
        recorded_at
    from {{ ref('fct_locations') }}
    where
        place_id is not null
        {%- if is_incremental() %}
        and place_id in (
            select touched.place_id from {{ ref('fct_locations') }} as touched
            where {{ is_touched('touched') }}
        )
        {%- endif %}
),

ranked as (
    select
        *,
        min(recorded_at) over (partition by place_id) as first_recorded_at,
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
    first_recorded_at,
    recorded_at
from ranked
where mention_rank = 1
