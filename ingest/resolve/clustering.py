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
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ingest.resolve.kinds import limits
from ingest.resolve.scoring import STORY, Likeness

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Joined:
    """Why an account is in its cluster: by its best pair there, with what other account."""

    account_id: str
    other_id: str
    score: float
    rule_id: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Accounts of one event, sorted, and by which pair each was joined; one alone has no pair.

    ``doubtful`` are those of which it is less sure that they tell of the same as most articles of the cluster.
    """

    account_ids: tuple[str, ...]
    joined: tuple[Joined, ...] = ()
    doubtful: frozenset[str] = frozenset()


def components(account_ids: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """Accounts that joining pairs lead to one another, each component sorted, in order of their first."""
    root = {account_id: account_id for account_id in account_ids}

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for one, other in pairs:
        a, b = sorted((find(one), find(other)))
        root[b] = a
    groups: dict[str, list[str]] = defaultdict(list)
    for account_id in sorted(root):
        groups[find(account_id)].append(account_id)
    return sorted(groups.values())


def agglomerate(
    article_of: Mapping[str, str],
    scored: Mapping[Pair, Likeness],
    likeness_of: Callable[[Pair], Likeness],
    least: str = "least",
) -> list[Cluster]:
    """The clusters of one component: of the accounts that ``article_of`` has, each with the version it stands in.

    ``scored`` has each pair that shares a block, smaller id first. ``likeness_of`` compares a pair that shares none:
    an account that says no more than the country may be of a cluster by its count alone, and shares no block with the
    others. ``least`` names the limits of the score and of the mean.
    """
    least_score, least_mean = limits()[f"{least}_score"], limits()[f"{least}_mean"]
    members = {account_id: [account_id] for account_id in sorted(article_of)}
    home = {account_id: account_id for account_id in members}
    best: dict[str, Joined] = {}
    apart: set[tuple[str, str, int, int]] = set()
    joining = [
        (pair, likeness) for pair, likeness in scored.items() if likeness.reaches(least_score) and pair[0] in home
    ]
    for (one, other), likeness in sorted(joining, key=_surest_first):
        if home[one] != home[other]:
            kept, gone = sorted((home[one], home[other]))
            # two clusters that were kept apart stay so until one of them has grown
            tried = (kept, gone, len(members[kept]), len(members[gone]))
            if tried in apart:
                continue
            mean = _mean_score(members[kept], members[gone], article_of, scored, likeness_of)
            if mean is None or mean < least_mean:
                apart.add(tried)
                continue
            for account_id in members[gone]:
                home[account_id] = kept
            members[kept] += members.pop(gone)
        # pairs come from the best down: the first inside a cluster is the best
        best.setdefault(one, Joined(one, other, likeness.score, likeness.rule_id))
        best.setdefault(other, Joined(other, one, likeness.score, likeness.rule_id))
    clusters = []
    for group in members.values():
        ids = tuple(sorted(group))
        clusters.append(Cluster(ids, tuple(best[i] for i in ids if i in best)))
    return sorted(clusters, key=lambda c: c.account_ids)


def _surest_first(scored: tuple[Pair, Likeness]) -> tuple[float, Pair]:
    """What sorts pairs, from the best down; a pair that its story joins goes behind one that says where and when.

    What is joined by its story alone may conflict with most of a happening that is told of it.
    """
    pair, likeness = scored
    handicap = limits()["story_handicap"] if likeness.rule_id == STORY else 0.0
    return handicap - likeness.score, pair


def with_doubts(
    clusters: Iterable[Cluster],
    article_of: Mapping[str, str],
    scored: Mapping[Pair, Likeness],
    likeness_of: Callable[[Pair], Likeness],
    superseded: Container[str] = (),
) -> Iterator[Cluster]:
    """The clusters of a component, with doubt of the accounts that are not alike enough to those of most articles.

    What an article does not say any more is no reason to doubt what others say.
    """
    found = list(clusters)
    home = {account_id: n for n, c in enumerate(found) if len(c.account_ids) > 1 for account_id in c.account_ids}
    within: dict[int, dict[Pair, Likeness]] = defaultdict(dict)
    for pair, likeness in scored.items():
        if (n := home.get(pair[0])) is not None and n == home.get(pair[1]):
            within[n][pair] = likeness
    for n, cluster in enumerate(found):
        if len(cluster.account_ids) < 2:
            yield cluster
            continue
        inside = {account_id: article_of[account_id] for account_id in cluster.account_ids}
        parts = agglomerate(inside, within[n], likeness_of, "sure")
        sure = max(parts, key=lambda part: (_standing(part, article_of, superseded), len(part.account_ids)))
        yield replace(cluster, doubtful=frozenset(cluster.account_ids) - frozenset(sure.account_ids))


def _standing(part: Cluster, article_of: Mapping[str, str], superseded: Container[str]) -> int:
    """How many articles still say what is in a part of a cluster."""
    return len({article_of[i] for i in part.account_ids if i not in superseded})


def _mean_score(
    ours: list[str],
    theirs: list[str],
    article_of: Mapping[str, str],
    scored: Mapping[Pair, Likeness],
    likeness_of: Callable[[Pair], Likeness],
) -> float | None:
    """The mean over all pairs of articles of two clusters, each by its best pair; None where a pair conflicts."""
    best: dict[Pair, float] = {}
    for one in ours:
        for other in theirs:
            pair = (one, other) if one < other else (other, one)
            likeness = scored.get(pair) or likeness_of(pair)
            if likeness.forbids is not None:
                return None
            articles = (article_of[one], article_of[other])
            best[articles] = max(best.get(articles, likeness.score), likeness.score)
    return sum(best.values()) / len(best)
