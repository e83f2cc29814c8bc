{# Both claims of a pair that the new loads brought are there, current, and two. #}
{% test pairs_are_current(model) %}

    select pair.*
    from {{ model }} as pair
    left join {{ ref('fct_claims') }} as earlier on pair.earlier_claim_id = earlier.claim_id and earlier.is_current
    left join {{ ref('fct_claims') }} as later on pair.later_claim_id = later.claim_id and later.is_current
    where
        {{ in_scope('pair') }}
        and (earlier.claim_id is null or later.claim_id is null or earlier.claim_id = later.claim_id)

{% endtest %}
