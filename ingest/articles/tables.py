"""The word lists of this package, read once.

Belongs here: loading ``fields.toml`` and ``signs.toml``. Does not belong here: their use.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=4)
def table(name: str) -> dict[str, Any]:
    """One TOML file of this package."""
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def names(section: str, key: str) -> tuple[str, ...]:
    """One list of ``fields.toml``."""
    return tuple(table("fields")[section][key])


@lru_cache(maxsize=32)
def sign(name: str) -> re.Pattern[str]:
    """The compiled patterns of one section of ``signs.toml``."""
    return re.compile("|".join(table("signs")[name]["patterns"]), re.I)
