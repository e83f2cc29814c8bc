"""Spellings of places and actors, as documents of the search index.

Belongs here: under which keys a name is found, and with which spellings articles write it. Does not belong here:
what is searched with them (``query``).

Who searches for "Kiev" finds what says "Kyiv", and the other way round: the gazetteer knows that both are one
place, and the warehouse how its articles write it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
import tantivy

from claimhouse.search.fields import NAME, loose, stored_of
from ingest.extract.locations.names import fold

if TYPE_CHECKING:
    import duckdb

# GeoNames id to the folded names of the place
Gazetteer = Callable[[Iterable[int]], Mapping[int, Sequence[str]]]

_MOST_FORMS = 20
_PLACES = """
    select place.place_id, place.place, place.geonameid, place.country, place.admin1, place.kind, place.feature_code,
        list(distinct location.exact) filter (where location.kind <> 'reference') as written
    from dim_places as place
    inner join fct_locations as location on place.place_id = location.place_id and location.is_current
    group by all"""
_ACTORS = """
    select alias.actor_id, actor.actor, actor.kind, list(distinct alias.name), list(distinct alias.known_as)
    from actor_aliases as alias
    inner join dim_actors as actor on alias.actor_id = actor.actor_id
    group by all"""


@dataclass(frozen=True, slots=True)
class Names:
    """One place or actor: the spellings in which articles have it, and for a place what it is filtered by."""

    what: str  # place or actor
    name: str
    forms: tuple[str, ...]
    token: str | None = None


def name_documents(connection: duckdb.DuckDBPyConnection, gazetteer: Gazetteer | None) -> Iterator[tantivy.Document]:
    """A document for each place and each named actor of the warehouse."""
    yield from _places(connection, gazetteer)
    yield from _actors(connection)


def _places(connection: duckdb.DuckDBPyConnection, gazetteer: Gazetteer | None) -> Iterator[tantivy.Document]:
    rows = connection.execute(_PLACES).fetchall()
    listed: Mapping[int, Sequence[str]] = gazetteer([row[2] for row in rows if row[2]]) if gazetteer else {}
    for place_id, place, geonameid, country, admin1, kind, feature, written in rows:
        token = place_token(place_id, country, admin1, kind, feature)
        forms = _distinct([place, *(written or ())])
        keys = {fold(form) for form in forms} | set(listed.get(geonameid, ()))
        yield _document(Names("place", place, forms, token), keys)


def place_token(place_id: str, country: str | None, admin1: str | None, kind: str, feature: str | None) -> str:
    """What is filtered by where a place is meant: a country and a region with all that lies in them."""
    if kind == "country" and country:
        return f"country:{country}"
    if kind == "region" and feature == "ADM1" and admin1:
        return f"region:{country}:{admin1}"
    return str(place_id)


def _actors(connection: duckdb.DuckDBPyConnection) -> Iterator[tantivy.Document]:
    for _, actor, kind, names, known in connection.execute(_ACTORS).fetchall():
        spellings = _distinct([actor, *(names or ()), *(n for n in known or () if n)])
        forms = _distinct(name.split()[-1] for name in spellings if name.split()) if kind == "person" else spellings
        yield _document(Names("actor", actor, forms), {fold(name) for name in (*spellings, *forms)})


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    """Spellings that differ by more than capitals and accents, each as first written."""
    found: dict[str, str] = {}
    for name in names:
        if name:
            found.setdefault(fold(name), name)
    return tuple(sorted(found.values())[:_MOST_FORMS])


def _document(names: Names, keys: Iterable[str]) -> tantivy.Document:
    made = tantivy.Document()
    made.add_text("record", NAME)
    for key in sorted({*keys} - {""}):
        made.add_text("spelling", key)
        if " " not in key and (form := loose(key)):
            made.add_text("spelling", f"~{form}")
    stored = {"what": names.what, "name": names.name, "forms": names.forms, "token": names.token}
    made.add_bytes("stored", orjson.dumps(stored))
    return made


class Known:
    """Looks names up in an open index."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher, self._schema = searcher, schema

    def find(self, spellings: Iterable[str]) -> dict[str, list[Names]]:
        """The names that are found under folded spellings; those that nothing is known by are left out."""
        found: dict[str, list[Names]] = defaultdict(list)
        for spelling in dict.fromkeys(spellings):
            query = tantivy.Query.term_query(self._schema, "spelling", spelling, "basic")
            for _, address in self._searcher.search(query, 10, count=False).hits:
                found[spelling].append(_read(self._searcher.doc(address)))
        return found

    def one(self, name: str, what: str | None = None) -> list[Names]:
        """The places or actors of a name, in its own spelling or else in another transliteration."""
        key = fold(name)
        for spelling in (key, f"~{loose(key)}"):
            if names := [n for n in self.find([spelling]).get(spelling, ()) if what in (None, n.what)]:
                return names
        return []


def _read(document: tantivy.Document) -> Names:
    stored: dict[str, Any] = stored_of(document)
    return Names(stored["what"], stored["name"], tuple(stored["forms"]), stored["token"])
