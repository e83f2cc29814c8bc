"""Accounts that leave out where or when: joined by the story that their articles tell, and by nothing less."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ingest.resolve.accounts.names import told_names
from ingest.resolve.joining.blocking import keys, pairs
from ingest.resolve.joining.events import clusters
from ingest.resolve.joining.scoring import compare
from ingest.resolve.joining.stories import STORY, is_bare, story_keys
from ingest.resolve.kinds import weights
from ingest.resolve.model import COUNTRY, Account, Participant, Place
from tests.unit.resolve.made_accounts import DAY, POINTS, REGION, account, count, statement, voice

COUNTRY_ALONE = Place("geonames-8", "Ukraine", "UA", None, 49.0, 32.0, COUNTRY)
NAMES = ("harlan", "melton", "tesco")


def bare(
    article: str, *, number: int = 0, names: tuple[str, ...] = NAMES, days: int = 0, near: str = "", **more: Any
) -> Account:
    """An account of who was killed that says neither where nor when."""
    given: dict[str, Any] = {
        "kind": "kill_or_wound",
        "places": (),
        "first_date": None,
        "last_date": None,
        "time_rule": "none",
        "trigger_stem": "kille",
        "targets": (Participant(words=frozenset(["melton"])),),
        "counts": (count(3),),
        **more,
    }
    made = account(article, statement(article, number, **given), days=days)
    return replace(made, story_names=names, names=frozenset(near.split()))


def joins(one: Account, other: Account) -> bool:
    """True where the two meet in a block and are joined."""
    met = list(pairs([one, other]))
    return bool(met) and compare(*met[0]).joins


def groups_of(*accounts: Account) -> list[list[str]]:
    """The events that accounts make, each as their ids."""
    return [sorted(cluster.account_ids) for _, cluster in clusters({a.account_id: a for a in accounts})]


def test_names_are_counted_where_they_have_their_capital_inside_a_sentence() -> None:
    text = (
        "Shops closed early. Police said Melton was shot near the Tesco in Harlan. Melton, 34, died on Monday. "
        "Yesterday Melton had told Russian reporters about Tesco. Shops stayed closed in May."
    )
    assert told_names(text) == ("melton", "tesco", "harlan")


def test_a_text_without_names_tells_none() -> None:
    assert told_names("Nothing happened. Nobody came.") == ()
    assert not list(story_keys(bare("A", names=())))


def test_two_articles_of_one_story_that_name_the_same_dead_are_joined() -> None:
    one, other = bare("A"), bare("B", names=("melton", "harlan", "courts"))
    assert joins(one, other)
    assert compare(one, other).rule_id == "story"


def test_an_account_without_a_place_finds_one_that_has_it() -> None:
    placed = bare("A", places=(POINTS["Orikhiv"],), first_date=DAY, last_date=DAY, time_rule="linked")
    assert not is_bare(placed)
    assert joins(placed, bare("B"))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"names": ("courts", "dover", "melton")}, "one name alone is shared"),
        ({"days": 4}, "published four days later"),
        (
            {
                "trigger_stem": "wound",
                "targets": (Participant(words=frozenset(["boy"])),),
                "counts": (),
            },
            "other words, other victims",
        ),
        ({"kind": "negotiate"}, "no happening of one day"),
        ({"is_many": True}, "of several happenings"),
        ({"realis": "planned"}, "not told to have happened"),
        ({"first_date": DAY - timedelta(days=900), "last_date": DAY, "time_rule": "linked"}, "goes on since"),
    ],
)
def test_what_tells_less_stays_apart(more: dict[str, Any], reason: str) -> None:
    assert not joins(bare("A"), bare("B", **more)), reason


def test_places_and_days_that_do_not_fit_forbid() -> None:
    here = bare("A", places=(POINTS["Orikhiv"],))
    there = bare("B", places=(POINTS["Kupiansk"],))
    assert compare(here, there).forbids == "other_place"
    then = bare("C", first_date=DAY, last_date=DAY, time_rule="linked")
    later = DAY + timedelta(days=2)
    assert compare(then, bare("D", first_date=later, last_date=later, time_rule="linked")).forbids == "other_days"


def test_two_articles_are_likelier_of_one_happening_than_two_passages_of_one() -> None:
    one, again, other = bare("A"), bare("A", number=7), bare("B")
    apart = compare(one, other).score - compare(one, again).score
    assert apart == pytest.approx(-weights(STORY)["one_article"])
    assert apart > 0


def test_two_articles_of_one_publisher_tell_of_two() -> None:
    assert compare(bare("A"), bare("B", voice=voice(outlet="A"))).forbids == "one_publisher"


def test_undated_articles_meet_undated_ones_alone() -> None:
    undated = [replace(bare(article), published_date=None) for article in ("A", "B")]
    assert joins(*undated)
    assert not joins(undated[0], bare("C"))


def test_what_says_where_and_when_meets_no_other_of_its_kind_by_its_story() -> None:
    given: dict[str, Any] = {"first_date": DAY, "last_date": DAY, "time_rule": "linked"}
    one = bare("A", places=(POINTS["Orikhiv"],), **given)
    other = bare("B", places=(POINTS["Kupiansk"],), **given)
    assert {key for key, _ in keys(one)} & {key for key, _ in keys(other)}
    assert not list(pairs([one, other]))


@pytest.mark.parametrize(("place", "is_met"), [(COUNTRY_ALONE, True), (REGION, False)])
def test_what_names_a_country_alone_meets_others_of_its_story(place: Place, is_met: bool) -> None:
    told = {"first_date": DAY, "last_date": DAY, "time_rule": "linked"}
    one, other = bare("A", places=(place,), **told), bare("B", places=(POINTS["Kupiansk"],), **told)
    blocks = [{key for key in story_keys(a) if key[1] or a is other} for a in (one, other)]
    assert bool({name for name, _ in blocks[0]} & {name for name, _ in blocks[1]}) is is_met


def test_what_an_article_tells_besides_in_other_words_stays_apart() -> None:
    vague = bare("B", number=5, trigger_stem="wound", targets=(), counts=())
    groups = groups_of(bare("A"), bare("B"), vague)
    assert sorted(groups) == [["A-00", "B-00"], ["B-05"]]


def test_what_an_article_tells_twice_and_does_not_tie_keeps_no_two_articles_apart() -> None:
    accounts = [bare(article, number=number) for article in "AB" for number in (0, 7)]
    assert groups_of(*accounts) == [["A-00", "A-07", "B-00", "B-07"]]


def test_who_says_where_and_when_is_joined_before_what_is_joined_by_its_story() -> None:
    given: dict[str, Any] = {
        "places": (POINTS["Orikhiv"],),
        "first_date": DAY,
        "last_date": DAY,
        "time_rule": "linked",
        "counts": (count(3, figure_id="f"),),
    }
    aside = bare("A", number=7, trigger_stem="wound", counts=())
    one, other = bare("A", **given, trigger_stem="die"), bare("B", **given)
    assert compare(aside, other).score > compare(one, other).score
    [cluster] = [c for _, c in clusters({a.account_id: a for a in (one, other, aside)}) if "B-00" in c.account_ids]
    assert {j.other_id for j in cluster.joined if j.account_id == "B-00"} == {"A-00"}


def test_what_is_told_of_many_years_is_of_no_story() -> None:
    since = {"first_date": DAY - timedelta(days=900), "last_date": DAY, "time_rule": "linked"}
    assert is_bare(bare("B", **since))
    assert not joins(bare("A"), bare("B", **since))
    some_day = {"first_date": DAY - timedelta(days=60)}
    assert not joins(bare("A"), bare("B", **since | some_day))  # it goes on when it is told
    assert joins(bare("A"), bare("B", **since | some_day | {"last_date": DAY - timedelta(days=30)}))


@pytest.mark.parametrize(
    ("more", "is_one"),
    [
        ({}, True),
        ({"trigger_stem": "signe"}, False),
        ({"time_rule": "reported"}, False),
        ({"first_date": DAY + timedelta(days=1), "last_date": DAY + timedelta(days=1)}, False),
        ({"article": "A"}, False),
    ],
)
def test_what_was_ordered_on_a_day_that_both_tell_is_one(more: dict[str, Any], is_one: bool) -> None:
    given = {"kind": "decree", "trigger_stem": "appro", "targets": (), "counts": ()}
    given |= {"first_date": DAY, "last_date": DAY, "time_rule": "linked"}
    article = more.pop("article", "B")
    one, other = bare("A", near="harlan", **given), bare(article, number=1, near="harlan", **given | more)
    assert joins(one, other) is is_one
