"""Documents in, landed shards out: what is new, what repeats, what is rejected.

Belongs here: the one pass over all sources that opens a load (or takes up an unfinished one), and
the decision what becomes of each document. Does not belong here: how documents arrive
(``ingest.sources``), how one is read (``ingest.articles``), where files lie (``ingest.landing``).
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from ingest.articles import ArticleDraft, Rejection, change_kind, is_other_article, read_document
from ingest.documents import open_regular
from ingest.identity import canonical_url, place_id
from ingest.known import Known, Version
from ingest.landing import INGEST, Landing, Load
from ingest.language import why_not_extracted
from ingest.records import NOT_EXTRACTED, Article, Document
from ingest.resolve.copies import CopyGroups, Place
from ingest.settings import Settings
from ingest.sources import RawDocument, SourceConfig, note_local, open_source
from ingest.sources.config import FetchedConfig
from ingest.tables import ARTICLES, identity

if TYPE_CHECKING:
    from ingest.sources.ahead import FetchAhead

log = logging.getLogger(__name__)

_ARTICLE_FIELDS = [f.name for f in dataclasses.fields(Article)]
_VERSION_FIELDS = [f.name for f in dataclasses.fields(Version) if f.name != "part"]
# facts are taken from texts: of what is withdrawn there are none any more
_WITHDRAWN = "Withdrawn."
_WITHDRAWN_SHA256 = hashlib.sha256(_WITHDRAWN.encode()).hexdigest()
_HEAD_BYTES = 64_000  # kept of a large file that gives no article
_LARGEST_SHARD_CHARS = 20_000_000
# documents that give no article are light, but a shard of nothing but those must end too
_DOCUMENTS_TO_AN_ARTICLE = 20

Judgement = tuple[str, str | None, str | None, str | None]


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
        self._not_before = landing.reading_moment()
        self._copies = CopyGroups(self._known, settings.state_dir / "copies.npz")
        self._load: Load | None = next(iter(landing.unfinished(INGEST)), None)
        self._documents: list[dict[str, Any]] = []
        self._articles: list[dict[str, Any]] = []
        self._chars = 0
        self._report = IntakeReport(self._load)

    def run(self, sources: list[SourceConfig]) -> IntakeReport:
        """Read every enabled source. A source that fails costs its own documents only."""
        enabled = [config for config in sources if config.is_enabled]
        with suppress(OSError):  # people are told to put documents there
            self._settings.inbox_dir.mkdir(parents=True, exist_ok=True)
        with self._fetching(enabled) as ahead:
            for config in enabled:
                try:
                    self._read_source(config, self._new(config, ahead))
                except Exception as problem:
                    # whatever a source does, the others are read; the checks on sources show it
                    told = f"{type(problem).__name__}: {problem}"
                    log.warning("source %s failed: %s", config.name, told)
                    log.debug("how it failed", exc_info=True)
                    self._report.source_problems[config.name] = told
                if config.is_local:
                    note_local(config, self._settings, self._report.source_problems.get(config.name))
        self._flush()
        self._copies.save()
        self._report.load = self._load
        return self._report

    def has_nothing_to_do(self, sources: list[SourceConfig]) -> bool:
        """True where no load is open and a look at every source, all of them local, shows nothing new."""
        enabled = [config for config in sources if config.is_enabled]
        if self._load is not None or not all(config.is_local for config in enabled):
            return False
        try:
            return not any(next(self._new(config), None) for config in enabled)
        except Exception:
            log.debug("a look at the sources failed", exc_info=True)
            return False  # a run tells which source it is, and reads the others

    def _known_of(self, config: SourceConfig) -> Callable[[str, str], bool]:
        return lambda uri, fingerprint: self._known.files.get((config.name, uri)) == fingerprint

    @contextmanager
    def _fetching(self, configs: list[SourceConfig]) -> Iterator[FetchAhead | None]:
        fetched = [config for config in configs if isinstance(config, FetchedConfig)]
        if not fetched:
            yield None
            return
        from ingest.sources.ahead import FetchAhead  # a run of local files does without what fetches

        with FetchAhead(fetched, self._settings, self._known_of) as ahead:
            yield ahead

    def _new(self, config: SourceConfig, ahead: FetchAhead | None = None) -> Iterator[RawDocument]:
        if ahead is not None and isinstance(config, FetchedConfig):
            return ahead.documents(config)
        return open_source(config, self._settings).documents(self._known_of(config))

    def _read_source(self, config: SourceConfig, documents: Iterator[RawDocument]) -> None:
        def is_known(uri: str, digest: str) -> bool:
            before = self._known.documents.get((config.name, uri))
            return before is not None and before.digest == digest

        for raw in documents:
            if raw.fetched_at < self._not_before:  # the clock was set back
                raw = dataclasses.replace(raw, fetched_at=self._not_before)
            kept = self._kept(raw)
            for item in read_document(kept, config, self._settings, known=is_known):
                self._take(kept, item)

    def _kept(self, raw: RawDocument) -> RawDocument:
        """The document as it is kept in the archive, from which it is then read.

        So digest, archived bytes and articles are of one reading, whatever is written into its file meanwhile. A file
        that is larger than any one document is read where it lies: most of those give no article, and are not kept.
        """
        if raw.path is None or raw.problem is not None or (raw.byte_count or 0) > self._settings.max_document_bytes:
            return raw
        try:
            with open_regular(raw.path) as file:
                digest = self._landing.archive_file(file)
        except OSError as error:
            return dataclasses.replace(raw, path=None, problem=("unreadable", error.strerror or str(error)))
        path = self._landing.archive_path(digest)
        return dataclasses.replace(raw, fingerprint=digest, path=path, byte_count=path.stat().st_size)

    def _take(self, raw: RawDocument, item: ArticleDraft | Rejection) -> None:
        digest = item.document_sha256 or raw.fingerprint
        before = self._known.documents.get((raw.source, item.uri))
        if before is not None and digest == before.digest:
            return
        # what stood there before is part of the identity: bytes that come back are read again
        document_id = identity(raw.source, item.uri, digest, before.document_id if before else "")
        archived = self._archive(raw, item)
        outcome, reason, detail, version_id = self._judge(raw, item)
        self._known.read((raw.source, item.uri), document_id, digest, version_id)
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

    def _judge(self, raw: RawDocument, item: ArticleDraft | Rejection) -> Judgement:
        """Outcome, reason, detail and article version of one document."""
        if isinstance(item, Rejection):
            withdrawn = self._withdraw(raw, item) if item.reason == "gone" else None
            return withdrawn or ("rejected", item.reason, item.detail, None)
        item = self._placed(item)
        at = self._moment(raw, item)
        before, after = self._known.around(item.article_id, at)
        # an edited file that is moved repeats at its new place what it said at the old one
        repeated = self._known.seen_since(item.article_id, item.text_sha256, at) if at == item.published_at else None
        for neighbour in (before, after, repeated):
            if neighbour and neighbour.text_sha256 == item.text_sha256:
                return "duplicate", None, "the article is there with the same text", neighbour.article_version_id
        owner = item.publisher or item.source
        twin = self._known.own_texts.get((owner, item.text_sha256))
        if twin and not before and not after:
            detail = "the publisher's article is there under another address"
            return "duplicate", None, detail, twin.article_version_id
        version_id = self._add_version(item, at, before, after, owner)
        unread = why_not_extracted(item.text, item.language)
        return "loaded", NOT_EXTRACTED if unread else None, unread, version_id

    def _placed(self, draft: ArticleDraft) -> ArticleDraft:
        """The draft; as an article of its own where it has little in common with what stood at its place."""
        place = place_id(draft.url, draft.source, draft.uri)
        if draft.article_id != place or not self._known.history.get(place):
            return draft
        for article_id in (place, *self._known.others.get(place, ())):
            latest = self._known.latest(article_id)
            if latest and (
                latest.text_sha256 in (draft.text_sha256, _WITHDRAWN_SHA256)
                or not is_other_article(self._copies.text(latest), draft.text)
            ):
                break
        else:
            article_id = identity("other", place, draft.text_sha256)
        if article_id == place:
            return draft
        version_id = identity(article_id, draft.text_sha256)
        return dataclasses.replace(
            draft, article_id=article_id, article_version_id=version_id, copy_group_id=version_id
        )

    def _moment(self, raw: RawDocument, draft: ArticleDraft) -> datetime:
        """What orders this text among the versions of its article."""
        replaced = self._known.stood_at((raw.source, draft.uri), draft.article_id)
        # reading a file for the first time tells nothing of its age; that it has another text than before, it does
        stated = draft.version_at or (None if replaced else draft.published_at)
        at = min(stated or raw.fetched_at, raw.fetched_at)
        if replaced and replaced.version_at and not (replaced.modified_at and draft.modified_at):
            # it stands where the other stood, and not both say when they were changed
            return max(at, replaced.version_at)
        return at

    def _add_version(
        self, draft: ArticleDraft, at: datetime, before: Version | None, after: Version | None, owner: str
    ) -> str:
        version_id = draft.article_version_id
        kind = change_kind(self._copies.text(before), draft.text, draft) if before else "new"
        neighbour = before or after
        if neighbour and version_id in self._known.versions:
            # the text went back to what it was: a version of its own all the same
            version_id = identity(version_id, neighbour.article_version_id)
        place = self._copies.place(draft, version_id, before)
        row = {name: getattr(draft, name) for name in _ARTICLE_FIELDS}
        row |= {"article_version_id": version_id, "version_at": at, "change_kind": kind, **dataclasses.asdict(place)}
        self._add_row(row, owner)
        return version_id

    def _withdraw(self, raw: RawDocument, item: Rejection) -> Judgement | None:
        """The article that stood where there is nothing more, as a last version without its text."""
        before = self._known.documents.get((raw.source, item.uri))
        version = self._known.versions.get(before.article_version_id or "") if before else None
        if version is None:
            return None
        latest = self._known.latest(version.article_id) or version
        if latest.text_sha256 == _WITHDRAWN_SHA256:
            return "duplicate", None, "the article is withdrawn already", latest.article_version_id
        row = self._row(latest)
        # an address that only repeated an article does not take it away with itself
        if (row["source"], row["uri"]) != (raw.source, item.uri) and row["url"] != canonical_url(item.uri):
            return None
        version_id = identity(latest.article_id, _WITHDRAWN_SHA256)
        if version_id in self._known.versions:
            version_id = identity(version_id, latest.article_version_id)
        row |= {
            "article_version_id": version_id,
            "text": _WITHDRAWN,
            "text_sha256": _WITHDRAWN_SHA256,
            "char_count": len(_WITHDRAWN),
            "source": raw.source,
            "uri": item.uri,
            "change_kind": "withdrawn",
            "version_at": raw.fetched_at,
            "warnings": json.dumps([f"withdrawn: {item.detail}"]),
            **dataclasses.asdict(Place(latest.copy_group_id)),
        }
        self._add_row(row, row["publisher"] or row["source"])
        return "loaded", None, item.detail, version_id

    def _row(self, version: Version) -> dict[str, Any]:
        if version.part is None:
            return dict(next(r for r in self._articles if r["article_version_id"] == version.article_version_id))
        [row] = pq.read_table(
            version.part, columns=_ARTICLE_FIELDS, filters=[("article_version_id", "=", version.article_version_id)]
        ).to_pylist()
        return row

    def _add_row(self, row: dict[str, Any], owner: str) -> None:
        self._articles.append(row)
        self._chars += row["char_count"]
        place = place_id(row["url"], row["source"], row["uri"])
        self._known.add(Version(part=None, **{name: row[name] for name in _VERSION_FIELDS}), owner, place)
        self._copies.add(row["article_version_id"], row["text"])

    def _archive(self, raw: RawDocument, item: ArticleDraft | Rejection) -> str | None:
        """Keep the bytes that the document came in, and return their digest.

        A problem that hides them leaves none to keep. Of a large file that is rejected the head is kept, under the
        head's own digest; the whole file's stands in the document's row.
        """
        if raw.problem is not None:
            return None
        if raw.data is not None:
            return self._landing.archive(raw.data)
        if raw.path is None or self._landing.archive_path(raw.fingerprint).exists():
            return None if raw.path is None else raw.fingerprint
        with open_regular(raw.path) as file:
            if isinstance(item, Rejection):
                return self._landing.archive(file.read(_HEAD_BYTES))
            digest = self._landing.archive_file(file)
        if digest != raw.fingerprint:
            log.warning("%s: changed while it was read; the next run reads it again", raw.uri)
        return digest

    def _flush(self) -> None:
        if not self._documents:
            return
        if self._load is None:
            self._load = self._landing.begin(INGEST)
        shard = self._load.shard_count
        self._load.write_documents(shard, self._documents, self._articles)
        self._copies.written(self._load.part(ARTICLES, shard))
        self._documents, self._articles, self._chars = [], [], 0
