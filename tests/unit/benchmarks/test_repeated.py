"""A load that is taken many times has each row as often, under ids of its own, on earlier days."""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks.happenings import News
from benchmarks.landed import write_load
from benchmarks.repeated import repeat
from ingest.landing import Landing, Load
from ingest.resolve.steps import Resolution
from ingest.resolve.tables import RESOLVED
from ingest.tables import TABLES


def test_copies_share_no_row_and_hold_together(tmp_path: Path) -> None:
    landing = Landing(tmp_path / "given")
    load = Load(write_load(landing.loads_dir, 400, news=News(days=2, theatres=1, places=3, happenings=9)))
    Resolution(landing, tmp_path / "state").run()
    loads = repeat(load, 3, tmp_path / "copies")
    assert loads[-1] == load.path
    assert [one.path for one in Landing(tmp_path / "copies").committed()] == loads[:-1]

    def files(table: str) -> list[str]:
        folders = [path if table in TABLES else path.parent.parent / "resolved" / path.name for path in loads]
        return [str(file) for folder in folders for file in sorted((folder / table).glob("*.parquet"))]

    with duckdb.connect() as connection:
        for table in (*TABLES.values(), *RESOLVED):
            counted = f"select count(*), count(distinct {table.key}), count(distinct load_id) from read_parquet(?)"
            [(rows, keys, load_ids)] = connection.execute(counted, [files(table.name)]).fetchall()
            [(once,)] = connection.execute(
                counted.split(",")[0] + " from read_parquet(?)", [files(table.name)[-1:]]
            ).fetchall()
            assert rows == keys == 3 * once, table.name
            assert load_ids == 3 or not rows
        linked = (
            "select count(*) from read_parquet($members) as member"
            " inner join read_parquet($mentions) as mention using (event_mention_id, load_id)"
            " inner join read_parquet($articles) as article using (article_version_id, load_id)"
        )
        given = {"members": files("event_members"), "mentions": files("event_mentions"), "articles": files("articles")}
        [(members,)] = connection.execute("select count(*) from read_parquet(?)", [given["members"]]).fetchall()
        assert connection.execute(linked, given).fetchall() == [(members,)]
        days = "select count(distinct published_date) from read_parquet(?)"
        assert connection.execute(days, [given["articles"]]).fetchall() == [(6,)]
        groups = "select count(*) > 0 from read_parquet(?) where starts_with(group_id, 'claims-') and event_id is null"
        assert connection.execute(groups, [files("relations")[:1]]).fetchall() == [(True,)]
