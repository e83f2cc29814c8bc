"""The frames: tree and trigger in, candidate or None out; nothing they are given is changed.

Belongs here: one module for each sort of frame, and the order in which they are tried. Does not
belong here: what follows for a candidate (arguments, counts, assertion).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.extract.events.entities import Referents
from ingest.extract.events.frames import adjectival, nominal, state, verbal
from ingest.extract.events.model import Candidate, Sense
from ingest.extract.syntax.tree import Tree

Frame = Callable[[Tree, int, Sense, Referents, int], Candidate | None]

# by the part of speech of the sense; in the order in which they are tried
FRAMES: dict[str, Sequence[Frame]] = {
    "V": (verbal.verb,),
    "N": (nominal.light_verb, nominal.arguments),
    "C": (state.light_verb, state.preposition),
    "J": (adjectival.adjective,),
    "E": (nominal.existential,),
}
RULES = verbal.RULES | nominal.RULES | state.RULES | adjectival.RULES
