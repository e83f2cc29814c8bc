{{ config(
    unique_key='relation_id',
    incremental_strategy='append',
    pre_hook="{{ forget('group_id', changed_groups()) }}"
) }}

{# Pairs that are less sure than the setting least_confidence asks for: kept for those who judge the rules. #}
select
    relation_id,
    group_id,
    event_id,
    kind,
    axis,
    rule_id,
    confidence,
    earlier_mention_id,
    later_mention_id,
    earlier_claim_id,
    later_claim_id,
    earlier_figure_id,
    later_figure_id,
    earlier_version_id,
    earlier_start,
    earlier_end,
    earlier_words,
    later_version_id,
    later_start,
    later_end,
    later_words,
    earlier_voice,
    earlier_voice_key,
    earlier_voice_side,
    later_voice,
    later_voice_key,
    later_voice_side,
    earlier_article_id,
    later_article_id,
    earlier_publisher,
    later_publisher,
    earlier_published_date,
    later_published_date,
    days_apart,
    step_number,
    load_id,
    recorded_at
from {{ ref('int_related') }}
where confidence < {{ var('least_confidence') }}
