"""One step of resolving: the accounts that a load brings and takes away, and the events that come of them.

Belongs here: which components a load touches, doing them anew, the identity of events and what became of
those of before. Does not belong here: the comparison (``scoring``), files (``steps``), what an event's
statements are to each other (``relations``).

What comes out depends on the accounts that stand, not on the loads that brought them: a component is all
accounts that joining pairs lead to, and is clustered anew whenever one of them comes or goes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import numpy as np

from ingest.resolve.answers import is_answer
from ingest.resolve.blocking import Key, keys, numbered_pairs
from ingest.resolve.clustering import Cluster, Scored, clustered, numbered_components
from ingest.resolve.columns import Columns, least_score
from ingest.resolve.index import Index
from ingest.resolve.matters import is_matter
from ingest.resolve.model import Account, Event, Member
from ingest.resolve.quotations import is_quotation
from ingest.tables import identity

OF_CLAIMS = "claims-"  # how the ids of groups of claims begin, which are no events
_COMPONENTS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Change:
    """What a step did to an event: ``formed``, ``changed``, ``renamed``, ``split``, ``joined`` or ``dissolved``."""

    event_id: str
    change: str
    other_event_id: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """An event that a step changed, or the end of one: then there is no event."""

    change: Change
    event: Event | None = None


class EventStep:
    """The events of one load, over the index of all loads before it."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._touched: dict[str, None] = {}  # components, in the order in which their accounts came
        self._root: dict[str, str] = {}
        self._former: set[str] = set()  # events of accounts that are gone
        self._superseded_articles: set[str] = set()

    def withdraw(self, version_ids: Iterable[str]) -> None:
        """Forget what an earlier extraction found in these article versions."""
        for component, event_id in self._index.remove(version_ids):
            self._touched[component] = None
            if event_id:
                self._former.add(event_id)

    def supersede(self, versions: Iterable[tuple[str, str, str]]) -> None:
        """Let only the current versions of these articles say what they say.

        ``versions`` are triples of article, version and what sorts the versions of an article.
        """
        articles = self._index.follow(versions)
        self._touched |= dict.fromkeys(self._index.supersede(articles))
        self._superseded_articles |= {article_id for article_id, _ in articles}

    def add(self, accounts: Sequence[Account]) -> None:
        """Take in new accounts, and find the components that they join."""
        kept = list(self._index.accounts(self._index.met_by(accounts)))
        self._index.add(accounts)
        component = {account.account_id: name for account, name in kept}
        component |= {account.account_id: account.account_id for account in accounts}
        new = {account.account_id for account in accounts}
        self._touched |= dict.fromkeys(account.account_id for account in accounts)
        listed = sorted([*accounts, *(account for account, _ in kept)], key=lambda a: a.account_id)
        columns, names = Columns(listed), [component[a.account_id] for a in listed]
        is_new = np.array([a.account_id in new for a in listed], dtype=bool)
        for one, other in numbered_pairs(map(self._index.keys, listed), touching=is_new):
            # what has come together needs no comparison to be of one component
            numbers: dict[str, int] = {}
            home = np.array([numbers.setdefault(self._find(name), len(numbers)) for name in names])
            apart = home[one] != home[other]
            one, other = one[apart], other[apart]
            score, _ = columns.scores(one, other)
            joins = score >= least_score()
            for a, b in zip(one[joins].tolist(), other[joins].tolist(), strict=True):
                self._join(names[a], names[b])

    def _join(self, one: str, other: str) -> None:
        kept, gone = sorted((self._find(one), self._find(other)))
        if kept != gone:
            self._root[gone] = kept
            self._touched |= dict.fromkeys((kept, gone))

    def _find(self, name: str) -> str:
        while (above := self._root.get(name, name)) != name:
            name = above
        return name

    def settle(self) -> Iterator[Settled]:
        """Do every touched component anew; what did not change is left out."""
        self._index.set_component((self._find(name), name) for name in sorted(self._root))
        # not sorted: accounts that came together lie together in the index
        names = iter(dict.fromkeys(self._find(name) for name in self._touched))
        seen: set[str] = set()
        while chunk := list(islice(names, _COMPONENTS_AT_ONCE)):
            groups: dict[str, list[tuple[Account, str | None, bool]]] = defaultdict(list)
            for account, name, event_id, is_superseded in self._index.in_components(chunk):
                groups[name].append((account, event_id, is_superseded))
            rows: list[tuple[str, str | None, str]] = []
            for name, events in self._events(groups):
                for settled in self._settle(groups[name], events, rows):
                    seen.add(settled.change.event_id)
                    yield settled
            self._index.place(rows)
        for event_id in sorted(self._former - seen - self._standing(self._former)):
            yield Settled(Change(event_id, "dissolved"))

    def _standing(self, event_ids: Iterable[str]) -> set[str]:
        return self._index.standing(event_ids)

    def _events(
        self, groups: Mapping[str, list[tuple[Account, str | None, bool]]]
    ) -> Iterator[tuple[str, list[tuple[str, Event]]]]:
        """What each component comes to, with the name of the component that each event is in from now on."""
        home = {account.account_id: name for name, group in groups.items() for account, _, _ in group}
        accounts = {account.account_id: account for group in groups.values() for account, _, _ in group}
        superseded = {a.account_id for group in groups.values() for a, _, is_superseded in group if is_superseded}
        found: dict[str, list[tuple[str, Event]]] = {name: [] for name in sorted(groups)}
        among = clusters(accounts, superseded, lambda account: home[account.account_id], self._index.keys)
        for name, cluster in among:
            found[home[cluster.account_ids[0]]].append((name, _event(cluster, accounts, superseded)))
        yield from found.items()

    def _settle(
        self,
        group: list[tuple[Account, str | None, bool]],
        events: Iterable[tuple[str, Event]],
        rows: list[tuple[str, str | None, str]],
    ) -> Iterator[Settled]:
        """What became of a component; ``rows`` takes the component and the event of each account."""
        before: dict[str, set[str]] = defaultdict(set)
        for account, event_id, _ in group:
            if event_id:
                before[event_id].add(account.account_id)
        told = []
        for name, event in events:
            if event.is_told:
                told.append(event)
            rows += [(name, event.event_id if event.is_told else None, i) for i in sorted(event.account_ids)]
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
        yield name, _event(cluster, accounts, superseded)


def clusters(
    accounts: Mapping[str, Account],
    superseded: Container[str] = (),
    group_of: Callable[[Account], str] | None = None,
    keys_of: Callable[[Account], frozenset[Key]] = keys,
) -> Iterator[tuple[str, Cluster]]:
    """The clusters of some accounts, each with the name of its component: what is one event by all rules.

    Accounts of two groups do not meet.
    """
    listed = [accounts[account_id] for account_id in sorted(accounts)]
    columns = Columns(listed)
    if group_of is None:
        blocks: Iterable[Iterable[tuple[Hashable, bool]]] = map(keys_of, listed)
    else:
        blocks = ([((group_of(a), key), is_whole) for key, is_whole in keys_of(a)] for a in listed)
    none = np.zeros(0, dtype=np.int64)
    found = [(none, none, none, np.zeros(0, dtype=bool))]
    found += [(one, other, *columns.scores(one, other)) for one, other in numbered_pairs(blocks)]
    one, other, score = (np.concatenate([chunk[n] for chunk in found]) for n in range(3))
    is_story = np.concatenate([chunk[3] for chunk in found])
    joining = np.flatnonzero(score >= least_score())
    inside = numbered_components(len(listed), zip(one[joining].tolist(), other[joining].tolist(), strict=True))
    scored = Scored(listed, one, other, score, is_story)
    of_each = clustered(inside, scored, superseded, lambda account: not is_of_claims(account))
    for component, of_component in zip(inside, of_each, strict=True):
        for cluster in of_component:
            yield listed[component[0]].account_id, cluster


def order_of(account: Account) -> tuple[str, date, str, int]:
    """What sorts accounts by when they were landed, and those of one load by when they were published."""
    published = account.published_date or date.max
    return (account.landed_at, published, account.article_version_id, account.statements[0].trigger[0])


def _event(cluster: Cluster, accounts: Mapping[str, Account], superseded: Container[str]) -> Event:
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


def is_of_claims(account: Account) -> bool:
    """True of what relates claims without being an event: quotations, statements in like words, stated denials."""
    return is_quotation(account) or is_matter(account) or is_answer(account)


def _event_id(first: Account) -> str:
    if is_of_claims(first):
        return OF_CLAIMS + identity(first.account_id)
    # not of its mention's id: the event keeps its own when a newer extractor reads the article anew
    return identity("event", first.article_version_id, first.statements[0].trigger[0])
