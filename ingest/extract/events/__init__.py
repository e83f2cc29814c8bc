"""Event mentions: what is said to have happened, who did it to whom, where and when.

Belongs here: finding the words that name an event of the kinds of ``EVENT_KINDS`` and everything that belongs to it.
Does not belong here: which mentions of different articles are one event (``ingest.resolve``).

``extractor`` holds the order, in the terms of ACE and ERE. ``frames`` finds triggers and says which phrase fills which
role; ``arguments`` and ``places`` make facts of the phrases; ``assertion`` reads polarity, realis and extent, and whose
statement it is; ``counts`` gives figures to mentions, with role and scope. These rooms do not know each other;
``coreference`` says after them all which mentions of one article are one happening, and which is the cause of which.
Under them lie ``model`` (what they hand to each other), ``lexicon`` (the words of ``data/<language>``, where the
catalogue of the rules lies too), ``entities`` (what tokens refer to) and ``grammar`` (clauses, subjects, functions).
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
