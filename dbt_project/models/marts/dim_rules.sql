{{ config(materialized='table') }}

{#
  The rules of the catalogues, and those that facts of older extractors name. Counted are facts that are
  current; a rule that reckons coordinates is counted where it did.
#}
with

counted as (
    select
        rule_kind,
        rule_id,
        cast(sum(fact_count) as bigint) as fact_count,
        cast(sum(article_count) as bigint) as article_count
    from {{ ref('int_rule_counts') }}
    group by rule_kind, rule_id
)

select
    concat(coalesce(listed.rule_kind, counted.rule_kind), ':', coalesce(listed.rule_id, counted.rule_id)) as rule_key,
    coalesce(listed.rule_kind, counted.rule_kind) as rule_kind,
    coalesce(listed.rule_id, counted.rule_id) as rule_id,
    listed.description,
    listed.example,
    listed.confidence,
    listed.rule_id is not null as is_listed,
    coalesce(counted.fact_count, 0) as fact_count,
    coalesce(counted.article_count, 0) as article_count
from {{ ref('extraction_rules') }} as listed
full outer join counted on listed.rule_kind = counted.rule_kind and listed.rule_id = counted.rule_id
