"""Records of an export: which of their fields is what.

Belongs here: the names that common exports give to text, title, date and so on; JSON documents.
Does not belong here: reading lines and archives (``ingest.articles.containers``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from ingest.articles.dates import read_stamp
from ingest.articles.decode import decode, one_line
from ingest.articles.draft import Member, Parts, RefusedError
from ingest.articles.tables import names

_MARKUP = re.compile(r"</(?:p|div|span|a|h[1-6]|ul|ol|li|body|html|b|i|em|strong)>|<(?:br|p|html|body)\b[^>]*>", re.I)
# "www.north.example", "https://north.example/": how exports of web pages name a publisher
_HOST = re.compile(r"(?:https?://)?(?:www\d?\.)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})(?:/\S*)?", re.I)
_LONGEST_ID = 500


def folded(name: str) -> str:
    """A field's name as ``fields.toml`` has it."""
    return re.sub(r"[\s_.:-]+", "", name).casefold()


def scalar(value: Any) -> str | None:
    """A short value as text: itself, the name inside an object, or a list joined by commas."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        return next(
            (scalar(value[k]) for k in ("name", "title", "@id", "url", "#text") if isinstance(value.get(k), str)), None
        )
    if isinstance(value, list):
        found = [n for v in value[:10] if not isinstance(v, list) and (n := scalar(v))]
        return ", ".join(found) or None
    return None


def scalar_name(value: Any) -> str | None:
    """A name as :func:`scalar` gives it, if it is one and no address, account or id."""
    if isinstance(value, list):
        found = [n for v in value[:10] if not isinstance(v, list) and (n := scalar_name(v))]
        return ", ".join(found) or None
    name = (scalar(value) or "").strip()
    return None if not name or "://" in name or name.startswith(("@", "#", "www.")) else name


def publisher_name(value: Any) -> str | None:
    """A publisher's name; of a web address its host, without "www."."""
    name = (scalar(value) or "").strip()
    host = _HOST.fullmatch(name)
    return host["host"].lower() if host else scalar_name(value)


def parts_of_fields(record: Mapping[str, Any]) -> Parts:
    """The parts of one record.

    Raises:
        RefusedError: it has no text.
    """
    by_name = {folded(str(k)): v for k, v in record.items()}

    def first(what: str) -> Any:
        return next((by_name[n] for n in names("record", what) if by_name.get(n) not in (None, "", [], {})), None)

    text = first("text")
    if isinstance(text, list) and all(isinstance(p, str) for p in text):
        text = "\n\n".join(text)
    if isinstance(text, Mapping):
        text = scalar(
            {"name": next((text[k] for k in ("text", "content", "rendered", "value", "#text") if k in text), None)}
        )
    if not isinstance(text, str):
        known = ", ".join(names("record", "text")[:3])
        raise RefusedError(
            "malformed", f"no field with a text ({known} …)" if text is None else "the text is no string"
        )
    warnings: list[str] = []
    stamps, modified = [], None
    value = first("published")
    if value is not None:
        stamp = read_stamp(scalar(value) if isinstance(value, Mapping | list) else value)
        if stamp:
            stamps.append(("field", stamp))
        else:
            warnings.append(f"date_unreadable: {str(value)[:60]} (field)")
    if (value := first("modified")) is not None:
        modified = read_stamp(value)
    item_id = one_line(scalar(first("id")), _LONGEST_ID)
    return Parts(
        body=text,
        title=scalar(first("title")),
        url=scalar(first("url")),
        publisher=publisher_name(first("publisher")),
        author=scalar_name(first("author")),
        language=scalar(first("language")),
        item_id=item_id,
        modified=modified,
        stamps=stamps,
        warnings=warnings,
    )


def holds_markup(text: str) -> bool:
    """True where a field that should be text holds a piece of a page."""
    return len(_MARKUP.findall(text[:20_000])) >= 2


def parse_json(member: Member) -> Any:
    """The value of a JSON document.

    Raises:
        RefusedError: it is no text or no JSON.
    """
    data = member.data
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        first = error
    # The rare ones: with a byte order mark, in another encoding, or with half a surrogate pair.
    decoded = decode(data, member.charset)
    try:
        return orjson.loads(
            re.sub(r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])", r"\\ufffd", decoded.text).encode()
        )
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        raise RefusedError("malformed", f"no JSON: {first.msg} at character {first.pos}") from None


def records_of(value: Any) -> Iterator[tuple[int | None, Any]]:
    """(n, record) of a JSON document: one without a number, or those of a list from 1 on.

    Raises:
        RefusedError: neither an object nor a list.
    """
    if isinstance(value, dict) and not {folded(k) for k in value}.intersection(names("record", "text")):
        for key in names("record", "lists"):
            if isinstance(value.get(key), list):
                value = value[key]
                break
            if isinstance(value.get(key), dict) and isinstance(value[key].get(key), list):
                value = value[key][key]
                break
    if isinstance(value, dict):
        yield None, value
    elif isinstance(value, list):
        yield from enumerate(value, 1)
    else:
        raise RefusedError("malformed", f"neither an object nor a list but {type(value).__name__}")
