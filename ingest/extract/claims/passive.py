"""Claims in the passive: "is said to", "was told that", "damage was reported".

Belongs here: passives, and active verbs that name no speaker ("seems to"). Does not belong here:
verbs with a subject that speaks (``verbal``).
"""

from __future__ import annotations

from ingest.extract.claims.draft import Draft
from ingest.extract.claims.lexicon import Cue
from ingest.extract.claims.quotes import trim
from ingest.extract.claims.reader import CueReader, document_owner
from ingest.extract.syntax.tree import RELATIVES, VERB_TAGS, Mention

# passives that claim their subject without naming who does ("damage was reported")
_REPORTED = frozenset(["report", "confirm", "announce", "claim", "allege", "deny"])


class Passives(CueReader):
    """One sentence's passive cues."""

    def _seems(self, v: int, cue: Cue) -> Draft | None:
        """ "seems to be over": nobody says so."""
        g, t = self.g, self.t
        subject, k = g.kid(v, "nsubj"), g.kid(v, "xcomp", "acomp", "oprd", "ccomp")
        if subject is None or k is None or k < v or subject > v:
            return None
        draft = self._draft(v, cue, "verb.seems", None)
        first, last = g.phrase(subject)
        draft.content = [(t.starts[g.left(k)], t.ends[g.right(k)])]
        if t.lowers[subject] not in ("it", "there"):
            draft.content.insert(0, (t.starts[first], t.ends[last]))
        return self._passive_done(draft)

    def _passive(self, v: int, cue: Cue) -> Draft | None:
        g, t = self.g, self.t
        draft = self._draft(v, cue, "verb.passive", self._agent(v))
        if cue.cue_class == "ask" and draft.speaker is None and t.deps[v] == "advcl":
            return None  # "Asked whether …, he said": the answer is the claim
        subject = g.kid(v, "nsubjpass", "nsubj")
        expletive = subject is not None and t.lowers[subject] in ("it", "there")
        if expletive and any(t.tags[k] == "MD" and t.lowers[k] in ("should", "must") for k in g.kids(v)):
            return None  # "it should be noted that": the article's own voice
        xcomp = next((k for k in g.kids(v) if k > v and t.deps[k] == "xcomp"), None)
        if xcomp is not None and self._passive_infinitive(draft, cue, xcomp, subject, expletive):
            return self._passive_done(draft)
        clauses = [k for k in g.kids(v) if k > v and t.deps[k] in ("ccomp", "advcl")]
        comp = next((k for k in clauses if t.deps[k] == "ccomp" or self.behind.mark(k) == "that"), None)
        if comp is not None and cue.frames & {"s", "w"}:
            if not self.behind.clause(draft, cue, comp):
                return None
            draft.rule = "verb.passive_that"
            said = expletive or draft.speaker is not None or cue.cue_class in ("say", "ask")
            said = said or cue.lemma in ("advise", "assure", "promise", "convince")
            return self._passive_done(draft) if said else None
        agent = g.kid(v, "agent")
        below = [x for k in g.kids(agent) for x in g.kids(k)] if agent is not None else []
        for k in (*g.kids(v), *below):
            if k > v and t.deps[k] == "prep" and t.lowers[k] in cue.frames:
                if t.lowers[k] == "as" and draft.speaker is None:
                    draft.speaker = self._place_of_speech(v)
                    if draft.speaker is None:
                        continue
                if self.behind.after(draft, k):
                    draft.rule = "verb.passive_" + t.lowers[k]
                    counts = cue.cue_class in ("accuse", "believe") or draft.speaker is not None
                    return self._passive_done(draft) if counts else None
        if subject is not None and not expletive and self._claims_subject(v, cue, subject, draft):
            first, last = g.phrase(subject)
            draft.content = [(t.starts[first], t.ends[last])]
            draft.rule = "verb.passive_object"
            return self._passive_done(draft)
        return None

    def _claims_subject(self, v: int, cue: Cue, subject: int, draft: Draft) -> bool:
        if self.t.tags[subject] in ("PRP", "WP", "WDT", "DT"):
            return False
        reported = cue.lemma in _REPORTED and self.t.deps[v] != "acl"
        return reported or (draft.speaker is not None and "n" in cue.frames)

    def _agent(self, v: int) -> Mention | None:
        g, t = self.g, self.t
        agent = g.kid(v, "agent")
        who = next((k for k in g.kids(agent) if t.deps[k] == "pobj"), None) if agent is not None else None
        return (document_owner(g, who) or g.mention(who)) if who is not None else None

    def _passive_infinitive(self, draft: Draft, cue: Cue, xcomp: int, subject: int | None, expletive: bool) -> bool:
        """ "is said to own homes" claims of its subject; "was ordered to leave" orders it."""
        g, t, v = self.g, self.t, draft.verb
        if "p" in cue.frames and (t.tags[xcomp] in VERB_TAGS or g.kid(xcomp, "aux") is not None):
            first = g.left(xcomp)
            content = [(t.starts[first], t.ends[self.behind.onward.shorten(v, first, g.right(xcomp), cue)])]
            owner = None if expletive else subject if subject is not None else g.subject(v)
            if owner is not None and owner < v and t.lowers[owner] not in RELATIVES:
                begin, end = g.phrase(owner)
                content.insert(0, (t.starts[begin], t.ends[min(end, v - 1)]))
            draft.content, draft.rule = content, "verb.raised"
            return True
        to = next((k for k in g.kids(xcomp) if t.lowers[k] == "to" and t.deps[k] == "aux"), None)
        if "o" not in cue.frames or to is None or cue.cue_class not in ("order", "ask", "say"):
            return False
        if subject is not None:
            draft.addressee = (t.starts[g.left(subject)], t.ends[g.right(subject)])
        return self.behind.put(draft, to, g.right(xcomp), "verb.passive_infinitive")

    def _place_of_speech(self, v: int) -> Mention | None:
        """ "is described in the report as": what it stands in speaks."""
        g, t = self.g, self.t
        for k in g.kids(v):
            if t.deps[k] == "prep" and t.lowers[k] in ("in", "on", "by") and k > v:
                o = next((x for x in g.kids(k) if t.deps[x] == "pobj"), None)
                if o is not None and t.tags[o].startswith("NN"):
                    return document_owner(g, o) or g.mention(o)
        return None

    def _passive_done(self, draft: Draft) -> Draft | None:
        draft.content = [c for c in (trim(self.text, s, e) for s, e in draft.content) if c[1] > c[0]]
        if not draft.content:
            return None
        speaker = draft.speaker
        if speaker is not None and any(s < speaker.end and speaker.start < e for s, e in draft.content):
            head = self.t.starts[speaker.head], self.t.ends[speaker.head]
            if any(s < head[1] and head[0] < e for s, e in draft.content):
                draft.speaker = None
            else:
                draft.speaker = Mention(*head, *head, speaker.head)
        return draft
