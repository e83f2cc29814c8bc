"""How likely each of several options is, and that it is none of them, by their scores.

Belongs here: what a conditional logit makes of scores. Does not belong here: features and their weights
(``arguments.agents``, ``places.scoring``), how the weights are found (``evaluation.logit``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def shares_of(scores: Sequence[float]) -> list[float]:
    """The likelihood of each option; the first score is that of none of them, and has no share of its own."""
    if len(scores) == 1:
        return []
    most = max(scores)
    odds = [math.exp(score - most) for score in scores]
    whole = sum(odds)
    return [share / whole for share in odds[1:]]
