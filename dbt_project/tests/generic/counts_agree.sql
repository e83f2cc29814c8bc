{# Each extraction's own count of its facts is the number of facts that are here. #}
{% test counts_agree(model, count_column) %}

    with

    facts as (
        select article_version_id, extractor_version, count(*) as row_count
        from {{ model }} as fact
        where {{ in_scope('fact') }}
        group by article_version_id, extractor_version
    )

    select
        extraction.extraction_id,
        extraction.load_id,
        extraction.{{ count_column }} as stated,
        coalesce(facts.row_count, 0) as found
    from {{ ref('ops_extractions') }} as extraction
    left join facts
        on
            extraction.article_version_id = facts.article_version_id
            and extraction.extractor_version = facts.extractor_version
    where {{ in_scope('extraction') }} and extraction.{{ count_column }} <> coalesce(facts.row_count, 0)

{% endtest %}
