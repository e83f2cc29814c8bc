from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from ingest.processes import process_pool

# waits in the child, so that only the death of the parent can end it
PARENT = """
import os, time
from ingest.processes import process_pool
if __name__ == "__main__":
    pool = process_pool(1, int)
    print(pool.submit(os.getpid).result(), flush=True)
    pool.submit(time.sleep, 600).result()
"""


def test_a_process_is_prepared_before_its_first_work() -> None:
    with process_pool(1, os.putenv, "CLAIMHOUSE_TEST", "prepared") as pool:
        assert pool.submit(subprocess.getoutput, "echo $CLAIMHOUSE_TEST").result() == "prepared"


def test_a_process_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until = time.monotonic() + 20
    while is_running(child) and time.monotonic() < until:
        time.sleep(0.1)
    assert not is_running(child)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"
