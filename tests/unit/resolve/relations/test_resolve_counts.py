"""Counts of one clause, of a person, and of another happening that a text comes to: what relates them not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from made_accounts import DAY, POINTS, WORDS, account, count, side, statement, voice
from test_resolve_relations import kinds

from ingest.resolve.joining.blocking import pairs
from ingest.resolve.joining.scoring import JOIN_LAST, compare
from ingest.resolve.model import WATER, Account, Count, Event, Member, Place, Statement
from ingest.resolve.relations import counts
from ingest.resolve.relations.counts import ByAuthority, has_nearer_number
from ingest.resolve.relations.relations import relations_of
from ingest.resolve.relations.statements import Told

TOLD = {"kind": "kill_or_wound", "places": (POINTS["Kupiansk"],)}


def test_two_numbers_of_one_clause_revise_nothing() -> None:
    both = statement("a", voice=voice(None, "Courier"), counts=(count(180, "displaced"), count(620, "displaced")))
    risen = replace(both, words=frozenset(["toll", "risen"]), kind="displace")
    assert kinds(account("a", risen)) == []


@pytest.mark.parametrize(("first", "is_news"), [({"bound": "exact"}, True), ({"bound": "approx"}, False)])
def test_some_twenty_are_no_news_beside_twentyone(first: dict[str, Any], is_news: bool) -> None:
    told = [
        account(name, statement(name, voice=voice("Monitor", name), counts=(number,), **TOLD), days=days)
        for days, (name, number) in enumerate([("a", count(20, **first)), ("b", count(21))])
    ]
    assert (("revises", "count_revised") in kinds(*told)) is is_news


@pytest.mark.parametrize(
    ("besides", "is_news"),
    [
        ((), True),
        ((POINTS["Kupiansk"],), False),
        ((replace(POINTS["Orikhiv"], place_id="geonames-6", lat=47.6),), True),  # beside it
        ((replace(POINTS["Kupiansk"], country="RU"),), True),
    ],
)
def test_the_sum_over_two_towns_is_no_news_of_the_one(besides: tuple[Place, ...], is_news: bool) -> None:
    said: dict[str, Any] = {**TOLD, "voice": voice("Monitor", "Courier"), "places": (POINTS["Orikhiv"],)}
    strikes = statement("b", 1, places=(POINTS["Orikhiv"], *besides), trigger=(40, 47))
    one = account("a", statement("a", counts=(count(12),), **said))
    later = account("b", statement("b", counts=(count(15),), **said), strikes, days=1)
    assert (("revises", "count_revised") in kinds(one, later)) is is_news


@pytest.mark.parametrize(("body", "is_revised"), [("observ", True), (None, False)])
def test_what_a_person_counted_a_paper_does_not_revise(body: str | None, is_revised: bool) -> None:
    head = replace(voice("Omar Karr", "Courier"), role=frozenset(["head", "clinic"]), body=body)
    first = account("a", statement("a", voice=head, counts=(count(56),), **TOLD))
    later = account("b", statement("b", voice=voice(None, "Courier"), counts=(count(71),), **TOLD), days=1)
    assert (("revises", "toll_updated") in kinds(first, later)) is is_revised


@pytest.mark.parametrize(("rule", "places"), [("carried", ()), ("linked", ()), ("carried", (POINTS["Kupiansk"],))])
def test_the_dead_of_another_attack_in_one_account_contradict_nobody(rule: str, places: tuple[object, ...]) -> None:
    mayor = statement("a", voice=voice("Mayor", "Courier"), counts=(count(58, high=None, bound="at_least"),), **TOLD)
    recalled = statement("b", 0, counts=(count(90),), voice=voice(None, "Herald"), **TOLD)
    told = {"kind": "kill_or_wound", "places": places, "time_rule": rule}
    mosque = statement("b", 1, voice=voice("Campaigners", "Herald"), counts=(count(40),), **told)
    found = kinds(account("a", mayor), account("b", recalled, mosque, days=1))
    assert (("contradicts", "counts_exclude") in found) is not (rule == "carried" and not places)
    # beside each other in one text they are told of one attack
    beside = statement("b", 2, voice=voice("Police", "Herald"), counts=(count(52),), **TOLD)
    assert ("contradicts", "counts_exclude") in kinds(account("b", recalled, mosque, beside))


@pytest.mark.parametrize(("other", "is_one"), [("servicemen", True), ("troops", True), ("officers", False)])
def test_soldiers_by_another_word_are_counted_alike(other: str, is_one: bool) -> None:
    army = {"kind": "kill_or_wound", "voice": voice("Ministry", "a", "UA"), "counts": (count(63, counted="soldiers"),)}
    rebels = {**army, "voice": voice("Rebels", "b", "DPR-LPR"), "counts": (count(140, counted=other),)}
    found = kinds(account("a", statement("a", **army)), account("b", statement("b", **rebels)))
    assert (("contradicts", "counts_exclude") in found) is is_one


@pytest.mark.parametrize(("of_side", "is_against"), [("DPR-LPR", True), (None, False)])
def test_what_one_side_counts_may_be_many_times_what_the_other_does(of_side: str | None, is_against: bool) -> None:
    army = statement("a", kind="kill_or_wound", voice=voice("Ministry", "a", "UA"), counts=(count(30),))
    other = statement("b", kind="kill_or_wound", voice=voice("Rebels", "b", of_side), counts=(count(300),))
    found = kinds(account("a", army), account("b", other, days=1))
    assert (("contradicts", "counts_exclude") in found) is is_against


@pytest.mark.parametrize(
    ("paper", "number", "expected"),
    [
        ("Herald", 9, [("repeats", "count_passed_on")]),
        ("Herald", 2, []),  # any happening may have as many
        ("Courier", 9, []),  # of its own speaker's number a paper tells beside him in one text
    ],
)
def test_a_number_that_a_paper_gives_as_a_speaker_does(paper: str, number: int, expected: list[object]) -> None:
    mayor = statement("a", voice=voice("Mayor", "Courier"), counts=(count(number),), **TOLD)
    again = statement("a", 1, voice=voice(None, "Courier"), counts=(count(number),), **TOLD)
    written = statement("b", voice=voice(None, paper), counts=(count(number),), **TOLD)
    told = [account("a", mayor, again)] if paper == "Courier" else [account("a", mayor), account("b", written)]
    assert kinds(*told) == expected


@pytest.mark.parametrize(
    ("low", "bound", "side_of_other", "expected"),
    [
        (70, "at_least", "RU", [("corroborates", "count_near")]),
        (70, "at_least", None, [("repeats", "count_passed_on")]),
        (70, "exact", None, []),
        (60, "at_least", "RU", []),
    ],
)
def test_numbers_that_are_nearly_one(low: int, bound: str, side_of_other: str | None, expected: list[object]) -> None:
    open_ended = count(low, high=None if bound == "at_least" else low, bound=bound)
    speaker = voice("Ministry", "Courier", "UA") if side_of_other else voice(None, "Courier")
    one = statement("a", voice=speaker, counts=(open_ended,), **TOLD)
    other = statement("b", voice=voice("Governor", "Herald", side_of_other), counts=(count(72),), **TOLD)
    found = kinds(account("a", one), account("b", other))
    assert [pair for pair in found if pair[1] != "counts_exclude"] == expected


@pytest.mark.parametrize(
    ("later", "rule"),
    [
        ({"days": 1}, "count_next_day"),
        ({"days": 1, "article": "a"}, None),
        ({"days": 1, "kind": "detain"}, None),
        ({"days": 1, "agents": ("RU",)}, None),
        ({"days": 2}, None),
        ({"days": 1, "place": "Huliaipole"}, None),
        ({"days": 1, "number": 28}, None),
    ],
)
def test_one_toll_at_one_point_on_days_that_follow_each_other(later: dict[str, object], rule: str | None) -> None:
    day = DAY + timedelta(days=int(str(later["days"])))
    night = {"kind": "kill_or_wound", "counts": (count(29),), "agents": (side("UA"),)}
    told = {
        "counts": (count(float(str(later.get("number", 29)))),),
        "places": (POINTS[str(later.get("place", "Orikhiv"))],),
        "first_date": day,
        "last_date": day,
        "kind": later.get("kind", "kill_or_wound"),
        "agents": tuple(side(code) for code in later.get("agents", ("UA",))),  # type: ignore[attr-defined]
    }
    article = str(later.get("article", "b"))
    found = compare(
        account("a", statement("a", **night), days=2), account(article, statement(article, 1, **night | told), days=2)
    )
    assert (found.rule_id if found.forbids is None else None) == rule


@pytest.mark.parametrize(("raised_on", "is_against_first"), [(0, True), (2, False), (3, True)])
def test_a_toll_that_its_voice_has_raised_by_then_contradicts_nobody(raised_on: int, is_against_first: bool) -> None:
    def toll(name: str, who: str, number: float, days: int) -> Account:
        return account(name, statement(name, voice=voice(who, name), counts=(count(number),), **TOLD), days=days)

    told = toll("a", "Mayor", 22, 1), toll("b", "Police", 48, 2), toll("c", "Mayor", 44, raised_on)
    found = relations_of(Event("e", tuple(Member(one, joined_with="x") for one in told)))
    numbers = {frozenset([r.earlier_figure_id, r.later_figure_id]) for r in found if r.rule_id == "counts_exclude"}
    assert frozenset(["f44killedevent", "f48killedevent"]) in numbers
    assert (frozenset(["f22killedevent", "f48killedevent"]) in numbers) is is_against_first


@pytest.mark.parametrize(
    ("later", "rule"),
    [
        ({}, "count_there"),
        ({"number": 28}, None),
        ({"number": 29, "place": "Kupiansk"}, None),
        ({"article": "a"}, None),
        ({"published": 6}, "count_there"),
        ({"number": 12, "first": 12}, "count_there"),
        ({"number": 12, "first": 12, "published": 6}, None),
    ],
)
def test_one_large_toll_of_one_place_and_time_joins_what_is_told_otherwise(
    later: dict[str, Any], rule: str | None
) -> None:
    given = {"kind": "kill_or_wound", "counts": (count(later.get("first", 29)),)}
    article = later.get("article", "b")
    told = {
        "counts": (count(later.get("number", 29)),),
        "places": (POINTS[later.get("place", "Orikhiv")],),
        "is_many": True,
        "time_rule": "reported",
        "first_date": DAY + timedelta(days=later.get("published", 0)),
        "last_date": DAY + timedelta(days=later.get("published", 0)),
    }
    one = account("a", statement("a", **given), days=0)
    other = account(article, statement(article, 1, **given | told), days=later.get("published", 0))
    found = compare(one, other)
    assert (found.rule_id if found.joins else None) == rule


@pytest.mark.parametrize(
    ("numbers", "days", "is_one"),
    [((6, 19), 0, True), ((6, 19), 1, True), ((6, 19), 2, False), ((6, 20), 0, False), ((2, 3), 0, False)],
)
def test_two_numbers_that_two_texts_give_alike_are_of_one_attack_wherever_they_put_it(
    numbers: tuple[int, int], days: int, is_one: bool
) -> None:
    first = (2, 3) if numbers == (2, 3) else (6, 19)
    day = DAY + timedelta(days=days)
    one, other = (
        account(article, statement(article, counts=(count(a), count(b, "wounded")), places=(POINTS[place],), **more))
        for article, (a, b), place, more in (
            ("a", first, "Orikhiv", {}),
            ("b", numbers, "Kupiansk", {"first_date": day, "last_date": day}),
        )
    )
    assert (compare(one, other).rule_id == "two_counts") is is_one
    assert not is_one or list(pairs([one, other]))


def test_a_river_keeps_no_number_that_one_speaker_gives_again_apart() -> None:
    river = Place("geonames-8", "Konka", None, None, 47.0, 35.0, WATER)
    by = {"voice": voice("Observatory"), "kind": "kill_or_wound", "counts": (count(29),)}
    town, bank, far = (
        account(article, statement(article, places=(place,), **by))
        for article, place in (("a", POINTS["Orikhiv"]), ("b", river), ("c", POINTS["Kupiansk"]))
    )
    assert compare(town, bank).rule_id == "count_again"
    assert compare(town, far).forbids == "other_place"


def test_two_voices_of_a_much_told_event_are_compared_once_for_nearer_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def is_one(one: Statement, other: Statement) -> bool:
        asked.append((one.voice.key, other.voice.key))
        return one.voice.key == other.voice.key

    monkeypatch.setattr(counts, "is_one_authority", is_one)
    tolls = [statement(f"a{n}", voice=voice(f"who{n % 3}", f"a{n}"), counts=(count(n),)) for n in range(30)]
    items = [(Told(s, Member(account(s.mention_id, s))), s.counts[0]) for s in tolls]
    given = ByAuthority(items)
    found = [has_nearer_number(*items[a], *items[b], given) for a in range(9) for b in range(9, 30)]
    assert any(found)
    assert len(asked) == len(set(asked)) == 9


def test_a_second_number_that_both_give_makes_two_accounts_no_less_alike() -> None:
    killed, both = (count(6),), (count(6), count(19, "wounded"))
    one, two = (
        [account(article, statement(article, counts=given, words=frozenset(WORDS))) for article in ("a", "b")]
        for given in (killed, both)
    )
    assert compare(*two).score >= compare(*one).score
    assert compare(*two).rule_id not in JOIN_LAST


@pytest.mark.parametrize(("people", "counted", "are_same"), [("people", "people", True), ("armed", "militants", False)])
def test_as_many_fighters_as_civilians_are_not_the_same_dead(people: str, counted: str, are_same: bool) -> None:
    def told(article: str, people: str, counted: str, days: int) -> Account:
        dead = count(15, people=people, counted=counted)
        return account(article, statement(article, counts=(dead,), voice=voice("Monitor", article), **TOLD), days=days)

    found = kinds(told("a", "civilian", "civilians", 0), told("b", people, counted, 1))
    assert (("repeats", "count_repeated") in found) is are_same


def of_mayor(article: str, *numbers: Count, days: int = 0) -> Account:
    """An article in which the mayor gives these numbers of dead, each in a sentence."""
    told = [
        statement(
            article, n, voice=voice("Mayor", article), counts=(replace(number, figure_id=f"{article}{n}"),), **TOLD
        )
        for n, number in enumerate(numbers)
    ]
    return account(article, *told, days=days)


def test_who_died_since_an_earlier_toll_is_no_part_beside_it() -> None:
    first = of_mayor("a", count(15))
    since = of_mayor("b", count(18), count(15, is_outdated=True), count(3, is_further=True), days=1)
    beside = of_mayor("b", count(18), count(3, is_further=True), days=1)
    assert ("revises", "count_revised") in kinds(first, since)
    assert ("revises", "count_revised") not in kinds(first, beside)


@pytest.mark.parametrize(
    ("now", "is_replaced"), [({}, True), ({"scope": "cumulative"}, True), ({"is_further": True}, False)]
)
def test_a_whole_toll_takes_the_place_of_an_earlier_one(now: dict[str, Any], is_replaced: bool) -> None:
    told = of_mayor("a", count(15, is_outdated=True), count(18, **now))
    assert (("revises", "toll_replaced") in kinds(told)) is is_replaced
