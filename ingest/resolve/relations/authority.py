"""Whether one voice speaks for another: a ministry for its state, a director for the body.

Belongs here: what two voices are to each other by their names, offices and sides. Does not belong here: the voice of a
claim (``voices``), what two statements are to each other (``statements``).
"""

from __future__ import annotations

from ingest.resolve.accounts.voices import medium_of_state
from ingest.resolve.model import Voice

_STATE = "state"  # how the key of a state that speaks begins


def speaks_for(one: Voice, other: Voice) -> bool:
    """True of a speaker of a state's side and the state itself, and of a person and the body whose office it holds.

    "Russia said" is what its ministry has said, and what the Observatory's director says is the Observatory's.
    """
    if one.is_publisher or other.is_publisher:
        return one.is_publisher and bool(one.words) and one.words <= other.words  # "a SANA reporter" in SANA
    if one.side is not None and other.key == f"{_STATE}:{one.side}":
        return True
    if is_one_broadcaster(one, other):
        return True
    are_of_two_sides = bool(one.side and other.side and one.side != other.side)  # of two states, two ministers
    return (other.body in one.role and not are_of_two_sides) or is_one_body(one, other)


def is_one_body(one: Voice, other: Voice) -> bool:
    """True of "the interior ministry" and "the Syrian interior ministry", of "the agency" and "an agency's reporter".

    So two texts on one event name one body: by a name that holds the other's. Of "Syrian state TV" no more than
    "Syrian" tells it from others, which is no name.
    """
    if not one.words or not other.words or (one.side and other.side and one.side != other.side):
        return False
    holds = one.words <= other.words or other.words <= one.words
    shorter = min(one, other, key=lambda voice: len(voice.words))
    return holds and (one.body == other.body or shorter.body is None or shorter.body in shorter.words)


def is_one_broadcaster(one: Voice, other: Voice) -> bool:
    """True of "state TV" and "Syrian state television", of one state: it has one of each sort of medium."""
    medium = medium_of_state(one.name or "")
    return medium is not None and medium == medium_of_state(other.name or "") and one.side == other.side
