"""What an actor is, and the listed ones: states, well-known bodies, words for persons.

Belongs here: the actor's record and the tables that ``data/en`` gives of known actors. Does not belong
here: who is who in one text (``entities``, ``resolution``), and what tells an actor in other articles
(``identity``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache

from ingest.extract.lexicon import listed_actors, toml, words


@dataclass(slots=True)
class Actor:
    """Somebody or something that speaks or acts, under the fullest name the text gives.

    Attributes:
        name: the name; for those without one, the words that the text has for them.
        kind: one of ``ingest.records.ACTOR_KINDS``.
        sex: "m", "f", or "" where nothing shows it.
        plural: True for "officials", "residents".
        roles: words for a person that the text uses of it, lower case ("spokesman", "minister").
        known_roles: the same of a well-known person's office, which the text need not state.
        called: nouns that the text describes a body by, lower case ("agency", "newspaper").
        role: the first office that the text states, as written.
        affiliation: the body that this office belongs to, as written.
        offices: first and last token of the words of each office that the text states.
        side: ISO code of the state, or code of the camp, that it is on; None where nothing tells it.
        marks: demonyms that stand in its offices, lower case.
    """

    name: str
    kind: str
    sex: str = ""
    plural: bool = False
    roles: set[str] = field(default_factory=set)
    known_roles: frozenset[str] = frozenset()
    called: set[str] = field(default_factory=set)
    role: str | None = None
    affiliation: str | None = None
    offices: list[tuple[int, int]] = field(default_factory=list)
    side: str | None = None
    marks: set[str] = field(default_factory=set)


@lru_cache(maxsize=8192)
def bare(name: str) -> str:
    """A name as the tables below have it: lower case, without article and full stops ("the U.N." as "un")."""
    return name.lower().removeprefix("the ").replace(".", "").replace("’", "'")


@cache
def known() -> dict[str, tuple[str, str, str | None]]:
    """Known names, as ``bare`` gives them: the name of the actor, its kind, its side."""
    table: dict[str, tuple[str, str, str | None]] = {}
    for actor in listed_actors():
        for name in (*actor["names"], *actor.get("metonyms", ())):
            table[bare(name)] = (actor["names"][0], actor["kind"], actor.get("side"))
    return table


@cache
def described() -> dict[str, frozenset[str]]:
    """Listed bodies by their first name, with the nouns that news calls them by ("monitor", "watchdog")."""
    listed = listed_actors()
    return {actor["names"][0]: frozenset(actor["called"]) for actor in listed if "called" in actor}


@cache
def metonyms() -> frozenset[str]:
    """Seats that stand for the body in them, as ``bare`` gives them."""
    return frozenset(bare(m) for a in listed_actors() for m in a.get("metonyms", ()))


@cache
def demonyms() -> dict[str, str]:
    """Demonyms and names of states, lower case, with the state's code."""
    table: dict[str, str] = {}
    for actor in listed_actors():
        if actor["kind"] == "country":
            for name in (*actor["names"], *actor.get("demonyms", ())):
                table[name.lower()] = actor["side"]
    return table


@cache
def state_called() -> dict[str, str]:
    """Demonyms, lower case, with the name of their state."""
    table: dict[str, str] = {}
    for actor in listed_actors():
        for demonym in actor.get("demonyms", ()):
            table.setdefault(demonym.lower(), actor["names"][0])
    return table


@cache
def same_roles(role: str) -> frozenset[str]:
    """Other words that one who bears a role may go by, in both directions."""
    table: dict[str, list[str]] = toml("people.toml")["same_role"]
    return frozenset(table.get(role, ())) | frozenset(r for r, others in table.items() if role in others)


def sex_of_role(low: str) -> str:
    """The sex that a word for a person shows: "m", "f", or "" for none."""
    if low in words("people.toml", "male", "words"):
        return "m"
    return "f" if low in words("people.toml", "female", "words") else ""
