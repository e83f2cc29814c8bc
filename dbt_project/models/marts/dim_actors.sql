{{ config(
    unique_key='actor_id',
    incremental_strategy='append',
    pre_hook="{{ forget('actor_block', touched_actors()) }}"
) }}
-- depends_on: {{ ref('int_new_loads') }}
-- depends_on: {{ ref('int_actor_authority') }}

{# Summed up anew for the names that the new loads concern; of what articles state, the last current one holds. #}
with

mentions as (
    select
        alias.actor_id,
        alias.is_head,
        authority.actor as edited_actor,
        authority.kind as edited_kind,
        authority.side as edited_side,
        mention.*,
        case when mention.is_current then 1 else 0 end as is_now
    from {{ ref('actor_mentions') }} as mention
    inner join {{ ref('actor_aliases') }} as alias on mention.actor_alias_id = alias.actor_alias_id
    left join {{ ref('int_actor_authority') }} as authority on mention.actor_key = authority.actor_key
    {%- if is_incremental() %}
    where mention.actor_block in ({{ touched_actors() }})
    {%- endif %}
)

select
    actor_id,
    coalesce(
        max(edited_actor),
        max(known_as),
        {{ latest('name', ['case when is_head then 1 else 0 end', 'is_now', 'recorded_at', 'actor_mention_id']) }}
    ) as actor,
    coalesce(max(edited_kind), {{ latest('kind', ['is_now', 'recorded_at', 'actor_mention_id']) }}) as kind,
    {{ latest('role', ['is_now', 'recorded_at', 'actor_mention_id']) }} as role,
    {{ latest('affiliation', ['is_now', 'recorded_at', 'actor_mention_id']) }} as affiliation,
    coalesce(max(edited_side), {{ latest('side', ['is_now', 'recorded_at', 'actor_mention_id']) }}) as side,
    max(known_as) is not null as is_well_known,
    max(edited_actor) is not null as is_edited,
    min(actor_block) as actor_block,
    count(distinct actor_alias_id) as alias_count,
    cast(sum(is_now * claim_count) as bigint) as claim_count,
    count(distinct case when is_current then article_id end) as article_count,
    count(distinct case when is_current then publisher_id end) as publisher_count,
    min(case when is_current then published_date end) as first_published_date,
    max(case when is_current then published_date end) as last_published_date,
    min(recorded_at) as first_recorded_at,
    max(recorded_at) as last_recorded_at
from mentions
group by actor_id
