{{ config(unique_key='actor_id') }}
-- depends_on: {{ ref('int_new_loads') }}

{# Summed up anew, over all their claims, for the actors that the new loads concern; what was said last holds. #}
with

claims as (
    select
        actor_id,
        speaker_name,
        speaker_kind,
        speaker_role,
        speaker_affiliation,
        speaker_side,
        publisher_id,
        published_date,
        article_id,
        claim_id,
        recorded_at,
        is_current
    from {{ ref('fct_claims') }}
    where
        actor_id is not null
        {%- if is_incremental() %}
        and actor_id in (
            select touched.actor_id from {{ ref('fct_claims') }} as touched
            where {{ is_touched('touched') }}
        )
        {%- endif %}
)

select
    actor_id,
    {{ latest('speaker_name', ['recorded_at', 'claim_id']) }} as actor,
    {{ latest('speaker_kind', ['recorded_at', 'claim_id']) }} as kind,
    {{ latest('speaker_role', ['recorded_at', 'claim_id']) }} as role,
    {{ latest('speaker_affiliation', ['recorded_at', 'claim_id']) }} as affiliation,
    {{ latest('speaker_side', ['recorded_at', 'claim_id']) }} as side,
    count(case when is_current then 1 end) as claim_count,
    count(distinct case when is_current then article_id end) as article_count,
    count(distinct case when is_current then publisher_id end) as publisher_count,
    min(case when is_current then published_date end) as first_published_date,
    max(case when is_current then published_date end) as last_published_date,
    min(recorded_at) as first_recorded_at,
    max(recorded_at) as last_recorded_at
from claims
group by actor_id
