"""Sentences that only name the speaker of those before: "This was stated by X", "X told Y about this".

Belongs here: finding them, and whom they name. Does not belong here: which sentences are his
(``quoted``).
"""

from __future__ import annotations

import re

from ingest.extract.claims.draft import Draft
from ingest.extract.claims.lexicon import verbs
from ingest.extract.claims.nominal import ACCORDING
from ingest.extract.claims.reader import document_owner
from ingest.extract.syntax.tree import VERB_TAGS, Tree

_BACK = re.compile(
    r"^(?:This|That|It|The (?:information|news|data))\s+(?:is|was|has been|were)\s+(?:also\s+)?"
    r"(?:stated|said|reported|announced|confirmed|told|written|declared|noted|emphasi[sz]ed|according)\b",
    re.I,
)
_TOLD_THIS = re.compile(
    r"\b(?:told|informed|said|announced|reported|wrote|spoke|stated|talked)\b"
    r"[^.:;“\"]{0,70}?\b(?:about this|about it|this)"
    r"(?: (?:on|in|at|during|to|via|live)\b[^.:;“\"]*)?[.]?$"
)
_REPORTED_BY = re.compile(r"^(?:This|That)(?:['’]s| is| was)\s+according\s+to\b", re.I)


def back_reference(grammar: Tree, index: int) -> Draft | None:
    """ "This was stated by X": the speaker of the sentences before; their contents are put in by ``quoted``."""
    g, t = grammar, grammar.tokens
    text = g.analysis.text
    sentence = text[t.starts[g.first] : t.ends[g.last - 1]]
    m = _BACK.match(sentence) or _REPORTED_BY.match(sentence)
    if m is None:
        return _told_this(g, index, sentence)
    head = None
    for i in range(g.first, g.last):
        low = t.lowers[i]
        if (low == "by" and t.deps[i] in ("agent", "prep")) or (
            low == "to" and i > g.first and t.lowers[i - 1] == "according"
        ):
            head = next((k for k in g.kids(i) if t.deps[k] == "pobj"), head)
        elif low in ("said", "told", "stated", "reported", "announced", "wrote") and i > g.first + 2:
            inner = g.kid(i, "nsubj")
            if inner is not None and t.lowers[inner] not in ("this", "that", "it"):
                head = _last_name(g, i, inner)
    if head is None:
        return None
    cue_at = next((i for i in range(g.first, g.last) if t.lowers[i] in verbs() or t.lowers[i] == "according"), g.first)
    cue = verbs().get(t.lowers[cue_at], ACCORDING)
    end = t.ends[cue_at + 1] if t.lowers[cue_at] == "according" else t.ends[cue_at]
    return Draft(
        "back_reference", cue, (t.starts[cue_at], end), document_owner(g, head) or g.mention(head), [], index, cue_at
    )


def _told_this(g: Tree, index: int, sentence: str) -> Draft | None:
    """ "The mayor told the agency about this.": he said the sentences before."""
    t = g.tokens
    m = _TOLD_THIS.search(sentence) if "this" in sentence or "about it" in sentence else None
    if m is None or g.last - g.first > 45:
        return None
    at = t.starts[g.first] + m.start()
    v = g.analysis.token_at(at)
    s = g.subject(v) if t.tags[v] in VERB_TAGS else None
    if s is None or s > v or t.lowers[s] in ("it", "that", "this", "which", "there", "who"):
        return None
    cue = verbs().get(t.lowers[v], ACCORDING)
    speaker = g.mention(s, v)
    draft = Draft("back_reference", cue, (t.starts[v], t.ends[v]), speaker, [], index, v)
    draft.notes.add("told_this")
    return draft


def _last_name(g: Tree, verb: int, subject: int) -> int:
    """The subject behind the verb where there are two ("LIGA.net said Viktor Tregubov")."""
    t = g.tokens
    later = [
        k for k in g.kids(verb) if k > verb and t.deps[k] in ("nsubj", "dobj", "ccomp") and t.tags[k] in ("NNP", "NN")
    ]
    return later[0] if later else subject
