"""Who of its sentence does what an event mention tells of: the draws' labels, and the weights fitted to them.

Belongs here: which of those whom the extraction weighs are right, fitting the weights of
``ingest/extract/events/data/en/agents.toml``, and how right they are on articles left out. Does not belong here: the
features (``ingest.extract.events.arguments.agents``), pairing mentions with labels (``evaluation.choices``), fitting as
such (``evaluation.logit``).

    python -m evaluation.agents [--fit]
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import numpy as np

from evaluation.choices import Chosen, chosen, written_span
from evaluation.draws.labels import overlap
from evaluation.draws.rounds import reserved_rounds
from evaluation.logit import Table
from ingest.extract.events.arguments import agents
from ingest.extract.events.arguments.agents import Choice
from ingest.extract.events.arguments.fillers import span
from ingest.extract.events.model import Filler, Told

_RIDGE = 2.0
_RAREST = 40  # rows that have a feature with a weight
_FOLDS = 10
_FROM = 13  # the rounds before this one were read for the rules


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled mention: its choice, which of its options are right, and whether its frame's own agent is."""

    round: int
    article: str
    choice: Choice
    is_right: tuple[bool, ...]
    has_agent: bool
    is_given: bool
    is_given_right: bool


def labelled() -> Iterator[Labelled]:
    """The labelled mentions of all drawn articles."""
    for one in chosen(agents, reserved_rounds()):
        for x, choice, label in zip(one.told, one.choices, one.labels, strict=True):
            if "agent" in label:
                yield _labelled(one, x, choice, label)


def _labelled(one: Chosen, x: Told, choice: Choice, label: Mapping[str, Any]) -> Labelled:
    meant = [tuple(span) for span in label["agent"] if span]
    t = x.tree.tokens
    spans = [span(x.tree, Filler(o.head, is_inferred=o.is_before)) for o in choice.options]

    def is_meant(start: int, end: int) -> bool:
        return any(overlap(m, written_span(x, start, end)) for m in meant)

    is_right = tuple(is_meant(t.starts[first], t.ends[last]) for first, last in spans)
    given = [a for a in x.mention.arguments if a.role == "agent"]
    is_given_right = any(is_meant(a.start, a.end) for a in given)
    return Labelled(one.round, one.article, choice, is_right, bool(meant), bool(given), is_given_right)


def fit(mentions: Sequence[Labelled]) -> tuple[dict[str, float], list[dict[str, float]]]:
    """The weights fitted to all articles; for each mention those that were fitted without its article."""
    asked = [one for one in mentions if one.choice.options]
    made = Table(
        [[one.choice.nobody, *(o.features for o in one.choice.options)] for one in asked],
        [[not any(one.is_right), *one.is_right] for one in asked],
        least=_RAREST,
    )
    fold = np.array([_fold(one) for one in asked])
    weights = [made.fitted(fold != number, _RIDGE) for number in range(_FOLDS)]
    left_out = [dict(zip(made.names, of_fold.tolist(), strict=True)) for of_fold in weights]
    whole = made.fitted(fold >= 0, _RIDGE)
    return dict(zip(made.names, whole.tolist(), strict=True)), [left_out[_fold(one)] for one in mentions]


def _fold(one: Labelled) -> int:
    return zlib.crc32(one.article.encode()) % _FOLDS


def counted(mentions: Sequence[Labelled], weights: Sequence[Mapping[str, float]]) -> tuple[int, int, int]:
    """How many agents readers name, how many are given, and how many of these are right."""
    labels = given = right = 0
    for one, of_one in zip(mentions, weights, strict=True):
        labels += one.has_agent
        with patch.object(agents, "_weights", lambda of_one=of_one: of_one):
            best = agents.likeliest(one.choice)
        if not one.choice.options:  # as its frame says
            given += one.is_given
            right += one.is_given_right
        elif best is not None:
            given += 1
            at = [n for n, option in enumerate(one.choice.options) if option in best]
            is_kept = any(option.is_given for option in best)
            right += one.is_given_right if is_kept else any(one.is_right[n] for n in at)
    return labels, given, right


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.agents")
    parser.add_argument("--fit", action="store_true", help="print the weights fitted to all rounds")
    args = parser.parse_args()
    mentions = list(labelled())
    weights, left_out = fit(mentions)
    for first in (1, _FROM, 2 * _FROM):
        among = [n for n, one in enumerate(mentions) if one.round >= first]
        of_frames = [mentions[n] for n in among]
        labels, given, right = counted(of_frames, [left_out[n] for n in among])
        own = sum(one.is_given_right for one in of_frames), sum(one.is_given for one in of_frames)
        print(
            f"rounds {first}-: found {right}/{labels} {right / labels:.3f}, right {right}/{given} {right / given:.3f}; "
            f"by frames alone {own[0] / labels:.3f}, {own[0] / own[1]:.3f}"
        )
    if args.fit:
        for name, weight in sorted(weights.items()):
            print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
