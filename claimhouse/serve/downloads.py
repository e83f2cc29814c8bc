"""What a page shows, as a file: CSV, GeoJSON, Parquet.

Belongs here: writing rows in these formats, not more than a browser can take. Does not belong here: which rows.
"""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import orjson

from claimhouse.publications import Publication
from claimhouse.selections import Selection, SelectionError

MOST_ROWS = 200_000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
}


def file_of(publication: Publication, selection: Selection, format: str) -> bytes:  # noqa: A002
    """The rows of a list as a file, the first 200,000 of them.

    Raises:
        SelectionError: there is no such format, or the rows have no coordinates.
    """
    wanted = selection.page(MOST_ROWS)
    if format == "parquet":
        return _parquet(publication, wanted)
    rows = publication.ask(wanted.sql, wanted.parameters)
    if format == "csv":
        return csv_of(rows.columns, rows.rows)
    if format == "geojson":
        return _geojson(rows.dicts())
    if format == "json":
        return orjson.dumps(rows.dicts(), default=str)
    raise SelectionError(f"there is no format {format!r}; there are {', '.join(TYPES)}")


def csv_of(columns: list[str], rows: list[tuple[Any, ...]]) -> bytes:
    """Rows as CSV; what a spreadsheet would run as a formula is written as text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | dict):
        return orjson.dumps(value, default=str).decode()
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return f"'{value}"
    return value


def _geojson(rows: list[dict[str, Any]]) -> bytes:
    if rows and "lat" not in rows[0]:
        raise SelectionError("these rows have no coordinates")
    features = []
    for row in rows:
        point = row.pop("lon", None), row.pop("lat", None)
        geometry = None if None in point else {"type": "Point", "coordinates": point}
        features.append({"type": "Feature", "geometry": geometry, "properties": row})
    return orjson.dumps({"type": "FeatureCollection", "features": features}, default=str)


def _parquet(publication: Publication, wanted: Selection) -> bytes:
    import pyarrow.parquet as pq

    with publication.cursor() as cursor:
        table = cursor.sql(wanted.sql, params=wanted.parameters or None).to_arrow_table()
    written = io.BytesIO()
    pq.write_table(table, written, compression="zstd")
    return written.getvalue()
