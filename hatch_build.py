"""What a wheel carries beside the packages: dbt project, samples, starter files, and the compiled parser.

The parser is compiled where there is a C++ compiler, and the wheel is then of this machine's kind; without one it
runs anywhere, with spaCy's own parser. CLAIMHOUSE_PURE_WHEEL=1 asks for the second kind where there is one.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = Path("claimhouse/shipped")
BUILT = Path("ingest/extract/parser/built")


class WheelHook(BuildHookInterface):
    """Adds files to the wheel and gives it its tag; an editable install takes all from the checkout."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from ingest.extract.parser.build import build
        from ingest.home import shipped_files

        included: dict[str, str] = build_data["force_include"]
        included |= {str(root / file): str(SHIPPED / file) for file in shipped_files(root)}
        if os.environ.get("CLAIMHOUSE_PURE_WHEEL"):
            return
        try:
            library = build(folder=root / BUILT)
        except RuntimeError as reason:
            self.app.display_info(f"Parser: stock spaCy ({reason})")
            return
        included[str(library)] = str(BUILT / library.name)
        # no part of Python's own interface is used, so any version of it will do
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
