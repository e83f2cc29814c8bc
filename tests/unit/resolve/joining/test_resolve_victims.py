"""Nobody dies twice: accounts that name one victim are of one death, whenever and wherever it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from ingest.resolve.joining.blocking import keys, pairs
from ingest.resolve.joining.events import clusters
from ingest.resolve.joining.scoring import compare
from ingest.resolve.joining.victims import victims
from ingest.resolve.model import Account, Participant
from tests.unit.resolve.made_accounts import DAY, POINTS, VICTIM, account, statement

YEARS_LATER = DAY + timedelta(days=900)


def killed(article: str, *, names: tuple[str, ...] = ("melton", "dover"), **more: Any) -> Account:
    """An account of the killing of Ada Melton, in an article that tells most of these names."""
    given = {"kind": "kill_or_wound", "trigger_stem": "murde", "targets": (VICTIM,), "places": (), **more}
    return replace(account(article, statement(article, **given)), story_names=names)


def reported(day: Any) -> dict[str, Any]:
    return {"first_date": day, "last_date": day, "time_rule": "reported"}


def test_a_trial_years_later_tells_of_the_killing_that_was_reported() -> None:
    then, trial = killed("A", **reported(DAY)), killed("B", **reported(YEARS_LATER))
    assert {key for key, _ in keys(then)} & {key for key, _ in keys(trial)}
    [pair] = pairs([then, trial])
    assert compare(*pair).joins
    assert compare(*pair).rule_id == "one_death"


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"trigger_stem": "wound"}, id="hurt, which may happen twice"),
        pytest.param({"targets": (replace(VICTIM, name="Melton", actor_key="person:melton"),)}, id="a surname alone"),
        pytest.param({"targets": (Participant(name="a teacher", words=frozenset(["teache"])),)}, id="nobody named"),
        pytest.param({"realis": "future"}, id="a threat"),
        pytest.param({"kind": "detain"}, id="an arrest"),
    ],
)
def test_who_is_not_named_in_full_as_dead_is_no_victim(more: dict[str, Any]) -> None:
    assert not victims(killed("A", **more))


def test_namesakes_are_two() -> None:
    then = killed("A", **reported(DAY), places=(POINTS["Orikhiv"],))
    other_story = killed("B", **reported(YEARS_LATER), names=("melton", "leeds"))
    elsewhere = killed("B", **reported(YEARS_LATER), places=(POINTS["Kupiansk"],))
    dated = {"time_rule": "linked"}
    other_day = killed("B", **reported(YEARS_LATER) | dated)
    assert not compare(then, other_story).joins
    assert not compare(then, elsewhere).joins
    assert not compare(killed("A", **reported(DAY) | dated), other_day).joins


def test_a_name_with_a_hyphen_is_no_other_name() -> None:
    pierre = replace(VICTIM, name="Jean-Pierre Melton", actor_key="person:melton/jeanpierre")
    given: dict[str, Any] = {"targets": (pierre,), "names": ("jean", "pierre", "melton")}
    assert not compare(killed("A", **reported(DAY), **given), killed("B", **reported(YEARS_LATER), **given)).joins


def test_a_trial_parts_nothing_that_place_and_days_join() -> None:
    placed = {"time_rule": "linked", "places": (POINTS["Orikhiv"],), "words": frozenset(["market", "knife", "mornin"])}
    named, unnamed = killed("A", **placed), killed("E", **placed, targets=())
    trial = killed("B", **reported(YEARS_LATER))
    assert compare(named, trial).joins
    groups = [set(c.account_ids) for _, c in clusters({a.account_id: a for a in (named, unnamed, trial)})]
    assert {"A-00", "E-00"} <= next(group for group in groups if "A-00" in group)
