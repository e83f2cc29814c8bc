"""A place as an argument of a mention.

Belongs here: the argument that a named place makes. Does not belong here: which place it is (``candidates``,
``assignment``).
"""

from __future__ import annotations

from ingest.extract.events.entities import Referents
from ingest.extract.events.model import Named
from ingest.extract.syntax.tree import Tree
from ingest.records import EventArgument
from ingest.values import replace


def argument_of(tree: Tree, referents: Referents, name: Named, *, is_inferred: bool = False) -> EventArgument:
    """A named place as the place of a mention; "the city" with the place that it stands for."""
    if name.location is not None:
        where = referents.found.locations[name.location]
        if where.antecedent is not None:
            meant = argument_at(referents, where.antecedent, is_inferred=True)
            return replace(meant, start=where.char_start, end=where.char_end, text=where.exact)
        return argument_at(referents, name.location, is_inferred=is_inferred)
    start, end = tree.tokens.starts[name.first], tree.tokens.ends[name.last]
    text = tree.analysis.text[start:end]
    return EventArgument(
        start=start,
        end=end,
        text=text,
        role="place",
        name=text,
        actor_key=None,
        side=None,
        argument_class=referents.argument_class(tree, name.last) or "territory",
        is_inferred=is_inferred,
        location=None,
    )


def argument_at(referents: Referents, index: int, *, is_inferred: bool = False) -> EventArgument:
    """The location with an index as the place of a mention."""
    where = referents.found.locations[index]
    return EventArgument(
        start=where.char_start,
        end=where.char_end,
        text=where.exact,
        role="place",
        name=where.place or where.exact,
        actor_key=None,
        side=None,
        argument_class={"settlement": "settlement", "facility": "building"}.get(where.kind, "territory"),
        is_inferred=is_inferred,
        location=index,
    )
