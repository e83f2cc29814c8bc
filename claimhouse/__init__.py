"""What people call: the command line, and the published warehouse for reading.

    import claimhouse as ch

    with ch.open("data/claimhouse.duckdb") as warehouse:
        warehouse.claims(place="Vovchansk", since="2025-11-01").df()
        warehouse.search("withdrawal from Lysychansk").hits
    list(ch.extract("The mayor said two bridges were gone.", published="2025-11-27"))

Importing it loads nothing; what is used is loaded when it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimhouse.python import Rows, Warehouse, extract
    from claimhouse.python import open_warehouse as open  # noqa: A004

__all__ = ["Rows", "Warehouse", "__version__", "extract", "open"]

_AS_CALLED = {"open": "open_warehouse", "Rows": "Rows", "Warehouse": "Warehouse", "extract": "extract"}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("claimhouse")
    if name in _AS_CALLED:
        from claimhouse import python

        return getattr(python, _AS_CALLED[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
