"""Rules of the house that the models can be asked about."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
# what a text says is read in extraction and landed: SQL joins, ranks and counts
PATTERNS = re.compile(r"\b(regexp\w*|rlike|similar\s+to|ilike|glob|split|string_split\w*|levenshtein|jaccard)\b", re.I)
# keys of actors have a form of their own; they are no text of an article
KEYS = {"actor_aliases.sql", "identities.sql"}


def _code(path: Path) -> str:
    """The SQL without what Jinja and comments say about it."""
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|--[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.S)
    return re.sub(r"'[^']*'", "''", text)


@pytest.mark.parametrize("folder", ["models", "macros", "analyses"])
def test_no_model_matches_patterns_on_text(folder: str) -> None:
    found = {
        path.name: sorted({match.group(0) for match in PATTERNS.finditer(_code(path))})
        for path in sorted((PROJECT / folder).rglob("*.sql"))
        if path.name not in KEYS | {"landing.sql"}  # landing.sql lists files
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_like_is_asked_of_keys_only() -> None:
    found = [
        path.name
        for path in sorted(PROJECT.rglob("*.sql"))
        if path.name not in KEYS and "target" not in path.parts and re.search(r"\blike\b", _code(path), re.I)
    ]
    assert found == []
