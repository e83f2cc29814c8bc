{{ config(materialized='ephemeral') }}

{#- who speaks for somebody -#}
{%- set office =
    '(?:[Ss]pokes(?:man|woman|person)|[Cc]ommander|[Cc]hief|[Aa]dviser|[Oo]fficial|[Oo]fficer|[Hh]ead|[Mm]inister|[Ll]eader'
    ~ '|[Rr]epresentative|[Cc]oordinator|[Aa]mbassador|[Gg]overnor)\\b'
%}
{%- set before_name = '(?:[A-Za-z0-9-]+(?:.s)? ){0,3}' ~ office ~ '[^.;:!?"]{0,60}$' %}
{%- set after_name = '^, (?:[A-Za-z0-9-]+(?:.s)? ){0,4}' ~ office ~ '[^.,;:!?"]{0,60}' %}
{#- words for an army and for its enemies, that say whose only where an article knows but one -#}
{%- set armies = "('army', 'army''s', 'military', 'military''s')" %}
{%- set groups = "('rebel', 'rebels', 'paramilitary', 'movement', 'insurgents', 'militia')" %}
{#- of the military, but for nobody -#}
{%- set onlookers = '\\b(observers?|analysts?|experts?|historians?|correspondents?|bloggers?|attach..?)\\b' %}
{%- set army_of = '[a-z]+ (?:army|military|armed forces)\\b' %}
{#- an armed group is not the state that it is in -#}
{%- set is_group = 'length(side_words.side) > 2' %}

{#
  The side that a speaker of a new load is on: stated, or named by the words for the speaker, or by the office that stands
  beside the name; for "the army" and "the rebels", the only ones that the article has; for "its spokesman", whose speaker
  spoke before. One row for each claim; a side that all claims of the name in the article share, goes for all of them.
#}
with

new_claims as (
    select
        claim_id,
        article_version_id,
        extractor_version,
        ordinal,
        speaker_name,
        speaker_exact,
        speaker_role,
        speaker_affiliation,
        speaker_kind,
        speaker_side,
        speaker_start,
        speaker_end
    from {{ ref('fct_claims') }}
    where
        speaker_name is not null
        and load_id in (select load_id from {{ ref('int_new_loads') }})
),

texts as (
    {{ texts_of('new_claims') }}
),

claims as (
    select
        claim.claim_id,
        claim.article_version_id,
        claim.extractor_version,
        claim.ordinal,
        claim.speaker_name,
        claim.speaker_kind,
        claim.speaker_side,
        {{ first_match(
            'substring(article.text, greatest(claim.speaker_start - 99, 1), least(claim.speaker_start, 100))', before_name
        ) }} as office_before,
        concat_ws(
            ' ', claim.speaker_name, claim.speaker_exact, claim.speaker_role, claim.speaker_affiliation
        ) as title,
        {{ first_match('substring(article.text, claim.speaker_end + 1, 100)', after_name) }} as office_after
    from new_claims as claim
    inner join texts as article on claim.article_version_id = article.article_version_id
),

{# the words of a name come before those of an office #}
said_of as (
    select
        claim_id,
        1 as said_rank,
        {{ words_of('title') }} as words
    from claims
    union all
    select
        claim_id,
        2 as said_rank,
        {{ words_of("concat_ws(' ', office_before, office_after)") }} as words
    from claims
    where office_before is not null or office_after is not null
),

said_words as (
    {{ unnested('said_of', ['claim_id', 'said_rank'], 'words', 'word', 'place') }}
),

named as (
    select
        said_words.claim_id,
        said_words.said_rank,
        min(side_words.side) as side,
        min(case when {{ is_group }} then side_words.side end) as group_side,
        count(distinct side_words.side) as side_count
    from said_words
    inner join {{ ref('side_words') }} as side_words on said_words.word = side_words.word
    group by said_words.claim_id, said_words.said_rank
),

{# "the army's spokesman", "a spokesman for the paramilitary group": whose, the article tells where it knows but one #}
general as (
    select
        claims.claim_id,
        claims.article_version_id,
        max(case when said_words.word in {{ armies }} then 1 else 0 end) as is_army
    from claims
    inner join said_words on claims.claim_id = said_words.claim_id
    where
        claims.speaker_side is null
        and not {{ matches('lower(claims.title)', onlookers) }}
        and (said_words.word in {{ armies }} or said_words.word in {{ groups }})
        and claims.claim_id not in (select claim_id from named)
    group by claims.claim_id, claims.article_version_id
),

article_texts as (
    select
        article_version_id,
        {{ words_of('text') }} as words,
        {{ words_of(joined_matches('lower(text)', army_of)) }} as army_words
    from texts
    where article_version_id in (select article_version_id from general)
),

article_words as (
    {{ unnested('article_texts', ['article_version_id'], 'words', 'word', 'place') }}
),

army_words as (
    {{ unnested('article_texts', ['article_version_id'], 'army_words', 'word', 'place') }}
),

{# the armies that are named by their nation; where none is, the only nation #}
article_sides as (
    {%- for words in ['army_words', 'article_words'] %}
    {{ 'union all' if not loop.first }}
    select
        {{ words }}.article_version_id,
        {{ loop.index }} as place,
        min(case when not {{ is_group }} then side_words.side end) as army_side,
        count(distinct case when not {{ is_group }} then side_words.side end) as army_count,
        min(case when {{ is_group }} then side_words.side end) as group_side,
        count(distinct case when {{ is_group }} then side_words.side end) as group_count
    from {{ words }}
    inner join {{ ref('side_words') }} as side_words
        on {{ words }}.word = side_words.word and side_words.names = 'people'
    group by {{ words }}.article_version_id
    {%- endfor %}
),

general_sides as (
    select
        general.claim_id,
        case
            when general.is_army = 1 and named_armies.army_count > 0
                then case when named_armies.army_count = 1 then named_armies.army_side end
            when general.is_army = 1 then case when nations.army_count = 1 then nations.army_side end
            when nations.group_count = 1 then nations.group_side
        end as side
    from general
    left join article_sides as named_armies
        on general.article_version_id = named_armies.article_version_id and named_armies.place = 1
    left join article_sides as nations
        on general.article_version_id = nations.article_version_id and nations.place = 2
),

sided as (
    select
        claims.claim_id,
        claims.article_version_id,
        claims.extractor_version,
        claims.ordinal,
        claims.speaker_name,
        claims.speaker_kind,
        coalesce(claims.office_before, '') like '%its %' or coalesce(claims.office_before, '') like 'Its %' as is_its,
        coalesce(
            case when title.side_count = 1 then title.group_side end,
            claims.speaker_side,
            case when title.side_count = 1 then title.side end,
            case when office.side_count = 1 then office.side end,
            general_sides.side
        ) as side
    from claims
    left join named as title on claims.claim_id = title.claim_id and title.said_rank = 1
    left join named as office on claims.claim_id = office.claim_id and office.said_rank = 2
    left join general_sides on claims.claim_id = general_sides.claim_id
),

{# "its spokesman": the body that spoke before #}
followed as (
    select
        *,
        last_value(case when speaker_kind <> 'person' then coalesce(side, 'none') end ignore nulls) over (
            partition by article_version_id, extractor_version
            order by ordinal, claim_id
            rows between unbounded preceding and 1 preceding
        ) as side_before
    from sided
),

of_names as (
    select
        *,
        coalesce(side, case when is_its then nullif(side_before, 'none') end) as own_side
    from followed
)

select
    claim_id,
    coalesce(
        own_side,
        case
            when
                min(own_side) over (partition by article_version_id, extractor_version, speaker_name)
                = max(own_side) over (partition by article_version_id, extractor_version, speaker_name)
                then min(own_side) over (partition by article_version_id, extractor_version, speaker_name)
        end
    ) as side
from of_names
