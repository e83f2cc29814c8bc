"""Which accounts are one event: by hand, and the same whatever order they come in and however they are cut."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_accounts import DAY, POINTS, REGION, account, count, side, statement, voice

from ingest.resolve.accounts.accounts import with_carried_places
from ingest.resolve.accounts.voices import stems
from ingest.resolve.joining.blocking import keys
from ingest.resolve.joining.events import EventStep, Settled, clusters
from ingest.resolve.joining.index import Index
from ingest.resolve.joining.scoring import compare, features
from ingest.resolve.model import Account, Participant, Place
from ingest.resolve.relations.relations import relations_of


class Desk:
    """Steps over one index, and the events that stand after them."""

    def __init__(self, path: Path) -> None:
        self.index = Index(path / "index.sqlite", "test")
        self.index.open(None)
        self.events: dict[str, Settled] = {}
        self.changes: list[tuple[str, str, str | None]] = []

    def step(
        self, accounts: list[Account] = (), gone: list[str] = (), superseded: list[tuple[str, str, str]] = ()
    ) -> list[tuple[str, str, str | None]]:
        step = EventStep(self.index)
        step.withdraw(gone)
        step.add(list(accounts))
        step.supersede(superseded)
        changes = []
        for settled in step.settle():
            changes.append((settled.change.event_id, settled.change.change, settled.change.other_event_id))
            if settled.event is None:
                self.events.pop(settled.change.event_id, None)
            else:
                self.events[settled.change.event_id] = settled
        self.index.commit(str(len(self.changes)))
        self.changes += changes
        return changes

    def standing(self) -> dict[str, tuple[object, ...]]:
        return {
            event_id: (settled.event, relations_of(settled.event))
            for event_id, settled in self.events.items()
            if settled.event is not None
        }

    def groups(self) -> set[frozenset[str]]:
        return {s.event.account_ids for s in self.events.values() if s.event is not None}


def told(article: str, **more: object) -> Account:
    return account(article, statement(article, **more), days=3)


KILLED_NINE = {"counts": (count(29),), "words": frozenset(["market", "missil"])}


def test_two_papers_on_one_strike_are_one_event() -> None:
    likeness = compare(told("a", **KILLED_NINE), told("b", **KILLED_NINE))
    assert likeness.joins
    assert likeness.rule_id == "place_and_days_same_count"


@pytest.mark.parametrize(
    ("other", "conflict"),
    [
        ({"places": (POINTS["Huliaipole"],)}, "other_place"),
        ({"places": (POINTS["Kupiansk"],)}, "other_place"),
        ({"first_date": DAY + timedelta(days=2), "last_date": DAY + timedelta(days=2)}, "other_days"),
        ({"kind": "detain"}, "other_kind"),
    ],
)
def test_another_town_day_or_kind_forbids(other: dict[str, object], conflict: str) -> None:
    assert compare(told("a", **KILLED_NINE), told("b", **{**KILLED_NINE, **other})).forbids == conflict


def test_what_is_told_in_like_words_is_likelier_one_event() -> None:
    market, depot = frozenset(["market", "missil", "trader"]), frozenset(["railwa", "depot", "drone"])
    one, again, another = told("a", words=market), told("b", words=market), told("c", words=depot)
    assert compare(one, again).score > compare(one, another).score + 1


def test_a_large_number_that_one_speaker_gives_again_needs_no_place() -> None:
    by = {"voice": voice("Observatory"), "kind": "kill_or_wound", "counts": (count(29),)}
    placed, bare = told("a", **by), told("b", places=(), **by)
    assert compare(placed, bare).rule_id == "count_again"
    assert {key for key, _ in keys(placed)} & {key for key, _ in keys(bare)}
    assert compare(placed, told("b", places=(POINTS["Kupiansk"],), **by)).forbids == "other_place"
    assert compare(placed, told("b", places=(), **{**by, "voice": voice("Mayor")})).forbids == "one_publisher"
    assert compare(placed, told("b", places=(), **{**by, "counts": (count(3),)})).forbids == "one_publisher"


def test_two_numbers_that_agree_are_as_telling_as_a_large_one() -> None:
    both = (count(6), count(4, "wounded"))
    plain = compare(told("a", counts=(count(6),)), told("b", counts=(count(6),))).score
    assert compare(told("a", counts=both), told("b", counts=both)).score > plain
    one_each = (count(1), count(1, "wounded"))
    assert compare(told("a", counts=one_each), told("b", counts=one_each)).score == plain
    other = (count(6), count(9, "wounded"))
    assert compare(told("a", counts=both), told("b", counts=other)).score <= plain


def test_what_an_article_tells_by_the_way_keeps_no_two_articles_apart() -> None:
    words = frozenset(["market", "missil", "trader"])
    mains = [told(article, words=words, counts=(count(29),)) for article in ("a", "b")]
    asides = [account("b", statement("b", n, words=frozenset(["rescue"])), days=3) for n in (1, 2, 3)]
    found = [c for _, c in clusters({a.account_id: a for a in (*mains, *asides)})]
    assert any({a.account_id for a in mains} <= set(c.account_ids) for c in found)


def test_what_is_barely_alike_is_in_the_event_and_in_doubt(tmp_path: Path) -> None:
    told_alike = frozenset(["market", "missil", "trader", "morning"])
    mains = [told(article, words=told_alike, counts=(count(29),)) for article in ("a", "b")]
    vague = told("c", words=frozenset(["market", "shelled", "rescue", "depot"]))
    assert 0.1 < compare(mains[0], vague).score < 1.3
    desk = Desk(tmp_path)
    desk.step([*mains, vague])
    [settled] = desk.events.values()
    assert settled.event is not None
    assert {m.account.account_id for m in settled.event.members if m.is_doubtful} == {vague.account_id}


def test_what_is_said_no_more_puts_nothing_in_doubt(tmp_path: Path) -> None:
    told_alike = frozenset(["market", "missil", "trader", "morning"])
    former = [told(article, words=told_alike, counts=(count(29),)) for article in ("a", "b")]
    standing = told("c", words=frozenset(["market", "shelled", "rescue", "depot"]))
    accounts = {a.account_id: a for a in (*former, standing)}
    [(_, cluster)] = clusters(accounts, superseded={a.account_id for a in former})
    assert cluster.doubtful == {a.account_id for a in former}


def test_strikes_at_large_are_less_likely_one_of_them() -> None:
    one, another = told("a", words=frozenset(["market", "missil"])), told("b", words=frozenset(["market", "missil"]))
    many = told("b", words=frozenset(["market", "missil"]), is_many=True)
    assert compare(one, another).score > compare(one, many).score + 0.5


def test_a_town_may_stand_for_the_region_that_is_called_after_it() -> None:
    seat, village = (
        Place(f"geonames-{n}", name, "SY", "Idlib Governorate", 35.9, 36.1 + n, 1)
        for n, name in enumerate(("Idlib", "Hass"))
    )
    assert compare(told("a", places=(seat,)), told("b", places=(village,))).forbids is None
    other = replace(village, place_id="geonames-7", name="Kafr Nabl", lon=36.3)
    assert compare(told("a", places=(other,)), told("b", places=(village,))).forbids == "other_place"
    assert {key for key, _ in keys(told("a", places=(seat,)))} & {key for key, _ in keys(told("b", places=(village,)))}


def test_two_days_of_one_report_are_two_events() -> None:
    today = statement("a", 0, time_rule="reported", counts=(count(2),), last_date=DAY + timedelta(days=1))
    day_before = statement("a", 1, counts=(count(6),))
    one, other = account("a", today, days=1), account("a", day_before, days=1)
    assert compare(one, other).forbids == "other_days"


def test_two_tolls_of_one_voice_in_one_report_are_of_two_events() -> None:
    city = account("a", statement("a", 0, counts=(count(15),)), days=1)
    village = account("a", statement("a", 1, counts=(count(6),)), days=1)
    assert compare(city, village).forbids == "other_counts"
    disputed = account("a", statement("a", 1, voice=voice("Mayor", "a"), counts=(count(6),)), days=1)
    assert compare(city, disputed).forbids is None


def test_what_is_told_of_the_main_point_without_a_day_is_of_its_day() -> None:
    lead = account("a", statement("a", 0), days=1)
    fragment = account("a", statement("a", 2, first_date=None, last_date=None, time_rule="none"), days=1)
    assert fragment.last_date is None
    *_, dated = with_carried_places([lead, fragment])
    assert (dated.first_date, dated.last_date, dated.is_dated) == (DAY, DAY, False)
    # where it tells of two days, neither is meant
    before = DAY - timedelta(days=9)
    other = account("a", statement("a", 1, first_date=before, last_date=before), days=1)
    *_, undated = with_carried_places([lead, other, fragment])
    assert undated.last_date is None


def test_an_account_that_meets_the_others_by_its_count_alone_keeps_none_of_them_apart() -> None:
    country = Place("geonames-8", "Ukraine", "UA", None, 49.0, 32.0, 6)
    dead = (count(43),)
    accounts = [
        account("a", statement("a", counts=dead, words=frozenset(["market", "missil", "trader"]))),
        account("b", statement("b", counts=dead, words=frozenset(["market", "missil", "trader"]))),
        account("c", statement("c", counts=dead, places=(country,), words=frozenset(["market", "missil", "trader"]))),
    ]
    [(_, cluster)] = clusters({a.account_id: a for a in accounts})
    assert cluster.account_ids == ("a-00", "b-00", "c-00")


@pytest.mark.parametrize("told_places", [(), (REGION,)])
def test_a_fragment_takes_the_main_point_of_its_article(told_places: tuple[Place, ...]) -> None:
    lead = account("a", statement("a", 0), statement("a", 1))
    fragment = account("a", statement("a", 2, kind="kill_or_wound", places=told_places))
    *_, carried = with_carried_places([lead, fragment])
    assert carried.is_place_carried
    assert carried.places == (POINTS["Orikhiv"], *told_places)
    # of an article about two towns the one told first is as good as any
    two = [account("a", statement("a", 0)), account("a", statement("a", 1, places=(POINTS["Kupiansk"],))), fragment]
    assert [a.is_place_carried for a in with_carried_places(two)] == [False, False, True]


def test_a_siege_and_talks_without_a_place_are_not_at_the_main_point_of_their_article() -> None:
    lead, siege = account("a", statement("a", 0)), account("a", statement("a", 1, kind="encircle", places=()))
    talks = account("a", statement("a", 2, kind="negotiate", places=()))
    assert [a.places for a in with_carried_places([lead, siege, talks])] == [(POINTS["Orikhiv"],), (), ()]


def test_a_siege_is_not_that_of_the_next_town() -> None:
    suburb = replace(POINTS["Orikhiv"], place_id="geonames-4", name="Mala Tokmachka", lat=47.54)
    ours, theirs, again = (
        account(name, statement(name, kind="encircle", places=(place,)))
        for name, place in (("A", POINTS["Orikhiv"]), ("B", suburb), ("C", POINTS["Orikhiv"]))
    )
    assert compare(ours, theirs).forbids == "other_place"
    assert compare(ours, again).forbids is None
    assert compare(told("d", places=(suburb,)), told("e")).forbids is None


@pytest.mark.parametrize(("low", "is_far"), [(24, 1.0), (2, 0.0)])
def test_who_attacked_and_was_killed_is_not_the_many_who_were(low: int, is_far: float) -> None:
    one = told("a", kind="kill_or_wound", is_of_one=True)
    many = told("b", kind="kill_or_wound", counts=(count(low),))
    for found in (features(one, many), features(many, one)):
        assert not isinstance(found, str)
        assert found["far_count"] == is_far
    both = account("a", statement("a", kind="kill_or_wound", is_of_one=True), statement("a", 1))
    found = features(both, many)
    assert not isinstance(found, str)
    assert found["far_count"] == 0.0


@pytest.mark.parametrize(
    ("ours", "theirs", "is_other"),
    [
        (side("SY"), Participant(words=stems("terrorist groups")), 1.0),
        (side("SY"), Participant(words=stems("rebels"), side="SY-OPP"), 1.0),
        (Participant(words=stems("militants")), side("SY-OPP"), 0.0),
        (side("SY"), Participant(words=stems("warplanes")), 0.0),
    ],
)
def test_who_fights_a_state_is_not_the_state(ours: Participant, theirs: Participant, is_other: float) -> None:
    found = features(told("a", agents=(ours,)), told("b", agents=(theirs,)))
    assert not isinstance(found, str)
    assert found["other_agent"] == is_other
    # whoever else fights beside it
    ours_with_clash = account("a", statement("a", agents=(ours,)), statement("a", 1, kind="clash"))
    found = features(ours_with_clash, told("b", agents=(theirs,)))
    assert not isinstance(found, str)
    assert found["other_agent"] == is_other


def test_a_region_is_not_enough_for_two_towns_inside_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    towns = [told(name, places=(POINTS[name],), **KILLED_NINE) for name in ("Orikhiv", "Huliaipole")]
    desk.step([*towns, told("region", places=(REGION,), **KILLED_NINE)])
    for group in desk.groups():
        assert not group >= {t.account_id for t in towns}


def test_what_is_planned_is_no_event(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.step([told("a", realis="future"), told("b", realis="generic")])
    assert desk.groups() == set()


def test_what_the_text_ties_stays_together_and_brings_its_place(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    dead = statement("a", 1, kind="kill_or_wound", places=(), counts=(count(29),))
    one = account("a", statement("a", words=KILLED_NINE["words"]), dead)
    desk.step([one])
    desk.step([told("b", kind="kill_or_wound", **KILLED_NINE)])
    assert desk.groups() == {frozenset([one.account_id, "b-00"])}


def test_an_event_keeps_its_id_while_its_earliest_member_stands(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    [(event_id, change, _)] = desk.step([told("a", **KILLED_NINE)])
    assert change == "formed"
    later = account("b", statement("b", **KILLED_NINE), days=1, load=1)
    assert desk.step([later]) == [(event_id, "changed", None)]
    # what was published earlier and comes later does not name it anew
    assert desk.step([account("c", statement("c", **KILLED_NINE), days=-1, load=1)]) == [(event_id, "changed", None)]
    # what named it goes: the history says so
    assert {change for _, change, _ in desk.step(gone=["v-a"])} == {"renamed", "joined"}


def test_what_joined_two_and_goes_lets_them_apart(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    weak = {"time_rule": "reported", "first_date": DAY - timedelta(days=3), "is_many": True}
    one = told("a", words=frozenset(["depot", "fire", "blaze"]), **weak)
    other = told("b", words=frozenset(["bridge", "river", "pillar"]), **weak)
    both = told("c", words=one.words | other.words, **{**weak, "is_many": False})
    assert not compare(one, other).joins
    desk.step([one, other])
    assert len(desk.groups()) == 2
    desk.step([both])
    desk.step(gone=["v-c"])
    assert desk.groups() == {frozenset(["a-00"]), frozenset(["b-00"])}
    assert {change for _, change, _ in desk.changes} >= {"formed"}


def test_an_event_of_which_nothing_is_left_is_dissolved(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    [(event_id, _, _)] = desk.step([told("a", **KILLED_NINE)])
    assert desk.step(gone=["v-a"]) == [(event_id, "dissolved", None)]


def test_an_edited_article_marks_what_it_no_longer_says(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.step([told("a", **KILLED_NINE)])
    edited = account(
        "a", statement("a2", voice=voice(outlet="a"), **{**KILLED_NINE, "counts": (count(11),)}), version="v0-a"
    )
    desk.step([edited], superseded=[("a-a", "v0-a", "2026-03-02")])
    [settled] = desk.events.values()
    assert settled.event is not None
    assert {m.account.article_version_id: m.is_superseded for m in settled.event.members} == {
        "v-a": True,
        "v0-a": False,
    }
    [relation] = relations_of(settled.event)
    assert (relation.kind, relation.later.account.article_version_id) == ("revises", "v0-a")


def test_a_version_that_is_read_late_and_is_older_is_not_current(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.step([told("a", **KILLED_NINE)], superseded=[("a-a", "v-a", "2026-03-02")])
    older = account(
        "a", statement("a2", voice=voice(outlet="a"), **{**KILLED_NINE, "counts": (count(11),)}), version="v0-a"
    )
    desk.step([older], superseded=[("a-a", "v0-a", "2026-03-01")])
    [settled] = desk.events.values()
    assert settled.event is not None
    assert {m.account.article_version_id: m.is_superseded for m in settled.event.members} == {
        "v-a": False,
        "v0-a": True,
    }


# --- properties -------------------------------------------------------------------------------

places = st.sampled_from([*POINTS.values(), REGION])


@st.composite
def made(draw: st.DrawFn) -> dict[str, object]:
    first = DAY + timedelta(days=draw(st.integers(0, 3)))
    rule = draw(st.sampled_from(["linked", "reported"]))
    return {
        "kind": draw(st.sampled_from(["strike", "kill_or_wound", "take", "hold", "clash"])),
        "is_negative": draw(st.booleans()) and draw(st.booleans()),
        "places": (draw(places),),
        "first_date": first,
        "last_date": first + timedelta(days=draw(st.integers(0, 2))),
        "time_rule": rule,
        "agents": tuple(map(side, draw(st.sets(st.sampled_from(["RU", "UA"]), max_size=1)))),
        "counts": tuple(count(n) for n in draw(st.sets(st.sampled_from([2, 9, 14, 40]), max_size=1))),
        "words": frozenset(
            draw(st.sets(st.sampled_from(["market", "missil", "depot", "school", "bridge"]), max_size=4))
        ),
    }


many = st.lists(made(), min_size=2, max_size=12)


def numbered(values: list[dict[str, object]]) -> list[Account]:
    return [account(f"n{i:02}", statement(f"n{i:02}", **v), days=i % 3) for i, v in enumerate(values)]


@settings(max_examples=60, deadline=None)
@given(many, st.randoms(use_true_random=False))
def test_the_same_events_in_any_order_and_any_cut(
    tmp_path_factory: pytest.TempPathFactory, values: list[dict[str, object]], rng: random.Random
) -> None:
    accounts = numbered(values)
    whole = Desk(tmp_path_factory.mktemp("whole"))
    whole.step(accounts)
    shuffled = rng.sample(accounts, len(accounts))
    cut = Desk(tmp_path_factory.mktemp("cut"))
    while shuffled:
        size = rng.randint(1, 4)
        cut.step(shuffled[:size])
        shuffled = shuffled[size:]
    assert cut.standing() == whole.standing()


@settings(max_examples=40, deadline=None)
@given(many, st.data())
def test_taking_articles_away_is_as_if_they_had_never_come(
    tmp_path_factory: pytest.TempPathFactory, values: list[dict[str, object]], data: st.DataObject
) -> None:
    accounts = numbered(values)
    gone = data.draw(st.sets(st.sampled_from([a.article_version_id for a in accounts])))
    desk = Desk(tmp_path_factory.mktemp("gone"))
    desk.step(accounts)
    desk.step(gone=sorted(gone))
    never = Desk(tmp_path_factory.mktemp("never"))
    never.step([a for a in accounts if a.article_version_id not in gone])
    assert desk.standing() == never.standing()


@settings(max_examples=60, deadline=None)
@given(many)
def test_no_event_holds_a_conflict(tmp_path_factory: pytest.TempPathFactory, values: list[dict[str, object]]) -> None:
    desk = Desk(tmp_path_factory.mktemp("conflict"))
    desk.step(numbered(values))
    for settled in desk.events.values():
        members = [m.account for m in settled.event.members] if settled.event else []
        for i, one in enumerate(members):
            for other in members[i + 1 :]:
                assert compare(one, other).forbids is None


def test_a_step_that_changes_nothing_says_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.step([told("a", **KILLED_NINE)])
    assert desk.step([told("z", places=(POINTS["Kupiansk"],))]) == [
        (next(e for e in desk.events if "z-00" in desk.events[e].event.account_ids), "formed", None)
    ]


def test_a_bad_day_is_bounded(tmp_path: Path) -> None:
    """Every article of a day on one of two towns: time and relations in proportion to the articles."""
    rng = random.Random(7)
    words = ["market", "missil", "depot", "school", "bridge", "windows", "rescue", "morning", "station", "river"]
    accounts = []
    for i in range(200):
        name = f"b{i:03}"
        strike = statement(
            name,
            places=(POINTS[rng.choice(["Orikhiv", "Huliaipole"])],),
            agents=(side(rng.choice(["RU", "UA"])),),
            words=frozenset(rng.sample(words, 5)),
            is_negative=rng.random() < 0.1,
        )
        dead = statement(name, 1, kind="kill_or_wound", places=(), counts=(count(rng.randint(2, 12)),))
        accounts.append(account(name, strike, dead))
    desk = Desk(tmp_path)
    began = time.perf_counter()
    desk.step(accounts)
    relations = sum(len(relations_of(s.event)) for s in desk.events.values() if s.event)
    assert time.perf_counter() - began < 10
    assert relations < 12 * 2 * len(accounts)


@pytest.mark.parametrize(("counted", "kinds"), [("soldiers", ["contradicts"]), ("militants", [])])
def test_the_dead_of_two_sides_are_not_compared(tmp_path: Path, counted: str, kinds: list[str]) -> None:
    desk = Desk(tmp_path)
    first = statement("a", voice=voice("Bondar"), counts=(count(23, people="armed", counted="soldiers"),))
    second = statement("a", 1, voice=voice("Petrenko"), counts=(count(48, people="armed", counted=counted),))
    desk.step([account("a", first, second, days=3)])
    [settled] = desk.events.values()
    assert settled.event is not None
    assert [r.kind for r in relations_of(settled.event)] == kinds


def test_what_tells_neither_day_nor_count_nor_a_point_of_its_own_is_joined_less_readily() -> None:
    words = frozenset(["market", "missil", "trader"])
    vague = {"time_rule": "reported", "first_date": DAY - timedelta(days=2), "words": words}
    full = told("a", words=words)
    fragment = replace(told("b", **vague), is_place_carried=True)
    assert compare(full, told("b", **vague)).score > compare(full, fragment).score + 0.4


@pytest.mark.parametrize(
    ("ours", "theirs", "is_same", "is_other"),
    [
        ("warplanes", "jets", 1.0, 0.0),
        ("missile", "missiles", 1.0, 0.0),
        ("mortars", "drones", 0.0, 1.0),
        ("warplanes", "chlorine", 0.0, 0.0),
        ("bombs", "truck", 0.0, 0.0),
    ],
)
def test_words_for_one_sort_of_weapon_agree_and_what_another_may_carry_does_not_differ(
    ours: str, theirs: str, is_same: float, is_other: float
) -> None:
    one, other = (account(a, statement(a, instruments=stems(w))) for a, w in (("A", ours), ("B", theirs)))
    found = features(one, other)
    assert not isinstance(found, str)
    assert (found["same_instrument"], found["other_instrument"]) == (is_same, is_other)
