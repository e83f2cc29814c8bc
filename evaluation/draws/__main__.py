"""The commands of fresh draws; ``evaluation.draws`` says what they are for."""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from claimhouse.reviewing import wilson
from evaluation.draws.draw import PAGES, Drawn, draw, pages
from evaluation.draws.labels import Labels, agreement, differences, read, settle
from evaluation.draws.rounds import ROUNDS, SEEN, ChangedTextError, first_sights, labelled_articles
from evaluation.draws.score import Tally, score


def _labels(folder: Path, drawn: list[Drawn]) -> list[Labels]:
    return [
        read(article.text, json.loads((folder / f"{n:02d}.json").read_text(encoding="utf-8")))
        for n, article in enumerate(drawn)
    ]


def _write_texts(number: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for n, article in enumerate(draw(number)):
        (folder / f"{n:02d}.txt").write_text(article.text, encoding="utf-8")
        about = {"doc_id": article.doc_id, "publisher": article.publisher, "dct": article.dct, "sha256": article.sha256}
        (folder / f"{n:02d}.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def _differences(drawn: list[Drawn], a: Path, b: Path, out: Path) -> None:
    rows = [
        {"article": f"{n:02d}"} | row
        for n, (article, one, other) in enumerate(zip(drawn, _labels(a, drawn), _labels(b, drawn), strict=True))
        for row in differences(article.text, one, other)
    ]
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    print(f"{len(rows)} differences in {out}")


def _settle(drawn: list[Drawn], kept: Path, a: Path, b: Path, choices_file: Path | None) -> None:
    choices: dict[str, dict[str, str]] = defaultdict(dict)
    if choices_file is not None:
        for line in choices_file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            choices[row["article"]][row["key"]] = row["choice"]
    ones, others = _labels(a, drawn), _labels(b, drawn)
    kept.parent.mkdir(exist_ok=True)
    rows: list[dict[str, Any]] = []
    for n, article in enumerate(drawn):
        gold = settle(ones[n], others[n], choices[f"{n:02d}"])
        rows.append({"doc_id": article.doc_id, "sha256": article.sha256, "dct": article.dct, "gold": gold})
    whole = {"agreement": agreement(list(zip(ones, others, strict=True))), "articles": rows}
    kept.write_text(json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(json.dumps({k: round(v, 3) for k, v in whole["agreement"].items()}, indent=1))


def _score(number: int, texts: list[Drawn] | None, note: str | None, errors: int) -> None:
    from ingest.extract.pipeline import Pipeline
    from ingest.extract.wire import to_json
    from ingest.settings import settings

    pipeline, tally = Pipeline(gazetteer_dir=settings().gazetteer_dir), Tally()
    try:
        articles = list(labelled_articles(number, texts))
    except ChangedTextError as error:
        sys.exit(str(error))
    for article, gold in articles:
        facts = pipeline.extract(article.text, article.day)
        score(article.text, gold, json.loads(json.dumps(to_json(article.doc_id, facts), default=str)), tally)
    _show(tally.counts())
    for line in tally.errors[:errors]:
        print(line)
    if note is not None:
        seen = first_sights()
        if any(s["round"] == number for s in seen):
            sys.exit(f"round {number} has been scored at first sight already; only the first counts")
        on = datetime.now(UTC).date().isoformat()
        seen.append({"round": number, "on": on, "note": note, "version": pipeline.version, "counts": tally.counts()})
        SEEN.write_text(json.dumps(seen, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _show(counts: dict[str, list[int]]) -> None:
    for figure, (right, of) in sorted(counts.items()):
        low, high = wilson(right, of)
        print(f"{figure:32} {right:4}/{of:<4} {right / of if of else 0:.3f}  [{low:.3f}, {high:.3f}]")


def _report() -> None:
    pooled: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for seen in first_sights():
        print(f"\nround {seen['round']}, first seen {seen['on']}: {seen['note']}")
        _show(seen["counts"])
        for figure, (right, of) in seen["counts"].items():
            pooled[figure][0] += right
            pooled[figure][1] += of
    print("\nall rounds together, with 95 % intervals")
    _show(pooled)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.draws")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("draw", "differences", "settle", "score"):
        command = commands.add_parser(name)
        command.add_argument("round", type=int)
        if name == "draw":
            command.add_argument("--texts", type=Path, required=True)
        else:
            command.add_argument("--pages", type=Path, help="folder of public pages, for a round not of the reserve")
        if name in ("differences", "settle"):
            command.add_argument("--labels", type=Path, nargs=2, required=True, help="folders of the two readers")
        if name == "differences":
            command.add_argument("--out", type=Path, required=True)
        if name == "settle":
            command.add_argument("--choices", type=Path, help="JSON lines: article, key, choice")
        if name == "score":
            command.add_argument("--record", metavar="NOTE", help="keep the figures as this round's first sight")
            command.add_argument("--errors", type=int, default=0)
    commands.add_parser("report")
    args = parser.parse_args()
    if args.command == "draw":
        _write_texts(args.round, args.texts)
    elif args.command == "report":
        _report()
    else:
        _of_round(args)


def _of_round(args: argparse.Namespace) -> None:
    """Run one of the commands on a round whose texts are drawn or given."""
    texts = pages(args.pages) if args.pages else None
    if args.command == "score":
        _score(args.round, texts, args.record, args.errors)
    elif args.command == "differences":
        _differences(draw(args.round) if texts is None else texts, *args.labels, args.out)
    else:
        kept = (ROUNDS if texts is None else PAGES) / f"{args.round}.json"
        _settle(draw(args.round) if texts is None else texts, kept, *args.labels, args.choices)


if __name__ == "__main__":
    main()
