"""What a fetched source remembers between runs.

Belongs here: validators of pages (ETag, Last-Modified), lists as they were last seen, and how the last
runs went. Does not belong here: what was loaded; that the landing knows alone. Losing this file costs
requests, never documents: a page is asked for conditionally only if the landing holds its last bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ingest.settings import Settings

_FORGET_AFTER = timedelta(days=180)


@dataclass(slots=True)
class Page:
    """One address that was fetched."""

    fingerprint: str
    first_seen: str
    last_seen: str
    etag: str | None = None
    last_modified: str | None = None
    updated: str | None = None
    missing_since: str | None = None


@dataclass(slots=True)
class Health:
    """How the last runs went."""

    failures: int = 0
    problem: str | None = None
    failed_at: str | None = None
    failing_since: str | None = None
    succeeded_at: str | None = None
    last_new_at: str | None = None


@dataclass(slots=True)
class State:
    """All that is remembered of one source."""

    path: Path
    pages: dict[str, Page] = field(default_factory=dict)
    lists: dict[str, dict[str, Any]] = field(default_factory=dict)
    health: Health = field(default_factory=Health)

    @classmethod
    def of(cls, name: str, settings: Settings) -> State:
        """What is remembered of the source of that name."""
        return cls.load(settings.state_dir / "sources" / f"{name}.json")

    @classmethod
    def load(cls, path: Path) -> State:
        """What a file remembers; nothing where there is none or it cannot be read."""
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                path,
                {url: Page(**page) for url, page in content["pages"].items()},
                dict(content["lists"]),
                Health(**content["health"]),
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return cls(path)

    def save(self) -> None:
        """Write the file, whole or not at all."""
        oldest = (datetime.now(UTC) - _FORGET_AFTER).isoformat()
        content = {
            "pages": {url: asdict(page) for url, page in sorted(self.pages.items()) if page.last_seen >= oldest},
            "lists": self.lists,
            "health": asdict(self.health),
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fd, name = tempfile.mkstemp(prefix=".tmp-", dir=self.path.parent)
        try:
            with os.fdopen(fd, "w", encoding="utf-8") as file:
                json.dump(content, file, ensure_ascii=False)
            Path(name).replace(self.path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise

    def failed(self, problem: str) -> None:
        """Count a run that failed."""
        self.health.failures += 1
        self.health.problem = problem[:500]
        self.health.failed_at = datetime.now(UTC).isoformat()
        self.health.failing_since = self.health.failing_since or self.health.failed_at

    def succeeded(self, *, is_new: bool) -> None:
        """A run went well; ``is_new`` where it brought a document."""
        stamp = datetime.now(UTC).isoformat()
        self.health = Health(succeeded_at=stamp, last_new_at=stamp if is_new else self.health.last_new_at)
