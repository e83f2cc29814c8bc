"""What numbers tell of whether two accounts are of one event, whoever gives them.

Belongs here: how large numbers are, and how near each other. Does not belong here: what that is worth (``scoring``,
``data/weights.toml``), what two numbers of one event are to each other (``ingest.resolve.relations.counts``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ingest.resolve.model import Count

LARGE = 10  # a number of dead that two happenings rarely share
_FAR_RATIO = 3
_HARMED = frozenset(["killed", "wounded"])
_LARGE_TOLL = 20  # two of so many dead in one place and time are seldom told
_ONE_SIZE = 1.6  # a toll rises, and two count differently


def large_tolls(counts: Iterable[Count]) -> tuple[float, ...]:
    """The numbers of dead of an event that hardly two events of one place and time have."""
    dead = (c.value for c in counts if c.role == "killed" and c.bound != "vague")
    return tuple(value for value in dead if value is not None and value >= _LARGE_TOLL)


def are_of_one_size(tolls: Sequence[float], others: Sequence[float]) -> bool:
    """True of large tolls that are near each other, not equal: the 58 and the 70 of one day are one attack's."""
    return any(a != b and max(a, b) <= _ONE_SIZE * min(a, b) for a in tolls for b in others)


def are_telling(equal: Mapping[str, float]) -> bool:
    """True of numbers in two roles, as "six killed and four hurt", that two happenings rarely share both."""
    return len(equal) > 1 and min(equal.values()) > 1 and sum(equal.values()) >= LARGE


def are_many(counts: Iterable[Count]) -> bool:
    """True of counts of an event by which far more than one were killed or hurt."""
    return any(c.scope == "event" and c.role in _HARMED and (c.value or 0) > _FAR_RATIO for c in counts)


def is_far(one: Count, other: Count) -> bool:
    """True of two numbers of which one is several times the other."""
    low, high = sorted((max(one.value or 0, 0.5), max(other.value or 0, 0.5)))
    return high / low > _FAR_RATIO
