"""What reading a document gives: a draft of an article, or a refusal with its reason.

Belongs here: the shapes that the readers of all formats share. Does not belong here: any format.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import date, datetime

from ingest.records import Article
from ingest.values import value


@value(frozen=True, slots=True, kw_only=True)
class ArticleDraft(Article):
    """An article as one document gives it, not yet compared with what is known."""

    document_sha256: str
    byte_count: int
    published_at: datetime | None = None  # of a local file that does not say when it was captured or changed

    def article(self, change_kind: str = "new") -> Article:
        """The article to land, with what this version is to the one before."""
        values = {f.name: getattr(self, f.name) for f in dataclasses.fields(Article)}
        return Article(**{**values, "change_kind": change_kind})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A document that gives no article, and why. ``reason`` is one of ``records.REJECT_REASONS``."""

    uri: str
    reason: str
    detail: str
    document_sha256: str | None = None
    byte_count: int | None = None


class RefusedError(Exception):
    """Raised by a reader of one format; becomes a :class:`Rejection`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One document: a file, or one line or file inside it."""

    uri: str
    name: str
    data: bytes
    sha256: str
    media_type: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """A publication date as stated: the day, and the instant where a time with its zone is given."""

    day: date
    instant: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Parts:
    """What a format says of the article in it. ``stamps`` are (where found, date), best first."""

    body: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    item_id: str | None = None
    modified: Stamp | None = None
    stamps: list[tuple[str, Stamp]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
