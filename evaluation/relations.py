"""How right the contradictions are that the warehouse finds in the project's own articles.

Extracts the samples and the articles of ``tests/gold``, builds a warehouse of them, and compares the pairs
that contradict or deny each other with those that were judged by hand, ``tests/gold/relations/judged.jsonl``.
Belongs here: reading those, the measures. Does not belong here: the rules (``dbt_project``).

    python -m evaluation.relations [--unjudged FILE]

Right are the pairs of which a reader agrees that both cannot hold, or that one denies the other. Precision is
of the pairs found that were judged; pairs that were judged right and are not found are printed as missed.
``--unjudged`` writes the pairs that nobody has judged, in the form of the judgements.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.building import build
from benchmarks.landed import land
from claimhouse.warehouse import ask
from evaluation import articles as gold_articles
from evaluation import samples
from ingest.articles import ArticleDraft
from ingest.extract.pipeline import Pipeline
from ingest.landing import Landing
from ingest.records import Article, Facts
from ingest.resolve.steps import Resolution
from ingest.settings import settings
from ingest.tables import identity

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "gold" / "relations"
JUDGED = FOLDER / "judged.jsonl"
# contents of two extractions that differ by a few words are the same claim
LEAST_SHARED = 0.6
# as is one that is the other's first or last part
LEAST_LENGTH = 25

Claim = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A pair that the warehouse relates: each claim by its article and its words."""

    a: Claim
    b: Claim
    kind: str
    axis: str
    rule_id: str
    speakers: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair that was judged by hand."""

    a: Claim
    b: Claim
    is_right: bool
    why: str

    def is_of(self, found: Found) -> bool:
        """True where the claims are these, but for a few words at their ends."""
        return (_is_same(self.a, found.a) and _is_same(self.b, found.b)) or (
            _is_same(self.a, found.b) and _is_same(self.b, found.a)
        )

    def is_exactly(self, found: Found) -> bool:
        return {self.a, self.b} == {found.a, found.b}


def _is_same(one: Claim, other: Claim) -> bool:
    if one[0] != other[0]:
        return False
    short, long = sorted((one[1].lower(), other[1].lower()), key=len)
    words, others = set(short.split()), set(long.split())
    return len(words & others) >= LEAST_SHARED * len(words | others) or (len(short) >= LEAST_LENGTH and short in long)


def judged() -> list[Judged]:
    """All pairs that were judged."""
    rows = map(json.loads, JUDGED.read_text(encoding="utf-8").splitlines())
    return [Judged(tuple(r["a"]), tuple(r["b"]), r["is_right"], r["why"]) for r in rows]


def texts(*, samples_only: bool = False) -> Iterator[tuple[str, Article]]:
    """Every article with the name that judgements call it by."""
    for key, item in samples.documents().items():
        if isinstance(item, ArticleDraft):
            yield key.split("/", 1)[1], item.article()
    if samples_only:
        return
    for row, text in gold_articles.gold():
        yield str(row["file"])[11:], _article(row, text)
    for path in sorted(FOLDER.glob("*.txt")):
        head, text = path.read_text(encoding="utf-8").split("\n---\n")
        yield path.stem, _article({"file": path.stem, **dict(line.split(": ", 1) for line in head.splitlines())}, text)


def _article(row: dict[str, Any], text: str) -> Article:
    article_id = identity("gold", row["file"])
    version = identity(article_id, text.strip())
    return Article(
        article_id=article_id,
        article_version_id=version,
        copy_group_id=version,
        text_sha256=identity(text),
        source="gold",
        uri=row["file"],
        publisher=row["publisher"],
        publisher_side=row.get("side"),
        agency=row.get("agency"),
        title=text.strip().partition("\n")[0],
        text=text.strip(),
        char_count=len(text.strip()),
        language="en",
        published_date=date.fromisoformat(row["published"]),
        published_date_source="field",
    )


def extracted(*, samples_only: bool = False) -> list[tuple[str, Article, Facts]]:
    """Every article with the facts that the extraction finds in it."""
    # one of the samples is there twice, byte by byte
    named = list(
        {article.article_version_id: (name, article) for name, article in texts(samples_only=samples_only)}.values()
    )
    pipeline = Pipeline(settings().model, settings().gazetteer_dir)
    found = pipeline.extract_many([(article.text, article.published_date) for _, article in named])
    return [(name, article, facts) for (name, article), facts in zip(named, found, strict=True)]


AGAINST = ("contradicts", "denies")
EXPECTED = Path(__file__).resolve().parents[1] / "samples" / "relations.jsonl"
FAMILY = {
    "contradicts": "against",
    "denies": "against",
    "revises": "revision",
    "repeats": "with",
    "corroborates": "with",
    "none": "none",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """A pair of the samples that a reader would remark on, or (``none``) that tempts and is not related."""

    pair: Judged
    family: str
    is_required: bool


def expected() -> list[Expected]:
    """The pairs that were labelled in the samples."""
    rows = map(json.loads, EXPECTED.read_text(encoding="utf-8").splitlines())
    return [
        Expected(Judged(_end(row["a"]), _end(row["b"]), True, row["id"]), FAMILY[row["kind"]], bool(row["is_required"]))
        for row in rows
        if row["kind"] in FAMILY  # the others relate whole documents
    ]


def _end(row: dict[str, Any]) -> Claim:
    name = row["file"].split("/", 1)[1]
    return (name if row["member"] is None else f"{name}#{row['member']}", row["text"])


def found_in(candidate: Path, names: dict[str, str]) -> list[Found]:
    """The pairs that a warehouse relates; ``names`` tells articles by version."""
    answer = ask(
        candidate,
        "select earlier_version_id, earlier_words, later_version_id, later_words,"
        " kind, axis, rule_id, earlier_voice, later_voice from relations"
        " order by 1, 2, 3, 4, 6",
    )
    return [
        Found((names[a], said), (names[b], answered), kind, axis, rule, (speaker, other))
        for a, said, b, answered, kind, axis, rule, speaker, other in answer.rows
    ]


def run() -> list[Found]:
    """Extract, build, and read the pairs."""
    every = extracted()
    with tempfile.TemporaryDirectory(prefix="claimhouse-relations-") as folder:
        root = Path(folder)
        load = land(root / "loads", ((article, facts) for _, article, facts in every))
        Resolution(Landing(root), root / "state").run()
        (root / "build").mkdir()
        candidate = root / "build" / "candidate.duckdb"
        build(candidate, [load], root / "work")
        return found_in(candidate, {article.article_version_id: name for name, article, _ in every})


@dataclass(frozen=True, slots=True)
class Measures:
    """What was found against what was judged."""

    right: list[Found]
    wrong: list[Found]
    unjudged: list[Found]
    missed: list[Judged]

    @property
    def precision(self) -> float:
        return len(self.right) / max(len(self.right) + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        return len(self.right) / max(len(self.right) + len(self.missed), 1)


def compare(found: list[Found], judgements: list[Judged]) -> Measures:
    """Sort the pairs that contradict or deny each other by what was judged of them."""
    found = [pair for pair in found if pair.kind in AGAINST]
    right, wrong, unjudged = [], [], []
    for pair in found:
        exact = (j.is_right for j in judgements if j.is_exactly(pair))
        verdict = next(exact, next((j.is_right for j in judgements if j.is_of(pair)), None))
        (unjudged if verdict is None else right if verdict else wrong).append(pair)
    missed = [j for j in judgements if j.is_right and not any(j.is_of(pair) for pair in found)]
    return Measures(right, wrong, unjudged, missed)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--unjudged", type=Path, help="write the pairs that nobody has judged to this file")
    given = parser.parse_args()
    result = compare(run(), judged())
    for pair in result.wrong:
        print(f"wrong   {pair.kind} {pair.axis} {pair.rule_id}\n        {pair.a}\n        {pair.b}")
    for missed in result.missed:
        print(f"missed  {missed.why}\n        {missed.a}\n        {missed.b}")
    count = len(result.right) + len(result.wrong)
    print(f"{count} pairs judged of {count + len(result.unjudged)} found: precision {result.precision:.3f}")
    print(f"{len(result.missed)} missed of those that were judged right: recall {result.recall:.3f}")
    if given.unjudged:
        with given.unjudged.open("w", encoding="utf-8") as file:
            for pair in result.unjudged:
                row = {"a": pair.a, "b": pair.b, "is_right": None, "why": ""}
                file.write(json.dumps({**row, "found": [pair.kind, pair.axis, pair.rule_id, pair.speakers]}) + "\n")


if __name__ == "__main__":
    main()
