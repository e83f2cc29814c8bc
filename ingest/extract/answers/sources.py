"""Whose words a denial says that it answers: "the rebels' claim", "U.N. accusations", "a report by state media".

Belongs here: the words for a source beside the noun for what is denied, and whether a speaker is that source. Does not
belong here: which of the source's claims is answered (``ingest.extract.answers``).
"""

from __future__ import annotations

from ingest.extract.answers.lexicon import STEM, lexicon
from ingest.extract.answers.sayings import LEAST_LETTERS, WORD, Saying, Sayings
from ingest.extract.claims.coreference.actors import demonyms

_OPENING_WORDS = 9  # of a content, in which the noun for what is denied stands
_SOURCE_WORDS = 4  # before that noun, and behind "by" or "from"


def source_of(one: Saying) -> tuple[str, ...]:
    """Words that say whose statement a denial is of, in lower case without "'s"; empty where it says nothing."""
    words = _words(one.opening)
    charges, general = lexicon().charges, lexicon().general
    at = next((k for k, word in enumerate(words[:_OPENING_WORDS]) if word in charges), None)
    if at is None:
        return ()
    before = words[max(0, at - _SOURCE_WORDS) : at]
    joining = max((k + 1 for k, word in enumerate(before) if word in lexicon().joining), default=0)
    named = [word for word in before[joining:] if word not in general]
    behind = words[at + 1 :]
    while behind and behind[0] in lexicon().made:
        behind = behind[1:]
    if behind and behind[0] in lexicon().by:
        told = behind[1 : _SOURCE_WORDS + 1]
        stop = next((k for k, word in enumerate(told) if word in lexicon().joining), len(told))
        named += [word for word in told[:stop] if word not in general]
    return tuple(named)


def is_source(other: Saying, words: tuple[str, ...], sayings: Sayings) -> bool:
    """True of a claim whose speaker is who the words name."""
    sides = {demonyms()[word] for word in words if word in demonyms()}
    if sides:
        return other.claim.speaker_side in sides
    heads = {word[:STEM] for word in words if len(word) >= LEAST_LETTERS}
    called = sayings.called(other)
    if heads & called:
        return True
    return any(heads & alike and called & alike for alike in (lexicon().authorities, lexicon().insurgents))


def _words(opening: str) -> list[str]:
    text = opening.replace("’", "'").replace("u.n.", "united nations").replace("u.s.", "american")
    return [word.removesuffix("'s") for word in WORD.findall(text)]
