"""The dbt project: what Dagster shows of it, and the one call of dbt of a refresh.

Belongs here: manifest, names, groups, arguments, the call. Does not belong here: the assets (``assets``).
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtProject
from filelock import FileLock

from claimhouse.published import digest_of
from claimhouse.publishing import DBT_DIR, Publisher, project_digest
from ingest.garbage import without_garbage_collection
from ingest.home import home
from orchestration.dbt_savings import savings
from orchestration.layers import CODES, DBT_LAYERS, MARTS, OWNERS
from orchestration.texts import plain, served_table

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

# the commands of this package live beside the interpreter that runs us
DBT_EXECUTABLE = Path(sys.executable).with_name("claimhouse-dbt")
# what a refresh reads; dbt called by hand writes elsewhere, and does not disturb it
_REFRESH = "refresh"


@dataclass(frozen=True)
class CompiledProject:
    """The dbt project, parsed, with its data tests compiled. The same for every house."""

    project: DbtProject

    @property
    def parsed_path(self) -> Path:
        """What dbt has parsed, as its own objects: read in a tenth of the time that its file of the same takes."""
        return self.project.manifest_path.with_name("parsed.pickle")

    @property
    def templates_path(self) -> Path:
        """The templates of models and macros, compiled."""
        return self.project.manifest_path.with_name("templates.marshal")

    def parsed(self) -> Manifest:
        """What dbt has parsed; a new object each time, as a run changes it."""
        return from_bytes(self.parsed_path.read_bytes())

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """dbt's manifest."""
        loaded: dict[str, Any] = json.loads(self.project.manifest_path.read_bytes())
        return loaded


def compiled_project() -> CompiledProject:
    """The project, with a manifest that fits its files.

    It is made by ``dbt compile`` where it is missing, damaged or older than what it was made from: Dagster's own
    preparation runs under ``dagster dev`` only, and the command line, the tests and the UI must see the same assets.

    Raises:
        RuntimeError: dbt cannot compile the project; the message is dbt's.
    """
    target = home().dbt_target_dir / _REFRESH
    compiled = CompiledProject(DbtProject(DBT_DIR, target_path=target, profiles_dir=DBT_DIR))
    files = (compiled.project.manifest_path, compiled.parsed_path)
    target.mkdir(parents=True, exist_ok=True)
    with FileLock(target / "refresh.lock"):
        digest = f"{project_digest()}-{version('dbt-core')}"
        if not is_whole(target / "refresh.digest", files, digest):
            # what was parsed before is a cache, which may be what cannot be read
            for cached in (*files, compiled.templates_path):
                cached.unlink(missing_ok=True)
            done = _compile(target)
            if done.returncode:
                raise RuntimeError(f"dbt cannot compile {DBT_DIR}:\n{done.stdout}{done.stderr}")
            _keep_parsed(compiled)
            for folder in home().dbt_target_dir.glob("build_candidate-*"):
                # older programs left one of each run
                shutil.rmtree(folder, ignore_errors=True)
            (target / "refresh.digest").write_text(_stamp(files, digest), encoding="utf-8")
    return compiled


def _keep_parsed(compiled: CompiledProject) -> None:
    """Write what dbt has parsed in the form in which each run takes it."""
    from dbt.contracts.graph.manifest import Manifest

    own = compiled.project.manifest_path.with_name("partial_parse.msgpack")
    compiled.parsed_path.write_bytes(as_bytes(Manifest.from_msgpack(own.read_bytes())))


def as_bytes(manifest: Manifest) -> bytes:
    """What dbt has parsed, ready for runs."""
    # what the macros see as "graph"; dbt makes it after parsing
    manifest.build_flat_graph()  # type: ignore[no-untyped-call]
    # field by field: as a whole it pickles them by their places, and not all. Lookups are made as they are needed
    named = [field.name for field in fields(manifest) if not field.name.startswith("_")]
    return pickle.dumps({name: getattr(manifest, name) for name in named})


def from_bytes(kept: bytes) -> Manifest:
    """What :func:`as_bytes` has kept; a new object each time, as a run changes it."""
    from dbt.contracts.graph.manifest import Manifest

    return Manifest(**pickle.loads(kept))  # noqa: S301 - written by this program: those who read it check the digest


def is_whole(stamp: Path, files: tuple[Path, ...], digest: str) -> bool:
    """True where these are the files that dbt wrote for the project of this digest."""
    try:
        return stamp.read_text(encoding="utf-8") == _stamp(files, digest)
    except (OSError, UnicodeDecodeError):
        return False


def _stamp(files: tuple[Path, ...], digest: str) -> str:
    return " ".join([digest, *map(digest_of, files)])


def _compile(target: Path) -> subprocess.CompletedProcess[str]:
    # dbt compiles with a database open, whose name is in the queries: the candidate's, and an empty one
    with tempfile.TemporaryDirectory() as folder:
        command = [str(DBT_EXECUTABLE), "--quiet", "compile", "--select", "resource_type:test", *_FOLDERS]
        command += ["--target-path", str(target), "--log-path", folder]
        environment = {**os.environ, "CLAIMHOUSE_DUCKDB_PATH": str(Path(folder, "candidate.duckdb"))}
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603


_FOLDERS = ("--project-dir", str(DBT_DIR), "--profiles-dir", str(DBT_DIR))


def dbt_arguments(variables: Mapping[str, Any], target: Path) -> list[str]:
    """Arguments of the one dbt call of a refresh.

    Data tests are asked once all is built (``claimhouse.data_tests``). Unit tests pin the models' logic on made-up
    rows; they belong to the test suite, not to a load.
    """
    kinds = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
    paths = ["--target-path", str(target), "--log-path", str(target)]
    told = {name: _as_written(value) for name, value in variables.items()}
    return ["--quiet", "build", *kinds, *_FOLDERS, *paths, "--vars", json.dumps(told)]


def _as_written(value: Any) -> Any:
    """A variable that dbt takes as it stands: it reads each as a template, and a folder may have braces in its name."""
    return f"{{% raw %}}{value}{{% endraw %}}" if isinstance(value, str) and "{" in value else value


@dataclass(frozen=True, slots=True)
class DbtRun:
    """How one call of dbt ended. ``results`` is its own record of it; None where dbt did not come to write one."""

    results: dict[str, Any] | None
    is_successful: bool
    last_line: str


def run_dbt(publisher: Publisher, compiled: CompiledProject) -> DbtRun:
    """Build what the publisher has laid out; in this process, which has most of dbt imported for the asset graph.

    Raises:
        KeyboardInterrupt, SystemExit: somebody stopped this process meanwhile.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    target = publisher.dbt_dir
    target.mkdir(parents=True, exist_ok=True)
    try:
        with without_garbage_collection(), savings(compiled.templates_path), environment(publisher.dbt_environment):
            ended = dbtRunner(compiled.parsed()).invoke([*dbt_arguments(publisher.dbt_vars, target), "--no-write-json"])
    finally:
        # dbt leaves its connection open, and a file open for writing lets nobody else in
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
    if isinstance(ended.exception, (KeyboardInterrupt, SystemExit)):
        raise ended.exception
    if ended.exception:
        return DbtRun(None, False, " ".join(str(ended.exception).split())[:300] or type(ended.exception).__name__)
    told = [
        {"unique_id": ran.node.unique_id, "status": str(ran.status), "message": ran.message}
        for ran in getattr(ended.result, "results", [])
    ]
    return DbtRun({"results": told}, ended.success, "" if ended.success else "it says not of which node")


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """These variables in the environment, from which dbt's profile takes them."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class Translator(DagsterDbtTranslator):
    """Names and groups of dbt's nodes in the asset graph."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_asset_checks=False))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        if dbt_resource_props["resource_type"] == "source":
            return dg.AssetKey(["landing", dbt_resource_props["name"]])
        return dg.AssetKey(dbt_resource_props["name"])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        folder = dbt_resource_props["fqn"][1]
        if dbt_resource_props["resource_type"] == "seed":
            folder = "seeds"
        return DBT_LAYERS.get(folder)

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        # the SQL that the default puts behind it stands as one long line in the lists of the UI
        return plain(dbt_resource_props.get("description") or dbt_resource_props["name"])

    def get_metadata(self, dbt_resource_props: Mapping[str, Any]) -> Mapping[str, Any]:
        name, metadata = dbt_resource_props["name"], dict(super().get_metadata(dbt_resource_props))
        if self.get_group_name(dbt_resource_props) in (MARTS, CODES):
            # where people find it, not where it is built
            metadata["dagster/table_name"] = f"claimhouse.main.{name}"
        return {**metadata, **served_table(name)}

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        return OWNERS
