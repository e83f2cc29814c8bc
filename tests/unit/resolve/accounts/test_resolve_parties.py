"""Of which party somebody is whom no side is on file for: one rule for accusations and for statements."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.resolve.accounts.voices import stems
from ingest.resolve.joining.accusations import accusations_of
from ingest.resolve.model import Member, Participant
from ingest.resolve.relations.statements import Told, own_parties, parties
from tests.unit.resolve.made_accounts import account, side, statement, voice


def named(name: str) -> Participant:
    return Participant(name=name, words=stems(name))


@pytest.mark.parametrize(
    ("agents", "accused"),
    [
        (("rebels",), {"irregular"}),
        (("rebels", "villagers"), {"irregular"}),
        (("army", "militants"), {"UA", "irregular"}),
        (("villagers",), set()),
    ],
)
def test_each_agent_is_of_the_party_that_its_name_tells(agents: tuple[str, ...], accused: set[str]) -> None:
    by = replace(voice("Governor", "a"), role=stems("government official"))
    said = statement("a", agents=tuple(map(named, agents)), voice=by, is_negative=True)
    one = account("a", said)
    told = Told(said, Member(one))
    assert parties(told) == accused
    assert own_parties(told) == {"UA", by.key}
    assert accusations_of(one) == ({(frozenset(["UA"]), frozenset(accused))} if accused else set())


def test_a_side_goes_before_what_a_name_tells() -> None:
    said = statement("a", agents=(side("RU"), named("rebels")), voice=voice("Army", "a", "UA"))
    one = account("a", said)
    assert parties(Told(said, Member(one))) == {"RU"}
    assert accusations_of(one) == {(frozenset(["UA"]), frozenset(["RU"]))}
