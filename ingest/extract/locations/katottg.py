"""Reads the codifier's worksheet from its .xlsx, streaming, with the standard library.

Belongs here: just enough of the format to get rows of text. A general reader takes several times
as long and would be the only reason to load one here.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _column(reference: str) -> int:
    number = 0
    for letter in re.match(r"[A-Z]*", reference).group():  # type: ignore[union-attr]
        number = number * 26 + ord(letter) - 64
    return number - 1


def read_sheet(path: Path) -> Iterator[list[str]]:
    """Rows of the first worksheet as text; empty cells are empty strings."""
    with zipfile.ZipFile(path) as book:
        shared: list[str] = []
        if "xl/sharedStrings.xml" in book.namelist():
            with book.open("xl/sharedStrings.xml") as stream:
                for _, node in ElementTree.iterparse(stream):  # noqa: S314 - a file of an installed package
                    if node.tag == _NS + "si":
                        shared.append("".join(t.text or "" for t in node.iter(_NS + "t")))
                        node.clear()
        sheet = min(n for n in book.namelist() if n.startswith("xl/worksheets/sheet"))
        with book.open(sheet) as stream:
            for _, node in ElementTree.iterparse(stream):  # noqa: S314
                if node.tag != _NS + "row":
                    continue
                row: list[str] = []
                for cell in node.iter(_NS + "c"):
                    column = _column(cell.get("r", ""))
                    if column < 0:
                        column = len(row)
                    row += [""] * (column + 1 - len(row))
                    value = cell.find(_NS + "v")
                    if cell.get("t") == "s" and value is not None and value.text:
                        row[column] = shared[int(value.text)]
                    elif cell.get("t") == "inlineStr":
                        row[column] = "".join(t.text or "" for t in cell.iter(_NS + "t"))
                    elif value is not None:
                        row[column] = value.text or ""
                yield row
                node.clear()
