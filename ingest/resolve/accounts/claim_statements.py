"""Claims as statements and accounts of their own, whatever they are about.

Belongs here: where a claim is told, and records made of its row. Does not belong here: what is said to have happened
(``accounts``), which claims are compared (``answers``, ``quotations``, ``paraphrases``).
"""

from __future__ import annotations

from ingest.resolve.accounts.voices import Row
from ingest.resolve.model import Account, Statement, Voice

_TOLD_BY_CUE = frozenset(["accuse", "deny"])  # classes of cues without which the content tells little


def told_span(claim: Row) -> tuple[int, int]:
    """First character of what a claim says and the one behind it: its content.

    Who is blamed stands between cue and content ("blamed the army for it"), and "responsibility" alone tells nothing:
    of accusations and denials the cue belongs to what they say.
    """
    start, end = claim["char_start"], claim["char_end"]
    if claim["cue_class"] not in _TOLD_BY_CUE or claim["cue_start"] is None:
        return start, end
    return min(start, claim["cue_start"]), max(end, claim["cue_end"])


def statement_of_claim(
    claim: Row,
    voice: Voice,
    kind: str,
    *,
    is_negative: bool = False,
    words: frozenset[str] = frozenset(),
    is_disputed: bool = False,
) -> Statement:
    """What a claim says as a statement of its own, whatever it is about, with the span of ``told_span``."""
    start, end = told_span(claim)
    return Statement(
        mention_id=claim["claim_id"],
        ordinal=claim["ordinal"],
        kind=kind,
        is_negative=is_negative,
        realis="actual",
        extent=None,
        start=start,
        end=end,
        claim_id=claim["claim_id"],
        voice=voice,
        first_date=None,
        last_date=None,
        time_rule="none",
        confidence=claim["confidence"],
        words=words,
        is_disputed=is_disputed,
        trigger=(start, end),
    )


def account_of_claims(
    account_id: str, article: Row, kind: str, *statements: Statement, links: tuple[str, ...]
) -> Account:
    """Statements of claims of one article as an account that tells of no event: it has neither place nor days."""
    return Account(
        account_id=account_id,
        article_version_id=article["article_version_id"],
        article_id=article["article_id"],
        landed_at=article["recorded_at"].isoformat(),
        published_date=article["published_date"],
        statements=statements,
        links=links,
        kinds=frozenset([kind]),
        words=frozenset().union(*(s.words for s in statements)),
    )
