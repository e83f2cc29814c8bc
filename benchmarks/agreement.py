"""Whether the native parser gives what stock spaCy gives, token by token, on as many texts as there are.

Belongs here: the texts to compare on, the comparison, its report. Does not belong here: speed
(``speed``), the fast check on the project's own texts (tests/unit/extract/parser).

    python -m benchmarks.agreement [--tokens 1000000] [--instruction-set AVX2]

Texts are those of ../shared/corpora, where they are present, then generated articles, then random
mixtures of characters and words, until there are enough tokens. Stock is ``spacy.load`` as it comes.
Ends with status 1 where a single annotation of a single token differs.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator

from ingest.extract.threads import single_threaded_blas

single_threaded_blas()  # before anything imports a number library

import spacy  # noqa: E402

from benchmarks.articles import articles  # noqa: E402
from ingest.extract.parser.native import NativeEngine, instruction_sets  # noqa: E402
from ingest.extract.parser.stock import StockEngine  # noqa: E402
from ingest.home import PROGRAM_DIR  # noqa: E402
from ingest.settings import settings  # noqa: E402

CORPORA = PROGRAM_DIR.parent / "shared" / "corpora"
COMPARED = ["ORTH", "TAG", "HEAD", "DEP", "SENT_START", "POS", "MORPH", "LEMMA", "ENT_IOB", "ENT_TYPE"]
BATCH = 64
# A text of generated articles is put together from few sentences: many of them teach little more.
GENERATED = 500
_SCRIPTS = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x300, 0x36F),
    (0x400, 0x4FF),
    (0x600, 0x6FF),
    (0x2000, 0x206F),
    (0x1F300, 0x1F6FF),
)


def corpora() -> Iterator[tuple[str, str]]:
    """Source and text of every document of the corpora, each text once."""
    seen = set()
    for path in sorted(CORPORA.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = next((row[k] for k in ("text", "input", "sentence") if isinstance(row.get(k), str)), None)
            if text and text not in seen:
                seen.add(text)
                yield f"corpora/{path.relative_to(CORPORA).parts[0]}", text


def random_texts(seed: int) -> Iterator[tuple[str, str]]:
    """Texts without end: words of generated articles shuffled, characters of many scripts, white space."""
    chance = random.Random(seed)
    words = " ".join(a.text for a in articles(50)).split(" ")
    while True:
        parts = []
        for _ in range(chance.randint(1, 400)):
            if chance.random() < 0.7:
                parts.append(chance.choice(words))
            else:
                low, high = chance.choice(_SCRIPTS)
                parts.append("".join(chr(chance.randint(low, high)) for _ in range(chance.randint(1, 6))))
            parts.append(chance.choice((" ", " ", " ", " ", "", "  ", "\n", "\n\n", "\t")))
        yield "random", "".join(parts)


def texts(tokens: int) -> Iterator[tuple[str, str]]:
    """Source and text, all there are; the caller stops when it has enough."""
    yield from corpora()
    yield from (("generated", a.text) for a in articles(GENERATED))
    yield from random_texts(tokens)


def compare(tokens: int, instruction_set: str | None = None) -> tuple[Counter[str], Counter[str], list[str]]:
    """Tokens by source, differing values by attribute, and what the first of them are."""
    stock = spacy.load(settings().model)
    native = NativeEngine(StockEngine(settings().model, complete=True), instruction_set)
    print(f"spaCy as it comes against {native.name}", flush=True)
    counted: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    shown: list[str] = []
    source = texts(tokens)
    while sum(counted.values()) < tokens:
        batch = [next(source) for _ in range(BATCH)]
        pairs = zip(stock.pipe(t for _, t in batch), native.docs(t for _, t in batch), strict=True)
        for (name, _), (theirs, ours) in zip(batch, pairs, strict=True):
            counted[name] += len(theirs)
            expected, found = theirs.to_array([*COMPARED]), ours.to_array([*COMPARED])
            for token, column in zip(*(expected != found).nonzero(), strict=True):
                differing[COMPARED[column]] += 1
                if len(shown) < 10:
                    shown.append(
                        f"{COMPARED[column]} of token {token}, {theirs[int(token)].text!r}, in a text of {name}"
                    )
        print(f"\r{sum(counted.values()):,} tokens, {sum(differing.values())} differ", end="", file=sys.stderr)
    print(file=sys.stderr)
    return counted, differing, shown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokens", type=int, default=1_000_000)
    parser.add_argument(
        "--instruction-set", choices=instruction_sets(), help="the fastest of this processor by default"
    )
    args = parser.parse_args()
    counted, differing, shown = compare(args.tokens, args.instruction_set)
    for name, count in counted.most_common():
        print(f"  {name:20} {count:10,} tokens")
    print(f"  {'all':20} {sum(counted.values()):10,} tokens")
    print("\n".join(f"  {name}: {differing[name]} differ" for name in COMPARED))
    print("\n".join(shown))
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()
