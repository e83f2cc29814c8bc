{{ config(materialized='table') }}

{#
  The rules of the catalogues, and those that facts of older extractors name. Counted are facts that are
  current; a rule that reckons coordinates is counted where it did.
#}
with

fired as (
    {%- for kind, table, column in [
        ('claim', 'fct_claims', 'rule_id'),
        ('event', 'fct_event_mentions', 'rule_id'),
        ('figure', 'fct_figures', 'rule_id'),
        ('date', 'fct_dates', 'rule_id'),
        ('location', 'fct_locations', 'rule_id'),
        ('location', 'fct_locations', 'derived_rule'),
        ('link', 'bridge_claim_figures', 'rule_id'),
        ('link', 'bridge_claim_answers', 'rule_id'),
        ('link', 'bridge_claim_dates', 'rule_id'),
        ('link', 'bridge_claim_locations', 'rule_id'),
    ] %}
    {{ 'union all' if not loop.first }}
    select
        '{{ kind }}' as rule_kind,
        {{ column }} as rule_id,
        article_version_id,
        is_current
    from {{ ref(table) }}
    where {{ column }} is not null
    {%- endfor %}
),

counted as (
    select
        rule_kind,
        rule_id,
        count(case when is_current then 1 end) as fact_count,
        count(distinct case when is_current then article_version_id end) as article_count
    from fired
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
