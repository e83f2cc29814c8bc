"""The dbt project as Dagster sees it: manifest, names, groups, arguments.

Belongs here: what translates between the two. Does not belong here: the assets (``assets``).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, DbtProject
from filelock import FileLock

from claimhouse.published import digest_of
from claimhouse.publishing import DBT_DIR, Publisher, models_digest
from ingest.home import home
from orchestration.layers import DBT_LAYERS, OWNERS

# the step of a run that builds the candidate; what dbt makes in it is in a folder of this name and the run's
BUILD = "build_candidate"
_KEPT_RUNS = 10
_KEPT_SECONDS = 24 * 3600
# the commands of this package live beside the interpreter that runs us
DBT_EXECUTABLE = Path(sys.executable).with_name("claimhouse-dbt")


def dbt_project(publisher: Publisher) -> DbtProject:
    """The project, with a manifest that fits its files.

    The manifest is made by ``dbt parse`` where it is missing or older than what it was made from:
    Dagster's own preparation runs under ``dagster dev`` only, and the command line, the tests and
    the UI must see the same assets.

    Raises:
        RuntimeError: dbt cannot parse the project; the message is dbt's.
    """
    project = DbtProject(DBT_DIR, profiles_dir=DBT_DIR, target_path=home().dbt_target_dir)
    stamp = project.manifest_path.with_name("manifest.digest")
    project.manifest_path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(project.manifest_path.with_name("manifest.lock")):
        digest = models_digest()
        if not is_whole(project.manifest_path, stamp, digest):
            done = _parse(publisher)
            if done.returncode:
                # what was parsed before is a cache, which may be what cannot be read
                for cached in (project.manifest_path, project.manifest_path.with_name("partial_parse.msgpack")):
                    cached.unlink(missing_ok=True)
                done = _parse(publisher)
            if done.returncode:
                raise RuntimeError(f"dbt cannot parse {DBT_DIR}:\n{done.stdout}{done.stderr}")
            stamp.write_text(f"{digest} {digest_of(project.manifest_path)}")
    return project


def remove_old_runs(target: Path) -> None:
    """Remove what dbt made in old runs: Dagster gives each a folder of some megabytes and removes none.

    The last ten stay, and those of the last day, which another run may be using.
    """
    folders = sorted(target.glob(f"{BUILD}-*"), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in folders[_KEPT_RUNS:]:
        if time.time() - folder.stat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def is_whole(manifest: Path, stamp: Path, digest: str) -> bool:
    """True where the manifest is the one that dbt wrote for the project of this digest."""
    try:
        return stamp.read_text(encoding="utf-8") == f"{digest} {digest_of(manifest)}"
    except (OSError, UnicodeDecodeError):
        return False


def _parse(publisher: Publisher) -> subprocess.CompletedProcess[str]:
    # with the words of the later build, so that it finds the project parsed
    command = [str(DBT_EXECUTABLE), "--quiet", "parse", "--project-dir", str(DBT_DIR)]
    command += ["--vars", json.dumps(publisher.dbt_vars)]
    with dbt_environment(publisher):
        environment = {**os.environ, "DBT_PROFILES_DIR": str(DBT_DIR)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)  # noqa: S603


def dbt_arguments(variables: Mapping[str, Any]) -> list[str]:
    """Arguments of the one dbt call of a refresh.

    Unit tests pin the models' logic on made-up rows; they belong to the test suite, not to a load.
    """
    return ["build", "--exclude-resource-type", "unit_test", "--vars", json.dumps(variables)]


@contextmanager
def dbt_environment(publisher: Publisher) -> Iterator[None]:
    """Tell the dbt process that is started inside which file to build, and with how much memory."""
    told = publisher.dbt_environment
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class Dbt(DbtCliResource):
    """The command line of dbt, without the adapter that Dagster loads beside it.

    With it Dagster can ask the warehouse for what dbt did not tell, which nothing here does; it costs a second
    and some hundred MB of the process that waits for dbt.
    """

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> Any:
        return None


class Translator(DagsterDbtTranslator):
    """Names and groups of dbt's nodes in the asset graph."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_asset_checks=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        if dbt_resource_props["resource_type"] == "source":
            return dg.AssetKey(["landing", dbt_resource_props["name"]])
        return dg.AssetKey(dbt_resource_props["name"])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        folder = dbt_resource_props["fqn"][1]
        if dbt_resource_props["resource_type"] == "seed":
            folder = "seeds"
        return DBT_LAYERS.get(folder)

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        return OWNERS
