{# No key that the new loads bring is there twice, in them or in all that was there before. #}
{% test unique_over_loads(model, column_name) %}

    select
        fact.{{ column_name }},
        count(*) as row_count
    from {{ model }} as fact
    where
        fact.{{ column_name }} in (
            select new_fact.{{ column_name }} from {{ model }} as new_fact
            where {{ in_scope('new_fact') }}
        )
    group by fact.{{ column_name }}
    having count(*) > 1

{% endtest %}
