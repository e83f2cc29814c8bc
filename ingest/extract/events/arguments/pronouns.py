"""Whom a pronoun takes up in its own sentence: the "coalition" of "the coalition said its raids killed two".

Belongs here: which noun of the sentence a pronoun for a body (a state, an army, an organisation) stands for. Does not
belong here: who is meant over sentences (``ingest.extract.claims.coreference``).
"""

from __future__ import annotations

from ingest.extract.events.entities import Referents
from ingest.extract.events.grammar.clauses import verb_over
from ingest.extract.events.lexicon import listed
from ingest.extract.syntax.tree import Tree

_FILE = "scope.toml"
_SINGULAR_PRONOUNS = listed(_FILE, "singular_pronouns")
_PRONOUNS_OF_BODIES = listed(_FILE, "pronouns_of_bodies")
_DENYING = listed("assertion.toml", "denying")
_BLAMING = listed("light.toml", "blaming")
_BODIES = frozenset(["side", "state", "armed", "institution"])  # who acts and is no person
_ACTING = _BODIES | {"aircraft", "vessel"}
_INSIDE = frozenset(["compound", "amod", "nmod"])  # words of a phrase that another noun heads
_VERBS_ABOVE = 4


def full_mention(tree: Tree, head: int, referents: Referents) -> int | None:
    """The head of the phrase of the sentence that an "it" or "its" stands for, which acts.

    That is the subject of the nearest verb above that has one, if it may be meant; else the nearest noun before that
    may; else, of an "its" that the sentence begins with, the subject behind it ("in its raids the army"). None for
    other words and where the sentence names nothing that may be meant.
    """
    t = tree.tokens
    if t.tags[head] not in ("PRP", "PRP$") or t.lowers[head] not in _SINGULAR_PRONOUNS:
        return None
    if (accused := _accused(tree, head)) is not None and _is_one_body(tree, accused, referents):
        return accused
    bound = _subject_above(tree, head)
    is_fit = bound is not None and _is_one_body(tree, bound, referents)
    if bound is not None and is_fit and bound < head:
        return bound
    own = tree.subject(verb_over(tree, head) or head)  # not the army of "the army took it"
    before = (k for k in range(head - 1, tree.first - 1, -1) if k != own and _is_one_body(tree, k, referents))
    found = next(before, None)
    return bound if found is None and is_fit and t.tags[head] == "PRP$" else found


def binding_body(tree: Tree, head: int, referents: Referents) -> int | None:
    """The "rebels" of "the rebels said they had bombed the town", of "the rebels said their raids killed two".

    The subject of the nearest verb above a pronoun that has one, if it agrees with it in number and may act; a subject
    of the pronoun's own clause only for an owner. None for other words, and where that subject is a pronoun itself.
    """
    t = tree.tokens
    if t.tags[head] not in ("PRP", "PRP$") or t.lowers[head] not in _PRONOUNS_OF_BODIES:
        return None
    subject = _subject_above(tree, head)
    if subject is None or subject > head or not _is_body(tree, subject, referents):
        return None
    is_plural = t.lowers[head] not in _SINGULAR_PRONOUNS
    return subject if t.tags[subject] != ("NN" if is_plural else "NNS") else None


def _accused(tree: Tree, head: int) -> int | None:
    """The "army" of "the opposition blamed the army for the raid, but it denied that"; None for others."""
    t, verb = tree.tokens, verb_over(tree, head)
    above = verb_over(tree, verb) if verb is not None and t.lowers[verb] in _DENYING else None
    if above is None or t.lowers[above] not in _BLAMING or tree.is_passive(above):
        return None
    return tree.kid(above, "dobj")


def _subject_above(tree: Tree, head: int) -> int | None:
    """The subject of the nearest verb above a pronoun that has one other than the pronoun; None for none."""
    verb = verb_over(tree, head)
    for _ in range(_VERBS_ABOVE):
        if verb is None:
            return None
        subject = tree.subject(verb)
        if subject is not None and subject != head:
            return subject
        verb = verb_over(tree, verb)
    return None


def _is_body(tree: Tree, k: int, referents: Referents) -> bool:
    labels = referents.labels(tree, k)
    return tree.tokens.tags[k].startswith("NN") and bool(labels & _BODIES) and "person" not in labels


def _is_one_body(tree: Tree, k: int, referents: Referents) -> bool:
    """True for the head of a phrase for one state, army, organisation or warplane, with no other joined to it."""
    t = tree.tokens
    if t.tags[k] not in ("NN", "NNP") or t.deps[k] in _INSIDE:
        return False
    labels = referents.labels(tree, k)
    is_joined = any(t.deps[x] == "conj" and x > k for x in tree.kids(k))
    return bool(labels & _ACTING) and "person" not in labels and not is_joined
