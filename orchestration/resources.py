"""The one resource: the house and the right to change it.

Belongs here: a thin shell that opens the plain classes and holds the lock while a run writes.
Does not belong here: work.
"""

from collections.abc import Generator
from contextlib import contextmanager

import dagster as dg
from pydantic import PrivateAttr

from claimhouse.publishing import Publisher, refresh_lock
from ingest.landing import Landing
from ingest.loads import Loads
from ingest.migration import migrate
from ingest.settings import Settings, settings
from ingest.working_copy import WorkingCopy
from orchestration.instance import remove_old_runs


class House(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Landing, candidate and published file, open to one run at a time.

    A run that asks for it holds the refresh lock until it ends, whoever started it. A second one
    fails at its first step, and says who holds the lock, unless CLAIMHOUSE_LOCK_TIMEOUT lets it wait.
    """

    _loads: Loads = PrivateAttr()
    _publisher: Publisher = PrivateAttr()
    _settings: Settings = PrivateAttr()

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator["House"]:
        self._settings = settings()
        with refresh_lock(self._settings):
            run_id = context.run.run_id if context.run else "unknown"
            migrate(Landing(self._settings.landing_dir))
            self._loads = Loads(self._settings, run_id)
            self._publisher = Publisher(self._settings)
            self._publisher.refuse_lost()
            if context.instance is not None:
                remove_old_runs(context.instance, self._settings.kept_run_days)
            yield self

    def keep(self) -> None:
        """Bring what was done so far to the object store that the house is in; else it is kept as it is written."""
        copy = WorkingCopy.of(self._settings)
        if copy is not None:
            copy.push()

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def loads(self) -> Loads:
        return self._loads

    @property
    def publisher(self) -> Publisher:
        return self._publisher
