"""Counts: which figures belong to which event mention, in which role, and how much they cover.

Belongs here: joining figures to mentions by the tree and by what stands next to them, and the scope
of a count. Does not belong here: values of figures (``ingest.extract.figures``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.extract.analysis import Sentence
from ingest.extract.events.lexicon import listed, table
from ingest.extract.events.model import Candidate
from ingest.extract.events.referents import Referents
from ingest.extract.syntax.tree import Tree
from ingest.records import COUNT_ROLES, EventCount, Figure

_SKIPPED = frozenset(["NN", "NNS", "NNP", "NNPS", "JJ", "RB", "JJR", "RBR", "POS", "HYPH", "IN", "DT", "CD", "VBN"])
_OF_STATUS = {"held": "captured", "evacuated": "displaced"}
_REACH = 8
_PEOPLE_ROLES = frozenset(["killed", "wounded", "missing", "captured", "displaced"])


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure of a sentence with the tokens it reaches over, ``last`` exclusive."""

    index: int
    first: int
    last: int
    figure: Figure


def counts(
    tree: Tree, sentence: Sentence, candidates: Sequence[Candidate], referents: Referents
) -> dict[int, list[EventCount]]:
    """The counts of each candidate of a sentence, by its place in ``candidates``."""
    figures = _figures(sentence, referents)
    if not figures or not candidates:
        return {}
    given: dict[int, tuple[int, str]] = {}
    for figure in figures:
        found = (
            _beside(tree, figure, candidates)
            or _filled(tree, figure, candidates, referents)
            or _by_status(figure, candidates)
        )
        if found is not None:
            given[figure.index] = found
    parts = _parts(tree, figures, given, candidates)
    result: dict[int, list[EventCount]] = {}
    for figure in figures:
        found = given.get(figure.index)
        if found is not None:
            k, role = found
            scope = scope_of(tree, figure, is_part=figure.index in parts)
            result.setdefault(k, []).append(EventCount(figure=figure.index, role=role, scope=scope))
    return result


def _figures(sentence: Sentence, referents: Referents) -> list[Counted]:
    """The figures of a sentence that count something; ages, durations, distances and shares do not."""
    found: dict[int, list[int]] = {}
    for token in range(sentence.first, sentence.last):
        index = referents.figure_at(token)
        if index is not None:
            found.setdefault(index, []).append(token)
    return [
        Counted(index, tokens[0], tokens[-1] + 1, figure)
        for index, tokens in found.items()
        if (figure := referents.found.figures[index]).kind in ("count", "rate", "other")
        and figure.counted not in _NO_COUNTS
    ]


_NO_COUNTS = frozenset(["times", "time", "days", "hours", "years", "months", "weeks"])


def _beside(tree: Tree, figure: Counted, candidates: Sequence[Candidate]) -> tuple[int, str] | None:
    """ "12 people were killed", "43 injured", "killing four": the trigger next to the figure and what it counts."""
    t = tree.tokens
    triggers = {c.trigger: k for k, c in enumerate(candidates)}
    behind = figure.last
    limit = min(tree.last, figure.last + _REACH)
    while behind < limit and behind not in triggers and (t.tags[behind] in _SKIPPED or _is_auxiliary(tree, behind)):
        behind += 1
    if behind < limit and (k := triggers.get(behind)) is not None:
        c = candidates[k]
        after = behind + 1
        takes_next = after < tree.last and (t.tags[after] == "CD" or t.lowers[after] in ("at", "more", "up"))
        is_done = t.tags[behind] in ("VBN", "VBD", "JJ", "NN") or c.sense.is_intransitive
        is_free = not takes_next or c.sense.is_intransitive
        is_object = behind == figure.last and _is_active(tree, behind)
        if c.sense.counts in _PEOPLE_ROLES and is_done and is_free and not is_object:
            return k, c.sense.counts
    before = figure.first - 1
    while before >= tree.first and before not in triggers and t.tags[before] in ("RB", "IN", "JJR", "DT", "JJS", "JJ"):
        if t.lowers[before] in ("of", "by", "from", "in", "to", "after", "with", "on"):
            break
        before -= 1
    if before >= tree.first and (k := triggers.get(before)) is not None:
        c = candidates[k]
        takes_object = c.sense.part == "V" and c.sense.counts_in == "target" and not c.sense.is_intransitive
        if takes_object and c.sense.counts in COUNT_ROLES and not tree.is_passive(before):
            return k, c.sense.counts
    return None


def _is_active(tree: Tree, v: int) -> bool:
    return tree.kid(v, "dobj") is not None and tree.tokens.tags[v] == "VBD"


def _is_auxiliary(tree: Tree, i: int) -> bool:
    return tree.tokens.lowers[i] in listed("scope.toml", "auxiliaries")


def _filled(
    tree: Tree, figure: Counted, candidates: Sequence[Candidate], referents: Referents
) -> tuple[int, str] | None:
    """A figure of the phrase that fills the counted role: "shot down four of six missiles"."""
    t = tree.tokens
    best: tuple[int, int, str] | None = None
    for k, c in enumerate(candidates):
        if c.sense.counts not in COUNT_ROLES:
            continue
        for filler in c.roles.get(c.sense.counts_in, ()):
            head = filler.head
            is_it = figure.first <= head < figure.last or any(
                figure.first <= x < figure.last and t.deps[x] in ("nummod", "amod", "quantmod", "det", "compound")
                for x in tree.kids(head)
            )
            if is_it:
                distance = abs(c.trigger - figure.first)
                if best is None or distance < best[0]:
                    best = (distance, k, c.sense.counts)
    return best[1:] if best is not None else None


def _by_status(figure: Counted, candidates: Sequence[Candidate]) -> tuple[int, str] | None:
    """The nearest mention that tells of what the figure's own clause says befell those counted."""
    status = figure.figure.status
    role = _OF_STATUS.get(status or "", status)
    if role not in COUNT_ROLES:
        return None
    near = [
        (abs(c.trigger - figure.first), k)
        for k, c in enumerate(candidates)
        if c.sense.counts == role or (role in ("killed", "wounded", "missing") and c.kind == "kill_or_wound")
    ]
    exact = [(d, k) for d, k in near if candidates[k].sense.counts == role]
    if exact or near:
        return min(exact or near)[1], role
    return None


def _parts(
    tree: Tree, figures: Sequence[Counted], given: dict[int, tuple[int, str]], candidates: Sequence[Candidate]
) -> set[int]:
    """Figures that count a part of another: they take its role over where they have none of their own."""
    t = tree.tokens
    found: set[int] = set()
    for n, figure in enumerate(figures):
        whole = next((g for g in figures if g.index == figure.figure.part_of), None)
        before = " ".join(t.lowers[max(tree.first, figure.first - 6) : figure.first])
        behind = " ".join(t.lowers[figure.last : figure.last + 7])
        near = _part_before().search(before)
        if whole is None and near is not None and n:
            whole = next((g for g in reversed(figures[:n]) if g.index in given), None)
        if whole is None and near is None and not _part_behind().search(behind):
            continue
        found.add(figure.index)
        if whole is not None and whole.index in given:
            k, role = given[whole.index]
            if figure.index not in given or given[figure.index][1] != role:
                given[figure.index] = (k, role)
        elif figure.index not in given:
            status = next(
                (
                    (abs(c.trigger - figure.first), k, c.sense.counts)
                    for k, c in enumerate(candidates)
                    if c.kind == "kill_or_wound" and c.sense.counts in COUNT_ROLES
                ),
                None,
            )
            if status is not None:
                given[figure.index] = (status[1], str(status[2]))
    return found


@cache
def _part_before() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(table("scope.toml")["part_before"]) + r")(?: \S+){0,3}$")


@cache
def _part_behind() -> re.Pattern[str]:
    return re.compile("|".join(table("scope.toml")["part_behind"]))


@cache
def _scope(name: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{p})\b" for p in table("scope.toml")[name]), re.I)


def scope_of(tree: Tree, figure: Counted, *, is_part: bool) -> str:
    """How much a count covers: a rate, a part, all so far, a period, or this event."""
    if figure.figure.kind == "rate" or figure.figure.per is not None:
        return "rate"
    if is_part:
        return "part"
    text = tree.analysis.text[tree.sentence.start : tree.sentence.end]
    if _scope("cumulative").search(text):
        return "cumulative"
    if _scope("period").search(text):
        return "period"
    return "event"
