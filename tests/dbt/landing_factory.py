"""Tiny loads for the tests of the models, written as the ingest writes them.

Belongs here: texts with hand-made facts, and loads of them. Does not belong here: extraction.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from ingest.extract.claims.coreference.identity import identify, office_of
from ingest.files import write_json
from ingest.landing import Load
from ingest.records import (
    Article,
    Claim,
    DateMention,
    Document,
    EventArgument,
    EventMention,
    Evidence,
    Facts,
    Figure,
    Link,
    Location,
    Span,
)
from ingest.tables import EXTRACTED, EXTRACTIONS, TABLES, identity, rows_of_facts

BASE_TIME = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)

VOVCHANSK = {
    "place": "Vovchansk",
    "geonameid": 689304,
    "country": "UA",
    "admin1": "Kharkiv",
    "lat": 50.29,
    "lon": 36.94,
    "kind": "settlement",
    "precision": 1,
    "is_resolved": True,
}


def span(text: str, exact: str, nth: int = 0) -> Span:
    """Where the words stand in the text, for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(exact, start + 1)
    return Span(start=start, end=start + len(exact), text=exact)


def evidence(at: Span) -> dict[str, Any]:
    return {"char_start": at.start, "char_end": at.end, "exact": at.text, "rule_id": "test.rule", "confidence": 0.9}


def location(text: str, exact: str, nth: int = 0, **values: Any) -> Location:
    return Location(**evidence(span(text, exact, nth)), **{**VOVCHANSK, **values})


def figure(text: str, exact: str, low: float | None, high: float | None, **values: Any) -> Figure:
    given = {"bound": "exact", "kind": "count", "unit": None, "best": low, **values}
    return Figure(**evidence(span(text, exact)), low=low, high=high, **given)


def day(text: str, exact: str, start: date, end: date | None = None, **values: Any) -> DateMention:
    given = {"timex_type": "DATE", "value": start.isoformat(), "granularity": "day", "anchor": "publication", **values}
    return DateMention(**evidence(span(text, exact)), start_date=start, end_date=end or start, **given)


def claim(text: str, content: str | Sequence[str], speaker: str | None, cue: str | None, **values: Any) -> Claim:
    spans = tuple(span(text, part) for part in ([content] if isinstance(content, str) else content))
    whole = Span(start=spans[0].start, end=spans[-1].end, text=text[spans[0].start : spans[-1].end])
    given: dict[str, Any] = {
        "speaker_name": speaker,
        "speaker_kind": "person" if speaker else None,
        "speech": "indirect",
        "polarity": "affirmative",
        "stance": "neutral",
        "topic": "control",
        **values,
    }
    who = identify(given["speaker_name"], given["speaker_kind"], given.get("speaker_side"))
    given = {
        "speaker_office": office_of(given.get("speaker_role")),
        "actor_key": who.key,
        "speaker_known_as": who.known_as,
        **given,
    }
    return Claim(
        **evidence(whole),
        speaker=span(text, speaker) if speaker and speaker in text else None,
        cue=span(text, cue) if cue else None,
        content=spans,
        **given,
    )


def argument(text: str, role: str, exact: str, nth: int = 0, **values: Any) -> EventArgument:
    at = span(text, exact, nth)
    return EventArgument(start=at.start, end=at.end, text=at.text, role=role, **{"is_inferred": False, **values})


def event(text: str, trigger: str, statement: str, kind: str, **values: Any) -> EventMention:
    told = span(text, statement)
    given = {"polarity": "affirmative", "realis": "actual", **values}
    return EventMention(
        **evidence(span(text, trigger)), kind=kind, statement_start=told.start, statement_end=told.end, **given
    )


def link(kind: str, index: int) -> Link:
    return Link(kind=kind, index=index, rule_id="test.link")


@dataclass(frozen=True)
class Text:
    """One document that gives an article, and what is to be found in it."""

    name: str
    text: str
    facts: Facts = field(default_factory=lambda: Facts(claims=[], figures=[], dates=[], locations=[]))
    source: str = "inbox"
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def article_id(self) -> str:
        return identity("article", self.source, self.name)

    @property
    def article_version_id(self) -> str:
        return identity(self.article_id, self.text)

    def article(self) -> Article:
        given: dict[str, Any] = {
            "publisher": "Kharkiv Courier",
            "publisher_country": "UA",
            "publisher_side": "UA",
            "title": self.text.partition("\n")[0],
            "language": "en",
            "published_date": date(2026, 2, 27),
            "published_date_source": "meta",
            "copy_group_id": self.article_version_id,
            **self.values,
        }
        return Article(
            article_id=self.article_id,
            article_version_id=self.article_version_id,
            text_sha256=identity(self.text),
            source=self.source,
            uri=f"{self.name}.txt",
            text=self.text,
            char_count=len(self.text),
            **given,
        )


class Loads:
    """Writes committed loads below one folder, one minute apart."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def add(
        self,
        texts: Sequence[Text] = (),
        *,
        again: Sequence[Text] = (),
        rejected: Sequence[tuple[str, str]] = (),
        duplicates: Sequence[tuple[str, Text]] = (),
        extractor_version: str = "1",
        errors: dict[str, str] | None = None,
    ) -> Path:
        """A load of new texts, or, with ``again``, a second extraction of known ones."""
        number = len(list(self.root.glob("*"))) if self.root.exists() else 0
        recorded_at = BASE_TIME + timedelta(minutes=number)
        path = self.root / f"{recorded_at:%Y%m%dT%H%M%S}000Z-{number:04x}"
        plan = {"kind": "reextract" if again else "ingest", "recorded_at": recorded_at.isoformat()}
        shards = self._shards(again)
        plan_of_shards = [
            {"articles": part, "ids": [text.article_version_id for text in of_part]} for part, of_part in shards.items()
        ]
        write_json(path / "plan.json", {**plan, "shards": plan_of_shards} if again else plan)
        load = Load(path)
        documents = [_document(t.source, f"{t.name}.txt", "loaded", recorded_at, i, t) for i, t in enumerate(texts)]
        documents += [_document("inbox", uri, "rejected", recorded_at, 90, None, reason) for uri, reason in rejected]
        documents += [_document("inbox", uri, "duplicate", recorded_at, 80, text) for uri, text in duplicates]
        if not again:
            load.write_documents(0, documents, [_row(t.article()) for t in texts])
        counts: Counter[str] = Counter()
        for shard, of_shard in enumerate(shards.values() if again else [list(texts)]):
            rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
            for text in of_shard:
                error = (errors or {}).get(text.name)
                facts = Facts(claims=[], figures=[], dates=[], locations=[]) if error else text.facts
                for name, found in rows_of_facts(facts, text.article_version_id, extractor_version, error).items():
                    rows[name] += found
            load.write_facts(shard, rows)
            counts.update({name: len(found) for name, found in rows.items()})
        load.commit(
            {
                "extractor_version": extractor_version,
                "documents_read": len(documents),
                "articles_loaded": len(texts),
                "duplicates": len(duplicates),
                "rejected": len(rejected),
                **{t.name: counts[t.name] for t in EXTRACTED if t is not EXTRACTIONS},
                "shards": len(shards) or 1,
            }
        )
        return path

    def _shards(self, again: Sequence[Text]) -> dict[str, list[Text]]:
        """The texts by the landed file that holds their articles, as a plan of a second extraction has them."""
        found: dict[str, list[Text]] = {}
        for part in sorted(self.root.glob("*/articles/*.parquet")) if again else ():
            landed = set(pq.read_table(part, columns=["article_version_id"]).column(0).to_pylist())
            of_part = [text for text in again if text.article_version_id in landed]
            if of_part:
                found[str(part.relative_to(self.root))] = of_part
        return found


def _row(record: Article | Document | Evidence) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def _document(
    source: str, uri: str, outcome: str, at: datetime, second: int, text: Text | None, reason: str | None = None
) -> dict[str, Any]:
    digest = identity(source, uri, text.text if text else reason or "")
    return _row(
        Document(
            document_id=identity(source, uri, digest),
            source=source,
            uri=uri,
            file_uri=uri,
            fingerprint=digest,
            document_sha256=digest,
            archive_sha256=digest,
            byte_count=len(text.text.encode()) if text else 0,
            fetched_at=at + timedelta(seconds=second),
            outcome=outcome,
            reason=reason,
            detail="for the test" if reason else None,
            article_version_id=text.article_version_id if text else None,
        )
    )


def write_checks(folder: Path, run_id: str, stage: str, rows: Sequence[dict[str, Any]]) -> None:
    """Results of checks, as the orchestration leaves them beside the loads."""
    import pyarrow as pa

    folder.mkdir(parents=True, exist_ok=True)
    given = {
        "run_id": run_id,
        "load_id": None,
        "stage": stage,
        "table_name": "claims",
        "check_name": "evidence",
        "column_name": None,
        "severity": "error",
        "is_passed": True,
        "checked_rows": 1,
        "failed_rows": 0,
        "expected": "evidence is the text",
        "observed": "it is",
        "sample_json": json.dumps([]),
        "checked_at": BASE_TIME,
    }
    types = {
        "is_passed": pa.bool_(),
        "checked_rows": pa.int64(),
        "failed_rows": pa.int64(),
        "checked_at": pa.timestamp("us", tz="UTC"),
    }
    names = ["check_result_id", *given]
    schema = pa.schema([pa.field(n, types.get(n, pa.string())) for n in names])
    full = [{"check_result_id": identity(run_id, stage, i), **given, **row} for i, row in enumerate(rows)]
    pq.write_table(pa.Table.from_pylist(full, schema=schema), folder / f"{run_id}-{stage}.parquet")
