"""Idioms of blame: "pointed the finger at the rebels", "pinned the blame for the fire on the army".

Belongs here: verbs that blame by their object. Does not belong here: verbs that blame by themselves
(``prepositional``), who is held responsible (``prepositional.responsible``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.extract.analysis import Analysis
from ingest.extract.claims.attribution.extent import noun_phrase_end, without_relative
from ingest.extract.claims.attribution.registry import rule_ids
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.lexicon import Cue, idioms, listed
from ingest.extract.claims.model import Candidate
from ingest.extract.claims.quotations.marks import Quotations
from ingest.extract.claims.spans import trim
from ingest.extract.syntax.tree import CALENDAR, VERB_TAGS

_IDIOM = Cue("blame", "accuse", frozenset("n"), "")
_BEFORE_ACCUSED = listed("before_accused")
_FOR = frozenset(["for", "over"])  # before what for
_FURTHEST = 6  # tokens from the verb to its object

rule_ids("blame.idiom")


def with_blame(analysis: Analysis, quotations: Quotations, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, and one for each idiom of blame."""
    tokens, table = analysis.tokens, idioms("blame")
    taken = {c.verb for c in found}
    current = list(found)
    for index, sentence in enumerate(analysis.sentences):
        if not analysis.is_parsed(sentence):
            continue
        for v in range(sentence.first, sentence.last):
            if tokens.lowers[v] in table and tokens.tags[v] in VERB_TAGS and v not in taken:
                read = _read(CueSentence(analysis, index, quotations), v, table[tokens.lowers[v]])
                current += [] if read is None else [read]
    return current


def _read(s: CueSentence, v: int, objects: tuple[tuple[str, ...], ...]) -> Candidate | None:
    """The accusation of an idiom whose verb is ``v``."""
    t, subject = s.tokens, s.subject(v)
    thing = next((k for k in range(v + 1, min(v + _FURTHEST, s.last)) if _ends_with(t.lowers, v, k, objects)), None)
    if thing is None or subject is None or s.is_passive(v) or any(t.deps[k] == "neg" for k in s.kids(v)):
        return None
    blamed = next(_governed(s, v, thing, _BEFORE_ACCUSED), None)
    if blamed is None:
        return None
    first, last = next(_governed(s, v, thing, _FOR), blamed)
    if first < blamed[0] <= last:
        last = blamed[0] - 2  # "the blame for the fire | on the army"
    content = trim(s.text, t.starts[first], t.ends[last])
    return Candidate("blame.idiom", _IDIOM, (t.starts[v], t.ends[thing]), s.mention(subject, v), (content,), s.index, v)


def _ends_with(lowers: Sequence[str], v: int, k: int, phrases: tuple[tuple[str, ...], ...]) -> bool:
    """True where one of the phrases ends at token ``k``, all of it behind ``v``."""
    return any(k - len(p) >= v and tuple(lowers[k - len(p) + 1 : k + 1]) == p for p in phrases)


def _governed(s: CueSentence, v: int, thing: int, prepositions: frozenset[str]) -> Iterator[tuple[int, int]]:
    """First and last token of what the prepositions behind the idiom's object govern, wherever they are hung."""
    t = s.tokens
    reach = max(s.right(v), s.right(thing))
    for k in range(thing + 1, min(reach, s.last - 1)):
        first = k + 1
        if t.tags[k] in VERB_TAGS:
            return  # another clause
        if t.lowers[k] not in prepositions or t.lowers[first] in CALENDAR:
            continue
        last = s.right(k)
        if last >= first and t.heads[k] >= v:
            yield first, without_relative(s, first, noun_phrase_end(s, v, last, k))
