"""What an entry of ``sources.yml`` may say, by kind.

Belongs here: the keys of each kind of source, their types and limits. Does not belong here: loading the
file (``ingest.sources.loading``), reading a source.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ingest.documents import TableLayout

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
FieldName = Literal["text", "title", "published", "modified", "url", "publisher", "author", "language", "id"]
Address = Annotated[str, Field(pattern=r"^https?://[^\s/]+", max_length=2_000, description="a web address")]
_COUNTRY_HINT = "an ISO 3166-1 alpha-2 code, as UA"


class SourcesError(ValueError):
    """``sources.yml`` cannot be used; the message says where and what is allowed."""


class Publisher(BaseModel):
    """Who publishes, for documents that name their publisher or address."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, description="the publisher's name as documents give it")]
    country: Country | None = Field(default=None, description=_COUNTRY_HINT)
    side: Country | None = Field(default=None, description=_COUNTRY_HINT)
    domains: tuple[str, ...] = ()

    def owns(self, url: str) -> bool:
        """True where the address is on one of the publisher's domains."""
        host = (urlsplit(url).hostname or "").lower()
        return any(host == d or host.endswith("." + d) for d in self.domains)


class SourceConfig(BaseModel):
    """One entry of ``sources.yml``. Each kind adds its own keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[Name, Field(description="lower-case letters, digits, - and _")]
    kind: str
    publisher: str | None = None
    publisher_country: Country | None = Field(default=None, description=_COUNTRY_HINT)
    publisher_side: Country | None = Field(default=None, description=_COUNTRY_HINT)
    language: Language | None = Field(default=None, description="an ISO 639-1 code, as en")
    licence: str | None = None
    is_enabled: bool = True
    publishers: tuple[Publisher, ...] = Field(default=(), exclude=True)

    @property
    def is_local(self) -> bool:
        """True where looking for new documents costs no network."""
        return False

    @property
    def table(self) -> TableLayout | None:
        """How rows of its files are to be read; None where they are no tables."""
        return None

    def publisher_of(self, name: str | None, url: str | None) -> Publisher | None:
        """Who published a document that names ``name`` and stood at ``url``; else the source's publisher."""
        wanted = _folded(name) if name else None
        if self.publisher and wanted in (None, _folded(self.publisher)):
            return Publisher(name=self.publisher, country=self.publisher_country, side=self.publisher_side)
        for known in self.publishers:
            if wanted is not None and wanted == _folded(known.name):
                return known
        for known in self.publishers:
            if (name and known.owns(f"//{name}")) or (url and known.owns(url)):
                return known
        return Publisher(name=name) if name else None


class FolderConfig(SourceConfig):
    """A folder of files."""

    kind: Literal["folder"]
    path: Path | None = Field(default=None, description="folder, relative to sources.yml; the inbox by default")

    @property
    def is_local(self) -> bool:
        return True


class FilesConfig(SourceConfig):
    """What sources of local files share."""

    path: Path = Field(description="a file, or a folder whose files of this kind are read, relative to sources.yml")

    @property
    def is_local(self) -> bool:
        return True


class TableConfig(FilesConfig):
    """Rows of JSON lines, CSV or Parquet files whose columns have names of their own."""

    kind: Literal["jsonl", "csv", "parquet"]
    fields: dict[FieldName, str] = Field(default={}, description="what a field is called in the file, as text: body_en")
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None

    @property
    def table(self) -> TableLayout | None:
        return TableLayout(self.fields, self.delimiter)


class WarcConfig(FilesConfig):
    """Web archives (WARC, ARC), as a crawler writes them."""

    kind: Literal["warc"]


class FetchedConfig(SourceConfig):
    """What sources that are fetched over the network share."""

    seconds_between_requests: float = Field(default=1.0, ge=0, le=3_600, description="pause between requests to a host")
    most_documents: int = Field(default=1_000, ge=1, le=1_000_000, description="documents fetched in one run")
    revisit_days: int = Field(default=2, ge=0, le=365, description="days in which a page is looked at again for edits")


class FeedConfig(FetchedConfig):
    """An RSS, Atom or JSON feed."""

    kind: Literal["feed"]
    url: Address
    take: Literal["pages", "feed"] = Field(
        default="pages", description="follow entries to their pages, or take the feed's text"
    )


class SitemapConfig(FetchedConfig):
    """A sitemap, news sitemap or index of sitemaps."""

    kind: Literal["sitemap"]
    url: Address
    days: int = Field(default=7, ge=1, le=36_500, description="only pages that the sitemap dates within so many days")
    match: str | None = Field(default=None, description="only addresses in which this regular expression is found")

    @field_validator("match")
    @classmethod
    def _compiles(cls, value: str | None) -> str | None:
        try:
            re.compile(value or "")
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from None
        return value


class PagesConfig(FetchedConfig):
    """A list of addresses, here or in a file with one a line."""

    kind: Literal["pages"]
    urls: tuple[Address, ...] = ()
    path: Path | None = Field(default=None, description="a file with one address a line, relative to sources.yml")

    @model_validator(mode="after")
    def _has_some(self) -> Self:
        if not self.urls and not self.path:
            raise ValueError("urls or path is needed")
        return self


class GdeltConfig(FetchedConfig):
    """A CSV file of addresses with dates, local or fetched; GDELT's event exports by default."""

    kind: Literal["gdelt"]
    url: Address | None = None
    path: Path | None = Field(default=None, description="the CSV file, relative to sources.yml")
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = "\t"
    url_column: int | str = Field(
        default=60, description="number from 0, or name where the file has a first line of names"
    )
    date_column: int | str | None = Field(default=59, description="number from 0, or name, or null")

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if bool(self.url) == bool(self.path):
            raise ValueError("either url or path is needed")
        return self


KINDS: dict[str, type[SourceConfig]] = {
    "folder": FolderConfig,
    "jsonl": TableConfig,
    "csv": TableConfig,
    "parquet": TableConfig,
    "warc": WarcConfig,
    "feed": FeedConfig,
    "sitemap": SitemapConfig,
    "pages": PagesConfig,
    "gdelt": GdeltConfig,
}


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()
