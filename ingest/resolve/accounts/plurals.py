"""What is told of several happenings at once.

Belongs here: plurals, sums over a time and habits, as a landed mention has them. Does not belong here: what such a
statement is compared with (``scoring``, ``relations``).
"""

from __future__ import annotations

import re

from ingest.resolve.accounts.voices import Row
from ingest.resolve.kinds import terms

_WORD = re.compile(r"[a-z]+")
# "three times", but not "three times larger" or "as many"
_TIMES = re.compile(r"\b(\w+)(?: of)? times\b(?! (?:as|more|less|fewer|larger|bigger|higher|greater|stronger))")


def is_many(row: Row, article: Row, counts: list[Row]) -> bool:
    """True of "strikes" and "clashes", of what is counted over a time, and of what "regularly" happens."""
    if any(count["scope"] in ("period", "cumulative", "rate") for count in counts):
        return True
    told = article["text"][row["statement_start"] : row["statement_end"]].lower()
    # few texts have one of them, even inside a word
    if any(term in told for term in terms("habit_terms")) and not terms("habit_terms").isdisjoint(_WORD.findall(told)):
        return True
    if "times" in told and any(word.isdigit() or word in terms("repeat_terms") for word in _TIMES.findall(told)):
        return True
    return (
        row["kind"] in ("strike", "clash")
        and row["rule_id"].startswith("noun.")
        and article["text"].endswith("s", 0, row["char_end"])
    )
