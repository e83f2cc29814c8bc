{{ config(
    materialized='table',
    post_hook=[
        "{{ made_anew_as_reviewed() }}",
        "{{ in_place(moved_rows(ref('relations'), ref('relations_below'), 'not ' ~ is_shown_as_reviewed())) }}",
        "{{ in_place('delete from ' ~ ref('relations') ~ ' where not ' ~ is_shown_as_reviewed()) }}",
        "{{ in_place(moved_rows(ref('relations_below'), ref('relations'), is_shown_as_reviewed())) }}",
        "{{ in_place('delete from ' ~ ref('relations_below') ~ ' where ' ~ is_shown_as_reviewed()) }}",
        "{{ in_place(counted_disputes()) }}"
    ]
) }}
-- depends_on: {{ ref('events') }}

{#
  What people said of pairs of statements, with the pair as it is in the warehouse now. A pair is found again by its
  articles, kind and axis, and in both texts by the characters of the statement, by characters most of which are the
  same, or, in an edited text, by the same words.
#}
with

pairs as (
    select * from {{ ref('relations') }}
    union all
    select * from {{ ref('relations_below') }}
),

{# of two statements of one day either may come first after a new extraction #}
either_way as (
    select
        relation_id,
        kind,
        axis,
        rule_id,
        confidence,
        earlier_article_id as first_article_id,
        earlier_version_id as first_version_id,
        earlier_start as first_start,
        earlier_end as first_end,
        earlier_words as first_words,
        later_article_id as second_article_id,
        later_version_id as second_version_id,
        later_start as second_start,
        later_end as second_end,
        later_words as second_words
    from pairs
    union all
    select
        relation_id,
        kind,
        axis,
        rule_id,
        confidence,
        later_article_id as first_article_id,
        later_version_id as first_version_id,
        later_start as first_start,
        later_end as first_end,
        later_words as first_words,
        earlier_article_id as second_article_id,
        earlier_version_id as second_version_id,
        earlier_start as second_start,
        earlier_end as second_end,
        earlier_words as second_words
    from pairs
),

{# of both ends: 3 the same characters, 2 mostly the same, 1 the same words in another version, 0 something else #}
compared as (
    select
        review.review_id,
        review.reviewed_at,
        pair.relation_id,
        pair.rule_id,
        pair.confidence,
        least(
            {%- for end, side in [('earlier', 'first'), ('later', 'second')] %}
            case
                when
                    review.{{ end }}_version_id = pair.{{ side }}_version_id
                    and review.{{ end }}_start = pair.{{ side }}_start
                    and review.{{ end }}_end = pair.{{ side }}_end
                    then 3
                when
                    review.{{ end }}_version_id = pair.{{ side }}_version_id
                    and 2 * (
                        least(review.{{ end }}_end, pair.{{ side }}_end)
                        - greatest(review.{{ end }}_start, pair.{{ side }}_start)
                    ) > greatest(
                        review.{{ end }}_end - review.{{ end }}_start, pair.{{ side }}_end - pair.{{ side }}_start
                    )
                    then 2
                when trim(review.{{ end }}_words) = trim(pair.{{ side }}_words) then 1
                else 0
            end{{ ',' if not loop.last }}
            {%- endfor %}
        ) as likeness
    from {{ ref('int_relation_reviews') }} as review
    inner join either_way as pair
        on
            review.kind = pair.kind
            and review.axis = pair.axis
            and review.earlier_article_id = pair.first_article_id
            and review.later_article_id = pair.second_article_id
),

found as (
    select
        *,
        row_number() over (
            partition by review_id
            order by likeness desc, confidence desc, relation_id asc
        ) as place_of_pair
    from compared
    where likeness > 0
),

{# where two reviews have come to be of one pair, the newer one holds #}
held as (
    select
        *,
        row_number() over (
            partition by relation_id
            order by reviewed_at desc, likeness desc, review_id asc
        ) as place_of_review
    from found
    where place_of_pair = 1
)

select
    review.review_id,
    held.relation_id,
    review.verdict,
    review.note,
    review.reviewer,
    review.reviewed_at,
    review.kind,
    review.axis,
    coalesce(held.rule_id, review.rule_id) as rule_id,
    review.rule_id as reviewed_rule_id,
    held.confidence,
    case held.likeness when 3 then 'same' when 2 then 'overlap' when 1 then 'words' end as found_by,
    review.earlier_article_id,
    review.earlier_version_id,
    review.earlier_start,
    review.earlier_end,
    review.earlier_words,
    review.later_article_id,
    review.later_version_id,
    review.later_start,
    review.later_end,
    review.later_words
from {{ ref('int_relation_reviews') }} as review
left join held on review.review_id = held.review_id and held.place_of_review = 1
