{#
  The evidence is the very text it points at: exact = text[start:end], in code points, from 0, end
  exclusive. Rows that lack all three columns pass where optional is set.
#}
{% test evidence_matches_text(model, start_column, end_column, exact_column, optional=false) %}

    with

    facts as (
        select
            article_version_id,
            {{ start_column }} as char_start,
            {{ end_column }} as char_end,
            {{ exact_column }} as exact
        from {{ model }} as fact
        where
            {{ in_scope('fact') }}
            {%- if optional %}
            and coalesce(cast({{ start_column }} as string), cast({{ end_column }} as string), {{ exact_column }})
                is not null
            {%- endif %}
    ),

    texts as (
        {{ texts_of('facts') }}
    )

    select
        facts.*,
        substring(texts.text, facts.char_start + 1, facts.char_end - facts.char_start) as text_there
    from facts
    left join texts on facts.article_version_id = texts.article_version_id
    where
        facts.char_start is null
        or facts.char_end is null
        or facts.char_start < 0
        or facts.char_end <= facts.char_start
        or facts.char_end > length(texts.text)
        or substring(texts.text, facts.char_start + 1, facts.char_end - facts.char_start) is distinct from facts.exact

{% endtest %}
