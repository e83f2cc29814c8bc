{#
  The evidence is the very text it points at: exact = text[start:end], in code points, from 0, end
  exclusive. Rows that lack all three columns pass where optional is set.
#}
{% test evidence_matches_text(model, start_column, end_column, exact_column, optional=false) %}

    select
        fact.{{ start_column }} as char_start,
        fact.{{ end_column }} as char_end,
        fact.{{ exact_column }} as exact,
        substring(article.text, fact.{{ start_column }} + 1, fact.{{ end_column }} - fact.{{ start_column }}) as text_there,
        fact.article_version_id
    from {{ model }} as fact
    left join {{ ref('dim_article_versions') }} as article
        on fact.article_version_id = article.article_version_id
    where
        {{ in_scope('fact') }}
        {%- if optional %}
        and coalesce(cast(fact.{{ start_column }} as varchar), cast(fact.{{ end_column }} as varchar), fact.{{ exact_column }})
            is not null
        {%- endif %}
        and (
            fact.{{ start_column }} is null
            or fact.{{ end_column }} is null
            or fact.{{ start_column }} < 0
            or fact.{{ end_column }} <= fact.{{ start_column }}
            or fact.{{ end_column }} > length(article.text)
            or substring(article.text, fact.{{ start_column }} + 1, fact.{{ end_column }} - fact.{{ start_column }})
            is distinct from fact.{{ exact_column }}
        )

{% endtest %}
