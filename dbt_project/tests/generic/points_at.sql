{# Like relationships, for the rows of the new loads only. #}
{% test points_at(model, column_name, to, field) %}

    select
        fact.{{ column_name }},
        count(*) as row_count
    from {{ model }} as fact
    where
        {{ in_scope('fact') }}
        and fact.{{ column_name }} is not null
        {# an outer join would look at the whole of the other table #}
        and not exists (select 1 from {{ to }} as target where fact.{{ column_name }} = target.{{ field }})
    group by fact.{{ column_name }}

{% endtest %}
