{{ config(materialized='ephemeral') }}

{%- set nearest_before = [
    'case when subject.topic = before.topic then 1 else 0 end', 'before.ordinal', 'before.claim_id'
] %}
{#- of the same article, or of two that name the place, or of two sides -#}
{%- set is_answer = '(is_near or is_opposed or (is_linked and not is_same_article))' %}

{#
  Pairs of claims of which one says what the other is answered by: that something is not there, who was hit, in what state
  things are, by when; or points back to what was said before it. Each rule has a name, and a row is one pair by one rule.
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
        subject.is_rejection,
        subject.is_unreal,
        subject.stems,
        subject.denied_stems,
        subject.people,
        subject.state,
        case
            when subject.state like 'not %' then substring(subject.state, 5)
            when subject.state is not null then 'not ' || subject.state
        end as opposite_state,
        subject.retort,
        subject.deadline,
        subject.published_date,
        {{ fortnight('subject.published_date') }} as published_fortnight,
        subject.load_id in (select load_id from {{ ref('int_new_loads') }}) as is_new,
        {{ order_of('subject') }} as order_key
    from {{ ref('claim_subjects') }} as subject
    where
        subject.is_current
        and subject.polarity <> 'question'
        and {{ can_meet_new('subject', 'claim_subjects', 'published_date') }}
),

neighbours (shift) as (
    {{ nearby_fortnights() }}
),

outer_claims as (
    select distinct inner_claim.parent_claim_id as claim_id
    from {{ ref('claim_subjects') }} as inner_claim
    where
        inner_claim.is_current
        and inner_claim.polarity <> 'question'
        and inner_claim.parent_claim_id in (select subjects.claim_id from subjects)
),

{#
  What says that something is not there, who was hit, by when, in what state: each with a claim of the place within a week,
  where one of the two is new; a state only with the opposite one.
#}
answers_met as (
    {%- for is_of_state in [true, false] %}
    {%- for one_is_new in ['answer.is_new', 'not answer.is_new and other.is_new'] %}
    {{ 'union all' if not (loop.first and is_of_state) }}
    select
        answer.order_key < other.order_key as is_answer_earlier,
        answer.claim_id as answer_id,
        other.claim_id as other_id,
        answer.place_id,
        answer.cue_class as answer_cue_class,
        answer.stems as answer_stems,
        other.stems as other_stems,
        {%- if is_of_state %}
        {{ shared_count('answer.stems', 'other.stems') }} > 0 as is_of_other_state,
        false as is_denied_there,
        false as is_of_other_people,
        false as is_of_same_people,
        false as is_of_other_deadline,
        {%- else %}
        false as is_of_other_state,
        other.polarity = 'affirmative'
        and (other.people is distinct from 'some')
        and {{ list_length('answer.denied_stems') }} > 0
        and {{ shared_count('answer.denied_stems', 'other.stems') }} = {{ list_length('answer.denied_stems') }}
        and {{ shared_count('answer.denied_stems', 'other.denied_stems') }} = 0 as is_denied_there,
        coalesce(answer.people = 'civilian' and other.people = 'armed', false) as is_of_other_people,
        coalesce(answer.people = 'civilian' and other.people = 'civilian', false) as is_of_same_people,
        coalesce(answer.deadline <> other.deadline, false) as is_of_other_deadline,
        {%- endif %}
        answer.article_id = other.article_id as is_same_article,
        answer.article_id = other.article_id and answer.ordinal - other.ordinal between 1 and 4 as is_near,
        coalesce(answer.camp = other.camp, false) as is_same_side,
        coalesce(answer.camp <> other.camp, false) as is_opposed,
        answer.place_rule = 'linked' and other.place_rule = 'linked' as is_linked,
        coalesce(answer.actor_key = other.actor_key, false)
        or {{ is_same_name('answer.speaker_name', 'other.speaker_name') }} as is_same_speaker
    from subjects as answer
    cross join neighbours
    inner join subjects as other
        on
            answer.place_id = other.place_id
            and answer.published_fortnight + neighbours.shift = other.published_fortnight
            {%- if is_of_state %}
            and answer.opposite_state = other.state
            {%- endif %}
            and answer.claim_id <> other.claim_id
    where
        {{ one_is_new }}
        {%- if not is_of_state %}
        and (
            {{ list_length('answer.denied_stems') }} > 0
            or answer.people = 'civilian'
            or answer.deadline is not null
        )
        and (
            answer.topic = 'other'
            or other.topic = 'other'
            or {{ is_of_one_kind('answer.topic', 'other.topic') }}
        )
        {%- endif %}
        and not answer.is_rejection
        and not other.is_rejection
        and answer.is_unreal = other.is_unreal
        and abs({{ days_between('answer.published_date', 'other.published_date') }}) <= 7
        {# what is told of inside is the inner speaker's #}
        and answer.claim_id not in (select claim_id from outer_claims)
        and other.claim_id not in (select claim_id from outer_claims)
    {%- endfor %}
    {%- endfor %}
),

answers as (
    select
        *,
        {{ likeness('answer_stems', 'other_stems') }} as likeness,
        case when is_answer_earlier then answer_id else other_id end as earlier_id,
        case when is_answer_earlier then other_id else answer_id end as later_id,
        case when answer_cue_class = 'deny' and not is_answer_earlier then 'denies' else 'contradicts' end as against
    from answers_met
    where
        (is_denied_there or is_of_other_people or is_of_same_people or is_of_other_state or is_of_other_deadline)
        and not (is_same_side and not is_of_same_people and not is_of_other_deadline)
),

{# "such taxes", "they shelled it themselves", "what burned was a barn": the last thing that another has said of it #}
retorts as (
    select
        subject.claim_id as later_id,
        {{ latest('before.claim_id', nearest_before) }} as earlier_id,
        min(subject.place_id) as place_id,
        max(case when subject.cue_class = 'deny' then 'denies' else 'contradicts' end) as kind
    from subjects as subject
    inner join subjects as before
        on
            subject.article_version_id = before.article_version_id
            and subject.ordinal > before.ordinal
            and subject.ordinal - 4 <= before.ordinal
    where
        subject.is_new
        and subject.retort is not null
        and before.polarity = 'affirmative'
        and not before.is_rejection
        and before.depth = subject.depth
        and not {{ is_same_name('subject.speaker_name', 'before.speaker_name') }}
        and coalesce(subject.side <> before.side, true)
        and (subject.retort = 'such' or {{ is_of_one_kind('subject.topic', 'before.topic') }})
        and (subject.retort <> 'such' or subject.ordinal - 1 = before.ordinal)
    group by subject.claim_id
),

{# "a lie, that P. It is only four streets": what the one who rejects P goes on to say of the place #}
arguments as (
    select
        rejected.claim_id as earlier_id,
        argument.claim_id as later_id,
        min(argument.place_id) as place_id
    from subjects as rejected
    inner join subjects as outer_claim on rejected.parent_claim_id = outer_claim.claim_id
    inner join subjects as argument
        on
            rejected.article_version_id = argument.article_version_id
            and rejected.place_id = argument.place_id
            and rejected.ordinal + 1 = argument.ordinal
            and outer_claim.depth = argument.depth
    inner join {{ ref('fct_claims') }} as said on argument.claim_id = said.claim_id
    where
        rejected.is_new
        and rejected.stance = 'disputed'
        and rejected.place_rule = 'linked'
        and argument.place_rule = 'linked'
        and {{ is_same_name('outer_claim.speaker_name', 'argument.speaker_name') }}
        and not {{ is_same_name('rejected.speaker_name', 'argument.speaker_name') }}
        and (argument.topic = 'other' or {{ is_of_one_kind('argument.topic', 'rejected.topic') }})
        and {{ speaks_against('lower(said.content)') }}
    group by rejected.claim_id, argument.claim_id
)

{# what is not there has been told of; what is there leaves nothing of the denial #}
{{ relation_part(
    'answers', 'denies_that_it_was_there', 7, 'against',
    axis="'polarity'", where='is_denied_there and not is_same_speaker and ' ~ is_answer
) }}
union all
{{ relation_part(
    'answers', 'civilians_or_armed', 8, "case when is_of_other_people then against else 'corroborates' end",
    axis="'polarity'",
    where='not is_same_speaker'
        ~ ' and ((is_of_other_people and ' ~ is_answer ~ ') or (is_of_same_people and (is_same_side or is_linked)))'
) }}
union all
{{ relation_part(
    'answers', 'opposite_states', 9, 'against',
    axis="'polarity'", where='is_of_other_state and not is_same_speaker and ' ~ is_answer
) }}
union all
{{ relation_part(
    'answers', 'deadline_moved', 10, "'revises'", axis="'date'", where='is_of_other_deadline and is_same_speaker and is_answer_earlier'
) }}
union all
{{ relation_part('retorts', 'answers_what_was_said_before', 11, 'kind', axis="'polarity'", likeness=none) }}
union all
{{ relation_part(
    'arguments', 'argues_against_what_it_rejects', 12, "'contradicts'", axis="'polarity'", likeness=none
) }}
