"""Values are equal, hashed and copied by their fields, as frozen dataclasses are."""

from __future__ import annotations

import dataclasses
import pickle

from ingest.values import value


@value(frozen=True, slots=True)
class Point:
    x: int
    y: int = 0


@value(frozen=True, slots=True, kw_only=True)
class Named(Point):
    name: str


@value(frozen=True, slots=True, eq=False)
class Token:
    text: str


def test_values_of_equal_fields_are_equal_and_hashed_alike():
    assert Point(1) == Point(1, 0)
    assert len({Point(1), Point(1, 0), Point(2)}) == 2


def test_values_without_equality_are_themselves_alone():
    one = Token("a")
    assert one != Token("a")
    assert {one} == {one}


def test_values_are_copied_and_sent_to_other_processes():
    named = Named(x=1, y=2, name="a")
    assert dataclasses.replace(named, y=3) == Named(x=1, y=3, name="a")
    assert pickle.loads(pickle.dumps(named)) == named
    assert not hasattr(named, "__dict__")
