"""What is kept of raw bytes: those that were read, under their own digest."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from ingest.intake import Intake, IntakeReport
from ingest.landing import Landing
from ingest.settings import Settings
from ingest.sources import load_sources
from ingest.tables import ARTICLES, DOCUMENTS, Table

ONE = "Lozova\n\nThe mayor of Lozova said on Monday that three bridges over the river had been damaged by shelling."
TWO = "Izium\n\nThe mayor of Izium said on Tuesday that two schools in the north of town were closed for the winter."


class Desk:
    def __init__(self, root: Path) -> None:
        self.inbox = root / "inbox"
        self.inbox.mkdir()
        (root / "sources.yml").write_text("sources:\n  - {name: inbox, kind: folder}\n", encoding="utf-8")
        self.settings = Settings(
            data_dir=root / "data", inbox=self.inbox, sources_file=root / "sources.yml", max_document_bytes=10_000
        )
        self.landing = Landing(self.settings.landing_dir)

    def night(self) -> IntakeReport:
        report = Intake(self.landing, self.settings).run(load_sources(self.settings.sources_file, self.settings))
        if report.load:
            report.load.commit({})
        return report

    def rows(self, table: Table) -> list[dict]:
        return [row for load in self.landing.loads() for row in load.read(table).to_pylist()]

    def archived(self) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in (self.landing.root / "archive").glob("*/*")}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_file_rewritten_while_it_is_read_leaves_bytes_that_match_their_digest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk.inbox / "a.txt"
    file.write_text(ONE, encoding="utf-8")
    from ingest import intake

    kept = intake.Intake._kept
    # somebody writes into it after it was found new, and again after it was kept
    monkeypatch.setattr(
        intake.Intake, "_kept", lambda self, raw: (file.write_text(TWO), kept(self, raw), file.write_text(ONE))[1]
    )
    desk.night()
    (document,) = desk.rows(DOCUMENTS)
    (article,) = desk.rows(ARTICLES)
    assert article["text"] == TWO
    assert document["fingerprint"] == document["archive_sha256"] == hashlib.sha256(TWO.encode()).hexdigest()
    for name, data in desk.archived().items():
        assert hashlib.sha256(data).hexdigest() == name
    monkeypatch.undo()
    assert desk.night().total("loaded") == 1, "what stands there now is read by the next run"


def test_every_document_that_gave_an_article_has_its_bytes(desk: Desk) -> None:
    for i in range(20):
        (desk.inbox / f"{i}.txt").write_text(ONE.replace("three", f"{i + 3}"), encoding="utf-8")
    desk.night()
    archived = desk.archived()
    assert len(desk.rows(DOCUMENTS)) == 20
    assert all(row["archive_sha256"] in archived for row in desk.rows(DOCUMENTS))


def test_of_a_large_file_that_gives_no_article_the_head_is_kept(desk: Desk) -> None:
    file = desk.inbox / "film.txt"
    with file.open("wb") as out:
        out.write(b"begin")
        out.truncate(1 << 30)  # holes, which take no room on the disk until they are copied
    desk.night()
    (document,) = desk.rows(DOCUMENTS)
    assert document["outcome"] == "rejected"
    assert document["byte_count"] == 1 << 30
    (data,) = desk.archived().values()
    assert len(data) == 64_000
    assert data.startswith(b"begin")
    assert document["archive_sha256"] == hashlib.sha256(data).hexdigest()


def test_a_large_file_of_many_documents_is_kept_whole(desk: Desk) -> None:
    import json

    lines = [json.dumps({"text": ONE.replace("three", f"{i}"), "id": i}) for i in range(100)]
    (desk.inbox / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert desk.night().total("loaded") == 100
    assert {row["archive_sha256"] for row in desk.rows(DOCUMENTS)} == set(desk.archived())
    assert len(desk.archived()) == 1


def test_an_idle_look_reads_no_file_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    file = desk.inbox / "a.txt"
    file.write_text(ONE, encoding="utf-8")
    monkeypatch.setattr("ingest.sources.digests._TICK_NS", -1)
    desk.night()
    opened = []
    digest = hashlib.file_digest
    monkeypatch.setattr("hashlib.file_digest", lambda *given: (opened.append(given), digest(*given))[1])
    sources = load_sources(desk.settings.sources_file, desk.settings)
    assert Intake(desk.landing, desk.settings).has_nothing_to_do(sources)
    assert opened == []
    before = file.stat()
    file.write_text(ONE.replace("three", "seven"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not Intake(desk.landing, desk.settings).has_nothing_to_do(sources), "its time of change cannot be set back"
    assert opened


def test_a_file_that_was_changed_just_now_is_hashed_again(desk: Desk) -> None:
    (desk.inbox / "a.txt").write_text(ONE, encoding="utf-8")
    desk.night()
    assert not (desk.settings.state_dir / "digests" / "inbox.json").exists()


@pytest.mark.parametrize("broken", ["", "[]", "{", '{"61": 3}', '{"61": ["x"]}'])
def test_a_damaged_cache_of_digests_costs_time_only(desk: Desk, broken: str) -> None:
    (desk.inbox / "a.txt").write_text(ONE, encoding="utf-8")
    path = desk.settings.state_dir / "digests" / "inbox.json"
    path.parent.mkdir(parents=True)
    path.write_text(broken)
    assert desk.night().total("loaded") == 1
