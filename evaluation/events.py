"""How well event mentions are found: MEANTIME, ECB+, the labelled stories, and the draws that have been seen.

    python -m evaluation.events [--sets meantime ecb stories draws]

Prints one ``name value`` a line. Belongs here: making output of the corpora's texts, and reading what their own
scorers print. Does not belong here: how a draw is scored (``evaluation.draws``).

The corpora and their scorers lie outside the repository (``CLAIMHOUSE_SHARED`` or ``../shared``). ECB+ and MEANTIME
label events of every kind, so what counts there is how right the found ones are. The figures of draws are of rounds
whose errors have been read: they say that nothing is lost, not how well the next article fares.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.draws.draw import SHARED
from evaluation.draws.rounds import labelled_articles, reserved_rounds
from evaluation.draws.score import Tally, score
from evaluation.stories import ECB, corpus_of, documents, facts_of
from evaluation.stories import measured as measured_across
from ingest.extract.pipeline import Pipeline
from ingest.extract.wire import to_json
from ingest.records import Facts
from ingest.settings import settings

EVENTS = SHARED / "corpora" / "events"
SCORER = SHARED / "eval" / "events" / "score.py"
STORY_SCORER = SHARED / "eval" / "story_facts.py"
STORIES = SHARED / "corpora" / "stories_dev.jsonl"
ARTICLES = SHARED / "corpora" / "real_news_dev.jsonl.gz"
# what a scorer prints, and the names of the figures in it
_PRINTED = {
    "meantime": {
        "trigger_precision": r"^triggers P ([\d.]+)",
        "agent_precision": r"^agent +P ([\d.]+)",
        "target_precision": r"^target +P ([\d.]+)",
        "negated_f1": r"^negated .* F1 ([\d.]+)",
    },
    "ecb": {
        "trigger_precision": r"^triggers P ([\d.]+)",
        "pair_precision": r"^same event, pairs inside documents P ([\d.]+)",
        "pair_recall": r"^same event, pairs inside documents .* R ([\d.]+)",
    },
    "stories": {
        "value": r"counts: value \S+ = ([\d.]+)",
        "role": r"role \S+ = ([\d.]+) role",
        "role_and_scope": r"role and scope \S+ = ([\d.]+)",
        "control_found": r"control: found \S+ = ([\d.]+)",
        "holder": r"holder \S+ = ([\d.]+) holder",
        "holder_and_modality": r"holder and modality \S+ = ([\d.]+)",
    },
}
# figures of a draw that have a floor
_KEPT = (
    *("precision", "recall", "kind", "agent", "target", "place", "days", "polarity", "realis", "counts", "same_as"),
    *("agent.precision", "target.precision", "place.precision"),
)


@cache
def _pipeline() -> Pipeline:
    return Pipeline(gazetteer_dir=settings().gazetteer_dir)


def _output(doc_id: str, text: str, published: str | None) -> dict[str, Any]:
    """The line that ``claimhouse extract`` prints for one text."""
    day = datetime.fromisoformat(published).date() if published else None
    return _wired(doc_id, _pipeline().extract(text, day))


def _wired(doc_id: str, facts: Facts) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(json.dumps(to_json(doc_id, facts), default=str))
    return line


def _as_events(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line as the scorer of events wants it: mentions of one happening have one ``event_id``."""
    first = {event["id"]: event["same_event"] or event["id"] for event in line["events"]}
    keep = ("start", "end", "polarity", "args")
    events = [
        {key: event[key] for key in keep} | {"event_id": f"{line['doc_id']}:{first[event['id']]}"}
        for event in line["events"]
    ]
    return {"doc_id": line["doc_id"], "events": events}


def _scored(command: Sequence[str | Path], rows: Iterable[Mapping[str, Any]]) -> str:
    """What a scorer prints; ``rows`` are its predictions, whose file is put behind the command."""
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        predictions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return subprocess.run(
            [sys.executable, *map(str, command), str(predictions)], capture_output=True, text=True, check=True
        ).stdout


def _figures(name: str, printed: str) -> dict[str, float]:
    """The figures of a set in what its scorer printed."""
    found = {}
    for figure, pattern in _PRINTED[name].items():
        match = re.search(pattern, printed, re.MULTILINE)
        if match is not None:
            found[f"{name}.{figure}"] = float(match[1])
    return found


def _corpus(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _labelled(name: str, path: Path) -> dict[str, float]:
    lines = (_output(row["doc_id"], row["text"], row.get("dct")) for row in _corpus(path))
    return _figures(name, _scored([SCORER, path], (_as_events(line) for line in lines)))


def meantime() -> dict[str, float]:
    """MEANTIME's business news: participants and negation."""
    return _labelled("meantime", EVENTS / "meantime_airbus.jsonl")


def ecb() -> dict[str, float]:
    """ECB+: triggers, mentions of one event in one document, and across all documents as articles of one house."""
    records = documents()
    facts = facts_of(records, _pipeline())
    lines = (_wired(doc_id, found) for doc_id, found in facts.items())
    inside = _figures("ecb", _scored([SCORER, ECB], (_as_events(line) for line in lines)))
    return inside | {f"ecb.{name}": value for name, value in measured_across(corpus_of(records, facts)).items()}


def stories() -> dict[str, float]:
    """The labelled stories: counts with role and scope, statements of control."""
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.jsonl"
        command = [sys.executable, str(STORY_SCORER), "docs", str(STORIES), str(ARTICLES), str(texts)]
        subprocess.run(command, capture_output=True, check=True)
        rows = [_output(row["doc_id"], row["text"], row.get("dct")) for row in _corpus(texts)]
    return _figures("stories", _scored([STORY_SCORER, "score", STORIES, ARTICLES], rows))


def draws() -> dict[str, float]:
    """The rounds drawn from the reserve, each by itself, so that a new one moves no floor."""
    found: dict[str, float] = {}
    for number in reserved_rounds():
        tally = Tally()
        for article, gold in labelled_articles(number):
            score(article.text, gold, _output(article.doc_id, article.text, article.dct), tally)
        counts = tally.counts()
        found |= {f"draws.{number}.{name}": counts[f"events.{name}"][0] / counts[f"events.{name}"][1] for name in _KEPT}
    return found


SETS = {"meantime": meantime, "ecb": ecb, "stories": stories, "draws": draws}


def measure(names: Iterable[str] = SETS) -> dict[str, float]:
    """All figures of the sets."""
    return {figure: value for name in names for figure, value in SETS[name]().items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="*", choices=[*SETS], default=[*SETS])
    for figure, value in measure(parser.parse_args().sets).items():
        print(f"{figure} {value:.4f}")


if __name__ == "__main__":
    main()
