"""A desk: the folder in which somebody works with an installed program.

Belongs here: making one, with the files that it begins with. Does not belong here: finding the desk that a process
works in (``ingest.home``), what its files say.
"""

from __future__ import annotations

import shutil
from importlib.metadata import version
from pathlib import Path

from ingest.home import MARKER, SHIPPED_DIR, STARTER_FILES
from ingest.settings import Settings

_IGNORED = "/data/\n/.dagster/\n/.dbt/\n/.env\n"


class DeskError(Exception):
    """There can be no desk; the message says why."""


def make_desk(folder: Path, *, samples: bool = True) -> list[str]:
    """Make a desk of a folder, which may be there; what is in it already stays as it is.

    Args:
        folder: the folder, made where it is missing.
        samples: with the sample articles as sources.

    Returns:
        The names of the files that were made, relative to the folder; none where all are there already.

    Raises:
        DeskError: the folder cannot be written to, or is a file.
    """
    try:
        return _make(folder, samples)
    except OSError as problem:
        raise DeskError(f"{folder} cannot be made a desk: {problem.strerror or problem}") from None


def _make(folder: Path, samples: bool) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    texts = {name: (SHIPPED_DIR / name).read_text(encoding="utf-8") for name in STARTER_FILES}
    if not samples:
        sources = texts["sources.yml"]
        texts["sources.yml"] = sources[: sources.index("\n# The samples")]
    texts |= {".env": _settings_text(), ".gitignore": _IGNORED}
    made = [name for name, text in texts.items() if _write_new(folder / name, text)]
    if samples and not (folder / "samples").exists():
        shutil.copytree(SHIPPED_DIR / "samples", folder / "samples")
        made.append("samples")
    (folder / "data" / "inbox").mkdir(parents=True, exist_ok=True)
    # last, so that a folder with the marker has all the rest
    marker = f'# Marks this folder as a desk of Claimhouse; settings go to .env.\nmade_by = "{version("claimhouse")}"\n'
    if _write_new(folder / MARKER, marker):
        made.append(MARKER)
    return made


def _write_new(path: Path, text: str) -> bool:
    """Write a file that is not there; False where it is."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True


def _settings_text() -> str:
    """Every setting with what it means and its value, commented out."""
    lines = ["# Settings of this desk; a variable of the environment wins over a line here."]
    for name, field in Settings.model_fields.items():
        value = "" if field.default is None else field.default
        lines += ["", f"# {field.description}", f"#CLAIMHOUSE_{name.upper()}={value}"]
    return "\n".join(lines) + "\n"
