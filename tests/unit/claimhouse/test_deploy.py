"""The script that packs, starts and submits: its grammar, and what it hands on. Nothing is packed or started here."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = ROOT / "deploy" / "spark.sh"


def run(env: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, "SPARK_ENV": str(env), **variables}
    return subprocess.run([SCRIPT, *arguments], env=given, capture_output=True, text=True, check=False)


def stand_in(path: Path) -> None:
    """A program that says what it was called with, instead of what stands in the packed environment."""
    path.parent.mkdir(parents=True)
    path.write_text('#!/bin/sh\nprintf "%s\\n" "$@" "$PYSPARK_PYTHON" "$PYSPARK_SUBMIT_ARGS"\n', encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize("script", [SCRIPT, ROOT / ".ci" / "run"], ids=lambda path: path.name)
def test_scripts_are_of_one_grammar(script: Path) -> None:
    assert subprocess.run(["bash", "-n", script], capture_output=True, check=False).stderr == b""
    assert "set -euo pipefail" in script.read_text(encoding="utf-8").splitlines()


def test_without_a_word_that_it_knows_it_says_how_it_is_called(tmp_path: Path) -> None:
    for arguments in ((), ("start",)):
        done = run(tmp_path, *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert [
            word for word in ("pack", "master", "worker", "submit") if f"deploy/spark.sh {word}" in done.stderr
        ] == [
            "pack",
            "master",
            "worker",
            "submit",
        ]
    done = run(tmp_path, "submit")
    assert done.returncode == 1
    assert "the master, as spark://HOST:7077" in done.stderr


def test_what_is_submitted_runs_in_the_packed_environment(tmp_path: Path) -> None:
    env = tmp_path / "an env"
    stand_in(env / "bin" / "claimhouse")
    asked = ("extract", "s3a://news/a b", "s3://news/facts", "--send-gazetteer")
    told = run(env, "submit", "spark://host:7077", *asked).stdout.splitlines()
    assert told[:-1] == ["spark", *asked, "./env/bin/python"]
    submitted = shlex.split(told[-1])
    assert submitted[:4] == ["--master", "spark://host:7077", "--archives", f"{env}.tar.gz#env"]
    assert submitted[4:] == ["--executor-memory", "4g", "pyspark-shell"]
    other = run(env, "submit", "yarn", "resolve", SPARK_ARGUMENTS="--num-executors 3").stdout.splitlines()[-1]
    assert other.endswith("#env --num-executors 3 pyspark-shell")


def test_master_and_worker_are_those_of_the_packed_spark(tmp_path: Path) -> None:
    stand_in(tmp_path / "lib" / "python3.11" / "site-packages" / "pyspark" / "bin" / "spark-class")
    master = run(tmp_path, "master", HOST="one").stdout.splitlines()
    assert master[:5] == ["org.apache.spark.deploy.master.Master", "--host", "one", "--port", "7077"]
    worker = run(tmp_path, "worker", "spark://one:7077", CORES="3", MEMORY="8g").stdout.splitlines()
    assert worker[:6] == [
        "org.apache.spark.deploy.worker.Worker",
        "--cores",
        "3",
        "--memory",
        "8g",
        "spark://one:7077",
    ]
