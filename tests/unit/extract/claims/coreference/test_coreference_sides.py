"""Whose side words name: states, camps that are none, and bodies that are nobody's."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ingest.extract.claims.coreference.actors import demonyms
from ingest.extract.claims.coreference.identity import identify, well_known_persons
from ingest.extract.claims.coreference.sides import body_side, camps, narrower, side_of
from ingest.extract.lexicon import listed_actors, toml
from ingest.extract.pipeline import Pipeline

SEED = Path(__file__).resolve().parents[5] / "dbt_project" / "seeds" / "code_lists.csv"


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(kinds=("dates", "figures", "locations", "claims"))


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("Russian envoy", "RU"),
        ("a spokesman for the RSF", "RSF"),
        ("Lebanese Hezbollah official", "HEZBOLLAH"),
        ("Syrian opposition activist", "SY-OPP"),
        ("Jaysh al-Islam fighters", "SY-OPP"),
        ("a commander of the Army of Islam", "SY-OPP"),
        ("scholars of Islam and the army", None),
        ("Sudanese rebel leader", None),
        ("Iranian-backed militia", None),
        ("talks between Ukrainian and Russian officers", None),
        ("UK-based company", None),
        ("envoys of Hamas and Islamic Jihad", None),
        ("Ukrainian opposition leader", None),
        ("Ukrainian rebels", "DPR-LPR"),
        ("Russian scholar", None),
        ("the Pakistani Taliban", "TTP"),
        ("Abu Sayyaf gunmen", "ABU-SAYYAF"),
        ("a Tamil Tiger unit", "LTTE"),
        ("Bosnian Serb forces", "BOSNIAN-SERBS"),
        ("Colombian FARC dissidents", "FARC"),
        ("Guatemalan officials", "GT"),
    ],
)
def test_words_name_a_side(words, side):
    assert side_of(words) == side


def test_a_camp_that_is_one_body_is_one_actor_under_all_its_names():
    full, short = (identify(name, "group", None) for name in ("Revolutionary Armed Forces of Colombia", "FARC"))
    assert full.key == short.key
    assert (full.side, short.side) == ("FARC", "FARC")


@pytest.mark.parametrize(
    "name", ["Syrian Observatory for Human Rights", "Ukrainian Helsinki Union", "Kyiv School Network"]
)
def test_a_demonym_in_an_independent_bodys_name_is_not_its_side(name):
    assert body_side(name) is None
    assert identify(name, "institution", None).side is None


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [("SD", "RSF", "RSF"), ("RSF", "SD", "RSF"), ("SD", "M23", None), (None, "UA", "UA"), ("UA", "UA", "UA")],
)
def test_a_camp_is_narrower_than_the_state_that_it_fights_in(one, other, both):
    assert narrower(one, other) == both


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        # whose ministry and whose movement it is, the text says elsewhere
        (
            "The Russian Defence Ministry hit a depot. The ministry's spokesman, Major Igor Tarsky, said it burned.",
            {"Igor Tarsky": "RU"},
        ),
        ("The Congolese army left. Jean Roe, a colonel of the army, said the rebels had fled.", {"Jean Roe": "CD"}),
        # an office of the state is that of its place
        (
            "A bus left Odesa. Kharkiv governor Oleh Tarsky said that the bridge at Odesa was shut.",
            {"Oleh Tarsky": "UA"},
        ),
        ("Three towns burned. The police in Odesa said that a man was held.", {"the police in Odesa": "UA"}),
        ("Ryazan region Governor Ivan Tarsky said nobody was hurt.", {"Ivan Tarsky": "RU"}),
        ("The governor of the Belgorod region, Ivan Tarsky, said two had died.", {"Ivan Tarsky": "RU"}),
        ("The deputy governor of South Kivu, Jean Roe, said two had died.", {"Jean Roe": "CD"}),
        ("Donetsk region governor Oleh Tarsky said two had died.", {"Oleh Tarsky": "UA"}),
        # but not of a town that others hold, nor what is a person's
        ("Donetsk mayor Ivan Tarsky said two had died.", {"Ivan Tarsky": None}),
        (
            "Kharkiv, Odesa and Poltava lay in the dark. Jane Roe's administration said it would send help.",
            {"Jane Roe's administration": None},
        ),
        # and where an envoy is sent, or who is against somebody, is not whose he is
        ("Carl Roe, the ambassador to Seoul, said talks had failed.", {"Carl Roe": None}),
        ("Ivan Roe, a trader indicted by the United States, said talks had failed.", {"Ivan Roe": None}),
        # unless another has put it there
        ("Kherson's occupation administrator, Ivan Tarsky, said that the dam was whole.", {"Ivan Tarsky": None}),
        ("Jane Roe, a teacher in Odesa, said that the dam was whole.", {"Jane Roe": None}),
    ],
)
def test_an_office_has_the_side_of_whose_it_is(pipeline, text, sides):
    claims = pipeline.extract(text).claims
    assert {c.speaker_name: c.speaker_side for c in claims if c.speaker_name in sides} == sides


def test_a_listed_body_of_no_side_takes_none_from_where_it_is_based(claims_of):
    text = "The British-based monitor, the Syrian Observatory for Human Rights, said two had died."
    assert [(c.speaker_name, c.speaker_side) for c in claims_of(text)] == [
        ("Syrian Observatory for Human Rights", None)
    ]


def test_many_without_a_name_are_no_person(claims_of):
    texts = ("Prosecutors said two died.", "Kivu Solidarity said two died.", "ClearRoad said two mines remain.")
    assert [c.speaker_kind for text in texts for c in claims_of(text)] == ["group", "institution", "institution"]


def test_every_side_is_listed_with_its_origin():
    with SEED.open(encoding="utf-8", newline="") as file:
        listed = {row["code"]: row for row in csv.DictReader(file) if row["code_list"] == "side"}
    rows = [
        row["code"] for row in csv.DictReader(SEED.open(encoding="utf-8", newline="")) if row["code_list"] == "side"
    ]
    assert len(rows) == len(set(rows))  # a camp has no state's code
    used = {a["side"] for a in listed_actors() if "side" in a}
    used |= {p.side for p in well_known_persons().values() if p.side}
    used |= set(camps().values()) | set(demonyms().values())
    assert used == set(listed)
    for camp in toml("camps.toml")["camp"]:
        assert listed[camp["code"]]["origin"] == camp["source"]
