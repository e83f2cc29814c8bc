{# Every rule that the new rows name is in dim_rules, as a rule of that kind of fact. #}
{% test rules_are_listed(model, kind, column='rule_id') %}

    select
        fact.{{ column }} as rule_id,
        count(*) as row_count
    from {{ model }} as fact
    left join {{ ref('dim_rules') }} as rule on rule.rule_kind = '{{ kind }}' and fact.{{ column }} = rule.rule_id
    where {{ in_scope('fact') }} and fact.{{ column }} is not null and rule.rule_id is null
    group by fact.{{ column }}

{% endtest %}
