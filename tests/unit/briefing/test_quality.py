"""The page of a load's checks."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from lxml import html

from claimhouse.briefing.quality import quality_page, quality_path, write_quality
from ingest.quality import CheckResult, LoadChecker
from ingest.settings import Settings

HOSTILE = "</td><script>alert(1)</script>\u202e"


@pytest.fixture(scope="module")
def results() -> list[CheckResult]:
    return LoadChecker(load_id="load-1", run_id="run-1").finish()


def test_a_sound_load_says_so_and_lists_every_check(results: list[CheckResult]) -> None:
    tree = html.document_fromstring(quality_page("load-1", results))
    assert "All passed." in tree.text_content()
    assert not tree.xpath("//*[@id='h-failed']")
    assert len(tree.xpath("//section[@aria-labelledby='h-all']//tbody/tr")) == len(results)
    assert not tree.xpath("//script|//link|//img|//*[@style]")


def test_failures_come_first_with_their_rows_and_what_follows(results: list[CheckResult]) -> None:
    error = next(r for r in results if r.severity == "error")
    warning = next(r for r in results if r.severity == "warning")
    rows = json.dumps([{"exact": HOSTILE, "n": 5}, {"exact": None, "n": [1]}])
    changed = {
        error: dataclasses.replace(error, is_passed=False, failed_rows=2, observed="2 are not", sample_json=rows),
        warning: dataclasses.replace(warning, is_passed=False, failed_rows=1, sample_json='["a bare value"]'),
    }
    page = quality_page("load-1", [changed.get(r, r) for r in results])
    tree = html.document_fromstring(page)
    assert "2 checks failed, 1 of them such that the load is kept out" in " ".join(tree.text_content().split())
    first, second = tree.xpath("//article")
    assert error.label in first.text_content()
    assert "2 are not" in first.text_content()
    assert [td.text_content() for td in first.xpath(".//tbody/tr[1]/td")] == [HOSTILE.replace("\u202e", ""), "5"]
    assert "a bare value" in second.text_content()
    assert not tree.xpath("//script")


def test_each_load_has_a_page_of_its_own(results: list[CheckResult], tmp_path: Path) -> None:
    other = [dataclasses.replace(r, load_id="load-2") for r in results]
    house = Settings(data_dir=tmp_path)
    assert write_quality(house, [*results, *other]) == [quality_path(house, "load-1"), quality_path(house, "load-2")]
    assert "load-2" in quality_path(house, "load-2").read_text(encoding="utf-8")
