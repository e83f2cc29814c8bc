"""The file of watchlists, ``watch.yml``: what a user wants to be told of.

Belongs here: reading the file, and what an entry may say. Does not belong here: finding what matches
(``claimhouse.watching``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from ingest.records import COUNT_ROLES, EVENT_KINDS
from ingest.yaml_files import BoundedLoader

# what a threshold may be of, beside the roles of counts
SUMS = ("articles", "origins", "voices")


class WatchError(ValueError):
    """The file cannot be read, or says what is not allowed; the message names file, entry and what is allowed."""


class Watch(BaseModel):
    """One watchlist. An event matches where everything holds that the entry says; in a list one is enough."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=100)]
    places: tuple[str, ...] = ()  # names of places, of first-level regions, or ISO 3166-1 codes of countries
    actors: tuple[str, ...] = ()  # names of those who act, are hit or speak, or codes of sides
    kinds: tuple[str, ...] = ()
    at_least: dict[str, Annotated[float, Field(gt=0)]] = {}
    is_disputed: bool | None = None

    @field_validator("kinds")
    @classmethod
    def _known_kinds(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := [kind for kind in value if kind not in EVENT_KINDS]:
            raise ValueError(f"{unknown[0]!r} is no kind of event; allowed are: {', '.join(EVENT_KINDS)}")
        return value

    @field_validator("at_least")
    @classmethod
    def _known_sums(cls, value: dict[str, float]) -> dict[str, float]:
        allowed = (*SUMS, *COUNT_ROLES)
        if unknown := [name for name in value if name not in allowed]:
            raise ValueError(f"{unknown[0]!r} cannot be counted; allowed are: {', '.join(allowed)}")
        return value

    @field_validator("places", "actors")
    @classmethod
    def _not_empty(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if any(not name.strip() for name in value):
            raise ValueError("a name is empty")
        return value


class Webhook(BaseModel):
    """Where matches are posted to, as JSON."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, Field(max_length=2_000)]
    timeout_seconds: Annotated[float, Field(gt=0, le=60)] = 10

    @field_validator("url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
            is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            is_address = False
        if not is_address or any(c.isspace() or not c.isprintable() for c in value):
            raise ValueError("a web address is needed, as https://desk.example/hook")
        return value

    @property
    def host(self) -> str:
        """The host: what may be told of an address that may hold a secret."""
        return urlsplit(self.url).hostname or ""


class WatchFile(BaseModel):
    """All of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    webhook: Webhook | None = None
    watches: tuple[Watch, ...] = ()

    @field_validator("watches")
    @classmethod
    def _names_differ(cls, value: tuple[Watch, ...]) -> tuple[Watch, ...]:
        names = [watch.name for watch in value]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"two entries are called {twice!r}")
        return value


def load_watchlists(path: Path) -> WatchFile:
    """The file; one without entries where there is none.

    Raises:
        WatchError: the file cannot be read or says what is not allowed.
    """
    if not path.exists():
        return WatchFile()
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=BoundedLoader)  # noqa: S506 a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        raise WatchError(f"{path}: cannot be read: {error}") from error
    content = {} if content is None else content
    if not isinstance(content, dict):
        raise WatchError(f"{path}: allowed are the keys webhook and watches, a list of entries")
    content = {key: value for key, value in content.items() if value is not None}
    try:
        return WatchFile.model_validate(content)
    except ValidationError as error:
        raise WatchError("\n".join(f"{path}: {_told(dict(e))}" for e in error.errors())) from None


def _told(error: dict[str, Any]) -> str:
    """One error in words: which entry and key, what is wrong, what is allowed."""
    where = list(error["loc"])
    models: dict[str, type[BaseModel]] = {"webhook": Webhook, "watches": Watch}
    model = models.get(str(where[0])) if where else None
    if model is Watch and len(where) > 1 and isinstance(where[1], int):
        where[:2] = [f"watch {where[1] + 1}"]
    place = ": ".join(map(str, where)) or "the file"
    if error["type"] == "extra_forbidden":
        fields = (model or WatchFile).model_fields
        return f"{place}: unknown key; allowed are: {', '.join(fields)}"
    hint = (
        "; put it in quotes, YAML takes no, yes, on and off for something else"
        if error["input"] in (True, False)
        else ""
    )
    return f"{place}: {error['msg'].removeprefix('Value error, ')}{hint}"
