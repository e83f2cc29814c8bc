"""Reading gold rows, shared by the tests of the samples and of the articles of ``tests/gold``."""

from __future__ import annotations


def spans_of(value):
    """Every span in a row: whatever has start, end and text."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for v in value.values():
            yield from spans_of(v)
    elif isinstance(value, list):
        for v in value:
            yield from spans_of(v)
