"""Arguments: the phrase that fills a role, and the fact that it stands for.

Belongs here: spans, classes, participants and owners of what fills the roles of a candidate. Does not
belong here: which phrase fills which role (``frames``), place and time (``places``, ``days``).
"""

from __future__ import annotations

from ingest.extract.claims.coreference.actors import demonyms
from ingest.extract.events.arguments.identity import UNKNOWN, Participants
from ingest.extract.events.arguments.pronouns import binding_body, full_mention
from ingest.extract.events.entities import ARMS, PEOPLE, Referents
from ingest.extract.events.lexicon import listed, target_classes
from ingest.extract.events.model import Candidate, Filler
from ingest.extract.syntax.tree import CALENDAR, Tree
from ingest.records import EventArgument
from ingest.values import replace

_CRASHES = listed("scope.toml", "crashes")
_PLURAL_PRONOUNS = listed("scope.toml", "plural_pronouns")
_LANDED = ("agent", "target", "instrument", "origin", "destination")
_NOT_FIRST = frozenset(["VBD", "VBZ", "VBP", "MD", "CC"])
_OWNERS = frozenset(["side", "state", "armed"])
_BEFORE_HEAD = frozenset(["compound", "nmod", "amod", "appos"])
_BEHIND_OF = _BEFORE_HEAD | {"pobj", "prep"}
_ACTORS = frozenset(["agent", "target"])
_THINGS = frozenset(["settlement", "territory", "building", "vehicle", "aircraft", "vessel", "weapon", "thing"])


def arguments(
    tree: Tree, candidate: Candidate, referents: Referents, participants: Participants
) -> list[EventArgument]:
    """The participants of a candidate, in order of role and text."""
    found: list[EventArgument] = []
    for role in _LANDED:
        for filler in candidate.roles.get(role, ()):
            argument = _argument(tree, role, filler, referents, participants)
            if argument is not None and argument not in found:
                found.append(argument)
    if candidate.kind in ("advance", "deliver") and "target" not in candidate.roles:
        found += [replace(a, role="target") for a in found if a.role == "destination"]  # where troops go, they attack
    if candidate.kind == "deliver" and "instrument" not in candidate.roles:
        # which weapons are meant is asked of deliveries as of strikes
        found += [replace(a, role="instrument", target_class=None) for a in found if _is_arms(a)]
    if "agent" not in candidate.roles and candidate.sense.roles.get("subject", "agent") == "agent":
        for filler in (*candidate.roles.get("instrument", ()), *candidate.roles.get("cause", ())):
            owner = _owner(tree, filler, referents, participants)
            if owner is not None and owner not in found:
                found.append(owner)
                break
        else:
            found += _crewed(tree, candidate, referents, participants)
    return found


def agent_at(
    tree: Tree, head: int, referents: Referents, participants: Participants, *, is_before: bool
) -> EventArgument | None:
    """What a token heads as an agent; ``is_before`` where it only stands before a noun and names it alone."""
    return _argument(tree, "agent", Filler(head, is_inferred=is_before), referents, participants)


def _is_arms(argument: EventArgument) -> bool:
    return argument.role == "target" and argument.argument_class in ARMS


def _crewed(tree: Tree, candidate: Candidate, referents: Referents, participants: Participants) -> list[EventArgument]:
    """Aircraft and ships of no named owner as those who act: "warplanes struck the port"."""
    if candidate.kind not in ("strike", "clash", "destroy", "kill_or_wound"):
        return []
    told = [f for f in candidate.roles.get("instrument", ()) if not f.is_inferred]  # not in "jet strikes"
    if candidate.kind in ("destroy", "kill_or_wound"):  # but not those who die as a plane crashes
        t = tree.tokens
        told = [f for f in told if t.lowers[t.heads[f.head]] not in _CRASHES]
    crewed = [f for f in told if referents.labels(tree, f.head) & {"aircraft", "vessel"}]
    made = (_argument(tree, "agent", filler, referents, participants) for filler in crewed[:1])
    return [argument for argument in made if argument is not None]


def _argument(
    tree: Tree, role: str, filler: Filler, referents: Referents, participants: Participants
) -> EventArgument | None:
    text = tree.analysis.text
    pronoun = None
    if role == "agent" and (meant := full_mention(tree, filler.head, referents)) is not None:
        pronoun, filler = filler.head, replace(filler, head=meant)
    first, last = span(tree, filler)
    start, end = tree.tokens.starts[first], tree.tokens.ends[last]
    labels = referents.labels(tree, filler.head)
    if labels & {"negation"}:
        return None
    cls = referents.argument_class(tree, filler.head)
    is_place = "place" in labels and role != "agent"
    where = None
    if role in ("origin", "destination"):
        where = place_within(tree, first, last, referents, filler.head)
    elif is_place:
        where = place_named(tree, first, last, referents, filler.head)
    who = UNKNOWN
    if (
        role in _ACTORS
        and tree.tokens.tags[filler.head] != "CD"
        and not (role == "target" and (is_place or cls in _THINGS))
    ):
        bound = binding_body(tree, filler.head, referents) if role == "agent" else None
        who = participants.of(bound, _noun_phrase(tree, bound)) if bound is not None else UNKNOWN
        if who.side is None:  # "groups" tells less than what the pronoun is read to mean elsewhere
            who = participants.of(filler.head, text[start:end], is_attribute=filler.is_inferred)
        if who.side is None and pronoun is not None:
            of_pronoun = participants.of(pronoun, tree.tokens.words[pronoun])
            who = of_pronoun if of_pronoun.side is not None else who
        if who == UNKNOWN and (meant := _forces_before(tree, filler.head, referents)) is not None:
            who = participants.of(meant, tree.tokens.words[meant])
            filler = replace(filler, head=meant)
        if who.side is None and (owner := owner_of(tree, filler.head, referents)) is not None:
            who = replace(who, side=participants.of(owner, tree.tokens.words[owner]).side)
    name = who.name
    if name is None and is_place and where is not None:
        place = referents.found.locations[where]
        name = place.place or place.exact
    return EventArgument(
        start=start,
        end=end,
        text=text[start:end],
        role=role,
        name=name,
        actor_key=who.key,
        side=who.side,
        argument_class=cls,
        target_class=target_class(tree, filler.head, referents) if role == "target" and cls not in PEOPLE else None,
        is_inferred=filler.is_inferred,
        location=where,
        date=None,
    )


def _noun_phrase(tree: Tree, head: int) -> str:
    first, last = span(tree, Filler(head))
    return tree.analysis.text[tree.tokens.starts[first] : tree.tokens.ends[last]]


def _forces_before(tree: Tree, head: int, referents: Referents) -> int | None:
    """The "forces" that a "they" of the same sentence takes up; None where no armed people stand before it."""
    t = tree.tokens
    if t.tags[head] != "PRP" or t.lowers[head] not in _PLURAL_PRONOUNS:
        return None
    before = range(head - 1, tree.first, -1)
    return next((k for k in before if t.tags[k] == "NNS" and "armed" in referents.labels(tree, k)), None)


def span(tree: Tree, filler: Filler) -> tuple[int, int]:
    """First and last token of the phrase; of what is inferred the name alone."""
    t = tree.tokens
    head = filler.head
    if filler.first is not None:
        return filler.first, head
    if filler.is_inferred:
        first = head
        while first > tree.first and t.deps[first - 1] in ("compound", "nmod") and t.heads[first - 1] == head:
            first -= 1
        while first > tree.first and t.tags[head] == "NNP" and t.tags[first - 1] == "NNP":
            first -= 1
        if first == head > tree.first and f"{t.lowers[head - 1]} {t.lowers[head]}" in demonyms():
            first -= 1  # "North Korean"
        return first, head
    first, last = tree.phrase(head)
    for k in tree.kids(head):
        is_aside = t.deps[k] in ("acl", "relcl", "advcl") or (t.deps[k] == "prep" and not _is_part_of_name(tree, k))
        if k > head and is_aside:
            last = min(last, max(head, tree.left(k) - 1))
    if any(t.deps[k] == "conj" and k > head for k in tree.kids(head)):  # each of what is joined is an argument
        joined = next(k for k in tree.kids(head) if k > head and t.deps[k] in ("cc", "conj", "punct", "preconj"))
        return first, max(head, tree.left(joined) - 1)
    while last > head and (t.tags[last] == "POS" or t.deps[last] == "punct"):
        last -= 1
    while first < head and (t.deps[first] == "punct" or t.tags[first] in _NOT_FIRST or t.lowers[first] in CALENDAR):
        first += 1
    return first, last


def _is_part_of_name(tree: Tree, k: int) -> bool:
    """True for "of" with a noun behind it: "the port of Odesa"."""
    return tree.tokens.lowers[k] == "of" and tree.kid(k, "pobj") is not None


def place_named(tree: Tree, first: int, last: int, referents: Referents, head: int) -> int | None:
    """Index of the location that a phrase stands for; None where it only lies in one ("villages near X").

    That is its head's own; else what "of" names behind the head ("the twin city of X"), else what stands before it
    ("the X district"), but for the country or province of a town.
    """
    own = referents.place_at(head)
    behind = _led_by(tree, first, last, referents, head, _BEHIND_OF)
    if own is not None:
        is_city_of = tree.tokens.tags[head] == "NN" and behind is not None and not _is_wide(referents, behind)
        return behind if is_city_of else own  # "the Luhansk city of X"
    return behind if behind is not None else _led_by(tree, first, last, referents, head, _BEFORE_HEAD)


def _led_by(tree: Tree, first: int, last: int, referents: Referents, head: int, deps: frozenset[str]) -> int | None:
    """The location of a phrase that only such dependencies lead from to its head; of a town no province or country."""
    is_point = bool(referents.labels(tree, head) & {"settlement", "building"})
    for token in range(first, last + 1):
        where = referents.place_at(token)
        is_fit = where is not None and token != head and _leads_to(tree, token, head, deps)
        if is_fit and where != referents.place_at(head) and not (is_point and _is_wide(referents, where)):
            return where
    return None


def _is_wide(referents: Referents, where: int | None) -> bool:
    return where is not None and referents.found.locations[where].kind in ("country", "region")


def _leads_to(tree: Tree, token: int, head: int, deps: frozenset[str]) -> bool:
    """True where only these dependencies, and "of" among the prepositions, lie between a token and the head."""
    t = tree.tokens
    for _ in range(tree.last - tree.first):
        if token == head:
            return True
        if t.deps[token] not in deps or (t.deps[token] == "prep" and t.lowers[token] != "of"):
            return False
        token = t.heads[token]
    return False


def place_within(tree: Tree, first: int, last: int, referents: Referents, head: int) -> int | None:
    """Index of the location that a phrase names: its head's own, else the first finest inside it; None for none."""
    own = referents.place_at(head)
    if own is not None:
        return own
    best: int | None = None
    for token in range(first, last + 1):
        where = referents.place_at(token)
        if where is not None and (best is None or _finer(referents, where, best)):
            best = where
    return best


_FINE = {"facility": 0, "settlement": 1, "other": 2, "water": 2, "region": 3, "country": 4, "reference": 2}


def _finer(referents: Referents, where: int, best: int) -> bool:
    places = referents.found.locations
    return _FINE[places[where].kind] < _FINE[places[best].kind]


def target_class(tree: Tree, head: int, referents: Referents) -> str | None:
    """The sort of installation that a phrase names, by its head noun or the words before it; None where it is none."""
    t = tree.tokens
    head = referents.core(tree, head)
    for k in (head, *[k for k in tree.kids(head) if k < head and t.deps[k] in ("compound", "amod", "nmod")]):
        found = target_classes().get(t.lowers[k])
        if found is not None:
            return found
    return None


def owner_of(tree: Tree, head: int, referents: Referents) -> int | None:
    """The token that names the owner in "Russian missiles", "its drones", "Kyiv's forces"; None where none does."""
    t = tree.tokens
    head = referents.core(tree, head)
    for k in tree.kids(head):
        if k > head:
            continue
        is_side = t.lowers[k] in demonyms() or bool(referents.labels(tree, k) & _OWNERS)
        is_owner = t.deps[k] == "poss" and t.lowers[k] not in CALENDAR  # not the day of "Sunday's raid killed two"
        if is_owner and any(referents.place_at(n) is not None for n in range(k + 1, head)):
            return None  # "Iraq's Mosul bomb blast"
        if is_owner or (t.deps[k] in ("amod", "compound", "nmod") and is_side):
            return k
    return None


def _owner(tree: Tree, filler: Filler, referents: Referents, participants: Participants) -> EventArgument | None:
    """The owner of an instrument as an agent that is inferred."""
    owner = owner_of(tree, filler.head, referents)
    if owner is None or (tree.tokens.deps[owner] != "poss" and "settlement" in referents.labels(tree, owner)):
        return None  # "a Damascus car bomb" says where, "Kyiv's missiles" whose
    return _argument(tree, "agent", Filler(owner, is_inferred=True), referents, participants)
