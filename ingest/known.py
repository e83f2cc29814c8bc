"""What the landing holds already, in memory: documents, texts, and the versions of each article in their order.

Belongs here: telling what is new from what is known. Does not belong here: reading the landing (``ingest.landing``),
what becomes of a document (``ingest.intake``).
"""

from __future__ import annotations

from bisect import bisect_right, insort_right
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(slots=True)
class Version:
    """A known version of an article; ``part`` is the landed file that holds its text, once it is written."""

    article_version_id: str
    article_id: str
    text_sha256: str
    publisher: str | None
    agency: str | None
    copy_group_id: str
    copy_of_version_id: str | None
    modified_at: datetime | None
    version_at: datetime | None
    part: Path | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a document when it was last read."""

    document_id: str
    digest: str
    article_version_id: str | None
    earlier: tuple[str, ...] = ()  # the article versions that it gave when it was read before, the last one last


@dataclass(slots=True)
class Known:
    """What the landing holds already, for telling new documents from old ones."""

    # source, file_uri -> its fingerprint when it was last read to its end
    files: dict[tuple[str, str], str] = field(default_factory=dict)
    documents: dict[tuple[str, str], Reading] = field(default_factory=dict)  # by source, uri
    versions: dict[str, Version] = field(default_factory=dict)  # by article_version_id, in order of landing
    # place_id of an address or a file -> articles that stood there, where it is not one article all the time
    others: dict[str, list[str]] = field(default_factory=dict)
    history: dict[str, list[Version]] = field(default_factory=dict)  # by article_id, the first version first
    # (publisher or source, text_sha256) -> the version that had that text first; the same by text alone
    own_texts: dict[tuple[str, str], Version] = field(default_factory=dict)
    texts: dict[str, Version] = field(default_factory=dict)

    def read(self, place: tuple[str, str], document_id: str, digest: str, version_id: str | None) -> None:
        """Take in a reading of what stands at a place (source, uri), after all that were read before."""
        before = self.documents.get(place)
        earlier = before.earlier if before else ()
        if before and before.article_version_id:
            earlier = (*earlier, before.article_version_id)
        self.documents[place] = Reading(document_id, digest, version_id, earlier)

    def stood_at(self, place: tuple[str, str], article_id: str) -> Version | None:
        """The last version of an article among what stood at a place, whatever else was read there since."""
        reading = self.documents.get(place)
        if reading is None:
            return None
        for version_id in reversed((*reading.earlier, reading.article_version_id or "")):
            version = self.versions.get(version_id)
            if version and version.article_id == article_id:
                return version
        return None

    def add(self, version: Version, owner: str, place: str) -> None:
        """Take in a version that was landed, after all that were landed before.

        Args:
            version: what was landed.
            owner: the publisher, or the source where there is none.
            place: the place_id of where the article stands.
        """
        if version.article_id != place and version.article_id not in self.history:
            self.others.setdefault(place, []).append(version.article_id)
        self.versions[version.article_version_id] = version
        insort_right(self.history.setdefault(version.article_id, []), version, key=_moment)
        self.own_texts.setdefault((owner, version.text_sha256), version)
        self.texts.setdefault(version.text_sha256, version)

    def latest(self, article_id: str) -> Version | None:
        """The version of an article that is current."""
        versions = self.history.get(article_id)
        return versions[-1] if versions else None

    def around(self, article_id: str, at: datetime) -> tuple[Version | None, Version | None]:
        """The versions of an article before and after one of this moment that is landed now."""
        versions = self.history.get(article_id, [])
        place = bisect_right(versions, at, key=_moment)
        return versions[place - 1] if place else None, versions[place] if place < len(versions) else None

    def seen_since(self, article_id: str, text_sha256: str, at: datetime) -> Version | None:
        """The version of an article after a moment that has this text and does not say when it was changed."""
        versions = self.history.get(article_id, [])
        later = versions[bisect_right(versions, at, key=_moment) :]
        return next((v for v in later if v.text_sha256 == text_sha256 and v.modified_at is None), None)


def _moment(version: Version) -> datetime:
    assert version.version_at is not None
    return version.version_at
