"""Accounts that leave out where or when something was, compared by the story that their articles tell.

Belongs here: the blocks made of the names that an article tells most, what two articles of one story must not
contradict, and the score of two such accounts. Does not belong here: which names those are (``accounts.names``),
accounts that say where and when (``scoring``), how the weights are found (``evaluation.stories``).

Two articles tell one story where the names that they tell most are the same. That makes no two killings in them one:
the score also asks for the same word, the same victims and the same number.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from ingest.resolve.accounts.voices import UNPUBLISHED
from ingest.resolve.days import are_published_near, days_between, publication_buckets
from ingest.resolve.joining.features import Part, features_by_part
from ingest.resolve.kinds import families_of_kinds, go_together
from ingest.resolve.model import COUNTRY, Account
from ingest.resolve.places import are_far_apart

_SHARED_NAMES = 2  # of those that an article tells most, that articles of one story have in common
_TOP_NAMES = 3
NEAR_NAMES = 6
LONGEST_DAYS = 10  # what may have happened on any day of a longer time has no day
_MOST_DAYS = 366  # in which one thing may have happened
# families of what happens once and to somebody; who holds a place is not asked where none is named, and talks, orders
# and deliveries are told of many at once, as fighting is that goes on
_FAMILIES = frozenset(["violence", "custody", "release", "displacement", "protests"])
# what is done once too, though told of many at once: such accounts are compared where both tell its day, by one word
_ON_A_DAY = frozenset(["decrees", "talks", "delivery"])
_GOES_ON = frozenset(["clash"])

_OTHER_KIND, _ONE_PUBLISHER = "other_kind", "one_publisher"
STORY = "story"  # what its weights, and the reason of such a join, are called

Key = tuple[str, bool]


def is_bare(account: Account) -> bool:
    """True where an account leaves out where it was, or when, to some days."""
    if account.first_date is None or account.last_date is None or not account.places:
        return True
    return (account.last_date - account.first_date).days > LONGEST_DAYS


def story_keys(account: Account) -> Iterator[Key]:
    """The blocks of what an article tells: pairs of its names, near days of publication.

    Accounts that leave out where or when are compared with all of a block, others with those alone. Who names a country
    leaves out where in it something was.
    """
    if not _is_of_a_story(account):
        return
    is_whole = is_bare(account) or all(place.precision == COUNTRY for place in account.places)
    told = _ON_A_DAY if _is_of_a_day(account) else _FAMILIES
    found = families_of_kinds(account.kinds - _GOES_ON) & told
    yield from _keys_of_story(found, account.story_names, _buckets(account), is_whole=is_whole)


@lru_cache(maxsize=64)
def _keys_of_story(
    told: frozenset[str], names: tuple[str, ...], days: tuple[int | str, ...], *, is_whole: bool
) -> list[Key]:
    """The blocks of what an article tells of some families, which all its accounts of these have."""
    pairs = ["/".join(pair) for pair in combinations(sorted(names), _SHARED_NAMES)]
    return [(f"{family}|story:{pair}|{day}", is_whole) for family in told for day in days for pair in pairs]


def _is_of_a_story(account: Account) -> bool:
    """True of what was told as one happening; "strikes" without a place may be any."""
    return not account.is_many and not _goes_on(account) and any(s.is_told for s in account.statements)


def _goes_on(account: Account) -> bool:
    """True of what the text dates to more than a year, and of what has gone on for long when it is told.

    "Since 2011", "this year so far" and "since late May" are no days of one happening.
    """
    first, last, published = account.first_date, account.last_date, account.published_date
    if first is None or last is None:
        return False
    days = (last - first).days
    return days > _MOST_DAYS or (days > LONGEST_DAYS and published is not None and (published - last).days <= 1)


def _buckets(account: Account) -> tuple[int | str, ...]:
    return ("undated",) if account.published_date is None else publication_buckets(account.published_date)


def story_features(one: Account, other: Account) -> list[dict[str, float]] | str:
    """What speaks for two accounts of one story, of which one leaves out where or when, being one happening, by part.

    The conflict where one forbids it.
    """
    is_of_one = one.article_version_id == other.article_version_id
    found = features_by_part(PARTS_OF_ONE_ARTICLE if is_of_one else STORY_PARTS, one, other)
    return found if isinstance(found, str) else [*found, {"one_article": float(is_of_one)}, near_names(one, other)]


def near_names(one: Account, other: Account) -> dict[str, float]:
    """The names that stand near both."""
    return {"names": float(min(NEAR_NAMES, len(one.names & other.names)))}


def _kinds(one: Account, other: Account) -> dict[str, float] | None:
    """None for kinds of which one story tells many, but for what both tell by one word of one day."""
    if not (_is_of_a_day(one) and _is_of_a_day(other)):
        return _kinds_of_one_article(one, other)
    is_alike = go_together(one.kinds, other.kinds) and not one.triggers.isdisjoint(other.triggers)
    return _shared_kinds(one, other) if is_alike else None


def _is_of_a_day(account: Account) -> bool:
    """True of an order, an agreement or a delivery of which the text tells the day."""
    return account.is_dated and families_of_kinds(account.kinds) <= _ON_A_DAY


def _kinds_of_one_article(one: Account, other: Account) -> dict[str, float] | None:
    if not families_of_kinds(one.kinds | other.kinds) <= _FAMILIES:
        return None
    if not go_together(one.kinds - _GOES_ON, other.kinds - _GOES_ON):
        return None
    return _shared_kinds(one, other)


def _shared_kinds(one: Account, other: Account) -> dict[str, float]:
    return {"kinds": len(one.kinds & other.kinds) / len(one.kinds | other.kinds)}


def _publishers(one: Account, other: Account) -> dict[str, float] | None:
    """None for one publisher that is named: what it tells in two articles, and not where, are mostly two happenings."""
    publisher = publisher_of(one)
    return {} if publisher is None or publisher != publisher_of(other) else None


def publisher_of(account: Account) -> str | None:
    """Who publishes the article of an account; None where that is not known."""
    outlet = account.statements[0].voice.outlet
    return None if outlet.startswith(UNPUBLISHED) else outlet


def _times(one: Account, other: Account) -> dict[str, float] | None:
    """None unless the days told fit, of articles that were published within days, or both without a day."""
    if _goes_on(one) or _goes_on(other):
        return None
    gap = days_between(one, other)
    if gap is not None and gap > (0 if one.is_dated and other.is_dated else 1):
        return None
    if one.published_date is None or other.published_date is None:
        return {} if one.published_date is other.published_date else None
    return {} if are_published_near(one, other) else None


def _places(one: Account, other: Account) -> dict[str, float] | None:
    if are_far_apart(one.places, other.places):
        return None
    same_place = {p.place_id for p in one.places} & {p.place_id for p in other.places}
    return {"same_place": float(bool(same_place))}


def _names(one: Account, other: Account) -> dict[str, float]:
    tops = set(one.story_names[:_TOP_NAMES]) & set(other.story_names[:_TOP_NAMES])
    return {"top_names": len(tops) / _TOP_NAMES}


def _triggers(one: Account, other: Account) -> dict[str, float]:
    return {"same_trigger": float(bool(one.triggers & other.triggers))}


def _targets(one: Account, other: Account) -> dict[str, float]:
    return {"same_target": float(bool(one.target_words & other.target_words))}


def _counts(one: Account, other: Account) -> dict[str, float]:
    is_same = any(a.role == b.role and a.equals(b) for a in one.counts for b in other.counts)
    return {"same_count": float(is_same)}


# in what two accounts of a story are compared besides the names near them; those that can forbid come first
STORY_PARTS = (
    Part(lambda a: (a.kinds, a.triggers if _is_of_a_day(a) else None), _kinds, _OTHER_KIND),
    Part(publisher_of, _publishers, _ONE_PUBLISHER),
    Part(lambda a: (a.first_date, a.last_date, a.is_dated, a.published_date), _times, "other_days"),
    Part(lambda a: a.places, _places, "other_place"),
    Part(lambda a: a.story_names[:_TOP_NAMES], _names),
    Part(lambda a: a.triggers, _triggers),
    Part(lambda a: a.target_words, _targets),
    Part(lambda a: tuple([(c.role, c.value) for c in a.counts]), _counts),
)
# the same of two accounts in one article, which tells of two happenings, more often than not, where the text ties none
PARTS_OF_ONE_ARTICLE = (
    Part(lambda a: a.kinds, _kinds_of_one_article, _OTHER_KIND),
    *(part for part in STORY_PARTS if part.conflict not in (_OTHER_KIND, _ONE_PUBLISHER)),
)
