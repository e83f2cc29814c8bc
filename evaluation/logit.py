"""A conditional logit with a ridge: which of several options is right, by weights of what is asked of them.

Belongs here: the weights that make the right options likeliest. Does not belong here: what the options are
(``evaluation.agents``, ``evaluation.place_scoring``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

_RIDGE = 1.0
_STEPS, _CLOSE = 50, 1e-6


class Table:
    """Groups of options as rows of features; the likelihoods of a group's rows add up to one.

    Args:
        groups: the features of each option of each group.
        right: whether each option is right; several of a group may be.
        names: features that have a weight whether a row has them or not.
        least: how many rows must have a feature for it to have a weight.
    """

    def __init__(
        self,
        groups: Sequence[Sequence[Mapping[str, float]]],
        right: Sequence[Sequence[bool]],
        names: Collection[str] = (),
        least: int = 1,
    ) -> None:
        rows = [row for group in groups for row in group]
        seen: dict[str, int] = dict.fromkeys(names, least)
        for row in rows:
            for name in row:
                seen[name] = seen.get(name, 0) + 1
        self.names = sorted(name for name, times in seen.items() if times >= least)
        at = {name: n for n, name in enumerate(self.names)}
        self.rows = np.zeros((len(rows), len(at)))
        for n, row in enumerate(rows):
            for name, number in row.items():
                if name in at:
                    self.rows[n, at[name]] = number
        self.right = np.array([is_right for group in right for is_right in group], dtype=float)
        sizes = np.array([len(group) for group in groups])
        self.firsts = np.cumsum(sizes) - sizes
        self.group = np.repeat(np.arange(len(groups)), sizes)

    def shares(self, weights: Any) -> Any:
        """How likely each row is within its group."""
        score = self.rows @ weights
        odds = np.exp(score - np.maximum.reduceat(score, self.firsts)[self.group])
        return odds / np.add.reduceat(odds, self.firsts)[self.group]

    def fitted(self, is_known: Any, ridge: float = _RIDGE) -> Any:
        """The weights that make the right rows of some groups likeliest, with a ridge, by Newton's method."""
        mine = is_known[self.group]
        weights = np.zeros(len(self.names))
        for _ in range(_STEPS):
            share = self.shares(weights)
            of_right = share * self.right
            of_right /= np.maximum(np.add.reduceat(of_right, self.firsts), 1e-12)[self.group]
            slope = self.rows[mine].T @ (of_right - share)[mine] - ridge * weights
            mean = np.add.reduceat(self.rows * share[:, None], self.firsts, axis=0)
            apart = (self.rows - mean[self.group])[mine]
            step = np.linalg.solve(apart.T @ (apart * share[mine, None]) + ridge * np.eye(len(weights)), slope)
            weights += step
            if np.abs(step).max() < _CLOSE:
                break
        return weights
