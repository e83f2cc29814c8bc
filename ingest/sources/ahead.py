"""Fetching many sources at once, and handing on what they give one source after the other.

Belongs here: the threads that fetch, and where documents wait for their turn. Does not belong here:
fetching (``ingest.sources.web``), what is done with a document.

Documents are handed on in the order of the sources, whichever of them answers first, so that the same
answers give the same load. What waits, waits on disk. A source that does not end in its time is given up;
its thread ends with the next thing that it does.
"""

from __future__ import annotations

import dataclasses
import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ingest.documents import Known, RawDocument
from ingest.settings import Settings
from ingest.sources import open_source
from ingest.sources.config import FetchedConfig
from ingest.sources.fetch import Hosts
from ingest.sources.web import SourceFailedError, WebSource

# beyond the time for fetching: what a last exchange and the waiting document may still take
_GRACE = 90.0


class _End:
    """Comes behind the last document."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem


class Ahead:
    """One source, fetched by a thread of its own."""

    def __init__(self, source: WebSource, known: Known, folder: Path, slots: threading.Semaphore) -> None:
        self._source = source
        self._known = known
        self._folder = folder
        self._slots = slots
        self._queue: queue.Queue[RawDocument | _End] = queue.Queue()
        self._started_at: float | None = None
        self._is_given_up = False
        self._has_slot = False
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin to fetch as soon as a slot is free."""
        # a daemon: a thread that hangs in the resolver keeps nobody from ending
        threading.Thread(target=self._work, name=f"fetch-{self._source.config.name}", daemon=True).start()

    def _work(self) -> None:
        self._slots.acquire()
        self._has_slot = True
        self._started_at = time.monotonic()
        try:
            for number, document in enumerate(self._source.documents(self._known)):
                if self._is_given_up:
                    return
                self._queue.put(self._kept(number, document))
            self._queue.put(_End())
        except Exception as problem:  # whatever happens here is told where the documents are taken
            self._queue.put(_End(problem))
        finally:
            self._free_slot()

    def _free_slot(self) -> None:
        with self._lock:
            if self._has_slot:
                self._has_slot = False
                self._slots.release()

    def _kept(self, number: int, document: RawDocument) -> RawDocument:
        if document.data is None:
            return document
        path = self._folder / str(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.data)
        return dataclasses.replace(document, data=None, path=path)

    def documents(self, seconds: float) -> Iterator[RawDocument]:
        """What the source gives, as it comes; a document's file is there until the next one is asked for.

        Raises:
            SourceFailedError: it was not at its end after so many seconds.
            Exception: what the source itself raised.
        """
        while True:
            item = self._next(seconds)
            if isinstance(item, _End):
                if item.problem is not None:
                    raise item.problem
                return
            yield item
            if item.path is not None:
                item.path.unlink(missing_ok=True)

    def _next(self, seconds: float) -> RawDocument | _End:
        while True:
            try:
                return self._queue.get(timeout=0.5)
            except queue.Empty:
                if self._started_at is not None and time.monotonic() - self._started_at > seconds:
                    self._give_up(f"not at its end after {seconds:.0f} seconds")

    def _give_up(self, problem: str) -> None:
        self._is_given_up = True
        self._source.remembers = False
        self._free_slot()
        state = self._source.state()
        state.failed(problem)
        state.save()
        raise SourceFailedError(problem)


class FetchAhead:
    """The fetched sources of a run, some of them at a time."""

    def __init__(
        self,
        configs: Iterable[FetchedConfig],
        settings: Settings,
        known_of: Callable[[FetchedConfig], Known],
        grace: float = _GRACE,
    ) -> None:
        self._folder = settings.state_dir / "fetched"
        self._seconds = settings.fetch_seconds + grace
        slots = threading.Semaphore(settings.fetch_at_once)
        hosts = Hosts()
        self._ahead: dict[str, Ahead] = {}
        for config in configs:
            source = open_source(config, settings, hosts)
            assert isinstance(source, WebSource)
            self._ahead[config.name] = Ahead(source, known_of(config), self._folder / config.name, slots)

    def __enter__(self) -> FetchAhead:
        shutil.rmtree(self._folder, ignore_errors=True)  # what a run that died left waiting
        for ahead in self._ahead.values():
            ahead.start()
        return self

    def __exit__(self, *exc: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def documents(self, config: FetchedConfig) -> Iterator[RawDocument]:
        """What one source gives. To be asked in the order in which the sources were given.

        Raises:
            SourceFailedError: it could not be read, or not to its end in its time.
        """
        return self._ahead[config.name].documents(self._seconds)
