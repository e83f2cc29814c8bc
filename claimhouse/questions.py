"""The questions of the cookbook: their SQL, their parameters, and what a person may give for them.

Ten have a number, the others a name.

Belongs here: reading ``dbt_project/analyses``, and turning the names that people use (a town's other
spelling, a plural) into those of the warehouse. Does not belong here: the SQL itself, how an answer is
shown (``claimhouse.cli.ask``).
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.extract.locations.names import fold
from ingest.home import SHIPPED_DIR

if TYPE_CHECKING:
    import duckdb

ANALYSES = SHIPPED_DIR / "dbt_project" / "analyses"
_TITLE = re.compile(r"-- (\w+)\. (.+)")
_PARAMETER = re.compile(r"-- (\w+) (varchar|date|bigint|double): (.+)")
_DIRECTIONS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
_OFFERED = 5
# parameters that take a code, with the list of it
_CODE_LISTS = {"topic": "topic", "status": "count_role", "kind": "event_kind"}


class QuestionError(Exception):
    """What was asked for cannot be asked; the message says what can."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One ``$name`` of a question; null where it is left open."""

    name: str
    type: str
    meaning: str

    @property
    def is_required(self) -> bool:
        return "must be given" in self.meaning


@dataclass(frozen=True, slots=True)
class Question:
    """One file of ``dbt_project/analyses``: its first line is name and title, then a line a parameter."""

    name: str  # what it is asked by: a number from 1, or a word
    title: str
    parameters: tuple[Parameter, ...]
    path: Path
    sql: str

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """A value for every parameter, null where none is given.

        Raises:
            QuestionError: one is given that the question does not have, or one that it needs is not.
        """
        names = [p.name for p in self.parameters]
        if unknown := sorted(given.keys() - set(names)):
            raise QuestionError(f"question {self.name} takes no {_listed(unknown)}; it takes {_listed(names)}")
        if missing := [p.name for p in self.parameters if p.is_required and given.get(p.name) is None]:
            raise QuestionError(f"question {self.name} needs {_listed(missing)}")
        return {name: given.get(name) for name in names}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"--{name.replace('_', '-')}" for name in names)


@cache
def questions() -> tuple[Question, ...]:
    """All questions in order, those with a number first."""
    return tuple(_read(path) for path in sorted(ANALYSES.glob("*.sql")))


def question(name: int | str) -> Question:
    """The question of this number or name.

    Raises:
        QuestionError: there is none.
    """
    for found in questions():
        if found.name == str(name).lower():
            return found
    numbers = [q.name for q in questions() if q.name.isdigit()]
    words = [q.name for q in questions() if not q.name.isdigit()]
    raise QuestionError(f"there is no question {name}; there are {numbers[0]} to {numbers[-1]}, {', '.join(words)}")


def _read(path: Path) -> Question:
    sql = path.read_text(encoding="utf-8")
    first, *rest = sql.splitlines()
    title = _TITLE.fullmatch(first)
    if title is None:
        raise ValueError(f"{path} does not begin with its name and title")
    parameters = (Parameter(*match.groups()) for match in map(_PARAMETER.fullmatch, rest) if match)
    return Question(title[1], title[2], tuple(parameters), path, sql)


def resolved(
    given: Mapping[str, str], connection: duckdb.DuckDBPyConnection, gazetteer: Callable[[], Any] | None = None
) -> tuple[dict[str, Any], list[str]]:
    """What was given in the terms of the warehouse, and a note for each name that stands for another one.

    ``gazetteer`` opens the list of places, whose alternate names count as well.

    Raises:
        QuestionError: a value means nothing to the warehouse; the message offers what is near.
    """
    found: dict[str, Any] = {}
    notes = []
    for name, value in given.items():
        if name == "place":
            found[name] = _place(value, connection, gazetteer)
        elif name == "thing":
            found[name] = _thing(value, connection)
        elif name in _CODE_LISTS:
            found[name] = _one_of(value.lower(), _codes(_CODE_LISTS[name], connection), name)
        elif name == "direction":
            found[name] = _one_of(value.upper(), _DIRECTIONS, name)
        elif name == "side":
            found[name] = _one_of(value.upper(), _sides(connection), name)
        elif name == "publisher":
            known = {v.lower(): v for v in _values("dim_publishers", "publisher", connection)}
            found[name] = known[_one_of(value.lower(), known, name)]
        elif name in ("since", "until"):
            found[name] = _day(value, name)
        else:
            found[name] = value
        if str(found[name]).lower() != value.lower():
            notes.append(f"{name} {value!r} is taken for {str(found[name])!r}")
    return found, notes


def _place(value: str, connection: duckdb.DuckDBPyConnection, gazetteer: Callable[[], Any] | None) -> str:
    """The warehouse's name of the place, by its own names, as articles spell it, by the gazetteer's names."""
    wanted = fold(value)
    # by its own name or as articles write it: the place that is meant most
    spellings: dict[str, Counter[str]] = {}
    query = (
        "select place, exact, kind = 'reference', count(*) from fct_locations where place_id is not null group by all"
    )
    for place, written, is_reference, count in connection.execute(query).fetchall():
        for spelling in {fold(place)} if is_reference else {fold(place), fold(written)}:
            spellings.setdefault(spelling, Counter())[place] += count
    if wanted in spellings:
        return min(spellings[wanted].items(), key=lambda item: (-item[1], item[0]))[0]
    elsewhere = None
    for place, _ in gazetteer().lookup(value) if gazetteer is not None else ():
        here = connection.execute("select place from dim_places where geonameid = $1", [place.geonameid]).fetchone()
        if here:
            return str(here[0])
        elsewhere = elsewhere or f"{place.name} ({place.country})"
    near = {max(spellings[s]): None for s in difflib.get_close_matches(wanted, spellings, _OFFERED, 0.7)}
    nothing = f"nothing is said of {elsewhere} here" if elsewhere else f"no place here is called {value!r}"
    raise QuestionError(nothing + _offer(near))


def _thing(value: str, connection: duckdb.DuckDBPyConnection) -> str:
    """A class of people or things, or what is counted, as the figure series have it."""
    classes = _codes("argument_class", connection)
    wanted = value.lower()
    return (
        wanted if wanted in classes else _one_of(wanted, _values("figure_series", "thing", connection), "counted thing")
    )


def _sides(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The sides of all speakers and publishers."""
    return sorted(
        {*_values("fct_claims", "speaker_side", connection), *_values("event_members", "voice_side", connection)}
    )


def _day(value: str, name: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise QuestionError(f"--{name} wants a day as 2025-11-30, not {value!r}") from None


def _codes(code_list: str, connection: duckdb.DuckDBPyConnection) -> list[str]:
    query = "select code from code_lists where code_list = $1 order by position"
    return [row[0] for row in connection.execute(query, [code_list]).fetchall()]


def _values(table: str, column: str, connection: duckdb.DuckDBPyConnection) -> list[str]:
    query = f"select distinct {column} from {table} where {column} is not null order by 1"  # noqa: S608 names of ours
    return [row[0] for row in connection.execute(query).fetchall()]


def _one_of(value: str, known: Iterable[str], what: str) -> str:
    names = list(known)
    if value in names:
        return value
    near = difflib.get_close_matches(value, names, _OFFERED, 0.6) or (names if len(names) <= 20 else [])
    raise QuestionError(f"no {what} here is {value!r}" + _offer(near))


def _offer(near: Iterable[str]) -> str:
    names = list(near)
    return f"; did you mean {' or '.join(names)}?" if names and len(names) <= _OFFERED else _all(names)


def _all(names: list[str]) -> str:
    return f"; there are {', '.join(names)}" if names else ""


def options() -> Iterator[str]:
    """Names of all parameters, each once, in the order of the questions."""
    yield from dict.fromkeys(p.name for q in questions() for p in q.parameters)
