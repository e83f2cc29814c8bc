"""Runs of capitals in which several names stand with nothing between them: the commas lost, a dateline without a dash.

Belongs here: where one name ends and the next begins. Does not belong here: lists that "the towns of" opens
(``unlisted``), which place a name means (``resolve``).
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.extract.locations.capital_runs import Run

_SHORT = 3  # letters: so few capitals are an abbreviation's


def ends_capitals(run: Run, j: int) -> bool:
    """Whether word ``j`` is the first of a run that is not all in capitals: "BEIRUT Syrian forces", a dateline."""
    before = run.words[j - 1]
    return before.isupper() and len(before) > _SHORT and not run.words[j].isupper()


def chain(
    run: Run,
    i: int,
    longest: Callable[[Run, int], int],
    is_sure: Callable[[Run, int], bool],
    countries: Callable[[Run, int, int], set[str]],
) -> list[int]:
    """Where each of the well-known places of one country ends that a run is from word ``i`` on: "in Hama Aleppo".

    ``longest`` gives the end of the longest listed name at a word, ``is_sure`` whether a well-known place begins
    there, ``countries`` those that two words enclose a name of. Empty where the rest is anything else.
    """
    ends: list[int] = []
    shared: set[str] | None = None
    while i < len(run.words):
        j = longest(run, i)
        if j == i or not is_sure(run, i):
            return []
        found = countries(run, i, j)
        shared = found if shared is None else shared & found
        if not shared:
            return []
        ends.append(j)
        i = j
    return ends
