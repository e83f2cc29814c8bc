"""Which texts are copies of which, over nights, kills and lost caches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from copy_pairs import pairs, texts

from ingest.intake import Intake
from ingest.landing import Landing
from ingest.settings import Settings
from ingest.sources import load_sources
from ingest.tables import ARTICLES

WIRE, OTHER = ("\n\n".join(t["paragraphs"]) for t in texts()[:2])


class Desk:
    """A folder of articles by several publishers."""

    def __init__(self, root: Path) -> None:
        self.inbox = root / "inbox"
        self.inbox.mkdir(parents=True)
        (root / "sources.yml").write_text("sources:\n  - {name: inbox, kind: folder}\n", encoding="utf-8")
        self.settings = Settings(
            data_dir=root / "data", inbox=self.inbox, sources_file=root / "sources.yml", shard_articles=2
        )
        self.landing = Landing(self.settings.landing_dir)

    def put(self, name: str, publisher: str, text: str, title: str = "A title") -> None:
        record = {
            "title": title,
            "text": text,
            "date": "2025-11-20",
            "url": f"https://{publisher.lower()}.example/{name}",
            "publisher": publisher,
        }
        (self.inbox / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")

    def night(self, *, commit: bool = True) -> None:
        report = Intake(self.landing, self.settings).run(load_sources(self.settings.sources_file, self.settings))
        if commit and report.load:
            report.load.commit({})

    def rows(self) -> dict[str, dict]:
        """The last landed version of each address."""
        rows = (row for load in self.landing.loads() for row in load.read(ARTICLES).to_pylist())
        return {row["url"].rpartition("/")[2]: row for row in rows}

    def forget(self) -> None:
        (self.settings.state_dir / "copies.npz").unlink()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_text_that_repeats_none_is_a_group_of_its_own(desk: Desk) -> None:
    desk.put("a", "Kurier", WIRE)
    desk.put("b", "Tribune", OTHER)
    desk.night()
    a, b = desk.rows().values()
    assert a["copy_group_id"] == a["article_version_id"]
    assert b["copy_group_id"] == b["article_version_id"]
    assert {a["copy_kind"], b["copy_kind"], a["copy_of_version_id"], b["copy_share"]} == {None}


def test_an_exact_a_near_and_a_syndicated_copy_join_the_first(desk: Desk) -> None:
    desk.put("a", "Kurier", f"KYIV, Nov 4 (Reuters) - {WIRE}")
    desk.put("b", "Tribune", f"KYIV, Nov 4 (Reuters) - {WIRE}")
    desk.put("c", "Post", f"KYIV, Nov 4 (Reuters) - {WIRE[: len(WIRE) * 2 // 3]}")
    desk.put("d", "Ledger", WIRE, title="Another headline")
    desk.put("e", "Herald", OTHER)
    desk.put("f", "Gazette", OTHER)
    desk.night()
    rows = desk.rows()
    assert [rows[n]["copy_kind"] for n in "abcdef"] == [None, "syndicated", "syndicated", "near", None, "exact"]
    assert {rows[n]["copy_group_id"] for n in "abcd"} == {rows["a"]["article_version_id"]}
    assert rows["f"]["copy_group_id"] == rows["f"]["copy_of_version_id"] == rows["e"]["article_version_id"]
    assert rows["b"]["copy_share"] == 1
    assert 0.5 <= rows["d"]["copy_share"] <= 1


def test_copies_are_found_over_nights_with_and_without_the_saved_index(desk: Desk) -> None:
    desk.put("a", "Kurier", WIRE)
    desk.night()
    desk.put("b", "Tribune", WIRE[: len(WIRE) // 2])
    desk.night()
    desk.forget()
    desk.put("c", "Post", WIRE + "\n\nThis was confirmed later.")
    desk.night()
    rows = desk.rows()
    assert {row["copy_group_id"] for row in rows.values()} == {rows["a"]["article_version_id"]}


def test_an_index_that_knows_what_the_landing_lost_is_cut_back(desk: Desk) -> None:
    desk.put("a", "Kurier", OTHER)
    desk.night()
    desk.put("b", "Tribune", WIRE)
    desk.night(commit=False)
    [opened] = desk.landing.unfinished()
    desk.landing.drop(opened.load_id)
    (desk.inbox / "b.json").unlink()
    desk.put("c", "Post", WIRE)
    desk.night()
    rows = desk.rows()
    assert rows["c"]["copy_group_id"] == rows["c"]["article_version_id"]


def test_a_run_that_died_gives_the_same_groups(tmp_path: Path) -> None:
    whole, broken = Desk(tmp_path / "whole"), Desk(tmp_path / "broken")
    labelled = list(pairs())[:24]
    for desk in (whole, broken):
        for n, pair in enumerate(labelled):
            desk.put(f"{n:02}a", "Kurier", pair.a, title=f"{n} a")
            desk.put(f"{n:02}b", "Tribune", pair.b, title=f"{n} b")
    whole.night()
    files = sorted(broken.inbox.iterdir())
    for path in files[20:]:
        path.rename(path.with_suffix(".part"))
    broken.night(commit=False)  # died when it had read twenty
    broken.forget()
    for path in files[20:]:
        path.with_suffix(".part").rename(path)
    broken.night()
    names = ("copy_group_id", "copy_of_version_id", "copy_kind", "copy_share")
    found = [{n: [row[k] for k in names] for n, row in desk.rows().items()} for desk in (whole, broken)]
    assert found[0] == found[1]


def test_the_next_version_of_an_article_is_no_copy_of_those_who_copied_it(desk: Desk) -> None:
    desk.put("a", "Kurier", WIRE)
    desk.put("b", "Tribune", WIRE, title="Another headline")
    desk.night()
    first = desk.rows()["a"]
    desk.put("a", "Kurier", WIRE + "\n\nThe council met again in the evening.")
    desk.night()
    second = desk.rows()["a"]
    assert second["change_kind"] == "edited"
    assert second["copy_group_id"] == first["copy_group_id"] == desk.rows()["b"]["copy_group_id"]
    assert second["copy_kind"] is None


def test_the_next_version_of_a_copy_stays_one_while_it_is(desk: Desk) -> None:
    desk.put("a", "Kurier", WIRE)
    desk.put("b", "Tribune", WIRE)
    desk.night()
    origin = desk.rows()["a"]["article_version_id"]
    assert desk.rows()["b"]["copy_kind"] == "exact"
    desk.put("b", "Tribune", WIRE + "\n\nThe council met again in the evening.")
    desk.night()
    assert (desk.rows()["b"]["copy_of_version_id"], desk.rows()["b"]["copy_kind"]) == (origin, "near")
    desk.put("b", "Tribune", OTHER)
    desk.night()
    rewritten = desk.rows()["b"]
    assert rewritten["copy_group_id"] == rewritten["article_version_id"]
    assert rewritten["copy_of_version_id"] is None
