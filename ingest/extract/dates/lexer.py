"""From a text to short runs of temporal words, cut into lexemes with classes and values.

Belongs here: the words (``data/en/lexicon.toml``), number words, the shapes of digits, and the
prefilter that keeps all else off the stretches of text where no date can be. Does not belong
here: what lexemes mean together (``data/en/rules.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import compress
from typing import Any

from ingest.extract.analysis import Tokens

Word = tuple[str, Any]


@dataclass(slots=True)
class Node:
    """A lexeme or a phrase: its class, where it stands, and what it says."""

    cls: str
    start: int
    end: int
    value: Any
    rule: str = ""


def read_table(name: str) -> dict[str, Any]:
    """A data file of this package."""
    return tomllib.loads((files(__package__) / "data" / "en" / name).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words that temporal expressions are made of, from the data files."""

    words: dict[str, Word]
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], Word]]]]  # by first and second word, longest first
    triggers: frozenset[str]
    vocabulary: frozenset[str]
    numbers: dict[str, int]
    ordinals: dict[str, int]


# Classes that shapes of figures and number words have
SHAPES = frozenset(
    "iso isomonth edtf compact numeric clock decade shortyear qcode year decimal n0 n12 n24 n31 n59 nx "  # noqa: SIM905
    "ord ord31 ordx w12 w31 wx".split()
)


def classes() -> set[str]:
    """All classes that a lexeme can have."""
    lex = lexicon()
    listed = {word[0] for group in lex.phrases.values() for phrases in group.values() for _, word in phrases}
    return {word[0] for word in lex.words.values()} | listed | SHAPES


_FIRST_WORD = re.compile(r"\w+")
_ANY = ""  # the second word of a phrase of one word, or with an apostrophe


@cache
def lexicon() -> Lexicon:
    """The words, read once."""
    table = read_table("lexicon.toml")
    words: dict[str, Word] = {w: (w, 1) for w in table["literal"]}
    classes: dict[str, dict[str, Any]] = table["classes"]
    for cls, entries in classes.items():
        words.update({w: (cls, v) for w, v in entries.items()})
    for symbol, cls in ((",", "comma"), ("/", "slash"), ("(", "lparen"), (")", "rparen"), ("~", "tilde")):
        words[symbol] = (cls, 1)
    triggers = {w for c in table["triggers"] for w in classes.get(c, {c: 1})}
    listed: list[tuple[tuple[str, ...], Word]] = [
        (tuple(phrase.split()), (group["class"], group["value"]))
        for group in table["phrases"]
        for phrase in group["words"]
    ]
    triggers.update(w for group in table["phrases"] for w in group.get("triggers", ()))
    for name, feast in read_table("holidays.toml")["holidays"].items():
        named = [name, *feast.get("also", [])]
        # texts that lost their apostrophes, and writers that leave them out
        bare = [phrase.replace("'s", s) for phrase in named if "'s" in phrase for s in ("s", "")]
        for phrase in [*named, *bare]:
            listed.append((tuple(phrase.split()), ("holiday", name)))
            own = set(phrase.split())
            # "Victory Day" is found by its "day", or each "victory" would be searched
            triggers.update(own & (set(feast.get("triggers", [])) or triggers) or {phrase.split()[0]})
    for era in read_table("eras.toml")["eras"]:
        listed += [(tuple(phrase.split()), ("era", era["start"])) for phrase in era["names"]]
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], Word]]]] = {}
    for words_of, word in sorted(listed, key=lambda p: -len(p[0])):
        parts = _FIRST_WORD.findall(" ".join(words_of))
        is_plain = len(words_of) > 1 and parts[:2] == [words_of[0], words_of[1]]
        phrases.setdefault(parts[0], {}).setdefault(parts[1] if is_plain else _ANY, []).append((words_of, word))
    for group in phrases.values():
        any_second = group.setdefault(_ANY, [])
        for second in group.keys() - {_ANY}:
            group[second] = sorted(group[second] + any_second, key=lambda p: -len(p[0]))
    numbers, ordinals = table["numbers"], table["ordinals"]
    vocabulary = (
        set(words)
        | set(numbers)
        | set(ordinals)
        | {w for ws, _ in listed for part in ws for w in _FIRST_WORD.findall(part)}
    )
    triggers |= {w + "." for w in _DOTTED & triggers}
    vocabulary |= triggers | {"'", "’", "xx"}
    return Lexicon(words, phrases, frozenset(triggers), frozenset(vocabulary), numbers, ordinals)


# Tokens with digits that may be a date by themselves: years, decades, clock times, numeric dates.
_DIGITS = re.compile(
    r"""(?:1[0-9]|20|21)\d\d(?![\d,.]*[\d%])             # a year
    |(?:mid|post|pre|early|late)-?\d{4}|['’]\d\d$
    |['’]?(?:1[0-9]|20)?\d0['’]?s$|\d{3}X\.?$            # a decade
    |\d{1,2}:\d\d|\d{1,2}(?:\.\d\d)?[ap]\.?m|0\d[0-5]\d$ # a time of day
    |(?:utc|gmt)[+−-]\d{1,2}(?::?\d\d)?$                # a time zone
    |\d{1,4}[/.\-–]\d{1,2}[/.\-–]\d{1,4}\.?$|\d{1,2}/\d{1,2}\.?$|\d{8}$|\d{4}-(?:\d\d|XX)-XX$
    |\d{1,2}\.\d{1,2}\.(?:19|20)\d\d[a-z]{3}            # a date that what follows is glued to
    |\d{1,2}-[a-z]{3,9}-\d{2,4}$|[a-z]{3,9}[-/]\d{4}$
    |[\d,]+(?:st|nd|rd|th)$|[QH][1-4]$
    |\d+(?:\.\d+)?-?(?:day|hour|year|week|month|minute)  # a length in one word
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST = 40
_FIGURES = frozenset("0123456789")
_MOST_WORDS = 200_000  # whose look-up is remembered


class _Hits(dict[str, bool]):
    """Whether a word starts the search for an expression, worked out once for each word of a process."""

    def __missing__(self, word: str) -> bool:
        if len(self) > _MOST_WORDS:
            self.clear()
        triggers = lexicon().triggers
        has_figures = word[0] in _FIGURES or word[-1] in _FIGURES or word[-2:-1] in _FIGURES
        is_dashed = word[0] == "-" and word[1:] in triggers  # "mid -September"
        found = word in triggers or (has_figures and _DIGITS.match(word) is not None) or is_dashed
        self[word] = found
        return found


_HITS = _Hits()


def runs(tokens: Tokens, years: frozenset[int] = frozenset()) -> Iterator[tuple[int, int]]:
    """Token ranges that hold a trigger or begin at one of ``years``, widened over neighbours of the vocabulary."""
    lex = lexicon()
    vocabulary, lowers = lex.vocabulary, tokens.lowers
    done = 0
    n = len(lowers)
    starts = _HITS
    hits = list(compress(range(n), map(starts.__getitem__, lowers)))
    if years:
        hits = sorted({*hits, *(i for i in range(n) if tokens.starts[i] in years)})
    for hit in hits:
        if hit < done:
            continue
        first = hit
        floor = max(done, hit - _LONGEST)
        while first > floor and _belongs(lowers[first - 1], vocabulary):
            first -= 1
        last = hit + 1
        ceiling = min(n, hit + _LONGEST)
        while last < ceiling and _belongs(lowers[last], vocabulary):
            last += 1
        done = last
        yield first, last


def _belongs(word: str, vocabulary: frozenset[str]) -> bool:
    if word in vocabulary or word[0].isdigit() or (word[0] in "+−" and word[1:].isdigit()):
        return True
    is_date_like = word[-1].isdigit() or word[-2:-1].isdigit()  # "mid-1980s"
    return is_date_like and _DIGITS.match(word) is not None


_CURRENCY = frozenset("$£€₴₽¥")
_LEXEME = re.compile(
    # words first, for most are; what follows begins with a figure or a mark
    r"(?P<qcode>\b[QH][1-4]\b)"
    r"|(?P<tz>\b(?:UTC|GMT) ?[+−-]\d{1,2}(?::?\d\d)?(?![\d:]))"
    r"|(?P<word>[ap]\.?\s?m\.|[ap]\.?m\b|[ \n]?['’]s\b|[^\W\d_]+(?:['’][^\W\d_]+(?<!['’]s))?)"
    r"|(?P<edtf>\b\d{4}(?:-\d\d){0,2}/\d{4}(?:-\d\d){1,2}\b|\b\d{4}-\d\d(?:-\d\d)?[~?](?!\w)"
    r"|\b\d{4}-(?:\d\d|XX)-XX\b|\b(?:1\d|20)\dX\b)"
    r"|(?P<iso>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-]))"
    r"|(?P<isomonth>\b\d{4}-\d{1,2}(?![\d-]))"
    r"|(?P<compact>\b(?:19|20)\d\d[01]\d[0-3]\d\b)"
    r"|(?P<numeric>\d{1,4}/\d{1,2}/\d{2,4}(?![\d/])|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?![\d.])|\d{1,2}-\d{1,2}-\d{4}(?![\d-]))"
    r"|(?P<clock>\d{1,2}:\d\d(?::\d\d)?(?![\d:]))"
    r"|(?P<ordinal>\d{1,3}(?:,\d{3})*(?:st|nd|rd|th)\b)"
    r"|(?P<decade>['’]?(?:1\d|20)?\d0['’]?s\b|['’]\d0s\b)"
    r"|(?P<number>\d[\d,]*\d(?:\.\d+)?|\d(?:\.\d+)?)"
    r"|(?P<shortyear>['’]\d\d\b)"
    r"|(?P<gap>\n[ \t\r]*\n|[;!?])"
    r"|(?P<mark>\S)",
    re.I,
)
# "Jul 262016": a stamp whose comma was lost with the blank behind it
_GLUED = re.compile(r"(0?[1-9]|[12]\d|3[01]),?((?:19|20)\d\d)")
# "told Dawn", "published in Dawn": a newspaper
_NAMED = re.compile(
    r"\b(?:told|(?:said|spoke|speaking|talking|talked) to|(?:published|reported|printed|appeared|written) (?:in|by)"
    r"|newspaper|daily|paper)[ \n]+\Z",
    re.I,
)
# "Nov." — the dot belongs to the word
_DOTTED = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "weds",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "hrs",
        "hr",
        "min",
        "mins",
        "yrs",
        "yr",
        "b.c",
    ]
)


class _Words(dict[str, tuple[str, Any, int, bool]]):
    """What a word is as a lexeme, worked out once for each word of a process.

    Its class and value, the blanks before it, and whether a dot behind it belongs to it.
    """

    def __missing__(self, raw: str) -> tuple[str, Any, int, bool]:
        if len(self) > _MOST_WORDS:
            self.clear()
        lex, lower = lexicon(), raw.lower().strip()
        cls: str
        value: Any
        if lower in lex.numbers:
            cls, value = "numword", lex.numbers[lower]
        elif lower in lex.ordinals:
            cls, value = "ordword", lex.ordinals[lower]
        elif lower[:1] in ("a", "p") and lower.replace(".", "").replace(" ", "") in ("am", "pm"):
            cls, value = "ampm", lower[0] + "m"
        else:
            cls, value = lex.words.get(lower, ("other", lower))
        found = self[raw] = cls, value, len(raw) - len(raw.lstrip()), lower in _DOTTED
        return found


_WORDS = _Words()


def lexemes(text: str, start: int, end: int, years: frozenset[int] = frozenset()) -> list[Node]:
    """The lexemes of ``text[start:end]``; what is no temporal word becomes the class ``other``.

    ``years`` are characters at which a year of three figures begins.
    """
    lex = lexicon()
    words, known = lex.words, _WORDS
    nodes: list[Node] = []
    position = start
    for match in _LEXEME.finditer(text, start, end):
        kind, (a, b), raw = match.lastgroup, match.span(), match.group()
        if a < position:
            continue
        if kind == "word":
            cls, value, skipped, may_have_dot = known[raw]
            if raw == "Dawn" and _NAMED.search(text, max(0, a - 24), a):
                cls, value = "other", "dawn"
            if may_have_dot and b < end and text[b] == ".":
                b += 1
                position = b
            nodes.append(Node(cls, a + skipped, b, value))
        elif kind == "number":
            if nodes and nodes[-1].cls in ("month", "month_verb") and (glued := _GLUED.fullmatch(raw)):
                day = a + len(glued[1])
                nodes += [_number(glued[1], a, day), _number(glued[2], b - 4, b)]
                continue
            number = Node("year", a, a + 3, int(raw[:3])) if a in years else _number(raw, a, b)
            # "$12 December": an amount, not a day
            nodes.append(
                Node("nx", number.start, number.end, number.value)
                if _CURRENCY.intersection(text[max(0, a - 2) : a])
                else number
            )
        elif kind == "isomonth" and not _is_month(raw):
            year, dash, rest = raw.partition("-")
            nodes += [_number(year, a, a + 4), Node("dash", a + 4, a + 5, dash), _number(rest, a + 5, b)]
        elif kind == "tz":
            nodes.append(Node("tz", a, b, _zone(raw)))
        elif kind == "ordinal":
            value = int(raw[:-2].replace(",", ""))
            nodes.append(Node("ord" if 1 <= value <= 12 else "ord31" if value <= 31 else "ordx", a, b, value))
        elif kind == "mark":
            entry = words.get(raw)
            nodes.append(Node(entry[0], a, b, entry[1]) if entry else Node("other", a, b, raw))
        else:
            nodes.append(Node(kind or "other", a, b, raw))
    return _phrases(text, _number_words(nodes), lex)


_SHIFT = re.compile(r"([+−-])(\d{1,2}):?(\d\d)?$")


def _zone(raw: str) -> str:
    """ "UTC+3" as +03:00."""
    sign, hours, minutes = _SHIFT.search(raw).groups()  # type: ignore[union-attr]
    return f"{'+' if sign == '+' else '-'}{int(hours):02d}:{minutes or '00'}"


def _is_month(raw: str) -> bool:
    """2015-12 and 2015-3 are months; 2010-12 may be a span of years, 2022-23 is."""
    year, month = int(raw[:4]), int(raw[5:])
    return 1000 <= year <= 2199 and 1 <= month <= 12 and (len(raw) == 6 or month <= year % 100)


def _number(raw: str, start: int, end: int) -> Node:
    plain = raw.replace(",", "")
    if raw.endswith(","):
        raw, end = raw[:-1], end - 1
    try:
        value = float(plain) if "." in plain else int(plain)
    except ValueError:
        return Node("other", start, end, raw)
    if isinstance(value, float):
        return Node("decimal", start, end, value)
    if "," not in raw and len(raw) == 4 and 1000 <= value <= 2199:
        return Node("year", start, end, value)
    if "," not in raw and len(raw) <= 2:
        cls = (
            "n0" if value == 0 else "n12" if value <= 12 else "n24" if value <= 24 else "n31" if value <= 31 else "n59"
        )
        return Node(cls if value < 60 else "nx", start, end, value)
    return Node("nx", start, end, value)


def _number_words(nodes: list[Node]) -> list[Node]:
    """Join number words: "twenty-five", "nineteen ninety-six", "two thousand and five", "thirty-first"."""
    if not any(node.cls in ("numword", "ordword") for node in nodes):
        return nodes
    out: list[Node] = []
    i, n = 0, len(nodes)
    while i < n:
        node = nodes[i]
        if node.cls not in ("numword", "ordword"):
            out.append(node)
            i += 1
            continue
        j, parts = i, [node.value]
        is_ordinal = node.cls == "ordword"
        while not is_ordinal and j + 1 < n:
            k = j + 1
            if nodes[k].cls in ("dash", "and") and k + 1 < n and nodes[k + 1].cls in ("numword", "ordword", "second"):
                # "twenty-five" and "hundred and five" are one number, "two and three" are two
                joined = (
                    nodes[k].cls == "dash" and parts[-1] >= 20 and parts[-1] < 100 and nodes[k + 1].value < 10
                ) or (nodes[k].cls == "and" and parts[-1] in (100, 1000))
                if not joined:
                    break
                k += 1
            elif nodes[k].cls == "second" and not (parts[-1] >= 20 and parts[-1] % 10 == 0):
                break
            if nodes[k].cls not in ("numword", "ordword", "second") or not _continues(parts, nodes[k].value):
                break
            is_ordinal = nodes[k].cls != "numword"
            parts.append(nodes[k].value)
            j = k
        out.append(_worded(parts, is_ordinal, nodes[i].start, nodes[j].end))
        i = j + 1
    return out


def _continues(parts: list[int], value: int) -> bool:
    last = parts[-1]
    if value in (100, 1000, 12):
        return value in (100, 1000) and last < value
    if last in (100, 1000):
        return value < last
    if last >= 20 and value < 10 and last % 10 == 0:
        return True
    # "nineteen ninety": the year spoken in two halves
    return len(parts) == 1 and 10 <= last <= 20 and value >= 10


def _worded(parts: list[int], is_ordinal: bool, start: int, end: int) -> Node:
    if len(parts) > 1 and 10 <= parts[0] <= 20 and 10 <= parts[1] < 100:
        return Node("year", start, end, parts[0] * 100 + sum(parts[1:]))
    total = current = 0
    for part in parts:
        if part in (100, 1000):
            current = max(1, current) * part
            if part == 1000:
                total, current = total + current, 0
        else:
            current += part
    value = total + current
    if is_ordinal:
        return Node("ord" if value <= 12 else "ord31" if value <= 31 else "ordx", start, end, value)
    if len(parts) > 1 and 1100 <= value < 2100 and parts[0] != 1:
        return Node("year", start, end, value)
    cls = "w12" if 1 <= value <= 12 else "w31" if value <= 31 else "wx"
    return Node(cls, start, end, value)


def _phrases(text: str, nodes: list[Node], lex: Lexicon) -> list[Node]:
    """Join the words of phrases of the lexicon, holidays and eras, longest first."""
    starters = lex.phrases
    out: list[Node] = []
    i, n = 0, len(nodes)
    while i < n:
        node = nodes[i]
        by_second = starters.get(text[node.start : node.end].lower())
        if by_second is not None:
            second = text[nodes[i + 1].start : nodes[i + 1].end].lower() if i + 1 < n else _ANY
            j = _end_of_phrase(text, nodes, i, by_second.get(second) or by_second[_ANY], out)
            if j:
                i = j
                continue
        out.append(node)
        i += 1
    return out


def _end_of_phrase(
    text: str, nodes: list[Node], i: int, phrases: Sequence[tuple[tuple[str, ...], Word]], out: list[Node]
) -> int:
    """Add to ``out`` the first of ``phrases`` that begins at node ``i``; returns the node behind it, 0 for none."""
    for words, (cls, value) in phrases:
        end = nodes[i].start
        for word in words:
            if end < len(text) and text[end].isspace():
                end += 1
            if text[end : end + len(word)].lower().replace("’", "'") != word:
                break
            end += len(word)
        else:
            j = i
            while j < len(nodes) and nodes[j].end <= end:
                j += 1
            if j > i and nodes[j - 1].end == end:
                out.append(Node(cls, nodes[i].start, end, value))
                return j
    return 0
