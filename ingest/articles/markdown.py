"""Markdown files with or without front matter.

Belongs here: front matter, and Markdown to plain text. Does not belong here: what the fields mean
(``ingest.articles.fields``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from ingest.articles.decode import decode
from ingest.articles.draft import Member, Parts, RefusedError
from ingest.articles.fields import parts_of_fields
from ingest.articles.plain import read_plain

_FRONT = re.compile(r"\A\s*(?P<mark>---|\+\+\+)[ \t]*\n(?P<fields>.*?)\n(?P=mark)[ \t]*(?:\n|\Z)", re.S)
_HEADING = re.compile(r"\A\s*#[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")
_UNDERLINED = re.compile(r"\A\s*(?P<title>[^\n]+)\n={3,}[ \t]*(?:\n|\Z)")
_LARGEST_FRONT = 65_536
_LARGEST = 2_000_000


class _NoAliases(yaml.SafeLoader):
    """Refuses aliases: a few lines of them can stand for billions of values."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


def read_markdown(member: Member) -> Parts:
    """The parts of a Markdown document.

    Raises:
        RefusedError: it is no text, or its front matter cannot be read.
    """
    decoded = decode(member.data, member.charset)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > _LARGEST:
        raise RefusedError("too_large", f"{len(text)} characters of Markdown")
    front = _FRONT.match(text)
    fields = _front_matter(front["mark"], front["fields"]) if front else {}
    rest = text[front.end() :] if front else text
    if not front and re.match(r"\A\s*date\s+\d{4}-", text):
        return read_plain(member)
    heading = _HEADING.match(rest) or _UNDERLINED.match(rest)
    title = plain_text(heading["title"]) if heading else None
    parts = parts_of_fields({**fields, "text": plain_text(rest[heading.end() :] if heading else rest)})
    parts.title = parts.title or title
    parts.warnings[:0] = decoded.warnings
    return parts


def _front_matter(mark: str, text: str) -> Mapping[str, Any]:
    if len(text) > _LARGEST_FRONT:
        raise RefusedError("too_large", f"{len(text)} characters of front matter")
    try:
        loaded = tomllib.loads(text) if mark == "+++" else yaml.load(text, Loader=_NoAliases)  # noqa: S506
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise RefusedError("malformed", f"front matter: {str(error).splitlines()[0][:200]}") from None
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise RefusedError("malformed", "front matter has no fields")
    body_names = ("text", "body", "content", "articlebody", "article")
    return {str(k): v for k, v in loaded.items() if str(k).casefold() not in body_names}


def plain_text(markdown: str) -> str:
    """Markdown without its marks: paragraphs apart by a blank line, list items and rows on their own lines."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable("table")
    blocks: list[str] = []
    in_row: list[str] | None = None
    previous_is_item = False
    is_item = False
    for token in parser.parse(markdown):
        if token.type == "tr_open":
            in_row = []
        elif token.type == "tr_close" and in_row is not None:
            blocks.append(" | ".join(cell for cell in in_row if cell))
            in_row = None
        elif token.type == "list_item_open":
            is_item = True
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content.rstrip())
        elif token.type == "inline":
            text = _inline(token.children or []).strip()
            if in_row is not None:
                in_row.append(text)
            elif text and is_item and previous_is_item and blocks:
                blocks[-1] += "\n" + text
            elif text:
                blocks.append(text)
            if in_row is None:
                previous_is_item, is_item = is_item, False
    return "\n\n".join(b for b in blocks if b)


def _inline(children: list[Any]) -> str:
    pieces = []
    for child in children:
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append("\n" if child.type == "hardbreak" else " ")
    return "".join(pieces)
