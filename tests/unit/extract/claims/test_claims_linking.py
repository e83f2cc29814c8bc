"""Facts belong to a claim by how the text is built; when it was said is not when it happened."""

from __future__ import annotations

import pytest

from ingest.extract.base import KINDS
from ingest.extract.pipeline import Pipeline
from ingest.settings import settings


@pytest.fixture(scope="module")
def links_of():
    pipeline = Pipeline(settings().model, settings().gazetteer_dir, KINDS)

    def extract(text):
        facts = pipeline.extract(text, None)
        lists = {"figure": facts.figures, "date": facts.dates, "location": facts.locations}
        return [
            {lists[k.kind][k.index].exact: (k.rule_id.removeprefix("link."), k.role) for k in claim.links}
            for claim in facts.claims
        ]

    return extract


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The governor said on Monday that 14 houses in Nikopol had burned down.",
            [{"Monday": ("cue", "utterance"), "14": ("content", "event"), "Nikopol": ("content", "event")}],
        ),
        (
            "The governor said 14 houses had burned down on Monday.",
            [{"14": ("content", "event"), "Monday": ("content", "event")}],
        ),
        ("The mayor denied the report.", [{}]),
        (
            "Danylo Kravets said that the Russians claimed 40 soldiers had been captured in Lyman.",
            [
                {"40": ("inherited", "event"), "Lyman": ("inherited", "event")},
                {"40": ("content", "event"), "Lyman": ("content", "event")},
            ],
        ),
        ("Residents of Kherson said the water was rising.", [{}]),
        (
            "Shells hit a depot in Sumy on Sunday, and the ministry said the alarm had failed.",
            [{}],
        ),
    ],
)
def test_links_and_their_rules(links_of, text, expected):
    assert links_of(text) == expected
