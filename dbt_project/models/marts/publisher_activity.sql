{{ config(materialized='table') }}

{#
  What each publisher gave, week by week, also where it was nothing, against the four weeks before.
  Worked out anew each time: a week that nobody wrote in concerns every publisher.
#}
with

articles as (
    select
        publisher_id,
        publisher,
        source,
        published_date,
        published_date_source,
        char_count,
        copy_kind,
        {{ week_start('published_date') }} as week_start_date
    from {{ ref('dim_article_versions') }}
    where is_current and publisher_id is not null and published_date is not null
),

weekly as (
    select
        publisher_id,
        week_start_date,
        count(*) as article_count,
        count(distinct source) as source_count,
        count(distinct published_date) as day_count,
        avg(char_count) as mean_char_count,
        count(case when copy_kind is not null then 1 end) as copy_count,
        count(case when published_date_source = 'file' then 1 end) as undated_count
    from articles
    group by publisher_id, week_start_date
),

publishers as (
    select
        publisher_id,
        min(publisher) as publisher,
        min(week_start_date) as first_week
    from articles
    group by publisher_id
),

last_weeks as (
    select max(week_start_date) as last_week from articles
),

weeks as (
    select
        publishers.publisher_id,
        publishers.publisher,
        calendar.date_day as week_start_date
    from publishers
    cross join last_weeks
    inner join {{ ref('dim_calendar') }} as calendar
        on calendar.day_of_week = 1 and calendar.date_day between publishers.first_week and last_weeks.last_week
),

activity as (
    select
        weeks.publisher_id,
        weeks.publisher,
        weeks.week_start_date,
        coalesce(weekly.article_count, 0) as article_count,
        coalesce(weekly.source_count, 0) as source_count,
        coalesce(weekly.day_count, 0) as day_count,
        coalesce(weekly.copy_count, 0) as copy_count,
        coalesce(weekly.undated_count, 0) as undated_count,
        weekly.mean_char_count,
        avg(coalesce(weekly.article_count, 0)) over before as mean_article_count_before,
        avg(weekly.mean_char_count) over before as mean_char_count_before,
        count(*) over before as weeks_before
    from weeks
    left join weekly
        on weeks.publisher_id = weekly.publisher_id and weeks.week_start_date = weekly.week_start_date
    window before as (
        partition by weeks.publisher_id order by weeks.week_start_date rows between 4 preceding and 1 preceding
    )
)

select
    {{ identity(['publisher_id', 'week_start_date']) }} as publisher_week_id,
    publisher_id,
    publisher,
    week_start_date,
    {{ iso_week('week_start_date') }} as iso_week,
    article_count,
    source_count,
    day_count,
    copy_count,
    undated_count,
    mean_char_count,
    mean_article_count_before,
    mean_char_count_before,
    case
        when weeks_before < 2 then 'new'
        when article_count = 0 and mean_article_count_before > 0 then 'quiet'
        when article_count = 0 then 'silent'
        when mean_article_count_before = 0 then 'back'
        when mean_article_count_before >= 2 and article_count < 0.5 * mean_article_count_before then 'less'
        when article_count >= 4 and article_count > 2 * mean_article_count_before then 'more'
        when
            article_count >= 2
            and (mean_char_count < 0.5 * mean_char_count_before or mean_char_count > 2 * mean_char_count_before)
            then 'other_length'
        else 'steady'
    end as activity
from activity
