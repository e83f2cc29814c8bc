"""What befell the counted: killed, captured, shot down … read from the clause, on tags alone.

Belongs here: finding the verb, noun or adjective that says it. Does not belong here: the words
themselves (``data/status.toml``), and what one figure takes over from another (``relations``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ingest.extract.analysis import Tokens
from ingest.extract.figures.lexicon import table, words

_BE = frozenset({"was", "were", "is", "are", "be", "been", "being", "'s", "’s", "'re", "’re", "got", "get", "getting"})
_HAVE = frozenset({"have", "has", "had", "having"})
_AUXILIARY = (
    _BE | _HAVE | frozenset({"will", "would", "could", "may", "might", "can", "should", "must", "did", "do", "does"})
)
_VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_CLAUSE_ENDS = frozenset({";", ":", "—", "...", "…"})
_SKIPPED_LEFT = frozenset({"DT", "JJ", "JJR", "JJS", "RB", "RBR", "PRP$", "PDT", "``", "''", "CD", "HYPH", "PRP"})
_STILL = frozenset({"still", "now", "also", "already", "currently", "all", "not", "only"})
_REACH = 16


@dataclass(frozen=True, slots=True)
class Statuses:
    """The words that show a status, by their part in the clause."""

    verbs: dict[str, str]
    intransitive: dict[str, str]
    phrasal: dict[tuple[str, str], str]
    nouns: dict[str, str]
    of_nouns: dict[str, str]
    adjectives: dict[str, str]
    predicates: frozenset[str]


@cache
def statuses() -> Statuses:
    """The lexicon, each sort of word with the status it shows."""
    parts: dict[str, dict[str, str]] = {
        k: {} for k in ("verbs", "intransitive", "phrasal", "nouns", "of_nouns", "adjectives")
    }
    for status, row in table("status").items():
        for part, known in parts.items():
            for word in row[part]:
                known.setdefault(word, status)
    return Statuses(
        verbs=parts["verbs"],
        intransitive=parts["intransitive"],
        phrasal={(a, b): status for phrase, status in parts["phrasal"].items() for a, b in [phrase.split()]},
        nouns=parts["nouns"],
        of_nouns=parts["of_nouns"],
        adjectives=parts["adjectives"],
        predicates=frozenset(parts["verbs"]) | frozenset(parts["intransitive"]) | frozenset(parts["adjectives"]),
    )


def of_clause(
    tokens: Tokens, sentence: tuple[int, int], first: int, last: int, head: str | None, attributes: tuple[int, int]
) -> str | None:
    """Status of what tokens ``first`` to ``last`` count; ``attributes`` are the tokens before the head."""
    known = statuses()
    on_right = _right(tokens, last, sentence[1], head)
    if on_right is not None and on_right[1]:
        return on_right[0]
    named = known.nouns.get(head) if head is not None else None
    if named in ("killed", "wounded", "launched"):
        return named
    on_left = _left(tokens, sentence[0], first, head)
    if on_left is not None:
        return on_left
    if on_right is not None:
        return on_right[0]
    for j in range(*attributes):
        if tokens.tags[j] in ("VBN", "VBG", "JJ") and (
            status := known.verbs.get(tokens.lowers[j]) or known.adjectives.get(tokens.lowers[j])
        ):
            return status
    return named


def is_hit_by(head: str | None, verb: str) -> bool:
    """ "five hit the port": missiles that hit were launched."""
    return head in words("weapons") and statuses().verbs.get(verb) == "damaged"


def _right(tokens: Tokens, at: int, limit: int, head: str | None) -> tuple[str, bool] | None:
    """Status shown behind the counted, and whether a finite verb shows it ("were killed")."""
    known = statuses()
    lowers, tags = tokens.lowers, tokens.tags
    limit = min(limit, at + _REACH)
    fallback: str | None = None
    seen_be = False
    j = at
    while j < limit:
        word, tag = lowers[j], tags[j]
        if word in _CLAUSE_ENDS or word in words("subordinators"):
            break
        if tag == "," or word in ("–", "-") or tag == "-LRB-":
            skip = _behind_insertion(tokens, j, limit)
            if skip is None:
                break
            j = skip
            continue
        if word in ("not", "n't", "n’t", "never"):
            break
        if word in _BE:
            seen_be = True
            j += 1
            continue
        if tag in _VERB_TAGS or word in known.adjectives or word in known.intransitive:
            pair = (word, lowers[j + 1]) if j + 1 < limit else (word, "")
            status = known.phrasal.get(pair) or (known.phrasal.get((word, lowers[j + 2])) if j + 2 < limit else None)
            active = j == at and not seen_be and _has_object(tokens, j + 1, limit)
            passive = seen_be or (
                (tag == "VBN" or (j == at and tag == "VBD" and word.endswith(("ed", "en", "t")))) and not active
            )
            if (
                status is None
                and word in known.adjectives
                and not active
                and (seen_be or j == at or tags[j - 1] in ("CC", ",", "RB"))
            ):
                status = known.adjectives[word]
            if status is None and tag != "VBG" and word in known.intransitive:
                return known.intransitive[word], True
            if status is None and word in known.verbs and passive and (tag != "VBG"):
                status = known.verbs[word]
            if status is None and tag == "VBG" and word in known.intransitive:
                status = known.intransitive[word]
            if status is not None:
                if tag != "VBG" and (seen_be or word in known.intransitive or word in known.adjectives):
                    return status, True
                fallback = fallback or status
                j += 1
                continue
            if head in words("weapons") and word in known.verbs and known.verbs[word] == "damaged":
                return "launched", True
            if tag in ("VBD", "VBZ", "VBP") and word not in _AUXILIARY:
                break
            if word not in _AUXILIARY and tag != "VBN":
                break
        elif (
            seen_be
            and word in words("locatives")
            and head is not None
            and (j == at + 1 or lowers[j - 1] in _STILL or lowers[j - 1] in _BE)
        ):
            return fallback or "present", True
        elif (tag == "CC" and (fallback is not None or not _noun_phrase_follows(tokens, j + 1, limit))) or (
            seen_be and tag in ("NN", "NNS", "DT", "JJ", "CD")
        ):
            break
        j += 1
    return (fallback, False) if fallback is not None else None


def _behind_insertion(tokens: Tokens, j: int, limit: int) -> int | None:
    """The token behind ", including two children," or "(two of them girls)", if that ends before the clause."""
    closing = {",": (",",), "–": ("–",), "-": ("-",), "-LRB-": ("-RRB-",)}.get(
        tokens.tags[j] if tokens.tags[j] in (",", "-LRB-") else tokens.lowers[j], (",",)
    )
    for k in range(j + 1, limit):
        if tokens.lowers[k] in closing or tokens.tags[k] in closing:
            after = tokens.lowers[k + 1] if k + 1 < limit else ""
            return k + 1 if after in _AUXILIARY or after in statuses().intransitive else None
    return None


def _noun_phrase_follows(tokens: Tokens, j: int, limit: int) -> bool:
    """ "two soldiers and a civilian were killed": what is joined shares the verb."""
    if j >= limit:
        return False
    if tokens.tags[j] == "CD":
        return j + 1 < limit and tokens.tags[j + 1] in ("NN", "NNS", "JJ")
    return tokens.tags[j] in ("DT", "PRP$", "NN", "NNS", "JJ")


def _has_object(tokens: Tokens, j: int, limit: int) -> bool:
    return j < limit and tokens.tags[j] in ("DT", "PRP", "PRP$", "NN", "NNS", "NNP", "NNPS", "CD", "JJ")


def _left(tokens: Tokens, floor: int, first: int, head: str | None) -> str | None:
    """Status shown before the counted: the verb it is object of, "the deaths of", "there are"."""
    known = statuses()
    lowers, tags = tokens.lowers, tokens.tags
    j = first - 1
    floor = max(floor, first - _REACH)
    while (
        j >= floor
        and (tags[j] in _SKIPPED_LEFT or lowers[j] in ("a", "total", "another", "some"))
        and lowers[j] not in known.verbs
    ):
        if lowers[j] in ("down", "out", "up", "dead"):
            break
        j -= 1
    if j < floor:
        return None
    word, tag = lowers[j], tags[j]
    if word == "of" and j > floor:
        if lowers[j - 1] in ("total", "number", "estimated"):
            return _left(tokens, floor, j - 1, head)
        return known.of_nouns.get(lowers[j - 1])
    if word == "to" and j > floor and lowers[j - 1] == "home":
        return "present"
    if word in ("down", "out", "up", "dead", "prisoner", "hostage", "captive", "missing") and j > floor:
        status = known.phrasal.get((lowers[j - 1], word))
        if status is not None:
            return status
        j -= 1
        word, tag = lowers[j], tags[j]
    if word in known.verbs and (tag in _VERB_TAGS or tag in ("NN", "NNS", "JJ")):
        passive = tag == "VBN" and any(lowers[k] in _BE for k in range(max(floor, j - 3), j))
        if passive:
            return None
        status = known.verbs[word]
        if tag in ("NN", "NNS", "JJ") and status in ("damaged", "launched"):
            return None
        return status
    if word in _BE:
        k = j - 1
        while k >= floor and (lowers[k] in _AUXILIARY or tags[k] in ("RB", "MD")):
            k -= 1
        if k >= floor and (tags[k] == "EX" or lowers[k] == "there"):
            return "present"
    if word == "left" and tag in ("VBD", "VBN", "VBG"):
        return None
    return None
