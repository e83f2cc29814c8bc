-- 6. Events that many articles tell of and one publisher or agency stands behind
-- place varchar: name of the place; null for every place
-- kind varchar: a code of the list event_kind; null for every kind
-- articles bigint: least number of articles; null for two
-- since date: first day of the last mention; null for no limit
-- until date: last day of the first mention; null for no limit
with

asked as (
    select
        cast($place as varchar) as place,
        cast($kind as varchar) as kind,
        coalesce(cast($articles as bigint), 2) as articles,
        cast($since as date) as since,
        cast($until as date) as until
),

-- the events that are meant, before their mentions are read: they are few of many
meant as materialized (
    select event.*
    from events as event
    inner join asked
        on
            (asked.place is null or lower(event.place) = lower(asked.place))
            and (asked.kind is null or event.kind = asked.kind)
            and event.article_count >= asked.articles
            and (asked.since is null or event.last_published_date >= asked.since)
            and (asked.until is null or event.first_published_date <= asked.until)
    where event.origin_count = 1 and not event.is_state
),

members as materialized (
    select
        member.event_id,
        member.event_mention_id
    from event_members as member
    where member.event_id in (select meant.event_id from meant)
),

-- who told of it first
first_told as (
    select
        member.event_id,
        mention.claim_id,
        mention.voice_name,
        mention.publisher,
        mention.article_version_id,
        mention.statement_start,
        mention.statement_end,
        row_number() over (
            partition by member.event_id
            order by mention.published_date, mention.article_version_id, mention.char_start
        ) as place_in_event
    from members as member
    inner join fct_event_mentions as mention on member.event_mention_id = mention.event_mention_id
    where mention.is_current
)

select
    event.place,
    event.kind,
    event.first_date as event_date,
    event.agent,
    event.target,
    event.article_count,
    event.publisher_count,
    event.voice_count,
    event.origin_count,
    article.agency,
    first_told.publisher as first_publisher,
    first_told.voice_name as first_voice,
    event.first_published_date,
    event.last_published_date,
    substring(
        article.text, cast(first_told.statement_start as integer) + 1,
        cast(first_told.statement_end - first_told.statement_start as integer)
    ) as first_words,
    coalesce(article.url, article.uri) as link,
    event.event_id,
    first_told.claim_id
from meant as event
inner join first_told on event.event_id = first_told.event_id and first_told.place_in_event = 1
inner join dim_article_versions as article on first_told.article_version_id = article.article_version_id
order by event.article_count desc, event.last_published_date desc, event.event_id
