"""What an actor is, and the words that tell actors apart.

Belongs here: the actor's record, the tables of known bodies, states and roles, and what a name
shows by itself. Does not belong here: who is who in one text (``roster``, ``cast``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from ingest.extract.lexicon import toml, words

_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Actor:
    """Somebody or something that speaks, under the fullest name the text gives."""

    name: str
    kind: str
    sex: str = ""
    plural: bool = False
    roles: set[str] = field(default_factory=set)
    role: str | None = None
    affiliation: str | None = None
    side: str | None = None
    marks: set[str] = field(default_factory=set)


@cache
def known() -> dict[str, tuple[str, str, str | None]]:
    """Known names, lower case: the name of the actor, its kind, its side."""
    table: dict[str, tuple[str, str, str | None]] = {}
    for actor in toml("institutions.toml")["actor"]:
        for name in (*actor["names"], *actor.get("metonyms", ())):
            table[name.lower().removeprefix("the ")] = (actor["names"][0], actor["kind"], actor.get("side"))
    return table


@cache
def metonyms() -> frozenset[str]:
    """Seats that stand for the body in them, lower case."""
    return frozenset(m.lower() for a in toml("institutions.toml")["actor"] for m in a.get("metonyms", ()))


@cache
def demonyms() -> dict[str, str]:
    """Demonyms and names of states, lower case, with the state's code."""
    table: dict[str, str] = {}
    for actor in toml("institutions.toml")["actor"]:
        if actor["kind"] == "country":
            for name in (*actor["names"], *actor.get("demonyms", ())):
                table[name.lower()] = actor["side"]
    return table


@cache
def same_roles(role: str) -> frozenset[str]:
    """Other words that one who bears a role may go by, in both directions."""
    table: dict[str, list[str]] = toml("people.toml")["same_role"]
    return frozenset(table.get(role, ())) | frozenset(r for r, others in table.items() if role in others)


@cache
def _origins() -> re.Pattern[str]:
    names = sorted(demonyms(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(n) for n in names) + r")(?![\w])", re.I)


@cache
def _origin_words() -> frozenset[str]:
    """The first words of all names and demonyms."""
    return frozenset(_WORD.findall(name)[0] for name in demonyms())


@lru_cache(maxsize=4096)
def side_of(text: str) -> str | None:
    """The state whose name or demonym stands in ``text``, if it is one."""
    if _origin_words().isdisjoint(_WORD.findall(text.lower())):
        return None  # the pattern tries some hundred names at each word
    found = {demonyms()[m.group().lower()] for m in _origins().finditer(text)}
    return found.pop() if len(found) == 1 else None


def expansion(parts: list[str], letters: str) -> str | None:
    """The words before "(LETTERS)" that those letters begin."""
    capitals = [k for k, w in enumerate(parts) if w[:1].isupper()]
    for size in range(len(capitals), 1, -1):
        start = capitals[-size]
        initials = "".join(w[0] for w in parts[start:] if w[:1].isupper())
        if initials.upper() == letters.upper():
            return " ".join(parts[start:])
    return None


def compatible(full: str, other: str) -> bool:
    """True where two names may be one person's: every word of the shorter one has its place in the longer."""
    a, b = full.lower().split(), other.lower().split()
    if len(b) > len(a):
        a, b = b, a
    if len(b) == 1:
        return b[0] in (a[-1], a[0])
    return a[-1] == b[-1] and (a[0] == b[0] or a[0][:1] == b[0].rstrip(".") or b[0] in a)


def sex_of_name(name: str) -> str:
    """The sex that a first name, or a Slavic surname's ending, shows."""
    low = name.lower().split()
    for word in low[:-1] or low:
        if word in words("people.toml", "male", "first_names"):
            return "f" if word in words("people.toml", "female", "first_names") else "m"
        if word in words("people.toml", "female", "first_names"):
            return "f"
    if low and len(low[-1]) > 5 and low[-1].endswith(tuple(words("people.toml", "female_endings", "first_names"))):
        return "f"
    return ""


def sex_of_role(low: str) -> str:
    """The sex that a word for a person shows."""
    if low in words("people.toml", "male", "words"):
        return "m"
    return "f" if low in words("people.toml", "female", "words") else ""


def share_a_word(a: str, b: str) -> bool:
    """True where two phrases share a word of more than three letters."""
    return bool(set(re.findall(r"\w{4,}", a.lower())) & set(re.findall(r"\w{4,}", b.lower())))


def lower_article(name: str) -> str:
    """A noun phrase as it stands inside a sentence."""
    first = name.split(" ", 1)[0]
    return (
        name[:1].lower() + name[1:]
        if first.lower()
        in (
            "the",
            "a",
            "an",
            "his",
            "her",
            "its",
            "their",
            "our",
            "some",
            "many",
            "several",
            "two",
            "one",
            "other",
            "local",
            "another",
            "those",
            "all",
        )
        else name
    )
