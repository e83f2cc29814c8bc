"""A small published warehouse for unit tests: the tables of the contracts, rows as given, made without dbt."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from claimhouse import lookups
from claimhouse.publishing import DBT_DIR
from claimhouse.search import index as search_index

RECORDED = datetime(2026, 1, 1)  # noqa: DTZ001 the columns have no zone
TEXT = (
    "Colonel Anton Zelenskyy said that his men had left Kyiv Street. He added nothing of note.\n\n"
    "The army withdrew from Lysychansk on Monday. Kiev keeps silent about 40 missing soldiers.\n\n"
    "A market was crowded."
)


@cache
def contracts() -> dict[str, dict[str, str]]:
    """Columns and types of each table that people query."""
    found = {}
    for path in (DBT_DIR / "models" / "marts").glob("*.yml"):
        for model in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["models"]:
            found[model["name"]] = {c["name"]: c["data_type"] for c in model["columns"] if "data_type" in c}
    return found


@dataclass
class Warehouse:
    """Rows by table, and the file that holds them once ``publish`` was called."""

    path: Path
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: str, **row: Any) -> None:
        self.rows.setdefault(table, []).append(row)

    def article(
        self,
        version: str,
        text: str,
        *,
        day: date | None = date(2025, 11, 20),
        publisher: str = "Test Post",
        side: str | None = None,
        title: str = "A title",
    ) -> None:
        self.add(
            "dim_article_versions",
            article_version_id=version,
            article_id=f"a-{version}",
            version_number=1,
            text=text,
            title=title,
            publisher=publisher,
            publisher_side=side,
            published_date=day,
            publisher_id=publisher.lower(),
            is_current=True,
            language="en",
            recorded_at=RECORDED,
            source="inbox",
            uri=f"{version}.txt",
        )
        self.add(
            "dim_articles",
            article_version_id=version,
            article_id=f"a-{version}",
            title=title,
            publisher=publisher,
            publisher_side=side,
            published_date=day,
            source="inbox",
            recorded_at=RECORDED,
            claim_count=0,
        )
        self.add("ops_extractions", extraction_id=f"x-{version}", article_version_id=version, is_current=True)

    def _fact(self, version: str, exact: str) -> dict[str, Any]:
        [row] = [r for r in self.rows["dim_article_versions"] if r["article_version_id"] == version]
        start = row["text"].index(exact)
        shared = {
            k: row[k] for k in ("article_version_id", "article_id", "publisher", "publisher_id", "published_date")
        }
        return shared | {
            "char_start": start,
            "char_end": start + len(exact),
            "exact": exact,
            "rule_id": "r",
            "confidence": 1.0,
            "is_current": True,
            "recorded_at": RECORDED,
            "load_id": "l",
            "extractor_version": "1",
            "ordinal": 0,
        }

    def claim(self, claim_id: str, version: str, content: str, **more: Any) -> None:
        fact = self._fact(version, content)
        span = {"start": fact["char_start"], "end": fact["char_end"], "text": content}
        self.add(
            "fct_claims",
            claim_id=claim_id,
            content=content,
            content_spans=[span],
            **(fact | {"topic": "other", "polarity": "affirmative", "stance": "neutral", "speech": "indirect"} | more),
        )

    def mention(
        self, event_mention_id: str, version: str, statement: str, trigger: str, kind: str, **more: Any
    ) -> None:
        told, fact = self._fact(version, statement), self._fact(version, trigger)
        self.add(
            "fct_event_mentions",
            event_mention_id=event_mention_id,
            kind=kind,
            statement_start=told["char_start"],
            statement_end=told["char_end"],
            **(fact | {"polarity": "affirmative", "realis": "actual"} | more),
        )

    def location(self, location_id: str, version: str, exact: str, place: str, place_id: str, **more: Any) -> None:
        given = {
            "country": "UA",
            "admin1": "Luhansk Oblast",
            "kind": "settlement",
            "precision": 1,
            "lat": 49.0,
            "lon": 38.0,
        }
        given |= more
        self.add(
            "fct_locations",
            location_id=location_id,
            place=place,
            place_id=place_id,
            **self._fact(version, exact),
            **given,
        )
        known = {k: v for k, v in given.items() if k != "precision"}
        if not any(row["place_id"] == place_id for row in self.rows.get("dim_places", ())):
            self.add("dim_places", place_id=place_id, place=place, **known)

    def actor(self, actor_id: str, name: str, *aliases: str, kind: str = "person", **more: Any) -> None:
        self.add("dim_actors", actor_id=actor_id, actor=name, kind=kind, **more)
        for number, alias in enumerate((name, *aliases)):
            self.add("actor_aliases", actor_alias_id=f"{actor_id}-{number}", actor_id=actor_id, name=alias, kind=kind)

    def publish(
        self, *, indexed: bool = True, looked_up: bool = True, gazetteer: search_index.Gazetteer | None = None
    ) -> Path:
        """Write the file with its lookups, and the index of it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        candidate = self.path.with_name("candidate.duckdb")
        with duckdb.connect(str(candidate)) as connection:
            for table, columns in contracts().items():
                listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
                connection.execute(f"create table {table} ({listed})")
                for row in self.rows.get(table, ()):
                    names = [name for name in row if name in columns]
                    marks = ", ".join("?" * len(names))
                    quoted = ", ".join(f'"{name}"' for name in names)
                    connection.execute(f"insert into {table} ({quoted}) values ({marks})", [row[n] for n in names])
            connection.execute("create table ops_warehouse (key varchar, value varchar)")
            facts = [("published_at", RECORDED.isoformat()), ("publication", repr(self.rows))]
            connection.executemany("insert into ops_warehouse values (?, ?)", facts)
            _code_lists(connection)
            if looked_up:
                lookups.make(connection)
            if indexed:
                made = self.path.parent / "build"
                name = search_index.publication(connection)
                search_index.make(connection, made, before=search_index.latest(self.path), gazetteer=gazetteer)
                search_index.put_in_place(made, self.path, name)
        candidate.replace(self.path)
        return self.path


def _code_lists(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "create table code_lists (code_list varchar, code varchar, position bigint, meaning varchar, origin varchar)"
    )
    for path in sorted((DBT_DIR / "seeds").glob("code_lists*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            _insert_codes(connection, csv.DictReader(file))


def _insert_codes(connection: duckdb.DuckDBPyConnection, rows: Iterable[dict[str, str]]) -> None:
    listed = [[row[n] for n in ("code_list", "code", "position", "meaning", "origin")] for row in rows]
    connection.executemany("insert into code_lists values (?, ?, ?, ?, ?)", listed)


def town(path: Path) -> Warehouse:
    """A warehouse of one article with a claim, two event mentions, three places, an actor and its other spelling."""
    made = Warehouse(path)
    made.article("v1", TEXT, side="UA")
    made.claim(
        "c1",
        "v1",
        "his men had left Kyiv Street",
        speaker_name="Anton Zelenskyy",
        speaker_side="UA",
        actor_id="p1",
        speaker_start=8,
        speaker_end=23,
        cue_start=24,
        cue_end=28,
        topic="control",
    )
    made.mention(
        "m1",
        "v1",
        "his men had left Kyiv Street",
        "left",
        "leave",
        claim_id="c1",
        agent="his men",
        voice="claim",
        voice_name="Anton Zelenskyy",
    )
    made.mention(
        "m2",
        "v1",
        "The army withdrew from Lysychansk on Monday",
        "withdrew",
        "leave",
        agent="The army",
        place_location_id="l2",
        place_id="g2",
        place="Lysychansk",
        voice="publisher",
        voice_name="Test Post",
        first_date=date(2025, 11, 17),
        last_date=date(2025, 11, 17),
    )
    made.location("l1", "v1", "Kyiv", "Kyiv", "g1", geonameid=703448, admin1="Kyiv City")
    made.location("l2", "v1", "Lysychansk", "Lysychansk", "g2", geonameid=702320)
    made.location("l3", "v1", "Kiev", "Kyiv", "g1", geonameid=703448, admin1="Kyiv City")
    made.add(
        "bridge_claim_locations",
        claim_link_id="k1",
        claim_id="c1",
        location_id="l1",
        article_version_id="v1",
        is_current=True,
    )
    made.add(
        "bridge_claim_event_mentions",
        claim_event_mention_id="b1",
        claim_id="c1",
        event_mention_id="m1",
        article_version_id="v1",
        is_current=True,
    )
    made.actor("p1", "Anton Zelenskyy", "Anton Zelensky")
    return made
