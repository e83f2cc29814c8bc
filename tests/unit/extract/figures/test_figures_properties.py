"""What holds for the figures of any text."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.extract.analysis import Analysis
from ingest.extract.base import Found, check_spans
from ingest.extract.figures import FigureExtractor
from ingest.extract.figures.lexicon import rules
from ingest.extract.figures.numerals import vocabulary
from ingest.records import BOUNDS, FIGURE_KINDS, STATUSES, DateMention, Figure

WORDS = [
    *sorted(vocabulary()),
    "about", "at", "least", "more", "than", "up", "to", "between", "from", "or", "including", "people", "drones",
    "killed", "were", "km", "tonnes", "dollars", "percent", "%", "$", "€", "£", "°C", "T-72", "years", "old",
    "aged", "per", "day", "12", "1,200", "3.5", "40-50", "2014", "1/2", "½", "0", "-", "–", "(", ")", ",", ".",
    "\n\n", "No.", "Kharkiv", "13m", "5bn", "7am", "05:40", "+380", "~", "≥", "±", "e5", "1e9", "10^3", "'", "5'",
    "”", "th", "-strong", "²",
]  # fmt: skip
salads = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
glued = st.lists(st.sampled_from(WORDS), max_size=25).map("".join)
texts = st.one_of(st.text(max_size=120), salads, glued)
few = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@few
@given(text=texts)
def test_any_text_gives_sound_figures(
    text: str, analyse: Callable[[str], Analysis], extractor: FigureExtractor
) -> None:
    figures = extractor.extract(analyse(text), Found())
    check_spans(text, figures)
    _check(figures)


def _check(figures: list[Figure]) -> None:
    end = -1
    for k, f in enumerate(figures):
        assert f.char_start >= end, "figures do not overlap and stand in order"
        end = f.char_end
        assert f.low is not None or f.high is not None
        assert f.low is None or f.high is None or f.low <= f.high
        for value in (f.low, f.high, f.best, f.si_low, f.si_high):
            assert value is None or abs(value) < 1e300
        assert f.bound in BOUNDS
        assert f.kind in FIGURE_KINDS
        assert f.status is None or f.status in STATUSES
        assert f.rule_id in rules()
        assert 0 <= f.confidence <= 1
        assert f.part_of is None or (0 <= f.part_of < len(figures) and f.part_of != k)
        assert (f.vague_word is not None) >= (f.bound == "vague")


@few
@given(text=salads, data=st.data())
def test_no_figure_overlaps_a_date_that_was_found(
    text: str, data: st.DataObject, analyse: Callable[[str], Analysis], extractor: FigureExtractor
) -> None:
    if len(text) < 4:
        return
    start = data.draw(st.integers(0, len(text) - 3))
    end = data.draw(st.integers(start + 1, min(len(text), start + 20)))
    mention = DateMention(
        char_start=start,
        char_end=end,
        exact=text[start:end],
        rule_id="d",
        confidence=1.0,
        timex_type="DATE",
        value=None,
    )
    figures = extractor.extract(analyse(text), Found(dates=[mention]))
    _check(figures)
    assert not [f for f in figures if f.char_start < end and start < f.char_end]


def test_broken_text_and_capitals_do_no_harm(analyse: Callable[[str], Analysis], extractor: FigureExtractor) -> None:
    rng = random.Random(7)
    noise = bytes(rng.randrange(256) for _ in range(4000)).decode("latin-1")
    for text in [
        "",
        " ",
        "\n\n",
        "\x00",
        noise,
        "AT LEAST 40 KILLED IN KHARKIV " * 20,
        "no punctuation at all " * 50 + "12",
        "9" * 5000,
        "1,000," * 500,
    ]:
        _check(extractor.extract(analyse(text), Found()))


def test_the_same_text_gives_the_same_figures(analyse: Callable[[str], Analysis], extractor: FigureExtractor) -> None:
    text = "At least 40 of the 200 drones, including nine decoys, were shot down over Odesa, officials said."
    assert extractor.extract(analyse(text), Found()) == FigureExtractor().extract(analyse(text), Found())


def test_the_publication_date_changes_nothing(extractor: FigureExtractor, analyse: Callable[..., Analysis]) -> None:
    text = "Some 300 people fled in 2022 and 12 more on 5 May."
    early, late = analyse(text, date(2022, 6, 1)), analyse(text, date(2025, 6, 1))
    assert extractor.extract(early, Found()) == extractor.extract(late, Found())
