"""Where Dagster keeps its runs: a home inside the desk or the checkout.

Belongs here: making DAGSTER_HOME and opening the instance. Does not belong here: definitions.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ingest.home import home as home_of_process

_CONFIG = Path(__file__).with_name("dagster.yaml")


def dagster_home() -> Path:
    """The home in DAGSTER_HOME, or the folder's own, which is made and configured where it is missing."""
    set_already = os.environ.get("DAGSTER_HOME")
    home = Path(set_already) if set_already else home_of_process().dagster_dir
    home.mkdir(parents=True, exist_ok=True)
    target = home / "dagster.yaml"
    if not set_already or not target.exists():
        shutil.copyfile(_CONFIG, target)
    os.environ["DAGSTER_HOME"] = str(home)
    return home
