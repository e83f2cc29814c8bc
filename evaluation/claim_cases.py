"""The project's own cases of claims, and how an output compares with them.

A line of ``tests/cases/claims/<rule>.jsonl`` holds a text, its claims with every code a good reader may
give (lists where more than one is right), and whether these are all its claims. ``negative`` marks what the
rule leaves alone, ``known_failure`` tells what the extractor gets wrong.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from ingest.records import Claim

CASES = Path(__file__).resolve().parents[1] / "tests" / "cases"
Case = dict[str, Any]


def load(path: Path = CASES / "claims") -> list[Case]:
    """All cases of a file, or of a folder's files in order."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    return [
        json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def _overlap(a: Iterable[tuple[int, int]], b: Sequence[tuple[int, int]]) -> int:
    return sum(max(0, min(e, y) - max(s, x)) for s, e in a for x, y in b)


def _iou(gold: list[tuple[int, int]], got: list[tuple[int, int]]) -> float:
    shared = _overlap(gold, got)
    size = sum(e - s for s, e in gold) + sum(e - s for s, e in got) - shared
    return shared / size if size else 0.0


def _last(name: str | None) -> str:
    words = (name or "").lower().replace("’", "'").split()
    return words[-1] if words else ""


def pair(case: Case, claims: Sequence[Claim]) -> dict[int, int]:
    """Gold claim → found claim, best overlap of contents first, at least half."""
    gold = [[(c["start"], c["end"]) for c in g["content"]] for g in case["claims"]]
    got = [[(s.start, s.end) for s in c.content] for c in claims]
    scored = sorted(
        ((_iou(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(got)), key=lambda x: (-x[0], x[1:])
    )
    pairs: dict[int, int] = {}
    for value, i, j in scored:
        if value >= 0.5 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def compare(case: Case, claims: Sequence[Claim]) -> tuple[Counter[str], list[str]]:
    """Counts of what is right and of what there is, and a line for each thing wrong."""
    n: Counter[str] = Counter()
    wrong: list[str] = []
    pairs = pair(case, claims)
    n["gold"] += len(case["claims"])
    n["found"] += len(pairs)
    if case["complete"]:
        n["given"] += len(claims)
        n["given_right"] += len(pairs)
        extra = [c for j, c in enumerate(claims) if j not in pairs.values()]
        wrong += [f"{case['id']} extra ({c.rule_id}): {c.exact[:80]!r}" for c in extra]
    for i, g in enumerate(case["claims"]):
        if i not in pairs:
            wrong.append(f"{case['id']} missed: {g['content'][0]['text'][:80]!r}")
            if g["parent"] is not None:
                n["parent_all"] += 1
            continue
        claim = claims[pairs[i]]

        def judge(key: str, right: bool, got: object, want: object) -> None:
            n[key + "_all"] += 1
            n[key] += right
            if not right:
                wrong.append(f"{case['id']} {key}: got {got!r}, not {want!r}")

        if g["speaker_names"]:
            names = [_last(x) for x in g["speaker_names"]]
            judge("name", _last(claim.speaker_name) in names, claim.speaker_name, g["speaker_names"])
        elif g["speaker"] is None:
            judge("name", claim.speaker is None, claim.speaker_name, None)
        judge("polarity", claim.polarity in g["polarity"], claim.polarity, g["polarity"])
        judge("stance", claim.stance in g["stance"], claim.stance, g["stance"])
        judge("topic", claim.topic in g["topic"], claim.topic, g["topic"])
        if g["parent"] is not None:
            right = claim.parent is not None and pairs.get(g["parent"]) == claim.parent
            judge("parent", right, claim.parent, pairs.get(g["parent"]))
        for key in ("hedge", "channel"):
            if key in g:
                judge(key, getattr(claim, key) == g[key], getattr(claim, key), g[key])
        if "chain" in g:
            judge("chain", list(claim.chain) == g["chain"], claim.chain, g["chain"])
    return n, wrong


def rates(n: Counter[str]) -> dict[str, float]:
    """The counts as shares."""
    recall = n["found"] / max(1, n["gold"])
    precision = n["given_right"] / max(1, n["given"])
    result = {"recall": recall, "precision": precision}
    for key in ("name", "polarity", "stance", "topic", "parent", "hedge", "channel", "chain"):
        if n[key + "_all"]:
            result[key] = n[key] / n[key + "_all"]
    return result


def score(cases: Iterable[Case], extract: Callable[[Case], Sequence[Claim]]) -> tuple[dict[str, float], list[str]]:
    """All cases together."""
    total: Counter[str] = Counter()
    wrong: list[str] = []
    for case in cases:
        n, lines = compare(case, extract(case))
        total += n
        wrong += lines
    return rates(total), wrong
