"""Articles out of web pages: text against labelled pages, and beside what others make of them.

Reads ``pages/`` of the shared corpora. Token F1 is that of the bags of words, averaged over pages;
run it with ``--worst`` to see the pages that lose most against trafilatura alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from ingest.articles import ArticleDraft, Rejection, read_document
from ingest.documents import fingerprint
from ingest.settings import Settings
from ingest.sources import RawDocument
from ingest.sources.config import FolderConfig

SHARED = Path(os.environ.get("CLAIMHOUSE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
PAGES = SHARED / "corpora" / "pages"
_WORD = re.compile(r"\w+")
_SETTINGS = Settings()


def ours(html: bytes, url: str) -> tuple[str, ArticleDraft | Rejection]:
    raw = RawDocument(
        source="pages",
        uri="page.html",
        fingerprint=fingerprint(html),
        fetched_at=datetime.now(UTC),
        data=html,
        byte_count=len(html),
        metadata={"url": url},
    )
    (item,) = read_document(raw, FolderConfig(name="pages", kind="folder"), _SETTINGS)
    if isinstance(item, Rejection):
        return "", item
    return item.text.removeprefix(f"{item.title}\n\n") if item.title else item.text, item


def trafilatura_alone(html: bytes, url: str) -> str:
    import trafilatura

    return trafilatura.extract(html, url=url, include_comments=False) or ""


@cache
def _newspaper() -> Any:
    import newspaper
    from tldextract import TLDExtract, tldextract

    # else it asks the network for the list of public suffixes, page after page
    tldextract.TLD_EXTRACTOR = TLDExtract(suffix_list_urls=())
    return newspaper


def newspaper(html: bytes, url: str) -> str:
    article = _newspaper().Article(url, fetch_images=False)  # else it asks each page's host for its pictures
    article.download(input_html=html.decode("utf-8", "replace"))
    article.parse()
    return str(article.text)


def f1(text: str, gold: str) -> tuple[float, float, float]:
    got, wanted = Counter(_WORD.findall(text.lower())), Counter(_WORD.findall(gold.lower()))
    shared = sum((got & wanted).values())
    precision = shared / sum(got.values()) if got else float(not wanted)
    recall = shared / sum(wanted.values()) if wanted else float(not got)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def pages() -> list[tuple[str, bytes, str, str]]:
    truth = json.loads((PAGES / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        (key, gzip.decompress((PAGES / f"{key}.html.gz").read_bytes()), entry["url"], entry["articleBody"])
        for key, entry in sorted(truth.items())
    ]


def scores(extract: Callable[[bytes, str], str]) -> tuple[list[tuple[float, float, float]], float]:
    found, seconds = [], 0.0
    for _, html, url, gold in pages():
        start = time.perf_counter()
        try:
            text = extract(html, url)
        except Exception:
            text = ""
        seconds += time.perf_counter() - start
        found.append(f1(text, gold))
    return found, seconds


def measure() -> dict[str, float]:
    found, _ = scores(lambda html, url: ours(html, url)[0])
    alone, _ = scores(trafilatura_alone)
    dated = [item for _, html, url, _ in pages() if isinstance(item := ours(html, url)[1], ArticleDraft)]
    return {
        "pages_token_f1": sum(s[2] for s in found) / len(found),
        "pages_token_f1_trafilatura": sum(s[2] for s in alone) / len(alone),
        "pages_dated": sum(d.published_date is not None for d in dated) / len(dated),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", type=int, default=0, help="show the pages that lose most against trafilatura")
    parser.add_argument("--newspaper", action="store_true", help="measure newspaper4k too")
    arguments = parser.parse_args()
    systems: dict[str, Callable[[bytes, str], str]] = {
        "claimhouse": lambda html, url: ours(html, url)[0],
        "trafilatura": trafilatura_alone,
    }
    if arguments.newspaper:
        _newspaper()  # not installed is not the same as finding nothing
        systems["newspaper4k"] = newspaper
    print(f"{'system':12} {'precision':>9} {'recall':>7} {'token F1':>9} {'ms/page':>8}")
    results = {}
    for name, extract in systems.items():
        results[name], seconds = scores(extract)
        p, r, f = (sum(column) / len(results[name]) for column in zip(*results[name], strict=True))
        print(f"{name:12} {p:9.4f} {r:7.4f} {f:9.4f} {1000 * seconds / len(results[name]):8.1f}")
    rows = sorted(
        (ours_[2] - alone[2], page[0][:12], ours_, alone, page[2])
        for page, ours_, alone in zip(pages(), results["claimhouse"], results["trafilatura"], strict=True)
    )
    for gain, key, mine, alone, url in rows[: arguments.worst]:
        print(f"{gain:+.3f} {key} ours {mine[0]:.2f}/{mine[1]:.2f} alone {alone[0]:.2f}/{alone[1]:.2f} {url[:90]}")
    for name, value in measure().items():
        print(f"{name} {value:.4f}")


if __name__ == "__main__":
    main()
