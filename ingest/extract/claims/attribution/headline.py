"""Claims of headlines: "Kyiv: two killed in strike", "Two killed in strike – mayor".

Belongs here: who stands before the colon or behind the dash of a title. Does not belong here: sentences
(the other frames) and transcripts (``transcript``).
"""

from __future__ import annotations

import re

from ingest.extract.claims.attribution.registry import rule_ids
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.coreference.actors import demonyms, known
from ingest.extract.claims.lexicon import Cue, pattern, verbs
from ingest.extract.claims.model import Candidate
from ingest.extract.claims.spans import trim
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import Mention, known_places

HEADLINE = Cue(":", "say", frozenset("s"), "")
_DASHES = frozenset(["–", "—", "-", "|"])
_FEWEST_TOKENS = 5

rule_ids("headline.colon", "headline.dash")


def headline(s: CueSentence) -> Candidate | None:
    """The claim of a title whose speaker stands before a colon or behind a dash."""
    t = s.tokens
    if s.last - s.first < _FEWEST_TOKENS:
        return None
    for j in range(s.first + 1, min(s.first + 7, s.last - 3)):
        if t.lowers[j] == ":" and t.ends[j] - t.starts[j] == 1 and _names_someone(s, s.first, j):
            # "Minister to aid groups: …"
            last = next((k for k in range(s.first + 1, j) if t.lowers[k] in ("to", "at", "on")), j) - 1
            content = (t.starts[j + 1], t.ends[s.last - 1])
            return _candidate(s, "headline.colon", j, (s.first, last), content)
    for j in range(s.last - 2, max(s.last - 7, s.first + 3), -1):
        if t.lowers[j] in _DASHES and _names_someone(s, j + 1, s.last) and not _is_site(s, j):
            content = (t.starts[s.first], t.ends[j - 1])
            return _candidate(s, "headline.dash", j, (j + 1, s.last - 1), content)
    return None


def _candidate(s: CueSentence, rule: str, at: int, named: tuple[int, int], content: tuple[int, int]) -> Candidate:
    t = s.tokens
    start, end = t.starts[named[0]], t.ends[named[1]]
    speaker = Mention(start, end, start, end, named[1])
    span = trim(s.text, *content)
    return Candidate(rule, HEADLINE, (t.starts[at], t.ends[at]), speaker, (span,), s.index, at)


def _names_someone(s: CueSentence, first: int, last: int) -> bool:
    """True where the tokens ``first`` up to ``last``, exclusive, name who may speak, and not where it was."""
    t = s.tokens
    low = t.lowers[last - 1]
    name = s.text[t.starts[first] : t.ends[last - 1]]
    has_cue = any(t.lowers[k] in verbs() and t.tags[k] in ("VBZ", "VBP", "VBD") for k in range(last, s.last))
    # "Myanmar: junta insists …", "Lyman: three killed": where it is, not who says so
    if has_cue and name.lower() in demonyms():
        return False
    if (has_cue or name.lower() not in known_places()) and _is_where(s, name):
        return False
    if any(t.tags[k].startswith("VB") for k in range(first, last)) or last <= first:
        return False
    return (
        low in words("people.toml", "roles")
        or low in words("people.toml", "collective", "words")
        or (low in words("people.toml", "documents") and last - first <= 3)
        or low.rstrip("s") in words("people.toml", "roles")
        or (t.tags[last - 1] in ("NNP", "NNPS") and (last == s.last or s.has_finite(last, s.last)))
        or _is_name(s, name)
    )


def _is_site(s: CueSentence, dash: int) -> bool:
    """True where what stands behind the dash is the site that has the article: "Talks fail - Politics - Daily Roe"."""
    t = s.tokens
    lows = t.lowers[dash + 1 : s.last]
    outlet = words("coreference.toml", "media") | words("coreference.toml", "site_words")
    entry = known().get(" ".join(lows))
    is_medium = not outlet.isdisjoint(lows) or (entry is not None and entry[1] == "media")
    return is_medium or sum(low in _DASHES for low in t.lowers[s.first : s.last]) > 1


def _is_where(s: CueSentence, name: str) -> bool:
    """True where the text says elsewhere that something is in or near what is called so."""
    where = pattern("where_before_name").pattern
    return re.search(rf"{where} {re.escape(name)}\b(?!['’]s\b)", s.text) is not None


def _is_name(s: CueSentence, name: str) -> bool:
    """True where the text has it with a capital in the middle of a sentence, and never without."""
    return re.search(rf"[a-z,] {re.escape(name)}\b", s.text) is not None and name.lower() not in s.text
