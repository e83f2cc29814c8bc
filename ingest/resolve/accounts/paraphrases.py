"""What named speakers say in several articles in other words, as accounts that are grouped by their words.

Belongs here: claims as accounts, their blocks, and how alike what two of them say is. Does not belong here: one
quotation in several articles (``quotations``), what is said to have happened (``accounts``), who answers whom inside
an article (``answers``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from ingest.resolve.accounts.claim_statements import account_of_claims, statement_of_claim
from ingest.resolve.accounts.quotations import is_quotable
from ingest.resolve.accounts.rows import Rows
from ingest.resolve.accounts.voices import Row, stems
from ingest.resolve.days import are_published_near, publication_buckets
from ingest.resolve.kinds import terms
from ingest.resolve.model import Account, Voice
from ingest.values import replace

PARAPHRASE = "matter"  # which the ids of published rows are made of
# what is quoted at some length and word for word: that it is quoted again, ``quotations`` finds
QUOTED_PARAPHRASE = "quoted_matter"
_HEDGE, _OF_OTHERS = "hedge:", "of_others"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LEAST_STEMS = 3
_MOST_KEYS = 10
_LEAST_SHARE = 0.6
_LEAST_SHARED = 3
_MUCH_SHARED, _LEAST_OF_MUCH = 5, 0.5


@cache
def _common(language: str = "en") -> frozenset[str]:
    return stems(" ".join(terms("general_terms", language)))


def paraphrases_of(rows: Rows) -> Iterator[Account]:
    """An account for each claim of a speaker who is known by name that says something and is not asked.

    What holds a claim of another ("the mayor said that residents had reported") is told by its speaker too.
    """
    not_outright = {claim["parent_claim_id"] for claim in rows.claims.values() if _has_no_source(claim, rows)}
    of_others = {claim["parent_claim_id"] for claim in rows.claims.values() if _is_not_its_own(claim, rows)}
    for claim in rows.claims.values():
        article = rows.articles.get(claim["article_version_id"])
        if article is None or article["published_date"] is None:
            continue
        if claim["polarity"] == "question" or claim["claim_id"] in not_outright:
            continue
        language = article["language"] or "en"
        said = (stems(claim["content"], language) - _common(language)) | numbers(claim["content"])
        voice = rows.voice_of(claim, article)
        if len(said) >= _LEAST_STEMS and voice.is_named:
            yield _account(claim, voice, article, said, is_of_others=claim["claim_id"] in of_others)


def _is_not_its_own(claim: Row, rows: Rows) -> bool:
    """True of what a speaker passes on and does not say itself: another side's word, a charge, what it doubts."""
    parent = rows.claims.get(claim["parent_claim_id"] or "")
    if parent is None:
        return False
    side, its_side = claim["speaker_side"], parent["speaker_side"]
    is_of_another = bool(side and its_side and side != its_side)
    return is_of_another or claim["cue_class"] == "accuse" or claim["stance"] == "disputed"


def _has_no_source(claim: Row, rows: Rows) -> bool:
    """True of all that another claim says, which nobody is named for: "the raid is suspected to be theirs"."""
    parent = rows.claims.get(claim["parent_claim_id"] or "")
    if parent is None or claim["speaker_name"] is not None:
        return False
    return (parent["char_start"], parent["char_end"]) == (claim["char_start"], claim["char_end"])


def numbers(text: str) -> frozenset[str]:
    """The numbers that a text gives in digits: what is said with another number is not the same."""
    return frozenset(_NUMBER.findall(text))


def _account(claim: Row, voice: Voice, article: Row, said: frozenset[str], *, is_of_others: bool) -> Account:
    statement = statement_of_claim(
        claim,
        voice,
        QUOTED_PARAPHRASE if claim["speech"] == "direct" and is_quotable(claim) else PARAPHRASE,
        is_negative=claim["polarity"] == "negative",
        words=said,
        is_disputed=claim["stance"] == "disputed",
    )
    account = account_of_claims(f"{PARAPHRASE}-{claim['claim_id']}", article, PARAPHRASE, statement, links=("first",))
    # what is said as possible, or as likely, or as what others claim, is another thing than what is said outright
    apart = {f"{_HEDGE}{claim['hedge']}"} | ({_OF_OTHERS} if is_of_others else set())
    return replace(account, kinds=frozenset([PARAPHRASE, *apart]))


def is_paraphrase(account: Account) -> bool:
    """True of an account of what a claim says, in whatever words."""
    return PARAPHRASE in account.kinds


def paraphrase_keys(account: Account) -> frozenset[tuple[str, bool]]:
    """Blocks of a claim: its voice, days and a few of its pairs of stems, the same few wherever they stand."""
    if account.published_date is None:
        return frozenset()
    words = [word.encode() for word in sorted(account.words)]
    digests = [hashlib.blake2b(b"%b+%b" % pair, digest_size=6).digest() for pair in combinations(words, 2)]
    voice, buckets = account.statements[0].voice.key, publication_buckets(account.published_date)
    few = [f"{PARAPHRASE}|{voice}|{digest.hex()}" for digest in sorted(digests)[:_MOST_KEYS]]
    return frozenset([(f"{key}|{bucket}", True) for key in few for bucket in buckets])


def share_of_stems(one: Account, other: Account) -> float:
    """The share of the stems of the shorter claim that both have; 0 where they are too few, or too far apart."""
    shared = len(one.words & other.words)
    if shared < _LEAST_SHARED or not are_published_near(one, other):
        return 0.0
    return shared / min(len(one.words), len(other.words))


def says_the_same(one: Account, other: Account) -> bool:
    """True where two claims of one voice say the same, near enough.

    The polarity of a quotation of several sentences is that of one of them, so it is not compared where both share many
    stems. One of two claims may give fewer numbers than the other, but no other number. Both are hedged alike, and
    neither or both are what others claim.
    """
    a, b = one.statements[0], other.statements[0]
    is_much = len(one.words & other.words) >= _MUCH_SHARED
    is_quoted = is_much and QUOTED_PARAPHRASE in (a.kind, b.kind)
    is_of_one = a.voice.key == b.voice.key and one.kinds == other.kinds
    is_alike = is_of_one and (is_quoted or a.is_negative == b.is_negative)
    return is_alike and _give_same_numbers(a.words, b.words) and _is_enough(share_of_stems(one, other), is_much=is_much)


def _is_enough(share: float, *, is_much: bool) -> bool:
    return share >= (_LEAST_OF_MUCH if is_much else _LEAST_SHARE)


def _give_same_numbers(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    one, other = ({word for word in words if word[0].isdigit()} for words in (ours, theirs))
    return one == other or (bool(one and other) and (one <= other or other <= one))
