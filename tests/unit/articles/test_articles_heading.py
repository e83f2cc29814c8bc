"""The days that the lines above a text state, and the names that exports give to publishers."""

from datetime import date

import pytest
from article_reading import read, source
from lxml.html import fromstring

from ingest.articles.heading import date_line, head_lines, read_heading
from ingest.articles.metadata import read_metadata

BODY = "Two warehouses near the station burned out on Friday, the mayor of the town said to reporters."


def published(text):
    article = read("a.jsonl", {"text": text})
    return article.published_date, article.published_date_source


@pytest.mark.parametrize(
    ("text", "day", "where"),
    [
        # a date in brackets
        (f"HERAT, Afghanistan (Jan. 5, 2013) – {BODY}", date(2013, 1, 5), "dateline"),
        (f"HERAT, Afghanistan (Jan. 5, 2013)\n{BODY}", date(2013, 1, 5), "dateline"),
        (f"HERAT, Afghanistan (January 5,2013) –\n{BODY}", date(2013, 1, 5), "dateline"),
        (f"Herat, Afghanistan (5 January 2013) — {BODY}", date(2013, 1, 5), "dateline"),
        (f"KHARKIV, November 29, 2025 — {BODY}", date(2025, 11, 29), "dateline"),
        (f"GENEVA — 29 November 2025 — {BODY}", date(2025, 11, 29), "dateline"),
        (f"Geneva, 29 November 2025 – {BODY}", date(2025, 11, 29), "dateline"),
        # below the lines of a release; the release number gives the year
        (f"2012-08-P-031\nFor Immediate Release\n\nHERAT, Afghanistan (Aug. 14)\n{BODY}",
         date(2012, 8, 14), "dateline"),
        (f"Raids in the West\nJoint Office\n2011-01-PA-002\nHERAT, Afghanistan (Dec. 31) - {BODY}",
         date(2010, 12, 31), "dateline"),
        (f"May 11: Patrols in the West\n2010-05-PA-039\n\n{BODY}", date(2010, 5, 11), "page_text"),
        (f"Regional Command Evening Update, March 24, 2011\nJoint Office\n\n{BODY}", date(2011, 3, 24), "text_head"),
        (f"Report of the Mission based on information received as of 27 May 2016\n\n{BODY}",
         date(2016, 5, 27), "page_text"),
        # a line of its own
        (f"Warehouses burn\nPublished: Saturday, 29 November 2025, 14:30 EET\n\n{BODY}",
         date(2025, 11, 29), "page_text"),
        # a stamp that runs on into the text
        (f"Published November 29 2025 {BODY}", date(2025, 11, 29), "text_head"),
        (f"Last updated at Nov 292025 LYMAN {BODY}", date(2025, 11, 29), "text_head"),
        (f"29.11.2025(updated 1954 29.11.2025) Get short URL {BODY}", date(2025, 11, 29), "text_head"),
        (f"Warehouses burn out Mayor Vesti Saturday 29 Nov 2025 {BODY}", date(2025, 11, 29), "text_head"),
        (f"Posted on November 29 2025 by Olha Kravets {BODY}", date(2025, 11, 29), "text_head"),
        # below an editor's note; before the name of a publisher
        (f"[This is like the raid of May.]\n\nEvening Update, March 24, 2011\n\n{BODY}",
         date(2011, 3, 24), "text_head"),
        (f"Report as of 27 May 2016 - Mission\n\n{BODY}", date(2016, 5, 27), "page_text"),
        # in the year of a whole date of the text
        (f"KHARKIV, Nov 29 (Vesti) - {BODY} The pact is of November 17, 2014.", date(2014, 11, 29), "dateline"),
        (f"Warehouses burn\nBy Olha Kravets | November 29, 2025\n\n{BODY}", date(2025, 11, 29), "page_text"),
    ],
)  # fmt: skip
def test_the_head_of_a_text_states_its_day(text, day, where):
    assert published(text) == (day, where)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"HERAT, Afghanistan (Jan. 5) – {BODY}",  # of which year?
        f"The siege of 5 May 2022\n\n{BODY}",
        f"Remembering the flood of 11 July 1995\n\n{BODY}",
        f"A report on the battle of May 5, 2022\n\n{BODY}",
        f"2012-08-P-031\nFor Immediate Release\n\n{BODY}",  # a month is no day
        f"Olha Kravets (May 5, 2022)\n\n{BODY}",
        f"{BODY}\n\nPublished: 29 November 2025",
        "On November 29, 2025 two warehouses near the station burned out, the mayor of the town said to reporters.",
        "The fire of November 29, 2025 Mayor Kravets called a crime, as he said to the reporters of the town.",
    ],
)
def test_other_dates_near_the_head_are_not_the_day_of_publication(text):
    assert published(text) == (None, None)


def test_what_a_field_states_comes_first():
    article = read("a.jsonl", {"text": f"HERAT, Afghanistan (Jan. 5) – {BODY}", "published": "2013-01-06"})
    assert (article.published_date, article.published_date_source) == (date(2013, 1, 6), "field")
    assert article.warnings == "[]"


def test_a_day_that_the_text_opens_with_wins_over_that_of_an_archive():
    article = read("a.jsonl", {"text": f"Published November 29 2025 {BODY}", "published": "2025-11-14"})
    assert (article.published_date, article.published_date_source) == (date(2025, 11, 29), "text_head")
    assert "dates_disagree: 2025-11-29 (text_head), 2025-11-14 (field)" in article.warnings


def test_the_place_of_a_dateline_below_a_heading():
    text = f"Raids in the West\nJoint Office\n\nHERAT, Afghanistan (Jan. 5, 2013) – {BODY}"
    assert read("a.jsonl", {"text": text}).dateline_place == "HERAT"
    assert read_heading(None, f"Raids in the West\nPHOTO ESSAY - {BODY}").dateline.place is None


def test_the_head_ends_with_the_first_paragraph():
    assert head_lines(f"One\n\nTwo\n{BODY}\nThree") == ["One", "Two", BODY]


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("29 November 2025", "29 November 2025"),
        ("Nov. 29th, 2025", "Nov. 29th, 2025"),
        ("2025-11-29", "2025-11-29"),
        ("Posted on 29.11.2025 at 14:30", "29.11.2025"),
        ("For release: 29 November 2025", "29 November 2025"),
        ("Olha Kravets, 29 November 2025", "29 November 2025"),
        ("The strike of 29 November 2025", None),
        ("He was born on 29 November 2025.", None),
        ("Updated prices", None),
        ("29 November people", None),
    ],
)
def test_a_line_that_is_a_date(line, stated):
    assert date_line(line) == stated


@pytest.mark.parametrize(
    "text",
    [
        f"Warehouses burn in Lyman\n29 November 2025\n\n{BODY}",
        f"Warehouses burn in Lyman\n\nPublished: 29 November 2025, 09:10\n\n{BODY}",
        f"November 29, 2025\nWarehouses burn in Lyman\n\n{BODY}",
        f"Date: 29 November 2025\n\nWarehouses burn in Lyman\n{BODY}",
        f"Warehouses burn in Lyman\n29 November 2025\n{BODY}",
    ],
)
def test_a_text_written_by_hand_has_its_title_and_day(text):
    article = read("a.txt", text)
    assert (article.title, article.published_date) == ("Warehouses burn in Lyman", date(2025, 11, 29))
    assert (article.text, article.published_date_source) == (f"Warehouses burn in Lyman\n\n{BODY}", "header")


def test_a_title_that_ends_like_a_sentence_is_one_above_a_date():
    article = read("a.txt", f"“We saw it burn.”\n29 November 2025\n\n{BODY}")
    assert article.title == "“We saw it burn.”"


def test_a_text_of_nothing_but_a_date_line_keeps_it():
    assert read("a.txt", "29 November 2025").text == "29 November 2025"


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("www.southern.example", "southern.example"),
        ("https://www.Southern.example/", "southern.example"),
        ("southern.example", "southern.example"),
        ("Southern Post", "Southern Post"),
        ("@southern", None),
        ("www.north.example", "Northern Post"),
    ],
)
def test_a_publisher_named_by_its_address(stated, name):
    assert read("a.jsonl", {"text": BODY, "publisher": stated}, source=source()).publisher == name


def test_a_page_whose_site_name_is_its_address():
    page = '<html><head><meta property="og:site_name" content="www.southern.example"></head><body></body></html>'
    assert read_metadata(fromstring(page)).publisher == "southern.example"
