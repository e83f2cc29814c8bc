-- 1. Who is said to hold a place, week by week, with the first words and their source
-- place varchar: name of the place; null for every place
-- side varchar: code of the side whose voices say it; null for every side
-- since date: first day; null for no limit
-- until date: last day; null for no limit
with

asked as (
    select
        cast($place as varchar) as place,
        cast($side as varchar) as side,
        cast($since as date) as since,
        cast($until as date) as until
),

statements as (
    select
        said.*,
        row_number() over (
            partition by said.place_id, said.week_start_date, said.holder, said.is_holding, said.voice_side
            order by said.published_date, said.article_version_id, said.statement_start
        ) as statement_number
    from control_timeline as said
    inner join asked
        on
            (asked.place is null or lower(said.place) = lower(asked.place))
            and (asked.side is null or said.voice_side = upper(asked.side))
            and (asked.since is null or said.week_start_date + 6 >= asked.since)
            and (asked.until is null or said.week_start_date <= asked.until)
    -- a country is held by nobody and by all who are in it, unless it is asked for
    where said.extent = 'whole' and (asked.place is not null or said.place_precision < 6)
),

weeks as (
    select
        place_id,
        place,
        week_start_date,
        iso_week,
        holder,
        is_holding,
        voice_side,
        min(case when statement_number = 1 then coalesce(holder_name, holder) end) as holder_name,
        count(*) as statement_count,
        count(distinct origin) as origin_count,
        min(case when statement_number = 1 then control_id end) as first_control_id
    from statements
    group by all
)

select
    weeks.place,
    weeks.iso_week,
    weeks.holder_name,
    case when not contains(weeks.holder, ':') then weeks.holder end as holder,
    weeks.is_holding,
    weeks.voice_side as said_by_side,
    weeks.statement_count,
    weeks.origin_count,
    first_said.voice as first_voice,
    substring(
        article.text, cast(first_said.statement_start as integer) + 1,
        cast(first_said.statement_end - first_said.statement_start as integer)
    ) as first_words,
    first_said.publisher as first_publisher,
    first_said.published_date as first_published_date,
    coalesce(article.url, article.uri) as link,
    first_said.claim_id
from weeks
inner join control_timeline as first_said on weeks.first_control_id = first_said.control_id
inner join dim_article_versions as article on first_said.article_version_id = article.article_version_id
order by
    weeks.place, weeks.week_start_date, weeks.holder, weeks.is_holding desc, weeks.voice_side
