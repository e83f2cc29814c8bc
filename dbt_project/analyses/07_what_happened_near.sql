-- 7. What is said to have happened within some kilometres of a place, or to one side of it
-- place varchar: name of the place in the middle; must be given, or nothing is found
-- km double: greatest distance in kilometres; null for 25
-- direction varchar: N, NE, E, SE, S, SW, W or NW: within 45 degrees of it; null for every direction
-- kind varchar: a code of the list event_kind; null for every kind
-- side varchar: code of the side that did it or was hit; null for every side
-- speaker varchar: part of the name of a voice that tells of it; null for every voice
-- since date: first day on which it may have happened; null for no limit
-- until date: last day on which it may have happened; null for no limit
with

asked as (
    select
        cast($place as varchar) as place,
        coalesce(cast($km as double), 25) as km,
        upper(cast($direction as varchar)) as direction,
        cast($kind as varchar) as kind,
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

-- where an event was, as its mentions say it: at the place, or so far from it in a direction
near as (
    select
        member.event_id,
        location.place,
        location.precision,
        coalesce(location.derived_lat, location.lat) as at_lat,
        coalesce(location.derived_lon, location.lon) as at_lon,
        middle.lat as middle_lat,
        middle.lon as middle_lon
    from event_members as member
    inner join fct_event_mentions as mention on member.event_mention_id = mention.event_mention_id
    inner join fct_locations as location on mention.place_location_id = location.location_id
    inner join middle
        on
            abs(coalesce(location.derived_lat, location.lat) - middle.lat) < 10
            and abs(coalesce(location.derived_lon, location.lon) - middle.lon) < 20
    where
        mention.is_current
        and location.precision <= 3
        -- what is told as having happened: no plan, no fear, no denial
        and mention.realis = 'actual'
        and mention.polarity = 'affirmative'
        and mention.kind not in ('hold', 'responsibility')
    qualify row_number() over (
        partition by member.event_id
        order by location.precision, mention.published_date, mention.char_start, mention.event_mention_id
    ) = 1
),

measured as materialized (
    select
        near.*,
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
    cross join asked
    where distance_from_middle_km <= asked.km
),

-- the mentions of these few are read, and of no other
members as materialized (
    select
        member.event_id,
        member.event_mention_id,
        member.voice
    from event_members as member
    where member.event_id in (select measured.event_id from measured)
),

-- the first words on each event, those of a speaker before those of a publisher
told as (
    select
        member.event_id,
        member.voice,
        mention.publisher,
        mention.article_version_id,
        mention.statement_start,
        mention.statement_end,
        mention.claim_id,
        count(*) over (partition by member.event_id) as mention_count
    from members as member
    inner join fct_event_mentions as mention on member.event_mention_id = mention.event_mention_id
    cross join asked
    where
        mention.is_current
        and mention.realis = 'actual'
        and (asked.speaker is null or contains(lower(member.voice), lower(asked.speaker)))
    qualify row_number() over (
        partition by member.event_id
        order by
            mention.claim_id is null, mention.published_date, mention.article_version_id, mention.char_start,
            mention.event_mention_id
    ) = 1
),

tolls as (
    select
        event_id,
        string_agg(concat(role, ' ', cast(cast(last_best as bigint) as varchar)), ', ' order by role) as counts
    from (
        select
            event_id,
            role,
            arg_max(last_best, row(last_published_date, last_best)) as last_best
        from figure_series
        where
            scope = 'event'
            and last_best is not null
            and event_id in (select measured.event_id from measured)
        group by event_id, role
    )
    group by event_id
)

select
    event.first_date as event_date,
    event.kind,
    measured.place,
    round(measured.distance_from_middle_km, 1) as km_away,
    case when measured.distance_from_middle_km > 0.5 then round(measured.bearing_from_middle) end as bearing,
    measured.precision,
    event.agent,
    event.target,
    tolls.counts,
    event.article_count,
    event.origin_count,
    event.dispute_count,
    told.voice as first_voice,
    substring(
        article.text, cast(told.statement_start as integer) + 1,
        cast(told.statement_end - told.statement_start as integer)
    ) as first_words,
    told.publisher,
    event.first_published_date as published_date,
    event.event_id,
    told.claim_id
from measured
cross join asked
left join bearings on asked.direction = bearings.direction
inner join events as event on measured.event_id = event.event_id
inner join told on event.event_id = told.event_id
inner join dim_article_versions as article on told.article_version_id = article.article_version_id
left join tolls on event.event_id = tolls.event_id
where
    (
        asked.direction is null
        or (
            measured.distance_from_middle_km > 0.5
            and abs((measured.bearing_from_middle - bearings.bearing + 540) % 360 - 180) <= 45
        )
    )
    and (asked.kind is null or event.kind = asked.kind)
    and (asked.side is null or upper(asked.side) in (event.agent_side, event.target_side))
    and (asked.since is null or coalesce(event.last_date, event.first_published_date) >= asked.since)
    and (asked.until is null or coalesce(event.first_date, event.first_published_date) <= asked.until)
order by coalesce(event.first_date, event.first_published_date) desc, km_away, event.event_id
