"""What people write into the YAML of dbt fits the records of the ingest, both ways.

What follows from the records alone is generated, and ``tests/conventions/test_generated.py`` holds it.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml
from dbt_runs import PROJECT

from claimhouse.dbt_schema import LANDED
from ingest import tables
from ingest.resolve.catalogue import rules
from ingest.resolve.tables import AXES, EVENT_CHANGE_KINDS, EVENT_FAMILIES, RELATION_KINDS
from ingest.tables import TABLES, Column

MODELS = PROJECT / "models"

# The mart that holds a landed table, and what it has beyond the landed columns.
CLOSING = {"superseded_at", "superseded_by_load_id", "is_current"}
ARTICLE = {"article_id", "publisher_id", "publisher", "published_date"}
# what is shown of an event mention's arguments, its place and its voice beside it
FLAT = {
    *("agent", "agent_key", "agent_side", "is_agent_inferred"),
    *("target", "target_key", "target_side", "target_kind", "target_class"),
    *("instrument", "place_location_id", "place_id", "place", "geonameid", "country", "voice", "voice_name"),
}
MARTS: dict[str, tuple[str, set[str]]] = {
    "documents": ("ops_documents", set()),
    "articles": (
        "dim_article_versions",
        {*CLOSING, "publisher_id", "version_number", "superseded_by_version_id", "fetched_at", "origin_id"},
    ),
    "extractions": ("ops_extractions", CLOSING),
    "claims": ("fct_claims", {*ARTICLE, *CLOSING, "actor_id", "actor_alias_id"}),
    "figures": ("fct_figures", {*ARTICLE, *CLOSING}),
    "dates": ("fct_dates", {*ARTICLE, *CLOSING}),
    "locations": ("fct_locations", {*ARTICLE, *CLOSING, "place_id"}),
    "event_mentions": ("fct_event_mentions", {*ARTICLE, *CLOSING, *FLAT}),
    "event_arguments": ("fct_event_arguments", CLOSING),
    "event_counts": ("bridge_event_mention_figures", CLOSING),
}


def node(path: Path) -> dict[str, Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    [found] = content["models"]
    assert isinstance(found, dict)
    return found


def mart(name: str) -> dict[str, Any]:
    return node(MODELS / "marts" / f"{name}.yml")


def sources() -> dict[str, dict[str, Any]]:
    content = yaml.safe_load((MODELS / "staging/_landing.yml").read_text(encoding="utf-8"))
    return {t["name"]: t for t in content["sources"][0]["tables"]}


def columns(described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {c["name"]: c for c in described["columns"]}


def difference(what: str, ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    """A diff of two mappings that a person can act on."""
    lines = [f"  + {name}: only in ingest/tables.py ({ours[name]})" for name in ours if name not in theirs]
    lines += [f"  - {name}: only in dbt ({theirs[name]})" for name in theirs if name not in ours]
    lines += [
        f"  ~ {name}: {ours[name]!r} in ingest/tables.py, {theirs[name]!r} in dbt"
        for name in ours
        if name in theirs and ours[name] != theirs[name]
    ]
    return "\n".join([f"{what} has drifted:", *lines]) if lines else ""


def test_every_landed_table_is_a_source_with_a_staging_model() -> None:
    assert set(sources()) == set(LANDED)
    staged = {p.stem.removeprefix("stg_landing__") for p in (MODELS / "staging").glob("stg_landing__*.sql")}
    assert staged == set(LANDED)
    for name in LANDED:
        sql = (MODELS / f"staging/stg_landing__{name}.sql").read_text(encoding="utf-8")
        assert sql == f"{{{{ staged('{name}') }}}}\n", name


@pytest.mark.parametrize("name", MARTS)
def test_mart_has_every_landed_column_and_no_other_but_those_known(name: str) -> None:
    mart_name, more = MARTS[name]
    described = columns(mart(mart_name))
    landed = [c.name for c in TABLES[name].columns]
    found = dict.fromkeys(k for k in described if k not in more or k in landed)
    assert not (d := difference(mart_name, dict.fromkeys(landed), found)), d
    assert not more - set(described), f"{mart_name} lacks {more - set(described)}"


def test_links_are_split_by_what_they_link() -> None:
    expected = {c.name for c in tables.CLAIM_LINKS.columns} - {"fact_kind", "fact_id"}
    for kind in ("figure", "date", "location"):
        assert set(columns(mart(f"bridge_claim_{kind}s"))) == {*expected, f"{kind}_id", *CLOSING}


# --- codes ---------------------------------------------------------------------------------------


def code_lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    with (PROJECT / "seeds/code_lists.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists.setdefault(row["code_list"], []).append(row["code"])
            assert int(row["position"]) == len(lists[row["code_list"]]), f"position of {row}"
            assert row["meaning"], row
            assert row["origin"], row
    return lists


def listed_columns(mart_name: str) -> dict[str, str]:
    """The code list of each coded column, as the mart's own test has it."""
    tests = [t["codes_are_listed"] for t in mart(mart_name).get("data_tests", []) if "codes_are_listed" in t]
    return tests[0]["arguments"]["codes"] if tests else {}


def codes_of(column: Column) -> tuple[str, ...] | None:
    if column.codes is None and column.name == "precision":
        return tuple(str(n) for n in range(int(column.low or 0), int(column.high or 0) + 1))
    return column.codes


@pytest.mark.parametrize("name", MARTS)
def test_every_code_is_in_its_list_and_the_list_has_no_other(name: str) -> None:
    mart_name, _ = MARTS[name]
    lists, tested = code_lists(), listed_columns(mart_name)
    coded = {c.name: codes for c in TABLES[name].columns if (codes := codes_of(c))}
    if name == "event_mentions":
        tested = {column: listed for column, listed in tested.items() if column not in FLAT}
    assert not (d := difference(f"coded columns of {mart_name}", dict.fromkeys(coded), dict.fromkeys(tested))), d
    for column, codes in coded.items():
        theirs = lists[tested[column]]
        found = difference(f"code list {tested[column]}", dict.fromkeys(codes), dict.fromkeys(theirs))
        assert not found, found
        assert theirs == list(codes), f"the order of {tested[column]} has drifted"


@pytest.mark.parametrize(
    ("code_list", "codes"),
    [
        ("relation", RELATION_KINDS),
        ("relation_axis", AXES),
        ("relation_rule", tuple(rules())),
        ("event_change", EVENT_CHANGE_KINDS),
        ("event_family", EVENT_FAMILIES),
    ],
)
def test_codes_of_resolving_are_listed(code_list: str, codes: tuple[str, ...]) -> None:
    assert code_lists()[code_list] == list(codes)


def test_every_code_list_is_used() -> None:
    used = {code_list for path in (MODELS / "marts").glob("*.yml") for code_list in listed_columns(path.stem).values()}
    # sides stand in many columns, and a side that is in no list must keep no load out
    assert set(code_lists()) - used == {"fact_kind", "side"}


# --- conventions ---------------------------------------------------------------------------------


def test_every_model_has_its_yaml_beside_it_and_every_column_a_description() -> None:
    paths = sorted(p for p in MODELS.rglob("*.sql") if p.parent.name != "staging")
    assert paths
    for path in paths:
        described = node(path.with_suffix(".yml"))
        assert described["name"] == path.stem
        assert described["description"].strip()
        for column in described["columns"]:
            assert column.get("description", "").strip(), f"{path.stem}.{column['name']}"
    yamls = {p.stem for p in MODELS.rglob("*.yml") if not p.stem.startswith("_")}
    assert yamls == {p.stem for p in paths}


def test_every_mart_names_its_key_and_tests_it() -> None:
    for path in (MODELS / "marts").glob("*.sql"):
        described = mart(path.stem)
        keys = [
            c for c in described["columns"] if {"unique", "unique_over_loads"} & set(map(str, c.get("data_tests", [])))
        ]
        assert len(keys) == 1, path.stem
        config = path.read_text(encoding="utf-8")
        assert f"unique_key='{keys[0]['name']}'" in config or "materialized='table'" in config, path.stem
