"""A headline in title case, and lines in capitals, written like sentences for the language model.

Belongs here: which capitals of a headline or a line are only its style. Does not belong here: the model
(``ingest.extract.parser``); what extractors read keeps its capitals.

A tagger takes most words with a capital for names: "Strikes Kill Six In Homs" has four of them. The body of the
article shows which of the words are names: it writes them with a capital too.
"""

from __future__ import annotations

import re
from collections import Counter

from ingest.extract.layout import Layout

_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 4  # words of a headline whose style can be told
_SHARE = 0.8  # of the words that have a capital in title case
_LINE = re.compile(r"[^\n]+")
_CAPITALS = re.compile(r"[^\W\d_a-z]{2,}")  # stand in each word in capitals
_LEAST_SHOUTED = 5  # words of a line in capitals
_SHARE_SHOUTED = 0.9  # of them, that are in capitals
_LONG = 3  # letters of a word that title case may write small
_ENDING = 3  # letters by which forms of one word may differ
_STEM = 4  # letters that forms of one word share at least

# a negation written with a typographic apostrophe
_CURLY, _PLAIN = re.compile(r"(?<=n)’(?=t\b)", re.IGNORECASE), "'"


def sentence_cased(text: str, layout: Layout) -> str:
    """The text as the language model reads it: headline and lines in capitals in small letters but for names.

    Offsets stay: a small letter is as long.
    """
    return _headline_cased(_lines_cased(_with_plain_apostrophes(text)), layout)


def _with_plain_apostrophes(text: str) -> str:
    """The text with "didn't" for "didn’t": the model takes the "n’t" that it has not learned for a noun."""
    return _CURLY.sub(_PLAIN, text) if "’" in text else text


def _lines_cased(text: str) -> str:
    """The text with each line in capitals in small letters but for what other lines write with a capital.

    "OFFICIALS WARN OSLO TALKS MAY FAIL": which words are names shows in the lines that are written as usual.
    """
    shouted = [m for m in _LINE.finditer(text) if _is_shouted(m.group())]
    if not shouted:
        return text
    plain, at = [], 0
    for line in shouted:
        plain.append(text[at : line.start()])
        at = line.end()
    seen = Counter(_WORD.findall("".join([*plain, text[at:]])))

    def written(match: re.Match[str]) -> str:
        word = match.group()
        low, name = word.lower(), word.capitalize()
        if len(low) != len(word) or len(name) != len(word) or (seen[word] and seen[word] >= max(seen[low], seen[name])):
            return word
        return name if seen[name] > seen[low] else low

    for line in shouted:
        text = text[: line.start()] + _WORD.sub(written, line.group()) + text[line.end() :]
    return text


def _is_shouted(line: str) -> bool:
    if len(_CAPITALS.findall(line)) < _LEAST_SHOUTED * _SHARE_SHOUTED:
        return False  # the words of most lines need no counting
    words = [word for word in _WORD.findall(line) if len(word) > 1]
    return len(words) >= _LEAST_SHOUTED and sum(word.isupper() for word in words) >= _SHARE_SHOUTED * len(words)


def _headline_cased(text: str, layout: Layout) -> str:
    """The text with its headline in small letters but for names, and as it was where that is not in title case.

    A body that repeats its headline word for word is written the same. Offsets stay: a small letter is as long.
    """
    if not layout.title_end:
        return text
    title = text[layout.blocks[0].start : layout.title_end]
    words = _WORD.findall(title)
    long = [word for word in words if len(word) > _LONG]
    if len(long) < _LEAST or sum(word[0].isupper() for word in long) < _SHARE * len(long):
        return text
    seen = Counter(word for part in text[layout.title_end :].split(title) for word in _WORD.findall(part))
    stems = {word[:length] for word in seen if word.islower() for length in range(_STEM, len(word) + 1)}
    opening = _WORD.search(title)

    def written(match: re.Match[str]) -> str:
        word, low = match.group(), match.group().lower()
        is_styled = word[0].isupper() and word[1:].islower() and len(low) == len(word)
        if not is_styled or (opening is not None and match.start() == opening.start()):
            return word
        is_small = seen[low] > 0 or (not seen[word] and low[: max(_STEM, len(low) - _ENDING)] in stems)
        return low if is_small or (len(low) <= _LONG and not seen[word]) else word

    return text.replace(title, _WORD.sub(written, title))
