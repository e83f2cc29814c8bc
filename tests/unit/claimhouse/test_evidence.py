"""A fact in its sentence."""

from __future__ import annotations

from claimhouse.evidence import Piece, Span, marked, spans_of, window

TEXT = "First one. Hrytsenko said the town held. Last one."


def at(words: str, role: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), role)


def test_window_is_the_sentence() -> None:
    start, end = window(TEXT, [at("said", "cue")])
    assert TEXT[start:end].strip() == "Hrytsenko said the town held."


def test_pieces_give_the_sentence_back_with_its_parts_named() -> None:
    pieces = marked(TEXT, [at("the town held", "content"), at("Hrytsenko", "speaker"), at("said", "cue")])
    assert "".join(p.text for p in pieces) == "Hrytsenko said the town held."
    assert [(p.text, p.role) for p in pieces if p.role] == [
        ("Hrytsenko", "speaker"),
        ("said", "cue"),
        ("the town held", "content"),
    ]


def test_where_spans_overlap_no_character_is_lost_or_doubled() -> None:
    pieces = marked(TEXT, [at("Hrytsenko said the", "content"), at("said", "cue"), at("the town held", "content")])
    assert "".join(p.text for p in pieces) == "Hrytsenko said the town held."
    assert Piece("Hrytsenko said the", "content") in pieces
    assert Piece(" town held", "content") in pieces


def test_spans_of_a_claim_and_of_a_figure() -> None:
    claim = {
        "content_spans": [{"start": 5, "end": 9}],
        "char_start": 5,
        "char_end": 9,
        "speaker_start": 0,
        "speaker_end": 3,
        "cue_start": None,
    }
    assert spans_of(claim) == [Span(5, 9, "content"), Span(0, 3, "speaker")]
    assert spans_of({"char_start": 1, "char_end": 4}) == [Span(1, 4, "evidence")]
