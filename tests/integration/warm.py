"""Commands in processes that have the program imported already, as a fork of one that imported it once.

Importing Dagster, dbt's Dagster library and the program costs more than what most commands of a test do. Each command
still has a process of its own, with its own environment, folder, streams and end: it can be killed, and what it keeps
in memory goes with it. Called as a program it is the process that is forked: a JSON line in, two JSON lines out.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import runpy
import select
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_IMPORTED = (
    *("claimhouse.cli.commands", "claimhouse.reporting", "claimhouse.evidence", "claimhouse.briefing.write"),
    *("claimhouse.changes", "claimhouse.watching", "orchestration.build", "ingest.quality.landed"),
    *("dbt.cli.main", "dbt.adapters.duckdb", "ingest.extract.claims", "ingest.extract.events", "spacy"),
)


class Warm:
    """The process that is forked. One is enough for all houses of a test process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        atexit.register(self._process.communicate)

    def run(
        self, command: Sequence[str], env: Mapping[str, str], cwd: Path, timeout: float
    ) -> subprocess.CompletedProcess[str]:
        """Run ``claimhouse`` with arguments, or a script of a path with arguments, as ``subprocess.run`` would.

        Raises:
            subprocess.TimeoutExpired: it took longer than so many seconds, and was killed.
        """
        with tempfile.TemporaryDirectory(prefix="warm-") as folder:
            streams = [str(Path(folder, name)) for name in ("stdout", "stderr")]
            self._tell({"command": list(command), "env": dict(env), "cwd": str(cwd), "streams": streams})
            pid = self._hear(None)["pid"]
            try:
                code = self._hear(timeout)["returncode"]
            except TimeoutError:
                os.kill(pid, signal.SIGKILL)
                self._hear(None)
                raise subprocess.TimeoutExpired(list(command), timeout) from None
            out, err = (Path(path).read_text(encoding="utf-8", errors="replace") for path in streams)
        return subprocess.CompletedProcess(list(command), code, out, err)

    def _tell(self, what: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def _hear(self, timeout: float | None) -> Any:
        assert self._process.stdout is not None
        if not select.select([self._process.stdout], [], [], timeout)[0]:
            raise TimeoutError
        return json.loads(self._process.stdout.readline())


def _serve() -> None:
    answers = os.fdopen(os.dup(1), "w")
    # nothing that is imported may write among the answers
    os.dup2(2, 1)
    _import()
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if not pid:
            answers.close()
            _be(asked)
        for answer in ({"pid": pid}, None):
            told = answer or {"returncode": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}
            answers.write(json.dumps(told) + "\n")
            answers.flush()


def _import() -> None:
    """All that a refresh imports, and nothing that looks at settings or starts a thread."""
    from ingest.extract.threads import single_threaded_blas

    single_threaded_blas()
    for module in _IMPORTED:
        importlib.import_module(module)
    from ingest import processes
    from ingest.quality.expect import warm_up

    # what the processes of a refresh import is there too; a refresh that is started cold spawns them
    processes.START_METHOD = "fork"
    warm_up()


def _be(asked: dict[str, Any]) -> None:
    """Become the command; never returns."""
    code = 1
    try:
        os.environ.clear()
        os.environ.update(asked["env"])
        os.chdir(asked["cwd"])
        for number, path in enumerate(asked["streams"], start=1):
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(opened, number)
            os.close(opened)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        _call(asked["command"])
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        # as an interpreter ends: pools of processes are let go first, then what is registered is called
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _call(command: list[str]) -> None:
    script, *_ = sys.argv = command
    if script.endswith(".py"):
        runpy.run_path(script, run_name="__main__")
        return
    from claimhouse.cli import main

    main()


if __name__ == "__main__":
    _serve()
