"""Article text in, facts out: one pure function, the same facts for the same text and settings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.extract.tracing import Trace


def trace(text: str, dct: date | None = None, home: str | None = None, kinds: str | None = None) -> Trace:
    """Show how the facts of a short text are found: tokens, rules tried, vetoes, speakers, values.

    Args:
        text: the text, a sentence or an article.
        dct: the day of its publication, where known.
        home: ISO code of its publisher's country, where known.
        kinds: kinds of facts to show, separated by commas; all where left out.

    Raises:
        ValueError: there is no such kind of fact.
    """
    # not at import: commands that read no text must not load the extractors
    from ingest.extract.base import KINDS
    from ingest.extract.tracing import trace_text

    return trace_text(text, dct, home, KINDS if kinds is None else tuple(kinds.split(",")))
