"""What the extraction chose arguments of event mentions from, and what readers say of these mentions.

Belongs here: extracting labelled articles while a step's choices are kept, pairing mentions with labels. Does not
belong here: which options are right, and weights fitted to them (``evaluation.agents``, ``evaluation.place_scoring``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from unittest.mock import patch

from evaluation.draws.draw import Drawn
from evaluation.draws.labels import pair_up
from evaluation.draws.rounds import labelled_articles
from evaluation.draws.score import either
from ingest.extract.events.model import Told
from ingest.extract.pipeline import Pipeline
from ingest.settings import settings


@dataclass(frozen=True, slots=True)
class Chosen:
    """An article whose mentions a step chose something for.

    ``asked`` is all that the step was given, the mentions first; of each mention there is a choice, and the label that
    it is paired with, which is empty where readers have none.
    """

    round: int
    article: str
    asked: Sequence[Any]
    choices: Sequence[Any]
    labels: Sequence[Mapping[str, Any]]

    @property
    def told(self) -> Sequence[Told]:
        """The mentions."""
        told: Sequence[Told] = self.asked[0]
        return told


def written_span(x: Told, start: int, end: int) -> tuple[int, int]:
    """A span of the analysed text as the article is written, in characters, end exclusive."""
    written = x.tree.analysis.written
    return (start, end) if written is None else (written.offset(start), written.offset(end))


def chosen(step: ModuleType, rounds: Iterable[int]) -> Iterator[Chosen]:
    """The articles of some rounds with what ``step.choices`` came to in them, but for those without mentions."""
    pipeline = Pipeline(gazetteer_dir=settings().gazetteer_dir)
    for number in rounds:
        for article, gold in labelled_articles(number):
            calls = _calls(pipeline, step, article)
            if calls and calls[-1][0][0]:
                asked, choices = calls[-1]
                yield Chosen(number, article.doc_id, asked, choices, _labels(asked[0], gold["events"]["items"]))


def _calls(pipeline: Pipeline, step: ModuleType, article: Drawn) -> list[tuple[tuple[Any, ...], list[Any]]]:
    """What ``step.choices`` is asked in an article, each time, and what it answers."""
    calls = []
    choices = step.choices

    def kept(*args: Any) -> list[Any]:
        calls.append((args, list(choices(*args))))
        return list(calls[-1][1])

    with patch.object(step, "choices", kept):
        pipeline.extract(article.text, article.day)
    return calls


def _labels(told: Sequence[Told], items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    spans = [{"spans": [written_span(x, x.mention.char_start, x.mention.char_end)]} for x in told]
    of_mention = {j: items[i] for i, j in pair_up(list(map(dict, items)), spans, either("events"))}
    return [of_mention.get(k, {}) for k in range(len(told))]
