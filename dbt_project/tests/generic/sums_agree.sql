{# Documents read = articles loaded + duplicates + rejected. #}
{% test sums_agree(model) %}

    select reading.*
    from {{ model }} as reading
    where
        {{ in_scope('reading') }}
        and reading.documents_read <> reading.articles_loaded + reading.duplicates + reading.rejected

{% endtest %}
