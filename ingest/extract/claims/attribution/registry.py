"""The frames of attribution and the ids of the rules that they hold.

Belongs here: the decorator by which a module registers its frames. Does not belong here: their order
(``engine``) and their texts (``data/en/rules.toml``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.model import Candidate, CueMention

Read = Callable[[CueSentence, CueMention], Candidate | None]

_RULES: set[str] = set()


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A frame: its name, its rules, and the function that reads a cue.

    ``needs`` are codes of the lexicon of which a cue must have one; empty where any cue may have the frame.
    """

    name: str
    rules: tuple[str, ...]
    read: Read
    needs: frozenset[str]

    def allows(self, codes: frozenset[str]) -> bool:
        """True where a cue with these codes may have the frame."""
        return not self.needs or not self.needs.isdisjoint(codes)


def frame(*rules: str, needs: str = "") -> Callable[[Read], Frame]:
    """Make a function a frame that finds candidates by these rules; ``needs`` holds codes, with blanks between."""

    def register(read: Read) -> Frame:
        rule_ids(*rules)
        return Frame(read.__name__, rules, read, frozenset(needs.split()))

    return register


def rule_ids(*rules: str) -> None:
    """Register the ids of rules that are no frame of a cue: of lines, headlines, denials, vetoes."""
    _RULES.update(rules)


def registered() -> frozenset[str]:
    """All ids that the modules imported so far have registered."""
    return frozenset(_RULES)
