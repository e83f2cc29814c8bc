"""What one speaker is quoted with in several articles, as accounts that are grouped like those of events.

Belongs here: quoted claims as accounts, their blocks, and how alike two quotations are. Does not belong here:
what is said to have happened (``accounts``), copies of whole texts (``copies``).
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator

from ingest.resolve.accounts.accounts import account_of_claims, statement_of_claim
from ingest.resolve.accounts.rows import Rows
from ingest.resolve.accounts.voices import Row
from ingest.resolve.model import Account

QUOTATION = "quotation"
_RUN = 4  # words
_LEAST_WORDS = 7
_LEAST_SHARED = 3
_LEAST_SHARE = 0.6
_MOST_KEYS = 8
_WORD = re.compile(r"\w+")


def quotations_of(rows: Rows) -> Iterator[Account]:
    """An account for each claim that is quoted, by a speaker who is known by name, at some length."""
    for claim in rows.claims.values():
        article = rows.articles.get(claim["article_version_id"])
        if article is None or not is_quotable(claim):
            continue
        voice = rows.voice_of(claim, article)
        if voice.is_named:
            quoted = statement_of_claim(claim, voice, QUOTATION, words=runs(claim["content"]))
            yield account_of_claims(claim["claim_id"], article, QUOTATION, quoted, links=("first",))


def is_quotable(claim: Row) -> bool:
    """True of a claim that quotes words, at some length."""
    if claim["speech"] == "indirect" or claim["polarity"] == "question":
        return False
    return len(runs(claim["content"])) > _LEAST_WORDS - _RUN


def runs(text: str) -> frozenset[str]:
    """All runs of four words of a text, lower case."""
    words = _WORD.findall(text.lower())
    return frozenset(" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))


def is_quotation(account: Account) -> bool:
    """True of an account of what was quoted."""
    return QUOTATION in account.kinds


def quotation_keys(account: Account) -> frozenset[tuple[str, bool]]:
    """Blocks of a quotation: its speaker with a few of its runs, the same few wherever they stand."""
    hashes = sorted(hashlib.blake2b(run.encode(), digest_size=6).hexdigest() for run in account.words)
    few = hashes[: min(_MOST_KEYS, max(_LEAST_SHARED, math.ceil(len(hashes) / 3)))]
    voice = account.statements[0].voice.key
    return frozenset((f"{QUOTATION}|{voice}|{value}", True) for value in few)


def share_of_runs(one: Account, other: Account) -> float:
    """The share of the shorter quotation's runs that both have; 0 where they are too few to tell."""
    shared = len(one.words & other.words)
    if shared < _LEAST_SHARED:
        return 0.0
    return shared / min(len(one.words), len(other.words))


def is_same_quotation(one: Account, other: Account) -> bool:
    """True where one speaker is quoted with the same words, whole or in part."""
    is_one_voice = one.statements[0].voice.key == other.statements[0].voice.key
    return is_one_voice and share_of_runs(one, other) >= _LEAST_SHARE
