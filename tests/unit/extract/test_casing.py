"""Headlines in title case: which capitals the language model sees."""

from __future__ import annotations

import pytest

from ingest.extract.casing import sentence_cased
from ingest.extract.layout import lay_out

BODY = "\n\nAir strikes on a market in Homs killed six people on Monday, doctors said. The strikes hit at noon."
BODY_TITLE = "Air strikes kill six people in Homs market"


def cased(text):
    return sentence_cased(text, lay_out(text))


def test_words_that_the_body_writes_small_are_small():
    assert cased("Air Strikes Kill Six People In Homs Market" + BODY).startswith(BODY_TITLE)


def test_names_and_acronyms_keep_their_capitals():
    assert cased("UN Says Strikes Killed People In Homs" + BODY).startswith("UN Says strikes killed people in Homs\n")


def test_a_headline_in_sentence_case_is_left_alone():
    text = "Air strikes kill six people in Homs market" + BODY
    assert cased(text) == text


def test_a_repeated_headline_is_written_the_same():
    title = "Air Strikes Kill Six People In Homs Market"
    text = f"{title}\n\n02-03-2025 {title}. Air strikes on a market in Homs killed six people on Monday."
    assert "02-03-2025 Air strikes kill" in cased(text)


def test_offsets_stay():
    text = "İzmir Strikes Kill Six People In Homs Market" + BODY
    assert len(cased(text)) == len(text)


def test_empty():
    assert cased("") == ""


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("OFFICIALS WARN OSLO TALKS MAY FAIL", "officials warn Oslo talks may fail"),
        # what the other lines write in capitals stays so, and so does a line that is not in capitals
        ("NATO AND OSLO AGREE ON TALKS", "NATO and Oslo agree on talks"),
        ("NATO and OSLO agree on talks", "NATO and OSLO agree on talks"),
        ("OSLO TALKS MAY FAIL", "OSLO TALKS MAY FAIL"),
    ],
)
def test_a_line_in_capitals_is_read_in_small_letters(line: str, read: str) -> None:
    text = f"Talks in the north\n\nNATO said that Oslo will hold talks.\n\n{line}\n\nThe harbour of Oslo is closed."
    assert sentence_cased(text, lay_out(text)) == text.replace(line, read)
