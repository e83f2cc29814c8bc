"""Run ``claimhouse refresh`` with the landed claims spoilt on the way, as a wrong extractor would.

Called as a program: ``spoiler.py STEP``, where STEP is the step of ``Loads`` after which they are spoilt.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

NEVER_WRITTEN = "never written"


def spoil(path: Path, column: str, value: object) -> None:
    """Put a value into the first row of a landed file."""
    table = pq.read_table(path)
    field = table.schema.field(column)
    values = table.column(column).to_pylist()
    values[0] = value
    table = table.set_column(table.schema.get_field_index(column), field, pa.array(values, field.type))
    pq.write_table(table, path)


def arm(step: str) -> None:
    from ingest.loads import Loads
    from ingest.tables import CLAIMS

    real = getattr(Loads, step)

    def spoilt(self: Loads, *args: Any, **kwargs: Any) -> Any:
        result = real(self, *args, **kwargs)
        spoil(self.landing.loads()[-1].parts(CLAIMS)[0], "exact", NEVER_WRITTEN)
        return result

    setattr(Loads, step, spoilt)


if __name__ == "__main__":
    arm(sys.argv[1])
    sys.argv = ["claimhouse", "refresh"]
    from claimhouse.cli import main

    main()
