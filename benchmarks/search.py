"""Full-text search on a warehouse: making its index, and asking it.

Belongs here: time and size of an index, times of searches. Does not belong here: the warehouse (``marts``).

    python -m benchmarks.marts --sizes 1000000 --keep FOLDER
    python -m benchmarks.search FOLDER/build-1000000/candidate.duckdb

Searches are made of the words, names and places that the warehouse has most of; each is asked five times, and the
first and the median are shown.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import tantivy

from claimhouse.search import index as search_index
from claimhouse.search.fields import register
from claimhouse.search.search import Filters, Search
from claimhouse.warehouse import connect, run

REPEATS = 5


def _searches(warehouse: Path) -> list[tuple[str, Filters]]:
    with connect(warehouse) as connection:
        places = "select place from fct_locations where place_id is not null group by 1 order by count(*) desc limit 1"
        speakers = "select speaker_name from fct_claims where speaker_name is not null order by claim_id limit 1"
        [(place,)], [(speaker,)] = run(connection, places).rows, run(connection, speakers).rows
    return [
        ("soldiers", Filters()),
        ("said that", Filters()),
        (f"soldiers killed {place}", Filters()),
        (f'"said that" {place}', Filters()),
        (speaker, Filters()),
        ("houses destroyed by drones at night", Filters()),
        ("drones", Filters(place=place)),
        ("", Filters(place=place)),
    ]


def measure(warehouse: Path, folder: Path) -> None:
    """Make the index in a folder, ask it, and print what it took."""
    started, used = time.perf_counter(), time.process_time()
    with connect(warehouse) as connection:
        documents = search_index.make(connection, folder, before=None, gazetteer=None)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    print(f"{documents:,} documents, {size / 1e6:,.0f} MB: {seconds:.0f} s, {cpu:.0f} s of CPU")
    search = Search(register(tantivy.Index.open(str(folder / "index"))))
    for text, filters in _searches(warehouse):
        took = []
        for _ in range(REPEATS):
            begun = time.perf_counter()
            answer = search.find(text, filters)
            took.append((time.perf_counter() - begun) * 1_000)
        given = ", ".join(f"{name} {value}" for name, value in filters.given().items())
        print(f"{took[0]:6.0f} ms, {statistics.median(took):4.0f} ms  {answer.total:>9,}  {text!r} {given}")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("warehouse", type=Path, help="a warehouse file")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="claimhouse-search-") as folder:
        measure(given.warehouse, Path(folder) / "index")


if __name__ == "__main__":
    main()
