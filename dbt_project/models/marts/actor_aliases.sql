{{ config(
    unique_key='actor_alias_id',
    incremental_strategy='append',
    pre_hook="{{ forget('actor_block', touched_aliases()) }}"
) }}
-- depends_on: {{ ref('int_new_loads') }}
-- depends_on: {{ ref('int_actor_authority') }}

{#
  Which names are one actor's. A name joins another only by a rule, and only where it fits exactly one;
  what is doubtful stays apart. The rules ask what is current, so that the order of articles says nothing:

    actor.name              the name itself, in any spelling; a body or state, by any of its names
    actor.same_name         the same full name, where an article states no side
    actor.same_office       the same full name on another side, but in the same office
    actor.fewer_given       a full name with fewer given names: "Mohamed Dagalo" of "Mohamed Hamdan Dagalo"
    actor.initial           an initial for the given name, on the same side
    actor.family_and_office a family name alone, on the same side and in the same office
    actor.joined            the authority file says whose name it is, and wins over all rules
    actor.apart             the authority file says that it is nobody else's

  The same full name on another side in another office (or in none) stays an actor of its own.
#}
with

mentions as (
    select
        *,
        split_part(actor_key, '/', 2) as given
    from {{ ref('actor_mentions') }}
    {%- if is_incremental() %}
    where actor_block in ({{ touched_aliases() }})
    {%- endif %}
),

names as (
    select
        actor_alias_id,
        min(actor_key) as actor_key,
        min(actor_block) as actor_block,
        min(given) as given,
        min(side) as side,
        {{ latest('name', ['recorded_at', 'actor_mention_id']) }} as name,
        {{ latest('known_as', ['recorded_at', 'actor_mention_id']) }} as known_as,
        {{ latest('kind', ['recorded_at', 'actor_mention_id']) }} as kind,
        count(distinct case when is_current then article_id end) as article_count,
        cast(sum(case when is_current then claim_count else 0 end) as bigint) as claim_count,
        min(recorded_at) as first_recorded_at,
        max(recorded_at) as last_recorded_at
    from mentions
    group by actor_alias_id
),

offices as (
    select distinct
        actor_alias_id,
        office
    from mentions
    where is_current and office is not null
),

{#
  Full names of persons that a current article has are what others may join. One name on several sides: the one most
  written of comes first. An engine that works a CTE out wherever it is named pays for each mention of this one.
#}
ranked as (
    select
        *,
        case
            when is_full then row_number() over (
                partition by is_full, actor_key
                order by case when side is null then 1 else 0 end asc, article_count desc, side asc
            )
        end as name_rank,
        case
            when is_full then first_value(actor_alias_id) over (
                partition by is_full, actor_key
                order by case when side is null then 1 else 0 end asc, article_count desc, side asc
            )
        end as main_alias_id
    from (
        select
            *,
            actor_key like 'person:%' and given <> '' and article_count > 0 as is_full
        from names
    ) as named
),

{# what shares the office of the one most written of #}
sided as (
    select
        one.actor_alias_id,
        one.actor_key,
        one.actor_block,
        one.given,
        one.side,
        one.name_rank,
        one.main_alias_id,
        one.name_rank = 1 or exists (
            select 1
            from offices as mine
            inner join offices as theirs on mine.office = theirs.office
            where mine.actor_alias_id = one.actor_alias_id and theirs.actor_alias_id = one.main_alias_id
        ) as is_in_office
    from ranked as one
    where one.is_full
),

parted as (
    select
        *,
        count(case when side is not null and not is_in_office then 1 end) over (partition by actor_key) as side_count
    from sided
),

{# a name without a side is the only one's that has one; of several, that one's whose office it has #}
heads as (
    select
        actor_alias_id,
        actor_key,
        actor_block,
        given,
        side,
        case
            when is_in_office or (side is null and side_count = 0) then main_alias_id
            else actor_alias_id
        end as head_alias_id,
        case
            when name_rank = 1 then 'actor.name'
            when is_in_office and side is not null then 'actor.same_office'
            when is_in_office or (side is null and side_count = 0) then 'actor.same_name'
            else 'actor.name'
        end as rule_id
    from parted
),

{# names with fewer given names than another of the family #}
shorter as (
    select
        short.actor_alias_id,
        full_name.head_alias_id
    from heads as short
    inner join heads as full_name
        on
            short.actor_block = full_name.actor_block
            and full_name.given like concat(short.given, ' %')
            and full_name.given not like '% jr' and full_name.given not like '% sr' and full_name.given not like '% ii%'
            and (short.side is null or full_name.side is null or short.side = full_name.side)
    where short.rule_id = 'actor.name' and short.head_alias_id = short.actor_alias_id
),

longest as (
    select shorter.*
    from shorter
    {# one that is itself shorter than another is not whom they join #}
    where not exists (select 1 from shorter as again where again.actor_alias_id = shorter.head_alias_id)
),

fewer_given as (
    select
        actor_alias_id,
        min(head_alias_id) as head_alias_id
    from longest
    group by actor_alias_id
    having count(distinct head_alias_id) = 1
),

full_heads as (
    select
        heads.actor_alias_id,
        heads.actor_block,
        heads.given,
        heads.side,
        coalesce(fewer_given.head_alias_id, heads.head_alias_id) as head_alias_id,
        case when fewer_given.head_alias_id is not null then 'actor.fewer_given' else heads.rule_id end as rule_id
    from heads
    left join fewer_given on heads.head_alias_id = fewer_given.actor_alias_id
),

{# names without a whole given name, and whose they may be #}
lesser as (
    select
        names.actor_alias_id,
        full_heads.head_alias_id,
        case when names.given = '' then 'actor.family_and_office' else 'actor.initial' end as rule_id
    from names
    inner join full_heads
        on
            names.actor_block = full_heads.actor_block
            and names.side = full_heads.side
            and length(replace(full_heads.given, '.', '')) > 1
            and full_heads.given like concat(replace(names.given, '.', ''), '%')
    where
        names.actor_key like 'person:%'
        and length(replace(names.given, '.', '')) <= 1
        and (
            names.given <> ''
            or exists (
                select 1
                from offices as mine
                inner join offices as theirs on mine.office = theirs.office
                where
                    mine.actor_alias_id = names.actor_alias_id
                    and theirs.actor_alias_id = full_heads.actor_alias_id
            )
        )
),

lesser_heads as (
    select
        actor_alias_id,
        min(head_alias_id) as head_alias_id,
        min(rule_id) as rule_id
    from lesser
    group by actor_alias_id
    having count(distinct head_alias_id) = 1
),

joined as (
    select
        names.*,
        case
            when authority.rule_id is not null then names.actor_alias_id
            else coalesce(lesser_heads.head_alias_id, full_heads.head_alias_id, names.actor_alias_id)
        end as head_alias_id,
        coalesce(authority.rule_id, lesser_heads.rule_id, full_heads.rule_id, 'actor.name') as rule_id,
        authority.target_key
    from names
    left join full_heads on names.actor_alias_id = full_heads.actor_alias_id
    left join lesser_heads on names.actor_alias_id = lesser_heads.actor_alias_id
    left join {{ ref('int_actor_authority') }} as authority on names.actor_key = authority.actor_key
)

select
    joined.actor_alias_id,
    {# the first of a name has its id for good, whatever side is stated later #}
    case
        when joined.rule_id = 'actor.apart' then joined.actor_alias_id
        when authority.target_key is not null then {{ identity(['authority.target_key']) }}
        when head.name_rank = 1 then {{ identity(['head.actor_key']) }}
        else joined.head_alias_id
    end as actor_id,
    joined.rule_id,
    joined.actor_key,
    joined.actor_block,
    joined.name,
    joined.known_as,
    joined.kind,
    joined.side,
    coalesce(joined.actor_key = joined.target_key, joined.actor_alias_id = joined.head_alias_id) as is_head,
    joined.article_count,
    joined.claim_count,
    joined.first_recorded_at,
    joined.last_recorded_at
from joined
left join ranked as head on joined.head_alias_id = head.actor_alias_id
{# who joins a name that the authority file gives to an actor, is that actor too #}
left join {{ ref('int_actor_authority') }} as authority
    on head.actor_key = authority.actor_key and authority.rule_id = 'actor.joined'
