"""Which place of its sentence an event mention happens at: the draws' labels, and the weights fitted to them.

Belongs here: which of the places that the extraction weighs are right, fitting the weights of
``ingest/extract/events/data/en/places.toml``, and how right they are on rounds left out. Does not belong here: the
features (``ingest.extract.events.places.scoring``), pairing mentions with labels (``evaluation.choices``).

    python -m evaluation.place_scoring [--fit]

A conditional logit over the places of a sentence and "nowhere", with a ridge. What is known of the other mentions of
a sentence is itself a likelihood, so that it is taken from weights that were fitted without its round.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evaluation.choices import chosen, written_span
from evaluation.draws.labels import overlap
from evaluation.logit import Table
from ingest.extract.events.lexicon import table
from ingest.extract.events.places import assignment
from ingest.extract.events.places.as_arguments import argument_of
from ingest.extract.events.places.scoring import Choice, known_of_mates

_REFERENTS = 3  # of what ``choices`` is asked with: the facts of the text
LAST = 29  # the rounds up to this one have been read
_FOLDS, _REPEATS = 10, 3


@dataclass(frozen=True, slots=True)
class Labelled:
    """A mention of a drawn article: its choice, which of its options are right, and whether readers labelled it.

    ``has_place`` is true where the readers name a place, be it one of its options or not.
    """

    round: int
    article: str
    choice: Choice
    is_right: tuple[bool, ...]
    is_labelled: bool
    has_place: bool


def labelled() -> Iterator[Labelled]:
    """The mentions of all drawn articles that have been read."""
    for one in chosen(assignment, range(1, LAST + 1)):
        referents = one.asked[_REFERENTS]
        for x, choice, label in zip(one.told, one.choices, one.labels, strict=True):
            meant = [tuple(place) for place in label.get("place", ()) if place]
            places = [argument_of(x.tree, referents, option.name) for option in choice.options]
            is_right = tuple(any(overlap(m, written_span(x, p.start, p.end)) for m in meant) for p in places)
            yield Labelled(one.round, one.article, choice, is_right, "place" in label, bool(meant))


# --- fitting ----------------------------------------------------------------------------------

Known = Mapping[int, Mapping[str, float]]


def _table(mentions: Sequence[Labelled], known: Sequence[Known]) -> Table:
    """The mentions as rows of features: "nowhere" first, then each option with what is known of the others."""
    groups = [
        [one.choice.nowhere, *({**o.features, **of_others.get(n, {})} for n, o in enumerate(one.choice.options))]
        for one, of_others in zip(mentions, known, strict=True)
    ]
    return Table(groups, [[not any(one.is_right), *one.is_right] for one in mentions], {"of_another", "of_cause"})


def fit(mentions: Sequence[Labelled]) -> tuple[dict[str, float], list[list[float]]]:
    """The weights fitted to all rounds; how likely each option is by weights that were fitted without its round."""
    is_labelled = np.array([one.is_labelled for one in mentions])
    fold = np.array([one.round % _FOLDS for one in mentions])
    known: list[Known] = [{} for _ in mentions]
    for _ in range(_REPEATS):
        made = _table(mentions, known)
        alone, left_out = np.zeros(len(made.rows)), np.zeros(len(made.rows))
        is_of_mates = np.array([name in ("of_another", "of_cause") for name in made.names])
        for number in range(_FOLDS):
            weights = made.fitted(is_labelled & (fold != number))
            mine = (fold == number)[made.group]
            left_out[mine] = made.shares(weights)[mine]
            alone[mine] = made.shares(np.where(is_of_mates, 0.0, weights))[mine]
        known = _known(mentions, _by_mention(made, alone))
    weights = made.fitted(is_labelled)
    return dict(zip(made.names, weights.tolist(), strict=True)), _by_mention(made, left_out)


def _by_mention(made: Table, shares: Any) -> list[list[float]]:
    """The shares of the options of each mention, without those of "nowhere"."""
    ends = [*made.firsts[1:], len(shares)]
    return [shares[first + 1 : end].tolist() for first, end in zip(made.firsts, ends, strict=True)]


def _known(mentions: Sequence[Labelled], shares: Sequence[Sequence[float]]) -> list[Known]:
    """What is known of the other mentions, article by article."""
    found: list[Known] = []
    first = 0
    while first < len(mentions):
        end = first
        while end < len(mentions) and mentions[end].article == mentions[first].article:
            end += 1
        told = [one.choice for one in mentions[first:end]]
        found += known_of_mates(told, shares[first:end])
        first = end
    return found


def counted(mentions: Sequence[Labelled], shares: Sequence[Sequence[float]], least: float) -> tuple[int, int, int]:
    """How many labelled places there are, how many places are given from ``least`` on, and how many of them right."""
    labels = given = right = 0
    for one, share in zip(mentions, shares, strict=True):
        if one.is_labelled:
            labels += one.has_place
            best = max(range(len(share)), key=share.__getitem__, default=None)
            if best is not None and share[best] >= least:
                given += 1
                right += one.is_right[best]
    return labels, given, right


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.place_scoring")
    parser.add_argument("--fit", action="store_true", help="print the weights fitted to all rounds")
    args = parser.parse_args()
    mentions = list(labelled())
    weights, shares = fit(mentions)
    for low, high in ((1, 9), (10, 18), (19, LAST), (1, LAST)):
        among = [n for n, one in enumerate(mentions) if low <= one.round <= high]
        for least in sorted({0.4, 0.5, 0.6, table("places.toml")["least"]}):
            labels, given, right = counted([mentions[n] for n in among], [shares[n] for n in among], least)
            print(
                f"rounds {low}-{high} from {least}: found {right}/{labels} {right / labels:.3f}, "
                f"right {right}/{given} {right / given:.3f}"
            )
    if args.fit:
        for name, weight in sorted(weights.items()):
            print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
