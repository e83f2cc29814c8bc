"""Documents, folders and lists of sources, broken at random.

Belongs here: how the samples and the hostile documents are taken apart and put together, what texts are flooded with,
odd names and depths of folders. Does not belong here: what must hold of what comes out (``benchmarks.fuzz``).
"""

from __future__ import annotations

import math
import os
import random
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SHORTEST_FLOOD, LONGEST_FLOOD = 200, 60_000
# one thing over and over: where rules look for the end of something, they look for it in all that follows
SHAPES = [
    *(",", "_", "=", '"', "(", "—", "."),
    *("— ", "😀 ", "'s ", "who said ", "he said that ", "according to him, ", "“The army, he said, "),
    *("THE ARMY SAID IT TOOK BOROVA AND KILLED 12 PEOPLE ", "BOROVA AND ", "Ivan Petrov ", "killed 12 people and "),
    *("shelled ", "the attack on the strike by ", "rebel-held ", "12 dead, ", "six of the 12 of the six "),
    *("The attack killed six people. ", "Troops shelled Kherson and ", "missile hits market, killing ", "told that "),
    *("Kyiv denied that Moscow lied. Anna Brama said that it lied. ", "He rejected the claim and she accused him. "),
    "He denied killing them, she said they were killed. ",
    *("Kyiv, ", "Russia's ", "The rebels blamed the army. The army denied it. "),
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
# lists of sources, and what is put in the place of their words
_LISTS = [
    """\
publishers:
  - {name: Northern Post, country: UA, domains: [north.example]}
sources:
  - name: inbox
    kind: folder
    path: in
    publisher: The Wire
    language: en
""",
    """\
sources:
  - name: wire
    kind: feed
    url: https://north.example/rss.xml
    take: pages
  - name: map
    kind: sitemap
    url: https://north.example/map.xml
    days: 7
    match: news
  - name: list
    kind: pages
    urls: [https://north.example/a]
include: [more.yml]
""",
    """\
sources:
  - name: rows
    kind: csv
    path: rows.csv
    fields: {text: body}
    delimiter: ;
  - name: old
    kind: warc
    path: old
    is_enabled: false
  - name: world
    kind: gdelt
    path: world.csv
    url_column: 60
""",
]
_LIST_WORDS = [
    "folder",
    "name",
    "sources",
    "feed",
    "kind",
    "path: ",
    "7",
    "in\n",
    "https://north.example",
    "news",
    "UA",
]
_LIST_VALUES = ["[x]", "{a: b}", "~nosuch", "&a [*a]", "*a", "!!python/object:os.system x", "null", "1e999", "-1", "~"]
_LIST_VALUES += ["((a+)+)+$", "/dev/zero", "https://[", "http://a:b@c:99999", "'a\\0b'", "<<: x", "9" * 400, ": ", "\t"]
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


def mutated(rng: random.Random, known: list[tuple[str, bytes]], floods: float = 0.1) -> tuple[str, bytes]:
    name, data = rng.choice(known)
    if rng.random() < floods:
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
    # as likely between 500 and 1,000 characters as between 25,000 and 50,000: the long ones take most of the time
    chars = math.exp(rng.uniform(math.log(SHORTEST_FLOOD), math.log(LONGEST_FLOOD)))
    return (before + shape * max(1, int(chars) // len(shape))).encode()


def odd_folder(rng: random.Random, data: bytes, root: Path) -> None:
    """Put a document into folders whose names and depths are seldom seen, with links and pipes beside it."""
    names = [b"d" * 250, b"\xff\xfe", b"new\nline", b"50% #1", "Київ".encode(), b"~", b"-rf", b"a b", b"COPY 'x'; --"]
    at = os.open(root, os.O_RDONLY)
    for _ in range(rng.choice((0, 1, 3, 20, 40))):
        name = rng.choice(names)
        os.mkdir(name, dir_fd=at)
        inner = os.open(name, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    suffix = rng.choice(_SUFFIXES).encode()
    file = os.open(rng.choice(names)[:200] + suffix, os.O_WRONLY | os.O_CREAT, dir_fd=at)
    os.write(file, data)
    os.close(file)
    for number, target in enumerate(rng.sample([".", "..", "link 1.txt", "nowhere", "/", "/dev/zero"], 2)):
        os.symlink(target, f"link {number}.txt", dir_fd=at)
    if rng.random() < 0.3:
        os.mkfifo(b"pipe.txt", dir_fd=at)
    os.close(at)


def broken_list(rng: random.Random) -> bytes:
    """A list of sources in which words, bytes or both are not what they should be."""
    data = rng.choice(_LISTS).encode()
    if rng.random() < 0.5:
        _, data = mutated(rng, [("sources.yml", data)], floods=0.0)
    for _ in range(rng.randrange(1, 4)):
        data = data.replace(rng.choice(_LIST_WORDS).encode(), rng.choice(_LIST_VALUES).encode(), 1)
    return data
