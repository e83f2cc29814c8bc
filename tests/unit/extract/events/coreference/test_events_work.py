"""A text that says one thing over and over compares few of its mentions: counted, for clocks depend on machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from ingest.extract.events.coreference import joining
from ingest.records import Facts

MOST_A_MENTION = 20  # of the forty before it, those in other words
FLOODS = [
    "killed 12 people and ",
    "12 dead, ",
    "shelled ",
    "the attack on the strike by ",
    "Troops shelled Kherson and ",
]


@pytest.mark.parametrize("shape", FLOODS)
def test_repeated_words_are_not_compared_with_each_other(
    shape: str, facts_of: Callable[[str, str | None], Facts], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: Counter[str] = Counter()
    for name in ("can_be_one", "likeness"):
        own = getattr(joining, name)

        def counting(*args: object, name: str = name, own: Callable[..., object] = own) -> object:
            calls[name] += 1
            return own(*args)

        monkeypatch.setattr(joining, name, counting)
    events = facts_of(shape * (6_000 // len(shape)), None).events
    assert len(events) > 100
    assert max(calls.values(), default=0) <= MOST_A_MENTION * len(events)


def test_two_mentions_are_compared_once(
    facts_of: Callable[[str, str | None], Facts], monkeypatch: pytest.MonkeyPatch
) -> None:
    met: Counter[tuple[int, int]] = Counter()
    own = joining.can_be_one

    def counting(a: joining.Told, b: joining.Told, referents: joining.Referents) -> bool:
        met[a.mention.char_start, b.mention.char_start] += 1
        return own(a, b, referents)

    monkeypatch.setattr(joining, "can_be_one", counting)
    facts_of(
        "A strike on a depot in Izium killed two people on Monday. The attack also wounded five. Rebels shelled "
        "Kherson, where a raid killed three. The raid was the second of the day. The strike destroyed the depot.",
        "2024-05-01",
    )
    assert met
    assert set(met.values()) == {1}
