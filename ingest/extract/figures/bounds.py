"""What bounds or softens a number: "about", "no fewer than", "or more", "~".

Belongs here: the words and signs directly before and behind a number, and the low and high they
make of its value. Does not belong here: the words themselves (``data/en/bounds.toml``), ranges.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.figures.lexicon import Phrases, phrases_by_edge, table, words

# "over two villages" and "under two flags" are places and rules; "over two dozen" is a bound
_SPATIAL = frozenset({"over", "under", "above", "below", "around", "beyond", "within"})
_SMALL = 10
# "a story about two brothers": about names the subject


@cache
def _phrases_before() -> Phrases:
    return phrases_by_edge(table("bounds")["before"], last=True)


@cache
def _transparent() -> frozenset[str]:
    return frozenset(table("bounds")["transparent"]["words"])


@cache
def _modifiers() -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    data = table("bounds")["before_modifiers"]
    return frozenset(data["words"]), tuple(tuple(p.split()) for p in data["phrases"])


@cache
def _behind() -> tuple[re.Pattern[str], dict[str, str]]:
    meaning = {phrase: bound for bound, phrases in table("bounds")["behind"].items() for phrase in phrases}
    longest = sorted((p for p in meaning if p not in ("plus", "odd")), key=len, reverse=True)
    pattern = (
        r"[ \u00a0](" + "|".join(re.escape(p) for p in longest) + r")\b|(\+)(?![\w/-])|-(plus|odd)\b| (odd) (?=[a-z])"
    )
    return re.compile(pattern, re.I), meaning


def before(
    lowers: list[str], first: int, i: int, value: float, has_unit: bool, kind: str | None
) -> tuple[str, int] | None:
    """The bound said by the words before token ``i``, and the token where it begins.

    ``first`` is the sentence's first token. The outermost bound wins over "about" inside it.
    """
    bound: str | None = None
    begin = i
    while True:
        found = _one_before(lowers, first, begin, value, has_unit, kind)
        if found is None:
            if bound is None and (verb := _verb_before(lowers, first, begin)) is not None:
                return verb, i
            break
        if bound is None or found[0] != "approx":
            bound = found[0]
        begin = found[1]
    if bound is None:
        return None
    modifiers, phrases = _modifiers()
    while begin > first:
        if lowers[begin - 1] in modifiers:
            begin -= 1
            continue
        for phrase in phrases:
            n = len(phrase)
            if begin - n >= first and tuple(lowers[begin - n : begin]) == phrase:
                begin -= n
                break
        else:
            break
    return bound, begin


@cache
def _verbs() -> dict[str, str]:
    return {verb: bound for bound, verbs in table("bounds")["before_verbs"].items() for verb in verbs}


def _verb_before(lowers: list[str], first: int, i: int) -> str | None:
    """ "exceeded 40", "surpassing the 200"."""
    j = i - 1
    if j >= first and lowers[j] in _transparent():
        j -= 1
    return _verbs().get(lowers[j]) if j >= first else None


def _one_before(
    lowers: list[str], first: int, i: int, value: float, has_unit: bool, kind: str | None
) -> tuple[str, int] | None:
    entries = _phrases_before()
    transparent = _transparent()
    j = i - 1
    # "at least another 40", but not "about the 40" further off
    for skipped in range(3):
        if j < first:
            return None
        for phrase, bound in entries.get(lowers[j], ()):
            n = len(phrase)
            start = j - n + 1
            if start < first or tuple(lowers[start : j + 1]) != phrase:
                continue
            if n == 1 and not _stands_alone(lowers, first, start, value, has_unit, kind):
                continue
            if phrase == ("up", "to") and start > first and lowers[start - 1] in words("rising"):
                continue  # "the toll has gone up to 26"
            if skipped and n == 1 and lowers[j + 1] in ("the", "all"):
                continue
            if skipped and lowers[j] == "over" and lowers[j + 1] in ("a", "an") and has_unit:
                continue  # "stretches over a 40km front"
            return bound, start
        if lowers[j] not in transparent or skipped == 2:
            return None
        j -= 1
    return None


def _stands_alone(lowers: list[str], first: int, j: int, value: float, has_unit: bool, kind: str | None) -> bool:
    """Whether a bound of one word is one here, not a preposition of place or topic."""
    word = lowers[j]
    before = lowers[j - 1] if j > first else ""
    if word == "within":
        return kind in ("duration", "length")
    if word == "over" and kind == "duration":
        # "over three days" is during; "took over three days" is more than
        return before in words("lasting")
    if word in ("about", "around"):
        if word == "about" and before in words("subjects"):
            return False
        return word == "about" or value >= _SMALL or has_unit
    if word in _SPATIAL and 1 <= value < _SMALL and not has_unit:
        return False
    if word == "over" and before in words("before_over"):
        return False
    return not (word == "some" and value < 3)


def behind(text: str, at: int) -> tuple[str, int] | None:
    """The bound said right behind character ``at``, and where it ends."""
    if at >= len(text) or text[at] not in " \u00a0+-":
        return None
    pattern, meaning = _behind()
    m = pattern.match(text, at)
    if m is None:
        return None
    if m[2]:
        return "at_least", m.end()
    word = (m[1] or m[3] or m[4]).lower()
    if m[4]:
        return meaning[word], m.end() - 1
    return meaning[word], m.end()


def sign_before(text: str, at: int) -> tuple[str, int] | None:
    """A sign such as "~" or ">=" that ends at ``at``, and where it begins."""
    signs = table("bounds")["symbols"]
    end = at
    while end > 0 and text[end - 1] == " " and at - end < 2:
        end -= 1
    for size in (2, 1):
        if end >= size and (bound := signs.get(text[end - size : end])) is not None:
            # "<>30", "=>30", tags and arrows are no bounds
            previous = text[end - size - 1] if end > size else " "
            if previous in "<>=-" or (bound == "more_than" and previous in "/\"'"):
                return None
            return bound, end - size
    return None


def apply(bound: str, low: float, high: float) -> tuple[float | None, float | None]:
    """``low`` and ``high`` of a value (or vague range) under ``bound``."""
    if bound in ("at_least", "more_than"):
        return low, None
    if bound in ("at_most", "less_than"):
        return None, high
    return low, high
