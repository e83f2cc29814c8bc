{# A row is current and open, or closed by a known load, not before it was recorded. #}
{% test closed_with_reason(model) %}

    select fact.*
    from {{ model }} as fact
    left join {{ ref('ops_loads') }} as load on fact.superseded_by_load_id = load.load_id
    where
        (
            {{ in_scope('fact') }}
            or fact.superseded_by_load_id in (select new_load.load_id from {{ ref('int_new_loads') }} as new_load)
        )
        and (
            fact.is_current <> (fact.superseded_at is null)
            or (fact.superseded_at is null) <> (fact.superseded_by_load_id is null)
            or fact.superseded_at < fact.recorded_at
            or (fact.superseded_by_load_id is not null and load.load_id is null)
        )

{% endtest %}
