"""Whom a common noun stands for: "the spokesman", "the ministry", "the group", "a monitor".

Belongs here: the person who bears a role, the body that is named again by a noun. Does not belong here:
pronouns (``pronouns``), the offices that a text states of a person (``people``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ingest.extract.claims.coreference.actors import Actor, bare, demonyms, described, known, same_roles, sex_of_role
from ingest.extract.claims.coreference.bodies import head_of
from ingest.extract.claims.coreference.discourse import Discourse
from ingest.extract.claims.coreference.entities import Entities
from ingest.extract.claims.coreference.names import share_a_word
from ingest.extract.lexicon import words

_OF = re.compile(r"\b(?:of|for|at)\s+(.+)$")
_BACK = 4  # sentences back that a bare role may reach for one of whom nothing is known
_JUST = 3  # sentences back that "the man" may reach
_FAR = 20.0  # mentions back
_BODIES = frozenset(["institution", "media", "group"])


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
    near: dict[int, float] = {}
    recent = discourse.recent()
    for rank, seen in enumerate(recent):
        near.setdefault(id(seen.actor), rank + (0 if seen.speaks or seen.is_subject else 2))
    speakers = {id(s.actor) for s in recent if s.speaks}
    same = same_roles(role)
    of = _OF.search(phrase)
    if of is not None and of.group(1).startswith(("a ", "an ")):
        return None  # "the mayor of a town": of one not told of before
    origins = {demonyms()[m] for m in modifiers if m in demonyms()}
    of_state = demonyms().get(bare(of.group(1))) if of is not None else None
    if of_state is not None:
        origins.add(of_state)  # "the president of Belarus" as "the Belarusian president"
    own = [m for m in modifiers if m not in demonyms() and m not in ("then", "former")]
    best, best_score = None, 0.0
    unnamed = (a for a in entities.others.values() if a.kind in ("role", "person", "unnamed") and not a.plural)
    for actor in [*entities.people, *unnamed]:
        score = 3.0 if role in actor.roles else 1.5 if same & actor.roles else 0.0
        if not score and origins and actor.side in origins:
            # "the French president" is who is known to be it, where the text names him without his office
            score = 2.0 if role in actor.known_roles else 1.0 if same & actor.known_roles else 0.0
        if not score or (actor.sex and sex_of_role(role) not in ("", actor.sex)):
            continue
        if origins:
            if actor.side in origins or {demonyms()[m] for m in actor.marks} & origins:
                score += 1
            elif actor.side is None and not actor.marks and role in actor.roles:
                score -= 1  # of no stated origin: another's only if none fits better
            else:
                continue
        stated = (actor.role or "").lower()
        if of is not None and of_state is None and not share_a_word(of.group(1), stated):
            continue
        if own and role in actor.roles and not any(m in stated for m in own):
            continue
        if own and role not in actor.roles and not (origins and role in actor.known_roles):
            continue
        if id(actor) in near:
            score += max(0.0, 1.5 - 0.1 * near[id(actor)]) + (0.5 if id(actor) in speakers else 0)
        elif role == "military":
            continue
        elif not origins and not own:
            score -= 1  # named only later, or in a caption
        if role == "military" and (id(actor) not in speakers or actor.kind != "person"):
            continue
        if score > best_score:
            best, best_score = actor, score
    if best is None and not origins and not own and of is None:
        best = _only_known(role, entities, near)
    if best is not None or modifiers or role in words("coreference.toml", "nobodys"):
        return best
    return _last_speaker(role, sentence, discourse, lambda n: entities.analysis.sentences[n].is_title)


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
    recent = [s for s in discourse.recent() if not sentences[s.sentence].is_title]
    named = [s for s in recent if s.actor.name != s.actor.name.lower()]
    for seen in [*named, *(s for s in recent if s.actor.name == s.actor.name.lower())]:
        actor = seen.actor
        if actor.kind not in _BODIES or actor.plural or not _agree(tells, actor):
            continue
        low = actor.name.lower().split()
        is_named_so = " " in actor.name and head_of(low) == noun
        just_spoke = seen.speaks and sentence - seen.sentence <= 1 and actor.kind in ("institution", "media")
        if is_named_so or noun in actor.called or _is_called(noun, actor):
            return actor
        if just_spoke and " " in actor.name and noun in words("coreference.toml", "any_body"):
            return actor
        is_medium = actor.kind == "media" and noun in words("coreference.toml", "media", "sorts")
        if is_medium and sentence - seen.sentence <= _BACK:
            return actor
    return _called(noun, modifiers, entities)


def telling(modifiers: Sequence[str]) -> list[str]:
    """The modifiers that say which body is meant: without "Britain-based", "monitoring"."""
    told: list[str] = []
    for k, word in enumerate(modifiers):
        is_home = word == "based" or (k + 1 < len(modifiers) and modifiers[k + 1] == "based") or word.endswith("-based")
        if not is_home and word not in words("coreference.toml", "vague") and word != "-":
            told.append(word)
    return told


def _agree(tells: Sequence[str], actor: Actor) -> bool:
    """True where all modifiers are words of the body's name, or name its side."""
    low = set(re.findall(r"\w+", actor.name.lower()))
    return all(w in low or (w in demonyms() and demonyms()[w] == actor.side) for w in tells)


def _is_called(noun: str, actor: Actor) -> bool:
    entry = known().get(bare(actor.name))
    is_group = actor.kind == "group" and noun in words("coreference.toml", "group", "sorts")
    return entry is not None and (is_group or noun in described().get(entry[0], ()))


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
