"""Where and when: the place and the days of an event mention, by how the text is built.

Belongs here: choosing among the places and dates that were found. Does not belong here: finding
them (``ingest.extract.locations``, ``ingest.extract.dates``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.extract.events.arguments import span
from ingest.extract.events.functions import Functions, prepositions
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Candidate, Filler, Told
from ingest.extract.events.referents import Referents
from ingest.extract.syntax.tree import VERB_TAGS, Tree
from ingest.records import DateMention, EventArgument, Location

_FINE = {"facility": 0, "settlement": 1, "other": 2, "water": 2, "reference": 3, "region": 3, "country": 5}
_LATELY = timedelta(days=2)
_STEPS = 8


@dataclass(frozen=True, slots=True)
class When:
    """The days on which it may have happened, the rule that says so, and the date's argument."""

    first: date | None
    last: date | None
    rule: str
    argument: EventArgument | None = None


NEVER = When(None, None, "none")


def place(
    tree: Tree, candidate: Candidate, referents: Referents, told: Sequence[EventArgument]
) -> EventArgument | None:
    """The place of a candidate as an argument; None where its sentence names none for it."""
    direct = [f.head for f in candidate.roles.get("place", ())]
    near = _near(tree, candidate, referents, direct, told)
    if not near:
        return _named_place(tree, candidate, referents, told)
    best = min(near, key=lambda pair: (pair[1], _FINE[referents.found.locations[pair[0]].kind], pair[0]))
    return as_place(referents, best[0], is_inferred=False)


# what happens at one place; talks, laws and who holds what are told of without one
_LOCAL = frozenset(["strike", "clash", "kill_or_wound", "destroy", "detain", "protest", "encircle", "abuse"])
_REACH = 3  # sentences back over which a place goes on
_NAMED = frozenset(["settlement", "facility", "region", "other"])


def carry_places(told: Sequence[Told], referents: Referents) -> list[Told]:
    """The mentions, those without a place with the one that was told last before them, else the headline's."""
    found: list[Told] = []
    last: tuple[int, int, int] | None = None  # sentence, paragraph, location
    title: int | None = None
    for x in told:
        places = [a for a in x.mention.arguments if a.role == "place"]
        own = next((a.location for a in places if a.location is not None), None)
        if own is not None and referents.found.locations[own].kind in _NAMED:
            last = (x.candidate.sentence, x.sentence.paragraph, own)
            if x.sentence.is_title:
                title = own
        elif x.sentence.is_title and not places:
            named = referents.places_in(x.sentence.first, x.sentence.last)
            if named:  # a headline names the place anywhere
                place = as_place(referents, named[0][1], is_inferred=True)
                x = replace(x, mention=replace(x.mention, arguments=(*x.mention.arguments, place)))
        elif not places and x.mention.kind in _LOCAL and x.mention.realis == "actual":
            near = last is not None and x.candidate.sentence - last[0] <= _REACH and x.sentence.paragraph - last[1] <= 1
            where = last[2] if near and last is not None else title
            if where is not None and referents.found.locations[where].country is None:
                where = None
            if where is not None:
                place = as_place(referents, where, is_inferred=True)
                x = replace(x, mention=replace(x.mention, arguments=(*x.mention.arguments, place)))
        found.append(x)
    return found


def _named_place(
    tree: Tree, candidate: Candidate, referents: Referents, told: Sequence[EventArgument]
) -> EventArgument | None:
    """A place that is on no map, as written: "in a village near the front"; None where the clause has none."""
    for role in ("target", "place"):
        for filler in candidate.roles.get(role, ()):
            if referents.labels(tree, filler.head) & {"settlement", "territory"} and not filler.is_inferred:
                return _as_written(tree, filler, referents)
    functions: Functions = {}
    for head in dict.fromkeys((candidate.trigger, candidate.clause)):
        prepositions(tree, head, functions)
    for name, fillers in functions.items():
        for filler in fillers:
            labels = referents.labels(tree, filler.head)
            is_place = labels & {"settlement", "territory", "building"} and "people" not in labels
            if name in listed("scope.toml", "at_places") and is_place and referents.date_at(filler.head) is None:
                return _as_written(tree, filler, referents)
    return None


def _as_written(tree: Tree, filler: Filler, referents: Referents) -> EventArgument:
    first, last = span(tree, filler)
    start, end = tree.tokens.starts[first], tree.tokens.ends[last]
    return EventArgument(
        start=start,
        end=end,
        text=tree.analysis.text[start:end],
        role="place",
        name=None,
        actor_key=None,
        side=None,
        argument_class=referents.argument_class(tree, filler.head),
        is_inferred=False,
        location=None,
    )


def as_place(referents: Referents, index: int, *, is_inferred: bool) -> EventArgument:
    """A location as the place of a mention."""
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


def _near(
    tree: Tree, candidate: Candidate, referents: Referents, direct: list[int], told: Sequence[EventArgument]
) -> list[tuple[int, int]]:
    """Locations of the candidate's sentence with how far they stand from its trigger, in clauses and roles."""
    actors = {(a.start, a.end) for a in told if a.role == "agent"}
    targets = [
        (a.start, a.end)
        for a in told
        if a.role in ("target", "destination") and a.argument_class in (None, "settlement", "territory", "building")
    ]
    found: dict[int, int] = {}
    for token, index in referents.places_in(tree.first, tree.last):
        where = referents.found.locations[index]
        if any(s <= where.char_start and where.char_end <= e for s, e in actors):
            continue
        if _is_owner(tree, token) or _is_dateline(tree, where) or _is_party(tree, candidate, token, where):
            continue
        if any(s <= where.char_start and where.char_end <= e for s, e in targets) or any(
            _under(tree, token, d) for d in direct
        ):
            cost = 0
        else:
            distance = _distance(tree, candidate, token)
            if distance is None:
                continue
            cost = distance
        found[index] = min(cost, found.get(index, 99))
    return list(found.items())


def _is_owner(tree: Tree, token: int) -> bool:
    """ "Russia's forces", "Ukraine said": a name that owns or acts, or is joined to one."""
    t = tree.tokens
    while t.deps[token] == "conj" and t.heads[token] != token:
        token = t.heads[token]
    return t.deps[token] in ("poss", "nsubj", "agent")


# what befalls a state without happening in it
_ABROAD = frozenset(["decree", "negotiate", "responsibility", "deliver", "release", "protest"])


def _is_party(tree: Tree, candidate: Candidate, token: int, where: Location) -> bool:
    """ "sanctions on Russia", "fighting with Russia": a state that is a party and no place."""
    if where.kind != "country":
        return False
    t = tree.tokens
    before = t.lowers[t.heads[token]] if t.deps[token] == "pobj" else ""
    if before in listed("scope.toml", "locating"):
        return False
    return candidate.kind in _ABROAD or before in listed("scope.toml", "opposing")


def _is_dateline(tree: Tree, where: Location) -> bool:
    """ "KABUL, Afghanistan (March 17)": the place where it was written, in capitals before the text."""
    return where.exact.isupper() and len(where.exact) > 3 and not tree.sentence.is_title


def _under(tree: Tree, token: int, head: int) -> bool:
    t = tree.tokens
    for _ in range(_STEPS):
        if token == head:
            return True
        if t.heads[token] == token:
            return False
        token = t.heads[token]
    return False


def _distance(tree: Tree, candidate: Candidate, token: int) -> int | None:
    """Clauses between a place and the trigger: 1 in the trigger's own, 2 in one above it; None in another one."""
    verb = _verb_over(tree, token)
    at: int | None = candidate.clause
    for cost in range(1, 5):
        if at is None:
            return None
        if verb == at:
            return cost
        if tree.tokens.deps[at] in ("ccomp", "ROOT") or _is_apart(tree, at):
            return None  # where and when it was said is not where and when it happened
        at = _verb_over(tree, at)
    return None


def _is_apart(tree: Tree, v: int) -> bool:
    """True for a clause with "before", "after", "because": it has a time and a place of its own."""
    t = tree.tokens
    if t.deps[v] != "advcl":
        return False
    return any(t.lowers[k] in listed("scope.toml", "apart") and k < v for k in tree.kids(v))


def _verb_over(tree: Tree, token: int) -> int | None:
    t, at = tree.tokens, token
    for _ in range(_STEPS):
        if t.heads[at] == at:
            return None
        at = t.heads[at]
        if t.tags[at] in VERB_TAGS:
            return at
    return None


def time(tree: Tree, candidate: Candidate, referents: Referents, realis: str) -> When:
    """The days of a candidate from the dates of its clause, else the days up to publication for what just happened."""
    best: tuple[int, int] | None = None
    for token, index in referents.dates_in(tree.first, tree.last):
        mention = referents.found.dates[index]
        if (
            mention.exact.lower() in listed("scope.toml", "no_days")
            or _is_published(tree, mention)
            or mention.timex_type not in ("DATE", "TIME")
        ):
            continue
        cost = _date_distance(tree, candidate, token)
        if cost is not None and (best is None or (cost, abs(token - candidate.trigger)) < best[:2]):
            best = (cost, abs(token - candidate.trigger))
            chosen = index
    if best is not None:
        mention = referents.found.dates[chosen]
        argument = EventArgument(
            start=mention.char_start,
            end=mention.char_end,
            text=mention.exact,
            role="time",
            name=mention.value,
            actor_key=None,
            side=None,
            is_inferred=False,
            date=chosen,
        )
        last = mention.end_date or mention.start_date
        if last is not None and _is_open(tree, mention.char_start) and tree.analysis.dct is not None:
            last = max(last, tree.analysis.dct)  # "since May"
        return When(mention.start_date, last, "linked" if last is not None else "none", argument)
    dct = referents.reference_day
    if dct is not None and realis == "actual" and not candidate.is_state and _is_recent(tree, candidate):
        return When(dct - _LATELY, dct, "reported")
    return NEVER


def _is_published(tree: Tree, mention: DateMention) -> bool:
    """ "Published 29 April": a line of the page, not of the story."""
    before = tree.analysis.first_token_from(mention.char_start) - 1
    return before >= tree.first and tree.tokens.lowers[before] in listed("scope.toml", "published")


def _is_open(tree: Tree, start: int) -> bool:
    """True where "since" stands before a date."""
    before = tree.analysis.first_token_from(start) - 1
    return before >= tree.first and tree.tokens.lowers[before] in listed("scope.toml", "since")


def _date_distance(tree: Tree, candidate: Candidate, token: int) -> int | None:
    if _under(tree, token, candidate.trigger):
        return 0
    distance = _distance(tree, candidate, token)
    if distance is not None and distance > 1 and tree.tokens.deps[candidate.clause] == "relcl":
        return None
    return distance


def _is_recent(tree: Tree, candidate: Candidate) -> bool:
    """True for a plain past, a perfect or the present of a headline; a past perfect may be long ago."""
    t = tree.tokens
    lows = {t.lowers[k] for k in tree.kids(candidate.clause) if t.deps[k] in ("aux", "auxpass")}
    return "had" not in lows
