"""Whom a pronoun means that denies a charge told right before it."""

from __future__ import annotations

import pytest

from ingest.extract.pipeline import Pipeline

BEFORE = "The Observatory said nine people had died. "


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


def _denier(pipeline: Pipeline, text: str) -> str | None:
    [denial] = [c for c in pipeline.extract(BEFORE + text).claims if c.cue_class == "deny"]
    return denial.speaker_name


@pytest.mark.parametrize(
    ("text", "denier"),
    [
        ("The opposition blamed the army for the raid, but it denied any responsibility.", "army"),
        (
            "The council pointed the finger at the government for the raid though it denied any role.",
            "government",
        ),
        ("The council accused the ministry of shelling the market. It denied that its guns had fired.", "ministry"),
        ("The council blamed the raid on Boko Haram. It denied any responsibility.", "Boko Haram"),
        # nobody is accused right before
        ("The council blamed the army. The ministry said it denied any responsibility.", "ministry"),
        # "it" is no person
        ("The council accused Jane Roe of the raid. It denied that the market was hit.", "council"),
    ],
)
def test_it_is_the_accused(pipeline: Pipeline, text: str, denier: str):
    assert _denier(pipeline, text) == denier
