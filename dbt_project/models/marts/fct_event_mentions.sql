{{ config(unique_key='event_mention_id', merge_update_columns=closing_columns()) }}

{# Of several arguments in one role the first is shown here. #}
with

arguments as (
    select
        argument.event_mention_id,
        argument.role,
        coalesce(argument.name, argument.exact) as name,
        argument.actor_key,
        argument.side,
        argument.argument_class,
        argument.target_class,
        argument.is_inferred,
        argument.location_id,
        row_number() over (
            partition by argument.event_mention_id, argument.role
            order by argument.ordinal
        ) as role_number
    from {{ ref('stg_landing__event_arguments') }} as argument
),

first_arguments as (
    select *
    from arguments
    where role_number = 1
),

new_rows as (
    select
        {{ landed_as('event_mentions', 'fact') }},
        article.article_id,
        article.publisher_id,
        article.publisher,
        article.published_date,
        agent.name as agent,
        agent.actor_key as agent_key,
        agent.side as agent_side,
        agent.is_inferred as is_agent_inferred,
        target.name as target,
        target.actor_key as target_key,
        target.side as target_side,
        target.argument_class as target_kind,
        target.target_class,
        instrument.name as instrument,
        location.location_id as place_location_id,
        {{ place_id('location') }} as place_id,
        location.place,
        location.geonameid,
        location.country,
        case when fact.claim_id is null then 'publisher' else 'claim' end as voice,
        case when fact.claim_id is null then article.publisher else claim.speaker_name end as voice_name,
        extraction.superseded_at,
        extraction.superseded_by_load_id,
        extraction.is_current
    from {{ ref('stg_landing__event_mentions') }} as fact
    inner join {{ ref('ops_extractions') }} as extraction
        on
            fact.article_version_id = extraction.article_version_id
            and fact.extractor_version = extraction.extractor_version
    inner join {{ ref('dim_article_versions') }} as article
        on fact.article_version_id = article.article_version_id
    left join {{ ref('stg_landing__claims') }} as claim on fact.claim_id = claim.claim_id
    left join first_arguments as agent on fact.event_mention_id = agent.event_mention_id and agent.role = 'agent'
    left join first_arguments as target on fact.event_mention_id = target.event_mention_id and target.role = 'target'
    left join first_arguments as instrument
        on fact.event_mention_id = instrument.event_mention_id and instrument.role = 'instrument'
    left join first_arguments as scene on fact.event_mention_id = scene.event_mention_id and scene.role = 'place'
    left join {{ ref('stg_landing__locations') }} as location on scene.location_id = location.location_id
)

{{ new_and_closed('new_rows') }}
