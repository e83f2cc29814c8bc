"""Landing: whole or absent, committed by the manifest, known again."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.files import DamagedError, atomic_write, write_json
from ingest.landing import INGEST, REEXTRACT, Landing
from ingest.records import Facts
from ingest.tables import ARTICLES, CLAIMS, DOCUMENTS, EXTRACTED, EXTRACTIONS, TABLES, identity, rows_of_facts

NO_FACTS = Facts(claims=[], figures=[], dates=[], locations=[])


def document(name: str, version: str | None, outcome: str = "loaded") -> dict[str, Any]:

    return {
        "document_id": identity("inbox", name),
        "source": "inbox",
        "uri": name,
        "file_uri": name,
        "fingerprint": identity(name),
        "document_sha256": identity(name),
        "archive_sha256": None,
        "byte_count": 5,
        "fetched_at": datetime(2025, 11, 20, tzinfo=UTC),
        "outcome": outcome,
        "reason": None,
        "detail": None,
        "article_version_id": version,
    }


def article(name: str, text: str, day: date | None = date(2025, 11, 20)) -> dict[str, Any]:
    row = dict.fromkeys(c.name for c in ARTICLES.columns if c.name not in ("load_id", "recorded_at"))
    row |= {
        "article_id": identity(name),
        "article_version_id": identity(name, text),
        "text_sha256": identity(text),
        "source": "inbox",
        "uri": name,
        "text": text,
        "char_count": len(text),
        "language": "en",
        "published_date": day,
        "change_kind": "new",
        "copy_group_id": identity(name, text),
        "warnings": "[]",
    }
    return row


def landed(landing: Landing, *texts: tuple[str, str], version: str = "v1") -> Any:
    load = landing.begin(INGEST)
    for shard, (name, text) in enumerate(texts):
        row = article(name, text)
        load.write_documents(shard, [document(name, row["article_version_id"])], [row])
        load.write_facts(shard, rows_of_facts(NO_FACTS, row["article_version_id"], version))
    load.commit({})
    return load


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a" / "file"
    with suppress(RuntimeError), atomic_write(path) as out:
        out.write(b"half")
        raise RuntimeError
    assert list(path.parent.iterdir()) == []
    with atomic_write(path) as out:
        out.write(b"whole")
    assert path.read_bytes() == b"whole"
    assert [p.name for p in path.parent.iterdir()] == ["file"]


def test_every_table_of_a_committed_load_can_be_read(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    load = landed(landing, ("a", "Text."))
    for table in TABLES.values():
        assert load.read(table).schema == table.schema
        assert load.parts(table)
    again = landing.begin(REEXTRACT, shards=[])
    again.commit({})
    for table in TABLES.values():
        assert again.read(table).num_rows == 0


def test_a_load_without_manifest_is_unfinished_and_can_be_dropped(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    done = landed(landing, ("a", "Text."))
    opened = landing.begin(INGEST)
    assert [x.load_id for x in landing.unfinished()] == [opened.load_id]
    assert [x.load_id for x in landing.committed()] == [done.load_id]
    landing.drop(opened.load_id)
    assert [x.load_id for x in landing.loads()] == [done.load_id]
    assert landing.unfinished() == []


def test_loads_keep_their_order_when_the_clock_is_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    landing = Landing(tmp_path)
    begun = []
    for hour in (12, 9, 9, 23, 1):
        set_clock(monkeypatch, datetime(2026, 3, 1, hour, tzinfo=UTC))
        begun.append(landing.begin(INGEST))
    assert [load.load_id for load in landing.loads()] == [load.load_id for load in begun]
    assert [load.sequence for load in begun] == [1, 2, 3, 4, 5]
    recorded = [load.recorded_at for load in begun]
    assert recorded == sorted(set(recorded)), "each load is recorded after the one before, whatever the clock says"
    assert [load.load_id for load in begun] == sorted(load.load_id for load in begun)
    assert [json.loads((load.path / "plan.json").read_text())["begun_at"][11:13] for load in begun] == [
        "12", "09", "09", "23", "01",
    ]  # fmt: skip


def test_a_clock_before_the_last_load_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    landing = Landing(tmp_path)
    set_clock(monkeypatch, datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert landing.clock_problem() is None
    landing.begin(INGEST)
    assert landing.clock_problem() is None
    set_clock(monkeypatch, datetime(2026, 2, 27, 12, tzinfo=UTC))
    problem = landing.clock_problem()
    assert problem is not None
    assert "2026-02-27 12:00" in problem
    assert "2026-03-01 12:00" in problem
    assert not caplog.text
    landing.begin(INGEST)
    assert problem in caplog.text, "a run that begins a load says so"


def set_clock(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return at

    monkeypatch.setattr("ingest.landing.datetime", Clock)


def test_a_load_without_a_number_comes_before_those_that_have_one(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    path = tmp_path / "loads" / "29990101T000000000Z-0000"
    write_json(path / "plan.json", {"kind": INGEST, "recorded_at": "2026-01-01T00:00:00+00:00"})
    newer = landing.begin(INGEST)
    assert [load.load_id for load in landing.loads()] == [path.name, newer.load_id]
    assert newer.sequence == 2


def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    load = landed(landing, ("a", "Text."))
    part = load.part(ARTICLES, 0)
    part.write_bytes(part.read_bytes()[:-9])
    with pytest.raises(DamagedError, match=r"part-00000\.parquet is damaged .*claimhouse loads drop " + load.load_id):
        landing.known()
    landing.drop(load.load_id)
    assert landing.known().documents == {}
    (load.path / "plan.json").write_text("{")
    assert landing.loads() == []
    second = landed(landing, ("a", "Text."))
    (second.path / "plan.json").write_text("[]")
    with pytest.raises(DamagedError, match=rf"{second.load_id}/plan\.json is damaged"):
        landing.loads()
    (second.path / "plan.json").write_text('{"kind": "ingest", "recorded_at": "2026-01-01T00:00:00+00:00"}')
    (second.path / "manifest.json").write_text("")
    with pytest.raises(DamagedError, match=r"manifest\.json is damaged"):
        second.manifest()


def test_damaged_facts_of_an_open_load_are_found_again(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    load = landing.begin(INGEST)
    row = article("a", "Text.")
    load.write_documents(0, [document("a", row["article_version_id"])], [row])
    load.write_facts(0, rows_of_facts(NO_FACTS, row["article_version_id"], "v1"))
    assert load.is_extracted(0, "v1")
    load.part(CLAIMS, 0).write_bytes(b"PAR1")
    assert not load.is_extracted(0, "v1")


def test_the_manifest_states_rows_and_keys_of_every_table(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    load = landed(landing, ("a", "One."), ("b", "Two."))
    held = load.manifest()["tables"]
    assert set(held) == set(TABLES)
    assert held["articles"]["rows"] == 2
    ids = [identity("a", "One."), identity("b", "Two.")]
    with duckdb.connect() as connection:
        sql = "select sum(md5_number_lower(unnest)) % 18446744073709551616 from unnest(?::varchar[])"
        [(total,)] = connection.execute(sql, [ids]).fetchall()
    assert int(held["articles"]["keys"], 16) == total
    assert held["claims"] == {"rows": 0, "keys": "0" * 16}


def test_a_load_set_aside_is_left_out_until_it_is_retried(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    bad, good = landed(landing, ("a", "One.")), landed(landing, ("b", "Two."))
    assert landing.set_aside(bad.load_id, "it cannot be built", "run") == [bad.load_id]
    assert [x.load_id for x in landing.committed()] == [good.load_id]
    known = landing.known()
    assert set(known.documents) == {("inbox", "a"), ("inbox", "b")}, "its documents are not read again"
    assert set(known.history) == {identity("b")}, "nothing is compared with what the warehouse lacks"
    assert landing.left_out.records()[bad.load_id].reason == "it cannot be built"
    assert landing.retry(bad.load_id) == [bad.load_id]
    assert [x.load_id for x in landing.committed()] == [bad.load_id, good.load_id]
    with pytest.raises(ValueError, match="not set aside"):
        landing.retry(bad.load_id)
    assert landing.drop(bad.load_id) == [bad.load_id]
    assert set(landing.known().documents) == {("inbox", "b")}, "what was dropped is read again"
    assert bad.path.exists()


def test_loads_that_refer_to_one_that_is_left_out_go_with_it(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    first = landed(landing, ("a", "One."))
    again = landing.begin(REEXTRACT, shards=[])
    again.write_facts(0, rows_of_facts(NO_FACTS, identity("a", "One."), "v2"))
    again.commit({})
    apart = landed(landing, ("b", "Two."))
    repeats = landing.begin(INGEST)
    repeats.write_documents(0, [document("c", identity("a", "One."), "duplicate")], [])
    repeats.commit({})
    assert landing.dependents(first.load_id) == [again.load_id, repeats.load_id]
    landing.set_aside(first.load_id, "it cannot be built")
    assert [x.load_id for x in landing.committed()] == [apart.load_id]
    assert first.load_id in landing.left_out.records()[again.load_id].reason
    assert set(landing.retry(first.load_id)) == {first.load_id, again.load_id, repeats.load_id}


def test_known_tells_files_only_from_committed_loads_but_documents_from_all(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    landed(landing, ("a", "One."))
    opened = landing.begin(INGEST)
    row = article("b", "Two.")
    opened.write_documents(0, [document("b", row["article_version_id"])], [row])
    known = landing.known()
    assert known.files == {("inbox", "a"): identity("a")}
    assert set(known.documents) == {("inbox", "a"), ("inbox", "b")}
    assert set(known.history) == {identity("a"), identity("b")}


def test_articles_without_their_documents_are_not_known(tmp_path: Path) -> None:
    """A run that died between the two files of a shard writes the shard again."""
    landing = Landing(tmp_path)
    load = landing.begin(INGEST)
    load._write(ARTICLES, 0, [article("a", "One.")])
    assert load.shard_count == 0
    assert landing.known().history == {}


def test_facts_of_another_extractor_are_not_complete(tmp_path: Path) -> None:
    load = landed(Landing(tmp_path), ("a", "One."), version="v1")
    assert load.is_extracted(0, "v1")
    assert not load.is_extracted(0, "v2")
    load.part(EXTRACTIONS, 0).unlink()
    assert not load.is_extracted(0, "v1")


def test_extractions_are_written_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest import landing as module

    order: list[str] = []
    real = module.write_parquet
    monkeypatch.setattr(
        module, "write_parquet", lambda path, table: (order.append(path.parent.name), real(path, table))
    )
    load = module.Landing(tmp_path).begin(INGEST)
    load.write_facts(0, rows_of_facts(NO_FACTS, "x", "v"))
    assert order[-1] == "extractions"
    assert set(order) == {t.name for t in EXTRACTED}


def test_reextraction_takes_current_versions_of_another_extractor_in_the_window(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    landed(landing, ("a", "One."), ("b", "Two."), version="v1")
    landed(landing, ("a", "One, edited."), version="v2")
    every = landing.to_reextract("v3", None, None)
    ids = {i for shard in every for i in shard["ids"]}
    assert ids == {identity("a", "One, edited."), identity("b", "Two.")}
    assert {i for s in landing.to_reextract("v2", None, None) for i in s["ids"]} == {identity("b", "Two.")}
    assert landing.to_reextract("v3", "2025-11-21", None) == []
    assert landing.to_reextract("v3", "2025-11-20", "2025-11-20") == every
    load = landing.begin(REEXTRACT, shards=every)
    texts = [t for n in range(load.shard_count) for t in load.texts_of_shard(n)["text"].to_pylist()]
    assert sorted(texts) == ["One, edited.", "Two."]


def test_archive_keeps_bytes_once_under_their_digest(tmp_path: Path) -> None:
    landing = Landing(tmp_path / "landing")
    raw = tmp_path / "raw.txt"
    raw.write_bytes(b"raw")
    with raw.open("rb") as file:
        digest = landing.archive_file(file)
    written = landing.archive_path(digest).stat()
    assert landing.archive(b"raw") == digest
    with raw.open("rb") as file:
        assert landing.archive_file(file) == digest
    assert landing.archive_path(digest).read_bytes() == b"raw"
    assert landing.archive_path(digest).stat() == written, "it is not written again"
    assert [p for p in (tmp_path / "landing" / "archive").rglob("*") if p.is_file()] == [landing.archive_path(digest)]


def test_rows_of_facts_keep_the_schema(tmp_path: Path) -> None:
    load = landed(Landing(tmp_path), ("a", "One."))
    assert pq.read_schema(load.parts(CLAIMS)[0]).equals(CLAIMS.schema)
    assert isinstance(load.read(DOCUMENTS), pa.Table)


@pytest.mark.parametrize("name", ["{} copy", "Copy of {}", "{} (1)", "{}.bak", "{}~", ".{}"])
def test_a_copy_of_a_load_that_somebody_made_is_no_load(tmp_path: Path, name: str) -> None:
    landing = Landing(tmp_path)
    load = landing.begin(INGEST)
    shutil.copytree(load.path, load.path.with_name(name.format(load.load_id)))
    assert [one.load_id for one in landing.all_loads()] == [load.load_id]
    assert [one.load_id for one in landing.unfinished()] == [load.load_id]
