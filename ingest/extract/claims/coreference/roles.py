"""Whom a common noun stands for: "the spokesman", "the ministry", "the group".

Belongs here: the person who bears a role, the body that is named again by its last word. Does not
belong here: pronouns (``pronouns``), the offices that a text states of a person (``entities``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.claims.coreference.actors import Actor, demonyms, same_roles, sex_of_role
from ingest.extract.claims.coreference.discourse import Discourse
from ingest.extract.claims.coreference.entities import Entities
from ingest.extract.claims.coreference.names import share_a_word
from ingest.extract.lexicon import words

_OF = re.compile(r"\b(?:of|for|at)\s+(.+)$")
_BACK = 4  # sentences back that a bare role may reach for one of whom nothing is known


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
    origins = {demonyms()[m] for m in modifiers if m in demonyms()}
    own = [m for m in modifiers if m not in demonyms() and m not in ("then", "former")]
    best, best_score = None, 0.0
    of = _OF.search(phrase)
    unnamed = (a for a in entities.others.values() if a.kind in ("role", "person", "unnamed") and not a.plural)
    for actor in [*entities.people.values(), *unnamed]:
        score = 3.0 if role in actor.roles else 1.5 if same & actor.roles else 0.0
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
        if of is not None and of.group(1).startswith(("a ", "an ")):
            return None  # "the mayor of a town": of one not told of before
        if of is not None and not share_a_word(of.group(1), stated):
            continue
        if own and role in actor.roles and not any(m in stated for m in own):
            continue
        if own and role not in actor.roles:
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
    if best is not None or modifiers or role in words("coreference.toml", "nobodys"):
        return best
    return _last_speaker(role, sentence, discourse)


def _last_speaker(role: str, sentence: int, discourse: Discourse) -> Actor | None:
    """For a bare role that fits nobody's: the one who has been speaking, if nothing is known of his."""
    for seen in discourse.nearest():
        if seen.speaks and seen.actor.kind == "person" and sentence - seen.sentence <= _BACK:
            sex = sex_of_role(role)
            return seen.actor if not seen.actor.roles and sex in ("", seen.actor.sex or sex) else None
    return None


def same_body(low: str, sentence: int, discourse: Discourse) -> Actor | None:
    """ "the ministry" after "the Russian defence ministry" is that one; "the group" the body that just spoke."""
    for seen in discourse.recent():
        name = seen.actor.name.lower()
        if " " not in name:
            continue
        just_spoke = seen.speaks and sentence - seen.sentence <= 1 and seen.actor.kind in ("institution", "media")
        if just_spoke and low in words("coreference.toml", "any_body"):
            return seen.actor
        if seen.actor.kind in ("institution", "media", "group") and (name.split()[-1] == low or f" {low} of " in name):
            return seen.actor
    return None
