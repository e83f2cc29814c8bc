"""The cookbook ``docs/questions.md``, checked against the questions and made anew.

Belongs here: reading the page, asking what it asks, writing the answers into it. The warehouse is one of the
samples as they are extracted: the page shows a reader what to expect, and is not held to every row of it.

    python tests/dbt/cookbook.py        # asks everything again, and writes titles, parameters and answers
"""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from dbt_runs import PROJECT, Dbt, failures

from benchmarks.landed import land
from claimhouse.questions import Question, question, resolved
from evaluation.relations import extracted

PAGE = PROJECT.parent / "docs" / "questions.md"
_SECTION = re.compile(
    r"## (?P<name>\d+|[a-z]+)\. (?P<title>[^\n]+)\n\n(?P<text>.+?)\n\n"
    r"\[`(?P<file>[^`]+)`\]\(\.\./dbt_project/analyses/(?P<link>[^)]+)\)\n\n"
    r"(?P<parameters>\| parameter [^\n]+\n(?:\|[^\n]+\n)+)\n"
    r"```sh\n(?P<command>[^\n]+)\n```\n\n(?P<answer>(?:\|[^\n]+\n)+)",
    re.S,
)


@dataclass(frozen=True)
class Section:
    """One question of the page as it stands there."""

    name: str
    title: str
    file: str
    link: str
    parameters: str
    command: str
    answer: str

    @property
    def given(self) -> dict[str, str]:
        words = shlex.split(self.command)
        assert words[:3] == ["claimhouse", "ask", self.name], self.command
        assert all(name.startswith("--") for name in words[3::2])
        return {
            name.removeprefix("--").replace("-", "_"): value
            for name, value in zip(words[3::2], words[4::2], strict=True)
        }

    @property
    def columns(self) -> list[str]:
        return [cell.strip() for cell in self.answer.splitlines()[0].strip("|").split("|")]

    @property
    def row_count(self) -> int:
        return len(self.answer.splitlines()) - 2


def sections(page: str) -> list[Section]:
    return [Section(**{k: v for k, v in match.groupdict().items() if k != "text"}) for match in _SECTION.finditer(page)]


def parameters(asked: Question) -> str:
    """The table of a question's parameters."""
    rows = [f"| `--{p.name.replace('_', '-')}` | {p.meaning} |" for p in asked.parameters]
    return "\n".join(["| parameter | |", "|---|---|", *rows]) + "\n"


def answer(section: Section, warehouse: duckdb.DuckDBPyConnection) -> str:
    """The table of what is answered: the columns and as many rows as the page shows."""
    asked = question(section.name)
    named = {k: v for k, v in section.given.items() if k not in ("km", "articles", "links", "most")}
    numbers = {k: float(v) for k, v in section.given.items() if k not in named}
    found, _ = resolved(named, warehouse)
    cursor = warehouse.execute(asked.sql, asked.values({**found, **numbers}))
    names = [d[0] for d in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    shown = rows[: max(section.row_count, 1)]
    cells = [[_shown(row[name.replace(" ", "_")]) for name in section.columns] for row in shown]
    rule = "|" + "---|" * len(section.columns)
    lines = [f"| {' | '.join(line)} |" for line in ([*section.columns], *cells)]
    return "\n".join([lines[0], rule, *lines[1:]]) + "\n"


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("|", "\\|")


def build(root: Path, work: Path) -> Path:
    """A warehouse of the samples, extracted."""
    load = land(root / "loads", [(article, facts) for _, article, facts in extracted(samples_only=True)])
    dbt = Dbt(root / "candidate.duckdb", work)
    assert not failures(dbt.build([load], "--exclude-resource-type", "test"))
    return dbt.candidate


def renewed(page: str, warehouse: duckdb.DuckDBPyConnection) -> str:
    """The page with titles, parameters and answers as they are now."""
    for section in sections(page):
        asked = question(section.name)
        page = page.replace(f"## {section.name}. {section.title}\n", f"## {section.name}. {asked.title}\n")
        asking = f"{section.command}\n```\n\n"
        page = page.replace(asking + section.answer, asking + answer(section, warehouse))
        head = f"({'../dbt_project/analyses/' + section.link})\n\n"
        page = page.replace(head + section.parameters, head + parameters(asked))
    return page


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        candidate = build(Path(folder), Path(folder))
        with duckdb.connect(candidate, read_only=True) as warehouse:
            PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), warehouse), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
