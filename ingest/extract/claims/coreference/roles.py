"""Whom a common noun stands for: "the spokesman", "the ministry", "the group", "a monitor".

Belongs here: the person who bears a role, the body that is named again by a noun. Does not belong here:
pronouns (``pronouns``), the offices that a text states of a person (``people``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ingest.extract.claims.coreference.actors import Actor, bare, demonyms, described, known, same_roles, sex_of_role
from ingest.extract.claims.coreference.bodies import head_of
from ingest.extract.claims.coreference.discourse import Discourse
from ingest.extract.claims.coreference.entities import Entities
from ingest.extract.claims.coreference.names import share_a_word
from ingest.extract.lexicon import words

_OF_ANY_BEARER = words("coreference.toml", "of_any_bearer")
_NOBODYS = words("coreference.toml", "nobodys")
_VAGUE = words("coreference.toml", "vague")
_JOINT_BODIES = words("coreference.toml", "joint_bodies")
_ANY_BODY = words("coreference.toml", "any_body") - _JOINT_BODIES
_SORTS_OF_GROUP = words("coreference.toml", "group", "sorts")
_OF = re.compile(r"\b(?:of|for|at)\s+(.+)$")
_FORMER = words("coreference.toml", "former") - {"then"}
_BACK = 4  # sentences back that a bare role may reach for one of whom nothing is known
_JUST = 3  # sentences back that "the man" may reach
_FAR = 20.0  # mentions back
_STEM = 6  # letters that words of one office begin with
_BODIES = frozenset(["institution", "media", "group"])


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a phrase says of the person who bears its role.

    Attributes:
        role: the noun, lower case.
        same: other words that one who bears it may go by.
        origins: codes of the states that the phrase names: "the Belarusian president".
        own: words before the noun that tell which bearer is meant: "regional" of "the regional governor".
        of: what the role is of, as written, where that is no state; "" for nothing.
        is_bare: True where nothing stands with the noun that tells which bearer is meant.
        is_former: True for "the former president", who is not the president.
    """

    role: str
    same: frozenset[str]
    origins: frozenset[str]
    own: tuple[str, ...]
    of: str
    is_bare: bool
    is_former: bool


def _wanted(role: str, modifiers: Sequence[str], phrase: str) -> _Wanted | None:
    """What a phrase asks of its bearer; None for "the mayor of a town", who was not told of before."""
    m = _OF.search(phrase)
    of = m.group(1) if m is not None else ""
    if of.startswith(("a ", "an ")):
        return None
    state = demonyms().get(bare(of))  # "the president of Belarus" as "the Belarusian president"
    origins = {demonyms()[word] for word in modifiers if word in demonyms()} | ({state} if state else set())
    own = tuple(word for word in modifiers if word not in demonyms() and word not in _OF_ANY_BEARER)
    is_bare, is_former = not (origins or own or of), not _FORMER.isdisjoint(modifiers)
    return _Wanted(role, same_roles(role), frozenset(origins), own, "" if state else of, is_bare, is_former)


def bearer(
    role: str, modifiers: Sequence[str], phrase: str, sentence: int, entities: Entities, discourse: Discourse
) -> Actor | None:
    """The person who bears a role: its own word first, then one that may go by it, nearest first.

    Args:
        role: the noun, lower case: "spokesman".
        modifiers: the words before it without articles, lower case.
        phrase: the noun phrase as written.
        sentence: number of its sentence.
        entities: the actors of the text.
        discourse: the mentions before it.
    """
    wanted = _wanted(role, modifiers, phrase)
    if wanted is None:
        return None
    near: dict[int, float] = {}
    recent = discourse.recent()
    for rank, seen in enumerate(recent):
        near.setdefault(id(seen.actor), rank + (0 if seen.speaks or seen.is_subject else 2))
    speakers = frozenset(id(s.actor) for s in recent if s.speaks)
    best, best_score = None, 0.0
    unnamed = (a for a in entities.others.values() if a.kind in ("role", "person", "unnamed") and not a.plural)
    for actor in [*entities.people, *unnamed]:
        score = _fit(wanted, actor, entities)
        score += _nearness(wanted, actor, near, speakers) if score else 0.0
        if score > best_score:
            best, best_score = actor, score
    is_title = _titles(entities)
    if best is None and wanted.is_bare:
        best = _only_known(role, entities, near)
    if best is None and wanted.own and not wanted.of:
        best = _last_of_its_kind(wanted, sentence, entities, discourse)
    if best is None and wanted.is_former:
        best = _spoke_before(wanted, sentence, discourse)
    if best is not None or modifiers or not wanted.is_bare or role in words("coreference.toml", "nobodys"):
        return best
    return _last_speaker(role, sentence, discourse, is_title)


def _titles(entities: Entities) -> Callable[[int], bool]:
    return lambda number: entities.analysis.sentences[number].is_title


def _fit(wanted: _Wanted, actor: Actor, entities: Entities) -> float:
    """How well somebody fits what a phrase says of its bearer; 0 for one who cannot be meant."""
    role, origins = wanted.role, wanted.origins
    score = 3.0 if role in actor.roles else 1.5 if wanted.same & actor.roles else 0.0
    if not score and origins and actor.side in origins:
        # "the French president" is who is known to be it, where the text names him without his office
        score = 2.0 if role in actor.known_roles else 1.0 if wanted.same & actor.known_roles else 0.0
    if not score or (actor.sex and sex_of_role(role) not in ("", actor.sex)):
        return 0.0
    if wanted.is_former and not _may_be_former(role, actor):
        return 0.0
    if origins:
        if actor.side in origins or {demonyms()[m] for m in actor.marks} & origins:
            score += 1
        elif actor.side is None and not actor.marks and role in actor.roles:
            score -= 1  # of no stated origin: another's only if none fits better
        else:
            return 0.0
    stated = _stated(wanted, actor, entities) if wanted.of or wanted.own else ""
    if wanted.of and not (share_a_word(wanted.of, stated) or _shares_stem(wanted.of.lower(), stated)):
        return 0.0
    if wanted.own:
        told = [word in stated or _shares_stem(word, stated) for word in wanted.own]
        is_known = bool(origins) and role in actor.known_roles
        # by another word for the office ("the NATO head" of its secretary general) only where all words are its own
        is_alike = bool(wanted.same & actor.roles) and all(told)
        if not (any(told) if role in actor.roles else is_known or is_alike):
            return 0.0
    return score


def _stated(wanted: _Wanted, actor: Actor, entities: Entities) -> str:
    """The words of the actor's first office, and of those with the role: "chairman of the council, Gen Jane Roe"."""
    offices = (entities.mentions.text(*office).lower() for office in actor.offices)
    roles = {wanted.role, *wanted.same}
    alike = (office for office in offices if not roles.isdisjoint(re.findall(r"\w+", office)))
    return " ".join([(actor.role or "").lower(), *alike])


def _may_be_former(role: str, actor: Actor) -> bool:
    """True for one whom the text calls a former something, or gives the office as a title and says no more."""
    if actor.role is None:
        return role in actor.roles
    return not _FORMER.isdisjoint(re.findall(r"\w+", actor.role.lower()))


def _shares_stem(one: str, other: str) -> bool:
    """True where the words begin as a word of the other: "economic affairs" and "economy minister"."""
    stems = {word[:_STEM] for word in other.split() if len(word) > _STEM}
    return any(word[:_STEM] in stems for word in one.split() if len(word) > _STEM)


def _nearness(wanted: _Wanted, actor: Actor, near: Mapping[int, float], speakers: frozenset[int]) -> float:
    """What the mentions before add to the fit of one who may be meant; so little that he falls out where none may."""
    is_speaker = id(actor) in speakers
    if id(actor) in near:
        return max(0.0, 1.5 - 0.1 * near[id(actor)]) + (0.5 if is_speaker else 0.0)
    return 0.0 if wanted.origins or wanted.own else -1.0  # named only later, or in a caption


def _last_of_its_kind(wanted: _Wanted, sentence: int, entities: Entities, discourse: Discourse) -> Actor | None:
    """For "the Texas lawmaker": the one who has been speaking, if he alone in the text goes by such a word."""
    alike = [p for p in entities.people if wanted.same & p.roles or wanted.role in p.roles]
    if len(alike) != 1 or not wanted.same & alike[0].roles or wanted.role in _NOBODYS:
        return None
    if not _VAGUE.isdisjoint(wanted.own):
        return None  # "the rebel leader" is not the president who spoke before
    is_title = _titles(entities)
    for seen in discourse.nearest():
        if sentence - seen.sentence > _BACK:
            return None
        if seen.speaks and seen.weight >= 1 and not is_title(seen.sentence):
            is_against = wanted.origins and seen.actor.side not in wanted.origins
            return seen.actor if seen.actor is alike[0] and not is_against else None
    return None


def _spoke_before(wanted: _Wanted, sentence: int, discourse: Discourse) -> Actor | None:
    """For "the former Danish minister": the one who spoke last, right before, if he is Danish and not the minister."""
    for seen in discourse.nearest():
        if sentence - seen.sentence > _JUST:
            return None
        if seen.speaks and seen.weight >= 1:
            actor, sex = seen.actor, sex_of_role(wanted.role)
            holds = wanted.role in actor.known_roles or wanted.role in actor.roles
            fits = actor.kind == "person" and actor.side in wanted.origins and sex in ("", actor.sex or sex)
            return actor if fits and not holds else None
    return None


def _only_known(role: str, entities: Entities, near: Mapping[int, float]) -> Actor | None:
    """ "the chancellor": who is known to be one, if the text names no other, and has named him before."""
    known_ones = [p for p in entities.people if role in p.known_roles]
    return known_ones[0] if len(known_ones) == 1 and near.get(id(known_ones[0]), _FAR) < _FAR else None


def _last_speaker(role: str, sentence: int, discourse: Discourse, is_title: Callable[[int], bool]) -> Actor | None:
    """For a bare role that fits nobody's: the one who has been speaking, if nothing is known of his."""
    for seen in discourse.nearest():
        if is_title(seen.sentence):
            return None
        if seen.speaks and seen.actor.kind == "person" and sentence - seen.sentence <= _BACK:
            sex = sex_of_role(role)
            return seen.actor if not seen.actor.roles and sex in ("", seen.actor.sex or sex) else None
    return None


def who_just_spoke(role: str, sentence: int, discourse: Discourse) -> Actor | None:
    """For "the man", "the young woman": the person who spoke last, a few sentences before, if the sex fits."""
    for seen in discourse.nearest():
        if sentence - seen.sentence > _JUST:
            return None
        if seen.speaks and seen.weight >= 1:
            sex, actor = sex_of_role(role), seen.actor
            is_someone = actor.kind in ("person", "role", "unnamed") and not actor.plural
            return actor if is_someone and sex in ("", actor.sex or sex) else None
    return None


def same_body(
    noun: str, modifiers: Sequence[str], is_definite: bool, sentence: int, entities: Entities, discourse: Discourse
) -> Actor | None:
    """The body that a noun names again: "the ministry", "the Britain-based monitor", "the newspaper".

    Args:
        noun: the head noun, lower case.
        modifiers: the words before it without articles, lower case.
        is_definite: True for "the", "this", "its"; "a monitor" is a listed one only, by what news calls it.
        sentence: number of its sentence.
        entities: the actors of the text.
        discourse: the mentions before it.
    """
    tells = telling(modifiers)
    is_of_place = len(tells) < len(modifiers) and any(word.endswith("based") for word in modifiers)
    if not is_definite or is_of_place:
        called = _called(noun, modifiers, entities)
        if called is not None or not is_definite:
            return called
    sentences = entities.analysis.sentences
    recent = [
        s
        for s in discourse.recent()
        if s.actor.kind in _BODIES and not s.actor.plural and not sentences[s.sentence].is_title
    ]
    group: Actor | None = None
    for seen in sorted(recent, key=lambda s: s.actor.name == s.actor.name.lower()):  # those with a name first
        actor = seen.actor
        if not _agree(tells, actor):
            continue
        low = actor.name.lower().split()
        is_named_so = " " in actor.name and head_of(low) == noun
        just_spoke = seen.speaks and sentence - seen.sentence <= 1 and actor.kind in ("institution", "media")
        if is_named_so or noun in actor.called or _is_called(noun, actor):
            is_called_near = noun in actor.called and sentence - seen.sentence <= _BACK
            return actor if group is None or is_called_near else group
        if actor.kind == "group" and noun in _SORTS_OF_GROUP and known().get(bare(actor.name)) is not None:
            group = group or actor  # unless the text has called another so
            continue
        is_any = noun in _ANY_BODY or {noun, head_of(low)} <= _JOINT_BODIES
        if just_spoke and " " in actor.name and is_any:
            return group or actor
        is_medium = actor.kind == "media" and noun in words("coreference.toml", "media", "sorts")
        if is_medium and sentence - seen.sentence <= _BACK:
            return group or actor
    return group or _called(noun, modifiers, entities)


def telling(modifiers: Sequence[str]) -> list[str]:
    """The modifiers that say which body is meant: without "Britain-based", "monitoring"."""
    told: list[str] = []
    for k, word in enumerate(modifiers):
        is_home = word == "based" or (k + 1 < len(modifiers) and modifiers[k + 1] == "based") or word.endswith("-based")
        if not is_home and word not in _VAGUE and word != "-":
            told.append(word)
    return told


def _agree(tells: Sequence[str], actor: Actor) -> bool:
    """True where all modifiers are words of the body's name, or name its side."""
    low = set(re.findall(r"\w+", actor.name.lower())) if tells else ()
    return all(w in low or (w in demonyms() and demonyms()[w] == actor.side) for w in tells)


def _is_called(noun: str, actor: Actor) -> bool:
    entry = known().get(bare(actor.name))
    return entry is not None and noun in described().get(entry[0], ())


def _called(noun: str, modifiers: Sequence[str], entities: Entities) -> Actor | None:
    """The only listed body of the text that news calls so: "a monitor" is the Observatory where it is named."""
    if telling(modifiers):
        return None
    phrase = " ".join([*modifiers[-1:], noun])
    found = [
        name
        for name, nouns in described().items()
        if (noun in nouns or phrase in nouns) and entities.bodies.names(name)
    ]
    if len(found) != 1:
        return None
    listed = entities.bodies.listed(found[0])
    return entities.other(*listed) if listed is not None else None
