"""Where the program's own files lie, and in whose folder it works.

Belongs here: telling a checkout from an installed program, and a desk from both; no other module asks for that.
Does not belong here: what a user sets (``ingest.settings``). The standard library is enough for it, so that the
parser can be built before anything is installed.

A *desk* is a folder that ``claimhouse init`` has made, with the marker ``desk.toml`` in it: its sources, its
authority file, its data. A *checkout* is the repository, which can be worked in as a desk is. Elsewhere the
program extracts and queries, and keeps what it makes for that in the user's cache.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

PROGRAM_DIR = Path(__file__).resolve().parent.parent
MARKER = "desk.toml"

_PACKED = PROGRAM_DIR / "claimhouse" / "shipped"
IS_CHECKOUT = not _PACKED.is_dir()
# dbt project, samples and starter files: at the root of a checkout, inside the package where it is installed
SHIPPED_DIR = PROGRAM_DIR if IS_CHECKOUT else _PACKED
# what a desk begins with, and its owner then edits
STARTER_FILES = ("sources.yml", "actors.yml", "watch.yml")
# the folders of the dbt project; what dbt makes beside them is not shipped
_DBT_FOLDERS = ("analyses", "macros", "models", "seeds", "tests")


class Kind(StrEnum):
    """Whose folder the program works in."""

    DESK = "desk"
    CHECKOUT = "checkout"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that relative paths are taken from, and what it is."""

    path: Path
    kind: Kind

    @property
    def is_desk(self) -> bool:
        """True in a folder that ``claimhouse init`` has made."""
        return self.kind is Kind.DESK

    @property
    def gazetteer_dir(self) -> Path | None:
        """Where the built gazetteer lies; None where the data folder has it."""
        return cache_dir() / "gazetteer" if self.kind is Kind.ELSEWHERE else None

    @property
    def dagster_dir(self) -> Path:
        """Dagster's home, where DAGSTER_HOME names none."""
        return self.path / ".dagster"

    @property
    def dbt_target_dir(self) -> Path:
        """What dbt makes of the project: a cache, which may be deleted."""
        return SHIPPED_DIR / "dbt_project" / "target" if self.kind is Kind.CHECKOUT else self.path / ".dbt" / "target"


def home() -> Home:
    """The folder that this process works in, as things are now.

    The first of: the one that CLAIMHOUSE_DESK names, the nearest desk at or above the current folder, the checkout
    that this program runs from, the current folder.
    """
    named = os.environ.get("CLAIMHOUSE_DESK")
    if named:
        return Home(Path(named).expanduser().absolute(), Kind.DESK)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file():
            return Home(folder, Kind.DESK)
    return Home(PROGRAM_DIR, Kind.CHECKOUT) if IS_CHECKOUT else Home(here, Kind.ELSEWHERE)


def cache_dir() -> Path:
    """The user's cache folder for this program, whether or not it is there."""
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "claimhouse"


def shipped_files(root: Path) -> list[Path]:
    """The files of a checkout that a wheel carries beside the packages, relative to its root, in order."""
    project, samples = root / "dbt_project", root / "samples"
    found = [
        *project.glob("*.yml"),
        *samples.rglob("*"),
        *(root / name for name in STARTER_FILES),
        root / "workspace.yaml",
    ]
    for folder in _DBT_FOLDERS:
        found += (project / folder).rglob("*")
    return sorted(
        path.relative_to(root) for path in found if path.is_file() and not path.name.startswith((".", "__pycache__"))
    )
