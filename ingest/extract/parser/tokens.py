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


def tokenize(nlp: Language, text: str) -> Doc:
    """Return the tokens of a text, which together are the text.

    Args:
        nlp: the spaCy pipeline whose tokenizer is used.
        text: any text, of any length.
    """
    from spacy.tokens import Doc

    cuts = {at for at in glued_ends(text) if not text[at].isspace()}
    if max(map(len, text.split()), default=0) > LONGEST_STRETCH:
        cuts.update(at for run in _LONGER.finditer(text) for at in range(run.start(), run.end(), LONGEST_STRETCH))
    if not cuts:
        return nlp.tokenizer(text)
    words: list[Any] = []  # by their numbers in the string store
    spaces: list[Any] = []
    for start, end in pairwise([0, *sorted(cuts), len(text)]):
        columns = nlp.tokenizer(text[start:end]).to_array(["ORTH", "SPACY"])
        words += columns[:, 0].tolist()
        spaces += columns[:, 1].tolist()
    return Doc(nlp.vocab, words=words, spaces=spaces)
