{{ config(unique_key='extraction_id', merge_update_columns=closing_columns()) }}
-- depends_on: {{ ref('int_new_loads') }}

{#
  What closes an extraction, and with it its facts: the next version of its article, or the next
  extraction of the same version that did not fail, whichever was recorded first.
#}
with

landed as (
    select
        extraction_id,
        article_version_id,
        extractor_version,
        claim_count,
        figure_count,
        date_count,
        location_count,
        event_count,
        error,
        load_id,
        recorded_at
    from {{ ref('stg_landing__extractions') }}
),

extractions as (
    select * from landed
    {%- if is_incremental() %}
    union all
    select
        extraction_id,
        article_version_id,
        extractor_version,
        claim_count,
        figure_count,
        date_count,
        location_count,
        event_count,
        error,
        load_id,
        recorded_at
    from {{ this }}
    where
        extraction_id not in (select extraction_id from landed)
        and article_version_id in (
            select article_version_id from landed
            union
            select article_version_id from {{ ref('dim_article_versions') }}
            where superseded_by_load_id in (select load_id from {{ ref('int_new_loads') }})
        )
    {%- endif %}
),

closings as (
    select
        extraction.extraction_id,
        version.superseded_at as closed_at,
        version.superseded_by_load_id as closed_by_load_id
    from extractions as extraction
    inner join {{ ref('dim_article_versions') }} as version
        on extraction.article_version_id = version.article_version_id
    where version.superseded_at is not null
    union all
    select
        extraction.extraction_id,
        newer.recorded_at as closed_at,
        newer.load_id as closed_by_load_id
    from extractions as extraction
    inner join extractions as newer
        on
            extraction.article_version_id = newer.article_version_id
            and (
                extraction.recorded_at < newer.recorded_at
                or (extraction.recorded_at = newer.recorded_at and extraction.load_id < newer.load_id)
            )
    where newer.error is null
),

first_closings as (
    select
        extraction_id,
        closed_at,
        closed_by_load_id,
        row_number() over (partition by extraction_id order by closed_at, closed_by_load_id) as closing_number
    from closings
)

select
    extraction.extraction_id,
    extraction.article_version_id,
    extraction.extractor_version,
    extraction.claim_count,
    extraction.figure_count,
    extraction.date_count,
    extraction.location_count,
    extraction.event_count,
    extraction.error,
    extraction.load_id,
    extraction.recorded_at,
    {# a text read again after it was superseded yields facts that were never current #}
    case
        when first_closing.closed_at is not null
            then greatest(first_closing.closed_at, extraction.recorded_at)
    end as superseded_at,
    case
        when first_closing.closed_at is not null
            then greatest(first_closing.closed_by_load_id, extraction.load_id)
    end as superseded_by_load_id,
    first_closing.extraction_id is null as is_current
from extractions as extraction
left join first_closings as first_closing
    on extraction.extraction_id = first_closing.extraction_id and first_closing.closing_number = 1
