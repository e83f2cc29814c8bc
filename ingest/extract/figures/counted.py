"""What a number counts: the noun phrase behind it, found on part-of-speech tags alone.

Belongs here: the walk from a number to its head noun. Does not belong here: what befell the
counted (``status``), and the noun of a number that has none of its own (``relations``).
"""

from __future__ import annotations

from typing import NamedTuple

from ingest.extract.analysis import Tokens
from ingest.extract.figures.lexicon import words
from ingest.extract.figures.status import statuses

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PLURAL = frozenset({"NNS", "NNPS"})
_WITHIN = frozenset(
    {"JJ", "JJR", "JJS", "VBN", "VBG", "RB", "RBR", "RBS", "CD", "HYPH", "POS", "``", "''", "AFX", "FW"}
)
_DETERMINERS = frozenset({"DT", "PRP$", "PDT", "WP$"})
_MARKS = frozenset({"[", "]", "-", "‘", "’", "“", "”", '"', "'"})
_STOPS = frozenset({"up", "down", "ago", "later", "earlier", "years-old", "respectively", "apiece", "each", "total"})
_REACH = 12


class Phrase(NamedTuple):
    """Tokens ``first`` to ``last`` (exclusive) with the head noun's index."""

    first: int
    head: int
    last: int


def walk(tokens: Tokens, at: int, limit: int, *, behind_of: bool = False, plural: bool = True) -> Phrase | None:
    """The noun phrase that begins at token ``at`` before token ``limit``; "of the" is stepped over.

    ``behind_of`` tells that "the" may follow ("half of the", "half the"); ``plural`` that more than one is counted.
    """
    lowers, tags = tokens.lowers, tokens.tags
    limit = min(limit, at + _REACH)
    j = at
    if j < limit and lowers[j] == "of":
        j, behind_of = j + 1, True
    if behind_of:
        while j < limit and tags[j] in _DETERMINERS:
            j += 1
    first, head = j, -1
    open_conjunction = -1
    while j < limit:
        tag, word = tags[j], lowers[j]
        if word in _STOPS or (head < 0 and word in words("insertions")):
            break
        if tag in ("VBZ", "PRP", "VBP") and len(word) > 1 and tokens.words[j].isupper():
            tag = "NNP"  # "35 IS fighters", "two US soldiers"
        if tag == "VBZ" and j > at and lowers[j - 1] == "of":
            tag = "NNS"  # "thousands of lives"
        if tag in ("NN", "NNP") and word[0].isdigit():
            # "the combined 4.3M sales"
            j += 1
            continue
        if tag in NOUNS:
            if tag in ("NNP", "NN") and word in words("calendar"):
                break
            if lowers[j - 1] != "of" and _is_participle(tokens, j, limit) and (head < 0 or word.endswith("ed")):
                break
            head = j
            open_conjunction = -1
            after = tags[j + 1] if j + 1 < limit else ""
            if tag in _PLURAL and j + 1 < limit and lowers[j + 1] in statuses().intransitive:
                # "140 soldiers surrender": the tagger took the verb for a noun
                break
            if tag in _PLURAL and (word in words("persons") or _name_begins(tokens, j, limit)):
                break
            if tag in _PLURAL and not (after in NOUNS and lowers[j + 1] not in words("calendar")):
                if not (tag == "NNPS" and after == "JJ" and j + 2 < limit and tags[j + 2] in _PLURAL):
                    break
                j += 1
                head = -1
            if tag == "NN" and word in ("people", "personnel", "aircraft", "troops"):
                break
            j += 1
            continue
        if head < 0 and tag in ("VB", "VBP") and j + 2 < limit and tags[j + 1] == "HYPH":
            # "pick-up trucks"
            j += 3
            continue
        if tag in _WITHIN or word in _MARKS:
            if head >= 0:
                # behind a noun only what may join it to another noun
                if (
                    (tag == "HYPH" or word == "-")
                    and j + 1 < limit
                    and tags[j + 1] in ("VBN", "JJ", "VBG", "RB", "VBD", "IN", "RP")
                ):
                    # "Russian-backed fighters": so far only a modifier
                    head = -1
                    j += 2
                    continue
                if tag == "POS":
                    # "Egypt's 91 million residents"
                    head = -1
                    j += 1
                    continue
                if tag == "HYPH" or word == "-" or (word in _MARKS and j + 1 < limit and tags[j + 1] in NOUNS):
                    j += 1
                    continue
                if tag in ("CD",) and j + 1 < limit and tags[j + 1] in NOUNS and tags[j - 1] in ("NNP", "NNPS"):
                    j += 1
                    continue
                if (
                    tag in ("JJ", "VBG", "VBN")
                    and plural
                    and tags[head] in ("NN", "NNP")
                    and j + 1 < limit
                    and tags[j + 1] in _PLURAL
                ):
                    j += 1
                    continue
                break
            if (
                tag in ("VBN", "VBG", "RB", "JJ", "VBD")
                and word in statuses().predicates
                and not _noun_follows(tokens, j, limit)
            ):
                break
            j += 1
            continue
        if (
            tag == "CC"
            and word in ("and", "or")
            and j + 1 < limit
            and tags[j + 1] in ("JJ", "NN", "NNP", "VBN")
            and open_conjunction < 0
        ):
            # "civilian and military targets"; given up where no plural follows
            if head < 0 or (tags[head] in ("NN", "NNP") and plural and _plural_follows(tokens, j + 1, limit)):
                open_conjunction = j
                j += 1
                continue
            break
        if tag == "," and head < 0 and j + 1 < limit and tags[j - 1] in ("JJ", "VBN") and tags[j + 1] in ("JJ", "VBN"):
            j += 1
            continue
        break
    if head < 0:
        return None
    if plural and tags[first] == "VBG" and tags[head] == "NN" and head > first + 1 and tags[first + 1] in ("JJ", "DT"):
        return None  # "about 100 awaiting detailed inspection"
    return Phrase(first, head, head + 1)


def _name_begins(tokens: Tokens, j: int, limit: int) -> bool:
    """ "20 fighters Monitor said": behind a plural in small letters a capital begins something else."""
    after = tokens.words[j + 1] if j + 1 < limit else ""
    return tokens.words[j][0].islower() and after[:1].isupper() and tokens.starts[j + 1] == tokens.ends[j] + 1


def _is_participle(tokens: Tokens, j: int, limit: int) -> bool:
    """A word such as "wounded" or "dead" that the tagger took for a noun, with no noun behind it."""
    word = tokens.lowers[j]
    known = statuses()
    is_verb = word in known.verbs and word.endswith("ed") and tokens.tags[j] in ("NNP", "NN")
    return (is_verb or word in known.adjectives or word in known.intransitive) and not (
        j + 1 < limit and tokens.tags[j + 1] in NOUNS
    )


def _noun_follows(tokens: Tokens, j: int, limit: int) -> bool:
    k = j + 1
    while k < limit and tokens.tags[k] in ("JJ", "NN", "NNP", "HYPH", "CD"):
        if tokens.tags[k] in ("NN",) or (
            tokens.tags[k] == "NNP"
            and tokens.lowers[k] not in words("calendar")
            and k + 1 < limit
            and tokens.tags[k + 1] in NOUNS
        ):
            return tokens.lowers[k] not in words("calendar")
        k += 1
    return k < limit and tokens.tags[k] in _PLURAL


def _plural_follows(tokens: Tokens, j: int, limit: int) -> bool:
    while j < limit and tokens.tags[j] in ("JJ", "NN", "NNP", "HYPH", "VBN"):
        j += 1
    return j < limit and tokens.tags[j] in _PLURAL
