"""How likely two accounts tell of one event: points for what both name and agree on, a conflict that forbids.

Belongs here: the comparison of two accounts. It looks at nothing but the two, so that what else was landed,
and in which order, cannot change it. Does not belong here: which accounts are compared (``blocking``), how
scored pairs become events (``clustering``).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.resolve.blocking import families_of, may_be_older
from ingest.resolve.kinds import told_together
from ingest.resolve.matters import is_matter, is_same_matter, share_of_stems
from ingest.resolve.model import Account, Count, Participant, Place
from ingest.resolve.quotations import is_quotation, is_same_quotation, share_of_runs

_KM_A_DEGREE = 111.2
_COUNTRY = 6  # UCDP precision


@cache
def weights() -> dict[str, float]:
    """The points that agreement and disagreement give, and the least that joins, from ``data/weights.toml``."""
    return tomllib.loads((files(__package__) / "data" / "weights.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Likeness:
    """What comparing two accounts gave: points, and by what they agree. ``forbids`` names a conflict."""

    score: float
    rule_id: str
    forbids: str | None = None

    @property
    def joins(self) -> bool:
        """True where the two are taken for one event, as far as they alone say."""
        return self.forbids is None and self.score >= weights()["least_score"]


def _never(conflict: str) -> Likeness:
    return Likeness(-math.inf, conflict, conflict)


def compare(one: Account, other: Account) -> Likeness:
    """Compare two accounts that share a block."""
    if is_quotation(one) and is_quotation(other):
        same = is_same_quotation(one, other)
        return Likeness(round(10 * share_of_runs(one, other), 4), "words") if same else _never("other_words")
    if is_matter(one) and is_matter(other):
        same = is_same_matter(one, other)
        return Likeness(round(10 * share_of_stems(one, other), 4), "words") if same else _never("other_words")
    is_state = "control" in families_of(one) and "control" in families_of(other)
    agreed: dict[str, float] = {}
    for name, points in (
        ("kind", _kind_points(one, other)),
        ("days", _day_points(one, other, is_state)),
        ("place", _place_points(one, other)),
    ):
        if points is None:
            return _never(f"other_{name}")
        agreed[name] = points
    if not is_state:
        agreed |= _further_points(one, other)
        conflict = _conflict(one, other, agreed)
        if conflict is not None:
            return _never(conflict)
    score = round(sum(agreed.values()), 4)
    named = [name for name in ("agent", "target", "instrument", "counts", "words") if agreed.get(name, 0) > 0.5]
    return Likeness(score, "_".join(["state" if is_state else "place_and_days", *named]))


def _further_points(one: Account, other: Account) -> dict[str, float]:
    """Points for what two accounts of a happening say of it beyond where and when; below none where they differ."""
    w = weights()
    return {
        "agent": _agent_points(one.agents, other.agents, is_mutual="clash" in one.kinds | other.kinds),
        "target": _target_points(one.targets, other.targets),
        "instrument": _set_points(one.instruments, other.instruments, w["instrument"], w["other_instrument"]),
        "counts": _count_points(one.counts, other.counts),
        "words": _word_points(one.words, other.words),
        "context": _context_points(one, other),
    }


def _conflict(one: Account, other: Account, agreed: dict[str, float]) -> str | None:
    """What makes two accounts that fit in kind, days and place tell of two happenings; None where nothing does."""
    if agreed["target"] <= weights()["other_target"] and agreed["counts"] <= 0:
        return "other_target"
    if one.article_version_id == other.article_version_id and agreed["counts"] < 0:
        if one.is_dated != other.is_dated:
            return "other_days"  # "two were killed. A day earlier, six were killed"
        if _voices(one) & _voices(other):
            return "other_counts"  # "15 were killed in the city and six in a village near it"
    return None


def _voices(account: Account) -> frozenset[str]:
    """Keys of the voices that give the counts of an account."""
    return frozenset(s.voice.key for s in account.statements if s.counts)


# --- kind, days, place ------------------------------------------------------------------------


def _kind_points(one: Account, other: Account) -> float | None:
    if one.kinds & other.kinds:
        return weights()["same_kind"]
    if any((a, b) in told_together() for a in one.kinds for b in other.kinds):
        return weights()["kind_together"]
    return None


def _day_points(one: Account, other: Account, is_state: bool) -> float | None:
    """None where no day fits both; a day of publication bounds what is told from one side only."""
    if one.first_date is None or one.last_date is None or other.first_date is None or other.last_date is None:
        return None
    w = weights()
    gap = max((other.first_date - one.last_date).days, (one.first_date - other.last_date).days)
    if is_state:
        return w["state_days"] if gap <= w["state_gap_days"] else None
    width = max((one.last_date - one.first_date).days, (other.last_date - other.first_date).days)
    if one.is_dated and other.is_dated:
        if gap > 0:
            return None
        return w["same_day"] if width == 0 else w["near_day"] if width <= w["near_days"] else w["same_time"]
    if gap > 1:
        is_later = one.first_date > other.last_date
        later = one if is_later else other
        return w["told_later"] if gap <= w["later_days"] and may_be_older(later) else None
    return w["reported_day"] if width <= w["near_days"] else w["same_time"]


def _place_points(one: Account, other: Account) -> float | None:
    """The points of the best fit of a place of the one to a place of the other; None where none fits."""
    best: float | None = None
    for a in one.places:
        for b in other.places:
            points = _fit(a, b)
            if points is not None and (best is None or points > best):
                best = points
    if best is not None and (one.is_place_carried or other.is_place_carried):
        best *= weights()["carried_place"]
    return best


def _fit(one: Place, other: Place) -> float | None:
    w = weights()
    if one.place_id == other.place_id:
        return w["same_point"] if one.is_point else w["same_region"] if one.precision < 6 else w["same_country"]
    if one.is_point and other.is_point:
        distance = kilometres(one, other)
        return w["near_point"] if distance is not None and distance <= w["near_km"] else None
    if one.country != other.country or one.country is None:
        return None
    if _COUNTRY in (one.precision, other.precision):
        return w["in_country"]
    if one.is_point != other.is_point and one.admin1 == other.admin1 and one.admin1 is not None:
        return w["in_region"]
    return None


def kilometres(one: Place, other: Place) -> float | None:
    """Distance of two places, near enough for tens of kilometres; None where one has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    east = (one.lon - other.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(one.lat - other.lat, east) * _KM_A_DEGREE


# --- who, what, with what ---------------------------------------------------------------------


def sides(participants: Iterable[Participant]) -> frozenset[str]:
    """Sides of the participants that the text names as such."""
    return frozenset(p.side for p in participants if p.side)


def _agent_points(one: tuple[Participant, ...], other: tuple[Participant, ...], is_mutual: bool) -> float:
    w = weights()
    if {p.actor_key for p in one if p.actor_key} & {p.actor_key for p in other if p.actor_key}:
        return w["same_agent"]
    ours, theirs = sides(one), sides(other)
    if not ours or not theirs:
        return 0.0
    if ours & theirs:
        return w["same_side"]
    return 0.0 if is_mutual else w["other_agent"]


def _target_points(one: tuple[Participant, ...], other: tuple[Participant, ...]) -> float:
    if not one or not other:
        return 0.0
    w = weights()
    points = 0.0
    ours, theirs = ({p.target_class for p in group if p.target_class} for group in (one, other))
    if ours and theirs:
        points += w["same_target"] if ours & theirs else w["other_target"]
    words, others = (frozenset().union(*(p.words for p in group)) for group in (one, other))
    if words & others:
        points += w["target_words"]
    return points


def _set_points(one: frozenset[str], other: frozenset[str], same: float, different: float) -> float:
    if not one or not other:
        return 0.0
    return same if one & other else different


def _word_points(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    if shared < 2:
        return 0.0
    w = weights()
    return w["words"] * shared / max(w["least_words"], min(len(one), len(other)))


def _context_points(one: Account, other: Account) -> float:
    """Points for how alike the texts around the two are; less than none where they tell of other things."""
    if one.article_version_id == other.article_version_id or not one.context or not other.context:
        return 0.0
    w = weights()
    alike = len(one.context & other.context) / math.sqrt(len(one.context) * len(other.context))
    points = w["context"] * (alike - w["context_of_others"]) / (w["context_of_same"] - w["context_of_others"])
    return max(-w["context"], min(w["most_context"], points))


def _count_points(one: tuple[Count, ...], other: tuple[Count, ...]) -> float:
    """Points for the counts of the event itself that have one role; parts and sums over a time tell nothing."""
    if not one or not other:
        return 0.0
    w = weights()
    points = 0.0
    for role in {c.role for c in one} & {c.role for c in other}:
        ours = [c for c in one if c.role == role and c.scope == "event"]
        theirs = [c for c in other if c.role == role and c.scope == "event"]
        if ours and theirs:
            points += max(_count_fit(a, b) for a in ours for b in theirs)
    return max(w["least_counts"], min(w["most_counts"], points))


def _count_fit(one: Count, other: Count) -> float:
    w = weights()
    if one.value is None or other.value is None:
        return 0.0
    if one.equals(other):
        size = abs(one.value)
        return w["same_large_count"] if size >= 10 else w["same_count"] if size >= 3 else w["same_small_count"]
    if not one.excludes(other):
        return w["count_fits"]
    low, high = sorted((max(one.value, 0.5), max(other.value, 0.5)))
    return w["count_far"] if high / low > w["far_ratio"] else w["count_near"]
