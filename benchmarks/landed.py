"""Loads made up for measuring the warehouse: as many claims as are wanted, written as a load is.

Belongs here: articles with their facts, put together at random from ``landed.toml``, from a seed; landing
articles with the facts that are given. Does not belong here: measuring. Whether a rule is right cannot be
learnt from the generated ones.

A few places and publishers have most of the claims, as in the news; one article in twenty is another
publisher's word for word.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.articles import material
from ingest.files import write_json
from ingest.landing import Load
from ingest.records import Article, Claim, DateMention, Document, Facts, Figure, Link, Location, Span
from ingest.tables import EXTRACTED, EXTRACTIONS, TABLES, identity, rows_of_facts

FIRST_DAY = date(2023, 1, 1)
DAYS = 1_095
CLAIMS_AN_ARTICLE = 10
ARTICLES_A_SHARD = 400
SPEAKERS_A_THEATRE = 400
PUBLISHERS = 60
BEGUN = datetime(2026, 1, 1, 2, 0, tzinfo=UTC)
_EXTRACTOR = "given"
_PREFIXES = [
    "",
    *(f"{size} {side} " for size in ("Old", "New", "Upper", "Lower") for side in ("East", "West", "North")),
]
_COUNTED = {"soldiers", "drones", "people", "civilians", "tanks", "houses", "families", "howitzers"}
_STATUSES = {
    "killed": "killed", "died": "killed", "wounded": "wounded", "lost": "destroyed", "destroyed": "destroyed",
    "prisoner": "captured", "remain": "present", "left": "evacuated",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Theatre:
    """One war: its words, its two sides, its places with the cumulated weights of their being in the news."""

    words: dict[str, list[str]]
    sides: list[str]
    places: list[Location]
    weights: list[float]
    speakers: list[tuple[str, str]]


@cache
def _generated() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def _theatres() -> list[_Theatre]:
    theatres = []
    for t, (name, given) in enumerate(_generated()["theatres"].items()):
        words = material()["theatre"][name]
        rng = random.Random(name)
        names = [f"{prefix}{town}" for prefix in _PREFIXES for town in words["town"]]
        places = [
            Location(
                **_evidence(0, place),
                place=place,
                geonameid=1_000_000 * (t + 1) + n,
                country=given["country"],
                admin1=rng.choice(words["region"]),
                lat=round(given["lat"] + rng.uniform(-2, 2), 4),
                lon=round(given["lon"] + rng.uniform(-2, 2), 4),
                kind="settlement",
                precision=1,
                is_resolved=True,
            )
            for n, place in enumerate(names)
        ]
        # the n-th place has a share of about one in n
        weights = list(itertools.accumulate(1 / (n + 3) for n in range(len(places))))
        people = [
            f"{a} {b}{c}" for c in ("", "-Orlan", "-Sabir") for a in material()["slots"]["first"]
            for b in material()["slots"]["last"]
        ]  # fmt: skip
        speakers = [(p, rng.choice(given["sides"])) for p in rng.sample(people, SPEAKERS_A_THEATRE)]
        theatres.append(_Theatre(words, given["sides"], places, weights, speakers))
    return theatres


def _evidence(start: int, exact: str) -> dict[str, Any]:
    return {
        "char_start": start,
        "char_end": start + len(exact),
        "exact": exact,
        "rule_id": "generated",
        "confidence": 1.0,
    }


class _Writer:
    """Writes one article claim by claim."""

    def __init__(self, rng: random.Random, published: date) -> None:
        self._rng = rng
        self._published = published
        self._theatre = rng.choice(_theatres())
        self._main = self._place()
        self.text = f"News from {self._main.place}\n\n"
        self.facts = Facts(claims=[], figures=[], dates=[], locations=[])

    def _place(self) -> Location:
        return self._rng.choices(self._theatre.places, cum_weights=self._theatre.weights)[0]

    def add(self) -> None:
        """One more sentence with a claim."""
        rng, theatre, made = self._rng, self._theatre, _generated()
        topic = rng.choices(list(made["weights"]), weights=made["weights"].values())[0]
        is_denial = rng.random() < 0.2
        speaker, side = rng.choice(theatre.speakers)
        ours, theirs = ("us", "them") if side == theatre.sides[0] else ("them", "us")
        place = self._main if rng.random() < 0.6 else self._place()
        day = self._published - timedelta(days=rng.randint(0, 5))
        values = {
            "place": place.place,
            "n": str(int(rng.paretovariate(0.7)) + 1),
            "when": f"on {self._published - timedelta(days=rng.randint(0, 5)):%B %-d}"
            if rng.random() < 0.6
            else "again",
            "us": rng.choice(theatre.words[ours]),
            "them": rng.choice(theatre.words[theirs]),
        }
        template = rng.choice(made["claims"][topic]).split("|")[is_denial]
        values = {name: value for name, value in values.items() if f"{{{name}}}" in template}
        content = template.format(**values)
        cue = "denied" if is_denial and rng.random() < 0.3 else "said"
        start = len(self.text) + len(f"{speaker} {cue} that ")
        speaks = Span(start=len(self.text), end=len(self.text) + len(speaker), text=speaker)
        cue_start = speaks.end + 1
        self.text += f"{speaker} {cue} that {content}.\n"
        self.facts.claims.append(
            Claim(
                **_evidence(start, content),
                speaker=speaks,
                speaker_name=speaker,
                speaker_kind="person",
                speaker_side=side if rng.random() < 0.7 else None,
                cue=Span(start=cue_start, end=cue_start + len(cue), text=cue),
                cue_class="deny" if cue == "denied" else "say",
                content=(Span(start=start, end=start + len(content), text=content),),
                speech="indirect",
                polarity="negative" if is_denial else "affirmative",
                stance="disputed" if rng.random() < 0.05 else "neutral",
                topic=topic,
                links=tuple(self._linked(start, content, place, values, day)),
            )
        )

    def _linked(self, start: int, content: str, place: Location, values: dict[str, Any], day: date) -> Iterator[Link]:
        facts = self.facts
        facts.locations.append(replace(place, **_evidence(start + content.index(values["place"]), values["place"])))
        yield Link(kind="location", index=len(facts.locations) - 1, rule_id="generated")
        words = content.split()
        if "n" in values:
            number = float(values["n"])
            following = words[words.index(values["n"]) + 1]
            is_length = following == "kilometres"
            facts.figures.append(
                Figure(
                    **_evidence(start + content.index(values["n"]), values["n"]),
                    low=number,
                    high=number,
                    best=number,
                    bound="exact",
                    kind="length" if is_length else "count",
                    unit="km" if is_length else None,
                    counted=following if following in _COUNTED else None,
                    counted_phrase=following,
                    status=next((_STATUSES[w] for w in words if w in _STATUSES), None),
                )
            )
            yield Link(kind="figure", index=len(facts.figures) - 1, rule_id="generated")
        if values.get("when", "again") != "again":
            shown = values["when"].removeprefix("on ")
            facts.dates.append(
                DateMention(
                    **_evidence(start + content.index(shown), shown),
                    timex_type="DATE",
                    value=day.isoformat(),
                    start_date=day,
                    end_date=day,
                    granularity="day",
                    anchor="publication",
                    anchor_date=self._published,
                    is_year_inferred=True,
                )
            )
            yield Link(kind="date", index=len(facts.dates) - 1, rule_id="generated")


def _article(number: int, seed: int, is_recent: bool) -> tuple[Article, Facts]:
    rng = random.Random(f"{seed} {number}")
    publisher = int(rng.paretovariate(0.9)) % PUBLISHERS
    # a copy is made of the same numbers as the article before it
    is_copy = rng.random() < 0.05 and number > 0
    telling = random.Random(f"{seed} {number - is_copy} text")
    published = FIRST_DAY + timedelta(days=DAYS - 1 - telling.randrange(7) if is_recent else telling.randrange(DAYS))
    writer = _Writer(telling, published)
    for _ in range(CLAIMS_AN_ARTICLE):
        writer.add()
    version, copied = (identity(identity("generated", seed, n), "1") for n in (number, number - 1))
    article = Article(
        article_id=identity("generated", seed, number),
        article_version_id=version,
        copy_group_id=copied if is_copy else version,
        copy_of_version_id=copied if is_copy else None,
        copy_kind="exact" if is_copy else None,
        copy_share=1.0 if is_copy else None,
        text_sha256=hashlib.sha256(writer.text.encode()).hexdigest(),
        source="generated",
        uri=f"{seed}/{number}",
        url=f"https://news.example/{seed}/{number}",
        publisher=f"Publisher {publisher}",
        publisher_side=[None, None, "UA", "RU", "LB", "IL"][publisher % 6],
        title=writer.text.partition("\n")[0],
        text=writer.text,
        char_count=len(writer.text),
        language="en",
        published_date=published,
        published_date_source="field",
    )
    return article, writer.facts


def write_load(root: Path, claims: int, seed: int = 0, *, is_recent: bool = False) -> Path:
    """A committed load of so many claims below ``root``; the same one for the same seed.

    ``is_recent`` puts all its articles into the last week, as a nightly load's are.
    """
    numbers = range(claims // CLAIMS_AN_ARTICLE)
    return land(root, (_article(number, seed, is_recent) for number in numbers), seed)


def land(root: Path, articles: Iterable[tuple[Article, Facts]], number: int = 0) -> Path:
    """A committed load below ``root`` of these articles with these facts; ``number`` tells it from others."""
    recorded_at = BEGUN + timedelta(days=number)
    path = root / f"{recorded_at:%Y%m%dT%H%M%S}000Z-{number:04x}"
    write_json(path / "plan.json", {"kind": "ingest", "recorded_at": recorded_at.isoformat()})
    load = Load(path)
    sums: Counter[str] = Counter()
    left = iter(articles)
    shards = 0
    while shard := list(itertools.islice(left, ARTICLES_A_SHARD)):
        sums.update(_write_shard(load, shards, shard))
        shards += 1
    counted = {table.name: sums[table.name] for table in EXTRACTED if table is not EXTRACTIONS}
    read = {"documents_read": sums["articles"], "articles_loaded": sums["articles"], "duplicates": 0, "rejected": 0}
    load.commit({"extractor_version": _EXTRACTOR, **read, **counted, "shards": shards})
    return path


def _write_shard(load: Load, shard: int, articles: Sequence[tuple[Article, Facts]]) -> dict[str, int]:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for article, facts in articles:
        rows["articles"].append(asdict(article))
        rows["documents"].append(asdict(_document(article, load.recorded_at)))
        for name, found in rows_of_facts(facts, article.article_version_id, _EXTRACTOR).items():
            rows[name] += found
    load.write_documents(shard, rows["documents"], rows["articles"])
    load.write_facts(shard, rows)
    return {name: len(found) for name, found in rows.items()}


def _document(article: Article, read_at: datetime) -> Document:
    return Document(
        document_id=identity("document", article.article_version_id),
        source=article.source,
        uri=article.uri,
        file_uri=article.uri,
        fingerprint=article.text_sha256,
        document_sha256=article.text_sha256,
        archive_sha256=article.text_sha256,
        byte_count=article.char_count,
        fetched_at=read_at,
        outcome="loaded",
        article_version_id=article.article_version_id,
    )
