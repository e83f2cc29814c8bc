"""How documents arrive: one module a kind, one registry.

Belongs here: the registry of kinds and the interface of sources. Does not belong here: what a
document says (``ingest.articles``), where it is kept (``ingest.landing``).

A new kind is one module with a class that has ``documents(known)``, one configuration class in
``config`` and one line below.
"""

from __future__ import annotations

from ingest.settings import Settings
from ingest.sources.base import Known, RawDocument, Source
from ingest.sources.config import FolderConfig, Publisher, SourceConfig, SourcesError, load_sources
from ingest.sources.folder import FolderSource

__all__ = ["Known", "Publisher", "RawDocument", "Source", "SourceConfig", "SourcesError", "load_sources", "open_source"]


def open_source(config: SourceConfig, settings: Settings) -> Source:
    """The source that an entry of ``sources.yml`` describes. Nothing is read yet."""
    match config:
        case FolderConfig():
            return FolderSource(config.name, config.path or settings.inbox_dir)
    raise SourcesError(f"{config.name}: no source of kind {config.kind!r}")
