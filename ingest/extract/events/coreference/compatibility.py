"""Whether two mentions of one article are compatible: what excludes that they are one, and what speaks for it.

Belongs here: comparing days, places, participants and counts. Does not belong here: the structure of the text
(``joining``).
"""

from __future__ import annotations

from datetime import timedelta

from ingest.extract.events.coreference.mention_features import (
    AROUND,
    TARGETS,
    actor_keys,
    by_role,
    head_of,
    in_one_role,
    is_another,
    is_bare_plural,
    is_campaign,
    is_definite,
    is_denied_deed,
    is_new_noun,
    is_taken_up,
    is_taking_up,
    is_the_only_one,
    people_of,
    sides_of,
    stated_targets,
    token_of,
    words_around,
)
from ingest.extract.events.counts.parts import overlap
from ingest.extract.events.entities import PEOPLE, Referents
from ingest.extract.events.grammar.clauses import under
from ingest.extract.events.lexicon import groups, light_verbs, listed
from ingest.extract.events.model import Told
from ingest.extract.locations.draft import km
from ingest.extract.syntax.tree import PROPER
from ingest.records import EventArgument, EventMention, Figure, Location

_AT_WHICH = listed("scope.toml", "at_which")
_ANY_ATTACK = listed("scope.toml", "any_attack")
_GATHERINGS = listed("scope.toml", "gatherings")
_TRUCES = listed("scope.toml", "truces")
_PLURAL_ONLY = listed("scope.toml", "plural_only")
_OF_BOTH_SIDES = listed("scope.toml", "of_both_sides")
# relations of what lies outside the place that it is told by: "the area near X"
_TOLD_BY = frozenset(["near", "outskirts", "between"])
_NEAR_KM = 40.0
_FEW_WEEKS = timedelta(days=31)
_TOLD_DAYS = frozenset(["linked", "carried"])
_HAPPENING_ONCE = listed("scope.toml", "happening_once")
_SAME = 2.0  # points of counts that are the same
_LEAST_OF_NAME = 4  # letters of a name that is known again in a longer one
_ANYBODY = frozenset(["people", "civilian", "prisoner"])  # who may be any of the others
_ANY_GROUND = frozenset(["settlement", "territory"])  # "the area", "a village": another one each time
_SORTS = frozenset(["weapon", "vehicle", "vessel", "aircraft", "building"])  # "missiles … the weapons"


def can_be_one(a: Told, b: Told, referents: Referents) -> bool:
    """False where something that both state excludes that they are one happening; ``b`` is told later."""
    x, y = a.mention, b.mention
    if not is_of_one_sort(a, b):
        return False
    if x.time_rule in _TOLD_DAYS and y.time_rule in _TOLD_DAYS and not _overlap(x, y):
        return False
    if is_another(b) and not is_another(a):
        return False
    if is_new_noun(b) and is_of_another_day(x, y):
        return False  # "a raid in August of last year", far down in what tells of this week's
    is_summed_up = referents.is_headline(a.sentence)  # which is read badly where it is in capitals or without verbs
    if not is_summed_up and is_campaign(a) != is_campaign(b) and not (are_battles(a, b) or _takes_up_all(a, b)):
        return False  # a month of raids is none of them
    if not (is_summed_up or _agree_on_agents(a, b) or are_charges_of_two(a, b, referents)):
        return False
    is_of_one_place = _agree_on_places(a, b, referents, is_summed_up=is_summed_up)
    if not is_of_one_place and not is_summed_up:
        return False
    agrees = is_of_one_place and _agree_on_targets(a, b, referents, is_summed_up=is_summed_up)
    return (agrees or give_one_count(a, b, referents)) and count_the_same(a, b, referents)


def are_charges_of_two(a: Told, b: Told, referents: Referents) -> bool:
    """True for "the attack" in what another says than he who told of it: whose it was they may say differently.

    Not for "the attack on a bridge" after the shelling of a school: what it befell is not in dispute.
    """
    if not is_taken_up(b) or not are_of_two_voices(a, b, referents):
        return False
    pairs = in_one_role(a, b, *TARGETS)
    return not pairs or any(_likeness_of_targets(p, a, q, b, referents) > 0 for p, q in pairs)


def are_of_two_voices(a: Told, b: Told, referents: Referents) -> bool:
    """True where the text names who says the one, and somebody else who says the other."""
    if a.mention.claim is None or b.mention.claim is None:
        return False
    claims = referents.found.claims[a.mention.claim], referents.found.claims[b.mention.claim]
    one, other = (claim.actor_key or claim.speaker_name for claim in claims)
    return one is not None and other is not None and one != other


def _takes_up_all(a: Told, b: Told) -> bool:
    """True for "those raids" after "were killed in raids on the port"."""
    return is_taken_up(b) and is_bare_plural(a) and is_bare_plural(b)


def count_the_same(a: Told, b: Told, referents: Referents) -> bool:
    """False where both tell of numbers, or of one and of several, that cannot be those of one happening."""
    return _agree_on_counts(a.mention, b.mention, referents) and _agree_on_heads(a, b, referents)


def is_of_one_sort(a: Told, b: Told) -> bool:
    """False where one happened and the other did not, or where one tells of dead and the other of wounded."""
    x, y = a.mention, b.mention
    if x.polarity != y.polarity and not (_denies_doing_it(b) or _denies_what_is_told(a, b)):
        return False
    if (x.realis == "actual") != (y.realis == "actual") and not _is_the_same_one(a, b):
        return False
    if x.kind != y.kind and {x.exact.lower(), y.exact.lower()}.isdisjoint(_ANY_ATTACK):
        return False  # an incursion is no bombardment
    if _is_once(a) != _is_once(b) and _is_aimed(a if _is_once(b) else b):
        return False  # a missile attack on a house on the 40th day of an invasion is not the invasion
    one, other = a.candidate.sense.counts, b.candidate.sense.counts
    return one is None or other is None or one == other or x.kind != "kill_or_wound"


def _denies_what_is_told(a: Told, b: Told) -> bool:
    """True where one is a deed that somebody denies, and both name one place or one thing that it befell.

    Whether both may be of one doer ``can_be_one`` asks.
    """
    if not (is_denied_deed(a) or is_denied_deed(b)):
        return False
    return any(
        (p.name is not None and p.name == q.name) or ((head := head_of(p, a)) is not None and head == head_of(q, b))
        for p, q in in_one_role(a, b, *TARGETS, "place")
    )


def _denies_doing_it(x: Told) -> bool:
    """True of "has nothing to do with the attack": it was, whoever made it."""
    is_of_other = x.mention.polarity == "negative" and any(a.role == "agent" for a in x.mention.arguments)
    return is_of_other and is_taken_up(x)


def _is_once(x: Told) -> bool:
    return x.tree.tokens.lowers[x.candidate.trigger] in _HAPPENING_ONCE


def _is_aimed(x: Told) -> bool:
    """True of what is done with a weapon, or to something that is no country."""
    return any(a.role == "instrument" or (a.role in TARGETS and a.location is None) for a in x.mention.arguments)


def _is_the_same_one(a: Told, b: Told) -> bool:
    """True where a noun may take up what has another realis: "it is not known who made the strike", "talks … talks"."""
    t = b.tree.tokens
    is_repeated = t.lowers[a.candidate.trigger] == t.lowers[b.candidate.trigger]
    return is_taken_up(b) or (b.candidate.sense.part == "N" and is_repeated and not is_another(a))


def likeness(a: Told, b: Told, referents: Referents) -> float:
    """Points for what both mentions name."""
    x, y = a.mention, b.mention
    points = _same_counts(x, y, referents)
    points += max((_likeness_of_targets(p, a, q, b, referents) for p, q in in_one_role(a, b, *TARGETS)), default=0.0)
    points += max((_likeness_of_agents(p, q) for p, q in in_one_role(a, b, "agent")), default=0.0)
    points += max((_likeness_of_places(p, q, referents) for p, q in in_one_role(a, b, "place")), default=0.0)
    if x.time_rule == y.time_rule == "linked" and _is_short(x) and _is_short(y) and _overlap(x, y):
        points += 1.0
    return points + _likeness_of_triggers(a, b)


def give_one_count(a: Told, b: Told, referents: Referents) -> bool:
    """True where both count the same number in the same role, of more than one."""
    return _same_counts(a.mention, b.mention, referents) >= _SAME


def is_of_one_weapon(a: Told, b: Told) -> bool:
    """True where both name an instrument by one noun: "a drone struck the depot … the drone hit"."""
    return any(
        p.text.lower() == q.text.lower() or ((head := head_of(p, a)) is not None and head == head_of(q, b))
        for p, q in in_one_role(a, b, "instrument")
    )


def name_other_targets(a: Told, b: Told, referents: Referents) -> bool:
    """True where both name what it befell, and neither by a word, a name nor a sort that the other has."""
    pairs = in_one_role(a, b, *TARGETS)
    return bool(pairs) and not any(
        _likeness_of_targets(p, a, q, b, referents) > 0
        or (p.argument_class is not None and p.argument_class == q.argument_class)
        for p, q in pairs
    )


def is_word_for_word(a: Told, b: Told) -> bool:
    """True where the words around both triggers are the same: a headline or a sentence that the text repeats."""
    lowers = a.tree.tokens.lowers
    m, n = a.candidate.trigger, b.candidate.trigger
    return words_around(a) == words_around(b) or (
        m - a.tree.first < AROUND
        and lowers[a.tree.first : m + 2 * AROUND] == lowers[n - m + a.tree.first : n + 2 * AROUND]
    )


def tells_toll_of(a: Told, b: Told) -> bool:
    """True of a killing that a noun tells, and of the clause that counts its dead: "made a massacre, killing 32".

    Not of "the murder of a man who had killed two".
    """
    if not _is_bare_killing(a) or b.candidate.sentence != a.candidate.sentence:
        return False
    if b.mention.kind != a.mention.kind or b.candidate.sense.part != "V" or not b.mention.counts:
        return False
    t, noun, clause = b.tree.tokens, a.candidate.trigger, b.candidate.clause
    above = t.heads[clause]
    if t.deps[clause] == "relcl":
        is_of_place = t.tags[above] in PROPER and any(t.tags[k] == "WDT" for k in b.tree.kids(clause))
        is_of_place |= any(t.lowers[k] in _AT_WHICH for k in b.tree.kids(clause))
        return above == noun or (is_of_place and under(b.tree, above, noun))
    is_done = above == t.heads[noun] and t.lowers[above] in light_verbs()
    return is_done and t.deps[clause] == "advcl" and t.tags[clause] == "VBG" and b.tree.kid(clause, "mark") is None


def _is_bare_killing(x: Told) -> bool:
    """True of one "massacre" or "killing", without a number."""
    is_noun = x.candidate.sense.part == "N" and x.tree.tokens.tags[x.candidate.trigger] == "NN"
    return is_noun and x.mention.kind == "kill_or_wound" and not x.mention.counts


def _likeness_of_triggers(a: Told, b: Told) -> float:
    """Points for the same word, more for "the invasion … the invasion" and for the same words before it."""
    t = a.tree.tokens
    one, other = a.candidate.trigger, b.candidate.trigger
    if {t.lowers[one], t.lowers[other]} <= _HAPPENING_ONCE:
        return 1.5 if is_the_only_one(a) and is_the_only_one(b) else 0.5
    if t.lowers[one] != t.lowers[other]:
        if {t.lowers[one], t.lowers[other]} <= _GATHERINGS:
            return 1.0 if is_definite(b) else 0.5
        return 0.5 if {t.lowers[one], t.lowers[other]} <= _TRUCES else 0.0
    is_one = t.tags[other] in ("NN", "NNP") or t.lowers[other] in _PLURAL_ONLY
    if is_taken_up(b) and are_battles(a, b):
        return 1.5
    if a.candidate.sense.part != "N" or not is_one:
        return 0.5
    sorts = [
        {t.lowers[k] for k in x.tree.kids(x.candidate.trigger) if t.deps[k] in ("compound", "amod")} for x in (a, b)
    ]
    if is_definite(b) or (len(sorts[0]) > 1 and sorts[0] == sorts[1]):
        return 1.5
    return 0.5


def are_battles(a: Told, b: Told) -> bool:
    """True for "clashes … the fighting": what has no singular, or is one battle in the plural too."""
    words = {x.tree.tokens.lowers[x.candidate.trigger] for x in (a, b)}
    return words <= _OF_BOTH_SIDES


def points_at_several(a: Told, b: Told) -> bool:
    """True for "the attacks" after "rebels attacked women": a plural that takes up what many did or suffered."""
    t, trigger = b.tree.tokens, b.candidate.trigger
    heads = [f.head for role in ("agent", "target") for f in a.candidate.roles.get(role, ())]
    is_pointing = any(is_taking_up(b, k) for k in b.tree.kids(trigger))
    return is_pointing and any(t.tags[head] in ("NNS", "NNPS") for head in heads)


# --- days ------------------------------------------------------------------------------------------


def is_of_another_day(x: EventMention, y: EventMention) -> bool:
    """True where the days told of two mentions cannot be one's, or where one is told of a day weeks from the other."""
    if x.first_date is None or y.first_date is None or x.last_date is None or y.last_date is None:
        return False
    linked = (x.time_rule in _TOLD_DAYS) + (y.time_rule in _TOLD_DAYS)
    gap = max(x.first_date - y.last_date, y.first_date - x.last_date)
    return linked > 0 and gap > (timedelta(0) if linked > 1 else _FEW_WEEKS)


def _overlap(x: EventMention, y: EventMention) -> bool:
    if x.first_date is None or y.first_date is None or x.last_date is None or y.last_date is None:
        return True
    return x.first_date <= y.last_date and y.first_date <= x.last_date


def _is_short(x: EventMention) -> bool:
    return x.first_date is not None and x.last_date is not None and (x.last_date - x.first_date).days <= 1


# --- places ----------------------------------------------------------------------------------------


def place_key(place: Location) -> object:
    """What tells a place from others: its number in the gazetteer, or its name."""
    return place.geonameid if place.geonameid is not None else place.exact.lower()


def _agree_on_places(a: Told, b: Told, referents: Referents, *, is_summed_up: bool) -> bool:
    """False for two places of which neither lies in the other; a headline names the best known one of a province."""
    places = referents.found.locations
    return all(
        p.location is None
        or q.location is None
        or may_be_one_place(x := places[p.location], y := places[q.location])
        or (is_summed_up and _is_of_one_province(x, y))
        for p, q in in_one_role(a, b, "place")
    )


def town_of(told: Told, referents: Referents) -> object:
    """The settlement that a mention's own words name as its place; None where they name none."""
    named = (a for a in told.mention.arguments if a.role == "place" and not a.is_inferred and a.location is not None)
    places = (referents.found.locations[a.location] for a in named if a.location is not None)
    return next((place_key(p) for p in places if p.kind == "settlement" and p.is_resolved), None)


def _is_of_one_province(a: Location, b: Location) -> bool:
    return a.admin1 is not None and (a.country, a.admin1) == (b.country, b.admin1)


def may_be_one_place(a: Location, b: Location) -> bool:
    """True for the same place, where one may lie inside the other, and for what lies near what is told of by it."""
    if place_key(a) == place_key(b) or not (a.is_resolved and b.is_resolved):
        return True
    if a.country != b.country:
        return False
    if "country" in (a.kind, b.kind) or ({a.relation, b.relation} & _TOLD_BY and _is_near(a, b)):
        return True
    return not (a.kind == b.kind == "settlement" or a.admin1 != b.admin1)


def _is_near(a: Location, b: Location) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    return km(a.lat, a.lon, b.lat, b.lon) <= _NEAR_KM


def _likeness_of_places(p: EventArgument, q: EventArgument, referents: Referents) -> float:
    if p.location is None or q.location is None:
        is_one = p.location == q.location and (p.text.startswith(q.text) or q.text.startswith(p.text))
        return 1.0 if is_one else 0.0
    a, b = referents.found.locations[p.location], referents.found.locations[q.location]
    if place_key(a) != place_key(b) or a.kind == "country":
        return 0.0
    return 0.5 if a.kind == "region" or p.is_inferred or q.is_inferred else 1.0


# --- participants ----------------------------------------------------------------------------------


def _agree_on_agents(a: Told, b: Told) -> bool:
    """False for agents of two sides or two names, unless one is called as the other: "the force", "members of X"."""
    one, other = by_role(a).get("agent", ()), by_role(b).get("agent", ())
    if not one or not other:
        return True
    sides, keys = (sides_of(a), sides_of(b)), (actor_keys(a), actor_keys(b))
    if sides[0] & sides[1] or keys[0] & keys[1]:
        return True
    if not (sides[0] and sides[1]) and not (keys[0] and keys[1]):
        return True
    return any(_are_called_alike(p, a, q, b) for p in one for q in other)


def _are_called_alike(p: EventArgument, a: Told, q: EventArgument, b: Told) -> bool:
    """True for one head noun, and where the words of one hold those of the other."""
    head = head_of(p, a)
    if head is not None and head == head_of(q, b):
        return True
    short, long = sorted((p.text.lower(), q.text.lower()), key=len)
    return len(short) >= _LEAST_OF_NAME and short in long


def _likeness_of_agents(p: EventArgument, q: EventArgument) -> float:
    if p.actor_key is not None and p.actor_key == q.actor_key:
        return 0.75
    return 0.25 if p.side is not None and p.side == q.side else 0.0


def _agree_on_targets(a: Told, b: Told, referents: Referents, *, is_summed_up: bool) -> bool:
    """False for two places, two named people or two sorts of things as targets; of a headline for two places."""
    x, y = stated_targets(a), stated_targets(b)
    if is_summed_up:
        x, y = ([arg for arg in found if arg.location is not None] for found in (x, y))
    return not x or not y or any(_may_be_one_target(p, a, q, b, referents) for p in x for q in y)


def _may_be_one_target(p: EventArgument, a: Told, q: EventArgument, b: Told, referents: Referents) -> bool:
    if p.location is not None and q.location is not None:
        places = referents.found.locations
        return may_be_one_place(places[p.location], places[q.location])
    if p.actor_key is not None and q.actor_key is not None and p.actor_key != q.actor_key:
        return False
    one, other = p.argument_class, q.argument_class
    if one is None or other is None or one == other:
        return True
    if one in PEOPLE and other in PEOPLE:
        return bool({one, other} & _ANYBODY)
    return one not in PEOPLE and other not in PEOPLE


def _likeness_of_targets(p: EventArgument, a: Told, q: EventArgument, b: Told, referents: Referents) -> float:
    if p.location is not None and q.location is not None:
        places = referents.found.locations
        is_one = place_key(places[p.location]) == place_key(places[q.location])
        return 1.5 if is_one and places[p.location].kind != "country" else 0.0
    if p.actor_key is not None and p.actor_key == q.actor_key:
        return 2.0
    head = head_of(p, a)
    if head is None or head != head_of(q, b):
        if _takes_up_a_person(p, a, q, b):
            return 0.5
        is_taken_up = q.argument_class == p.argument_class and q.argument_class in _SORTS
        return 1.0 if is_taken_up and any(is_taking_up(b, k) for k in b.tree.kids(token_of(q, b))) else 0.0
    if q.argument_class in PEOPLE:
        return 1.5 if any(is_taking_up(b, k) for k in b.tree.kids(token_of(q, b))) else 0.5
    return 0.5 if p.argument_class in _ANY_GROUND else 1.5


def _takes_up_a_person(p: EventArgument, a: Told, q: EventArgument, b: Told) -> bool:
    """True for "the targeted individual" after "a leader": one person each, the later as one told of before."""
    t, one, other = a.tree.tokens, token_of(p, a), token_of(q, b)
    if one < 0 or other < 0 or t.tags[one] not in ("NN", "NNP") or t.tags[other] != "NN":
        return False
    are_people = p.argument_class in PEOPLE and q.argument_class in PEOPLE
    return are_people and any(is_taking_up(b, k) for k in b.tree.kids(other))


# --- counts ----------------------------------------------------------------------------------------


def _same_counts(x: EventMention, y: EventMention, referents: Referents) -> float:
    """Points where both count the same number in the same role."""
    if not x.counts or not y.counts:
        return 0.0
    figures = referents.found.figures
    counted = {(c.role, figures[c.figure].low) for c in x.counts if c.scope == "event"}
    same = [low for c in y.counts if c.scope == "event" and (c.role, low := figures[c.figure].low) in counted]
    return max((1.0 if (low or 0) <= 1 else 2.0 for low in same), default=0.0)


def _agree_on_counts(x: EventMention, y: EventMention, referents: Referents) -> bool:
    figures = referents.found.figures
    for a in x.counts:
        for b in y.counts:
            if a.role != b.role or a.is_outdated or b.is_outdated:
                continue  # "the previous toll was nine"
            if {a.scope, b.scope} == {"event", "part"}:
                continue  # "four children were among the dead"
            p, q = figures[a.figure], figures[b.figure]
            if a.scope != b.scope and (p.low, p.high) != (q.low, q.high):
                return False
            if not overlap(p, q):
                return False
    return True


def share_a_number(a: Told, b: Told, referents: Referents) -> bool:
    """True where both count one number in one role, of all or of a part; a count without a number is none."""
    figures = referents.found.figures
    ours, theirs = (
        {(c.role, low) for c in x.mention.counts if (low := figures[c.figure].low) is not None} for x in (a, b)
    )
    return not ours.isdisjoint(theirs)


def count_apart(a: Told, b: Told, referents: Referents) -> bool:
    """True where both count all in one role, and the numbers cannot be one; "dozens" is none."""
    ours, theirs = _exact_counts(a, referents), _exact_counts(b, referents)
    return any(role == other and not overlap(p, q) for role, p in ours for other, q in theirs)


def _exact_counts(x: Told, referents: Referents) -> list[tuple[str, Figure]]:
    """Role and number of what a mention counts in all, without "dozens"."""
    told = [(c.role, referents.found.figures[c.figure]) for c in x.mention.counts if c.scope == "event"]
    return [(role, figure) for role, figure in told if not _is_vague(figure)]


def _is_vague(figure: Figure) -> bool:
    return figure.low is not None and figure.high is not None and figure.high > figure.low


def _agree_on_heads(a: Told, b: Told, referents: Referents) -> bool:
    """False where one tells of one person and the other of several that befell the same: "a boy", "23 people"."""
    if a.mention.kind != "kill_or_wound":
        return True
    if _are_other_kin(a, b):
        return False
    one, other = people_of(a, referents), people_of(b, referents)
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])


def _are_other_kin(a: Told, b: Told) -> bool:
    """True where one befell a wife and the other a son."""
    kin = groups()["kin"]
    told = [{x.tree.tokens.lowers[f.head] for f in x.candidate.roles.get("target", ())} & kin for x in (a, b)]
    return bool(told[0] and told[1]) and not told[0] & told[1]
