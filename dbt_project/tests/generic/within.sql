{# A number is within inclusive limits, where it is there. #}
{% test within(model, column_name, low, high) %}

    select fact.*
    from {{ model }} as fact
    where {{ in_scope('fact') }} and (fact.{{ column_name }} < {{ low }} or fact.{{ column_name }} > {{ high }})

{% endtest %}
