"""Which mention of a sentence is the cause of which: the strike of its dead and its damage.

Belongs here: ``caused_by``, from roles and the tree. Does not belong here: which mentions are one happening
(``joining``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.events.grammar.clauses import bringer, is_afterwards, is_answered, is_at_offset, under
from ingest.extract.events.lexicon import light_verbs, listed
from ingest.extract.events.model import Told
from ingest.records import EventArgument
from ingest.values import replace

_CRASHES = listed("scope.toml", "crashes")
_BRINGING = listed("light.toml", "bringing")
_DYING = listed("scope.toml", "dying")
_BACKGROUND = listed("scope.toml", "background")
_POINTING_BACK = listed("scope.toml", "pointing_back")
_OF_BOTH_SIDES = listed("scope.toml", "of_both_sides")
_PARTS_OF = listed("scope.toml", "parts_of")
_CAUSES = frozenset(["strike", "clash", "take", "encircle"])
# what else happens, so that what is told after it is no longer an effect of what was told before
_STEPS_OF_STORY = frozenset(["advance", "abuse", "protest", "detain", "deploy"])
_EFFECTS = frozenset(["kill_or_wound", "destroy", "displace"])
# what somebody is blamed for
_DEEDS = frozenset(["strike", "clash", "kill_or_wound", "destroy", "abuse"])
_FOR = frozenset(["for", "in"])  # before what somebody is blamed for
_JOINED = 4  # effects joined by "and" that are followed
_BETWEEN = 4  # words between two nouns that are joined
_STEPS = 8
# how what is brought about hangs on the verb that says so: "left [dozens of people] [injured]"
_CARRIED = frozenset(
    ["acl", "amod", "conj", "dobj", "pobj", "prep", "oprd", "acomp", "attr", "advcl", "xcomp", "nummod"]
)
_REACH = 2  # sentences after a cause in which its effects are told


def causes(told: Sequence[Told]) -> list[int | None]:
    """For each mention the index of the one of its sentence that caused it, None for none."""
    return [_cause(told, k, 0) for k in range(len(told))]


def _cause(told: Sequence[Told], k: int, depth: int) -> int | None:
    """The cause of an effect: what its roles or the tree of its sentence say; None where they say nothing."""
    x = told[k]
    is_blame = x.mention.kind == "responsibility"
    if (x.mention.kind not in _EFFECTS and not is_blame) or depth > _JOINED:
        return None
    around = [n for n in range(max(0, k - 12), min(len(told), k + 13)) if n != k and _is_beside(told[n], x)]
    joined = _joined_to(told, around, k)
    if joined is not None:
        shared = _cause(told, joined, depth + 1)
        return shared if shared != k else None
    kinds = _CAUSES | _STEPS_OF_STORY if is_blame else _CAUSES
    near = [
        n for n in around if (told[n].mention.kind in kinds and not _is_attribute(told[n])) or _is_downing(told[n], x)
    ]
    near = [n for n in near if not _is_before(x, told[n])]
    heads = {f.head for role in ("cause", "agent", "instrument") for f in x.candidate.roles.get(role, ())}
    named = next((n for n in near if told[n].candidate.trigger in heads), None)
    if is_blame:
        return named if named is not None else _blamed_for(told, near, k)
    if named is not None:
        return named
    for find in (_by_tree, _by_bringer, _before_participle, _of_headline, _before_colon):
        found = find(told, near, k)
        if found is not None:
            return found
    return None


def _is_before(effect: Told, cause: Told) -> bool:
    """True of what befell before the deed: "bombed the port in revenge for two deaths", "after two had been killed"."""
    tree, (one, other) = effect.tree, (effect.candidate.trigger, cause.candidate.trigger)
    if effect.mention.kind == "responsibility":
        return False
    return is_answered(tree, one, other) or (cause.mention.kind == "strike" and is_afterwards(tree, one, other))


def _blamed_for(told: Sequence[Told], near: Sequence[int], k: int) -> int | None:
    """What somebody is blamed for: what stands under the blame, or the "raid" of "a raid that Kyiv blamed on him"."""
    x = told[k]
    t, clause = x.tree.tokens, x.candidate.clause
    under_it = next((n for n in near if under(x.tree, told[n].candidate.trigger, x.candidate.trigger)), None)
    if under_it is not None or t.deps[clause] != "relcl":
        return under_it
    head = t.heads[clause]  # of "the attack on the port of Izmail, which Kyiv blames on him" the town
    nouns = (n for n in reversed(near) if told[n].candidate.sense.part == "N" and n < k)
    return next((n for n in nouns if under(x.tree, head, told[n].candidate.trigger)), None)


def _is_beside(other: Told, x: Told) -> bool:
    return other.candidate.sentence == x.candidate.sentence


def _is_downing(cause: Told, effect: Told) -> bool:
    """True for those who die in what is shot down or sunk, and in a crash."""
    if effect.mention.kind != "kill_or_wound":
        return False
    word = cause.tree.tokens.lowers[cause.candidate.trigger]
    return cause.candidate.sense.counts == "shot_down" or word in _CRASHES


def _is_attribute(x: Told) -> bool:
    """True for "the besieged town", which says what the town is and not what befell those in it."""
    return x.tree.tokens.deps[x.candidate.trigger] == "amod" and x.candidate.sense.part != "N"


def _joined_to(told: Sequence[Told], around: Sequence[int], k: int) -> int | None:
    """The effect that an effect is joined to by "and": "killing six and wounding 12"."""
    x = told[k]
    t = x.tree.tokens
    for token in (x.candidate.trigger, x.candidate.clause):
        at = token
        while t.deps[at] == "conj" and t.heads[at] != at:
            at = t.heads[at]
            for n in around:
                if (
                    n < k
                    and told[n].mention.kind in _EFFECTS
                    and at in (told[n].candidate.trigger, told[n].candidate.clause)
                ):
                    return n
    return None


def _of_headline(told: Sequence[Told], near: Sequence[int], k: int) -> int | None:
    """The cause that stands nearest in a headline, which tells of one event: "Lorry rams into crowd, dozens dead"."""
    x = told[k]
    if not x.sentence.is_title or x.mention.realis != "actual":
        return None
    actual = [n for n in near if _has_happened(told[n])]
    return min(actual, key=lambda n: abs(told[n].candidate.trigger - x.candidate.trigger), default=None)


def _by_bringer(told: Sequence[Told], near: Sequence[int], k: int) -> int | None:
    """The cause that is the subject of what brings the effect about: "the raid left two men dead and one hurt"."""
    x = told[k]
    t, at = x.tree.tokens, x.candidate.trigger
    for _ in range(_STEPS):
        if t.deps[at] not in _CARRIED or t.heads[at] == at:
            return None
        at = t.heads[at]
        if t.lowers[at] in _BRINGING:
            subject = bringer(x.tree, at)
            named = next((n for n in near if subject is not None and told[n].candidate.trigger == subject), None)
            if named is not None or t.tags[at] != "VBG":
                return named
            return next((n for n in reversed(near) if n < k), None)  # "fired on the port, leaving two men killed"
    return None


def _by_tree(told: Sequence[Told], near: Sequence[int], k: int) -> int | None:
    """The cause that the effect's clause hangs on, that hangs on it, or that is its subject."""
    x = told[k]
    t = x.tree.tokens
    clause = x.candidate.clause
    above = t.heads[clause]
    for n in near:
        if above != clause and above in (told[n].candidate.clause, told[n].candidate.trigger):
            return n
    for n in near:
        trigger = told[n].candidate.trigger
        is_told = under(x.tree, trigger, clause) and not under(x.tree, x.candidate.trigger, trigger)
        if is_told and not _is_of_background(x, trigger):
            return n
    if _is_of_clause(x):
        for n in reversed(near):
            if told[n].candidate.trigger < x.candidate.trigger and under(x.tree, clause, told[n].candidate.clause):
                return n
    heads = [f.head for f in x.candidate.roles.get("target", ())]  # "those in a helicopter that was shot down"
    for n in near:
        trigger = told[n].candidate.trigger
        is_subject = t.heads[trigger] == clause and not _is_of_background(x, trigger)
        if is_subject or any(head != trigger and under(x.tree, trigger, head) for head in heads):
            return n
    return None


def _is_of_clause(x: Told) -> bool:
    """True of "a missile hit the market, which killed two": what "which" takes up is the clause before the comma."""
    t, clause = x.tree.tokens, x.candidate.clause
    if t.deps[clause] != "relcl" or x.tree.is_passive(clause):
        return False
    which = x.tree.kid(clause, "nsubj")
    return which is not None and t.tags[which] == "WDT" and which > 0 and t.lowers[which - 1] == ","


def _is_of_background(x: Told, trigger: int) -> bool:
    """True for what stands under "since" or "hours after" in the effect's clause: "killed since the protests began"."""
    t, at = x.tree.tokens, trigger
    is_dying = t.lowers[x.candidate.trigger] in _DYING  # of wounds, days after they were dealt
    if not is_dying and is_at_offset(x.tree, trigger, x.candidate.clause):
        return True
    for _ in range(8):
        if at == x.candidate.clause or t.heads[at] == at:
            return False
        if t.lowers[at] in _BACKGROUND or any(k < at and t.lowers[k] in _BACKGROUND for k in x.tree.kids(at)):
            return True
        at = t.heads[at]
    return False


def _before_participle(told: Sequence[Told], near: Sequence[int], k: int) -> int | None:
    """The cause told last before "killing two", "causing damage", "leaving a man dead"."""
    x = told[k]
    t = x.tree.tokens
    at = x.candidate.clause
    for _ in range(2):
        if t.tags[at] == "VBG":
            return next((n for n in reversed(near) if n < k), None)
        at = t.heads[at]
    return None


def _before_colon(told: Sequence[Told], near: Sequence[int], k: int) -> int | None:
    """The cause told last before the colon of "the market was shelled: nine people died"; None where none is."""
    x = told[k]
    lowers, effect = x.tree.tokens.lowers, x.candidate.trigger
    colon = next((at for at in range(effect - 1, x.tree.first, -1) if lowers[at] == ":"), None)
    if colon is None or x.mention.polarity != "affirmative":
        return None
    return next((n for n in reversed(near) if told[n].candidate.trigger < colon and _has_happened(told[n])), None)


def _has_happened(x: Told) -> bool:
    return x.mention.realis == "actual" and x.mention.polarity == "affirmative"


def across(told: Sequence[Told], caused_by: Sequence[int | None]) -> list[int | None]:
    """The causes, those of effects without one taken from the sentences before: "The port was hit. Two men died."

    The effect must have no other place, nothing else may have been told in between, and both must have happened.
    """
    found = list(caused_by)
    last: int | None = None
    deed: int | None = None
    for k, x in enumerate(told):
        if x.mention.kind in _DEEDS:
            deed = k if _has_happened(x) and not _is_attribute(x) else deed
        elif found[k] is None and deed is not None and _is_blamed_for(told[deed], x):
            found[k] = deed
        if x.mention.kind in _CAUSES:
            last = k if _has_happened(x) and not _is_attribute(x) else None
        elif x.mention.kind in _STEPS_OF_STORY:
            last = None
        elif found[k] is None and x.mention.kind in _EFFECTS:
            if last is not None and _follows(told[last], x):
                found[k] = last
            elif (over := _effect_over(told, k)) is not None:
                found[k] = found[over]
    return found


def _is_blamed_for(deed: Told, x: Told) -> bool:
    """True of a blame that names no deed, so that it is for what was told last: "denied any involvement"."""
    t, apart = x.tree.tokens, x.candidate.sentence - deed.candidate.sentence
    if x.mention.kind != "responsibility" or x.mention.realis != "actual" or not 0 <= apart <= _REACH:
        return False
    if deed.sentence.is_title or x.sentence.paragraph - deed.sentence.paragraph > 1:
        return False
    if t.deps[x.candidate.clause] == "relcl":
        return False  # "a crisis that Kyiv blames on him" names what it is for
    named = [f.head for role in ("target", "cause") for f in x.candidate.roles.get(role, ())]
    if any(t.lowers[head] not in _POINTING_BACK for head in named):
        return False
    if not named and any(t.lowers[k] in _FOR for k in x.tree.kids(x.candidate.trigger)):
        return False  # "responsible for operations in the east"
    # "blamed the delay on the weather"
    agents = (a for a in x.mention.arguments if a.role == "agent")
    return not any((a.side, a.actor_key, a.argument_class) == (None, None, None) for a in agents)


def _effect_over(told: Sequence[Told], k: int) -> int | None:
    """The effect that another one is told to bring: the "destroyed" of "a house was destroyed, killing two"."""
    x = told[k]
    t, at = x.tree.tokens, x.candidate.clause
    while t.deps[at] == "conj" and t.heads[at] != at:
        at = t.heads[at]
    if t.deps[at] != "advcl" or t.tags[at] != "VBG":
        return None
    before = range(k - 1, max(-1, k - 1 - _JOINED), -1)
    return next(
        (n for n in before if told[n].candidate.clause == t.heads[at] and told[n].mention.kind in _EFFECTS), None
    )


def _follows(cause: Told, x: Told) -> bool:
    apart = x.candidate.sentence - cause.candidate.sentence
    if not 0 < apart <= _REACH or x.mention.realis != "actual" or x.mention.polarity != "affirmative":
        return False  # "nobody was harmed in the search" that followed the fight
    here = [a for a in x.mention.arguments if a.role == "place"]
    there = [a for a in cause.mention.arguments if a.role == "place"]
    if x.sentence.paragraph != cause.sentence.paragraph:
        own = {a.name for a in here if not a.is_inferred} & {a.name for a in there if not a.is_inferred}
        return bool(own) and x.sentence.paragraph - cause.sentence.paragraph == 1
    return not here or any(a.is_inferred or a.name == b.name for a in here for b in there)


def with_participants(told: Sequence[Told], caused_by: Sequence[int | None]) -> list[Told]:
    """The mentions with the agents that cause and effect share.

    Of "a rebel raid killed two" and of "two were killed in a raid by rebels" the rebels killed; of "the rebels killed
    two in a raid" they raided. Of "two were killed in clashes with rebels", and of "when rebels raided the town", the
    text leaves open who killed, and of all of them whom else the raid was meant for.
    """
    found = list(told)
    for k, cause in enumerate(caused_by):
        if cause is None or (told[k].mention.kind == "responsibility" and told[k].mention.polarity == "negative"):
            continue
        if told[cause].candidate.sense.part == "N" and not _befalls_subject(told[cause]):
            found[cause] = _with(found[cause], [a for a in _agents(told[k]) if not a.is_inferred or a.side is not None])
        is_of_one = _is_of_one_side(told[cause]) and not _is_told_apart(told[k], told[cause])
        if is_of_one or _is_told_of_instrument(told[k], told[cause]):
            found[k] = _with(found[k], [a for a in _agents(found[cause]) if not _is_mere_sort(a)])
    for k in range(1, len(told)):
        if _is_joined_noun(told[k - 1], told[k]):  # "Turkish shelling and air strikes"
            for role in ("agent", "target"):
                one, other = found[k - 1].mention.arguments, found[k].mention.arguments
                found[k - 1] = _with(found[k - 1], [a for a in other if a.role == role], role)
                found[k] = _with(found[k], [a for a in one if a.role == role], role)
    return found


def _is_told_apart(effect: Told, cause: Told) -> bool:
    """True for a cause in a clause of its own under the effect: "two were killed when rebels raided the town"."""
    t, clause = effect.tree.tokens, cause.candidate.clause
    is_below = t.deps[clause] == "advcl" and under(effect.tree, clause, effect.candidate.clause)
    return is_below and effect.candidate.sentence == cause.candidate.sentence


def _is_mere_sort(agent: EventArgument) -> bool:
    """True for the "terrorist" of "a terrorist attack", which says what sort it is and not who did the harm."""
    return agent.is_inferred and agent.actor_key is None and agent.side is None


def _is_joined_noun(a: Told, b: Told) -> bool:
    """True for two nouns of one kind with "and" and their own adjectives between them."""
    if a.mention.kind != b.mention.kind or a.candidate.sentence != b.candidate.sentence:
        return False
    if a.candidate.sense.part != "N" or b.candidate.sense.part != "N":
        return False
    t = b.tree.tokens
    between = range(a.candidate.trigger + 1, b.candidate.trigger)
    is_short = 0 < len(between) <= _BETWEEN and any(t.tags[k] == "CC" for k in between)
    return is_short and all(t.tags[k] in ("CC", "JJ", "NN", ",", "HYPH", "VBG") for k in between)


def _is_told_of_instrument(effect: Told, cause: Told) -> bool:
    """True for "shells fired by rebels killed": the cause is told of what did it."""
    heads = {f.head for role in ("instrument", "cause") for f in effect.candidate.roles.get(role, ())}
    return effect.tree.tokens.heads[cause.candidate.clause] in heads


def _is_of_one_side(cause: Told) -> bool:
    """True for a raid, where those who raid do the harm; in a battle either side may have."""
    trigger = cause.tree.tokens.lowers[cause.candidate.trigger]
    return cause.mention.kind != "clash" or trigger not in _OF_BOTH_SIDES


def _with(x: Told, shared: Sequence[EventArgument], role: str = "agent") -> Told:
    """The mention with arguments of another one, where it has none of their role."""
    if any(a.role == role for a in x.mention.arguments):
        return x
    # nobody does to himself what befalls him: "40 died, three of its fighters who stormed the hotel among them"
    given = tuple(replace(a, is_inferred=True) for a in shared if role != "agent" or not _befalls(x, a))
    if not given:
        return x
    return replace(x, mention=replace(x.mention, arguments=(*given, *x.mention.arguments)))


def _befalls(x: Told, agent: EventArgument) -> bool:
    """True where an agent of another mention is, or is a part of, what this one befalls."""
    if any(a.role == "target" and a.start <= agent.start < a.end for a in x.mention.arguments):
        return True
    t, at = x.tree.tokens, x.tree.analysis.token_at(agent.start)
    near = t.lowers[max(x.tree.first, at - _BETWEEN) : at]
    return x.candidate.trigger < at < x.tree.last and not _PARTS_OF.isdisjoint(near)


def _befalls_subject(x: Told) -> bool:
    """True of the "attack" of "troops came under attack", which the subject of the light verb does not do."""
    is_light = x.candidate.rule.startswith("noun.light")
    return is_light and light_verbs().get(x.tree.tokens.lowers[x.candidate.clause]) == "target"


def _agents(x: Told) -> list[EventArgument]:
    return [a for a in x.mention.arguments if a.role == "agent"]
