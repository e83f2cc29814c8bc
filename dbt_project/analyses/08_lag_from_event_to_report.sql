-- 8. How long from the event to the report, by publisher, and how many dates are exact to the month only
-- publisher varchar: name of the publisher; null for every publisher
-- kind varchar: a code of the list event_kind; null for every kind
-- since date: first day of publication; null for no limit
-- until date: last day of publication; null for no limit
with

asked as (
    select
        cast($publisher as varchar) as publisher,
        cast($kind as varchar) as kind,
        cast($since as date) as since,
        cast($until as date) as until
),

-- each event once an article, by the day that the text itself gives it
dated as (
    select
        mention.publisher,
        mention.article_id,
        member.event_id,
        date_diff('day', mention.last_date, mention.published_date) as lag_days,
        date_diff('day', mention.first_date, mention.last_date) >= 27 as is_month_exact,
        -- what is told more than a year later is history, or a matter of the courts
        date_diff('day', mention.last_date, mention.published_date) > 365 as is_past
    from event_members as member
    inner join fct_event_mentions as mention on member.event_mention_id = mention.event_mention_id
    inner join asked
        on
            (asked.publisher is null or lower(mention.publisher) = lower(asked.publisher))
            and (asked.kind is null or mention.kind = asked.kind)
            and (asked.since is null or mention.published_date >= asked.since)
            and (asked.until is null or mention.published_date <= asked.until)
    where
        mention.is_current
        and mention.realis = 'actual'
        and mention.kind <> 'hold'
        and mention.time_rule = 'linked'
        and mention.last_date <= mention.published_date
    qualify row_number() over (
        partition by mention.article_id, member.event_id
        order by mention.last_date - mention.first_date, mention.char_start, mention.event_mention_id
    ) = 1
),

lags as (
    select
        *,
        not is_month_exact and not is_past as is_counted
    from dated
)

select
    publisher,
    count(*) filter (where is_counted) as dated_events,
    count(distinct article_id) filter (where is_counted) as article_count,
    min(lag_days) filter (where is_counted) as shortest_lag_days,
    round(median(lag_days) filter (where is_counted), 1) as median_lag_days,
    quantile_disc(lag_days, 0.9) filter (where is_counted) as lag_days_of_nine_in_ten,
    count(*) filter (where is_month_exact and not is_past) as month_exact_events,
    count(*) filter (where is_past) as events_of_over_a_year_ago
from lags
group by publisher
order by dated_events desc, publisher
