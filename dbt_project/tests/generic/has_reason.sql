{# A rejected document says why, and a loaded one that gives no facts; no other does. #}
{% test has_reason(model) %}

    select document.*
    from {{ model }} as document
    where
        {{ in_scope('document') }}
        and (
            document.outcome = 'rejected' or coalesce(document.outcome = 'loaded' and document.reason = 'not_extracted', false)
        ) <> (document.reason is not null)

{% endtest %}
