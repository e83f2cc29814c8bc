"""What codes are called on pages, for readers who have never seen the tables.

Belongs here: a few words for a code. Does not belong here: what a code means for who asks the tables (the seed
``code_lists``), names of sides (``publications``).
"""

from __future__ import annotations

_WORDS = {
    "polarity": {
        "affirmative": "that it is so", "negative": "that it is not so", "question": "asks whether it is so",
    },
    "speech": {"direct": "quotation marks", "indirect": "reported speech", "mixed": "partly quoted"},
    "stance": {
        "neutral": "passes it on without judgement", "endorsed": "holds it to be true",
        "disputed": "holds it to be untrue",
    },
    "hedge": {"possible": "it may be so", "probable": "it is likely so"},
    "realis": {
        "actual": "something that happened or holds", "future": "planned or expected", "possible": "what may be so",
        "unknown": "not confirmed", "hypothetical": "what would be so", "generic": "in general",
    },
    "time_rule": {
        "linked": "from a date in the text", "carried": "from the sentence that it belongs to",
        "reported": "it is told as just happened: the days up to publication", "none": "it is not known",
    },
    "argument": {
        "agent": "who", "target": "whom or what", "instrument": "with what", "place": "where", "origin": "from where",
        "destination": "to where", "time": "when",
    },
    "scope": {
        "event": "in this event", "part": "a part of another number", "period": "over a period",
        "cumulative": "so far", "rate": "by day or month",
    },
    "extent": {"part": "a part"},
    "change": {
        "new event": "new", "contradicts": "contradicts", "denies": "denies", "toll raised": "raised",
        "toll lowered": "lowered", "toll corrected": "corrected", "holds": "now said to hold",
        "holds not": "now said not to hold",
    },
    "load": {"ingest": "new documents read", "reextract": "known texts read anew"},
    "stage": {"source": "each source", "load": "each load", "warehouse": "the published file"},
    "severity": {"error": "stops", "warning": "warns"},
    "topic": {"other": "other matters"},
    "axis": {
        "polarity": "whether it happened", "control": "who holds a place", "count": "how many", "agent": "who did it",
        "target": "whom or what it befell", "place": "where", "date": "when", "cause": "why",
        "quotation": "what was said",
    },
}  # fmt: skip


def plainly(code: str | None, of: str) -> str:
    """A code in the words of pages; its own, where there are no others.

    Args:
        code: the code, or None for nothing.
        of: what it is a code of.
    """
    return _WORDS[of].get(code or "", (code or "").replace("_", " "))
