"""Which mentions of one article are one happening, and which are the cause of which.

Belongs here: ``same_event`` and ``caused_by`` from structure, repetition and agreement of arguments.
Does not belong here: events across articles (``ingest.resolve``).

Two mentions are one happening only if nothing that both state excludes it, and something points to it: a
definite noun ("the attack"), the same target, the same count, or a headline and what opens the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Told
from ingest.extract.events.referents import PEOPLE, Referents
from ingest.records import EventArgument, EventMention, Location

_CAUSES = frozenset(["strike", "clash", "take", "advance", "encircle", "abuse", "protest", "detain", "deploy"])
_EFFECTS = frozenset(["kill_or_wound", "destroy", "displace"])
_MEMORY = 40  # mentions back that one may repeat
_MEMBERS = 6  # members of a happening that a new one is compared with
_OPENING = 2  # sentences of the body that a headline may sum up
_SPREAD = frozenset(["PRP", "PRP$", "WP", "WDT", "DT"])


def causes(told: Sequence[Told]) -> list[int | None]:
    """For each mention the index of the one that caused it, None for none."""
    return [_cause(told, k) for k in range(len(told))]


def join(told: Sequence[Told], caused_by: Sequence[int | None], referents: Referents) -> list[EventMention]:
    """The mentions with ``caused_by`` and ``same_event`` filled, in the same order."""
    first = _happenings(told, referents)
    found = [
        replace(x.mention, caused_by=caused_by[k], same_event=first[k] if first[k] != k else None)
        for k, x in enumerate(told)
    ]
    for _ in range(2):  # from the first mention of a happening to its cause, from there to the effect
        found = [_with_carried_days(found, k) for k in range(len(found))]
    return found


def _with_carried_days(found: Sequence[EventMention], k: int) -> EventMention:
    """The mention with the stated days of its cause or of the first mention of its happening, where it has none."""
    x = found[k]
    for n in (x.caused_by, x.same_event):
        is_told = n is not None and found[n].time_rule in ("linked", "carried") and x.realis == found[n].realis
        if n is not None and is_told and x.time_rule not in ("linked", "carried"):
            return replace(x, first_date=found[n].first_date, last_date=found[n].last_date, time_rule="carried")
    return x


# --- one happening -----------------------------------------------------------------------------


def _happenings(told: Sequence[Told], referents: Referents) -> list[int]:
    """For each mention the index of the first one of its happening, its own for the first."""
    first = list(range(len(told)))
    members: dict[int, list[int]] = {}
    seen: dict[str, list[int]] = {}
    for k, x in enumerate(told):
        near = seen.setdefault(x.mention.kind, [])
        for n in reversed(near[-_MEMORY:]):
            happening = members[first[n]]
            if _points_to(told[n], x, referents) and all(
                _can_be_one(told[m], x, referents) for m in happening[-_MEMBERS:]
            ):
                first[k] = first[n]
                break
        members.setdefault(first[k], []).append(k)
        near.append(k)
    return first


def _points_to(before: Told, x: Told, referents: Referents) -> bool:
    """True where something says that ``x`` repeats ``before``."""
    if _same_counts(before, x, referents) or _same_fillers(before, x, referents):
        return True
    if _is_definite(x) and x.candidate.sentence != before.candidate.sentence:
        return before.candidate.sentence >= x.candidate.sentence - 3 or before.sentence.is_title
    is_opening = before.sentence.is_title and not x.sentence.is_title
    return is_opening and x.candidate.sentence <= before.candidate.sentence + _OPENING


def _is_definite(x: Told) -> bool:
    """True for "the attack", "that raid": a noun that takes up what was told."""
    t = x.tree.tokens
    trigger = x.candidate.trigger
    if not t.tags[trigger].startswith("NN"):
        return False
    taking_up = listed("scope.toml", "taking_up")
    return any(t.deps[k] == "det" and t.lowers[k] in taking_up for k in x.tree.kids(trigger))


def _same_counts(a: Told, b: Told, referents: Referents) -> bool:
    """True where both count the same number in the same role."""
    figures = referents.found.figures
    counted = {(c.role, figures[c.figure].low) for c in a.mention.counts if c.scope == "event"}
    return any((c.role, figures[c.figure].low) in counted for c in b.mention.counts if c.scope == "event")


def _same_fillers(a: Told, b: Told, referents: Referents) -> bool:
    """True where both name the same target: one place or actor, or the same noun."""
    return any(
        _is_same(x, a, y, b, referents)
        for x in a.mention.arguments
        if x.role in ("target", "destination")
        for y in b.mention.arguments
        if y.role == x.role
    )


def _is_same(x: EventArgument, a: Told, y: EventArgument, b: Told, referents: Referents) -> bool:
    if x.location is not None and y.location is not None:
        return _place_key(referents.found.locations[x.location]) == _place_key(referents.found.locations[y.location])
    if x.actor_key is not None and y.actor_key is not None:
        return x.actor_key == y.actor_key
    head = _head(x, a)
    if head is None or head != _head(y, b):
        return x.name is not None and x.name == y.name and x.argument_class is None
    # "people" and "soldiers" are others each time they are told of
    return x.argument_class not in PEOPLE


def _head(argument: EventArgument, told: Told) -> str | None:
    """The head noun of an argument in lower case; None for pronouns and bare numbers."""
    t = told.tree.tokens
    for fillers in told.candidate.roles.values():
        for filler in fillers:
            if t.starts[filler.head] >= argument.start and t.ends[filler.head] <= argument.end:
                tag = t.tags[filler.head]
                return t.lowers[filler.head] if tag not in _SPREAD and tag != "CD" else None
    return None


def _place_key(place: Location) -> object:
    return place.geonameid if place.geonameid is not None else place.exact.lower()


def _can_be_one(a: Told, b: Told, referents: Referents) -> bool:
    """False where something that both state excludes that they are one happening."""
    x, y = a.mention, b.mention
    if x.polarity != y.polarity or (x.realis == "actual") != (y.realis == "actual") or _is_many(a) != _is_many(b):
        return False
    if a.candidate.sense.counts != b.candidate.sense.counts and x.kind in ("kill_or_wound", "destroy"):
        return False
    if x.time_rule == y.time_rule == "linked" and not _overlap(x, y):
        return False
    return (
        _agree_on_places(x, y, referents)
        and _agree_on_actors(x, y, "agent")
        and _agree_on_targets(a, b, referents)
        and _agree_on_counts(x, y, referents)
    )


def _is_many(x: Told) -> bool:
    """True for a plural noun: "strikes" are not the strike."""
    return x.tree.tokens.tags[x.candidate.trigger] == "NNS" and x.candidate.sense.part == "N"


def _overlap(x: EventMention, y: EventMention) -> bool:
    if x.first_date is None or y.first_date is None or x.last_date is None or y.last_date is None:
        return True
    return x.first_date <= y.last_date and y.first_date <= x.last_date


def _agree_on_places(x: EventMention, y: EventMention, referents: Referents) -> bool:
    places = referents.found.locations
    here = [places[a.location] for a in x.arguments if a.role == "place" and a.location is not None]
    there = [places[a.location] for a in y.arguments if a.role == "place" and a.location is not None]
    return all(_may_be_one_place(a, b) for a in here for b in there)


def _may_be_one_place(a: Location, b: Location) -> bool:
    """True for the same place, and where one may lie inside the other."""
    if _place_key(a) == _place_key(b) or not (a.is_resolved and b.is_resolved):
        return True
    if a.country != b.country:
        return False
    if "country" in (a.kind, b.kind):
        return True
    return not (a.kind == b.kind == "settlement" or a.admin1 != b.admin1)


def _agree_on_actors(x: EventMention, y: EventMention, role: str) -> bool:
    a = [arg for arg in x.arguments if arg.role == role]
    b = [arg for arg in y.arguments if arg.role == role]
    sides = ({arg.side for arg in a} - {None}, {arg.side for arg in b} - {None})
    if sides[0] and sides[1] and not sides[0] & sides[1]:
        return False
    keys = ({arg.actor_key for arg in a} - {None}, {arg.actor_key for arg in b} - {None})
    return not (keys[0] and keys[1]) or bool(keys[0] & keys[1]) or bool(sides[0] & sides[1])


def _agree_on_targets(a: Told, b: Told, referents: Referents) -> bool:
    """False for two places or two kinds of things as targets."""
    x = [arg for arg in a.mention.arguments if arg.role in ("target", "destination")]
    y = [arg for arg in b.mention.arguments if arg.role in ("target", "destination")]
    if not x or not y:
        return True
    if any(_is_same(p, a, q, b, referents) for p in x for q in y):
        return True
    heads = ({_head(p, a) for p in x} - {None}, {_head(q, b) for q in y} - {None})
    if heads[0] & heads[1]:
        return True
    is_weak = a.mention.kind == "kill_or_wound" and a.mention.counts and b.mention.counts
    return not (heads[0] and heads[1]) or bool(is_weak and _same_counts(a, b, referents))


def _agree_on_counts(x: EventMention, y: EventMention, referents: Referents) -> bool:
    figures = referents.found.figures
    for a in x.counts:
        for b in y.counts:
            if a.role != b.role:
                continue
            if a.scope != b.scope:
                return False
            p, q = figures[a.figure], figures[b.figure]
            if (p.low or 0) > (q.high or float("inf")) or (q.low or 0) > (p.high or float("inf")):
                return False
    return True


# --- cause and effect --------------------------------------------------------------------------


def _cause(told: Sequence[Told], k: int) -> int | None:
    """The cause of an effect: what its roles or the tree of its sentence say; None where they say nothing."""
    x = told[k]
    if x.mention.kind not in _EFFECTS:
        return None
    near = [
        n
        for n in range(max(0, k - 12), min(len(told), k + 13))
        if n != k and told[n].candidate.sentence == x.candidate.sentence and told[n].mention.kind in _CAUSES
    ]
    heads = {f.head for role in ("cause", "agent", "instrument") for f in x.candidate.roles.get(role, ())}
    for n in near:
        if told[n].candidate.trigger in heads:
            return n
    t = x.tree.tokens
    above = t.heads[x.candidate.clause]
    for n in near:
        if told[n].candidate.clause == above or told[n].candidate.trigger == above:
            return n
    for n in near:
        if _is_under(t.heads, told[n].candidate.trigger, x.candidate.clause):
            return n
    first = t.heads[x.candidate.clause]
    if t.deps[x.candidate.clause] == "conj":  # "killing six and wounding 12"
        for n in range(max(0, k - 6), k):
            other = told[n]
            if other.candidate.clause == first and other.candidate.sentence == x.candidate.sentence:
                return _cause(told, n) if other.mention.kind in _EFFECTS else None
    return None


def _is_under(heads: Sequence[int], token: int, head: int) -> bool:
    for _ in range(6):
        if token == head:
            return True
        if heads[token] == token:
            return False
        token = heads[token]
    return False
