"""Title, paragraphs, and lines that are no running text."""

from __future__ import annotations

import pytest

from ingest.extract.layout import is_furniture, lay_out


def blocks(text):
    return [text[b.start : b.end] for b in lay_out(text).blocks]


def test_single_breaks_end_paragraphs_in_news():
    text = "The mayor spoke for an hour in the old hall.\nNobody left before the end of it.\nThen it rained."
    assert blocks(text) == text.split("\n")


def test_single_breaks_only_wrap_hard_wrapped_text():
    text = (
        "The mayor spoke for an hour in the old hall of the town, and nobody\n"
        "left before the end of it, though the rain had begun to come through\n"
        "the broken roof.\n\nThen the lights went out and everybody went home through the\nmud of the square."
    )
    assert len(blocks(text)) == 2


@pytest.mark.parametrize(
    ("text", "is_title"),
    [
        ("Two villages without power\n\nThe line was cut at night.", True),
        ("Two Villages Left Without Power.\n\nThe line was cut at night.", True),
        ("The line was cut at night.\n\nIt was mended by noon.", False),
        ("A single line", False),
    ],
)
def test_title(text, is_title):
    layout = lay_out(text)
    assert layout.blocks[0].is_title is is_title
    assert (layout.title_end > 0) is is_title


@pytest.mark.parametrize(
    "line",
    [
        "Map: Deepstate",
        "Photo: the harbour at dawn",
        "A street in Izium (Illustrative photo: EPA)",
        "Jane Roe/AFP/Getty Images",
        "State News Agency via AP",
        "Sign up to the weekly letter",
        "Read more: what the treaty says",
        "Advertisement",
        "skip past newsletter promotion Sign up to the weekly letter Enter your email address " + "and read on " * 40,
        "We use cookies to protect the website, and the terms of service apply. after newsletter promotion",
    ],
)
def test_furniture(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "The map of the front has not changed.",
        "The photo shows a bridge near Kherson, the mayor said.",
        "Two killed in strike on harbour – Reuters",
        "He read more than the report.",
        "The ship was owned by a firm in Piraeus, according to Reuters",
    ],
)
def test_running_text(line):
    assert not is_furniture(line)


def test_empty():
    assert lay_out("").blocks == []
    assert lay_out(" \n \n").blocks == []


def test_line_separators_end_paragraphs():
    text = "Joint Command\u2028For Immediate Release\u2028KABUL, Afghanistan (March 3) - A force detained two men."
    assert len(lay_out(text).blocks) == 3


def test_no_line_is_joined_to_the_title():
    title = "Rebels storm the northern town of Birka after a long siege"
    text = f"{title}\nby Jane Roe\n\nThe town fell at noon.\nIts mayor had left.\nNobody was hurt.\nIt was quiet."
    assert blocks(text)[:2] == [title, "by Jane Roe"]


def test_a_sentence_that_goes_on_is_joined():
    text = (
        "Birka has fallen\nThe mayor spoke for an hour in the old hall of the town, and nobody\n"
        "left before the end.\nIt rained.\nThen he went.\nThe rest stayed.\nIt was quiet."
    )
    assert blocks(text)[1].endswith("left before the end.")
