"""Steps on a landing: made once a load, taken up after a kill, made again where the loads or the rules changed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from dbt.landing_factory import Loads, Text, claim, evidence, figure, link, location, span

from ingest.files import DamagedError
from ingest.landing import Landing
from ingest.records import EventArgument, EventCount, EventMention, Facts, Link
from ingest.resolve import steps
from ingest.resolve.steps import Resolution, resolver_version, rows_of_table, version_of
from ingest.resolve.tables import EVENT_MEMBERS, EVENTS, RELATIONS, RESOLVED

DAY = date(2026, 2, 26)


def strike(name: str, dead: int, who: str | None = None, **values: Any) -> Text:
    """An article on one strike: "A missile hit the market in Vovchansk, killing 9 people"."""
    text = f"Strike on Vovchansk\n\n{who or 'We'} said a missile hit the market in Vovchansk, killing {dead} people."
    where = location(text, "Vovchansk", nth=1)
    claims = [claim(text, text[text.index("a missile") : -1], who, "said")] if who else []

    def mention(trigger: str, kind: str, **more: Any) -> EventMention:
        at = span(text, "a missile")
        return EventMention(
            **evidence(span(text, trigger)),
            kind=kind,
            polarity="affirmative",
            realis="actual",
            statement_start=at.start,
            statement_end=len(text) - 1,
            claim=0 if claims else None,
            first_date=DAY,
            last_date=DAY,
            time_rule="linked",
            **more,
        )

    at = span(text, "Vovchansk", nth=1)
    place = EventArgument(start=at.start, end=at.end, text=at.text, role="place", is_inferred=False, location=0)
    events = [
        mention("hit", "strike", arguments=(place,)),
        mention("killing", "kill_or_wound", caused_by=0, counts=(EventCount(figure=0, role="killed", scope="event"),)),
    ]
    facts = Facts(
        claims=claims, figures=[figure(text, str(dead), dead, dead)], dates=[], locations=[where], events=events
    )
    return Text(name, text, facts, values={"publisher": name.title(), "published_date": DAY, **values})


def rows(landing: Path) -> dict[str, list[dict[str, Any]]]:
    return {
        table.name: sorted(
            (
                row
                for path in sorted(landing.glob(f"resolved/*/{table.name}/*.parquet"))
                for row in pq.read_table(path).to_pylist()
            ),
            key=lambda row: (row["step_number"], str(row)),
        )
        for table in RESOLVED
    }


class House:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.loads = Loads(root / "landing" / "loads")

    def resolve(self) -> int:
        return len(Resolution(Landing(self.root / "landing"), self.root / "state").run())

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        return rows(self.root / "landing")


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = House(tmp_path)
    house.loads.add([strike("courier", 19), strike("herald", 19)])
    house.loads.add([strike("observer", 14, "Ivan Petrenko")])
    return house


def test_a_step_for_each_load_and_none_for_what_was_done(house: House) -> None:
    assert house.resolve() == 2
    landed = house.rows()
    assert [row["step_number"] for row in landed[EVENTS.name]] == [1, 2]
    assert {row["event_id"] for row in landed[EVENTS.name]} == {landed[EVENTS.name][0]["event_id"]}
    kinds = sorted((row["step_number"], row["kind"], row["axis"]) for row in landed[RELATIONS.name])
    assert set(kinds) == {(2, "contradicts", "count")}  # two papers in the same words have one source
    assert house.resolve() == 0
    assert house.rows() == landed


def test_members_say_by_what_they_were_joined(house: House) -> None:
    house.resolve()
    members = [row for row in house.rows()[EVENT_MEMBERS.name] if row["step_number"] == 2]
    assert len(members) == 6
    assert {row["rule_id"] for row in members} >= {"first", "caused_by"}
    assert sum(row["joined_with_account_id"] is not None for row in members) == 2


def test_killed_anywhere_the_next_run_comes_to_the_same(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.resolve()
    expected = house.rows()
    shutil.rmtree(house.root / "landing" / "resolved")
    shutil.rmtree(house.root / "state")

    def killed(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    # after the index was kept and before the step was
    with monkeypatch.context() as patch:
        patch.setattr(Resolution, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            house.resolve()
    # in the middle of the files of a step
    with monkeypatch.context() as patch:
        patch.setattr(steps, "write_json", killed)
        with pytest.raises(KeyboardInterrupt):
            house.resolve()
    assert not list((house.root / "landing" / "resolved").glob("2*"))
    assert house.resolve() == 2
    assert house.rows() == expected


def test_a_lost_or_broken_index_is_made_again(house: House) -> None:
    house.resolve()
    third = [strike("mirror", 9)]
    copy = House(house.root / "copy")
    shutil.copytree(house.root / "landing", copy.root / "landing")
    (copy.root / "state").mkdir()
    (copy.root / "state" / "resolve.sqlite").write_bytes(b"no database")
    for one in (house, copy):
        one.loads.add(third)
        assert one.resolve() == 1
    assert copy.rows() == house.rows()


def test_an_index_whose_damage_shows_only_when_it_is_read_is_made_again(house: House) -> None:
    house.resolve()
    copy = House(house.root / "copy")
    shutil.copytree(house.root / "landing", copy.root / "landing")
    index = copy.root / "state" / "resolve.sqlite"
    shutil.copytree(house.root / "state", index.parent)
    with sqlite3.connect(index) as opened:
        [(page, size)] = opened.execute(
            "select rootpage, (select page_size from pragma_page_size) from sqlite_schema where name = 'accounts'"
        )
    with index.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    for one in (house, copy):
        one.loads.add([strike("mirror", 9)])
        assert one.resolve() == 1
    assert copy.rows() == house.rows()


@pytest.mark.parametrize("damage", [b"", b"[]", b"PAR1", None])
@pytest.mark.parametrize("name", ["step.json", "events/part-00000.parquet", "relations/part-00000.parquet"])
def test_a_damaged_step_is_made_again_with_those_after_it(house: House, name: str, damage: bytes | None) -> None:
    house.resolve()
    landed = house.rows()
    path = min((house.root / "landing" / "resolved").iterdir()) / name
    path.unlink() if damage is None else path.write_bytes(damage)
    assert house.resolve() == 2
    assert house.rows() == landed


def test_what_a_desktop_leaves_among_steps_is_none(house: House) -> None:
    house.resolve()
    (house.root / "landing" / "resolved" / ".DS_Store").write_bytes(b"\0")
    (house.root / "landing" / "resolved" / "desktop.ini").write_bytes(b"\0")
    assert house.resolve() == 0


@pytest.mark.parametrize("table", ["claims", "articles", "documents"])
def test_a_damaged_file_of_a_load_is_named(house: House, table: str) -> None:
    [part] = min((house.root / "landing" / "loads").iterdir()).glob(f"{table}/*.parquet")
    part.write_bytes(b"PAR1")
    with pytest.raises(DamagedError, match=rf"{table}/part-00000\.parquet is damaged .*claimhouse loads drop"):
        house.resolve()


def test_a_load_that_is_gone_takes_its_step_and_those_after_it(house: House) -> None:
    house.resolve()
    first = min((house.root / "landing" / "loads").iterdir())
    shutil.rmtree(first)
    assert house.resolve() == 1
    landed = house.rows()
    assert [row["step_number"] for row in landed[EVENTS.name]] == [1]
    assert landed[RELATIONS.name] == []


def test_other_rules_make_every_step_anew(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.resolve()
    monkeypatch.setattr(steps, "resolver_version", lambda: "other")
    assert house.resolve() == 2
    [*_, last] = sorted((house.root / "landing" / "resolved").iterdir())
    assert json.loads((last / "step.json").read_text())["version"] == "other"


@pytest.mark.parametrize(
    "path", ["model.py", "accounts/rows.py", "joining/scoring.py", "relations/counts.py", "data/en.toml"]
)
def test_a_change_in_any_room_makes_other_rules(tmp_path: Path, path: str) -> None:
    copy = tmp_path / "resolve"
    shutil.copytree(Path(steps.__file__).parent, copy)
    assert version_of(copy) == resolver_version()
    with (copy / path).open("a", encoding="utf-8") as file:
        file.write("# another rule\n")
    assert version_of(copy) != resolver_version()


def test_a_newer_extraction_takes_the_place_of_the_older(house: House) -> None:
    house.resolve()
    house.loads.add(again=[strike("courier", 19)], extractor_version="2")
    before = house.rows()[EVENTS.name]
    assert house.resolve() == 1
    after = house.rows()[EVENTS.name]
    # the event has its name of the place in the text, not of the extraction
    assert {row["event_id"] for row in after} == {row["event_id"] for row in before}
    members = [row for row in house.rows()[EVENT_MEMBERS.name] if row["step_number"] == 3]
    assert len(members) == 6


def test_of_versions_of_one_moment_that_is_current_which_is_so_in_the_warehouse(tmp_path: Path) -> None:
    house = House(tmp_path)
    moment = datetime(2026, 2, 26, tzinfo=UTC)
    versions = [
        strike("courier", dead, version_at=moment, change_kind=kind)
        for dead, kind in ((14, "new"), (19, "edited"), (17, "edited"))
    ]
    house.loads.add(versions)  # each is fetched a second after the one before
    [part] = (tmp_path / "landing" / "loads").glob("*/articles/*.parquet")
    pq.write_table(pq.read_table(part).take([0, 2, 1]), part)
    house.loads.add(again=[versions[1]], extractor_version="2")
    house.resolve()
    last = versions[2].article_version_id
    assert {row["later_version_id"] for row in house.rows()[RELATIONS.name]} == {last}


def test_a_denial_in_the_text_and_a_quotation_elsewhere_are_relations_without_an_event(tmp_path: Path) -> None:
    house = House(tmp_path)
    said = "we will never give up the old bridge to anybody who comes with guns"
    text = "Bridge\n\nOksana Bondar said the army shelled the bridge. The army denied the charge. "
    text += f'"{said}", Ivan Petrenko said.'

    def article(name: str) -> Text:
        claims = [
            claim(text, "the army shelled the bridge", "Oksana Bondar", "said"),
            claim(
                text,
                "the charge",
                "The army",
                "denied",
                links=(Link(kind="claim", index=0, rule_id="answers.points_back", role="answer"),),
            ),
            claim(text, said, "Ivan Petrenko", "said", speech="direct"),
        ]
        return Text(name, text, Facts(claims=claims, figures=[], dates=[], locations=[]), values={"publisher": name})

    house.loads.add([article("Courier"), article("Herald")])
    house.resolve()
    landed = house.rows()
    assert landed[EVENTS.name] == []
    found = sorted((row["kind"], row["axis"], row["earlier_mention_id"]) for row in landed[RELATIONS.name])
    # the denial stands in both articles; what Bondar and Petrenko say is said again in the second one
    again = [("repeats", "polarity", None), ("repeats", "quotation", None)]
    assert found == [("denies", "polarity", None), ("denies", "polarity", None), *again]
    assert link("figure", 0).role == "event"


def test_rows_of_a_table_are_those_of_arrow_with_their_types() -> None:
    table = pa.table(
        {
            "number": [1, None, 2],
            "share": [1.5, None, 2.5],
            "flag": [True, None, False],
            "told": [True, False, True],
            "day": [date(2026, 1, 1), None, date(2026, 1, 2)],
            "name": ["a", None, "b"],
            "parts": [[1], None, []],
        }
    )
    rows, expected = rows_of_table(table), table.to_pylist()
    assert rows == expected
    assert [list(map(type, row.values())) for row in rows] == [list(map(type, row.values())) for row in expected]
