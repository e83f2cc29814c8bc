"""What grammar rules mean: builders that turn matched nodes into phrases with a meaning.

Belongs here: functions from matched nodes to ``Meaning``, one name each, named by the catalogue.
Does not belong here: patterns (``data/en/rules.toml``), or anything that looks at the rest of the
text (``context``, ``resolve``).
"""

from ingest.extract.dates.build import amounts, calendar, clocks, event_units, joins, relative
from ingest.extract.dates.build.registry import BUILDERS

__all__ = ["BUILDERS", "amounts", "calendar", "clocks", "event_units", "joins", "relative"]
