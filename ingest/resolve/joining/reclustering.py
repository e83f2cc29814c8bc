"""Which accounts of the index a step clusters anew, and the clusters that they come to.

Belongs here: how far what comes and goes can change anything, and clustering that much. Does not belong here: how
pairs become clusters (``clustering``), what becomes of the events (``events``), what the index keeps (``index``).

Clustering goes through the joining pairs from the best down, and a pair that is refused changes nothing. So a cluster
is made by the pairs inside it alone, and the clusters of before are those of now wherever each pair between two of them
is refused as it was. That holds for any two that are as they were. A *region* is therefore enough if it holds, whole,
all clusters that a joining pair leads to from one that changed in it: it grows until it does. A region that no pair
leads out of needs no such look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import count

import numpy as np

from ingest.resolve.accounts.answers import is_answer
from ingest.resolve.accounts.paraphrases import is_paraphrase
from ingest.resolve.accounts.quotations import is_quotation
from ingest.resolve.joining.batch_scoring import Columns, Numbers, Pairs
from ingest.resolve.joining.clustering import Cluster, Scored, clustered, numbered_components
from ingest.resolve.joining.index import Index, Kept
from ingest.resolve.joining.pairing import Blocks, numbered_pairs
from ingest.resolve.model import Account

_ACCOUNTS_AT_ONCE = 4_000
_PAIRS_AT_HAND = 5_000_000  # scores of a step that are kept for its clustering, 25 bytes each

_ROUNDS_OF_NEIGHBOURS = 3

Region = set[int]
Clustered = tuple[list[Kept], list[Cluster]]


class Regions:
    """The regions of one step. ``new`` are numbers of accounts, ``damaged`` clusters that lost some, ``marked`` those
    of which an account is no longer said."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.new: list[int] = []
        self.damaged: set[int] = set()
        self.marked: set[int] = set()
        self._pairs: list[Pairs] = []
        self._joining: list[Pairs] = []
        self._are_at_hand = True

    def add(self, pairs: Pairs) -> None:
        """Take in pairs of which one is new, by the numbers of the index."""
        self._joining.append(pairs.joining())
        self._pairs.append(pairs)
        if sum(len(pairs.one) for pairs in self._pairs) > _PAIRS_AT_HAND:
            self._pairs.clear()
            self._are_at_hand = False

    def clusters(self) -> Iterator[Clustered]:
        """The clusters that came, changed or hold what is marked, many at a time, with their accounts."""
        joining = Pairs.of(self._joining)
        self._index.join(joining.one, joining.other)
        closed, open_ones = self._first(joining)
        first_new = self.new[0] if self.new else 0
        fresh = [region for region in closed if region[0] >= first_new] if self._are_at_hand and self.new else []
        others = [region for region in closed if region[0] < first_new] if fresh else closed
        yield from self._of_fresh(fresh, first_new)
        for chunk in _chunks(others):
            for kept, found in self._clustered(chunk):
                yield self._changed(kept, found, are_marked=True)
        yield from self._of_open(open_ones)

    def _first(self, joining: Pairs) -> tuple[list[list[int]], list[Region]]:
        """The regions that a step begins with, each sorted: those that no pair leads out of, and the others."""
        ends = np.concatenate([joining.one, joining.other])
        first_new = self.new[0] if self.new else 0
        near = np.unique(ends[ends < first_new]).tolist()
        old = self._index.members(self.damaged | self.marked) | self._index.whole(near)
        for number in old.keys() & set(self.new):
            del old[number]
        members = np.array([*sorted(old), *self.new], dtype=np.int64)
        if not len(members):
            return [], []
        around = self._index.joined(old)
        # what was one cluster stays together, whatever it has lost: its event becomes one of theirs
        first_of = {cluster: number for number, cluster in reversed(old.items())}
        were_one = np.array([(first_of[cluster], number) for number, cluster in old.items()]).reshape(-1, 2)
        ones = [joining.one, were_one[:, 0], *(np.full(len(others), n) for n, others in around.items())]
        others = [joining.other, were_one[:, 1], *around.values()]
        one, other = (np.concatenate(ends).astype(np.int64) for ends in (ones, others))
        at = [members.searchsorted(numbers).clip(max=len(members) - 1) for numbers in (one, other)]
        leads_out = members[at[1]] != other
        inside = numbered_components(len(members), at[0][~leads_out], at[1][~leads_out])
        is_open = np.zeros(len(members), dtype=bool)
        is_open[at[0][leads_out]] = True
        closed, open_ones = [], []
        for component in inside:
            numbers = members[component].tolist()
            if is_open[component].any():
                open_ones.append(set(numbers))
            else:
                closed.append(numbers)
        return closed, open_ones

    # --- regions that no pair leads out of --------------------------------------------------------

    def _of_fresh(self, regions: list[list[int]], first_new: int) -> Iterator[Clustered]:
        """The clusters of regions of new accounts alone: all their pairs were scored as these came."""
        if not regions:
            return
        # numbers of few bits are sorted many times faster; the last one is that of no region
        region_of = np.full(self.new[-1] - first_new + 2, len(regions), dtype=np.min_scalar_type(len(regions)))
        for n, region in enumerate(regions):
            region_of[np.array(region) - first_new] = n
        pairs = Pairs.of(self._pairs)
        self._pairs.clear()
        found, others = (region_of[np.maximum(ends - first_new, -1)] for ends in (pairs.one, pairs.other))
        inside = np.flatnonzero((found == others) & (found < len(regions)))
        inside = inside[np.argsort(found[inside], kind="stable")]
        pairs, found = pairs.at(inside), found[inside]
        done = 0
        for chunk in _chunks(regions):
            start, end = found.searchsorted([done, done + len(chunk)]).tolist()
            done += len(chunk)
            yield from self._clustered(chunk, pairs.at(slice(start, end)))

    # --- regions that have more around them -------------------------------------------------------

    def _of_open(self, regions: list[Region]) -> Iterator[Clustered]:
        """The changed clusters of regions that grow until nothing around them can change."""
        done: dict[int, Clustered] = {}
        standing = dict(enumerate(regions))
        region_of = {number: name for name, region in standing.items() for number in region}
        pending = dict(standing)
        for rounds in count(1):
            if not pending:
                break
            found = dict(zip(pending, self._all_clustered(list(pending.values())), strict=True))
            done |= found
            grown: set[int] = set()
            for name, changed in found.items():
                if name not in standing:
                    continue  # it has become part of another
                more = self._around(standing[name], changed, is_far=rounds > _ROUNDS_OF_NEIGHBOURS)
                if not more:
                    continue
                for other in {region_of[number] for number in more if number in region_of} - {name}:
                    more |= standing.pop(other)
                    done.pop(other, None)
                    grown.discard(other)
                standing[name] |= more
                region_of |= dict.fromkeys(more, name)
                grown.add(name)
            pending = {name: standing[name] for name in sorted(grown)}
        for name in standing:
            yield done[name]

    def _all_clustered(self, regions: list[Region]) -> Iterator[Clustered]:
        for chunk in _chunks([sorted(region) for region in regions]):
            for kept, found in self._clustered(chunk):
                yield self._changed(kept, found, are_marked=True)

    def _around(self, region: Region, found: Clustered, *, is_far: bool) -> Region:
        """The clusters outside a region, whole, that joining pairs lead to from those that changed in it."""
        kept, clusters = self._changed(*found)
        changed = {account_id for cluster in clusters for account_id in cluster.account_ids}
        numbers = [k.number for k in kept if k.account.account_id in changed]
        more = self._near(numbers, region)
        # a change that has gone this far may go on: twice as far at once, so that all rounds cost little more than one
        last = more
        while is_far and last and len(more) < len(region):
            last = self._near(last, region | more)
            more |= last
        return more

    def _near(self, numbers: Iterable[int], region: Region) -> Region:
        near = {int(n) for others in self._index.joined(numbers).values() for n in others}
        return set(self._index.whole(near - region))

    def _changed(self, kept: list[Kept], clusters: list[Cluster], *, are_marked: bool = False) -> Clustered:
        """Those of some clusters, with their accounts, that are not as they were; where asked also what is marked."""
        of_id = {k.account.account_id: k for k in kept}
        sizes = Counter(k.cluster for k in kept)
        first_new = self.new[0] if self.new else None

        def is_changed(cluster: Cluster) -> bool:
            members = [of_id[account_id] for account_id in cluster.account_ids]
            names = {k.cluster for k in members}
            if len(names) > 1 or names & self.damaged or (are_marked and names & self.marked):
                return True
            is_new = first_new is not None and any(k.number >= first_new for k in members)
            return is_new or len(members) != sizes[members[0].cluster]

        found = [cluster for cluster in clusters if is_changed(cluster)]
        ids = {account_id for cluster in found for account_id in cluster.account_ids}
        return [k for k in kept if k.account.account_id in ids], found

    # --- clustering -------------------------------------------------------------------------------

    def _clustered(self, regions: list[list[int]], pairs: Pairs | None = None) -> Iterator[Clustered]:
        """The accounts and the clusters of each region; ``pairs`` are theirs, by the numbers of the index."""
        kept = list(self._index.accounts(number for region in regions for number in region))
        listed, number_of = [k.account for k in kept], np.array([k.number for k in kept], dtype=np.int64)
        order = np.argsort(number_of)
        home = np.zeros(len(kept), dtype=np.int64)
        inside = []
        for n, region in enumerate(regions):
            at = np.sort(order[number_of.searchsorted(np.array(region), sorter=order)])
            home[at] = n
            inside.append(at.tolist())
        if pairs is None:
            pairs = scored_pairs(listed, Blocks.joined(self._index.blocks(listed)).within(home))
        else:
            pairs = _renumbered(pairs, number_of)
        superseded = {k.account.account_id for k in kept if k.is_superseded}
        of_each = clusters_of(listed, inside, pairs, superseded)
        for component, found in zip(inside, of_each, strict=True):
            yield [kept[number] for number in component], found


def _chunks(regions: Iterable[list[int]]) -> Iterator[list[list[int]]]:
    """Regions that are done together."""
    chunk: list[list[int]] = []
    many = 0
    for region in regions:
        if chunk and many + len(region) > _ACCOUNTS_AT_ONCE:
            yield chunk
            chunk, many = [], 0
        chunk.append(region)
        many += len(region)
    if chunk:
        yield chunk


def _renumbered(pairs: Pairs, number_of: Numbers) -> Pairs:
    """Pairs by their places in a list of numbers, which has both of each in their order."""
    least = number_of.min()
    place_of = np.empty(number_of.max() - least + 1, dtype=np.int64)
    place_of[number_of - least] = np.arange(len(number_of))
    return Pairs(place_of[pairs.one - least], place_of[pairs.other - least], pairs.score, pairs.handicap)


def scored_pairs(accounts: Sequence[Account], blocks: Blocks) -> Pairs:
    """All pairs of accounts that share a block."""
    columns = Columns(accounts)
    return Pairs.of([columns.scores(one, other) for one, other in numbered_pairs(blocks)])


def clusters_of(
    accounts: Sequence[Account], inside: Sequence[Sequence[int]], pairs: Pairs, superseded: Container[str]
) -> Iterator[list[Cluster]]:
    """The clusters of each component of numbered accounts."""
    return clustered(inside, Scored(accounts, pairs), superseded, lambda account: not is_of_claims(account))


def is_of_claims(account: Account) -> bool:
    """True of what relates claims without being an event: quotations, statements in like words, stated denials."""
    return is_quotation(account) or is_paraphrase(account) or is_answer(account)
