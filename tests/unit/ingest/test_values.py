"""Values are equal, hashed and copied by their fields, as frozen dataclasses are."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import field

import pytest

from ingest.values import replace, value


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


@value(frozen=True, slots=True)
class Read:
    number: int
    known: dict[str, int] = field(default_factory=dict, init=False, compare=False)


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


def test_a_value_like_another_is_the_one_that_the_library_makes():
    named = Named(x=1, y=2, name="a")
    assert replace(named, y=3) == dataclasses.replace(named, y=3)
    assert replace(Token("a"), text="b").text == "b"
    assert named == Named(x=1, y=2, name="a")


def test_what_is_no_argument_of_a_value_is_made_anew():
    one = Read(1)
    one.known["a"] = 1
    assert replace(one, number=2) == Read(2)
    assert replace(one, number=2).known == {}


def test_a_field_that_a_value_has_not_is_refused():
    with pytest.raises(AttributeError):
        replace(Token("a"), name="b")  # type: ignore[call-arg]
