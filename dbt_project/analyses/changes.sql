-- changes. What is new since a day: events, denials, changed tolls, who is said to hold a place
-- since date: first day on which articles were taken in; null for the newest load
-- place varchar: name of the place; null for every place
-- most bigint: most rows of each sort; null for 20
with

asked as (
    select
        coalesce(
            cast(cast($since as date) as timestamp),
            (select max(load.recorded_at) from ops_loads as load where load.kind = 'ingest' and load.articles_loaded > 0)
        ) as since_at,
        cast($place as varchar) as place,
        coalesce(cast($most as bigint), 20) as most
),

-- texts that came in since then: what was only extracted anew is no news
new_versions as (
    select
        version.article_version_id,
        version.article_id
    from dim_article_versions as version
    inner join asked on version.recorded_at >= asked.since_at
),

-- events of which no text was known before, the most told first
new_events as (
    select
        event.*,
        member.event_mention_id,
        row_number() over (
            partition by event.event_id
            order by mention.claim_id is null, mention.published_date, mention.char_start, mention.event_mention_id
        ) as place_in_event
    from events as event
    inner join event_members as member on event.event_id = member.event_id
    inner join fct_event_mentions as mention on member.event_mention_id = mention.event_mention_id
    where
        event.place_precision <= 4
        and event.event_id not in (
            select known.event_id
            from event_members as known
            inner join fct_event_mentions as other on known.event_mention_id = other.event_mention_id
            where other.article_version_id not in (select article_version_id from new_versions)
        )
        and mention.is_current
        and mention.realis = 'actual'
        and not event.is_state
),

rows_of_all as (
    select
        1 as sort,
        'new event' as what,
        event.place,
        event.kind,
        event.first_date as event_date,
        mention.voice_name as who,
        concat(event.article_count, case when event.article_count = 1 then ' article, ' else ' articles, ' end,
            event.origin_count, case when event.origin_count = 1 then ' origin' else ' origins' end,
            case when event.dispute_count > 0 then ', disputed' else '' end) as detail,
        mention.article_version_id,
        mention.statement_start,
        mention.statement_end,
        mention.published_date,
        event.origin_count as weight,
        event.event_id,
        mention.claim_id
    from new_events as event
    inner join fct_event_mentions as mention on event.event_mention_id = mention.event_mention_id
    where event.place_in_event = 1
    union all
    select
        2 as sort,
        relation.kind as what,
        event.place,
        coalesce(event.kind, relation.axis) as kind,
        event.first_date as event_date,
        coalesce(relation.later_voice, relation.later_publisher) as who,
        concat('against ', coalesce(relation.earlier_voice, relation.earlier_publisher), ': ', relation.earlier_words)
            as detail,
        relation.later_version_id as article_version_id,
        relation.later_start as statement_start,
        relation.later_end as statement_end,
        relation.later_published_date as published_date,
        case when event.place is not null then 1 else 0 end + relation.confidence as weight,
        relation.event_id,
        relation.later_claim_id as claim_id
    from relations as relation
    left join events as event on relation.event_id = event.event_id
    left join fct_claims as denial on relation.later_claim_id = denial.claim_id
    where
        relation.kind in ('contradicts', 'denies')
        -- of denials that are of no event those that are of the matters that the warehouse is about
        and (relation.event_id is not null or denial.topic <> 'other')
        and (
            relation.later_version_id in (select article_version_id from new_versions)
            or relation.earlier_version_id in (select article_version_id from new_versions)
        )
    -- one statement is a denial of several: it is told once
    qualify row_number() over (
        partition by relation.later_version_id, relation.later_start
        order by relation.confidence desc, relation.earlier_published_date, relation.relation_id
    ) = 1
    union all
    select
        3 as sort,
        concat('toll ', step.revision) as what,
        series.place,
        series.event_kind as kind,
        series.event_first_date as event_date,
        step.voice as who,
        concat(
            step.role, ' ', step.thing, ': ', cast(cast(step.previous_best as bigint) as varchar), ' to ',
            cast(cast(step.best as bigint) as varchar)
        ) as detail,
        step.article_version_id,
        mention.statement_start,
        mention.statement_end,
        step.published_date,
        abs(step.best_delta) as weight,
        step.event_id,
        step.claim_id
    from figure_revisions as step
    inner join figure_series as series on step.figure_series_id = series.figure_series_id
    inner join fct_event_mentions as mention on step.event_mention_id = mention.event_mention_id
    where
        step.revision in ('raised', 'lowered', 'corrected')
        and step.article_version_id in (select article_version_id from new_versions)
    union all
    -- a holder of a place that nobody had named before, or had said to hold it no more
    select
        4 as sort,
        case when said.is_holding then 'holds' else 'holds not' end as what,
        said.place,
        said.kind,
        said.last_date as event_date,
        said.voice as who,
        concat(
            case when said.is_holding then 'held by ' else 'not held by ' end,
            coalesce(said.holder_name, said.holder)
        ) as detail,
        said.article_version_id,
        said.statement_start,
        said.statement_end,
        said.published_date,
        epoch(cast(said.published_date as timestamp)) as weight,
        said.event_id,
        said.claim_id
    from control_timeline as said
    where
        said.extent = 'whole'
        and said.place_precision <= 4
        -- a side, not a body that is known by its key
        and not contains(said.holder, ':')
        and said.article_version_id in (select article_version_id from new_versions)
        and not exists (
            select 1
            from control_timeline as before
            where
                before.place_id = said.place_id
                and before.holder = said.holder
                and before.is_holding = said.is_holding
                and before.article_version_id not in (select article_version_id from new_versions)
        )
    qualify row_number() over (
        partition by said.place_id, said.holder, said.is_holding
        order by said.published_date, said.statement_start, said.control_id
    ) = 1
),

counted as (
    select
        found.*,
        row_number() over (
            partition by found.sort
            order by found.weight desc, found.published_date desc, found.event_id, found.statement_start
        ) as place_in_sort,
        count(*) over (partition by found.sort) as of_sort
    from rows_of_all as found
    inner join asked on asked.place is null or lower(found.place) = lower(asked.place)
)

select
    counted.what,
    counted.place,
    counted.kind,
    counted.event_date,
    counted.who,
    counted.detail,
    substring(
        article.text, cast(counted.statement_start as integer) + 1,
        cast(counted.statement_end - counted.statement_start as integer)
    ) as words,
    article.publisher,
    counted.published_date,
    counted.of_sort,
    coalesce(article.url, article.uri) as link,
    counted.event_id,
    counted.claim_id
from counted
inner join asked on counted.place_in_sort <= asked.most
inner join dim_article_versions as article on counted.article_version_id = article.article_version_id
order by counted.sort, counted.place_in_sort
