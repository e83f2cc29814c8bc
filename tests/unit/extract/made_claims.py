"""Claims that tests make by hand, and who answers whom among them."""

from __future__ import annotations

from typing import Any

from ingest.extract.answers import with_answers
from ingest.records import Claim, EventMention, Span

Answers = list[tuple[str, str, str]]


def said(text: str, content: str, speaker: str | None, **values: Any) -> Claim:
    start = text.index(content)
    at = Span(start=start, end=start + len(content), text=content)
    given: dict[str, Any] = {
        "speaker": None,
        "speaker_name": speaker,
        "speaker_kind": "institution",
        "cue": None,
        "cue_class": "say",
        "speech": "indirect",
        "polarity": "affirmative",
        "stance": "neutral",
        "topic": "other",
        **values,
    }
    return Claim(
        char_start=at.start, char_end=at.end, exact=content, rule_id="test", confidence=1, content=(at,), **given
    )


def answers(claims: list[Claim], text: str = "", events: tuple[EventMention, ...] = ()) -> Answers:
    """Who answers whom by which rule."""
    found = with_answers(text, claims, events)
    return [
        (claim.speaker_name or "", found[link.index].speaker_name or "", link.rule_id)
        for claim in found
        for link in claim.links
        if link.kind == "claim"
    ]
