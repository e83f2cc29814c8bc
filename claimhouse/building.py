"""Building the candidate until it holds what it is to hold, and finding the load that cannot be built.

Belongs here: which builds are tried, in plain calls; what a build that failed means. Does not belong here: running dbt
(``orchestration``), laying a candidate out (``claimhouse.publishing``).

A load that was committed and cannot be built is set aside, so that the others still can. Which one it is shows in
trials: the first, in their order, with which a build fails. Where a build fails for want of disk space, or because
somebody killed it, no load is to blame.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from claimhouse.publishing import Publisher
from ingest.landing import Landing, Load

log = logging.getLogger(__name__)

_MOST_SET_ASIDE = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one build ended. ``failures`` are sentences, one a model or rule; none: it is built."""

    failures: tuple[str, ...] = ()
    is_of_machine: bool = False  # disk full, killed: no load is to blame

    def __str__(self) -> str:
        return "; ".join(self.failures)


class BuildError(Exception):
    """The candidate cannot be built; the message says why, and what can be done."""


Build = Callable[[], Outcome]


@dataclass
class Builder:
    """Builds one candidate. ``build`` runs dbt on what the publisher has laid out."""

    publisher: Publisher
    landing: Landing
    build: Build
    run_id: str
    set_aside: list[str] = field(default_factory=list)

    def run(self) -> list[Load]:
        """Build a candidate that holds exactly what the committed loads hold; returns the loads that were added.

        Raises:
            BuildError: it cannot be built, and not on account of one load.
        """
        loads = self.publisher.prepare()
        outcome = self.build()
        while outcome.failures:
            if outcome.is_of_machine:
                raise BuildError(str(outcome))
            if not loads:
                raise BuildError(f"{outcome}. It fails without any new load too, so no load is set aside")
            culprit, why = self._first_that_fails(loads, outcome)
            self._set_aside(culprit, why)
            loads = self.publisher.prepare()
            outcome = self.build()
        found = self.publisher.differences()
        if found and not self.publisher.is_anew:
            log.warning(
                "the published file lacks what was loaded (%s%s): it is built anew from the loads",
                found[0],
                f" and {len(found) - 1} more" if len(found) > 1 else "",
            )
            loads = self.publisher.prepare(anew=True)
            outcome = self.build()
            if outcome.failures:
                raise BuildError(str(outcome))
            found = self.publisher.differences()
        if found:
            raise BuildError(
                "the candidate does not hold what the loads hold, and is not published: "
                + "; ".join(map(str, found[:5]))
                + ". Compare the files below landing/loads with their manifest.json; `claimhouse loads drop ID` leaves"
                " a load out whose files are damaged"
            )
        return loads

    def _first_that_fails(self, loads: Sequence[Load], outcome: Outcome) -> tuple[Load, Outcome]:
        """The first load with which a build of those up to it fails, and how it fails."""
        built, failing = 0, len(loads)
        while failing - built > 1:
            middle = (built + failing) // 2
            self.publisher.prepare(only=loads[:middle])
            log.warning("the build failed; trying it with %d of %d loads", middle, len(loads))
            tried = self.build()
            if tried.is_of_machine:
                raise BuildError(str(tried))
            if tried.failures:
                failing, outcome = middle, tried
            else:
                built = middle
        if failing == 1:
            # what is built on nothing, or on yesterday's file alone, must not fail before a load is blamed for it
            self.publisher.prepare(only=[])
            tried = self.build()
            if tried.failures:
                raise BuildError(f"{tried}. It fails without any new load too, so no load is set aside")
        return loads[failing - 1], outcome

    def _set_aside(self, load: Load, why: Outcome) -> None:
        others = self.landing.dependents(load.load_id)
        most = max(_MOST_SET_ASIDE, len(self.landing.committed()) // 10)
        ways = f"`claimhouse loads drop {load.load_id}` leaves it out for good"
        if len(self.set_aside) + 1 + len(others) > most:
            for load_id in self.set_aside:
                self.landing.left_out.forget(load_id)
            raise BuildError(
                f"{why}. The first load with which this happens is {load.load_id}, but more than {most} loads would"
                f" have to be left out on this account, so none is: the models may be at fault. {ways}"
            )
        self.set_aside += self.landing.set_aside(load.load_id, str(why), self.run_id)
        log.warning(
            "load %s cannot be built and is set aside: %s. `claimhouse loads retry %s` takes it in again, %s",
            load.load_id,
            why,
            load.load_id,
            ways,
        )
