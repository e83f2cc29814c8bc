"""The file of reviews: what a line may say, what is added, what holds of several lines on one pair."""

from __future__ import annotations

import csv
import dataclasses
from pathlib import Path

import pytest

from claimhouse.reviewing import wilson
from claimhouse.reviews import COLUMNS, Review, ReviewError, add_review, load_reviews, review_rows, reviews_digest

REVIEW = Review(
    reviewed_at="2026-03-02T08:00:00+00:00",
    verdict="accepted",
    kind="contradicts",
    axis="count",
    rule_id="counts_exclude",
    note="one strike, two tolls",
    earlier_article_id="a",
    earlier_version_id="a1",
    earlier_start=10,
    earlier_end=42,
    earlier_words='=SUM(9) killed, "they" said\nof the market',
    later_article_id="b",
    later_version_id="b1",
    later_start=0,
    later_end=20,
    later_words="'twelve' were killed",
)


def test_a_review_is_read_as_it_was_written_whatever_its_words(tmp_path: Path) -> None:
    path = tmp_path / "house" / "reviews.csv"
    assert load_reviews(path) == []
    other = dataclasses.replace(REVIEW, axis="agent", note="@mention")
    for review in (REVIEW, other):
        add_review(path, review)
    assert load_reviews(path) == [REVIEW, other]
    cells = [cell for line in csv.reader(path.open(newline="", encoding="utf-8")) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "@"))], "a spreadsheet would run it"


def test_of_two_lines_on_one_pair_the_later_holds_and_may_take_it_back(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    before = reviews_digest(path)
    add_review(path, REVIEW)
    add_review(path, dataclasses.replace(REVIEW, verdict="rejected"))
    assert [r["verdict"] for r in review_rows(path)] == ["rejected"]
    assert reviews_digest(path) != before
    add_review(path, dataclasses.replace(REVIEW, verdict="withdrawn"))
    assert review_rows(path) == []
    assert reviews_digest(path) == before
    assert len(path.read_text(encoding="utf-8").splitlines()) > 3  # what was said before is not lost


def test_columns_that_somebody_put_in_another_order_or_added_stay(tmp_path: Path) -> None:
    path = tmp_path / "reviews.csv"
    add_review(path, REVIEW)
    rows = list(csv.DictReader(path.open(newline="", encoding="utf-8")))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["desk", *reversed(COLUMNS)])
        writer.writeheader()
        writer.writerows({**row, "desk": "Kyiv"} for row in rows)
    add_review(path, dataclasses.replace(REVIEW, axis="agent"))
    assert [(r.axis, r.earlier_words) for r in load_reviews(path)] == [
        ("count", REVIEW.earlier_words),
        ("agent", REVIEW.earlier_words),
    ]
    assert [row["desk"] for row in csv.DictReader(path.open(newline="", encoding="utf-8"))] == ["Kyiv", ""]


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("verdict", "maybe", "review 1: verdict is 'maybe'; allowed are accepted, rejected, withdrawn"),
        ("kind", "likes", "allowed are contradicts"),
        ("earlier_start", "ten", "earlier_start is 'ten'; a number of characters"),
        ("later_end", "0", "later_start and later_end do not name a statement"),
        ("reviewed_at", "today", "a moment is needed"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_allowed(tmp_path: Path, column: str, value: str, says: str) -> None:
    path = tmp_path / "reviews.csv"
    add_review(path, REVIEW)
    rows = list(csv.DictReader(path.open(newline="", encoding="utf-8")))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({**row, column: value} for row in rows)
    with pytest.raises(ReviewError) as problem:
        load_reviews(path)
    assert says in str(problem.value)
    before = path.read_bytes()
    with pytest.raises(ReviewError):
        add_review(path, REVIEW)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", ["verdict;kind\naccepted;denies\n", "verdict,kind\naccepted,denies\n", "\x00\x01", b"\xff\xfe\x00"]
)
def test_a_file_of_another_form_is_refused_by_name(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "reviews.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    if content == "\x00\x01":
        assert load_reviews(path) == []  # a header of one strange column, and no line
        return
    with pytest.raises(ReviewError) as problem:
        load_reviews(path)
    assert str(path) in str(problem.value)


def test_an_interval_narrows_with_the_pairs_reviewed() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    few, many = wilson(9, 10), wilson(90, 100)
    assert 0.59 < few[0] < 0.6
    assert few[0] < many[0] < 0.9 < many[1] < few[1]
    assert wilson(10, 10)[1] <= 1.0
