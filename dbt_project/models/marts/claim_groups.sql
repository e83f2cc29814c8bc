{{ config(
    unique_key='claim_group_id',
    incremental_strategy='append',
    pre_hook="{{ forget('claim_group_id', touched('claim_subjects', 'claim_group_id')) }}"
) }}
-- depends_on: {{ ref('int_new_loads') }}

{#
  Claims that are one statement: same topic, place, polarity, speaker and week. A text that several
  publishers carry, whole, cut or edited, and whatever an agency is credited with, counts as one source.
#}
with

members as (
    select
        claim_group_id,
        claim_id,
        topic,
        polarity,
        place_id,
        place,
        actor_key,
        speaker_name,
        side,
        week_start_date,
        article_id,
        publisher_id,
        published_date,
        recorded_at,
        min(origin_id) over (partition by claim_group_id, copy_group_id) as independent_origin_id,
        row_number() over (partition by claim_group_id order by published_date, recorded_at, ordinal, claim_id)
            as mention_number
    from {{ ref('claim_subjects') }}
    where
        is_current
        and claim_group_id is not null
        {%- if is_incremental() %}
        and claim_group_id in ({{ touched('claim_subjects', 'claim_group_id') }})
        {%- endif %}
)

select
    claim_group_id,
    min(topic) as topic,
    min(polarity) as polarity,
    min(place_id) as place_id,
    min(place) as place,
    min(actor_key) as actor_key,
    min(case when mention_number = 1 then speaker_name end) as speaker_name,
    min(side) as side,
    min(week_start_date) as week_start_date,
    min(case when mention_number = 1 then claim_id end) as first_claim_id,
    count(distinct claim_id) as mention_count,
    count(distinct article_id) as article_count,
    count(distinct publisher_id) as publisher_count,
    count(distinct independent_origin_id) as independent_publisher_count,
    min(published_date) as first_published_date,
    max(published_date) as last_published_date,
    'same_topic_place_speaker_week' as rule_id,
    max(recorded_at) as recorded_at
from members
group by claim_group_id
