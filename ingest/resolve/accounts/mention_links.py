"""Which mentions of one article the text ties, so that they may be one happening.

Belongs here: links that extraction has found, and cause and effect told in one clause. Does not belong here: what keeps
tied mentions apart by place and day (``accounts``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.resolve.accounts.voices import Row
from ingest.resolve.kinds import terms, told_together

DATED = frozenset(["linked", "carried"])  # rules of days that the text tells
_WORD = re.compile(r"\w+")
_FIGHTING = frozenset(["strike", "clash"])
# columns by which one mention is tied to another, with the rule that says so
_LINKS = {"same_as_event_mention_id": "same_event", "caused_by_event_mention_id": "caused_by"}


def linked_mentions(mentions: list[Row]) -> Iterator[tuple[Row, Row, str]]:
    """Each two mentions that the text ties, with the rule that says so."""
    by_id = {row["event_mention_id"]: row for row in mentions}
    for row in mentions:
        for column, rule_id in _LINKS.items():
            if row[column] in by_id:
                yield row, by_id[row[column]], rule_id


def of_one_clause(mentions: list[Row], text: str = "", language: str = "en") -> Iterator[tuple[Row, Row, str]]:
    """Neighbours of which the clause of the one holds that of the other, told as cause and effect: "hit … killing"."""
    for row, other in pairwise(sorted(mentions, key=lambda row: row["ordinal"])):
        overlap = row["statement_start"] < other["statement_end"] and other["statement_start"] < row["statement_end"]
        is_of_one_voice = row["claim_id"] == other["claim_id"]
        is_told_alike = (row["realis"], row["polarity"]) == (other["realis"], other["polarity"])
        is_of_one = overlap and is_of_one_voice and is_told_alike
        if not is_of_one or (row["kind"], other["kind"]) not in told_together() or _are_told_apart(row, other):
            continue
        if not _is_told_as_before(row, other, text, language):
            yield row, other, "same_clause"


def _are_told_apart(row: Row, other: Row) -> bool:
    """True where the text itself dates the two to different times, or gives one of them another cause."""
    has_other_cause = _has_other_cause(row, other) or _has_other_cause(other, row)
    return has_other_cause or _are_told_of_two_times(row, other)


def _is_told_as_before(row: Row, other: Row, text: str, language: str) -> bool:
    """True of "shelled the port after an offensive in the north", "in revenge for five deaths": one came first."""
    between = _WORD.findall(text[row["char_end"] : other["char_start"]].lower())
    if not terms("answers", language).isdisjoint(between):
        return True
    is_fighting = {row["kind"], other["kind"]} <= _FIGHTING
    return is_fighting and not terms("told_as_before", language).isdisjoint(between)


def _has_other_cause(row: Row, other: Row) -> bool:
    """True of "nineteen were killed hours after a gas attack": the text tells what killed them, and it is not that."""
    cause = row["caused_by_event_mention_id"]
    return cause is not None and cause not in (other["event_mention_id"], other["same_as_event_mention_id"])


def _are_told_of_two_times(row: Row, other: Row) -> bool:
    """True of "hit a tent where relatives of those killed earlier this week were": the text dates the one apart."""
    if any(r["time_rule"] not in DATED or r["first_date"] is None or r["last_date"] is None for r in (row, other)):
        return False
    return bool(row["last_date"] < other["first_date"] or other["last_date"] < row["first_date"])
