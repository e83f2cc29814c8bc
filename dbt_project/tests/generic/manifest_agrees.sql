{# What the manifest of a load states is what came of it. #}
{% test manifest_agrees(model) %}

    with

    documents as (
        select
            load_id,
            sum(documents_read) as documents_read,
            sum(articles_loaded) as articles_loaded,
            sum(duplicates) as duplicates,
            sum(rejected) as rejected
        from {{ ref('ops_load_sources') }}
        group by load_id
    ),

    facts as (
        select
            load_id,
            sum(claim_count) as claims,
            sum(figure_count) as figures,
            sum(date_count) as dates,
            sum(location_count) as locations,
            sum(event_count) as event_mentions
        from {{ ref('ops_extractions') }}
        group by load_id
    )

    select
        load.*
    from {{ model }} as load
    left join documents on load.load_id = documents.load_id
    left join facts on load.load_id = facts.load_id
    where
        {{ in_scope('load') }}
        and (
            load.documents_read <> coalesce(documents.documents_read, 0)
            or load.articles_loaded <> coalesce(documents.articles_loaded, 0)
            or load.duplicates <> coalesce(documents.duplicates, 0)
            or load.rejected <> coalesce(documents.rejected, 0)
            or load.claims <> coalesce(facts.claims, 0)
            or load.figures <> coalesce(facts.figures, 0)
            or load.dates <> coalesce(facts.dates, 0)
            or load.locations <> coalesce(facts.locations, 0)
            or load.event_mentions <> coalesce(facts.event_mentions, 0)
        )

{% endtest %}
