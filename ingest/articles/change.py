"""What one version of an article is to the one before.

Belongs here: the signs of a correction or a withdrawal, and of another article in the same place. Does not
belong here: finding the version before (``ingest.known``).
"""

from __future__ import annotations

import re

from ingest.articles.tables import sign
from ingest.records import Article

_SHORT = 1_200
# of two articles picked at random half share less than 0.13 of the shorter one's longer words, and nearly all
# less than 0.3; versions of one article share most
_LITTLE = 0.2
_FEWEST_WORDS = 30  # of so few anything may be left after an edit
_LONGER_WORD = re.compile(r"[^\W\d_]{5,}")


def change_kind(old_text: str, new_text: str, draft: Article) -> str:
    """``withdrawn``, ``corrected`` or ``edited``, by signs that the new text has and the old one had not."""
    opening = new_text[:_SHORT]
    is_cut = len(new_text) < max(_SHORT, len(old_text) / 2)
    if is_cut and sign("withdrawn").search(opening) and not sign("withdrawn").search(old_text[:_SHORT]):
        return "withdrawn"
    title = draft.title or ""
    if len(sign("corrected").findall(new_text)) > len(sign("corrected").findall(old_text)) or (
        re.match(r"(?:correction|corrected)\b", title, re.I) and not old_text.startswith(title)
    ):
        return "corrected"
    return "edited"


def is_other_article(old_text: str, new_text: str) -> bool:
    """True where a text has so little in common with one at the same place that it is another article.

    Some addresses are used again: live pages, front pages, files that are written over each day. A notice that an
    article is withdrawn, or a title that stays, is a version however little else is left.
    """
    if old_text.partition("\n")[0] == new_text.partition("\n")[0]:
        return False
    old, new = ({w.lower() for w in _LONGER_WORD.findall(text)} for text in (old_text, new_text))
    if min(len(old), len(new)) < _FEWEST_WORDS or sign("withdrawn").search(new_text[:_SHORT]):
        return False
    return len(old & new) < _LITTLE * min(len(old), len(new))
