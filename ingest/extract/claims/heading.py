"""Claims of headlines: "Kyiv: two killed in strike", "Two killed in strike – mayor".

Belongs here: who stands before the colon or behind the dash of a title. Does not belong here:
sentences (``verbal``, ``nominal``) and transcripts (``lines``).
"""

from __future__ import annotations

import re

from ingest.extract.claims.coreference.actors import demonyms
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.lexicon import Cue, verbs
from ingest.extract.claims.quotes import trim
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import Mention, Tree, known_places

HEADLINE = Cue(":", "say", frozenset("s"), "")


def headline(grammar: Tree, index: int) -> Draft | None:
    """ "Kyiv: two killed in strike", "Two killed in strike – mayor"."""
    g, t = grammar, grammar.tokens
    n = g.last - g.first
    if n < 5:
        return None
    for j in range(g.first + 1, min(g.first + 7, g.last - 3)):
        if t.lowers[j] == ":" and t.ends[j] - t.starts[j] == 1 and _names_someone(g, g.first, j):
            # "Minister to aid groups: …"
            last = next((k for k in range(g.first + 1, j) if t.lowers[k] in ("to", "at", "on")), j) - 1
            mention = Mention(t.starts[g.first], t.ends[last], t.starts[g.first], t.ends[last], last)
            s, e = trim(g.analysis.text, t.starts[j + 1], t.ends[g.last - 1])
            return Draft(
                "headline.colon", HEADLINE, (t.starts[j], t.ends[j]), mention, [(s, e)], index, j, confidence=0.7
            )
    for j in range(g.last - 2, max(g.last - 7, g.first + 3), -1):
        if t.lowers[j] in ("–", "—", "-", "|") and _names_someone(g, j + 1, g.last):
            last = g.last - 1
            mention = Mention(t.starts[j + 1], t.ends[last], t.starts[j + 1], t.ends[last], last)
            s, e = trim(g.analysis.text, t.starts[g.first], t.ends[j - 1])
            return Draft(
                "headline.dash", HEADLINE, (t.starts[j], t.ends[j]), mention, [(s, e)], index, j, confidence=0.7
            )
    return None


def _names_someone(g: Tree, first: int, last: int) -> bool:
    t = g.tokens
    low = t.lowers[last - 1]
    name = g.analysis.text[t.starts[first] : t.ends[last - 1]]
    has_cue = _has_cue(g, last)
    # "Myanmar: junta insists …", "Lyman: three killed": where it is, not who says so
    if has_cue and name.lower() in demonyms():
        return False
    if (has_cue or name.lower() not in known_places()) and _is_where(g, name):
        return False
    if any(t.tags[k].startswith("VB") for k in range(first, last)) or last <= first:
        return False
    return (
        low in words("people.toml", "roles")
        or low in words("people.toml", "collective", "words")
        or (low in words("people.toml", "documents") and last - first <= 3)
        or low.rstrip("s") in words("people.toml", "roles")
        or t.tags[last - 1] in ("NNP", "NNPS")
        or _is_name(g, name)
    )


def _is_where(g: Tree, name: str) -> bool:
    """True where the text says elsewhere that something is in or near what is called so."""
    place = rf"\b(?:in|near|outside|around|towards?) {re.escape(name)}\b(?!['’]s\b)"
    return re.search(place, g.analysis.text) is not None


def _is_name(g: Tree, name: str) -> bool:
    """True where the text has it with a capital in the middle of a sentence, and never without."""
    text = g.analysis.text
    return re.search(rf"[a-z,] {re.escape(name)}\b", text) is not None and name.lower() not in text


def _has_cue(g: Tree, first: int) -> bool:
    t = g.tokens
    return any(t.lowers[k] in verbs() and t.tags[k] in ("VBZ", "VBP", "VBD") for k in range(first, g.last))
