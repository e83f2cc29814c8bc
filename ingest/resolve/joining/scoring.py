"""How likely two accounts tell of one event: what both name and agree on, weighed, and conflicts that forbid.

Belongs here: the comparison of two accounts. It looks at nothing but the two, so that what else was landed,
and in which order, cannot change it. Does not belong here: which accounts are compared (``blocking``), how
scored pairs become events (``clustering``), how the weights are found (``evaluation.pairs``), many pairs
at once (``batch_scoring``).

The score is the logarithm of the odds that the two are one event: the sum of what speaks for it and against it, each
times its weight of ``data/weights.toml``. The weights are fitted to pairs of real articles that readers judged.
"""

from __future__ import annotations

import math
from functools import cache

from ingest.resolve.accounts.paraphrases import is_paraphrase, says_the_same, share_of_stems
from ingest.resolve.accounts.parties import STATE_CODE, sides
from ingest.resolve.accounts.quotations import is_quotation, is_same_quotation, share_of_runs
from ingest.resolve.days import are_published_near, days_between
from ingest.resolve.joining.accusations import Accusation, accusations_of, accuse_each_other
from ingest.resolve.joining.blocking import (
    Toll,
    TwoCounts,
    may_be_older,
    pairs_of_counts,
    signs_in,
    told_counts,
)
from ingest.resolve.joining.features import Part, features_by_part, score_of
from ingest.resolve.joining.stories import STORY, is_bare, story_features
from ingest.resolve.joining.tolls import LARGE, are_many, are_of_one_size, are_telling, is_far, large_tolls
from ingest.resolve.joining.victims import ONE_DEATH, is_one_death, victims
from ingest.resolve.kinds import go_together, limits, stems_of
from ingest.resolve.model import WATER, Account, Count, Place
from ingest.resolve.places import FITS, are_far_apart, fit_of
from ingest.values import value

_VERY_LARGE = 20
_HARMED = frozenset(["killed", "wounded"])
_MOST_DAYS = 5
MOST_NAMES = 6
NEAR_TOLL = "near_toll"
_STRIKE = "strike"
_COUNT_AGAIN, _NEXT_DAY = "count_again", "count_next_day"
_COUNT_THERE, _TWO_COUNTS = "count_there", "two_counts"
# signs of which the pairs join after all that place, days and stories join: what shares one may conflict with those
JOIN_LAST = frozenset([_COUNT_THERE, _TWO_COUNTS, ONE_DEATH])
_ALIKE_SCORE = 4.0  # of claims in the same words, whose likeness needs no weighing
_MOST_VIEWS = 40_000  # more than the accounts of a step that are compared at once, which each part asks for in turn
_WEAPONS = ("aircraft", "artillery", "missiles", "drones", "planted_bombs", "small_arms")  # lists of words
_SIEGE, _NEAR, _SAME = frozenset(["encircle"]), "near_point", "same_point"
_TELLING = ("same_agent", "same_target", "same_count", "names")  # features that are named as the reason of a join


@value(frozen=True, slots=True)
class Likeness:
    """What comparing two accounts gave: the score, and by what they agree. ``forbids`` names a conflict."""

    score: float
    rule_id: str
    forbids: str | None = None

    @property
    def joins(self) -> bool:
        """True where the two are taken for one event, as far as they alone say."""
        return self.reaches(limits()["least_score"])

    def reaches(self, least: float) -> bool:
        """True of two without a conflict that are at least as much alike as the score says."""
        return self.forbids is None and self.score >= least


def _never(conflict: str) -> Likeness:
    return Likeness(-math.inf, conflict, conflict)


@value(frozen=True, slots=True)
class _View:
    """What the comparison asks of an account again and again: on a bad day each is compared with hundreds."""

    account: Account
    held: str | None  # place
    told: frozenset[tuple[str, str, float]]
    tolls: frozenset[Toll]  # large numbers of dead and hurt
    pairs_of_counts: frozenset[TwoCounts]
    victims: dict[str, frozenset[str]]
    signs: frozenset[str]
    counts: tuple[Count, ...]  # of the event itself
    large: tuple[float, ...]  # tolls of many dead
    sides: frozenset[str]
    is_of_state: bool | None
    accusations: frozenset[Accusation]
    actor_keys: frozenset[str]
    target_classes: frozenset[str]
    target_words: frozenset[str]
    is_thin: bool


_views: dict[int, _View] = {}


def _view(account: Account) -> _View:
    found = _views.get(id(account))
    if found is None or found.account is not account:
        if len(_views) >= _MOST_VIEWS:
            _views.clear()
        counts = tuple(c for c in account.counts if c.scope == "event" and not c.is_outdated)
        told, tolls, two, named = told_counts(account), _tolls(account), pairs_of_counts(account), victims(account)
        found = _views[id(account)] = _View(
            account,
            held=account.held.place_id if account.held is not None else None,
            told=told,
            tolls=tolls,
            pairs_of_counts=two,
            victims=named,
            signs=signs_in(told, tolls, two, named),
            counts=counts,
            large=large_tolls(counts),
            sides=sides(account.agents),
            is_of_state=_is_of_state(account),
            accusations=accusations_of(account),
            actor_keys=frozenset(p.actor_key for p in account.agents if p.actor_key),
            target_classes=frozenset(p.target_class for p in account.targets if p.target_class),
            target_words=account.target_words,
            is_thin=_is_thin(account),
        )
    return found


def _tolls(account: Account) -> frozenset[Toll]:
    counts = (c for c in account.counts if c.scope == "event" and not c.is_outdated and c.role in _HARMED)
    counts = (c for c in counts if c.bound != "vague")
    return frozenset((c.role, c.value) for c in counts if c.value is not None and c.value >= LARGE)


def compare(one: Account, other: Account) -> Likeness:
    """Compare two accounts that share a block."""
    if is_quotation(one) and is_quotation(other):
        same = is_same_quotation(one, other)
        return Likeness(round(_ALIKE_SCORE * share_of_runs(one, other), 4), "words") if same else _never("other_words")
    if is_paraphrase(one) and is_paraphrase(other):
        same = says_the_same(one, other)
        return Likeness(round(_ALIKE_SCORE * share_of_stems(one, other), 4), "words") if same else _never("other_words")
    ours, theirs = _view(one), _view(other)
    if ours.held is not None or theirs.held is not None:
        return _compare_states(ours, theirs)
    if by_sign := joined_by_sign(one, other):
        return by_sign
    if is_bare(one) or is_bare(other):
        told = story_features(one, other)
        return _never(told) if isinstance(told, str) else Likeness(score_of(told, STORY), STORY)
    found = _features(one, other)
    if isinstance(found, str):
        return _never(found)
    agreed = {name: bool(value) for part in found for name, value in part.items() if name in _TELLING}
    return Likeness(score_of(found), _rule(tuple([agreed[name] for name in _TELLING])))


@cache
def _rule(agreed: tuple[bool, ...]) -> str:
    return "_".join(["place_and_days", *(name for name, does in zip(_TELLING, agreed, strict=True) if does)])


def signs_of(account: Account) -> frozenset[str]:
    """What alone may join an account to one that has it too: large numbers, named victims; mostly there are none."""
    return _view(account).signs


def joined_by_sign(one: Account, other: Account) -> Likeness | None:
    """The likeness of two that share a sign which two happenings hardly share; None of others."""
    if signs_of(one).isdisjoint(signs_of(other)):
        return None
    if counts_again(one, other):
        return Likeness(limits()["count_again_score"], _COUNT_AGAIN)
    if counts_next_day(one, other):
        return Likeness(limits()["count_again_score"], _NEXT_DAY)
    if counts_there(one, other):
        return Likeness(limits()["count_there_score"], _COUNT_THERE)
    if gives_two_counts(one, other):
        return Likeness(limits()["count_again_score"], _TWO_COUNTS)
    ours, theirs = _view(one).victims, _view(other).victims
    if ours and theirs and is_one_death(one, other, ours, theirs):
        return Likeness(limits()["one_death_score"], ONE_DEATH)
    return None


def counts_again(one: Account, other: Account) -> bool:
    """True where one named speaker gives one large number again within days, and the places do not speak against it.

    So a toll finds its event in an article that does not say again where it was.
    """
    if _view(one).told.isdisjoint(_view(other).told):  # as there are none, mostly
        return False
    if one.article_version_id == other.article_version_id:
        return False
    gap = days_between(one, other)
    if gap is None or gap > 1:
        return False
    return not are_far_apart(_on_land(one), _on_land(other))


def _on_land(account: Account) -> list[Place]:
    """Its places but for rivers, lakes and seas: who names one leaves open where along it something was."""
    return [place for place in account.places if place.precision != WATER]


def counts_next_day(one: Account, other: Account) -> bool:
    """True where two texts give one large number of dead or hurt at one point, and days that follow each other.

    What happens at night has two days, and who tells of it on the next one may be read to mean that day. Attacks of two
    sides are two, whatever their tolls.
    """
    if _view(one).tolls.isdisjoint(_view(other).tolls) or not (one.is_dated and other.is_dated):
        return False
    if one.article_version_id == other.article_version_id or not go_together(one.kinds, other.kinds):
        return False
    is_next_day = days_between(one, other) == 1 and are_published_near(one, other)
    is_there = any(fit_of(a, b) == _SAME for a in one.places for b in other.places)
    return is_next_day and is_there and not _agents(one, other)["other_agent"]


def counts_there(one: Account, other: Account) -> bool:
    """True where two texts give one large toll of one place and time, however little else is alike.

    Two happenings at one point on one day hardly have one toll, whoever is blamed and in whatever words it is told. In
    a region, and of what is told again long after, the toll must be larger.
    """
    shared = _view(one).tolls & _view(other).tolls
    if not shared or one.article_version_id == other.article_version_id or is_bare(one) or is_bare(other):
        return False
    found = features(one, other)
    if isinstance(found, str) or score_of([found]) >= limits()["least_score"]:
        return False
    is_very_large = max(value for _, value in shared) >= _VERY_LARGE
    is_dated = bool(found["both_dated"])
    is_there = found[_SAME] or (is_very_large and (found[_NEAR] or found["same_region"] or found["in_region"]))
    is_then = is_very_large if found["other_agent"] else is_very_large or not found["told_later"]
    return bool(is_there) and is_then and (is_dated or not found["other_agent"])


def gives_two_counts(one: Account, other: Account) -> bool:
    """True where two texts that came out together give the same two numbers in two roles, of one country and time.

    "Six killed, nineteen hurt" is one attack, even where the one text puts it into the city and the other near it.
    Where all else joins them more surely, the numbers take nothing from that.
    """
    if _view(one).pairs_of_counts.isdisjoint(_view(other).pairs_of_counts):
        return False
    if one.article_version_id == other.article_version_id or not go_together(one.kinds, other.kinds):
        return False
    gap = days_between(one, other)
    ours, theirs = ({place.country for place in account.places} for account in (one, other))
    is_one_country = not ours or not theirs or not ours.isdisjoint(theirs)
    is_told_of_one = gap is not None and gap <= 1 and are_published_near(one, other) and is_one_country
    return is_told_of_one and _score_without_signs(one, other) < limits()["count_again_score"]


def _score_without_signs(one: Account, other: Account) -> float:
    """The score by place, days and words, or by the story; minus infinity for a conflict."""
    is_story = is_bare(one) or is_bare(other)
    found = story_features(one, other) if is_story else _features(one, other)
    return -math.inf if isinstance(found, str) else score_of(found, STORY if is_story else "weights")


def is_of_rule(account: Account) -> bool:
    """True of what is compared by a rule of its own: what is claimed, and who holds a place."""
    return is_quotation(account) or is_paraphrase(account) or account.held is not None


def _compare_states(ours: _View, theirs: _View) -> Likeness:
    """Who holds a place is one state where it is one place, told at about one time."""
    if ours.held != theirs.held:
        return _never("other_place")
    gap = days_between(ours.account, theirs.account)
    if gap is None or gap > limits()["state_gap_days"]:
        return _never("other_days")
    return Likeness(limits()["state_score"], "state")


def features(one: Account, other: Account) -> dict[str, float] | str:
    """What speaks for and against two accounts of happenings being one, by name; the conflict where one forbids it."""
    found = _features(one, other)
    return found if isinstance(found, str) else {name: value for part in found for name, value in part.items()}


def _features(one: Account, other: Account) -> list[dict[str, float]] | str:
    """The features by part; the conflict where one forbids that the two are one."""
    found = features_by_part(PARTS, one, other)
    if isinstance(found, str):
        return found
    if one.article_version_id == other.article_version_id:
        if conflict := conflict_of_counts(one, other):
            return conflict
        if have_near_tolls(one, other):
            found = [part | {NEAR_TOLL: 0.0} if NEAR_TOLL in part else part for part in found]
    return [*found, _words(one, other)]


def have_near_tolls(one: Account, other: Account) -> bool:
    """True of two large tolls near each other; in one article, which ties the two not, that tells nothing."""
    return are_of_one_size(_view(one).large, _view(other).large)


def _is_thin(account: Account) -> bool:
    """True where neither a day nor a count is told, nor a point but the one that the article is about."""
    has_point = not account.is_place_carried and any(place.is_point for place in account.places)
    has_count = any(count.scope == "event" and count.value is not None for count in account.counts)
    return not (account.is_dated or has_count or has_point)


def conflict_of_counts(one: Account, other: Account) -> str | None:
    """What makes two accounts of one article that fit in all else tell of two happenings; None where nothing does."""
    if _have_other_counts(_view(one), _view(other)):
        if one.is_dated != other.is_dated:
            return "other_days"  # "two were killed. A day earlier, six were killed"
        if _counting(one) & _counting(other):
            return "other_counts"  # "15 were killed in the city and six in a village near it"
    return None


def _counting(account: Account) -> frozenset[tuple[str, str]]:
    """Who counts what in an account: keys of voices, each with a role of those counted."""
    return frozenset((s.voice.key, c.role) for s in account.statements for c in s.counts)


# --- days and places --------------------------------------------------------------------------


def _days(one: Account, other: Account) -> dict[str, float] | None:
    """None where no day fits both; a day of publication bounds what is told from one side only."""
    gap = days_between(one, other)
    if gap is None:
        return None
    is_told_later = False
    if one.is_dated and other.is_dated:
        if gap > 0:
            return None
    elif gap > 1:
        later = one if one.first_date and other.last_date and one.first_date > other.last_date else other
        if gap > limits()["later_days"] or not may_be_older(later):
            return None
        is_told_later = True
    is_one_day = one.is_dated and other.is_dated and one.first_date == one.last_date == other.first_date
    apart = _MOST_DAYS
    if one.published_date is not None and other.published_date is not None:
        apart = min(_MOST_DAYS, abs((one.published_date - other.published_date).days))
    return {
        "both_dated": float(one.is_dated and other.is_dated),
        "same_day": float(is_one_day and one.last_date == other.last_date),
        "told_later": float(is_told_later),
        "days_apart": float(apart),
    }


def _places(one: Account, other: Account) -> dict[str, float] | None:
    """How the best fitting places of the two lie to each other; None where no place fits."""
    fits = {fit for a in one.places for b in other.places if (fit := fit_of(a, b)) is not None}
    if one.kinds == other.kinds == _SIEGE:
        fits.discard(_NEAR)  # of two towns near each other each has a siege of its own
    if not fits:
        return None
    best = next(fit for fit in FITS if fit in fits)
    is_carried = one.is_place_carried or other.is_place_carried
    return {fit: float(fit == best) for fit in FITS[:-1]} | {"carried_place": float(is_carried)}


# --- who, what, how many, in which words ------------------------------------------------------


def _kinds(one: Account, other: Account) -> dict[str, float] | None:
    if not go_together(one.kinds, other.kinds):
        return None
    return {
        "kinds": len(one.kinds & other.kinds) / len(one.kinds | other.kinds),
        "clash": float("clash" in one.kinds) + float("clash" in other.kinds),
    }


def _agents(one: Account, other: Account) -> dict[str, float]:
    ours, theirs = _view(one), _view(other)
    is_same = not (ours.actor_keys.isdisjoint(theirs.actor_keys) and ours.sides.isdisjoint(theirs.sides))
    is_mutual = "clash" in one.kinds or "clash" in other.kinds
    are_two = bool(ours.sides and theirs.sides) and not is_mutual
    are_opposed = {ours.is_of_state, theirs.is_of_state} == {True, False}
    # where two fight, each accuses the other of deeds of its own
    are_accusing = not is_mutual and accuse_each_other(ours.accusations, theirs.accusations)
    are_others = (are_two or are_opposed) and not is_same and not are_accusing
    return {"same_agent": float(is_same), "other_agent": float(are_others)}


def _is_of_state(account: Account) -> bool | None:
    """True where those who strike are states, False where they fight states; None for both, and where none is told.

    "Terrorists" of whom no side is told are not the army that another paper names.
    """
    agents = [p for s in account.statements if s.kind == _STRIKE for p in s.agents]
    found = {len(p.side) == STATE_CODE for p in agents if p.side}
    found |= {False for p in agents if not p.side and not p.words.isdisjoint(stems_of("irregular_terms"))}
    return found.pop() if len(found) == 1 else None


def _targets(one: Account, other: Account) -> dict[str, float]:
    """What was hit: a shared class or word, or none where both name some."""
    ours, theirs = _view(one), _view(other)
    is_same = not (
        ours.target_classes.isdisjoint(theirs.target_classes) and ours.target_words.isdisjoint(theirs.target_words)
    )
    have_both = bool((ours.target_classes and theirs.target_classes) or (ours.target_words and theirs.target_words))
    return {"same_target": float(is_same), "other_target": float(have_both and not is_same)}


def _instruments(one: Account, other: Account) -> dict[str, float]:
    of, of_theirs = _weapons(one.instruments), _weapons(other.instruments)
    by_same = not (one.instruments.isdisjoint(other.instruments) and of.isdisjoint(of_theirs))
    return {
        "same_instrument": float(by_same),
        "other_instrument": float(bool(of and of_theirs) and not by_same),
    }


@cache
def _weapons(instruments: frozenset[str]) -> frozenset[str]:
    """Sorts of weapon that the stems of instruments name; none for "bombs" and "gas", which several carry."""
    return frozenset(name for name in _WEAPONS if not instruments.isdisjoint(stems_of(name)))


def _counts(one: Account, other: Account) -> dict[str, float]:
    """Equal numbers of one role, and numbers of the event itself that are far from each other."""
    counts, others = one.counts, other.counts
    if not counts or not others:
        are_far = (one.is_of_one and are_many(others)) or (other.is_of_one and are_many(counts))
        return {"same_count": 0.0, "far_count": float(are_far), NEAR_TOLL: 0.0}
    ours, theirs = _view(one), _view(other)
    equal: dict[str, float] = {}
    for a in counts:
        if a.value and any(a.role == b.role and a.equals(b) for b in others):
            equal[a.role] = max(abs(a.value), equal.get(a.role, 0))
    return {
        "same_count": float(max(equal.values(), default=0) >= LARGE or are_telling(equal)),
        "far_count": float(
            _have_other_counts(ours, theirs) and all(is_far(a, b) for a, b in _count_pairs(ours, theirs))
        ),
        NEAR_TOLL: float(are_of_one_size(ours.large, theirs.large)),
    }


def _count_pairs(ours: _View, theirs: _View) -> list[tuple[Count, Count]]:
    """The counts of the event itself that have one role; parts and sums over a time tell nothing of each other."""
    return [(a, b) for a in ours.counts for b in theirs.counts if a.role == b.role]


def _have_other_counts(ours: _View, theirs: _View) -> bool:
    pairs = _count_pairs(ours, theirs)
    return bool(pairs) and all(a.excludes(b) and not a.equals(b) for a, b in pairs)


def _manner(one: Account, other: Account) -> dict[str, float]:
    """How many of the two are told of several happenings at once, and how many name hardly anything."""
    return {
        "many": float(one.is_many) + float(other.is_many),
        "thin": float(_view(one).is_thin) + float(_view(other).is_thin),
    }


# in what two accounts of happenings are compared besides their words; those that can forbid come first
PARTS = (
    Part(lambda a: a.kinds, _kinds, "other_kind"),
    Part(
        lambda a: (a.first_date, a.last_date, a.is_dated, a.published_date, may_be_older(a)),
        _days,
        "other_days",
    ),
    Part(lambda a: (a.places, a.is_place_carried, a.kinds == _SIEGE), _places, "other_place"),
    Part(
        lambda a: (_view(a).actor_keys, _view(a).sides, _view(a).is_of_state, "clash" in a.kinds, _view(a).accusations),
        _agents,
    ),
    Part(lambda a: (_view(a).target_classes, _view(a).target_words), _targets),
    Part(lambda a: a.instruments, _instruments),
    Part(
        lambda a: (a.is_of_one, *[(c.role, c.scope, c.low, c.high, c.bound, c.is_outdated) for c in a.counts]), _counts
    ),
    Part(lambda a: (a.is_many, _view(a).is_thin), _manner),
)


def _words(one: Account, other: Account) -> dict[str, float]:
    """How alike the statements are, as the cosine of their stems, and the names that stand near both."""
    return {"words": cosine(one.words, other.words), "names": float(min(MOST_NAMES, len(one.names & other.names)))}


def cosine(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of stems that two statements have in common; 0 where one has none."""
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0
