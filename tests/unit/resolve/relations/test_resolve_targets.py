"""What was hit: a depot or a school, by two voices; and what is no other target."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from made_accounts import POINTS, REGION, account, side, statement, voice
from test_resolve_relations import kinds

from ingest.resolve.model import Account, Participant

DEPOT = Participant(name="a depot", target_class="military")
STORE = Participant(name="a warehouse", argument_class="building")
SCHOOL = Participant(name="the school", target_class="school")


def hit(article: str, what: Participant, who: str | None = None, **more: Any) -> Account:
    return account(article, statement(article, voice=voice(who, article), targets=(what,), **more))


@pytest.mark.parametrize(
    ("other", "is_against"),
    [
        ({"what": SCHOOL}, True),
        ({"what": STORE, "who": "Mayor"}, True),
        ({"what": STORE}, False),  # which may be the depot
        ({"what": DEPOT}, False),
        ({"what": Participant(name="the village", argument_class="settlement")}, False),
        ({"what": SCHOOL, "kind": "destroy"}, False),  # what a strike destroys besides
        ({"what": SCHOOL, "agents": (side("RU"),)}, False),
        ({"what": SCHOOL, "who": "Ministry"}, False),
        ({"what": SCHOOL, "places": (REGION,)}, True),
    ],
)
def test_one_hit_a_depot_and_another_something_that_is_none(other: dict[str, Any], is_against: bool) -> None:
    depot = hit("a", DEPOT, "Ministry", agents=(side("UA"),))
    found = kinds(depot, hit("b", **other))
    assert (("contradicts", "other_target") in found) is is_against


def test_of_regions_two_strikes_are_one_where_they_are_of_one_region() -> None:
    depot = hit("a", DEPOT, "Ministry", places=(REGION,))
    assert ("contradicts", "other_target") in kinds(depot, hit("b", SCHOOL, places=(REGION,)))
    namesake = replace(REGION, place_id="geonames-7", country="PL")
    assert ("contradicts", "other_target") not in kinds(depot, hit("b", SCHOOL, places=(namesake,)))
    nowhere = hit("b", SCHOOL, places=())
    assert ("contradicts", "other_target") not in kinds(depot, nowhere)


def test_a_paper_beside_its_own_speaker_tells_of_what_was_hit_besides() -> None:
    told = {"places": (POINTS["Kupiansk"],)}
    ministry = statement("a", 0, voice=voice("Ministry", "Courier"), targets=(DEPOT,), **told)
    mayor = statement("a", 1, voice=voice("Mayor", "Courier"), targets=(SCHOOL,), **told)
    paper = statement("a", 1, voice=voice(None, "Courier"), targets=(SCHOOL,), **told)
    assert kinds(account("a", ministry, mayor)) == [("contradicts", "other_target")]
    assert kinds(account("a", ministry, paper)) == []
