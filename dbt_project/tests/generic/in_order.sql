{# The first column is not above the second, where both are there. #}
{% test in_order(model, first, second) %}

    select fact.*
    from {{ model }} as fact
    where {{ in_scope('fact') }} and fact.{{ first }} > fact.{{ second }}

{% endtest %}
