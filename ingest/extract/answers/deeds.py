"""Events of two sayings beside each other: whether the one denies what the other tells, and who did it.

Belongs here: kinds, places, participants and polarity of the events that two claims tell of. Does not belong here:
words that they share, and which of several claims is answered (``ingest.extract.answers``).
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.answers.lexicon import lexicon
from ingest.extract.answers.sayings import LEAST_LETTERS, Saying
from ingest.records import EventArgument, EventMention

# kinds that tell of one happening under several names: an attack, its dead and the blame for it
HARM = frozenset(["strike", "clash", "kill_or_wound", "destroy", "abuse", "responsibility"])
CONTROL = frozenset(["take", "hold", "leave"])  # of which the place is the matter
_ATTACK = frozenset(["strike", "clash", "destroy"])
_SUPPLY = frozenset(["deliver", "deploy"])
_GERUND = "gerund"  # the rule of claims that reads "denied shelling the port", of which the speaker is the doer
_BEFALLEN, _HELD = frozenset(["target", "place", "instrument"]), frozenset(["target"])


def family(kind: str) -> frozenset[str]:
    """The kinds under which a text may tell of what has one of them."""
    return next((kinds for kinds in (HARM, CONTROL, _SUPPLY) if kind in kinds), frozenset([kind]))


def is_negative(event: EventMention) -> bool:
    """True of what is said not to have happened."""
    return event.polarity == "negative"


def tell_of_one_event(one: Saying, other: Saying, *, is_strict: bool = False) -> bool | None:
    """True where the events of the two are of one kind and no two places; None where one of them tells of none.

    What the other only looks into, plans or has heard of it does not say. An attack and its dead are one event, unless
    it is asked strictly.
    """
    if not one.events or not other.events:
        return None
    told = [e for e in other.events if e.realis == "actual"]
    if not any(_may_be_one(one, d, other, e, is_strict=is_strict) for d in one.events for e in told):
        return False
    return not one.places or not other.places or bool(one.places & (other.places | other.stems))


def _may_be_one(
    one: Saying, event: EventMention, other: Saying, told: EventMention, *, is_strict: bool = False
) -> bool:
    """True of two mentions whose kinds may be of one event.

    Who holds a place has not lost it to those who have not taken it: of what is held the parties must be the same.
    """
    if is_strict and event.kind != told.kind and not {event.kind, told.kind} <= _ATTACK:
        return False
    if told.kind not in family(event.kind):
        return False
    if told.kind not in CONTROL:
        return True
    ours, theirs = _holders(one, event), _holders(other, told)
    if not ours or not theirs:
        return event.kind == told.kind
    return bool(ours & theirs)


def _holders(saying: Saying, event: EventMention) -> frozenset[str]:
    """Sides of who holds or takes a place, else the words for them."""
    agents = list(_agents(event))
    sides = frozenset(a.side for a in agents if a.side is not None)
    return sides or frozenset(word for a in agents for word in saying.words_at(a) if len(word) >= LEAST_LETTERS)


def denies_told_event(one: Saying, other: Saying) -> bool:
    """True where the one says of an event that it is not so, and the other that one of its kind and parties is."""
    denied = [e for e in one.events if is_negative(e)]
    told = _told(other)
    return any(e.kind in family(d.kind) and bool(_parties(one, d) & _parties(other, e)) for d in denied for e in told)


def disowns(one: Saying) -> bool:
    """True where a speaker says that its own side has not done something."""
    if one.claim.cue_class == "deny" and one.claim.rule_id == _GERUND:
        return True
    return any(is_negative(e) and is_own(one, a) for e in one.events for a in _agents(e))


def own_agents(one: Saying) -> frozenset[str]:
    """Words by which a denial calls its own side, of which it says that it has not done something."""
    agents = (a for e in one.events if is_negative(e) for a in _agents(e) if is_own(one, a))
    words = frozenset(word for a in agents for word in one.words_at(a) if len(word) >= LEAST_LETTERS)
    return words - lexicon().own - lexicon().common - lexicon().bodies


def blames(other: Saying, one: Saying) -> bool | None:
    """True where the other tells of a deed and names the side of the one for it; None where it names nobody.

    Of deeds only those count that are of the kind that the one disowns.
    """
    kinds = {k for e in one.events if is_negative(e) for k in family(e.kind)} or HARM
    agents = [a for e in _told(other) if e.kind in kinds for a in _agents(e)]
    if not agents:
        return None
    return any(_is_named(other, a, one) for a in agents)


def _told(other: Saying) -> list[EventMention]:
    """The events that a claim says have been; those of one that a denial holds are negative by that denial."""
    is_disputed = other.claim.stance == "disputed" and other.claim.parent is not None
    return [e for e in other.events if e.realis == "actual" and (is_disputed or not is_negative(e))]


def is_own(one: Saying, agent: EventArgument) -> bool:
    """True of an agent that a speaker names as its own side: "our troops", "Russian forces" of Russia."""
    words = one.words_at(agent)
    own = {w for w in words if w in lexicon().own}
    return bool(own) or _is_named(one, agent, one)


def _is_named(teller: Saying, agent: EventArgument, one: Saying) -> bool:
    """True of an agent by which a teller means the side of another."""
    side = one.claim.speaker_side
    if side is not None and agent.side is not None:
        return agent.side == side
    return bool(teller.words_at(agent) & one.own_names)


def _agents(event: EventMention) -> Iterator[EventArgument]:
    return (a for a in event.arguments if a.role == "agent")


def _parties(saying: Saying, event: EventMention) -> frozenset[str]:
    """Beginnings of the words for whom and what an event befalls, and where; numbers are of them.

    Of what is taken or left the place is the target: what stands near it is another.
    """
    found: set[str] = set()
    for argument in event.arguments:
        if argument.role in (_HELD if event.kind in CONTROL else _BEFALLEN):
            found |= saying.words_at(argument)
    return frozenset(found - lexicon().common - lexicon().own)
