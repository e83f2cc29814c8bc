"""What one version of an article is to the one before.

Belongs here: the signs of a correction or a withdrawal. Does not belong here: finding the version
before (``ingest.landing``).
"""

from __future__ import annotations

import re

from ingest.articles.tables import sign
from ingest.records import Article

_SHORT = 1_200


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
