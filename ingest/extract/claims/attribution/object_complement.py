"""Object complements: "called the raid a crime", "described the raid as a crime".

Belongs here: what somebody or something is called. Does not belong here: names ("a show called “Dawn”"),
which are no claims.
"""

from __future__ import annotations

from ingest.extract.claims.attribution.clauses import as_saying
from ingest.extract.claims.attribution.extent import content_candidate
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import MARKS, CueSentence
from ingest.extract.claims.lexicon import listed
from ingest.extract.claims.model import Candidate, CueMention
from ingest.extract.syntax.tree import VERB_TAGS
from ingest.values import replace

_QUOTING = listed("verbs_of_quoting")
_LONGEST_THING, _LONGEST_NAME = 16, 26  # tokens of what is called, and of what it is called
# tags of the words for a thing that is called something
_THING = frozenset(["DT", "PDT", "PRP", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "CD", "IN", "HYPH"])


@frame("object_complement.as", needs="as like")
def object_complement_as(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "described the raid as a crime", "likened the raid to a crime"."""
    if "like" in cue.entry.frames:
        return _likened(s, cue)
    if "as" not in cue.entry.frames:
        return None
    t, v = s.tokens, cue.token
    if (quoting := as_saying(s, v)) is not None:
        last = max(s.right(v), s.right(quoting + 1))
        return content_candidate(s, cue, "object_complement.as", v + 1, last, lead=t.starts[v + 1])
    kids = [k for k in s.kids(v) if k > v]
    inner = [c for k in kids if t.deps[k] == "dobj" for c in s.kids(k)]
    for x in (*kids, *inner):
        if t.lowers[x] == "as" and x > v and t.deps[x] in ("prep", "mark", "advmod") and x + 1 < s.last:
            if cue.entry.lemma in _QUOTING and t.tags[x + 1] != "VBG":
                return None  # "cited the flood as a reason"
            end = s.right(x) if t.deps[x] == "prep" else s.right(t.heads[x])
            if end <= x:
                return None
            end = _before_dash(s, x + 1, end)
            return content_candidate(s, cue, "object_complement.as", x + 1, end, lead=t.starts[min(v + 1, x)])
    for k in kids:
        if t.deps[k] == "advcl" and (m := s.kid(k, "mark")) is not None and t.lowers[m] == "as":
            return content_candidate(s, cue, "object_complement.as", m + 1, s.right(k), lead=t.starts[v + 1])
    return None


def _likened(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "likened the treaty to that of Munich": both things are what is claimed."""
    t, v = s.tokens, cue.token
    thing = s.kid(v, "dobj")
    is_own = cue.speaker is not None and t.lowers[cue.speaker.head] in ("i", "we")
    if thing is None or thing < v or t.deps[v] == "pcomp" or is_own:
        return None  # "by comparing the maps to the ground", "we compared": a deed
    inside = (k for k in range(thing + 1, s.right(v) + 1) if t.lowers[k] == "to" and t.tags[k + 1] not in VERB_TAGS)
    to = next(inside, None)
    if to is None or s.right(to) <= to:
        return None
    return content_candidate(s, cue, "object_complement.as", to + 1, s.right(to), lead=t.starts[s.left(thing)])


def _before_dash(s: CueSentence, first: int, last: int) -> int:
    """The last token of what a thing is called in quotation marks, where a dash closes what the marks stand in."""
    t = s.tokens
    if t.lowers[first] not in MARKS or (close := _closing_mark(s, first)) is None or close >= last:
        return last
    return close if t.lowers[close + 1] in ("–", "—") else last


@frame("object_complement.noun", "object_complement.quoted", needs="c")
def object_complement(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "called the raid a crime", "called the standards “strong”"."""
    t, v = s.tokens, cue.token
    kids = [k for k in s.kids(v) if k > v]
    lead = t.starts[v + 1] if v + 1 < len(t) else None
    called = s.kid(v, "oprd")
    if called is not None and called > v and t.lowers[called] not in ("back", "out", "off"):
        return content_candidate(s, cue, "object_complement.noun", s.left(called), s.right(called), lead=lead)
    if (quoted := _quoted_name(s, cue)) is not None:
        return quoted
    if (last := _adjective_behind(s, v)) is not None:
        return content_candidate(s, cue, "object_complement.noun", last, last, lead=lead, extend=False)
    named = [k for k in kids if t.deps[k] == "dobj"]
    second = named[1] if len(named) > 1 else s.kid(named[0], "appos") if named else None
    if second is not None and t.lowers[s.left(second) - 1] != "," and t.lowers[s.left(second)] in ("a", "an"):
        first, last = s.left(second), s.right(second)
        return content_candidate(s, cue, "object_complement.noun", first, last, lead=lead, extend=False)
    return None


def _adjective_behind(s: CueSentence, v: int) -> int | None:
    """The adjective of "declared the dam unsafe", which the parser took for a noun with "dam" before it."""
    t = s.tokens
    k = next((k for k in s.kids(v) if k > v and t.deps[k] in ("ccomp", "dobj") and t.tags[k] == "JJ"), None)
    is_called = k is not None and t.deps[k - 1] == "compound" and s.left(k) == v + 1 and t.tags[v + 1] in ("DT", "PRP$")
    return k if is_called else None


def _quoted_name(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "called the standards “strong”", "called her “poor” and “a victim”", wherever the parser hung the words."""
    t, v = s.tokens, cue.token
    mark = next((k for k in range(v + 1, min(v + _LONGEST_THING, s.last)) if t.lowers[k] in MARKS), None)
    if mark is None or mark <= v + 1 or any(t.tags[k] not in _THING for k in range(v + 1, mark)):
        return None
    close = _closing_mark(s, mark)
    if close is None or t.tags[mark - 1] in ("DT", "IN", "JJ", "PDT"):
        return None
    while close + 2 < s.last and t.lowers[close + 1] == "and" and t.lowers[close + 2] in MARKS:
        further = _closing_mark(s, close + 2)
        if further is None:
            break
        close = further
    return content_candidate(
        s, cue, "object_complement.quoted", mark + 1, close - 1, lead=t.starts[v + 1], extend=False
    )


def _closing_mark(s: CueSentence, mark: int) -> int | None:
    """The quotation mark behind the one at ``mark``, where it is near."""
    return next((k for k in range(mark + 1, min(mark + _LONGEST_NAME, s.last)) if s.tokens.lowers[k] in MARKS), None)


def with_what_is_called(text: str, candidate: Candidate) -> Candidate:
    """ "called the raid a crime": the raid is part of the claim, but for what is called so in quotation marks."""
    start, end = candidate.content[0]
    lead = candidate.lead
    if candidate.frame != "object_complement" or lead is None or lead >= start:
        return candidate
    what = text[lead:start].strip(' “"‘«')
    is_as = candidate.rule == "object_complement.as"
    is_quotation = text[start - 1] in '"“‘«' and (not is_as or " " in text[start:end])
    if what in ("", "as") or is_quotation:
        return candidate
    return replace(candidate, content=((lead, end), *candidate.content[1:]))
