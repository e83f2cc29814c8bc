"""Places whose listed name differs from a name as written by one letter.

Belongs here: the spellings at an edit distance of one, and which of the places so found may be meant.
Does not belong here: spellings that differ by transliteration habit (``names.loosen`` makes them one), and
what makes a name a place at all (``mentions``).

A misspelling is taken for a place only where the words around it call it one, a country is spoken of for sure,
and one place alone comes into question there.
"""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Iterable
from functools import lru_cache

from ingest.extract.locations.draft import ARABIC, LOOSE
from ingest.extract.locations.gazetteer import Gazetteer, Named, Place
from ingest.extract.locations.names import loosen, region_stem

# "Altibni", "Addawla": the Arabic article written as one word with the name
_GLUED_ARTICLE = re.compile(r"\ba(?:l|([dnrstz])(?=\1))(?=\w{4})")
_SHORTEST = 5  # letters of the loose key: shorter ones have neighbours everywhere
_WELL_KNOWN = 300_000  # people: of so large a city the name is known
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


@lru_cache(maxsize=4096)
def _alike(form: str, is_edited: bool, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places whose loose key is ``form``, or, where ``is_edited``, one letter away from it."""
    forms = sorted(one_edit(form)) if is_edited and len(form) >= _SHORTEST else [] if is_edited else [form]
    return tuple(place for spelling in forms for place, _ in gazetteer.find_alike(spelling))


def misspelled(
    key: str,
    kind: str | None,
    countries: Iterable[str],
    outer: Iterable[int],
    spoken_of: Collection[int],
    gazetteer: Gazetteer,
) -> list[Named]:
    """The one place that a misspelled name may mean, in a list; nothing where there is none or a choice.

    Args:
        key: the folded name.
        kind: settlement or region, where the words around say so.
        countries: ISO codes of the countries that the text surely speaks of.
        outer: rows of the regions that the place is stated to lie in; nothing where none is.
        spoken_of: rows of the regions that the text tells of, where a town whose name differs by a letter lies.
        gazetteer: where names are looked up.
    """
    form = loosen(region_stem(key) if kind == "region" else key)
    apart = loosen(_GLUED_ARTICLE.sub(" ", key)) if ARABIC.intersection(countries) else form
    wanted, regions = frozenset(countries), frozenset(outer)
    if len(form) < _SHORTEST_ALIKE:
        return []
    for spelled, is_edited in dict.fromkeys(((form, False), (apart, False), (form, True))):
        found = {
            place.row: place
            for place in _alike(spelled, is_edited, gazetteer)
            if place.country in wanted
            and not (is_edited and place.kind == "settlement" and place.population >= _WELL_KNOWN)
            and place.kind == (kind or "settlement")
            and (kind != "region" or place.feature == "ADM1")
            and (not regions or regions & {place.admin1, place.admin2})
        }
        if found:
            is_unheard = is_edited and kind != "region" and not regions and bool(spoken_of)
            return [
                (place, LOOSE)
                for place in found.values()
                if len(found) == 1 and not (is_unheard and place.admin1 not in spoken_of)
            ]
    return []
