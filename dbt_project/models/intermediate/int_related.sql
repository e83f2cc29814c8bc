{{ config(materialized='table') }}

{# Every pair of statements that the given loads brought or changed, with when and where each stands. #}
with

relations as (
    select relation.*
    from {{ ref('stg_landing__relations') }} as relation
    inner join {{ ref('int_changed_groups') }} as changed
        on relation.group_id = changed.group_id and relation.step_number = changed.step_number
),

versions as (
    select
        article_version_id,
        article_id,
        publisher,
        published_date,
        text
    from {{ ref('dim_article_versions') }}
    {# texts are most of a warehouse; an engine that keeps the rows of a load together reads those of these loads #}
    where load_id in (
        select distinct version.load_id
        from {{ ref('dim_article_versions') }} as version
        where
            version.article_version_id in (
                select earlier_version_id from relations
                union all
                select later_version_id from relations
            )
    )
)

select
    relation.relation_id,
    relation.group_id,
    relation.event_id,
    relation.kind,
    relation.axis,
    relation.rule_id,
    relation.confidence,
    relation.earlier_mention_id,
    relation.later_mention_id,
    relation.earlier_claim_id,
    relation.later_claim_id,
    relation.earlier_figure_id,
    relation.later_figure_id,
    relation.earlier_version_id,
    relation.earlier_start,
    relation.earlier_end,
    substring(
        earlier.text, cast(relation.earlier_start as integer) + 1,
        cast(relation.earlier_end - relation.earlier_start as integer)
    ) as earlier_words,
    relation.later_version_id,
    relation.later_start,
    relation.later_end,
    substring(
        later.text,
        cast(relation.later_start as integer) + 1,
        cast(relation.later_end - relation.later_start as integer)
    ) as later_words,
    relation.earlier_voice,
    relation.earlier_voice_key,
    relation.earlier_voice_side,
    relation.later_voice,
    relation.later_voice_key,
    relation.later_voice_side,
    earlier.article_id as earlier_article_id,
    later.article_id as later_article_id,
    earlier.publisher as earlier_publisher,
    later.publisher as later_publisher,
    earlier.published_date as earlier_published_date,
    later.published_date as later_published_date,
    {{ days_between('earlier.published_date', 'later.published_date') }} as days_apart,
    relation.step_number,
    relation.load_id,
    relation.recorded_at
from relations as relation
inner join versions as earlier on relation.earlier_version_id = earlier.article_version_id
inner join versions as later on relation.later_version_id = later.article_version_id
