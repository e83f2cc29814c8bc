{{ config(
    unique_key='article_version_id',
    merge_update_columns=[
        'version_number', 'change_kind', 'superseded_at', 'superseded_by_load_id', 'superseded_by_version_id',
        'is_current'
    ]
) }}

{#
  Versions of an article follow each other by the moment that each stands for, version_at; of one moment the one that
  was read last is the newest. One that is read late, and is older than what was there, was never current: it ends
  when it begins.
#}
with

documents as (
    select
        article_version_id,
        min(fetched_at) as fetched_at
    from {{ ref('stg_landing__documents') }}
    where outcome = 'loaded'
    group by article_version_id
),

landed as (
    select
        article.article_id,
        article.article_version_id,
        article.text_sha256,
        article.source,
        article.uri,
        article.url,
        article.publisher,
        article.publisher_country,
        article.publisher_side,
        article.author,
        article.agency,
        article.title,
        article.text,
        article.char_count,
        article.language,
        article.published_date,
        article.published_date_source,
        article.modified_at,
        coalesce(article.version_at, article.recorded_at) as version_at,
        article.dateline_place,
        article.change_kind,
        article.copy_group_id,
        article.copy_of_version_id,
        article.copy_kind,
        article.copy_share,
        article.warnings,
        article.load_id,
        article.recorded_at,
        documents.fetched_at
    from {{ ref('stg_landing__articles') }} as article
    left join documents on article.article_version_id = documents.article_version_id
),

all_versions as (
    select * from landed
    {%- if is_incremental() %}
    union all
    select
        article_id,
        article_version_id,
        text_sha256,
        source,
        uri,
        url,
        publisher,
        publisher_country,
        publisher_side,
        author,
        agency,
        title,
        text,
        char_count,
        language,
        published_date,
        published_date_source,
        modified_at,
        version_at,
        dateline_place,
        change_kind,
        copy_group_id,
        copy_of_version_id,
        copy_kind,
        copy_share,
        warnings,
        load_id,
        recorded_at,
        fetched_at
    from {{ this }}
    where
        article_id in (select article_id from landed)
        and article_version_id not in (select article_version_id from landed)
    {%- endif %}
),

{# of every group that a text here belongs to, the text that came first #}
first_of_group as (
    select
        article_version_id,
        article_id,
        publisher,
        agency
    from landed
    {%- if is_incremental() %}
    union all
    select
        article_version_id,
        article_id,
        publisher,
        agency
    from {{ this }}
    where
        article_version_id in (select copy_group_id from all_versions)
        and article_version_id not in (select article_version_id from landed)
    {%- endif %}
),

numbered as (
    select
        *,
        cast(row_number() over (
            partition by article_id
            order by
                coalesce(version_at, recorded_at), recorded_at, load_id, fetched_at nulls first,
                case when change_kind = 'new' then 0 else 1 end, modified_at nulls first, length(uri), uri,
                article_version_id
        ) as bigint) as version_number
    from all_versions
),

{# what was recorded first of all that comes after a version ends it #}
followed as (
    select
        *,
        min(recorded_at) over following as followed_at,
        min(load_id) over following as followed_by_load_id,
        lead(article_version_id) over (partition by article_id order by version_number) as followed_by_version_id
    from numbered
    window following as (
        partition by article_id order by version_number rows between 1 following and unbounded following
    )
)

select
    version.article_version_id,
    version.article_id,
    version.version_number,
    {# one that came before it may have been read after it #}
    case
        when version.version_number > 1 and version.change_kind = 'new' then 'edited' else version.change_kind
    end as change_kind,
    version.source,
    version.uri,
    version.url,
    {{ publisher_id('version.publisher') }} as publisher_id,
    version.publisher,
    version.publisher_country,
    version.publisher_side,
    version.author,
    version.agency,
    version.title,
    version.text,
    version.text_sha256,
    version.char_count,
    version.language,
    version.published_date,
    version.published_date_source,
    version.modified_at,
    version.version_at,
    version.dateline_place,
    version.copy_group_id,
    version.copy_of_version_id,
    version.copy_kind,
    version.copy_share,
    {{ origin_id('version', 'first_text') }} as origin_id,
    version.warnings,
    version.fetched_at,
    version.load_id,
    version.recorded_at,
    case
        when version.followed_at is not null then greatest(version.followed_at, version.recorded_at)
    end as superseded_at,
    case
        when version.followed_at is not null then greatest(version.followed_by_load_id, version.load_id)
    end as superseded_by_load_id,
    version.followed_by_version_id as superseded_by_version_id,
    version.followed_at is null as is_current
from followed as version
left join first_of_group as first_text on version.copy_group_id = first_text.article_version_id
