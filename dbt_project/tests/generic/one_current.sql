{# Of the rows that belong together, those that the new loads concern included, at most one is current. #}
{% test one_current(model, per, condition='true') %}

    select
        fact.{{ per }},
        count(*) as current_rows
    from {{ model }} as fact
    where
        fact.is_current
        and {{ condition }}
        and fact.{{ per }} in (
            select new_fact.{{ per }} from {{ model }} as new_fact
            where {{ in_scope('new_fact') }}
        )
    group by fact.{{ per }}
    having count(*) > 1

{% endtest %}
