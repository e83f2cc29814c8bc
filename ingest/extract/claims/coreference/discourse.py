"""The mentions of a text in the order in which they are read, each with its actor.

Belongs here: the record of a mention and the history that antecedents are looked for in. Does not
belong here: which antecedent is chosen (``pronouns``, ``roles``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.extract.claims.coreference.actors import Actor
from ingest.values import value

MEMORY = 400  # mentions back that a role may reach


@value(frozen=True, slots=True)
class Resolved:
    """One mention: its head's token, the number of its sentence, the actor that it stands for.

    ``weight`` is 1 where it makes a claim of the article's own, less inside another's content, 0 where it
    makes none. ``is_quoted`` is True inside quotation marks.
    """

    token: int
    sentence: int
    actor: Actor
    is_subject: bool
    speaks: bool
    weight: float
    is_quoted: bool


@dataclass(slots=True)
class Discourse:
    """The mentions that were read so far."""

    mentions: list[Resolved] = field(default_factory=list)

    def add(self, mention: Resolved) -> None:
        """Take up the mention that is read next."""
        self.mentions.append(mention)

    def before(self, token: int) -> Discourse:
        """The history as it stood before the token was read."""
        first = next((k for k, m in enumerate(self.mentions) if m.token >= token), len(self.mentions))
        return Discourse(self.mentions[:first])

    def nearest(self) -> Iterator[Resolved]:
        """The mentions, the last one first."""
        return reversed(self.mentions)

    def recent(self) -> list[Resolved]:
        """The mentions that a role may reach, the last one first."""
        return self.mentions[: -MEMORY - 1 : -1]
