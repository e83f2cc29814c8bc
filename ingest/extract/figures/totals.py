"""A total and the numbers that it is the sum of: "25 crewmen - 23 of them sailors and two cooks - were held".

Belongs here: finding counts that follow a total and add up to it, and what they share with it. Does not belong here:
parts that the words around show ("including", "of them"), which ``relations`` reads.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.figures.reading import Reading

_LEAST = 3  # a smaller total is met by chance
_REACH = 120  # characters from a total to its first part, and from each part to the next
_MOST = 8  # parts of one total


def share(readings: Sequence[Reading]) -> None:
    """Give the parts of each total its status and make them its parts."""
    for k, total in enumerate(readings):
        if not _is_exact(total) or total.low is None or total.low < _LEAST:
            continue
        parts = _parts(readings, k)
        if not parts or any(p.status not in (None, total.status) for p in parts):
            continue
        for part in parts:
            part.part_of = part.part_of or total
            part.status = part.status or total.status
        for r in readings[k + 1 : k + 1 + 2 * _MOST]:
            if r.part_of in parts:
                r.status = r.status or total.status


def _parts(readings: Sequence[Reading], k: int) -> list[Reading]:
    """The counts right behind reading ``k`` that add up to it, two at least; nothing where they do not."""
    total, end, sum_of_parts = readings[k], readings[k].end, 0.0
    parts: list[Reading] = []
    for r in readings[k + 1 : k + 1 + 2 * _MOST]:
        if r.start - end > _REACH or r.sentence > total.sentence + 1:
            break
        if r.part_of is not None and r.part_of in parts:
            continue  # "154 civilians, including 54 children"
        if r.part_of not in (None, total) or not _is_exact(r) or r.low is None:
            break
        parts.append(r)
        end, sum_of_parts = r.end, sum_of_parts + r.low
        if sum_of_parts >= (total.low or 0.0) or len(parts) > _MOST:
            break
    return parts if len(parts) > 1 and sum_of_parts == total.low else []


def _is_exact(r: Reading) -> bool:
    return r.kind == "count" and r.bound == "exact" and r.low is not None and r.low == r.high
