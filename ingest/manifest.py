"""What the manifest of a load says: the record, and its columns.

Belongs here: names and meaning of a manifest's entries. Does not belong here: writing it
(``ingest.landing``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from ingest.records import column
from ingest.tables import EXTRACTED, EXTRACTIONS, Column, Table, table_without_load

LOAD_KINDS = ("ingest", "reextract")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadManifest:
    """The manifest of each load; written last, it commits the load.

    It also has the number of rows of each table of facts, by the table's name, and the number of shards.
    """

    load_id: str = column("The load; sorts by the time it was begun.")
    kind: str = column(
        "ingest for new documents, reextract for known texts read by newer extractors.", codes=LOAD_KINDS
    )
    sequence: int = column(
        "Place in the order in which loads were begun, from 1, which is the order that they are built in.", low=1
    )
    recorded_at: datetime = column("When the load was begun, UTC; the same for all its rows.")
    committed_at: datetime = column("When its manifest was written, UTC.")
    extractor_version: str | None = column("Versions of all extractors and their data, as one string.")
    documents_read: int = column("Documents read.", low=0)
    articles_loaded: int = column("Documents that gave an article.", low=0)
    duplicates: int = column("Documents that repeat a known text.", low=0)
    rejected: int = column("Documents set aside with a reason.", low=0)


_PLAIN = table_without_load("loads", "load_id", LoadManifest)
# manifests are JSON files, one a load
LOADS = Table(
    _PLAIN.name,
    _PLAIN.key,
    _PLAIN.doc,
    (
        *_PLAIN.columns,
        *(
            Column(t.name, pa.int64(), False, f"Rows of {t.name} in the load.", low=0, before=0)
            for t in EXTRACTED
            if t is not EXTRACTIONS
        ),
        Column("shards", pa.int64(), False, "Shards that the load was written in.", low=0),
    ),
)
