-- 7. What is said to have happened within some kilometres of a place, or to one side of it
-- place varchar: name of the place in the middle; must be given, or nothing is found
-- km double: greatest distance in kilometres; null for 25
-- direction varchar: N, NE, E, SE, S, SW, W or NW: within 45 degrees of it; null for every direction
-- topic varchar: a code of the list topic; null for every topic
-- side varchar: code of the side of the speaker; null for every side
-- speaker varchar: part of the speaker's name; null for every speaker
-- since date: first day of publication; null for no limit
-- until date: last day of publication; null for no limit
with

asked as (
    select
        cast($place as varchar) as place,
        coalesce(cast($km as double), 25) as km,
        upper(cast($direction as varchar)) as direction,
        cast($topic as varchar) as topic,
        cast($side as varchar) as side,
        cast($speaker as varchar) as speaker,
        cast($since as date) as since,
        cast($until as date) as until
),

bearings (direction, bearing) as (
    values ('N', 0), ('NE', 45), ('E', 90), ('SE', 135), ('S', 180), ('SW', 225), ('W', 270), ('NW', 315)
),

-- of places that share the name, the one that is spoken of most
middle as (
    select
        place.lat,
        place.lon
    from dim_places as place
    inner join asked on lower(place.place) = lower(asked.place)
    left join fct_locations as mention on place.place_id = mention.place_id
    where place.lat is not null
    group by place.place_id, place.lat, place.lon
    order by count(*) desc, place.place_id asc
    limit 1
),

near as (
    select
        location.*,
        coalesce(location.derived_lat, location.lat) as at_lat,
        coalesce(location.derived_lon, location.lon) as at_lon,
        middle.lat as middle_lat,
        middle.lon as middle_lon
    from fct_locations as location
    inner join middle
        on
            abs(coalesce(location.derived_lat, location.lat) - middle.lat) < 10
            and abs(coalesce(location.derived_lon, location.lon) - middle.lon) < 20
    where location.is_current and location.precision <= 3
),

measured as (
    select
        *,
        12742 * asin(sqrt(
            pow(sin(radians(at_lat - middle_lat) / 2), 2)
            + cos(radians(at_lat)) * cos(radians(middle_lat)) * pow(sin(radians(at_lon - middle_lon) / 2), 2)
        )) as distance_from_middle_km,
        (degrees(atan2(
            sin(radians(at_lon - middle_lon)) * cos(radians(at_lat)),
            cos(radians(middle_lat)) * sin(radians(at_lat))
            - sin(radians(middle_lat)) * cos(radians(at_lat)) * cos(radians(at_lon - middle_lon))
        )) + 360) % 360 as bearing_from_middle
    from near
)

select
    claim.published_date,
    measured.place,
    round(measured.distance_from_middle_km, 1) as km_away,
    case when measured.distance_from_middle_km > 0.5 then round(measured.bearing_from_middle) end as bearing,
    measured.precision,
    claim.topic,
    claim.polarity,
    claim.speaker_name,
    claim.speaker_side,
    claim.content,
    claim.publisher,
    claim.claim_id,
    measured.location_id
from measured
cross join asked
left join bearings on asked.direction = bearings.direction
inner join bridge_claim_locations as bridge on measured.location_id = bridge.location_id
inner join fct_claims as claim on bridge.claim_id = claim.claim_id
where
    claim.is_current
    and bridge.role = 'event'
    and measured.distance_from_middle_km <= asked.km
    and (
        asked.direction is null
        or (
            measured.distance_from_middle_km > 0.5
            and abs((measured.bearing_from_middle - bearings.bearing + 540) % 360 - 180) <= 45
        )
    )
    and (asked.topic is null or claim.topic = asked.topic)
    and (asked.side is null or claim.speaker_side = upper(asked.side))
    and (asked.speaker is null or contains(lower(claim.speaker_name), lower(asked.speaker)))
    and (asked.since is null or claim.published_date >= asked.since)
    and (asked.until is null or claim.published_date <= asked.until)
order by claim.published_date desc, km_away, claim.claim_id, measured.location_id
