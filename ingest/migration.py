"""Bringing the landing of an older program up to date, or refusing it by name.

Belongs here: what version the landing is of, and what stands in columns that its rows were landed without. Does not
belong here: how files lie (``ingest.landing``), finding facts anew (``claimhouse refresh --reextract``).

A column that was added since is null where it may be, and else what ``_FILLS`` says. What an older program found is
kept as it is: facts that it did not look for are there only once the articles are read anew. Each file is written
whole, so that a migration that is cut off is gone on with.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.files import first_line, reading, write_json, write_parquet
from ingest.landing import Landing, Load
from ingest.records import LINK_ROLES
from ingest.tables import ARTICLES, CLAIM_LINKS, EVENT_COUNTS, EXTRACTED, EXTRACTIONS, TABLES, Table

log = logging.getLogger(__name__)

# to be raised when a landing changes in a way that no filling of columns can follow
VERSION = 2

Fill = Callable[[pa.Table], Any]


def _constant(value: Any) -> Fill:
    return lambda rows: [value] * rows.num_rows


# what stands in columns that must not be null
_FILLS: dict[tuple[str, str], Fill] = {
    # before copies were looked for, each text was the first of its group
    (ARTICLES.name, "copy_group_id"): lambda rows: rows["article_version_id"],
    (CLAIM_LINKS.name, "role"): _constant(LINK_ROLES[0]),
    (EVENT_COUNTS.name, "is_further"): _constant(False),
    (EVENT_COUNTS.name, "is_outdated"): _constant(False),
    # what was not looked for was found nowhere
    **{(EXTRACTIONS.name, c.name): _constant(0) for c in EXTRACTIONS.columns if c.name.endswith("_count")},
}


class HouseError(Exception):
    """The landing is of another program, and cannot be brought up to date; the message says how to get on."""


def migrate(landing: Landing) -> list[str]:
    """Bring the landing up to date; returns the loads that were changed.

    Raises:
        HouseError: it was made by a newer program, or holds what this one cannot read.
        DamagedError: a file of it cannot be read.
    """
    schema = {name: [f"{c.name} {c.type}" for c in table.columns] for name, table in TABLES.items()}
    path = landing.root / "schema.json"
    stated = _stated(path)
    if stated and stated["version"] > VERSION:
        raise HouseError(
            f"{landing.root} was made by a newer Claimhouse (its schema is {stated['version']}, and this program knows"
            f" {VERSION}): update the program, or let it work in another folder with CLAIMHOUSE_DATA_DIR"
        )
    if stated == {"version": VERSION, "tables": schema}:
        return []
    changed = []
    for number, load in enumerate(landing.all_loads(), start=1):
        columns = _bring_up(load)
        if _complete(load, number) or columns:
            changed.append(load.load_id)
            log.info("load %s: brought up to date%s", load.load_id, f" ({', '.join(columns)})" if columns else "")
    write_json(path, {"version": VERSION, "tables": schema})
    if changed:
        log.info(
            "the landing was made by an older program: %d loads were brought up to date. Their facts are those that it"
            " found; `claimhouse refresh --reextract` takes them anew",
            len(changed),
        )
    return changed


def _stated(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    with reading(path, "Delete it: the landing is then looked through, and it is written anew"):
        value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {**value, "version": int(value.get("version", 0))}


def _bring_up(load: Load) -> list[str]:
    """Write the load's files anew that lack columns or hold them in another type; returns what was filled in."""
    filled = set()
    for table in TABLES.values():
        for path in load.parts(table):
            with reading(path, load.advice):
                found = pq.read_schema(path)
            if found.equals(table.schema) or found.remove_metadata().equals(table.schema):
                continue
            rows, columns = _filled(load, table, load.read_part(path))
            write_parquet(path, rows)
            filled |= columns
    return sorted(filled)


def _filled(load: Load, table: Table, rows: pa.Table) -> tuple[pa.Table, set[str]]:
    filled, arrays = set(), []
    array: Any
    for column in table.columns:
        if column.name in rows.column_names:
            array = rows[column.name]
        else:
            fill = _FILLS.get((table.name, column.name)) or (_constant(None) if column.is_nullable else None)
            if fill is None and rows.num_rows:
                raise _refusal(load, f"{table.name} has no column {column.name}, and nothing can stand for it")
            array = fill(rows) if fill else []
            filled.add(f"{table.name}.{column.name}")
        try:
            is_landed = isinstance(array, pa.ChunkedArray)
            arrays.append(array.cast(column.type) if is_landed else pa.array(array, column.type))
        except (pa.ArrowException, ValueError, TypeError) as problem:
            raise _refusal(load, f"{table.name}.{column.name}: {first_line(problem)}") from problem
        if arrays[-1].null_count and not column.is_nullable:
            raise _refusal(load, f"{table.name}.{column.name} is null in {arrays[-1].null_count} rows")
    return pa.Table.from_arrays(arrays, schema=table.schema), filled


def _refusal(load: Load, what: str) -> HouseError:
    return HouseError(
        f"load {load.load_id} was made by an older Claimhouse in a form that this one cannot read ({what})."
        f" `claimhouse loads drop {load.load_id}` leaves it out, and what its sources still hold is read again; or let"
        f" the older program go on in this folder, and this one in another with CLAIMHOUSE_DATA_DIR"
    )


def _complete(load: Load, number: int) -> bool:
    """Give plan and manifest what newer ones state; True where something was missing."""
    changed = False
    if "sequence" not in load.plan:
        load.plan["sequence"] = load.sequence = number
        write_json(load.path / "plan.json", load.plan)
        changed = True
    if load.is_committed:
        manifest = load.manifest()
        held = {table.name: load.held(table) for table in TABLES.values()}
        counts = {t.name: held[t.name]["rows"] for t in EXTRACTED if t is not EXTRACTIONS}
        full = {**counts, **manifest, "sequence": load.sequence, "tables": held}
        if full != manifest:
            write_json(load.path / "manifest.json", full)
            changed = True
    return changed
