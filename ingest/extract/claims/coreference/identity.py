"""By what a named speaker is the same one in every article.

Belongs here: the key of a name, a pure function of what one article says, and the office of a role.
Does not belong here: who is who in one text (``entities``, ``resolution``); which keys are one actor over all
articles (the models ``actor_aliases`` and ``dim_actors``, which join keys only where nothing speaks against it).

A key is ``person:FAMILY/GIVEN``, ``state:CODE`` or ``body:CODE WORDS``; spelling is folded, so that
"Zelenskiy" and "Zelenskyy" have one key. A body that only its owner tells from others ("the defence
ministry") has a key only where the owner is known. Speakers without a name have none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from ingest.extract.claims.coreference.actors import bare, demonyms
from ingest.extract.claims.coreference.actors import known as known_actors
from ingest.extract.claims.coreference.sides import narrower
from ingest.extract.lexicon import listed_actors, toml, words
from ingest.extract.syntax.tree import CALENDAR
from ingest.values import value

_FILE = "naming.toml"
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_WORD = re.compile(r"[\w’'ʼ]+(?:-[\w’'ʼ]+)*\.?")
_SLAVIC_ENDING = re.compile(r"(?<=[sck])ii?$")
_FIRST_WORD = re.compile(r"\w+")
_POSSESSIVE = re.compile(r"[’']s?(?=\s|$)")
_LONG_FAMILY = 7  # letters of a family name that one wrong one leaves recognisable
_FORMER = words("coreference.toml", "former")
_TITLES = words(_FILE, "before") | words("people.toml", "kept_titles")
_OPENING_HALVES = words(_FILE, "articles") | words(_FILE, "joined")  # of a hyphened word that is two
_PATRONYMICS = tuple(words(_FILE, "patronymics"))


@value(frozen=True, slots=True)
class Known:
    """A well-known actor: its key, its name in full, its side, the words for its office."""

    key: str
    name: str
    side: str | None
    roles: frozenset[str] = frozenset()


# --- spelling ---------------------------------------------------------------------------------


@cache
def _folding() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), to) for pattern, to in toml(_FILE)["folding"]]


def plain(word: str) -> str:
    """Lower case, without accents."""
    marked = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    return "".join(c for c in marked if not unicodedata.combining(c))


@lru_cache(maxsize=8192)
def folded(word: str) -> str:
    """A word of a name as all its spellings give it."""
    word = plain(word)
    for pattern, to in _folding():
        word = pattern.sub(to, word)
    # the endings of Slavic surnames last, when all that may stand there is an i
    return _SLAVIC_ENDING.sub("i", word)


@cache
def _given() -> dict[str, str]:
    """Folded given names, each with the first of its row."""
    table: dict[str, str] = {}
    for row in toml(_FILE)["given"]:
        for name in row:
            table.setdefault(folded(name), folded(row[0]))
    return table


# --- persons ----------------------------------------------------------------------------------


def _parts(name: str) -> list[str]:
    """The words of a person's name: titles before it are left out, what is written as one or two words is joined."""
    parts = [w.rstrip(".") if len(w) > 2 else w for w in _WORD.findall(_POSSESSIVE.sub("", name))]
    while len(parts) > 1 and parts[0].lower() in _TITLES:
        parts.pop(0)
    return _joined([half for part in parts for half in _halves(part)])


def _halves(part: str) -> list[str]:
    """ "al-Burhan", "Abdel-Fattah" as two words; other hyphens stay."""
    head, _, rest = part.partition("-")
    return [head, rest] if rest and head.lower() in _OPENING_HALVES else [part]


def _joined(parts: Sequence[str]) -> list[str]:
    """Without articles; "Abdel Fattah", "Abd al-Fattah" as one word."""
    out: list[str] = []
    held = ""
    for k, part in enumerate(parts):
        low, is_last = part.lower(), k == len(parts) - 1
        # "al-Burhan", "Van Aken" alone, but "Ben Smith"
        is_article = k or held or (len(parts) == 2 and (part == low or low in ("al", "el", "van", "von")))
        if low in words(_FILE, "articles") and not is_last and is_article:
            continue
        if low in words(_FILE, "joined") and not is_last:
            held += low
            continue
        out.append(held + low)
        held = ""
    return out


def _person(name: str) -> tuple[str, str]:
    """Family name and given names, folded; "" where there is but one word."""
    parts = _parts(name)
    generation = ""
    if len(parts) > 1 and parts[-1].lower().rstrip(".") in words(_FILE, "generations"):
        generation = parts.pop().lower().rstrip(".")
    if not parts:
        return "", ""
    if len(parts) > 1 and parts[0].lower() in words(_FILE, "first_families") and _is_two_part(parts[1:]):
        return folded(parts[0]), folded("".join(parts[1:]).replace("-", ""))
    family = folded(parts[-1].replace("-", ""))
    family = _given().get(family, family)
    given = []
    for k, part in enumerate(parts[:-1]):
        word = folded(part.replace("-", ""))
        if k and (word.endswith(_PATRONYMICS) or len(word.rstrip(".")) == 1):
            continue  # a patronymic or a middle initial may be left out at will
        given.append(_given().get(word, word))
    return family, " ".join([*given, generation]).strip()


def _is_two_part(rest: Sequence[str]) -> bool:
    """ "Jong-un", "Jong Un": a given name of two short parts."""
    halves = rest[0].split("-") if len(rest) == 1 else rest
    return len(halves) == 2 and all(2 <= len(h) <= 5 for h in halves)


@lru_cache(maxsize=8192)
def person_key(name: str) -> str:
    """The key of a person's name."""
    family, given = _person(name)
    return f"person:{family}/{given}" if family else ""


# --- bodies -----------------------------------------------------------------------------------


@cache
def _states() -> dict[str, list[tuple[int, re.Pattern[str], str]]]:
    """Names and demonyms of states by their first word: the rank of each, longest first, its pattern and code."""
    table = demonyms()
    found: dict[str, list[tuple[int, re.Pattern[str], str]]] = {}
    for rank, name in enumerate(sorted(table, key=len, reverse=True)):
        folded_name = plain(name)
        pattern = re.compile(rf"(?<![\w-]){re.escape(folded_name)}s?(?![\w-])")
        found.setdefault(_FIRST_WORD.match(folded_name)[0], []).append((rank, pattern, table[name]))  # type: ignore[index]
    return found


def _states_in(text: str) -> list[tuple[re.Pattern[str], str]]:
    """Pattern and code of each state whose name may stand in a text, longest first; of hundreds mostly none."""
    table, begins = _states(), set(re.findall(r"\w+", text))
    begins |= {word[:-1] for word in begins if word.endswith("s")}
    found = sorted((entry for word in begins & table.keys() for entry in table[word]), key=lambda entry: entry[0])
    return [(pattern, code) for _, pattern, code in found]


@cache
def _same_words() -> dict[str, str]:
    return dict(toml(_FILE)["bodies"]["same"])


def _body(name: str, side: str | None) -> tuple[str | None, list[str]]:
    """Whose a body is, and the words of its name in order of the alphabet, without those that vary."""
    text = re.sub(r"\([^)]*\)", " ", plain(name)).replace("’", "'")
    owners: dict[str, int] = {}
    for pattern, code in _states_in(text):
        for m in pattern.finditer(text):
            owners[code] = min(m.start(), owners.get(code, m.start()))
        text = pattern.sub(lambda m: " " * len(m.group()), text)
    same = _same_words()
    found: set[str] = set()
    for word in re.findall(r"[\w.&-]+", _POSSESSIVE.sub(" ", text)):
        word = word.strip(".-")
        if word and word != "'" and word not in CALENDAR:
            found.update(same.get(word, word).split())
    return "+".join(sorted(owners, key=owners.__getitem__)) or side, sorted(found)


@lru_cache(maxsize=4096)
def body_key(name: str, side: str | None) -> str:
    """The key of a body's name; "" for one that only its owner would tell from others, and whose is not known."""
    owner, found = _body(name, side)
    if not found:
        return f"state:{owner}" if owner else ""
    if not owner and set(found) <= words(_FILE, "generic", "bodies"):
        return ""
    return f"body:{' '.join([owner or '', *found]).strip()}"


# --- well-known actors ------------------------------------------------------------------------


@cache
def _known_bodies() -> dict[str, Known]:
    """Well-known bodies by each key that their names have."""
    table: dict[str, Known] = {}
    for actor in listed_actors():
        side, official = actor.get("side"), actor["names"][0]
        is_state = actor["kind"] == "country"
        key = f"state:{side}" if is_state else f"body:{plain(official)}"
        for name in (*actor["names"], *actor.get("metonyms", ()), *actor.get("also", ())):
            own = body_key(name, None if is_state else side)
            for form in (own, f"name:{plain(name).removeprefix('the ')}"):
                if form:
                    table.setdefault(form, Known(key, official, side))
    return table


@cache
def well_known_persons() -> dict[str, Known]:
    """Well-known persons by the key of each of their names, and of their family name alone."""
    table: dict[str, Known] = {}
    families: dict[str, list[Known]] = {}
    for person in toml(_FILE)["person"]:
        known = Known(
            person_key(person["name"]), person["name"], person.get("side"), frozenset(person.get("roles", ()))
        )
        family, given = _person(person["name"])
        for name in (person["name"], *person.get("also", ())):
            other, others = _person(name)
            table[f"person:{other}/{others}"] = known
            if not others:
                table.setdefault(f"person:{other}/{given}", known)
        if person.get("is_known_by_family_name", True):
            families.setdefault(family, []).append(known)
    for family, persons in families.items():
        if len(persons) == 1:
            table.setdefault(f"person:{family}/", persons[0])
    return table


@cache
def _by_given() -> dict[str, list[tuple[str, Known]]]:
    """Well-known persons by given name, each with its family name."""
    table: dict[str, list[tuple[str, Known]]] = {}
    for person in well_known_persons().values():
        family, _, given = person.key.removeprefix("person:").partition("/")
        if given and (family, person) not in table.setdefault(given, []):
            table[given].append((family, person))
    return table


@lru_cache(maxsize=8192)
def _misspelt(key: str) -> Known | None:
    """The only well-known person of this given name whose long family name differs by one letter."""
    family, _, given = key.removeprefix("person:").partition("/")
    if not given or len(family) < _LONG_FAMILY:
        return None
    alike = [person for name, person in _by_given().get(given, ()) if name != family and _one_apart(name, family)]
    return alike[0] if len(alike) == 1 else None


def _one_apart(one: str, other: str) -> bool:
    """True where one letter put in, left out or changed makes one word the other."""
    if len(one) < len(other):
        one, other = other, one
    if len(one) - len(other) > 1:
        return False
    k = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(other))
    return one[k + 1 :] == (other[k + 1 :] if len(one) == len(other) else other[k:])


def well_known_person(key: str) -> Known | None:
    """The well-known person of a key, whose long family name may have one letter wrong; None for nobody known."""
    return well_known_persons().get(key) or _misspelt(key)


def known_actor(key: str, name: str, side: str | None) -> Known | None:
    """The well-known actor that a key or a name is, where the side does not speak against it."""
    if key.startswith("person:"):
        found = well_known_person(key)
    else:
        found = _known_bodies().get(key) or _known_bodies().get(f"name:{plain(name).removeprefix('the ')}")
    is_against = found is not None and side and found.side and narrower(side, found.side) is None
    return None if is_against else found


# --- the answer -------------------------------------------------------------------------------


@value(frozen=True, slots=True)
class Identity:
    """What tells a speaker in other articles: its key, its side, and its name in full where it is well known."""

    key: str | None = None
    side: str | None = None
    known_as: str | None = None


@lru_cache(maxsize=8192)
def identify(name: str | None, kind: str | None, side: str | None) -> Identity:
    """The identity of a speaker by its name in the article, the sort of actor it is and its side, where known."""
    if not name or kind not in ("person", "institution", "country", "group", "media"):
        return Identity(side=side)
    if " and " in name and kind == "person":
        return Identity(side=side)  # joint speakers are nobody's alias
    if kind == "group" and not _has_name(name):
        return Identity(side=side)
    if kind != "person" and (first := _first_of_two(name)) is not None:
        one = known_actor(body_key(first, None), first, None)
        return identify(first, kind, one.side if one is not None and one.side else side)
    key = person_key(name) if kind == "person" else body_key(name, side)
    known = known_actor(key, name, side)
    if known is None and kind == "person" and " " not in name:
        known = known_actor("", name, side)  # an acronym taken for a person's name
    if known is not None:
        return Identity(known.key, narrower(side, known.side), known.name)
    return Identity(key or None, side)


def _first_of_two(name: str) -> str | None:
    """The first of two listed bodies that speak together, by which others find it; None for one body's name."""
    first, _, second = name.partition(" and ")
    if not second or bare(name) in known_actors() or not all(bare(x) in known_actors() for x in (first, second)):
        return None
    return first


def _has_name(name: str) -> bool:
    """True for a group with a name of its own: "Fano militias", but not "Russian milbloggers"."""
    capitals = [w for w in re.findall(r"[\w-]+", name)[1:] if w[:1].isupper()]
    first = name.split(" ", 1)[0]
    if " " not in name or (first[:1].isupper() and first.lower() not in ("the", "a", "an", "two", "some", "other")):
        capitals.insert(0, first)
    return any(w[:1].isupper() and not _names_many(w.lower()) for w in capitals)


@lru_cache(maxsize=8192)
def _names_many(low: str) -> bool:
    """True for a word for people, lower case, whoever they are: "civilians", "Kurds", "dozens", "militants"."""
    listed = (words("coreference.toml", name) for name in ("many", "unnamed", "numbers"))
    is_listed = any(low in names for names in (*listed, words("people.toml", "peoples"), demonyms()))
    return is_listed or (low.endswith("s") and low[:-1] in words("people.toml", "roles"))


@cache
def _offices() -> dict[str, str]:
    return {word: office for office, listed in toml(_FILE)["office"].items() for word in listed}


@lru_cache(maxsize=8192)
def office_of(role: str | None) -> str | None:
    """The office that a role names, by its head: "deputy head of the military administration" is a chief."""
    if not role:
        return None
    head = re.split(r"\b(?:of|for|at|with|in|to)\b|,", role.lower(), maxsplit=1)[0]
    found = [_offices()[w] for w in re.findall(r"[\w-]+", head) if w in _offices()]
    if not found or _FORMER & set(re.findall(r"\w+", head)):
        return None
    return found[-1]
