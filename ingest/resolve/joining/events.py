"""One step of resolving: the accounts that a load brings and takes away, and the events that come of them.

Belongs here: what a load brings and takes away, the identity of events and what became of those of before. Does not
belong here: what of the index is clustered anew (``reclustering``), the comparison (``scoring``), files (``steps``),
what an event's statements are to each other (``relations``).

What comes out depends on the accounts that stand, not on the loads that brought them: it is what clustering all of
them at once comes to. How much of it is done anew, ``reclustering`` says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from ingest.resolve.joining.batch_scoring import Columns, Pairs
from ingest.resolve.joining.blocking import keys
from ingest.resolve.joining.clustering import Cluster, numbered_components
from ingest.resolve.joining.index import Index, Kept
from ingest.resolve.joining.pairing import Blocks, numbered_pairs
from ingest.resolve.joining.reclustering import Regions, clusters_of, is_of_claims, scored_pairs
from ingest.resolve.model import Account, Event, Member
from ingest.tables import identity
from ingest.values import value

_ROWS_AT_ONCE = 10_000
OF_CLAIMS = "claims-"  # how the ids of groups of claims begin, which are no events


@value(frozen=True, slots=True)
class Change:
    """What a step did to an event: ``formed``, ``changed``, ``renamed``, ``split``, ``joined`` or ``dissolved``."""

    event_id: str
    change: str
    other_event_id: str | None = None


@value(frozen=True, slots=True)
class Settled:
    """An event that a step changed, or the end of one: then there is no event."""

    change: Change
    event: Event | None = None


class EventStep:
    """The events of one load, over the index of all loads before it."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._regions = Regions(index)
        self._former: set[str] = set()  # events of accounts that are gone
        self._superseded_articles: set[str] = set()

    def withdraw(self, version_ids: Iterable[str]) -> None:
        """Forget what an earlier extraction found in these article versions; before anything is added."""
        gone = self._index.remove(version_ids)
        self._regions.damaged |= {cluster for cluster, _ in gone}
        self._former |= {event_id for _, event_id in gone if event_id}

    def supersede(self, versions: Iterable[tuple[str, str, str]]) -> None:
        """Let only the current versions of these articles say what they say.

        ``versions`` are triples of article, version and what sorts the versions of an article.
        """
        articles = self._index.follow(versions)
        self._regions.marked |= self._index.supersede(articles)
        self._superseded_articles |= {article_id for article_id, _ in articles}

    def add(self, accounts: Sequence[Account]) -> None:
        """Take in new accounts, and find the pairs that they join."""
        blocks = self._index.blocks(accounts)
        kept = list(self._index.accounts(self._index.met_by(blocks)))
        numbers = self._index.add(accounts, blocks)
        everybody = [*accounts, *(k.account for k in kept)]
        order = sorted(range(len(everybody)), key=lambda n: everybody[n].account_id)
        listed = [everybody[n] for n in order]
        number_of = np.array([*numbers, *(k.number for k in kept)], dtype=np.int64)[order]
        blocks += self._index.blocks([k.account for k in kept])
        columns, is_new = Columns(listed), np.isin(number_of, numbers)
        for one, other in numbered_pairs(Blocks.joined([blocks[n] for n in order]), touching=is_new):
            found = columns.scores(one, other)
            self._regions.add(Pairs(number_of[one], number_of[other], found.score, found.handicap))
        self._regions.new += numbers

    def settle(self) -> Iterator[Settled]:
        """Do anew what the load may change; what did not change is left out."""
        seen: set[str] = set()
        rows: list[tuple[int, str | None, int]] = []
        for kept, found in self._regions.clusters():
            for settled in self._settle(kept, found, rows):
                seen.add(settled.change.event_id)
                yield settled
            if len(rows) >= _ROWS_AT_ONCE:
                self._index.place(rows)
                rows.clear()
        self._index.place(rows)
        for event_id in sorted(self._former - seen - self._index.standing(self._former)):
            yield Settled(Change(event_id, "dissolved"))

    def _settle(
        self, kept: list[Kept], found: list[Cluster], rows: list[tuple[int, str | None, int]]
    ) -> Iterator[Settled]:
        """What became of some accounts; ``rows`` takes the cluster and the event of each."""
        accounts = {k.account.account_id: k.account for k in kept}
        superseded = {k.account.account_id for k in kept if k.is_superseded}
        number_of = {k.account.account_id: k.number for k in kept}
        before: dict[str, set[str]] = defaultdict(set)
        for k in kept:
            if k.event_id:
                before[k.event_id].add(k.account.account_id)
        told = []
        for cluster in found:
            event = event_of(cluster, accounts, superseded)
            if event.is_told:
                told.append(event)
            numbers = [number_of[account_id] for account_id in cluster.account_ids]
            rows += [(min(numbers), event.event_id if event.is_told else None, number) for number in numbers]
        yield from self._changes(told, before)

    def _changes(self, events: list[Event], before: dict[str, set[str]]) -> Iterator[Settled]:
        now = {event.event_id for event in events}
        for event in events:
            ids = event.account_ids
            was_in = Counter(e for e, members in before.items() for _ in members & ids)
            is_marked = any(
                m.is_superseded and m.account.article_id in self._superseded_articles for m in event.members
            )
            if event.event_id in before:
                is_same = before[event.event_id] == ids and event.event_id not in self._former
                if not is_same or is_marked:
                    yield Settled(Change(event.event_id, "changed"), event)
            elif was_in:
                other = min(was_in, key=lambda e: (-was_in[e], e))
                yield Settled(Change(event.event_id, "split" if other in now else "renamed", other), event)
            else:
                yield Settled(Change(event.event_id, "formed"), event)
        for event_id in sorted(set(before) - now):
            into = Counter(e.event_id for e in events for _ in before[event_id] & e.account_ids)
            heir = min(into, key=lambda e: (-into[e], e), default=None)
            yield Settled(Change(event_id, "joined" if heir else "dissolved", heir))


def events_of(accounts: Mapping[str, Account], superseded: Container[str] = ()) -> Iterator[tuple[str, Event]]:
    """What some accounts come to, each event with the name of its component: a pure function of the accounts.

    Args:
        accounts: by their ids; all that joining pairs lead to from any of them.
        superseded: ids of those that a later version of their article does not say any more.
    """
    for name, cluster in clusters(accounts, superseded):
        yield name, event_of(cluster, accounts, superseded)


def clusters(accounts: Mapping[str, Account], superseded: Container[str] = ()) -> Iterator[tuple[str, Cluster]]:
    """The clusters of some accounts, each with the name of its component: what is one event by all rules."""
    listed = [accounts[account_id] for account_id in sorted(accounts)]
    pairs = scored_pairs(listed, Blocks.of(map(keys, listed)))
    joining = pairs.joining()
    inside = numbered_components(len(listed), joining.one, joining.other)
    for component, found in zip(inside, clusters_of(listed, inside, pairs, superseded), strict=True):
        for cluster in found:
            yield listed[component[0]].account_id, cluster


def order_of(account: Account) -> tuple[str, date, str, int]:
    """What sorts accounts by when they were landed, and those of one load by when they were published."""
    published = account.published_date or date.max
    return (account.landed_at, published, account.article_version_id, account.statements[0].trigger[0])


def event_of(cluster: Cluster, accounts: Mapping[str, Account], superseded: Container[str]) -> Event:
    """The event that a cluster is."""
    joined = {j.account_id: j for j in cluster.joined}
    members: list[Member] = []
    for account in sorted((accounts[i] for i in cluster.account_ids), key=order_of):
        is_superseded, is_doubtful = account.account_id in superseded, account.account_id in cluster.doubtful
        j = joined.get(account.account_id)
        if j is None or not members:
            members.append(Member(account, is_superseded, is_doubtful=is_doubtful))
        else:
            members.append(Member(account, is_superseded, j.other_id, j.score, j.rule_id, is_doubtful))
    first = members[0].account
    return Event(_event_id(first), tuple(members))


def _event_id(first: Account) -> str:
    if is_of_claims(first):
        return OF_CLAIMS + identity(first.account_id)
    # not of its mention's id: the event keeps its own when a newer extractor reads the article anew
    return identity("event", first.article_version_id, first.statements[0].trigger[0])
