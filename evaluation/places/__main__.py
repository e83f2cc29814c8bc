"""Counts how many judged places are right now.

Each line of ``rounds/*.jsonl`` is a place that the extractor found in an article of ``real_news_dev`` outside the
reserve, drawn by the digest of round, article and offset, countries aside, and judged by reading the text: ``verdict``
(right, wrong) at the time of the draw, the ``class`` of a wrong one, whether it ``is_place`` at all, and what is
``expected`` where that can be named (null: it cannot, or an open place is right). Offsets are characters of the title,
a blank line and the text, whose SHA-256 stands beside them from the fifth draw on.

    python -m evaluation.places OUT [--errors]

OUT is what ``claimhouse extract --kinds locations`` gives for the articles.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

ROUNDS = Path(__file__).parent / "rounds"


def is_right(judged: dict[str, Any], found: list[dict[str, Any]]) -> bool:
    """Whether what is found at a judged place is what was expected there."""
    here = [f for f in found if f["start"] < judged["end"] and judged["start"] < f["end"]]
    if not judged["is_place"]:
        return not here
    expected = judged["expected"]
    if expected is None:
        return False
    fields = [name for name in ("place", "country", "admin1") if name == "place" or expected[name] is not None]
    return any(all(f[name] == expected[name] for name in fields) for f in here)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    with arguments.out.open(encoding="utf-8") as lines:
        found = {row["doc_id"]: row["locations"] for row in map(json.loads, lines)}
    for path in sorted(ROUNDS.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        then = Counter(row["verdict"] for row in rows)
        wrong = [row for row in rows if not is_right(row, found.get(row["id"], []))]
        print(f"{path.stem}: right {then['right']}/{len(rows)} when drawn, {len(rows) - len(wrong)}/{len(rows)} now")
        for row in wrong if arguments.errors else ():
            print(f"  {row['id']}@{row['start']}-{row['end']} {row['class'] or ''}")


if __name__ == "__main__":
    main()
