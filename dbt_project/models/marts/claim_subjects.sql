{{ config(unique_key='claim_subject_id', merge_update_columns=closing_columns()) }}

{#- what says so of a place is about control, whatever else it is about -#}
{%- set held_by =
    '\\b(hold|holds|held|control|controls|controlled|is ours|are ours)\\b'
    ~ '|\\b(has|have|had) fallen( to|$)|\\b(taken|liberated) .?in full\\b'
    ~ '|\\bour (men|soldiers|troops|forces|fighters) (are|remain|stay)( [a-z]+){0,5} (in|on|at) '
%}
{#- a side holds, gains, has not lost, leaves a place -#}
{%- set holding = 'hands|control|hold|held|keep|captur|took|taken|seiz|liberat|occup|remain|retook|regain' %}
{%- set gaining =
    'liberat|full control|(taken|took) control|^control of|taken .?in full|our hands'
    ~ '|^(the )?(complete |full )?(capture|recapture|seizure) of'
    ~ '|^(it|they|we|(its|their|our) [a-z]+)( still| now| fully)? (hold|holds|held|control|controls|controlled)\\b'
    ~ '|^(its|their|our) [a-z]+ .*\\bstill (hold|holds|held)\\b'
    ~ '|^(it|they|we|(its|their|our) [a-z]+) (has|have|had) (now |fully )?(taken|captured|seized|retaken|recaptured)\\b'
%}
{%- set losing = 'captur|fallen|fell|lost|taken|occup|surrender' %}
{%- set leaving =
    '\\b(withdr|retreat|left\\b|leaving|abandon|lost|losing|expelled|driven out|pulled out|fled|cleared)'
%}
{%- set not_surrounded = '\\b(no|not|never|nor|without)( [a-z]+)? (encircl|surround|trapped|cut off)' %}
{%- set is_false =
    '\\b(is|are|was|were) (all |simply |completely |absolutely )?(false|untrue|not true|baseless|a lie|nonsense)$'
%}
{%- set lied = '\\b(lied|lies|lying|falsely claim[a-z]*)\\b' %}
{%- set gone =
    '\\b(has|have|had) (all )?(left|gone|withdrawn|fled|retreated|abandoned)\\b'
    ~ '|\\b(withdrew|retreated|abandoned|pulled out)\\b'
%}
{%- set whole_war = '\\b(in|throughout|during|since the beginning of) (the|this) (war|conflict)\\b' %}
{%- set place_words = 'town|city|village|settlement|airport|airfield|base|bridge|crossing|port|harbou?r|whole' %}
{#- some of a place tells nothing of who holds it; nor does what may be -#}
{%- set partial = 'part of|parts of|third|half|per ?cent|%|most of|quarters|streets|houses|perimeter|positions' %}
{%- set but_not_all = '\\bbut not (the |all of the )?(' ~ place_words ~ ')( itself| as a whole)?\\b' %}
{%- set unreal = may_be() %}
{#- these speak for others than the side of who prints it -#}
{%- set of_no_side =
    '\\b(authorities|officials?|residents|locals|villagers|witness(es)?|media|channels?'
    ~ '|analysts?|observers?|monitors?|diplomats?)\\b'
    ~ '|^(its|their|his|her|the other)\\b'
%}
{#- a part with a name of its own is compared with the same part only -#}
{%- set part =
    'airport|airfield|air base|airbase|harbou?r|bridge|station|hospital|dam|refinery|power plant|barracks|school'
    ~ '|crossing|mine|factory'
    ~ '|forest|slag heap|camp|cent(?:re|er) of|outskirts|suburb|quarter|district|heights|hill|road'
%}
{%- set of_airport = '\\b(runway|airstrip|terminal|control tower|airfield|air ?base)\\b' %}
{#- who denies "this" or "the reports" rejects them, who is appalled by them does not -#}
{%- set mute =
    '^(it|this|that|these|those|them|so)$'
    ~ '|\\b(the|a|an|such|these|those) (claims?|reports?|allegations?|accusations?)\\b'
%}
{%- set rejecting =
    '^((it|this|that) (is|was) )?(an? |mere |just |only )*rumou?rs?\\b'
    ~ '|\\b(lie|lies|false|untrue|fake|absurd|nonsense|fairy tale|mirage|fabricat|fiction|propaganda)\\b'
    ~ '|\\b(baseless|no connection|not true)\\b'
%}
{#- words for what was said, that do not say what -#}
{%- set utterance =
    '\\b(claims?|reports?|allegations?|accusations?|statements?|figures?|announcements?|criticism|messages?|assertions?'
    ~ '|stories|story|comments?|remarks|account|idea|suggestion)\\b'
%}
{#- of the allegations of others, what they say is compared, and not who says it -#}
{%- set whose_words = '^((the|these|those) )?(allegations?|claims?|reports?|accusations?) (by|from|of|in) [^,]*? that '
%}
{#- "rumours of a retreat": what is rejected is said -#}
{%- set saying_what = '(claims?|reports?|allegations?|accusations?|rumou?rs?|stories|story) (of|that|about)' %}
{#- less what the article adds of it: ", a claim that the army rejected" -#}
{%- set said_itself =
    "regexp_replace(claims.content, ', (a|an) (claim|report|statement|assertion|announcement) [^.]*$', '')"
%}
{%- set is_denial = "(placed.polarity = 'negative')" %}
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
        claim.cue_class,
        claim.cue_end,
        claim.char_start,
        claim.content,
        {# "there is no encirclement. They are …", "reports of it are false": no, whatever else is said #}
        case
            when
                claim.polarity = 'affirmative'
                and (
                    (claim.topic = 'encirclement' and {{ matches('lower(claim.content)', not_surrounded) }})
                    or (length(claim.content) > 60 and {{ matches('lower(claim.content)', is_false) }})
                    or (claim.topic <> 'other' and {{ matches('lower(claim.content)', lied) }})
                )
                then 'negative'
            else claim.polarity
        end as polarity,
        claim.stance,
        {# of a force that is cut off, whatever else is told of it #}
        case
            when claim.topic <> 'control' and {{ tells_of_a_ring('lower(claim.content)') }} then 'encirclement'
            else claim.topic
        end as topic,
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
        kind,
        lower(exact) as exact,
        case when kind = 'country' then 3 when kind = 'region' then 2 else 1 end as coarseness
    from {{ ref('fct_locations') }}
    where place_id is not null and load_id in (select load_id from {{ ref('int_new_loads') }})
),

{# a country that acts is no place, and a river is in too many #}
linked_places as (
    select
        bridge.claim_id,
        locations.place_id,
        min(locations.place) as place,
        min(case when locations.kind = 'settlement' then locations.exact end) as place_exact,
        dense_rank() over (partition by bridge.claim_id order by min(locations.coarseness)) as place_rank
    from {{ ref('bridge_claim_locations') }} as bridge
    inner join locations on bridge.location_id = locations.location_id
    inner join claims on bridge.claim_id = claims.claim_id
    where
        bridge.role = 'event'
        and (
            locations.kind not in ('country', 'water')
            or (
                locations.kind = 'country'
                and (
                    {%- for preposition in ['in', 'across', 'inside', 'into', 'over', 'from', 'throughout'] %}
                    {{ 'or ' if not loop.first -}}
                    position(' {{ preposition }} ' || locations.exact in ' ' || lower(claims.content)) > 0
                    {%- endfor %}
                )
            )
        )
    group by bridge.claim_id, locations.place_id
),

article_places as (
    select
        article_version_id,
        extractor_version,
        place_id,
        min(place) as place,
        min(case when kind = 'settlement' then exact end) as place_exact,
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
        coalesce(linked_places.place_exact, article_places.place_exact) as place_exact,
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

{# a publisher of one side mostly lets that side speak, where a speaker's own is not known #}
publisher_sides as (
    select
        claim_id,
        publisher_side as side
    from claims
    where
        stance = 'neutral'
        and depth = 0
        and publisher_side is not null
        and not {{ matches("lower(coalesce(speaker_exact, speaker_name, ''))", of_no_side) }}
),

{# "called the encirclement a mirage": what is rejected may stand before the content #}
rejections as (
    select
        claim_id,
        article_version_id,
        cue_end,
        char_start
    from claims
    where
        {{ matches('lower(content)', rejecting ~ '|' ~ mute) }}
        and length(content) <= 60
        and char_start between cue_end and cue_end + 120
),

texts as (
    {{ texts_of('rejections') }}
),

objects as (
    select
        rejections.claim_id,
        {{ stems_of(
            "regexp_replace(lower(substring(texts.text, rejections.cue_end + 1,"
            " greatest(rejections.char_start - rejections.cue_end, 0))), '" ~ utterance ~ "', ' ', 'g')"
        ) }} as stems
    from rejections
    inner join texts on rejections.article_version_id = texts.article_version_id
),

control_claims as (
    select
        claims.claim_id,
        {{ with_short_names(said_itself) }} as content,
        coalesce(speaker_sides.side, publisher_sides.side) as camp,
        claims.polarity,
        {{ words_of(said_itself) }} as words
    from claims
    left join {{ ref('int_speaker_sides') }} as speaker_sides on claims.claim_id = speaker_sides.claim_id
    left join publisher_sides on claims.claim_id = publisher_sides.claim_id
    where
        claims.polarity <> 'question'
        and (
            claims.topic = 'control'
            or (
                claims.topic in ('troop_presence', 'advance', 'prisoners', 'other')
                and {{ matches('lower(claims.content)', held_by) }}
            )
        )
),

control_words as (
    {{ unnested('control_claims', ['claim_id', 'content'], 'words', 'word', 'place') }}
),

{# a side is the holder where the words around its name say so; a side that is merely named alone is second best #}
named_sides as (
    select
        control_words.claim_id,
        side_words.side,
        min(side_words.word) as word,
        max(case
            when
                {{ matches('control_words.content', agent_before ~ "(' || control_words.word || ')") }}
                or {{ matches('control_words.content', "(' || control_words.word || ')" ~ agent_after) }}
                then 1
            else 0
        end) as is_agent
    from control_words
    inner join {{ ref('side_words') }} as side_words
        on control_words.word = side_words.word and side_words.names = 'people'
    group by control_words.claim_id, side_words.side
),

sides as (
    select
        claim_id,
        count(*) as side_count,
        sum(is_agent) as agent_count,
        min(side) as first_side,
        min(word) as first_side_word,
        min(case when is_agent = 1 then side end) as agent_side
    from named_sides
    group by claim_id
),

holders as (
    select
        control_claims.claim_id,
        case
            when
                {{ matches('control_claims.content', partial ~ '|' ~ unreal) }}
                and not {{ matches('control_claims.content', but_not_all) }}
                then null
            when sides.agent_count = 1 then 'agent'
            when control_claims.camp is not null and {{ matches('control_claims.content', '\\b(our|ours|we|us)\\b') }}
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
        {# "there are no Russians in" denies as well #}
        control_claims.polarity = 'negative'
        or {{ matches('control_claims.content', but_not_all) }}
        or {{ matches(
            'control_claims.content', "\\bno (more )?(' || coalesce(sides.first_side_word, 'one') || ')\\b"
        ) }} as is_denied,
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
        case when held.claim_id is not null then 'control' else placed.topic end as topic,
        placed.polarity,
        placed.stance,
        placed.cue_class,
        {# what is rejected, and not said again: "this", "a lie", "rumours" #}
        (
            {{ matches('lower(placed.content)', rejecting) }}
            or (
                (placed.polarity = 'negative' or coalesce(placed.cue_class, '') = 'deny')
                and {{ matches('lower(placed.content)', mute) }}
            )
        )
        and not {{ matches('lower(placed.content)', saying_what) }}
        and length(placed.content) <= 60 as is_rejection,
        objects.stems as rejected_stems,
        {# of encirclement there is little to say but yes or no #}
        placed.topic = 'encirclement'
        and {{ matches('lower(placed.content)', 'encircl|surrounded|trapped|cut off') }}
        and (
            not {{ matches('lower(placed.content)', rejecting) }}
            or (placed.polarity = 'negative' and {{ matches('lower(placed.content)', is_false) }})
        ) as is_plain,
        {{ tells_of_own_deed('lower(placed.content)') }} as is_own_deed,
        {{ tells_of_no_doer('lower(placed.content)') }} as is_without_doer,
        {{ matches('lower(placed.content)', gone) }} as is_leaving,
        {{ matches('lower(placed.content)', unreal) }} as is_unreal,
        {# of a war as a whole: no answer to what somebody else has said of a day in it #}
        {{ matches('lower(placed.content)', whole_war) }} as is_boilerplate,
        {{ denied_stems('lower(placed.content)', is_denial) }} as denied_stems,
        {{ people_told_of('lower(placed.content)', is_denial) }} as people,
        {{ state_told_of('lower(placed.content)', is_denial) }} as state,
        {{ retort_of('lower(placed.content)', 'placed.cue_class') }} as retort,
        {{ deadline_of('lower(placed.content)') }} as deadline,
        placed.depth,
        placed.parent_claim_id,
        placed.ordinal,
        placed.actor_key,
        placed.speaker_name,
        speaker_sides.side,
        coalesce(speaker_sides.side, publisher_sides.side) as camp,
        held.holder_side,
        held.is_held,
        held.holder_rule,
        case
            when placed.topic = 'control' or held.claim_id is not null
                then {{ first_match("regexp_replace(lower(placed.content), '" ~ of_airport ~ "', 'airport')", part) }}
        end as held_part,
        placed.first_date,
        placed.last_date,
        placed.date_rule,
        {{ week_start('placed.first_date') }} as week_start_date,
        {# both name the place: that makes them no more alike #}
        {{ without(
            stems_of("regexp_replace(lower(placed.content), '" ~ whose_words ~ "', '')"),
            stems_of("concat_ws(' ', placed.place, placed.place_exact)")
        ) }} as stems,
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
    left join objects on placed.claim_id = objects.claim_id
    left join {{ ref('int_speaker_sides') }} as speaker_sides on placed.claim_id = speaker_sides.claim_id
    left join publisher_sides on placed.claim_id = publisher_sides.claim_id
)

{{ new_and_closed('new_rows') }}
