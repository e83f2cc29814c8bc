"""Broken documents by the thousand: none may stop a run, each is an article or a rejection with a reason.

Takes the samples and the hostile documents apart and together at random, from a seed, floods some with one shape or
with another language, reads each, and extracts the facts of what it gives. Some come in a folder of odd names and
depths, and some are lists of sources. Checks what comes out, and that no document takes more than ten times as long
as the median one of its length. Prints how many of each outcome there were and which documents took longest; one that
breaks a promise is kept in a folder, and the run fails. A run may be bounded by time and go on later from the number
that it reached.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.broken import broken_list, mutated, odd_folder, seeds
from ingest.articles import ArticleDraft, read_document
from ingest.documents import fingerprint
from ingest.extract.pipeline import Pipeline
from ingest.records import DATE_SOURCES, REJECT_REASONS
from ingest.settings import Settings
from ingest.sources import RawDocument, SourcesError, load_sources
from ingest.sources.config import FolderConfig, SourceConfig, TableConfig
from ingest.sources.folder import FolderSource

FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
SLOWEST = 10.0
# how much longer a document may take for each of its characters than the median does; below so many seconds the
# fixed costs of a document are most of it
MOST_OF_MEDIAN = 10.0
LEAST_SECONDS = 0.5
LEAST_CHARS = 2_000
FOLDER = FolderConfig(name="fuzz", kind="folder")


@dataclass
class Checking:
    """What documents are checked with: settings, the count of outcomes, and the taker of a text's facts."""

    settings: Settings = field(default_factory=Settings)
    outcomes: Counter[str] = field(default_factory=Counter)
    pipeline: Pipeline = field(default_factory=Pipeline)
    chars: int = 0

    def untrue(self, text: str) -> int:
        """How many facts of a text are not in it."""
        self.chars += len(text)
        facts = self.pipeline.extract(text, FETCHED.date())
        every = [*facts.claims, *facts.figures, *facts.dates, *facts.locations, *facts.events]
        return sum(text[fact.char_start : fact.char_end] != fact.exact for fact in every)


def problems(raw: RawDocument, source: SourceConfig, checking: Checking) -> list[str]:
    """What is wrong with what a document gives."""
    wrong = []
    seen = set()
    for item in read_document(raw, source, checking.settings):
        if item.uri in seen:
            wrong.append(f"{item.uri} twice")
        seen.add(item.uri)
        if isinstance(item, ArticleDraft):
            checking.outcomes["loaded"] += 1
            item.text.encode()
            if not item.text.strip() or item.char_count != len(item.text) or set(item.text) & set("\0\r\ufeff\u202e"):
                wrong.append("a text that is not clean")
            if untrue := checking.untrue(item.text):
                wrong.append(f"{untrue} facts that are not in the text")
            if item.published_date and (
                item.published_date > FETCHED.date() or item.published_date_source not in DATE_SOURCES
            ):
                wrong.append(f"published {item.published_date} by {item.published_date_source}")
        else:
            checking.outcomes[item.reason] += 1
            if item.reason not in REJECT_REASONS or not item.detail:
                wrong.append(f"rejected without a reason: {item.reason!r} {item.detail!r}")
            if item.reason == "error":
                wrong.append(f"unforeseen: {item.detail}")
    if not seen:
        wrong.append("neither an article nor a rejection")
    return wrong


def read_alone(name: str, data: bytes, checking: Checking) -> list[str]:
    """What is wrong with what a document gives that comes by itself."""
    raw = RawDocument(
        source="fuzz", uri=name, fingerprint=fingerprint(data), fetched_at=FETCHED, data=data, byte_count=len(data)
    )
    if name.endswith((".csv", ".parquet")):
        return problems(raw, TableConfig(name="fuzz", kind="csv", path=Path("x"), fields={"text": "text"}), checking)
    return problems(raw, FOLDER, checking)


def read_folder(rng: random.Random, data: bytes, checking: Checking) -> list[str]:
    """What is wrong with what a folder gives in which the document lies with odd names around it."""
    with tempfile.TemporaryDirectory() as root:
        try:
            odd_folder(rng, data, Path(root))
            raws = list(FolderSource("fuzz", Path(root)).documents(lambda uri, digest: False))
            return [each for raw in raws for each in problems(raw, FOLDER, checking)] if raws else ["nothing is read"]
        finally:
            # what clears up in Python asks for paths that may be too long
            subprocess.run(["rm", "-rf", "--", root], check=True)
            Path(root).mkdir()


def read_list(data: bytes, checking: Checking) -> list[str]:
    """What is wrong with how a list of sources is refused: any error but its own is raised."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sources.yml"
        path.write_bytes(data)
        try:
            load_sources(path, checking.settings)
        except SourcesError as error:
            checking.outcomes["sources refused"] += 1
            return [] if str(error).strip() else ["refused without a reason"]
    checking.outcomes["sources read"] += 1
    return []


def fuzz(first: int, count: int, seed: int, kept: Path, minutes: float | None = None) -> int:
    """Read so many documents from a number on, or as many as the minutes allow; returns how many broke a promise."""
    known = seeds()
    pace: list[tuple[float, float, str, int, bytes]] = []
    failures = 0
    begin = time.perf_counter()
    checking = Checking()
    for name, data in {Path(name).suffix: (name, data) for name, data in known}.values():
        read_alone(name, data, checking)  # what is loaded once is no document's fault
    checking.outcomes.clear()
    read = 0
    for number in range(first, first + count):
        if minutes is not None and time.perf_counter() - begin > minutes * 60:
            break
        read += 1
        rng = random.Random(f"{seed}/{number}")
        kind = rng.choices(("alone", "folder", "list"), (0.92, 0.04, 0.04))[0]
        name, data = ("sources.yml", broken_list(rng)) if kind == "list" else mutated(rng, known)
        checking.chars = 0
        start = time.process_time()  # of this process: other work on the machine is not its fault
        try:
            if kind == "list":
                wrong = read_list(data, checking)
            elif kind == "folder":
                wrong = read_folder(rng, data, checking)
            else:
                wrong = read_alone(name, data, checking)
        except Exception as error:
            wrong = [f"raised {type(error).__name__}: {error}"]
        seconds = time.process_time() - start
        if seconds > SLOWEST:
            wrong.append(f"took {seconds:.1f} s")
        if checking.chars:
            kilos = max(checking.chars, LEAST_CHARS) / 1_000
            pace.append((seconds / kilos, seconds, name, number, data if seconds > LEAST_SECONDS else b""))
        if wrong:
            failures += 1
            keep(kept, number, name, data)
            print(f"{seed}/{number} {name}: {'; '.join(wrong[:3])}")
    median = statistics.median(a_kilo for a_kilo, *_ in pace)
    for a_kilo, seconds, name, number, data in pace:
        if seconds > LEAST_SECONDS and a_kilo > MOST_OF_MEDIAN * median:
            failures += 1
            keep(kept, number, name, data)
            print(f"{seed}/{number} {name}: {seconds:.1f} s, {a_kilo / median:.0f} times the median for its length")
    outcomes = dict(checking.outcomes.most_common())
    print(f"{read} documents from {first} on in {time.perf_counter() - begin:.0f} s: {outcomes}")
    print(
        "slowest: " + ", ".join(f"{s:.2f} s {name} ({number})" for _, s, name, number, _ in sorted(pace, key=_long)[:3])
    )
    worst = max((one for one in pace if one[1] > LEAST_SECONDS), default=None)
    print(
        f"median {median * 1_000:.1f} ms for 1,000 characters"
        + (f", at most {worst[0] / median:.1f} times" if worst else "")
    )
    print(f"fuzz_documents {read}\nfuzz_failures {failures}")
    return failures


def _long(one: tuple[float, float, str, int, bytes]) -> float:
    return -one[1]


def keep(folder: Path, number: int, name: str, data: bytes) -> None:
    """Put a document that broke a promise where it can be looked at."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{number}-{name}").write_bytes(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0, help="number of the first document")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--minutes", type=float, help="end after so many, whatever is left")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "claimhouse-fuzz")
    arguments = parser.parse_args()
    sys.exit(bool(fuzz(arguments.first, arguments.count, arguments.seed, arguments.keep, arguments.minutes)))


if __name__ == "__main__":
    main()
