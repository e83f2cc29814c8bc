"""Broken documents by the thousand: none may stop a run, each is an article or a rejection with a reason.

Takes the samples and the hostile documents apart and together at random, from a seed, reads each, and
checks what comes out. Prints how many of each outcome there were and which document took longest; a
document that breaks a promise is kept in a folder, and the run fails.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from ingest.articles import ArticleDraft, read_document
from ingest.documents import fingerprint
from ingest.records import DATE_SOURCES, REJECT_REASONS
from ingest.settings import Settings
from ingest.sources import RawDocument
from ingest.sources.config import FolderConfig, SourceConfig, TableConfig

PROJECT = Path(__file__).resolve().parent.parent
FETCHED = datetime(2026, 1, 1, tzinfo=UTC)
SLOWEST = 10.0
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
    suffix = rng.choice(_SUFFIXES) if rng.random() < 0.15 else re.search(r"(?:\.\w+)?(?:\.\w+)?$", name)[0]
    return f"fuzz{suffix}", bytes(changed)


def problems(name: str, data: bytes, source: SourceConfig, settings: Settings, outcomes: Counter[str]) -> list[str]:
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


def fuzz(count: int, seed: int, kept: Path) -> int:
    known = seeds()
    settings = Settings()
    outcomes: Counter[str] = Counter()
    slowest: list[tuple[float, str, int]] = []
    failures = 0
    begin = time.perf_counter()
    folder = FolderConfig(name="fuzz", kind="folder")
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        name, data = mutated(rng, known)
        is_table = name.endswith((".csv", ".parquet"))
        source = TableConfig(name="fuzz", kind="csv", path=Path("x"), fields={"text": "text"}) if is_table else folder
        start = time.process_time()  # of this process: other work on the machine is not its fault
        try:
            wrong = problems(name, data, source, settings, outcomes)
        except Exception as error:
            wrong = [f"raised {type(error).__name__}: {error}"]
        seconds = time.process_time() - start
        if seconds > SLOWEST:
            wrong.append(f"took {seconds:.1f} s")
        slowest = sorted([*slowest, (seconds, name, number)], reverse=True)[:3]
        if wrong:
            failures += 1
            kept.mkdir(parents=True, exist_ok=True)
            (kept / f"{number}-{name}").write_bytes(data)
            print(f"{seed}/{number} {name}: {'; '.join(wrong[:3])}")
    print(f"{count} documents in {time.perf_counter() - begin:.0f} s: {dict(outcomes.most_common())}")
    print("slowest: " + ", ".join(f"{s:.2f} s {name} ({number})" for s, name, number in slowest))
    print(f"fuzz_documents {count}\nfuzz_failures {failures}")
    return failures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "claimhouse-fuzz")
    arguments = parser.parse_args()
    sys.exit(bool(fuzz(arguments.count, arguments.seed, arguments.keep)))


if __name__ == "__main__":
    main()
