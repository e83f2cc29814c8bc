"""Whatever stands in a file of the landing, it is read as it was written, or refused by its name with the ways on."""

from __future__ import annotations

import json
import shutil
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.files import DamagedError
from ingest.landing import Landing
from ingest.loads import Loads
from ingest.migration import HouseError, migrate
from ingest.settings import Settings
from ingest.tables import ARTICLES, CLAIMS, DOCUMENTS

HOUSE = sorted((Path(__file__).parents[2] / "houses").glob("*.tar.xz"))[0]
BYTES = [b"", b"[]", b"null", b"7", b'"x"', b"{}", b'{"a"', b"\xff", b"[" * 100_000, b'[{"a": 1}]', b"NaN"]
VALUES = [None, 7, "x", [], {}, -1, float("inf"), "2025-01-01"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("house")
    with tarfile.open(HOUSE) as packed:
        packed.extractall(root, filter="data")
    landing = Landing(root / "data" / "landing")
    migrate(landing)
    landing.set_aside(landing.committed()[-1].load_id, "it cannot be built")
    return root


@pytest.fixture
def every(house: Path) -> Callable[[], None]:
    """All that a refresh reads of the landing before it builds."""
    settings = Settings(data_dir=house / "data", inbox=house / "inbox", sources_file=house / "sources.yml")
    landing = Landing(settings.landing_dir)

    def read() -> None:
        migrate(landing)
        landing.known()
        landing.clock_problem()
        landing.to_reextract("another", None, None)
        Loads(settings, "run").has_nothing_to_do()

    read()
    return read


def _broken(path: Path) -> Iterator[bytes]:
    yield from BYTES
    whole = json.loads(path.read_text(encoding="utf-8"))
    for name in whole:
        yield from (json.dumps({**whole, name: value}).encode() for value in VALUES)
        yield json.dumps({key: value for key, value in whole.items() if key != name}).encode()


def _read_with(path: Path, data: bytes, read: Callable[[], None]) -> str:
    """What is said where a file holds other bytes; nothing where it can be read all the same."""
    whole = path.read_bytes()
    path.write_bytes(data)
    try:
        read()
    except (DamagedError, HouseError) as error:
        return str(error)
    finally:
        path.write_bytes(whole)
    return ""


@pytest.mark.parametrize("name", ["schema.json", "aside/*.json", "loads/*/plan.json", "loads/*/manifest.json"])
def test_a_record_with_anything_else_in_it_is_read_or_refused_by_name(
    house: Path, every: Callable[[], None], name: str
) -> None:
    path = sorted((house / "data" / "landing").glob(name))[0]
    told = [_read_with(path, data, every) for data in _broken(path)]
    assert any(told)
    assert all(not one or str(path) in one or path.parent.name in one for one in told)


def _other(rows: pa.Table, name: str, kind: str) -> pa.Table:
    values: dict[str, Any] = {
        "null": pa.nulls(rows.num_rows),
        "int": pa.array([7] * rows.num_rows),
        "list": pa.array([[1]] * rows.num_rows),
        "bytes": pa.array([b"\xff"] * rows.num_rows),
    }
    return rows.set_column(rows.column_names.index(name), name, values[kind])


@pytest.mark.parametrize("kind", ["null", "int", "list", "bytes"])
@pytest.mark.parametrize(
    ("table", "column"), [(ARTICLES, "url"), (ARTICLES, "article_id"), (DOCUMENTS, "fingerprint"), (CLAIMS, "exact")]
)
def test_a_column_of_another_type_is_read_as_its_own_or_refused_by_name(
    house: Path, every: Callable[[], None], table: Any, column: str, kind: str, tmp_path: Path
) -> None:
    path = Landing(house / "data" / "landing").committed()[0].part(table, 0)
    pq.write_table(_other(pq.read_table(path), column, kind), tmp_path / "other.parquet")
    # as after an update of the program, which looks through all
    schema = house / "data" / "landing" / "schema.json"
    shutil.copyfile(schema, tmp_path / "schema.json")
    told = _read_with(path, (tmp_path / "other.parquet").read_bytes(), every)
    assert not told or str(path) in told
    schema.unlink()
    told = _read_with(path, (tmp_path / "other.parquet").read_bytes(), every)
    assert not told or str(path) in told or path.parent.parent.name in told
    shutil.copyfile(tmp_path / "schema.json", schema)
