"""Hostile documents: what the world drops into an inbox, and what must become of each.

``write_hostile(folder)`` writes them and returns the expected outcome by uri. Texts differ, so that
none is a duplicate of another. A uri may be expected several times inside one file (lines, members).
"""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import random
import socket
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

PLACES = [
    "Kupiansk",
    "Vovchansk",
    "Lyman",
    "Siversk",
    "Bakhmut",
    "Toretsk",
    "Pokrovsk",
    "Huliaipole",
    "Orikhiv",
    "Kherson",
    "Beryslav",
    "Nikopol",
    "Sumy",
    "Hlukhiv",
    "Chuhuiv",
    "Izium",
    "Balakliia",
    "Kramatorsk",
    "Sloviansk",
    "Druzhkivka",
    "Avdiivka",
    "Marinka",
    "Vuhledar",
    "Robotyne",
    "Tokmak",
]


@dataclass(frozen=True)
class Expected:
    """``outcome`` is loaded or rejected, with the reason and some text that the warnings hold."""

    outcome: str
    reason: str | None = None
    warning: str = ""


LOADED = Expected("loaded")


def rejected(reason: str) -> Expected:
    return Expected("rejected", reason)


def warned(warning: str) -> Expected:
    return Expected("loaded", warning=warning)


def body(number: int, sentences: int = 6) -> str:
    """A distinct report, made of invented events."""
    rng = random.Random(number)
    a, b, c = rng.sample(PLACES, 3)
    lines = [
        f"The head of the {a} district administration said that {number + 3} drones had been shot down near {b}.",
        f"Two warehouses on the road to {c} were damaged and {number % 9 + 2} people were taken to hospital.",
        f"A spokesman for the regional command denied reports that {a} had been encircled.",
        f"Residents of {b} said that the bridge across the river had been closed since Friday.",
        f"According to the mayor, more than {number * 7 + 40} households in {c} were left without water.",
        "Both statements could not be checked independently at the time of writing.",
    ]
    return "\n\n".join(lines[:sentences])


def article(number: int) -> str:
    place = PLACES[number % len(PLACES)]
    return f"Officials near {place} report a night of strikes, day {number}\n\n{body(number)}\n"


def page(number: int, head: str = "", main: str | None = None) -> str:
    paragraphs = "".join(f"<p>{p}</p>" for p in body(number).split("\n\n"))
    return (
        f"<!doctype html><html lang=en><head><title>Strikes reported, day {number}</title>{head}</head>"
        f"<body><article><h1>Strikes reported, day {number}</h1>{main or paragraphs}</article></body></html>"
    )


COOKIES = (
    "<p>We use cookies to give you the best experience on this site and to measure its reach.</p>"
    "<p>Accept all cookies or manage cookies in the cookie settings before you continue to the article.</p>"
)
WALL = (
    "<p>The administration of the district said that it would publish a report on the strikes.</p>"
    "<p>Subscribe now to continue reading. This article is available to subscribers only.</p>"
)
ROBOT_CHECK = (
    "<html><head><title>Just a moment...</title></head><body><p>Checking your browser before accessing the site. "
    "Please enable JavaScript and cookies to continue. Verify you are human by completing the action below; this "
    "may take a few seconds.</p></body></html>"
)
CYRILLIC = "Ракетный удар по городу\n\n" + (
    "Представитель командования заявил, что десять беспилотников были сбиты ночью над областью, а два склада "
    "получили повреждения. Жители сообщили о взрывах возле железнодорожной станции. " * 4
)


def front_page() -> str:
    links = "".join(
        f'<div><h3><a href="/n/{i}">{article(i).splitlines()[0]}, and more</a></h3></div>' for i in range(40)
    )
    return f"<html><head><title>Front page</title></head><body>{links}</body></html>"


def page_with_entity(number: int) -> str:
    declared = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return declared + page(number).split(">", 1)[1].replace("</article>", "<p>&x;</p></article>")


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def files() -> dict[str, tuple[bytes, dict[str, Expected]]]:
    """Content and expected outcomes, by file name; the key ``""`` stands for the file's own uri."""
    text = lambda n: article(n).encode()  # noqa: E731
    bomb = gzip.compress(b"\0" * 60_000_000, 9)
    one: dict[str, tuple[bytes, Expected]] = {
        "empty.txt": (b"", rejected("empty")),
        "blank.txt": (b" \n\t\r\n  \n", rejected("empty")),
        "only_bom.txt": (b"\xef\xbb\xbf", rejected("empty")),
        "zeros.txt": (b"\0" * 5_000, rejected("empty")),
        "no_words.txt": (b"12345 67890 --- ...\n\n+++ 17 %\n", rejected("no_text")),
        "random.txt": (random.Random(1).randbytes(20_000), rejected("binary")),
        "image.txt": (b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(500), rejected("binary")),
        "document.txt": (b"%PDF-1.7\n" + article(3).encode(), rejected("binary")),
        "zip_bomb_renamed.txt": (_zipped({"a.txt": b"a" * 1_000_000}), rejected("binary")),
        "gzip_renamed.html": (bomb[:100_000], rejected("binary")),
        "program.md": (b"\x7fELF\x02\x01" + b"\0" * 400, rejected("binary")),
        "picture.jpg": (b"\xff\xd8\xff\xe0" + b"x" * 50, rejected("unsupported_type")),
        "no_suffix": (text(4), rejected("unsupported_type")),
        "one_line_50_mb.txt": (b"word " * 10_000_000, rejected("too_large")),
        "one_line_50_mb.json": (b'{"text": "' + b"a" * 50_000_000 + b'"}', rejected("too_large")),
        "gzip_bomb.txt.gz": (bomb, rejected("too_large")),
        "bzip2_bomb.txt.bz2": (bz2.compress(b"a" * 60_000_000), rejected("too_large")),
        "xz_bomb.json.xz": (lzma.compress(b"[" * 60_000_000), rejected("too_large")),
        "gzip_cut.txt.gz": (gzip.compress(text(5))[:-40], rejected("malformed")),
        "gzip_not.txt.gz": (text(6), rejected("malformed")),
        "zip_not.zip": (text(7), rejected("malformed")),
        "zip_empty.zip": (_zipped({}), rejected("empty")),
        "half.json": (json.dumps({"title": "Half", "text": body(8)}).encode()[:-60], rejected("malformed")),
        "deep.json": (b'{"text": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", rejected("malformed")),
        "deep_closed.json": (b'{"a":' * 900 + b"1" + b"}" * 900, rejected("malformed")),
        "number.json": (b"42", rejected("malformed")),
        "list_of_nothing.json": (b"[]", rejected("empty")),
        "no_text_field.json": (b'{"headline": "Only a headline", "date": "2025-11-03"}', rejected("malformed")),
        "text_is_object.json": (b'{"text": {"a": {"b": [1, 2]}}}', rejected("malformed")),
        "deep.html": (b"<html><body>" + b"<div>" * 100_000 + b"text", rejected("malformed")),
        "endless_attributes.html": (b"<html><body><p " + b"a=1 " * 300_000 + b">", rejected("no_text")),
        "cut.html": (page(9).encode()[:150], rejected("no_text")),
        "no_article.html": (page(10, main="<p>Loading.</p>").encode(), rejected("no_text")),
        "cookie_wall.html": (page(11, main=COOKIES).encode(), rejected("not_an_article")),
        "paywall.html": (page(12, main=WALL).encode(), rejected("not_an_article")),
        "robot_check.html": (ROBOT_CHECK.encode(), rejected("not_an_article")),
        "index.html": (front_page().encode(), rejected("not_an_article")),
        "front_matter_bomb.md": (
            b"---\na: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b]\n---\n" + text(13),
            rejected("malformed"),
        ),
        "front_matter_broken.md": (b"---\ntitle: [unclosed\n---\n" + text(14), rejected("malformed")),
        "front_matter_code.md": (
            b"---\nx: !!python/object/apply:os.system [id]\n---\n" + text(15),
            rejected("malformed"),
        ),
        "utf16_broken.txt": (
            article(16).encode("utf-16-le").join([b"\xff\xfe", b"\x00\xd8\x20"]),
            rejected("bad_encoding"),
        ),
        "eight_bit.txt": (bytes(b | 0x80 for b in random.Random(3).randbytes(4_000)), rejected("bad_encoding")),
        # what looks bad and is to be had
        "utf16.txt": (article(20).encode("utf-16"), LOADED),
        "utf16_without_mark.txt": (article(21).encode("utf-16-le"), LOADED),
        "utf32.txt": (article(22).encode("utf-32"), LOADED),
        "bom.txt": (b"\xef\xbb\xbf" + text(23), LOADED),
        "windows.txt": (article(24).replace("said", "said – “yes”, café –").encode("cp1252"), warned("cp1252")),
        "cyrillic_1251.txt": (CYRILLIC.encode("cp1251"), warned("encoding_guessed")),
        "wrong_charset.html": (page(25, '<meta charset="utf-16">').replace("said", "said – “yes” –").encode(), LOADED),
        "false_charset.html": (page(26, '<meta charset="klingon-8">').encode(), LOADED),
        "mixed_encodings.txt": (text(27) + "Київ – “так”\n".encode() * 5 + b"caf\xe9 \x93ok\x94\n", warned("repaired")),
        "cut_character.txt": (article(28).encode() + "Сьогодні ввечері".encode()[:-1], warned("repaired")),
        "nul_inside.txt": (article(29).replace("drones", "dro\0nes").encode(), warned("control_characters")),
        "escape_codes.txt": (article(30).replace("Two", "\x1b[31mTwo\x1b[0m").encode(), warned("control_characters")),
        "right_to_left.txt": (article(31).replace("said", "\u202edias\u202c").encode(), warned("direction_marks")),
        "invisible.txt": (article(32).replace("drones", "dro\u00adn\u200bes\ufeff").encode(), LOADED),
        "combining.txt": ((article(33) + "a" + "\u0301" * 5_000).encode(), LOADED),
        "year_9999.txt": (b"date 9999-12-31 The last day\n\n" + text(34), warned("date_in_future")),
        "year_0001.json": (json.dumps({"text": body(35), "date": "0001-01-01"}).encode(), warned("date_too_early")),
        "no_such_day.txt": (b"date 2025-02-31 No such day\n\n" + text(36), warned("date_unreadable")),
        "huge_number.json": (
            b'{"date": 1e308, "text": ' + json.dumps(body(37)).encode() + b"}",
            warned("date_unreadable"),
        ),
        "surrogate.json": (b'{"title": "Half a pair \\ud83d", "text": ' + json.dumps(body(38)).encode() + b"}", LOADED),
        "bom.json": (b"\xef\xbb\xbf" + json.dumps({"text": body(39)}).encode(), LOADED),
        "markup_in_field.json": (
            json.dumps({"content": f"<p>{body(40)}</p><script>alert(1)</script>"}).encode(),
            LOADED,
        ),
        "entities.html": (page_with_entity(41).encode(), LOADED),
        "script.html": (page(42, "<script>while(true){}</script>" * 50).encode(), LOADED),
        "page_named.txt": (page(43).encode(), LOADED),
        "old_mac.txt": (article(44).replace("\n", "\r").encode(), LOADED),
        "capitals.txt": (article(45).upper().encode(), LOADED),
        # one sentence of 62 KB: each count in it was joined with each clause once
        "capitals_without_stops.txt": (
            " ".join(f"THE ARMY SAID IT TOOK X AND KILLED {n} PEOPLE" for n in range(2, 1_202)).encode(),
            LOADED,
        ),
        "utf8.txt.gz": (gzip.compress(text(46)), LOADED),
        "utf8.txt.bz2": (bz2.compress(text(47)), LOADED),
        "utf8.md.xz": (lzma.compress(text(48)), LOADED),
        "UPPER.TXT": (text(49), LOADED),
        "100% sure #1.txt": (text(50), LOADED),
    }
    known: dict[str, tuple[bytes, dict[str, Expected]]] = {
        name: (data, {"": what}) for name, (data, what) in one.items()
    }
    good = [json.dumps({"text": body(n), "title": f"Line {n}"}).encode() for n in range(60, 66)]
    known["mixed.jsonl"] = (
        b"\n".join([good[0], b"{not json", good[1], b"", b'{"text": 7}', b"[1,2]", b'{"text": "' + good[2][:40]]),
        {
            "#1": LOADED,
            "#2": rejected("malformed"),
            "#3": LOADED,
            "#5": rejected("malformed"),
            "#6": rejected("malformed"),
            "#7": rejected("malformed"),
        },
    )
    known["long_line.jsonl"] = (
        good[3] + b'\n{"text": "' + b"x" * 25_000_000 + b'"}\n' + good[4],
        {"#1": LOADED, "#2": rejected("too_large"), "#3": LOADED},
    )
    known["not_lines.jsonl"] = (b"garbage\n" * 3_000, {"": rejected("malformed")})
    known["binary.jsonl"] = (bomb[:5_000], {"": rejected("binary")})
    known["bomb.jsonl.gz"] = (bomb, {"": rejected("too_large")})
    known["list.json"] = (
        json.dumps([{"body": body(70)}, "text", None, {"body": body(71)}]).encode(),
        {"#1": LOADED, "#2": rejected("malformed"), "#3": rejected("malformed"), "#4": LOADED},
    )
    known["members.zip"] = (
        _zipped(
            {
                "a/one.txt": text(72),
                "../../escape.txt": text(73),
                "inner.zip": b"PK\x03\x04",
                "bad.json": b"{",
                ".hidden.txt": text(74),
                "lines.jsonl": good[5],
            }
        ),
        {
            "#a/one.txt": LOADED,
            "#../../escape.txt": LOADED,
            "#inner.zip": rejected("unsupported_type"),
            "#bad.json": rejected("malformed"),
            "#lines.jsonl.1": LOADED,
        },
    )
    known["zip_bomb.zip"] = (
        _zipped({f"{i}.txt": b"a" * 30_000_000 for i in range(3)}),
        {"#0.txt": rejected("too_large"), "": rejected("too_large")},  # the rest is not even unpacked
    )
    return known


def write_hostile(folder: Path) -> dict[str, Expected]:
    """Write all hostile documents into ``folder`` and one bait beside it; the outcome of each, by uri."""
    folder.mkdir(parents=True, exist_ok=True)
    outcomes: dict[str, Expected] = {}
    for name, (data, expected) in files().items():
        (folder / name).write_bytes(data)
        uri = name.replace("%", "%25").replace("#", "%23")
        outcomes |= {uri + place: what for place, what in expected.items()}

    outside = folder.parent / "outside.txt"
    outside.write_text(article(80), encoding="utf-8")
    (folder / "link_out.txt").symlink_to(outside)
    outcomes["link_out.txt"] = rejected("outside_inbox")
    (folder / "link_up").symlink_to(folder.parent, target_is_directory=True)
    outcomes["link_up"] = rejected("outside_inbox")
    (folder / "link_broken.txt").symlink_to(folder / "nowhere.txt")
    outcomes["link_broken.txt"] = rejected("unreadable")
    (folder / "link_loop.txt").symlink_to(folder / "link_loop.txt")
    outcomes["link_loop.txt"] = rejected("unreadable")
    os.mkfifo(folder / "pipe.txt")
    outcomes["pipe.txt"] = rejected("unsupported_type")
    (folder / "folder.txt").mkdir()
    (folder / "folder.txt" / "inside.txt").write_text(article(81), encoding="utf-8")
    outcomes["folder.txt/inside.txt"] = LOADED
    locked = folder / "no_permission.txt"
    locked.write_text(article(82), encoding="utf-8")
    locked.chmod(0)
    outcomes["no_permission.txt"] = LOADED if os.access(locked, os.R_OK) else rejected("unreadable")
    odd = os.fsencode(folder) + b"/caf\xe9\n.txt"
    with open(odd, "wb") as file:  # noqa: PTH123
        file.write(article(83).encode())
    outcomes["caf%E9%0A.txt"] = LOADED
    deep = folder.joinpath(*["d" * 100] * 12)
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text(article(84), encoding="utf-8")
    outcomes[deep.relative_to(folder).as_posix() + "/deep.txt"] = LOADED
    for name in (".hidden.txt", "unfinished.txt.part", "backup.txt~"):
        (folder / name).write_text(article(85), encoding="utf-8")  # no documents: in no outcome
    _listen(folder / "socket.txt", outcomes)
    return outcomes


def _listen(path: Path, outcomes: dict[str, Expected]) -> None:
    server = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    try:
        os.chdir(path.parent)  # the name of a socket may not be long
        server.bind(path.name)
        outcomes[path.name] = rejected("unsupported_type")
    finally:
        os.chdir(here)
        server.close()
