{{ config(
    unique_key='rule_count_id',
    incremental_strategy='append',
    pre_hook="{{ forget('load_id', touched_loads()) }}"
) }}
-- depends_on: {{ ref('int_new_loads') }}
-- depends_on: {{ ref('ops_extractions') }}

{#
  How often each rule fired in the articles of each load, of facts that are current. The current facts of an article
  version are of one load, so that loads can be added up; those that a new load brings facts of, or closes facts of, are
  counted anew.
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
        load_id,
        article_version_id,
        is_current
    from {{ ref(table) }}
    where
        {{ column }} is not null
        {%- if is_incremental() %}
        and load_id in ({{ touched_loads() }})
        {%- endif %}
    {%- endfor %}
)

select
    {{ identity(['rule_kind', 'rule_id', 'load_id']) }} as rule_count_id,
    rule_kind,
    rule_id,
    load_id,
    count(case when is_current then 1 end) as fact_count,
    count(distinct case when is_current then article_version_id end) as article_count
from fired
group by rule_kind, rule_id, load_id
