"""What stands on the pages that list things: search, lists, what is new, control by week, quality.

Belongs here: which rows a page shows, under which headings. Does not belong here: pages of one thing (``things``),
how they look (``templates``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from claimhouse.briefing.words import event_noun
from claimhouse.publications import Publication
from claimhouse.search.search import SearchError
from claimhouse.selections import Filters, SelectionError, select
from claimhouse.serve.charts import control_weeks
from claimhouse.serve.parameters import PAGE, Asked
from claimhouse.serve.statements import in_sentences, with_headlines, with_sentences, with_triggers
from claimhouse.serve.words import plainly

# of the last week with articles: a list by day alone begins with whatever its last article tells by the way
_MOST_TOLD = """
    select *
    from events
    where
        is_actual
        and not is_state
        and place_precision <= 4 -- a place more exact than a country
        and last_published_date > (select max(last_published_date) from events) - 7
        and last_date > (select max(last_published_date) from events) - 21 -- what is told by the way is older
    order by origin_count desc, voice_count desc, last_published_date desc, event_id
    limit 12"""
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
class NewsPart:
    """What is new of one sort: some of its rows, and how many there are."""

    name: str
    title: str
    order: str
    noun: str
    all: str
    total: int
    rows: list[dict[str, Any]]


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
            "claims", "Claims",
            "Who is said to have said what, the newest first. Each line leads to the sentence that proves it, and to"
            " who contradicts it.",
            ("place", "speaker", "side", "topic", "kind", "publisher", "polarity", "since", "until"),
        ),
        ListPage(
            "events", "Events",
            "Each is one happening, as all articles tell it, with the sentence that tells best of it. Voices: the"
            " people, bodies and papers that tell of it. Origins: the sources that are left when copies of a text count"
            " once. Disputes: the pairs of statements that contradict or deny each other on it. What was told of last"
            " comes first.",
            ("place", "kind", "side", "is_disputed", "since", "until"), ("csv", "geojson", "parquet"),
        ),
        ListPage(
            "event_mentions", "Event mentions",
            "What single sentences say to have happened, the newest first. What several of them tell of one happening"
            " is an event.",
            ("place", "kind", "side", "speaker", "publisher", "polarity", "since", "until"),
        ),
        ListPage(
            "relations", "Who contradicts or repeats whom",
            "Two statements on one matter, the earlier first, and how they stand to each other. The newest pairs come"
            " first.",
            ("kind", "axis", "place", "side", "speaker", "publisher", "since", "until"),
        ),
        ListPage(
            "figures", "Figures over time",
            "What one voice said in turn of one number of one event: its dead, its prisoners, its losses. Those that"
            " changed most stand first.",
            ("place", "kind", "status", "speaker", "side", "since", "until"),
        ),
    )
}  # fmt: skip
# the part of what is new in which a row of the question ``changes`` stands
_NEWS = {
    "new event": "events", "contradicts": "answers", "denies": "answers", "toll raised": "figures",
    "toll lowered": "figures", "toll corrected": "figures", "holds": "control", "holds not": "control",
}  # fmt: skip
# its title, which rows come first, what one is called, the page that has all of them
_NEWS_PARTS = {
    "events": ("New events", "the most told", "event", "/events"),
    "answers": ("Contradictions and denials", "the surest", "statement", "/relations"),
    "figures": ("Numbers that changed", "the largest changes", "number", "/figures"),
    "control": ("Who is now said to hold a place", "the latest", "statement", "/control"),
}
_LABELS = {
    "place": "Place", "speaker": "Voice", "side": "Side", "topic": "Topic", "kind": "Kind", "publisher": "Publisher",
    "polarity": "Says", "status": "Counted", "axis": "About", "is_disputed": "Disputed", "since": "From",
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
            sides = publication.side_names
            options = tuple(sorted(((s, sides.get(s, s)) for s in publication.sides), key=lambda option: option[1]))
        elif name == "in":
            options = _RECORDS
        elif name == "is_disputed":
            options = (("1", "disputed only"),)
        elif code_list := "relation" if (name, page) == ("kind", "relations") else _CODES.get(name):
            in_words = _CODE_WORDS.get(code_list, _plain)
            options = tuple((code, in_words(code)) for code in publication.codes.get(code_list, {}))
        kind = "date" if name in ("since", "until") else "select" if options else "text"
        made.append(Choice(name, _LABELS[name], kind, options))
    return made


def _plain(code: str) -> str:
    return code.replace("_", " ")


_CODE_WORDS: dict[str, Callable[[str], str]] = {
    "event_kind": event_noun,
    "polarity": lambda code: plainly(code, "polarity"),
    "topic": lambda code: plainly(code, "topic"),
    "relation_axis": lambda code: plainly(code, "axis"),
}


def home(publication: Publication) -> Page:
    """How much there is, and what was told of most in the last week with articles."""
    told = publication.ask(_MOST_TOLD).dicts()
    disputed = publication.rows(select("events", Filters(is_disputed=True)).page(6))
    days = [row["last_published_date"] for row in told if row["last_published_date"]]
    values = {
        "sums": publication.sums, "latest": (min(days), max(days)) if days else None, "facts": publication.facts,
        "newest": with_headlines(publication, told), "disputed": with_headlines(publication, disputed),
    }  # fmt: skip
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
    elif name == "event_mentions":
        rows = with_triggers(publication, rows)
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
        "rows": rows[:_STATEMENTS], "total": len(rows), "weeks": weeks,
        "table": control_weeks(rows, publication.side_names),
        "choices": choices(names, publication),
    }  # fmt: skip
    return Page("control.html.j2", "Who is said to hold what", values)


def new(publication: Publication, asked: Asked) -> Page:
    """What the newest loads brought: the question ``changes``."""
    from claimhouse.questions import question

    changes = question("changes")
    given: dict[str, Any] = {p.name: None for p in changes.parameters}
    given["since"] = publication.day_taken_in(asked.day("since"))
    rows = in_sentences(publication, publication.ask_once(changes.sql, given).dicts())
    return Page("new.html.j2", "What is new", {"parts_of_news": parts_of_news(rows)})


def parts_of_news(rows: list[dict[str, Any]]) -> list[NewsPart]:
    """The rows of the question ``changes`` by what is new, in its order."""
    by_name: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_name.setdefault(_NEWS[row["what"]], []).append(row)
    return [
        NewsPart(name, *_NEWS_PARTS[name], total=of_sort[0]["of_sort"], rows=of_sort)
        for name, of_sort in by_name.items()
    ]


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
