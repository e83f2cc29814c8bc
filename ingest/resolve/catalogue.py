"""The catalogue of the rules by which statements are related.

Belongs here: reading it. Does not belong here: what the rules ask (``relations`` and the modules of its rules).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def rules() -> dict[str, dict[str, Any]]:
    """The rules by their ids: description, example, confidence."""
    return tomllib.loads((files(__package__) / "data" / "relations.toml").read_text(encoding="utf-8"))
