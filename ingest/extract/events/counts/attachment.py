"""Counts: which figures belong to which event mention, in which role, and how much they cover.

Belongs here: joining figures to mentions by the tree and by what stands next to them. Does not belong here: how much
a count covers (``scope``), values of figures (``ingest.extract.figures``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.extract.analysis import Sentence
from ingest.extract.events.counts.scope import Counted, pattern, scope_of
from ingest.extract.events.counts.toll_updates import is_further, is_outdated
from ingest.extract.events.entities import Referents
from ingest.extract.events.grammar.clauses import hangs_on
from ingest.extract.events.lexicon import classes, listed
from ingest.extract.events.model import PASSIVE, Candidate
from ingest.extract.syntax.tree import Tree
from ingest.records import COUNT_ROLES, EventCount
from ingest.values import replace

_NO_COUNTS = listed("scope.toml", "no_counts")
_INSERTING = listed("scope.toml", "inserting")
_BREAKING = listed("scope.toml", "breaking")
_BEFORE_NUMBERS = listed("scope.toml", "before_numbers")
_COMPARING = listed("scope.toml", "comparing")
_AUXILIARIES = listed("scope.toml", "auxiliaries")
_ALONG = listed("scope.toml", "along")
_NUMBERING = listed("scope.toml", "numbering")
_SUMS = listed("scope.toml", "sums")
_SKIPPED = frozenset(["NN", "NNS", "NNP", "NNPS", "JJ", "RB", "JJR", "RBR", "POS", "HYPH", "IN", "DT", "CD", "VBN"])
_OF_STATUS = {"held": "captured", "evacuated": "displaced"}
_REACH = 8
_PART_REACH = 10  # tokens behind a count in which it is told to be a part
_PART_BEFORE = 8  # tokens before a count in which it is
# kinds of which a number of people may be told who did it: "four bombers attacked"
_DONE_BY = frozenset(["strike", "clash", "take", "advance", "encircle", "abuse"])
_PEOPLE_ROLES = frozenset(["killed", "wounded", "missing", "captured", "displaced"])
_OF_BODIES = _PEOPLE_ROLES - {"captured"}
_GROUND = frozenset(["settlement", "territory", "building"])


def counts(
    tree: Tree, sentence: Sentence, candidates: Sequence[Candidate], referents: Referents
) -> dict[int, list[EventCount]]:
    """The counts of each candidate of a sentence, by its place in ``candidates``."""
    figures = _figures(sentence, referents)
    if not figures or not candidates:
        return {}
    given: dict[int, tuple[int, str]] = {}
    weak: set[int] = set()
    starts = frozenset(figure.first for figure in figures)
    for figure in figures:
        found = (
            _beside(tree, figure, candidates, starts)
            or _filled(tree, figure, candidates, referents)
            or _summed(tree, figure, candidates, figures)
        )
        if found is None and (found := _by_status(figure, candidates)) is not None:
            weak.add(figure.index)
        if found is not None and not (found[1] in _OF_BODIES and _is_of_ground(figure)):
            given[figure.index] = found
    given = {index: _of_clause(tree, found, candidates) for index, found in given.items()}
    parts = _parts(tree, figures, given, weak, candidates)
    for one, of in _out_of(tree, figures, given, candidates):
        given.pop(of)
        parts.discard(one)
    result: dict[int, list[EventCount]] = {}
    for figure in figures:
        found = given.get(figure.index)
        if found is not None:
            for k, role in (found, *_joined(tree, found[0], candidates, given)):
                count = EventCount(
                    figure=figure.index,
                    role=role,
                    scope=scope_of(tree, figure, candidates[k], role, is_part=figure.index in parts),
                    is_further=is_further(tree, figure.first, figure.last),
                    is_outdated=is_outdated(tree, figure.first, figure.last),
                )
                result.setdefault(k, []).append(count)
    return {k: _of_one_scope(found) for k, found in result.items()}


def _of_clause(tree: Tree, found: tuple[int, str], candidates: Sequence[Candidate]) -> tuple[int, str]:
    """Where a count belongs: of "14 displaced people were killed" to what befell them now, not to what they are."""
    t, trigger = tree.tokens, candidates[found[0]].trigger
    if t.deps[trigger] != "amod" or candidates[found[0]].kind != "displace":
        return found
    noun = t.heads[trigger]
    for k, c in enumerate(candidates):
        is_told = c.sense.part == "V" and any(f.head == noun for f in c.roles.get("target", ()))
        if is_told and k != found[0] and c.sense.counts is not None:
            return k, str(c.sense.counts)
    return found


def _is_of_ground(figure: Counted) -> bool:
    """True of towns, provinces and houses, of which none is killed: "the toll among those who left two towns"."""
    return classes().get(figure.figure.counted or "") in _GROUND


def _out_of(
    tree: Tree, figures: Sequence[Counted], given: Mapping[int, tuple[int, str]], candidates: Sequence[Candidate]
) -> list[tuple[int, int]]:
    """The figures of "shot down 41 of 60 drones" that one mention was given: it befell the 41, and not the 60.

    Not those of "two of the 34 killed", where what befell them says so of both.
    """
    t = tree.tokens
    found = []
    for one in figures:
        for of in figures:
            if given.get(one.index) is None or given.get(one.index) != given.get(of.index) or of.first < one.last:
                continue
            is_behind = t.lowers[one.last : of.first] in (["of"], ["of", "the"], ["of", "its"], ["of", "their"])
            trigger = candidates[given[of.index][0]].trigger
            if is_behind and trigger < one.first:
                found.append((one.index, of.index))
    return found


def _joined(
    tree: Tree, k: int, candidates: Sequence[Candidate], given: Mapping[int, tuple[int, str]]
) -> list[tuple[int, str]]:
    """The verbs that share what they count with one: "were killed and wounded", "killed and robbed five"; none counts.

    Of actives the object stands behind the last, and the others have none of their own.
    """
    t, own = tree.tokens, candidates[k].trigger
    counted = {n for n, _ in given.values()}
    found = []
    for n, c in enumerate(candidates):
        role = c.sense.counts
        if n in counted or role is None or role not in _PEOPLE_ROLES:
            continue
        is_bare = tree.kid(c.trigger, "nsubj", "nsubjpass", "dobj") is None
        behind = t.deps[c.trigger] == "conj" and t.heads[c.trigger] == own
        is_passive = behind and is_bare and t.tags[c.trigger] == t.tags[own] == "VBN" and tree.is_passive(own)
        before = t.deps[own] == "conj" and t.heads[own] == c.trigger and t.tags[own] == t.tags[c.trigger]
        is_active = before and tree.kid(c.trigger, "dobj", "nsubjpass") is None and tree.kid(own, "dobj") is not None
        of_one = candidates[k].sense.counts
        # who is "shot and killed" is dead
        if (is_passive and role != of_one) or (is_active and (role, of_one) != ("wounded", "killed")):
            found.append((n, role))
    return found


def _of_one_scope(counts: list[EventCount]) -> list[EventCount]:
    """The counts; "hundreds of thousands of civilians and 600 soldiers" sum up alike, whatever their size."""
    summed = {c.role for c in counts if c.scope == "cumulative"}
    return [replace(c, scope="cumulative") if c.scope == "event" and c.role in summed else c for c in counts]


def _figures(sentence: Sentence, referents: Referents) -> list[Counted]:
    """The figures of a sentence that count something; ages, durations, distances and shares do not."""
    found: dict[int, list[int]] = {}
    for token, index in referents.figures_in(sentence.first, sentence.last):
        found.setdefault(index, []).append(token)
    return [
        Counted(index, tokens[0], tokens[-1] + 1, figure)
        for index, tokens in found.items()
        if (figure := referents.found.figures[index]).kind in ("count", "rate", "other")
        and figure.counted not in _NO_COUNTS
    ]


def _beside(
    tree: Tree, figure: Counted, candidates: Sequence[Candidate], starts: frozenset[int]
) -> tuple[int, str] | None:
    """ "12 people were killed", "43 injured", "killing four": the trigger next to the figure and what it counts."""
    triggers = {c.trigger: k for k, c in enumerate(candidates)}
    found = _behind(tree, figure, triggers, candidates, starts)
    return found if found is not None else _before(tree, figure, triggers, candidates)


def _behind(
    tree: Tree, figure: Counted, triggers: dict[int, int], candidates: Sequence[Candidate], starts: frozenset[int]
) -> tuple[int, str] | None:
    """The trigger behind the figure: "12 people, including two children, were killed"."""
    t = tree.tokens
    at, inside = figure.last, False
    limit = min(tree.last, figure.last + _REACH)
    while at < limit and at not in triggers:
        low = t.lowers[at]
        if low in _INSERTING and not inside:
            inside, limit = True, min(tree.last, at + _REACH)
        elif low in _BREAKING or (at in starts and not inside):
            return None
        elif low == "," and (inside or (t.lowers[at + 1 : at + 2] and t.lowers[at + 1] in _INSERTING)):
            pass
        elif t.tags[at] not in _SKIPPED and not _is_auxiliary(tree, at) and not (inside and t.tags[at] in ("CC", "CD")):
            return None
        at += 1
    k = triggers.get(at) if at < limit else None
    if k is None or t.tags[at - 1] == "HYPH":
        return None  # "12 people in the rebel-held town"
    if inside and not _is_auxiliary(tree, at - 1):
        return None
    c = candidates[k]
    if _is_said_of_object(tree, figure, at, triggers, candidates):
        return None
    takes_next = at + 1 in starts or (at + 1 < tree.last and t.lowers[at + 1] in _BEFORE_NUMBERS)
    is_done = t.tags[at] in ("VBN", "VBD", "JJ", "NN") or c.sense.is_intransitive
    is_free = not takes_next or c.sense.is_intransitive or tree.is_passive(at)
    is_object = at == figure.last and _is_active(tree, at)
    if c.sense.counts in _PEOPLE_ROLES and is_done and is_free and not is_object:
        return k, c.sense.counts
    return None


def _is_said_of_object(
    tree: Tree, figure: Counted, at: int, triggers: Mapping[int, int], candidates: Sequence[Candidate]
) -> bool:
    """True for the "taken" of "killed 12 guards taken hostage": what the verb tells of them comes first.

    Not for the "hurt" of "two killed nine people hurt", of whom the verb tells nothing.
    """
    t = tree.tokens
    if at == figure.last or _is_auxiliary(tree, at - 1):
        return False
    head = t.heads[t.heads[at]] if t.deps[at] == "acl" else t.heads[at]  # parsers take it for a clause of its own
    is_of_object = t.deps[at] in ("acl", "ccomp") and head in triggers and head < figure.first
    return is_of_object and candidates[triggers[head]].rule != PASSIVE


def _before(
    tree: Tree, figure: Counted, triggers: dict[int, int], candidates: Sequence[Candidate]
) -> tuple[int, str] | None:
    """The verb whose object the figure begins: "killing at least four"."""
    t = tree.tokens
    before = figure.first - 1
    while before >= tree.first and before not in triggers and t.tags[before] in _OPENING:
        if t.tags[before] == "IN" and t.lowers[before] not in _COMPARING:
            break
        before -= 1
    k = triggers.get(before) if before >= tree.first else None
    if k is None:
        return None
    c = candidates[k]
    takes_object = c.sense.part == "V" and c.sense.counts_in == "target" and not c.sense.is_intransitive
    if takes_object and c.sense.counts in COUNT_ROLES and not tree.is_passive(before) and c.rule != PASSIVE:
        return k, c.sense.counts
    return None


_OPENING = frozenset(["RB", "IN", "JJR", "DT", "JJS", "JJ", "RBR", "RBS"])


def _is_active(tree: Tree, v: int) -> bool:
    return tree.kid(v, "dobj") is not None and tree.tokens.tags[v] == "VBD"


def _is_auxiliary(tree: Tree, i: int) -> bool:
    return tree.tokens.lowers[i] in _AUXILIARIES


def _filled(
    tree: Tree, figure: Counted, candidates: Sequence[Candidate], referents: Referents
) -> tuple[int, str] | None:
    """A figure of the phrase that fills the counted role: "shot down four of six missiles"."""
    best: tuple[int, int, str] | None = None
    for k, c in enumerate(candidates):
        for role, head in _countable(tree, c, referents):
            core = head if referents.figure_at(head) is not None else referents.core(tree, head)
            if _counts(tree, figure, head) or _counts(tree, figure, core):
                distance = abs(c.trigger - figure.first)
                if best is None or distance < best[0]:
                    best = (distance, k, role)
    return best[1:] if best is not None else None


def _countable(tree: Tree, c: Candidate, referents: Referents) -> list[tuple[str, int]]:
    """The heads whose figures a candidate counts, each with the role of the count."""
    found: list[tuple[str, int]] = []
    if c.sense.counts in COUNT_ROLES:
        heads = [f.head for f in c.roles.get(c.sense.counts_in, ())]
        found += [(c.sense.counts, head) for head in (*heads, *_accompanying(tree, c.trigger))]
    if c.kind in _DONE_BY and c.sense.counts_in != "agent":
        found += [("took_part", f.head) for f in c.roles.get("agent", ()) if not f.is_inferred]
    if c.sense.kind == "strike" and c.sense.part == "N":
        found.append(("launched", c.trigger))
    if c.kind == "strike":
        found += [("launched", f.head) for f in c.roles.get("instrument", ())]
        for f in c.roles.get("target", ()):
            if referents.labels(tree, f.head) & {"building", "vehicle", "vessel"}:
                found.append(("damaged", f.head))
    elif c.kind == "take":
        found += [
            ("captured", f.head)
            for f in c.roles.get("target", ())
            if c.sense.counts is None and referents.labels(tree, f.head) & {"settlement", "territory"}
        ]
    return found


def _accompanying(tree: Tree, trigger: int) -> list[int]:
    """The "two" of "detained the leader along with two of his men", whom it befell as well."""
    t = tree.tokens
    found = []
    for k in range(trigger + 1, tree.last - 1):
        if t.lowers[k] in _ALONG and t.lowers[k + 1] == "with" and hangs_on(tree, k, trigger):
            found += [x for x in (tree.kid(k, "pobj"), tree.kid(k + 1, "pobj")) if x is not None]
    return found


def _counts(tree: Tree, figure: Counted, head: int) -> bool:
    deps, heads = tree.tokens.deps, tree.tokens.heads
    is_of = deps[head] == "pobj" and tree.tokens.lowers[heads[head]] == "of"
    if is_of and figure.first <= heads[heads[head]] < figure.last:
        return True  # "dozens of raids"
    return figure.first <= head < figure.last or any(
        figure.first <= x < figure.last and deps[x] in ("nummod", "amod", "quantmod", "det", "compound")
        for x in tree.kids(head)
    )


def _summed(
    tree: Tree, figure: Counted, candidates: Sequence[Candidate], figures: Sequence[Counted]
) -> tuple[int, str] | None:
    """The first figure behind a word that sums up: "the death toll rose to 14", "the number of dead is"."""
    sums = [(c.trigger, k) for k, c in enumerate(candidates) if c.trigger < figure.first and _is_sum(tree, c)]
    if not sums:
        return _brought_to(tree, figure, candidates)
    trigger, k = max(sums)
    if any(trigger < f.first < figure.first for f in figures):
        return None
    if any(w in (";", ".") for w in tree.tokens.lowers[trigger : figure.first]):
        return None
    return k, str(candidates[k].sense.counts)


def _brought_to(tree: Tree, figure: Counted, candidates: Sequence[Candidate]) -> tuple[int, str] | None:
    """The 44 of "brings to 44 the number of people killed"."""
    t = tree.tokens
    behind = t.lowers[figure.last : figure.last + 2]
    if t.lowers[figure.first - 1] != "to" or behind[:1] != ["the"]:
        return None
    if _NUMBERING.isdisjoint(behind):
        return None
    near = (k for k, c in enumerate(candidates) if figure.last < c.trigger < figure.last + _REACH)
    k = next((k for k in near if candidates[k].sense.counts in COUNT_ROLES), None)
    return (k, str(candidates[k].sense.counts)) if k is not None else None


def _is_sum(tree: Tree, c: Candidate) -> bool:
    """True for a "toll", and for the "victims" of "the number of victims"."""
    t = tree.tokens
    if c.sense.counts not in COUNT_ROLES:
        return False
    before = t.lowers[max(tree.first, c.trigger - 4) : c.trigger]
    return t.lowers[c.trigger] in _SUMS or not _NUMBERING.isdisjoint(before)


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


def _behind_joined(tree: Tree, figure: Counted, others: Sequence[Counted]) -> Iterator[str]:
    """What stands behind the numbers that are joined to one: "12 children and 11 men were among the dead"."""
    t = tree.tokens
    noun = t.heads[figure.last - 1]
    for other in others if t.deps[figure.last - 1] == "nummod" else ():
        joined = t.heads[other.last - 1]
        while joined > noun and t.deps[joined] == "conj":
            joined = t.heads[joined]
        if joined == noun and t.heads[other.last - 1] != noun:
            yield " ".join(t.lowers[other.last : other.last + _PART_REACH])


def _parts(
    tree: Tree,
    figures: Sequence[Counted],
    given: dict[int, tuple[int, str]],
    weak: set[int],
    candidates: Sequence[Candidate],
) -> set[int]:
    """Figures that count a part of another; they take its role over where they have none of their own."""
    t = tree.tokens
    found: set[int] = set()
    for n, figure in enumerate(figures):
        whole = next((g for g in figures if g.index == figure.figure.part_of and g.index in given), None)
        if whole is not None and (whole.figure.high or whole.figure.low or 0) < (figure.figure.low or 0):
            whole = None
        before = " ".join(t.lowers[max(tree.first, figure.first - _PART_BEFORE) : figure.first])
        behind = " ".join(t.lowers[figure.last : figure.last + _PART_REACH])
        is_part = pattern("part_before").search(before) is not None
        is_part |= any(
            pattern("part_behind").search(x) for x in (behind, *_behind_joined(tree, figure, figures[n + 1 :]))
        )
        if whole is None and not is_part:
            continue
        found.add(figure.index)
        if figure.index in given and figure.index not in weak:
            continue
        if whole is None:
            whole = next((g for g in reversed(figures[:n]) if g.index in given), None)
        if whole is not None:
            given[figure.index] = given[whole.index]
        elif figure.index not in given:
            near = [
                (abs(c.trigger - figure.first), k, c.sense.counts)
                for k, c in enumerate(candidates)
                if c.kind == "kill_or_wound" and c.sense.counts in COUNT_ROLES
            ]
            if near:
                _, k, role = min(near)
                given[figure.index] = (k, str(role))
    return found
