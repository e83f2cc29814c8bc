"""Where a name ends in a run of capitals, be it of several: the commas lost, a dateline without a dash.

Belongs here: where one name ends and the next begins. Does not belong here: lists that "the towns of" opens
(``unlisted``), which place a name means (``resolve``).
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.extract.locations.capital_runs import Run
from ingest.extract.locations.gazetteer import Gazetteer
from ingest.extract.locations.lexicon import lexicon
from ingest.extract.locations.names import fold

_LONGEST = 7  # words of a listed name
_MOST_KEPT = 50_000  # stretches of words
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


def longest_listed(run: Run, i: int, text: str, gazetteer: Gazetteer) -> int:
    """End of the longest listed name that begins at word ``i``; ``i`` where there is none.

    Names come again and again: what is found for a stretch of words is kept with the gazetteer.
    """
    shown = text[run.starts[i] : run.ends[min(len(run.words), i + _LONGEST) - 1]]
    known = gazetteer.longest.get(shown)
    if known is None:
        known = gazetteer.longest[shown] = _look_up_longest(run, i, text, gazetteer) - i
        if len(gazetteer.longest) > _MOST_KEPT:
            gazetteer.longest.clear()
    return i + known


def _look_up_longest(run: Run, i: int, text: str, gazetteer: Gazetteer) -> int:
    """End of the longest listed name at word ``i``, looked up from the longest stretch to the shortest."""
    lex = lexicon()
    for j in range(min(len(run.words), i + _LONGEST), i, -1):
        if run.words[j - 1].islower():
            continue
        key = fold(text[run.starts[i] : run.ends[j - 1]])
        if key in gazetteer and not key.isdigit():
            if key in lex.demonyms:
                continue
            if j == i + 1:
                if key in lex.function and not run.words[i].isupper():
                    continue  # "Some" behind a title's words, and no village of that name
                if key in lex.compass or len(key) == 1:
                    continue
                if key in lex.connectors and not (run.words[i].isupper() or run.words[i].endswith(".")):
                    continue
            return j
    return i
