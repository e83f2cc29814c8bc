"""Who of its sentence does what an event mention tells of: the draws' labels, and the weights fitted to them.

Belongs here: pairing labelled mentions with those whom the extraction weighs, fitting the weights of
``ingest/extract/events/data/en/agents.toml``, and how right they are on articles left out. Does not belong here: the
features (``ingest.extract.events.arguments.agents``), fitting as such (``evaluation.logit``).

    python -m evaluation.agents [--fit]
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import numpy as np

from evaluation.draws.labels import overlap, pair_up
from evaluation.draws.rounds import labelled_articles, reserved_rounds
from evaluation.draws.score import either
from evaluation.logit import Table
from ingest.extract.analysis import Analysis
from ingest.extract.base import Found
from ingest.extract.events.arguments import agents
from ingest.extract.events.arguments.agents import Choice, choices
from ingest.extract.events.arguments.fillers import span
from ingest.extract.events.extractor import EventExtractor
from ingest.extract.events.model import Filler, Told
from ingest.extract.pipeline import EXTRACTORS, Pipeline
from ingest.records import EventMention
from ingest.settings import settings

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


class Keeping(EventExtractor):
    """Finds event mentions, and keeps what the agents of the last text were chosen from."""

    told: Sequence[Told] = ()
    choices: Sequence[Choice] = ()

    def extract(self, analysis: Analysis, found: Found) -> list[EventMention]:
        """As any other; ``Keeping.told`` and ``Keeping.choices`` are those of this text."""
        Keeping.told, Keeping.choices = (), ()

        def kept(*args: Any) -> list[Choice]:
            Keeping.told = args[0]
            Keeping.choices = choices(*args)
            return list(Keeping.choices)

        with patch.object(agents, "choices", kept):
            return super().extract(analysis, found)


def labelled() -> Iterator[Labelled]:
    """The labelled mentions of all drawn articles."""
    with patch.dict(EXTRACTORS, events=f"{__name__}:Keeping"):
        pipeline = Pipeline(gazetteer_dir=settings().gazetteer_dir)
    for number in reserved_rounds():
        for article, gold in labelled_articles(number):
            pipeline.extract(article.text, article.day)
            yield from _of_article(number, article.doc_id, gold["events"]["items"])


def _of_article(number: int, doc_id: str, items: Sequence[Mapping[str, Any]]) -> Iterator[Labelled]:
    """The mentions of the text that was extracted last, with what readers say of each."""
    if not Keeping.told:
        return
    written = Keeping.told[0].tree.analysis.written
    place: Callable[[int], int] = (lambda at: at) if written is None else written.offset
    found = [{"spans": [(place(x.mention.char_start), place(x.mention.char_end))]} for x in Keeping.told]
    gold = {j: items[i] for i, j in pair_up(list(map(dict, items)), found, either("events"))}
    for k, (x, choice) in enumerate(zip(Keeping.told, Keeping.choices, strict=True)):
        if "agent" not in gold.get(k, {}):
            continue
        meant = [tuple(one) for one in gold[k]["agent"] if one]
        t = x.tree.tokens
        spans = [span(x.tree, Filler(o.head, is_inferred=o.is_before)) for o in choice.options]
        is_right = tuple(
            any(overlap(m, (place(t.starts[first]), place(t.ends[last]))) for m in meant) for first, last in spans
        )
        given = [(place(a.start), place(a.end)) for a in x.mention.arguments if a.role == "agent"]
        is_given_right = any(overlap(m, one) for m in meant for one in given)
        yield Labelled(number, doc_id, choice, is_right, bool(meant), bool(given), is_given_right)


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
