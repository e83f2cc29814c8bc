"""Rows of CSV and Parquet files as records.

Belongs here: reading tables row by row in bounded memory, and the field map of a source. Does not belong
here: what a field means (``ingest.articles.fields``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import Any

from ingest.articles.decode import binary_kind
from ingest.articles.draft import RefusedError
from ingest.articles.tables import names

_BATCH = 256


def renamed(record: dict[str, Any], fields: Mapping[Any, str]) -> dict[str, Any]:
    """A record whose fields have the names that readers know; what the map does not name stays.

    Raises:
        RefusedError: the record lacks the field that the map takes the text from.
    """
    if not fields:
        return record
    wanted = fields.get("text")
    if wanted and wanted not in record:
        known = ", ".join(map(str, list(record)[:20]))
        raise RefusedError("malformed", f"no field {wanted!r} for the text; there are: {known}")
    mapped = {names("record", name)[0]: record.get(column) for name, column in fields.items()}
    rest = {k: v for k, v in record.items() if k not in fields.values()}
    return {**rest, **mapped}


def csv_rows(
    file: BufferedReader, delimiter: str | None, most: int
) -> Iterator[tuple[int, dict[str, Any] | RefusedError]]:
    """(line where it ends, record) of each row behind the first, which names the columns.

    Raises:
        RefusedError: it is no text, or no table.
    """
    head = file.peek(4_096)[:4_096]
    kind = binary_kind(head)
    if kind or b"\0" in head:
        raise RefusedError("binary", kind or "zero bytes")
    first = head.split(b"\n", 1)[0]
    delimiter = delimiter or max("\t;,|", key=lambda d: first.count(d.encode()))
    csv.field_size_limit(most)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
    rows = csv.reader(text, delimiter=delimiter)
    try:
        columns = next(rows, None)
        if not columns:
            raise RefusedError("empty", "no line with names of columns")
        for row in rows:
            if not row:
                continue
            if len(row) > len(columns):
                yield rows.line_num, RefusedError("malformed", f"{len(row)} values for {len(columns)} columns")
            else:
                yield rows.line_num, dict(zip(columns, row, strict=False))
    except csv.Error as error:
        raise RefusedError("malformed", f"line {rows.line_num}: {error}") from None


def parquet_rows(file: BufferedReader) -> Iterator[tuple[int, dict[str, Any] | RefusedError]]:
    """(number from 1, record) of each row.

    Raises:
        RefusedError: it is no Parquet file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(file)
        number = 0
        for batch in table.iter_batches(batch_size=_BATCH):
            for record in batch.to_pylist():
                number += 1
                yield number, record
    except (pa.ArrowException, OSError, ValueError) as error:
        raise RefusedError("malformed", f"no Parquet file: {str(error).splitlines()[0][:200]}") from None
