"""How documents arrive: one module a kind, one registry.

Belongs here: the registry of kinds and the interface of sources. Does not belong here: what a
document says (``ingest.articles``), where it is kept (``ingest.landing``).

A new kind is one module with a class that has ``documents(known)``, one configuration class in
``config`` and one case below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.documents import Known, RawDocument
from ingest.settings import Settings
from ingest.sources.config import (
    FeedConfig,
    FilesConfig,
    FolderConfig,
    GdeltConfig,
    PagesConfig,
    Publisher,
    SitemapConfig,
    SourceConfig,
    SourcesError,
)
from ingest.sources.digests import Digests
from ingest.sources.folder import FolderSource
from ingest.sources.loading import load_sources
from ingest.sources.protocol import Source
from ingest.sources.state import Health, State

if TYPE_CHECKING:
    from ingest.sources.fetch import Hosts

__all__ = [
    "Known",
    "Publisher",
    "RawDocument",
    "Source",
    "SourceConfig",
    "SourcesError",
    "health_of",
    "load_sources",
    "note_local",
    "open_source",
]


def open_source(config: SourceConfig, settings: Settings, hosts: Hosts | None = None) -> Source:
    """The source that an entry of ``sources.yml`` describes. Nothing is read yet.

    Sources that fetch at the same time are given the same ``hosts``.
    """
    # What fetches is imported when it is needed: a run of local files does without it.
    digests = Digests(settings.state_dir / "digests" / f"{config.name}.json")
    match config:
        case FolderConfig():
            return FolderSource(config.name, config.path or settings.inbox_dir, digests=digests, but=settings.data_dir)
        case FilesConfig():
            from ingest.sources.files import FilesSource

            return FilesSource(config.name, config.path, config.kind, digests, settings.data_dir)
        case FeedConfig():
            from ingest.sources.feed import FeedSource

            return FeedSource(config, settings, hosts=hosts)
        case SitemapConfig():
            from ingest.sources.sitemap import SitemapSource

            return SitemapSource(config, settings, hosts=hosts)
        case PagesConfig():
            from ingest.sources.addresses import PagesSource

            return PagesSource(config, settings, hosts=hosts)
        case GdeltConfig():
            from ingest.sources.addresses import GdeltSource

            return GdeltSource(config, settings, hosts=hosts)
    raise SourcesError(f"{config.name}: no source of kind {config.kind!r}")


def health_of(config: SourceConfig, settings: Settings) -> Health:
    """How the last runs of a source went: consecutive failures, the last problem and success."""
    return State.of(config.name, settings).health


def note_local(config: SourceConfig, settings: Settings, problem: str | None) -> None:
    """Remember how a run of a local source went, which keeps no state by itself."""
    state = State.of(config.name, settings)
    if problem is not None:
        state.failed(problem)
    else:
        state.succeeded(is_new=False)
    state.save()
