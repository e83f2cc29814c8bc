"""Which mentions of one article are one happening.

Belongs here: ``same_event``, from structure, repetition and agreement of arguments. Does not belong here: causes
(``causes``), events across articles (``ingest.resolve``).

Two mentions are one happening only if nothing that both state excludes it, and enough points to it: what both
name (target, count, agent, place, day), a definite noun ("the attack"), a headline and what opens the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from ingest.extract.events.agreement import (
    can_be_one,
    is_bare_plural,
    is_definite,
    is_new,
    is_new_noun,
    is_of_one_sort,
    is_word_for_word,
    likeness,
    points_at_several,
)
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Told
from ingest.extract.events.referents import Referents
from ingest.records import EventMention

_MEMORY = 40  # mentions back that one may repeat
_MEMBERS = 12  # members of a happening that a new one is compared with
_OPENING = 2  # sentences of the body that a headline may sum up
_NEAR = 3  # sentences over which "the attack" reaches back
_FAR = 10  # sentences after which a repetition needs more
# kinds that a text calls by each other's nouns: "the assault" for a shelling
_FAMILY = {"clash": "strike"}
_EFFECTS = frozenset(["kill_or_wound", "destroy", "displace"])
_FEW_DAYS = timedelta(days=31)
_SEVERAL = 2  # towns of a headline that sums up
_OF_ONE_WORD = frozenset(["decree", "negotiate", "deliver"])  # a ban is not the sanctions, a deal not the talks
_ENOUGH = 1.0
_CERTAIN = 10.0


def join(told: Sequence[Told], caused_by: Sequence[int | None], referents: Referents) -> list[EventMention]:
    """The mentions with ``caused_by`` and ``same_event`` filled, in the same order."""
    first = _happenings(told, caused_by, referents)
    found = []
    for k, x in enumerate(told):
        cause = caused_by[k] if caused_by[k] is not None else caused_by[first[k]]
        same = first[k] if first[k] != k else None
        is_alone = cause is None and same is None
        found.append(x.mention if is_alone else replace(x.mention, caused_by=cause, same_event=same))
    found = _with_days_of_later(found)
    for _ in range(2):  # from the first mention of a happening to its cause, from there to the effect
        found = [_with_carried_days(found, k) for k in range(len(found))]
    return found


def _with_days_of_later(found: Sequence[EventMention]) -> list[EventMention]:
    """The mentions, the first of each happening with the days that the text states behind it: a headline has none."""
    stated: dict[int, EventMention] = {}
    for x in found:
        if x.same_event is not None and _has_days(x):
            stated.setdefault(x.same_event, x)
    filled = list(found)
    for k, later in stated.items():
        x = found[k]
        if x.time_rule not in ("linked", "carried") and x.realis == later.realis:
            filled[k] = replace(x, first_date=later.first_date, last_date=later.last_date, time_rule="carried")
    return filled


def _with_carried_days(found: Sequence[EventMention], k: int) -> EventMention:
    """The mention with the stated days of its cause or of the first mention of its happening, where it has none."""
    x = found[k]
    for n in (x.caused_by, x.same_event):
        is_told = n is not None and _has_days(found[n]) and x.realis == found[n].realis
        if n is not None and is_told and x.time_rule not in ("linked", "carried"):
            return replace(x, first_date=found[n].first_date, last_date=found[n].last_date, time_rule="carried")
    return x


def _has_days(x: EventMention) -> bool:
    """True where the days of a mention are told, and are few enough to be another's: "since 2011" is a background."""
    if x.time_rule not in ("linked", "carried") or x.first_date is None or x.last_date is None:
        return False
    is_once = x.exact.lower() in listed("scope.toml", "happening_once")
    return is_once or x.last_date - x.first_date <= _FEW_DAYS


def _happenings(told: Sequence[Told], caused_by: Sequence[int | None], referents: Referents) -> list[int]:
    """For each mention the index of the first one of its happening, its own for the first; causes before effects."""
    first = list(range(len(told)))
    members: dict[int, list[int]] = {}
    seen: dict[str, list[int]] = {}
    in_order = sorted(range(len(told)), key=lambda k: (told[k].mention.kind in _EFFECTS, k))
    for k in in_order:
        x = told[k]
        near = seen.setdefault(_FAMILY.get(x.mention.kind, x.mention.kind), [])
        best, most = k, _ENOUGH
        agreed: dict[int, bool] = {}
        for n in reversed(near[-_MEMORY:]):
            if not is_of_one_sort(told[n], x):
                continue
            group = members[first[n]][-_MEMBERS:]
            is_certain = is_word_for_word(told[n], x)
            if not is_certain and n in group and not _agrees(told, n, x, referents, agreed):
                continue  # the points would change nothing
            points = _CERTAIN if is_certain else _points(told, n, k, first, caused_by, referents)
            if is_certain or (points >= most and all(_agrees(told, m, x, referents, agreed) for m in group)):
                best, most = first[n], points + 0.01  # of two as likely the nearer
        first[k] = best
        members.setdefault(best, []).append(k)
        near.append(k)
    return first


def _agrees(told: Sequence[Told], m: int, x: Told, referents: Referents, agreed: dict[int, bool]) -> bool:
    """Whether a mention can be one with an earlier one; ``agreed`` keeps the answers that it has had."""
    if m not in agreed:
        agreed[m] = can_be_one(told[m], x, referents)
    return agreed[m]


def _points(
    told: Sequence[Told], n: int, k: int, first: Sequence[int], caused_by: Sequence[int | None], referents: Referents
) -> float:
    """How much speaks for two mentions being one happening; ``n`` is told before ``k``."""
    before, x = told[n], told[k]
    t = x.tree.tokens
    points = likeness(before, x, referents)
    apart = x.candidate.sentence - before.candidate.sentence
    if is_definite(x) and 0 < apart <= _NEAR:
        points += 1.0 if t.lowers[x.candidate.trigger] in listed("scope.toml", "going_on") else 1.5
    if is_new(x) and not referents.is_headline(before.sentence):
        points -= 1.5 if is_new_noun(x) else 0.5
    if is_bare_plural(before) and is_bare_plural(x):
        points -= 0.5
    if before.mention.kind == "hold" and "adjective" in (_form(before), _form(x)):
        points -= 1.0
    words = {t.lowers[before.candidate.trigger], t.lowers[x.candidate.trigger]}
    is_one_sort = words <= listed("scope.toml", "truces") or words <= listed("scope.toml", "gatherings")
    if len(words) > 1 and not is_one_sort and x.mention.kind in _OF_ONE_WORD:
        points -= 1.0
    if referents.is_headline(before.sentence) and not _sums_up(before, referents):
        points += 1.5 if not x.sentence.is_title and apart <= _OPENING else 0.5
    one, other = caused_by[n], caused_by[k]
    if one is not None and other is not None and first[one] == first[other]:
        points += 1.5
    if apart > 1 and _is_long_ago(before) and not _is_long_ago(x):
        points -= 1.0  # the text has gone back to its own story
    if apart == 0:
        points -= 1.0
    elif apart > _FAR:
        points -= 0.5
    if is_bare_plural(before) != is_bare_plural(x) and not points_at_several(before, x):
        points -= 1.0
    return points


def _form(x: Told) -> str:
    """ "adjective" for "a rebel-held town", which takes no event up."""
    return "adjective" if x.tree.tokens.deps[x.candidate.trigger] == "amod" else ""


def _sums_up(title: Told, referents: Referents) -> bool:
    """True for a headline that names several places: what it tells of may be several happenings."""
    found = referents.found.locations
    places = [found[index] for _, index in referents.places_in(title.sentence.first, title.sentence.last)]
    return sum(place.kind == "settlement" for place in places) >= _SEVERAL


def _is_long_ago(x: Told) -> bool:
    """True where the stated days of a mention lie weeks before the day of publication."""
    published, last = x.tree.analysis.dct, x.mention.last_date
    if published is None or last is None or x.mention.time_rule != "linked":
        return False
    return published - last > _FEW_DAYS
