"""One actor over all articles: names are joined by rule, and doubtful ones are not."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from pathlib import Path

import pytest
from dbt_runs import Dbt, failures
from landing_factory import Loads, Text, claim
from test_loads import contents

from ingest.authority import authority_rows
from ingest.records import Facts

MENTIONS = Path(__file__).resolve().parents[1] / "gold" / "actors.txt"
# of the pairs of mentions joined, the share that are one actor's; of those that are, the share joined
LEAST_PRECISION = 1.0
LEAST_RECALL = 0.98
NO_TESTS = ("--exclude-resource-type", "test")
# the tables that this is about, and through them what they rest on
MODELS = ("code_lists", "actor_mentions", "actor_aliases", "dim_actors", "fct_claims")


def said_by(number: int, name: str, kind: str | None, side: str | None, role: str | None) -> Text:
    """An article in which the speaker says one thing."""
    text = f"The road is open, number {number}\n\n{name} said the road is open.\n"
    facts = Facts(claims=[], figures=[], dates=[], locations=[])
    facts.claims.append(
        claim(text, "the road is open", name, "said", speaker_kind=kind, speaker_side=side, speaker_role=role)
    )
    return Text(f"a{number:03}", text, facts)


def labelled() -> list[tuple[int, Text]]:
    """Each mention of the labelled set as an article, with the number of its actor."""
    paragraphs = MENTIONS.read_text(encoding="utf-8").split("\n\n")
    lines = [(n, line) for n, part in enumerate(paragraphs) for line in part.splitlines() if "|" in line]
    found = []
    for number, (actor, line) in enumerate((n, line) for n, line in lines if not line.startswith("#")):
        name, kind, side, role = (cell.strip() or None for cell in line.split("|"))
        assert name
        found.append((actor, said_by(number, name, kind, side, role)))
    return found


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory, dbt_work: Path) -> tuple[Dbt, list[tuple[int, Text]], Loads]:
    mentions = labelled()
    root = tmp_path_factory.mktemp("actors")
    loads = Loads(root / "loads")
    dbt = Dbt(root / "candidate.duckdb", dbt_work)
    # one after the other, the rarest last: what comes later must not say less than what came first
    for part in (mentions[::2], mentions[1::2]):
        assert not failures(dbt.build([loads.add([text for _, text in part])], *NO_TESTS, models=MODELS))
    return dbt, mentions, loads


def test_mentions_of_one_actor_are_joined_and_no_others(joined: tuple[Dbt, list[tuple[int, Text]], Loads]) -> None:
    dbt, mentions, _ = joined
    actor_of = dict(dbt.query("SELECT article_id, actor_id FROM fct_claims"))
    found = [(actor, actor_of[text.article_id], text.text.splitlines()[2]) for actor, text in mentions]
    assert len(found) > 200
    apart, together, right = [], [], 0
    for one, other in itertools.combinations(found, 2):
        is_joined = one[1] is not None and one[1] == other[1]
        right += is_joined and one[0] == other[0]
        if is_joined and one[0] != other[0]:
            together.append((one, other))
        if not is_joined and one[0] == other[0]:
            apart.append((one, other))
    assert right / (right + len(together)) >= LEAST_PRECISION, together
    assert right / (right + len(apart)) >= LEAST_RECALL, apart


def test_all_at_once_and_in_any_order_give_the_same_actors(
    joined: tuple[Dbt, list[tuple[int, Text]], Loads], dbt: Dbt
) -> None:
    one_by_one, _, loads = joined
    first, second = sorted(loads.root.iterdir())
    assert not failures(dbt.build([first, second], models=MODELS))
    assert contents(dbt) == contents(one_by_one)

    # loads are named by their time; the other way round is another warehouse, with the same actors in it
    turned = Dbt(dbt.candidate.parent / "turned" / dbt.candidate.name, dbt.work)
    turned.candidate.parent.mkdir()
    for path in (second, first):
        assert not failures(turned.build([path], *NO_TESTS, models=MODELS))
    for table in ("actor_aliases", "dim_actors"):
        columns = "* EXCLUDE (first_recorded_at, last_recorded_at)"
        query = f"SELECT {columns} FROM {table} ORDER BY ALL"
        assert turned.query(query) == one_by_one.query(query)


def test_an_actor_is_asked_for_in_one_join(joined: tuple[Dbt, list[tuple[int, Text]], Loads]) -> None:
    dbt, _, _ = joined
    rows = dbt.query(
        "SELECT DISTINCT fct_claims.speaker_name FROM fct_claims JOIN dim_actors USING (actor_id)"
        " WHERE actor = 'Mohamed Hamdan Dagalo' ORDER BY 1"
    )
    assert [name for (name,) in rows] == [
        "Hemedti",
        "Hemeti",
        "Mohamed Hamdan Dagalo",
        "Mohammed Hamdan Daglo",
        "Muhammad Hamdan Dagalo",
    ]
    [(actor, side, names, articles, is_well_known)] = dbt.query(
        "SELECT actor, side, alias_count, article_count, is_well_known FROM dim_actors WHERE actor LIKE '%Zelensky'"
    )
    assert (actor, side, names, articles, is_well_known) == ("Volodymyr Zelensky", "UA", 2, 7, True)


def test_every_rule_is_used(joined: tuple[Dbt, list[tuple[int, Text]], Loads]) -> None:
    dbt, _, _ = joined
    used = {rule for (rule,) in dbt.query("SELECT DISTINCT rule_id FROM actor_aliases")}
    listed = {c for (c,) in dbt.query("SELECT code FROM code_lists WHERE code_list = 'actor_rule'")}
    assert used <= listed
    assert {"actor.name", "actor.same_name", "actor.family_and_office"} <= used


def test_who_is_meant_follows_a_later_article_and_is_undone_with_it(dbt: Dbt, tmp_path: Path) -> None:
    loads = Loads(tmp_path / "loads")
    bare = said_by(1, "Mbuyi", "person", "CD", "spokesman")
    full = said_by(2, "Dieudonné Mbuyi", "person", "CD", "army spokesman")
    other = said_by(3, "Joseph Mbuyi", "person", "CD", "spokesman")
    query = "SELECT speaker_name, actor, actor_aliases.rule_id FROM fct_claims JOIN dim_actors USING (actor_id)"
    query += " JOIN actor_aliases USING (actor_alias_id) ORDER BY 1"
    seen = defaultdict(list)
    for number, text in enumerate((bare, full, other)):
        assert not failures(dbt.build([loads.add([text])], models=MODELS))
        seen[number] = dbt.query(query)
    name, office = "actor.name", "actor.family_and_office"
    assert seen[0] == [("Mbuyi", "Mbuyi", name)]
    assert seen[1] == [("Dieudonné Mbuyi", "Dieudonné Mbuyi", name), ("Mbuyi", "Dieudonné Mbuyi", office)]
    assert seen[2] == [
        ("Dieudonné Mbuyi", "Dieudonné Mbuyi", name),
        ("Joseph Mbuyi", "Joseph Mbuyi", name),
        ("Mbuyi", "Mbuyi", name),
    ]


def test_the_authority_file_wins_and_is_undone_with_its_entry(dbt: Dbt, tmp_path: Path) -> None:
    loads = Loads(tmp_path / "loads")
    texts = [
        said_by(1, "Issa Mbuyi", "person", "CD", "army spokesman"),
        said_by(2, "Colonel Flamme", "person", None, None),
        said_by(3, "Issa Mbuyi", "person", None, None),
        said_by(4, "Awa Diop", "person", "SN", "mayor"),
        said_by(5, "Awa Marie Diop", "person", "SN", "mayor"),
    ]
    query = "SELECT speaker_name, actor, dim_actors.side FROM fct_claims JOIN dim_actors USING (actor_id) ORDER BY 1, 2"
    load = loads.add(texts)
    assert not failures(dbt.build([load], *NO_TESTS, models=MODELS))
    ruled = dbt.query(query)
    assert ("Awa Diop", "Awa Marie Diop", "SN") in ruled
    assert ("Flamme", "Flamme", None) in ruled or ("Colonel Flamme", "Colonel Flamme", None) in ruled

    authority, rows = tmp_path / "actors.yml", tmp_path / "actors.json"
    authority.write_text(
        "actors:\n  - {name: Issa Mbuyi, also: [Colonel Flamme], side: M23}\n  - {name: Awa Diop, is_apart: true}\n"
    )
    rows.write_text(json.dumps(authority_rows(authority)))
    assert not failures(dbt.build([], models=MODELS, actors_file=str(rows)))
    edited = dbt.query(query)
    assert {(actor, side) for name, actor, side in edited if "Mbuyi" in name or "Flamme" in name} == {
        ("Issa Mbuyi", "M23")
    }
    assert ("Awa Diop", "Awa Diop", "SN") in edited
    assert ("Awa Marie Diop", "Awa Marie Diop", "SN") in edited

    assert not failures(dbt.build([], *NO_TESTS, models=MODELS))
    assert dbt.query(query) == ruled
