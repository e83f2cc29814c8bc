"""How one place name is spelled many ways, and the keys under which spellings meet.

Belongs here: folding a spelling to its key, transliteration of Cyrillic names by the schemes that
news uses, the loose key of spellings that differ by press habit only, stems of region names. Does
not belong here: any list of places.

``fold`` is applied to every listed name when the gazetteer is built and to every name read in a
text, so it must stay cheap and must not change without a new gazetteer (its version holds it).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPECIAL = str.maketrans(
    {
        "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "Æ": "ae",
        "œ": "oe", "ı": "i", "ə": "e", "Ə": "e", "þ": "th", "ħ": "h", "Ħ": "h", "&": " and ",
        "'": None, "’": None, "‘": None, "ʼ": None, "ʻ": None, "`": None, "´": None, "ʹ": None, "ʾ": None, "ʿ": None,
        "′": None, "ʽ": None, "“": None, "”": None, ".": None,
        "-": " ", "–": " ", "—": " ", "‐": " ", "‑": " ", ",": " ", "/": " ", "_": " ", "\u00a0": " ",
    }
)  # fmt: skip
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The key of a spelling: lower case, without accents, apostrophes, dots or hyphens."""
    text = name.lower().translate(_SPECIAL)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join([c for c in text if not unicodedata.combining(c)]).lower().translate(_SPECIAL)
    return text if text.isalnum() else _SPACES.sub(" ", text).strip()


# --- Cyrillic ------------------------------------------------------------------------------------

# Ukrainian national system (resolution 55 of 2010); the second form stands at the start of a word.
_NATIONAL = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia",
    "ь": "", "’": "", "'": "", "ʼ": "", "ё": "yo", "ъ": "", "ы": "y", "э": "e", "ў": "w",
}  # fmt: skip
_NATIONAL_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
# BGN/PCGN 1965, which atlases and older reporting use
_BGN = {**_NATIONAL, "є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
# Russian, BGN/PCGN 1947 as the press writes it
_RUSSIAN = {
    **_BGN, "г": "g", "и": "i", "е": "e", "щ": "shch", "ё": "yo", "і": "i",
}  # fmt: skip
_VOWELS = frozenset("аеёиоуыэюяьъіїєАЕЁИОУЫЭЮЯ")


def _spell(name: str, table: dict[str, str], start: dict[str, str]) -> str:
    out = []
    previous = ""
    for letter in name:
        lower = letter.lower()
        if lower == "г" and previous == "з" and table is not _RUSSIAN:
            new = "gh"
        elif table is _RUSSIAN and lower == "е" and (not previous.isalpha() or previous in _VOWELS):
            new = "ye"
        elif not previous.isalpha() and previous not in ("’", "'", "ʼ") and lower in start:
            new = start[lower]
        else:
            new = table.get(lower, letter)
        out.append(new.capitalize() if letter != lower and new else new)
        previous = lower
    return "".join(out)


def from_ukrainian(name: str) -> list[str]:
    """Latin spellings of a Ukrainian name; the national one first."""
    national = _spell(name, _NATIONAL, _NATIONAL_START)
    bgn = _spell(name, _BGN, {})
    forms = [national, bgn]
    # press habits: Khmelnytskyi, Khmelnytskyy, Khmelnytsky, Khmelnytskiy
    for form in (national, bgn):
        if "yi" in form or "yy" in form:
            forms += [re.sub(r"y[iy]\b", end, form) for end in ("yi", "y", "iy", "yy")]
        if "ii" in form:
            forms += [form.replace("ii", new) for new in ("iyi", "iy", "yi", "i")]
    return list(dict.fromkeys(forms))


def from_russian(name: str) -> list[str]:
    """Latin spellings of a Russian name as the press writes it."""
    plain = _spell(name, _RUSSIAN, {})
    forms = [plain, plain.replace("ye", "e")]
    for form in list(forms):
        if re.search(r"[iy]y\b", form):
            forms += [re.sub(r"[iy]y\b", end, form) for end in ("iy", "y", "yy")]
    if "ё" in name:
        forms += [_spell(name.replace("ё", "е"), _RUSSIAN, {}), plain.replace("yo", "e")]
    return list(dict.fromkeys(forms))


def is_cyrillic(name: str) -> bool:
    """Whether a name has Cyrillic letters."""
    return any("Ѐ" <= c <= "ӿ" for c in name)


_UKRAINIAN_ONLY = re.compile("[іїєґ’']", re.I)
_RUSSIAN_ONLY = re.compile("[ыэёъ]", re.I)


def from_cyrillic(name: str) -> list[str]:
    """Latin spellings of a name that is Ukrainian, Russian or Belarusian."""
    if _UKRAINIAN_ONLY.search(name):
        return from_ukrainian(name)
    if _RUSSIAN_ONLY.search(name):
        return from_russian(name)
    return list(dict.fromkeys(from_ukrainian(name) + from_russian(name)))


# --- loose key -----------------------------------------------------------------------------------

# The Arabic article at the beginning of a name as written
ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|ash|at|an|az)[- ](?=\w)", re.I)
_ARTICLE = re.compile(r"\b(?:al|el|ad|ar|as|ash|at|an|az|ul|ed|er|es|et|en)\s(?=\w)")
_LOOSE = (
    (re.compile(r"\b(?:deir|dayr|dair|der)\b"), "dir"),
    (re.compile(r"\b(?:beit|bayt|bait|bet|beth)\b"), "bit"),
    (re.compile(r"\b(?:jebel|jabal|gebel|djebel)\b"), "jibil"),
    (re.compile(r"\b(?:tel|tell|tall|tal)\b"), "til"),
    (re.compile(r"kh|ch(?=[aou])"), "h"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"(?:q|ck|c(?=[aouklrt]))"), "k"),
    (re.compile(r"(?:dj|dzh)"), "j"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?:oo|ou|w)"), "u"),
    (re.compile(r"(?:iyy|iya|ia|ya|ja)(?=h?\b)"), "ia"),
    (re.compile(r"(?:[aeo]h|eh|e|é)\b"), "a"),
    (re.compile(r"(?:ee|ei|ai|ay|ey|ij|iy|yi|yy|y|j(?=[aeiou])|e)+"), "i"),
    (re.compile(r"o"), "u"),
    (re.compile(r"i+(?=[au])"), "i"),
    (re.compile(r"(\w)\1+"), r"\1"),
    (re.compile(r"\s+"), ""),
)


@lru_cache(maxsize=16384)
def loosen(key: str) -> str:
    """A key for spellings that differ by transliteration habit only: Khan Younis and Khan Yunis."""
    text = _ARTICLE.sub("", key)
    for pattern, new in _LOOSE:
        text = pattern.sub(new, text)
    return text


# --- regions -------------------------------------------------------------------------------------

# What may follow or precede a region's name without being part of it, by language of the name.
_GENERIC_WORDS = (
    "oblast|oblasts|oblast|region|province|governorate|gubernia|district|raion|rayon|state|county|prefecture|department|"
    "departement|wilaya|wilayah|wilayat|mintaqah|muhafazat|muhafazah|municipality|division|territory|krai|kray|republic|"
    "autonomous republic|autonomous region|okrug|voivodeship|parish|borough|canton|emirate|governate|cercle|zone|"
    "provincia|provincia de|departamento|departamento de|departement de|wilayat|gouvernorat|gouvernorat de|region de|"
    "city|metropolitan city|urban raion|misto|hromada|community|council"
)
_TAIL = re.compile(rf"\s+(?:{_GENERIC_WORDS})$")
_LEAD = re.compile(
    r"^(?:state|province|governorate|region|district|department|wilaya|wilayat|muhafazat|republic|county|commonwealth|"
    r"provincia|departamento|departement|gouvernorat|oblast|city)\s+(?:of\s+|de\s+|du\s+|d\s+)?(?:the\s+)?"
)
_COMPASS = {"northern": "north", "southern": "south", "eastern": "east", "western": "west"}


# The level of what these words name, where they stand behind a name
_LEVELS = {
    word: level
    for level, words in (
        (1, ("region", "oblast", "province", "governorate", "state", "krai", "wilaya", "voivodeship", "republic")),
        (2, ("district", "raion", "rayon", "county", "municipality", "hromada", "community", "township", "borough")),
    )
    for word in words
}


def region_level(key: str) -> int | None:
    """1 where a region's key ends in a word for first-level regions, 2 for lower ones, None for neither."""
    return _LEVELS.get(key.rpartition(" ")[2])


def region_stem(key: str) -> str:
    """The bare name in a region's key: ``kharkiv oblast`` to ``kharkiv``."""
    stem = _LEAD.sub("", _TAIL.sub("", key))
    return stem if len(stem) > 2 else key


def region_variants(key: str) -> list[str]:
    """Other keys of a region: ``northern darfur`` is ``north darfur`` too."""
    first, _, rest = key.partition(" ")
    forms = []
    if rest:
        for long, short in _COMPASS.items():
            if first == long:
                forms.append(f"{short} {rest}")
            elif first == short:
                forms.append(f"{long} {rest}")
        if first in ("north", "south") and len(rest.split()) == 1:
            forms.append(f"{first[0]} {rest}")
    # Kharkivska, Kharkivskyi: the Ukrainian adjective of the seat
    match = re.match(r"(\w{3,}?)(?:ska|skyi|skyy|skiy|skaya)\b", key)
    if match:
        forms.append(match[1])
        if match[1].endswith(("z", "t", "c")) or not match[1].endswith("k"):
            forms.append(match[1] + "sk")
    return forms
