{{ config(unique_key='figure_mention_id', merge_update_columns=closing_columns()) }}

{%- set changing =
    '\\b(risen|rose|rises|grown|climbed|increased|fallen to|revised|corrected|lowered|raised|up from|down from|earlier)\\b'
%}
{%- set own_part =
    '\\b(he|she|i|we|they) (had |have |has )?(buried|counted|recovered|pulled|treated|admitted|saw|seen)\\b'
%}
{%- set summing = '\\b(figures?|number|toll|total|loss|losses|lost|count|strength)\\b' %}
{#- who says now what was said before, says it first -#}
{%- set said_of_before =
    '\\b(earlier|previously|initially|at first'
    ~ '|had (first |earlier |previously |initially )?(put|given|estimated|announced|reported|spoken of))\\b[^.!?]*$'
%}
{#- "put the figure at 700", "no more than 60": of what was said just before, whatever its topic -#}
{%- set anaphor = '^(the (number|figure|toll|total|count) at|no more than|not more than|only) [0-9a-z,.]+$' %}
{#- a force is there, whatever is told of it: its strength, that it is trapped -#}
{%- set force =
    '\\b(strength of|trapped|surrounded|encircled|cut off|garrison (of|at|numbers?)'
    ~ '|number of (soldiers|troops|fighters|servicemen|men) in)\\b'
%}
{#- who is lost is dead, as far as numbers are compared -#}
{%- set losing = '\\b(lost|losing|loss of|losses (of|at))\\b' %}
{#- whose they are -#}
{%- set side_lost = '\\b([a-z-]+) (?:losses|casualties|fatalities)\\b' %}
{#- "only one", where another has said "up to four" -#}
{%- set playing_down = '\\b(only|just|no more than|not more than|fewer than|less than|at most)\\b' %}
{#- words that count anything of the kind that is spoken of -#}
{%- set people = "('soldier', 'fighter', 'man', 'person')" %}
{%- set anything = "('man', 'person', 'figure', 'number', 'toll', 'total', 'strength')" %}

{#
  What a figure counts, in the terms in which figures are compared: the thing, what befell it, the
  place, who says so. One row for each place; a figure in no claim is the publisher's own.
#}
with

figures as (
    select
        figure.*,
        article.change_kind
    from {{ ref('fct_figures') }} as figure
    inner join {{ ref('dim_article_versions') }} as article
        on figure.article_version_id = article.article_version_id
    where figure.load_id in (select load_id from {{ ref('int_new_loads') }})
),

texts as (
    {{ texts_of('figures') }}
),

{# what stands before each claim #}
claim_openings as (
    select
        claim.claim_id,
        substring(texts.text, greatest(claim.char_start - 119, 1), least(claim.char_start, 120)) as opening
    from {{ ref('fct_claims') }} as claim
    inner join texts on claim.article_version_id = texts.article_version_id
),

{# of nested claims the innermost says it; which one that is comes first: texts are joined to one row a figure #}
ranked as (
    select
        bridge.figure_id,
        bridge.claim_id,
        row_number() over (partition by bridge.figure_id order by claim.depth desc, claim.ordinal asc) as claim_rank
    from {{ ref('bridge_claim_figures') }} as bridge
    inner join {{ ref('fct_claims') }} as claim on bridge.claim_id = claim.claim_id
    where bridge.load_id in (select load_id from {{ ref('int_new_loads') }})
),

claims as (
    select
        innermost.figure_id,
        claim.claim_id,
        claim.actor_key,
        claim.speaker_name,
        claim.ordinal as claim_ordinal,
        claim.topic as claim_topic,
        claim.char_start as claim_start,
        lower({{ sentence_around('claim.content', 'mention.exact') }}) as sentence,
        {{ matches('lower(claim.content)', changing) }} as is_said_to_change,
        {{ matches('lower(claim.content)', summing) }} as is_sum,
        {# so do those of whom more is told: "six of the dead were patients" #}
        {{ matches('lower(claim.content)', own_part) }}
        or position(
            lower(mention.exact) || ' of the ' in replace(lower(claim.content), 'all ' || lower(mention.exact), '')
        ) > 0 as is_own_part,
        {{ matches('lower(claim_openings.opening)', said_of_before) }} as is_said_of_before
    from ranked as innermost
    inner join {{ ref('fct_claims') }} as claim on innermost.claim_id = claim.claim_id
    inner join {{ ref('fct_figures') }} as mention on innermost.figure_id = mention.figure_id
    inner join claim_openings on innermost.claim_id = claim_openings.claim_id
    where innermost.claim_rank = 1
),

article_places as (
    select
        article_version_id,
        extractor_version,
        place_id,
        min(place) as place,
        row_number() over (
            partition by article_version_id, extractor_version
            order by
                min(case when kind = 'country' then 3 when kind = 'region' then 2 else 1 end) asc,
                count(*) desc,
                min(ordinal) asc
        ) as place_rank
    from {{ ref('fct_locations') }}
    where place_id is not null and load_id in (select load_id from {{ ref('int_new_loads') }})
    group by article_version_id, extractor_version, place_id
),

phrases as (
    select
        figure_id,
        {{ words_of("coalesce(counted_phrase, '')") }} as words
    from figures
    where counted_phrase is not null
),

phrase_words as (
    {{ unnested('phrases', ['figure_id'], 'words', 'word', 'place') }}
),

phrase_sides as (
    select
        phrase_words.figure_id,
        min(side_words.side) as side
    from phrase_words
    inner join {{ ref('side_words') }} as side_words on phrase_words.word = side_words.word
    group by phrase_words.figure_id
    having count(distinct side_words.side) = 1
),

{# "Ukrainian losses near the town amounted to 450 soldiers" #}
loss_sides as (
    select
        claims.figure_id,
        side_words.side
    from claims
    inner join {{ ref('side_words') }} as side_words
        on {{ first_group('claims.sentence', side_lost) }} = side_words.word
),

counted as (
    select
        figures.*,
        claims.claim_id,
        claims.actor_key,
        claims.speaker_name,
        claims.claim_ordinal,
        claims.claim_topic,
        coalesce(claims.is_said_to_change, false) as is_said_to_change,
        coalesce(claims.is_own_part, false) as is_own_part,
        {# the claim is the number, or says that it gives one #}
        claims.is_sum or figures.char_start - claims.claim_start <= 5 as is_bare,
        subject.side as speaker_side,
        coalesce(claims.is_said_of_before, false) as is_said_of_before,
        coalesce({{ matches('claims.sentence', may_be() ~ '|\\bcannot\\b') }}, false) as is_unreal,
        coalesce({{ matches('claims.sentence', playing_down) }}, false) as is_played_down,
        {{ matches('claims.sentence', anaphor) }} as is_anaphor,
        {{ matches('claims.sentence', force) }} as is_of_force,
        {{ matches('claims.sentence', losing) }} as is_of_loss,
        subject.camp,
        subject.place_id as claim_place_id,
        subject.place as claim_place,
        subject.place_rule as claim_place_rule,
        subject.first_date as claim_first_date,
        subject.last_date as claim_last_date,
        subject.date_rule as claim_date_rule,
        coalesce(phrase_sides.side, loss_sides.side) as counted_side,
        coalesce(
            {# who is captured was no prisoner before #}
            case when figures.status = 'captured' and counted_words.counted_thing = 'prisoner' then 'soldier' end,
            counted_words.counted_thing,
            figures.counted,
            {# "12 killed" counts people #}
            case
                when figures.status in ('killed', 'wounded', 'missing', 'displaced', 'evacuated') then 'person'
            end
        ) as counted_thing
    from figures
    left join claims on figures.figure_id = claims.figure_id
    left join {{ ref('claim_subjects') }} as subject
        on claims.claim_id = subject.claim_id and figures.load_id = subject.load_id
    left join phrase_sides on figures.figure_id = phrase_sides.figure_id
    left join loss_sides on figures.figure_id = loss_sides.figure_id
    left join {{ ref('counted_words') }} as counted_words on figures.counted = counted_words.word
),

{# "put the number at 95", "no more than 60": a bare number counts what the speaker before has counted #}
answers as (
    select
        answer.figure_id,
        answer.claim_place_id,
        before.counted_thing,
        case when answer.is_bare then before.status end as status,
        case when answer.is_bare then before.counted_side end as counted_side,
        before.claim_place_id as before_place_id,
        before.claim_place as before_place,
        before.claim_place_rule as before_place_rule,
        row_number() over (
            partition by answer.figure_id, answer.claim_place_id
            order by
                before.claim_ordinal desc,
                case when before.status is null then 1 else 0 end asc,
                before.claim_place_rule desc,
                before.ordinal asc,
                before.claim_place_id asc
        ) as nearness
    from counted as answer
    inner join counted as before
        on
            answer.article_version_id = before.article_version_id
            and answer.extractor_version = before.extractor_version
            and answer.claim_ordinal - before.claim_ordinal between 1 and 3
            and answer.kind = before.kind
            and answer.unit is not distinct from before.unit
    where
        answer.kind = 'count'
        and (
            answer.claim_topic in (before.claim_topic, 'other')
            or answer.is_anaphor
            or (answer.claim_topic in ('casualties', 'losses') and before.claim_topic in ('casualties', 'losses'))
        )
        and before.counted_thing is not null
        and (
            (answer.counted_thing = before.counted_thing and (answer.is_bare or answer.status = before.status))
            or (answer.is_bare and answer.counted_thing is null)
            or (answer.is_bare and answer.counted_thing in {{ anything }} and answer.status is null)
        )
        and coalesce(answer.status = before.status, true)
        and (answer.claim_place_rule = 'article' or answer.claim_place_id = before.claim_place_id)
),

answered as (
    select
        counted.*,
        coalesce(
            answers.counted_thing,
            case when counted.counted_thing = 'man' and counted.is_of_force then 'soldier' end,
            counted.counted_thing
        ) as thing,
        coalesce(counted.status, answers.status) as thing_status,
        {# what befell the counted, as far as it is compared #}
        coalesce(
            counted.status,
            answers.status,
            case
                when coalesce(answers.counted_thing, counted.counted_thing) not in {{ people }} then null
                when counted.is_of_force then 'present'
                when counted.is_of_loss then 'killed'
            end
        ) as fate,
        coalesce(counted.counted_side, answers.counted_side) as thing_side,
        coalesce(answers.before_place_id, counted.claim_place_id) as thing_place_id,
        coalesce(answers.before_place, counted.claim_place) as thing_place,
        coalesce(answers.before_place_rule, counted.claim_place_rule) as thing_place_rule
    from counted
    left join answers
        on
            counted.figure_id = answers.figure_id
            and counted.claim_place_id is not distinct from answers.claim_place_id
            and answers.nearness = 1
),

new_rows as (
    select
        {{ identity(['counted.figure_id', 'coalesce(counted.thing_place_id, article_places.place_id)']) }}
            as figure_mention_id,
        counted.figure_id,
        counted.claim_id,
        coalesce(counted.thing_place_id, article_places.place_id) as place_id,
        coalesce(counted.thing_place, article_places.place) as place,
        case
            when counted.thing_place_id is not null then counted.thing_place_rule
            when article_places.place_id is not null then 'article'
            else 'none'
        end as place_rule,
        {# what two figures must share to be compared #}
        case
            when counted.thing is not null
                then {{ identity([
                    "counted.kind", "counted.unit", "counted.thing", "counted.fate",
                    "counted.is_cumulative", "coalesce(counted.thing_place_id, article_places.place_id)"
                ]) }}
        end as thing_id,
        counted.kind,
        counted.unit,
        counted.thing as counted_thing,
        counted.thing_side as counted_side,
        counted.thing_status as status,
        counted.fate,
        counted.is_cumulative,
        counted.low,
        counted.high,
        counted.best,
        counted.bound,
        counted.actor_key,
        coalesce(counted.speaker_name, counted.publisher) as speaker_name,
        counted.speaker_side,
        counted.camp,
        coalesce(counted.actor_key, counted.speaker_name, counted.publisher_id, counted.article_id) as speaker_key,
        coalesce(counted.claim_first_date, counted.published_date) as first_date,
        coalesce(counted.claim_last_date, counted.published_date) as last_date,
        coalesce(counted.claim_date_rule, case when counted.published_date is null then 'none' else 'published' end)
            as date_rule,
        counted.change_kind,
        counted.claim_ordinal,
        counted.is_said_to_change,
        counted.is_own_part,
        counted.is_unreal,
        counted.is_said_of_before,
        counted.is_played_down,
        counted.ordinal,
        counted.article_version_id,
        counted.article_id,
        counted.publisher_id,
        counted.publisher,
        counted.published_date,
        counted.extractor_version,
        counted.load_id,
        counted.recorded_at,
        counted.superseded_at,
        counted.superseded_by_load_id,
        counted.is_current
    from answered as counted
    left join article_places
        on
            counted.article_version_id = article_places.article_version_id
            and counted.extractor_version = article_places.extractor_version
            and article_places.place_rank = 1
)

{{ new_and_closed('new_rows') }}
