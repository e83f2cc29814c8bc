"""Broken documents by the thousand: none may stop a run, each is an article or a rejection with a reason.

Takes the samples and the hostile documents apart and together at random, from a seed, floods some with one shape or
with another language, reads each, and extracts the facts of what it gives. Checks what comes out, and that no
document takes more than ten times as long as the median one of its length. Prints how many of each outcome there
were and which documents took longest; one that breaks a promise is kept in a folder, and the run fails. A run may be
bounded by time and go on later from the number that it reached.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from ingest.articles import ArticleDraft, read_document
from ingest.documents import fingerprint
from ingest.extract.pipeline import Pipeline
from ingest.records import DATE_SOURCES, REJECT_REASONS
from ingest.settings import Settings
from ingest.sources import RawDocument
from ingest.sources.config import FolderConfig, SourceConfig, TableConfig

PROJECT = Path(__file__).resolve().parent.parent
FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
SLOWEST = 10.0
# how much longer a document may take for each of its characters than the median does; below so many seconds the
# fixed costs of a document are most of it
MOST_OF_MEDIAN = 10.0
LEAST_SECONDS = 0.5
LEAST_CHARS = 2_000
LONGEST_FLOOD = 60_000
# one thing over and over: where rules look for the end of something, they look for it in all that follows
SHAPES = [
    *(",", "_", "=", '"', "(", "—", "."),
    *("— ", "😀 ", "'s ", "who said ", "he said that ", "according to him, ", "“The army, he said, "),
    *("THE ARMY SAID IT TOOK BOROVA AND KILLED 12 PEOPLE ", "BOROVA AND ", "Ivan Petrov ", "killed 12 people and "),
    *("shelled ", "the attack on the strike by ", "rebel-held ", "12 dead, ", "six of the 12 of the six "),
    *("The attack killed six people. ", "Troops shelled Kherson and ", "missile hits market, killing ", "told that "),
    *("Kyiv denied that Moscow lied. Anna Brama said that it lied. ", "He rejected the claim and she accused him. "),
    "He denied killing them, she said they were killed. ",
]
# paragraphs of other languages, to stand between those of a text
_ELSEWHERE = [
    "Міський голова сказав, що вночі в Ізюмі пошкоджено сорок будинків, а залізниця стояла до полудня.",
    "Мэр сообщил, что ночью в городе повреждено сорок домов и что поезда не ходили до полудня.",
    "Le maire a déclaré que quarante maisons avaient été endommagées pendant la nuit.",
    "قال رئيس البلدية إن أربعين منزلا تضررت خلال الليل.",
]
_TOKENS = [
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xae",
    b"\r",
    b"\n\n",
    b"<",
    b">",
    b"</",
    b"<!--",
    b"<![CDATA[",
    b"<div>" * 300,
    b"<table>" * 300,
    b"&#0;",
    b"&#xD800;",
    b"&amp;" * 200,
    b'"',
    b"{",
    b"}",
    b"[" * 1_500,
    b"]",
    b'{"a":' * 300,
    b"\\ud800",
    b"---\n",
    b"date 9999-99-99 ",
    b"0000-00-00",
    b"1e999",
    b"null",
    b"NaN",
    b"<script>",
    b'<meta charset="utf-7">',
    b'<?xml version="1.0"?>',
    b'{"@type":"NewsArticle","datePublished":{"@value":[]}}',
    b"<time datetime=''>",
    b"PK\x03\x04",
    b"\x1f\x8b\x08\x00",
    b"%PDF-",
    "\u202e\u0301\u200b".encode(),
    b"a" * 5_000,
    b"\n" * 5_000,
    b" " * 5_000,
    b"(" * 2_000,
    b"* " * 2_000,
    b"> " * 500,
    b"- " * 500,
    b"| " * 1_000,
    b"[a](" * 500,
    b"`" * 1_001,
    b"__" * 1_000,
    b"WARC/1.0\r\n",
    b"Content-Length: 99999999999\r\n",
]
_SUFFIXES = [
    ".txt",
    ".md",
    ".html",
    ".json",
    ".jsonl",
    ".zip",
    ".txt.gz",
    ".jsonl.gz",
    ".warc",
    ".warc.gz",
    ".csv",
    ".parquet",
    ".xz",
]


def seeds() -> list[tuple[str, bytes]]:
    sys.path.insert(0, str(PROJECT / "tests"))
    from hostile import files

    found = [(name, data) for name, (data, _) in files().items() if len(data) < 200_000]
    samples = PROJECT / "samples"
    found += [
        (p.name, p.read_bytes()) for p in sorted(samples.rglob("*")) if p.is_file() and p.stat().st_size < 200_000
    ]
    return found


def mutated(rng: random.Random, known: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    name, data = rng.choice(known)
    if rng.random() < 0.1:
        return "flood.txt", flooded(rng)
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        place = rng.randrange(len(changed) + 1)
        match rng.randrange(7):
            case 0:
                del changed[place:]
            case 1:
                del changed[place : place + rng.randrange(1, 400)]
            case 2:
                for _ in range(rng.randrange(1, 60)):
                    if changed:
                        changed[rng.randrange(len(changed))] = rng.randrange(256)
            case 3:
                changed[place:place] = rng.choice(_TOKENS)
            case 4:
                other = rng.choice(known)[1]
                start = rng.randrange(len(other) + 1)
                changed[place:place] = other[start : start + rng.randrange(2_000)]
            case 5:
                changed[place:place] = changed[place : place + 500] * rng.randrange(1, 30)
            case 6:
                changed[place : place + 200] = bytes(reversed(changed[place : place + 200]))
    suffix = rng.choice(_SUFFIXES) if rng.random() < 0.15 else "".join(Path(name).suffixes[-2:])
    return f"fuzz{suffix}", bytes(changed)


def flooded(rng: random.Random) -> bytes:
    """A text of one shape, or of several languages, as long as a long article."""
    if rng.random() < 0.3:
        parts = ["The mayor of Izium, Petro Hrab, said on Friday that 12 houses were damaged.", *_ELSEWHERE]
        return "\n\n".join(rng.choice(parts) for _ in range(rng.randrange(2, 60))).encode()
    shape = rng.choice(SHAPES)
    before = "The mayor of Izium said on Friday that 12 houses were damaged. " * rng.randrange(3)
    return (before + shape * (rng.randrange(1_000, LONGEST_FLOOD) // len(shape))).encode()


def problems(
    name: str,
    data: bytes,
    source: SourceConfig,
    settings: Settings,
    outcomes: Counter[str],
    extract: Callable[[str], int],
) -> list[str]:
    """What is wrong with what a document gives; ``extract`` takes the facts of a text, and says how many are untrue."""
    raw = RawDocument(
        source=source.name, uri=name, fingerprint=fingerprint(data), fetched_at=FETCHED, data=data, byte_count=len(data)
    )
    wrong = []
    seen = set()
    for item in read_document(raw, source, settings):
        if item.uri in seen:
            wrong.append(f"{item.uri} twice")
        seen.add(item.uri)
        if isinstance(item, ArticleDraft):
            outcomes["loaded"] += 1
            item.text.encode()
            if not item.text.strip() or item.char_count != len(item.text) or set(item.text) & set("\0\r\ufeff\u202e"):
                wrong.append("a text that is not clean")
            if untrue := extract(item.text):
                wrong.append(f"{untrue} facts that are not in the text")
            if item.published_date and (
                item.published_date > FETCHED.date() or item.published_date_source not in DATE_SOURCES
            ):
                wrong.append(f"published {item.published_date} by {item.published_date_source}")
        else:
            outcomes[item.reason] += 1
            if item.reason not in REJECT_REASONS or not item.detail:
                wrong.append(f"rejected without a reason: {item.reason!r} {item.detail!r}")
            if item.reason == "error":
                wrong.append(f"unforeseen: {item.detail}")
    if not seen:
        wrong.append("neither an article nor a rejection")
    return wrong


def fuzz(first: int, count: int, seed: int, kept: Path, minutes: float | None = None) -> int:
    """Read so many documents from a number on, or as many as the minutes allow; returns how many broke a promise."""
    known = seeds()
    settings = Settings()
    outcomes: Counter[str] = Counter()
    pace: list[tuple[float, float, str, int, bytes]] = []
    chars = 0
    pipeline = Pipeline()

    def extract(text: str) -> int:
        nonlocal chars
        chars += len(text)
        facts = pipeline.extract(text, FETCHED.date())
        every = [*facts.claims, *facts.figures, *facts.dates, *facts.locations]
        return sum(text[fact.char_start : fact.char_end] != fact.exact for fact in every)

    failures = 0
    begin = time.perf_counter()
    folder = FolderConfig(name="fuzz", kind="folder")
    for name, data in {Path(name).suffix: (name, data) for name, data in known}.values():
        # what is loaded once is no document's fault
        problems(name, data, folder, settings, Counter(), extract)
    read = 0
    for number in range(first, first + count):
        if minutes is not None and time.perf_counter() - begin > minutes * 60:
            break
        read += 1
        rng = random.Random(f"{seed}/{number}")
        name, data = mutated(rng, known)
        is_table = name.endswith((".csv", ".parquet"))
        source = TableConfig(name="fuzz", kind="csv", path=Path("x"), fields={"text": "text"}) if is_table else folder
        chars = 0
        start = time.process_time()  # of this process: other work on the machine is not its fault
        try:
            wrong = problems(name, data, source, settings, outcomes, extract)
        except Exception as error:
            wrong = [f"raised {type(error).__name__}: {error}"]
        seconds = time.process_time() - start
        if seconds > SLOWEST:
            wrong.append(f"took {seconds:.1f} s")
        if chars:
            kilos = max(chars, LEAST_CHARS) / 1_000
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
    print(f"{read} documents from {first} on in {time.perf_counter() - begin:.0f} s: {dict(outcomes.most_common())}")
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
