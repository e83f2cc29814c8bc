"""Counts across mentions: those that an article adds to others, or that add up to another one.

Belongs here: the scope ``part`` of counts whose whole another mention tells. Does not belong here: the scope that
a count's own sentence shows (``scope``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.events.counts.toll_updates import is_added
from ingest.extract.events.entities import Referents
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Told
from ingest.records import EventCount, Figure
from ingest.values import replace

_THE_REST = listed("scope.toml", "the_rest")
_REACH = 3  # sentences after a count in which another one is added to it


def with_parts(told: Sequence[Told], caused_by: Sequence[int | None], referents: Referents) -> list[Told]:
    """The mentions; counts that are part of a whole told elsewhere have the scope ``part``.

    "At least 15 rebels and 25 soldiers died" after "40 died": two counts that add up to a third. "Three more died"
    after "nine died": a count added to one before, where no other cause is told of it.
    """
    found = list(told)
    for k, x in enumerate(told):
        counts = x.mention.counts
        if not counts:
            continue
        whole = {c.role for c in counts if _adds_up(told, k, c.role, referents)}
        if caused_by[k] is None:
            whole |= {
                c.role for c in counts if _is_added(x, c, referents) and _is_beside_another(told, k, c, referents)
            }
        parts = tuple(replace(c, scope="part") if c.role in whole and c.scope == "event" else c for c in counts)
        if parts != counts:
            found[k] = replace(x, mention=replace(x.mention, counts=parts))
    return found


def _adds_up(told: Sequence[Told], k: int, role: str, referents: Referents) -> bool:
    """True where the counts of one role of a mention make up a count of another mention."""
    figures = referents.found.figures
    own = [figures[c.figure] for c in told[k].mention.counts if c.role == role and c.scope == "event"]
    if len(own) < 2 or any(f.counted in _THE_REST for f in own):
        return False  # "nine women and 14 others" are all that it tells of
    total = sum(f.low or 0.0 for f in own)
    others = (c for n, x in enumerate(told) if n != k for c in x.mention.counts)
    return any(c.role == role and c.scope == "event" and figures[c.figure].low == total for c in others)


def _is_added(x: Told, count: EventCount, referents: Referents) -> bool:
    """True for "three more people", "a further nine", "another 70"."""
    figure, analysis = referents.found.figures[count.figure], x.tree.analysis
    first, last = analysis.token_at(figure.char_start), analysis.token_at(figure.char_end - 1)
    return is_added(x.tree, first, last + 1)


def _is_beside_another(told: Sequence[Told], k: int, count: EventCount, referents: Referents) -> bool:
    """True where another number of the same role stands in the same sentence or shortly before."""
    sentence = told[k].candidate.sentence
    near = (x for x in reversed(told[:k]) if sentence - x.candidate.sentence <= _REACH)
    others = [c for x in near for c in x.mention.counts if c.role == count.role and c.scope == "event"]
    figures = referents.found.figures
    return bool(others) and all(not overlap(figures[c.figure], figures[count.figure]) for c in others)


def overlap(p: Figure, q: Figure) -> bool:
    """True where two counts may be one number."""
    return (p.low or 0) <= (q.high or float("inf")) and (q.low or 0) <= (p.high or float("inf"))
