"""Print the figures: the share of speakers that are named right, precision and recall of pairs of one actor."""

from __future__ import annotations

import gzip
import itertools
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from evaluation.draws.draw import is_reserved
from ingest.extract.pipeline import Pipeline
from ingest.records import Claim
from ingest.settings import settings

JUDGED = Path(__file__).with_name("judged.json")
ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("CLAIMHOUSE_SHARED", ROOT.parent / "shared")) / "corpora" / "real_news_dev.jsonl.gz"


def speakers_right(judged: Sequence[Mapping[str, Any]], claims: Mapping[str, Sequence[Claim]]) -> float:
    """The share of judged speakers that have one of their right names; of claims that are gone, null is the name."""
    return sum(_is_right(row, claims.get(row["id"], ())) for row in judged) / len(judged)


def _is_right(row: Mapping[str, Any], claims: Sequence[Claim]) -> bool:
    named = [
        c.speaker_name for c in claims if c.speaker and c.speaker.start < row["end"] and row["start"] < c.speaker.end
    ]
    right = {_plain(name) for name in row["names"]}
    return _plain(named[0] if named else None) in right


def _plain(name: str | None) -> str:
    return (name or "").lower().replace("’", "'").removeprefix("the ")


def pairs(
    groups: Sequence[Sequence[str]], others: Sequence[str], keys: Mapping[str, str | None]
) -> tuple[float, float]:
    """Precision and recall of pairs of names that are one actor's."""
    actor = {name: k for k, group in enumerate(groups) for name in group}
    right = found = wanted = 0
    for one, other in itertools.combinations([*actor, *others], 2):
        is_joined = keys.get(one) is not None and keys.get(one) == keys.get(other)
        is_one = one in actor and actor[one] == actor.get(other)
        right, found, wanted = right + (is_joined and is_one), found + is_joined, wanted + is_one
    return right / max(1, found), right / max(1, wanted)


def main() -> None:
    """Extract the articles outside the reserve, and print the figures."""
    judged = json.loads(JUDGED.read_text(encoding="utf-8"))
    listed = {*itertools.chain(*judged["actors"]), *judged["others"]}
    counted: dict[str, Counter[str | None]] = {name: Counter() for name in listed}
    wanted = {row["id"] for row in judged["speakers"]}
    claims: dict[str, Sequence[Claim]] = {}
    pipeline = Pipeline(settings().model, settings().gazetteer_dir)
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        for article in map(json.loads, file):
            if is_reserved(article["id"]):
                continue
            text = (article["title"] + "\n\n" if article.get("title") else "") + article["text"]
            day = date.fromisoformat(article["published"][:10]) if article.get("published") else None
            found = pipeline.extract(text, day).claims
            if article["id"] in wanted:
                claims[article["id"]] = found
            for claim in found:
                if claim.speaker_name in counted:
                    key = claim.actor_key
                    is_family = key is not None and key.startswith("person:") and key.endswith("/")
                    counted[claim.speaker_name][None if is_family else key] += 1
    keys = {name: n.most_common(1)[0][0] for name, n in counted.items() if n}
    precision, recall = pairs(judged["actors"], judged["others"], keys)
    print(f"names.speakers {speakers_right(judged['speakers'], claims):.4f}")
    print(f"names.pairs_precision {precision:.4f}\nnames.pairs_recall {recall:.4f}")


if __name__ == "__main__":
    main()
