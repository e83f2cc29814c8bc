"""Who did a harm, by statements of one event that name a side or deny that it did it, and whether anybody was harmed.

Belongs here: the rules on two statements of who did it, whether they are told of a strike, of its dead or of the blame,
and on two of whether people were killed or hurt. Does not belong here: which statements are of one event (``events``),
rules on two statements of one kind (``relations``), denials that the text itself ties to what they answer
(``answers``).
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.resolve.accounts.parties import IRREGULAR
from ingest.resolve.joining.victims import fatal, is_full_name
from ingest.resolve.kinds import are_allied, terms
from ingest.resolve.model import Statement
from ingest.resolve.relations.statements import (
    UNARMED,
    Told,
    Verdict,
    are_at_odds,
    have_days_in_common,
    have_own_knowledge,
    is_denial,
    is_of_days,
    is_one_authority,
    own_parties,
    parties,
)

_BLAME = "responsibility"
_BESIDE_CHARS = 160  # from what one voice says to what another says of the same
_KEY = ":"  # in the key of an actor, and in no side
_HARM, _STRIKE, _ARMED = "kill_or_wound", "strike", "armed"
_EFFECTS = frozenset([_HARM, "destroy"])
# classes and words of those who bear no arms, and those of them that are of all
_UNARMED = frozenset(["civilian", "civilians"])
_ALL, _CIVIL = "all", "civilian"  # who was not killed or hurt, in the words of a denial
_CIVILIANS = UNARMED | {"civilians", "children", "villagers"}
_FATAL = frozenset(["killed"])
_HURT = _FATAL | {"wounded"}
_HARMING = frozenset(["strike", "abuse", _BLAME]) | _EFFECTS

# whether a statement denies that somebody came to harm, whether they were killed or wounded, and whether it is told of
# all or of civilians
Harm = tuple[bool, frozenset[str], frozenset[str]]
# whether a statement denies it, the sides that it names, whether it is a blame, and whether of several deeds
Doing = tuple[bool, frozenset[str], bool, bool]

# the persons by name whom a statement says were killed, and who it says has done it
Killing = tuple[frozenset[str], frozenset[str]]


def harms(told: Iterable[Told]) -> list[tuple[Told, Doing]]:
    """The statements that say who did a harm, or that a side did not; each with its value."""
    found = [(t, who) for t in told if t.statement.kind in _HARMING and (who := parties(t))]
    # "denied responsibility for the attack" is told of the blame and of the attack
    disowned = {(t.account.account_id, t.statement.voice.key) for t, _ in found if _disowns(t)}
    # "shelled the market, killing nine" is told of the attack and of its dead
    attacked = {_deed(t, who) for t, who in found if t.statement.kind not in _EFFECTS}
    kept = []
    for t, who in found:
        s = t.statement
        is_blame, is_effect = s.kind == _BLAME, s.kind in _EFFECTS
        is_disowned = not is_blame and (t.account.account_id, s.voice.key) in disowned
        is_told_already = (s.is_negative and (is_disowned or is_effect)) or (is_effect and _deed(t, who) in attacked)
        if not is_told_already:
            kept.append((t, (s.is_negative, who, is_blame, s.is_many)))
    return kept


def _deed(told: Told, parties_named: frozenset[str]) -> tuple[str, str, bool, frozenset[str]]:
    s = told.statement
    return told.account.account_id, s.voice.key, s.is_negative, parties_named


def _disowns(told: Told) -> bool:
    return told.statement.is_negative and told.statement.kind == _BLAME


def judge_perpetrators(one: Told, value: Doing, other: Told, later: Doing) -> Verdict | None:
    """What two statements on who did it are to each other, whether of a strike, of its dead or of the blame."""
    (is_negative, agents, *_), (is_later_negative, later_agents, *_) = value, later
    if is_one_authority(one.statement, other.statement):
        return None
    if not agents & later_agents:
        if is_negative or is_later_negative:
            return None
        if _blame_each_other(one, other):
            return ("contradicts", "agent", "blamed_each_other", 1.0)
        return ("contradicts", "agent", "other_culprit", 1.0) if _name_two_culprits(one, other) else None
    if is_negative != is_later_negative:
        if agents & later_agents == {IRREGULAR}:
            return None  # "terrorists" may be others than the group that denies it
        denial, said = (one, other) if is_negative else (other, one)
        is_own_denial = _denies_told_deed(denial) and _is_of_others(said)
        is_of_claim = _owns_up(said) and _is_of_others(denial)
        if not (all(map(is_of_days, (one, other))) and (is_own_denial or is_of_claim)) or said.statement.is_many:
            return None
        return ("denies" if is_denial(one, other) else "contradicts", "agent", "doing_denied", 1.0)
    if is_negative or agents != later_agents or not (_is_of_others(one) and _is_of_others(other)):
        return None
    is_blame = _BLAME in (one.statement.kind, other.statement.kind) and _are_of_one_account(one, other)
    return ("corroborates", "agent", "blamed_alike", 1.0) if is_blame and have_own_knowledge(one, other) else None


def _denies_told_deed(told: Told) -> bool:
    """True of who denies that its own side has done what the text says was done: "denied any part in the attack"."""
    s = told.statement
    if s.voice.is_publisher or not own_parties(told) & parties(told):
        return False
    return any(t.is_told and not t.is_negative and t.kind in _HARMING for t in told.account.statements)


def _owns_up(told: Told) -> bool:
    """True of a speaker who says that his own side has done it."""
    return not told.statement.voice.is_publisher and bool(own_parties(told) & parties(told))


def _name_two_culprits(one: Told, other: Told) -> bool:
    """True of two voices of which each blames somebody, or owns up, for a deed of the same days, and for one alone.

    Only what is told of the blame tells of one deed: in a battle both sides strike.
    """
    if not all(map(_is_of_blame, (one, other))) or not all(map(is_of_days, (one, other))):
        return False
    ours, theirs = parties(one), parties(other)
    are_sides = not any(_KEY in party for party in ours | theirs)  # "the authorities in Kyiv" may be those of a side
    is_each_one = len(ours) == len(theirs) == 1 and are_sides
    return is_each_one and are_at_odds(ours, theirs) and have_days_in_common(one, other)


def _blame_each_other(one: Told, other: Told) -> bool:
    """True of two voices of which each says of the other's party alone that it has done one thing.

    It is one where a text tells the one beside the other: of several attacks each side blames the other for some.
    Those that hit different things are two, and so are the losses that each side tells of its own.
    """
    if one.statement.kind == other.statement.kind == _HARM or _hit_others(one.statement, other.statement):
        return False
    if not _are_told_together(one, other) or one.statement.voice.is_publisher or other.statement.voice.is_publisher:
        return False
    ours, theirs = parties(one), parties(other)
    if len(ours) != 1 or len(theirs) != 1 or not are_at_odds(ours, theirs):
        return False
    return ours <= own_parties(other) and theirs <= own_parties(one)


def _hit_others(one: Statement, other: Statement) -> bool:
    """True of two statements that both name what was hit, and by no word in common."""
    ours, theirs = ({word for p in s.targets for word in p.words} for s in (one, other))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _are_told_together(one: Told, other: Told) -> bool:
    """True of two statements of one text that stand next to each other."""
    first, second = sorted((one.statement, other.statement), key=lambda s: s.start)
    is_one_text = one.account.article_version_id == other.account.article_version_id
    return is_one_text and second.start - first.end <= _BESIDE_CHARS


def _is_of_blame(told: Told) -> bool:
    return told.statement.kind == _BLAME and not told.statement.voice.is_publisher


def killings(told: Iterable[Told]) -> list[tuple[Told, Killing]]:
    """The statements that say who killed somebody whom they name."""
    found = [(t, (_named_persons(t.statement), parties(t))) for t in told if _tells_of_killing(t.statement)]
    return [(t, (persons, killers)) for t, (persons, killers) in found if persons and killers]


def _tells_of_killing(s: Statement) -> bool:
    return s.kind == _HARM and not s.is_negative and s.trigger_stem.startswith(fatal())


def _named_persons(s: Statement) -> frozenset[str]:
    return frozenset(p.actor_key for p in s.targets if p.actor_key and is_full_name(p.actor_key))


def judge_killers(one: Told, killing: Killing, other: Told, later: Killing) -> Verdict | None:
    """Two voices name two sides for the death of one person, who has died but once."""
    (persons, killers), (later_persons, later_killers) = killing, later
    if is_one_authority(one.statement, other.statement) or persons.isdisjoint(later_persons):
        return None
    are_sides = not any(_KEY in killer for killer in killers | later_killers)  # a body may be of the side that is named
    are_apart = are_sides and are_at_odds(killers, later_killers)
    return ("contradicts", "agent", "other_killer", 1.0) if are_apart else None


def harmed(told: Iterable[Told]) -> list[tuple[Told, Harm]]:
    """The statements by which people were killed or hurt, or nobody was; each with what it says of that."""
    found = ((t, _harm_of(t.statement)) for t in told)
    return [(t, harm) for t, harm in found if harm is not None]


def _harm_of(s: Statement) -> Harm | None:
    """What is said of people: "killed nine villagers", "no civilian was hurt", "no deaths", "only rebels were hit"."""
    if not s.is_negative and s.kind in (_HARM, _STRIKE) and _are_only_armed(s):
        return True, _HURT, frozenset([_CIVIL])
    if s.kind != _HARM:
        return None
    named = {p.argument_class for p in s.targets} | {c.people for c in s.counts} | {c.counted for c in s.counts}
    people = {word for word in named if word is not None}
    at_large = people & terms("general_terms")
    if s.is_negative:
        # that no child died says nothing of others
        is_of_none = any(c.value == 0 for c in s.counts)  # "these people were not hurt" is said of some
        of = frozenset([_CIVIL] if people & _UNARMED else [_ALL] if is_of_none else [])
        return (True, _roles(s), of) if at_large and people == at_large | (people & _UNARMED) else None
    if s.counts and all(c.value == 0 for c in s.counts):
        return None
    if not people.isdisjoint(_CIVILIANS):
        return False, _roles(s), frozenset([_CIVIL, _ALL])
    # of people a text counts some; "people were killed" without a number may be soldiers
    return (False, _roles(s), frozenset([_ALL])) if at_large and s.counts else None


def _roles(s: Statement) -> frozenset[str]:
    """Whether it tells of the killed or of the wounded; of both where it counts neither."""
    return frozenset(c.role for c in s.counts) & _HURT or (_FATAL if s.trigger_stem.startswith(fatal()) else _HURT)


def _are_only_armed(s: Statement) -> bool:
    """True of "only combatants"."""
    names = [(p.name or "").lower().split()[:1] for p in s.targets]
    is_only = len(names) == 1 and not terms("only_terms").isdisjoint(names[0])
    return is_only and s.targets[0].argument_class == _ARMED


def judge_harmed(one: Told, harm: Harm, other: Told, later: Harm) -> Verdict | None:
    """One voice says that people, or civilians, were killed or hurt, another that none was."""
    is_of_same = not (harm[1].isdisjoint(later[1]) or harm[2].isdisjoint(later[2]))
    if harm[0] == later[0] or not is_of_same or is_one_authority(one.statement, other.statement):
        return None
    if not have_days_in_common(one, other) or not all(map(is_of_days, (one, other))):
        return None
    return ("denies" if is_denial(one, other) else "contradicts", "target", "harm_denied", 1.0)


def _is_of_others(told: Told) -> bool:
    """True of what a voice says that another side than its own, or its ally, has done: owning up is no blame."""
    own, agents = own_parties(told), parties(told)
    return not own & agents and not any(are_allied({side, agent}) for side in own for agent in agents)


def _are_of_one_account(one: Told, other: Told) -> bool:
    """True of statements that the text itself ties."""
    return one.account.account_id == other.account.account_id
