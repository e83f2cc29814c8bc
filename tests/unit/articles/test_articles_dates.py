"""Dates as documents state them, and which of them is believed."""

from datetime import UTC, date, datetime

import pytest
from article_reading import read
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.articles.dateline import agency, dateline, dateline_stamp
from ingest.articles.dates import choose, date_in_name, date_in_url, moment_of, read_stamp
from ingest.articles.draft import Stamp

NOON = datetime(2025, 11, 27, 12, tzinfo=UTC)
DAY = date(2025, 11, 27)


@pytest.mark.parametrize(
    "value",
    [
        "2025-11-27",
        "2025-11-27T10:15:00Z",
        "2025-11-27T10:15:00.123+02:00",
        "2025-11-27 10:15",
        "2025-11-27T10:15:00+0200",
        "20251127",
        20251127,
        "2025/11/27",
        "Thu, 27 Nov 2025 10:15:00 GMT",
        "27 November 2025",
        "November 27, 2025",
        "Nov. 27th, 2025",
        "Published on 27-Nov-2025 at noon",
        "27.11.2025",
        "27/11/2025",
        "11/27/2025",
        1764237600,
        1764237600000,
        "1764237600",
        DAY,
        NOON,
        "2025-W48-4",
    ],
)
def test_a_day_is_read_in_every_usual_form(value):
    assert read_stamp(value).day == DAY


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "yesterday",
        "11/10/2025",
        "2025-13-45",
        "2025-02-30",
        True,
        7,
        12.5,
        -1,
        1e308,
        float("nan"),
        float("inf"),
        "0",
        "99999999999999999999",
        [],
        {},
        "2025",
        "November 2025",
        "٢٠٢٥",
        "²⁰²⁵-11-27",
        "Mon, 00 Foo 0000",
        ":,",
        "27 Smarch 2025",
        "²",
    ],
)
def test_what_is_no_day_or_two_is_not_read(value):
    assert read_stamp(value) is None


@given(st.one_of(st.text(max_size=60), st.floats(), st.integers(), st.from_regex(r"[0-9./:TZ, -]{0,30}")))
@settings(max_examples=150, deadline=None)
def test_reading_never_fails(value):
    assert read_stamp(value) is None or isinstance(read_stamp(value), Stamp)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://x.example/2025/11/27/strike", DAY),
        ("https://x.example/news/2025-11-27-strike.html", DAY),
        ("https://x.example/2025/nov/27/strike", DAY),
        ("https://x.example/strike-20251127/", DAY),
        ("https://x.example/a/20251127", DAY),
        ("https://x.example/2025/11/strike", None),
        ("https://x.example/id/2025112799", None),
        ("https://x.example/2025/13/27/x", None),
        ("https://x.example/", None),
        (None, None),
    ],
)
def test_days_in_addresses(url, day):
    found = date_in_url(url)
    assert (found and found.day) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("a/2025-11-27-strike.txt", DAY),
        ("strike_20251127.html.gz", DAY),
        ("2025_11_27.md", DAY),
        ("v2025-11-27b.txt", None),
        ("x.txt", None),
    ],
)
def test_days_in_names(name, day):
    found = date_in_name(name)
    assert (found and found.day) == day


def chosen(*stamps):
    warnings = []
    return (*choose(stamps, NOON, warnings), warnings)


def test_the_best_place_wins_whatever_the_order():
    assert chosen(("url", Stamp(date(2025, 11, 26))), ("json_ld", Stamp(DAY))) == (DAY, "json_ld", [])


def test_a_disagreement_over_more_than_a_day_is_a_warning():
    day, where, warnings = chosen(("meta", Stamp(DAY)), ("url", Stamp(date(2025, 11, 20))))
    assert (day, where) == (DAY, "meta")
    assert warnings == ["dates_disagree: 2025-11-27 (meta), 2025-11-20 (url)"]


def test_a_day_after_fetching_is_not_believed_and_the_next_place_is_asked():
    day, where, warnings = chosen(("meta", Stamp(date(2025, 11, 28))), ("url", Stamp(date(2025, 11, 20))))
    assert (day, where, warnings) == (date(2025, 11, 20), "url", ["date_in_future: 2025-11-28 (meta)"])
    assert chosen(("field", Stamp(date(9999, 12, 31))))[:2] == (None, None)
    assert chosen(("field", Stamp(date(1, 1, 1))))[:2] == (None, None)


def test_an_hour_that_is_still_to_come_is_a_wrong_time_zone_and_no_wrong_day():
    assert chosen(("meta", Stamp(DAY, datetime(2025, 11, 27, 13, tzinfo=UTC))))[0] == DAY


def test_where_tomorrow_has_begun_already_the_day_in_utc_counts():
    stamp = read_stamp("2025-11-28T01:30:00+14:00")
    assert chosen(("meta", stamp))[0] == DAY


@pytest.mark.parametrize(
    ("body", "place", "credited"),
    [
        ("KYIV, Nov 27 (Reuters) - Three drones fell.", "KYIV", "Reuters"),
        ("MOSCOW (AP) — Three drones fell.", "MOSCOW", "AP"),
        ("ST. PETERSBURG, Russia, November 26, 2025 (AFP) – Three drones fell.", "ST. PETERSBURG", "AFP"),
        ("KHARKIV, Ukraine — Three drones fell.", "KHARKIV", None),
        ("Kyiv, 27 November (Ukrinform) – Three drones fell.", "Kyiv", "Ukrinform"),
        ("(Reuters) - Three drones fell.", None, "Reuters"),
        ("GENEVA/KYIV, Nov 27 (Reuters) - Three drones fell.", "GENEVA/KYIV", "Reuters"),
        ("Three drones fell.\n\nReuters", None, "Reuters"),
        ("Three drones fell.\n\n© 2025 The Associated Press. All rights reserved.", None, "AP"),
        ("Source: Interfax-Ukraine\n\nThree drones fell.", None, "Interfax-Ukraine"),
        ("UPDATE: Three drones fell.", None, None),
        ("BREAKING - Three drones fell.", None, None),
        ("The mayor told Reuters that three drones fell.", None, None),
        ("Oleh (a neighbour) - he saw it - ran.", None, None),
    ],
)
def test_datelines_and_credits(body, place, credited):
    assert (dateline(body).place, agency(body)) == (place, credited)


def test_an_agency_s_own_article_credits_none():
    assert agency("KYIV, Nov 27 (Reuters) - Three drones fell.", publisher="Reuters") is None
    assert agency("Three drones fell.", author="By JANE ROE, Associated Press") == "AP"


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Nov 27", DAY),
        ("27 November", DAY),
        ("Nov. 26, 2025", date(2025, 11, 26)),
        ("Nov 28", None),
        ("March 3", None),
        (None, None),
    ],
)
def test_the_day_of_a_dateline_is_the_last_such_day(stated, day):
    found = dateline_stamp(stated, DAY)
    assert (found and found.day) == day


@pytest.mark.parametrize(
    ("stated", "near", "day"),
    [
        ("Nov 4", date(2023, 11, 5), date(2023, 11, 4)),
        ("Dec. 31", date(2024, 1, 1), date(2023, 12, 31)),
        ("Jan 1", date(2023, 12, 31), date(2024, 1, 1)),
        ("4 November", date(2024, 6, 1), date(2024, 11, 4)),
        ("Feb 29", date(2024, 3, 1), date(2024, 2, 29)),
        ("Feb 29", date(2022, 3, 1), None),
        ("Nov 28", date(2025, 11, 27), date(2024, 11, 28)),  # tomorrow has not been
        ("Nov 4, 2021", date(2023, 11, 5), date(2021, 11, 4)),
    ],
)
def test_a_dateline_without_a_year_is_nearest_to_the_date_stated_elsewhere(stated, near, day):
    found = dateline_stamp(stated, DAY, near)
    assert (found and found.day) == day


def test_an_old_article_and_its_dateline_agree():
    article = read(
        "2023-11-05-drones.txt", "Drones fall\n\nKYIV, Nov 4 (Reuters) - Three drones fell on the outskirts, he said."
    )
    assert (article.published_date, article.published_date_source) == (date(2023, 11, 4), "dateline")
    assert article.warnings == "[]"


def test_a_dateline_dates_an_article_that_states_nothing_else():
    article = read(
        "a.txt", "Drones fall\n\nKYIV, Nov 27 (Reuters) - Three drones fell on the outskirts, the mayor said."
    )
    assert (article.published_date, article.published_date_source) == (DAY, "dateline")
    assert (article.dateline_place, article.agency) == ("KYIV", "Reuters")


def test_the_publication_of_a_feed_counts():
    article = read("a.txt", "Three drones fell, he said.", published="2025-11-27T08:00:00Z", url="https://n.example/1")
    assert (article.published_date, article.published_date_source) == (DAY, "feed")
    assert article.url == "https://n.example/1"


def test_the_moment_of_a_publication_is_the_hour_stated_else_the_beginning_of_its_day() -> None:
    stamps = [("dateline", "2025-11-27"), ("field", "2025-11-27T01:30:00+02:00"), ("feed", "2025-11-27T09:00:00Z")]
    read = [(where, stamp) for where, text in stamps if (stamp := read_stamp(text))]
    assert moment_of(date(2025, 11, 27), read) == datetime(2025, 11, 26, 23, 30, tzinfo=UTC)
    assert moment_of(date(2025, 11, 27), read[:1]) == datetime(2025, 11, 27, tzinfo=UTC)
    assert moment_of(date(2025, 11, 25), read) == datetime(2025, 11, 25, tzinfo=UTC), "the hours are of another day"
    assert moment_of(None, read) is None
