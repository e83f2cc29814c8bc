"""Many pairs of accounts compared at once: the scores of ``scoring``, by columns.

Belongs here: accounts as numbered looks, one part asked of all pairs. Does not belong here: what the parts are and
weigh (``scoring``, ``stories``, ``features``), which pairs are compared (``blocking``).

The score of a pair is the one that ``scoring.compare`` gives it, to the last digit; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.resolve.joining.features import TEN_THOUSANDTHS, Part, weighed, whole
from ingest.resolve.joining.scoring import (
    JOIN_LAST,
    MOST_NAMES,
    NEAR_TOLL,
    PARTS,
    compare,
    conflict_of_counts,
    have_near_tolls,
    is_of_rule,
    joined_by_sign,
    signs_of,
)
from ingest.resolve.joining.stories import NEAR_NAMES, PARTS_OF_ONE_ARTICLE, STORY, STORY_PARTS, is_bare
from ingest.resolve.kinds import limits, weights
from ingest.resolve.model import Account
from ingest.values import value

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Values = NDArray[np.float64]

NEVER = np.iinfo(np.int64).min  # the score of two that cannot be one
_MOST_OF_TABLE = 4_000_000  # pairs of looks that are kept at hand, 8 bytes each, or of accounts and members, 1 byte


@value(frozen=True, slots=True)
class Pairs:
    """Scored pairs of numbered accounts, and by how much each is put behind others of its score when they join."""

    one: Numbers
    other: Numbers
    score: Numbers
    handicap: Numbers

    @classmethod
    def of(cls, parts: Sequence[Pairs]) -> Pairs:
        """All of some pairs, in their order."""
        if not parts:
            none = np.zeros(0, dtype=np.int64)
            return cls(none, none, none, none)
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__slots__))

    def at(self, chosen: Numbers | Flags | slice) -> Pairs:
        """Those of a choice, in its order."""
        return Pairs(self.one[chosen], self.other[chosen], self.score[chosen], self.handicap[chosen])

    def joining(self) -> Pairs:
        """Those of which the score says that they are one event."""
        return self.at(self.score >= least_score())


def least_score() -> int:
    """The score from which on two are taken for one event, in ten-thousandths."""
    return whole(limits()["least_score"])


def score_of_pair(one: Account, other: Account) -> int:
    """The score of one pair in ten-thousandths, ``NEVER`` where the two cannot be one."""
    likeness = compare(one, other)
    return NEVER if likeness.forbids is not None else whole(likeness.score)


class _PartOfMany:
    """What one part adds to the scores of pairs; minus infinity where it forbids that they are one."""

    def __init__(self, part: Part, weights_name: str, accounts: Sequence[Account], asked: Numbers) -> None:
        """Of the accounts only those whose numbers are ``asked`` are looked at."""
        numbers: dict[Hashable, int] = {}
        looks = [numbers.setdefault(part.look(accounts[n]), len(numbers)) for n in asked.tolist()]
        self._of = np.zeros(len(accounts), dtype=np.int64)
        self._of[asked] = looks
        self._part, self._weights_name = part, weights_name
        self._many = len(numbers)
        first = np.zeros(self._many, dtype=np.int64)
        first[self._of[asked][::-1]] = asked[::-1]
        self._like = [accounts[i] for i in first.tolist()]  # an account of each look
        is_small = self._many * self._many <= _MOST_OF_TABLE
        self._table = np.full(self._many * self._many, np.nan) if is_small else None

    def of(self, one: Numbers, other: Numbers) -> Values:
        key = self._of.take(one) * self._many + self._of.take(other)
        if self._table is None:
            distinct, where = np.unique(key, return_inverse=True)
            asked: Values = self._asked(distinct)[where]
            return asked
        found: Values = self._table.take(key)
        if np.isnan(found.sum()):
            keys = np.unique(key[np.isnan(found)])
            one_look, other_look = np.divmod(keys, self._many)
            self._table[keys] = self._table[other_look * self._many + one_look] = self._asked(keys)
            found = self._table.take(key)
        return found

    def _asked(self, keys: Numbers) -> Values:
        ask, like, name = self._part.features, self._like, self._weights_name
        values = np.empty(len(keys))
        for n, (one, other) in enumerate(zip(*(ends.tolist() for ends in np.divmod(keys, self._many)), strict=True)):
            features = ask(like[one], like[other])
            values[n] = -np.inf if features is None else weighed(features, name)
        return values


class Columns:
    """Some accounts, of which pairs are told by their numbers."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._accounts = accounts
        versions: dict[str, int] = {}
        self.versions = np.array(
            [versions.setdefault(a.article_version_id, len(versions)) for a in accounts], dtype=np.int64
        )
        self._is_bare = np.array([is_bare(a) for a in accounts], dtype=bool)
        # who holds a place, and what is claimed, is compared by a rule of its own
        self._is_apart = np.array([is_of_rule(a) for a in accounts], dtype=bool)
        self._states = _States(accounts)
        others = [None if is_apart else a for a, is_apart in zip(accounts, self._is_apart.tolist(), strict=True)]
        self._signs = _Sets([signs_of(a) if a else frozenset() for a in others])
        self._words = _Sets([a.words if a else frozenset() for a in others])
        self._names = _Sets([a.names if a else frozenset() for a in others])
        self._parts: dict[Part, _PartOfMany] = {}

    def scores(self, one: Numbers, other: Numbers) -> Pairs:
        """Pairs with their scores in ten-thousandths, ``NEVER`` for a conflict."""
        scores, handicap = np.full(len(one), NEVER), np.zeros(len(one), dtype=np.int64)
        by_rule = self._is_apart[one] | self._is_apart[other]
        are_states = self._states.among(one, other)
        scores[are_states] = self._states.scores(one[are_states], other[are_states])
        for n in np.flatnonzero(by_rule & ~are_states).tolist():
            scores[n] = score_of_pair(self._accounts[one[n]], self._accounts[other[n]])
        for n in self._with_one_sign(one, other, ~by_rule).tolist():
            found = joined_by_sign(self._accounts[one[n]], self._accounts[other[n]])
            if found is not None:
                by_rule[n], scores[n] = True, whole(found.score)
                handicap[n] = whole(limits()["last_handicap"]) if found.rule_id in JOIN_LAST else 0
        is_story = (self._is_bare[one] | self._is_bare[other]) & ~by_rule
        handicap[is_story] = whole(limits()["story_handicap"])
        for choice, score in ((is_story, self._of_stories), (~(by_rule | is_story), self._of_happenings)):
            at = np.flatnonzero(choice)
            if len(at):
                scores[at] = score(one[at], other[at])
        return Pairs(one, other, scores, handicap)

    def _with_one_sign(self, one: Numbers, other: Numbers, asked: NDArray[np.bool_]) -> Numbers:
        """Those of the pairs asked for that have in common what one alone may join them by."""
        may_have = asked & (self._signs.sizes[one] > 0) & (self._signs.sizes[other] > 0)
        at = np.flatnonzero(may_have)
        return at[self._signs.shared(one[at], other[at]) > 0] if len(at) else at

    def _of_stories(self, one: Numbers, other: Numbers) -> Numbers:
        w = weights(STORY)
        of_one_article = self.versions[one] == self.versions[other]
        scores = np.full(len(one), NEVER)
        for choice, parts in ((~of_one_article, STORY_PARTS), (of_one_article, PARTS_OF_ONE_ARTICLE)):
            at, score = self._by_parts(STORY, parts, np.flatnonzero(choice), one, other)
            names = np.minimum(NEAR_NAMES, self._names.shared(one[at], other[at]))
            whole_scores = _whole(len(one), at, score + w["one_article"] * of_one_article[at] + w["names"] * names)
            scores = np.maximum(scores, whole_scores)
        return scores

    def _of_happenings(self, one: Numbers, other: Numbers) -> Numbers:
        at, score = self._by_parts("weights", PARTS, np.arange(len(one)), one, other)
        of_one_article = np.flatnonzero(self.versions[one[at]] == self.versions[other[at]])
        for n in of_one_article.tolist():
            ours, theirs = self._accounts[one[at[n]]], self._accounts[other[at[n]]]
            if conflict_of_counts(ours, theirs):
                score[n] = -np.inf
            elif have_near_tolls(ours, theirs):
                score[n] -= weights()[NEAR_TOLL]
        a, b, w = one[at], other[at], weights()
        of_both = self._words.sizes[a].astype(np.float64) * self._words.sizes[b]
        alike = np.divide(self._words.shared(a, b), np.sqrt(of_both), out=np.zeros(len(a)), where=of_both > 0)
        names = np.minimum(MOST_NAMES, self._names.shared(a, b))
        return _whole(len(one), at, score + (w["words"] * alike + w["names"] * names))

    def _by_parts(
        self, name: str, parts: Sequence[Part], at: Numbers, one: Numbers, other: Numbers
    ) -> tuple[Numbers, Values]:
        """Those of the pairs ``at`` which no part forbids, and what all parts come to."""
        score = np.full(len(at), weights(name)["base"])
        one, other = one[at], other[at]
        for part in parts:
            if part not in self._parts:
                # what leaves out where or when is compared by its story alone
                asked = np.flatnonzero(~self._is_apart if name == STORY else ~(self._is_apart | self._is_bare))
                self._parts[part] = _PartOfMany(part, name, self._accounts, asked)
            score += self._parts[part].of(one, other)
            if part.conflict and not (fits := score > -np.inf).all():
                at, score, one, other = at[fits], score[fits], one[fits], other[fits]
        return at, score


class _States:
    """Which accounts tell who holds a place, and of what days: the scores of ``scoring.compare``."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        places: dict[str, int] = {}
        held = [account.held for account in accounts]
        self._held = np.array([-1 if p is None else places.setdefault(p.place_id, len(places)) for p in held])
        days = [(account.first_date, account.last_date) for account in accounts]
        # one that lacks either has no days
        told = [
            (a.toordinal(), b.toordinal()) if a is not None and b is not None else (np.nan, np.nan) for a, b in days
        ]
        self._first, self._last = np.array(told, dtype=np.float64).reshape(-1, 2).T

    def among(self, one: Numbers, other: Numbers) -> Flags:
        """Those of some pairs of which one at least is a state."""
        found: Flags = (self._held[one] >= 0) | (self._held[other] >= 0)
        return found

    def scores(self, one: Numbers, other: Numbers) -> Numbers:
        """The scores of such pairs in ten-thousandths."""
        gap = np.maximum(self._first[other] - self._last[one], self._first[one] - self._last[other])
        is_one = (self._held[one] == self._held[other]) & (gap <= limits()["state_gap_days"])
        return np.where(is_one, whole(limits()["state_score"]), NEVER)


class _Sets:
    """The words, or the names, of accounts."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        self._sets = sets
        self.sizes = np.array([len(found) for found in sets], dtype=np.int16)
        self._ranks: NDArray[np.int32] | None = None
        self._many = np.int32(1)  # of the numbers of members

    def shared(self, one: Numbers, other: Numbers) -> NDArray[np.uint16]:
        """How many members the sets of each pair have in common; fastest where pairs of one account come together."""
        if self._ranks is None:
            self._ranks = self._ranked()
        found = np.empty(len(one), dtype=np.uint16)
        begins = np.flatnonzero(np.diff(one, prepend=-1))
        ends = np.append(begins[1:], len(one))
        run_of = np.repeat(np.arange(len(begins), dtype=np.int32), ends - begins)
        at_once = max(1, _MOST_OF_TABLE // int(self._many))
        is_in = np.zeros(min(at_once, len(begins)) * int(self._many), dtype=np.uint8)  # a row for each run
        for first in range(0, len(begins), at_once):
            runs = slice(first, first + at_once)
            pairs = slice(begins[first], ends[runs][-1])
            rows = np.arange(len(begins[runs]), dtype=np.int32) * self._many
            members = rows + self._ranks[:, one[begins[runs]]]
            is_in[members] = 1
            is_in[rows] = 0
            found[pairs] = self._hits(is_in, (run_of[pairs] - np.int32(first)) * self._many, other[pairs])
            is_in[members] = 0
        return found

    def _hits(self, is_in: NDArray[np.uint8], rows: NDArray[np.int32], others: Numbers) -> NDArray[np.uint16]:
        """How many members of each set are in its row."""
        assert self._ranks is not None
        sizes = self.sizes[others]
        order = np.argsort(-sizes, kind="stable")
        rows, others = rows[order], others[order]
        hits = np.zeros(len(others), dtype=np.uint16)
        # the sets that have a second member are the first of those that have one, and so on
        ranks = np.arange(sizes.max(initial=0), dtype=np.int16)
        for rank, many in enumerate(np.searchsorted(-sizes[order], -ranks).tolist()):
            hits[:many] += is_in.take(self._ranks[rank].take(others[:many]) + rows[:many])
        found = np.empty_like(hits)
        found[order] = hits
        return found

    def _ranked(self) -> NDArray[np.int32]:
        """The members of each set as numbers, a column for each; 0 where a set has fewer than the largest."""
        numbers: dict[str, int] = {}
        ranks = np.zeros((int(self.sizes.max(initial=0)), len(self._sets)), dtype=np.int32)
        for n, found in enumerate(self._sets):
            ranks[: len(found), n] = [numbers.setdefault(member, len(numbers) + 1) for member in found]
        self._many = np.int32(len(numbers) + 1)
        return ranks


def _whole(many: int, at: Numbers, score: Values) -> Numbers:
    """Scores in ten-thousandths, as many as there are pairs: those ``at`` which there is one, and conflicts."""
    found = np.full(many, NEVER)
    fits = score > -np.inf
    found[at[fits]] = np.rint(score[fits] * TEN_THOUSANDTHS).astype(np.int64)
    return found
