{# A rejected document says why; no other does. #}
{% test has_reason(model) %}

    select document.*
    from {{ model }} as document
    where
        {{ in_scope('document') }}
        and (document.outcome = 'rejected') <> (document.reason is not null)

{% endtest %}
