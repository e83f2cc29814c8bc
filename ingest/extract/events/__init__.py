"""Event mentions: what is said to have happened, who did it to whom, where and when.

Belongs here: finding the words that name an event of the kinds of ``EVENT_KINDS`` and everything that
belongs to it. ``extractor`` holds the order; ``frames`` one module for each sort of frame; ``functions``
and ``referents`` what frames read; ``arguments``, ``identity``, ``places``, ``counts``, ``assertion``,
``voices`` and ``coreference`` what follows for a candidate; ``data/<language>`` all words, and the
catalogue of the rules. Does not belong here: which mentions of different articles are one event
(``ingest.resolve``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.extract.events.extractor import EventExtractor, wants_parse

__all__ = ["EventExtractor", "wants_parse"]


def __getattr__(name: str) -> Any:
    # at first use: who only looks a word up must not load what reads texts
    if name in __all__:
        from ingest.extract.events import extractor

        return getattr(extractor, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
