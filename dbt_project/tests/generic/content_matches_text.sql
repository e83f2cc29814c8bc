{# Each span of a claim's content is the very text it points at, inside the claim's evidence; together they are the content. #}
{% test content_matches_text(model) %}

    {# a field of a record between Spark's own quotes: there double quotes hold for columns alone #}
    {%- set span_end = 'spans.span.' ~ adapter.quote('end') %}

    with

    claims as (
        select *
        from {{ model }}
        where {{ in_scope(model) }}
    ),

    texts as (
        {{ texts_of('claims') }}
    ),

    spans as (
        {{ unnested('claims', ['claim_id', 'article_version_id', 'char_start', 'char_end'], 'content_spans', 'span', 'place') }}
    )

    select
        spans.claim_id,
        spans.place,
        spans.span
    from spans
    left join texts on spans.article_version_id = texts.article_version_id
    where
        spans.span.start < spans.char_start
        or {{ span_end }} > spans.char_end
        or substring(texts.text, spans.span.start + 1, {{ span_end }} - spans.span.start)
        is distinct from spans.span.text
    union all
    select
        claims.claim_id,
        0 as place,
        null as span
    from claims
    where
        (select count(*) from spans where spans.claim_id = claims.claim_id) = 0

{% endtest %}
