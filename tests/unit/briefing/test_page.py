"""The page holds what it was given, says nothing else, and loads nothing."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from dataclasses import replace

import pytest
from briefing_records import LAST, PlainMap, briefing, claim, contradiction, event, mention, statement, thing, voice
from lxml import html

from claimhouse.briefing import words
from claimhouse.briefing.page import briefing_page, web_address
from claimhouse.briefing.records import Change, Dispute, Telling

HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)> \" ' & </title> \u202eevil\u202c zero\u200bwidth"
)
LOADS = (
    "script[@src]",
    "link",
    "img",
    "iframe",
    "object",
    "embed",
    "video",
    "audio",
    "source",
    "form[@action]",
    "base",
)


def page(**values: object) -> str:
    return briefing_page(briefing(**values), PlainMap())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def hostile() -> str:
    bad = voice(HOSTILE, speaker=HOSTILE, publisher=HOSTILE, title=HOSTILE, url="javascript:alert(3)")
    given = briefing(
        (
            claim(
                speaker=HOSTILE,
                content=HOSTILE,
                cue=HOSTILE,
                publisher=HOSTILE,
                url="javascript:alert(3)",
                side=HOSTILE,
            ),
        ),
        mentions=(mention(HOSTILE, claim_ids=("c0", "c1", "c2")), mention(HOSTILE, precision=None, place_id=None)),
        things=(thing(statement(1, 1, speaker=HOSTILE, exact=HOSTILE), statement(2, None, 1), counted=HOSTILE),),
        contradictions=(contradiction(bad, bad),),
        relations={"denies": 1},
        events=(
            event(
                **dict.fromkeys(("place", "admin1", "agent", "target"), HOSTILE),
                disputes=(Dispute("denies", "polarity", HOSTILE, HOSTILE),),
                told=(Telling(HOSTILE, HOSTILE, False, HOSTILE, LAST, "javascript:alert(3)", HOSTILE, "c0"),),
            ),
        ),
        changes=(Change(*[HOSTILE] * 7, LAST, "javascript:alert(3)", 1),),
        queries=dict.fromkeys(briefing().queries, f"select '{HOSTILE}'"),
    )
    return briefing_page(replace(given, scope=replace(given.scope, place=HOSTILE)), PlainMap())


def test_nothing_from_an_article_becomes_markup(hostile: str) -> None:
    tree = html.document_fromstring(hostile)
    assert len(tree.findall(".//script")) == 1
    assert tree.find(".//img") is None
    assert not [a for e in tree.iter() for a in e.attrib if a.startswith("on")]
    assert "alert(1)" in tree.find(".//title").text
    assert not [a for a in tree.xpath("//@href") if a.startswith("javascript")]


def test_nothing_from_an_article_turns_or_hides_text(hostile: str) -> None:
    assert "\u202e" not in hostile
    assert "\u200b" not in hostile
    assert "zerowidth" in hostile


def test_right_to_left_and_joined_scripts_stay_as_they_are() -> None:
    arabic, persian, emoji = "قال المتحدث باسم الجيش", "می\u200cگوید", "👩\u200d⚕️ 🙂"
    text = page(claims=(claim(content=arabic, speaker=persian, cue=emoji),))
    for words_ in (arabic, persian):
        assert f"<bdi>{words_}</bdi>" in text
    assert f"<i>{emoji}</i>" in text


def test_page_loads_nothing() -> None:
    text = page()
    tree = html.document_fromstring(text)
    for path in LOADS:
        assert tree.xpath(f"//{path}") == [], path
    assert not re.search(r"@import|url\((?!#)", "".join(tree.xpath("//style/text()")))
    assert "fetch(" not in "".join(tree.xpath("//script/text()"))


def test_policy_allows_its_own_style_and_script_and_nothing_else() -> None:
    tree = html.document_fromstring(page())
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(tree.find(f".//{tag}").text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert tree.xpath("//*[@style]") == []


def test_every_link_within_the_page_arrives() -> None:
    text = page(
        contradictions=(contradiction(voice(), voice(claim_id="c0")),),
        relations={"denies": 1},
        things=(thing(statement(1, 1), statement(2, None, 1)),),
    )
    tree = html.document_fromstring(text)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in tree.xpath("//@href") if h.startswith("#")} <= set(ids)


def test_page_can_be_read_without_seeing_it() -> None:
    tree = html.document_fromstring(page(things=(thing(statement(1, 1), statement(2, None, 1)),)))
    assert tree.get("lang") == "en"
    assert len(tree.findall(".//h1")) == 1
    assert tree.xpath("count(//main)") == 1
    for svg in tree.xpath("//svg[not(ancestor::svg)]"):
        hidden = svg.get("aria-hidden") or svg.xpath("ancestor::*[@aria-hidden]")
        assert hidden or svg.get("aria-label")
    for link in tree.xpath("//svg//a"):
        assert link.find("title").text
    for section in tree.xpath("//section"):
        assert tree.xpath(f"//*[@id='{section.get('aria-labelledby')}']")
    for table in tree.xpath("//table"):
        assert all(th.get("scope") == "col" for th in table.iter("th"))
    levels = [int(h.tag[1]) for h in tree.xpath("//h1|//h2|//h3")]
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_numbers_of_the_lead_are_those_of_the_counts() -> None:
    given = briefing()
    counts = replace(
        given.counts, claims=12, speakers=5, articles=6, publishers=5, independent=4, negative=2, disputed=1
    )
    told = " ".join(words.lead(replace(given, counts=counts, relations={"contradicts": 3, "denies": 1})))
    assert told == (
        "12 claims by 5 speakers in 6 articles of 5 publishers, published 6 December 2025 – 27 February 2026. "
        "Copies and texts of agencies aside, the articles have 4 origins. 3 pairs of claims cannot both hold and "
        "in 1 pair the later claim rejects the earlier. 2 claims deny that something is so and 1 is passed on as "
        "untrue by whoever reports them."
    )


def test_events_come_first_the_most_told_in_the_open_and_the_rest_folded() -> None:
    tree = html.document_fromstring(page(events=tuple(event(n) for n in range(30)), event_count=412))
    sections = [section.get("id") for section in tree.xpath("//main/section") if section.get("id")]
    assert sections[0] == "events"
    shown = tree.xpath("//section[@id='events']/article")
    assert len(shown) == 12
    first = " ".join(shown[0].text_content().split())
    for part in ("Attack, Town 0", "27 February 2026", "3 articles, 2 origins", "9 to 14 killed", "a depot was hit"):
        assert part in first
    assert "Igor Belov denies Anton Hrytsenko" in first
    assert "3 more voices" in first
    [folded] = tree.xpath("//section[@id='events']/details[not(@class)]")
    assert len(folded.xpath(".//tbody/tr")) == 18
    assert "12 are shown of 412" in tree.xpath("string(//section[@id='events'])")


def test_what_is_new_is_told_and_long_parts_are_folded() -> None:
    new = Change("toll raised", "Town", "strike", "a medic", "killed: 9 to 14", "14 died", "Courier", LAST, None, 31)
    pairs = tuple(replace(contradiction(voice(), voice()), relation_id=f"r{n}") for n in range(9))
    tree = html.document_fromstring(page(changes=(new,), contradictions=pairs, relations={"denies": 9}))
    assert "toll raised of 31" in " ".join(tree.xpath("string(//section[@id='new']//tbody)").split())
    assert len(tree.xpath("//section[@id='contradictions']/article")) == 6
    assert len(tree.xpath("//section[@id='contradictions']/details[not(@class)]/article")) == 3
    assert tree.xpath("//details[@id='all-claims' and not(@open)]//table[@id='rows']")


def test_classes_of_people_are_headed_by_their_name() -> None:
    meanings = {("argument_class", "people"): "People, of whom no more is said.", ("count_role", "killed"): "Died."}
    given = briefing(meanings={**meanings, ("argument_class", "vehicle"): "A vehicle."})
    counted = thing(statement(1, 1), counted="people", status="killed")
    assert words.heading(given, counted) == "People died, Vovchansk"
    assert words.heading(given, replace(counted, counted="vehicle")) == "Vehicles died, Vovchansk"


@pytest.mark.parametrize(
    ("km", "said"),
    [(199.559, "about 200 km"), (37.4, "about 37 km"), (7.52, "about 7.5 km"), (1_234, "about 1,200 km"), (0, "0 km")],
)
def test_distances_are_said_as_people_say_them(km: float, said: str) -> None:
    assert words.kilometres(km) == said


def test_an_empty_scope_is_a_page_too() -> None:
    given = briefing((), mentions=(), days=(), sources=())
    text = briefing_page(given, PlainMap())
    assert "No claim of" in text


def test_what_is_left_out_is_said() -> None:
    given = briefing(mentions=(mention("Atlantis", precision=None, lat=None, lon=None, place_id=None),))
    counts = replace(given.counts, claims=7_000, undated=3, unattributed=2)
    said = " ".join(words.limits(replace(given, counts=counts)))
    for part in (
        "Of 7,000 claims the table holds the newest 1",
        "Atlantis",
        "3 claims in the warehouse",
        "2 claims have no",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("url", "is_kept"),
    [
        ("https://a.example/x?y=1", True),
        ("http://a.example", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//a.example", False),
        ("https://", False),
        ("http://[", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str | None, is_kept: bool) -> None:
    assert (web_address(url) == url) is is_kept or (not is_kept and web_address(url) is None)
