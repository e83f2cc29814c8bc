"""Who goes on speaking: further cues of the same speaker, and where what he said before ends.

Belongs here: participles ("…, adding that"), coordinate cues ("said A and urged B") and clauses of the
article's own that the parser hangs on what is claimed ("…, while the mayor said"), and where it begins
behind the listener. Does not belong here: what a cue introduces (``behind``, ``beside``).
"""

from __future__ import annotations

from functools import cache

from ingest.extract.claims.draft import Draft
from ingest.extract.claims.lexicon import Cue, verbs
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import PROPER, VERB_TAGS, Tree

_FINITE = frozenset(["VBD", "VBZ", "VBP"])
_DASHES = frozenset([",", "–", "—"])
# cue classes of what is uttered; who believes or reckons does so silently
_UTTERED = frozenset(["say", "deny", "accuse", "order", "promise", "ask", "write"])
# forms in -ing that more often tell what somebody does than that he speaks
_DEEDS = frozenset(
    [
        *("signing", "printing", "listing", "holding", "recording", "publishing", "titling", "offering", "pushing"),
        *("pressing", "pressuring", "challenging", "reading", "laughing", "smiling", "crying", "sighing", "exposing"),
        *("lobbying", "broadcasting", "proving", "establishing", "agreeing", "touching", "cheering", "painting"),
        *("sobbing", "weeping", "persuading", "convincing", "encouraging", "inviting", "summoning", "concluding"),
        *("continuing", "refusing", "declining", "seconding", "signalling", "signaling", "tasking", "allowing"),
        *("indicating", "implying", "banning", "prohibiting", "forbidding", "confirming", "leaking", "underlining"),
        *("preferring", "planning", "aiming", "attributing", "withdrawing", "spreading", "underscoring"),
        "highlighting",
    ]
)
# participles that are always the speaker's who has just spoken
_GOING_ON = frozenset(
    ["adding", "noting", "stressing", "explaining", "emphasizing", "emphasising", "pointing", "describing"]
)
# and the verbs with which he does
_GOING_ON_TOLD = frozenset(
    [
        *("added", "noted", "stressed", "emphasized", "emphasised", "pointed", "reiterated", "recalled", "explained"),
        *("mentioned", "thanked"),
    ]
)
# verbs of telling: their participle may be that of whom they tell
_TELLING = frozenset(["say", "tell", "report", "state", "write", "add", "note", "recall", "recount", "explain"])
_DEEDS_TOLD = frozenset(["show", "find", "hold", "see", "sign", "read", "print", "list", "offer", "prove", "leak"])
_CONTRASTS = frozenset(["while", "whereas", "though", "although", "as", "but", "and"])
_SEQUENCES = frozenset(["after", "before", "since", "when"])
# "without elaborating": how it was said, not what
_WITHOUT = frozenset(
    [
        *("elaborating", "specifying", "giving", "providing", "offering", "naming", "citing", "saying", "explaining"),
        *("presenting", "identifying", "mentioning", "going", "detailing", "disclosing", "clarifying", "producing"),
    ]
)
_NOMINAL = frozenset(["DT", "NNP", "NNPS", "NN", "NNS", "JJ", "PRP", "PRP$", "CD", "POS", "IN"])
_ABLE = frozenset(["could", "can", "able", "unable", "cannot"])


@cache
def participles() -> frozenset[str]:
    """Participles with which a speaker goes on ("…, vowing to fight")."""
    return frozenset(
        form
        for form, cue in verbs().items()
        if form.endswith("ing") and cue.cue_class in _UTTERED and cue.frames and form not in _DEEDS
    ) | {"citing"}


class Onward:
    """One sentence's further cues."""

    def __init__(self, grammar: Tree) -> None:
        self.g = grammar
        self.t = grammar.tokens

    # --- participles ------------------------------------------------------------------------------

    def before_participle(self, j: int) -> int | None:
        """The comma, dash or "and" before the participle ``j`` and its adverbs; None where there is none."""
        t = self.t
        k = j - 1
        while k > self.g.first and t.tags[k] == "RB":
            k -= 1
        return k if k >= self.g.first and t.lowers[k] in (*_DASHES, "and", "”", '"', "''") else None

    def is_participle(self, j: int) -> bool:
        """True for a participle of saying that a comma or "and" sets off."""
        low = self.t.lowers[j]
        return low in participles() and self.t.tags[j] in ("VBG", "NN") and self.before_participle(j) is not None

    def speaker_of_participle(self, v: int) -> int | None:
        """ "rejected claims that P, saying Q": the participle is the rejecter's, wherever the parser hangs it."""
        g, t = self.g, self.t
        if not self.is_participle(v):
            return None
        at, outer, inner, steps = v, None, None, 0
        while t.heads[at] != at and steps < 12:
            head = t.heads[at]
            if head < v and t.lowers[head] in verbs() and t.tags[head] in VERB_TAGS:
                if t.deps[at] == "ccomp":
                    inner, outer = at, head
                elif t.deps[at] == "xcomp" and t.tags[head] in _FINITE:
                    outer = head
            elif t.deps[at] in ("acl", "relcl") and t.deps[head] in ("dobj", "pobj"):
                outer = t.heads[head]
            at, steps = head, steps + 1
        if outer is None or t.tags[outer] not in VERB_TAGS:
            return None
        lemma = verbs()[t.lowers[outer]].lemma if t.lowers[outer] in verbs() else ""
        return g.subject(outer) if self._speaks_on(lemma, v, inner) else None

    def _speaks_on(self, lemma: str, j: int, inner: int | None) -> bool:
        """True where a participle goes on with what the cue's speaker says, not with what is told of another."""
        if self.t.lowers[j] in _GOING_ON or lemma not in _TELLING:
            return True
        return inner is not None and not self.can_speak(self.g.kid(inner, "nsubj", "nsubjpass", "expl"))

    def can_speak(self, subject: int | None) -> bool:
        """True for a subject that may itself be speaking."""
        t = self.t
        if subject is None:
            return False
        low = t.lowers[subject]
        if t.tags[subject] == "PRP":
            return low != "it"
        if t.tags[subject] in PROPER:
            return True
        return any(
            word in words("people.toml", "roles") or word in words("people.toml", "collective", "words")
            for word in (low, low.removesuffix("s"))
        )

    # --- whom it is told to -----------------------------------------------------------------------

    def behind_listener(self, v: int, first: int) -> int:
        """ "warned passengers that trains …" where the parser took "that" for a pronoun."""
        t = self.t
        listener = self.g.kid(v, "dobj", "dative")
        if listener is not None and listener + 1 < first and t.lowers[listener + 1] == "that":
            return listener + 2
        return first

    def behind_name(self, draft: Draft, first: int) -> int | None:
        """ "told the agency ABNA that …" where the parser took the listener's name for a verb: behind "that"."""
        g, t = self.g, self.t
        listener = g.kid(draft.verb, "dobj", "dative")
        j = first
        while j < min(g.last - 2, first + 4) and t.words[j][0].isupper():
            j += 1
        if listener is None or not draft.verb < listener < first or j == first or t.lowers[j] != "that":
            return None
        draft.addressee = (t.starts[g.left(listener)], t.ends[j - 1])
        return j + 1

    # --- coordinate cues --------------------------------------------------------------------------

    def parallel_to(self, j: int) -> int | None:
        """The cue before to which the cue ``j`` is coordinate, where the parser made it part of that one's content.

        "Stated that A was so and mentioned B": the second verb is the speaker's too, unless A can speak itself.
        """
        g, t = self.g, self.t
        inner = t.heads[j]
        cue = verbs().get(t.lowers[j])
        if t.deps[j] != "conj" or cue is None or g.kid(j, "nsubj", "nsubjpass") is not None:
            return None
        tag = "VBD" if self._past_behind_copula(j) else t.tags[j]
        if tag not in _FINITE:
            return None
        if t.tags[inner] == "VB" and t.tags[j] in ("VBD", "VBZ"):
            above = t.heads[inner]
            to = g.kid(inner, "aux")
            return above if t.tags[above] == t.tags[j] and to is not None and t.lowers[to] == "to" else None
        if not _speaks(cue):
            return None
        while t.deps[inner] == "conj":
            inner = t.heads[inner]
        outer = t.heads[inner]
        if t.deps[inner] != "ccomp" or t.lowers[outer] not in verbs() or tag != t.tags[outer]:
            return None
        subject = g.kid(inner, "nsubj", "nsubjpass", "expl")
        if subject is None:
            return None
        if t.tags[subject] == "PRP" and t.lowers[subject] != "it":
            # "said he was appalled and urged …": a state of mind, and what he did about it
            told = t.lowers[inner] in verbs() and _speaks(verbs()[t.lowers[inner]])
            state = t.lowers[inner] in ("was", "is", "were", "are") or (g.is_passive(inner) and not told)
            return outer if state and t.lowers[subject] in ("he", "she", "they") else None
        # a state or body that somebody else's cue tells of seldom speaks there; people do
        speaks = t.tags[subject] not in PROPER and self.can_speak(subject)
        if t.lowers[j] in _GOING_ON_TOLD:
            speaks = speaks and t.lowers[subject] not in words("people.toml", "collective", "words")
        return None if speaks and t.lowers[subject] != "it" else outer

    def _past_behind_copula(self, j: int) -> bool:
        """ "said the raid was a trap and ordered troops to leave": no participle, though tagged as one."""
        g, t = self.g, self.t
        told = g.kid(j, "dobj", "ccomp", "xcomp") is not None and g.kid(j, "aux", "auxpass", "agent") is None
        return t.tags[j] == "VBN" and told and g.kid(t.heads[j], "attr", "acomp") is not None

    # --- where it ends ----------------------------------------------------------------------------

    def shorten(self, v: int, first: int, last: int, cue: Cue | None) -> int:
        """Last token of a content without what the article, or the speaker in another breath, puts behind it."""
        t = self.t
        lemma = cue.lemma if cue is not None else ""
        for j in range(first + 1, last + 1):
            low, before = t.lowers[j], t.lowers[j - 1]
            if low == "adding" and before in (*_DASHES, "and", "”", '"', "''"):
                return j - 2 if before in (*_DASHES, "and") else j - 1
            if t.tags[j] == "VBG" and low in participles() and (cut := self._cut_participle(lemma, j)) is not None:
                return max(cut, first)
            if t.deps[j] == "conj" and self.parallel_to(j) == v:
                while t.lowers[j - 1] in ("again", "also", "once", "then", "later", "further"):
                    j -= 1
                if t.lowers[j - 1] in ("and", "but") and j - 2 >= first:
                    return j - 3 if t.lowers[j - 2] == "," else j - 2
                return last
            by_whom = low == "according" and t.lowers[j - 1 : j + 2] == [",", "according", "to"]
            if by_whom and "," not in t.lowers[j + 2 : last]:
                return j - 2
            if low == "without" and j + 1 <= last and t.lowers[j + 1] in _WITHOUT and self._ends_here(j, last):
                return j - 2 if before == "," else j - 1
            if low in _CONTRASTS and before == "," and self._is_anothers(j, first):
                return j - 2
            if low in _SEQUENCES and (comma := self._sequel(j, first)) is not None:
                return comma - 1
        return last

    def _ends_here(self, j: int, last: int) -> bool:
        """True where no finite verb follows, as it does after "without giving a reason, he left"."""
        return not any(self.t.tags[k] in (*_FINITE, "MD") for k in range(j, last + 1))

    def _cut_participle(self, lemma: str, j: int) -> int | None:
        t = self.t
        k = self.before_participle(j)
        if k is None or t.lowers[k] == "and":
            return None
        inner = t.heads[j]
        while t.deps[inner] == "conj":
            inner = t.heads[inner]
        return k - 1 if self._speaks_on(lemma, j, inner if t.deps[inner] == "ccomp" else None) else None

    def _is_anothers(self, j: int, first: int) -> bool:
        """ ", while the mayor said": a clause whose cue has a speaker of its own is the article's."""
        t = self.t
        if j + 1 < self.g.last and t.lowers[j + 1] == "that":
            return False
        w = t.heads[j]
        if t.deps[j] == "cc":
            w = next((k for k in self.g.kids(w) if k > j and t.deps[k] == "conj"), w)
        return w > j > first and self._own_cue(j, w)

    def _own_cue(self, j: int, w: int) -> bool:
        t = self.t
        cue = verbs().get(t.lowers[w])
        if cue is None or t.tags[w] not in _FINITE or not _speaks(cue):
            return False
        subject = self.g.kid(w, "nsubj")
        return subject is not None and j < subject < w and t.tags[subject].startswith("NN")

    def _sequel(self, j: int, first: int) -> int | None:
        """The comma of ", a day after the group claimed": the article's own dating."""
        t = self.t
        comma = next((k for k in range(j - 1, max(first, j - 5), -1) if t.lowers[k] == ","), None)
        if comma is None or t.deps[j] not in ("mark", "advmod", "prep"):
            return None
        w = t.heads[j] if t.deps[j] != "prep" else next((k for k in self.g.kids(j) if t.deps[k] == "pcomp"), j)
        return comma if w > j and self._own_cue(j, w) else None

    def before_outer(self, v: int, first: int, last: int) -> int:
        """ "Kyiv said three died, the agency reported": the outer cue at the end is no part of the content."""
        t = self.t
        if t.lowers[last] not in verbs() or t.tags[last] not in ("VBD", "VBZ") or last < self.g.last - 3:
            return last
        if "s" not in verbs()[t.lowers[last]].frames:
            return last
        for j in range(last - 1, max(first, last - 9), -1):
            if t.lowers[j] == ",":
                named = all(t.tags[x] in _NOMINAL for x in range(j + 1, last))
                return j - 1 if named and j + 1 < last else last
        return last

    def cannot(self, v: int) -> bool:
        """True where somebody is or is not able to do what the verb says."""
        t, at = self.t, v
        for _ in range(3):
            if t.lowers[at] in _ABLE or any(t.lowers[k] in _ABLE for k in self.g.kids(at) if k < v):
                return True
            at = t.heads[at]
        return False


def _speaks(cue: Cue) -> bool:
    """True for a verb of uttering, with what is uttered."""
    return cue.cue_class in _UTTERED and bool(cue.frames) and cue.lemma not in _DEEDS_TOLD
