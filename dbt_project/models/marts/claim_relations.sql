{{ config(
    unique_key='claim_relation_id',
    incremental_strategy='append',
    pre_hook=[
        "{{ forget('earlier_claim_id', touched('claim_subjects', 'claim_id')) }}",
        "{{ forget('later_claim_id', touched('claim_subjects', 'claim_id')) }}"
    ]
) }}
-- depends_on: {{ ref('int_new_loads') }}

{%- set nearest = [
    'case when is_of_other_people then 1 else 0 end',
    'case when is_rejection then 0 else likeness end',
    'case when is_rejection then -ordinal else ordinal end',
    'earlier_id'
] %}
{%- set axis_of_topic = "case when topic = 'control' then 'control' else 'polarity' end" %}
{#- who holds a place: two holders, or the same one and not -#}
{%- set case_of_holder -%}
    case
        when (is_same_holder and is_one_held <> is_other_held) or (not is_same_holder and is_one_held and is_other_held)
            then case when later_cue_class = 'deny' then 'denies' else 'contradicts' end
        when is_same_speaker and is_same_holder and is_one_held = is_other_held then 'repeats'
        {# what is passed on as untrue supports nobody #}
        when is_same_holder and is_one_held = is_other_held and not is_disputed then 'corroborates'
    end
{%- endset %}

{#
  Two claims about the same thing, and how they stand to each other. Each rule is one part below and
  has one name, in the list "related"; where two rules relate a pair on the same axis, the first one counts. Claims of
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
        subject.side,
        subject.camp,
        subject.holder_side,
        subject.is_held,
        subject.held_part,
        subject.is_rejection,
        subject.is_plain,
        subject.is_boilerplate,
        subject.is_own_deed,
        subject.is_without_doer,
        subject.is_leaving,
        subject.is_unreal,
        subject.rejected_stems,
        subject.people,
        subject.first_date,
        subject.stems,
        {{ fortnight('subject.first_date') }} as fortnight,
        {{ is_new('subject') }} as is_new,
        {{ order_of('subject') }} as order_key
    from {{ ref('claim_subjects') }} as subject
    where
        subject.is_current
        and subject.polarity <> 'question'
        {%- if is_incremental() %}
        and {{ can_meet_new('subject', 'claim_subjects', 'first_date') }}
        {%- endif %}
),

neighbours (shift) as (
    {{ nearby_fortnights() }}
),

{# each pair with a new claim in it once: the same topic and place within a fortnight #}
met as (
    select
        one.order_key < other.order_key as is_one_earlier,
        one.topic,
        one.place_id,
        one.article_id = other.article_id as is_same_article,
        one.place_rule = 'linked' and other.place_rule = 'linked' as is_linked,
        coalesce(one.actor_key = other.actor_key, false)
        or {{ is_same_name('one.speaker_name', 'other.speaker_name') }} as is_same_speaker,
        coalesce(one.camp = other.camp, false) as is_same_side,
        coalesce(one.parent_claim_id = other.claim_id or other.parent_claim_id = one.claim_id, false) as is_nested,
        {# "have left" and "do not remain" are the same #}
        (one.polarity <> other.polarity) <> (one.is_leaving <> other.is_leaving) as is_opposite,
        {# what was is not answered by what may be; nor a deed without a doer by who has not done it #}
        one.is_unreal = other.is_unreal
        and (
            one.polarity = other.polarity
            or not (
                (one.is_own_deed and other.is_without_doer) or (one.is_without_doer and other.is_own_deed)
            )
        )
        and (one.held_part is not distinct from other.held_part) as is_comparable,
        one.polarity = 'negative' as is_denied,
        one.is_plain and other.is_plain as is_plain,
        one.stems as one_stems,
        other.stems as other_stems,
        {# yes and no show in fewer common words than agreement; where only an article names the place, in more #}
        case
            when (one.polarity <> other.polarity) <> (one.is_leaving <> other.is_leaving) then 0.2
            {# two articles that both name the place tell of the same with three words in common #}
            when
                one.article_id <> other.article_id and one.place_rule = 'linked' and other.place_rule = 'linked'
                then 0.25
            else 0.45
        end
        + case
            when one.article_id = other.article_id or (one.place_rule = 'linked' and other.place_rule = 'linked')
                then 0
            else 0.3
        end as least_likeness,
        (one.stance = 'disputed') <> (other.stance = 'disputed') as is_one_disputed,
        one.stance = 'disputed' or other.stance = 'disputed' as is_disputed,
        one.holder_side is not null
        and other.holder_side is not null
        and (one.held_part is not distinct from other.held_part) as is_about_holder,
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
        and (
            is_about_holder
            or (is_plain and not (is_opposite and is_same_side))
            or (is_one_disputed and is_same_article and is_linked and not is_same_speaker and not is_same_side)
            or (
                not (is_opposite and is_same_speaker)
                and is_comparable
                and (
                    {{ is_like('one_stems', 'other_stems', 'least_likeness') }}
                    or (is_opposite and {{ is_half_contained('one_stems', 'other_stems') }})
                )
                and not {{ is_of_others('one_stems', 'other_stems') }}
            )
        )
),

ordered as (
    select
        *,
        {{ likeness('one_stems', 'other_stems') }} as likeness,
        case when is_one_earlier then one_id else other_id end as earlier_id,
        case when is_one_earlier then other_id else one_id end as later_id,
        {{ is_half_contained('one_stems', 'other_stems') }} as is_contained,
        {{ shared_count('one_stems', 'other_stems') }} as shared,
        case when is_one_earlier then other_cue_class else one_cue_class end as later_cue_class,
        {{ axis_of_topic }} as axis
    from pairs
),

{# "denied claims that P": who rejects stands against whoever holds P, who is inside #}
inner_denials as (
    select
        inner_claim.claim_id as earlier_id,
        outer_claim.claim_id as later_id,
        inner_claim.topic,
        inner_claim.place_id,
        {{ likeness('inner_claim.stems', 'outer_claim.stems') }} as likeness
    from subjects as inner_claim
    inner join subjects as outer_claim on inner_claim.parent_claim_id = outer_claim.claim_id
    where
        inner_claim.is_new
        {# "they lied about P: there are a few dozen of them in the town" is about more than P #}
        and (
            inner_claim.stance = 'disputed'
            or (outer_claim.cue_class = 'deny' and outer_claim.topic = inner_claim.topic)
        )
        and inner_claim.speaker_name is distinct from outer_claim.speaker_name
),

{#
  "a lie", "denied this": who rejects without saying what rejects the first thing that another has just
  said; who denies something, what another has just said of it
#}
said_before as (
    select
        subject.claim_id as later_id,
        subject.place_id,
        subject.is_rejection,
        before.claim_id as earlier_id,
        before.topic,
        before.ordinal,
        before.polarity = 'affirmative' as is_affirmative,
        coalesce(subject.people = 'civilian' and before.people = 'armed', false) as is_of_other_people,
        {{ likeness('subject.stems', 'before.stems') }} as likeness,
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
        and (
            (
                subject.is_rejection
                and (
                    coalesce({{ list_length('subject.rejected_stems') }}, 0) = 0
                    or {{ shared_count('subject.rejected_stems', 'before.stems') }} > 0
                )
            )
            or (
                subject.cue_class = 'deny'
                and {{ is_of_one_kind('subject.topic', 'before.topic') }}
                and not subject.is_boilerplate
                and not (subject.is_own_deed and before.is_without_doer)
                and not {{ is_of_others('subject.stems', 'before.stems') }}
                and (
                    {# that both tell of soldiers is not enough, but where the one says that there were none #}
                    (subject.people = 'civilian' and before.people = 'armed')
                    or {{ shared_count(without('subject.stems', people_stems()), 'before.stems') }} > 0
                    or (
                        subject.ordinal - 1 = before.ordinal
                        and subject.topic = before.topic
                        and subject.topic <> 'other'
                    )
                )
            )
        )
        and not {{ is_same_name('subject.speaker_name', 'before.speaker_name') }}
        and coalesce(subject.side <> before.side, true)
        and subject.depth = before.depth
        and (subject.is_rejection or before.polarity = 'affirmative')
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
        {{ latest('earlier_id', nearest) }} as earlier_id,
        min(place_id) as place_id,
        {{ latest('topic', nearest) }} as topic
    from said_before
    where not is_rejection or speaker_name is not distinct from last_speaker_name
    group by later_id
    union all
    {# who denies a deed, and then accuses, is answered on the accusation too #}
    select
        later_id,
        {{ latest('earlier_id', nearest) }} as earlier_id,
        min(place_id) as place_id,
        {{ latest('topic', nearest) }} as topic
    from said_before
    where is_rejection and is_affirmative and speaker_name is not distinct from last_speaker_name
    group by later_id
),

related as (
    {{ relation_part(
        'ordered', 'holder_of_place', 1,
        case_of_holder, axis="'control'", where='is_about_holder'
    ) }}
    union all
    {{ relation_part('inner_denials', 'rejects_what_it_holds', 2, "'denies'", axis=axis_of_topic) }}
    union all
    {{ relation_part('rejections', 'rejects_what_was_said_before', 3, "'denies'", axis=axis_of_topic, likeness=none) }}
    union all
    {# yes and no in like words; of encirclement there is nothing to say but yes or no #}
    {{ relation_part(
        'ordered', 'opposite_in_like_words', 4, "case when later_cue_class = 'deny' then 'denies' else 'contradicts' end",
        where='is_opposite and not is_same_speaker and not is_about_holder and is_comparable'
            ~ " and ((likeness >= 0.2 and shared >= 2) or (likeness > 0.5 and topic <> 'encirclement')"
            ~ ' or is_plain or is_contained)'
    ) }}
    union all
    {# one claim is passed on as untrue, and another speaker's claim of the same article is on the same thing #}
    {{ relation_part(
        'ordered', 'disputed_beside_another', 5, "'contradicts'",
        where='is_same_article and is_linked and not is_same_speaker and not is_same_side and is_one_disputed'
    ) }}
    union all
    {{ relation_part(
        'ordered', 'same_in_like_words', 6, "case when is_same_speaker then 'repeats' else 'corroborates' end",
        where='not is_opposite and (is_same_speaker or not is_disputed) '
            ~ 'and (likeness >= 0.45 or (is_plain and is_denied) or (is_linked and not is_same_article and shared >= 3))'
    ) }}
    union all
    select * from {{ ref('int_claim_answers') }}
    union all
    select * from {{ ref('int_counts_compared') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by earlier_id, later_id, axis
            order by rule_rank asc, likeness desc nulls last, place_id asc, earlier_figure_id asc, later_figure_id asc
        ) as preference,
        {# like words with other numbers are not the same #}
        max(case when axis = 'count' and kind in ('contradicts', 'revises') then 1 else 0 end) over pair
            as has_other_count,
        {# and the same number is no contradiction, whatever the words #}
        max(case when axis = 'count' and kind in ('repeats', 'corroborates') then 1 else 0 end) over pair
            as has_same_count
    from related
    where kind is not null
    window pair as (partition by earlier_id, later_id)
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
where
    ranked.preference = 1
    and (ranked.rule_id <> 'same_in_like_words' or ranked.has_other_count = 0)
    and (ranked.rule_id <> 'opposite_in_like_words' or ranked.has_same_count = 0)
