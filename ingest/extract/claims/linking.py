"""Which figures, dates and locations belong to a claim, by how the text is built, and in which role.

Belongs here: the rules that link, by name. Does not belong here: finding any of the facts.

    link.content    stands in the claim's content, and in no claim's inside it
    link.inherited  stands in the content of a claim that this one's content holds
    link.attached   stands outside the content but hangs on a word in it ("In Kupiansk, he said, …")
    link.cue        hangs on the cue: when or where it was said, not when or where it happened

Nearness alone links nothing: a date in the same sentence may be that of the speaking, or of another clause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ingest.extract.analysis import NO_HEAD, Analysis
from ingest.extract.base import Found
from ingest.extract.claims.model import Candidate
from ingest.records import Evidence, Link
from ingest.values import value

_STEPS = 12  # words up the tree; a longer way is no modifier any more


@value(frozen=True, slots=True)
class _Kind:
    """The facts of one kind, in order, and where each starts, by which they are looked up for each claim."""

    name: str
    facts: Sequence[Evidence]
    starts: Sequence[int]


def link_all(
    claims: Sequence[Candidate], up: Sequence[int | None], found: Found, analysis: Analysis
) -> list[list[Link]]:
    """The links of each claim, in order of kind and fact; ``up`` has the place of the claim that holds it."""
    kinds = [
        _Kind(name, facts, [fact.char_start for fact in facts])
        for name, facts in (("figure", found.figures), ("date", found.dates), ("location", found.locations))
    ]
    held = [[(kind.name, k) for kind in kinds for s, e in d.content for k in _within(kind, s, e)] for d in claims]
    inner: list[set[tuple[str, int]]] = [set() for _ in claims]
    for k, facts_held in enumerate(held):
        at = up[k]
        while at is not None:
            inner[at].update(facts_held)
            at = up[at]
    linked = []
    for k, d in enumerate(claims):
        links = [
            Link(kind=kind, index=i, rule_id="link.inherited" if (kind, i) in inner[k] else "link.content")
            for kind, i in held[k]
        ]
        have = {kind for kind, _ in held[k]}
        linked.append([*links, *_around(d, analysis, kinds, have, set(held[k]))])
    return linked


def _around(
    candidate: Candidate,
    analysis: Analysis,
    kinds: Sequence[_Kind],
    have: set[str],
    held: set[tuple[str, int]],
) -> list[Link]:
    """Links of what stands in the cue's sentence, outside the content, and hangs on the one or the other."""
    if candidate.verb < 0:
        return []
    sentence = analysis.sentences[analysis.sentence_at(analysis.tokens.starts[candidate.verb])]
    if not analysis.is_parsed(sentence):
        return []
    links = []
    for kind in kinds:
        for i in _within(kind, sentence.start, sentence.end):
            if (kind.name, i) in held or _is_speakers(candidate, kind.facts[i]):
                continue
            where = _hangs_on(candidate, analysis, kind.facts[i])
            if where == "cue" and kind.name != "figure":
                links.append(Link(kind=kind.name, index=i, rule_id="link.cue", role="utterance"))
            elif where == "content" and kind.name not in have:
                links.append(Link(kind=kind.name, index=i, rule_id="link.attached"))
    return links


def _is_speakers(candidate: Candidate, fact: Evidence) -> bool:
    """True for what describes the speaker: "residents of Loikaw", "Lovegrove, 55"."""
    mention = candidate.speaker
    return mention is not None and mention.full_start <= fact.char_start < mention.full_end


def _hangs_on(candidate: Candidate, analysis: Analysis, fact: Evidence) -> str:
    """Whether the first verb above a fact is the cue's or stands in the content; "" for another's."""
    t = analysis.tokens
    at = analysis.token_at(fact.char_end - 1)
    for _ in range(_STEPS):
        head = t.heads[at]
        if head in (at, NO_HEAD):
            return ""
        if t.deps[at] in ("nsubj", "nsubjpass", "appos", "poss", "relcl"):
            return ""  # it tells of somebody, not of what is said or done
        at = head
        if at == candidate.verb:
            return "cue"
        if candidate.holds(t.starts[at], t.ends[at]):
            return "content"
        if t.tags[at].startswith("V"):
            return ""
    return ""


def _within(kind: _Kind, start: int, end: int) -> list[int]:
    """Indices of the facts of a kind that lie in the span."""
    starts, facts = kind.starts, kind.facts
    first = bisect_left(starts, start)
    return [k for k in range(first, bisect_left(starts, end, first)) if facts[k].char_end <= end]
