"""Names of organisations that hold the name of a place: "the Organization for Security and Co-operation in Europe".

Belongs here: where such names stand in a text, and which words make the name of a place part of one. Does not
belong here: bodies that bear the name of the place they are in ("Berea Police Department"), which ``mentions`` reads.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files

from ingest.extract.locations.capital_runs import Run
from ingest.extract.locations.lexicon import lexicon

_NEXT = re.compile(r" ([A-Za-z]+)")
_LONGEST_NAME = 12  # words up to the "of": a text of nothing but capitals is one run


@cache
def _pattern() -> re.Pattern[str]:
    raw = (files("ingest.extract.locations") / "data" / "en" / "organisations.toml").read_text(encoding="utf-8")
    return re.compile(rf"\b(?:{'|'.join(tomllib.loads(raw)['patterns'])})\b")


def organisations(text: str) -> list[tuple[int, int]]:
    """The characters, start and end (exclusive), of each such name in ``text``, in order."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter that is two in small letters would shift all that follows
        return []
    return [match.span() for match in _pattern().finditer(lower)]


def is_first_of_body(words: Sequence[str], at: int, heads: Collection[str]) -> bool:
    """Whether a place's name, which ends before word ``at``, is but the first word of a body's own name.

    "Donetsk People's Republic", "Shanghai Cooperation Organization"; with "school" among ``heads``, "Kyiv School of
    Economics". ``words`` are in small letters.
    """
    if list(words[-2:]) == ["peoples", "republic"]:
        return True
    if words[-1] in ("organisation", "organization") and at < len(words) - 1:
        return True
    behind = range(at + 1, min(len(words) - 1, at + _LONGEST_NAME))
    head = next((words[k - 1] for k in behind if words[k] in ("of", "for")), "")
    return head in heads


def is_called_after(words: Sequence[str]) -> bool:
    """Whether a body's name begins with a person's: "Vaughn Feldman Center"; ``words`` are in small letters."""
    lex = lexicon()
    if len(words) < 3 or words[0] not in lex.given_names:
        return False
    known = (lex.ordinary, lex.institutions, lex.bodies, lex.brands, lex.regions, lex.facilities, lex.compass)
    return not any(words[1] in each for each in (*known, lex.demonyms, lex.common_words, lex.waters, lex.landforms))


def ends_another(text: str, run: Run, i: int, j: int, *, is_country: bool) -> bool:
    """Whether words ``i`` to ``j`` end the name of a medium or brand, or are a bare "University" or "Police"."""
    lex, before = lexicon(), run.lowers[i - 1] if i else ""
    if j - i == 1 == len(run.words) and text[max(0, run.starts[i] - 4) : run.starts[i]].lower() == "the ":
        word = run.lowers[i]
        if word in lex.institutions or word in lex.facilities or word in lex.landforms:
            return True
    if (said := _NEXT.match(text, run.ends[j - 1])) and said[1].lower() in lex.treaties:
        return not is_country
    if i > 0 and before == "of" and j - i == 1 and run.lowers[i] in ("police", "prisons", "customs"):
        return True  # an Inspector General of Police
    if i > 1 and before in ("of", "in") and run.lowers[i - 2] in lex.organised:
        return True  # "the Islamic Movement of Uzbekistan"
    is_whole = j == len(run.words) or run.text_between(j - 1, j, text) == "-"
    if i > 1 and before == "of" and run.lowers[i - 2] in lex.treaties:
        return True  # "the Treaty of Versailles"
    is_joined = is_whole and i > 0 and run.text_between(i - 1, i, text) == " "
    if not is_joined or run.words[i - 1].islower():
        return False
    if before not in lex.before_branches:
        return False
    # "a guest told the BBC India would wait"
    return i > 1 or text[max(0, run.start - 4) : run.start].lower() != "the " or before == "visit"
