"""Write the answers in ``docs/questions.md`` anew, from a published warehouse of the samples.

Belongs here: asking each command of the page, and its rows as a table. Does not belong here: the questions.

    make run && .venv/bin/python docs/answers.py [data/claimhouse.duckdb]

A table keeps its columns, and has at most as many rows as it has now.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

PAGE = Path(__file__).with_name("questions.md")
_ANSWER = re.compile(
    r"```sh\nclaimhouse (?P<command>ask [^\n]+)\n```\n\n"
    r"\| (?P<head>[^\n]+) \|\n\|[-|]+\n(?P<rows>(?:\|[^\n]*\n)+)"
)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d):\d\d(?:\.\d+)?")


def shown(value: Any) -> str:
    """A value as a cell: a dash for none, a list as the way that it is."""
    if value is None or value == "":
        return "–"
    if isinstance(value, list):
        return " → ".join(str(one) for one in value)
    if isinstance(value, float):
        return f"{value:g}"
    words = " ".join(str(value).split()).replace("|", "\\|")
    return _MOMENT.sub(r"\1", words)


def answered(command: str, warehouse: Path) -> list[dict[str, Any]]:
    """The rows of a command of ``claimhouse``, asked of a warehouse."""
    program = "from claimhouse.cli import main; main()"
    environment = {**os.environ, "CLAIMHOUSE_DATA_DIR": str(warehouse.parent)}
    words = [sys.executable, "-c", program, *command.split(), "-f", "json"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)  # noqa: S603 our page
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def rewritten(page: str, warehouse: Path) -> str:
    """The page with the rows that its commands give."""

    def table(match: re.Match[str]) -> str:
        columns = [name.replace(" ", "_") for name in match["head"].split(" | ")]
        rows = answered(match["command"], warehouse)[: match["rows"].count("\n")]
        if not rows:
            raise ValueError(f"claimhouse {match['command']} has no rows: show another")
        lines = "".join(f"| {' | '.join(shown(row[name]) for name in columns)} |\n" for row in rows)
        return match[0].removesuffix(match["rows"]) + lines

    return _ANSWER.sub(table, page)


if __name__ == "__main__":
    asked_of = Path(sys.argv[1] if len(sys.argv) > 1 else "data/claimhouse.duckdb")
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8"), asked_of), encoding="utf-8")
