"""Trying a source without loading it.

Belongs here: what one look at a source tells: reachable, how many documents are new, what the first ones
are. Does not belong here: how that is shown.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.documents import Known, RawDocument
from ingest.settings import Settings
from ingest.sources import open_source
from ingest.sources.config import FetchedConfig, SourceConfig

if TYPE_CHECKING:
    from ingest.articles import ArticleDraft, Rejection


@dataclass(slots=True)
class Trial:
    """What one look at a source told."""

    name: str
    kind: str
    problem: str | None = None
    new: int = 0
    is_all: bool = True
    drafts: list[ArticleDraft] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)


def try_source(config: SourceConfig, settings: Settings, known: Known, most: int = 3) -> Trial:
    """Look at a source and read the first ``most`` new documents; nothing is kept. Never raises.

    Of a fetched source no more is fetched than those; then :attr:`Trial.is_all` is False.
    """
    trial = Trial(config.name, config.kind)
    try:
        source = open_source(config, settings)
        if isinstance(config, FetchedConfig):
            source.remembers = False  # type: ignore[attr-defined]
        with closing(source.documents(known)) as documents:
            for raw in documents:
                trial.new += 1
                if trial.new <= most:
                    _read(raw, config, settings, trial, most)
                if trial.new >= most and isinstance(config, FetchedConfig):
                    trial.is_all = False
                    break
    except Exception as problem:  # any source may fail in any way; that is what is to be told
        trial.problem = str(problem) or type(problem).__name__
    return trial


def _read(raw: RawDocument, config: SourceConfig, settings: Settings, trial: Trial, most: int) -> None:
    from ingest.articles import ArticleDraft, read_document

    for item in read_document(raw, config, settings):
        if len(trial.drafts) + len(trial.rejections) >= most:
            return
        (trial.drafts if isinstance(item, ArticleDraft) else trial.rejections).append(item)  # type: ignore[arg-type]
