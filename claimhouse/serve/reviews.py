"""Writing what somebody says of a pair: the only thing that the server writes.

Belongs here: the call. Does not belong here: the file of reviews (``claimhouse.reviews``), who may write (``guard``).
"""

from __future__ import annotations

from claimhouse.reviewing import write_review
from claimhouse.reviews import ReviewError
from ingest.settings import Settings

_LONGEST_NOTE = 500


def write(settings: Settings, relation_id: str, verdict: str, note: str = "") -> None:
    """Keep a verdict on a pair.

    Raises:
        ValueError: there is no such pair or verdict, or the note is too long.
    """
    if len(note) > _LONGEST_NOTE:
        raise ValueError(f"a note has at most {_LONGEST_NOTE} characters")
    try:
        write_review(settings, relation_id, verdict, note)
    except ReviewError as problem:
        raise ValueError(str(problem)) from None
