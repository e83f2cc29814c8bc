-- 8. How long from the event to the report, by publisher, and how many dates are exact to the month only
-- publisher varchar: name of the publisher; null for every publisher
-- topic varchar: a code of the list topic; null for every topic
-- since date: first day of publication; null for no limit
-- until date: last day of publication; null for no limit
with

asked as (
    select
        cast($publisher as varchar) as publisher,
        cast($topic as varchar) as topic,
        cast($since as date) as since,
        cast($until as date) as until
),

dated as (
    select
        claim.publisher,
        claim.claim_id,
        mention.end_date,
        claim.published_date,
        mention.granularity,
        date_diff('day', mention.end_date, claim.published_date) as lag_days,
        mention.start_date <> mention.end_date and mention.granularity in ('month', 'season', 'quarter', 'year')
            as is_month_exact
    from fct_claims as claim
    inner join asked
        on
            (asked.publisher is null or lower(claim.publisher) = lower(asked.publisher))
            and (asked.topic is null or claim.topic = asked.topic)
            and (asked.since is null or claim.published_date >= asked.since)
            and (asked.until is null or claim.published_date <= asked.until)
    inner join bridge_claim_dates as bridge on claim.claim_id = bridge.claim_id
    inner join fct_dates as mention on bridge.date_id = mention.date_id
    where claim.is_current and bridge.role = 'event' and mention.timex_type in ('DATE', 'TIME') and mention.end_date <= claim.published_date
)

select
    publisher,
    count(distinct claim_id) as dated_claims,
    min(lag_days) filter (where not is_month_exact) as shortest_lag_days,
    median(lag_days) filter (where not is_month_exact) as median_lag_days,
    quantile_cont(lag_days, 0.9) filter (where not is_month_exact) as lag_days_of_nine_in_ten,
    count(*) filter (where is_month_exact) as month_exact_dates,
    count(*) as dates
from dated
group by publisher
order by median_lag_days nulls last, publisher
