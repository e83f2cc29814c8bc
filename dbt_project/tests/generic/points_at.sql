{# Like relationships, for the rows of the new loads only. #}
{% test points_at(model, column_name, to, field) %}

    select
        fact.{{ column_name }},
        count(*) as row_count
    from {{ model }} as fact
    left join {{ to }} as target on fact.{{ column_name }} = target.{{ field }}
    where {{ in_scope('fact') }} and fact.{{ column_name }} is not null and target.{{ field }} is null
    group by fact.{{ column_name }}

{% endtest %}
