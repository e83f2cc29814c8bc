"""Bytes to clean text.

Belongs here: telling text from other things, finding the encoding, removing characters that no
reader sees. Does not belong here: what the text says.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from ingest.articles.draft import RefusedError

# What begins like this is no text, whatever its name says.
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"PAR1", "a Parquet file"),
    (b"OggS", "Ogg media"),
    (b"ID3", "MP3 audio"),
    (b"RIFF", "RIFF media"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"{\\rtf", "an RTF document"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Labels that the web uses for a superset, as browsers read them.
_WEB_LABELS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
               "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949",
               "x-sjis": "cp932", "shift_jis": "cp932"}  # fmt: skip
_NOT_TEXT_CODECS = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "idna", "punycode", "undefined",
                              "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_DIRECTION = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")
_UNSEEN = re.compile(
    r"[\u00ad\u200b\u2060-\u2064\ufeff\ufffe\uffff\ufff9-\ufffb\U000e0000-\U000e007f\U0001fffe\U0001ffff]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{3,}")
_NO_LETTERS = re.compile(r"[\W_]+")
_SAMPLE = 200_000
_GUESS_SAMPLE = 30_000
_MOST_CONTROLS = 0.02
_MOSTLY_ASCII = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in, and what was doubtful."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def binary_kind(head: bytes) -> str | None:
    """What bytes are that are no text; None for those that may be text."""
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Text of bytes; ``declared`` is the encoding that a header or the document itself names.

    Raises:
        RefusedError: empty, binary or bad_encoding.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise RefusedError("empty", "no characters in it" if not data else "nothing but white space in it")
    kind = binary_kind(data)
    if kind:
        raise RefusedError("binary", kind)
    found = _decoded(data, declared)
    controls = len(_CONTROL.findall(found.text[:_SAMPLE]))
    if controls > _MOST_CONTROLS * min(len(found.text), _SAMPLE):
        raise RefusedError("binary", f"{controls} control characters in the first {min(len(found.text), _SAMPLE)}")
    return found


def _decoded(data: bytes, declared: str | None) -> Decoded:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return Decoded(data[len(bom) :].decode(encoding), encoding)
            except UnicodeDecodeError as error:
                if encoding == "utf-8":
                    break
                raise RefusedError(
                    "bad_encoding", f"begins as {encoding} but {error.reason} at {error.start}"
                ) from None
    wide = _wide_without_mark(data)
    if wide:
        return wide
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return Decoded(text, "utf-8")
    codec = _codec(declared)
    if codec and codec != "utf-8":
        try:
            return Decoded(data.decode(codec), codec)
        except (UnicodeError, ValueError):
            return _guessed(data, (f"encoding_not_as_declared: {declared}",))
    return _guessed(data, (f"encoding_not_as_declared: {declared}",) if codec == "utf-8" else ())


def _codec(declared: str | None) -> str | None:
    if not declared:
        return None
    label = declared.strip().strip("\"'").lower()
    try:
        codec = codecs.lookup(_WEB_LABELS.get(label, label)).name
    except (LookupError, ValueError):
        return None
    return None if codec.replace("-", "_") in _NOT_TEXT_CODECS else codec


def _wide_without_mark(data: bytes) -> Decoded | None:
    """UTF-16 that has no byte order mark shows by a zero in every second byte."""
    sample = data[: _SAMPLE // 2 * 2]
    if sample.count(0) < 0.3 * len(sample):
        return None
    for encoding, zeros in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[::2].count(0))):
        if zeros > 0.6 * len(sample) / 2:
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError:
                continue
    raise RefusedError("binary", f"{data.count(0)} zero bytes")


def _guessed(data: bytes, warnings: tuple[str, ...]) -> Decoded:
    sample = data[:_SAMPLE]
    controls = len(_CONTROL_BYTES.findall(sample))
    if controls > _MOST_CONTROLS * len(sample):
        raise RefusedError("binary", f"{controls} control bytes in the first {len(sample)}")
    as_utf8 = sample.decode("utf-8", "replace")
    broken = as_utf8.count("\ufffd")
    good = sum(c > "\x7f" for c in as_utf8) - broken
    if good >= 3 * broken:
        # UTF-8 with some bytes of another encoding in it, or cut in the middle of a character
        return Decoded(_repaired(data), "utf-8", (*warnings, f"encoding_repaired: {broken} places"))
    if len(_HIGH.findall(sample)) <= _MOSTLY_ASCII * len(sample):
        # Mostly ASCII: typographic quotes and a few accents, which is what Western editors write.
        try:
            return Decoded(data.decode("cp1252"), "cp1252", (*warnings, "encoding_guessed: cp1252"))
        except UnicodeDecodeError:
            pass
    from charset_normalizer import from_bytes  # only for the few that need it: its import costs

    best = from_bytes(sample[:_GUESS_SAMPLE], preemptive_behaviour=False, enable_fallback=False).best()
    if best is None:
        raise RefusedError("bad_encoding", "text in no encoding that can be told")
    try:
        text = data.decode(best.encoding)
    except (UnicodeError, LookupError):
        raise RefusedError("bad_encoding", f"begins as {best.encoding} but does not go on so") from None
    if not _looks_written(text):
        raise RefusedError("bad_encoding", f"reads as {best.encoding}, but not as words")
    return Decoded(text, best.encoding, (*warnings, f"encoding_guessed: {best.encoding}"))


def _looks_written(text: str) -> bool:
    sample = text[:_SAMPLE]
    letters = sum(c.isalpha() for c in sample)
    spaces = sum(c.isspace() for c in sample)
    is_spaced = any("\u3040" <= c <= "\uffef" for c in sample[:2000]) or spaces > len(sample) / 40
    return letters > len(sample) / 2 and is_spaced


def _repaired(data: bytes) -> str:
    def one(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        piece = error.object[error.start : error.end]
        return piece.decode("cp1252", "replace"), error.end

    codecs.register_error("claimhouse_repair", one)
    return data.decode("utf-8", "claimhouse_repair")


def clean(text: str) -> tuple[str, list[str]]:
    """Text as it is stored: one kind of line end, composed characters, nothing unseen; and warnings."""
    warnings = []
    text = _LINE_END.sub("\n", text)
    for pattern, name, instead in (
        (_SURROGATE, "surrogates_replaced", "\ufffd"),
        (_CONTROL, "control_characters_removed", ""),
        (_DIRECTION, "direction_marks_removed", ""),
    ):
        if pattern.search(text):
            text, count = pattern.subn(instead, text)
            warnings.append(f"{name}: {count}")
    text = _UNSEEN.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip(), warnings


def has_letters(text: str, fewest: int) -> bool:
    """True where the text has at least so many letters; it is read no further than to them."""
    return sum(1 for _ in islice(filter(str.isalpha, text), fewest)) == fewest


def folded(text: str) -> str:
    """Letters and digits only, in lower case, for comparing."""
    return _NO_LETTERS.sub(" ", text.casefold()).strip()


def one_line(text: str | None, longest: int = 1_000) -> str | None:
    """A short field: cleaned, on one line, None where nothing is left."""
    if not text:
        return None
    line = " ".join(clean(text[: 4 * longest])[0].split())
    return line[:longest].rstrip() or None
