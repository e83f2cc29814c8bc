"""Where a claim is told: its content, with the cue of accusations and denials."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.resolve.accounts.claim_statements import told_span

# "The mayor blamed the army for it": the content is "it"
CLAIM: dict[str, Any] = {"char_start": 30, "char_end": 32, "cue_start": 10, "cue_end": 16}


@pytest.mark.parametrize(
    ("cue_class", "more", "span"),
    [
        ("accuse", {}, (10, 32)),
        ("deny", {"cue_start": 40, "cue_end": 46}, (30, 46)),
        ("deny", {"cue_start": None, "cue_end": None}, (30, 32)),
        ("say", {}, (30, 32)),
        (None, {}, (30, 32)),
    ],
)
def test_the_cue_belongs_to_accusations_and_denials(
    cue_class: str | None, more: dict[str, Any], span: tuple[int, int]
) -> None:
    assert told_span({**CLAIM, "cue_class": cue_class, **more}) == span
