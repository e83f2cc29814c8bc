"""Whose side an office is on: that of the body it belongs to, or of the state whose office it is.

Belongs here: the side that the words of an office show together with who and what they mean in their text: "the
ministry's spokesman" where the text says whose ministry it is, "the mayor of Kupiansk" by the country of the town.
Does not belong here: sides that the words name by themselves (``sides``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.extract.analysis import Tokens
from ingest.extract.claims.coreference.actors import Actor, demonyms
from ingest.extract.lexicon import words


@cache
def _sides() -> frozenset[str]:
    """The states that are sides: those with an entry of their own."""
    return frozenset(demonyms().values())


_OWNERS = frozenset(["institution", "country", "group"])


@dataclass(frozen=True, slots=True)
class Offices:
    """What is known of a text when an office is looked at.

    Attributes:
        tokens: the text's tokens.
        resolved: the actor that the mention with a head token stands for; None where there is none.
        countries: ISO 3166-1 code by the last token of each name of a place.
        home: the one country that all places of the text are in; None where there are several.
    """

    tokens: Tokens
    resolved: Callable[[int], Actor | None]
    countries: Mapping[int, str]
    home: str | None = None

    def side(self, first: int, last: int, own: Actor) -> str | None:
        """The side of an office told by the tokens ``first`` to ``last``, inclusive; None where they show none.

        ``own`` is who holds it; what is said of himself tells nothing of whose it is.
        """
        owners = {
            actor.side
            for k in range(first, last + 1)
            if (actor := self.resolved(k)) is not None and actor is not own and actor.side and actor.kind in _OWNERS
        }
        if owners:
            return owners.pop() if len(owners) == 1 else None
        return self._of_state(first, last)

    def _of_state(self, first: int, last: int) -> str | None:
        """The state of the place that an office of a state is at: a mayor's, a prosecutor's, the police's."""
        found = {w for word in self.tokens.lowers[first : last + 1] for w in (word, word.removesuffix("s"))}
        if found.isdisjoint(words("offices.toml", "of_state")) or not found.isdisjoint(words("offices.toml", "taken")):
            return None
        is_of_town = found.isdisjoint(words("offices.toml", "regions"))
        if is_of_town and not found.isdisjoint(words("offices.toml", "held_towns")):
            return None
        states = {self.countries[k] for k in range(first, last + 1) if k in self.countries}
        home = None if self._is_of_person(first, last) else self.home
        code = states.pop() if len(states) == 1 else None if states else home
        return code if code in _sides() else None

    def _is_of_person(self, first: int, last: int) -> bool:
        """True of "President Roe's administration", which is at home wherever that person is."""
        return any(self.tokens.tags[k] == "POS" for k in range(first, last + 1))
