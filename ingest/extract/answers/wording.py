"""What the words of a saying show of it alone: that it only rejects, that it tells of a denial, that it is no news.

Belongs here: readings of a content or of the words before a cue. Does not belong here: two claims beside each other
(``ingest.extract.answers``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.extract.answers.lexicon import lexicon

_RELATIVE = re.compile(r"\bwhich\s+$", re.I)
_AFTER = re.compile(r"\s+([^\W\d_]+)")
_ARTICLE = re.compile(r"\b(?:a|an|the|this|that|these|those|its|their|his|her)\s+$", re.I)
_OPENING_CHARS = 40  # of a content, in which it is said that one disagrees
_MOST_WORDS = 16  # of a content that may be nothing but a retort
_POINTED_AT = re.compile(r"^\W*(?:it|that|these|they|this|those) (?:are|is|was|were) ", re.I)
_BEFORE_CUE = 40  # characters before the verb of denying, in which it is said how often
_OBJECT_WORDS = 6  # behind a verb, in which its object stands
_PLAIN = re.compile("[\"“”‘‟]|(?<!\\w)'|'(?!\\w)")  # quotation marks inside of a content
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_MOST_BARE_WORDS = 7
_OPENING_OF_BARE = 3  # words, in which it says of what
_MOST_BESIDE_RETORT = 1  # words beside the retort itself: "complete nonsense"
_OF_BARE = frozenset(["there", "nothing", "figure", "figures", "toll"])
_CHARGE_WORDS = 4  # at the beginning, in which the noun for what is denied stands
_MOST_CHARGE_WORDS = 24  # in which it is said that it is not so
_POINTING = frozenset(["it", "something", "that", "this", "these", "those", "which"])


@lru_cache(maxsize=64)  # one content is asked about several times in a row
def _plain(text: str) -> str:
    """A content without its inner quotation marks and without words that only say how surely it is so."""
    return lexicon().intensifiers.sub("", _PLAIN.sub("", text))


def is_retort(text: str) -> bool:
    """True of a content that says of other words that they are not so, if only in one of its sentences."""
    plain = _plain(text)
    if _is_retort(plain) or _says_it_of_a_charge(plain):
        return True
    sentences = _SENTENCE_END.split(plain)
    return len(sentences) > 1 and any(
        (is_bare_retort(s.partition(",")[0]) or _says_it_of_a_charge(s)) and not s.endswith("?") for s in sentences
    )


def is_bare_retort(text: str) -> bool:
    """True of "that is false" and "complete nonsense": a retort to what stands right before, and no more."""
    plain = _plain(text).strip()
    words = plain.lower().split()
    if not 0 < len(words) <= _MOST_BARE_WORDS or lexicon().retorts.search(plain) is None or not _is_retort(plain):
        return False
    opening = frozenset(word.strip(",.;:!") for word in words[:_OPENING_OF_BARE])
    if not opening.isdisjoint(lexicon().pronouns | lexicon().charges | _OF_BARE):
        return True
    return len(lexicon().retorts.sub("", plain).split()) <= _MOST_BESIDE_RETORT


def points_right_back(text: str) -> bool:
    """True of a content with a sentence that only says of what stands right before that it is not so."""
    sentences = [s for s in _SENTENCE_END.split(_PLAIN.sub("", text)) if s.strip() and not s.endswith("?")]
    return any(is_bare_retort(s.partition(",")[0]) or (_is_of_told(s) and _says_it_of_a_charge(s)) for s in sentences)


def _is_of_told(text: str) -> bool:
    return text.lower().split()[0] in lexicon().determiners


def _says_it_of_a_charge(text: str) -> bool:
    """True of "the report by the station of an attack was untrue, and …": it opens with the charge that is not so."""
    words = _plain(text).lower().split()
    opening = [w.strip(",.;:") for w in words[:_CHARGE_WORDS]]
    if lexicon().charges.isdisjoint(opening) or opening[0] in lexicon().opening_others:
        return False
    return lexicon().not_so.search(" ".join(words[:_MOST_CHARGE_WORDS])) is not None


def _is_retort(text: str) -> bool:
    if lexicon().disagreements.search(text[:_OPENING_CHARS]) is not None:
        return True
    found = lexicon().retorts.search(text) if len(text.split()) <= _MOST_WORDS else None
    # "it is banned already, which is not true": the retort is of who quotes it
    return found is not None and not _RELATIVE.search(text[: found.start()]) and not _is_attributive(text, found)


def _is_attributive(text: str, found: re.Match[str]) -> bool:
    """True of "a fake passport": it says of a thing what it is, and of no words that they are not so.

    "This is a baseless excuse" says it of what another has said.
    """
    if _POINTED_AT.search(text):
        return False
    after = _AFTER.match(text, found.end())
    words = found[0].lower().split()
    is_before_noun = after is not None and after[1].lower() not in lexicon().charges | lexicon().links
    has_article = words[0] in ("a", "an") or _ARTICLE.search(text[: found.start()]) is not None
    return is_before_noun and has_article and words[-1] in lexicon().adjectives


def is_standing(before: str, content: str) -> bool:
    """True of a denial that is told as a habit or by the way: "has always denied", "the army, which denies".

    ``before`` is the text up to the verb. Who denies "this" answers what stands right before all the same.
    """
    words = content.lower().split()
    if len(words) <= 2 and not _POINTING.isdisjoint(words):
        return False
    return lexicon().standing.search(before[-_BEFORE_CUE:]) is not None


def reports_a_denial(content: str) -> bool:
    """True of a content that says itself that something is denied: it accuses nobody of what is denied.

    Who is denied access has been refused something.
    """
    found = lexicon().denials.search(content)
    return found is not None and lexicon().refused.isdisjoint(content[found.end() :].lower().split()[:_OBJECT_WORDS])


def tells_of_a_charge(content: str) -> bool:
    """True of a content that tells of a charge as something rejected or false: "the army had rejected the claims"."""
    words = {word.strip(",.;:()\"“”‘’'") for word in content.lower().split()}
    if words.isdisjoint(lexicon().charges):
        return False
    return not (words.isdisjoint(lexicon().rejecting) and words.isdisjoint(lexicon().adjectives))


def says_what_would_be(content: str) -> bool:
    """True of what would follow on something: "the army would pay for it"."""
    return lexicon().consequences.search(content) is not None
