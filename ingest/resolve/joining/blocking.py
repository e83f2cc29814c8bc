"""Which accounts can be of one event at all: those that share a block.

Belongs here: the keys of blocks, made of kind family, place and days. Does not belong here: blocks of what leaves out
where or when (``stories``) and of named dead (``victims``), the pairs of many blocks (``pairing``), whether a pair is
one event (``scoring``).

A key has two halves. Accounts of one point, or of one region, are compared with each other; an account of a
region also with those of the points inside it; but two points inside a region never meet by that.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import combinations

from ingest.resolve.accounts.answers import is_answer
from ingest.resolve.accounts.paraphrases import is_paraphrase, paraphrase_keys
from ingest.resolve.accounts.quotations import is_quotation, quotation_keys
from ingest.resolve.joining.pairing import Blocks, numbered_pairs
from ingest.resolve.joining.stories import LONGEST_DAYS, story_keys
from ingest.resolve.joining.victims import victim_keys
from ingest.resolve.kinds import families_of_kinds, limits
from ingest.resolve.model import COUNTRY, REGION, Account, Place

_DAYS = 4  # of a bucket
_CELL_DEGREES = 0.25
_TELLING_COUNT = 5
_LARGE_COUNT = 10
_LEAST_OF_TWO = 9  # what two numbers come to that two happenings rarely share both
_CONTROL = "control"

ToldCount = tuple[str, str, float]  # the key of a speaker, a role, and a number
Toll = tuple[str, float]  # a role, and a large number of dead or hurt
TwoCounts = tuple[tuple[str, float], tuple[str, float]]  # two roles, each with its number
Key = tuple[str, bool]  # a block, and whether the account is of the whole of it


def families_of(account: Account) -> frozenset[str]:
    """Families of all kinds that the account tells of."""
    return families_of_kinds(account.kinds)


def is_comparable(account: Account) -> bool:
    """True where the account says where and when, near enough, and tells of what was, or was not."""
    if account.first_date is None or account.last_date is None or not (account.places or told_counts(account)):
        return False
    if not any(s.is_told for s in account.statements):
        return False
    return (account.last_date - account.first_date).days <= LONGEST_DAYS


def may_be_older(account: Account) -> bool:
    """True where no day is told, but how many died or were taken: what is told again days later gives its toll."""
    return not account.is_dated and any(
        c.scope == "event" and c.value is not None and c.value >= _TELLING_COUNT for c in account.counts
    )


def told_counts(account: Account) -> frozenset[ToldCount]:
    """The large numbers of an event that named speakers give, each with its speaker's key and its role."""
    return frozenset(
        (s.voice.key, c.role, c.value)
        for s in account.statements
        if s.is_told and s.voice.is_named and not s.voice.is_publisher
        for c in s.counts
        if c.scope == "event" and c.value is not None and c.value >= _LARGE_COUNT and c.bound != "vague"
    )


def sign_of_told(told: ToldCount) -> str:
    """What names a number that a speaker gives."""
    voice, role, value = told
    return f"told:{voice}/{role}/{value:g}"


def pairs_of_counts(account: Account) -> frozenset[TwoCounts]:
    """Each two numbers of an event in two roles, as "six killed and nine hurt"; not those that come to few."""
    counts = (c for c in account.counts if c.scope == "event" and not c.is_outdated and c.bound != "vague")
    told = sorted({(c.role, c.value) for c in counts if c.value is not None and c.value > 1})
    pairs = ((one, other) for one, other in combinations(told, 2) if one[0] != other[0])
    return frozenset((one, other) for one, other in pairs if one[1] + other[1] >= _LEAST_OF_TWO)


def sign_of_two(pair: TwoCounts) -> str:
    """What names two numbers in two roles."""
    return "two:" + "/".join(f"{role}={value:g}" for role, value in pair)


def signs_in(
    told: Iterable[ToldCount], tolls: Iterable[Toll], two: Iterable[TwoCounts], victims: Iterable[str]
) -> frozenset[str]:
    """Names of all by which alone an account may be one with another."""
    large = [f"toll:{role}/{value:g}" for role, value in tolls]
    return frozenset([*map(sign_of_told, told), *map(sign_of_two, two), *large, *victims])


def keys(account: Account) -> frozenset[Key]:
    """The blocks that an account is in; none for one that is compared with nothing."""
    if is_answer(account):
        return frozenset()  # what the text relates is complete in itself
    if is_quotation(account):
        return quotation_keys(account)
    if is_paraphrase(account):
        return paraphrase_keys(account)
    return _place_and_day_keys(account) | frozenset(story_keys(account)) | frozenset(victim_keys(account))


def _place_and_day_keys(account: Account) -> frozenset[Key]:
    if not is_comparable(account) or account.first_date is None or account.last_date is None:
        return frozenset()
    where = {key for place in account.places for key in _place_keys(place)} | _count_keys(account)
    where |= {(sign_of_told(told), True) for told in told_counts(account)}
    where |= {(sign_of_two(pair), True) for pair in pairs_of_counts(account)}
    found = set()
    for family in families_of(account):
        slack = int(limits()["state_gap_days"]) if family == _CONTROL else 1
        before = int(limits()["later_days"]) if may_be_older(account) else slack
        first = (account.first_date.toordinal() - before) // _DAYS
        last = (account.last_date.toordinal() + slack) // _DAYS
        for bucket in range(first, last + 1):
            found |= {(f"{family}|{token}|{bucket}", is_whole) for token, is_whole in where}
    return frozenset(found)


def _place_keys(place: Place) -> Iterator[Key]:
    if place.is_point:
        yield from ((cell, True) for cell in _cells(place))
        if place.country and place.admin1:
            yield f"in:{place.country}/{place.admin1}", place.names_region
    elif place.precision <= REGION:
        if place.country and place.admin1:
            yield f"in:{place.country}/{place.admin1}", True
        else:
            yield f"at:{place.place_id}", True
    elif place.precision == COUNTRY:
        yield f"country:{place.country or place.place_id}", True
    else:
        yield f"at:{place.place_id}", True


def _count_keys(account: Account) -> set[Key]:
    """A country with a number of its own: who says no more of where may still tell of the same 43 dead."""
    return {
        (f"count:{place.country}/{count.role}/{count.value:g}", True)
        for place in account.places
        for count in account.counts
        if place.country and count.scope == "event" and count.value is not None and count.value >= _TELLING_COUNT
    }


def _cells(place: Place) -> set[str]:
    """The cells of the map that a point is in or near: two points within half a cell share one."""
    if place.lat is None or place.lon is None:
        return {f"at:{place.place_id}"}
    half = _CELL_DEGREES / 2
    return {
        f"cell:{math.floor((place.lat + dy) / _CELL_DEGREES)}/{math.floor((place.lon + dx) / _CELL_DEGREES)}"
        for dy in (-half, half)
        for dx in (-half, half)
    }


def pairs(accounts: Iterable[Account]) -> Iterator[tuple[Account, Account]]:
    """Each two accounts that share a block, once, the smaller id first."""
    listed = sorted(accounts, key=lambda a: a.account_id)
    for ones, others in numbered_pairs(Blocks.of(keys(account) for account in listed)):
        for one, other in zip(ones.tolist(), others.tolist(), strict=True):
            yield listed[one], listed[other]
