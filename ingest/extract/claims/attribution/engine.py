"""The order in which the frames are tried on a sentence, and the record of each attempt.

Belongs here: which words are cues, which frames a cue's construction allows and in which order, and the vetoes
that refuse what a frame found. Does not belong here: any frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ingest.extract.claims.attribution import (
    according_to,
    complement_clause,
    direct_object,
    infinitive,
    introduction,
    inverted,
    noun_cue,
    object_complement,
    parenthetical,
    passive,
    prepositional,
    quotation,
    quoting,
    unmarked,
)
from ingest.extract.claims.attribution.clauses import as_saying, clause_of
from ingest.extract.claims.attribution.factuality import (
    found_out,
    left_unsaid,
    not_intended,
    shown_by_deeds,
    talked_of,
    unrealised,
)
from ingest.extract.claims.attribution.registry import Frame, rule_ids
from ingest.extract.claims.attribution.sentence import MARKS, CueSentence
from ingest.extract.claims.attribution.speaker import speaker_of
from ingest.extract.claims.lexicon import Cue, adjectives, adverbs, listed, listed_by_lemma, nouns, verbs
from ingest.extract.claims.model import Candidate, CueMention
from ingest.extract.claims.spans import trimmed
from ingest.extract.decisions import Outcome
from ingest.extract.syntax.tree import PROPER, VERB_TAGS, Mention
from ingest.values import replace, value

KIND, STEP = "claims", "attribution"
_NO_CUE_LABELS = frozenset(["aux", "auxpass", "amod", "compound", "case"])
_NAMING = listed("verbs_of_naming")
_ANYBODY = listed("anybody")
_NOBODY = listed("nobody")
_OPINIONS = listed("nouns_of_opinion")
_FEW = 5  # tokens back from "view" to the "in" of "in the mayor's view"
_BEING = frozenset(["am", "are", "be", "been", "being", "is", "was", "were", "not", "also", "partly"])
_IN_PASSIVE = listed("verbs_in_passive")
_REQUIRED = listed_by_lemma("objects_required")
_WISHES = listed("verbs_of_wishing")
_REMINDING = listed("verbs_of_reminding")
RULING = Cue("rule", "say", frozenset("s"), "")

# The clause around the cue is read before the cue's own frames: the first candidate that no veto refuses stands.
_CLOSING_PARTICIPLE = (parenthetical.closing_participle,)
_MISTAGGED_PARTICIPLE = (*_CLOSING_PARTICIPLE, complement_clause.mistagged_participle)
_TAKEN_FOR_PASSIVE = (*_MISTAGGED_PARTICIPLE, inverted.inverted_closing, unmarked.before)
_BESIDE = (
    *_MISTAGGED_PARTICIPLE,
    inverted.inverted_closing,
    inverted.inverted_around,
    unmarked.behind,
    parenthetical.closing,
    unmarked.before,
    quotation.adjacent_quotation,
    parenthetical.as_clause,
    parenthetical.opening,
)
# The cue's own frames, the fullest first: the first candidate is the only one.
_OWN = (
    quoting.outer,
    infinitive.infinitive_clause,
    complement_clause.complement_clause,
    quotation.quotation_after,
    quoting.quoted_behind,
    direct_object.count,
    prepositional.responsible_for,
    infinitive.infinitive,
    direct_object.dismissed_as,
    object_complement.object_complement_as,
    object_complement.object_complement,
    complement_clause.surface_that,
    complement_clause.surface_bare,
    prepositional.prepositional,
    prepositional.accusation,
    direct_object.noun_object,
    quotation.quotation_before_cue,
    parenthetical.parenthetical,
    quoting.quoted,
)
_PASSIVE = (
    passive.passive_parenthetical,
    passive.passive_raising,
    passive.passive_infinitive,
    passive.passive_that,
    passive.passive_prepositional,
    passive.passive_participle,
    passive.passive_object,
)
# rules whose cue counts though it names no speaker, if it is one of saying with a clause of its own
_SPEAKERLESS = frozenset(
    [
        *("complement_clause.that", "complement_clause.bare", "complement_clause.listener_name"),
        *("complement_clause.surface_that", "complement_clause.surface_bare", "complement_clause.mistagged_noun"),
        *("complement_clause.mistagged_participle", "quotation.after", "quotation.before"),
        *("quotation.interrupted", "quotation.adjacent"),
    ]
)

rule_ids(
    "veto.no_speaker", "veto.speaker_in_content", "veto.idiom", "veto.own_voice", "veto.imperative", "veto.unrealised"
)


@value(frozen=True, slots=True)
class Reading:
    """What a sentence's cues give: what stands, and what a veto refused, each with the veto's id."""

    found: list[Candidate]
    vetoed: list[tuple[str, Candidate]]


@cache
def _other_cues() -> frozenset[str]:
    """The words that may attribute without being a verb."""
    return frozenset(["according", "per"]) | _OPINIONS | adverbs() | adjectives().keys() | nouns().keys()


class Engine:
    """Reads the cues of one sentence.

    Args:
        s: the sentence.
        further: rows of verbs by their forms that are tried where the lexicon's own row finds nothing; for
            tools that follow a wider definition of a claim.
    """

    def __init__(self, s: CueSentence, further: Mapping[str, Cue] | None = None) -> None:
        self.s = s
        self.t = s.tokens
        self.further = further or {}
        self.recorder = s.analysis.recorder
        self.vetoed: list[tuple[str, Candidate]] = []

    def read(self) -> Reading:
        """All candidates of the sentence: those of verbs, of what introduces a paragraph, of nouns and the like."""
        found = self._verbs()
        introduced = self._first_of(introduction.gesture(self.s, found), introduction.block(self.s, found))
        if introduced is not None:
            if introduced.rule == "introduction.block":
                found = [c for c in found if c.verb != introduced.verb]
            found.append(introduced)
        return Reading([*found, *self._others()], self.vetoed)

    def _first_of(self, *tried: Candidate | None) -> Candidate | None:
        for candidate in tried:
            if candidate is not None and (settled := self._settle(candidate)) is not None:
                return settled
        return None

    # --- verbs --------------------------------------------------------------------------------------------

    def _verbs(self) -> list[Candidate]:
        s, t, table = self.s, self.t, verbs()
        found: list[Candidate] = []
        lows = t.lowers[s.first : s.last]
        for v, entry in [(v, table[low]) for v, low in enumerate(lows, s.first) if low in table]:
            # "officials in Goma fear cholera will spread": a verb that was taken for a part of the name
            is_of_name = t.deps[v] == "compound" and t.tags[v] == "NN" and v > s.first and t.tags[v - 1] in PROPER
            # "- noted Jan Roe": a verb that was taken for a part of the name behind it
            is_before_name = (
                t.deps[v] == "amod" and t.tags[v] == "VBD" and v > s.first and t.words[v - 1] in inverted.DASHES
            )
            is_part = t.deps[v] in _NO_CUE_LABELS and not (is_of_name or is_before_name)
            if is_part or self._is_gerund_noun(v):
                continue
            candidate: Candidate | None = None
            if t.tags[v] in VERB_TAGS or (t.deps[v] in ("ROOT", "parataxis") and t.tags[v] != "NN"):
                candidate = self._verb(v, entry) if entry.frames else None
                if candidate is None and t.lowers[v] in self.further:
                    candidate = self._verb(v, self.further[t.lowers[v]])
            elif t.tags[v] == "NN":
                candidate = self._first(CueMention(v, entry), (complement_clause.mistagged_noun,))
            elif t.tags[v] == "NNS" and "s" in entry.frames:
                # "…," the 60-year-old recalls
                candidate = self._first(CueMention(v, entry), (quotation.adjacent_quotation, unmarked.before))
            if candidate is not None:
                found.append(self._of_same_speaker(candidate, found))
        return found

    def _of_same_speaker(self, candidate: Candidate, found: list[Candidate]) -> Candidate:
        """The claim of "the ministry said | adding that …", whose speaker is that of the cue right before it."""
        t, before = self.t, candidate.verb - 1
        while before > self.s.first and t.tags[before] == "RB":
            before -= 1
        is_bare = candidate.speaker is None and t.tags[candidate.verb] == "VBG"
        is_bare = is_bare and t.lowers[candidate.verb] != "citing"
        speaker = next((c.speaker for c in found if is_bare and c.verb == before), None)
        return candidate if speaker is None else replace(candidate, speaker=speaker)

    def _is_gerund_noun(self, v: int) -> bool:
        """ "ways of teaching and learning that we try": a gerund that is a noun."""
        t = self.t
        joint = t.deps[v] == "conj" and t.deps[t.heads[v]] == "pobj"
        return t.tags[v] == "VBG" and (t.deps[v] == "pobj" or joint)

    def _verb(self, v: int, entry: Cue) -> Candidate | None:
        """The candidate of one cue verb, by its construction: imperative, passive or active."""
        s, t = self.s, self.t
        if entry.lemma == "rule" and t.lowers[v + 1 : v + 2] != ["out"]:
            entry = RULING  # a court's; "has ruled the strip since 2007" is no claim
        cue = CueMention(v, entry)
        is_first = v == s.first and t.deps[v] == "ROOT"
        if t.tags[v] == "VB" and (is_first or self._is_forbidden(v)) and s.kid(v, "nsubj") is None:
            return self._imperative(cue)
        if reason := self._idiom(v, entry):
            self._note("veto.idiom", Outcome.VETOED, v, reason)
            return None
        if parenthetical.is_as_participle(s, v):
            return self._first(cue, (*_CLOSING_PARTICIPLE, parenthetical.as_participle))
        is_clausal = "s" in entry.frames
        if s.is_passive(v) or passive.is_hearsay(s, v):
            early = self._first(cue, _TAKEN_FOR_PASSIVE) if is_clausal else None
            return early if early is not None else self._passive(cue)
        if entry.frames & {"s", "q"} and as_saying(s, v) is None and (beside := self._first(cue, _BESIDE)) is not None:
            return beside
        return self._active(cue)

    def _is_forbidden(self, v: int) -> bool:
        """True in "“Don't tell me …"": at the beginning of the sentence or of what is quoted."""
        do = v - 2
        is_opening = do == self.s.first or (do > self.s.first and self.t.lowers[do - 1] in MARKS)
        return is_opening and self.t.lowers[do] == "do" and self.t.lowers[v - 1] in ("not", "n't", "n’t")

    def _idiom(self, v: int, entry: Cue) -> str:
        """Why the verb is part of a phrase that attributes nothing; "" where it is not."""
        s, t = self.s, self.t
        if entry.lemma == "blame" and t.lowers[v - 1] == "to" and t.lowers[v - 2] in _BEING:
            return "to blame"
        if entry.lemma == "figure" and t.lowers[v + 1 : v + 2] == ["out"]:
            return "figure out"
        if v == s.first + 1 and t.lowers[v - 1 : v + 2] == ["that", "said", ","]:
            return "that said"  # holds sentences together
        before = v - 1 if t.tags[v - 1] != "RB" else v - 2
        is_participle = t.tags[v] == "VBN" or (
            t.tags[v] == "VBD" and before < v - 1 and t.tags[v + 1 : v + 2] != ["PRP"]
        )
        if entry.lemma in _NAMING and is_participle and before > s.first and t.lowers[before] == ",":
            return "a name"  # "the fish, also called bass"
        is_named = t.tags[v] == "VBN" and t.deps[v] == "acl" and entry.lemma in _NAMING
        if is_named and s.kid(v, "agent") is None:
            return "a name"  # "a show called “Dawn”"
        return ""

    def _imperative(self, cue: CueMention) -> Candidate | None:
        """ "Remember that …" tells the reader; it is no claim, but an annotator of discourse may mark it."""
        comp = clause_of(self.s, cue)
        if comp is None or self.s.mark(comp) != "that":
            return None
        candidate = complement_clause.read_clause(self.s, cue, comp)
        if candidate is not None:
            self._veto("veto.imperative", candidate)
        return None

    def _passive(self, cue: CueMention) -> Candidate | None:
        if reason := passive.is_no_claim(self.s, cue):
            self._note("veto.own_voice", Outcome.VETOED, cue.token, reason)
            return None
        return self._only(cue, _PASSIVE)

    def _active(self, cue: CueMention) -> Candidate | None:
        s, v = self.s, cue.token
        cue = CueMention(v, cue.entry, speaker_of(s, v), s.relative(v))
        if cue.entry.lemma == "comment" and s.is_negated(v):
            self._note("veto.own_voice", Outcome.VETOED, v, "no comment")
            return None  # "neither side has commented on reports that …"
        if cue.entry.lemma in _IN_PASSIVE:
            self._note("veto.own_voice", Outcome.VETOED, v, "a claim in the passive only")
            return None
        if reason := self._own_voice(cue):
            self._note("veto.own_voice", Outcome.VETOED, v, reason)
            return None
        is_bound = cue.entry.frames == {"n"} and cue.entry.lemma in _REQUIRED  # "took responsibility", and no more
        candidate = self._only(cue, (direct_object.noun_object,) if is_bound else _OWN)
        if candidate is None:
            return None
        reason = unrealised(s, cue) or shown_by_deeds(s, cue) or talked_of(s, candidate)
        reason = reason or not_intended(s, candidate) or found_out(candidate)
        reason = reason or left_unsaid(candidate)
        if reason:
            self.vetoed.append(("veto.unrealised", candidate))
            self._note("veto.unrealised", Outcome.VETOED, v, reason)
            return None
        return candidate

    def _own_voice(self, cue: CueMention) -> str:
        """Why nobody in particular claims it ("we remind you that", "those who refuse to leave"); "" where one does."""
        t, v, entry, speaker = self.t, cue.token, cue.entry, cue.speaker
        if speaker is None:
            return "worth saying" if t.lowers[t.heads[v]] == "worth" else ""
        low = t.lowers[speaker.head]
        if entry.lemma == "mean" and (t.tags[speaker.head] != "PRP" or low == "it"):
            return "what a thing means"
        if low == "we" and entry.lemma in _REMINDING and not self.s.quotations.marked(t.starts[v]):
            return "the article reminds its reader"
        if t.tags[speaker.head] == "WP" and t.deps[v] != "relcl" and t.heads[speaker.head] == v:
            return "a question"  # "Who asked for it?"
        if low in _NOBODY and self.s.kid(v, "ccomp") is None:
            return "nobody does"
        if (t.tags[speaker.head] == "NNS" or low == "you") and self._is_condition(v):
            return "what somebody may want"
        is_relative = any(t.lowers[k] in ("who", "that") for k in self.s.kids(v)) and t.deps[v] == "relcl"
        anybody = is_relative and low in _ANYBODY and entry.cue_class in ("believe", "promise")
        return "anybody who does" if anybody else ""

    def _is_condition(self, v: int) -> bool:
        """True for what somebody may want: "if you want to leave", "unless they wish to report it"."""
        t, at = self.t, v
        while t.deps[at] == "xcomp" and t.heads[at] != at:
            at = t.heads[at]
        cue = verbs().get(t.lowers[at])
        return cue is not None and cue.lemma in _WISHES and self.s.mark(at) in ("if", "unless")

    # --- other cues ---------------------------------------------------------------------------------------

    def _others(self) -> list[Candidate]:
        s, t = self.s, self.t
        table, holding, attributing = nouns(), adjectives(), adverbs()
        found = []
        cues = _other_cues()
        if cues.isdisjoint(t.lowers[s.first : s.last]):
            return []
        for i, low in enumerate(t.lowers[s.first : s.last], s.first):
            if low not in cues:
                continue
            chosen: tuple[Frame, Cue] | None = None
            if low in ("according", "per"):
                chosen = according_to.according_to, according_to.ACCORDING
            elif low in _OPINIONS and not {"in", "by"}.isdisjoint(t.lowers[max(s.first, i - _FEW) : i]):
                chosen = according_to.words_of, according_to.ACCORDING
            elif low in attributing and t.tags[i] == "RB":
                chosen = noun_cue.adverb_cue, noun_cue.ADVERB
            elif low in holding and t.tags[i] in ("JJ", "VBN"):
                chosen = noun_cue.adjective_cue, holding[low]
            elif low in table and t.tags[i] in ("NN", "NNS"):
                chosen = noun_cue.noun_cue, table[low]
            if chosen is not None:
                frame, entry = chosen
                candidate = self._try(frame, CueMention(i, entry))
                if candidate is not None and (kept := self._settle_nominal(candidate)) is not None:
                    found.append(kept)
        return found

    # --- trying and refusing --------------------------------------------------------------------------------

    def _allowed(self, cue: CueMention, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
        """The frames that the cue's row of the lexicon allows."""
        allowed = _allowed_by(frames, cue.entry.frames)
        if self.recorder is not None:
            for frame in frames:
                if frame not in allowed:
                    reason = f"{cue.entry.lemma} has none of the codes {' '.join(sorted(frame.needs))}"
                    for rule in frame.rules:
                        self._note(rule, Outcome.REFUSED, cue.token, reason)
        return allowed

    def _try(self, frame: Frame, cue: CueMention) -> Candidate | None:
        candidate = frame.read(self.s, cue)
        if self.recorder is not None:
            if candidate is not None:
                self._note(candidate.rule, Outcome.ACCEPTED, cue.token, frame.name)
            else:
                for rule in frame.rules:
                    self._note(rule, Outcome.REFUSED, cue.token, frame.name)
        return candidate

    def _first(self, cue: CueMention, frames: tuple[Frame, ...]) -> Candidate | None:
        """The first candidate that no veto refuses."""
        for frame in self._allowed(cue, frames):
            candidate = self._try(frame, cue)
            if candidate is not None and (settled := self._settle(candidate)) is not None:
                return settled
        return None

    def _only(self, cue: CueMention, frames: tuple[Frame, ...]) -> Candidate | None:
        """The first candidate, unless a veto refuses it."""
        for frame in self._allowed(cue, frames):
            candidate = self._try(frame, cue)
            if candidate is not None:
                is_passive = candidate.frame == "passive"
                return self._settle_passive(candidate) if is_passive else self._settle(candidate)
        return None

    def _settle(self, candidate: Candidate) -> Candidate | None:
        """The candidate with its contents trimmed; None where it has none, or nobody who can be its speaker."""
        candidate = self._trimmed(candidate)
        if not candidate.content:
            return None
        speaker = candidate.speaker
        if speaker is None and not self._counts_alone(candidate):
            self._veto("veto.no_speaker", candidate)
            return None
        if speaker is not None and _overlaps(candidate, speaker):
            self._veto("veto.speaker_in_content", candidate)
            return None
        return candidate

    def _trimmed(self, candidate: Candidate) -> Candidate:
        content = trimmed(self.s.text, candidate.content)
        return candidate if content == candidate.content else replace(candidate, content=content)

    def _counts_alone(self, candidate: Candidate) -> bool:
        """A cue without a speaker counts where it is one of saying, with a clause of its own."""
        saying = candidate.cue is not None and candidate.cue.cue_class in ("say", "accuse", "deny", "write", "estimate")
        return candidate.rule in _SPEAKERLESS and saying and self.t.tags[candidate.verb] in ("VBG", "VBD", "VBZ")

    def _settle_passive(self, candidate: Candidate) -> Candidate | None:
        """The passive with its contents trimmed; a speaker inside them is cut to its head, or is none."""
        candidate = self._trimmed(candidate)
        if not candidate.content:
            return None
        speaker = candidate.speaker
        if speaker is None or not _overlaps(candidate, speaker):
            return candidate
        start, end = self.t.starts[speaker.head], self.t.ends[speaker.head]
        head = Mention(start, end, start, end, speaker.head)
        return replace(candidate, speaker=None if _overlaps(candidate, head) else head)

    def _settle_nominal(self, candidate: Candidate) -> Candidate | None:
        """The candidate of a noun, adjective or adverb with its contents trimmed, if it has any without its speaker."""
        candidate = self._trimmed(candidate)
        if not candidate.content:
            return None
        if candidate.speaker is not None and _overlaps(candidate, candidate.speaker):
            self._veto("veto.speaker_in_content", candidate)
            return None
        return candidate

    def _veto(self, veto: str, candidate: Candidate) -> None:
        self.vetoed.append((veto, candidate))
        if self.recorder is not None:
            self._note(veto, Outcome.VETOED, candidate.verb, candidate.rule)

    def _note(self, rule: str, outcome: Outcome, token: int, reason: str) -> None:
        if self.recorder is not None:
            span = (self.t.starts[token], self.t.ends[token])
            self.recorder.record(KIND, STEP, rule, outcome, reason, span)


@cache
def _allowed_by(frames: tuple[Frame, ...], codes: frozenset[str]) -> tuple[Frame, ...]:
    return tuple(frame for frame in frames if frame.allows(codes))


def _overlaps(candidate: Candidate, mention: Mention) -> bool:
    return any(start < mention.end and mention.start < end for start, end in candidate.content)
