"""What an address asks for: filters, words, the page of a list.

Belongs here: reading and writing query strings, so that a view can be sent. Does not belong here: what is done with
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from claimhouse.publications import Publication
from claimhouse.search.search import Filters as SearchFilters
from claimhouse.selections import Filters, SelectionError

PAGE = 25
_MOST_PAGES = 400
_LONGEST = 300  # characters of one value
_TEXTS = ("speaker", "actor_id", "side", "kind", "topic", "axis", "publisher", "polarity", "status", "event_id")
NAMES = ("q", "place", *_TEXTS, "in", "is_disputed", "since", "until", "sort", "page")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, as text; empty values are left out."""

    values: Mapping[str, str]

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """The parameters of an address that any page knows.

        Raises:
            SelectionError: a value is longer than any name, or holds what no name does.
        """
        values = {name: query[name].strip() for name in NAMES if query.get(name, "").strip()}
        for name, value in values.items():
            if name != "q" and len(value) > _LONGEST:
                raise SelectionError(f"{name} is longer than any name is")
            if "\0" in value:
                raise SelectionError(f"{name} holds a character that no name has")
        return cls(values)

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def page(self) -> int:
        """The number of the page, from 1."""
        given = self.get("page")
        return min(max(int(given), 1), _MOST_PAGES) if given.isdecimal() and len(given) < 6 else 1

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE

    def day(self, name: str) -> date | None:
        """A day of the address.

        Raises:
            SelectionError: it is no day.
        """
        given = self.get(name)
        try:
            return date.fromisoformat(given) if given else None
        except ValueError:
            raise SelectionError(f"{name} wants a day as 2025-11-30, not {given!r}") from None

    def filters(self, publication: Publication) -> Filters:
        """The filters of a list.

        Raises:
            SelectionError: one means nothing here.
        """
        texts = {name: self.get(name) or None for name in _TEXTS}
        return Filters(
            place=publication.place(self.get("place")) if self.get("place") else None,
            is_disputed=True if self.get("is_disputed") else None,
            since=self.day("since"),
            until=self.day("until"),
            **texts,
        )

    def search_filters(self) -> SearchFilters:
        """The filters of a search.

        Raises:
            SelectionError: a day is none.
        """
        names = ("place", "speaker", "side", "kind", "publisher")
        records = tuple(self.get("in").split()) if self.get("in") else ()
        given = {name: self.get(name) or None for name in names}
        return SearchFilters(records=records, since=self.day("since"), until=self.day("until"), **given)

    def address(self, path: str, **changed: str | int | None) -> str:
        """The address of a page with these parameters, some of them changed or (None) left out."""
        values = {**self.values, **{name: "" if value is None else str(value) for name, value in changed.items()}}
        kept = {name: value for name, value in values.items() if value}
        return f"{path}?{urlencode(kept)}" if kept else path
