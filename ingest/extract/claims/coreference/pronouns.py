"""Whom a pronoun stands for.

Belongs here: the score of an antecedent. Does not belong here: nouns (``roles``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.claims.coreference.actors import Actor
from ingest.extract.claims.coreference.discourse import Discourse
from ingest.extract.lexicon import words

_REACH = 6  # sentences back that a pronoun may reach
_LAST_RESORT = 0.1  # the score of a source that "it" may mean: any body comes first
_NEAR = 2  # of these, sentences of which each counts in full: who is told of next is meant rather than who spoke last


def wanted_by(low: str) -> str:
    """What a pronoun asks for: "m", "f", "p" for many, "t" for a body or thing; "" for I, we, you and others."""
    for number, code in (("male", "m"), ("female", "f"), ("many", "p"), ("thing", "t")):
        if low in words("coreference.toml", number, "pronouns"):
            return code
    return ""


def fit(actor: Actor, wanted: str) -> float:
    """How well an actor is of the sex and number that a pronoun asks for; 0 where it cannot be."""
    someone = actor.kind in ("person", "role") or (actor.kind == "unnamed" and bool(actor.roles))
    human = someone and not actor.plural
    if wanted in ("m", "f"):
        if actor.kind in ("role", "unnamed") and actor.roles & words("coreference.toml", "reporters"):
            return 0  # "a Roe News correspondent reports": of him nothing more is told
        if not human or (actor.sex and actor.sex != wanted):
            return 0
        return 1.6 if actor.sex == wanted else 1.0
    if wanted == "p":
        if actor.plural or actor.kind == "group":
            return 2.0
        if actor.kind == "unnamed":
            return 0.6 if actor.roles else 0.0  # "a corridor" is nobody
        return 0.8 if actor.kind in ("institution", "country", "media") else 0
    if actor.kind == "unnamed" and actor.name.split()[-1].lower() in words("coreference.toml", "neutral"):
        return 0.6  # "a source said …. It added …"
    if actor.kind not in ("institution", "country", "media", "group") or actor.plural:
        return 0
    return 1.5 if actor.name != actor.name.lower() else 0.6  # "a campaign" is hardly who is meant


def _distance(back: int) -> float:
    """What an antecedent so many sentences back loses of its score."""
    return 2.6 * min(back, _NEAR) + 0.9 * max(back - _NEAR, 0)


def antecedent(
    low: str,
    sentence: int,
    is_quoted: bool,
    discourse: Discourse,
    starts: Sequence[int],
    own: Sequence[tuple[int, int]] = (),
    quoted: Actor | None = None,
) -> Actor | None:
    """The actor that a pronoun stands for; None where nobody fits, or for "I", "we", "you".

    Args:
        low: the pronoun, lower case.
        sentence: number of its sentence.
        is_quoted: True where it stands inside quotation marks.
        discourse: the mentions before it.
        starts: first character of each token.
        own: characters of what the pronoun's own claims say; who is told of there does not say it.
        quoted: whose quotation the pronoun stands in, who says "I" of himself; None where it is in nobody's.
    """
    wanted = wanted_by(low)
    if not wanted:
        return None
    best, best_score = None, 0.0
    for seen in discourse.nearest():
        back = sentence - seen.sentence
        if back > _REACH:
            break
        score = fit(seen.actor, wanted)
        at = starts[seen.token]
        if score <= 0 or seen.actor is quoted or any(s <= at < e for s, e in own):
            continue
        score += (
            6
            - _distance(back)
            + 2.2 * (seen.is_subject or seen.speaks)
            + 2.5 * seen.weight
            - (4 if seen.is_quoted and not is_quoted else 0)
        )
        if back == 0 and not seen.is_subject and not seen.speaks:
            score -= 1
        if wanted == "t" and seen.actor.kind == "unnamed":
            score = min(score, _LAST_RESORT)
        if score > best_score:
            best, best_score = seen.actor, score
    return best
