"""Which extra of the distribution brings what a command needs.

Belongs here: finding the extra of a module that is missing. Does not belong here: what is in the extras
(``pyproject.toml``).
"""

from __future__ import annotations

import re
from importlib.metadata import requires

# names under which packages are imported, where they are not the package's own
_PACKAGES = {
    "charset_normalizer": "charset-normalizer",
    "dagster_dbt": "dagster-dbt",
    "dbt": "dbt-core",
    "great_expectations": "great-expectations",
    "markdown_it": "markdown-it-py",
    "shapefile": "pyshp",
    "yaml": "pyyaml",
}
# extras that "all" leaves out
_APART = {"spark"}
_EXTRA = re.compile(r"""extra == ['"]([\w-]+)['"]""")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def missing(module: str, requirements: list[str] | None = None) -> str | None:
    """What to say when a module cannot be imported that an extra brings; None where no extra does.

    Args:
        module: the dotted name of the module.
        requirements: those of the distribution, as its metadata has them; the installed one's by default.
    """
    top = module.split(".")[0]
    wanted = _PACKAGES.get(top, top.replace("_", "-")).lower()
    found = requires("claimhouse") or [] if requirements is None else requirements
    for requirement in found:
        extra, name = _EXTRA.search(requirement), _NAME.match(requirement)
        if extra and extra.group(1) != "all" and name and name.group().lower() == wanted:
            told = f"{wanted} is not installed, which this command needs: pip install 'claimhouse[{extra.group(1)}]'"
            return f"{told} brings it{'' if extra.group(1) in _APART else ', claimhouse[all] everything'}"
    return None
