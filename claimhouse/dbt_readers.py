"""What dbt knows of those who read the published file: exposures, and sources for other dbt projects.

Belongs here: the YAML of both, made from the marts and from the code that reads them. Does not belong here: the
landed columns of the marts (``claimhouse.dbt_schema``, which writes all of it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Exposure:
    """One thing that reads the published tables. ``files`` are globs below the root of what is shipped."""

    name: str
    type: str
    label: str
    description: str
    files: tuple[str, ...]


EXPOSURES = (
    Exposure(
        "briefing",
        "dashboard",
        "The briefing",
        "One page on a place, a topic or a window: maps, timeline, figures, contradictions, sources.",
        ("claimhouse/briefing/*.py",),
    ),
    Exposure(
        "questions",
        "analysis",
        "The questions of the cookbook",
        "Questions that are answered without SQL, by `claimhouse ask`; docs/questions.md has all with their answers.",
        ("dbt_project/analyses/*.sql",),
    ),
    Exposure(
        "serve",
        "application",
        "The pages",
        "`claimhouse serve` shows the warehouse in a browser: lists, maps, events, downloads, quality.",
        ("claimhouse/serve/*.py", "claimhouse/selections.py"),
    ),
    Exposure(
        "mcp",
        "application",
        "Tools for assistants",
        "`claimhouse mcp` answers an assistant from the warehouse, with evidence and limits.",
        ("claimhouse/mcp/*.py", "claimhouse/selections.py"),
    ),
    Exposure(
        "review",
        "application",
        "Review of relations",
        "`claimhouse review` shows pairs of statements and keeps what a person says of them.",
        ("claimhouse/reviewing.py",),
    ),
    Exposure(
        "search",
        "application",
        "The search index",
        "Claims, event mentions and sentences by words and names, made with each publication.",
        ("claimhouse/search/*.py",),
    ),
    Exposure(
        "watch",
        "application",
        "Watchlists and what is new",
        "`claimhouse watch` holds new events against the lists of watch.yml.",
        ("claimhouse/watch*.py", "claimhouse/changes.py"),
    ),
)
_READ = re.compile(r"\b(?:from|join)\s+(\w+)", re.I)


def exposures(root: Path, tables: Iterable[str]) -> str:
    """The exposures as YAML, each with the tables that its SQL reads.

    Args:
        root: the folder that the globs of the exposures are below.
        tables: names of all published tables.
    """
    known = set(tables)
    found = []
    for exposure in EXPOSURES:
        text = "\n".join(path.read_text(encoding="utf-8") for glob in exposure.files for path in root.glob(glob))
        read = sorted(known & {name.lower() for name in _READ.findall(text)})
        found.append(
            {
                "name": exposure.name,
                "label": exposure.label,
                "type": exposure.type,
                "maturity": "high",
                "description": exposure.description,
                "owner": {"name": "The Claimhouse developers"},
                "depends_on": [f"ref('{name}')" for name in read],
            }
        )
    return _yaml({"version": 2, "exposures": found})


def published_sources(marts: Mapping[str, Mapping[str, Any]]) -> str:
    """The published tables as a source of other dbt projects, which take this one in as a package.

    Args:
        marts: what the YAML of each published model or seed says, by name.
    """
    tables = [
        {
            "name": name,
            "description": mart["description"],
            "columns": [
                {key: column[key] for key in ("name", "data_type", "description") if key in column}
                for column in mart["columns"]
            ],
        }
        for name, mart in sorted(marts.items())
    ]
    source = {
        "name": "claimhouse",
        "description": "The published file, attached read-only; docs/bi.md shows how.",
        "database": "{{ var('claimhouse_database', '' if target.type == 'spark' else 'claimhouse') }}",
        "schema": "main",
        "tables": tables,
    }
    return _yaml({"version": 2, "sources": [source]})


def _yaml(content: Mapping[str, Any]) -> str:
    dumped: str = yaml.safe_dump(content, sort_keys=False, width=10**6, allow_unicode=True)
    return dumped
