"""What stands on the pages that list things: search, lists, what is new, control by week, quality.

Belongs here: which rows a page shows, under which headings. Does not belong here: pages of one thing (``things``),
how they look (``templates``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from claimhouse.briefing.words import event_noun
from claimhouse.publications import Publication
from claimhouse.search.search import SearchError
from claimhouse.selections import Filters, SelectionError, select
from claimhouse.serve.charts import control_weeks
from claimhouse.serve.parameters import PAGE, Asked
from claimhouse.serve.statements import in_sentences, with_headlines, with_sentences

_WEEKS = 60
_STATEMENTS = 60  # of control; the files have them all


@dataclass(frozen=True, slots=True)
class Page:
    """A template with its values."""

    template: str
    title: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter of a form: free text, a day, or one of ``options`` (code, words)."""

    name: str
    label: str
    kind: str = "text"
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list that has a page: its heading, what it is, its filters and the files it can be had as."""

    name: str
    title: str
    what: str
    filters: tuple[str, ...]
    downloads: tuple[str, ...] = ("csv", "parquet")


LIST_PAGES = {
    page.name: page
    for page in (
        ListPage(
            "claims", "Claims", "What somebody is said to have said, each with the words that prove it.",
            ("place", "speaker", "side", "topic", "kind", "publisher", "polarity", "since", "until"),
        ),
        ListPage(
            "events", "Events", "One happening, as all articles tell it.",
            ("place", "kind", "side", "is_disputed", "since", "until"), ("csv", "geojson", "parquet"),
        ),
        ListPage(
            "event_mentions", "Event mentions", "What one sentence says to have happened.",
            ("place", "kind", "side", "speaker", "publisher", "polarity", "since", "until"),
        ),
        ListPage(
            "relations", "Who contradicts or repeats whom",
            "Two statements on one event, and how they stand to each other.",
            ("kind", "axis", "place", "side", "speaker", "publisher", "since", "until"),
        ),
        ListPage(
            "figures", "Figures over time", "What one authority said of one event's dead, prisoners, losses, and when.",
            ("place", "kind", "status", "speaker", "side", "since", "until"),
        ),
    )
}  # fmt: skip
_LABELS = {
    "place": "Place", "speaker": "Voice", "side": "Side", "topic": "Topic", "kind": "Kind", "publisher": "Publisher",
    "polarity": "So or not", "status": "Counted", "axis": "About", "is_disputed": "Disputed", "since": "From",
    "until": "To", "in": "Look in",
}  # fmt: skip
_CODES = {
    "topic": "topic", "kind": "event_kind", "polarity": "polarity", "status": "count_role", "axis": "relation_axis",
}  # fmt: skip
_RECORDS = (("claim", "claims"), ("event_mention", "event mentions"), ("sentence", "other sentences"))


def choices(names: tuple[str, ...], publication: Publication, page: str = "") -> list[Choice]:
    """The fields of a form of filters."""
    made = []
    for name in names:
        options: tuple[tuple[str, str], ...] = ()
        if name == "side":
            options = tuple((side, side) for side in publication.sides)
        elif name == "in":
            options = _RECORDS
        elif name == "is_disputed":
            options = (("1", "disputed only"),)
        elif code_list := "relation" if (name, page) == ("kind", "relations") else _CODES.get(name):
            in_words = event_noun if code_list == "event_kind" else _plain
            options = tuple((code, in_words(code)) for code in publication.codes.get(code_list, {}))
        kind = "date" if name in ("since", "until") else "select" if options else "text"
        made.append(Choice(name, _LABELS[name], kind, options))
    return made


def _plain(code: str) -> str:
    return code.replace("_", " ")


def prepare(publication: Publication) -> None:
    """Ask what pages keep of a publication: its sums and codes, and what the newest load brought."""
    home(publication)
    new(publication, Asked({}))


def home(publication: Publication) -> Page:
    """How much there is, and the newest of it."""
    newest = with_headlines(publication, publication.rows(select("events").page(12)))
    disputed = with_headlines(publication, publication.rows(select("events", Filters(is_disputed=True)).page(6)))
    values = {"sums": publication.sums, "newest": newest, "disputed": disputed, "facts": publication.facts}
    return Page("home.html.j2", "What is claimed", values)


def search(publication: Publication, asked: Asked) -> Page:
    """Hits of a search.

    Raises:
        SelectionError: it cannot be searched for.
    """
    names = ("in", "place", "speaker", "side", "kind", "publisher", "since", "until")
    answer = None
    if publication.search is None:
        raise SelectionError("there is no search index of this warehouse; `claimhouse refresh` makes it")
    filters = asked.search_filters()
    if asked.get("q") or filters.given():
        try:
            answer = publication.search.find(
                asked.get("q"), filters, limit=PAGE, offset=asked.offset, newest=asked.get("sort") == "newest"
            )
        except SearchError as problem:
            raise SelectionError(str(problem)) from None
    values = {"answer": answer, "choices": choices(names, publication), "has_more": answer and len(answer.hits) == PAGE}
    return Page("search.html.j2", asked.get("q") or "Search", values)


def listed(publication: Publication, name: str, asked: Asked) -> Page:
    """A page of a list.

    Raises:
        SelectionError: a filter means nothing here.
    """
    page = LIST_PAGES[name]
    wanted = select(name, asked.filters(publication))
    total = publication.count(wanted)
    rows = publication.rows(wanted.page(PAGE, asked.offset))
    if name == "relations":
        rows = with_sentences(publication, rows)
    elif name == "events":
        rows = with_headlines(publication, rows)
    kinds = [(None, "All"), *((kind, _plain(kind).capitalize()) for kind in publication.codes.get("relation", {}))]
    values = {
        "kinds": kinds,
        "list": page, "rows": rows, "total": total, "choices": choices(page.filters, publication, name),
        "has_more": total > asked.offset + PAGE, "first": asked.offset + 1, "last": asked.offset + len(rows),
    }  # fmt: skip
    return Page(f"{name}.html.j2", page.title, values)


def places(publication: Publication, asked: Asked) -> Page:
    """Places, those of most claims first."""
    sql = """
        select place.*, mentioned.mention_count
        from dim_places as place
        inner join (
            select place_id, count(*) as mention_count from fct_locations where is_current group by place_id
        ) as mentioned on place.place_id = mentioned.place_id
        where $name is null or contains(lower(strip_accents(place.place)), lower(strip_accents($name)))
        order by mention_count desc, place.place"""
    return _counted(publication, asked, "Places", sql)


def actors(publication: Publication, asked: Asked) -> Page:
    """Speakers with a name, those of most claims first."""
    sql = """
        select *
        from dim_actors
        where
            $name is null
            or actor_id in (select actor_id from actor_aliases where contains(lower(name), lower($name)))
        order by claim_count desc nulls last, actor"""
    return _counted(publication, asked, "Actors", sql)


def _counted(publication: Publication, asked: Asked, title: str, sql: str) -> Page:
    given = {"name": asked.get("q") or None}
    rows = publication.ask(f"{sql} limit {PAGE + 1} offset {asked.offset}", given).dicts()
    values = {"rows": rows[:PAGE], "has_more": len(rows) > PAGE}
    return Page(f"{title.lower()}.html.j2", title, values)


def control(publication: Publication, asked: Asked) -> Page:
    """Who is said to hold what, week by week, on a map and as a table.

    Raises:
        SelectionError: a filter means nothing here.
    """
    names = ("place", "side", "speaker", "publisher", "since", "until")
    wanted = select("control", asked.filters(publication))
    rows = publication.rows(wanted.page(2_000))
    weeks = sorted({row["week_start_date"] for row in rows if row["week_start_date"]}, reverse=True)[:_WEEKS]
    values = {
        "rows": rows[:_STATEMENTS], "total": len(rows), "weeks": weeks, "table": control_weeks(rows),
        "choices": choices(names, publication),
    }  # fmt: skip
    return Page("control.html.j2", "Who is said to hold what", values)


def new(publication: Publication, asked: Asked) -> Page:
    """What the newest loads brought: the question ``changes``."""
    from claimhouse.questions import question

    changes = question("changes")
    given: dict[str, Any] = {p.name: None for p in changes.parameters}
    if "since" in given:
        given["since"] = asked.day("since")
    result = publication.ask_once(changes.sql, given)
    rows = in_sentences(publication, result.dicts()[:300])
    values = {"rows": rows, "total": len(result.rows)}
    return Page("new.html.j2", "What is new", values)


def quality(publication: Publication) -> Page:
    """Loads, and the checks that failed."""
    loads = publication.ask("select * from ops_loads order by sequence desc limit 50").dicts()
    failed = publication.ask(
        "select * from ops_check_results where not is_passed order by checked_at desc limit 100"
    ).dicts()
    sums = publication.ask(
        "select stage, severity, count(*) as checks, count(*) filter (is_passed) as passed from ops_check_results"
        " group by all order by all"
    ).dicts()
    rejected = publication.ask(
        "select reason, count(*) as documents from ops_rejected group by all order by documents desc"
    ).dicts()
    values = {
        "loads": loads, "failed": failed, "sums": sums, "rejected": rejected,
        "reasons": publication.codes.get("reject_reason", {}),
    }  # fmt: skip
    return Page("quality.html.j2", "Quality", values)
