"""Quotations beside a cue: he said, "…"; "…," he said; "…," said the mayor, "…".

Belongs here: quotations that stand before or behind a cue in its sentence, or end in the one before. Does not
belong here: quotations without a cue (``quotations.continuation``), and pairing of marks (``quotations.marks``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.clauses import clause_of
from ingest.extract.claims.attribution.extent import participles
from ingest.extract.claims.attribution.region import cue_region
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import FINITE, CueSentence
from ingest.extract.claims.attribution.speaker import document_owner
from ingest.extract.claims.lexicon import listed, verbs
from ingest.extract.claims.model import Candidate, CueMention, Flag, Span
from ingest.extract.claims.quotations.marks import Quotation, is_speech
from ingest.extract.syntax.tree import CALENDAR, VERB_TAGS, Mention
from ingest.values import replace

_DASHES = frozenset([",", "–", "—", "-"])
_PREPOSITIONS = frozenset(["of", "for", "about", "against"])
_TELLING = frozenset(["VBD", "VBZ", "VBN", "VBP", "NNS"])
_NAMING = listed("verbs_of_naming")
_THINKING = listed("verbs_of_thinking_in_words")


def cue_between(s: CueSentence, v: int, limit: int) -> bool:
    """True where another cue of saying stands between token ``v`` and the offset."""
    t, table = s.tokens, verbs()
    return any(
        t.lowers[j] in table and t.tags[j] in VERB_TAGS and "s" in table[t.lowers[j]].frames
        for j in range(v + 1, s.last)
        if t.starts[j] < limit
    )


def quotation_behind(s: CueSentence, v: int) -> Quotation | None:
    """A quotation of a clause's length that begins behind the cue with nothing but its own words between."""
    text = s.text
    start = s.tokens.ends[v]
    end = s.tokens.ends[s.last - 1]
    q = s.quotations.behind(start)
    if q is None or q.open > end + 4:
        return None
    gap = text[start : q.open]
    lead = gap.rstrip()
    if q.open >= end and not lead.endswith((":", ",")):
        return None
    if ". " in gap:
        return None
    if gap.lstrip().startswith(",") and len(gap.split()) > 4:
        return None  # a bracketed cue: its own content stands before the quotation
    between = gap.replace(",", " ").replace(":", " ").split()
    if lead.endswith((",", ":")) and len(between) <= 25 and not cue_between(s, v, q.open):
        return q if is_speech(text, q) or lead.endswith(":") else None
    if len(between) <= 1 and is_speech(text, q) and text[q.start].isupper():
        return q
    return None


def quotation_before(s: CueSentence, first: int) -> Quotation | None:
    """The quotation that ends right before token ``first``, in this sentence or the one before."""
    limit = s.tokens.starts[first]
    best = s.quotations.before(limit)
    if best is None:
        return None
    gap = s.text[best.close : limit]
    verb = next((k for k in range(first, s.last) if s.tokens.tags[k] in FINITE), first)
    if _is_closed(s, best, first, max(first, verb)):
        return None
    if gap.strip(" ,—–-.\u00a0\n") or "\n" in gap or not is_speech(s.text, best):
        return None
    return best


def _is_closed(s: CueSentence, q: Quotation, first: int, v: int) -> bool:
    """True where a full stop ended the quotation and the next sentence has its own content."""
    t = s.tokens
    if s.text[q.end : q.close].strip()[:1] != "." or first > v or not t.words[first][:1].isupper():
        return False
    if first != s.first:
        return False
    if v + 1 < s.last and (t.lowers[v + 1] == "that" or _has_own_phrase(s, v)):
        return True
    return v + 1 < s.last - 1 and t.tags[v + 1] not in ("IN", "TO", "RB", ".") and t.lowers[v + 1] != "to"


def _has_own_phrase(s: CueSentence, v: int) -> bool:
    """True for "vowed to fight", "warned of a flood": what the cue introduces stands behind it."""
    t, cue = s.tokens, verbs().get(s.tokens.lowers[v])
    if t.lowers[v + 1] == "to":
        return t.tags[v + 2 : v + 3] == ["VB"]
    return cue is not None and t.lowers[v + 1] in cue.frames & _PREPOSITIONS


def _second_half(s: CueSentence, last: int) -> Quotation | None:
    """The second half of a quotation that its cue interrupts."""
    limit = s.tokens.ends[last]
    q = s.quotations.behind(limit)
    if q is None:
        return None
    gap = s.text[limit : q.open]
    return q if not gap.strip(" ,—–-:;") and "\n" not in gap else None


def halves(s: CueSentence, quotation: Quotation, first: int, last: int) -> list[Span]:
    """The quotation before the tokens ``first`` to ``last`` of the cue, and the half of it behind them."""
    t = s.tokens
    start = quotation.start
    if quotation.open > t.starts[s.first]:
        opening = s.opening(first)
        head = s.text[t.starts[opening] : quotation.open]
        clause = head.strip(" \"“'‘«") and not head.rstrip().endswith(":")
        # the end of a clause that is claimed as a whole, unless another cue stands before it
        if clause and not cue_between(s, s.first - 1, quotation.open):
            start = t.starts[opening]
    content = [(start, quotation.end)]
    behind = _second_half(s, last)
    if behind is not None:
        content.append((behind.start, behind.end))
    return content


# --- behind the cue -------------------------------------------------------------------------------------


@frame("quotation.after", "quotation.interrupted", needs="s q c as n")
def quotation_after(s: CueSentence, cue: CueMention) -> Candidate | None:
    """The mayor said: "…"; with the half before the cue where there is one."""
    quotation = _speech_behind(s, cue)
    if quotation is None:
        return None
    content = [(quotation.start, quotation.end)]
    begin = s.tokens.ends[cue.token]
    gap = s.text[begin : quotation.open]
    if "that" in gap.split() and clause_of(s, cue) is not None:
        content = [(begin + gap.find("that") + 4, quotation.end)]
    before = quotation_before(s, cue_region(s, cue.token)[0])
    if before is None:
        return s.candidate(cue, "quotation.after", content, cue.speaker, relative=cue.relative)
    content.insert(0, (before.start, before.end))
    return s.candidate(cue, "quotation.interrupted", content, cue.speaker, relative=cue.relative)


def _speech_behind(s: CueSentence, cue: CueMention) -> Quotation | None:
    """The quotation behind the cue, unless it is a name or what is thought of a thing."""
    entry, v = cue.entry, cue.token
    quotation = quotation_behind(s, v)
    if quotation is None:
        return None
    # a comma, a colon or an object stands between the verb and the quotation
    is_set_off = bool(s.text[s.tokens.ends[v] : quotation.open].strip())
    if not entry.frames & {"s", "q"} and not is_set_off:
        return None  # 'called "The Podcast"': a name
    if entry.cue_class in ("believe", "estimate") and is_set_off and entry.lemma not in _THINKING:
        return None
    if entry.lemma in _NAMING and not is_set_off:
        return None  # 'a show called "Dawn"': a name
    return quotation


def with_half_before(s: CueSentence, candidate: Candidate) -> Candidate:
    """The quotation that a cue interrupts belongs to what is said behind it, but not behind a side remark."""
    if s.tokens.tags[candidate.verb] == "VBG":
        return candidate
    first = cue_region(s, candidate.verb)[0]
    if first <= s.first:
        return candidate
    quotation = quotation_before(s, first)
    if quotation is None or quotation.open > s.tokens.starts[s.first]:
        return candidate
    content = ((quotation.start, quotation.end), *candidate.content)
    flags = candidate.flags - {Flag.REQUEST}
    return replace(candidate, content=content, rule="quotation.interrupted", flags=flags)


# --- before the cue -------------------------------------------------------------------------------------


@frame("quotation.before", needs="s q")
def quotation_before_cue(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "…," he said; "…," he said, "…"."""
    t, v = s.tokens, cue.token
    if t.tags[v] == "VBG":
        return None
    first, last = cue_region(s, v)
    quotation = quotation_before(s, first)
    if quotation is None:
        return None
    content = halves(s, quotation, first, last)
    return s.candidate(cue, "quotation.before", content, cue.speaker, relative=cue.relative)


@frame("quotation.adjacent")
def adjacent_quotation(s: CueSentence, cue: CueMention) -> Candidate | None:
    """``"…," X said`` and ``"…," said X`` by the words alone, whatever the parser made of them."""
    found = _adjacent(s, cue.token) if cue.entry.lemma != "call" else None
    if found is None:
        return None
    quotation, speaker = found
    last = max(cue.token, s.analysis.token_at(speaker.end - 1))
    last = max(last, cue_region(s, cue.token)[1])
    content = halves(s, quotation, s.analysis.token_at(quotation.close), last)
    return s.candidate(cue, "quotation.adjacent", content, speaker)


def _adjacent(s: CueSentence, v: int) -> tuple[Quotation, Mention] | None:
    t = s.tokens
    q = s.quotations.before(t.starts[v])
    is_finite = t.tags[v] in _TELLING or (t.tags[v] == "VB" and s.kid(v, "aux") is None)  # "read", taken for a base
    if q is None or not is_finite or not is_speech(s.text, q):
        return None
    is_behind_dash = t.starts[v] == q.close and s.text[q.end : q.close].strip() in _DASHES
    is_closed = v + 1 < s.last and t.lowers[v + 1] in (",", ".")
    if t.tags[v] == "NNS" and not (is_closed or is_behind_dash):
        return None
    first = v
    while first > s.first and t.starts[first - 1] >= q.close:
        first -= 1
    gap = s.text[q.close : t.starts[first]]
    if v - first > 25 or "\n" in gap or gap.strip(" ,—–-\u00a0") or _is_closed(s, q, first, v):
        return None
    if q.open > t.starts[s.first] and any(t.deps[k] == "ccomp" and k > v for k in s.kids(v)):
        return None  # 'On "Face the Nation," she said the law was bad'
    while first < v and t.lowers[first] in _DASHES:
        first += 1
    run = s.nominals(v + 1) if first == v else s.nominals(first, v)
    if run is None or (first != v and not _joins_verb(s, run[1] + 1, v)):
        return None
    head = run[1]
    if t.tags[head] in ("PRP$", "DT", "CD") or t.lowers[head] in ("it", "which", "that") or t.lowers[head] in CALENDAR:
        return None
    m = document_owner(s, head) or s.mention(head, v if head < v else None)
    if m.head != head:
        return q, m  # the name in apposition to a role
    m = _without_participle(s, m)
    begin = t.starts[run[0]]
    full_start = max(begin, m.full_start) if m.full_start < q.close else m.full_start
    return q, Mention(max(begin, m.start), m.end, full_start, m.full_end, m.head)


def _without_participle(s: CueSentence, m: Mention) -> Mention:
    """The mention without the participle with which the speaker goes on: "a resident of the town adding that"."""
    t = s.tokens
    last = s.analysis.first_token_from(m.end)
    cut = next((k for k in range(m.head + 2, last) if t.tags[k] == "VBG" and t.lowers[k] in participles()), None)
    return m if cut is None else replace(m, end=t.ends[cut - 1], full_end=t.ends[cut - 1])


def _joins_verb(s: CueSentence, first: int, v: int) -> bool:
    """True where only what belongs to the noun phrase stands before its verb: "of …", ", head of …,"."""
    t = s.tokens
    if first >= v:
        return True
    if t.lowers[first] in (",", "(", "–", "—") or t.tags[first] in ("WP", "WDT"):
        return t.lowers[v - 1] in (",", ")", "–", "—") or t.tags[v - 1] in ("RB", "MD", "VBZ", "VBP", "VBD")
    if any(t.tags[k] in FINITE and t.lowers[k] not in ("has", "had", "have") for k in range(first, v)):
        return False
    return t.tags[first] in ("IN", "RB", "MD", "VBZ", "VBP", "VBD")
