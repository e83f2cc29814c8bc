{{ config(materialized='ephemeral') }}

{#
  Pairs of claims that count the same thing at the same place, within a week and, where both say when, at the same time:
  one row for each two figures.
#}
with

neighbours (shift) as (
    {{ nearby_fortnights() }}
),

figures as (
    select
        mention.figure_id,
        mention.claim_id,
        mention.thing_id,
        mention.place_id,
        mention.place_rule,
        mention.counted_side,
        mention.fate,
        mention.low,
        {# who tells of those that came before the own eyes leaves open how many more there were #}
        case when not mention.is_own_part then mention.high end as high,
        mention.bound,
        mention.speaker_key,
        mention.camp,
        mention.article_id,
        mention.claim_ordinal,
        mention.published_date,
        mention.first_date,
        mention.last_date,
        mention.date_rule,
        mention.is_said_to_change,
        mention.is_unreal,
        mention.is_said_of_before,
        mention.is_played_down,
        {{ fortnight('mention.published_date') }} as fortnight,
        mention.load_id in (select load_id from {{ ref('int_new_loads') }}) as is_new,
        concat(
            cast(mention.published_date as varchar),
            cast(mention.recorded_at as varchar),
            mention.article_version_id,
            case when mention.is_said_of_before then '0' else '1' end,
            lpad(cast(mention.ordinal as varchar), 6, '0')
        ) as order_key
    from {{ ref('figure_mentions') }} as mention
    where
        mention.is_current
        and mention.claim_id is not null
        and mention.thing_id is not null
        and mention.place_id is not null
        and (mention.low is not null or mention.high is not null)
        and {{ can_meet_new('mention', 'figure_mentions', 'published_date') }}
),

figures_met as (
    select
        one.figure_id as one_figure_id,
        other.figure_id as other_figure_id,
        one.claim_id as one_id,
        other.claim_id as other_id,
        one.order_key < other.order_key as is_one_earlier,
        one.place_id,
        {# "up to four", says the one, and "only one" the other #}
        coalesce(
            one.high < other.low
            or other.high < one.low
            or (one.low is null and not one.is_played_down and other.is_played_down and 2 * other.high <= one.high)
            or (other.low is null and not other.is_played_down and one.is_played_down and 2 * one.high <= other.high),
            false
        ) as is_disjoint,
        {# "more than 140" and "140" are the same number #}
        coalesce(one.low, one.high) = coalesce(other.low, other.high)
        and coalesce(one.high, one.low) = coalesce(other.high, other.low) as is_equal,
        {# "at least nine", then eleven #}
        case
            when one.order_key < other.order_key then one.bound in ('at_least', 'more_than') and one.low < other.low
            else other.bound in ('at_least', 'more_than') and other.low < one.low
        end as is_passed,
        one.speaker_key = other.speaker_key as is_same_speaker,
        one.article_id = other.article_id as is_same_article,
        {# of two articles without known sides the later one knows more #}
        coalesce(one.camp = other.camp, one.article_id <> other.article_id) as is_same_side,
        coalesce(one.camp <> other.camp, one.place_rule = 'linked' and other.place_rule = 'linked') as is_opposed,
        {# one speaks, and the next one has another number for it #}
        one.article_id = other.article_id and abs(one.claim_ordinal - other.claim_ordinal) <= 3 as is_answered,
        one.bound = 'vague' or other.bound = 'vague' as is_vague,
        one.is_said_to_change
        or other.is_said_to_change
        or one.is_said_of_before <> other.is_said_of_before as is_said_to_change,
        case
            when one.order_key < other.order_key
                then other.is_said_to_change or (one.is_said_of_before and coalesce(one.camp = other.camp, true))
            else one.is_said_to_change or (other.is_said_of_before and coalesce(one.camp = other.camp, true))
        end as is_later_said_to_change,
        one.fate is not null as has_status,
        one.place_rule = 'linked' and other.place_rule = 'linked' as is_linked
    from figures as one
    cross join neighbours
    inner join figures as other
        on
            one.thing_id = other.thing_id
            and one.is_unreal = other.is_unreal
            and one.fortnight + neighbours.shift = other.fortnight
            and one.claim_id <> other.claim_id
    where
        one.is_new
        and (not other.is_new or one.order_key < other.order_key)
        and coalesce(one.counted_side = other.counted_side, true)
        and one.published_date between other.published_date - interval 7 day and other.published_date + interval 7 day
        {# where both say when, it must be the same time #}
        and (
            one.date_rule <> 'linked'
            or other.date_rule <> 'linked'
            or (one.first_date <= other.last_date and other.first_date <= one.last_date)
        )
),

counts as (
    select
        case when is_one_earlier then one_id else other_id end as earlier_id,
        case when is_one_earlier then other_id else one_id end as later_id,
        case when is_one_earlier then one_figure_id else other_figure_id end as earlier_figure_id,
        case when is_one_earlier then other_figure_id else one_figure_id end as later_figure_id,
        place_id,
        cast(null as double) as likeness,
        case
            when is_equal and is_same_speaker then 'repeats'
            when is_equal then 'corroborates'
            {# one who says two numbers in one text tells of two things, unless the number is said to have changed #}
            when is_same_speaker and is_same_article then case when is_said_to_change then 'revises' end
            when is_disjoint and is_later_said_to_change then 'revises'
            when is_same_speaker and (is_disjoint or is_passed) then 'revises'
            when is_vague then null
            when is_same_side and (is_disjoint or is_passed) then 'revises'
            when is_disjoint and (is_opposed or is_answered) then 'contradicts'
        end as kind
    from figures_met
    where
        (is_equal or is_disjoint or is_passed)
        {# an article's own place will do where what befell the counted is told, or where one answers the other #}
        and (
            is_linked
            or has_status
            or (is_answered and not is_same_speaker)
            or (is_equal and (is_same_side or is_same_speaker))
        )
)

{{ relation_part('counts', 'same_thing_counted', 1, 'kind', axis="'count'", where='kind is not null', figures=true) }}
