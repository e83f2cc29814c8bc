{{ config(
    unique_key='claim_relation_id',
    incremental_strategy='append',
    pre_hook=[
        "{{ forget('earlier_claim_id', touched('claim_subjects', 'claim_id')) }}",
        "{{ forget('later_claim_id', touched('claim_subjects', 'claim_id')) }}"
    ]
) }}
-- depends_on: {{ ref('int_new_loads') }}

{#
  Two claims about the same thing, and how they stand to each other. Each rule is one part below and
  has one name; where two rules relate a pair on the same axis, the first one counts. Claims of
  different definitions are never compared: other topics, other counted things, killed and wounded.
#}
with

subjects as (
    select
        subject.claim_id,
        subject.article_version_id,
        subject.article_id,
        subject.ordinal,
        subject.topic,
        subject.place_id,
        subject.place_rule,
        subject.polarity,
        subject.stance,
        subject.cue_class,
        subject.depth,
        subject.parent_claim_id,
        subject.actor_key,
        subject.speaker_name,
        subject.camp,
        subject.holder_side,
        subject.is_held,
        subject.is_rejection,
        subject.is_plain,
        subject.first_date,
        subject.stems,
        {{ fortnight('subject.first_date') }} as fortnight,
        {{ is_new('subject') }} as is_new,
        concat(
            cast(coalesce(subject.published_date, date '9999-12-31') as varchar),
            cast(subject.recorded_at as varchar),
            subject.article_version_id,
            lpad(cast(subject.ordinal as varchar), 6, '0'),
            subject.claim_id
        ) as order_key
    from {{ ref('claim_subjects') }} as subject
    where subject.is_current and subject.polarity <> 'question'
),

{# days within a fortnight of each other are in the same or in neighbouring ones #}
neighbours (shift) as (
    values (-1), (0), (1)
),

{# each pair with a new claim in it once: the same topic and place within a fortnight #}
met as (
    select
        one.order_key < other.order_key as is_one_earlier,
        one.topic,
        one.place_id,
        one.article_id = other.article_id as is_same_article,
        one.place_rule = 'linked' and other.place_rule = 'linked' as is_linked,
        coalesce(one.actor_key = other.actor_key or one.speaker_name = other.speaker_name, false) as is_same_speaker,
        coalesce(one.camp = other.camp, false) as is_same_side,
        coalesce(one.parent_claim_id = other.claim_id or other.parent_claim_id = one.claim_id, false) as is_nested,
        one.polarity <> other.polarity as is_opposite,
        one.polarity = 'negative' as is_denied,
        one.is_plain and other.is_plain as is_plain,
        one.stems as one_stems,
        other.stems as other_stems,
        {# yes and no show in fewer common words than agreement #}
        case when one.polarity = other.polarity then 0.45 else 0.2 end as least_likeness,
        (one.stance = 'disputed') <> (other.stance = 'disputed') as is_one_disputed,
        one.holder_side is not null and other.holder_side is not null as is_about_holder,
        coalesce(one.holder_side = other.holder_side, false) as is_same_holder,
        one.claim_id as one_id,
        one.cue_class as one_cue_class,
        one.is_held as is_one_held,
        other.claim_id as other_id,
        other.cue_class as other_cue_class,
        other.is_held as is_other_held
    from subjects as one
    cross join neighbours
    inner join subjects as other
        on
            one.topic = other.topic
            and one.place_id = other.place_id
            and one.fortnight + neighbours.shift = other.fortnight
            and one.claim_id <> other.claim_id
    where
        one.is_new
        and not one.is_rejection
        and not other.is_rejection
        and (not other.is_new or one.order_key < other.order_key)
        and other.first_date between one.first_date - interval 14 day and one.first_date + interval 14 day
),

{# most that meet have nothing to do with each other #}
pairs as (
    select *
    from met
    where
        not is_nested
        and (is_same_article or is_linked or is_plain or is_about_holder)
        and (
            is_about_holder
            or is_plain
            or (is_one_disputed and is_same_article and is_linked and not is_same_speaker and not is_same_side)
            or (
                not (is_opposite and is_same_speaker)
                and {{ is_like('one_stems', 'other_stems', 'least_likeness') }}
            )
        )
),

ordered as (
    select
        *,
        {{ likeness('one_stems', 'other_stems') }} as likeness,
        case when is_one_earlier then one_id else other_id end as earlier_id,
        case when is_one_earlier then other_id else one_id end as later_id,
        case when is_one_earlier then other_cue_class else one_cue_class end as later_cue_class
    from pairs
),

{# who holds a place: two holders, or the same one and not #}
control as (
    select
        earlier_id,
        later_id,
        case
            when
                (is_same_holder and is_one_held <> is_other_held)
                or (not is_same_holder and is_one_held and is_other_held)
                then case when later_cue_class = 'deny' then 'denies' else 'contradicts' end
            when is_same_holder and is_one_held = is_other_held
                then case when is_same_speaker then 'repeats' else 'corroborates' end
        end as kind,
        'control' as axis,
        'holder_of_place' as rule_id,
        1 as rule_rank,
        place_id,
        likeness,
        cast(null as varchar) as earlier_figure_id,
        cast(null as varchar) as later_figure_id
    from ordered
    where is_about_holder
),

{# "denied claims that P": who rejects stands against whoever holds P, who is inside #}
inner_denials as (
    select
        inner_claim.claim_id as earlier_id,
        outer_claim.claim_id as later_id,
        'denies' as kind,
        case when inner_claim.topic = 'control' then 'control' else 'polarity' end as axis,
        'rejects_what_it_holds' as rule_id,
        2 as rule_rank,
        inner_claim.place_id,
        {{ likeness('inner_claim.stems', 'outer_claim.stems') }} as likeness,
        cast(null as varchar) as earlier_figure_id,
        cast(null as varchar) as later_figure_id
    from subjects as inner_claim
    inner join subjects as outer_claim on inner_claim.parent_claim_id = outer_claim.claim_id
    where
        inner_claim.is_new
        and (inner_claim.stance = 'disputed' or outer_claim.cue_class = 'deny')
        and inner_claim.speaker_name is distinct from outer_claim.speaker_name
        and outer_claim.topic = inner_claim.topic
),

{# "a lie", "denied this": who rejects without saying what rejects the first thing that another has just said #}
said_before as (
    select
        subject.claim_id as later_id,
        subject.place_id,
        before.claim_id as earlier_id,
        before.topic,
        before.ordinal,
        first_value(before.speaker_name) over (
            partition by subject.claim_id order by before.ordinal desc, before.claim_id asc
        ) as last_speaker_name,
        before.speaker_name
    from subjects as subject
    inner join subjects as before
        on
            subject.article_version_id = before.article_version_id
            and subject.ordinal > before.ordinal
            and subject.ordinal - 4 <= before.ordinal
    where
        subject.is_new
        and (subject.is_rejection or (
            subject.cue_class = 'deny'
            and subject.topic = before.topic
            and {{ likeness('subject.stems', 'before.stems') }} > 0
        ))
        and subject.speaker_name is distinct from before.speaker_name
        and subject.depth = before.depth
        and not before.is_rejection
        {# what it rejects may be inside it, which is a rule of its own #}
        and not exists (
            select 1 from subjects as inside
            where inside.parent_claim_id = subject.claim_id
        )
),

rejections as (
    select
        later_id,
        {{ latest('earlier_id', ['-ordinal', 'earlier_id']) }} as earlier_id,
        min(place_id) as place_id,
        {{ latest('topic', ['-ordinal', 'earlier_id']) }} as topic
    from said_before
    where speaker_name is not distinct from last_speaker_name
    group by later_id
),

denials as (
    select
        earlier_id,
        later_id,
        'denies' as kind,
        case when topic = 'control' then 'control' else 'polarity' end as axis,
        'rejects_what_was_said_before' as rule_id,
        3 as rule_rank,
        place_id,
        cast(null as double) as likeness,
        cast(null as varchar) as earlier_figure_id,
        cast(null as varchar) as later_figure_id
    from rejections
),

{# yes and no in like words #}
polarity as (
    select
        earlier_id,
        later_id,
        case when later_cue_class = 'deny' then 'denies' else 'contradicts' end as kind,
        case when topic = 'control' then 'control' else 'polarity' end as axis,
        'opposite_in_like_words' as rule_id,
        4 as rule_rank,
        place_id,
        likeness,
        cast(null as varchar) as earlier_figure_id,
        cast(null as varchar) as later_figure_id
    from ordered
    where
        is_opposite
        and not is_same_speaker
        {# of encirclement there is nothing to say but yes or no #}
        and (likeness >= 0.2 or is_plain)
),

{# one claim is passed on as untrue, and another speaker's claim of the same article is on the same thing #}
disputes as (
    select
        earlier_id,
        later_id,
        'contradicts' as kind,
        case when topic = 'control' then 'control' else 'polarity' end as axis,
        'disputed_beside_another' as rule_id,
        5 as rule_rank,
        place_id,
        likeness,
        cast(null as varchar) as earlier_figure_id,
        cast(null as varchar) as later_figure_id
    from ordered
    where
        is_same_article
        and is_linked
        and not is_same_speaker
        and not is_same_side
        and is_one_disputed
),

{# the same in like words #}
agreements as (
    select
        earlier_id,
        later_id,
        case when is_same_speaker then 'repeats' else 'corroborates' end as kind,
        case when topic = 'control' then 'control' else 'polarity' end as axis,
        'same_in_like_words' as rule_id,
        6 as rule_rank,
        place_id,
        likeness,
        cast(null as varchar) as earlier_figure_id,
        cast(null as varchar) as later_figure_id
    from ordered
    where
        not is_opposite
        and (likeness >= 0.45 or (is_plain and is_denied))
),

figures as (
    select
        mention.figure_id,
        mention.claim_id,
        mention.thing_id,
        mention.place_id,
        mention.place_rule,
        mention.counted_side,
        mention.status,
        mention.low,
        mention.high,
        mention.bound,
        mention.speaker_key,
        mention.camp,
        mention.article_id,
        mention.published_date,
        mention.first_date,
        mention.last_date,
        mention.date_rule,
        {{ fortnight('mention.published_date') }} as fortnight,
        {{ is_new('mention') }} as is_new,
        concat(
            cast(mention.published_date as varchar),
            cast(mention.recorded_at as varchar),
            mention.article_version_id,
            lpad(cast(mention.ordinal as varchar), 6, '0')
        ) as order_key
    from {{ ref('figure_mentions') }} as mention
    where
        mention.is_current
        and mention.claim_id is not null
        and mention.thing_id is not null
        and mention.place_id is not null
        and (mention.low is not null or mention.high is not null)
),

figure_pairs as (
    select
        case when one.order_key < other.order_key then one.claim_id else other.claim_id end as earlier_id,
        case when one.order_key < other.order_key then other.claim_id else one.claim_id end as later_id,
        case when one.order_key < other.order_key then one.figure_id else other.figure_id end as earlier_figure_id,
        case when one.order_key < other.order_key then other.figure_id else one.figure_id end as later_figure_id,
        one.place_id,
        coalesce(one.high < other.low or other.high < one.low, false) as is_disjoint,
        (one.low is not distinct from other.low) and (one.high is not distinct from other.high) as is_equal,
        one.speaker_key = other.speaker_key as is_same_speaker,
        {# of two articles without known sides the later one knows more #}
        coalesce(one.camp = other.camp, one.article_id <> other.article_id) as is_same_side,
        coalesce(one.camp <> other.camp, one.place_rule = 'linked' and other.place_rule = 'linked') as is_opposed,
        one.bound = 'vague' or other.bound = 'vague' as is_vague
    from figures as one
    cross join neighbours
    inner join figures as other
        on
            one.thing_id = other.thing_id
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
        {# an article's own place will do where what befell the counted is told #}
        and (
            (one.place_rule = 'linked' and other.place_rule = 'linked')
            or (one.place_rule = other.place_rule and one.status is not null)
            or (one.article_id <> other.article_id and one.status is not null)
        )
),

counts as (
    select
        earlier_id,
        later_id,
        case
            when is_disjoint and (is_same_speaker or is_same_side) then 'revises'
            when is_disjoint then 'contradicts'
            when is_same_speaker then 'repeats'
            else 'corroborates'
        end as kind,
        'count' as axis,
        'same_thing_counted' as rule_id,
        1 as rule_rank,
        place_id,
        cast(null as double) as likeness,
        earlier_figure_id,
        later_figure_id
    from figure_pairs
    where is_equal or (is_disjoint and not is_vague and (is_same_speaker or is_same_side or is_opposed))
),

related as (
    select * from control
    where kind is not null
    union all
    select * from inner_denials
    union all
    select * from denials
    union all
    select * from polarity
    union all
    select * from disputes
    union all
    select * from agreements
    union all
    select * from counts
),

ranked as (
    select
        *,
        row_number() over (
            partition by earlier_id, later_id, axis
            order by rule_rank asc, likeness desc nulls last, place_id asc, earlier_figure_id asc, later_figure_id asc
        ) as preference
    from related
)

select
    {{ identity(['ranked.earlier_id', 'ranked.later_id', 'ranked.axis']) }} as claim_relation_id,
    ranked.earlier_id as earlier_claim_id,
    ranked.later_id as later_claim_id,
    ranked.kind,
    ranked.axis,
    ranked.rule_id,
    later.topic,
    ranked.place_id,
    ranked.likeness,
    ranked.earlier_figure_id,
    ranked.later_figure_id,
    earlier.speaker_name as earlier_speaker_name,
    earlier.speaker_side as earlier_speaker_side,
    earlier.publisher as earlier_publisher,
    earlier.published_date as earlier_published_date,
    later.speaker_name as later_speaker_name,
    later.speaker_side as later_speaker_side,
    later.publisher as later_publisher,
    later.published_date as later_published_date,
    {{ days_between('earlier.published_date', 'later.published_date') }} as days_apart,
    later.load_id,
    greatest(earlier.recorded_at, later.recorded_at) as recorded_at
from ranked
inner join {{ ref('fct_claims') }} as earlier on ranked.earlier_id = earlier.claim_id
inner join {{ ref('fct_claims') }} as later on ranked.later_id = later.claim_id
where ranked.preference = 1
