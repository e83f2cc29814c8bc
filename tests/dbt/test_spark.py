"""Extraction, resolving and the models on Spark give what they give without it. Skipped where Java is missing."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from dbt.artifacts.schemas.run import RunExecutionResult
from dbt.cli.main import dbtRunner
from dbt.clients.jinja import MacroGenerator
from dbt_runs import PROJECT, Dbt
from landing_factory import Loads, Text
from landing_stories import LATER_TOLL, TOLL, denies, holds, toll

from claimhouse.spark.session import SparkError, for_python, session, what_is_missing
from claimhouse.spark.shards import Job, extract_partition, part, pipeline_of
from ingest.extract.pipeline import Pipeline
from ingest.extract.workers import PipelineConfig, extract_articles
from ingest.garbage import without_garbage_collection
from ingest.landing import INGEST, Landing, Load
from ingest.resolve.steps import Resolution
from ingest.settings import settings
from ingest.store import Store
from ingest.tables import EXTRACTED, arrow
from orchestration.dbt import as_bytes, environment, from_bytes
from orchestration.dbt_savings import without_details

pyspark = pytest.importorskip("pyspark", reason="Spark is not installed: make spark")
MISSING = what_is_missing()
# a test that is cut off leaves no session to those after it, and the first waits for Java and a language model
pytestmark = [pytest.mark.skipif(MISSING is not None, reason=MISSING or ""), pytest.mark.timeout(900)]

if MISSING is None:
    from claimhouse.spark.extract import extract
    from claimhouse.spark.marts import compare
    from claimhouse.spark.resolve import resolve

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
def spark_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spark")


@pytest.fixture(scope="session")
def spark(spark_tables: Path) -> Iterator[Any]:
    """The one session of all tests: a Java machine takes seconds to start."""
    quick = for_python("local[2]") | {
        "spark.sql.warehouse.dir": str(spark_tables),
        "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
        "spark.driver.memory": "1g",
        "spark.sql.shuffle.partitions": "1",
        # rows are few: a second task for the half of them costs more than it spares
        "spark.sql.files.minPartitionNum": "1",
        "spark.sql.leafNodeDefaultParallelism": "1",
        "spark.sql.adaptive.enabled": "false",
        # each of the many small queries would have code compiled that runs once
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        # plans are put in words and kept for a page that nobody opens
        "spark.sql.ui.explainMode": "simple",
        "spark.sql.maxPlanStringLength": "0",
        "spark.sql.ui.retainedExecutions": "1",
        "spark.ui.retainedJobs": "1",
        "spark.ui.retainedStages": "1",
        "spark.ui.retainedTasks": "1",
    }
    spark = session("local[2]", quick)
    yield spark
    spark.stop()


@pytest.fixture(scope="module")
def config() -> PipelineConfig:
    return PipelineConfig(settings().model, settings().gazetteer_dir)


@pytest.fixture(scope="module")
def pipeline(config: PipelineConfig) -> Pipeline:
    return pipeline_of(config)


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """An open load of two shards that nobody has extracted."""
    load = Landing(tmp_path / "landing").begin(INGEST)
    for shard, texts in enumerate((ARTICLES[:3], ARTICLES[3:])):
        load.write_documents(shard, [], [dataclasses.asdict(text.article()) for text in texts])
    return load


def wanted(pipeline: Pipeline, articles: list[dict[str, Any]], load_id: str, recorded_at: Any) -> dict[str, Any]:
    """The landed rows by table that extraction gives in this process."""
    rows = extract_articles(pipeline, articles, 60)
    return {t.name: by_key(arrow(t, rows[t.name], load_id, recorded_at), t.key) for t in EXTRACTED}


def by_key(table: pa.Table, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.sort_by(key).to_pylist()
    return rows


def test_an_open_load_is_extracted_as_a_refresh_does(
    spark: Any, load: Load, config: PipelineConfig, pipeline: Pipeline
) -> None:
    done = extract(spark, str(load.path), None, config)
    assert (done.shards, done.made, done.articles) == (2, 2, 5)
    articles = [row for shard in (0, 1) for row in load.texts_of_shard(shard).to_pylist()]
    expected = wanted(pipeline, articles, load.load_id, load.recorded_at)
    assert {t.name: by_key(load.read(t), t.key) for t in EXTRACTED} == expected
    assert min(len(expected[name]) for name in ("claims", "figures", "locations", "event_mentions")) > 0
    version = expected["extractions"][0]["extractor_version"]
    assert all(load.is_extracted(shard, version) for shard in (0, 1))


def test_what_is_missing_is_done_by_the_next_run(
    spark: Any, tmp_path: Path, config: PipelineConfig, pipeline: Pipeline
) -> None:
    lines = [{"doc_id": t.name, "text": t.text, "dct": "2026-02-27"} for t in ARTICLES[:3]]
    source, table, out = tmp_path / "articles.jsonl", tmp_path / "articles.parquet", tmp_path / "facts"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    columns = {"article_version_id": [t.name for t in ARTICLES[:3]], "text": [t.text for t in ARTICLES[:3]]}
    pq.write_table(pa.table(columns | {"published_date": [date(2026, 2, 27)] * 3}), table)
    first = extract(spark, str(table), str(out), config, shard_articles=1)
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
    expected = wanted(pipeline, articles, manifest["load_id"], datetime.fromisoformat(manifest["recorded_at"]))

    def found() -> dict[str, Any]:
        store = Store(str(out))
        tables = {t.name: [store.read_table(f"{t.name}/{name}") for name in store.names(t.name)] for t in EXTRACTED}
        return {t.name: by_key(pa.concat_tables(tables[t.name]), t.key) for t in EXTRACTED}

    assert found() == expected
    # a run that was killed: a shard without its last table, whatever else of it is there. The same articles as JSON
    # lines are the same articles
    full = max(range(3), key=lambda n: Store(str(out)).row_count(part("extractions", n)))
    (out / part("extractions", full)).unlink()
    (out / "manifest.json").unlink()
    assert extract(spark, str(source), str(out), config, is_gazetteer_sent=True).made == 1
    # a cluster refuses folders, and takes archives
    assert [address.rpartition("#")[2] for address in spark.sparkContext.listArchives] == [config.gazetteer_dir.name]
    assert found() == expected
    source.write_text(json.dumps(lines[0]) + "\n")
    with pytest.raises(SparkError, match="begun with other articles"):
        extract(spark, str(source), str(out), config)


def test_java_that_does_little_is_started_quickly_on_this_machine_alone() -> None:
    assert "UseSerialGC" in for_python("local[4]")["spark.driver.extraJavaOptions"]
    assert for_python("spark://host:7077") == for_python(None) == {}


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


@pytest.fixture(scope="module")
def landing(tmp_path_factory: pytest.TempPathFactory) -> Landing:
    """Loads in which events are told, told otherwise by an edited article, and taken anew by newer extractors."""
    root = tmp_path_factory.mktemp("house") / "landing"
    loads = Loads(root / "loads")
    loads.add([holds(), denies()], rejected=[("broken.pdf", "unreadable")])
    loads.add([TOLLS[0]], duplicates=[("holds-again.txt", holds())])
    loads.add([holds(is_edited=True), TOLLS[1]])
    loads.add(again=[denies()], extractor_version="2")
    return Landing(root)


TOLLS = [
    toll("first", TOLL, 9, date(2026, 2, 24), "Kharkiv Courier"),
    toll("second", LATER_TOLL, 14, date(2026, 2, 26), "Dnipro Gazette"),
]


def memberships(root: Path, loads: list[Load]) -> set[tuple[Any, ...]]:
    """Which mention is in which event, by which rule, after the last step that changed the event."""
    found: dict[str, set[tuple[Any, ...]]] = {}
    for load in loads:
        changed = rows_of(root / load.load_id / "event_changes")
        found.update({row["event_id"]: set() for row in changed})
        for row in rows_of(root / load.load_id / "event_members"):
            names = ("event_id", "event_mention_id", "account_id", "score", "rule_id", "is_superseded", "origin")
            found[row["event_id"]].add(tuple(row[name] for name in names))
    return set().union(*found.values())


def rows_of(folder: Path) -> list[dict[str, Any]]:
    parts = [pq.ParquetFile(path).read() for path in sorted(folder.glob("*.parquet"))]
    rows: list[dict[str, Any]] = pa.concat_tables(parts).to_pylist()
    return rows


def test_memberships_are_those_of_one_machine(spark: Any, landing: Landing, tmp_path: Path) -> None:
    Resolution(landing, tmp_path / "state").run()
    loads = landing.committed()
    expected = memberships(landing.root / "resolved", loads)
    sums = resolve(spark, landing, str(tmp_path / "steps"))
    assert memberships(tmp_path / "steps", loads) == expected
    assert any(row[5] for row in expected)
    assert any(len({r[2] for r in expected if r[0] == row[0]}) > 1 for row in expected)
    assert sums["event_members"] == len(expected)
    with pytest.raises(SparkError, match="already"):
        resolve(spark, landing, str(tmp_path / "steps"))


@pytest.fixture(scope="module")
def parsed(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The project as dbt parses it for Spark, once for all runs."""
    return as_bytes(on_spark(None, tmp_path_factory.mktemp("parsed"), "parse").result)


def on_spark(parsed: bytes | None, work: Path, *arguments: str, **told: Any) -> Any:
    """Run dbt on the session of the tests, and return what came of it; all of it must end well."""
    folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    kept = ["--target-path", str(work / "target"), "--log-path", str(work / "logs"), "--quiet", "--no-write-json"]
    given = [*arguments, "--target", "spark", *folders, *kept, "--vars", json.dumps(told)]
    # dbt sets what its profile says before each statement: the session's own number of tasks would not last
    with without_garbage_collection(), without_details(), environment({"CLAIMHOUSE_SPARK_PARTITIONS": "1"}):
        done = dbtRunner(from_bytes(parsed) if parsed else None).invoke(given)
    ran = done.result if isinstance(done.result, RunExecutionResult) else []
    assert [(r.node.name, r.message) for r in ran if r.status not in ("success", "pass")] == []
    assert done.success, done.exception
    return done


@contextmanager
def macros_called() -> Iterator[set[str]]:
    """The names of all macros that are called within, each as the engine has it: ``spark__utc``, not ``utc``."""
    called, real = set[str](), MacroGenerator.__call__

    def noted(self: MacroGenerator, *args: Any, **kwargs: Any) -> Any:
        called.add(self.macro.name)
        return real(self, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MacroGenerator, "__call__", noted)
        yield called


TABLES_ONLY = ["build", "--exclude-resource-type", "unit_test", "--exclude-resource-type", "test"]
# models that call every macro with a version for Spark, which the test counts; `claimhouse spark compare` looks at all
# tables
CHOSEN = ["resource_type:seed", "+relation_reviews", "dim_calendar", "dim_publishers", "fct_claim_chain"]


def reviews_of(landing: Landing, folder: Path) -> list[dict[str, Any]]:
    """A review that accepts the least sure pair of the landing, and one that rejects the surest."""
    rows = [row for load in landing.committed() for row in rows_of(folder / load.load_id / "relations")]
    texts = {text.article_version_id: text for text in (holds(), denies(), holds(is_edited=True), *TOLLS)}
    found = []
    rows.sort(key=lambda row: row["confidence"])
    for row, verdict in zip((rows[0], rows[-1]), VERDICTS, strict=True):
        review = {name: row[name] for name in ("kind", "axis", "rule_id")}
        for end in ("earlier", "later"):
            text, start, stop = texts[row[f"{end}_version_id"]], row[f"{end}_start"], row[f"{end}_end"]
            review |= {f"{end}_version_id": row[f"{end}_version_id"], f"{end}_article_id": text.article_id}
            review |= {f"{end}_start": start, f"{end}_end": stop, f"{end}_words": text.text[start:stop]}
        at = "2026-03-01T00:00:00"
        found.append({"review_id": verdict, "reviewed_at": at, "verdict": verdict, "note": "it's so \\ not", **review})
    return found


VERDICTS = ("accepted", "rejected")
SPARK_MACRO = re.compile(r"macro (spark__\w+)\(")


def test_tables_are_those_of_duckdb(
    spark: Any, spark_tables: Path, landing: Landing, dbt: Dbt, parsed: bytes, tmp_path: Path
) -> None:
    Resolution(landing, landing.root / "state").run()
    loads, reviews = [str(load.path) for load in landing.committed()], tmp_path / "reviews.json"
    reviews.write_text(json.dumps(reviews_of(landing, landing.root / "resolved")))
    listed = tmp_path / "loads.json"
    listed.write_text(json.dumps(loads, indent=1))
    statuses = dbt.build([Path(load) for load in loads], "--select", *CHOSEN, reviews_file=str(reviews))
    assert set(statuses.values()) == {"success"}
    told = {"load_dirs": str(listed), "checks_dir": None, "reviews_file": str(reviews)}
    with macros_called() as called:
        on_spark(parsed, tmp_path, *TABLES_ONLY, "--select", *CHOSEN, **told)
    of_spark = {name for path in (PROJECT / "macros").glob("*.sql") for name in SPARK_MACRO.findall(path.read_text())}
    assert len(of_spark) >= 16
    assert of_spark - called == set()
    found = list(compare(dbt.candidate, spark_tables))
    assert [one for one in found if not one.is_equal] == []
    assert len(found) == 15
    rows = {one.table: one.rows for one in found}
    assert min(rows[name] for name in ("events", "relations", "relation_reviews", "fct_claim_chain")) > 0
    # a row that is another one, and a table that is not there
    dbt_copy = dbt.copy("changed")
    with duckdb.connect(dbt_copy.candidate) as connection:
        connection.execute("update dim_publishers set article_count = article_count + 1")
        connection.execute("create table more as select 1 as n")
    different = {one.table: one for one in compare(dbt_copy.candidate, spark_tables) if not one.is_equal}
    assert set(different) == {"dim_publishers", "more"}
    assert "article_count: published" in str(different["dim_publishers"].example)


def test_unit_tests_of_the_models_pass_on_spark(spark: Any, parsed: bytes, tmp_path: Path) -> None:
    """Their rows are invented: all that they need are tables for the types of columns, and empty ones do."""
    manifest = from_bytes(parsed)
    tested = {unit.depends_on.nodes[0] for unit in manifest.unit_tests.values()}
    asked = {name for one in tested for name in manifest.nodes[one].depends_on.nodes if name.startswith("model.")}
    needed = [manifest.nodes[name] for name in sorted(tested | asked)]
    there = [node for node in needed if spark.catalog.tableExists(f"main.{node.name}")]
    marts = [node for node in needed if node.name.startswith(("dim_", "fct_", "ops_")) or node.unique_id in tested]
    spark.sql("create schema if not exists main")
    for node in marts:
        if node not in there:
            columns = ", ".join(f"`{name}` {spark_type(column.data_type)}" for name, column in node.columns.items())
            spark.sql(f"create table main.{node.name} ({columns}) using parquet")
    others = [node.name for node in needed if node not in there and node not in marts]
    on_spark(parsed, tmp_path, *TABLES_ONLY, "--select", "stg_landing__loads", *others)
    names = [r.node.name for r in on_spark(parsed, tmp_path, "test", "--select", "test_type:unit").result]
    declared = [unit for path in (PROJECT / "models").rglob("*.yml") for unit in unit_tests(path)]
    assert sorted(names) == sorted(declared)
    assert len(names) >= 15


def spark_type(declared: str) -> str:
    """Spark's name of a type that a contract names, as the macro of this name has it."""
    if declared.endswith("[]"):
        return f"array<{spark_type(declared[:-2])}>"
    if declared.startswith("STRUCT("):
        fields = (field.strip().split(" ") for field in declared[7:-1].split(","))
        return f"struct<{', '.join(f'{name}: {spark_type(kind)}' for name, kind in fields)}>".replace('"', "`")
    return {"VARCHAR": "string"}.get(declared, declared.lower())


def unit_tests(path: Path) -> list[str]:
    return [unit["name"] for unit in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("unit_tests", [])]
