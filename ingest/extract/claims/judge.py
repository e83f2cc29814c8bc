"""What a claim says: speech, polarity, stance, hedge, topic, channel.

Belongs here: reading the properties of a finished content. Does not belong here: finding contents
and speakers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extract.analysis import NO_HEAD, Analysis
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.quotes import Quotes
from ingest.extract.claims.topics import topic_of
from ingest.extract.lexicon import phrases, words

_WORD = re.compile(r"\w+")
_QUESTION = re.compile(
    r"^(?:what|who|whom|when|where|why|how|which|whose|is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|whether|if)\b",
    re.I,
)
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_DENYING_AT_START = frozenset(["not", "never", "no", "none", "nobody", "nothing", "neither"])
# what belongs to a predicate so closely that a "no" there denies it
_PARTS = frozenset(["acomp", "attr", "oprd", "dobj", "xcomp", "nsubj", "nsubjpass", "ccomp", "expl"])
_GUESSING = frozenset(["suspect", "speculate", "guess", "hint"])
_CLAUSE_END = re.compile(
    r"[.!?;](?:\s|$)|\s[–—]\s|,\s+(?:but|although|though|because|while|whereas|since|and|as)\s|\s+because\s"
)


@dataclass(slots=True)
class Judgement:
    """The codes of one claim."""

    speech: str
    polarity: str
    stance: str
    hedge: str
    topic: str


def judge(analysis: Analysis, draft: Draft, quotes: Quotes) -> Judgement:
    """All codes of one draft."""
    return Judgement(
        speech=speech(analysis, draft, quotes),
        polarity=polarity(analysis, draft),
        stance=stance(analysis, draft),
        hedge=hedge(analysis, draft),
        topic=topic_of(analysis, draft),
    )


def speech(analysis: Analysis, draft: Draft, quotes: Quotes) -> str:
    """How much of the content stands in quotation marks that open inside it or right at its start."""
    total = inside = 0
    cue = draft.cue_span
    around = [quotes.touching(s, e) for s, e in draft.content]
    if cue is not None:
        around = [[q for q in near if not (q.open <= cue[0] < q.close)] for near in around]
    if not any(around):
        return "indirect"  # most are, and their words need no counting
    for (s, e), near in zip(draft.content, around, strict=True):
        for m in _WORD.finditer(analysis.text, s, e):
            total += 1
            inside += any(q.open <= m.start() < q.close for q in near)
    if not inside or not total:
        return "indirect"
    return "direct" if inside == total else "mixed"


def polarity(analysis: Analysis, draft: Draft) -> str:
    """What the cue and the content's main clause make of what is so."""
    text = " ".join(analysis.text[s:e] for s, e in draft.content[:1])
    if draft.question or _asks(text, draft):
        return "question"
    if draft.cue is not None and draft.cue.effect in ("negate", "refuse"):
        return "affirmative" if draft.negated else "negative"
    if draft.negated:
        return "negative"
    return "negative" if main_clause_denies(analysis, *draft.content[0]) else "affirmative"


def _asks(text: str, draft: Draft) -> bool:
    cue = draft.cue.cue_class if draft.cue is not None else ""
    if (
        cue == "ask"
        and draft.cue is not None
        and draft.cue.lemma
        not in ("plead", "appeal", "beg", "implore", "petition", "request", "beseech", "entreat", "invite")
        and not draft.rule.endswith(("infinitive", ".for", ".to"))
    ):
        return True
    return text.endswith("?") and bool(_QUESTION.match(text)) and ". " not in text


def main_clause_denies(analysis: Analysis, start: int, end: int) -> bool:
    """True where the first main clause between the offsets is negative."""
    t = analysis.tokens
    text = analysis.text[start:end]
    first = analysis.token_at(start)
    if t.ends[first] <= start:
        first += 1
    stop = _first_clause_end(text)
    clause = text[:stop].lower()
    if phrases("cues.toml", "affirming_phrases").search(clause):
        return False
    if phrases("cues.toml", "negative_phrases").search(clause):
        return True
    last = analysis.first_token_from(end)
    if last <= first:
        return False
    but = text.find(", but ")
    if but > 0 and phrases("cues.toml", "negative_phrases").search(text, but):
        return True
    root = _root(analysis, first, last)
    if root is None or t.heads[root] == NO_HEAD:
        lows = t.lowers[first : min(last, first + 8)]
        return bool(set(lows) & words("cues.toml", "negators"))
    predicates = words("cues.toml", "negative_predicates")
    if t.lowers[root] in predicates or t.lowers[first] in _DENYING_AT_START:
        return True
    for k in range(first, last):
        low = t.lowers[k]
        if t.heads[k] != root:
            if low == "neither" and _is_of_subject(analysis, k, root):
                return True
            continue
        if t.deps[k] == "neg" or low in ("never", "nor", "hardly", "no"):
            return True
        if t.deps[k] in _PARTS:
            if low in predicates or low in ("none", "nothing", "nobody", "neither"):
                return True
            if any(t.lowers[x] in ("no", "neither") and t.heads[x] == k for x in range(first, k)):
                return True
    # "failed to" and "refused to" tell what happened: they deny nothing
    return False


def _is_of_subject(analysis: Analysis, k: int, root: int) -> bool:
    t = analysis.tokens
    h = t.heads[k]
    return h != NO_HEAD and t.deps[h] in ("nsubj", "nsubjpass") and t.heads[h] == root


def _first_clause_end(text: str) -> int:
    m = _CLAUSE_END.search(text, 12)
    return m.start() if m else len(text)


def _root(analysis: Analysis, first: int, last: int) -> int | None:
    """The token between ``first`` and ``last`` whose head lies outside, a verb before others."""
    t = analysis.tokens
    best = None
    for k in range(first, last):
        h = t.heads[k]
        if h == NO_HEAD:
            continue
        if h == k or not first <= h < last:
            if t.tags[k] in _FINITE or t.tags[k].startswith("VB") or t.deps[k] in ("ROOT", "ccomp", "xcomp"):
                return k
            if best is None and t.deps[k] not in ("punct", "mark", "aux", "cc", "advmod", "prep", "npadvmod", "advcl"):
                best = k
    return best


def stance(analysis: Analysis, draft: Draft) -> str:
    """What whoever passes the claim on makes of it; the content's own words of doubt count only outside quotations."""
    t = analysis.tokens
    lows: set[str] = set()
    if draft.verb >= 0:
        sentence = analysis.sentences[analysis.sentence_at(t.starts[draft.verb])]
        near = range(max(sentence.first, draft.verb - 4), min(sentence.last, draft.verb + 3))
        lows = {t.lowers[k] for k in near if not draft.holds(t.starts[k], t.ends[k])}
        around = analysis.text[sentence.start : sentence.end]
        if phrases("cues.toml", "discrediting_phrases").search(around) and draft.rule.startswith(("verb", "noun")):
            return "disputed"
    if draft.cue is not None and draft.cue.effect == "dispute":
        return "disputed"
    if draft.notes & {"dismissed", "rejected", "scare"}:
        return "disputed"
    if lows & words("cues.toml", "discrediting"):
        return "disputed"
    if draft.rule != "adverb" and draft.cue is not None and not draft.notes & {"quotation"}:
        distancing = words("cues.toml", "distancing")
        for s, e in draft.content:
            first, last = analysis.first_token_from(s), analysis.first_token_from(e)
            if distancing.isdisjoint(t.lowers[first:last]):
                continue
            for k in range(first, last):
                if t.lowers[k] in distancing and not _quoted_inside(analysis.text, s, t.starts[k]):
                    return "disputed"
    if lows & words("cues.toml", "vouching"):
        return "endorsed"
    if draft.cue is not None and draft.cue.effect == "endorse" and not draft.negated:
        return "endorsed"
    return "neutral"


def _quoted_inside(text: str, start: int, at: int) -> bool:
    return sum(text.count(m, start, at) for m in '"“”') % 2 == 1


def hedge(analysis: Analysis, draft: Draft) -> str:
    """The hedge of the content's first clause, or of the cue."""
    t = analysis.tokens
    s, e = draft.content[0]
    first = analysis.token_at(s)
    last = min(analysis.first_token_from(e), first + 40)
    if draft.cue is not None and draft.cue.lemma in _GUESSING:
        return "possible"
    probable, possible = words("cues.toml", "probable"), words("cues.toml", "possible")
    lows = t.lowers[first:last]
    if probable.isdisjoint(lows) and possible.isdisjoint(lows):
        return "none"
    stop = _first_clause_end(analysis.text[s:e]) + s
    lows = [w for w, at in zip(lows, t.starts[first:last], strict=False) if at < stop]
    if not probable.isdisjoint(lows):
        return "probable"
    return "none" if possible.isdisjoint(lows) else "possible"
