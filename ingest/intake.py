"""Documents in, landed shards out: what is new, what repeats, what is rejected.

Belongs here: the one pass over all sources that opens a load (or takes up an unfinished one), and
the decision what becomes of each document. Does not belong here: how documents arrive
(``ingest.sources``), how one is read (``ingest.articles``), where files lie (``ingest.landing``).
"""

from __future__ import annotations

import dataclasses
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow.parquet as pq

from ingest.articles import ArticleDraft, Rejection, change_kind, read_document
from ingest.landing import INGEST, Known, Landing, Load, Version
from ingest.records import Article, Document
from ingest.settings import Settings
from ingest.sources import RawDocument, SourceConfig, open_source
from ingest.tables import ARTICLES, identity

log = logging.getLogger(__name__)

_ARTICLE_FIELDS = [f.name for f in dataclasses.fields(Article)]
_LARGEST_SHARD_CHARS = 20_000_000
# documents that give no article are light, but a shard of nothing but those must end too
_DOCUMENTS_TO_AN_ARTICLE = 20


@dataclass(slots=True)
class IntakeReport:
    """What one pass over the sources did."""

    load: Load | None = None
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)  # (source, outcome)
    source_problems: dict[str, str] = field(default_factory=dict)

    def total(self, outcome: str) -> int:
        return sum(n for (_, what), n in self.outcomes.items() if what == outcome)

    @property
    def documents_read(self) -> int:
        return sum(self.outcomes.values())


class Intake:
    """One pass over the sources of a landing."""

    def __init__(self, landing: Landing, settings: Settings, progress: Callable[[int], None] | None = None) -> None:
        self._landing = landing
        self._settings = settings
        self._progress = progress
        self._known: Known = landing.known()
        self._load: Load | None = next(iter(landing.unfinished(INGEST)), None)
        self._documents: list[dict[str, Any]] = []
        self._articles: list[dict[str, Any]] = []
        self._chars = 0
        self._report = IntakeReport(self._load)

    def run(self, sources: list[SourceConfig]) -> IntakeReport:
        """Read every enabled source. A source that fails costs its own documents only."""
        for config in sources:
            if not config.is_enabled:
                continue
            try:
                self._read_source(config)
            except Exception as problem:
                # whatever a source does, the others are read; the report and the load's checks show it
                log.exception("source %s failed", config.name)
                self._report.source_problems[config.name] = f"{type(problem).__name__}: {problem}"
        self._flush()
        self._report.load = self._load
        return self._report

    def has_nothing_to_do(self, sources: list[SourceConfig]) -> bool:
        """True where no load is open and a look at every source, all of them local, shows nothing new."""
        enabled = [config for config in sources if config.is_enabled]
        if self._load is not None or not all(config.is_local for config in enabled):
            return False
        return not any(next(self._new(config), None) for config in enabled)

    def _new(self, config: SourceConfig) -> Iterator[RawDocument]:
        def is_known(uri: str, fingerprint: str) -> bool:
            return self._known.files.get((config.name, uri)) == fingerprint

        return open_source(config, self._settings).documents(is_known)

    def _read_source(self, config: SourceConfig) -> None:
        def is_known(uri: str, digest: str) -> bool:
            return self._known.documents.get((config.name, uri), ("", None))[1] == digest

        for raw in self._new(config):
            for item in read_document(raw, config, self._settings, known=is_known):
                self._take(raw, item)

    def _take(self, raw: RawDocument, item: ArticleDraft | Rejection) -> None:
        digest = item.document_sha256 or raw.fingerprint
        before, digest_before = self._known.documents.get((raw.source, item.uri), ("", None))
        if digest == digest_before:
            return
        # what stood there before is part of the identity: bytes that come back are read again
        document_id = identity(raw.source, item.uri, digest, before)
        self._known.documents[raw.source, item.uri] = document_id, digest
        archived = self._archive(raw)
        outcome, reason, detail, version_id = self._judge(item)
        document = Document(
            document_id=document_id,
            source=raw.source,
            uri=item.uri,
            file_uri=raw.uri,
            fingerprint=raw.fingerprint,
            document_sha256=item.document_sha256,
            archive_sha256=archived,
            byte_count=item.byte_count,
            fetched_at=raw.fetched_at,
            outcome=outcome,
            reason=reason,
            detail=detail,
            article_version_id=version_id,
        )
        self._documents.append(dataclasses.asdict(document))
        self._report.outcomes[raw.source, outcome] += 1
        if self._progress:
            self._progress(self._report.documents_read)
        full = (
            len(self._articles) >= self._settings.shard_articles
            or self._chars >= _LARGEST_SHARD_CHARS
            or len(self._documents) >= self._settings.shard_articles * _DOCUMENTS_TO_AN_ARTICLE
        )
        if full:
            self._flush()

    def _judge(self, item: ArticleDraft | Rejection) -> tuple[str, str | None, str | None, str | None]:
        """Outcome, reason, detail and article version of one document."""
        if isinstance(item, Rejection):
            return "rejected", item.reason, item.detail, None
        latest = self._known.latest.get(item.article_id)
        if latest and latest.text_sha256 == item.text_sha256:
            return "duplicate", None, "the article is there with the same text", latest.article_version_id
        owner = item.publisher or item.source
        twin = self._known.texts.get((owner, item.text_sha256))
        if twin and not latest:
            return "duplicate", None, "the publisher's article is there under another address", twin
        return "loaded", None, None, self._add_version(item, latest, owner)

    def _add_version(self, draft: ArticleDraft, latest: Version | None, owner: str) -> str:
        version_id = draft.article_version_id
        kind = "new"
        if latest:
            kind = change_kind(self._text(latest), draft.text, draft)
            if version_id in self._known.versions:
                # the text went back to what it was: a version of its own all the same
                version_id = identity(version_id, latest.article_version_id)
        row = {name: getattr(draft, name) for name in _ARTICLE_FIELDS}
        self._articles.append({**row, "article_version_id": version_id, "change_kind": kind})
        self._chars += draft.char_count
        self._known.versions.add(version_id)
        self._known.latest[draft.article_id] = Version(version_id, draft.text_sha256, None)
        self._known.texts.setdefault((owner, draft.text_sha256), version_id)
        return version_id

    def _text(self, version: Version) -> str:
        for row in self._articles:
            if row["article_version_id"] == version.article_version_id:
                return str(row["text"])
        assert version.part is not None
        found = pq.read_table(
            version.part, columns=["text"], filters=[("article_version_id", "=", version.article_version_id)]
        )
        return str(found["text"][0].as_py())

    def _archive(self, raw: RawDocument) -> str | None:
        """Keep the bytes that the document came in; a problem that hides them leaves none to keep."""
        source = raw.data if raw.data is not None else raw.path
        if source is None or raw.problem is not None:
            return None
        self._landing.archive(raw.fingerprint, source)
        return raw.fingerprint

    def _flush(self) -> None:
        if not self._documents:
            return
        if self._load is None:
            self._load = self._landing.begin(INGEST)
        shard = self._load.shard_count
        self._load.write_documents(shard, self._documents, self._articles)
        part = self._load.part(ARTICLES, shard)
        for row in self._articles:
            version = Version(row["article_version_id"], row["text_sha256"], part)
            if self._known.latest[row["article_id"]].article_version_id == version.article_version_id:
                self._known.latest[row["article_id"]] = version
        self._documents, self._articles, self._chars = [], [], 0
