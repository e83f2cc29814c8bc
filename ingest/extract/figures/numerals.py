"""Reads one numeral at a given character: digits, words, fractions, vague words.

Belongs here: what a numeral alone says ("1.2 million", "three and a half thousand", "several
dozen", "two thirds"). Does not belong here: bounds around it, units, ranges, and whether it is a
figure at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ingest.extract.figures.lexicon import table


@dataclass(slots=True)
class Numeral:
    """A numeral's characters and what it says; ``high`` differs from ``low`` for vague words only.

    ``form`` is digits, words, fraction or vague. ``scale`` is the last magnitude ("million") and
    lends itself to the other end of a range. ``is_bare`` is true for digits and nothing else.
    """

    start: int
    end: int
    low: float
    high: float
    form: str
    scale: float = 1.0
    vague_word: str | None = None
    is_bare: bool = False


class _Word(NamedTuple):
    kind: str
    value: float
    start: int
    end: int
    glue: str  # what stands before it: "", " ", "-", ","
    text: str


_DIGITS = re.compile(
    r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}(?!\d)"
    r"|\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?!\w|[.,]\d|[\u00a0\u202f -]\d)|\d{1,3}(?:['’]\d{3})+(?!\d)"
    r"|\d+,\d{1,2}(?=\s*(?:million|billion|thousand|%|bn\b|per cent|percent))"
    r"|\d+(?:\.\d+)?|\.\d+"
)
_EXPONENT = re.compile(
    r"\s?[x×*]\s?10\s?(?:\^|\*\*)?\s?([+−–-]?\d+)(?!\d|[.,]\d)|[eE]([+-]\d{1,3}|\d\d{1,2})(?![\w.])|\^([+-]{0,2}\d{1,3})(?![\w])"
)
_MIXED = re.compile(r"[ -](\d+)/(\d+)(?![\d/])|[ -]?([½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞])")
_SLASH = re.compile(r"/(\d{1,3})(?![\d/.,]\d|\d)")
_SUFFIX = re.compile(r" ?(?:MM|[kKMmBbT])(?![\w²³/])|(?<=\d)(?:bn|mn|mln|bln|tn|trn|tln)(?!\w)")
_LETTERS = re.compile(r"[A-Za-z]+")
_GLUE = re.compile(r"[ \u00a0]?[-‐‑][ \u00a0]?|, |[ \t\u00a0\u202f]{1,3}|\n(?!\s)| ?& ?")
_INNER_DIGITS = re.compile(r"\d+(?:\.\d+)?(?![\w,.]\d|\w)")
_MAX_WORDS = 14


@cache
def vocabulary() -> dict[str, tuple[str, float]]:
    """Every word a numeral may hold, lower case, with its part and value."""
    data = table("numerals")
    words: dict[str, tuple[str, float]] = {}
    for word, value in data["denominators"].items():
        words[word] = ("denominator", value)
        words["halves" if word == "half" else word + "s"] = ("denominators", value)
    for word, value in data["vague"].items():
        words[word] = ("vague", value[0])
    for word, value in data["magnitudes"].items():
        words[word] = ("magnitude", value)
    for word, value in data["cardinals"].items():
        words[word] = ("ten" if value >= 20 else "unit", value)
        if 2 <= value <= 10:
            words[word + "fold"] = ("fold", value)
    words["half"] = ("half", 0.5)
    words["lakhs"] = ("magnitude", 1e5)
    words["crores"] = ("magnitude", 1e7)
    words["a"] = words["an"] = ("a", 1)
    words["and"] = ("and", 0)
    words["point"] = ("point", 0)
    words["of"] = ("of", 0)
    return words


@cache
def starters() -> frozenset[str]:
    """Words at which a numeral may begin."""
    return frozenset(
        word
        for word, (kind, _) in vocabulary().items()
        if kind in ("unit", "ten", "vague", "fold", "half", "magnitude", "denominator", "denominators")
    )


def read(text: str, at: int, *, between: bool = False) -> Numeral | None:
    """The numeral that begins at character ``at``; ``between`` forbids "and" inside it."""
    if at >= len(text):
        return None
    c = text[at]
    if c.isalpha():
        return _read_words(text, at, between)
    if c in table("numerals")["vulgar"]:
        value = table("numerals")["vulgar"][c]
        return _magnify(text, Numeral(at, at + 1, value, value, "fraction"))
    return _read_digits(text, at, between)


def _read_digits(text: str, at: int, between: bool) -> Numeral | None:
    m = _DIGITS.match(text, at)
    if m is None:
        return None
    raw = m.group()
    if raw.count(",") == 1 and len(raw.rsplit(",", 1)[1]) < 3:
        raw = raw.replace(",", ".")
    elif raw.count(".") > 1:
        raw = raw.replace(".", "")
    else:
        raw = re.sub(r"[,'’\s]", "", raw)
    if len(raw) > 40 or not raw.isascii():
        return None
    value = float(raw)
    end = m.end()
    numeral = Numeral(at, end, value, value, "digits", is_bare=True)
    if end >= len(text):
        return numeral
    follows = text[end]
    if follows in "xX×*eE^ " and (e := _EXPONENT.match(text, end)):
        return _raise(numeral, e) or numeral
    if follows == "/" and (s := _SLASH.match(text, end)) and int(s[1]) > 0:
        value = value / int(s[1])
        return _magnify(text, Numeral(at, s.end(), value, value, "fraction"))
    if (f := _MIXED.match(text, end)) and "." not in raw:
        if f[3] is not None:
            value += table("numerals")["vulgar"][f[3]]
        elif 0 < int(f[1]) < int(f[2]) <= 64:
            value += int(f[1]) / int(f[2])
        else:
            return numeral
        return _magnify(text, Numeral(at, f.end(), value, value, "digits"))
    return _magnify(text, numeral, between)


def _raise(numeral: Numeral, e: re.Match[str]) -> Numeral | None:
    """``numeral`` with an exponent; None where the power is out of reach."""
    try:
        if e[3] is not None:
            power = int(e[3].replace("+", "").replace("--", "-"))
            value = numeral.low**power
        else:
            power = int((e[1] or e[2]).replace("−", "-").replace("–", "-"))
            value = float(f"{numeral.low!r}e{power}")
    except (OverflowError, ZeroDivisionError, ValueError):
        return None
    if value != value or abs(value) > 1e60:
        return None
    return Numeral(numeral.start, e.end(), value, value, "digits")


def times(value: float, by: float) -> float:
    """The product without the dust of binary fractions: 130.2 million is 130200000."""
    return round(value * by, 6) if by >= 1 and abs(value) * by < 1e15 else value * by


def _magnify(text: str, numeral: Numeral, between: bool = False) -> Numeral:
    """``numeral`` with the magnitude behind it, if there is one."""
    end = numeral.end
    if s := _SUFFIX.match(text, end):
        letter = s.group().strip()
        # "5 m" and "10 T" are a length and a field; only attached letters multiply
        if not s.group().startswith(" ") or letter in ("k", "M", "MM") or (letter == "B" and numeral.low < 1000):
            data = table("numerals")
            by = data["suffixes"].get(letter) or data["magnitudes"][letter]
            numeral.low = numeral.high = times(numeral.low, by)
            numeral.end, numeral.scale, numeral.is_bare = s.end(), by, False
            return numeral
    words = _lex(text, end, behind_digits=True)
    if words and words[0].text == "dozens" and words[0].glue == " ":
        value = numeral.low * 12
        return Numeral(numeral.start, words[0].end, value, value, "digits", 12)
    if not words or words[0].kind != "magnitude":
        return numeral
    head = _Word("digits", numeral.low, numeral.start, numeral.end, "", "")
    found = _number([head, *words], 0, between)
    if found is None or found[1] < 2:
        return numeral
    value, used, scale = found
    return Numeral(numeral.start, words[used - 2].end, value, value, "digits", scale)


def _lex(text: str, at: int, *, behind_digits: bool = False) -> list[_Word]:
    """Number words from ``at`` on, as long as nothing else stands between them."""
    known = vocabulary()
    words: list[_Word] = []
    glue = ""
    if behind_digits:
        g = _GLUE.match(text, at)
        glue = _glue_of(g.group()) if g else ""
        at = g.end() if g else at
    while len(words) < _MAX_WORDS:
        m = _LETTERS.match(text, at)
        if m is not None:
            kind = known.get(m.group().lower())
            if kind is None:
                break
            # "twenty-first" and "5million": a word must end where its letters do
            if m.end() < len(text) and (text[m.end()].isalnum() or text[m.end()] == "_"):
                break
            words.append(_Word(kind[0], kind[1], at, m.end(), glue, m.group().lower()))
            at = m.end()
        else:
            d = _INNER_DIGITS.match(text, at)
            if d is None or not (words or behind_digits) or len(d.group()) > 9 or not d.group().isascii():
                break
            words.append(_Word("digits", float(d.group()), at, d.end(), glue, d.group()))
            at = d.end()
        g = _GLUE.match(text, at)
        if g is None:
            break
        glue = _glue_of(g.group())
        at = g.end()
    return words


def _glue_of(raw: str) -> str:
    return "-" if raw.strip() in ("-", "‐", "‑") else "," if "," in raw else "&" if "&" in raw else " "


def _number(words: list[_Word], i: int, between: bool) -> tuple[float, int, float] | None:
    """A cardinal from word ``i``: value, index behind it, last magnitude."""
    total, n, ceiling, scale, found = 0.0, i, float("inf"), 1.0, False
    while n < len(words):
        opening = _next_group(words, i, n, between) if found else (n, False)
        group = _below_thousand(words, opening[0], between) if opening is not None else None
        if opening is None or group is None:
            break
        value, k = group
        by, k = _magnitudes(words, k)
        is_plain = opening[1] and by == 1
        if is_plain and k < len(words) and words[k].kind == "denominators":
            break
        if found and (by >= ceiling or value * by >= ceiling or (is_plain and value >= 1000)):
            break
        total += times(value, by)
        n, found = k, True
        if by == 1:
            break
        scale = ceiling = by
    if not found:
        return None
    n, total, scale = _fraction_behind(words, n, total, scale)
    if n < len(words) and words[n].kind == "point":
        n, total, scale = _decimals(words, n, total, scale)
    return total, n, scale


def _next_group(words: list[_Word], i: int, n: int, between: bool) -> tuple[int, bool] | None:
    """Where a further group of the number from ``i`` begins, and whether "and" links it; None where none may."""
    if words[n].kind == "and" or words[n].glue == "&":
        return None if between or words[n].glue == "," else (n + (words[n].kind == "and"), True)
    return None if words[n].glue == "," and words[i].kind == "digits" else (n, False)


def _magnitudes(words: list[_Word], k: int) -> tuple[float, int]:
    """The product of the magnitudes from word ``k`` on, and the index behind them."""
    by = 1.0
    while k < len(words) and words[k].kind == "magnitude" and words[k].glue in (" ", "-", ""):
        by *= words[k].value
        k += 1
    return by, k


def _decimals(words: list[_Word], n: int, total: float, scale: float) -> tuple[int, float, float]:
    """ "three point one four million": the decimals behind the word "point" at ``n``."""
    digits = ""
    k = n + 1
    while k < len(words) and words[k].kind in ("unit", "ten") and words[k].glue in (" ", "-"):
        digits += f"{words[k].value:.0f}" if words[k].kind == "unit" else f"{words[k].value / 10:.0f}"
        if words[k].kind == "ten" and not (
            k + 1 < len(words) and words[k + 1].kind == "unit" and words[k + 1].value < 10
        ):
            digits += "0"
        k += 1
    if not digits:
        return n, total, scale
    total += float("0." + digits)
    while k < len(words) and words[k].kind == "magnitude":
        total *= words[k].value
        scale = words[k].value
        k += 1
    return k, total, scale


def _fraction_behind(words: list[_Word], n: int, total: float, scale: float) -> tuple[int, float, float]:
    """ "… and a half", "… and three quarters", with the magnitude that may follow."""
    if not (n + 2 < len(words) and words[n].kind == "and"):
        return n, total, scale
    over, k = words[n + 1].value, n + 2
    if words[n + 1].kind == "ten" and words[k].kind == "unit" and k + 1 < len(words):
        over, k = over + words[k].value, k + 1
    elif words[n + 1].kind not in ("a", "unit", "ten"):
        return n, total, scale
    below = words[k]
    if below.kind not in ("half", "denominator", "denominators") or (below.kind == "denominators") != (over > 1):
        return n, total, scale
    part = 0.5 if below.kind == "half" else over / below.value
    n = k + 1
    if n < len(words) and words[n].kind == "magnitude":
        if scale == 1:
            return n + 1, (total + part) * words[n].value, words[n].value
        return n + 1, total + part * words[n].value, words[n].value
    return n, total + part * (scale if scale > 100 else 1.0), scale


def _below_thousand(words: list[_Word], i: int, between: bool) -> tuple[float, int] | None:
    """ "a", "seven", "forty-two", "three hundred and five", "2.3"; a bare magnitude is one of it."""
    if i >= len(words):
        return None
    w = words[i]
    after = words[i + 1] if i + 1 < len(words) else None
    if w.kind == "a":
        return (1.0, i + 1) if after is not None and after.kind == "magnitude" else None
    if (
        w.kind == "half"
        and after is not None
        and (
            after.kind == "magnitude" or (after.kind == "a" and i + 2 < len(words) and words[i + 2].kind == "magnitude")
        )
    ):
        return 0.5, i + (1 if after.kind == "magnitude" else 2)
    if w.kind == "denominator" and w.text == "quarter" and after is not None and after.kind == "magnitude":
        return 0.25, i + 1
    if w.kind == "digits" or w.kind == "unit":
        value, k = w.value, i + 1
    elif w.kind == "ten":
        value, k = w.value, i + 1
        if after is not None and after.kind == "unit" and 0 < after.value < 10 and after.glue in (" ", "-"):
            value, k = value + after.value, i + 2
    elif w.kind == "magnitude" and w.value == 100:
        return _hundreds(words, 100.0, i + 1, between)
    elif w.kind == "magnitude":
        return (1.0, i) if i > 0 and words[i - 1].kind == "a" else None
    else:
        return None
    if k < len(words) and words[k].kind == "magnitude" and words[k].value == 100 and words[k].glue in (" ", "-"):
        return _hundreds(words, value * 100, k + 1, between)
    return value, k


def _hundreds(words: list[_Word], value: float, k: int, between: bool) -> tuple[float, int]:
    """What may follow "hundred": "[and] forty-two", unless that begins a number of its own."""
    j = k
    if j < len(words) and (words[j].kind == "and" or words[j].glue == "&"):
        if between or (words[j].kind == "and" and words[j].glue == ","):
            return value, k
        j += words[j].kind == "and"
    if j < len(words) and words[j].kind in ("unit", "ten", "digits") and words[j].glue != ",":
        small, n = words[j].value, j + 1
        if words[j].kind == "ten" and n < len(words) and words[n].kind == "unit" and 0 < words[n].value < 10:
            small, n = small + words[n].value, n + 1
        own = n < len(words) and words[n].kind == "magnitude" and words[n].value in (100, 12, 20)
        if small < 100 and not own:
            # "one hundred and three quarters": the three belongs to the quarters
            if n < len(words) and words[n].kind == "denominators":
                return value, k
            return value + small, n
    return value, k


def _read_words(text: str, at: int, between: bool) -> Numeral | None:
    words = _lex(text, at)
    if not words:
        return None
    first = words[0]
    if first.kind == "a" and len(words) > 1 and words[1].kind == "vague":
        words = words[1:]
        first = words[0]
    if first.kind == "vague":
        return _vague(words, at)
    if first.kind == "fold":
        return Numeral(at, first.end, first.value, first.value, "fold")
    if fraction := _fraction(words, at):
        return fraction
    found = _number(words, 0, between)
    if found is None:
        return None
    value, used, scale = found
    if (
        used < len(words)
        and words[used].kind == "vague"
        and words[used].text == "dozens"
        and words[used].glue in (" ", "-")
    ):
        value, used = _dozens(words, value, used)
    while used and words[used - 1].kind in ("and", "of", "a"):
        used -= 1
    if used == 0:
        return None
    if used < len(words) and words[used].kind == "denominators" and words[used].glue in (" ", "-"):
        value = value / words[used].value
        return Numeral(at, words[used].end, value, value, "fraction")
    return Numeral(at, words[used - 1].end, value, value, "words", scale)


def _dozens(words: list[_Word], value: float, used: int) -> tuple[float, int]:
    """ "three dozens" is 36; of "three hundred and two dozens" only the two are dozens."""
    rest = value % 100
    if value > 100 and rest:
        return value - rest + rest * 12, used + 1
    return value * 12, used + 1


def _fraction(words: list[_Word], at: int) -> Numeral | None:
    """ "two thirds", "one-fifth", "a quarter", "half"; what follows must show that it is no ordinal."""
    first, second = words[0], words[1] if len(words) > 1 else None
    if first.kind == "half":
        if second is not None and second.kind in ("magnitude", "a", "of"):
            k = 1
            while k < len(words) and words[k].kind in ("a", "of"):
                k += 1
            if k < len(words) and words[k].kind == "magnitude" and words[k].value > 10:
                found = words[k].value / 2
                return Numeral(at, words[k].end, found, found, "words", words[k].value)
        return Numeral(at, first.end, 0.5, 0.5, "fraction")
    if second is None or second.glue == ",":
        return None
    if first.kind in ("a", "unit") and second.kind == "half" and first.value == 1:
        if len(words) > 2 and words[2].kind == "magnitude":
            found = words[2].value / 2
            return Numeral(at, words[2].end, found, found, "words", words[2].value)
        return Numeral(at, second.end, 0.5, 0.5, "fraction")
    many = second.kind == "denominators"
    if first.kind in ("unit", "ten") and (many or (second.kind == "denominator" and first.value == 1)):
        value = first.value / second.value
    elif first.kind == "a" and second.kind == "denominator":
        value = 1 / second.value
    elif first.kind == "magnitude" or (first.kind == "a" and second.kind == "magnitude"):
        return None
    else:
        return None
    end, scale = second.end, 1.0
    k = 2
    while k < len(words) and words[k].kind in ("of", "a"):
        k += 1
    if (
        k < len(words)
        and words[k].kind == "magnitude"
        and second.text.startswith(("quarter", "third", "half", "halve"))
    ):
        value, end, scale = value * words[k].value, words[k].end, words[k].value
        return Numeral(at, end, value, value, "words", scale)
    return Numeral(at, end, value, value, "fraction")


def _vague(words: list[_Word], at: int) -> Numeral:
    data = table("numerals")
    first = words[0]
    k = 1
    if k < len(words) and words[k].kind == "of":
        k += 1
    second = words[k] if k < len(words) else None
    if second is not None and second.kind in ("vague", "magnitude"):
        phrase = f"{first.text} {second.text}"
        singular = phrase.removesuffix("s") if second.kind == "vague" else phrase
        if (pair := data["vague_phrases"].get(phrase) or data["vague_phrases"].get(singular)) is not None:
            return Numeral(at, second.end, pair[0], pair[1], "vague", second.value, phrase)
        word = second.text.removesuffix("s")
        by = data["magnitudes"].get(word)
        if by is not None and (pair := data["vague_times"].get(first.text)) is not None:
            end = second.end
            for more in words[k + 1 :]:  # "several hundred thousand"
                if more.kind != "magnitude" or more.glue != " ":
                    break
                by, end = by * more.value, more.end
            return Numeral(at, end, pair[0] * by, pair[1] * by, "vague", by, f"{first.text} {word}")
    low, high = data["vague"][first.text]
    return Numeral(at, first.end, low, high, "vague", 1.0, first.text)
