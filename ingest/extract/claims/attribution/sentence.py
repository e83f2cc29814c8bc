"""One parsed sentence as the frames read it.

Belongs here: the tree with the quotations of its text, questions that several frames ask, and the making
of a candidate from a cue. Does not belong here: any frame.
"""

from __future__ import annotations

from typing import Any

from ingest.extract.analysis import Analysis
from ingest.extract.claims.lexicon import listed
from ingest.extract.claims.model import Candidate, CueMention, Span
from ingest.extract.claims.quotations.marks import Quotations
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import RELATIVES, Mention, Tree

# quotation marks as tokens
MARKS = frozenset(["''", "``", '"', "“", "”", "«", "»", "„", "'", "‘", "’"])
# tags of verbs that stand in a finite clause
FINITE = frozenset(["VBD", "VBZ", "VBP"])
FINITE_OR_MODAL = FINITE | {"MD"}
# tags that a plain noun phrase is made of, and those that its head may have
_NOMINAL = frozenset(["DT", "NNP", "NNPS", "NN", "NNS", "JJ", "JJR", "JJS", "PRP", "PRP$", "CD", "POS", "VBN"])
_HEADS = frozenset(["NNP", "NNPS", "NN", "NNS", "PRP", "CD", "DT"])
_RANKS = words("people.toml", "kept_titles") | words("coreference.toml", "titles")
_CONNECTIVES = words("cues.toml", "connectives")
_BARE_CONNECTIVES = listed("connectives_without_comma")


class CueSentence(Tree):
    """The tree of one sentence, its number in the text and the quotations of the text."""

    def __init__(self, analysis: Analysis, index: int, quotations: Quotations) -> None:
        super().__init__(analysis, analysis.sentences[index])
        self.index = index
        self.text = analysis.text
        self.quotations = quotations

    # --- questions to the tree ----------------------------------------------------------------------

    def mark(self, clause: int) -> str:
        """The conjunction of a clause in lower case ("that", "if"); "" where it has none."""
        k = self.kid(clause, "mark")
        return self.tokens.lowers[k] if k is not None else ""

    def has_finite(self, first: int, last: int) -> bool:
        """True where a finite or modal verb stands from token ``first`` up to ``last``, exclusive."""
        return any(tag in FINITE_OR_MODAL for tag in self.tokens.tags[first:last])

    def is_negated(self, v: int) -> bool:
        """True for a denied cue ("did not say") and one whose subject is nobody ("nobody believes")."""
        t = self.tokens
        chain, at = [v], v
        while t.deps[at] == "xcomp" and len(chain) < 4:
            at = t.heads[at]
            chain.append(at)
        if any(t.deps[k] == "neg" or t.lowers[k] in ("never", "nor") for x in chain for k in self.kids(x)):
            return True
        s = self.kid(v, "nsubj")
        if s is None:
            return False
        first = self.left(s)
        return t.lowers[s] in ("nobody", "none", "neither") or (first < s and t.lowers[first] in ("no", "neither"))

    def nominals(self, first: int, limit: int | None = None) -> tuple[int, int] | None:
        """The plain noun phrase that begins at a token and ends before ``limit``: its first token and its head."""
        t = self.tokens
        k, head = first, None
        while k < (self.last if limit is None else limit):
            capital = t.words[k][:1].isupper() and k == first
            if head is not None and t.lowers[k] in ("a", "an", "the"):
                break  # "Jane Roe the head of the office", in a text that lost its commas
            is_of_rank = head == k - 1 and t.lowers[k] == "." and t.lowers[k - 1] in _RANKS and k + 2 < self.last
            if is_of_rank or self._joins_modifiers(k):  # "Capt | . | Jane Roe"
                k += 1
                continue
            if not capital and t.tags[k] not in _NOMINAL and not (t.tags[k] == "HYPH" or t.words[k] == "-"):
                break
            if t.tags[k] in _HEADS or capital or (t.lowers[k] == "old" and t.words[k - 1] == "-"):
                head = k  # "the 64-year-old" is a noun
            k += 1
            if t.tags[k - 1] == "PRP":
                break
        return (first, head) if head is not None else None

    def _joins_modifiers(self, k: int) -> bool:
        """True for the "and" of "oil and gas analyst": nouns before a role, not two who speak."""
        t = self.tokens
        if t.lowers[k] != "and" or not self.first < k < self.last - 2:
            return False
        return t.tags[k - 1] == t.tags[k + 1] == "NN" and t.lowers[k + 2] in words("people.toml", "roles")

    def nominals_before(self, last: int) -> int:
        """The first token of the plain noun phrase that ends at a token; behind it where none does."""
        t, k = self.tokens, last
        if t.tags[last] not in _HEADS:
            return last + 1
        while k - 1 >= self.first and (
            t.tags[k - 1] in _NOMINAL
            or t.words[k - 1] == "-"
            or (k - 2 >= self.first and t.lowers[k - 1] == "." and t.lowers[k - 2] in _RANKS)
        ):
            k -= 1
            if t.tags[k] in ("DT", "PRP$"):
                break
        if k - 2 >= self.first and t.lowers[k - 1] in ("of", "for") and t.tags[k - 2] in _HEADS:
            return self.nominals_before(k - 2)  # "the press centre of the group of forces"
        return k

    def opening(self, limit: int) -> int:
        """Where the sentence's own content begins, behind what only holds it to the one before."""
        t = self.tokens
        at = self.first
        if at < limit and t.lowers[at] in MARKS:
            at += 1
        for size in (4, 3, 2, 1):
            if at + size < limit and " ".join(t.lowers[at : at + size]) in _CONNECTIVES:
                if t.lowers[at + size] == ",":
                    return at + size + 1
                if size > 1 or t.lowers[at] in _BARE_CONNECTIVES:
                    return at + size
        return at

    # --- candidates -----------------------------------------------------------------------------------

    def candidate(
        self, cue: CueMention, rule: str, content: list[Span] | tuple[Span, ...], speaker: Mention | None, **more: Any
    ) -> Candidate:
        """A candidate of a cue of this sentence; ``more`` are further fields of it."""
        t, v = self.tokens, cue.token
        fields: dict[str, Any] = {
            "cue_span": (t.starts[v], t.ends[v]),
            "negated": self.is_negated(v),
            "clause": (t.starts[self.left(v)], t.ends[self.right(v)]),
            **more,
        }
        return Candidate(
            rule=rule, cue=cue.entry, speaker=speaker, content=tuple(content), sentence=self.index, verb=v, **fields
        )

    def relative(self, v: int) -> Span | None:
        """Characters of the "who" or "which" that opens the relative clause of a verb, if it does."""
        t = self.tokens
        k = self.kid(v, "nsubj")
        if t.deps[v] == "relcl" and k is not None and t.lowers[k] in RELATIVES:
            return t.starts[k], t.ends[k]
        return None
