"""Places whose listed name differs from a name as written by one letter.

Belongs here: the spellings at an edit distance of one, and which of the places so found may be meant.
Does not belong here: spellings that differ by transliteration habit (``names.loosen`` makes them one), and
what makes a name a place at all (``mentions``).

A misspelling is taken for a place only where the words around it call it one, a country is spoken of for sure,
and one place alone comes into question there.
"""

from __future__ import annotations

import string
from collections.abc import Iterable

from ingest.extract.locations.draft import LOOSE
from ingest.extract.locations.gazetteer import Gazetteer, Named
from ingest.extract.locations.names import loosen, region_stem

_SHORTEST = 5  # letters of the loose key: shorter ones have neighbours everywhere
_SHORTEST_ALIKE = 4  # the same, where only habit differs


def one_edit(word: str) -> set[str]:
    """Every spelling that one letter more, less, other or swapped with the next makes of a word."""
    parts = [(word[:k], word[k:]) for k in range(len(word) + 1)]
    letters = string.ascii_lowercase
    found = {a + b[1:] for a, b in parts if b}
    found |= {a + c + b for a, b in parts for c in letters}
    found |= {a + c + b[1:] for a, b in parts if b for c in letters}
    found |= {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    return found - {word}


def misspelled(
    key: str, kind: str | None, countries: Iterable[str], outer: Iterable[int], gazetteer: Gazetteer
) -> list[Named]:
    """The one place that a misspelled name may mean, in a list; nothing where there is none or a choice.

    Args:
        key: the folded name.
        kind: settlement or region, where the words around say so.
        countries: ISO codes of the countries that the text surely speaks of.
        outer: rows of the regions that the place is stated to lie in; nothing where none is.
        gazetteer: where names are looked up.
    """
    form = loosen(region_stem(key) if kind == "region" else key)
    wanted, regions = frozenset(countries), frozenset(outer)
    forms = [form] if len(form) >= _SHORTEST_ALIKE else []
    if len(form) >= _SHORTEST:
        forms += sorted(one_edit(form))
    for tried in (forms[:1], forms[1:]):
        found = {
            place.row: place
            for spelling in tried
            for place, _ in gazetteer.find_alike(spelling)
            if place.country in wanted
            and place.kind == (kind or "settlement")
            and (kind != "region" or place.feature == "ADM1")
            and (not regions or regions & {place.admin1, place.admin2})
        }
        if found:
            return [(place, LOOSE) for place in found.values()] if len(found) == 1 else []
    return []
