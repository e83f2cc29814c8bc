{{ config(unique_key='claim_subject_id', merge_update_columns=closing_columns()) }}

{#- a side holds, gains, has not lost, leaves a place -#}
{%- set holding = 'hands|control|hold|held|keep|captur|took|taken|seiz|liberat|occup|remain|retook|regain' %}
{%- set gaining = 'liberat|full control|(taken|took) control|^control of|taken .?in full|our hands' %}
{%- set losing = 'captur|fallen|fell|lost|taken|occup|surrender' %}
{%- set leaving =
    '\\b(withdr|retreat|left\\b|leaving|abandon|lost|losing|expelled|driven out|pulled out|fled|cleared)'
%}
{#- part of a place is not the place -#}
{%- set partial = 'part of|parts of|third|half|per ?cent|%|most of|outskirts|quarter|streets|district|suburb' %}
{%- set rejecting =
    '^(it|this|that|these|those|them|so)$'
    ~ '|\\b(lie|lies|false|untrue|fake|absurd|nonsense|rumou?rs?|fairy tale|mirage|fabricat|fiction|propaganda)\\b'
    ~ '|\\b(baseless|no connection|not true|the (claims?|reports?|allegations?|accusations?))\\b'
%}
{%- set agent_before = '(by|hands of|control of|controlled by|held by|under) (the )?' %}
{%- set agent_after =
    ' ([a-z]+ ){0,4}(hold|control|keep|captur|took|taken|seiz|occup|liberat|retook|regain|hands|remain)'
%}

{#
  What a claim is about, in the terms in which claims are compared. One row for each place that it is
  about: of the places linked to it the most precise kind; where none is linked, the place that its
  article names most. Rules are named, and nothing here is taken for a fact.
#}
with

claims as (
    select
        claim.claim_id,
        claim.article_version_id,
        claim.article_id,
        claim.publisher_id,
        claim.publisher,
        claim.published_date,
        claim.ordinal,
        claim.actor_key,
        claim.speaker_name,
        claim.speaker_exact,
        claim.speaker_role,
        claim.speaker_affiliation,
        claim.speaker_side,
        claim.cue_class,
        claim.content,
        claim.polarity,
        claim.stance,
        claim.topic,
        claim.parent_claim_id,
        claim.depth,
        claim.extractor_version,
        claim.load_id,
        claim.recorded_at,
        claim.superseded_at,
        claim.superseded_by_load_id,
        claim.is_current,
        article.publisher_side,
        article.copy_group_id,
        article.origin_id
    from {{ ref('fct_claims') }} as claim
    inner join {{ ref('dim_article_versions') }} as article
        on claim.article_version_id = article.article_version_id
    where claim.load_id in (select load_id from {{ ref('int_new_loads') }})
),

locations as (
    select
        location_id,
        article_version_id,
        extractor_version,
        place_id,
        place,
        ordinal,
        case when kind = 'country' then 3 when kind = 'region' then 2 else 1 end as coarseness
    from {{ ref('fct_locations') }}
    where place_id is not null and load_id in (select load_id from {{ ref('int_new_loads') }})
),

linked_places as (
    select
        bridge.claim_id,
        locations.place_id,
        min(locations.place) as place,
        dense_rank() over (partition by bridge.claim_id order by min(locations.coarseness)) as place_rank
    from {{ ref('bridge_claim_locations') }} as bridge
    inner join locations on bridge.location_id = locations.location_id
    where bridge.role = 'event'
    group by bridge.claim_id, locations.place_id
),

article_places as (
    select
        article_version_id,
        extractor_version,
        place_id,
        min(place) as place,
        row_number() over (
            partition by article_version_id, extractor_version
            order by min(coarseness) asc, count(*) desc, min(ordinal) asc
        ) as place_rank
    from locations
    group by article_version_id, extractor_version, place_id
),

claim_dates as (
    select
        bridge.claim_id,
        min(mention.start_date) as first_date,
        max(mention.end_date) as last_date
    from {{ ref('bridge_claim_dates') }} as bridge
    inner join {{ ref('fct_dates') }} as mention on bridge.date_id = mention.date_id
    where
        mention.start_date is not null
        and bridge.role = 'event'
        and mention.timex_type in ('DATE', 'TIME')
        and bridge.load_id in (select load_id from {{ ref('int_new_loads') }})
    group by bridge.claim_id
),

placed as (
    select
        claims.*,
        coalesce(linked_places.place_id, article_places.place_id) as place_id,
        coalesce(linked_places.place, article_places.place) as place,
        case
            when linked_places.place_id is not null then 'linked'
            when article_places.place_id is not null then 'article'
            else 'none'
        end as place_rule,
        coalesce(claim_dates.first_date, claims.published_date) as first_date,
        coalesce(claim_dates.last_date, claims.published_date) as last_date,
        case
            when claim_dates.first_date is not null then 'linked'
            when claims.published_date is not null then 'published'
            else 'none'
        end as date_rule
    from claims
    left join linked_places on claims.claim_id = linked_places.claim_id and linked_places.place_rank = 1
    left join article_places
        on
            claims.article_version_id = article_places.article_version_id
            and claims.extractor_version = article_places.extractor_version
            and article_places.place_rank = 1
    left join claim_dates on claims.claim_id = claim_dates.claim_id
),

{# the side that is stated, or that the words for the speaker name #}
speakers as (
    select
        claim_id,
        {{ words_of("concat_ws(' ', speaker_name, speaker_exact, speaker_role, speaker_affiliation)") }} as words
    from claims
    where speaker_side is null and speaker_name is not null
),

speaker_words as (
    {{ unnested('speakers', ['claim_id'], 'words', 'word', 'place') }}
),

speaker_sides as (
    select
        speaker_words.claim_id,
        min(side_words.side) as side
    from speaker_words
    inner join {{ ref('side_words') }} as side_words on speaker_words.word = side_words.word
    group by speaker_words.claim_id
    having count(distinct side_words.side) = 1
),

control_claims as (
    select
        claims.claim_id,
        lower(claims.content) as content,
        coalesce(
            claims.speaker_side,
            speaker_sides.side,
            case when claims.stance = 'neutral' and claims.depth = 0 then claims.publisher_side end
        ) as camp,
        claims.polarity,
        {{ words_of('claims.content') }} as words
    from claims
    left join speaker_sides on claims.claim_id = speaker_sides.claim_id
    where claims.topic = 'control' and claims.polarity <> 'question'
),

control_words as (
    {{ unnested('control_claims', ['claim_id', 'content'], 'words', 'word', 'place') }}
),

{# a side is the holder where the words around its name say so; a side that is merely named alone is second best #}
named_sides as (
    select
        control_words.claim_id,
        side_words.side,
        max(case
            when
                {{ matches('control_words.content', agent_before ~ "(' || control_words.word || ')") }}
                or {{ matches('control_words.content', "(' || control_words.word || ')" ~ agent_after) }}
                then 1
            else 0
        end) as is_agent
    from control_words
    inner join {{ ref('side_words') }} as side_words on control_words.word = side_words.word
    group by control_words.claim_id, side_words.side
),

sides as (
    select
        claim_id,
        count(*) as side_count,
        sum(is_agent) as agent_count,
        min(side) as first_side,
        min(case when is_agent = 1 then side end) as agent_side
    from named_sides
    group by claim_id
),

holders as (
    select
        control_claims.claim_id,
        case
            when {{ matches('control_claims.content', partial) }} then null
            when sides.agent_count = 1 then 'agent'
            when control_claims.camp is not null and {{ matches('control_claims.content', '\\b(our|we|us)\\b') }}
                then 'first_person'
            when sides.side_count = 1 and {{ matches('control_claims.content', holding ~ '|' ~ leaving) }}
                then 'only_side'
            when sides.side_count is not null or control_claims.camp is null then null
            when
                control_claims.polarity = 'affirmative' and {{ matches('control_claims.content', gaining) }}
                then 'speaker'
            when
                control_claims.polarity = 'negative' and {{ matches('control_claims.content', losing) }}
                then 'loss_denied'
        end as holder_rule,
        control_claims.camp,
        sides.first_side,
        sides.agent_side,
        control_claims.polarity = 'negative' as is_denied,
        {{ matches('control_claims.content', leaving) }} as is_loss
    from control_claims
    left join sides on control_claims.claim_id = sides.claim_id
),

held as (
    select
        claim_id,
        holder_rule,
        case holder_rule
            when 'agent' then agent_side
            when 'only_side' then first_side
            else camp
        end as holder_side,
        case when holder_rule = 'loss_denied' then true else is_denied = is_loss end as is_held
    from holders
    where holder_rule is not null
),

new_rows as (
    select
        {{ identity(['placed.claim_id', 'placed.place_id']) }} as claim_subject_id,
        placed.claim_id,
        placed.place_id,
        placed.place,
        placed.place_rule,
        placed.topic,
        placed.polarity,
        placed.stance,
        placed.cue_class,
        {# what is rejected, and not said again: "this", "a lie", "rumours" #}
        {{ matches('lower(placed.content)', rejecting) }} and length(placed.content) <= 60 as is_rejection,
        {# of encirclement there is little to say but yes or no #}
        placed.topic = 'encirclement'
        and {{ matches('lower(placed.content)', 'encircl|surrounded|trapped|cut off') }} as is_plain,
        placed.depth,
        placed.parent_claim_id,
        placed.ordinal,
        placed.actor_key,
        placed.speaker_name,
        coalesce(placed.speaker_side, speaker_sides.side) as side,
        {# a publisher of one side mostly lets that side speak, where a speaker's own is not known #}
        coalesce(
            placed.speaker_side,
            speaker_sides.side,
            case when placed.stance = 'neutral' and placed.depth = 0 then placed.publisher_side end
        ) as camp,
        held.holder_side,
        held.is_held,
        held.holder_rule,
        placed.first_date,
        placed.last_date,
        placed.date_rule,
        {{ week_start('placed.first_date') }} as week_start_date,
        {# both name the place: that makes them no more alike #}
        {{ without(stems_of('placed.content'), stems_of("coalesce(placed.place, '')")) }} as stems,
        {# the same statement, wherever it is carried: who says it, of what, where, in which week, yes or no #}
        case
            when placed.place_id is not null and placed.first_date is not null
                then {{ identity([
                    "placed.topic", "placed.polarity", "placed.place_id",
                    "coalesce(placed.actor_key, placed.article_id)", week_start("placed.first_date")
                ]) }}
        end as claim_group_id,
        placed.origin_id,
        placed.copy_group_id,
        placed.article_version_id,
        placed.article_id,
        placed.publisher_id,
        placed.publisher,
        placed.published_date,
        placed.extractor_version,
        placed.load_id,
        placed.recorded_at,
        placed.superseded_at,
        placed.superseded_by_load_id,
        placed.is_current
    from placed
    left join held on placed.claim_id = held.claim_id
    left join speaker_sides on placed.claim_id = speaker_sides.claim_id
)

{{ new_and_closed('new_rows') }}
