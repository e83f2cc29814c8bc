"""Work in processes of their own: what they hold goes with them, and they go with the one that asked.

Belongs here: starting such processes. Does not belong here: what they do.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

# spawned, not forked: the parent may be a threaded server
START_METHOD = "spawn"


def process_pool(workers: int, prepare: Callable[..., None], *arguments: Any) -> ProcessPoolExecutor:
    """A pool of so many processes, each of which calls ``prepare`` before its first piece of work."""
    context = multiprocessing.get_context(START_METHOD)
    return ProcessPoolExecutor(workers, context, _start, (os.getpid(), prepare, arguments))


def _start(parent: int, prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    # an interrupt reaches the whole group of processes; the parent decides what becomes of it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent(parent)
    prepare(*arguments)


def end_with_parent(parent: int | None = None) -> None:
    """End this process when the one that started it is gone: nobody waits for its result.

    Args:
        parent: the process that is waited for; by default the one that is the parent now.
    """
    threading.Thread(target=_die_with, args=(parent or os.getppid(),), daemon=True).start()


def _die_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
