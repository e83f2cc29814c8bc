"""What is said in the same words in several articles, as accounts that are grouped like those of events.

Belongs here: quoted claims, and those of speakers without a name, as accounts, their blocks, and how alike two of them
are. Does not belong here: what is said to have happened (``accounts``), what a named speaker says in other words
(``paraphrases``), copies of whole texts (``copies``).
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator
from itertools import combinations

from ingest.resolve.accounts.claim_statements import account_of_claims, statement_of_claim
from ingest.resolve.accounts.rows import Rows
from ingest.resolve.accounts.voices import Row
from ingest.resolve.days import are_published_near, publication_buckets
from ingest.resolve.model import Account, Voice

QUOTATION = "quotation"
_RUN = 4  # words
_LEAST_WORDS = 7
_LEAST_SHARED = 3
_LEAST_SHARE = 0.6
_MOST_KEYS = 8
_LEAST_WITHOUT_NAME, _LEAST_SHARE_WITHOUT_NAME = 5, 0.7  # where nothing but the words tells that it was said once
_FIRST_OF_RUNS = 3  # each two of which are a block of those without a name
_WORD = re.compile(r"\w+")


def quotations_of(rows: Rows) -> Iterator[Account]:
    """An account for each claim at some length that is quoted, or that somebody without a name makes ("residents").

    What has no speaker's name can be known again by nothing but its words, quoted or not. What is said of an event is
    grouped by the event already.
    """
    of_events = {mention["claim_id"] for mentions in rows.mentions.values() for mention in mentions}
    for claim in rows.claims.values():
        article = rows.articles.get(claim["article_version_id"])
        if article is None or claim["polarity"] == "question":
            continue
        voice = rows.voice_of(claim, article)
        is_known_by_words = claim["speaker_name"] is not None and claim["claim_id"] not in of_events
        if not is_quotable(claim) and (voice.is_named or not is_known_by_words):
            continue
        words = runs(claim["content"])
        if voice.is_named or len(words) >= _LEAST_WITHOUT_NAME:
            is_negative = claim["polarity"] == "negative"
            said = statement_of_claim(claim, voice, QUOTATION, is_negative=is_negative, words=words)
            yield account_of_claims(claim["claim_id"], article, QUOTATION, said, links=("first",))


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
    """Blocks of a quotation: its speaker, if named, with a few of its runs, the same few wherever they stand.

    Two of its runs and its days make blocks of those whose speaker is not the same: one run is common, two are rare.
    """
    hashes = sorted(hashlib.blake2b(run.encode(), digest_size=6).hexdigest() for run in account.words)
    few = hashes[: min(_MOST_KEYS, max(_LEAST_SHARED, math.ceil(len(hashes) / 3)))]
    voice = account.statements[0].voice
    ours = [f"{QUOTATION}|{voice.key}|{value}" for value in few] if voice.is_named else []
    if account.published_date is None or len(hashes) < _LEAST_WITHOUT_NAME:
        return frozenset((key, True) for key in ours)
    buckets = publication_buckets(account.published_date)
    pairs = combinations(hashes[:_FIRST_OF_RUNS], 2)
    anybodys = [f"{QUOTATION}|{one}{other}|{bucket}" for one, other in pairs for bucket in buckets]
    return frozenset((key, True) for key in (*ours, *anybodys))


def share_of_runs(one: Account, other: Account) -> float:
    """The share of the shorter quotation's runs that both have; 0 where they are too few to tell."""
    shared = len(one.words & other.words)
    if shared < _LEAST_SHARED:
        return 0.0
    return shared / min(len(one.words), len(other.words))


def is_same_quotation(one: Account, other: Account) -> bool:
    """True where one speaker is quoted with the same words, whole or in part.

    Where one of two has no name, more words, their numbers and the days have to tell that it is one that speaks.
    """
    a, b = one.statements[0], other.statements[0]
    if a.voice.key == b.voice.key:
        return share_of_runs(one, other) >= _LEAST_SHARE
    if not _may_be_one(a.voice, b.voice) or a.is_negative != b.is_negative or not are_published_near(one, other):
        return False
    is_much = len(one.words & other.words) >= _LEAST_WITHOUT_NAME
    is_enough = is_much and share_of_runs(one, other) >= _LEAST_SHARE_WITHOUT_NAME
    return is_enough and _numbers(one.words) == _numbers(other.words)


def _may_be_one(one: Voice, other: Voice) -> bool:
    """True of one speaker, and of two of whom one has no name: what they say in the same words, one has said."""
    return one.key == other.key or not (one.is_named and other.is_named)


def _numbers(of: frozenset[str]) -> frozenset[str]:
    """The words of some runs that are numbers in digits."""
    return frozenset(word for run in of for word in run.split() if word[0].isdigit())
