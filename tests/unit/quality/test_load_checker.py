"""Loads in shards, re-extractions, sums, broken columns; the results and their file."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest import tables
from ingest.quality import SCHEMA, Check, CheckResult, LoadChecker, blocking, check_load, expect, load, write_results
from ingest.quality.results import put_aside_unreadable
from ingest.quality.rules import FACT_TABLES, PART_TABLES

Rows = dict[str, list[dict[str, Any]]]


def arrow(rows: Rows) -> dict[str, pa.Table]:
    return {
        name: pa.Table.from_pylist(rows[name], schema=t.schema) for name, t in tables.TABLES.items() if name in rows
    }


def check(rows: Rows, **more: Any) -> list[CheckResult]:
    load_id = next(row["load_id"] for own in rows.values() for row in own)
    return check_load(arrow(rows), load_id=load_id, run_id="run", **more)


def failing(results: list[CheckResult]) -> list[str]:
    return [r.label for r in results if not r.is_passed]


@pytest.fixture(scope="module")
def good(make_rows: Callable[[], Rows]) -> list[CheckResult]:
    return check(make_rows())


@pytest.fixture
def halves(make_rows: Callable[[], Rows]) -> list[Rows]:
    """The good load in two shards: one article with its facts in each; documents all in the first."""
    rows = make_rows()
    versions = [row["article_version_id"] for row in rows["articles"]]
    documents = {"documents": rows.pop("documents")}
    return [
        {name: [row for row in own if row["article_version_id"] == version] for name, own in rows.items()} | more
        for version, more in zip(versions, (documents, {}), strict=True)
    ]


def run_shards(shards: list[Rows], monkeypatch: pytest.MonkeyPatch) -> list[CheckResult]:
    """Every shard a batch of its own."""
    monkeypatch.setattr(load, "BATCH_ROWS", 1)
    checker = LoadChecker(load_id=shards[0]["articles"][0]["load_id"], run_id="run")
    for shard in shards:
        checker.add_shard(arrow(shard))
    return checker.finish()


def test_a_good_load_passes(good: list[CheckResult]) -> None:
    results = good
    assert failing(results) == []
    assert len({r.check_result_id for r in results}) == len(results)
    assert {r.table_name for r in results} >= set(tables.TABLES)
    assert {r.stage for r in results} == {"load"}


def test_an_empty_load_passes() -> None:
    assert failing(check_load({}, load_id="none", run_id="run")) == []


def test_every_check_names_its_severity_and_expectation(good: list[CheckResult]) -> None:
    assert {r.severity for r in good} == {"error", "warning"}
    assert all(r.expected and r.observed and r.sample_json == "[]" for r in good)


def test_shards_give_what_the_whole_gives(
    good: list[CheckResult], halves: list[Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen(results: list[CheckResult]) -> dict[str, tuple[int | None, int | None]]:
        # columns are looked at shard by shard
        return {r.label: (r.checked_rows, r.failed_rows) for r in results if r.check_name != "columns_and_types"}

    assert seen(run_shards(halves, monkeypatch)) == seen(good)


def test_a_key_is_unique_over_the_shards(halves: list[Rows], monkeypatch: pytest.MonkeyPatch) -> None:
    halves[1]["dates"][0]["date_id"] = halves[0]["dates"][0]["date_id"]
    assert failing(run_shards(halves, monkeypatch)) == ["dates.date_id.unique_key"]


def test_an_article_may_be_loaded_once_over_the_shards(halves: list[Rows], monkeypatch: pytest.MonkeyPatch) -> None:
    again = dict(halves[0]["documents"][0], document_id="again")
    halves[1]["documents"] = [again]
    assert failing(run_shards(halves, monkeypatch)) == ["documents.one_for_each_article"]


def test_a_document_whose_article_is_in_no_shard(halves: list[Rows], monkeypatch: pytest.MonkeyPatch) -> None:
    gone = halves[1]["articles"][0]["article_version_id"]
    results = run_shards(halves[:1], monkeypatch)
    assert failing(results) == ["documents.article_is_landed"]
    [sample] = json.loads(next(r for r in results if not r.is_passed).sample_json)
    assert sample == {"uri": "1.txt", "article_version_id": gone}


def test_what_the_run_counted_must_have_landed(rows: Rows) -> None:
    counted = {
        "documents_read": 4, "articles_loaded": 2, "duplicates": 1, "rejected": 1,
        **{name: len(rows[name]) for name in (*FACT_TABLES, *PART_TABLES)},
    }  # fmt: skip
    assert failing(check(rows, counted=counted)) == []
    results = check(rows, counted={**counted, "documents_read": 5})
    assert failing(results) == ["load.as_counted"]
    assert json.loads(blocking(results)[0].sample_json) == [{"count": "documents_read", "counted": 5, "landed": 4}]


def test_a_reextraction_brings_neither_documents_nor_articles(rows: Rows) -> None:
    texts = {row["article_version_id"]: row["text"] for row in rows.pop("articles")}
    del rows["documents"]
    assert failing(check(rows, kind="reextract", articles_text=texts)) == []
    rows["dates"][0]["exact"] = "Monday"
    assert failing(check(rows, kind="reextract", articles_text=texts)) == ["dates.evidence_is_text"]


def test_without_its_text_no_evidence_is_proved(rows: Rows) -> None:
    texts = {row["article_version_id"]: row["text"] for row in rows.pop("articles")[:1]}
    del rows["documents"]
    assert failing(check(rows, kind="reextract", articles_text=texts)) == ["extractions.text_is_known"]


def test_no_fact_of_a_kind_in_many_articles(rows: Rows) -> None:
    none = {name: 0 for name in rows["extractions"][0] if name.endswith("_count")}
    many = [dict(rows["extractions"][0], extraction_id=f"{i}", article_version_id=f"{i}", **none) for i in range(20)]
    results = check({"extractions": many}, kind="reextract", articles_text={f"{i}": "Text" for i in range(20)})
    assert failing(results) == [f"{table}.some_found" for table in FACT_TABLES]
    assert blocking(results) == []


@pytest.mark.parametrize("table", ["claims", "locations", "dates", "figures", "event_mentions"])
def test_rows_point_at_a_table_that_has_none(rows: Rows, table: str) -> None:
    rows[table] = []
    pointing = [r for r in check(rows) if r.check_name == f"{table.removesuffix('s')}_exists" and r.table_name != table]
    assert pointing
    assert not any(r.is_passed for r in pointing)


@pytest.mark.parametrize(("failed", "blocks"), [(2, False), (3, True)])
def test_extraction_that_fails_over_and_over_is_ours_and_blocks(rows: Rows, failed: int, blocks: bool) -> None:
    first = rows["extractions"][0]
    many = [dict(first, extraction_id=f"{i}", article_version_id=f"{i}") for i in range(20)]
    none = {name: 0 for name in first if name.endswith("_count")}
    for row in many:
        row |= none
    for row in many[:failed]:
        row["error"] = "the gazetteer is gone"
    results = check({"extractions": many}, kind="reextract", articles_text={f"{i}": "Text" for i in range(20)})
    assert [r.check_name for r in blocking(results)] == (["few_failed"] if blocks else [])


def test_many_rejected_documents_are_a_warning(rows: Rows) -> None:
    first = rows["documents"][3]
    rows["documents"] += [dict(first, document_id=f"{i}") for i in range(20)]
    results = check(rows)
    assert failing(results) == ["documents.few_rejected"]
    assert blocking(results) == []


def test_wrong_columns_say_so_and_nothing_else(rows: Rows) -> None:
    landed = arrow(rows)
    landed["figures"] = landed["figures"].drop_columns(["low"])
    landed["dates"] = landed["dates"].set_column(2, "ordinal", landed["dates"].column("ordinal").cast(pa.string()))
    results = check_load(landed, load_id="any", run_id="run")
    assert failing(results) == ["figures.columns_and_types", "dates.columns_and_types"]
    assert {r.check_name for r in results} == {"columns_and_types"}
    [sample] = json.loads(next(r for r in results if r.table_name == "dates").sample_json)
    assert sample == {"expected": "ordinal int64", "observed": "ordinal string"}


def test_samples_are_ten_rows_and_no_page(rows: Rows) -> None:
    for row in rows["articles"]:
        row |= {"warnings": "x" * 5000}
    figure = rows["figures"][-1]
    rows["figures"] += [dict(figure, figure_id=f"{i}", ordinal=i, kind="?") for i in range(1, 30)]
    rows["extractions"][1]["figure_count"] = 30
    results = {r.label: r for r in check(rows)}
    known = results["figures.kind.known_code"]
    assert (known.failed_rows, len(json.loads(known.sample_json))) == (29, 10)
    assert json.loads(known.sample_json)[0] == {"figure_id": "1", "kind": "?"}
    assert len(results["articles.warnings.json_list"].sample_json) < 1000


def test_any_text_in_a_sample(rows: Rows) -> None:
    """Half a surrogate pair can stand in no file, but a NUL, a quote or an emoji can."""
    rows["dates"][0]["exact"] = 'a\x00b"\\ 😀'
    [result] = blocking(check(rows))
    assert json.loads(result.sample_json)[0]["exact"] == 'a\x00b"\\ 😀'


def test_a_file_of_results(good: list[CheckResult], tmp_path: Path) -> None:
    results = good
    path = tmp_path / "checks" / "run-load.parquet"
    write_results(path, results)
    landed = pq.read_table(path)
    assert landed.schema.equals(SCHEMA)
    assert CheckResult(**landed.to_pylist()[0]) == results[0]
    assert [f.name for f in path.parent.iterdir()] == ["run-load.parquet"]
    write_results(path, [])
    assert pq.read_table(path).num_rows == 0


def test_the_record_and_its_columns_agree() -> None:
    assert [f.name for f in dataclasses.fields(CheckResult)] == SCHEMA.names


def test_the_library_is_imported_only_to_check() -> None:
    code = "import sys, ingest.quality; print('great_expectations' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_expectation_works_its_configuration_out_once(good: list[CheckResult]) -> None:
    from ingest.quality.expect import _kinds

    needed = {"not_null": {}, "codes": {"value_set": ["a"]}, "limits": {"min_value": 1}, "holds": {"value_set": [True]}}
    for kind, make in _kinds().items():
        one = make(column="x", **needed[kind])
        assert one.configuration is one.configuration
        assert one.configuration.kwargs["column"] == "x"
        assert "_kept" not in one.dict()


@pytest.mark.parametrize("before", ["", "import pyspark; "])
def test_spark_is_not_imported_to_check(tmp_path: Path, before: str) -> None:
    """Great Expectations imports all of Spark where there is one, for a second at each refresh."""
    (tmp_path / "pyspark").mkdir()
    (tmp_path / "pyspark" / "__init__.py").write_text("")
    (tmp_path / "pyspark" / "sql.py").write_text("raise SystemExit('imported')")
    (tmp_path / "pyspark" / "errors.py").write_text("raise SystemExit('imported')")
    warm_up = "from ingest.quality import expect; expect.warm_up()"
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {before}{warm_up}; print('pyspark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, str(bool(before)), "")


@pytest.mark.parametrize("values", [[True, True], [True, False], [True, None], [False, None], [None, None]])
def test_checks_that_are_asked_at_once_say_of_each_what_it_says_by_itself(values: list[bool | None]) -> None:
    held = Check(table="claims", name="held", kind="holds", expected="x", column="a")
    there = Check(table="claims", name="not_null", kind="not_null", expected="x", column="b")
    coded = Check(table="claims", name="known_code", kind="codes", expected="x", column="c", codes=("u", "v"))
    frame = pd.DataFrame({held.looks_at: values, "b": values, "c": ["u", "w"]}, dtype=object)
    sound = pd.DataFrame({"c": ["u", "v", None]})
    together, apart = expect.run(
        [expect.Look("claims", [held, coded, there], frame), expect.Look("others", [coded], sound)]
    )
    assert together == [expect.run([expect.Look("claims", [check], frame)])[0][0] for check in (held, coded, there)]
    assert together[0].failed == values.count(False)
    assert together[1].places == [1]
    assert together[2].failed == values.count(None)
    assert apart == [expect.Outcome(0, [])]


_COLUMNS = (
    ("holds", [True, False, None, True]),
    ("holds", [True, True]),
    ("not_null", ["a", None, float("nan")]),
    ("codes", ["u", "w", None]),
    ("codes", ["u", "v", None]),
    ("limits", [0.0, 1.0, 1.5, -0.5, float("nan"), None]),
    ("limits", [0, 1]),
    ("limits", [0.5, "no number"]),
)


@pytest.mark.parametrize(("kind", "values"), _COLUMNS)
def test_a_row_passes_where_the_library_says_so(kind: Any, values: list[object]) -> None:
    check = Check(table="claims", name="it", kind=kind, expected="x", column="c", codes=("u", "v"), low=0, high=1.0)
    frame = pd.DataFrame({check.looks_at: values})
    said = expect._outcome(expect._validate("one", (check,), frame, expect._AT_LENGTH)[0], frame)
    passing = expect._passing(check, frame)
    assert len(frame) - int(passing.sum()) == said.failed
    if said.error is None:
        assert [i for i, passes in enumerate(passing) if not passes] == said.places
    assert expect.run([expect.Look("one", [check], frame)]) == [[said]]


def test_a_sound_load_is_validated_twice_at_most(
    make_rows: Callable[[], Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    validate = expect._validate

    def told(name: str, *more: Any) -> list[Any]:
        asked.append(name)
        return validate(name, *more)

    monkeypatch.setattr(expect, "_validate", told)
    assert failing(check(make_rows())) == []
    assert asked == ["all_at_once", "all_at_once"]


def test_what_is_left_for_later_is_there_when_it_is_asked_for() -> None:
    code = (
        "import sys; from ingest.quality import expect; expect.warm_up();"
        " before = {'altair', 'scipy', 'sqlalchemy'} & set(sys.modules); import altair, scipy.stats, sqlalchemy;"
        " print(before, altair.Chart.__name__, scipy.stats.entropy([1, 1]) > 0, hasattr(sqlalchemy, 'Table'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("set() Chart True True", 0), done.stderr


def test_what_is_no_file_of_results_is_put_aside(tmp_path: Path, good: list[CheckResult]) -> None:
    whole, cut = tmp_path / "run-1-load.parquet", tmp_path / "run-2-load.parquet"
    write_results(whole, good)
    cut.write_bytes(whole.read_bytes()[:-9])
    shutil.copy(whole, tmp_path / "run-1-load copy.parquet")
    for name in ("empty-source.parquet", "notes.parquet", ".DS_Store"):
        (tmp_path / name).write_bytes(b"")
    aside = {path.name for path in put_aside_unreadable(tmp_path)}
    names = ("run-2-load.parquet", "run-1-load copy.parquet", "empty-source.parquet", "notes.parquet")
    assert aside == {f"{name}.unreadable" for name in names}
    assert {path.name for path in tmp_path.iterdir()} == {"run-1-load.parquet", ".DS_Store", *aside}
    assert put_aside_unreadable(tmp_path) == []
