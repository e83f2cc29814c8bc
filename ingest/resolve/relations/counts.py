"""What two counts of one event are to each other, and which counts of an event are set beside each other.

Belongs here: the rules on two numbers, by voice, role and scope. Does not belong here: which pairs are looked at, rules
on anything but numbers (``relations``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations

from ingest.resolve.kinds import stems_of, terms, weights
from ingest.resolve.model import COUNTRY, Count, Voice
from ingest.resolve.places import fit_of
from ingest.resolve.relations.statements import (
    UNARMED,
    Told,
    Verdict,
    are_opposed,
    days_apart,
    gives_what_it_was_told,
    have_days_in_common,
    have_own_knowledge,
    have_told_days_apart,
    is_copied,
    is_one_authority,
    speaks_as_one,
)
from ingest.resolve.relations.sums import numbers_of
from ingest.values import replace

_SETTLED_DAYS = 3  # after which a toll is taken for the last word
_LARGEST_STEP = 6  # a later number that is more times another is of something else
_LARGEST_OF_SIDES = 30  # but one side has six dead where the other counts a hundred
_SHARED_SOURCE = 0.75
_RELAYED = 0.8  # what a paper says itself it has from a speaker, who is often the other one, with his news since
_TOOK_PART, _WOUNDED, _ARMED = "took_part", "wounded", "armed"
_CARRIED = "carried"  # a day that a statement has from those before it
_LARGE_TOLL, _NEAR_TOLL = 10, 2
_MUCH_SHARED = 5  # stems
_EITHER = 0.75  # of two texts of one day the higher toll is the later one oftener than not
_NEAR = 0.045  # by what share of the larger two numbers differ that may be one
_NEARLY = 0.95  # factor on what is only nearly the same number
PASSED_ON = "count_passed_on"  # the rule on numbers of which a voice need not know more than another
_ROUND = frozenset(["approx", "at_most", "less_than"])  # bounds of numbers that are not counted out
_HARMED, _TELLING = frozenset(["killed", "wounded"]), 3


def counts_of(told: Iterable[Told]) -> list[tuple[Told, Count]]:
    """What is counted of an event, each count with the statement that gives it; no rates, nor what is out of date."""
    counts = ((t, c) for t in told if not t.statement.is_negative for c in t.statement.counts)
    return [(t, c) for t, c in counts if c.scope != "rate" and not c.is_outdated]


def replaced(told: Iterable[Told], items: Iterable[tuple[Told, Count]]) -> Iterator[tuple[Told, Count, Told, Count]]:
    """The counts that a text gives as out of date, each with the one nearest to it that the text gives instead.

    ``items`` are the counts of an event that are not out of date.
    """
    current = list(items)
    for one in told:
        for count in (c for c in one.statement.counts if c.is_outdated and c.scope == "event"):
            instead = [
                (other, later)
                for other, later in current
                if other.account.article_version_id == one.account.article_version_id
                and later.role == count.role
                and _is_whole_toll(later)
                and _counts_same_people(count, later)
                and not count.equals(later)
            ]
            if instead:
                other, later = min(instead, key=lambda found: abs(found[0].statement.start - one.statement.start))
                yield one, count, other, later


def _is_whole_toll(count: Count) -> bool:
    """True of a number that can take the place of an older one: "risen to 13" too, but not "three more died"."""
    return count.scope in ("event", "cumulative") and not count.is_further


def compared(items: list[tuple[Told, Count]]) -> list[tuple[Told, Count]]:
    """The counts that are set beside each other: no sums of roles nor additions; passed-on ones as their source's."""
    return _with_sources(_without_further(_without_sums(items)))


class ByAuthority:
    """The counts of an event in one role and scope, by who gives them: each two voices are compared but once."""

    def __init__(self, items: Iterable[tuple[Told, Count]]) -> None:
        self._given: dict[Voice, list[tuple[Told, Count]]] = defaultdict(list)
        for told, count in items:
            self._given[_anywhere(told.statement.voice)].append((told, count))
        self._of: dict[Voice, list[tuple[Told, Count]]] = {}

    def of(self, said: Told) -> list[tuple[Told, Count]]:
        """All that the authority of a statement counts."""
        voice = _anywhere(said.statement.voice)
        if voice not in self._of:
            given = (g for g in self._given.values() if is_one_authority(g[0][0].statement, said.statement))
            self._of[voice] = [item for items in given for item in items]
        return self._of[voice]


def _anywhere(voice: Voice) -> Voice:
    """A voice without where it was read, which tells nothing of its authority."""
    return replace(voice, origin="", outlet="", certainty=1.0)


def has_nearer_number(one: Told, count: Count, other: Told, later: Count, given: ByAuthority) -> bool:
    """True where the authority of one of two numbers gives in another text, by then, one that is nearer to the other's.

    A toll rises: who gave 22 in the morning and 44 at night contradicts the 48 of that night by the 44 alone.
    """
    if count.value is None or later.value is None:
        return False
    apart = abs(later.value - count.value)
    return any(
        c.value is not None
        and abs(c.value - far) < apart
        and _counts_same_people(c, count)
        and _is_told_between(told, said, against)
        for said, against, far in ((one, other, later.value), (other, one, count.value))
        for told, c in given.of(said)
    )


def _is_told_between(told: Told, said: Told, by: Told) -> bool:
    """True of what another text than that of ``said`` tells, not before it nor later than ``by`` is told."""
    if told.account.article_id == said.account.article_id:
        return False
    return (days_apart(said, told) or 0) >= 0 and (days_apart(told, by) or 0) >= 0


def _without_sums(items: list[tuple[Told, Count]]) -> list[tuple[Told, Count]]:
    """The counts without "20 killed and wounded", one figure in two roles: no number of either."""
    roles: dict[str, set[str]] = defaultdict(set)
    for _, c in items:
        roles[c.figure_id].add(c.role)
    return [(t, c) for t, c in items if len(roles[c.figure_id]) == 1]


def _without_further(items: list[tuple[Told, Count]]) -> list[tuple[Told, Count]]:
    """The counts without "six others" and "three more" where the article counts some of them apart."""
    numbers = numbers_of(items)
    return [(t, c) for t, c in items if not c.is_further or len(numbers[t.account.article_id, c.role]) == 1]


def _with_sources(items: list[tuple[Told, Count]]) -> list[tuple[Told, Count]]:
    """The counts, those that a publisher gives in its own voice as their speaker's, where its article lets one speak.

    A count that a speaker of the article gives elsewhere is that speaker's word in this article too; one that it gives
    here stands beside it already.
    """
    sourced = by_speakers(items)
    kept = []
    for t, c in items:
        speakers = sourced.get((c.role, c.value), []) if t.statement.voice.is_publisher else []
        is_heard = any(_is_heard(other, t) for other in speakers)
        if not is_heard or all(is_one_authority(t.statement, other.statement) for other in speakers):
            kept.append((t, c))
        elif (source := _source_of(t, speakers)) is not None:
            kept.append((source, c))
    return kept


def by_speakers(items: Iterable[tuple[Told, Count]]) -> dict[tuple[str, float | None], list[Told]]:
    """The statements in which speakers give each number, by its role."""
    sourced: dict[tuple[str, float | None], list[Told]] = defaultdict(list)
    for t, c in items:
        if not t.statement.voice.is_publisher:
            sourced[c.role, c.value].append(t)
    return sourced


def _is_heard(speaker: Told, told: Told) -> bool:
    """True where an article lets a speaker speak, or has the very statement."""
    return speaker.account.article_id == told.account.article_id or speaker.statement.voice.key in told.account.voices


def is_passed_on(one: Told, other: Told, speakers: Iterable[Told]) -> bool:
    """True of a number that two publishers give themselves and a speaker too: they have it from there."""
    are_both_papers = one.statement.voice.is_publisher and other.statement.voice.is_publisher
    return are_both_papers and any(not is_one_authority(one.statement, speaker.statement) for speaker in speakers)


def _source_of(told: Told, speakers: list[Told]) -> Told | None:
    """A publisher's statement in the voice of whom it lets speak, and who says the same in other articles alone."""
    if any(other.account.article_id == told.account.article_id for other in speakers):
        return None
    heard = (other.statement.voice for other in speakers)
    voices = {voice.key: voice for voice in heard if voice.key in told.account.voices}
    if len(voices) != 1:
        return None
    [voice] = voices.values()
    ours = told.statement.voice
    said = replace(voice, origin=ours.origin, outlet=ours.outlet)
    return Told(replace(told.statement, voice=said), told.member)


def judge_counts(one: Told, count: Count, other: Told, later: Count) -> Verdict | None:
    """What two counts of one role and scope are to each other, ``count`` told first; None for nothing."""
    same_voice = is_one_authority(one.statement, other.statement)
    are_same = _counts_same_people(count, later) or (same_voice and _is_one_number_of_people(count, later))
    if not _have_one_scope(count, later) or not are_same:
        return None
    if "vague" in (count.bound, later.bound) or have_told_days_apart(one, other) or _are_of_one_clause(one, other):
        return None
    is_again = one.account.article_id != other.account.article_id
    days = days_apart(one, other)
    if count.equals(later):
        return _of_one_number(one, count, other, same_voice=same_voice)
    if count.value is None or later.value is None or not _are_of_one_size(one, count, other, later):
        return None
    if _is_of_several_places(one) or _is_of_several_places(other):
        return None
    if count.is_intake != later.is_intake and (same_voice or _is_unsourced(one, other)):
        return None  # those in hospital, and all who were hurt
    is_other_text = one.account.article_version_id != other.account.article_version_id
    if is_other_text and (same_voice or _is_unsourced(one, other)):
        # two numbers of one day may be of two happenings, or a part and the whole, unless the text says that it rose
        has_risen = later.value > count.value and bool(other.statement.words & stems_of("rising_terms"))
        # of one day two media of a state are no one voice: the lower number need not be the earlier
        is_one = not same_voice or speaks_as_one(one.statement, other.statement)
        is_raised = later.value > count.value or _is_printed_late(later, one, other)
        is_news = is_raised if days else is_one and _is_rising_toll(one, count, other, later)
        is_later = days is not None and (not is_again or has_risen or (days >= 0 and is_news))
        is_later = is_later and have_days_in_common(one, other) and not _is_either_stray(one, count, other, later)
        is_later = is_later and not _is_about_as_many(count, later)
        return ("revises", "count", "count_revised", 1.0 if same_voice else 0.9) if is_later else None
    if days is not None and not _are_told_beside(one, other) and _is_news_of_toll(one, other, count, later):
        is_of_one = (_is_of_one_paper(one, other) and not _is_of_person(one)) or gives_what_it_was_told(one, other)
        return ("revises", "count", "toll_updated", 1.0) if is_of_one else None
    if one.member.is_superseded or other.member.is_superseded or same_voice:
        return None
    if gives_what_it_was_told(one, other) or (not is_again and _is_paper_s_own(one, other)):
        return None  # what an article tells itself beside its sources is a part, or the sum, of what they say
    if days is not None and _cannot_both_be(one, count, other, later):
        likely = _likelihood_of_exclusion(count, later, is_one_day=is_again and days == 0)
        # of one day the order of two texts is not known
        may_have_risen = later.value > count.value or days == 0
        if one.statement.voice.is_publisher != other.statement.voice.is_publisher and may_have_risen:
            likely *= _RELAYED
        return ("contradicts", "count", "counts_exclude", likely)
    if is_again and _are_nearly_one(count, later) and have_days_in_common(one, other):
        return _agreement(one, other, "count_near", 1.0, _NEARLY)
    return None


def _of_one_number(one: Told, count: Count, other: Told, *, same_voice: bool) -> Verdict | None:
    """What two statements are to each other that give one number."""
    is_again = one.account.article_id != other.account.article_id
    if same_voice:
        return ("repeats", "count", "count_repeated", 1.0) if is_again else None
    large = 1.0 if (count.value or 0) >= 3 else 0.9
    if not (are_opposed(one, other) or _are_both_papers(one, other)):
        large *= _SHARED_SOURCE  # a speaker on no side mostly has the number from where the other has it
    if one.member.is_superseded or other.member.is_superseded:
        return None
    is_telling = (count.value or 0) >= _TELLING  # of few any other happening may have as many
    is_copy = one.statement.voice.origin == other.statement.voice.origin or (
        _are_both_papers(one, other) and is_copied(one, other)
    )
    is_known = have_own_knowledge(one, other) or (is_again and is_telling and not is_copy)
    return _agreement(one, other, "count_agreed", large, 1.0) if is_known else None


def _agreement(one: Told, other: Told, rule_id: str, agreed: float, passed_on: float) -> Verdict:
    """Two voices of two articles with one number: the one bears the other out, or has it from where the other has it.

    The factors are those on the confidence of the two rules.
    """
    if have_own_knowledge(one, other):
        return ("corroborates", "count", rule_id, agreed)
    return ("repeats", "count", PASSED_ON, passed_on)


def _are_nearly_one(one: Count, other: Count) -> bool:
    """True of two numbers of dead or hurt that are not alike and may be one all the same: "at least 70" and 72."""
    low, high = sorted((one.value or 0, other.value or 0))
    is_near = low < high and high - low <= _NEAR * high
    return is_near and one.role in _HARMED and not one.excludes(other)


def _are_of_one_size(one: Told, count: Count, other: Told, later: Count) -> bool:
    """True of two numbers neither of which is many times the other: then they are of two things."""
    low, high = sorted((count.value or 0, later.value or 0))
    most = _LARGEST_OF_SIDES if are_opposed(one, other) else _LARGEST_STEP
    return high <= most * max(1, low)


def _are_of_one_clause(one: Told, other: Told) -> bool:
    """True of two numbers of one clause of a text: they count two things, or one thing in two places."""
    ours, theirs = ((t.account.article_version_id, t.statement.start, t.statement.end) for t in (one, other))
    return ours == theirs


def _is_of_several_places(told: Told) -> bool:
    """True of a number in a clause that names two places of one country far apart: it is the sum over both."""
    clause = range(told.statement.start, told.statement.end)
    in_clause = (s for s in told.account.statements if s.trigger[0] in clause)
    points = [place for s in in_clause for place in s.places if place.is_point]
    return any(a.country == b.country and fit_of(a, b) is None for a, b in combinations(points, 2))


def _is_about_as_many(count: Count, later: Count) -> bool:
    """True of "some 80" and "up to 80" beside a number that they may be: neither is news of the other."""
    return bool({count.bound, later.bound} & _ROUND) and not count.excludes(later)


def _is_of_person(told: Told) -> bool:
    """True of what a person says by name: what the paper writes later is not that person's word, nor its own."""
    voice = told.statement.voice
    return not voice.is_publisher and voice.is_named and voice.body is None and bool(voice.role)


def _is_either_stray(one: Told, count: Count, other: Told, later: Count) -> bool:
    return _is_stray(one, count) or _is_stray(other, later)


def _is_stray(told: Told, count: Count) -> bool:
    """True of a number without a day or a place of its own, in an account that gives another with its day.

    So a text comes from the attack that it recalls to another one: the day is the first one's, the dead are not.
    """
    if told.statement.time_rule != _CARRIED or told.statement.places or count.scope != "event":
        return False
    own = (s for s in told.account.statements if s.time_rule != _CARRIED)
    return any(
        (c.role, c.scope) == (count.role, count.scope) and _counts_same_people(c, count) and c.excludes(count)
        for s in own
        for c in s.counts
    )


def _is_of_one_paper(one: Told, other: Told) -> bool:
    """True of two numbers that one paper gives, who says it or not; of two of its speakers the one revises nothing."""
    is_nobody_s = None in (one.statement.voice.name, other.statement.voice.name)
    return one.statement.voice.outlet == other.statement.voice.outlet and (is_nobody_s or _is_paper_s_own(one, other))


def _are_both_papers(one: Told, other: Told) -> bool:
    """True of two numbers that two publishers give themselves."""
    return one.statement.voice.is_publisher and other.statement.voice.is_publisher


def _is_paper_s_own(one: Told, other: Told) -> bool:
    """True where a publisher says one of the two itself."""
    return one.statement.voice.is_publisher or other.statement.voice.is_publisher


def _cannot_both_be(one: Told, count: Count, other: Told, later: Count) -> bool:
    """True of numbers of one event that exclude each other, by two voices that the texts name.

    Of "at least 58, among them 11 children" the part is as open as the whole; and who is not named may be the other.
    """
    if one.account.article_id != other.account.article_id and _is_either_stray(one, count, other, later):
        return False
    are_known = None not in (one.statement.voice.name, other.statement.voice.name)
    return are_known and count.scope == "event" and count.excludes(later) and have_days_in_common(one, other)


def _likelihood_of_exclusion(count: Count, later: Count, *, is_one_day: bool = False) -> float:
    """How likely it is that two numbers that exclude each other count the same people, ``later`` told after ``count``.

    Of many dead in one place there is one toll, of few there are several, each of a street or an hour; a number that
    is several times another, or that is told later and lower, is mostly of a part. Which of two texts of one day was
    told later is not known.
    """
    found = features_of_exclusion(count.role, count.value or 0, later.value or 0)
    if is_one_day:
        found["is_raised"] = _EITHER
    w = weights("exclusion")
    return 1 / (1 + math.exp(-w["base"] - sum(w[name] * value for name, value in found.items())))


def features_of_exclusion(role: str, value: float, later: float) -> dict[str, float]:
    """What tells, of two numbers of one role, whether they count the same people; ``later`` is told after the other."""
    low, high = sorted(max(1.0, number) for number in (value, later))
    return {
        "size": math.log(low),
        "ratio": math.log(high / low),
        "took_part": float(role == _TOOK_PART),
        "wounded": float(role == _WOUNDED),
        "is_raised": float(later > value),
    }


def _is_rising_toll(one: Told, count: Count, other: Told, later: Count) -> bool:
    """True of two large tolls of one happening that are near each other: of one day the higher is later.

    In a province there is more than one happening a day: there the two texts tell of it in much the same words.
    """
    low, high = sorted((count.value or 0, later.value or 0))
    is_near = low >= _LARGE_TOLL and high <= _NEAR_TOLL * low and count.scope == "event"
    if not is_near:
        return False
    is_at_point = all(any(p.is_point for p in t.account.places) for t in (one, other))
    shared = one.account.words & other.account.words
    return is_at_point or (len(shared) >= _MUCH_SHARED and any(p.precision < COUNTRY for p in one.account.places))


def _is_printed_late(count: Count, one: Told, other: Told) -> bool:
    """True of a count that, where a later text gives it below an earlier one of the same day, is the older.

    That is "at least" so many, of a day that one of the two texts tells.
    """
    is_open = count.low is not None and count.high is None and count.scope != "part"
    return is_open and (one.account.is_dated or other.account.is_dated)


def _is_unsourced(one: Told, other: Told) -> bool:
    """True of two statements of one publisher in its own voice: its speakers are authorities of their own."""
    a, b = one.statement.voice, other.statement.voice
    return a.is_publisher and b.is_publisher and a.outlet == b.outlet


def _is_news_of_toll(one: Told, other: Told, count: Count, later: Count) -> bool:
    """True where the later number is higher because the toll has risen since.

    It says so itself, or two publishers give a toll of the first days without naming a source.
    """
    if count.value is None or later.value is None or later.value <= count.value:
        return False
    if one.member.is_superseded or other.member.is_superseded:
        return False
    if other.statement.words & stems_of("rising_terms"):
        return True
    is_again = one.account.article_id != other.account.article_id
    if is_again and _is_of_one_paper(one, other) and _is_rising_toll(one, count, other, later):
        return bool(days_apart(one, other)) and have_days_in_common(one, other)
    is_unsourced = one.statement.voice.is_publisher and other.statement.voice.is_publisher
    return is_unsourced and is_again and not _is_settled(one, other)


def _are_told_beside(one: Told, other: Told) -> bool:
    """True of what one article has from two speakers: the one's toll is no later word of the other's."""
    return one.account.article_id == other.account.article_id and not _is_paper_s_own(one, other)


def _is_settled(told: Told, other: Told) -> bool:
    """True of what is told days after it happened, as either says, when a toll rises no more."""
    published = told.account.published_date
    last = [t.account.last_date for t in (told, other) if t.account.last_date is not None]
    return published is not None and bool(last) and (published - min(last)).days >= _SETTLED_DAYS


def _have_one_scope(one: Count, other: Count) -> bool:
    """True of two counts of an event, of all so far, or of parts that the text calls by a sort: "children"."""
    is_sorted_part = one.scope == "part" and sort_of_counted(one) is not None
    return one.scope == other.scope and (one.scope in ("event", "cumulative") or is_sorted_part)


def _counts_same_people(one: Count, other: Count) -> bool:
    """True of counts of one sort of people or things; teachers are only some of the people who were killed."""
    return sort_of_counted(one) == sort_of_counted(other)


def _is_one_number_of_people(one: Count, other: Count) -> bool:
    """True of one number of dead or hurt, whom a voice calls people in one text and patients in the other."""
    classes = {one.people, other.people}
    if _ARMED in classes and classes & UNARMED:
        return False  # fifteen fighters are not the fifteen civilians of another text
    is_at_large = None in (sort_of_counted(one), sort_of_counted(other))
    is_of_event = one.scope == other.scope == "event" and one.role in _HARMED
    return is_of_event and is_at_large and one.equals(other) and (one.value or 0) >= _TELLING


def sort_of_counted(count: Count) -> str | None:
    """The word by which one sort is counted; None for people at large, and for who took part, armed, in an attack."""
    if count.counted in terms("general_terms") or (count.role == _TOOK_PART and count.people == _ARMED):
        return None
    return _sorts().get(count.counted or "", count.counted)


@cache
def _sorts() -> dict[str, str]:
    """The words that one sort goes by, each with the sort's name: "troops" and "servicemen" are soldiers."""
    return {word: name for name in terms("sorts") for word in terms(name)}
