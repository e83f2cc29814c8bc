"""What holds of dates for any text whatever."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.extract.base import check_spans
from ingest.extract.dates.lexer import lexicon

SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
DIGITS = [
    "1", "3", "12", "24", "31", "45", "99", "1999", "2022", "9999", "0000", "1st", "31st", "99th", "3:40", "25:99",
    "1990s", "'90s", "1.5", "2022-11-27", "2022-13-45", "11/27/2025", "99/99/9999", "’98", "Q3", "20220101", "2015-12",
    "1000000000000", "$", "%", "\n\n", "\x00", "\u202e", "٣",
]  # fmt: skip
WORDS = sorted(lexicon().vocabulary) + DIGITS
DAYS = st.one_of(st.none(), st.dates(), st.just(date.min), st.just(date.max), st.just(date(2024, 2, 29)))
# expressions whose value is told by publication alone
RELATIVE = [
    "today", "yesterday", "the day before yesterday", "last night", "overnight", "on Monday", "on Friday",
    "last Tuesday", "last week", "this week", "next week", "two days ago", "a week ago", "three weeks ago",
    "over the weekend", "in the past 24 hours", "tomorrow morning", "next Thursday",
]  # fmt: skip


def _check(text, found):
    check_spans(text, found)
    for mention in found:
        assert (mention.start_date is None) == (mention.end_date is None)
        assert mention.start_date is None or mention.start_date <= mention.end_date
        assert mention.exact == mention.exact.strip()
        assert 0 <= mention.confidence <= 1
    assert all(a.char_end <= b.char_start for a, b in pairwise(found))


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(text=st.text(max_size=300), dct=DAYS)
def test_any_text(text, dct, dates):
    _check(text, dates(text, dct))


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(
    words=st.lists(st.sampled_from(WORDS), max_size=30), joint=st.sampled_from([" ", "  ", "\n", "-", ", "]), dct=DAYS
)
def test_any_run_of_temporal_words(words, joint, dct, dates):
    text = joint.join(words)
    _check(text, dates(text, dct))
    _check(text.title(), dates(text.title(), dct))


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(
    words=st.sampled_from(RELATIVE),
    dct=st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 1)),
)
def test_a_week_later_relative_days_are_a_week_later(words, dct, dates):
    text = f"The depot was hit {words}, the mayor said."
    week = timedelta(days=7)
    before, after = dates(text, dct), dates(text, dct + week)
    assert before
    assert [m.exact for m in before] == [m.exact for m in after]
    for a, b in zip(before, after, strict=True):
        assert a.start_date is not None
        assert (b.start_date, b.end_date) == (a.start_date + week, a.end_date + week)


def test_the_same_text_gives_the_same_dates(dates):
    text = "On 5 May the fort fell; two days later, on Monday, it was retaken. In the 1990s it was a school."
    assert dates(text, date(2025, 11, 27)) == dates(text, date(2025, 11, 27))


def test_a_long_run_of_numbers_takes_no_time_to_speak_of(dates):
    text = "12 " * 20_000 + "May 2022 " * 2_000
    assert dates(text, date(2025, 11, 27))


def test_capitals_are_read_too(dates):
    found = dates("SHELLING ON 14 NOVEMBER 2024 KILLED TWO", date(2025, 11, 27))
    assert [m.value for m in found] == ["2024-11-14"]
