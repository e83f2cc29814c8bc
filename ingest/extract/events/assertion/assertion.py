"""Whether the text says that it happened: polarity and realis of a candidate, with its extent.

Belongs here: the assertion of a candidate, from what the other modules of the room read, and what a person of a trade
does. Does not belong here: how negation and modality are read from the tree (``modality``), how much of a place is
meant (``extent``), and the words (``data/en/assertion.toml``).
"""

from __future__ import annotations

from ingest.extract.events.assertion.event_nouns import bears
from ingest.extract.events.assertion.extent import extent_of
from ingest.extract.events.assertion.modality import read
from ingest.extract.events.entities import Referents
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Assertion, Candidate
from ingest.extract.syntax.tree import Tree

_FILE = "assertion.toml"
_TRADES = listed(_FILE, "trades")
_OF_TRADES = frozenset(["deliver", "clash", "strike"])


def assertion(tree: Tree, candidate: Candidate, referents: Referents) -> Assertion:
    """Polarity, realis and extent of a candidate."""
    reading = read(tree, candidate)
    is_negative = reading.is_negative ^ candidate.is_negative
    extent, words = extent_of(tree, candidate, referents)
    realis = reading.realis or ("generic" if _is_trade(tree, candidate, referents) else "actual")
    return Assertion("negative" if is_negative else "affirmative", realis, extent, words)


def _is_trade(tree: Tree, candidate: Candidate, referents: Referents) -> bool:
    """True for "the facilitator distributed weapons", no day told: what a person of a trade does, not what was done."""
    t, clause, trigger = tree.tokens, candidate.clause, candidate.trigger
    if candidate.kind not in _OF_TRADES or t.tags[clause] not in ("VBD", "VBZ") or tree.sentence.is_title:
        return False
    subject = tree.subject(clause)
    if subject is None or t.lowers[subject] not in _TRADES or not bears(tree, candidate):
        return False
    if referents.dates_in(tree.left(clause), tree.right(clause) + 1):
        return False
    objects = [trigger] if t.tags[trigger].startswith("NN") else [f.head for f in candidate.roles.get("target", ())]
    return bool(objects) and all(_is_bare(tree, k) for k in objects)


def _is_bare(tree: Tree, noun: int) -> bool:
    """True for "weapons", "attacks", "the distribution of weapons": none that could be counted."""
    t = tree.tokens
    if any(t.deps[k] in ("poss", "nummod") for k in tree.kids(noun)):
        return False
    of = next((k for k in tree.kids(noun) if t.lowers[k] == "of"), None)
    inner = tree.kid(of, "pobj") if of is not None else None
    if inner is not None:
        noun = inner
    return t.tags[noun] in ("NN", "NNS") and not any(t.deps[k] in ("det", "poss", "nummod") for k in tree.kids(noun))
