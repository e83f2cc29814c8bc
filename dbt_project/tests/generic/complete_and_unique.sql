{# No two rows share the key, and none lacks one of the columns. #}
{% test complete_and_unique(model, key, columns) %}

    select
        {{ key | join(', ') }},
        count(*) as row_count
    from {{ model }}
    group by {{ key | join(', ') }}
    having
        count(*) > 1
        or count(*) > count(
            case when {{ columns | join(' is not null and ') }} is not null then 1 end
        )

{% endtest %}
