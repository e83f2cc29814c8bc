"""Dagster's event log in SQLite files, with connections that stay open.

Belongs here: how the log's files are opened. Does not belong here: what is written into them, which is Dagster's.

A refresh writes some seven hundred events. Dagster opens the run's file and the index anew for each, three times for
some, and closing a file waits for the disk: half of what a refresh of one article cost.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster import Field, StringSource
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

# the index, the run that is under way, and some that somebody looks at in the UI
_OPEN_FILES = 6


class EventLog(SqliteEventLogStorage):
    """The event log of one Dagster home. ``dagster.yaml`` names this class."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines = OrderedDict[str, Engine]()
        self._found = set[str]()
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> Any:
        """The folder of the files; by default the one that Dagster itself would take."""
        return {"base_dir": Field(StringSource, is_required=False)}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> EventLog:
        """The log that ``dagster.yaml`` describes."""
        folder = config_value.get("base_dir") or str(Path(os.environ["DAGSTER_HOME"], "history", "runs"))
        return cls(folder, inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def _engine(self, shard: str) -> Engine:
        """The open file of one run, or the index; those that were not asked for longest are closed."""
        if shard not in self._engines:
            self._engines[shard] = _open(self.conn_string_for_shard(shard))
        self._engines.move_to_end(shard)
        while len(self._engines) > _OPEN_FILES:
            oldest = next(name for name in self._engines if name != INDEX_SHARD_NAME)
            self._engines.pop(oldest).dispose()
        return self._engines[shard]

    def has_table(self, table_name: str) -> bool:
        """True where the index has this table; asked before many an event."""
        return self._is_once_true(f"table {table_name}", lambda: super(EventLog, self).has_table(table_name))

    def has_secondary_index(self, name: str) -> bool:
        """True where this migration of the index is done; asked before every look at an asset."""
        return self._is_once_true(f"index {name}", lambda: super(EventLog, self).has_secondary_index(name))

    def _has_asset_key_col_on_connection(self, conn: Connection, column_name: str) -> bool:
        there = super()._has_asset_key_col_on_connection
        return self._is_once_true(f"column {column_name}", lambda: there(conn, column_name))

    def _is_once_true(self, what: str, look: Any) -> bool:
        """What is so once stays so: the files of a home are only ever migrated to newer forms."""
        if what not in self._found and look():
            self._found.add(what)
        return what in self._found

    def wipe(self) -> None:
        """Remove all events of all runs."""
        self._close()
        super().wipe()

    def dispose(self) -> None:
        """Close what is open."""
        self._close()
        super().dispose()

    def _close(self) -> None:
        with self._db_lock:
            for engine in self._engines.values():
                engine.dispose()
            self._engines.clear()
            self._found.clear()


def _open(address: str) -> Engine:
    engine = create_engine(
        address,
        poolclass=QueuePool,
        pool_size=1,
        connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
    )
    # with a write-ahead log this loses no file when the power goes, at most the last events
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=NORMAL"))
    return engine
