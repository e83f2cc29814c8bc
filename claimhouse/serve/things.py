"""What stands on the page of one thing: an event, a claim, an event mention, a place, an actor, an article.

Belongs here: the rows that belong to it. Does not belong here: lists (``views``), how they look (``templates``).
"""

from __future__ import annotations

from typing import Any

from claimhouse.evidence import Piece, Span, marked, spans_of
from claimhouse.publications import Publication
from claimhouse.selections import Filters, Where, select
from claimhouse.serve.charts import series_charts
from claimhouse.serve.views import Page

_SHOWN = 25
_MOST_MEMBERS = 200
_LONGEST_TEXT = 200_000  # characters of an article that are shown

_MEMBERS = """
    select
        mention.*,
        member.score,
        member.rule_id as member_rule_id,
        member.voice as told_by,
        member.voice_side,
        member.is_publisher_voice,
        substr(article.text, mention.statement_start + 1, least(mention.statement_end - mention.statement_start, 600))
            as statement,
        article.title
    from event_members as member
    inner join fct_event_mentions as mention using (event_mention_id)
    inner join dim_article_versions as article on mention.article_version_id = article.article_version_id
    where member.event_id = $id and not member.is_superseded
    order by mention.published_date, mention.article_version_id, mention.ordinal"""
_RELATED = """
    select *
    from relations
    where $claim in (earlier_claim_id, later_claim_id) or $mention in (earlier_mention_id, later_mention_id)
    order by confidence desc, relation_id"""
_EVENT_OF = "select e.* from event_members as m inner join events as e using (event_id) where m.event_mention_id = $id"
_CHAIN = "select * from fct_claim_chain where claim_id = $id and is_current order by link_number"
_LOCATIONS = """
    select l.* from bridge_claim_locations as b inner join fct_locations as l using (location_id)
    where b.claim_id = $id and b.is_current order by l.char_start"""
_FIGURES = """
    select f.* from bridge_claim_figures as b inner join fct_figures as f using (figure_id)
    where b.claim_id = $id and b.is_current order by f.char_start"""
_DATES = """
    select d.* from bridge_claim_dates as b inner join fct_dates as d using (date_id)
    where b.claim_id = $id and b.is_current order by d.char_start"""
_MENTIONS_OF = """
    select m.* from bridge_claim_event_mentions as b inner join fct_event_mentions as m using (event_mention_id)
    where b.claim_id = $id and b.is_current order by m.char_start"""
_ARGUMENTS = "select * from fct_event_arguments where event_mention_id = $id order by ordinal"
_COUNTS = """
    select b.role, b.scope, f.* from bridge_event_mention_figures as b inner join fct_figures as f using (figure_id)
    where b.event_mention_id = $id order by f.ordinal, b.role"""
_SERIES_OF_EVENT = (
    "select * from figure_series where event_id = $id order by step_count desc, figure_series_id limit 60"
)
_REVISIONS = """
    select r.*, f.exact, f.bound as figure_bound
    from figure_revisions as r
    left join fct_figures as f using (figure_id)
    where r.figure_series_id in (select unnest($ids)) and not r.is_superseded
    order by r.figure_series_id, r.revision_number"""


class NotFoundError(Exception):
    """There is no such thing in the warehouse."""


def _one(publication: Publication, sql: str, value: str) -> dict[str, Any]:
    found = publication.ask(sql, {"id": value}).dicts()
    if not found:
        raise NotFoundError(value)
    return found[0]


def _article(publication: Publication, version: str) -> dict[str, Any]:
    return _one(publication, "select * from dim_article_versions where article_version_id = $id", version)


def claim(publication: Publication, claim_id: str) -> Page:
    """A claim in its sentences, and all that belongs to it.

    Raises:
        NotFoundError: there is none of this id.
    """
    row = _one(publication, "select * from fct_claims where claim_id = $id", claim_id)
    article = _article(publication, row["article_version_id"])
    given = {"id": claim_id}
    nested = "select * from fct_claims where parent_claim_id = $id or claim_id = $parent order by depth, ordinal"
    values = {
        "row": row,
        "article": article,
        "pieces": marked(article["text"], spans_of(row)),
        "chain": publication.ask(_CHAIN, given).dicts(),
        "locations": publication.ask(_LOCATIONS, given).dicts(),
        "figures": publication.ask(_FIGURES, given).dicts(),
        "dates": publication.ask(_DATES, given).dicts(),
        "mentions": publication.ask(_MENTIONS_OF, given).dicts(),
        "nested": publication.ask(nested, {"id": claim_id, "parent": row["parent_claim_id"]}).dicts(),
        "relations": publication.ask(_RELATED, {"claim": claim_id, "mention": None}).dicts(),
        "rule": _rule(publication, "claim", row["rule_id"]),
    }
    return Page("claim.html.j2", f"Claim of {row['speaker_name'] or 'an unnamed speaker'}", values)


def mention(publication: Publication, event_mention_id: str) -> Page:
    """An event mention in its sentences, with arguments, counts and its event.

    Raises:
        NotFoundError: there is none of this id.
    """
    row = _one(publication, "select * from fct_event_mentions where event_mention_id = $id", event_mention_id)
    article = _article(publication, row["article_version_id"])
    given = {"id": event_mention_id}
    arguments = publication.ask(_ARGUMENTS, given).dicts()
    whole = Span(row["statement_start"], row["statement_end"], "")
    spans = [Span(row["char_start"], row["char_end"], "content")]
    spans += [
        Span(a["char_start"], a["char_end"], "speaker")
        for a in arguments
        if whole.start <= a["char_start"] and a["char_end"] <= whole.end
    ]
    values = {
        "row": row,
        "article": article,
        "pieces": marked(article["text"], [*spans, Span(whole.start, whole.start, ""), Span(whole.end, whole.end, "")]),
        "arguments": arguments,
        "counts": publication.ask(_COUNTS, given).dicts(),
        "events": publication.ask(_EVENT_OF, given).dicts(),
        "relations": publication.ask(_RELATED, {"claim": row["claim_id"], "mention": event_mention_id}).dicts(),
        "rule": _rule(publication, "event", row["rule_id"]),
    }
    return Page("mention.html.j2", f"{row['kind'].replace('_', ' ').capitalize()}: “{row['exact']}”", values)


def _rule(publication: Publication, kind: str, rule_id: str) -> dict[str, Any] | None:
    asked = "select * from dim_rules where rule_kind = $kind and rule_id = $id"
    found = publication.ask(asked, {"kind": kind, "id": rule_id}).dicts()
    return found[0] if found else None


def event(publication: Publication, event_id: str) -> Page:
    """An event: who tells of it, in which words, who contradicts whom, its figures.

    Raises:
        NotFoundError: there is none of this id.
    """
    row = _one(publication, "select * from events where event_id = $id", event_id)
    members = publication.ask(f"{_MEMBERS} limit {_MOST_MEMBERS}", {"id": event_id}).dicts()
    series = publication.ask(_SERIES_OF_EVENT, {"id": event_id}).dicts()
    voices: dict[str, list[dict[str, Any]]] = {}
    for member in members:
        voices.setdefault(member["told_by"] or member["publisher"] or "unnamed", []).append(member)
    values = {
        "row": row,
        "voices": sorted(voices.items(), key=lambda item: (-len(item[1]), item[0])),
        "members": members,
        "relations": publication.rows(select("relations", Filters(event_id=event_id)).page(100)),
        "charts": series_charts(series, _revisions(publication, series)),
    }
    return Page("event.html.j2", event_title(row), values)


def event_title(row: dict[str, Any]) -> str:
    """An event in a few words: its kind and its place."""
    words = row["kind"].replace("_", " ").capitalize()
    return f"{words} in {row['place']}" if row["place"] else words


def _revisions(publication: Publication, series: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [row["figure_series_id"] for row in series]
    return publication.ask(_REVISIONS, {"ids": ids}).dicts() if ids else []


def series(publication: Publication, figure_series_id: str) -> Page:
    """One figure over time, beside what others say of the same.

    Raises:
        NotFoundError: there is none of this id.
    """
    row = _one(publication, "select * from figure_series where figure_series_id = $id", figure_series_id)
    beside = publication.ask(
        "select * from figure_series where role = $role and scope = $scope and thing is not distinct from $thing"
        " and event_id is not distinct from $event_id order by step_count desc limit 20",
        {name: row[name] for name in ("role", "scope", "thing", "event_id")},
    ).dicts()
    values = {"row": row, "charts": series_charts(beside, _revisions(publication, beside))}
    return Page("series.html.j2", f"{row['thing'] or 'people'} {row['role'].replace('_', ' ')}", values)


def place(publication: Publication, place_id: str) -> Page:
    """A place: what happened there, who is said to hold it, what is claimed of it.

    Raises:
        NotFoundError: there is none of this id.
    """
    from claimhouse.search.names import place_token

    row = _one(publication, "select * from dim_places where place_id = $id", place_id)
    token = place_token(row["place_id"], row["country"], row["admin1"], row["kind"], row["feature_code"])
    filters = Filters(place=Where.of(row["place"], [token]))
    written = publication.ask(
        "select exact, count(*) as n from fct_locations where place_id = $id and is_current and kind <> 'reference'"
        " group by all order by n desc, exact limit 12",
        {"id": place_id},
    ).dicts()
    values: dict[str, Any] = {"row": row, "written": written}
    for name in ("events", "claims", "relations", "control"):
        values[name] = publication.rows(select(name, filters).page(_SHOWN))
        values[f"{name}_total"] = publication.count(select(name, filters))
    return Page("place.html.j2", row["place"], values)


def actor(publication: Publication, actor_id: str) -> Page:
    """An actor: names, claims, who contradicts them.

    Raises:
        NotFoundError: there is none of this id.
    """
    row = _one(publication, "select * from dim_actors where actor_id = $id", actor_id)
    filters = Filters(actor_id=actor_id)
    aliases = publication.ask(
        "select * from actor_aliases where actor_id = $id order by claim_count desc nulls last, name limit 50",
        {"id": actor_id},
    ).dicts()
    values = {
        "row": row,
        "aliases": aliases,
        "claims": publication.rows(select("claims", filters).page(_SHOWN)),
        "claims_total": publication.count(select("claims", filters)),
        "relations": publication.ask(
            "select * from relations where earlier_claim_id in (select claim_id from fct_claims where actor_id = $id)"
            " or later_claim_id in (select claim_id from fct_claims where actor_id = $id)"
            " order by later_published_date desc nulls last, relation_id limit 25",
            {"id": actor_id},
        ).dicts(),
    }
    return Page("actor.html.j2", row["actor"], values)


def article(publication: Publication, article_version_id: str) -> Page:
    """An article with its claims marked.

    Raises:
        NotFoundError: there is none of this id.
    """
    row = _article(publication, article_version_id)
    claims = publication.ask(
        "select * from fct_claims where article_version_id = $id and is_current order by char_start, depth",
        {"id": article_version_id},
    ).dicts()
    text = row["text"] or ""
    return Page(
        "article.html.j2",
        row["title"] or "Article",
        {
            "article": row,
            "claims": claims,
            "pieces": _with_claims(text[:_LONGEST_TEXT], claims),
            "is_cut": len(text) > _LONGEST_TEXT,
        },
    )


def _with_claims(text: str, claims: list[dict[str, Any]]) -> list[Piece]:
    """The text in pieces; ``role`` of a claim's piece is its id. Of claims inside each other the outer is marked."""
    pieces, at = [], 0
    spans = sorted((s["start"], s["end"], c["claim_id"]) for c in claims for s in c["content_spans"] or ())
    for start, end, claim_id in spans:
        if start < at or end > len(text):
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], claim_id))
        at = end
    return [*pieces, Piece(text[at:])]
