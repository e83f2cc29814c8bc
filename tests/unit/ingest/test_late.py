from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from ingest.garbage import without_garbage_collection
from ingest.late import Late


def python(code: str) -> list[str]:
    """The lines that a process of its own prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_a_late_module_is_imported_with_the_first_that_is_asked_of_it() -> None:
    code = """
import sys
from ingest.late import Late
colours = Late("colorsys")
print("colorsys" in sys.modules)
print(colours.rgb_to_hsv(0, 0, 0) == (0, 0, 0), "colorsys" in sys.modules)
"""
    assert python(code) == ["False", "True", "True"]


def test_what_is_not_in_a_late_module_is_not_there() -> None:
    with pytest.raises(AttributeError):
        _ = Late("colorsys").no_such_colour
    with pytest.raises(ModuleNotFoundError):
        _ = Late("no_such_module").anything


@pytest.mark.parametrize("was_enabled", [True, False])
def test_garbage_is_looked_for_again_afterwards_where_it_was_before(was_enabled: bool) -> None:
    (gc.enable if was_enabled else gc.disable)()
    try:
        with without_garbage_collection():
            assert not gc.isenabled()
        assert gc.isenabled() == was_enabled
    finally:
        gc.enable()


def test_a_refresh_imports_no_frames_before_there_is_a_load_to_check() -> None:
    code = "import sys, orchestration.build; print('pandas' in sys.modules, 'great_expectations' in sys.modules)"
    assert python(code) == ["False", "False"]


def test_arrow_imports_pandas_for_frames_only() -> None:
    code = """
import sys
from ingest.late import arrow_without_pandas
arrow_without_pandas()
import pyarrow as pa
table = pa.table({"a": [1, 2]})
print("pandas" in sys.modules)
print(list(table.to_pandas()["a"]) == [1, 2], pa.array(table.to_pandas()["a"]) == table["a"].chunk(0))
"""
    assert python(code) == ["False", "True", "True"]


def test_a_module_that_was_stood_in_for_is_imported_by_who_asks_later() -> None:
    code = """
import sys
from ingest.late import stood_in_for
with stood_in_for("colorsys", "rgb_to_hsv"):
    from colorsys import rgb_to_hsv
print(rgb_to_hsv, "colorsys" in sys.modules)
import colorsys
print(colorsys.rgb_to_hsv(0, 0, 0)[0])
with stood_in_for("colorsys", "rgb_to_hsv"):
    from colorsys import rgb_to_hsv
print(rgb_to_hsv(0, 0, 0)[0])
"""
    assert python(code) == ["None", "False", "0.0", "0.0"]


def test_who_extracts_imports_neither_frames_nor_what_downloads_models() -> None:
    code = """
import sys
from ingest.extract.workers import PipelineConfig, _start_worker
from ingest.settings import settings
_start_worker(PipelineConfig(settings().model, settings().gazetteer_dir))
print({"pandas", "requests", "spacy.cli"} & set(sys.modules))
"""
    assert python(code) == ["set()"]


def test_the_entry_point_imports_no_command() -> None:
    """Each process that a refresh starts imports it."""
    code = "import sys; from claimhouse.cli import main; print({'typer', 'pyarrow', 'numpy'} & set(sys.modules))"
    assert python(code) == ["set()"]
