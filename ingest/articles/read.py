"""From a raw document to the articles in it.

Belongs here: which reader a document goes to, and the article made of what it returns. Does not
belong here: any format.

Nothing that is read here may stop a run: whatever happens becomes a rejection.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC
from functools import partial
from io import BufferedReader
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import orjson

from ingest.articles import containers
from ingest.articles.dateline import agency
from ingest.articles.dates import choose, date_in_name, date_in_url, moment_of, read_stamp
from ingest.articles.decode import binary_kind, clean, folded, one_line
from ingest.articles.draft import ArticleDraft, Member, Parts, RefusedError, Rejection
from ingest.articles.fields import holds_markup, parse_json, parts_of_fields, records_of
from ingest.articles.heading import heading_stamps, read_heading
from ingest.articles.plain import read_plain
from ingest.articles.rows import csv_rows, parquet_rows, renamed
from ingest.documents import Known, Opener, RawDocument, SourceEntry, open_regular
from ingest.identity import article_id, canonical_url
from ingest.language import language_of
from ingest.settings import Settings
from ingest.tables import identity

FORMATS = {
    ".txt": "text", ".text": "text",
    ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
_ARCHIVES = (".warc", ".arc")
_TABLES = {".csv": "csv", ".tsv": "csv", ".parquet": "parquet"}
_MEDIA_TYPES = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "markdown",
    "application/json": "json", "application/x-ndjson": "jsonl", "application/jsonl": "jsonl",
}  # fmt: skip
_LONGEST_DETAIL = 500
_MOST_BAD_LINES = 1_000

Item = ArticleDraft | Rejection


@dataclasses.dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of one raw document: what all of its members share."""

    raw: RawDocument
    source: SourceEntry
    settings: Settings
    known: Known

    @property
    def most(self) -> int:
        return self.settings.max_document_bytes


def read_document(
    raw: RawDocument,
    source: SourceEntry,
    settings: Settings,
    *,
    known: Known = lambda uri, sha256: False,
    opener: Opener = open_regular,
) -> Iterator[Item]:
    """All articles in a document, and a rejection for each part of it that is none.

    A member whose (uri, SHA-256) is ``known`` is passed over before it is parsed. Never raises.
    """
    whole = None if raw.problem else raw.fingerprint
    try:
        if raw.problem:
            raise RefusedError(*raw.problem)
        yield from _items(_Reading(raw, source, settings, known), opener)
    except RefusedError as error:
        yield _rejection(raw.uri, error, whole, raw.byte_count)
    except OSError as error:
        refused = RefusedError("unreadable", error.strerror or str(error))
        yield _rejection(raw.uri, refused, whole, raw.byte_count)
    except Exception as error:  # whatever a hostile document made a library do
        yield _rejection(raw.uri, RefusedError("error", _message(error)), whole, raw.byte_count)


def _message(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _rejection(uri: str, error: RefusedError, sha256: str | None, byte_count: int | None) -> Rejection:
    detail = clean(error.detail)[0][:_LONGEST_DETAIL]
    return Rejection(uri=uri, reason=error.reason, detail=detail, document_sha256=sha256, byte_count=byte_count)


def _items(reading: _Reading, opener: Opener) -> Iterator[Item]:
    raw = reading.raw
    if raw.data is not None:
        with containers.bounded(raw.data) as file:
            yield from _items_of_file(reading, file, len(raw.data))
    elif raw.path is not None:
        with opener(raw.path) as file:
            yield from _items_of_file(reading, file, raw.byte_count or raw.path.stat().st_size)
    else:
        raise RefusedError("unreadable", "neither a file nor bytes")


def _kind(name: str, media_type: str | None) -> str | None:
    media = (media_type or "").partition(";")[0].strip().lower()
    return _MEDIA_TYPES.get(media) or FORMATS.get(PurePosixPath(name.lower()).suffix)


def _items_of_file(reading: _Reading, file: BufferedReader, size: int) -> Iterator[Item]:
    raw = reading.raw
    name = raw.uri
    is_typed = _kind("", raw.media_type) is not None  # a server said what it is; the address need not
    packed = None if is_typed else containers.packed_suffix(name)
    inner = name[: -len(packed)] if packed else name
    suffix = PurePosixPath(inner.lower()).suffix
    if not is_typed and suffix in _ARCHIVES:
        yield from _items_of_archive(reading, file)
        return
    if not is_typed and not packed and suffix == ".zip":
        yield from _items_of_zip(reading, file, size)
        return
    content = containers.unpacked(file, packed) if packed else file
    if reading.source.table and suffix in _TABLES:
        yield from _items_of_rows(reading, content, _TABLES[suffix])
        return
    kind = _kind(inner, raw.media_type)
    if kind is None:
        raise RefusedError("unsupported_type", f"no kind of file that is read: {suffix or 'no suffix'}")
    if kind == "jsonl":
        yield from _items_of_lines(reading, content, raw.uri)
        return
    if not packed and size > reading.most:
        raise RefusedError("too_large", f"{size} bytes, more than {reading.most}")
    data = containers.read_all(content, reading.most)
    sha256 = hashlib.sha256(data).hexdigest() if packed else raw.fingerprint
    member = Member(uri=raw.uri, name=name, data=data, sha256=sha256, charset=_charset(raw.media_type))
    yield from _items_of_member(reading, member, kind)


def _items_of_archive(reading: _Reading, file: BufferedReader) -> Iterator[Item]:
    from ingest.articles.warc import archived_pages

    count = 0
    for page in archived_pages(file, reading.raw.uri, reading.most):
        count += 1
        uri = f"{reading.raw.uri}#{page.offset}"
        sha256 = hashlib.sha256(page.data).hexdigest()
        if page.problem:
            yield _rejection(uri, page.problem, None, None)
            continue
        archived = min(page.archived_at or reading.raw.fetched_at, reading.raw.fetched_at)
        captured = archived if page.archived_at else None
        raw = dataclasses.replace(reading.raw, fetched_at=archived, captured_at=captured, metadata={"url": page.url})
        one = dataclasses.replace(reading, raw=raw)
        member = Member(uri=uri, name="", data=page.data, sha256=sha256, charset=_charset(page.media_type))
        yield from _items_of_member(one, member, _kind("", page.media_type) or "html")
    if not count:
        raise RefusedError("empty", "no pages in the archive")


def _items_of_rows(reading: _Reading, file: BufferedReader, kind: str) -> Iterator[Item]:
    assert reading.source.table
    rows = csv_rows(file, reading.source.table.delimiter, reading.most) if kind == "csv" else parquet_rows(file)
    count = 0
    for number, record in rows:
        count += 1
        uri = f"{reading.raw.uri}#{number}"
        if isinstance(record, RefusedError):
            yield _rejection(uri, record, None, None)
            continue
        data = orjson.dumps(record, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS, default=str)
        member = Member(uri=uri, name="", data=data, sha256=hashlib.sha256(data).hexdigest())
        if not reading.known(uri, member.sha256):
            yield from _guarded(member, partial(_record_drafts, reading, record, member))
    if not count:
        raise RefusedError("empty", "no rows in it")


def _charset(media_type: str | None) -> str | None:
    for part in (media_type or "").split(";")[1:]:
        key, _, value = part.partition("=")
        if key.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None


def _items_of_zip(reading: _Reading, file: BufferedReader, size: int) -> Iterator[Item]:
    count = 0
    for inside, data in containers.zip_members(file, size, reading.most):
        count += 1
        name = clean(inside)[0]
        uri = f"{reading.raw.uri}#{quote(name, safe=' /()[]!,;=+@$&~.-_')}"
        kind = _kind(name, None)
        if isinstance(data, RefusedError):
            yield _rejection(uri, data, None, None)
            continue
        sha256 = hashlib.sha256(data).hexdigest()
        if kind is None:
            refused = RefusedError("unsupported_type", f"no kind of file that is read: {PurePosixPath(name).suffix}")
            yield _rejection(uri, refused, sha256, len(data))
        elif kind == "jsonl":
            with containers.bounded(data) as lines:
                yield from _items_of_lines(reading, lines, uri)
        else:
            yield from _items_of_member(reading, Member(uri=uri, name=name, data=data, sha256=sha256), kind)
    if not count:
        raise RefusedError("empty", "no files in the archive")


def _items_of_lines(reading: _Reading, file: BufferedReader, uri: str) -> Iterator[Item]:
    """One item a line. A file of nothing but bad lines is one bad document, not a million."""
    head = file.peek(64)[:64]
    kind = binary_kind(head)
    if kind:
        raise RefusedError("binary", kind)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError("bad_encoding", "lines of JSON are read as UTF-8 only")
    separator = "." if "#" in uri else "#"
    bad: list[Item] | None = []
    count = 0
    for line in containers.lines(file, reading.most):
        count += 1
        place = f"{uri}{separator}{line.number}"
        items: list[Item]
        if line.data is None:
            refused = RefusedError("too_large", f"a line of more than {reading.most} bytes")
            items = [_rejection(place, refused, None, None)]
        else:
            data = line.data.removeprefix(b"\xef\xbb\xbf") if line.number == 1 else line.data
            sha256 = hashlib.sha256(data).hexdigest()
            items = list(_items_of_line(reading, Member(uri=place, name=place, data=data, sha256=sha256)))
        if bad is None:
            yield from items
        elif all(isinstance(i, Rejection) and i.reason in ("malformed", "binary", "bad_encoding") for i in items):
            bad += items
            if len(bad) >= _MOST_BAD_LINES:
                raise RefusedError("malformed", f"no JSON in its first {_MOST_BAD_LINES} lines")
        else:
            yield from bad
            yield from items
            bad = None
    yield from bad or ()
    if not count:
        raise RefusedError("empty", "no lines in it")


def _items_of_line(reading: _Reading, member: Member) -> Iterator[Item]:
    if reading.known(member.uri, member.sha256):
        return
    yield from _guarded(member, lambda: _record_drafts(reading, parse_json(member), member))


def _items_of_member(reading: _Reading, member: Member, kind: str) -> Iterator[Item]:
    if kind != "json":
        if not reading.known(member.uri, member.sha256):
            yield from _guarded(member, lambda: [_draft_of_text(reading, member, kind)])
        return
    value = None
    try:
        value = parse_json(member)
        records = list(records_of(value))
        if not records:
            raise RefusedError("empty", "a list of nothing")
    except RefusedError as error:
        yield _rejection(member.uri, error, member.sha256, len(member.data))
        return
    separator = "." if "#" in member.uri else "#"
    for number, record in records:
        one = member
        if number is not None:
            data = orjson.dumps(record, option=orjson.OPT_SORT_KEYS)
            uri = f"{member.uri}{separator}{number}"
            one = Member(uri=uri, name=uri, data=data, sha256=hashlib.sha256(data).hexdigest())
        if not reading.known(one.uri, one.sha256):
            yield from _guarded(one, partial(_record_drafts, reading, record, one))


def _guarded(member: Member, read: Callable[[], list[ArticleDraft]]) -> Iterator[Item]:
    """What reading one member gives, its own failure included: the next member is still read."""
    try:
        items: list[Item] = [*read()]
    except RefusedError as error:
        items = [_rejection(member.uri, error, member.sha256, len(member.data))]
    except Exception as error:
        refused = RefusedError("error", _message(error))
        items = [_rejection(member.uri, refused, member.sha256, len(member.data))]
    yield from items


def _draft_of_text(reading: _Reading, member: Member, kind: str) -> ArticleDraft:
    head = member.data[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if kind == "html" or (kind == "text" and head.startswith((b"<!doctype html", b"<html"))):
        from ingest.articles.page import read_page  # its libraries take a second to load

        url = reading.raw.metadata.get("url")
        return _draft(reading, member, read_page(member, url, reading.raw.fetched_at))
    if kind == "markdown":
        from ingest.articles.markdown import read_markdown

        return _draft(reading, member, read_markdown(member))
    return _draft(reading, member, read_plain(member))


def _record_drafts(reading: _Reading, record: Any, member: Member) -> list[ArticleDraft]:
    if not isinstance(record, dict):
        raise RefusedError("malformed", f"a record is {type(record).__name__}, not an object")
    fields = reading.source.table.fields if reading.source.table else {}
    parts = parts_of_fields(renamed(record, fields))
    if len(parts.body) > reading.most:
        raise RefusedError("too_large", f"a text of {len(parts.body)} characters")
    if holds_markup(parts.body):
        from ingest.articles.page import read_fragment

        parts.body = read_fragment(parts.body)
    return [_draft(reading, member, parts)]


def _draft(reading: _Reading, member: Member, parts: Parts) -> ArticleDraft:
    raw, source = reading.raw, reading.source
    metadata = raw.metadata
    warnings = list(parts.warnings)
    title = one_line(parts.title) or one_line(metadata.get("title"))
    body, of_body = clean(parts.body)
    warnings += of_body
    first, _, rest = body.partition("\n")
    if title and rest.strip() and folded(first) == folded(title):
        body = rest.lstrip()  # many exports begin the text with the title
    text = f"{title}\n\n{body}" if title and body else title or body
    if not any(c.isalpha() for c in body):
        raise RefusedError("no_text", "no words in it" if not title else "nothing but a title")
    if len(text) > reading.settings.max_text_chars:
        raise RefusedError("too_large", f"a text of {len(text)} characters")
    url = canonical_url(parts.url) or canonical_url(metadata.get("url"))
    if parts.url and not canonical_url(parts.url):
        warnings.append(f"address_unusable: {clean(parts.url)[0][:200]}")
    heading = read_heading(title, body)
    stamps = list(parts.stamps)
    for where, stamp in (
        ("feed", read_stamp(metadata.get("published"))),
        ("url", date_in_url(url) if not any(w == "url" for w, _ in stamps) else None),
        ("file", date_in_name(member.name)),
    ):
        if stamp:
            stamps.append((where, stamp))
    near, _ = choose(stamps, raw.fetched_at, [])
    stamps += heading_stamps(heading, raw.fetched_at.astimezone(UTC).date(), near)
    published, found_in = choose(stamps, raw.fetched_at, warnings)
    modified = parts.modified.instant if parts.modified else None
    modified = modified if modified and modified <= raw.fetched_at else None
    # what is fetched from the web is as new as the fetching, whatever its publisher says of changes
    changed = raw.captured_at or (None if raw.is_fetched else modified)
    publisher = source.publisher_of(one_line(parts.publisher), url)
    author = one_line(parts.author, 300)
    identity_of_article = article_id(url, source.name, member.uri, parts.item_id, text)
    text_sha256 = hashlib.sha256(text.encode()).hexdigest()
    version_id = identity(identity_of_article, text_sha256)
    return ArticleDraft(
        article_id=identity_of_article,
        article_version_id=version_id,
        copy_group_id=version_id,
        text_sha256=text_sha256,
        source=source.name,
        uri=member.uri,
        url=url,
        publisher=publisher.name if publisher else None,
        publisher_country=publisher.country if publisher else None,
        publisher_side=publisher.side if publisher else None,
        author=author,
        agency=agency(body, author, publisher.name if publisher else None),
        title=title,
        text=text,
        char_count=len(text),
        language=_language(text, parts.language, source.language),
        published_date=published,
        published_date_source=found_in,
        modified_at=modified,
        version_at=changed,
        published_at=None if raw.is_fetched or changed else moment_of(published, stamps),
        dateline_place=heading.dateline.place,
        warnings=json.dumps(warnings, ensure_ascii=False),
        document_sha256=member.sha256,
        byte_count=len(member.data),
    )


def _language(text: str, stated: str | None, of_source: str | None) -> str | None:
    """What the text itself shows; what is stated counts only where that is too little."""
    found = language_of(text)
    if found:
        return found
    code = (stated or "").strip().lower().replace("_", "-").partition("-")[0]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else of_source
