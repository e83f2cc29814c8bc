{{ config(
    unique_key='control_id',
    incremental_strategy='append',
    pre_hook="{{ forget('(place_id, week_start_date)', touched('claim_subjects', 'place_id, week_start_date')) }}"
) }}
-- depends_on: {{ ref('int_new_loads') }}

{# For each place and week: which side is said to hold it, or not to, and by whose speakers. #}
with

statements as (
    select
        subject.place_id,
        subject.place,
        subject.week_start_date,
        subject.holder_side,
        subject.is_held,
        subject.side,
        subject.claim_id,
        subject.stance,
        subject.article_id,
        subject.recorded_at,
        min(subject.origin_id) over (
            partition by
                subject.place_id, subject.week_start_date, subject.holder_side, subject.is_held,
                subject.side, subject.copy_group_id
        ) as independent_origin_id,
        row_number() over (
            partition by
                subject.place_id, subject.week_start_date, subject.holder_side, subject.is_held, subject.side
            order by subject.published_date, subject.recorded_at, subject.ordinal, subject.claim_id
        ) as statement_number
    from {{ ref('claim_subjects') }} as subject
    where
        subject.is_current
        and subject.holder_side is not null
        and subject.place_rule = 'linked'
        and subject.week_start_date is not null
        {%- if is_incremental() %}
        and (subject.place_id, subject.week_start_date) in (
            {{ touched('claim_subjects', 'place_id, week_start_date') }}
        )
        {%- endif %}
),

sums as (
    select
        place_id,
        week_start_date,
        holder_side,
        is_held,
        side,
        min(place) as place,
        count(distinct claim_id) as claim_count,
        count(case when stance = 'disputed' then 1 end) as disputed_count,
        count(distinct article_id) as article_count,
        count(distinct independent_origin_id) as independent_publisher_count,
        min(case when statement_number = 1 then claim_id end) as first_claim_id,
        max(recorded_at) as recorded_at
    from statements
    group by place_id, week_start_date, holder_side, is_held, side
)

select
    {{ identity(['sums.place_id', 'sums.week_start_date', 'sums.holder_side', 'sums.is_held', 'sums.side']) }}
        as control_id,
    sums.place_id,
    sums.place,
    sums.week_start_date,
    {{ iso_week('sums.week_start_date') }} as iso_week,
    sums.holder_side,
    sums.is_held,
    sums.side,
    sums.claim_count,
    sums.disputed_count,
    sums.article_count,
    sums.independent_publisher_count,
    sums.first_claim_id,
    claim.speaker_name as first_speaker_name,
    claim.content as first_quote,
    claim.publisher as first_publisher,
    claim.published_date as first_published_date,
    article.url as first_url,
    article.uri as first_uri,
    sums.recorded_at
from sums
inner join {{ ref('fct_claims') }} as claim on sums.first_claim_id = claim.claim_id
inner join {{ ref('dim_article_versions') }} as article on claim.article_version_id = article.article_version_id
