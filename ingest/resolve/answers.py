"""Denials that the text itself states, as accounts of two statements: what was said, and who denies it.

Belongs here: from the landed links between claims to accounts. Does not belong here: finding who answers whom
(``ingest.extract.answers``), denials that only the comparison of statements of an event shows (``relations``).
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.resolve.accounts import Row, Rows, voice_of
from ingest.resolve.model import Account, Statement

ANSWER = "answer"


def answers_of(rows: Rows) -> Iterator[Account]:
    """An account for each claim that answers another, of the two claims."""
    for link in rows.claim_links:
        answer, answered = rows.claims.get(link["claim_id"]), rows.claims.get(link["fact_id"])
        article = rows.articles.get(link["article_version_id"])
        if link["fact_kind"] != "claim" or answer is None or answered is None or article is None:
            continue
        said, denied = _statement(answered, article, is_negative=False), _statement(answer, article, is_negative=True)
        yield Account(
            account_id=link["claim_link_id"],
            article_version_id=article["article_version_id"],
            article_id=article["article_id"],
            landed_at=article["recorded_at"].isoformat(),
            published_date=article["published_date"],
            statements=(said, denied),
            links=("first", link["rule_id"]),
            kinds=frozenset([ANSWER]),
        )


def _statement(claim: Row, article: Row, *, is_negative: bool) -> Statement:
    return Statement(
        mention_id=claim["claim_id"],
        ordinal=claim["ordinal"],
        kind=ANSWER,
        is_negative=is_negative,
        realis="actual",
        extent=None,
        start=claim["char_start"],
        end=claim["char_end"],
        claim_id=claim["claim_id"],
        voice=voice_of(claim, article),
        first_date=None,
        last_date=None,
        time_rule="none",
        confidence=claim["confidence"],
        trigger=(claim["char_start"], claim["char_end"]),
    )


def is_answer(account: Account) -> bool:
    """True of an account of a claim and the denial of it."""
    return ANSWER in account.kinds
