"""The language of a text, and of each of its paragraphs.

Belongs here: asking the detector, when not to believe it, and which languages facts are found in.
Does not belong here: what becomes of a text in another language (``ingest.intake`` says so in the
document's row, ``ingest.extract`` finds no facts in it).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

# Languages with extractors: each has a folder of words under ``ingest/extract/data``.
EXTRACTED = ("en",)
_SAMPLE = 600
_FEWEST_LETTERS = 24
_LEAST_SURE = 0.6
# What a paragraph has to show before it is taken for another language than the rest.
_FEWEST_LETTERS_APART = 60
_LEAST_SURE_APART = 0.97
_PARAGRAPH = re.compile(r"\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Characters ``start`` to ``end`` of a text; ``language`` is None where they are too few to say."""

    start: int
    end: int
    language: str | None


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language that most of a text is in; None where it is too short or unsure to say."""
    # From the middle as well as from the start: a title in capitals or a foreign name misleads.
    middle = max(len(text) // 2, _SAMPLE)
    sample = text[:_SAMPLE] + " " + text[middle : middle + _SAMPLE]
    if _letters(sample, _FEWEST_LETTERS) < _FEWEST_LETTERS:
        return None
    code, sureness = _identifier().classify(sample)
    whole = str(code) if sureness >= _LEAST_SURE and len(code) == 2 else None
    if text.isascii():
        return whole
    # A sample of a text in two languages shows either: the paragraphs are counted.
    sizes: Counter[str] = Counter()
    for p in paragraphs(text, whole):
        if p.language is not None:
            sizes[p.language] += p.end - p.start
    return max(sorted(sizes), key=lambda name: sizes[name]) if len(sizes) > 1 else whole


def _letters(text: str, most: int) -> int:
    """The number of letters, counted no further than to ``most``."""
    return sum(1 for _ in islice(filter(str.isalpha, text), most))


def paragraphs(text: str, whole: str | None = "en") -> list[Paragraph]:
    """The lines of a text with the language of each.

    ``whole`` is the language of the text as a whole. In an English text only a line with letters beyond
    ASCII is asked about: no other language's lines are long without one, and most English lines are.
    """
    found = []
    for match in _PARAGRAPH.finditer(text):
        line = match.group()
        asked = whole != "en" or (not line.isascii() and any(c.isalpha() and c > "\x7f" for c in line))
        found.append(Paragraph(match.start(), match.end(), _language_of_line(line) if asked else "en"))
    return found


def _language_of_line(line: str) -> str | None:
    if _is_unlatin(line):
        code, sureness = _identifier().classify(line[:_SAMPLE])
        return str(code) if sureness >= _LEAST_SURE and code != "en" else "und"
    if _letters(line, _FEWEST_LETTERS_APART) < _FEWEST_LETTERS_APART:
        return None
    code, sureness = _identifier().classify(line[:_SAMPLE])
    return str(code) if sureness >= _LEAST_SURE_APART else None


def _is_unlatin(line: str) -> bool:
    """Whether most letters of a line are of another alphabet, so that it cannot be English."""
    letters = [c for c in line[:_SAMPLE] if c.isalpha()]
    other = sum(1 for c in letters if c > "\x7f" and not unicodedata.name(c, "").startswith("LATIN"))
    return len(letters) >= 3 and 2 * other > len(letters)


def readable(text: str, language: str | None) -> str | None:
    """The text with every paragraph of a language without extractors blanked out; None where nothing is left.

    A blanked character is a space, so that offsets stay. ``language`` is that of the whole text; where it has
    no extractors, only paragraphs that are surely in one that has are kept, and titles and other short
    lines right above those.
    """
    is_read = language is None or language in EXTRACTED
    if is_read and text.isascii():
        return text
    parts = paragraphs(text, "en" if is_read else language)
    kept = [_is_kept(parts, k, is_read) for k in range(len(parts))]
    if all(kept):
        return text
    if not any(p.language in EXTRACTED for p, keep in zip(parts, kept, strict=True) if keep):
        return None
    pieces, at = [], 0
    for p, keep in zip(parts, kept, strict=True):
        pieces.append(text[at : p.start])
        pieces.append(text[p.start : p.end] if keep else " " * (p.end - p.start))
        at = p.end
    return "".join(pieces) + text[at:]


def _is_kept(parts: list[Paragraph], k: int, is_read: bool) -> bool:
    if parts[k].language is not None:
        return parts[k].language in EXTRACTED
    if is_read:
        return True
    below = next((p.language for p in parts[k + 1 :] if p.language is not None), None)
    return below in EXTRACTED


def why_not_extracted(text: str, language: str | None) -> str | None:
    """Why no facts are looked for in a text, in words; None where they are."""
    if readable(text, language) is not None:
        return None
    return f"no extractor for the language {language or 'of the text'}; there are for {', '.join(EXTRACTED)}"
