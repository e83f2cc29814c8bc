"""What the parts of this package hand to each other; all of it frozen.

Belongs here: senses of trigger words, candidates for event mentions, what fills their roles, and places that a
sentence names.
Does not belong here: the record that is landed (``ingest.records.EventMention``) and any rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from ingest.extract.analysis import Sentence
from ingest.extract.syntax.tree import Tree
from ingest.records import EventMention
from ingest.values import value

PASSIVE = "verb.passive"  # the rule of verbs that tell what befell their subject, also without an auxiliary


@value(frozen=True, slots=True)
class Sense:
    """One meaning of a word that may name an event, as ``data/en/triggers.toml`` states it.

    ``roles`` maps grammatical functions (``subject``, ``object``, ``by``, ``poss``, ``modifier``, prepositions) to
    roles of the event. ``classes`` holds, by function, what may fill it; ``refused`` words, by function or by
    place (``before``, ``after``), with which the word means something else. ``is_taken_up`` where the noun is an
    event only as one that the text has told of before ("the meeting"). ``part`` is V for verbs, N for nouns, J for
    adjectives, C for words of control, E for what is told to be somewhere ("there were no tanks in the town").
    """

    kind: str
    part: str
    roles: Mapping[str, str]
    needs: tuple[str, ...] = ()
    needs_all: tuple[str, ...] = ()
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    refused: Mapping[str, frozenset[str]] = field(default_factory=dict)
    near: frozenset[str] = frozenset()
    object_words: frozenset[str] = frozenset()
    particle: tuple[str, ...] = ()
    particle_optional: tuple[str, ...] = ()
    word_after: tuple[str, ...] = ()
    light: frozenset[str] = frozenset()
    preposition: tuple[str, ...] = ()
    changes: frozenset[str] = frozenset()
    counts: str | None = None
    counts_in: str = "target"
    is_intransitive: bool = False
    voice: str | None = None
    kind_on_foot: str | None = None
    is_taken_up: bool = False


@value(frozen=True, slots=True)
class Filler:
    """The token that heads what fills a role; ``is_inferred`` where an adjective or an owner names it.

    ``first`` is the first token of its phrase, which then ends with its head, where the tree is not to be believed.
    """

    head: int
    is_inferred: bool = False
    first: int | None = None


@value(frozen=True, slots=True)
class Candidate:
    """An event mention before its arguments are made facts.

    ``trigger`` is the token that names the event, ``last`` the last token of the trigger (a particle's, else the
    same). ``clause`` is the token that heads the clause that tells of it: its own, or its light verb's. ``roles``
    holds the fillers by role. ``is_negative`` where the frame itself says that it did not happen, ``is_before`` for a
    state that ended with what else the sentence tells ("took X, the last rebel-held town").
    """

    kind: str
    rule: str
    sense: Sense
    trigger: int
    last: int
    clause: int
    sentence: int
    roles: Mapping[str, tuple[Filler, ...]]
    is_state: bool = False
    is_negative: bool = False
    is_before: bool = False


@value(frozen=True, slots=True)
class Assertion:
    """Whether the text says that it happened."""

    polarity: str
    realis: str
    extent: str | None = None
    extent_words: str | None = None


@value(frozen=True, slots=True)
class Told:
    """A mention with the candidate, the sentence and the tree that it was made from.

    ``kept`` holds what has been read of it once, by the name of what reads it.
    """

    mention: EventMention
    candidate: Candidate
    sentence: Sentence
    tree: Tree
    kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)


@value(frozen=True, slots=True)
class Named:
    """A place that a sentence names.

    ``first`` and ``last`` are its tokens. ``path`` leads from its last token to the head of the whole phrase that
    names it ("the market in the centre of X"), ``depth`` counts the places of that phrase that lie inside it,
    ``fine`` orders from buildings to countries, ``location`` is its index among the locations, None for a name on
    no map. ``is_beside`` where the text only says what lies near it ("20 km from X"), ``is_joined`` for the second of
    "in X and Y".
    """

    first: int
    last: int
    path: tuple[int, ...]
    depth: int
    fine: int
    location: int | None
    is_beside: bool = False
    is_joined: bool = False

    @property
    def top(self) -> int:
        """The token that heads the whole phrase."""
        return self.path[-1]
