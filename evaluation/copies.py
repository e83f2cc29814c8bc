"""Near-duplicates on the labelled pairs of the project: precision and recall, by kind of pair."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from ingest.articles.copies import THRESHOLD, containment, runs


def _pairs() -> list[Any]:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from copy_pairs import pairs

    return list(pairs())


def measure() -> dict[str, float]:
    found = [(p.is_copy, containment(runs(p.a), runs(p.b)) >= THRESHOLD) for p in _pairs()]
    right = sum(is_copy and is_found for is_copy, is_found in found)
    return {
        "copies_precision": right / sum(is_found for _, is_found in found),
        "copies_recall": right / sum(is_copy for is_copy, _ in found),
        "copies_pairs": float(len(found)),
    }


def main() -> None:
    shares = defaultdict(list)
    for pair in _pairs():
        shares[("copy" if pair.is_copy else "other", pair.kind)].append(containment(runs(pair.a), runs(pair.b)))
    print(f"{'label':6} {'kind':32} {'pairs':>5} {'lowest':>7} {'highest':>7}   (threshold {THRESHOLD})")
    for (label, kind), values in sorted(shares.items()):
        print(f"{label:6} {kind:32} {len(values):5} {min(values):7.2f} {max(values):7.2f}")
    for name, value in measure().items():
        print(f"{name} {value:.4f}")


if __name__ == "__main__":
    main()
