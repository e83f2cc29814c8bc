"""Each format gives the same article: title, a blank line, the body, and what it states about itself."""

import bz2
import gzip
import io
import json
import lzma
import zipfile
from datetime import date

import pytest
import zstandard
from article_reading import FETCHED, read, read_all, refused, source
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ingest.articles import ArticleDraft, Rejection
from ingest.records import REJECT_REASONS
from ingest.settings import Settings
from ingest.tables import ARTICLES, arrow

BODY = (
    "Two warehouses near the station at Lyman burned out on Friday, the mayor said.\n\n"
    "He denied that ammunition had been kept there."
)
TITLE = "Warehouses burn in Lyman"
TEXT = f"{TITLE}\n\n{BODY}"


def test_text_with_the_header_and_title_on_one_line():
    article = read("a.txt", f" date 2025-11-27 {TITLE}\n\n{BODY}\n")
    assert article.text == TEXT
    assert article.title == TITLE
    assert (article.published_date, article.published_date_source) == (date(2025, 11, 27), "header")


@pytest.mark.parametrize(
    "header", ["date 2025-11-27\n", "Date: 2025-11-27\n\n", "\n  DATE 2025-11-27 \n", "﻿date 2025-11-27\n"]
)
def test_text_with_the_header_on_its_own_line(header):
    article = read("a.txt", f"{header}{TITLE}\n\n{BODY}")
    assert (article.text, article.published_date) == (TEXT, date(2025, 11, 27))


def test_text_without_header():
    article = read("a.txt", TEXT)
    assert (article.text, article.title) == (TEXT, TITLE)
    assert (article.published_date, article.published_date_source, article.warnings) == (None, None, "[]")


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "One sentence that is the whole of it.",
        "A first line, wrapped by hand, which goes\non in the next one and\nends.",
    ],
)
def test_text_without_title(text):
    article = read("a.txt", text)
    assert article.title is None
    assert article.text == text


def test_a_word_that_only_begins_like_the_header_is_text():
    assert read("a.txt", f"Date palms burn in Lyman\n\n{BODY}").title == "Date palms burn in Lyman"


def test_captions_stay_where_they_stand():
    text = f"{TITLE}\n\nThe station (Photo: agency)\n\n{BODY}\n\nMap: Deepstate"
    assert read("a.txt", text).text == text


MARKDOWN = """\
---
title: Warehouses burn in Lyman
date: 2025-11-27
author: [Olha Kravets, Petro Bondar]
url: https://www.north.example/lyman?utm_source=x#:~:text=mayor
lang: en
---

Two warehouses near the **station** at [Lyman](https://x.example) burned out on Friday, the
mayor said.

![The station](s.jpg)

He denied that *ammunition* had been kept there.
"""


def test_markdown_with_front_matter():
    article = read("a.md", MARKDOWN, source=source())
    assert article.text == TEXT
    assert (article.published_date, article.published_date_source) == (date(2025, 11, 27), "field")
    assert (article.author, article.url) == ("Olha Kravets, Petro Bondar", "https://www.north.example/lyman")
    assert (article.publisher, article.publisher_country, article.publisher_side) == ("Northern Post", "UA", "UA")


@pytest.mark.parametrize("head", [f"# {TITLE}\n\n", f"{TITLE}\n=====\n\n", f"+++\ntitle = '{TITLE}'\n+++\n"])
def test_markdown_titles(head):
    assert read("a.md", head + BODY).text == TEXT


def test_markdown_lists_tables_and_code_keep_their_words():
    text = read(
        "a.md", f"# {TITLE}\n\n{BODY}\n\n- first\n- second\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n<b>raw</b>"
    ).text
    assert text.endswith("first\nsecond\n\na | b\n\n1 | 2\n\nquoted\n\nraw")


RECORD = {"title": TITLE, "text": BODY, "date": "2025-11-27"}


@pytest.mark.parametrize(
    "record",
    [
        RECORD,
        {"headline": TITLE, "articleBody": BODY, "datePublished": "2025-11-27T10:00:00+02:00"},
        {"Title": TITLE, "CONTENT": BODY, "published_at": "Thu, 27 Nov 2025 10:00:00 GMT"},
        {"title": TITLE, "body": BODY.split("\n\n"), "dct": 20251127},
        {"title": {"name": TITLE}, "text": {"content": BODY}, "published": 1764237600},
        {
            "title": TITLE,
            "text": f"<p>{BODY.split(chr(10))[0]}</p><script>x()</script><p>{BODY.split(chr(10))[2]}</p>",
            "date": "27 November 2025",
        },
    ],
)
def test_records_of_common_exports(record):
    article = read("a.json", record)
    assert (article.text, article.published_date, article.published_date_source) == (TEXT, date(2025, 11, 27), "field")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda r: [r],
        lambda r: {"articles": [r]},
        lambda r: {"response": 1, "docs": [r]},
        lambda r: {"hits": {"hits": [r]}},
    ],
)
def test_lists_of_records(wrap):
    article = read("a.json", wrap(RECORD))
    assert (article.text, article.uri) == (TEXT, "a.json#1")


def test_a_text_that_begins_with_its_title_has_it_once():
    assert read("a.json", RECORD | {"text": f"{TITLE.upper()}!\n\n{BODY}"}).text == TEXT


def test_lines_are_documents_of_their_own():
    lines = [json.dumps({**RECORD, "title": f"{TITLE} {i}"}) for i in range(3)]
    items = read_all("a.jsonl", "\n".join([lines[0], "", lines[1], "{broken", lines[2]]))
    assert [(i.uri, isinstance(i, ArticleDraft)) for i in items] == [
        ("a.jsonl#1", True),
        ("a.jsonl#3", True),
        ("a.jsonl#4", False),
        ("a.jsonl#5", True),
    ]
    assert len({i.document_sha256 for i in items}) == 4


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress), (".zst", zstandard.compress)],
)
def test_compressed_files(suffix, pack):
    plain = read("a.txt", TEXT)
    packed = read("a.txt" + suffix, pack(TEXT.encode()))
    assert packed.text == plain.text
    assert packed.document_sha256 == plain.document_sha256
    assert [i.uri for i in read_all("a.jsonl" + suffix, pack(json.dumps(RECORD).encode()))] == [f"a.jsonl{suffix}#1"]
    assert refused("a.txt" + suffix, pack(TEXT.encode())[:-20]) == "malformed"
    assert refused("b.txt" + suffix, b"not packed at all") == "malformed"
    assert refused("c.txt" + suffix, pack(b"a" * 40_000_000)) == "too_large"


def test_archives():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("x/a.txt", TEXT)
        archive.writestr("b#1.json", json.dumps([RECORD, RECORD | {"text": BODY + " More."}]))
    assert [i.uri for i in read_all("a.zip", buffer.getvalue())] == [
        "a.zip#x/a.txt",
        "a.zip#b%231.json.1",
        "a.zip#b%231.json.2",
    ]


def test_members_that_are_known_are_not_parsed_again():
    from ingest.articles import read_document
    from ingest.sources import RawDocument

    data = "\n".join(json.dumps(RECORD | {"title": str(i)}) for i in range(5)).encode()
    raw = RawDocument(source="inbox", uri="a.jsonl", fingerprint="f", fetched_at=FETCHED, data=data)
    first = list(read_document(raw, source(), Settings()))
    known = {(i.uri, i.document_sha256) for i in first[:3]}
    again = list(read_document(raw, source(), Settings(), known=lambda u, s: (u, s) in known))
    assert again == first[3:]


def test_what_a_draft_becomes_fits_the_table():
    article = read("a.txt", TEXT).article("edited")
    assert article.change_kind == "edited"
    rows = [{c.name: getattr(article, c.name) for c in ARTICLES.columns if hasattr(article, c.name)}]
    assert arrow(ARTICLES, rows, "load", FETCHED).num_rows == 1


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", "", "empty"),
        ("a.pdf", "x", "unsupported_type"),
        ("a", "x", "unsupported_type"),
        ("a.txt", "1 2 3", "no_text"),
        ("a.json", "{", "malformed"),
        ("a.json", {"title": "x"}, "malformed"),
        ("a.json", {"text": ["a", 1]}, "malformed"),
        ("a.json", {"text": "", "title": "x"}, "malformed"),
        ("a.jsonl", "", "empty"),
        ("a.zip", "PK", "malformed"),
    ],
)
def test_what_cannot_be_read_says_why(name, data, reason):
    assert refused(name, data) == reason


def test_limits_are_those_of_the_settings():
    small = Settings(max_document_bytes=1_000, max_text_chars=1_000)
    assert refused("a.txt", "word " * 300, settings=small) == "too_large"
    assert refused("a.txt.gz", gzip.compress(b"word " * 300), settings=small) == "too_large"
    lines = read_all("a.jsonl", json.dumps({"text": "x" * 2_000}) + "\n" + json.dumps(RECORD), settings=small)
    assert [getattr(i, "reason", None) for i in lines] == ["too_large", None]
    assert refused("a.txt", "word " * 300, settings=Settings(max_text_chars=1_000)) == "too_large"


def test_a_reader_that_fails_costs_its_own_document_only(monkeypatch):
    import ingest.articles.read as module

    real = module.parts_of_fields

    def fails(record):
        if record["title"] == "1":
            raise RecursionError("too deep")
        return real(record)

    monkeypatch.setattr(module, "parts_of_fields", fails)
    items = read_all("a.jsonl", "\n".join(json.dumps(RECORD | {"title": str(i)}) for i in range(3)))
    assert [getattr(i, "reason", None) for i in items] == [None, "error", None]
    assert isinstance(items[1], Rejection)
    assert "RecursionError: too deep" in items[1].detail


ANY_NAME = st.sampled_from(
    ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.zip", "a.txt.gz", "a.warc", "a.warc.gz", "a"]
)
LIKE_A_DOCUMENT = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div", '{"text":', '"', "}", "[", "---\n", "date 2025-01-01 ", "# ", "\n", "\0", "é", "word "]
    ),
    max_size=60,
).map("".join)


@given(
    ANY_NAME, st.one_of(st.binary(max_size=600), st.text(max_size=300).map(str.encode), LIKE_A_DOCUMENT.map(str.encode))
)
@hypothesis_settings(max_examples=150, deadline=None)
def test_whatever_the_bytes_there_is_an_article_or_a_reason(name, data):
    items = read_all(name, data)
    assert items
    for item in items:
        if isinstance(item, Rejection):
            assert item.reason in REJECT_REASONS
            assert item.reason != "error", item.detail
        else:
            assert item.text.strip()
