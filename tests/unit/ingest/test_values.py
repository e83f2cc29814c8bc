"""Values and copies of them."""

import dataclasses
from dataclasses import field

import pytest

from ingest.records import Span
from ingest.values import replace, value


@value(frozen=True, slots=True)
class _Kept:
    number: int
    word: str = "a"
    known: dict[str, int] = field(default_factory=dict, init=False, compare=False)


@value(frozen=True, slots=True)
class _One:
    number: int


def test_a_copy_is_the_librarys():
    span = Span(start=1, end=3, text="ab")
    assert replace(span, end=2, text="a") == dataclasses.replace(span, end=2, text="a")
    assert span == Span(start=1, end=3, text="ab")
    assert replace(_One(1), number=2) == _One(2)


def test_what_is_no_argument_is_made_anew():
    one = _Kept(1)
    one.known["a"] = 1
    other = replace(one, number=2)
    assert other == _Kept(2)
    assert other.known == {}


def test_a_field_that_is_none_is_refused():
    with pytest.raises(AttributeError):
        replace(_One(1), word="a")  # type: ignore[call-arg]
