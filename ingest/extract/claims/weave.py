"""From drafts to claims: which holds which, what belongs together, what is one and the same.

Belongs here: duplicates, parents and depth, reporting chains, links to other facts. Does not
belong here: finding drafts.
"""

from __future__ import annotations

import re

from ingest.extract.analysis import Analysis
from ingest.extract.base import Found
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.quotes import Quote
from ingest.records import Link

_FIRST = frozenset(["i", "we", "you", "one", "us", "me"])


def is_own_hedge(analysis: Analysis, draft: Draft, quotes: list[Quote]) -> bool:
    """ "I think" inside one's own quotation is how it is said, not another claim; "I told him that …" is one."""
    if draft.cue is None or draft.speaker is None or draft.cue_span is None:
        return False
    low = analysis.tokens.lowers[draft.speaker.head]
    if low not in _FIRST or not any(q.open <= draft.cue_span[0] < q.close for q in quotes):
        return False
    told = draft.cue.cue_class in ("say", "deny", "accuse", "order", "write", "ask")
    return not (told and low in ("i", "we") and analysis.tokens.tags[draft.verb] == "VBD")


def without_doubles(drafts: list[Draft]) -> list[Draft]:
    """One claim for one cue and content; of two with the same content the one with a speaker."""
    kept: list[Draft] = []
    for d in sorted(drafts, key=lambda d: (d.start, -d.size, d.speaker is None, d.verb)):
        if not d.content:
            continue
        twin = None
        for k in kept:
            if k.content == d.content or (
                k.cue_span == d.cue_span
                and d.cue_span is not None
                and k.verb == d.verb
                and "back_reference" not in d.notes
                and _shared(k, d) > 0
            ):
                twin = k
                break
        if twin is None:
            kept.append(d)
        elif twin.speaker is None and d.speaker is not None:
            kept[kept.index(twin)] = d
    return kept


def without_tautologies(drafts: list[Draft]) -> list[Draft]:
    """ "expressed hope for peace" is one claim, not also that of the noun by the same holder."""
    objects = {d.verb: d for d in drafts if d.rule == "verb.object" and d.speaker is not None}
    kept = []
    for d in drafts:
        twin = next(
            (
                o
                for o in objects.values()
                if d.rule.startswith("noun") and d.cue_span is not None and o.holds(*d.cue_span) and o is not d
            ),
            None,
        )
        same = twin is not None and (d.speaker is None or twin.speaker is None or d.speaker.head == twin.speaker.head)
        if not (same and twin is not None and twin.cue is not None and twin.cue.effect != "negate"):
            kept.append(d)
    return kept


def _shared(a: Draft, b: Draft) -> int:
    return sum(max(0, min(e, y) - max(s, x)) for s, e in a.content for x, y in b.content)


def parents(drafts: list[Draft]) -> list[int | None]:
    """For each draft the smallest other one whose content holds its cue and content."""
    result: list[int | None] = []
    for i, d in enumerate(drafts):
        best: int | None = None
        for j, other in enumerate(drafts):
            if i == j or not _holds(other, d):
                continue
            if best is None or other.size < drafts[best].size:
                best = j
        result.append(best)
    for i in range(len(result)):
        seen, at = {i}, result[i]
        while at is not None:
            if at in seen:
                result[i] = None
                break
            seen.add(at)
            at = result[at]
    return result


def _holds(outer: Draft, inner: Draft) -> bool:
    if inner.cue_span is None or inner.size > outer.size:
        return False
    s, e = inner.cue_span
    if not outer.holds(s, e):
        return False
    if outer.size == inner.size and outer.content == inner.content:
        return False
    held = sum(max(0, min(e2, y) - max(s2, x)) for s2, e2 in inner.content for x, y in outer.content)
    return held >= 0.8 * inner.size


_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*"
_TOLD = r",? (?:in (?:his|her|their|its) (?:reports?|briefings?|messages?) |reported )?to (?:\[[^\]]*\] ?)?"
_LINE = re.compile(
    rf"(?P<a>(?:[A-Za-z’'-]+ ){{0,4}}[A-Za-z’'-]+?){_TOLD}(?P<b>{_NAME})[,;] (?:and |then |and then )*(?:\[[^\]]*\] ?)?"
    rf"(?P=b){_TOLD}(?P<c>{_NAME})"
)
_FILLER = re.compile(r"^(?:First|At first|Initially|Then|And|The|the)\b,?\s*")


def reporting_line(text: str) -> list[str] | None:
    """The names along a line like "commanders to A, then A to B"."""
    m = _LINE.search(text)
    if m is None:
        return None
    first = m.group("a")
    while (cut := _FILLER.sub("", first)) != first:
        first = cut
    first = re.sub(r",? (?:in (?:his|her|their|its) \w+|reported)$", "", first)
    return [first.strip(), m.group("b"), m.group("c")]


def links(draft: Draft, found: Found, analysis: Analysis) -> tuple[Link, ...]:
    """Facts inside the content; where it has none of a kind's, those of its cue's own sentence."""
    result: list[Link] = []
    inside: list[Link] = []
    for kind, facts in (("figure", found.figures), ("date", found.dates), ("location", found.locations)):
        inside.extend(
            Link(kind=kind, index=k, rule_id="link.content")
            for k, f in enumerate(facts)
            if draft.holds(f.char_start, f.char_end)
        )
    if inside:
        return tuple(inside)
    s = analysis.sentences[analysis.sentence_at(draft.start)]
    for kind, facts in (("figure", found.figures), ("date", found.dates), ("location", found.locations)):
        result.extend(
            Link(kind=kind, index=k, rule_id="link.sentence")
            for k, f in enumerate(facts)
            if s.start <= f.char_start and f.char_end <= s.end
        )
    return tuple(result)


def overlap(a: Draft, b: Draft) -> bool:
    """True where two contents share a character."""
    return _shared(a, b) > 0
