"""Reviewing pairs of statements: which ones there are, saying yes or no to one, and what came of it by rule.

Belongs here: what the command line and the pages both need to show pairs and to take a verdict. Does not belong
here: the file of the verdicts (``claimhouse.reviews``), how a pair looks.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from claimhouse.evidence import Piece, Span, marked
from claimhouse.reviews import REJECTED, Review, ReviewError, add_review, load_reviews
from claimhouse.warehouse import Result, ask, connect, run
from ingest.settings import Settings

_ENDS = ("earlier", "later")
# shown and hidden pairs alike, each with the whole texts; in an order that is as good as drawn, so that the first
# ones reviewed are a fair sample of their rule
_PAIRS = """
with pairs as (
    select *, true as is_shown from relations
    union all by name
    select *, false as is_shown from relations_below
)

select
    pair.*,
    event.kind as event_kind,
    event.place,
    earlier.text as earlier_text,
    coalesce(earlier.url, earlier.uri) as earlier_address,
    later.text as later_text,
    coalesce(later.url, later.uri) as later_address
from pairs as pair
inner join dim_article_versions as earlier on pair.earlier_version_id = earlier.article_version_id
inner join dim_article_versions as later on pair.later_version_id = later.article_version_id
left join events as event on pair.event_id = event.event_id
where
    ($relation_id is null or pair.relation_id = $relation_id)
    and ($kind is null or pair.kind = $kind)
    and ($rule_id is null or pair.rule_id = $rule_id)
    and ($place is null or lower(event.place) = lower($place))
    and ($is_shown is null or pair.is_shown = $is_shown)
order by md5(pair.relation_id)
"""
_BY_RULE = """
select
    rule_id,
    kind,
    count(*) filter (where verdict = 'accepted') as accepted,
    count(*) filter (where verdict = 'rejected') as rejected
from relation_reviews
where relation_id is not null
group by rule_id, kind
order by rule_id, kind
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements that a rule related: a row of ``relations`` or ``relations_below``, with both texts."""

    row: Mapping[str, Any]
    verdict: str | None  # accepted or rejected, where the file has one already

    @property
    def relation_id(self) -> str:
        """Its identity in the warehouse."""
        return str(self.row["relation_id"])

    def sentence(self, end: str) -> list[Piece]:
        """The sentences that hold the ``earlier`` or ``later`` statement, which is marked in them."""
        span = Span(self.row[f"{end}_start"], self.row[f"{end}_end"], "evidence")
        return marked(self.row[f"{end}_text"], [span])


def pairs(
    settings: Settings,
    *,
    relation_id: str | None = None,
    kind: str | None = None,
    rule_id: str | None = None,
    place: str | None = None,
    is_shown: bool | None = None,
    limit: int | None = None,
    with_reviewed: bool = False,
) -> list[Pair]:
    """Pairs of the published warehouse, in a drawn order that stays the same.

    Args:
        settings: of the house.
        relation_id: this pair alone.
        kind: of this kind alone, as contradicts.
        rule_id: of this rule alone.
        place: of events at this place alone.
        is_shown: True for those that readers see, False for those below ``least_confidence``, None for both.
        limit: at most so many.
        with_reviewed: also pairs that the file has a verdict on.

    Raises:
        NoWarehouseError: there is no warehouse.
        ReviewError: the file of reviews is wrong.
    """
    known = {review.review_id: review.verdict for review in load_reviews(settings.reviews_path)}
    wanted = {"relation_id": relation_id, "kind": kind, "rule_id": rule_id, "place": place, "is_shown": is_shown}
    found = []
    with connect(settings.warehouse_path) as connection:
        for row in run(connection, _PAIRS, wanted).dicts():
            verdict = known.get(_review_of(row, REJECTED).review_id)
            if verdict is None or with_reviewed:
                found.append(Pair(row, verdict))
            if limit is not None and len(found) >= limit:
                break
    return found


def write_review(settings: Settings, relation_id: str, verdict: str, note: str = "", reviewer: str = "") -> Review:
    """Write into the file of reviews what somebody says of a pair of the published warehouse.

    The next refresh takes it up: what is accepted is shown from then on, however sure the rule is, and what is
    rejected is not.

    Args:
        settings: of the house.
        relation_id: the pair.
        verdict: accepted, rejected, or withdrawn, which takes an earlier verdict back.
        note: why, in a sentence.
        reviewer: who says so.

    Raises:
        ReviewError: there is no such pair or verdict, or the file cannot be written.
        NoWarehouseError: there is no warehouse.
    """
    found = pairs(settings, relation_id=relation_id, with_reviewed=True)
    if not found:
        raise ReviewError(f"there is no pair {relation_id} in the warehouse")
    review = _review_of(found[0].row, verdict, note=" ".join(note.split()), reviewer=" ".join(reviewer.split()))
    add_review(settings.reviews_path, review)
    return review


def _review_of(row: Mapping[str, Any], verdict: str, note: str = "", reviewer: str = "") -> Review:
    names = ("article_id", "version_id", "start", "end", "words", "address")
    ends = {f"{end}_{name}": row[f"{end}_{name}"] for end in _ENDS for name in names}
    return Review(
        reviewed_at=datetime.now(UTC).isoformat(timespec="seconds"),
        verdict=verdict,
        kind=row["kind"],
        axis=row["axis"],
        rule_id=row["rule_id"],
        note=note,
        reviewer=reviewer,
        **ends,
    )


def precision_by_rule(path: Path) -> Result:
    """Of the reviewed pairs that the warehouse still has: accepted, rejected, and the share that is right, by rule.

    The interval is Wilson's, of 95 %; it says how far the share may be off where the pairs were drawn, as
    ``claimhouse review`` shows them.

    Raises:
        NoWarehouseError: there is no warehouse.
    """
    rows = []
    for row in ask(path, _BY_RULE).dicts():
        right, of = row["accepted"], row["accepted"] + row["rejected"]
        low, high = wilson(right, of)
        rows.append(
            (row["rule_id"], row["kind"], of, right, row["rejected"], f"{right / of:.2f}", f"{low:.2f}–{high:.2f}")
        )
    return Result(["rule_id", "kind", "n", "accepted", "rejected", "right", "interval_95"], rows)


def wilson(right: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, ``right`` of ``of``; 0 to 1 where there is nothing to go by."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, right / of
    middle, spread = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (middle - spread) / (1 + z * z / of), (middle + spread) / (1 + z * z / of)
