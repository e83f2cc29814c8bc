"""The catalogue refuses to load where it and the code do not agree."""

from __future__ import annotations

import pytest

from ingest.extract.dates.grammar import CatalogueError, Grammar
from ingest.extract.dates.lexer import lexicon, read_table


@pytest.fixture
def table():
    return read_table("rules.toml")


def test_a_rule_without_builder_is_refused(table):
    table["levels"][0]["rules"][0]["build"] = "nonesuch"
    with pytest.raises(CatalogueError, match="nonesuch"):
        Grammar(table)


def test_a_rule_that_stands_twice_is_refused(table):
    table["levels"][0]["rules"].append(table["levels"][0]["rules"][0])
    with pytest.raises(CatalogueError, match="twice"):
        Grammar(table)


def test_a_builder_without_rule_is_refused(table):
    table["levels"][-1]["rules"].pop()
    with pytest.raises(CatalogueError, match="without a rule"):
        Grammar(table)


def test_a_class_that_no_word_has_is_refused(table):
    table["levels"][0]["rules"][0]["patterns"].append("fortnightish iso")
    with pytest.raises(CatalogueError, match="fortnightish"):
        Grammar(table)


def test_words_stand_in_one_class_only():
    table = read_table("lexicon.toml")
    words = [w for entries in table["classes"].values() for w in entries] + table["literal"]
    assert len(words) == len(set(words))
    assert lexicon().triggers <= lexicon().vocabulary
