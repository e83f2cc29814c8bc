"""What readers say of the rows between the articles of labelled stories that no label judges.

A labeller names the pairs that an editor would want to see, and not all that are true: of the rows that are shown
beyond these, each is read by two readers, and by a third where they differ. Belongs here: the pages that are read,
what is kept of the verdicts. Does not belong here: the labels and the figures (``evaluation.across``), rows of a whole
warehouse (``evaluation.answers``).

    python -m evaluation.readings pages --of shared|own --out FOLDER
    python -m evaluation.readings record --of shared|own --out FOLDER --verdicts A.jsonl B.jsonl [--third C.jsonl]

A verdict is a JSON line ``{"id": …, "verdict": "right" | "wrong", "reason": …}``; doubt is wrong. What is kept holds
no text: the story, the kind and rule, each side's article and span in characters, the verdict and its reason. Rows
that were read before are not read again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evaluation.across import READINGS, Resolved, Story, accounts, judged, readings, resolved, stories
from evaluation.answers import page
from ingest.records import Article
from ingest.resolve.relations.relations import Relation
from ingest.settings import settings


def unread(of: str) -> list[dict[str, Any]]:
    """The shown rows that neither a label nor a reader judges, with the articles they stand in."""
    told, read = stories(of)
    found: Resolved = resolved(accounts(read))
    rows = []
    for one in judged(told, found, settings().least_confidence, readings(of)):
        rows += [_row(one.story, relation, read) for relation, says in one.rows if says == "unjudged"]
    return rows


def _row(story: Story, relation: Relation, read: Mapping[str, Article]) -> dict[str, Any]:
    spans = []
    for told in (relation.earlier, relation.later):
        article = read[told.account.article_version_id]
        about = {"publisher": article.publisher, "published_date": str(article.published_date), "text": article.text}
        spans.append(
            {
                "doc_id": told.account.article_version_id,
                "start": told.statement.start,
                "end": told.statement.end,
                "says": told.statement.voice.name,
                "article": about,
            }
        )
    ends = "|".join(f"{span['doc_id']}:{span['start']}:{span['end']}" for span in spans)
    row_id = hashlib.sha256(f"{story.story_id}|{relation.kind}|{relation.axis}|{ends}".encode()).hexdigest()[:12]
    known = {"id": row_id, "story_id": story.story_id, "kind": relation.kind}
    return {**known, "axis": relation.axis, "rule_id": relation.rule_id, "spans": spans}


def kept(row: Mapping[str, Any], verdict: Mapping[str, str]) -> dict[str, Any]:
    """What is kept of a row that was read."""
    sides = [{name: span[name] for name in ("doc_id", "start", "end")} for span in row["spans"]]
    about = {name: row[name] for name in ("story_id", "kind", "rule_id")}
    return {**about, "a": sides[0], "b": sides[1], "verdict": verdict["verdict"], "reason": verdict["reason"]}


def decided(row_id: str, verdicts: list[dict[str, dict[str, str]]]) -> dict[str, str]:
    """The verdict of two readers who agree, else the third's.

    Raises:
        KeyError: a reader left the row out, or the two differ and no third decides.
    """
    one, other, third = verdicts
    a, b = one[row_id], other[row_id]
    return a if a["verdict"] == b["verdict"] else third[row_id]


def main() -> None:
    """Write pages to be read, or keep what was said of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["pages", "record"])
    parser.add_argument("--of", choices=["shared", "own"], required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--verdicts", type=Path, nargs=2)
    parser.add_argument("--third", type=Path)
    args = parser.parse_args()
    rows_file = args.out / "rows.json"
    if args.command == "pages":
        rows = unread(args.of)
        args.out.mkdir(parents=True, exist_ok=True)
        rows_file.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        (args.out / "pages.txt").write_text("\n".join(map(page, rows)), encoding="utf-8")
        print(f"{len(rows)} rows to read in {args.out / 'pages.txt'}")
        return
    if not args.verdicts:
        sys.exit("record needs --verdicts: the JSON lines of the two readers")
    verdicts = [
        {row["id"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())} if path else {}
        for path in (*args.verdicts, args.third)
    ]
    rows = json.loads(rows_file.read_text(encoding="utf-8"))
    try:
        now = [kept(row, decided(row["id"], verdicts)) for row in rows]
    except KeyError as missing:
        sys.exit(f"{missing}: a reader left it out, or the two differ and no third decides; give it with --third")
    path = READINGS / f"{args.of}.json"
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(before + now, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{sum(row['verdict'] == 'right' for row in now)} of {len(now)} right, kept in {path}")


if __name__ == "__main__":
    main()
