"""Extraction, resolving and the models on Spark give what they give without it. Skipped where Java is missing."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from landing_factory import Text

from claimhouse.spark.session import SparkError, session, what_is_missing
from claimhouse.spark.shards import Job, extract_partition, part
from claimhouse.spark.store import Store
from ingest.extract.workers import PipelineConfig, extract_articles
from ingest.landing import INGEST, Landing, Load
from ingest.settings import settings
from ingest.tables import EXTRACTED, arrow

pyspark = pytest.importorskip("pyspark", reason="Spark is not installed: make spark")
MISSING = what_is_missing()
pytestmark = pytest.mark.skipif(MISSING is not None, reason=MISSING or "")

if MISSING is None:
    from claimhouse.spark.extract import extract

ARTICLES = [
    Text(
        "bridge",
        "Missile hits bridge in Izium\nA missile hit a bridge in Izium on Tuesday, killing at least four people, the"
        " mayor said. Russia denied that its forces had fired it.",
        values={"published_date": date(2026, 2, 26)},
    ),
    Text(
        "depot",
        "Depot burns\nAbout 30 drones were launched at Kharkiv last night, governor Oleh Syniehubov said on Telegram."
        " «Three of them reached the depot», he added.",
    ),
    Text("talks", "Talks\nEnvoys met in Geneva and agreed on a ten-day truce, two officials said."),
    Text("silence", "Nothing was said."),
    Text("fremd", "Der Bürgermeister sagte, vier Menschen seien getötet worden.", values={"language": "de"}),
]


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """The one session of all tests: a Java machine takes seconds to start."""
    quick = {
        "spark.driver.memory": "1g",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
    }
    spark = session("local[2]", quick)
    yield spark
    spark.stop()


@pytest.fixture(scope="module")
def config() -> PipelineConfig:
    return PipelineConfig(settings().model, settings().gazetteer_dir)


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """An open load of two shards that nobody has extracted."""
    load = Landing(tmp_path / "landing").begin(INGEST)
    for shard, texts in enumerate((ARTICLES[:3], ARTICLES[3:])):
        load.write_documents(shard, [], [dataclasses.asdict(text.article()) for text in texts])
    return load


def wanted(config: PipelineConfig, articles: list[dict[str, Any]], load_id: str, recorded_at: Any) -> dict[str, Any]:
    """The landed rows by table that extraction gives in this process."""
    rows = extract_articles(config.pipeline(), articles, 60)
    return {t.name: by_key(arrow(t, rows[t.name], load_id, recorded_at), t.key) for t in EXTRACTED}


def by_key(table: pa.Table, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.sort_by(key).to_pylist()
    return rows


def test_an_open_load_is_extracted_as_a_refresh_does(spark: Any, load: Load, config: PipelineConfig) -> None:
    done = extract(spark, str(load.path), None, config)
    assert (done.shards, done.made, done.articles) == (2, 2, 5)
    articles = [row for shard in (0, 1) for row in load.texts_of_shard(shard).to_pylist()]
    expected = wanted(config, articles, load.load_id, load.recorded_at)
    assert {t.name: by_key(load.read(t), t.key) for t in EXTRACTED} == expected
    assert min(len(expected[name]) for name in ("claims", "figures", "locations", "event_mentions")) > 0
    version = expected["extractions"][0]["extractor_version"]
    assert all(load.is_extracted(shard, version) for shard in (0, 1))


def test_what_is_missing_is_done_by_the_next_run(spark: Any, tmp_path: Path, config: PipelineConfig) -> None:
    lines = [{"doc_id": t.name, "text": t.text, "dct": "2026-02-27"} for t in ARTICLES[:3]]
    source, out = tmp_path / "articles.jsonl", tmp_path / "facts"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    first = extract(spark, str(source), str(out), config, shard_articles=1)
    assert first.made == first.shards == 3
    manifest = json.loads((out / "manifest.json").read_text())
    articles = [
        {
            "article_version_id": t.name,
            "text": t.text,
            "published_date": date(2026, 2, 27),
            "language": None,
            "publisher_country": None,
        }
        for t in ARTICLES[:3]
    ]
    expected = wanted(config, articles, manifest["load_id"], datetime.fromisoformat(manifest["recorded_at"]))

    def found() -> dict[str, Any]:
        store = Store(str(out))
        tables = {t.name: [store.read_table(f"{t.name}/{name}") for name in store.names(t.name)] for t in EXTRACTED}
        return {t.name: by_key(pa.concat_tables(tables[t.name]), t.key) for t in EXTRACTED}

    assert found() == expected
    # a run that was killed: a shard without its last table, whatever else of it is there
    full = max(range(3), key=lambda n: Store(str(out)).row_count(part("extractions", n)))
    (out / part("extractions", full)).unlink()
    (out / "manifest.json").unlink()
    assert extract(spark, str(source), str(out), config).made == 1
    assert found() == expected
    source.write_text(json.dumps(lines[0]) + "\n")
    with pytest.raises(SparkError, match="begun with other articles"):
        extract(spark, str(source), str(out), config)


def test_another_version_of_the_extractors_is_refused(tmp_path: Path, config: PipelineConfig) -> None:
    job = Job(str(tmp_path), "load", None, "another", config)
    row = {"shard": 0, "article_version_id": "a", "text": "x", "published_date": None}
    with pytest.raises(RuntimeError, match="another version of Claimhouse"):
        list(extract_partition(job, [pa.RecordBatch.from_pylist([row])]))


def test_articles_without_an_id_of_their_own_are_refused(spark: Any, tmp_path: Path, config: PipelineConfig) -> None:
    source = tmp_path / "twice.jsonl"
    source.write_text('{"doc_id": "a", "text": "One."}\n{"doc_id": "a", "text": "Two."}\n')
    with pytest.raises(SparkError, match="2 articles have 1 ids"):
        extract(spark, str(source), str(tmp_path / "out"), config)
    spark.range(1).write.parquet(str(tmp_path / "numbers"))
    with pytest.raises(SparkError, match="lacks the column"):
        extract(spark, str(tmp_path / "numbers"), str(tmp_path / "out"), config)
