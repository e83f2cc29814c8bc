"""What the words of a name show by themselves.

Belongs here: pure functions of one or two names: may they be one person's, what sex do they show,
which words does an acronym stand for. Does not belong here: names that are one in every spelling
(``identity``).
"""

from __future__ import annotations

import re

from ingest.extract.lexicon import words

_ARTICLES_OF_NAMES = words("coreference.toml", "articles_of_names")
_MALE_NAMES = words("people.toml", "male", "first_names")
_FEMALE_NAMES = words("people.toml", "female", "first_names")
_DETERMINERS = words("coreference.toml", "determiners")
_GENERATIONS = words("naming.toml", "generations")
_FEMALE_ENDINGS = tuple(words("people.toml", "female_endings", "first_names"))


def expansion(parts: list[str], letters: str) -> str | None:
    """The words before "(LETTERS)" that those letters begin; words without a capital may be left out."""
    capitals = [k for k, w in enumerate(parts) if w[:1].isupper()]
    for size in range(len(capitals), 1, -1):
        start = capitals[-size]
        if _spells([w[0] for w in parts[start:]], letters.upper()):
            return " ".join(parts[start:])
    return None


def _spells(initials: list[str], letters: str) -> bool:
    """True where the initials give the letters, each in its place: small ones may be passed over."""
    if not initials:
        return not letters
    first, rest = initials[0], initials[1:]
    if letters[:1] == first.upper() and _spells(rest, letters[1:]):
        return True
    return first.islower() and _spells(rest, letters)


def compatible(full: str, other: str) -> bool:
    """True where two names may be one person's: every word of the shorter one has its place in the longer."""
    generations = [{w.rstrip(".,") for w in name.lower().split() if is_generation(w)} for name in (full, other)]
    if all(generations) and generations[0] != generations[1]:
        return False  # father and son
    a, b = ([without_article(w) for w in name.lower().split() if not is_generation(w)] for name in (full, other))
    if not (a and b):
        return False
    if len(b) > len(a):
        a, b = b, a
    if len(b) == 1:
        return b[0] in (a[-1], a[0])
    return a[-1] == b[-1] and (a[0] == b[0] or a[0][:1] == b[0].rstrip(".") or b[0] in a)


def is_generation(word: str) -> bool:
    """True for the word behind a family name that tells father and son apart, lower case: "jr.", "iii"."""
    return word.rstrip(".,") in _GENERATIONS


def without_article(word: str) -> str:
    """A word of a name, lower case, without its Arabic article: "halabi" of "al-halabi"."""
    article, hyphen, rest = word.partition("-")
    return rest if hyphen and rest and article in _ARTICLES_OF_NAMES else word


def sex_of_name(name: str) -> str:
    """The sex that a first name, or a Slavic surname's ending, shows."""
    low = name.lower().split()
    for word in low[:-1] or low:
        if word in _MALE_NAMES:
            return "f" if word in _FEMALE_NAMES else "m"
        if word in _FEMALE_NAMES:
            return "f"
    if low and len(low[-1]) > 5 and low[-1].endswith(_FEMALE_ENDINGS):
        return "f"
    return ""


def share_a_word(a: str, b: str) -> bool:
    """True where two phrases share a word of more than three letters."""
    return bool(set(re.findall(r"\w{4,}", a.lower())) & set(re.findall(r"\w{4,}", b.lower())))


def lower_article(name: str) -> str:
    """A noun phrase as it stands inside a sentence: "Local officials" as "local officials"."""
    is_common = name.split(" ", 1)[0].lower() in _DETERMINERS
    return name[:1].lower() + name[1:] if is_common else name
