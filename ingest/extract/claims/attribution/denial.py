"""Denials that point at what another has said: "…, a charge Kyiv denies", "Kyiv denied this".

Belongs here: verbs of denying whose object is "which", "this" or a noun for a charge, and what they deny.
Does not belong here: denials with a content of their own (the other frames), what a denial means
(``assertion``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.analysis import Analysis
from ingest.extract.claims.attribution.extent import can_speak
from ingest.extract.claims.attribution.registry import rule_ids
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.lexicon import Cue, listed, verbs
from ingest.extract.claims.model import Candidate, Span
from ingest.extract.claims.quotations.marks import Quotations
from ingest.extract.claims.spans import trim
from ingest.extract.syntax.tree import Mention
from ingest.values import replace

_DENYING = listed("verbs_of_denying")
_CHARGES = listed("charges")
_POINTING = listed("pointing_pronouns")
_DEMONSTRATIVES = listed("demonstratives")
_OF_BODIES, _OF_ONE_BODY = listed("pronouns_of_bodies"), listed("pronoun_of_one_body")
_HELPING = listed("words_before_denial")
_OPENERS = listed("denial_openers")
_CLOSERS = listed("denial_closers")
_NAME_TAGS = frozenset(["NN", "NNS", "NNP", "NNPS", "JJ", "DT", "PRP$", "POS", "HYPH"])
_HEAD_TAGS = frozenset(["NN", "NNS", "NNP", "NNPS", "PRP"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_PLURALS = frozenset(["NNS", "NNPS"])
_SETS_OFF = frozenset([",", "–", "—", "("])
_TOLD = frozenset(["accuse", "say", "write", "estimate"])

rule_ids("denial.charge", "denial.relative", "denial.pronoun")


def with_denials(analysis: Analysis, quotations: Quotations, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, and one for each denial that points at a claim beside it.

    What is denied loses the words of the denial from its content. A candidate that took the charge itself for
    who denies gives way: "an accusation Kigali denies".
    """
    tokens, table = analysis.tokens, verbs()

    def is_mistaken(c: Candidate) -> bool:
        return c.speaker is not None and tokens.lowers[c.speaker.head] in _CHARGES

    taken = {c.verb for c in found if not is_mistaken(c)}
    current = list(found)
    by_sentence: dict[int, list[int]] = {}
    for k, c in enumerate(current):
        by_sentence.setdefault(c.sentence, []).append(k)
    denials: list[Candidate] = []
    for index in sorted({k for at in by_sentence for k in (at, at + 1)}):
        if index >= len(analysis.sentences) or not analysis.is_parsed(analysis.sentences[index]):
            continue
        first, last = analysis.sentences[index].first, analysis.sentences[index].last
        for v in range(first + 1, last):
            low = tokens.lowers[v]
            if low not in table or table[low].lemma not in _DENYING or low.endswith("ing") or v in taken:
                continue
            reader = _Denial(CueSentence(analysis, index, quotations), v, table[low], current, by_sentence)
            denial = reader.read()
            if denial is not None:
                denials.append(denial)
                for k, shorter in reader.shortened.items():
                    current[k] = shorter
    answered = {d.verb for d in denials}
    return [*(c for c in current if not (is_mistaken(c) and c.verb in answered)), *denials]


class _Denial:
    """One verb of denying without a content that the frames for verbs would see."""

    def __init__(
        self, s: CueSentence, v: int, cue: Cue, found: Sequence[Candidate], by_sentence: dict[int, list[int]]
    ) -> None:
        self.s, self.t, self.v, self.cue = s, s.tokens, v, cue
        self.found, self.by_sentence = found, by_sentence
        # candidates whose content ends before the denial, by their place among those found
        self.shortened: dict[int, Candidate] = {}

    def read(self) -> Candidate | None:
        """The denial, with what it denies; None where it points at nothing that was found."""
        t, first_token = self.t, self.s.first
        last = self.v - 1
        while last > first_token and t.lowers[last] in _HELPING:
            last -= 1
        if t.tags[last] not in _HEAD_TAGS or t.lowers[last] in _CHARGES:
            return None
        first = head = last
        while first > first_token and t.lowers[first - 1] not in _CHARGES | _POINTING:
            if t.tags[first - 1] in _NAME_TAGS:
                first -= 1
            elif t.lowers[first - 1] in ("in", "of") and t.tags[first - 2] in _HEAD_TAGS and first - 2 > first_token:
                first = head = first - 2  # "the government in Kinshasa"
            else:
                break
        pointed = self._charged(first) or self._pointed_at(first)
        if pointed is None:
            return None
        rule, content, about = pointed
        charged = self._charged_party(about, t.lowers[head]) if t.tags[head] == "PRP" else None
        speaker = self.s.mention(charged, self.v) if charged is not None else self._speaker(first, last, head)
        other, text = about.speaker, self.s.text
        if other is not None and text[other.start : other.end] == text[speaker.start : speaker.end]:
            return None
        span = (t.starts[self.v], t.ends[self.v])
        return Candidate(rule, self.cue, span, speaker, content, self.s.index, self.v, about=about)

    def _speaker(self, first: int, last: int, head: int) -> Mention:
        t = self.t
        plain = Mention(t.starts[first], t.ends[last], t.starts[first], t.ends[last], head)
        if t.tags[head] == "PRP" or t.deps[head] != "nsubj":
            return plain
        mention = self.s.mention(head, self.v)
        return plain if mention.start < plain.start else mention

    def _charged_party(self, about: Candidate, pronoun: str) -> int | None:
        """Head of whom "it" stands for in ", a charge it denies": not who makes the charge, but of whom it tells.

        "He" and "she" are the accused of an accusation; of what else is told they may be anybody's.
        """
        t, s = self.t, self.s
        if about.sentence != s.index:
            return None
        is_accusation = about.cue is not None and about.cue.cue_class == "accuse"
        accused = s.kid(about.verb, "dobj", "nsubjpass") if is_accusation else None
        first, end = about.content[0]
        told = (k for k in range(s.first, self.v) if first <= t.starts[k] < end and t.deps[k] in _SUBJECTS)
        party = accused if accused is not None else next(told, None) if pronoun in _OF_BODIES else None
        if party is not None and pronoun in _OF_ONE_BODY and t.tags[party] in _PLURALS:
            return None
        return party if party is not None and t.tags[party] != "PRP" and can_speak(s, party) else None

    def _charged(self, first: int) -> tuple[str, tuple[Span, ...], Candidate] | None:
        """The charge of ", a charge Y denies", what stands before ", which Y denies"; a claim ends before the comma."""
        t, v, s = self.t, self.v, self.s
        which = t.lowers[first - 1] in ("which", "that")
        noun = first - 2 if which else first - 1
        k = noun
        if noun > s.first and t.lowers[noun] in _CHARGES:
            k -= 1
            while k > s.first and t.tags[k] in ("DT", "JJ"):
                k -= 1
        elif t.lowers[first - 1] != "which":
            return None
        if k <= s.first or t.lowers[k] not in _SETS_OFF:
            return None
        if v + 1 < s.last and t.lowers[v + 1] not in _CLOSERS:
            return None
        at = t.starts[k]
        told = [(j, self.found[j]) for j in self.by_sentence.get(s.index, ())]
        near = [(j, c) for j, c in told if c.verb < k and c.start < at <= c.end + 1]
        if not near:
            return None
        which_one, about = min(near, key=lambda pair: min(pair[1].end, at) - pair[1].start)
        if k == noun and self.cue.lemma != "deny" and (about.cue is None or about.cue.cue_class != "accuse"):
            return None  # "offered a truce, which Kyiv rejected"
        for j, c in near:
            cut = [trim(s.text, a, min(b, at)) for a, b in c.content if a < at]
            content = tuple(span for span in cut if span[1] > span[0]) or c.content
            self.shortened[j] = replace(c, content=content)
        about = self.shortened[which_one]
        if k == noun:
            return "denial.relative", about.content, about
        return "denial.charge", ((t.starts[k + 1], t.ends[noun]),), about

    def _pointed_at(self, first: int) -> tuple[str, tuple[Span, ...], Candidate] | None:
        """The "this" of "Y denied this" or "this charge", and the claim it stands for.

        That is the last one told before, an accusation first.
        """
        t, j, s = self.t, self.v + 1, self.s
        if j + 1 >= s.last:
            return None  # nothing closes it, as in a headline that ends with "denied"
        if j + 2 < s.last and t.lowers[j] in _DEMONSTRATIVES and t.lowers[j + 1] in _CHARGES:
            end = j + 1
        elif t.lowers[j] in _POINTING:
            end = j
        else:
            return None
        if end + 1 >= s.last or t.lowers[end + 1] not in _CLOSERS:
            return None
        if first != s.first and t.lowers[first - 1] not in _OPENERS:
            return None
        sentences = s.analysis.sentences
        for number in (s.index, s.index - 1):
            told = [self.found[k] for k in self.by_sentence.get(number, ())]
            told = [c for c in told if c.verb < first and c.cue and c.cue.cue_class in _TOLD]
            if told and sentences[number].paragraph >= s.sentence.paragraph - 1:
                about = max(told, key=lambda c: (c.cue is not None and c.cue.cue_class == "accuse", c.verb))
                return "denial.pronoun", ((t.starts[j], t.ends[end]),), about
        return None
