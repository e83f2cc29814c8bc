"""Two sayings beside each other: whether the one may answer the other at all.

Belongs here: who speaks and where the two stand. Does not belong here: what they say (``deeds``, ``pointing``).
"""

from __future__ import annotations

from ingest.extract.answers.lexicon import STEM, lexicon
from ingest.extract.answers.sayings import LEAST_LETTERS, WORD, Saying, Sayings
from ingest.extract.claims.coreference.actors import demonyms
from ingest.records import Claim


def may_be_answered(other: Saying, one: Saying, *, is_hedged_too: bool = False) -> bool:
    """True of what another speaker affirms, outside of what the one says."""
    return (
        other.may_be_answered
        and other.index != one.index
        and not overlap(other.claim, one.claim)
        and (is_hedged_too or other.claim.hedge == "none")
        and (is_another(one, other) or is_hearsay(other))
    )


def is_hearsay(other: Saying) -> bool:
    """True of what another denial turns down and nobody is named for: "reports that the town had fallen"."""
    return other.speaker is None and other.claim.stance == "disputed" and other.claim.parent is not None


def is_another(one: Saying, other: Saying) -> bool:
    """True of two speakers that the article names, who are not one and not of one side."""
    if one.speaker is None or other.speaker is None or one.speaker == other.speaker:
        return False
    if not other.is_of_somebody:
        return False
    sides = (one.claim.speaker_side, other.claim.speaker_side)
    if None in sides and one.name_words[-1:] == other.name_words[-1:] and one.name_words:
        return False  # "the ministry", and "the defence ministry"; of two states they are two
    if None in sides and one.called & other.called & lexicon().forces:
        return False  # "the military", and "a military spokesman" further down
    return sides[0] is None or sides[0] != sides[1]


def passes_on_a_denial(other: Saying, sayings: Sayings) -> bool:
    """True of what only tells that somebody denies something: "the agency reported that the army denied it"."""
    return other.tells_of_a_charge or any(s.claim.cue_class == "deny" for s in sayings.inside(other))


def overlap(one: Claim, other: Claim) -> bool:
    """True where one claim's content stands inside the other's: they are one saying."""
    return one.char_start < other.char_end and other.char_start < one.char_end


def distance(other: Saying, one: Saying) -> int:
    """Characters from the start of the other claim to that of the one; negative where the other comes after."""
    return one.claim.char_start - other.claim.char_start


def words_for(one: Saying) -> frozenset[str]:
    """Beginnings of the words by which a text may speak of a speaker: of the name, and of the state it speaks for."""
    name = {word.lower()[:STEM] for word in WORD.findall(one.claim.speaker_name or "") if len(word) >= LEAST_LETTERS}
    state = {word[:STEM] for word, side in demonyms().items() if side == one.claim.speaker_side and " " not in word}
    return frozenset(name | state)
