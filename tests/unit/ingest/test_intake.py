"""What becomes of each document: loaded, a duplicate, a new version, rejected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.intake import Intake, IntakeReport
from ingest.landing import Landing
from ingest.settings import Settings
from ingest.sources import load_sources
from ingest.sources.config import FolderConfig
from ingest.tables import ARTICLES, DOCUMENTS

URL = "https://kurier.example/balakliia"


class Desk:
    def __init__(self, root: Path) -> None:
        self.inbox = root / "inbox"
        self.inbox.mkdir()
        (root / "sources.yml").write_text("sources:\n  - {name: inbox, kind: folder}\n", encoding="utf-8")
        self.settings = Settings(
            data_dir=root / "data", inbox=self.inbox, sources_file=root / "sources.yml", shard_articles=2
        )
        self.landing = Landing(self.settings.landing_dir)

    def put(self, name: str, text: str, **fields: str) -> None:
        record = {"title": "A title", "text": text, "date": "2025-11-20", "url": URL, **fields}
        (self.inbox / name).write_text(json.dumps(record), encoding="utf-8")

    def night(self, commit: bool = True) -> IntakeReport:
        sources = load_sources(self.settings.sources_file, self.settings)
        report = Intake(self.landing, self.settings).run(sources)
        if commit and report.load:
            report.load.commit({})
        return report

    def articles(self) -> list[dict]:
        return [row for load in self.landing.loads() for row in load.read(ARTICLES).to_pylist()]

    def documents(self) -> list[dict]:
        return [row for load in self.landing.loads() for row in load.read(DOCUMENTS).to_pylist()]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


TEXT = "Fourteen people were hurt when a shell hit a bakery in Balakliia, the council said on Monday evening."


def test_nothing_there_opens_no_load(desk: Desk) -> None:
    report = desk.night()
    assert report.load is None
    assert report.documents_read == 0
    assert desk.landing.loads() == []


def test_the_inbox_is_there_after_the_first_run(desk: Desk) -> None:
    desk.inbox.rmdir()
    desk.night()
    assert desk.inbox.is_dir()


def test_a_second_pass_over_the_same_files_opens_no_load(desk: Desk) -> None:
    desk.put("a.json", TEXT)
    assert desk.night().total("loaded") == 1
    assert desk.night().load is None
    assert len(desk.landing.loads()) == 1


def test_the_same_address_with_other_text_is_a_new_version(desk: Desk) -> None:
    desk.put("a.json", TEXT)
    desk.night()
    desk.put("b.json", TEXT.replace("Fourteen", "Fifteen"))
    desk.night()
    first, second = desk.articles()
    assert first["article_id"] == second["article_id"]
    assert first["article_version_id"] != second["article_version_id"]
    assert (first["change_kind"], second["change_kind"]) == ("new", "edited")


def test_a_text_that_goes_back_to_what_it_was_is_a_version_of_its_own(desk: Desk) -> None:
    for number in ("Fourteen", "Fifteen", "Fourteen"):
        desk.put("a.json", TEXT.replace("Fourteen", number))
        desk.night()
    versions = [row["article_version_id"] for row in desk.articles()]
    assert len(versions) == len(set(versions)) == 3
    assert len({row["article_id"] for row in desk.articles()}) == 1


def test_versions_inside_one_load_are_told_apart(desk: Desk) -> None:
    for i, number in enumerate(("Fourteen", "Fifteen", "Sixteen")):
        desk.put(f"{i}.json", TEXT.replace("Fourteen", number))
    report = desk.night()
    assert report.total("loaded") == 3
    assert [row["change_kind"] for row in desk.articles()] == ["new", "edited", "edited"]


def test_the_same_text_of_the_same_article_is_a_duplicate(desk: Desk) -> None:
    desk.put("a.json", TEXT)
    desk.put("b.json", TEXT, author="Somebody")
    report = desk.night()
    assert (report.total("loaded"), report.total("duplicate")) == (1, 1)
    loaded, duplicate = desk.documents()
    assert loaded["article_version_id"] == duplicate["article_version_id"]
    assert duplicate["detail"]


def test_another_publishers_copy_is_an_article_of_its_own(desk: Desk) -> None:
    desk.put("a.json", TEXT, publisher="Kurier")
    desk.put("b.json", TEXT, publisher="Herald", url="https://herald.example/1")
    desk.put("c.json", TEXT, publisher="Herald", url="https://herald.example/2")
    report = desk.night()
    assert (report.total("loaded"), report.total("duplicate")) == (2, 1)


def test_shards_hold_no_more_articles_than_they_may(desk: Desk) -> None:
    for i in range(5):
        desk.put(f"{i}.json", f"{TEXT} Report {i}.", url=f"{URL}/{i}")
    load = desk.night().load
    assert load is not None
    sizes = [len(load.texts_of_shard(n)) for n in range(load.shard_count)]
    assert sizes == [2, 2, 1]


def test_an_unfinished_load_is_taken_up_without_doubling(desk: Desk) -> None:
    desk.put("a.json", TEXT)
    first = desk.night(commit=False).load
    desk.put("b.json", f"{TEXT} More was not known.", url=f"{URL}/2")
    second = desk.night().load
    assert first is not None
    assert second is not None
    assert first.load_id == second.load_id
    assert len(desk.documents()) == len(desk.articles()) == 2


def test_bytes_of_every_document_are_kept(desk: Desk) -> None:
    desk.put("a.json", TEXT)
    (desk.inbox / "broken.json").write_bytes(b'{"text": "half')
    desk.night()
    for row in desk.documents():
        assert desk.landing.archive_path(row["archive_sha256"]).read_bytes() == (desk.inbox / row["uri"]).read_bytes()


def test_a_source_that_fails_does_not_stop_the_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest import intake

    (desk.settings.sources_file).write_text(
        "sources:\n  - {name: bad, kind: folder, path: nowhere}\n  - {name: inbox, kind: folder}\n", encoding="utf-8"
    )
    real = intake.open_source

    def open_source(config, settings):
        if config.name == "bad":
            raise OSError("disk on fire")
        return real(config, settings)

    monkeypatch.setattr(intake, "open_source", open_source)
    desk.put("a.json", TEXT)
    report = desk.night()
    assert report.total("loaded") == 1
    assert report.source_problems == {"bad": "OSError: disk on fire"}


BAKERY = (
    "Fourteen people were hurt when a shell hit a bakery in Balakliia, the council said on Monday evening. Firefighters"
    " searched the ruins until midnight, neighbours brought blankets, and doctors from Kharkiv treated children whose"
    " windows had been broken. Police opened an investigation and asked witnesses to bring photographs and recordings."
)
GRAIN = (
    "Farmers near Zaporizhzhia harvested barley between minefields this summer, although insurance became expensive."
    " Exporters pleaded with ministers over railway tariffs, storage elevators stood half empty, and traders expected"
    " little relief before another season. Economists compared Danube ports unfavourably with those closed in spring."
)


def test_a_look_at_a_source_that_fails_is_left_to_a_run_that_says_so(desk: Desk) -> None:
    desk.put("a.json", "The mayor of Lozova said on Monday that three bridges over the river had been damaged.")
    desk.night()
    sources = load_sources(desk.settings.sources_file, desk.settings)
    assert Intake(desk.landing, desk.settings).has_nothing_to_do(sources)
    own = FolderConfig(name="own", kind="folder", path=desk.settings.data_dir)
    assert not Intake(desk.landing, desk.settings).has_nothing_to_do([own, *sources])
    told = Intake(desk.landing, desk.settings).run([own, *sources]).source_problems
    assert "is what the program writes into" in told["own"]


def test_another_article_at_the_same_address_is_no_version_of_the_first(desk: Desk) -> None:
    for night, (title, text) in enumerate(
        [("Bakery hit", BAKERY), ("Barley", GRAIN), ("Bakery hit", BAKERY + " Two of them died."), ("Barley", GRAIN)]
    ):
        desk.put("live.json", text, title=title)
        assert desk.night().total("loaded") == (1 if night < 3 else 0)
    rows = desk.articles()
    first, other, again = (row["article_id"] for row in rows)
    assert first == again != other
    assert [row["change_kind"] for row in rows] == ["new", "new", "edited"]
    assert rows[0]["url"] == rows[1]["url"]


def test_a_rewritten_article_is_a_version(desk: Desk) -> None:
    desk.put("a.json", BAKERY, title="Bakery hit")
    desk.night()
    rewritten = " ".join(reversed(BAKERY.split(". "))) + " The governor arrived in the morning and promised repairs."
    desk.put("a.json", rewritten, title="Shell wounds fourteen in Balakliia")
    desk.night()
    assert len({row["article_id"] for row in desk.articles()}) == 1


def test_a_notice_of_withdrawal_is_a_version(desk: Desk) -> None:
    desk.put("a.json", BAKERY, title="Bakery hit")
    desk.night()
    notice = "This story has been withdrawn. " + GRAIN
    desk.put("a.json", notice, title="Notice")
    desk.night()
    assert [row["change_kind"] for row in desk.articles()] == ["new", "withdrawn"]
