"""Denials that point at what they deny: "X accuses Y of shelling, a charge Y denies", "Y denied this".

Belongs here: finding who denies, and the claim that he denies. Does not belong here: denials with a
content of their own (``verbal``), what a denial means (``judge``).
"""

from __future__ import annotations

from ingest.extract.analysis import Analysis, Sentence
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.lexicon import Cue, verbs
from ingest.extract.claims.quotes import trim
from ingest.extract.syntax.tree import Mention, Tree

_DENYING = frozenset(["deny", "reject", "dispute", "refute", "contest", "repudiate", "rubbish", "dismiss"])
_CHARGES = frozenset(
    [
        *("charge", "charges", "accusation", "accusations", "allegation", "allegations", "claim", "claims"),
        *("assertion", "assertions", "something", "suggestion", "suggestions"),
    ]
)
_POINTING = frozenset(["this", "that", "it"])
# what may stand between who denies and the verb
_HELPING = frozenset(
    [
        *("has", "have", "had", "also", "repeatedly", "consistently", "strongly", "firmly", "always", "long"),
        *("categorically", "flatly", "vehemently", "later", "since", "swiftly", "quickly"),
    ]
)
_NAMES = frozenset(["NN", "NNS", "NNP", "NNPS", "JJ", "DT", "PRP$", "POS", "HYPH"])
_HEADS = frozenset(["NN", "NNS", "NNP", "NNPS", "PRP"])
_OPENS = frozenset([",", ";", "but", "though", "although", "while", "and", "whereas", "–", "—"])
_SETS_OFF = frozenset([",", "–", "—", "("])
_TOLD = frozenset(["accuse", "say", "write", "estimate"])
_CLOSES = frozenset([")", ".", ",", ";", "!", "and", "but", "in", "on", "at", "as", "during", "through", "–", "—"])


def with_answers(analysis: Analysis, drafts: list[Draft]) -> list[Draft]:
    """The drafts, and one for each denial that points at a claim found beside it; that one's content loses the denial.

    A draft that took the charge itself for who denies gives way: "an accusation Kigali denies".
    """
    tokens, table = analysis.tokens, verbs()

    def is_mistaken(draft: Draft) -> bool:
        return draft.speaker is not None and tokens.lowers[draft.speaker.head] in _CHARGES

    taken = {d.verb for d in drafts if not is_mistaken(d)}
    by_sentence: dict[int, list[Draft]] = {}
    for d in drafts:
        by_sentence.setdefault(d.sentence, []).append(d)
    out = []
    for index in sorted({k for s in by_sentence for k in (s, s + 1)}):
        if index >= len(analysis.sentences) or not analysis.is_parsed(analysis.sentences[index]):
            continue
        sentence = analysis.sentences[index]
        lows = tokens.lowers[sentence.first + 1 : sentence.last]
        for v, low in [(v, low) for v, low in enumerate(lows, sentence.first + 1) if low in table]:
            cue = table[low]
            if cue.lemma not in _DENYING or low.endswith("ing") or v in taken:
                continue
            draft = _Denial(analysis, sentence, index, v, cue, by_sentence).read()
            if draft is not None:
                out.append(draft)
    answered = {d.verb for d in out}
    return [*(d for d in drafts if not (is_mistaken(d) and d.verb in answered)), *out]


class _Denial:
    """One verb of denying without a content that the rules for verbs would see."""

    def __init__(
        self, analysis: Analysis, sentence: Sentence, index: int, v: int, cue: Cue, told: dict[int, list[Draft]]
    ) -> None:
        self.analysis, self.t = analysis, analysis.tokens
        self.sentence, self.index = sentence, index
        self.v, self.cue, self.told = v, cue, told

    def read(self) -> Draft | None:
        t, first_token = self.t, self.sentence.first
        last = self.v - 1
        while last > first_token and t.lowers[last] in _HELPING:
            last -= 1
        if t.tags[last] not in _HEADS or t.lowers[last] in _CHARGES:
            return None
        first = head = last
        while first > first_token and t.lowers[first - 1] not in _CHARGES | _POINTING:
            if t.tags[first - 1] in _NAMES:
                first -= 1
            elif t.lowers[first - 1] in ("in", "of") and t.tags[first - 2] in _HEADS and first - 2 > first_token:
                first = head = first - 2  # "the government in Kinshasa"
            else:
                break
        found = self._charged(first) or self._pointed_at(first)
        if found is None:
            return None
        content, about = found
        speaker = self._speaker(first, last, head)
        other, text = about.speaker, self.analysis.text
        if other is not None and text[other.start : other.end] == text[speaker.start : speaker.end]:
            return None
        draft = Draft("answer", self.cue, (t.starts[self.v], t.ends[self.v]), speaker, content, self.index, self.v)
        draft.about = about
        draft.confidence = 0.7
        return draft

    def _speaker(self, first: int, last: int, head: int) -> Mention:
        t = self.t
        plain = Mention(t.starts[first], t.ends[last], t.starts[first], t.ends[last], head)
        if t.tags[head] == "PRP" or t.deps[head] != "nsubj":
            return plain
        mention = Tree(self.analysis, self.sentence).mention(head, self.v)
        return plain if mention.start < plain.start else mention

    def _charged(self, first: int) -> tuple[list[tuple[int, int]], Draft] | None:
        """The charge of ", a charge Y denies", what stands before ", which Y denies"; a claim ends before the comma."""
        t, v = self.t, self.v
        which = t.lowers[first - 1] in ("which", "that")
        noun = first - 2 if which else first - 1
        k = noun
        if noun > self.sentence.first and t.lowers[noun] in _CHARGES:
            k -= 1
            while k > self.sentence.first and t.tags[k] in ("DT", "JJ"):
                k -= 1
        elif t.lowers[first - 1] != "which":
            return None
        if k <= self.sentence.first or t.lowers[k] not in _SETS_OFF:
            return None
        if v + 1 < self.sentence.last and t.lowers[v + 1] not in _CLOSES:
            return None
        at = t.starts[k]
        near = [d for d in self.told.get(self.index, ()) if d.verb < k and d.start < at <= d.end + 1]
        if not near:
            return None
        about = min(near, key=lambda d: min(d.end, at) - d.start)
        if k == noun and self.cue.lemma != "deny" and (about.cue is None or about.cue.cue_class != "accuse"):
            return None  # "offered a truce, which Kyiv rejected"
        for d in near:
            cut = [trim(self.analysis.text, s, min(e, at)) for s, e in d.content if s < at]
            d.content = [c for c in cut if c[1] > c[0]] or d.content
        return list(about.content) if k == noun else [(t.starts[k + 1], t.ends[noun])], about

    def _pointed_at(self, first: int) -> tuple[list[tuple[int, int]], Draft] | None:
        """The "this" of "Y denied this", and the claim it stands for: the last one told before, an accusation first."""
        t, j = self.t, self.v + 1
        if j + 1 >= self.sentence.last or t.lowers[j] not in _POINTING or t.lowers[j + 1] not in _CLOSES:
            return None
        if first != self.sentence.first and t.lowers[first - 1] not in _OPENS:
            return None
        for number in (self.index, self.index - 1):
            told = [d for d in self.told.get(number, ()) if d.verb < first and d.cue and d.cue.cue_class in _TOLD]
            if told and self.analysis.sentences[number].paragraph >= self.sentence.paragraph - 1:
                about = max(told, key=lambda d: (d.cue is not None and d.cue.cue_class == "accuse", d.verb))
                return [(t.starts[j], t.ends[j])], about
        return None
