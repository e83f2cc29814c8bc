"""Every statement of a briefing, each complete in itself.

Belongs here: SQL over the claims in scope (``selected``). Does not belong here: running it, and
what is made of the rows (``data``).
"""

from __future__ import annotations

from claimhouse.briefing.scope import Scope, literal
from claimhouse.questions import question

# more rows than a page opens quickly with; the rest is a query away, and the page says so
MOST_CLAIMS = 5_000
MOST_CONTRADICTIONS = 24
MOST_EVENTS = 200
# of one event
_MOST_TOLD = 6
_MOST_DISPUTES = 5
# characters of a statement that says something by itself
_LEAST_WORDS = 30
# of each sort
_MOST_CHANGES = 5

_COUNTS = """
select
  count(*) as claims,
  count(distinct coalesce(claim.actor_id, claim.speaker_name)) as speakers,
  count(*) filter (claim.speaker_name is null) as unattributed,
  count(distinct claim.article_id) as articles,
  count(distinct claim.publisher_id) as publishers,
  (
    select count(distinct origin)
    from (
      -- of the articles alone: copies of one text, and what one agency is credited with, have one origin
      select min(article.origin_id) over (partition by article.copy_group_id) as origin
      from dim_articles as article
      where article.article_id in (
        select told.article_id from fct_claims as told where told.claim_id in (select claim_id from selected)
      )
    )
  ) as independent,
  count(distinct claim.speaker_side) as sides,
  count(*) filter (claim.polarity = 'negative') as negative,
  count(*) filter (claim.stance = 'disputed') as disputed,
  (
    select count(distinct figure_id)
    from bridge_claim_figures
    where is_current and claim_id in (select claim_id from selected)
  ) as figures,
  (select count(*) from fct_claims where is_current and published_date is null) as undated
from fct_claims as claim
where claim.claim_id in (select claim_id from selected)
"""

_CLAIMS = """
select
  claim.claim_id, claim.published_date, claim.publisher, article.title, article.url, claim.speaker_name,
  claim.speaker_exact, claim.speaker_side, claim.cue_exact, claim.content, claim.polarity, claim.stance,
  claim.topic, claim.depth,
  (
    select list(distinct {'id': location.place_id, 'name': coalesce(location.place, location.exact)})
    from bridge_claim_locations as bridge
    inner join fct_locations as location using (location_id)
    where bridge.claim_id = claim.claim_id and bridge.is_current and bridge.role = 'event'
  ) as places
from fct_claims as claim
inner join dim_article_versions as article using (article_version_id)
where claim.claim_id in (select claim_id from selected)
order by claim.published_date desc, claim.publisher, claim.article_id, claim.ordinal
limit $most
""".replace("$most", str(MOST_CLAIMS))

_MENTIONS = """
select
  location.place_id, coalesce(location.place, location.exact) as place, location.country, location.admin1,
  location.kind, location.feature_code, location.lat, location.lon, location.relation, location.direction,
  location.distance_km, case when location.is_resolved then location.precision end as precision,
  list(distinct bridge.claim_id order by bridge.claim_id) as claim_ids
from bridge_claim_locations as bridge
inner join fct_locations as location using (location_id)
where bridge.is_current and bridge.role = 'event' and bridge.claim_id in (select claim_id from selected)
group by all
order by len(claim_ids) desc, place
"""

_DAYS = """
select
  claim.published_date as day,
  claim.speaker_side as side,
  case
    when claim.stance = 'disputed' then 'disputed'
    when claim.polarity = 'negative' then 'negative'
    else 'plain'
  end as manner,
  count(*) as claims
from fct_claims as claim
where claim.claim_id in (select claim_id from selected)
group by all
order by all
"""

# What befell people and things in one event is what is followed, of all whose numbers there are two of.
# {unsaid} lets in what the articles say in their own voice.
_STATEMENTS = """
with mentioned as (
  select
    step.*, figure.exact, figure.kind, figure.unit, figure.ordinal, event.place,
    step.scope = 'cumulative' as is_cumulative,
    concat_ws('|', step.event_id, step.role, step.scope, step.thing) as thing_id
  from figure_revisions as step
  inner join events as event using (event_id)
  inner join fct_figures as figure using (figure_id)
  where not step.is_superseded
    and (step.claim_id in (select claim_id from selected){unsaid})
),
things as (
  select
    thing_id,
    count(*) as statements,
    count(distinct voice_key) as speakers
  from mentioned
  group by thing_id
  having count(*) > 1
)
select
  mentioned.*, things.statements, things.speakers,
  mentioned.low - mentioned.previous_low as low_delta, mentioned.high - mentioned.previous_high as high_delta
from mentioned
inner join things using (thing_id)
order by
  things.speakers desc, things.statements desc, mentioned.thing_id, mentioned.published_date, mentioned.publisher,
  mentioned.ordinal
"""

_RELATIONS = """
select kind, count(*) as pairs
from relations
where earlier_claim_id in (select claim_id from selected) and later_claim_id in (select claim_id from selected)
group by kind
order by kind
"""

_CONTESTED = """
with ends as (
  select unnest([earlier_claim_id, later_claim_id]) as claim_id
  from relations
  where kind in ('contradicts', 'denies')
    and earlier_claim_id in (select claim_id from selected)
    and later_claim_id in (select claim_id from selected)
)
select claim_id, count(*) as pairs
from ends
group by claim_id
order by claim_id
"""

# Of one exchange that many articles carry, the first pair is shown, and how often it comes again.
_CONTRADICTIONS = """
with pairs as (
  select
    relation.*,
    count(*) over same_exchange - 1 as same_again,
    row_number() over (same_exchange order by days_apart, later_published_date, relation_id) as pair_number
  from relations as relation
  where kind in ('contradicts', 'denies')
    and earlier_claim_id in (select claim_id from selected)
    and later_claim_id in (select claim_id from selected)
  window same_exchange as (
    -- an answer that is of no event: what one voice has against another in one text
    partition by
      kind, axis, coalesce(event_id, concat(earlier_version_id, later_version_id)), earlier_voice_key, later_voice_key
  )
)
select
  pairs.*, coalesce(event.place, '') as place, claim.topic, early.exact as earlier_figure, late.exact as later_figure
from pairs
inner join fct_claims as claim on pairs.later_claim_id = claim.claim_id
left join events as event on pairs.event_id = event.event_id
left join fct_figures as early on pairs.earlier_figure_id = early.figure_id
left join fct_figures as late on pairs.later_figure_id = late.figure_id
where pair_number = 1
order by
  -- two sides against each other first, then the surest
  (earlier_voice_side is distinct from later_voice_side and earlier_voice_side is not null
    and later_voice_side is not null) desc,
  pairs.confidence desc, later_published_date desc, relation_id
limit $most
""".replace("$most", str(MOST_CONTRADICTIONS))

_SOURCES = """
select
  article.publisher, article.publisher_country, article.publisher_side,
  count(distinct article.article_id) as articles,
  count(distinct article.article_id)
    filter (article.copy_of_version_id is not null or article.agency is not null) as copies,
  count(*) as claims,
  min(claim.published_date) as first_date,
  max(claim.published_date) as last_date,
  (
    select arg_max(activity.activity, activity.week_start_date)
    from publisher_activity as activity
    where activity.publisher_id = article.publisher_id
  ) as activity
from fct_claims as claim
inner join dim_articles as article using (article_id)
where claim.claim_id in (select claim_id from selected)
group by article.publisher_id, article.publisher, article.publisher_country, article.publisher_side
order by claims desc, article.publisher
"""

# Events that somebody in scope tells of, the most told first. A state, who holds a place, is in control_timeline; what
# happened somewhere in a country cannot be told from all else that happened there.
# {unsaid} lets in what the articles say in their own voice.
_EVENTS = """
with told as (
  select
    member.event_id, member.voice, member.voice_key, member.voice_side, member.is_publisher_voice,
    mention.claim_id, mention.publisher, mention.published_date, mention.article_version_id, mention.statement_start,
    mention.statement_end,
    row_number() over (
      partition by member.event_id, member.voice_key
      -- words that tell something, if the voice has any
      order by
        mention.statement_end - mention.statement_start < {least_words}, mention.published_date,
        mention.article_version_id, mention.char_start
    ) as telling
  from event_members as member
  inner join fct_event_mentions as mention using (event_mention_id)
  where mention.is_current
    and not member.is_superseded
    and mention.published_date between {since} and {until}
    and (mention.claim_id in (select claim_id from selected){unsaid})
),
listed as (
  select event.*, count(*) over () as event_count
  from events as event
  where event.event_id in (select event_id from told)
    and event.kind <> 'hold'
    and event.place_precision <= 4{inside}
  order by
    event.origin_count desc, event.dispute_count desc, event.article_count desc, event.last_published_date desc,
    event.event_id
  limit {most}
),
voices as (
  select event_id, list({{
    'voice': voice, 'side': voice_side, 'is_publisher': is_publisher_voice, 'publisher': publisher,
    'published': published_date, 'url': url, 'words': words, 'claim_id': claim_id
  }} order by
    voice is null, char_length(words) < {least_words}, is_publisher_voice, published_date, voice_key
  )[:{most_told}] as told
  from (
    select
      told.*, coalesce(article.url, '') as url,
      substring(article.text, told.statement_start + 1, told.statement_end - told.statement_start) as words
    from told
    inner join dim_article_versions as article on told.article_version_id = article.article_version_id
    where told.telling = 1 and told.event_id in (select event_id from listed)
  )
  group by event_id
),
disputes as (
  select event_id, list({{'kind': kind, 'axis': axis, 'earlier': earlier, 'later': later}}
    order by confidence desc, later, earlier, axis)[:{most_disputes}] as disputes
  from (
    select
      event_id, kind, axis, earlier_voice as earlier, later_voice as later, max(confidence) as confidence
    from relations
    where kind in ('contradicts', 'denies')
    group by all
  )
  group by event_id
),
tolls as (
  select event_id, list({{'role': role, 'lowest': lowest, 'highest': highest, 'voices': voices}}
    order by role) as tolls
  from (
    select
      series.event_id, series.role,
      min(series.last_best) as lowest, max(series.last_best) as highest, count(distinct series.voice_key) as voices
    from figure_series as series
    inner join fct_figures as figure on series.last_figure_id = figure.figure_id
    where series.scope = 'event' and series.last_best is not null and figure.bound <> 'vague'
    group by series.event_id, series.role
  )
  group by event_id
)
select listed.*, voices.told, disputes.disputes, tolls.tolls
from listed
left join voices using (event_id)
left join disputes using (event_id)
left join tolls using (event_id)
order by
  listed.origin_count desc, listed.dispute_count desc, listed.article_count desc, listed.last_published_date desc,
  listed.event_id
"""

# of an article's own figures only those at the place in scope, and none where a topic or a side is asked for
_UNSAID = """
      or step.claim_id is null and step.article_id in (
        select article_id from fct_claims where claim_id in (select claim_id from selected)
      )"""

_QUERIES = {
    "counts": _COUNTS,
    "relations": _RELATIONS,
    "mentions": _MENTIONS,
    "days": _DAYS,
    "contested": _CONTESTED,
    "contradictions": _CONTRADICTIONS,
    "claims": _CLAIMS,
    "sources": _SOURCES,
}


def _changes(scope: Scope) -> str:
    """The question ``changes`` on the newest load, with its values written out."""
    sql = question("changes").sql
    values = {"since": "null", "place": literal(scope.place) if scope.place else "null", "most": str(_MOST_CHANGES)}
    for name, value in values.items():
        sql = sql.replace(f"${name}", value)
    return sql


def queries(scope: Scope) -> dict[str, str]:
    """The statements of a briefing by section, each complete in itself."""
    unsaid = "" if scope.topic or scope.side else _UNSAID
    inside = f" and event.place_id in ({', '.join(map(literal, scope.place_ids))})" if scope.place else ""
    events = _EVENTS.format(
        since=literal(scope.since),
        until=literal(scope.until),
        unsaid="" if scope.topic or scope.side else " or mention.claim_id is null",
        inside=inside,
        most=MOST_EVENTS,
        most_told=_MOST_TOLD,
        most_disputes=_MOST_DISPUTES,
        least_words=_LEAST_WORDS,
    )
    if unsaid:
        unsaid += inside
    return {
        "events": scope.over(events),
        "changes": _changes(scope),
        "statements": scope.over(_STATEMENTS.format(unsaid=unsaid)),
        **{name: scope.over(query) for name, query in _QUERIES.items()},
    }
