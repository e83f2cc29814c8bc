"""Reading one document at hand, for the tests of this folder."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from ingest.articles import ArticleDraft, Rejection, read_document
from ingest.documents import fingerprint
from ingest.settings import Settings
from ingest.sources import RawDocument
from ingest.sources.config import FolderConfig, Publisher, SourceConfig

FETCHED = datetime(2025, 12, 1, 9, 30, tzinfo=UTC)
SETTINGS = Settings()
SOURCE = FolderConfig(name="inbox", kind="folder")


def read_all(
    name: str,
    data: bytes | str | dict | list,
    source: SourceConfig = SOURCE,
    fetched_at: datetime = FETCHED,
    media_type: str | None = None,
    settings: Settings | None = None,
    **metadata: Any,
) -> list[ArticleDraft | Rejection]:
    if isinstance(data, dict | list):
        data = json.dumps(data, ensure_ascii=False)
    if isinstance(data, str):
        data = data.encode()
    raw = RawDocument(
        source=source.name,
        uri=name,
        fingerprint=fingerprint(data),
        fetched_at=fetched_at,
        data=data,
        byte_count=len(data),
        media_type=media_type,
        metadata=metadata,
    )
    return list(read_document(raw, source, settings or SETTINGS))


def read(name: str, data: bytes | str | dict | list, **more: Any) -> ArticleDraft:
    (item,) = read_all(name, data, **more)
    assert isinstance(item, ArticleDraft), item
    return item


def refused(name: str, data: bytes | str | dict | list, **more: Any) -> str:
    (item,) = read_all(name, data, **more)
    assert isinstance(item, Rejection), item
    return item.reason


def source(**changes: Any) -> SourceConfig:
    known = (Publisher(name="Northern Post", country="UA", side="UA", domains=("north.example",)),)
    return SOURCE.model_copy(update={"publishers": known, **changes})
