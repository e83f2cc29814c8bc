"""What the words of a saying show of it alone: that it only rejects, that it tells of a denial, that it is no news.

Belongs here: readings of a content or of the words before a cue. Does not belong here: two claims beside each other
(``ingest.extract.answers``).
"""

from __future__ import annotations

import re

from ingest.extract.answers.lexicon import lexicon

_RELATIVE = re.compile(r"\bwhich\s+$", re.I)
_AFTER = re.compile(r"\s+([^\W\d_]+)")
_ARTICLE = re.compile(r"\b(?:a|an|the|this|that|these|those|its|their|his|her)\s+$", re.I)
_OPENING_CHARS = 40  # of a content, in which it is said that one disagrees
_MOST_WORDS = 16  # of a content that may be nothing but a retort
_POINTED_AT = re.compile(r"^\W*(?:it|that|these|they|this|those) (?:are|is|was|were) ", re.I)
_BEFORE_CUE = 40  # characters before the verb of denying, in which it is said how often
_OBJECT_WORDS = 6  # behind a verb, in which its object stands
_POINTING = frozenset(["it", "something", "that", "this", "these", "those", "which"])


def is_retort(text: str) -> bool:
    """True of a content that only says of other words that they are not so."""
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


def says_what_would_be(content: str) -> bool:
    """True of what would follow on something: "the army would pay for it"."""
    return lexicon().consequences.search(content) is not None
