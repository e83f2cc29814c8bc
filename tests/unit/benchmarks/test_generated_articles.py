"""Generated articles: the same ones each time, whole, and unlike each other."""

from __future__ import annotations

import itertools
import re
from datetime import date

from benchmarks.articles import DAYS, FIRST_DAY, articles
from ingest.articles.copies import THRESHOLD, containment, runs


def test_the_same_number_is_the_same_article() -> None:
    assert list(articles(3)) == list(articles(3))
    assert list(articles(1, first=2)) == list(articles(3))[2:]
    assert list(articles(3, seed=1)) != list(articles(3))


def test_no_slot_is_left_open_and_every_sentence_begins_as_one() -> None:
    for article in articles(200):
        assert not re.search(r"[{}]", article.text), article.text
        assert not article.title[0].islower()
        for paragraph in article.body.split("\n\n"):
            assert re.match(r'["$€]?[A-Z0-9]|"', paragraph), paragraph


def test_their_size_and_dates_are_those_of_news() -> None:
    made = list(articles(200))
    assert 2_500 < sum(len(a.text) for a in made) / len(made) < 4_000
    assert all(FIRST_DAY <= a.published < date.fromordinal(FIRST_DAY.toordinal() + DAYS) for a in made)


def test_none_is_taken_for_a_copy_of_another() -> None:
    made = [runs(a.text) for a in articles(60)]
    assert max(containment(a, b) for a, b in itertools.combinations(made, 2)) < THRESHOLD


def test_as_a_document_it_has_an_address_of_its_own() -> None:
    documents = [a.as_document() for a in articles(50)]
    assert len({d["url"] for d in documents}) == 50
    assert documents[0].keys() == {"url", "title", "text", "published", "publisher"}
