"""The labelled samples as a load: their hand-made facts, not what the extraction finds.

Belongs here: the way from ``samples/gold.jsonl`` to records. The gold does not state the kind and
side of a speaker, the class of a cue and the phrase that is counted; ``gold_speakers.jsonl`` does, as
the extraction gave them once, so that a test of the models does not move with the extraction.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from landing_factory import Loads, Text

from evaluation import samples
from ingest.records import Claim, DateMention, Facts, Figure, Link, Location, Span
from ingest.tables import identity

Key = tuple[str, int | None, str]
Row = dict[str, Any]


def _span(row: Row) -> Span:
    return Span(start=row["start"], end=row["end"], text=row["text"])


def _evidence(row: Row) -> dict[str, Any]:
    return {
        "char_start": row["start"],
        "char_end": row["end"],
        "exact": row["text"],
        "rule_id": "gold",
        "confidence": 1,
    }


def _claims(row: Row, text: str, more: Row) -> tuple[list[Claim], list[str]]:
    """The claims in order of their content, an outer one before what it holds, and their ids."""
    labelled = sorted(row["claims"], key=lambda c: (c["content"][0]["start"], -c["content"][-1]["end"]))
    ids = [c["id"] for c in labelled]
    parents = {c["id"]: c["parent"] for c in labelled}

    def depth(claim_id: str) -> int:
        return 0 if parents[claim_id] is None else 1 + depth(parents[claim_id])

    claims = []
    for c in labelled:
        spans = tuple(map(_span, c["content"]))
        kind, side, cue_class = more["claims"][c["id"]]
        linked = (("figure", c["figures"]), ("date", c["dates"]), ("location", c["locations"]))
        whole = {"start": spans[0].start, "end": spans[-1].end, "text": text[spans[0].start : spans[-1].end]}
        claims.append(
            Claim(
                **_evidence(whole),
                speaker=_span(c["speaker"][0]) if c["speaker"] else None,
                speaker_name=c["speaker_names"][0] if c["speaker_names"] else None,
                speaker_kind=kind,
                speaker_side=side,
                cue=_span(c["cue"]) if c["cue"] else None,
                cue_class=cue_class,
                content=spans,
                # what the gold leaves open
                speech=c["speech"] or "indirect",
                polarity=c["polarity"] or "affirmative",
                stance=c["stance"] or "neutral",
                topic=c["topic"] or "other",
                parent=None if c["parent"] is None else ids.index(c["parent"]),
                depth=depth(c["id"]),
                chain=tuple(n for n in c.get("chain", []) if isinstance(n, str)),
                links=tuple(Link(kind=k, index=i, rule_id="gold") for k, indexes in linked for i in indexes),
            )
        )
    return claims, ids


def _facts(row: Row, text: str, more: Row) -> tuple[Facts, list[str]]:
    claims, ids = _claims(row, text, more)
    figures = []
    for i, f in enumerate(row["figures"]):
        phrase, is_cumulative = more["figures"].get(str(i), (None, False))
        best = f["low"] if f["low"] is not None else f["high"]
        same = {k: f[k] for k in ("low", "high", "bound", "kind", "unit", "counted", "status")}
        figures.append(Figure(**_evidence(f), **same, best=best, counted_phrase=phrase, is_cumulative=is_cumulative))
    dates = [
        DateMention(
            **_evidence(d),
            timex_type=d["type"],
            value=d["value"],
            mod=d["mod"],
            start_date=date.fromisoformat(d["start_date"]) if d["start_date"] else None,
            end_date=date.fromisoformat(d["end_date"]) if d["end_date"] else None,
        )
        for d in row["dates"]
    ]
    names = ("place", "country", "admin1", "lat", "lon", "kind", "relation", "direction", "distance_km", "precision")
    locations = [
        Location(**_evidence(x), **{n: x[n] for n in names}, is_resolved=x["place"] is not None)
        for x in row["locations"]
    ]
    return Facts(claims=claims, figures=figures, dates=dates, locations=locations), ids


def write(root: Path) -> tuple[Path, dict[str, Key]]:
    """One load of all labelled samples, and the gold's name of each claim by its id."""
    lines = (Path(__file__).parent / "gold_speakers.jsonl").read_text(encoding="utf-8").splitlines()
    speakers = {more["id"]: more for more in map(json.loads, lines)}
    texts, names = [], {}
    for row in samples.gold():
        if not row.get("is_labelled"):
            continue
        key, text = samples.key(row), samples.text_of(row)
        facts, ids = _facts(row, text, speakers[key])
        values = {
            "publisher": row["publisher"],
            "publisher_side": row["publisher_side"],
            "published_date": date.fromisoformat(row["published"]),
        }
        article = Text(key, text, facts, source=key.split("/")[0], values=values)
        texts.append(article)
        for n, claim_id in enumerate(ids):
            names[identity(article.article_version_id, "1", "claim", n)] = (row["file"], row["member"], claim_id)
    return Loads(root).add(texts), names


def relations() -> Iterator[Row]:
    """The pairs of claims that ``samples/relations.jsonl`` judges."""
    for line in (samples.SAMPLES / "relations.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["a"].get("claim") and row["b"].get("claim"):
            yield row


def pair(row: Row) -> frozenset[Key]:
    return frozenset((row[x]["file"], row[x]["member"], row[x]["claim"]) for x in ("a", "b"))
