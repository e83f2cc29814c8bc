"""How well claims are found: the extractor against the labelled corpora, with their own scorers.

    python -m benchmarks.accuracy.claims [--sets polnear_dev gum_other conflict_news own]

Prints one ``name value`` a line. The corpora lie outside the repository (``CLAIMHOUSE_SHARED`` or
``../shared``); what is absent is left out. PolNeAR and GUM mark spans by a convention of their own
(a source with its office and apposition, "that" and the object of "urged" within the content):
``as_attributions`` maps the extractor's drafts to it, without changing which claims are found.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from ingest.extract.analysis import Analyser, Analysis
from ingest.extract.claims import ClaimExtractor, wants_parse
from ingest.extract.claims.draft import Draft

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("CLAIMHOUSE_SHARED", ROOT.parent / "shared"))
Attribution = dict[str, list[list[int]]]


def as_attributions(analysis: Analysis, drafts: list[Draft]) -> list[Attribution]:
    """Drafts in the span convention of PolNeAR."""
    text = analysis.text
    result = []
    for d in drafts:
        source: list[list[int]] = []
        if d.relative is not None:
            source = [list(d.relative)]
        elif d.speaker is not None:
            source = [[d.speaker.full_start, d.speaker.full_end]]
        content = []
        for k, (start, end) in enumerate(sorted(d.content)):
            if k == 0 and d.lead is not None and d.lead < start:
                start = d.lead
            m = re.search(r"\bthat\s+[\"“]?$", text[max(0, start - 8) : start])
            if m and k == 0:
                start -= len(m.group())
            content.append([start, end])
        if any(s < source[0][1] and source[0][0] < e for s, e in content) if source else False:
            source = [[d.speaker.start, d.speaker.end]] if d.speaker is not None else []
        cue = [list(d.cue_span)] if d.cue_span is not None else []
        result.append({"source": source, "cue": cue, "content": content})
    return result


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _score(command: list[str]) -> str:
    return subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True).stdout


def attributions(name: str, analyser: Analyser, extractor: ClaimExtractor) -> dict[str, float]:
    """PolNeAR or GUM."""
    gold = SHARED / "corpora" / "claims" / f"{name}.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        pred = Path(folder) / "pred.jsonl"
        with pred.open("w", encoding="utf-8") as out:
            for doc in _lines(gold):
                analysis = analyser.analyse(doc["text"])
                found = as_attributions(analysis, extractor.drafts(analysis)[0])
                out.write(json.dumps({"doc_id": doc["doc_id"], "attributions": found}) + "\n")
        return attribution_scores(name, gold, pred)


def attribution_scores(name: str, gold: Path, pred: Path) -> dict[str, float]:
    """The figures of the scorer that are kept as floors."""
    command = [str(SHARED / "eval" / "claims" / "score.py"), "--gold", str(gold), "--pred", str(pred), "--json"]
    everything, core = json.loads(_score(command)), json.loads(_score([*command, "--core"]))
    result = {
        f"claims.{name}.attr_f1": everything["attributions"]["attr"]["f"],
        f"claims.{name}.attr_f1_core": core["attributions"]["attr"]["f"],
        f"claims.{name}.content_token_f1": everything["roles"]["content"]["token"]["f"],
        f"claims.{name}.source_strict_f1": everything["roles"]["source"]["strict"]["f"],
    }
    for kind, recall in everything["recall_by_type"].items():
        if recall is not None:
            result[f"claims.{name}.recall_{kind}"] = recall
    return result


def conflict_news() -> dict[str, float]:
    """Real articles on conflicts, through the public output."""
    from ingest.extract.pipeline import Pipeline
    from ingest.extract.wire import facts_line

    gold = SHARED / "corpora" / "conflict_news_dev.jsonl"
    pipeline = Pipeline()
    with tempfile.TemporaryDirectory() as folder:
        pred = Path(folder) / "out.jsonl"
        with pred.open("w", encoding="utf-8") as out:
            for doc in _lines(gold):
                dct = date.fromisoformat(doc["dct"]) if doc.get("dct") else None
                out.write(facts_line(doc["doc_id"], pipeline.extract(doc["text"], dct)) + "\n")
        printed = _score([str(SHARED / "eval" / "conflict_news.py"), str(gold), str(pred)])
    attr = re.search(r"attr P \S+ R \S+ F1 (\S+)", printed)
    result = {"claims.conflict_news.attr_f1": float(attr.group(1))} if attr else {}
    for name in ("name", "speech", "polarity", "stance", "topic"):
        hit = re.search(rf"\b{name} \d+/\d+ = (\S+)", printed)
        if hit:
            result[f"claims.conflict_news.{name}"] = float(hit.group(1))
    return result


def measure(sets: Iterable[str] = ("polnear_dev", "gum_other", "conflict_news", "own")) -> dict[str, float]:
    """All figures by name; sets that are absent are left out."""
    result: dict[str, float] = {}
    chosen = list(sets)
    corpora = [s for s in chosen if (SHARED / "corpora" / "claims" / f"{s}.jsonl").exists()]
    if corpora:
        analyser, extractor = Analyser(wants_parse=wants_parse), ClaimExtractor()
        for name in corpora:
            result |= attributions(name, analyser, extractor)
    others: dict[str, Callable[[], dict[str, float]]] = {}
    if (SHARED / "corpora" / "conflict_news_dev.jsonl").exists():
        others["conflict_news"] = conflict_news
    for name in chosen:
        if name in others:
            result |= others[name]()
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sets", nargs="+", default=["polnear_dev", "gum_other", "conflict_news", "own"])
    for name, value in measure(parser.parse_args().sets).items():
        print(f"{name} {value:.4f}")


if __name__ == "__main__":
    main()
