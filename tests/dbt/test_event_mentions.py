"""Event mentions in the warehouse: what is shown beside them, the bridges, loads that knew of none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from dbt_runs import Dbt, failures
from landing_factory import Loads
from landing_stories import denies, holds
from typer.testing import CliRunner

from claimhouse.cli.commands import app
from ingest.landing import Load, write_json, write_parquet
from ingest.settings import settings
from ingest.tables import EVENT_ARGUMENTS, EVENT_COUNTS, EVENT_MENTIONS, EXTRACTIONS

MODELS = (
    *("fct_event_mentions", "fct_event_arguments", "bridge_claim_event_mentions", "bridge_event_mention_figures"),
    *("dim_articles", "ops_loads", "ops_documents", "fct_claims", "fct_figures", "fct_dates", "fct_locations"),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, dbt_work: Path) -> Dbt:
    """A load as they are, beside one that was landed before there were event mentions."""
    root = tmp_path_factory.mktemp("events")
    loads = Loads(root / "loads")
    older = loads.add([denies()])
    forget_events(older)
    dbt = Dbt(root / "candidate.duckdb", dbt_work)
    assert not failures(dbt.build([older, loads.add([holds()])], models=MODELS))
    return dbt


def forget_events(load_path: Path) -> None:
    """Make the load what it would have been before event mentions were extracted."""
    load = Load(load_path)
    for table in (EVENT_MENTIONS, EVENT_ARGUMENTS, EVENT_COUNTS):
        shutil.rmtree(load_path / table.name)
    for part in load.parts(EXTRACTIONS):
        write_parquet(part, pq.read_table(part).drop_columns(["event_count"]))
    manifest = load.manifest()
    kept = {k: v for k, v in manifest.items() if not k.startswith("event_")}
    write_json(load_path / "manifest.json", kept)


def test_arguments_place_and_voice_stand_beside_the_mention(told: Dbt) -> None:
    columns = (
        "exact, kind, agent, agent_key, agent_side, is_agent_inferred, target, target_kind, place, geonameid,"
        " place_id, first_date, voice, voice_name"
    )
    rows = told.query(f"SELECT {columns} FROM fct_event_mentions ORDER BY ordinal")
    day = told.query("SELECT DATE '2026-02-26'")[0][0]
    ukraine = ("Ukraine", "country:UA", "UA", True)
    place = ("Vovchansk", 689304, "geonames-689304")
    assert rows == [
        ("ours", "hold", *[None] * 6, *[None] * 3, None, "publisher", "Kharkiv Courier"),
        ("in our hands", "hold", *ukraine, "Vovchansk", "settlement", *place, day, "claim", "Anton Hrytsenko"),
        ("remain", "deploy", *[None] * 4, "soldiers", "armed", *[None] * 3, None, "claim", "Anton Hrytsenko"),
    ]


def test_mentions_point_at_each_other_at_their_claims_and_their_figures(told: Dbt) -> None:
    pairs = (
        "SELECT mention.exact, cause.exact, first.exact FROM fct_event_mentions AS mention"
        " LEFT JOIN fct_event_mentions AS cause ON mention.caused_by_event_mention_id = cause.event_mention_id"
        " LEFT JOIN fct_event_mentions AS first ON mention.same_as_event_mention_id = first.event_mention_id"
        " ORDER BY mention.ordinal"
    )
    assert told.query(pairs) == [("ours", None, None), ("in our hands", None, "ours"), ("remain", "in our hands", None)]
    held = (
        "SELECT mention.exact, claim.content, bridge.level FROM bridge_claim_event_mentions AS bridge"
        " JOIN fct_event_mentions AS mention USING (event_mention_id) JOIN fct_claims AS claim"
        " ON bridge.claim_id = claim.claim_id ORDER BY mention.ordinal"
    )
    assert told.query(held) == [
        ("in our hands", "Vovchansk is in our hands", 0),
        ("remain", "About 40 soldiers remain there", 0),
    ]
    counts = (
        "SELECT mention.exact, figure.exact, bridge.role, bridge.scope FROM bridge_event_mention_figures AS bridge"
        " JOIN fct_event_mentions AS mention USING (event_mention_id) JOIN fct_figures AS figure USING (figure_id)"
    )
    assert told.query(counts) == [("remain", "About 40", "present", "event")]


def test_a_load_from_before_event_mentions_has_none(told: Dbt) -> None:
    counts = "SELECT publisher, event_count FROM dim_articles ORDER BY publisher"
    assert told.query(counts) == [("Belgorod Herald", 0), ("Kharkiv Courier", 3)]
    assert told.query("SELECT event_mentions FROM ops_loads ORDER BY load_id") == [(0,), (3,)]


def test_explain_shows_a_mention_with_its_arguments_and_counts(told: Dbt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(settings()), "warehouse_path", told.candidate)
    found = told.query("SELECT event_mention_id FROM fct_event_mentions WHERE ordinal > 0 ORDER BY ordinal")
    held, stay = (CliRunner().invoke(app, ["explain", row[0]]).output for row in found)
    assert "[Anton Hrytsenko] said on [February 26] that [Vovchansk] is [in our hands]." in held
    assert "country:UA" in held
    assert "settlement" in held
    assert "[About 40] [soldiers] [remain] there" in stay
    assert "present" in stay
