"""Text to tokens, by spaCy's tokenizer, in time that grows in proportion to the text.

Belongs here: what keeps the tokenizer from hanging, and sentences without a space between them. Does not
belong here: tags and trees (the engines).

spaCy takes punctuation off a stretch without white space one character at a time, from both ends, and
looks at the whole rest each time: 20,000 commas in a row take a minute. Such a stretch is cut before it
is tokenized. No word of a language with spaces is that long, so that real text has the same tokens.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# distinct words whose tokens the tokenizer keeps; with its own 10,000 a run over news soon splits every new word anew
CACHED_WORDS = 50_000
LONGEST_STRETCH = 200
"""Characters without white space that are tokenized in one piece; what is longer is cut into pieces of so many."""

_LONGER = re.compile(rf"\S{{{LONGEST_STRETCH + 1},}}")
# "the end.The next", "the end."The next", "the end.- The next": translated pages lose the space between sentences;
# not "Media.com", "U.S.-led", "Node.JS"
_GLUED = re.compile(
    r"""[.!?…](?<=[a-zà-ÿ0-9%)].)["”’»)]?(?=\s?[-–—]\s["“„]?[A-ZÀ-Þ]|["“„«]?[A-ZÀ-Þ][a-zà-ÿ'’]*[\s,])"""
)


def glued_ends(text: str, start: int = 0, end: int | None = None) -> list[int]:
    """Where a sentence ends from ``start`` to ``end`` and the next one begins without a space, in order."""
    return [m.end() for m in _GLUED.finditer(text, start, len(text) if end is None else end)]


class Tokenizer:
    """Texts to tokens, which together are the text.

    spaCy remembers how it split a stretch, but of a text no more behind the first word that it has a special case for,
    an "a.m." or "don't". So each stretch is split by itself first, and most of a text is looked up.
    """

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._split: set[str] = set()

    def __call__(self, text: str) -> Doc:
        """The tokens of a text of any length."""
        from spacy.tokens import Doc

        stretches = set(text.split())
        self._remember(stretches)
        cuts = {at for at in glued_ends(text) if not text[at].isspace()}
        if max(map(len, stretches), default=0) > LONGEST_STRETCH:
            cuts.update(at for run in _LONGER.finditer(text) for at in range(run.start(), run.end(), LONGEST_STRETCH))
        if not cuts:
            return self._nlp.tokenizer(text)
        words: list[Any] = []  # by their numbers in the string store
        spaces: list[Any] = []
        for start, end in pairwise([0, *sorted(cuts), len(text)]):
            columns = self._nlp.tokenizer(text[start:end]).to_array(["ORTH", "SPACY"])
            words += columns[:, 0].tolist()
            spaces += columns[:, 1].tolist()
        return Doc(self._nlp.vocab, words=words, spaces=spaces)

    def _remember(self, stretches: set[str]) -> None:
        """Have spaCy split those that are new, up to as many as it remembers."""
        if len(self._split) < CACHED_WORDS:
            for stretch in stretches - self._split:
                if len(stretch) <= LONGEST_STRETCH:
                    self._nlp.tokenizer(stretch)
            self._split |= stretches
