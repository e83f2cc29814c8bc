"""Run ``claimhouse refresh`` and stop it, as Ctrl-C or a service manager would, as it begins to find facts.

Called as a program: ``interrupter.py SIGNAL``, with a name as in ``signal``.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any


def arm(number: int) -> None:
    from ingest.loads import Loads

    real = Loads.extract

    def extract(self: Loads, progress: Any = None) -> None:
        os.kill(os.getpid(), number)
        real(self, progress)

    Loads.extract = extract  # type: ignore[method-assign]


if __name__ == "__main__":
    arm(getattr(signal, sys.argv[1]))
    sys.argv = ["claimhouse", "refresh"]
    from claimhouse.cli import main

    main()
