"""Claims whose cue is a verb.

Belongs here: which verbs of a parsed sentence are cues, and which rule reads each. Does not belong
here: the content of an active verb (``behind``, ``beside``), passives (``passive``), cues beside their
content (``asides``), nouns and adverbs (``nominal``), and what a claim means (``judge``).
"""

from __future__ import annotations

from ingest.extract.claims.asides import Asides
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.lexicon import Cue, verbs
from ingest.extract.claims.quotes import Quote
from ingest.extract.syntax.tree import VERB_TAGS

_NO_CUE_DEPS = frozenset(["aux", "auxpass", "amod", "compound", "case"])
_NAMING = frozenset(["call", "dub", "title", "entitle", "label", "term", "brand", "name"])
_ANYBODY = frozenset(["those", "anyone", "anybody", "everyone", "everybody", "whoever", "all"])

RULING = Cue("rule", "say", frozenset("s"), "")


class VerbalCues(Asides):
    """Reads one sentence's cue verbs."""

    def find(self) -> list[Draft]:
        table, t = verbs(), self.t
        drafts = []
        lows = t.lowers[self.g.first : self.g.last]
        for v, cue in [(v, table[low]) for v, low in enumerate(lows, self.g.first) if low in table]:
            if t.deps[v] in _NO_CUE_DEPS or self._is_thing(v):
                continue
            if t.tags[v] in VERB_TAGS or (t.deps[v] in ("ROOT", "parataxis") and t.tags[v] != "NN"):
                draft = self._verb(v, cue) if cue.frames else None
                if draft is None and self.wide and cue.wide:
                    effect = cue.effect if cue.effect != "refuse" else ""
                    draft = self._verb(v, Cue(cue.lemma, cue.cue_class, cue.wide, effect))
                    if draft is not None:
                        draft.notes.add("wide")
                if draft is not None:
                    drafts.append(draft)
            elif t.tags[v] == "NN" and (draft := self._mistagged(v, cue)) is not None:
                drafts.append(draft)
            elif t.tags[v] == "NNS" and "s" in cue.frames and (draft := self._quoted(v, cue)) is not None:
                drafts.append(draft)  # "…," the 60-year-old recalls
        if (draft := self._gesture(drafts) or self._block(drafts)) is not None:
            drafts.append(draft)
        return drafts

    def _is_thing(self, v: int) -> bool:
        """ "ways of teaching and learning that we try": a gerund that is a noun."""
        t = self.t
        joint = t.deps[v] == "conj" and t.deps[t.heads[v]] == "pobj"
        return t.tags[v] == "VBG" and (t.deps[v] == "pobj" or joint)

    def _verb(self, v: int, cue: Cue) -> Draft | None:
        g, t = self.g, self.t
        if t.tags[v] == "VB" and t.deps[v] == "ROOT" and v == g.first and g.kid(v, "nsubj") is None:
            return self._imperative(v, cue)
        if cue.lemma == "figure" and t.lowers[v + 1 : v + 2] == ["out"]:
            return None
        if cue.lemma == "rule" and t.lowers[v + 1 : v + 2] != ["out"]:
            cue = RULING  # a court's; "has ruled the strip since 2007" is no claim
        if v == g.first + 1 and t.lowers[v - 1 : v + 2] == ["that", "said", ","]:
            return None  # "That said, …" holds sentences together
        if t.tags[v] == "VBN" and t.deps[v] == "acl" and cue.lemma in _NAMING and g.kid(v, "agent") is None:
            return None  # "a show called “Dawn”": a name
        if "s" in cue.frames and t.tags[v] == "VBN" and g.kid(v, "auxpass", "aux", "agent") is None:
            closing = self._closing(v, cue)  # "…, the ministry reported.", taken for a participle
            if closing is not None:
                return closing
        if t.tags[v] == "VBN" and v > g.first and t.lowers[v - 1] == "as" and v <= g.first + 2:
            return self._as_participle(v, cue)
        if "s" in cue.frames and (taken := self._taken_for_participle(v, cue)) is not None:
            return taken
        if g.is_passive(v):
            return self._passive(v, cue)
        if "r" in cue.frames:
            return self._seems(v, cue)
        if "s" in cue.frames:
            closing = self._inverted(v, cue) or self._closing(v, cue)
            if closing is not None:
                return closing
        if cue.frames & {"s", "q"} and (quoted := self._quoted(v, cue)) is not None:
            return quoted
        if "s" in cue.frames and (aside := self._as_clause(v, cue) or self._in_front(v, cue)) is not None:
            return aside
        draft = self._draft(v, cue, "verb", self._speaker(v))
        if cue.lemma == "comment" and draft.negated:
            return None  # "neither side has commented on reports that …"
        if self._own_voice(draft, cue):
            return None
        draft.relative = self._relative(v)
        if self._post(draft, cue) or self.beside.before(draft, cue):
            return self._accept(draft, cue)
        return None

    def _imperative(self, v: int, cue: Cue) -> Draft | None:
        """ "Remember that …" tells the reader; it is no claim, but an annotator of discourse may mark it."""
        comp = self.behind.clause_of(v, cue) if self.wide else None
        if comp is None or self.behind.mark(comp) != "that":
            return None
        draft = self._draft(v, cue, "verb", None)
        draft.notes.add("wide")
        return draft if self.behind.clause(draft, cue, comp) else None

    def _own_voice(self, draft: Draft, cue: Cue) -> bool:
        """ "We remind you that", "it is worth noting", "those who refuse to leave": nobody in particular claims it."""
        t, v, speaker = self.t, draft.verb, draft.speaker
        if speaker is None:
            return t.lowers[t.heads[v]] == "worth"
        low = t.lowers[speaker.head]
        if cue.lemma == "mean" and (t.tags[speaker.head] != "PRP" or low == "it"):
            return True  # what a thing means
        if low == "we" and cue.lemma in ("remind", "recall", "note") and not self.beside.quotes.marked(t.starts[v]):
            return True
        who = any(t.lowers[k] in ("who", "that") for k in self.g.kids(v)) and t.deps[v] == "relcl"
        return who and low in _ANYBODY and cue.cue_class in ("believe", "promise")

    def _post(self, draft: Draft, cue: Cue) -> bool:
        """Content behind the cue, the fullest frame first."""
        comp = self.behind.clause_of(draft.verb, cue)
        quote = self.beside.quote_after(draft.verb)
        if quote is None and comp is not None and self.behind.clause(draft, cue, comp):
            if draft.rule in ("verb.that", "verb.infinitive", "verb.wh"):
                self.beside.half_before(draft)
            return True
        if quote is not None and not cue.frames & {"s", "q"} and not self._named_before(draft.verb, quote):
            quote = None  # 'called "The Podcast"': a name
        if quote is not None and cue.cue_class in ("believe", "estimate") and self._named_before(draft.verb, quote):
            quote = quote if cue.lemma in ("think", "believe", "conclude", "wonder", "put") else None
        if quote is not None and cue.lemma in _NAMING and self.text[self.t.ends[draft.verb] : quote.open].strip() == "":
            quote = None  # 'a show called "Dawn"': a name
        if quote is not None and cue.frames & {"s", "q", "c", "as", "n"}:
            return self.beside.take_quote_after(draft, quote, comp)
        if cue.cue_class == "estimate" and self.behind.count(draft):
            return True
        if cue.lemma == "hold" and self.behind.responsible(draft):
            return True
        if self.behind.infinitive(draft, cue):
            return True
        if cue.frames & {"c", "as"} and self.behind.complement(draft, cue):
            return True
        if self.behind.surface_that(draft, cue) or self.behind.surface_clause(draft, cue):
            return True
        if self.behind.preposition(draft, cue):
            return True
        if cue.cue_class == "accuse" and self.behind.accused_of(draft, cue):
            return True
        return "n" in cue.frames and self.behind.object(draft)

    def _named_before(self, v: int, quote: Quote) -> bool:
        """True where a comma, a colon or an object stands between the verb and the quotation."""
        return bool(self.text[self.t.ends[v] : quote.open].strip())
