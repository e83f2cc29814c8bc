"""Whose side the words for an actor name: a state's, or a camp's that is none.

Belongs here: states told by their names and demonyms, camps by theirs. Does not belong here: the side of
a listed actor, which its entry says (``actors``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache, lru_cache

from ingest.extract.claims.coreference.actors import demonyms
from ingest.extract.lexicon import toml, words

_WORD = re.compile(r"\w+")


# behind a demonym: where somebody is from, or who helps, not whose he is
_NOT_OWN = r"(?!\w|[’']?-(?:backed|based|born|made|speaking|occupied|held|trained|funded|supported|sponsored))"


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    listed = sorted(names, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(n) for n in listed) + ")" + _NOT_OWN, re.I)


@cache
def camps() -> dict[str, str]:
    """Words that name a camp, lower case, with its code."""
    return {word.lower(): camp["code"] for camp in toml("camps.toml")["camp"] for word in camp["words"]}


@cache
def _home() -> dict[str, frozenset[str]]:
    """Codes of camps with the states that they fight in: a demonym beside their name says where, not whose."""
    return {camp["code"]: frozenset(camp["states"]) for camp in toml("camps.toml")["camp"]}


@cache
def _opposition() -> dict[str, str]:
    """States whose opposition in arms is a camp, with its code."""
    return {camp["opposition_of"]: camp["code"] for camp in toml("camps.toml")["camp"] if "opposition_of" in camp}


def opposition_of(state: str) -> str | None:
    """The camp that a state's rebels are, by the state's ISO 3166-1 code; None where they are no camp, or several."""
    return _opposition().get(state)


def ruled_by(word: str) -> str | None:
    """The state that is told by its ruler's family name, with or without the "s" of an owner; None for other words."""
    rulers: dict[str, str] = toml("camps.toml")["rulers"]
    return rulers.get(word) or rulers.get(word.removesuffix("s"))


@cache
def _in_arms_only() -> frozenset[str]:
    """States whose opposition without arms is no camp's."""
    return frozenset(camp["opposition_of"] for camp in toml("camps.toml")["camp"] if camp.get("in_arms_only"))


@cache
def _by_first_word(is_of_camps: bool) -> dict[str, list[str]]:
    """All names of states, or of camps, by their first words."""
    found: dict[str, list[str]] = {}
    for name in camps() if is_of_camps else demonyms():
        found.setdefault(_WORD.findall(name)[0], []).append(name)
    return found


@cache
def _pattern_of(first_word: str, is_of_camps: bool) -> re.Pattern[str]:
    """The names that begin with a word: with those of all words a search would try some hundred at each place."""
    return _pattern(_by_first_word(is_of_camps)[first_word])


def _named(text: str, words_of_text: Set[str], *, is_of_camps: bool) -> set[str]:
    """The names of states, or of camps, in a text, lower case; none of them inside another."""
    first_words = _by_first_word(is_of_camps).keys() & words_of_text
    found = sorted(m.span() for word in first_words for m in _pattern_of(word, is_of_camps).finditer(text))
    named, end = set(), 0
    for start, stop in found:
        if start >= end:
            named.add(text[start:stop].lower())
            end = stop
    return named


@lru_cache(maxsize=4096)
def side_of(text: str) -> str | None:
    """The side that the words for somebody name, if it is one: "Russian envoy" RU, "Syrian rebels" the rebels'.

    Returns:
        An ISO 3166-1 code or the code of a camp; None where no side is named, or several are.
    """
    found = set(_WORD.findall(text.lower()))
    states = {demonyms()[name] for name in _named(text, found, is_of_camps=False)}
    named = {camps()[name] for name in _named(text, found, is_of_camps=True)}
    if named:
        code = named.pop()
        return code if not named and states <= _home()[code] else None
    if len(states) != 1:
        return None
    if not words("camps.toml", "onlookers").isdisjoint(found):
        return None
    state = states.pop()
    opposed = words("camps.toml", "opposed") & found
    if not opposed:
        return state
    # a state's opposition is not the state's, and a camp only where it is in arms
    is_party = state in _in_arms_only() and opposed <= words("camps.toml", "unarmed")
    return None if is_party else _opposition().get(state)


def narrower(side: str | None, other: str | None) -> str | None:
    """The one side that two statements can both mean: a camp rather than the state that it fights in.

    Returns:
        The side, the stated one of two of which one is unknown; None where they speak against each other, or
        neither is known.
    """
    if side is None or other is None or side == other:
        return side or other
    if other in _home().get(side, ()):
        return side
    return other if side in _home().get(other, ()) else None


@lru_cache(maxsize=4096)
def body_side(name: str) -> str | None:
    """The side that the name of an unlisted body shows; None for those that stand on nobody's.

    A demonym in the name of an observatory, a union, a network says where it is at home, not whose it is.
    """
    is_independent = not words("camps.toml", "independent").isdisjoint(_WORD.findall(name.lower()))
    return None if is_independent else side_of(name)
