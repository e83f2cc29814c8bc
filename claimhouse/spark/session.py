"""The Spark session that the commands work in, and what this machine must have for it.

Belongs here: Java, the settings that every job of the project needs. Does not belong here: the jobs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LEAST_JAVA = 17
# what every job here counts on; a user's own settings (spark-submit, spark-defaults.conf) come on top
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    # standard SQL: names in double quotes
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    # landed rows are handed to Python in portions, for texts are long
    "spark.sql.execution.arrow.maxRecordsPerBatch": "500",
    # a pipeline costs a second to make: one for each Python process, not for each task
    "spark.python.worker.reuse": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}

# for a session on this machine in which Java does little, as when Python finds the facts: its code is compiled once
# and quickly, and not again and well, which costs more than such a session ever gains by it
_LITTLE_JAVA = {"spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}


class SparkError(Exception):
    """Spark cannot do what it was asked; the message says why, and what can be done."""


def java_version() -> int | None:
    """The version of the Java that Spark would start, as 17; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if java is None:
        return None
    done = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)  # noqa: S603 - found above
    found = re.search(r'version "(?:1\.)?(\d+)', done.stderr + done.stdout)
    return int(found.group(1)) if found else None


def what_is_missing() -> str | None:
    """What this machine lacks to run Spark, in one sentence; None where it has everything."""
    version = java_version()
    if version is None or version < LEAST_JAVA:
        found = "no Java was found" if version is None else f"the Java that was found is {version}"
        return (
            f"Spark needs Java {LEAST_JAVA} or newer, and {found}: install one (on Debian openjdk-17-jre-headless) or"
            " set JAVA_HOME"
        )
    return None


def for_python(master: str | None) -> dict[str, str]:
    """Settings on top for a session whose work is done in Python; none where Java runs on other machines too."""
    return _LITTLE_JAVA if master is not None and master.startswith("local[") else {}


def session(master: str | None = None, more: dict[str, str] | None = None) -> SparkSession:
    """A session with the settings that the jobs count on.

    Args:
        master: where Spark runs, as ``local[2]``; None: as spark-submit or the environment say, else this machine.
        more: settings on top.

    Raises:
        SparkError: there is no Java that Spark can run on.
        ModuleNotFoundError: pyspark is not installed.
    """
    from pyspark.sql import SparkSession

    missing = what_is_missing()
    if missing:
        raise SparkError(missing)
    # the interpreter of this environment; elsewhere PYSPARK_PYTHON says which
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("claimhouse")
    for name, value in {**SETTINGS, **(more or {})}.items():
        builder = builder.config(name, value)
    if master:
        builder = builder.master(master)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark
