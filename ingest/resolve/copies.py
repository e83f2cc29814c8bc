"""Which texts are copies: the group that each new text joins.

Belongs here: looking a new text up among all that were landed, in the order in which they were. Does
not belong here: how alike two texts are (``ingest.articles.copies``), what is counted (the warehouse).

A text joins the group of the one that it repeats most of, among those that came before it; so what a
landed row says never changes. The index is a cache of the landing: what it lacks is read from there,
what it has and the landing lacks is forgotten, and without it the same groups come out.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from ingest.articles import ArticleDraft
from ingest.articles.copies import THRESHOLD, CopyIndex, containment, copy_kind, prints, runs
from ingest.known import Known, Version
from ingest.values import value

_KEPT_RUNS = 4_096  # texts whose runs are kept at hand; about 4 KB each
_LEAST_GROWTH = 2_000  # texts, before an index is saved in the middle of a run


@value(frozen=True, slots=True)
class Place:
    """Where a text stands among the others."""

    copy_group_id: str
    copy_of_version_id: str | None = None
    copy_kind: str | None = None
    copy_share: float | None = None


class CopyGroups:
    """The groups of one landing, during one run."""

    def __init__(self, known: Known, path: Path) -> None:
        self._known = known
        self._path = path
        self._fresh: dict[str, str] = {}  # texts that no file holds yet
        self._runs_of = lru_cache(maxsize=_KEPT_RUNS)(lambda key: runs(self.text(known.versions[key])))
        self._index: CopyIndex | None = None
        self._saved = 0
        self._is_changed = False
        self._runs_of_new = lru_cache(maxsize=1)(runs)  # asked for twice, to place a text and to add it

    def text(self, version: Version) -> str:
        """The text of a known version, from its file where it has been written."""
        if version.part is None:
            return self._fresh[version.article_version_id]
        with pq.ParquetFile(version.part) as file:  # a third of what a filtered read_table takes
            landed = file.read(columns=["article_version_id", "text"], use_threads=False)
        row = pc.index(landed["article_version_id"], version.article_version_id).as_py()
        return str(landed["text"][row].as_py())

    def place(self, draft: ArticleDraft, version_id: str, latest: Version | None) -> Place:
        """Where a new version stands.

        Args:
            draft: the new version.
            version_id: what it is to be called.
            latest: the version of the article before it; None where it is the first.
        """
        index = self._ready()
        all_runs = self._runs_of_new(draft.text)
        is_like_before = (
            latest is not None and containment(all_runs, self._runs_of(latest.article_version_id)) >= THRESHOLD
        )

        def skip(key: str) -> bool:
            other = self._known.versions[key]
            if other.article_id == draft.article_id:
                return True
            # those that copied the article are no origin of its next version
            return is_like_before and latest is not None and other.copy_group_id == latest.copy_group_id

        same = self._known.texts.get(draft.text_sha256)
        if same is not None and not skip(same.article_version_id):
            return self._copy(draft, same, 1.0)
        match = index.find(all_runs, skip)
        if match is not None:
            return self._copy(draft, self._known.versions[match.key], match.share)
        if latest is None or not is_like_before:
            return Place(version_id)
        if latest.copy_of_version_id is None:
            return Place(latest.copy_group_id)
        origin = self._known.versions[latest.copy_of_version_id]
        share = containment(all_runs, self._runs_of(origin.article_version_id))
        return self._copy(draft, origin, share) if share >= THRESHOLD else Place(version_id)

    def _copy(self, draft: ArticleDraft, origin: Version, share: float) -> Place:
        kind = copy_kind(
            is_same_text=draft.text_sha256 == origin.text_sha256,
            publisher=draft.publisher,
            agency=draft.agency,
            of_publisher=origin.publisher,
            of_agency=origin.agency,
        )
        return Place(origin.copy_group_id, origin.article_version_id, kind, round(share, 4))

    def add(self, version_id: str, text: str) -> None:
        """Take in a text behind all others; it is at hand until :meth:`written`."""
        self._fresh[version_id] = text
        self._ready().add(version_id, prints(self._runs_of_new(text)))
        self._is_changed = True

    def written(self, part: Path) -> None:
        """The texts taken in since the last time are in this file now."""
        for version_id in self._fresh:
            self._known.versions[version_id].part = part
        self._fresh = {}
        if self._index is not None and len(self._index) > self._saved + max(_LEAST_GROWTH, self._saved // 4):
            self.save()

    def save(self) -> None:
        """Keep the index for the next run, where it has grown."""
        if self._index is not None and self._is_changed:
            self._index.save(self._path)
            self._saved, self._is_changed = len(self._index), False

    def _ready(self) -> CopyIndex:
        """The index of all that was landed; read when the first new text comes."""
        if self._index is None:
            self._index = CopyIndex.load(self._path, self._runs_of)
            landed = [v for v in self._known.versions.values() if v.article_version_id not in self._fresh]
            self._bring_up(self._index, landed)
            self._saved = len(self._index)
        return self._index

    @staticmethod
    def _bring_up(index: CopyIndex, landed: list[Version]) -> None:
        same = 0
        for key, version in zip(index.keys, landed, strict=False):
            if key != version.article_version_id:
                break
            same += 1
        if same < len(index):
            index.keep_first(same)
        for part, versions in groupby(landed[same:], key=lambda version: version.part):
            rows = pq.read_table(part, columns=["article_version_id", "text"]).to_pydict()
            texts = dict(zip(rows["article_version_id"], rows["text"], strict=True))
            for version in versions:
                index.add(version.article_version_id, prints(runs(texts[version.article_version_id])))
