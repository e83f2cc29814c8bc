"""What stands on the page of one thing: an event, a claim, an event mention, a place, an actor, an article.

Belongs here: the rows that belong to it. Does not belong here: lists (``views``), how they look (``templates``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from claimhouse.briefing.words import counted, event_noun, event_title
from claimhouse.evidence import Piece, Span, marked, spans_of
from claimhouse.publications import Publication
from claimhouse.selections import Filters, Where, select
from claimhouse.serve.charts import series_charts
from claimhouse.serve.statements import by_pair, texts_of, told_in_sentences, with_headlines, with_sentences
from claimhouse.serve.views import Page

_SHOWN = 25
_SHARPEST = ("contradicts", "denies", "revises")  # what a reader looks for first
_LONGEST_TEXT = 200_000  # characters of an article that are shown

# the templates are those of ``claimhouse.lookups``
_MEMBERS = """
    select
        event_mention_id,
        score,
        rule_id as member_rule_id,
        voice as told_by,
        voice_side,
        is_publisher_voice
    from {event_members.event_id}
    where not is_superseded"""
_TOLD = """
    select *
    from {fct_event_mentions.event_mention_id}
    order by published_date, article_version_id, ordinal
    limit 200"""
_RELATED = """
    select * from {relations.earlier_claim_id}
    union
    select * from {relations.later_claim_id}
    union
    select * from {relations.earlier_mention_id}
    union
    select * from {relations.later_mention_id}
    order by confidence desc, relation_id"""
_OF_ACTOR = """
    with said as materialized (select claim_id from fct_claims where actor_id = $id)
    select * from relations
    where earlier_claim_id in (select claim_id from said) or later_claim_id in (select claim_id from said)
    order by list_position($kinds, kind), later_published_date desc nulls last, relation_id
    limit 50"""
_SPELLINGS = """
    select exact, mention_count as n
    from lookup.spellings where place_id = $id
    order by n desc, exact limit 12"""
_SPELLINGS_COUNTED = """
    select exact, count(*) as n
    from fct_locations where place_id = $id and is_current and kind <> 'reference'
    group by exact order by n desc, exact limit 12"""
_CHAIN = "select * from {fct_claim_chain} where claim_id = $id and is_current order by link_number"
_LINKED = """
    select f.* from {{{bridge}}} as b inner join {{{facts}}} as f using ({key})
    where b.claim_id = $id and b.is_current order by f.char_start"""
_LOCATIONS = _LINKED.format(bridge="bridge_claim_locations", facts="fct_locations", key="location_id")
_FIGURES = _LINKED.format(bridge="bridge_claim_figures", facts="fct_figures", key="figure_id")
_DATES = _LINKED.format(bridge="bridge_claim_dates", facts="fct_dates", key="date_id")
_MENTIONS_OF = _LINKED.format(bridge="bridge_claim_event_mentions", facts="fct_event_mentions", key="event_mention_id")
_NESTED = "select * from {fct_claims} where parent_claim_id = $id or claim_id = $parent order by depth, ordinal"
_ARGUMENTS = """
    select a.*, l.place_id, l.place
    from {fct_event_arguments} as a left join {fct_locations} as l on a.location_id = l.location_id
    where a.event_mention_id = $id order by a.ordinal"""
_COUNTS = """
    select b.role, b.scope, f.*
    from {bridge_event_mention_figures} as b inner join {fct_figures} as f using (figure_id)
    where b.event_mention_id = $id order by f.ordinal, b.role"""
_SERIES_OF_EVENT = "select * from {figure_series.event_id} order by step_count desc, figure_series_id limit 60"
_BESIDE = """
    select * from {source}
    where role = $role and scope = $scope and thing is not distinct from $thing
        and event_id is not distinct from $event_id
    order by step_count desc limit 20"""
_REVISIONS = """
    select * from {figure_revisions.figure_series_id}
    where not is_superseded
    order by figure_series_id, revision_number"""
_WRITTEN = "select figure_id, exact, bound as figure_bound from {fct_figures.figure_id}"


class NotFoundError(Exception):
    """There is no such thing in the warehouse."""


def _one(publication: Publication, table: str, column: str, value: str) -> dict[str, Any]:
    found = publication.find(f"select * from {{{table}.{column}}}", ids=[value])  # noqa: S608 names of ours
    if not found:
        raise NotFoundError(value)
    return found[0]


def _article(publication: Publication, version: str) -> dict[str, Any]:
    return _one(publication, "dim_article_versions", "article_version_id", version)


def claim(publication: Publication, claim_id: str) -> Page:
    """A claim in its sentences, and all that belongs to it.

    Raises:
        NotFoundError: there is none of this id.
    """
    row = _one(publication, "fct_claims", "claim_id", claim_id)
    version = row["article_version_id"]
    article = _article(publication, version)

    def of_claim(template: str, **more: Any) -> list[dict[str, Any]]:
        return publication.find(template, version=version, id=claim_id, **more)

    values = {
        "row": row,
        "article": article,
        "pieces": marked(article["text"], spans_of(row)),
        "chain": of_claim(_CHAIN),
        "locations": of_claim(_LOCATIONS),
        "figures": of_claim(_FIGURES),
        "dates": of_claim(_DATES),
        "mentions": of_claim(_MENTIONS_OF),
        "nested": of_claim(_NESTED, parent=row["parent_claim_id"]),
        "relations": _quarrels(publication, publication.find(_RELATED, ids=[claim_id])),
        "rule": _rule(publication, "claim", row["rule_id"]),
    }
    return Page("claim.html.j2", f"Claim of {row['speaker_name'] or 'an unnamed speaker'}", values)


def mention(publication: Publication, event_mention_id: str) -> Page:
    """An event mention in its sentences, with arguments, counts and its event.

    Raises:
        NotFoundError: there is none of this id.
    """
    row = _one(publication, "fct_event_mentions", "event_mention_id", event_mention_id)
    version = row["article_version_id"]
    article = _article(publication, version)
    arguments = publication.find(_ARGUMENTS, version=version, id=event_mention_id)
    members = publication.find("select event_id from {event_members.event_mention_id}", ids=[event_mention_id])
    events = publication.find("select * from {events.event_id}", ids=[m["event_id"] for m in members])
    whole = Span(row["statement_start"], row["statement_end"], "")
    spans = [Span(row["char_start"], row["char_end"], "content")]
    spans += [
        Span(a["char_start"], a["char_end"], "speaker")
        for a in arguments
        if whole.start <= a["char_start"] and a["char_end"] <= whole.end
    ]
    related = [identity for identity in (row["claim_id"], event_mention_id) if identity]
    values = {
        "row": row,
        "words": (article["text"] or "")[whole.start : whole.end],
        "article": article,
        "pieces": marked(article["text"], [*spans, Span(whole.start, whole.start, ""), Span(whole.end, whole.end, "")]),
        "arguments": arguments,
        "counts": publication.find(_COUNTS, version=version, id=event_mention_id),
        "events": with_headlines(publication, events),
        "relations": _quarrels(publication, publication.find(_RELATED, ids=related)),
        "rule": _rule(publication, "event", row["rule_id"]),
    }
    return Page("mention.html.j2", f"{event_noun(row['kind'])}: “{row['exact']}”", values)


def _rule(publication: Publication, kind: str, rule_id: str) -> dict[str, Any] | None:
    asked = "select * from dim_rules where rule_kind = $kind and rule_id = $id"
    found = publication.ask(asked, {"kind": kind, "id": rule_id}).dicts()
    return found[0] if found else None


def event(publication: Publication, event_id: str) -> Page:
    """An event: who tells of it, in which words, who contradicts whom, its figures.

    Raises:
        NotFoundError: there is none of this id.
    """
    row = _one(publication, "events", "event_id", event_id)
    members = _members(publication, event_id)
    series = publication.find(_SERIES_OF_EVENT, ids=[event_id])
    relations = publication.rows(select("relations", Filters(event_id=event_id)).page(200))
    voices: dict[str, list[dict[str, Any]]] = {}
    for member in members:
        voices.setdefault(member["told_by"] or member["publisher"] or "unnamed", []).append(member)
    values = {
        "row": row,
        "voices": sorted(voices.items(), key=lambda item: (-len(item[1]), item[0])),
        "members": members,
        "relations": _quarrels(publication, relations),
        "charts": series_charts(series, _revisions(publication, series)),
    }
    return Page("event.html.j2", event_title(row["kind"], row["place"]), values)


def _quarrels(publication: Publication, relations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Relations with their sentences, contradictions and denials first, those of the same two voices together."""
    kinds = {kind: number for number, kind in enumerate(_kinds(publication))}
    ordered = sorted(relations, key=lambda row: kinds.get(row["kind"], len(kinds)))
    return by_pair(with_sentences(publication, ordered))


def _kinds(publication: Publication) -> list[str]:
    """The kinds of relations, the sharpest first."""
    found = list(publication.codes.get("relation", {}))
    return sorted(found, key=lambda kind: _SHARPEST.index(kind) if kind in _SHARPEST else len(_SHARPEST))


def _members(publication: Publication, event_id: str) -> list[dict[str, Any]]:
    """The sentences that tell of an event, with voice and pieces, of at most 200 mentions, the earliest first."""
    members = {m["event_mention_id"]: m for m in publication.find(_MEMBERS, ids=[event_id])}
    mentions = publication.find(_TOLD, ids=members)
    texts = texts_of(publication, (m["article_version_id"] for m in mentions))
    return told_in_sentences(({**m, **members[m["event_mention_id"]]} for m in mentions), texts)


def _revisions(publication: Publication, series: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [row["figure_series_id"] for row in series]
    steps = publication.find(_REVISIONS, ids=ids)
    written = {f.pop("figure_id"): f for f in publication.find(_WRITTEN, ids=[s["figure_id"] for s in steps])}
    nothing = {"exact": None, "figure_bound": None}
    return [{**step, **written.get(step["figure_id"], nothing)} for step in steps]


def series(publication: Publication, figure_series_id: str) -> Page:
    """One figure over time, beside what others say of the same.

    Raises:
        NotFoundError: there is none of this id.
    """
    row = _one(publication, "figure_series", "figure_series_id", figure_series_id)
    same = {name: row[name] for name in ("role", "scope", "thing", "event_id")}
    if row["event_id"] is None:
        beside = publication.ask(_BESIDE.format(source="figure_series"), same).dicts()
    else:
        beside = publication.find(_BESIDE.format(source="{figure_series.event_id}"), ids=[row["event_id"]], **same)
    values = {"row": row, "charts": series_charts(beside, _revisions(publication, beside))}
    return Page("series.html.j2", counted(row["thing"], row["role"]), values)


def place(publication: Publication, place_id: str) -> Page:
    """A place: what happened there, who is said to hold it, what is claimed of it.

    Raises:
        NotFoundError: there is none of this id.
    """
    from claimhouse.search.names import place_token

    row = _one(publication, "dim_places", "place_id", place_id)
    token = place_token(row["place_id"], row["country"], row["admin1"], row["kind"], row["feature_code"])
    filters = Filters(place=Where.of(row["place"], [token]))
    spellings = _SPELLINGS if publication.has_lookups else _SPELLINGS_COUNTED
    written = publication.ask(spellings, {"id": place_id}).dicts()
    values: dict[str, Any] = {"row": row, "written": written}
    for name in ("events", "claims", "control"):
        values[name] = publication.rows(select(name, filters).page(_SHOWN))
    for name in ("events", "claims", "control", "relations"):
        values[f"{name}_total"] = publication.count(select(name, filters))
    relations: list[dict[str, Any]] = []
    for kind in _kinds(publication):
        if len(relations) < _SHOWN:
            relations += publication.rows(select("relations", replace(filters, kind=kind)).page(_SHOWN))
    values["relations"] = _quarrels(publication, relations[:_SHOWN])
    values["events"] = with_headlines(publication, values["events"])
    return Page("place.html.j2", row["place"], values)


def actor(publication: Publication, actor_id: str) -> Page:
    """An actor: names, claims, who contradicts them.

    Raises:
        NotFoundError: there is none of this id.
    """
    row = _one(publication, "dim_actors", "actor_id", actor_id)
    filters = Filters(actor_id=actor_id)
    aliases = publication.ask(
        "select * from actor_aliases where actor_id = $id order by claim_count desc nulls last, name limit 50",
        {"id": actor_id},
    ).dicts()
    relations = publication.ask(_OF_ACTOR, {"id": actor_id, "kinds": _kinds(publication)}).dicts()
    values = {
        "row": row,
        "aliases": [name for name in dict.fromkeys(a["name"] for a in aliases) if name != row["actor"]],
        "claims": publication.rows(select("claims", filters).page(_SHOWN)),
        "claims_total": publication.count(select("claims", filters)),
        "relations": _quarrels(publication, relations),
    }
    return Page("actor.html.j2", row["actor"], values)


def article(publication: Publication, article_version_id: str) -> Page:
    """An article with its claims marked.

    Raises:
        NotFoundError: there is none of this id.
    """
    row = _article(publication, article_version_id)
    claims = publication.find(
        "select * from {fct_claims} where is_current order by char_start, depth", version=article_version_id
    )
    mentions = publication.find(
        "select event_mention_id from {fct_event_mentions} where is_current order by char_start",
        version=article_version_id,
    )
    text = row["text"] or ""
    return Page(
        "article.html.j2",
        row["title"] or "Without a title",
        {
            "article": row,
            "claims": claims,
            "mentions": len(mentions),
            "events": _events_of(publication, [m["event_mention_id"] for m in mentions]),
            "pieces": _with_claims(text[:_LONGEST_TEXT], claims),
            "is_cut": len(text) > _LONGEST_TEXT,
        },
    )


def _events_of(publication: Publication, mentions: list[str]) -> list[dict[str, Any]]:
    """The events that some mentions tell of, in the order of the first mention of each."""
    members = publication.find("select event_mention_id, event_id from {event_members.event_mention_id}", ids=mentions)
    of_mention = {m["event_mention_id"]: m["event_id"] for m in members}
    order = list(dict.fromkeys(of_mention[m] for m in mentions if m in of_mention))
    events = {e["event_id"]: e for e in publication.find("select * from {events.event_id}", ids=order)}
    return [events[event_id] for event_id in order if event_id in events][:_SHOWN]


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
