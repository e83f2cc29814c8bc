"""Which mentions of one article are one account: what the text ties, but for what cannot be one happening."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from made_accounts import count as counted

from ingest.resolve.accounts import mention_links
from ingest.resolve.accounts.accounts import (
    Rows,
    _are_of_two_sides,
    _is_background,
    _is_he,
    _is_of_feature,
    _is_only_within,
    accounts_of,
)
from ingest.resolve.accounts.figures import with_told_bound
from ingest.resolve.days import told_days

PUBLISHED = date(2026, 3, 20)
LATITUDES = {"Chuhuiv": 49.8, "Sumy": 50.9}


def mention(number: int, **more: Any) -> dict[str, Any]:
    return {
        "event_mention_id": f"m{number}",
        "ordinal": number,
        "article_version_id": "v",
        "kind": "strike",
        "rule_id": "verb.active",
        "polarity": "affirmative",
        "realis": "actual",
        "extent": None,
        "char_start": 40 * number,
        "char_end": 40 * number + 8,
        "statement_start": 40 * number,
        "statement_end": 40 * number + 30,
        "claim_id": None,
        "first_date": date(2026, 3, 18),
        "last_date": PUBLISHED,
        "time_rule": "reported",
        "confidence": 0.9,
        "same_as_event_mention_id": "m0" if number else None,
        "caused_by_event_mention_id": None,
        **more,
    }


def article() -> dict[str, Any]:
    return {
        "article_version_id": "v",
        "article_id": "a",
        "publisher": "Courier",
        "publisher_side": None,
        "agency": None,
        "copy_group_id": "v",
        "published_date": PUBLISHED,
        "language": "en",
        "text": "word " * 1_000,
        "recorded_at": datetime(2026, 3, 21, tzinfo=UTC),
    }


def found(
    *mentions: dict[str, Any], targets: dict[str, str] | None = None, sides: dict[str, str] | None = None
) -> list[list[str]]:
    """The ids of the mentions of each account; ``targets`` names the place that is the target of some, ``sides`` who.

    Args:
        mentions: rows of event mentions.
        targets: places by mentions.
        sides: sides of the agents by mentions.
    """
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list, event_mentions=list(mentions))
    tables["articles"].append(article())
    for number, (mention_id, side) in enumerate((sides or {}).items()):
        tables["event_arguments"].append(
            {
                "name": side,
                "actor_key": None,
                "side": side,
                "argument_class": "armed",
                "target_class": None,
                "event_mention_id": mention_id,
                "ordinal": number,
                "role": "agent",
                "exact": side,
                "is_inferred": False,
                "char_start": 0,
                "char_end": 4,
                "location_id": None,
            }
        )
    for number, (mention_id, place) in enumerate((targets or {}).items()):
        tables["locations"].append(
            {
                "location_id": place,
                "article_version_id": "v",
                "char_start": 0,
                "char_end": len(place),
                "geonameid": len(place),
                "place": place,
                "country": "UA",
                "admin1": "Kharkiv Oblast",
                "lat": LATITUDES.get(place, 49.7),
                "lon": 37.6,
                "precision": 1,
                "relation": "in",
                "is_resolved": True,
            }
        )
        named = {"name": None, "actor_key": None, "side": None, "argument_class": None, "target_class": None}
        tables["event_arguments"].append(
            {
                **named,
                "event_mention_id": mention_id,
                "ordinal": number,
                "role": "target",
                "exact": place,
                "is_inferred": False,
                "char_start": 0,
                "char_end": 4,
                "location_id": place,
            }
        )
    return [[s.mention_id for s in a.statements] for a in accounts_of(Rows(tables))]


@pytest.mark.parametrize(("other", "are_one"), [("SY-OPP", False), ("SY", True), ("RU", True)])
def test_strikes_of_two_sides_are_no_one_happening(other: str, *, are_one: bool) -> None:
    assert (len(found(mention(0), mention(1), sides={"m0": "SY", "m1": other})) == 1) is are_one
    assert len(found(mention(0), mention(1, kind="clash"), sides={"m0": "SY", "m1": other})) == 1


@pytest.mark.parametrize(
    ("exact", "kind", "is_of_one"),
    [
        ("him", "kill_or_wound", True),
        ("the gunman", "kill_or_wound", True),
        ("the gunmen", "kill_or_wound", False),
        ("him", "detain", False),
    ],
)
def test_what_befell_one_person_is_told_by_the_word_for_him(exact: str, kind: str, *, is_of_one: bool) -> None:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list, articles=[article()])
    tables["event_mentions"] = [mention(0, kind=kind)]
    target = {"name": None, "actor_key": None, "side": None, "argument_class": None, "target_class": None}
    told = {"event_mention_id": "m0", "ordinal": 0, "role": "target", "exact": exact, "is_inferred": False}
    tables["event_arguments"] = [target | told | {"char_start": 0, "char_end": 4, "location_id": None}]
    [found_account] = accounts_of(Rows(tables))
    assert found_account.is_of_one is is_of_one


def test_who_blames_is_the_voice_of_the_blame() -> None:
    claim = {
        "claim_id": "c",
        "article_version_id": "v",
        "speaker_name": "Northern Council",
        "speaker_kind": "institution",
        "confidence": 0.8,
        "speaker_role": None,
        "speaker_affiliation": None,
        "speaker_side": None,
        "actor_key": None,
        "stance": "neutral",
        "cue_start": 40,
    }
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list, articles=[article()], claims=[claim])
    tables["event_mentions"] = [mention(0), mention(1, kind="responsibility"), mention(2, kind="responsibility")]
    voices = [s.voice.name for a in accounts_of(Rows(tables)) for s in a.statements]
    assert voices == ["Courier", "Northern Council", "Courier"]


def dated(day: date) -> dict[str, Any]:
    return {"first_date": day, "last_date": day, "time_rule": "linked"}


def test_what_the_text_ties_is_one_account() -> None:
    assert found(mention(0), mention(1)) == [["m0", "m1"]]
    assert found(mention(0), mention(1, same_as_event_mention_id=None)) == [["m0"], ["m1"]]
    assert found(mention(0), mention(1, **dated(date(2026, 3, 15)))) == [["m0", "m1"]]


def test_news_and_what_happened_long_before_are_two_accounts() -> None:
    assert found(mention(0), mention(1, **dated(date(2024, 8, 21)))) == [["m0"], ["m1"]]


def test_two_days_that_the_text_tells_are_of_two_happenings() -> None:
    told = mention(0, **dated(date(2026, 3, 12))), mention(1), mention(2, **dated(date(2026, 3, 16)))
    assert found(*told) == [["m0", "m1"], ["m2"]]
    at_head = mention(0, **dated(PUBLISHED))
    assert found(at_head, mention(1, **dated(date(2026, 3, 19)))) == [["m0", "m1"]]
    assert found(at_head, mention(1, **dated(date(2026, 3, 16)))) == [["m0"], ["m1"]]


@pytest.mark.parametrize(
    ("one", "other", "are_two"),
    [("Army", "Rebels", False), ("Army", "Army", True), (None, "Rebels", True), ("Army", None, True)],
)
def test_two_who_blame_each_other_tell_of_one_strike(one: str | None, other: str | None, *, are_two: bool) -> None:
    assert _are_of_two_sides({one: {"SY-OPP"}}, {other: {"SY"}}) is are_two
    assert not _are_of_two_sides({one: {"SY-OPP", "SY"}}, {other: {"SY"}})


def of_one_clause(number: int, kind: str, **more: Any) -> dict[str, Any]:
    span = {"statement_start": 40, "statement_end": 160, "same_as_event_mention_id": None}
    return mention(number, kind=kind, **(span | more))


def test_cause_and_effect_of_one_clause_are_one_account() -> None:
    assert found(of_one_clause(0, "strike"), of_one_clause(1, "kill_or_wound")) == [["m0", "m1"]]


@pytest.mark.parametrize(
    ("kind", "between", "is_one"),
    [
        ("clash", "after", False),
        ("clash", "in response to", False),
        ("clash", "amid", True),
        ("kill_or_wound", "after", True),
        ("kill_or_wound", "in revenge for", False),
        ("kill_or_wound", "(a reprisal, they said) for", False),
    ],
)
def test_a_deed_and_the_one_before_it_are_not_one_account(kind: str, between: str, is_one: bool) -> None:
    text = "Soldiers bombed the depot " + between + " the battle in the hills near the lake."
    spans = {"statement_start": 0, "statement_end": len(text), "same_as_event_mention_id": None}
    at = text.index("battle")
    bombed = mention(0, **spans, char_start=9, char_end=15)
    battle = mention(1, **spans, kind=kind, char_start=at, char_end=at + 6)
    assert len(list(mention_links.of_one_clause([bombed, battle], text))) == int(is_one)


def test_what_a_clause_dates_apart_is_another_happening() -> None:
    hit, earlier = dated(date(2026, 3, 19)), dated(date(2026, 3, 12))
    assert found(of_one_clause(0, "strike", **hit), of_one_clause(1, "kill_or_wound", **earlier)) == [["m0"], ["m1"]]


def test_an_effect_with_a_cause_of_its_own_is_not_of_the_clause_beside_it() -> None:
    shelling = mention(0, same_as_event_mention_id=None)
    killed = of_one_clause(2, "kill_or_wound", caused_by_event_mention_id="m0")
    assert found(shelling, of_one_clause(1, "strike"), killed) == [["m0", "m2"], ["m1"]]


def test_two_places_that_are_held_are_two_accounts() -> None:
    states = mention(0, kind="hold"), mention(1, kind="take"), mention(2, kind="hold")
    named = {"m0": "Izium", "m1": "Kupiansk", "m2": "Izium"}
    assert found(*states, targets=named) == [["m0", "m2"], ["m1"]]


def test_one_happening_is_not_at_two_points_far_apart() -> None:
    hits = mention(0), mention(1), mention(2)
    assert found(*hits, targets={"m0": "Izium", "m2": "Sumy"}) == [["m0", "m1"], ["m2"]]
    assert found(*hits, targets={"m0": "Izium", "m2": "Chuhuiv"}) == [["m0", "m1", "m2"]]


@pytest.mark.parametrize(
    ("told", "is_held"),
    [
        ("Tabaqa", True),
        ("Tabaqa region", True),
        ("Tabaqa and Raqqa", True),
        ("Tabaqa military airport", False),
        ("Tabaqa's eastern outskirts", False),
        ("Tabaqa’s civil administration", False),
        ("Tabaqa's people", True),
    ],
)
def test_who_holds_the_airport_of_a_town_holds_no_town(told: str, is_held: bool) -> None:
    target = {"exact": told, "char_start": 0, "char_end": len(told)}
    assert _is_of_feature(target, {"char_start": 0, "char_end": len("Tabaqa")}) is not is_held


@pytest.mark.parametrize(
    ("told", "is_held"),
    [
        ("the town of Homs", True),
        ("rebel-held Homs", True),
        ("the Bustan district of Homs", False),
        ("four streets in Homs", False),
        ("rebel-held Bustan al-Qasr in Homs", False),
        ("Bustan in the Homs", False),
    ],
)
def test_who_holds_a_part_of_a_town_holds_no_town(told: str, is_held: bool) -> None:
    start = told.index("Homs")
    target = {"exact": told, "char_start": 10}
    assert _is_of_feature(target, {"char_start": 10 + start, "char_end": 10 + len(told)}) is not is_held


def test_a_change_without_a_day_far_down_the_text_is_told_by_the_way() -> None:
    take = mention(0, kind="take")
    for start, is_aside in ((100, False), (4_000, True)):
        tables: dict[str, list[dict[str, Any]]] = defaultdict(list, event_mentions=[take | {"char_start": start}])
        tables["articles"] = [article()]
        [account] = accounts_of(Rows(tables))
        assert account.statements[0].is_background is is_aside


@pytest.mark.parametrize(("rule", "is_dated"), [("linked", True), ("carried", False)])
def test_a_day_of_publication_that_the_clause_tells_is_its_day(rule: str, *, is_dated: bool) -> None:
    on_the_day = {"first_date": PUBLISHED, "last_date": PUBLISHED, "time_rule": rule}
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list, event_mentions=[mention(0, **on_the_day)])
    tables["articles"] = [article()]
    [told] = accounts_of(Rows(tables))
    assert (told.is_dated, told.first_date == PUBLISHED) == (is_dated, is_dated)


def test_the_days_that_most_of_a_text_tells_are_those_of_the_account() -> None:
    news, before = date(2026, 3, 15), date(2026, 3, 7)
    wider = {"first_date": before, "last_date": news, "time_rule": "linked"}
    mentions = [mention(0, **wider), mention(1, **dated(news)), mention(2, **dated(news))]
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list, event_mentions=mentions)
    tables["articles"] = [article()]
    [told] = accounts_of(Rows(tables))
    assert (told.first_date, told.last_date) == (news, news)


def test_the_day_on_which_a_toll_rises_is_not_that_of_the_attack() -> None:
    monday = {"statement_start": 0, "statement_end": 40} | dated(date(2026, 3, 16))
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list, event_mentions=[mention(0, **monday)])
    tables["articles"] = [article() | {"text": "The toll of the blast rose to nine on Monday." + " word" * 900}]
    figure = {
        "figure_id": "f",
        "low": 9.0,
        "high": 9.0,
        "bound": "exact",
        "counted": None,
        "char_start": 0,
        "char_end": 1,
    }
    tables["figures"] = [figure]
    link = {"figure_id": "f", "role": "killed", "scope": "event", "is_further": False, "is_outdated": False}
    tables["event_counts"] = [link | {"event_mention_id": "m0"}]
    [told] = accounts_of(Rows(tables))
    assert not told.is_dated


def test_the_day_at_the_head_of_a_text_gives_way_to_the_day_that_it_tells() -> None:
    mentions = [mention(0, **dated(PUBLISHED)), mention(1, **dated(PUBLISHED - timedelta(days=1)))]
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list, event_mentions=mentions)
    tables["articles"] = [article()]
    [told] = accounts_of(Rows(tables))
    assert told.first_date == PUBLISHED - timedelta(days=1)
    wider = {"first_date": PUBLISHED - timedelta(days=14), "last_date": PUBLISHED, "time_rule": "linked"}
    tables["event_mentions"] = [mention(0, **dated(PUBLISHED)), mention(1, **wider), mention(2, **wider)]
    [told] = accounts_of(Rows(tables))
    assert told.first_date == PUBLISHED


def test_what_happens_again_and_again_is_of_many() -> None:
    texts = [("The town is regularly shelled by the army. ", True), ("The town was shelled. ", False)]
    for text, is_many in (*texts, ("It was shelled 40 times. ", True), ("The Times saw shelling. ", False)):
        tables: dict[str, list[dict[str, Any]]] = defaultdict(list, event_mentions=[mention(0)])
        tables["articles"] = [article() | {"text": text * 20}]
        [account] = accounts_of(Rows(tables))
        assert account.is_many is is_many


def claim_of(speaker: str) -> dict[str, Any]:
    return {
        "claim_id": speaker,
        "article_version_id": "v",
        "actor_key": None,
        "speaker_name": speaker,
        "speaker_kind": "institution",
        "confidence": 0.8,
        "speaker_role": None,
        "speaker_affiliation": None,
        "speaker_side": None,
        "stance": "neutral",
        "rule_id": "complement_clause.that",
        "cue_exact": "said",
    }


def counted_twice(*claims: str | None) -> list[str]:
    """Bounds of 22 dead that an article gives exactly, then as a least number, each by a claim or in its own voice."""
    mentions = [
        mention(n, kind="kill_or_wound", same_as_event_mention_id=None, claim_id=claim)
        for n, claim in enumerate(claims)
    ]
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list, event_mentions=mentions, articles=[article()])
    tables["claims"] = [claim_of(claim) for claim in claims if claim]
    for n, high in enumerate((22.0, None)):
        figure = {"figure_id": f"f{n}", "low": 22.0, "high": high, "bound": "exact" if high else "at_least"}
        tables["figures"].append(figure | {"counted": "people", "char_start": 0, "char_end": 2})
        count = {"figure_id": f"f{n}", "role": "killed", "scope": "event", "is_further": False, "is_outdated": False}
        tables["event_counts"].append(count | {"event_mention_id": f"m{n}"})
    return [c.bound for a in accounts_of(Rows(tables)) for c in a.counts]


@pytest.mark.parametrize(
    ("rule_id", "cue", "voice"),
    [
        ("object", "claimed", "Courier"),  # "claimed the attack that killed 22"
        ("object", "reported", "Council"),
        ("complement_clause.that", "claimed", "Council"),
    ],
)
def test_who_owns_up_to_an_attack_does_not_count_its_dead(rule_id: str, cue: str, voice: str) -> None:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list, articles=[article()])
    tables["claims"] = [claim_of("Council") | {"rule_id": rule_id, "cue_exact": cue}]
    kinds = {0: "strike", 1: "kill_or_wound"}
    tables["event_mentions"] = [mention(n, kind=kind, claim_id="Council") for n, kind in kinds.items()]
    figure = {"low": 22.0, "high": 22.0, "bound": "exact", "counted": "people", "char_start": 0, "char_end": 2}
    tables["figures"] = [figure | {"figure_id": "f"}]
    count = {"role": "killed", "scope": "event", "is_further": False, "is_outdated": False}
    tables["event_counts"] = [count | {"figure_id": "f", "event_mention_id": "m1"}]
    told = {s.kind: s.voice.name for a in accounts_of(Rows(tables)) for s in a.statements}
    assert told == {"strike": "Council", "kill_or_wound": voice}


def test_a_headline_has_the_bound_of_its_text() -> None:
    assert counted_twice(None, None) == ["at_least", "at_least"]


def test_what_a_hospital_counts_is_not_opened_by_what_the_paper_says() -> None:
    assert counted_twice("hospital", None) == ["exact", "at_least"]


def test_those_who_had_died_by_an_hour_are_the_least() -> None:
    for told, least in (("31 people had died by 6 p.m.", True), ("31 people died by the port", False)):
        read = with_told_bound(counted(31, "killed"), f"It was morning. {told} Nobody slept.", 16, 16 + len(told))
        assert (read.is_intake, read.high is None) == (False, least)


@pytest.mark.parametrize(
    ("told", "role", "least"),
    [
        ("Two hospitals in the town received 31 bodies", "killed", True),
        ("31 people were admitted with burns", "wounded", True),
        ("The town's hospital received 12 bodies as well as 31 injured people", "wounded", True),
        ("The bodies of 31 people were brought to a hospital", "killed", True),
        ("The shell hit a hospital and killed 31 people", "killed", False),
        ("31 people were hurt in the hospital", "wounded", False),
    ],
)
def test_those_whom_a_hospital_has_taken_in_are_the_least(told: str, role: str, *, least: bool) -> None:
    read = with_told_bound(counted(31, role), f"It was morning. {told}. Nobody slept.", 16, 16 + len(told))
    assert (read.is_intake, read.high is None) == (least, least)


def test_a_change_that_a_clause_beside_the_news_tells_without_a_day_is_told_by_the_way() -> None:
    told = {"kind": "take", "char_start": 100, "rule_id": "verb.relative"}
    assert _is_background(mention(0, **told))
    assert not _is_background(mention(0, **told, time_rule="linked"))
    assert not _is_background(mention(0, **told | {"rule_id": "verb.active"}))


def test_whom_he_stands_for_takes_no_place() -> None:
    assert _is_he(mention(0, kind="take"), {"exact": "he"})
    assert not _is_he(mention(0, kind="take"), {"exact": "its forces"})
    assert not _is_he(mention(0, kind="leave"), {"exact": "he"})


@pytest.mark.parametrize(
    ("kind", "precision", "is_only_within"),
    [
        ("settlement", 1, False),
        ("settlement", 2, False),
        ("region", 4, False),
        ("settlement", 4, True),
        ("facility", 5, True),
    ],
)
def test_who_holds_a_village_on_no_map_does_not_hold_its_province(
    kind: str, precision: int, is_only_within: bool
) -> None:
    assert _is_only_within({"kind": kind, "precision": precision}) is is_only_within


def test_what_somebody_is_blamed_for_on_a_day_was_until_then() -> None:
    day = {"kind": "responsibility", "realis": "actual", "time_rule": "linked"}
    row = {**day, "first_date": PUBLISHED, "last_date": PUBLISHED}
    assert told_days(row, PUBLISHED) == (PUBLISHED - timedelta(days=2), PUBLISHED, "reported")
    assert told_days({**row, "kind": "strike"}, PUBLISHED) == (PUBLISHED, PUBLISHED, "linked")
