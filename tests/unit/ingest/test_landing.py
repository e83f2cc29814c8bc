"""Landing: whole or absent, committed by the manifest, known again."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.landing import INGEST, REEXTRACT, Landing, atomic_write
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
    with pytest.raises(ValueError, match="committed"):
        landing.drop(done)
    landing.drop(opened)
    assert landing.unfinished() == []


def test_loads_sort_by_the_time_they_were_begun(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    ids = [landing.begin(INGEST).load_id for _ in range(5)]
    assert [load.load_id[:19] for load in landing.loads()] == sorted(i[:19] for i in ids)


def test_known_tells_files_only_from_committed_loads_but_documents_from_all(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    landed(landing, ("a", "One."))
    opened = landing.begin(INGEST)
    row = article("b", "Two.")
    opened.write_documents(0, [document("b", row["article_version_id"])], [row])
    known = landing.known()
    assert known.files == {("inbox", "a"): identity("a")}
    assert set(known.documents) == {("inbox", "a"), ("inbox", "b")}
    assert set(known.latest) == {identity("a"), identity("b")}


def test_articles_without_their_documents_are_not_known(tmp_path: Path) -> None:
    """A run that died between the two files of a shard writes the shard again."""
    landing = Landing(tmp_path)
    load = landing.begin(INGEST)
    load._write(ARTICLES, 0, [article("a", "One.")])
    assert load.shard_count == 0
    assert landing.known().latest == {}


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
    landing.archive("ab" * 32, raw)
    landing.archive("ab" * 32, b"not written again")
    assert landing.archive_path("ab" * 32).read_bytes() == b"raw"


def test_rows_of_facts_keep_the_schema(tmp_path: Path) -> None:
    load = landed(Landing(tmp_path), ("a", "One."))
    assert pq.read_schema(load.parts(CLAIMS)[0]).equals(CLAIMS.schema)
    assert isinstance(load.read(DOCUMENTS), pa.Table)
