"""Which claims a briefing is about.

Belongs here: place, topic, side and window, and the SQL that selects by them. Does not belong
here: what is told about the selected claims (``data``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class ScopeError(ValueError):
    """Nothing in the warehouse fits; the message says what would."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The claims of a window by day of publication, both days inclusive.

    ``place_ids`` are all places of the name ``place``, and all that lie in it where it is a region
    or a country.
    """

    since: date
    until: date
    place: str | None = None
    place_ids: tuple[str, ...] = ()
    topic: str | None = None
    side: str | None = None

    @property
    def sql(self) -> str:
        """A query for the ``claim_id`` of each claim in scope, complete in itself."""
        lines = [
            "select claim_id",
            "from fct_claims",
            "where is_current",
            f"  and published_date between {literal(self.since)} and {literal(self.until)}",
        ]
        if self.topic:
            lines.append(f"  and topic = {literal(self.topic)}")
        if self.side:
            lines.append(f"  and speaker_side = {literal(self.side)}")
        if self.place:
            lines += [
                "  and claim_id in (",
                "    select bridge.claim_id",
                "    from bridge_claim_locations as bridge",
                "    inner join fct_locations as location using (location_id)",
                f"    where location.place_id in ({', '.join(map(literal, self.place_ids))})",
                "  )",
            ]
        return "\n".join(lines)

    def over(self, query: str) -> str:
        """A query that starts with ``with`` or ``select`` and reads from ``selected``, complete in itself."""
        inner = "\n".join(f"  {line}" for line in self.sql.splitlines())
        opening = f"with selected as (\n{inner}\n)"
        query = query.strip()
        if query.startswith("with "):
            return f"{opening},\n{query.removeprefix('with ')}"
        return f"{opening}\n{query}"


def literal(value: str | date) -> str:
    """A value as SQL writes it."""
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'"
