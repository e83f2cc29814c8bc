"""A briefing of 5,000 claims in a real browser: it opens quickly, asks the network for nothing, filters and sorts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from briefing_records import PlainMap, briefing, claim, mention, statement, thing
from browser import CHROMIUM, Tab, browser

from claimhouse.briefing.page import briefing_page
from claimhouse.briefing.records import DayCount

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

CLAIMS = 5_000
TOPICS = ("control", "casualties", "strike", "diplomacy", "other")
SIDES = ("UA", "RU", None)
LOREM = "the column that left the town before dawn had been struck twice on the road to the river crossing, "
_LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
# a machine under test has others on it; the aim is two seconds on one that has not
_SLOWEST_MS = 4_000


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    claims = tuple(
        claim(
            i,
            speaker=f"Speaker {i % 211}",
            side=SIDES[i % 3],
            topic=TOPICS[i % 5],
            content=f"{LOREM}number {i}" + LOREM * (i % 2),
            polarity="negative" if i % 7 == 0 else "affirmative",
            places=((f"p{i % 60}", f"Town {i % 60}"),),
        )
        for i in range(CLAIMS)
    )
    towns = tuple(
        mention(
            f"Town {i}",
            place_id=f"p{i}",
            lat=49 + i % 8 / 4,
            lon=35 + i / 20,
            claim_ids=tuple(c.claim_id for c in claims[i::60]),
        )
        for i in range(60)
    )
    days = tuple(DayCount(c.published, c.side, "plain", 1) for c in claims)
    things = tuple(
        thing(*(statement(n + t, None if n % 3 else n + t + 4, n, f"s{n % 4}") for n in range(12)), thing_id=f"t{t}")
        for t in range(8)
    )
    path = tmp_path_factory.mktemp("page") / "briefing.html"
    given = briefing(claims, mentions=towns, days=days, things=things, thing_count=8)
    path.write_text(briefing_page(given, PlainMap()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tab(page: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        opened.open(page)
        yield opened


def test_it_opens_quickly_and_asks_for_nothing(tab: Tab, page: Path) -> None:
    times = []
    for _ in range(3):
        tab.open(page)
        while not (loaded := tab.run(_LOADED)):
            pass
        times.append(loaded)
    assert min(times) < _SLOWEST_MS, times
    assert tab.requests() == []
    assert tab.problems() == []
    assert tab.run("document.querySelectorAll('#rows tbody tr').length") == CLAIMS


def test_it_fits_a_telephone(tab: Tab) -> None:
    tab.call("Emulation.setDeviceMetricsOverride", width=400, height=800, deviceScaleFactor=1, mobile=True)
    assert tab.run("document.documentElement.scrollWidth") <= 400
    tab.call("Emulation.clearDeviceMetricsOverride")


def _shown(tab: Tab) -> int:
    return tab.run("[...document.querySelectorAll('#rows tbody tr')].filter(r => !r.hidden).length")


def _fill(tab: Tab, name: str, value: str) -> None:
    tab.run(
        f"(async () => {{ const f = document.getElementById('filter').elements['{name}']; f.value = '{value}';"
        " f.dispatchEvent(new Event('input', {bubbles: true})); await new Promise(r => setTimeout(r, 400)); })()"
    )


def test_filters_narrow_together_and_are_taken_back(tab: Tab) -> None:
    assert tab.run("document.getElementById('filter').hidden") is False
    _fill(tab, "side", "RU")
    assert _shown(tab) == len(range(1, CLAIMS, 3))
    _fill(tab, "topic", "strike")
    assert _shown(tab) == sum(i % 3 == 1 and i % 5 == 2 for i in range(CLAIMS))
    _fill(tab, "text", "NUMBER 4102")
    assert _shown(tab) == 1
    assert "1 of 5,000" in tab.run("document.getElementById('shown').textContent")
    tab.run(
        "(async () => { document.getElementById('filter').reset(); await new Promise(r => setTimeout(r, 300)); })()"
    )
    assert _shown(tab) == CLAIMS


def test_a_mark_on_the_map_leads_to_its_claims(tab: Tab) -> None:
    tab.run("document.querySelector('svg.wide a[data-f]').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
    assert 80 <= _shown(tab) <= 84
    assert tab.run("document.activeElement.id") == "claims"
    tab.run(
        "(async () => { document.getElementById('filter').reset(); await new Promise(r => setTimeout(r, 300)); })()"
    )


def test_columns_sort_both_ways_and_say_so(tab: Tab) -> None:
    first = "document.querySelector('#rows tbody tr').dataset.d"
    tab.run("document.querySelector('#rows th button').click()")
    oldest = tab.run(first)
    assert tab.run("document.querySelector('#rows th').getAttribute('aria-sort')") == "ascending"
    tab.run("document.querySelector('#rows th button').click()")
    assert tab.run(first) > oldest
    assert tab.run("document.querySelector('#rows th').getAttribute('aria-sort')") == "descending"


def test_without_scripts_it_is_all_there(page: Path, tmp_path: Path) -> None:
    with browser(tmp_path) as opened:
        opened.call("Emulation.setScriptExecutionDisabled", value=True)
        opened.open(page)
        root = opened.call("DOM.getDocument", depth=-1)["root"]["nodeId"]
        rows = opened.call("DOM.querySelectorAll", nodeId=root, selector="#rows tbody tr")["nodeIds"]
        hidden = opened.call("DOM.querySelectorAll", nodeId=root, selector="#rows tbody tr[hidden]")["nodeIds"]
        form = opened.call("DOM.querySelectorAll", nodeId=root, selector="form#filter[hidden]")["nodeIds"]
    assert (len(rows), len(hidden), len(form)) == (CLAIMS, 0, 1)
