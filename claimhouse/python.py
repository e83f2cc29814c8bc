"""The warehouse from Python: ``import claimhouse as ch``, ``ch.open(…)``, ``ch.extract(…)``.

Belongs here: what a notebook calls. Does not belong here: SQL of lists (``claimhouse.selections``), search
(``claimhouse.search``), extraction (``ingest.extract``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

from claimhouse.selections import Filters, Selection, place_named, select
from claimhouse.warehouse import Result, as_published, check_question, open_at, row_counts, run

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

    from claimhouse.search.search import Answer, Search

Day = date | str
Record = Literal["claim", "event_mention", "sentence"]
_SHOWN = 10


class Rows:
    """Rows of one question, not fetched before they are asked for."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, selection: Selection) -> None:
        self._connection, self._selection = connection, selection

    @property
    def sql(self) -> str:
        """The SQL; its ``$name`` parameters stand in ``parameters``."""
        return self._selection.sql

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The values of the parameters of ``sql``, by name."""
        return self._selection.parameters

    def relation(self) -> duckdb.DuckDBPyRelation:
        """The rows as a relation of DuckDB, to filter, join and aggregate on."""
        return self._connection.sql(self._selection.sql, params=self._selection.parameters or None)

    def df(self) -> pd.DataFrame:
        """The rows as a pandas frame."""
        return self.relation().df()

    def arrow(self) -> pa.Table:
        """The rows as an Arrow table."""
        return self.relation().to_arrow_table()

    def result(self) -> Result:
        """Column names and rows as tuples."""
        return run(self._connection, self._selection.sql, self._selection.parameters)

    def dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        return self.result().dicts()

    def limit(self, rows: int, offset: int = 0) -> Rows:
        """So many of the rows, from so many on."""
        return Rows(self._connection, self._selection.page(rows, offset))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.dicts())

    def __len__(self) -> int:
        return int(run(self._connection, self._selection.count(), self._selection.parameters).rows[0][0])

    def __repr__(self) -> str:
        return f"<{len(self)} rows>\n{self.limit(_SHOWN).relation()}"


class Warehouse:
    """A published file, open for reading. It stays as it was when it was opened; ``reopen`` takes a newer one.

    Also a context manager, which closes it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open()

    def _open(self) -> None:
        self._opened = ExitStack()
        # closed by ``close`` alone: rows and relations go on with it where nobody keeps the warehouse
        self._connection = open_at(self._opened.enter_context(as_published(self.path, apart=True)), self.path)
        self._search: Search | None = None

    def reopen(self) -> Warehouse:
        """Open the file that is published now."""
        self.close()
        self._open()
        return self

    def close(self) -> None:
        """Let go of the file; what was fetched stays good."""
        self._connection.close()
        self._opened.close()

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- lists ---------------------------------------------------------------------------------

    def claims(
        self, *, place: str | None = None, speaker: str | None = None, actor_id: str | None = None,
        side: str | None = None, topic: str | None = None, kind: str | None = None, publisher: str | None = None,
        polarity: str | None = None, event_id: str | None = None, since: Day | None = None, until: Day | None = None,
    ) -> Rows:  # fmt: skip
        """Current claims, the newest first.

        Args:
            place: that claims are linked to, in any spelling; a region or a country holds its places.
            speaker: part of a speaker's name, or of another name of the same actor.
            actor_id: one actor of ``dim_actors``.
            side: ISO code of the speaker's side, as UA.
            topic: a code of the list topic, as control.
            kind: of an event that the claim tells of, as strike.
            publisher: name of a publisher.
            polarity: affirmative, negative or question.
            event_id: one event of ``events``.
            since: first day of publication, a date or "2025-11-30".
            until: last day of publication.

        Raises:
            SelectionError: no place here is called so.
        """
        return self._rows("claims", place, speaker=speaker, actor_id=actor_id, side=side, topic=topic, kind=kind,
                          publisher=publisher, polarity=polarity, event_id=event_id, since=since,
                          until=until)  # fmt: skip

    def event_mentions(
        self, *, place: str | None = None, speaker: str | None = None, side: str | None = None, kind: str | None = None,
        publisher: str | None = None, polarity: str | None = None, event_id: str | None = None,
        since: Day | None = None, until: Day | None = None,
    ) -> Rows:  # fmt: skip
        """Current event mentions, the newest first. ``side`` is that of agent or target; the rest as for claims."""
        return self._rows("event_mentions", place, speaker=speaker, side=side, kind=kind, publisher=publisher,
                          polarity=polarity, event_id=event_id, since=since, until=until)  # fmt: skip

    def events(
        self, *, place: str | None = None, kind: str | None = None, side: str | None = None,
        is_disputed: bool | None = None, since: Day | None = None, until: Day | None = None,
    ) -> Rows:  # fmt: skip
        """Events, those told of last first. ``since`` and ``until`` are the days on which they happened."""
        return self._rows("events", place, kind=kind, side=side, is_disputed=is_disputed, since=since, until=until)

    def relations(
        self, *, kind: str | None = None, axis: str | None = None, place: str | None = None, side: str | None = None,
        speaker: str | None = None, publisher: str | None = None, event_id: str | None = None,
        since: Day | None = None, until: Day | None = None,
    ) -> Rows:  # fmt: skip
        """Pairs of statements: kind contradicts, denies, corroborates, repeats or revises; the newest first."""
        return self._rows("relations", place, kind=kind, axis=axis, side=side, speaker=speaker, publisher=publisher,
                          event_id=event_id, since=since, until=until)  # fmt: skip

    def figures(
        self, *, place: str | None = None, kind: str | None = None, status: str | None = None,
        speaker: str | None = None, side: str | None = None, event_id: str | None = None, since: Day | None = None,
        until: Day | None = None,
    ) -> Rows:  # fmt: skip
        """Figure series of one event by one authority, those that changed most first; status is killed, wounded …"""
        return self._rows("figures", place, kind=kind, status=status, speaker=speaker, side=side, event_id=event_id,
                          since=since, until=until)  # fmt: skip

    def control(
        self, *, place: str | None = None, side: str | None = None, speaker: str | None = None,
        publisher: str | None = None, since: Day | None = None, until: Day | None = None,
    ) -> Rows:  # fmt: skip
        """Who is said to hold which place, by which voice, the latest week first; ``side`` is the holder's."""
        return self._rows("control", place, side=side, speaker=speaker, publisher=publisher, since=since, until=until)

    def _rows(self, name: str, place: str | None, **given: Any) -> Rows:
        for bound in ("since", "until"):
            if isinstance(given.get(bound), str):
                given[bound] = date.fromisoformat(given[bound])
        where = None if place is None else place_named(place, self._connection, self._known(), _gazetteer)
        return Rows(self._connection, select(name, Filters(place=where, **given)))

    # --- questions -----------------------------------------------------------------------------

    def sql(self, sql: str, **parameters: Any) -> Rows:
        """One SELECT of your own, with ``$name`` parameters.

        Raises:
            NotAllowedError: it is not one statement that only reads.
        """
        check_question(sql)
        return Rows(self._connection, Selection(sql, parameters))

    def ask(self, number: int, **given: Any) -> Rows:
        """One of the ten questions of docs/questions.md, with its parameters; names in any spelling.

        Raises:
            QuestionError: there is no such question, parameter or name.
        """
        from claimhouse.questions import question, resolved

        asked = question(number)
        asked.values(given)
        named = {name: str(value) for name, value in given.items() if isinstance(value, str | date)}
        found, _ = resolved(named, self._connection, _gazetteer)
        return Rows(self._connection, Selection(asked.sql, asked.values({**given, **found})))

    def search(
        self, text: str = "", *, records: Iterable[Record] = (), place: str | None = None, speaker: str | None = None,
        side: str | None = None, kind: str | None = None, publisher: str | None = None, since: Day | None = None,
        until: Day | None = None, limit: int = 20, newest: bool = False,
    ) -> Answer:  # fmt: skip
        """Claims, event mentions and sentences that hold what is looked for, best first; see docs/search.md.

        Raises:
            NoIndexError: this publication has no index.
            SearchError: it cannot be searched for.
        """
        from claimhouse.search.search import Filters as Wanted

        days = [date.fromisoformat(day) if isinstance(day, str) else day for day in (since, until)]
        wanted = Wanted(tuple(records), place, speaker, side, kind, publisher, *days)
        return self._index().find(text, wanted, limit=limit, newest=newest)

    def tables(self) -> dict[str, int]:
        """Rows of every table."""
        return row_counts(self._connection)

    def _index(self) -> Search:
        from claimhouse.search.search import Search

        if self._search is None:
            self._search = Search.of_open(self.path, self._connection)
        return self._search

    def _known(self) -> Any:
        from claimhouse.search.index import NoIndexError

        try:
            return self._index().known
        except NoIndexError:
            return None


def _gazetteer() -> Any:
    from ingest.extract.locations.gazetteer import default_gazetteer
    from ingest.settings import settings

    return default_gazetteer(settings().gazetteer_dir)


def open_warehouse(path: Path | str | None = None) -> Warehouse:
    """Open a published file; without a path, that of the house (setting ``CLAIMHOUSE_DATA_DIR``).

    Raises:
        NoWarehouseError: there is none.
    """
    if path is None:
        from ingest.settings import settings

        path = settings().warehouse_path
    return Warehouse(Path(path))


def extract(
    texts: str | Iterable[str], *, published: date | str | None = None, kinds: Iterable[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Find the facts in texts; one dictionary a text, as it goes, as ``claimhouse extract`` writes them.

    Args:
        texts: one text, or many.
        published: the day of publication, from which "on Monday" is counted; None where it is not known.
        kinds: of dates, figures, locations, claims and events; all by default. Claims and events need those before.

    Raises:
        ValueError: there is no such kind of fact.
    """
    from ingest.extract.base import KINDS
    from ingest.extract.pipeline import Pipeline
    from ingest.extract.threads import single_threaded_blas
    from ingest.extract.wire import to_json
    from ingest.settings import settings

    single_threaded_blas()
    day = date.fromisoformat(published) if isinstance(published, str) else published
    wanted = tuple(KINDS if kinds is None else kinds)
    pipeline = Pipeline(settings().model, settings().gazetteer_dir, wanted, settings().parser)
    for number, text in enumerate([texts] if isinstance(texts, str) else texts):
        yield to_json(number, pipeline.extract(text, day))
