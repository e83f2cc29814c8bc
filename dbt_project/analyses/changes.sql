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
        coalesce(cast($most as bigint), 20) as most
),

-- texts that came in since then: what was only extracted anew is no news
new_versions as (
    select version.article_version_id
    from dim_article_versions as version
    inner join asked on version.recorded_at >= asked.since_at
),

-- events of which no text was known before
unknown_events as (
    select
        event.rowid as event_row,
        event.event_id,
        event.origin_count,
        event.first_published_date
    from events as event
    where
        event.first_recorded_at >= (select since_at from asked)
        and ($place is null or lower(event.place) = lower($place))
        and event.place_precision <= 4
        and not event.is_state
        and event.is_actual
),

-- those that are shown, the most told first; only these few are read
first_events as materialized (
    select event_row
    from unknown_events
    order by origin_count desc, first_published_date desc nulls last, event_id
    limit coalesce(cast($most as bigint), 20)
),

new_events as materialized (
    select
        event.event_id,
        event.place_id,
        event.place,
        event.kind,
        event.first_date,
        event.article_count,
        event.origin_count,
        event.dispute_count,
        row_number() over (
            order by event.origin_count desc, event.first_published_date desc nulls last, event.event_id
        ) as place_in_sort,
        (select count(*) from unknown_events) as of_sort
    from events as event
    where event.rowid in (select event_row from first_events)
),

-- the mentions that tell of them
new_members as materialized (
    select
        member.event_id,
        member.event_mention_id
    from event_members as member
    where member.event_id in (select event.event_id from new_events as event)
),

new_relations as (
    select
        relation.rowid as relation_row,
        relation.relation_id,
        relation.event_id,
        relation.later_claim_id,
        relation.later_version_id,
        relation.later_start,
        relation.later_published_date,
        relation.earlier_published_date,
        relation.confidence
    from relations as relation
    where
        relation.kind in ('contradicts', 'denies')
        and (
            relation.later_version_id in (select article_version_id from new_versions)
            or relation.earlier_version_id in (select article_version_id from new_versions)
        )
),

denials as (
    select
        claim.claim_id,
        claim.topic
    from fct_claims as claim
    where claim.claim_id in (select relation.later_claim_id from new_relations as relation where relation.event_id is null)
),

answers as (
    select
        relation.relation_row,
        event.place,
        event.kind,
        event.first_date,
        case when event.place is not null then 1 else 0 end + relation.confidence as weight,
        relation.later_published_date,
        relation.event_id,
        relation.later_start,
        -- one statement is a denial of several: it is told once
        row_number() over (
            partition by relation.later_version_id, relation.later_start
            order by relation.confidence desc, relation.earlier_published_date, relation.relation_id
        ) as place_in_statement
    from new_relations as relation
    left join events as event on relation.event_id = event.event_id
    left join denials as denial on relation.later_claim_id = denial.claim_id
    -- of denials that are of no event those that are of the matters that the warehouse is about
    where relation.event_id is not null or denial.topic <> 'other'
),

told_answers as (
    select
        answer.*,
        row_number() over (
            order by answer.weight desc, answer.later_published_date desc, answer.event_id, answer.later_start
        ) as place_in_sort,
        count(*) over () as of_sort
    from answers as answer
    where answer.place_in_statement = 1 and ($place is null or lower(answer.place) = lower($place))
),

tolls as (
    select
        step.rowid as step_row,
        step.event_mention_id,
        series.place,
        series.event_kind,
        series.event_first_date,
        row_number() over (
            order by abs(step.best_delta) desc, step.published_date desc, step.event_id, step.figure_revision_id
        ) as place_in_sort,
        count(*) over () as of_sort
    from figure_revisions as step
    inner join figure_series as series on step.figure_series_id = series.figure_series_id
    where
        step.revision in ('raised', 'lowered', 'corrected')
        and ($place is null or lower(series.place) = lower($place))
        and step.article_version_id in (select article_version_id from new_versions)
),

told_tolls as materialized (
    select toll.*
    from tolls as toll
    inner join asked on toll.place_in_sort <= asked.most
),

-- found by their ids alone, and only then read: they are few of many
mention_rows as (
    select mention.rowid as mention_row
    from fct_event_mentions as mention
    where
        mention.event_mention_id in (
            select member.event_mention_id from new_members as member
            union
            select toll.event_mention_id from told_tolls as toll
        )
),

mentions as materialized (
    select mention.*
    from fct_event_mentions as mention
    where mention.rowid in (select mention_row from mention_rows)
),

-- the new events with the statement that tells of each first, of those that name its kind and its place
told_events as (
    select
        event.*,
        mention.voice_name,
        mention.article_version_id,
        mention.statement_start,
        mention.statement_end,
        mention.published_date,
        mention.claim_id,
        row_number() over (
            partition by event.event_id
            order by
                mention.polarity = 'negative', mention.kind <> event.kind,
                mention.place_id is distinct from event.place_id, mention.claim_id is null, mention.published_date,
                mention.char_start, mention.event_mention_id
        ) as place_in_event
    from new_events as event
    inner join new_members as member on event.event_id = member.event_id
    inner join mentions as mention on member.event_mention_id = mention.event_mention_id
    where mention.is_current and mention.realis = 'actual'
),

held_before as (
    select distinct
        said.place_id,
        said.holder,
        said.is_holding
    from control_timeline as said
    left join new_versions as version on said.article_version_id = version.article_version_id
    where version.article_version_id is null
),

-- a holder of a place that nobody had named before, or had said to hold it no more
holders as (
    select
        said.rowid as said_row,
        said.event_id,
        said.statement_start,
        said.published_date,
        row_number() over (
            partition by said.place_id, said.holder, said.is_holding
            order by said.published_date, said.statement_start, said.control_id
        ) as place_in_holding
    from control_timeline as said
    where
        said.extent = 'whole'
        and ($place is null or lower(said.place) = lower($place))
        and said.place_precision <= 4
        -- a side, not a body that is known by its key
        and not contains(said.holder, ':')
        and said.article_version_id in (select article_version_id from new_versions)
        and not exists (
            select 1
            from held_before as before
            where before.place_id = said.place_id and before.holder = said.holder and before.is_holding = said.is_holding
        )
),

told_holders as (
    select
        holder.*,
        row_number() over (
            order by holder.published_date desc, holder.event_id, holder.statement_start
        ) as place_in_sort,
        count(*) over () as of_sort
    from holders as holder
    where holder.place_in_holding = 1
),

shown as (
    select
        1 as sort,
        'new event' as what,
        place,
        kind,
        first_date as event_date,
        voice_name as who,
        concat(
            article_count, case when article_count = 1 then ' article, ' else ' articles, ' end,
            origin_count, case when origin_count = 1 then ' origin' else ' origins' end,
            case when dispute_count > 0 then ', disputed' else '' end
        ) as detail,
        article_version_id,
        statement_start,
        statement_end,
        published_date,
        event_id,
        claim_id,
        place_in_sort,
        of_sort
    from told_events
    where place_in_event = 1
    union all
    select
        2 as sort,
        relation.kind as what,
        answer.place,
        coalesce(answer.kind, relation.axis) as kind,
        answer.first_date as event_date,
        coalesce(relation.later_voice, relation.later_publisher) as who,
        concat('against ', coalesce(relation.earlier_voice, relation.earlier_publisher), ': ', relation.earlier_words)
            as detail,
        relation.later_version_id as article_version_id,
        relation.later_start as statement_start,
        relation.later_end as statement_end,
        relation.later_published_date as published_date,
        relation.event_id,
        relation.later_claim_id as claim_id,
        answer.place_in_sort,
        answer.of_sort
    from told_answers as answer
    inner join asked on answer.place_in_sort <= asked.most
    inner join relations as relation on answer.relation_row = relation.rowid
    union all
    select
        3 as sort,
        concat('toll ', step.revision) as what,
        toll.place,
        toll.event_kind as kind,
        toll.event_first_date as event_date,
        step.voice as who,
        concat(
            step.role, ' ', step.thing, ': ', cast(cast(step.previous_best as bigint) as varchar), ' to ',
            cast(cast(step.best as bigint) as varchar)
        ) as detail,
        step.article_version_id,
        mention.statement_start,
        mention.statement_end,
        step.published_date,
        step.event_id,
        step.claim_id,
        toll.place_in_sort,
        toll.of_sort
    from told_tolls as toll
    inner join figure_revisions as step on toll.step_row = step.rowid
    inner join mentions as mention on toll.event_mention_id = mention.event_mention_id
    union all
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
        said.event_id,
        said.claim_id,
        holder.place_in_sort,
        holder.of_sort
    from told_holders as holder
    inner join asked on holder.place_in_sort <= asked.most
    inner join control_timeline as said on holder.said_row = said.rowid
)

select
    shown.what,
    shown.place,
    shown.kind,
    shown.event_date,
    shown.who,
    shown.detail,
    substring(
        article.text, cast(shown.statement_start as integer) + 1,
        cast(shown.statement_end - shown.statement_start as integer)
    ) as words,
    article.publisher,
    shown.published_date,
    shown.of_sort,
    coalesce(article.url, article.uri) as link,
    shown.event_id,
    shown.claim_id,
    shown.article_version_id,
    shown.statement_start,
    shown.statement_end
from shown
inner join dim_article_versions as article on shown.article_version_id = article.article_version_id
order by shown.sort, shown.place_in_sort
