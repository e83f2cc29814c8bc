"""In what two accounts are compared, part by part, and what the parts come to.

Belongs here: what a part is, and the score of what all parts found. Does not belong here: the parts themselves
(``scoring``, ``stories``), comparing many pairs at once (``batch_scoring``).

A part says what of an account it looks at. Accounts that look alike to it compare alike by it, so on a day when
thousands of accounts tell of the same few places, sides and weapons, a part is asked once for each two looks.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from ingest.resolve.kinds import weights
from ingest.resolve.model import Account
from ingest.values import value

TEN_THOUSANDTHS = 10_000  # scores are counted in these, so that their sums do not depend on the order


def whole(score: float) -> int:
    """A score in ten-thousandths."""
    return round(score * TEN_THOUSANDTHS)


@value(frozen=True, slots=True)
class Part:
    """One thing in which two accounts are compared.

    ``features`` finds what speaks for and against the two being one, by name, and None where it forbids that; it asks
    of an account nothing but ``look``, and does not mind which of the two is the first.
    """

    look: Callable[[Account], Hashable]
    features: Callable[[Account, Account], dict[str, float] | None]
    conflict: str = ""  # what it is called where it forbids


def features_by_part(parts: Iterable[Part], one: Account, other: Account) -> list[dict[str, float]] | str:
    """What each part finds of two accounts; the name of the conflict where one forbids that they are one."""
    found = []
    for part in parts:
        features = part.features(one, other)
        if features is None:
            return part.conflict
        found.append(features)
    return found


def weighed(features: dict[str, float], name: str = "weights") -> float:
    """What the features of one part add to the score."""
    w = weights(name)
    return sum([w[feature] * value for feature, value in features.items()])


def score_of(found: Iterable[dict[str, float]], name: str = "weights") -> float:
    """The logarithm of the odds that two accounts are one, by what each part found."""
    score = weights(name)["base"]
    for features in found:
        score += weighed(features, name)
    return whole(score) / TEN_THOUSANDTHS
