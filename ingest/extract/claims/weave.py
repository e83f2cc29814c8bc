"""From drafts to claims: which holds which, what belongs together, what is one and the same.

Belongs here: duplicates, parents and depth, reporting chains. Does not belong here: finding drafts,
links to other facts (``linking``).
"""

from __future__ import annotations

import re

from ingest.extract.analysis import Analysis
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.quotes import Quotes

_FIRST = frozenset(["i", "we", "you", "one", "us", "me"])


def is_own_hedge(analysis: Analysis, draft: Draft, quotes: Quotes) -> bool:
    """ "I think" inside one's own quotation is how it is said, not another claim; "I told him that …" is one."""
    if draft.cue is None or draft.speaker is None or draft.cue_span is None:
        return False
    low = analysis.tokens.lowers[draft.speaker.head]
    if low not in _FIRST or quotes.marked(draft.cue_span[0]) is None:
        return False
    told = draft.cue.cue_class in ("say", "deny", "accuse", "order", "write", "ask")
    return not (told and low in ("i", "we") and analysis.tokens.tags[draft.verb] == "VBD")


def without_doubles(drafts: list[Draft]) -> list[Draft]:
    """One claim for one cue and content; of two with the same content the one with a speaker."""
    kept: dict[int, Draft] = {}
    by_content: dict[tuple[tuple[int, int], ...], int] = {}
    by_cue: dict[tuple[int, int], list[int]] = {}
    for number, d in enumerate(sorted(drafts, key=lambda d: (d.start, -d.size, d.speaker is None, d.verb))):
        content = tuple(d.content)
        twin = by_content.get(content)
        if twin is None and d.cue_span is not None and "back_reference" not in d.notes:
            same = by_cue.get(d.cue_span, [])
            twin = next((k for k in same if kept[k].verb == d.verb and _shared(kept[k], d) > 0), None)
        if twin is None:
            kept[number] = d
            by_content[content] = number
            if d.cue_span is not None:
                by_cue.setdefault(d.cue_span, []).append(number)
        elif kept[twin].speaker is None and d.speaker is not None:
            kept[twin] = d
            by_content[content] = twin
    return list(kept.values())


def without_tautologies(drafts: list[Draft]) -> list[Draft]:
    """ "expressed hope for peace" is one claim, not also that of the noun by the same holder."""
    shelf = Shelf([d for d in drafts if d.rule == "verb.object" and d.speaker is not None and d.cue is not None])
    return [d for d in drafts if not (d.rule.startswith("noun") and _says_again(d, shelf))]


def _says_again(draft: Draft, objects: Shelf) -> bool:
    """True for a noun inside an expressed object, held by nobody else."""
    if draft.cue_span is None:
        return False
    span = draft.cue_span
    outer = next((o for _, o in objects.near(*span) if o is not draft and o.holds(*span)), None)
    if outer is None or outer.cue is None or outer.speaker is None or outer.cue.effect == "negate":
        return False
    return draft.speaker is None or draft.speaker.head == outer.speaker.head


class Shelf:
    """Drafts by where their contents lie, so that a long text needs no look at every pair."""

    _WIDTH = 2000

    def __init__(self, drafts: list[Draft]) -> None:
        self._drafts = drafts
        self._slots: dict[int, list[int]] = {}
        for k, d in enumerate(drafts):
            for slot in range(d.start // self._WIDTH, d.end // self._WIDTH + 1):
                self._slots.setdefault(slot, []).append(k)

    def near(self, start: int, end: int) -> list[tuple[int, Draft]]:
        """Those that may share a character with the span, in order."""
        slots = range(start // self._WIDTH, end // self._WIDTH + 1)
        found = sorted({k for slot in slots for k in self._slots.get(slot, ())})
        return [(k, self._drafts[k]) for k in found]


def _shared(a: Draft, b: Draft) -> int:
    return sum(max(0, min(e, y) - max(s, x)) for s, e in a.content for x, y in b.content)


def parents(drafts: list[Draft]) -> list[int | None]:
    """For each draft the smallest other one whose content holds its cue and content."""
    result: list[int | None] = []
    shelf = Shelf(drafts)
    sizes = [d.size for d in drafts]
    for i, d in enumerate(drafts):
        best: int | None = None
        for j, other in shelf.near(d.start, d.end):
            smaller = best is None or sizes[j] < sizes[best]
            if i != j and sizes[j] >= sizes[i] and smaller and _holds(other, d):
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
# what every such line has; looked for first, because the line's own pattern starts anew at every word of a text
_IN_LINE = re.compile(rf" to (?:\[[^\]]*\] ?)?{_NAME}[,;] ")
_FILLER = re.compile(r"^(?:First|At first|Initially|Then|And|The|the)\b,?\s*")


_SOMEBODY = r"(?:(?:the|an?|his|their) )?[A-Za-z][\w’' -]{2,60}?"
_PASSED = re.compile(
    rf"(?:^|[,;] |that |and )(?:that |and |then )*(?P<who>{_SOMEBODY}) (?:had |has |then )?"
    r"(?:told|informed|notified|briefed"
    r"|(?:reported|passed|sent|forwarded) (?:it|this|that|the [\w ]{3,30}?) (?:on )?to)"
    rf" (?P<whom>{_SOMEBODY})(?= on | in | that | of it|[,.;]|$)"
)
_PASSING = re.compile(r"told|informed|notified|briefed|reported|passed|sent|forwarded")
_ARTICLE = re.compile(r"^(?:the|an?|his|their)\s+", re.I)


def passed_on(text: str) -> list[str] | None:
    """The names along "A told B that …, B told C, and C told D"."""
    if _PASSING.search(text) is None:
        return None
    steps = [(_ARTICLE.sub("", m["who"]), _ARTICLE.sub("", m["whom"])) for m in _PASSED.finditer(text)]
    for k in range(len(steps) - 1):
        line = list(steps[k])
        for who, whom in steps[k + 1 :]:
            if who.split()[-1].lower() != line[-1].split()[-1].lower():
                break
            line.append(whom)
        if len(line) >= 3:
            return line
    return None


def reporting_line(text: str) -> list[str] | None:
    """The names along a line like "commanders to A, then A to B"."""
    m = _LINE.search(text) if _IN_LINE.search(text) else None
    if m is None:
        return None
    first = m.group("a")
    while (cut := _FILLER.sub("", first)) != first:
        first = cut
    first = re.sub(r",? (?:in (?:his|her|their|its) \w+|reported)$", "", first)
    return [first.strip(), m.group("b"), m.group("c")]


def overlap(a: Draft, b: Draft) -> bool:
    """True where two contents share a character."""
    return _shared(a, b) > 0
