"""The authority file of actors, ``actors.yml``: what a person says of who is who.

Belongs here: reading the file, what an entry may say, the rows that the warehouse reads. Does not belong
here: the rules that join names without it (the model ``actor_aliases``) and the key of a name
(``ingest.extract.claims.coreference.identity``).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ingest.extract.claims.coreference import identify
from ingest.extract.claims.coreference.actors import demonyms
from ingest.extract.claims.coreference.sides import camps
from ingest.records import ACTOR_KINDS
from ingest.yaml_files import BoundedLoader

NAMED_KINDS = tuple(k for k in ACTOR_KINDS if k in ("person", "institution", "country", "group", "media"))
JOINED, APART = "actor.joined", "actor.apart"


class AuthorityError(ValueError):
    """The file cannot be read, or says what is not allowed; the message names file, entry and what is allowed."""


class ActorEntry(BaseModel):
    """One actor as the file describes it."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, description="the name that the actor is shown under")]
    also: Annotated[list[str], Field(description="other names of the actor, in any spelling")] = []
    kind: Annotated[str, Field(description="what sort of actor it is: " + ", ".join(NAMED_KINDS))] = "person"
    side: Annotated[str | None, Field(description="ISO 3166-1 code of a state, or code of a camp")] = None
    owner: Annotated[str | None, Field(description="ISO 3166-1 code of the state whose body it is")] = None
    is_apart: Annotated[bool, Field(description="true: no rule joins the name with another")] = False

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if value not in NAMED_KINDS:
            raise ValueError(f"allowed are: {', '.join(NAMED_KINDS)}")
        return value

    @field_validator("side", "owner")
    @classmethod
    def _known_side(cls, value: str | None) -> str | None:
        known = set(demonyms().values()) | set(camps().values())
        if value is not None and value not in known:
            raise ValueError(f'is no code of the list "side" (as UA, or {", ".join(sorted(camps().values())[:3])})')
        return value

    @model_validator(mode="after")
    def _joined_or_apart(self) -> ActorEntry:
        if self.is_apart and self.also:
            raise ValueError("is_apart says that a name is nobody else's, and also that it is: leave one of them out")
        return self


def load_authority(path: Path) -> list[ActorEntry]:
    """The entries of the file in order; none where there is no such file.

    Raises:
        AuthorityError: the file cannot be read or says what is not allowed.
    """
    if not path.exists():
        return []
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=BoundedLoader)  # noqa: S506 a safe loader
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        raise AuthorityError(f"{path}: cannot be read: {error}") from error
    content = {} if content is None else content
    if not isinstance(content, dict) or set(content) - {"actors"}:
        raise AuthorityError(f"{path}: one key is allowed: actors, a list of entries")
    entries = content.get("actors") or []
    if not isinstance(entries, list):
        raise AuthorityError(f"{path}: actors is no list")
    return [_entry(path, number, entry) for number, entry in enumerate(entries, 1)]


def _entry(path: Path, number: int, value: Any) -> ActorEntry:
    try:
        return ActorEntry.model_validate(value)
    except ValidationError as error:
        allowed = ", ".join(ActorEntry.model_fields)
        lines = [
            f"{path}: entry {number}: {'.'.join(map(str, e['loc'])) or 'entry'}: "
            + (f"unknown key; allowed are: {allowed}" if e["type"] == "extra_forbidden" else e["msg"])
            for e in error.errors()
        ]
        raise AuthorityError("\n".join(lines)) from error


def authority_rows(path: Path) -> list[dict[str, str | None]]:
    """A row for each name of the file: its key, the key and name of its actor, kind, side and rule.

    Raises:
        AuthorityError: the file is wrong, a name has no key, or two entries claim one name.
    """
    rows: dict[str, dict[str, str | None]] = {}
    for entry in load_authority(path):
        key = _key(path, entry, entry.name)
        for name in (entry.name, *entry.also):
            own = _key(path, entry, name)
            row = {
                "actor_key": own,
                "target_key": key,
                "actor": entry.name,
                "kind": entry.kind,
                "side": entry.side,
                "rule_id": APART if entry.is_apart else JOINED,
            }
            taken = rows.setdefault(own, row)
            if taken["target_key"] != key or taken["actor"] != entry.name:
                raise AuthorityError(f"{path}: {name!r} is a name of {taken['actor']!r} and of {entry.name!r}")
    return list(rows.values())


def _key(path: Path, entry: ActorEntry, name: str) -> str:
    key = identify(name, entry.kind, entry.owner).key
    if key is None:
        hint = " (say by owner whose it is)" if entry.kind in ("institution", "media") and not entry.owner else ""
        raise AuthorityError(f"{path}: {name!r} tells no {entry.kind} from others{hint}")
    return key


def authority_digest(path: Path) -> str:
    """What tells the content of the file from another; the same for files that say the same."""
    return hashlib.sha256(json.dumps(authority_rows(path), sort_keys=True).encode()).hexdigest()
