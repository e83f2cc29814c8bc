"""A warehouse that is made larger has each row as often as it says, under identities of its own."""

from __future__ import annotations

from pathlib import Path

import duckdb
from published import town

from benchmarks.enlarged import enlarge


def test_rows_are_copied_with_what_belongs_to_them(tmp_path: Path) -> None:
    source = town(tmp_path / "claimhouse.duckdb").publish(indexed=False, looked_up=False)
    copies = enlarge(source, tmp_path / "larger.duckdb", 50)
    with duckdb.connect(str(tmp_path / "larger.duckdb")) as larger:
        [(claims, ids, days)] = larger.execute(
            "select count(*), count(distinct claim_id), count(distinct published_date) from fct_claims"
        ).fetchall()
        assert claims == ids == copies >= 50
        assert days > 1
        linked = "select count(*) from bridge_claim_locations inner join fct_locations using (location_id)"
        assert larger.execute(linked).fetchall() == [(copies,)]
        assert larger.execute("select count(*) from dim_actors").fetchall() == [(1,)]
