"""From settings and a scope to a file.

Belongs here: where pages lie, writing them whole or not at all. Does not belong here: what is in them.
"""

from __future__ import annotations

import re
from pathlib import Path

from claimhouse.briefing.data import find_scope, read_briefing
from claimhouse.briefing.scope import Scope
from ingest.files import atomic_write
from ingest.settings import Settings


def default_path(settings: Settings, scope: Scope) -> Path:
    """Where a page lies that nobody has named: by its place, topic and side."""
    parts = [part for part in (scope.place, scope.topic, scope.side) if part]
    name = re.sub(r"[^\w-]+", "-", "-".join(["briefing", *parts]).lower()).strip("-")
    return settings.reports_dir / f"{name}.html"


def html_of(settings: Settings, scope: Scope) -> str:
    """The page of a scope.

    Raises:
        NoWarehouseError: there is nothing to ask.
    """
    from claimhouse.briefing.basemap import Basemap
    from claimhouse.briefing.page import briefing_page

    return briefing_page(read_briefing(settings.warehouse_path, scope), Basemap(settings.gazetteer_dir))


def write(path: Path, page: str) -> None:
    """Write a page, whole or not at all.

    Raises:
        OSError: the folder cannot be made or written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as file:
        file.write(page.encode())
    # a page is for showing around, as the warehouse is
    path.chmod(0o644)


def write_default(settings: Settings) -> Path:
    """The briefing on the last weeks of the warehouse; returns its file.

    Raises:
        NoWarehouseError: there is nothing to ask.
        ScopeError: no claim has a date.
    """
    scope = find_scope(settings.warehouse_path)
    path = default_path(settings, scope)
    write(path, html_of(settings, scope))
    return path
