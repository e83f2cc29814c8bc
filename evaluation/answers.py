"""How often what the warehouse says across articles is true, judged by reading a draw of it.

A round draws rows of a published warehouse by hash: relations by kind, statements of who holds a place, events
that several articles tell. Two readers judge each row on the texts, apart from each other; where they differ a
third decides. Belongs here: the draw, the pages that are read, and the figures. Does not belong here: what is
related (``ingest.resolve``), pairs of the project's own articles (``relations``).

    python -m evaluation.answers draw WAREHOUSE ROUND --out FOLDER
    python -m evaluation.answers record ROUND --drawn FOLDER --verdicts A.jsonl B.jsonl [--third C.jsonl] --note NOTE
    python -m evaluation.answers report

A verdict is a JSON line ``{"id": …, "verdict": "right" | "wrong", "reason": …}``. What is kept holds no text: the
kind and rule, each side's publisher, day, SHA-256 of the text and span in characters, and the verdicts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from claimhouse.reviewing import wilson

ROUNDS = Path(__file__).with_name("draws") / "answers"
MOST_OF_A_KIND = 60
_AROUND = 350  # characters of the text that are shown before and behind what is judged
_MOST_MEMBERS = 8
_ENTRIES = {
    "relations": """
        select relation_id as id, kind, axis, rule_id,
            [{'version_id': earlier_version_id, 'start': earlier_start, 'end': earlier_end, 'says': earlier_voice},
             {'version_id': later_version_id, 'start': later_start, 'end': later_end, 'says': later_voice}] as spans
        from relations where kind in ('contradicts', 'denies', 'corroborates', 'revises')""",
    "control": """
        select control_id as id, 'control' as kind,
            coalesce(holder_name, holder) || if(is_holding, ' holds ', ' does not hold ') || place || ', '
                || first_date || ' to ' || last_date as axis,
            kind as rule_id,
            [{'version_id': article_version_id, 'start': statement_start, 'end': statement_end, 'says': voice}] as spans
        from control_timeline where extent = 'whole'""",
    "events": """
        select event_id as id, 'event' as kind, events.kind as axis, 'members' as rule_id,
            list({'version_id': article_version_id, 'start': statement_start, 'end': statement_end,
                  'says': event_members.voice} order by event_mention_id) as spans
        from event_members
            inner join events using (event_id)
            inner join fct_event_mentions using (event_mention_id)
        where events.article_count >= 2 and is_first_of_account and not is_state
        group by all""",
}


def drawn(warehouse: Path, number: int) -> list[dict[str, Any]]:
    """Draw a round: up to 60 rows of each kind, by hash of the round and the row, with the texts they stand in."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = [row for query in _ENTRIES.values() for row in _rows(connection, query)]
        versions = {
            row["article_version_id"]: row
            for row in _rows(
                connection,
                "select article_version_id, publisher, published_date, text, text_sha256 from dim_article_versions",
            )
        }
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: hashlib.sha256(f"answers {number}:{row['id']}".encode()).hexdigest()):
        by_kind[row["kind"]].append(row)
    taken = [row for kind in sorted(by_kind) for row in by_kind[kind][:MOST_OF_A_KIND]]
    for row in taken:
        spans = sorted(row["spans"], key=lambda s: hashlib.sha256(f"{s['version_id']}{s['start']}".encode()).digest())
        shown = row["spans"] if len(row["spans"]) <= 2 else spans[:_MOST_MEMBERS]
        row["spans"] = [span | {"article": versions[span["version_id"]]} for span in shown]
    return taken


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchall())


def page(row: dict[str, Any]) -> str:
    """A row as it is read: what is said to be so, and each passage with the words marked."""
    lines = [f"=== {row['id']}  {row['kind']}  {row['axis']}  ({row['rule_id']})"]
    for letter, span in zip("ABCDEFGH", row["spans"], strict=False):
        article, text = span["article"], span["article"]["text"]
        start, end = span["start"], span["end"]
        before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        passage = " ".join(f"{before}[[{text[start:end]}]]{behind}".split())
        about = f"{article['publisher']}, {article['published_date']}, voice: {span['says']}"
        lines += [f"{letter} {about}", f"  title: {text[:120].splitlines()[0]}", f"  … {passage} …"]
    return "\n".join(lines) + "\n"


def kept(row: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a row: no text, only where it stands."""
    spans = [
        {
            "publisher": span["article"]["publisher"],
            "day": str(span["article"]["published_date"]),
            "sha256": span["article"]["text_sha256"],
            "start": span["start"],
            "end": span["end"],
        }
        for span in row["spans"]
    ]
    return {"id": row["id"], "kind": row["kind"], "rule_id": row["rule_id"], "spans": spans}


def record(number: int, rows: list[dict[str, Any]], verdicts: list[dict[str, Any]], note: str) -> dict[str, Any]:
    """Join a round's rows with the verdicts of two readers, and of a third where the two differ."""
    one, other, third = verdicts
    judged = []
    for row in rows:
        a, b = one[row["id"]], other[row["id"]]
        last = a if a["verdict"] == b["verdict"] else third.get(row["id"])
        if last is None:
            sys.exit(f"{row['id']}: the two readers differ and no third decides; give its verdict with --third")
        reasons = [v["reason"] for v in ((a, b) if last is a else (a, b, last)) if v.get("reason")]
        votes = [a["verdict"], b["verdict"]]
        judged.append(row | {"verdict": last["verdict"], "votes": votes, "reasons": reasons})
    on = datetime.now(UTC).date().isoformat()
    return {"round": number, "on": on, "note": note, "rows": judged}


def figures(rows: list[dict[str, Any]]) -> dict[str, tuple[int, int]]:
    """Right, and of how many, by kind and by kind and rule."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        for figure in {row["kind"], f"{row['kind']}.{row['rule_id']}"}:
            counts[figure][0] += row["verdict"] == "right"
            counts[figure][1] += 1
    return {figure: (right, of) for figure, (right, of) in sorted(counts.items())}


def _report() -> None:
    for file in sorted(ROUNDS.glob("*.json")):
        whole = json.loads(file.read_text(encoding="utf-8"))
        agreed = sum(row["votes"][0] == row["votes"][1] for row in whole["rows"])
        print(
            f"\nround {whole['round']}, {whole['on']}: {whole['note']} (readers agree on {agreed}/{len(whole['rows'])})"
        )
        for figure, (right, of) in figures(whole["rows"]).items():
            low, high = wilson(right, of)
            print(f"{figure:40} {right:3}/{of:<3} {right / of:.3f}  [{low:.3f}, {high:.3f}]")


def _verdicts(file: Path | None) -> dict[str, dict[str, Any]]:
    if file is None:
        return {}
    rows = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    return {row["id"]: row for row in rows}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.answers")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("draw")
    command.add_argument("warehouse", type=Path)
    command.add_argument("round", type=int)
    command.add_argument("--out", type=Path, required=True)
    command = commands.add_parser("record")
    command.add_argument("round", type=int)
    command.add_argument("--drawn", type=Path, required=True)
    command.add_argument("--verdicts", type=Path, nargs=2, required=True)
    command.add_argument("--third", type=Path)
    command.add_argument("--note", required=True)
    commands.add_parser("report")
    args = parser.parse_args()
    if args.command == "draw":
        rows = drawn(args.warehouse, args.round)
        args.out.mkdir(parents=True, exist_ok=True)
        for kind in sorted({row["kind"] for row in rows}):
            pages = "\n".join(page(row) for row in rows if row["kind"] == kind)
            (args.out / f"{kind}.txt").write_text(pages, encoding="utf-8")
        (args.out / "rows.json").write_text(json.dumps([kept(row) for row in rows]), encoding="utf-8")
    elif args.command == "record":
        rows = json.loads((args.drawn / "rows.json").read_text(encoding="utf-8"))
        verdicts = [_verdicts(file) for file in (*args.verdicts, args.third)]
        ROUNDS.mkdir(parents=True, exist_ok=True)
        whole = record(args.round, rows, verdicts, args.note)
        (ROUNDS / f"{args.round}.json").write_text(json.dumps(whole, indent=0) + "\n", encoding="utf-8")
        _report()
    else:
        _report()


if __name__ == "__main__":
    main()
