"""A web archive in one run: memory and cost of a document, stage by stage, from small to large.

Belongs here: writing an archive of generated pages, reading it as a first night, killing that, taking it
up again, and a second night with one new page in a hundred. Does not belong here: the articles
(``benchmarks.articles``), watching a refresh (``benchmarks.refresh``).

    python -m benchmarks.archive [--sizes 1000,10000,100000] [--refresh SIZE] [--folder DIR]

Seconds are of the clock and of the processor; memory is the largest that the process, or for a refresh
all its processes together, ever held. Every first night is killed half-way: no article may be lost or
doubled, and where the archive is small enough to read it twice, copies must be grouped as if it had not
been.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.articles import Article, article
from benchmarks.refresh import House

PARAGRAPHS = 2
LARGEST_COMPARED = 10_000  # with the same archive read in one go
SOURCES = "sources:\n  - {{name: archive, kind: warc, path: {path}}}\n"
_PAGE = """<!doctype html><html lang="en"><head><title>{title} | {publisher}</title>
<meta charset="utf-8"><link rel="canonical" href="{url}"><meta property="og:type" content="article">
<script type="application/ld+json">{data}</script></head><body>
<header><nav><a href="/">Home</a> <a href="/world">World</a> <a href="/war">War</a></nav></header>
<article><h1>{title}</h1>{body}</article>
<aside><h2>Most read</h2><ul><li><a href="/1">Markets close higher after a quiet week</a></li></ul></aside>
<footer><p>© {publisher}. All rights reserved.</p></footer></body></html>"""


def page(one: Article) -> tuple[str, bytes]:
    """Address and bytes of a page with the article, cut to its first paragraphs, in it."""
    url = f"https://{one.publisher.lower().replace(' ', '-')}.example/{one.published:%Y/%m/%d}/{one.number}"
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": one.title,
        "datePublished": one.published.isoformat(),
        "publisher": {"@type": "Organization", "name": one.publisher},
    }
    body = "".join(f"<p>{escape(p)}</p>" for p in one.body.split("\n\n")[:PARAGRAPHS])
    names = {"title": escape(one.title), "publisher": one.publisher, "url": url}
    return url, _PAGE.format(body=body, data=json.dumps(data), **names).encode()


def write_archive(path: Path, first: int, count: int) -> None:
    """A WARC file of so many pages, compressed record by record as crawlers do."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(first, first + count):
            url, data = page(article(number))
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    payload=io.BytesIO(data),
                    http_headers=headers,
                    warc_headers_dict={"WARC-Date": "2025-12-01T00:00:00Z"},
                )
            )


def read_once(folder: Path) -> dict[str, Any]:
    """Read what is new into a load and commit it; what that took of this process."""
    from ingest.intake import Intake
    from ingest.landing import Landing
    from ingest.sources import load_sources

    settings = _settings(folder)
    began = time.perf_counter()
    report = Intake(Landing(settings.landing_dir), settings).run(load_sources(settings.sources_file, settings))
    if report.load:
        report.load.commit({})
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": time.perf_counter() - began,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak_mb": usage.ru_maxrss / 1024,
        "read": report.documents_read,
        "loaded": report.total("loaded"),
        "problems": report.source_problems,
    }


def _settings(folder: Path) -> Any:
    from ingest.settings import Settings

    return Settings(data_dir=folder / "data", sources_file=folder / "sources.yml")


def _start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.archive", "--read", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _read(folder: Path) -> dict[str, Any]:
    with _start(folder) as process:
        output, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"reading failed with {process.returncode}")
    found: dict[str, Any] = json.loads(output)
    if found["problems"]:
        raise RuntimeError(f"a source failed: {found['problems']}")
    return found


def _read_until_killed(folder: Path, shards: int) -> dict[str, Any]:
    """Read until so many shards are there, then kill -9; what that took."""
    began = time.perf_counter()
    process = _start(folder)
    while len(list((folder / "data/landing/loads").glob("*/documents/part-*.parquet"))) < shards:
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    _, _, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024}


def _landed(folder: Path, *names: str) -> list[tuple[str, ...]]:
    """Columns of all landed articles."""
    from ingest.landing import Landing
    from ingest.tables import ARTICLES

    loads = Landing(_settings(folder).landing_dir).loads()
    return [row for load in loads for row in zip(*load.read(ARTICLES, names).to_pydict().values(), strict=True)]


def _lay_out(folder: Path, warc: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sources.yml").write_text(SOURCES.format(path=warc), encoding="utf-8")


def nights(folder: Path, size: int) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """(stage, documents, what it took) of a first night, killed half-way, and a second, with 1 % new.

    Raises:
        RuntimeError: an article was lost or doubled.
    """
    warc = folder / "warc"
    _lay_out(folder, warc)
    write_archive(warc / "first.warc.gz", 0, size)
    took = _read_until_killed(folder, max(size // _settings(folder).shard_articles // 2, 1))
    half = len(_landed(folder, "url"))
    yield "killed half-way", half, took
    yield "taken up", size - half, _read(folder)
    urls = [url for (url,) in _landed(folder, "url")]
    if sorted(urls) != sorted(page(article(n))[0] for n in range(size)):
        raise RuntimeError(f"{size} pages gave {len(urls)} articles, {len(set(urls))} different ones")
    write_archive(warc / "second.warc.gz", size, size // 100)
    yield "second night", size // 100, _read(folder)
    yield "nothing new", 0, _read(folder)


def unbroken(folder: Path, size: int, killed: Path) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """The same archives, read in one go.

    Raises:
        RuntimeError: that gives other articles than the run that was killed.
    """
    _lay_out(folder, killed / "warc")
    yield "in one go", size + size // 100, _read(folder)
    names = ("article_version_id", "copy_group_id", "copy_kind")
    if sorted(map(str, _landed(folder, *names))) != sorted(map(str, _landed(killed, *names))):
        raise RuntimeError("a run that was killed gave other articles, or other groups")


def refresh(folder: Path, size: int) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """A whole refresh of an archive: reading, extraction, checks, warehouse; then one with 1 % new."""
    warc = folder / "warc"
    write_archive(warc / "first.warc.gz", 0, size)
    house = House(folder, SOURCES.format(path=warc))
    for stage, count in (("refresh", size), ("refresh, 1 % new", size // 100)):
        if count < size:
            write_archive(warc / "second.warc.gz", size, count)
        run = house.refresh()
        yield stage, count, {"seconds": run.seconds, "cpu": None, "peak_mb": run.peak_mb}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000", help="documents, smallest first")
    parser.add_argument("--refresh", type=int, default=0, help="documents of a whole refresh")
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder by default")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        print(json.dumps(read_once(given.read)))
        return
    head = (
        f"{'archive of':>10} {'stage':20} {'documents':>9} {'seconds':>8} {'ms each':>8} {'cpu ms':>7} {'peak MB':>8}"
    )
    print(head, flush=True)
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        root = Path(name)
        for size in [int(s) for s in given.sizes.split(",") if s]:
            folder = root / f"{size}"
            for row in nights(folder, size):
                _print(size, *row)
            if size <= LARGEST_COMPARED:
                for row in unbroken(root / f"{size}-unbroken", size, folder):
                    _print(size, *row)
            kinds = [kind for (kind,) in _landed(folder, "copy_kind")]
            print(f"{size:10,} copies: {sum(k is not None for k in kinds):,} of {len(kinds):,} articles", flush=True)
        if given.refresh:
            for row in refresh(root / "refresh", given.refresh):
                _print(given.refresh, *row)


def _print(size: int, stage: str, documents: int, took: dict[str, Any]) -> None:
    each = f"{took['seconds'] / documents * 1000:8.2f}" if documents else f"{'':8}"
    cpu = f"{took['cpu'] / documents * 1000:7.2f}" if documents and took["cpu"] is not None else f"{'':7}"
    line = f"{size:10,} {stage:20} {documents:9,} {took['seconds']:8.1f} {each} {cpu} {took['peak_mb']:8.0f}"
    print(line, flush=True)


if __name__ == "__main__":
    main()
