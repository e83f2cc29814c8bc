"""Which mentions of one article are one happening.

Belongs here: ``same_event``, from structure, repetition and agreement of arguments. Does not belong here: causes
(``causes``), events across articles (``ingest.resolve``).

Two mentions are one happening only if nothing that both state excludes it, and enough points to it: what both
name (target, count, agent, place, day), a definite noun ("the attack"), a headline and what opens the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, timedelta
from functools import cache

from ingest.extract.events.coreference.compatibility import (
    are_battles,
    are_charges_of_two,
    are_of_two_voices,
    can_be_one,
    count_apart,
    count_the_same,
    give_one_count,
    is_of_another_day,
    is_of_one_sort,
    is_of_one_weapon,
    is_word_for_word,
    likeness,
    name_other_targets,
    points_at_several,
    share_a_number,
    tells_toll_of,
    town_of,
)
from ingest.extract.events.coreference.mention_features import (
    is_bare_plural,
    is_definite,
    is_new,
    is_new_noun,
)
from ingest.extract.events.entities import Referents
from ingest.extract.events.grammar.clauses import is_afterwards, is_answered, is_at_offset
from ingest.extract.events.lexicon import listed
from ingest.extract.events.model import Told
from ingest.once import once
from ingest.records import EventMention
from ingest.values import replace

_HAPPENING_ONCE = listed("scope.toml", "happening_once")
_GOING_ON = listed("scope.toml", "going_on")
_BEING_HELD = listed("scope.toml", "being_held")
_TRUCES = listed("scope.toml", "truces")
_GATHERINGS = listed("scope.toml", "gatherings")
_DEALS = listed("scope.toml", "deals")
_MEMORY = 40  # mentions back that one may repeat
_MEMBERS = 12  # members of a happening that a new one is compared with
_OPENING = 2  # sentences of the body that a headline may sum up
_NEAR = 3  # sentences over which "the attack" reaches back
_FAR = 10  # sentences after which a repetition needs more
# kinds that a text calls by each other's nouns: "the assault" for a shelling
_FAMILY = {"clash": "strike"}
_DEEDS = frozenset(["strike", "clash", "kill_or_wound", "destroy"])
_FIGHTING = frozenset(["strike", "clash"])
_EFFECTS = frozenset(["kill_or_wound", "destroy", "displace"])
_FEW_DAYS = timedelta(days=31)
_JUST_BEFORE = timedelta(days=2)
_BESIDE = 8  # mentions before and behind one that may stand in its sentence
_SEVERAL = 2  # towns of a headline that sums up
_OF_ONE_WORD = frozenset(["decree", "negotiate", "deliver"])  # a ban is not the sanctions, a deal not the talks
_OF_NEAREST = 0.25  # what speaks for the one of its kind that was told last
_OF_ONE_EFFECT = 0.5  # what speaks for two causes of one effect
_ENOUGH = 1.0
_STRONG = 1.75  # what overrules a member that does not agree
_CERTAIN = 10.0
_BEFORE_NEWS = 4.0  # more than what a headline and one target come to
_ROOT = -1  # above all words of a sentence
_NONE: frozenset[int] = frozenset()
_BLAME = "responsibility"  # is told on days of its own
_DATED = frozenset(["linked", "carried"])  # rules of days that the text tells


def join(told: Sequence[Told], caused_by: Sequence[int | None], referents: Referents) -> list[EventMention]:
    """The mentions with ``caused_by`` and ``same_event`` filled, in the same order."""
    told = _with_days_before(_with_days_of_sentence(told, caused_by))
    pairs = _Pairs(told, caused_by, referents)
    first = _happenings(pairs, caused_by, {})
    effects: dict[int, set[int]] = {}
    for k, cause in enumerate(caused_by):
        if cause is not None:
            effects.setdefault(cause, set()).add(first[k])
    if sum(map(len, effects.values())) > len(set().union(*effects.values())):  # else no two causes have one effect
        first = _happenings(pairs, caused_by, effects)
    found = []
    of_happening: dict[int, int] = {}  # of a headline's dead the text goes on to tell the cause
    for k, cause in enumerate(caused_by):
        if cause is not None:
            of_happening.setdefault(first[k], cause)
    for k, x in enumerate(told):
        cause = caused_by[k] if caused_by[k] is not None else of_happening.get(first[k])
        cause = cause if cause != k else None
        same = first[k] if first[k] != k else None
        is_alone = cause is None and same is None
        found.append(x.mention if is_alone else replace(x.mention, caused_by=cause, same_event=same))
    found = [_of_own_phrase(told, found, k) for k in range(len(told))]
    found = _with_days_of_later(found)
    for _ in range(2):  # from the first mention of a happening to its cause, from there to the effect
        found = [_with_carried_days(found, k) for k in range(len(found))]
    return found


def _of_own_phrase(told: Sequence[Told], found: Sequence[EventMention], k: int) -> EventMention:
    """The mention, told by its own phrase where the verb of its clause tells of another happening.

    Of "one died in a raid on the town that was hit by a gas attack in April" the gas attack is told by its own words.
    """
    x, mention = told[k], found[k]
    t, trigger = x.tree.tokens, x.candidate.trigger
    if x.candidate.sense.part != "N" or x.candidate.clause == trigger:
        return mention
    beside = (n for n in range(max(0, k - _BESIDE), min(len(told), k + _BESIDE + 1)) if n != k)
    over = next((n for n in beside if told[n].candidate.trigger == x.candidate.clause), None)
    if over is None or _are_tied(found, over, k):
        return mention
    start, end = t.starts[x.tree.left(trigger)], t.ends[x.tree.right(trigger)]
    return replace(
        mention,
        statement_start=max(mention.statement_start, start),
        statement_end=min(mention.statement_end, end),
    )


def _are_tied(found: Sequence[EventMention], n: int, k: int) -> bool:
    """True of two mentions of one happening, of cause and effect by others of theirs too, of two effects of a cause."""
    one, other = found[n].same_event, found[k].same_event
    ours, theirs = {n, one}, {k, other}
    causes = {found[n].caused_by, found[k].caused_by}
    causes |= {found[m].same_event for m in causes if m is not None}
    is_of_one_cause = found[n].caused_by is not None and found[n].caused_by == found[k].caused_by
    return is_of_one_cause or bool((ours & theirs | ours & causes | theirs & causes) - {None})


def _with_days_of_sentence(told: Sequence[Told], caused_by: Sequence[int | None]) -> list[Told]:
    """The mentions, cause and effect of one sentence with the days that it states of either of them.

    "A bomb killed two and wounded six on Monday" tells of Monday's bomb: without its day it may be any that was told.
    """
    dated = list(told)
    of_causes = [
        (k, cause) for k, cause in enumerate(caused_by) if cause is not None and told[k].mention.kind != _BLAME
    ]
    for pairs in (of_causes, [(cause, k) for k, cause in of_causes]):
        for n, k in pairs:
            x, y = dated[n].mention, dated[k].mention
            is_of_one = dated[n].candidate.sentence == dated[k].candidate.sentence and x.realis == y.realis
            if is_of_one and _has_days(x) and y.time_rule not in _DATED and not _is_before(y, x):
                days = replace(y, first_date=x.first_date, last_date=x.last_date, time_rule="carried")
                dated[k] = replace(dated[k], mention=days)
    return dated


def _with_days_before(told: Sequence[Told]) -> list[Told]:
    """The mentions, those without a day of what was before, or is answered by, a dated one with the days until then.

    What rebels did before "the raids on Thursday after rebels fired on the port" is told as just before Thursday.
    """
    dated = list(told)
    for k, x in enumerate(told):
        if x.mention.time_rule != "reported":
            continue
        beside = range(max(0, k - _BESIDE), min(len(told), k + _BESIDE + 1))
        days = [told[n].mention.last_date for n in beside if n != k and _is_dated_later(told[n], x)]
        last = min((day for day in days if day is not None), default=None)
        if last is not None and x.mention.last_date is not None and last < x.mention.last_date:
            dated[k] = replace(x, mention=replace(x.mention, first_date=last - _JUST_BEFORE, last_date=last))
    return dated


def _is_dated_later(later: Told, x: Told) -> bool:
    """True of what the sentence dates itself, and tells as done after, or for, a mention."""
    if later.candidate.sentence != x.candidate.sentence or later.mention.time_rule != "linked":
        return False
    one, other = x.candidate.trigger, later.candidate.trigger
    return _has_days(later.mention) and (is_afterwards(x.tree, one, other) or is_answered(x.tree, one, other))


def _with_days_of_later(found: Sequence[EventMention]) -> list[EventMention]:
    """The mentions, the first of each happening with the days that the text states behind it: a headline has none."""
    stated: dict[int, EventMention] = {}
    for x in found:
        if x.same_event is not None and _has_days(x):
            stated.setdefault(x.same_event, x)
    filled = list(found)
    for k, later in stated.items():
        x = found[k]
        if x.time_rule not in _DATED and x.realis == later.realis:
            filled[k] = replace(x, first_date=later.first_date, last_date=later.last_date, time_rule="carried")
    return filled


def _with_carried_days(found: Sequence[EventMention], k: int) -> EventMention:
    """The mention with the stated days of its cause or of the first mention of its happening, where it has none."""
    x = found[k]
    for n in (x.caused_by if x.kind != _BLAME else None, x.same_event):
        is_told = n is not None and _has_days(found[n]) and x.realis == found[n].realis
        if n is not None and is_told and x.time_rule not in _DATED and not _is_before(x, found[n]):
            return replace(x, first_date=found[n].first_date, last_date=found[n].last_date, time_rule="carried")
    return x


def _is_before(x: EventMention, other: EventMention) -> bool:
    """True for what was told of before the other happened: "on Tuesday he said", of what is dated to Thursday."""
    return x.last_date is not None and other.first_date is not None and x.last_date < other.first_date


def _has_days(x: EventMention) -> bool:
    """True where the days of a mention are told, and are few enough to be another's: "since 2011" is a background."""
    if x.time_rule not in _DATED or x.first_date is None or x.last_date is None:
        return False
    is_once = x.exact.lower() in _HAPPENING_ONCE
    return is_once or x.last_date - x.first_date <= _FEW_DAYS


def _happenings(pairs: _Pairs, caused_by: Sequence[int | None], effects: Mapping[int, Set[int]]) -> list[int]:
    """For each mention the index of the first one of its happening, its own for the first; causes before effects."""
    told = pairs.told
    first = list(range(len(told)))
    members: dict[int, list[int]] = {}
    seen: dict[str, list[int]] = {}
    strong: list[tuple[int, int]] = []
    in_order = sorted(range(len(told)), key=lambda k: (told[k].mention.kind in _EFFECTS, k))
    for k in in_order:
        x = told[k]
        near = seen.setdefault(_FAMILY.get(x.mention.kind, x.mention.kind), [])
        best, most = k, _ENOUGH
        likely: list[int] = []
        for n in reversed(near[-_MEMORY:]):
            if not pairs.are_of_one_sort(n, k):
                continue
            group = members[first[n]][-_MEMBERS:]
            is_certain = pairs.are_surely_one(n, k)
            if not is_certain and n in group and not pairs.agree(n, k):
                continue  # the points would change nothing
            points = _CERTAIN if is_certain else _points(pairs, n, k, first, caused_by)
            is_nearest = n == near[-1] and told[n].candidate.sentence != x.candidate.sentence
            points += _OF_NEAREST if is_nearest else 0.0
            if not is_certain and effects.get(n, _NONE) & effects.get(k, _NONE):
                points += _OF_ONE_EFFECT
            if points >= _STRONG:
                likely.append(n)
            if is_certain or (points >= most and _fits(pairs, group, k, points)):
                best, most = first[n], points + 0.01  # of two as likely the nearer
        first[k] = best
        # what belongs to its happening already needs no merging
        strong += ((n, k) for n in likely if first[n] != best and pairs.agree(n, k))
        members.setdefault(best, []).append(k)
        near.append(k)
    _merge(pairs, first, members, strong)
    return first


def _merge(pairs: _Pairs, first: list[int], members: dict[int, list[int]], strong: Sequence[tuple[int, int]]) -> None:
    """Make one of two happenings that a mention belongs to: it could be put to one of them only when it was read."""
    refused: set[tuple[int, int]] = set()
    for n, k in strong:
        one, other = min(first[n], first[k]), max(first[n], first[k])
        if one == other or (one, other) in refused:
            continue
        group, joined = members[one], members[other]
        met = [(min(a, b), max(a, b)) for a in group[-_MEMBERS:] for b in joined[-_MEMBERS:]]
        agreeing = sum(pairs.agree(a, b) for a, b in met)
        is_one = all(pairs.may_be_strongly_one(a, b) for a, b in met) and not pairs.name_other_towns(group, joined)
        if 2 * agreeing < len(met) or not is_one:
            refused.add((one, other))
            continue
        members[one] = sorted(group + members.pop(other))
        for m in joined:
            first[m] = one


def _fits(pairs: _Pairs, group: Sequence[int], k: int, points: float) -> bool:
    """Whether a mention can be of a happening: all its members agree, or half where much speaks for it.

    One member may name a place or a party that another is read to exclude; numbers, days and what the sentence tells
    apart are not overruled.
    """
    agreeing = sum(pairs.agree(m, k) for m in group)
    if agreeing == len(group):
        return True
    is_strong = points >= _STRONG and 2 * agreeing >= len(group)
    return is_strong and all(pairs.may_be_strongly_one(m, k) for m in group)


class _Pairs:
    """What two mentions of a text are to each other, read once for a pair: the earlier one's index comes first."""

    def __init__(self, told: Sequence[Told], caused_by: Sequence[int | None], referents: Referents) -> None:
        self.told = told
        self.referents = referents
        effects: dict[int, list[Told]] = {}
        for k, cause in enumerate(caused_by):
            if cause is not None:
                effects.setdefault(cause, []).append(told[k])
        self.are_of_one_sort = cache(lambda n, k: is_of_one_sort(told[n], told[k]))
        # no function here holds the pairs themselves, so that an analysis goes as soon as it is done with
        self.agree = cache(lambda n, k: _agree(told, effects, referents, n, k))
        self.points = cache(lambda n, k: _points_of_two(told[n], told[k], referents))

    @once
    def _news(self) -> date | None:
        """The last day that the text tells of what is done with arms; None where it tells none."""
        days = (x.mention.last_date for x in self.told if _is_dated_deed(x))
        return max((day for day in days if day is not None), default=None)

    def is_of_news(self, n: int) -> bool:
        """True of what is told as just happened, without a day."""
        return self.told[n].mention.time_rule == "reported"

    def is_before_the_news(self, k: int, n: int) -> bool:
        """True of what the text brings in with a day before that of its news: "in May a bomb killed ten".

        What it told without a day until then is the news, but for what has the same number.
        """
        x = self.told[k]
        last = x.mention.last_date
        is_before = _is_dated_deed(x, longest=_FEW_DAYS) and last is not None and last < (self._news or last)
        return is_before and not is_definite(x) and not give_one_count(self.told[n], x, self.referents)

    def are_word_for_word(self, n: int, k: int) -> bool:
        return is_word_for_word(self.told[n], self.told[k])

    def are_surely_one(self, n: int, k: int) -> bool:
        """True of two that the wording or the sentence makes one, whatever else they name."""
        return self.are_word_for_word(n, k) or tells_toll_of(self.told[n], self.told[k])

    def are_deed_and_answer(self, n: int, k: int) -> bool:
        return _are_deed_and_answer(self.told[n], self.told[k])

    def name_other_towns(self, ours: Iterable[int], theirs: Iterable[int]) -> bool:
        """True of two lots of mentions that each name a town more than once, and none of the towns of the others."""
        one, other = (Counter(town for k in group if (town := self._town(k)) is not None) for group in (ours, theirs))
        return min(max(one.values(), default=0), max(other.values(), default=0)) > 1 and one.keys().isdisjoint(other)

    def _town(self, k: int) -> object:
        return town_of(self.told[k], self.referents)

    def may_be_strongly_one(self, n: int, k: int) -> bool:
        """False where numbers, days or the sentence tell the two apart, whatever speaks for one."""
        one, other = self.told[n], self.told[k]
        is_apart = is_of_another_day(one.mention, other.mention) or self.are_deed_and_answer(n, k)
        return not is_apart and count_the_same(one, other, self.referents)


def _agree(told: Sequence[Told], effects: Mapping[int, list[Told]], referents: Referents, n: int, k: int) -> bool:
    """Whether two mentions can be one happening; ``effects`` are those that each causes."""
    x = told[k]
    if not can_be_one(told[n], x, referents) or _are_deed_and_answer(told[n], x):
        return False
    is_told_of = x.candidate.sense.part != "N" or is_definite(x)  # "the raid" is one that the text has told of
    return is_told_of or not _have_other_effects(effects.get(n, ()), effects.get(k, ()), referents)


def _have_other_effects(ours: Sequence[Told], theirs: Sequence[Told], referents: Referents) -> bool:
    """True of "raids on the port killed nine" after "raids killed 60": raids of which the text has not told.

    Two who are named may count differently what one raid did.
    """
    met = [(one, other) for one in ours for other in theirs if is_of_one_sort(one, other)]
    if any(share_a_number(one, other, referents) for one, other in met):
        return False
    return any(
        count_apart(one, other, referents) and not are_of_two_voices(one, other, referents) for one, other in met
    )


def _are_deed_and_answer(a: Told, b: Told) -> bool:
    """True where a sentence tells of one as done after the other, or for it: "raids after an attack on X".

    An invasion goes on: what was done after it, or for it, may be told as a part of it.
    """
    one, other = a.candidate.trigger, b.candidate.trigger
    words = {a.tree.tokens.lowers[one], b.tree.tokens.lowers[other]}
    if a.candidate.sentence != b.candidate.sentence or words & _HAPPENING_ONCE:
        return False
    are_deeds = {a.mention.kind, b.mention.kind} <= _FIGHTING
    return any(
        is_answered(a.tree, x, y) or (are_deeds and is_afterwards(a.tree, x, y))
        for x, y in ((one, other), (other, one))
    )


def _points(pairs: _Pairs, n: int, k: int, first: Sequence[int], caused_by: Sequence[int | None]) -> float:
    """How much speaks for two mentions being one happening; ``n`` is told before ``k``."""
    one, other = caused_by[n], caused_by[k]
    is_of_one_cause = one is not None and other is not None and first[one] == first[other]
    against = _BEFORE_NEWS if pairs.is_of_news(n) and pairs.is_before_the_news(k, n) else 0.0
    return pairs.points(n, k) - against + (1.5 if is_of_one_cause else 0.0)


def _points_of_two(before: Told, x: Told, referents: Referents) -> float:
    """How much speaks for two mentions being one happening, whatever the others are."""
    t = x.tree.tokens
    points = likeness(before, x, referents)
    apart = x.candidate.sentence - before.candidate.sentence
    is_charge = are_charges_of_two(before, x, referents)
    if is_definite(x) and (0 < apart <= _NEAR or (apart == 0 and is_charge)):
        points += 1.0 if t.lowers[x.candidate.trigger] in _GOING_ON else 1.5
    if is_new(x) and (apart > _OPENING or not referents.is_headline(before.sentence)):
        points -= 1.5 if is_new_noun(x) else 0.5
    points += 0.5 if is_new_noun(before) else 0.0  # "a raid … the raid": what a text introduces it goes on to tell of
    points += 0.5 if is_of_one_weapon(before, x) else 0.0
    points -= 0.25 if name_other_targets(before, x, referents) else 0.0
    if is_bare_plural(before) and is_bare_plural(x):
        points -= 0.5
    if t.lowers[x.candidate.trigger] in _BEING_HELD and not _has(x, "target"):
        points += 0.5  # "his months in captivity": whoever it was that the text has told of
    if before.mention.kind == "hold" and "adjective" in (_form(before), _form(x)):
        points -= 2.0
    words = {t.lowers[before.candidate.trigger], t.lowers[x.candidate.trigger]}
    is_one_sort = words <= _TRUCES or words <= _GATHERINGS
    is_one_sort |= is_definite(x) and words <= _DEALS
    if len(words) > 1 and not is_one_sort and x.mention.kind in _OF_ONE_WORD:
        points -= 1.0
    if is_new_noun(x) and is_at_offset(x.tree, x.candidate.trigger, _ROOT):
        points -= _BEFORE_NEWS  # "hours after an attack elsewhere": another one than was told until then
    elif referents.is_headline(before.sentence) and not _sums_up(before, referents):
        points += 1.5 if not x.sentence.is_title and apart <= _OPENING else 0.5
    if apart > 1 and _is_long_ago(before) and not _is_long_ago(x):
        points -= 1.0  # the text has gone back to its own story
    if apart == 0 and not is_charge:
        points -= 1.0
    elif apart > _FAR:
        points -= 0.5
    is_of_another_number = is_bare_plural(before) != is_bare_plural(x) and not are_battles(before, x)
    if is_of_another_number and not points_at_several(before, x):
        points -= 1.0
    return points


def _is_dated_deed(x: Told, longest: timedelta = timedelta(0)) -> bool:
    """True of what was done with arms on days that the text tells, no more of them than ``longest`` more than one."""
    mention = x.mention
    if mention.kind not in _DEEDS or mention.realis != "actual" or mention.time_rule not in _DATED:
        return False
    if mention.first_date is None or mention.last_date is None:
        return False
    return mention.last_date - mention.first_date <= longest


def _has(x: Told, role: str) -> bool:
    return any(a.role == role for a in x.mention.arguments)


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
