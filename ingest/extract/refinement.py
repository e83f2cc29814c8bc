"""What event mentions tell of the other facts: the topic of a claim, the status of a figure.

Belongs here: the one step after all extractors, which replaces a reading made before events were known
by the one that follows from them. Does not belong here: finding any fact. The codes are data
(``data/events.toml``): a language has none of its own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

from ingest.extract.analysis import NO_HEAD, Analysis
from ingest.extract.base import Found
from ingest.extract.claims.assertion.topic import aimed, is_background
from ingest.extract.claims.lexicon import lemma_of
from ingest.extract.figures.lexicon import words
from ingest.extract.figures.status_words import are_apart
from ingest.extract.figures.status_words import statuses as status_words
from ingest.records import Claim, EventMention, Figure
from ingest.values import replace

_STEPS = 30  # words up the tree
_RELATIVE = 2  # words that a relative clause counts for
# words of fates side by side: "killed, injured or captured", and in headlines "Killed Injured"
_JOINED_BEFORE = re.compile(r"(\w+)(?:,? (?:and|or) |, |/|(?<=ed) (?=[A-Z]|$))$")
_JOINED_BEHIND = re.compile(r"(?:,? (?:and|or) |, |/| (?=[A-Z]\w+ed\b))(\w+)")
_FATES = frozenset({"killed", "wounded", "captured", "held", "missing"})
_JOINED_REACH = 40
_LATER = {"launched": ("shot_down", "destroyed"), "wounded": ("killed",)}  # by a role, fates that follow it
_OF_PEOPLE = frozenset({"killed", "wounded", "missing", "displaced"})
_DEEP = 4  # a mention farther below its claim's predicate is no longer what the claim is about


@cache
def _codes() -> dict[str, Any]:
    return tomllib.loads((files("ingest.extract") / "data" / "events.toml").read_text(encoding="utf-8"))


def refine(analysis: Analysis, found: Found) -> None:
    """Replace topics of claims and statuses of figures in ``found`` where event mentions say otherwise."""
    if not found.events:
        return
    found.figures = statuses(analysis.text, found.figures, found.events)
    found.claims = topics(analysis, found.claims, found.events)


def statuses(text: str, figures: Sequence[Figure], events: Sequence[EventMention]) -> list[Figure]:
    """The figures, each with the status that its role in an event says; those without a role as they are."""
    known: dict[str, list[str]] = _codes()["statuses"]
    refined = list(figures)
    mixed = _of_two_fates(text, events)
    for event in events:
        if event.realis != "actual" or event.polarity == "negative":
            continue  # "tried to arrest two men", "plans to send 300 troops": it has befallen nobody
        for count in event.counts:
            allowed = known.get(count.role)
            figure = refined[count.figure]
            if count.figure in mixed:
                refined[count.figure] = replace(figure, status=None)
                continue
            if figure.status is not None and _is_modifier(text, figure, event):
                continue  # "massacred 250 soldiers taken at the base": what is told of them comes first
            if figure.status in _LATER.get(count.role, ()):
                continue  # "fired 70 drones, of which 60 were intercepted", "two of the wounded died"
            is_deed = figure.counted in words("deeds")
            is_killed = count.role == "destroyed" and figure.status == "killed"  # people, whom nothing destroys
            # "two warships fired at the port" were not launched themselves
            is_crew = count.role == "launched" and figure.status is None and figure.counted not in words("weapons")
            if figure.counted is None and figure.kind == "count" and count.role in _OF_PEOPLE:
                figure = refined[count.figure] = replace(figure, counted="people")
            if allowed is not None and figure.status not in allowed and not (is_deed or is_killed or is_crew):
                refined[count.figure] = replace(figure, status=allowed[0])
    return refined


def _of_two_fates(text: str, events: Sequence[EventMention]) -> frozenset[int]:
    """The figures of whom some are dead and some are not: "killed and injured five", "the killing or arrest of ten"."""
    return frozenset(
        count.figure
        for event in events
        if event.kind in ("kill_or_wound", "detain") and event.counts and _is_of_two_fates(text, event)
        for count in event.counts
    )


def _is_of_two_fates(text: str, event: EventMention) -> bool:
    """Whether words of other fates are joined to a mention's own: "killed, injured or captured"."""
    first, last = event.char_start, event.char_end
    told = [event.exact]
    while (m := _JOINED_BEFORE.search(text, max(0, first - _JOINED_REACH), first)) and _are_fates(m[1], told[0]):
        told.insert(0, m[1])
        first = m.start()
    while (m := _JOINED_BEHIND.match(text, last)) and _are_fates(told[-1], m[1]):
        told.append(m[1])
        last = m.end()
    is_choice = " or " in text[first:last]
    return any(are_apart(_fate(a), _fate(b), is_choice=is_choice) for a, b in combinations(told, 2))


def _are_fates(a: str, b: str) -> bool:
    """Whether two words are of one sort, verbs or nouns, and each tells of a fate of people."""
    known, pair = status_words(), {a.lower(), b.lower()}
    is_one_sort = pair <= known.verbs.keys() or pair <= known.of_nouns.keys()
    return is_one_sort and {_fate(a), _fate(b)} <= _FATES


def _fate(word: str) -> str | None:
    """What a word says befell somebody; None of one that leaves it open, as "shot" does."""
    known, word = status_words(), word.lower()
    return known.verbs.get(word) or known.of_nouns.get(word)


def _is_modifier(text: str, figure: Figure, event: EventMention) -> bool:
    """Whether the mention is a participle behind what the figure counts, with no verb or mark between."""
    if event.char_start < figure.char_end or event.kind != "detain":
        return False
    between = text[figure.char_end : event.char_start]
    return between.strip() == (figure.counted_phrase or "")


def topics(analysis: Analysis, claims: Sequence[Claim], events: Sequence[EventMention]) -> list[Claim]:
    """The claims, each with the topic of the mention that stands nearest to its predicate.

    A topic read from the claim's words stays where one of its mentions allows it, where it has none, and where
    the mention is not the predicate itself.
    """
    held = mentions_held(claims, events)
    return [
        replace(claim, topic=topic)
        if (topic := _topic(analysis, claim, held.get(k, ()), events)) != claim.topic
        else claim
        for k, claim in enumerate(claims)
    ]


def mentions_held(claims: Sequence[Claim], events: Sequence[EventMention]) -> dict[int, list[int]]:
    """The numbers of the mentions inside each claim, those of the claims that it holds among them."""
    held: dict[int, list[int]] = {}
    for n, event in enumerate(events):
        at = event.claim
        while at is not None:
            held.setdefault(at, []).append(n)
            at = claims[at].parent
    return held


def is_of_a_topic(event: EventMention) -> bool:
    """Whether a mention of this kind says what a claim is about."""
    return event.kind in _codes()["topics"]


def _topic(analysis: Analysis, claim: Claim, held: Sequence[int], events: Sequence[EventMention]) -> str:
    """The topic of a claim whose content has the mentions numbered ``held``."""
    depths = {n: depth for n in held if (depth := depth_of(analysis, claim, events[n])) is not None}
    ranked = sorted((depth, n) for n, depth in depths.items() if is_of_a_topic(events[n]))
    if not ranked or ranked[0][0] > _DEEP or claim.topic in _codes()["kept"]["topics"]:
        return claim.topic
    nearest = [n for depth, n in ranked if depth <= ranked[0][0] + 1]
    # "the shelling killed four" tells of the four, and so does "four were killed in the shelling"
    effects = (n for n in nearest if events[n].kind == "kill_or_wound")
    effect = next((n for n in effects if not depths[n] or events[n].caused_by == nearest[0]), None)
    allowed = [_topics_of(events[n]) for n in nearest] if effect is None else [_topics_of(events[effect])]
    if any(claim.topic in topics for topics in allowed):
        return claim.topic
    is_told = effect is not None or not depths[nearest[0]] or claim.topic == "other"
    if not is_told:
        return claim.topic
    return aimed(allowed[0][0], lemma_of(claim.cue.text) if claim.cue else "", claim.rule_id)


def _topics_of(event: EventMention) -> Sequence[str]:
    """The topics that a claim with the mention may have; the first is its own unless words of the claim say more."""
    classes = {a.argument_class for a in event.arguments if a.role == "target"}
    for rule in _codes()["narrower"]:
        if rule["kind"] == event.kind and (
            not classes.isdisjoint(rule.get("classes", ())) or event.exact.lower() in rule.get("triggers", ())
        ):
            return list(rule["topics"])
    return list(_codes()["topics"][event.kind])


def depth_of(analysis: Analysis, claim: Claim, event: EventMention) -> int | None:
    """Words between the mention's trigger and the top of the claim's content in the tree; None in the background."""
    t = analysis.tokens
    part = next((s for s in claim.content if s.start <= event.char_start < s.end), None)
    if part is None:
        return None
    at, depth = analysis.token_at(event.char_start), 0
    for _ in range(_STEPS):
        head = t.heads[at]
        if is_background(analysis, at):
            return None
        if head in (NO_HEAD, at) or not part.start <= t.starts[head] < part.end:
            return depth
        depth += _RELATIVE if t.deps[at] == "relcl" else 1
        at = head
    return None
