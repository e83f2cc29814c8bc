{{ config(unique_key='figure_mention_id', merge_update_columns=closing_columns()) }}

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

{# of nested claims the innermost says it #}
claims as (
    select
        bridge.figure_id,
        claim.claim_id,
        claim.actor_key,
        claim.speaker_name,
        claim.polarity,
        row_number() over (partition by bridge.figure_id order by claim.depth desc, claim.ordinal asc) as claim_rank
    from {{ ref('bridge_claim_figures') }} as bridge
    inner join {{ ref('fct_claims') }} as claim on bridge.claim_id = claim.claim_id
    where bridge.load_id in (select load_id from {{ ref('int_new_loads') }})
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

counted as (
    select
        figures.*,
        claims.claim_id,
        claims.actor_key,
        claims.speaker_name,
        subject.side as speaker_side,
        subject.camp,
        subject.place_id as claim_place_id,
        subject.place as claim_place,
        subject.place_rule as claim_place_rule,
        subject.first_date as claim_first_date,
        subject.last_date as claim_last_date,
        subject.date_rule as claim_date_rule,
        phrase_sides.side as counted_side,
        coalesce(
            counted_words.counted_thing,
            figures.counted,
            {# "12 killed" counts people #}
            case
                when figures.status in ('killed', 'wounded', 'missing', 'displaced', 'evacuated') then 'person'
            end
        ) as counted_thing
    from figures
    left join claims on figures.figure_id = claims.figure_id and claims.claim_rank = 1
    left join {{ ref('claim_subjects') }} as subject
        on claims.claim_id = subject.claim_id and figures.load_id = subject.load_id
    left join phrase_sides on figures.figure_id = phrase_sides.figure_id
    left join {{ ref('counted_words') }} as counted_words on figures.counted = counted_words.word
),

new_rows as (
    select
        {{ identity(['counted.figure_id', 'coalesce(counted.claim_place_id, article_places.place_id)']) }}
            as figure_mention_id,
        counted.figure_id,
        counted.claim_id,
        coalesce(counted.claim_place_id, article_places.place_id) as place_id,
        coalesce(counted.claim_place, article_places.place) as place,
        case
            when counted.claim_place_id is not null then counted.claim_place_rule
            when article_places.place_id is not null then 'article'
            else 'none'
        end as place_rule,
        {# what two figures must share to be compared #}
        case
            when counted.counted_thing is not null
                then {{ identity([
                    "counted.kind", "counted.unit", "counted.counted_thing", "counted.status",
                    "counted.is_cumulative", "coalesce(counted.claim_place_id, article_places.place_id)"
                ]) }}
        end as thing_id,
        counted.kind,
        counted.unit,
        counted.counted_thing,
        counted.counted_side,
        counted.status,
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
    from counted
    left join article_places
        on
            counted.article_version_id = article_places.article_version_id
            and counted.extractor_version = article_places.extractor_version
            and article_places.place_rank = 1
)

{{ new_and_closed('new_rows') }}
