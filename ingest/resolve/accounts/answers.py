"""Denials that the text itself states, as accounts of two statements: what was said, and who denies it.

Belongs here: from the landed links between claims to accounts. Does not belong here: finding who answers whom
(``ingest.extract.answers``), denials that only the comparison of statements of an event shows (``relations``).
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.resolve.accounts.claim_statements import account_of_claims, statement_of_claim
from ingest.resolve.accounts.rows import Rows
from ingest.resolve.model import Account

ANSWER = "answer"


def answers_of(rows: Rows) -> Iterator[Account]:
    """An account for each claim that answers another, of the two claims."""
    for link in rows.claim_links:
        answer, answered = rows.claims.get(link["claim_id"]), rows.claims.get(link["fact_id"])
        article = rows.articles.get(link["article_version_id"])
        if link["fact_kind"] != "claim" or answer is None or answered is None or article is None:
            continue
        said = statement_of_claim(answered, rows.voice_of(answered, article), ANSWER)
        denied = statement_of_claim(answer, rows.voice_of(answer, article), ANSWER, is_negative=True)
        links = ("first", link["rule_id"])
        yield account_of_claims(link["claim_link_id"], article, ANSWER, said, denied, links=links)


def is_answer(account: Account) -> bool:
    """True of an account of a claim and the denial of it."""
    return ANSWER in account.kinds
