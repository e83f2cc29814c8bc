"""What every cue verb needs: its draft, who speaks, whether it is denied.

Belongs here: the subject of a cue wherever the parser left it, "a report by X" for X, and which drafts
count. Does not belong here: which verbs are cues (``verbal``) and what they introduce.
"""

from __future__ import annotations

from ingest.extract.claims.behind import Behind
from ingest.extract.claims.beside import Beside
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.lexicon import Cue
from ingest.extract.claims.quotes import Quotes, trim
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, RELATIVES, VERB_TAGS, Mention, Tree

_BECOMING = frozenset(["is", "was", "became", "becomes", "has", "should", "be"])
_ASKING = frozenset(["poll", "survey", "study", "analysis", "interview", "investigation", "inquiry", "assessment"])
SUPPORT = frozenset(
    [
        *("make", "made", "makes", "making", "issue", "issued", "issues", "issuing", "give", "gave", "given", "giving"),
        *("release", "released", "releases", "releasing", "publish", "published", "post", "posted", "sent", "send"),
        *("repeat", "repeated", "repeating", "voice", "voiced", "voicing", "express", "expressed", "expresses"),
        *("expressing", "raise", "raised", "raising", "have", "has", "had", "having", "deliver", "delivered"),
        *("reiterate", "reiterated", "renew", "renewed", "level", "levelled", "leveled", "spread", "spreading"),
        *("push", "pushing", "announce", "announced", "share", "shared", "sharing", "echo", "echoed", "reach"),
        *("reached", "signed", "sign", "wrote", "write", "written", "received", "receive", "distributed"),
    ]
)


class CueReader:
    """One sentence, as the rules of verbs read it."""

    def __init__(self, grammar: Tree, index: int, quotes: Quotes, wide: bool = False) -> None:
        """``wide`` takes in the lexicon's attitudes, which are no claims; their drafts are noted so."""
        self.wide = wide
        self.g = grammar
        self.t = grammar.tokens
        self.text = grammar.analysis.text
        self.index = index
        self.behind = Behind(grammar)
        self.beside = Beside(grammar, quotes)

    def _draft(self, v: int, cue: Cue, rule: str, speaker: Mention | None) -> Draft:
        t = self.t
        draft = Draft(rule, cue, (t.starts[v], t.ends[v]), speaker, [], self.index, v)
        draft.negated = self._negated(v) or self._nobody(v)
        draft.clause = (t.starts[self.g.left(v)], t.ends[self.g.right(v)])
        return draft

    def _accept(self, draft: Draft, cue: Cue) -> Draft | None:
        draft.content = [c for c in (trim(self.text, s, e) for s, e in draft.content) if c[1] > c[0]]
        if not draft.content or (draft.speaker is None and not self._counts_alone(draft, cue)):
            return None
        speaker = draft.speaker
        if speaker is not None and any(s < speaker.end and speaker.start < e for s, e in draft.content):
            return None
        return draft

    def _counts_alone(self, draft: Draft, cue: Cue) -> bool:
        """A cue without a speaker counts where it is one of saying, with a clause of its own."""
        clause = draft.rule in ("verb.that", "verb.quote_after", "verb.quote_before")
        saying = cue.cue_class in ("say", "accuse", "deny", "write", "estimate")
        return clause and saying and self.t.tags[draft.verb] in ("VBG", "VBD", "VBZ")

    def _negated(self, v: int) -> bool:
        t = self.t
        chain, at = [v], v
        while t.deps[at] == "xcomp" and len(chain) < 4:
            at = t.heads[at]
            chain.append(at)
        return any(t.deps[k] == "neg" or t.lowers[k] in ("never", "nor") for x in chain for k in self.g.kids(x))

    def _nobody(self, v: int) -> bool:
        """ "Nobody believes that …"."""
        s = self.g.kid(v, "nsubj")
        if s is None:
            return False
        t, first = self.t, self.g.left(s)
        return t.lowers[s] in ("nobody", "none", "neither") or (first < s and t.lowers[first] in ("no", "neither"))

    def _finite(self, first: int, last: int) -> bool:
        return any(tag in ("VBD", "VBZ", "VBP", "MD") for tag in self.t.tags[first:last])

    # --- who speaks -------------------------------------------------------------------------------

    def _speaker(self, v: int) -> Mention | None:
        g, t = self.g, self.t
        s = self.behind.onward.speaker_of_participle(v)
        parallel = self.behind.onward.parallel_to(v)
        if parallel is not None:
            s = g.subject(parallel)
        if s is None:
            s = g.subject(v)
        before = g.pronoun_before(v) if parallel is None else None
        if before is not None and s != before and not g.is_passive(v):
            s = before
        if s is None or (s + 1 < v and t.tags[s + 1] == "POS" and t.deps[s] in ("nsubj", "nsubjpass")):
            s = self._subject_beside(v)
        if s is not None and s + 1 < v and t.words[s].isupper() and t.lowers[s + 1] in ("–", "—", "-", "("):
            run = self._behind_dateline(s, v)
            s = run if run is not None else self._subject_beside(v)
        if s is None or t.lowers[s] in CALENDAR:
            return None
        low = t.lowers[s]
        if t.heads[s] != v and any(t.tags[k] == "WP$" for k in g.kids(s)):
            clause = t.heads[s]  # "the state, whose ties are strained, urged …"
            s = t.heads[clause] if t.deps[clause] == "relcl" else s
            low = t.lowers[s]
        if low == "it" and t.heads[s] != v and t.lowers[t.heads[s]] in _BECOMING:
            return None  # "it is worth noting", "it became known"
        if low in ("there", "which", "what", "this", "these") or (low == "that" and t.tags[s] in ("DT", "IN")):
            return None
        if low == "it" and t.deps[s] == "nsubjpass":
            return None
        shown = low in words("cues.toml", "no_speaker") and low != "it"
        if shown and t.lowers[v] not in words("cues.toml", "purported"):
            return None
        own = t.heads[s] if s < t.heads[s] < v and t.tags[t.heads[s]] in VERB_TAGS else v
        return document_owner(g, s, v) or g.mention(s, own if s < v else None)

    def _behind_dateline(self, first: int, v: int) -> int | None:
        """Of "DNIPRO — The army on Friday said" the army."""
        dash = next((k for k in range(first, v) if self.t.lowers[k] in ("–", "—", "-")), None)
        run = self.beside.nominals(dash + 1) if dash is not None else None
        return run[1] if run is not None and run[1] < v else None

    def _subject_beside(self, v: int) -> int | None:
        """The noun right before a finite verb, or before the comma there, where the parser found no subject."""
        t = self.t
        if t.tags[v] not in ("VBD", "VBZ", "VBP") and not (t.tags[v] == "NNS" and t.deps[v] == "ROOT"):
            return None
        k = v - 1
        while k > self.g.first and t.tags[k] in ("RB", "MD"):
            k -= 1
        if k > self.g.first and t.lowers[k] == ",":
            if "," not in t.lowers[self.g.first : k]:
                return self._last_subject(v)  # "offered him a post, then said"
            k -= 1
        if k > self.g.first and t.lowers[k] == ")":
            opening = next((j for j in range(k, self.g.first, -1) if t.lowers[j] == "("), k)
            k = opening - 1 if opening < k else k
        if k < self.g.first:
            return None
        some = t.lowers[k] in ("some", "others", "many", "few", "most", "several") and k == self.g.first
        if t.tags[v] == "NNS" and t.words[k][:1].isupper() and t.lowers[k] not in CALENDAR:
            return k  # "Trent predicts that", taken for a plural
        return k if some or t.tags[k] in ("NNP", "NN", "NNS", "NNPS", "PRP") else None

    def _last_subject(self, v: int) -> int | None:
        """The subject of the last finite verb before, where a comma alone stands between the two."""
        g, t = self.g, self.t
        before = next((k for k in range(v - 1, g.first, -1) if t.tags[k] in ("VBD", "VBZ", "VBP")), None)
        return g.subject(before) if before is not None else None

    def _relative(self, v: int) -> tuple[int, int] | None:
        t = self.t
        k = self.g.kid(v, "nsubj")
        if t.deps[v] == "relcl" and k is not None and t.lowers[k] in RELATIVES:
            return t.starts[k], t.ends[k]
        return None


def document_owner(g: Tree, head: int, before: int | None = None) -> Mention | None:
    """Of "a report by X", "X's report", "X issued a statement saying" the one who speaks is X."""
    t = g.tokens
    if t.lowers[head] not in words("people.toml", "documents"):
        return None
    owner = g.kid(head, "poss")
    if owner is not None and t.tags[owner] == "PRP$":
        owner = None
    for k in g.kids(head):
        if t.lowers[k] == "of" and t.lowers[head] in _ASKING:
            continue  # "a poll of voters" is not the voters'
        if k > head and t.deps[k] in ("prep", "agent", "acl") and t.lowers[k] in ("by", "from", "of"):
            owner = next((x for x in g.kids(k) if t.deps[x] == "pobj"), owner)
            if t.lowers[k] in ("by", "from"):
                break
        if k > head and t.deps[k] == "acl" and (agent := g.kid(k, "agent")) is not None:
            owner = next((x for x in g.kids(agent) if t.deps[x] == "pobj"), owner)
    if owner is None and t.deps[head] == "dobj" and t.lowers[t.heads[head]] in SUPPORT:
        owner = g.subject(t.heads[head])
        if owner is not None and t.lowers[owner] in ("there", "which", "that", "this"):
            return None
    elif owner is None and t.deps[head] == "pobj" and before is not None and t.lowers[t.heads[head]] in ("in", "with"):
        verb = t.heads[t.heads[head]]
        owner = g.subject(verb) if t.tags[verb] in VERB_TAGS else None
    if owner is None or t.tags[owner] not in ("NNP", "NNPS", "PRP", "NN", "NNS", "PRP$"):
        return None
    mention = g.mention(owner, before if before is not None and owner < before else None)
    if g.left(head) <= owner <= g.right(head):
        whole = g.mention(head, before if before is not None and head < before else None)
        mention.full_start, mention.full_end = whole.full_start, max(whole.full_end, mention.end)
    return mention
