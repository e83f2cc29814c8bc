"""The publication that is served now, and the change to the next one.

Belongs here: keeping the published file and its search index open together, for many requests at once. Does not
belong here: what is asked of them.
"""

from __future__ import annotations

import logging
import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimhouse.lookups import has_lookups, ranges_of, with_rows
from claimhouse.search.index import NoIndexError, publication, read_ahead
from claimhouse.search.search import Search
from claimhouse.selections import Selection, Where, place_named
from claimhouse.warehouse import NoWarehouseError, Result, connect, run

if TYPE_CHECKING:
    import duckdb

log = logging.getLogger(__name__)

_LOOK_SECONDS = 1.0
_KEPT_ANSWERS = 32
_SUMS = {
    "articles": "dim_articles",
    "claims": "fct_claims where is_current",
    "events": "events",
    "contradictions": "relations where kind = 'contradicts'",
    "denials": "relations where kind = 'denies'",
    "places": "dim_places",
    "actors": "dim_actors",
}


class Publication:
    """One published file, open, with its index where there is one. Stays as it is while anybody uses it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened = ExitStack()
        self._connection = self._opened.enter_context(connect(path, apart=True))
        self.users = 0
        self.is_retired = False
        self.is_prepared = threading.Event()
        self._answers: dict[Any, Result] = {}
        self.has_lookups = has_lookups(self._connection)
        try:
            self.name = publication(self._connection)
            self.search: Search | None = Search.of_open(path, self._connection)
        except NoIndexError:
            self.name = "unpublished"
            self.search = None

    def ask(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Result:
        """The answer to one statement; may be called by many threads at once."""
        with self._connection.cursor() as cursor:
            return run(cursor, sql, parameters)

    def ask_once(self, sql: str, parameters: Mapping[str, Any]) -> Result:
        """The answer to a question that takes long; it is kept, since the file does not change."""
        key = (sql, tuple(sorted(parameters.items())))
        answer = self._answers.get(key)
        if answer is None:
            answer = self.ask(sql, parameters)
            if len(self._answers) >= _KEPT_ANSWERS:
                self._answers.clear()
            self._answers[key] = answer
        return answer

    def find(
        self, template: str, *, ids: Iterable[str] | None = None, version: str | None = None, **parameters: Any
    ) -> list[dict[str, Any]]:
        """The rows of a statement over an article's rows or over those of a few keys.

        Args:
            template: as ``lookups.with_rows`` takes it.
            ids: the keys, where it has a ``{table.column}``.
            version: the article version, where it has a ``{table}``.
            parameters: of its other parameters, the values.
        """
        with self._connection.cursor() as cursor:
            ranges = ranges_of(cursor, version) if version is not None and self.has_lookups else None
            given = parameters | ({} if ids is None else {"ids": list(ids)})
            given |= {} if version is None else {"version": version}
            return run(cursor, with_rows(template, ranges, indexed=self.has_lookups), given).dicts()

    def rows(self, selection: Selection) -> list[dict[str, Any]]:
        """The rows of a list."""
        if self.has_lookups:
            selection = selection.by_lookups()
        return self.ask(selection.sql, selection.parameters).dicts()

    def count(self, selection: Selection) -> int:
        """How many rows a list has."""
        if self.has_lookups:
            selection = selection.by_lookups()
        return int(self.ask(selection.count(), selection.parameters).rows[0][0])

    def place(self, name: str) -> Where:
        """The place of a name in any spelling.

        Raises:
            SelectionError: no place here is called so.
        """
        with self.cursor() as cursor:
            return place_named(name, cursor, self.search.known if self.search else None)

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of its own for one request."""
        with self._connection.cursor() as cursor:
            yield cursor

    @cached_property
    def facts(self) -> dict[str, str]:
        """What the file says of itself: when and by which run it was published."""
        return dict(self.ask("select key, value from ops_warehouse").rows)

    @cached_property
    def codes(self) -> dict[str, dict[str, str]]:
        """The meaning of each code, by list."""
        found: dict[str, dict[str, str]] = {}
        for code_list, code, meaning in self.ask(
            "select code_list, code, meaning from code_lists order by position"
        ).rows:
            found.setdefault(code_list, {})[code] = meaning
        return found

    @cached_property
    def side_names(self) -> dict[str, str]:
        """What people call each side: the name of its state or camp, by code."""
        return {code: meaning.partition(":")[0].rstrip(".") for code, meaning in self.codes.get("side", {}).items()}

    @cached_property
    def sides(self) -> list[str]:
        """The sides of all speakers."""
        asked = "select distinct speaker_side from fct_claims where speaker_side is not null order by 1"
        return [row[0] for row in self.ask(asked).rows]

    @cached_property
    def days_taken_in(self) -> list[date]:
        """The days on which articles came in, the first first."""
        asked = "select distinct cast(recorded_at as date) from dim_article_versions where recorded_at is not null"
        return sorted(row[0] for row in self.ask(asked).rows)

    def day_taken_in(self, since: date | None) -> date | None:
        """The first day from some day on on which articles came in: what is new since either is the same.

        Returns:
            That day; the given one where nothing came in since.
        """
        if since is None:
            return None
        at = bisect_left(self.days_taken_in, since)
        return self.days_taken_in[at] if at < len(self.days_taken_in) else since

    @cached_property
    def sums(self) -> dict[str, int]:
        """How much there is of what."""
        return {
            name: int(self.ask(f"select count(*) from {rows}").rows[0][0])  # noqa: S608 names of ours
            for name, rows in _SUMS.items()
        }

    def close(self) -> None:
        self._opened.close()


class Publications:
    """Hands out the newest publication; the one before is closed when the last request has done with it.

    Args:
        path: the published file.
        prepare: what is asked of each publication beside its first requests, so that others need not wait for it.
    """

    def __init__(self, path: Path, prepare: Callable[[Publication], object] | None = None) -> None:
        self.path = path
        self._prepare = prepare
        self._lock = threading.Lock()
        self._current: Publication | None = None
        self._state: tuple[int, int, int] | None = None
        self._looked = 0.0

    @contextmanager
    def newest(self) -> Iterator[Publication]:
        """The newest publication, for one request.

        Raises:
            NoWarehouseError: there is none.
        """
        with self._lock:
            current = self._newest()
            current.users += 1
        try:
            yield current
        finally:
            self._let_go(current)

    def _let_go(self, publication: Publication) -> None:
        with self._lock:
            publication.users -= 1
            if publication.is_retired and not publication.users:
                publication.close()

    def _prepared(self, publication: Publication, prepare: Callable[[Publication], object]) -> None:
        try:
            prepare(publication)
        # who asks for the same meets it again, and is told
        except Exception as problem:
            log.warning("what pages begin with could not be prepared: %s", problem)
        finally:
            publication.is_prepared.set()
            self._let_go(publication)

    def _newest(self) -> Publication:
        now = time.monotonic()
        if self._current is not None and now - self._looked < _LOOK_SECONDS:
            return self._current
        try:
            status = self.path.stat()
        except FileNotFoundError:
            raise NoWarehouseError(f"no warehouse at {self.path}; `claimhouse refresh` makes it") from None
        state = (status.st_ino, status.st_mtime_ns, status.st_size)
        if self._current is None or state != self._state:
            opened = Publication(self.path)
            self._retire()
            self._current, self._state = opened, state
            if opened.search is not None:
                threading.Thread(target=read_ahead, args=(self.path, opened.name), daemon=True).start()
            if self._prepare is not None:
                opened.users += 1
                threading.Thread(target=self._prepared, args=(opened, self._prepare), daemon=True).start()
        self._looked = now
        return self._current

    def open_beside(self) -> None:
        """Open the newest publication, where there is one, before anybody asks; returns at once."""

        def opened() -> None:
            with suppress(NoWarehouseError), self.newest():
                pass

        threading.Thread(target=opened, daemon=True).start()

    def _retire(self) -> None:
        if self._current is not None:
            self._current.is_retired = True
            if not self._current.users:
                self._current.close()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._retire()
            self._current = None
