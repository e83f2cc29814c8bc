"""Names of organisations that hold the name of a place: "the Organization for Security and Co-operation in Europe".

Belongs here: where such names stand in a text. Does not belong here: bodies that bear the name of the place they
are in ("Berea Police Department"), which ``mentions`` reads.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _pattern() -> re.Pattern[str]:
    raw = (files("ingest.extract.locations") / "data" / "en" / "organisations.toml").read_text(encoding="utf-8")
    return re.compile(rf"\b(?:{'|'.join(tomllib.loads(raw)['patterns'])})\b")


def organisations(text: str) -> list[tuple[int, int]]:
    """The characters, start and end (exclusive), of each such name in ``text``, in order."""
    lower = text.lower()
    if len(lower) != len(text):  # a letter that is two in small letters would shift all that follows
        return []
    return [match.span() for match in _pattern().finditer(lower)]
