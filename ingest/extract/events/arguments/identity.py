"""Who an argument is: the same names, keys and sides as of speakers.

Belongs here: asking the coreference who a noun phrase stands for. Does not belong here: the
coreference itself (``ingest.extract.claims.coreference``).
"""

from __future__ import annotations

from ingest.extract.analysis import Analysis
from ingest.extract.base import Found
from ingest.extract.claims.coreference import Coreference, identify
from ingest.values import value


@value(frozen=True, slots=True)
class Participant:
    """The name that a phrase stands for, its key in every spelling, its side; None for what is not known."""

    name: str | None
    key: str | None
    side: str | None


UNKNOWN = Participant(None, None, None)


class Participants:
    """The actors of one text, as the coreference tells them apart."""

    def __init__(self, analysis: Analysis, found: Found) -> None:
        self._coreference = found.coreference or Coreference(analysis)
        self._known: dict[tuple[int, str, bool], Participant] = {}

    def of(self, head: int, text: str, *, is_attribute: bool = False) -> Participant:
        """Who the phrase ``text`` that the token ``head`` heads stands for.

        What is named by an attribute has its own words alone: of "two other rebel-held towns" only the towns are two.
        """
        key = head, text, is_attribute
        found = self._known.get(key)
        if found is None:
            actor = self._coreference.resolve(head, text)
            if actor is None:
                found = UNKNOWN
            else:
                name = _from_first_name(actor.name, text) if is_attribute else actor.name
                identity = identify(name, actor.kind, actor.side)
                is_joint = name is not None and text.endswith(f" and {name}")  # "local and foreign militias"
                found = Participant(text if is_joint else name, identity.key, identity.side)
            self._known[key] = found
        return found


def _from_first_name(name: str, text: str) -> str:
    """A name without the words in lower case that stand before those which ``text`` repeats of it."""
    words = name.split()
    while len(words) > len(text.split()) and name.endswith(text) and words[0][:1].islower():
        words = words[1:]
    return " ".join(words)
