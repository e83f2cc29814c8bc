"""Deaths of people who are named: nobody dies twice, so two articles that name one victim need neither day nor place.

Belongs here: whom an account names as killed, blocks made of the names, and when two such accounts are one death. Does
not belong here: how many were killed (``blocking.told_counts``, ``counts``), who a name is (``ingest.extract.claims``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from ingest.resolve.accounts.voices import PERSON
from ingest.resolve.days import days_between
from ingest.resolve.joining.stories import is_bare
from ingest.resolve.kinds import STEM, terms
from ingest.resolve.model import Account
from ingest.resolve.places import are_far_apart

ONE_DEATH = "one_death"
_DEADLY = "kill_or_wound"
_LEAST_LETTERS = 3
_MOST_DAYS = 3  # between two days that are told: of the attack, and of the death in hospital
_WORD = re.compile(r"[^\W\d_]+")


def victims(account: Account) -> dict[str, frozenset[str]]:
    """The people whom the account names in full, by given name and surname, as killed, or as not killed.

    By key, each with the stems of its names here.
    """
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for statement in account.statements:
        if statement.is_told and statement.kind == _DEADLY and statement.trigger_stem.startswith(fatal()):
            for target in statement.targets:
                if target.actor_key is not None and target.name is not None and is_full_name(target.actor_key):
                    names = _WORD.findall(f"{target.name} {target.actor_key.removeprefix(PERSON)}")
                    found[target.actor_key] |= {word[:STEM].lower() for word in names}
    return dict(found)


@cache
def fatal() -> tuple[str, ...]:
    """How words begin by which somebody is told to be dead, and not only hurt."""
    return tuple(sorted(terms("fatal_beginnings")))


def is_full_name(actor_key: str) -> bool:
    """True of the key of a person of whom a text gives a first and a last name."""
    parts = actor_key.removeprefix(PERSON).split("/")
    return actor_key.startswith(PERSON) and len(parts) > 1 and all(len(part) >= _LEAST_LETTERS for part in parts)


def victim_keys(account: Account) -> Iterator[tuple[str, bool]]:
    """The blocks of those whom an account names as killed, whenever that was.

    Accounts that say where and when meet by that; here they meet only those that do not.
    """
    for victim in victims(account):
        yield f"victim:{victim}", is_bare(account) or not account.is_dated


def is_one_death(
    one: Account, other: Account, ours: Mapping[str, frozenset[str]], theirs: Mapping[str, frozenset[str]]
) -> bool:
    """True where both name a victim, as ``victims`` finds them, and their texts share a name besides.

    A court or an obituary tells of a death of years ago without its day. Days and places that are told must fit:
    people of one name are killed in two wars.
    """
    shared = ours.keys() & theirs.keys()
    if not shared or are_far_apart(one.places, other.places):
        return False
    gap = days_between(one, other)
    if one.is_dated and other.is_dated and gap is not None and gap > _MOST_DAYS:
        return False
    if one.article_version_id == other.article_version_id:
        return True
    own = frozenset().union(*(ours[victim] | theirs[victim] for victim in shared))
    return bool((set(one.story_names) & set(other.story_names)) - own)
