"""Speed of the parser: whole spaCy documents by each engine and instruction set, on one core.

Belongs here: the engines as contestants, cold and warm. Does not belong here: extraction against its
peers (``speed``), whether the engines agree (``agreement``).

    python -m benchmarks.parsing [--texts 512]

Texts are those of ../shared/corpora, where they are present, and generated articles otherwise; every
text is new to every contestant in the cold pass, which starts right after loading, and is seen again
in the warm one. CPU seconds of one process, the contestants taking turns on each batch; ratios are
medians over the batches.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ingest.extract.threads import single_threaded_blas

single_threaded_blas()  # before anything imports a number library

import spacy  # noqa: E402

from benchmarks.agreement import corpora  # noqa: E402
from benchmarks.articles import articles  # noqa: E402
from ingest.extract.parser.native import NativeEngine, UnavailableError, instruction_sets  # noqa: E402
from ingest.extract.parser.stock import StockEngine  # noqa: E402
from ingest.settings import settings  # noqa: E402

BATCH = 256
SHIPPED = "stock as shipped"


@dataclass
class Contestant:
    """An engine, and the CPU seconds of its batches; all work on the same texts, so their sums compare."""

    name: str
    docs: Callable[[Iterable[str]], Iterable[Any]]
    seconds: list[float] = field(default_factory=list)

    def run(self, texts: list[str]) -> None:
        before = time.process_time()
        for doc in self.docs(texts):
            assert doc.has_annotation("DEP") or not len(doc)
        self.seconds.append(time.process_time() - before)


def contestants() -> list[Contestant]:
    """Those of this machine, each with a model of its own, newly loaded."""
    model = settings().model
    found = [
        Contestant(SHIPPED, spacy.load(model).pipe),
        Contestant("stock, set up", StockEngine(model, complete=True).docs),
    ]
    try:
        names = instruction_sets()
    except UnavailableError as reason:
        print(f"  {reason}")
        names = []
    for name in names:
        native = NativeEngine(StockEngine(model, complete=True), name)
        found.append(Contestant(native.name, native.docs))
    return found


def measure(texts: list[str]) -> dict[str, dict[str, Any]]:
    """For the cold and the warm pass: KB/s of each contestant, and how many times as fast as shipped."""
    have = contestants()
    size = sum(len(t.encode()) for t in texts) / 1000
    result = {}
    for state in ("cold", "warm"):
        for contestant in have:
            contestant.seconds = []
        for at in range(0, len(texts), BATCH):
            turn = at // BATCH % len(have)
            for contestant in have[turn:] + have[:turn]:
                contestant.run(texts[at : at + BATCH])
        shipped = have[0].seconds
        result[state] = {
            c.name: {
                "kb_a_second": size / sum(c.seconds),
                "times_shipped": statistics.median(s / o for s, o in zip(shipped, c.seconds, strict=True)),
            }
            for c in have
        }
    return result


def show(result: dict[str, dict[str, Any]]) -> None:
    """One line a contestant."""
    print(f"  {'':18} {'cold KB/s':>10} {'':8} {'warm KB/s':>10}")
    for name in result["cold"]:
        cold, warm = result["cold"][name], result["warm"][name]
        print(
            f"  {name:18} {cold['kb_a_second']:10.1f} {cold['times_shipped']:7.1f}× "
            f"{warm['kb_a_second']:10.1f} {warm['times_shipped']:7.1f}×"
        )


def parsing(count: int) -> dict[str, dict[str, Any]]:
    """Measure on so many texts."""
    texts = [text for _, text in islice(corpora(), count)]
    return measure(texts or [a.text for a in articles(count)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=512)
    args = parser.parse_args()
    print("Texts to spaCy documents, everything annotated, one core")
    show(parsing(args.texts))


if __name__ == "__main__":
    main()
