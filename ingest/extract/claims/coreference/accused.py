"""Whom "it" means in a denial that follows a charge: "Kyiv blamed the militia for the raid, though it denied that".

Belongs here: the word for the accused of such a charge. Does not belong here: other pronouns (``pronouns``), and
which charge a denial answers (``ingest.extract.answers``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.extract.analysis import Analysis
from ingest.extract.claims.lexicon import listed
from ingest.extract.claims.model import Candidate
from ingest.extract.syntax.tree import CALENDAR, NOUNS, Tree

_FARTHEST = 1  # sentences from a charge to its denial
_BEFORE_ACCUSED = listed("before_accused")


def accused_by_denier(analysis: Analysis, claims: Sequence[Candidate]) -> dict[int, int]:
    """For each pronoun that denies right after a charge, the token of whom the charge accuses.

    Args:
        analysis: the text.
        claims: its claims, in order.
    """
    t = analysis.tokens
    told = sorted((c for c in claims if c.verb >= 0 and c.cue is not None), key=lambda c: c.verb)
    found: dict[int, int] = {}
    for charge, denial in pairwise(told):
        if charge.cue is None or denial.cue is None or denial.speaker is None:
            continue
        is_answer = charge.cue.cue_class == "accuse" and denial.cue.cue_class == "deny"
        if not is_answer or denial.sentence - charge.sentence > _FARTHEST or t.tags[denial.speaker.head] != "PRP":
            continue
        accused = _accused(Tree(analysis, analysis.sentences[charge.sentence]), charge.verb)
        if accused is not None and charge.verb < denial.speaker.head:
            found[denial.speaker.head] = accused
    return found


def _accused(tree: Tree, v: int) -> int | None:
    """The token of whom a charge accuses: behind "at" or "on", the object of its verb, or a passive's subject."""
    t = tree.tokens
    if tree.kid(v, "auxpass") is not None:
        return tree.kid(v, "nsubjpass")
    thing = tree.kid(v, "dobj")
    if thing is None:
        return None
    for k in range(thing + 1, tree.last - 1):
        if t.lowers[k] in _BEFORE_ACCUSED and t.heads[k] in (v, thing) and t.lowers[k + 1] not in CALENDAR:
            return tree.kid(k, "pobj")
    return thing if t.tags[thing] in NOUNS else None
