"""Phrases behind a verb that tell what has become of the counted: "in custody", "to safety", "out of action".

Belongs here: reading such a phrase, and a particle that an object parts from its verb. Does not belong here: the
phrases (``data/en/status.toml``), verbs that tell it by themselves (``status``, ``predicates``).
"""

from __future__ import annotations

from ingest.extract.analysis import Tokens
from ingest.extract.figures.lexicon import words
from ingest.extract.figures.status_words import VERB_TAGS, statuses

_WITHIN = frozenset({"DT", "PRP$", "JJ", "NN", "NNP", "VBN", "RB"})
_AFTER_OBJECT = frozenset({"to", "into", "out", "from"})  # others tell where those counted are, whatever befell them
_BEFORE_OBJECT = frozenset({"DT", "JJ", "JJR", "JJS", "RB", "RBR", "PRP$", "PDT", "CD", "IN"})
_REACH = 4
_NEAR = 5


def concern(head: str | None) -> bool:
    """Whether such phrases tell what befell those of a head: bodies are dead all the same, and staff unhurt.

    "Two ministers were taken to the hospital", to be shown it.
    """
    return head not in statuses().nouns and head not in words("staff")


def told(tokens: Tokens, j: int, limit: int) -> str | None:
    """The status that a phrase from token ``j`` on shows, adverbs aside: "still in a military hospital"."""
    while j < limit and tokens.tags[j] == "RB":
        j += 1
    heads = statuses().complements.get(tokens.lowers[j]) if j < limit else None
    if heads is None:
        return None
    for k in range(j + 1, min(limit, j + 1 + _REACH)):
        is_last = k + 1 >= limit or tokens.tags[k + 1] not in ("NN", "NNS", "HYPH", "POS")
        if is_last and tokens.lowers[k] in heads:
            return heads[tokens.lowers[k]]
        if tokens.tags[k] not in _WITHIN and tokens.lowers[k] != "of":
            return None
    return None


def behind_object(tokens: Tokens, floor: int, first: int, last: int, limit: int) -> str | None:
    """What a verb tells of its object, tokens ``first`` to ``last``, by what follows: "took 12 villagers hostage"."""
    v = first - 1
    while v > max(floor, first - _NEAR) and tokens.tags[v] in _BEFORE_OBJECT:
        v -= 1
    if v < floor or last >= limit or tokens.tags[v] not in VERB_TAGS:
        return None
    if tokens.tags[v] == "VB" and tokens.tags[v - 1] in ("TO", "MD"):
        return None  # "worked to pull 12 people from the rubble"
    if tokens.lowers[last] not in _AFTER_OBJECT:
        return statuses().phrasal.get((tokens.lowers[v], tokens.lowers[last]))
    if (status := told(tokens, last, limit)) is not None:
        return status
    if tokens.lowers[last] == "out" and tokens.lowers[last + 1 : last + 2] in (["of"], ["from"]):
        return "evacuated" if tokens.lowers[v] in words("leading") else None
    return statuses().phrasal.get((tokens.lowers[v], tokens.lowers[last]))
