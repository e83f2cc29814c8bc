"""From scored pairs to events: agglomeration that a conflict stops.

Belongs here: joining accounts by their scored pairs, the same whatever order they come in. Does not belong
here: the scores (``scoring``), which accounts are looked at in a run (``events``).

Pairs are taken from the best score down. Two clusters become one where no account of the one conflicts with an
account of the other, and where their articles are alike on average: so an account that fits two happenings does not
make them one, as it would if every pair over a threshold were enough. Of two articles the most alike accounts count:
what else an article tells of a happening, by the way, says neither where nor when.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from ingest.resolve.joining.batch_scoring import NEVER, Numbers, Pairs, score_of_pair
from ingest.resolve.joining.conflicts import Bits, Conflicts, Sets
from ingest.resolve.joining.features import whole
from ingest.resolve.joining.scoring import compare, is_of_rule, signs_of
from ingest.resolve.joining.stories import is_bare, publisher_of
from ingest.resolve.kinds import limits
from ingest.resolve.model import Account
from ingest.values import value

Pair = tuple[str, str]

_MOST_OF_TABLE = 40_000_000  # scores of one component that are laid out as a table, 4 bytes each
_UNKNOWN = np.iinfo(np.int32).min
_NEVER_IN_TABLE = _UNKNOWN + 1  # the score of two that cannot be one


@value(frozen=True, slots=True)
class Joined:
    """Why an account is in its cluster: by its best pair there, with what other account."""

    account_id: str
    other_id: str
    score: float
    rule_id: str


@value(frozen=True, slots=True)
class Cluster:
    """Accounts of one event, sorted, and by which pair each was joined; one alone has no pair.

    ``doubtful`` are those of which it is less sure that they tell of the same as most articles of the cluster.
    """

    account_ids: tuple[str, ...]
    joined: tuple[Joined, ...] = ()
    doubtful: frozenset[str] = frozenset()


def components(account_ids: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """Accounts that joining pairs lead to one another, each component sorted, in order of their first."""
    listed = sorted(account_ids)
    number_of = {account_id: number for number, account_id in enumerate(listed)}
    numbered = np.array([(number_of[one], number_of[other]) for one, other in pairs], dtype=np.int64).reshape(-1, 2)
    found = numbered_components(len(listed), numbered[:, 0], numbered[:, 1])
    return [[listed[number] for number in component] for component in found]


def numbered_components(many: int, one: Numbers, other: Numbers) -> list[list[int]]:
    """The same for numbers from 0 to less than ``many``, of which each pair is two."""
    first = np.arange(many)  # of the component, as far as the pairs looked at tell
    while len(one):
        a, b = first[one], first[other]
        np.minimum.at(first, np.maximum(a, b), np.minimum(a, b))
        while (above := first[first]).tobytes() != first.tobytes():
            first = above
        apart = first[one] != first[other]
        one, other = one[apart], other[apart]
    order = np.argsort(first, kind="stable")
    cuts = [0, *(np.flatnonzero(np.diff(first[order])) + 1).tolist(), many]
    return [order[start:end].tolist() for start, end in pairwise(cuts)] if many else []


class Scored:
    """Accounts that are told by their places in a list, and the scores of pairs of them, as ``batch_scoring`` has them.

    The pairs that are given share a block. An account that says no more than the country may be of a cluster by its
    count alone, and shares no block with the others: such pairs are scored when they are asked for.
    """

    def __init__(self, accounts: Sequence[Account], pairs: Pairs) -> None:
        """Of each pair the smaller number is the first."""
        self.accounts = accounts
        self.pairs = pairs
        versions: dict[str, int] = {}
        self.article_of = [versions.setdefault(a.article_version_id, len(versions)) for a in accounts]
        self._table: NDArray[np.int32] | None = None  # all against all, unless that were too large
        self._keys: Numbers | None = None  # else of the pairs, sorted
        self._scores = pairs.score  # in their order
        self._asked: dict[int, int] = {}

    def among(self, groups: Sequence[Sequence[int]]) -> Iterator[tuple[int, Scored]]:
        """Each group of several accounts, by its place in the list, with the pairs inside it."""
        # numbers of few bits are sorted many times faster; the last one is that of no group
        group_of = np.full(len(self.accounts), len(groups), dtype=np.min_scalar_type(len(groups)))
        place_of = np.zeros(len(self.accounts), dtype=np.int64)
        for n, group in enumerate(groups):
            if len(group) > 1:
                group_of[group] = n
                place_of[group] = np.arange(len(group))
        of_pair = group_of[self.pairs.one]
        inside = np.flatnonzero((of_pair == group_of[self.pairs.other]) & (of_pair < len(groups)))
        inside = inside[np.argsort(of_pair[inside], kind="stable")]
        pairs, of_pair = self.pairs.at(inside), of_pair[inside]
        pairs = Pairs(place_of[pairs.one], place_of[pairs.other], pairs.score, pairs.handicap)
        starts = np.flatnonzero(np.diff(of_pair)) + 1
        for start, end in pairwise([0, *starts.tolist(), len(inside)] if len(inside) else ()):
            n = int(of_pair[start])
            yield n, Scored([self.accounts[number] for number in groups[n]], pairs.at(slice(start, end)))

    def joining(self, least: int) -> list[tuple[int, int, int]]:
        """The pairs that reach a score, with their scores, from the best down, less their handicap.

        What its story alone joins may conflict with most of a happening that is told of it, and a trial that names a
        victim with all that was told on the day of the death.
        """
        found = self.pairs.at(self.pairs.score >= least)
        found = found.at(np.lexsort((found.other, found.one, found.handicap - found.score)))
        return list(zip(found.one.tolist(), found.other.tolist(), found.score.tolist(), strict=True))

    def between(self, ours: Sequence[int], theirs: Sequence[int]) -> NDArray[np.int32] | Numbers | None:
        """The scores of all pairs of two clusters, a row for each of ours; None where a pair conflicts."""
        if self._table is None and self._keys is None:
            self._lay_out()
        if self._table is not None:
            return self._between_of_table(ours, theirs)
        assert self._keys is not None
        a, b = np.array(ours)[:, None], np.array(theirs)[None, :]
        key = (np.minimum(a, b) << 32 | np.maximum(a, b)).ravel()
        at = self._keys.searchsorted(key)
        at[at == len(self._keys)] = 0
        found: Numbers = self._scores[at]
        is_other = self._keys[at] != key
        if (found[~is_other] == NEVER).any():
            return None
        for n in np.flatnonzero(is_other).tolist():
            if (score := self._asked_for(int(key[n]))) == NEVER:
                return None
            found[n] = score
        return found.reshape(len(ours), len(theirs))

    def conflicts(self) -> Conflicts:
        """The conflicts that are known before any two clusters are looked at: by the pairs given and by the publisher.

        Of very many accounts none is.
        """
        many = len(self.accounts)
        if many * many > _MOST_OF_TABLE:
            return Sets()
        found = np.zeros((many, many), dtype=bool)
        never = self.pairs.at(self.pairs.score == NEVER)
        found[never.one, never.other] = found[never.other, never.one] = True
        given = [int.from_bytes(row.tobytes(), "little") for row in np.packbits(found, axis=1, bitorder="little")]
        return Bits([ours | theirs for ours, theirs in zip(given, _foes_of_one_publisher(self.accounts), strict=True)])

    def _lay_out(self) -> None:
        """Put the scores into a table, or sort the pairs where that were too large."""
        one, other, many = self.pairs.one, self.pairs.other, len(self.accounts)
        if many * many > _MOST_OF_TABLE:
            keys = one << 32 | other
            order = np.argsort(keys)
            self._keys, self._scores = keys[order], self.pairs.score[order]
            return
        score = np.maximum(self.pairs.score, _NEVER_IN_TABLE).astype(np.int32)
        self._table = np.full((many, many), _UNKNOWN, dtype=np.int32)
        self._table[one, other] = self._table[other, one] = score

    def _between_of_table(self, ours: Sequence[int], theirs: Sequence[int]) -> NDArray[np.int32] | None:
        assert self._table is not None
        found: NDArray[np.int32] = self._table[np.array(ours)[:, None], theirs]
        if found.min() > _NEVER_IN_TABLE:
            return found
        if (found == _NEVER_IN_TABLE).any():
            return None
        for n, m in np.argwhere(found == _UNKNOWN).tolist():
            one, other = sorted((ours[n], theirs[m]))
            score = max(score_of_pair(self.accounts[one], self.accounts[other]), _NEVER_IN_TABLE)
            self._table[one, other] = self._table[other, one] = found[n, m] = score
            if score == _NEVER_IN_TABLE:
                return None
        return found

    def _asked_for(self, key: int) -> int:
        score = self._asked.get(key)
        if score is None:
            score = score_of_pair(self.accounts[key >> 32], self.accounts[key & 0xFFFFFFFF])
            self._asked[key] = score
        return score


def _foes_of_one_publisher(accounts: Sequence[Account]) -> list[int]:
    """Whom each account conflicts with because one publisher tells both in two articles, and of one not where or when.

    ``compare`` finds the same of each pair. Most conflicts of pairs that share no block are of this kind.
    """
    of_publisher: dict[str, int] = defaultdict(int)
    of_article: dict[str, int] = defaultdict(int)
    of_sign: dict[str, int] = defaultdict(int)
    are_bare = 0
    compared = [(n, a, who) for n, a in enumerate(accounts) if not is_of_rule(a) and (who := publisher_of(a))]
    for n, account, publisher in compared:
        of_publisher[publisher] |= 1 << n
        of_article[account.article_version_id] |= 1 << n
        for sign in signs_of(account):
            of_sign[sign] |= 1 << n
        are_bare |= is_bare(account) << n
    foes = [0] * len(accounts)
    for n, account, publisher in compared:
        others = of_publisher[publisher] & ~of_article[account.article_version_id]
        for sign in signs_of(account):
            others &= ~of_sign[sign]  # which may join them
        foes[n] = others if is_bare(account) else others & are_bare
    return foes


def clustered(
    components: Sequence[Sequence[int]],
    scored: Scored,
    superseded: Container[str] = (),
    has_doubts: Callable[[Account], bool] = lambda account: True,
) -> Iterator[list[Cluster]]:
    """The clusters of each component of numbered accounts, or of several taken together."""
    accounts = scored.accounts
    groups = [[[number] for number in component] for component in components]
    best: dict[int, int] = {}
    for n, inside in scored.among(components):
        found, joined_by = agglomerate(inside)
        groups[n] = [[components[n][place] for place in places] for places in found]
        best |= {components[n][one]: components[n][other] for one, other in joined_by.items()}
    doubted = [group for found in groups for group in found if has_doubts(accounts[group[0]])]
    doubtful: set[int] = set()
    for n, inside in scored.among(doubted):
        doubtful |= {doubted[n][place] for place in _doubtful(inside, superseded)}
    for found in groups:
        yield [_cluster(group, accounts, best, doubtful) for group in found]


def _cluster(
    group: list[int], accounts: Sequence[Account], best: Mapping[int, int], doubtful: Container[int]
) -> Cluster:
    ids = tuple(accounts[number].account_id for number in group)
    joined = tuple(_joined(accounts[number], accounts[best[number]]) for number in group if number in best)
    return Cluster(ids, joined, frozenset(accounts[number].account_id for number in group if number in doubtful))


def _joined(one: Account, other: Account) -> Joined:
    likeness = compare(*sorted((one, other), key=attrgetter("account_id")))
    return Joined(one.account_id, other.account_id, likeness.score, likeness.rule_id)


def agglomerate(scored: Scored, least: str = "least") -> tuple[list[list[int]], dict[int, int]]:
    """The clusters of some accounts, and the account that each of those that are not alone is joined by.

    ``least`` names the limits of the score and of the mean.
    """
    least_score, least_mean = (whole(limits()[f"{least}_{name}"]) for name in ("score", "mean"))
    clusters = {number: [number] for number in range(len(scored.accounts))}
    best: dict[int, int] = {}
    home = list(clusters)
    conflicts = scored.conflicts()
    apart: set[tuple[int, int, int, int]] = set()
    for one, other, score in scored.joining(least_score):
        if (kept := home[one]) != (gone := home[other]):
            if conflicts.has(kept, gone):
                continue
            if kept > gone:
                kept, gone = gone, kept
            # two clusters that were kept apart stay so until one of them has grown
            tried = (kept, gone, len(clusters[kept]), len(clusters[gone]))
            if tried in apart:
                continue
            are_single = len(clusters[kept]) == len(clusters[gone]) == 1
            mean = score if are_single else _mean_score(clusters[kept], clusters[gone], scored)
            if mean is None:
                conflicts.add(kept, gone)
                continue
            if mean < least_mean:
                apart.add(tried)
                continue
            for number in clusters[gone]:
                home[number] = kept
            clusters[kept] += clusters.pop(gone)
            conflicts.merge(kept, gone)
        # pairs come from the best down: the first inside a cluster is the best
        best.setdefault(one, other)
        best.setdefault(other, one)
    return sorted(map(sorted, clusters.values())), best


def _mean_score(ours: Sequence[int], theirs: Sequence[int], scored: Scored) -> float | None:
    """The mean over all pairs of articles of two clusters, each by its best pair; None where a pair conflicts."""
    found = scored.between(ours, theirs)
    if found is None:
        return None
    rows, columns = ([scored.article_of[number] for number in numbers] for numbers in (ours, theirs))
    found = _best_of_each(_best_of_each(found, rows).T, columns)
    return int(found.sum(dtype=np.int64)) / found.size


def _best_of_each(scores: NDArray[np.int32] | Numbers, articles: list[int]) -> NDArray[np.int32] | Numbers:
    """The best row of each article."""
    if len(set(articles)) == len(articles):
        return scores
    numbers = {article: n for n, article in enumerate(dict.fromkeys(articles))}
    best = np.full((len(numbers), scores.shape[1]), np.iinfo(scores.dtype).min, dtype=scores.dtype)
    np.maximum.at(best, [numbers[article] for article in articles], scores)
    return best


def _doubtful(scored: Scored, superseded: Container[str]) -> set[int]:
    """Those of a cluster that are not alike enough to those of most articles.

    What an article does not say any more is no reason to doubt what others say.
    """

    def standing(part: list[int]) -> tuple[int, int]:
        still = (number for number in part if scored.accounts[number].account_id not in superseded)
        return len({scored.article_of[number] for number in still}), len(part)

    parts, _ = agglomerate(scored, "sure")
    sure = max(parts, key=standing)
    return set(range(len(scored.accounts))) - set(sure)
