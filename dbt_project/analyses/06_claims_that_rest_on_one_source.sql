-- 6. Claims that many articles carry and one publisher or agency stands behind
-- place varchar: name of the place; null for every place
-- topic varchar: a code of the list topic; null for every topic
-- articles bigint: least number of articles; null for two
-- since date: first day of the last mention; null for no limit
-- until date: last day of the first mention; null for no limit
with

asked as (
    select
        cast($place as varchar) as place,
        cast($topic as varchar) as topic,
        coalesce(cast($articles as bigint), 2) as articles,
        cast($since as date) as since,
        cast($until as date) as until
)

select
    statement.place,
    statement.topic,
    statement.polarity,
    statement.speaker_name,
    statement.week_start_date,
    statement.article_count,
    statement.publisher_count,
    statement.independent_publisher_count,
    article.agency,
    article.publisher as first_publisher,
    statement.first_published_date,
    statement.last_published_date,
    claim.content as first_words,
    coalesce(article.url, article.uri) as link,
    statement.first_claim_id as claim_id
from claim_groups as statement
inner join asked
    on
        (asked.place is null or lower(statement.place) = lower(asked.place))
        and (asked.topic is null or statement.topic = asked.topic)
        and statement.article_count >= asked.articles
        and (asked.since is null or statement.last_published_date >= asked.since)
        and (asked.until is null or statement.first_published_date <= asked.until)
inner join fct_claims as claim on statement.first_claim_id = claim.claim_id
inner join dim_article_versions as article on claim.article_version_id = article.article_version_id
where statement.independent_publisher_count = 1
order by statement.article_count desc, statement.last_published_date desc, statement.claim_group_id
