"""One step of resolving: the accounts that a load brings and takes away, and the events that come of them.

Belongs here: which components a load touches, doing them anew, the identity of events and what became of
those of before. Does not belong here: the comparison (``scoring``), files (``steps``), what an event's
statements are to each other (``relations``).

What comes out depends on the accounts that stand, not on the loads that brought them: a component is all
accounts that joining pairs lead to, and is clustered anew whenever one of them comes or goes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from ingest.resolve.answers import is_answer
from ingest.resolve.blocking import pairs, told_counts
from ingest.resolve.clustering import Cluster, Pair, agglomerate, components, with_doubts
from ingest.resolve.index import Index
from ingest.resolve.matters import is_matter
from ingest.resolve.model import Account, Event, Member
from ingest.resolve.quotations import is_quotation
from ingest.resolve.scoring import Likeness, compare
from ingest.resolve.stories import is_bare
from ingest.tables import identity

OF_CLAIMS = "claims-"  # how the ids of groups of claims begin, which are no events
_COMPONENTS_AT_ONCE = 500
_MOST_COMPARED = 1_000_000


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
        self._compared: dict[Pair, Likeness] = {}  # as many as memory allows, for these are most of the work
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
        met = pairs([*accounts, *(account for account, _ in kept)], touching=new, keys_of=self._index.keys)
        if len(self._compared) > _MOST_COMPARED:
            self._compared.clear()
        for one, other in met:
            a, b = self._find(component[one.account_id]), self._find(component[other.account_id])
            if a == b:
                continue
            likeness = compare(one, other)
            if len(self._compared) <= _MOST_COMPARED:
                self._compared[one.account_id, other.account_id] = likeness
            if likeness.joins:
                kept_name, gone = sorted((a, b))
                self._root[gone] = kept_name
                self._touched |= dict.fromkeys((kept_name, gone))

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
            for name in sorted(groups):
                for settled in self._settle(groups[name], rows):
                    seen.add(settled.change.event_id)
                    yield settled
            self._index.place(rows)
        for event_id in sorted(self._former - seen - self._standing(self._former)):
            yield Settled(Change(event_id, "dissolved"))

    def _standing(self, event_ids: Iterable[str]) -> set[str]:
        return self._index.standing(event_ids)

    def _settle(
        self, group: list[tuple[Account, str | None, bool]], rows: list[tuple[str, str | None, str]]
    ) -> Iterator[Settled]:
        """Do one component anew; ``rows`` takes the component and the event of each account."""
        accounts = {account.account_id: account for account, _, _ in group}
        superseded = {account.account_id for account, _, is_superseded in group if is_superseded}
        before: dict[str, set[str]] = defaultdict(set)
        for account, event_id, _ in group:
            if event_id:
                before[event_id].add(account.account_id)
        told = []
        for name, event in events_of(accounts, superseded, self._compared):
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


def events_of(
    accounts: dict[str, Account], superseded: Container[str], known: Mapping[Pair, Likeness] | None = None
) -> Iterator[tuple[str, Event]]:
    """What some accounts come to, each event with the name of its component: a pure function of the accounts.

    Args:
        accounts: by their ids; all that joining pairs lead to from any of them.
        superseded: ids of those that a later version of their article does not say any more.
        known: pairs of accounts that were compared before, smaller id first.
    """
    for name, cluster in clusters(accounts, known or {}, superseded):
        yield name, _event(cluster, accounts, superseded)


def clusters(
    accounts: dict[str, Account], known: Mapping[Pair, Likeness] | None = None, superseded: Container[str] = ()
) -> Iterator[tuple[str, Cluster]]:
    """The clusters of some accounts, each with the name of its component: what is one event by all rules."""
    if len(accounts) == 1:  # as most do
        yield (alone := next(iter(accounts))), Cluster((alone,))
        return
    scored = score_all(accounts.values(), known or {})
    joining = [pair for pair, likeness in scored.items() if likeness.joins]

    @cache
    def likeness_of(pair: Pair) -> Likeness:
        return compare(accounts[pair[0]], accounts[pair[1]])

    inside = components(accounts, joining)
    home = {account_id: component[0] for component in inside for account_id in component}
    within: dict[str, dict[Pair, Likeness]] = defaultdict(dict)
    for pair, likeness in scored.items():
        if home[pair[0]] == home[pair[1]]:
            within[home[pair[0]]][pair] = likeness
    for component in inside:
        of_these = within[component[0]]
        article_of = {i: accounts[i].article_version_id for i in component}
        found: Iterable[Cluster] = agglomerate(article_of, of_these, likeness_of)
        if not is_of_claims(accounts[component[0]]):
            found = with_doubts(found, article_of, of_these, likeness_of, superseded)
        for cluster in found:
            yield component[0], cluster


def score_all(accounts: Iterable[Account], known: Mapping[Pair, Likeness] | None = None) -> dict[Pair, Likeness]:
    """Every pair of accounts that share a block, compared. Copies say the same: what is equal is compared once."""
    looks: dict[object, int] = {}
    look_of: dict[str, int] = {}
    compared: dict[tuple[int, int, bool], Likeness] = {}
    scored = {}
    listed = sorted(accounts, key=lambda a: a.account_id)
    for a in listed:
        days = (a.first_date, a.last_date, a.is_dated)
        speaker = (
            (a.statements[0].voice.key, a.statements[0].is_negative, a.published_date)
            if (is_quotation(a) or is_matter(a))
            else None
        )
        look = (
            a.kinds,
            a.places,
            days,
            a.agents,
            a.targets,
            a.instruments,
            _count_look(a),
            told_counts(a),
            a.words,
            speaker,
            a.is_place_carried,
            a.names,
            a.is_many,
            a.published_date,
            a.triggers,
            a.story_names,
            a.statements[0].voice.outlet if is_bare(a) else None,
        )
        look_of[a.account_id] = looks.setdefault(look, len(looks))
    for one, other in pairs(listed):
        pair = (one.account_id, other.account_id)
        if known and (likeness := known.get(pair)) is not None:
            scored[pair] = likeness
            continue
        first, second = sorted((look_of[one.account_id], look_of[other.account_id]))
        key = (first, second, one.article_version_id == other.article_version_id)
        likeness = compared.get(key)
        if likeness is None:
            likeness = compared[key] = compare(one, other)
        scored[pair] = likeness
    return scored


def _count_look(account: Account) -> tuple[object, ...]:
    return tuple((c.role, c.scope, c.low, c.high) for c in account.counts)


def order_of(account: Account) -> tuple[str, date, str, int]:
    """What sorts accounts by when they were landed, and those of one load by when they were published."""
    published = account.published_date or date.max
    return (account.landed_at, published, account.article_version_id, account.statements[0].trigger[0])


def _event(cluster: Cluster, accounts: dict[str, Account], superseded: Container[str]) -> Event:
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
