"""How long the pages of ``claimhouse serve`` take over a large warehouse.

Belongs here: asking pages, and the printing. Does not belong here: the warehouse (``enlarged``).

    python -m benchmarks.pages data/claimhouse.duckdb [--claims 1000000] [--keep FOLDER] [--slowest MS]

The warehouse is made larger, its search index is made, and each page is asked three times as soon as the server has
done what it does at its start; the first and the least time are shown, each with its CPU. Exits with 1 where a page
took longer than ``--slowest`` even so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks.enlarged import enlarge
from claimhouse.publishing import Publisher
from claimhouse.serve.app import build_app
from claimhouse.warehouse import ask
from ingest.settings import Settings

REPEATS = 3
BASE = "http://127.0.0.1:8765"


def addresses(warehouse: Path) -> list[str]:
    """Each kind of page, and each list by its filters, for the places and people most told of."""

    def first(sql: str) -> str:
        return str(ask(warehouse, sql).rows[0][0])

    place = first(
        "select place from fct_locations where is_current and precision <= 2 group by 1 order by count(*) desc limit 1"
    )
    speaker = first(
        "select speaker_name from fct_claims where actor_id is not null group by 1 order by count(*) desc limit 1"
    )
    publisher = first("select publisher from fct_claims group by 1 order by count(*) desc limit 1")
    day = first("select max(published_date) from fct_claims")
    years_ago = first("select min(published_date) from fct_claims")
    week_ago = first("select cast(max(recorded_at) as date) - 7 from ops_loads")
    lists = [
        f"/{name}{filters}"
        for name in ("claims", "events", "event_mentions", "relations", "figures", "control")
        for filters in ("", f"?place={place}", "?side=UA", f"?since={day}", f"?until={years_ago}")
    ]
    return [
        "/", "/new", f"/new?since={week_ago}", f"/new?since={day}", f"/new?since={years_ago}",
        *lists, f"/claims?place={place}&page=400",
        f"/claims?place={place}&side=UA", f"/claims?speaker={speaker}", f"/claims?publisher={publisher}",
        "/claims?topic=control", "/claims?kind=strike", "/claims?page=9000", "/events?kind=strike",
        "/events?is_disputed=1", "/relations?kind=denies", f"/event_mentions?speaker={speaker}",
        "/places", f"/places?q={place[:3]}", "/actors", "/quality", "/control.geojson", "/search?q=withdrawal",
        "/search?q=strike&place=" + place,
        "/claims/" + first("select claim_id from bridge_claim_locations order by load_id limit 1"),
        "/claims/" + first("select earlier_claim_id from relations where earlier_claim_id is not null limit 1"),
        "/mentions/" + first("select event_mention_id from fct_event_mentions limit 1"),
        "/events/" + first("select event_id from events order by mention_count desc limit 1"),
        "/places/" + first("select place_id from fct_locations group by 1 having place_id is not null"
                           " order by count(*) desc limit 1"),
        "/actors/" + first("select actor_id from dim_actors order by claim_count desc nulls last limit 1"),
        "/articles/" + first("select article_version_id from dim_article_versions limit 1"),
        "/figures/" + first("select figure_series_id from figure_series order by step_count desc limit 1"),
    ]  # fmt: skip


def measure(folder: Path) -> dict[str, tuple[tuple[float, float], tuple[float, float]]]:
    """Milliseconds and their CPU of each page of a data folder: of the first time, and of the least."""
    found = {}
    app = build_app(Settings(data_dir=folder))
    with TestClient(app, base_url=BASE) as client:
        begun = time.perf_counter()
        with app.state.publications.newest() as publication:
            publication.is_prepared.wait()
        print(f"prepared in {time.perf_counter() - begun:.1f} s")
        for address in addresses(folder / "claimhouse.duckdb"):
            took = []
            for _ in range(REPEATS):
                begun, used = time.perf_counter(), time.process_time()
                answer = client.get(address)
                took.append(((time.perf_counter() - begun) * 1_000, (time.process_time() - used) * 1_000))
                if answer.status_code != 200:
                    raise RuntimeError(f"{address}: {answer.status_code} {answer.text[-300:]}")
            found[address] = (took[0], min(took))
    return found


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("warehouse", type=Path, help="a published warehouse, whose rows are copied")
    parser.add_argument("--claims", type=int, default=1_000_000, help="of the warehouse that is asked")
    parser.add_argument("--keep", type=Path, help="data folder for it, kept for the next run")
    parser.add_argument("--slowest", type=float, help="milliseconds that no page may take longer than")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="claimhouse-pages-") as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "claimhouse.duckdb").exists():
            enlarge(given.warehouse, folder / "claimhouse.duckdb", given.claims)
        Publisher(Settings(data_dir=folder)).complete_index()
        times = measure(folder)
    for address, (first, least) in sorted(times.items(), key=lambda item: item[1][1], reverse=True):
        shown = [f"{wall:6.0f} ms ({cpu:5.0f} of CPU)" for wall, cpu in (first, least)]
        print(f"first {shown[0]}, least {shown[1]}  {address}")
    if given.slowest and max(least for _, (least, _) in times.values()) > given.slowest:
        sys.exit(1)


if __name__ == "__main__":
    main()
