"""Text to tokens, by spaCy's tokenizer, in time that grows in proportion to the text.

Belongs here: what keeps the tokenizer from hanging. Does not belong here: tags and trees (the engines).

spaCy takes punctuation off a stretch without white space one character at a time, from both ends, and
looks at the whole rest each time: 20,000 commas in a row take a minute. Such a stretch is cut before it
is tokenized. No word of a language with spaces is that long, so that real text has the same tokens.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST_STRETCH = 200
"""Characters without white space that are tokenized in one piece; what is longer is cut into pieces of so many."""

_LONGER = re.compile(rf"\S{{{LONGEST_STRETCH + 1},}}")


def tokenize(nlp: Language, text: str) -> Doc:
    """Return the tokens of a text, which together are the text.

    Args:
        nlp: the spaCy pipeline whose tokenizer is used.
        text: any text, of any length.
    """
    from spacy.tokens import Doc

    cuts = [cut for run in _LONGER.finditer(text) for cut in range(run.start(), run.end(), LONGEST_STRETCH)]
    if not cuts:
        return nlp.tokenizer(text)
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        for token in nlp.tokenizer(text[start:end]):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
    return Doc(nlp.vocab, words=words, spaces=spaces)
