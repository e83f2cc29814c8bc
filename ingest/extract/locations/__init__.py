"""Places: which mentions of a text name one, and where on the map it lies.

``LocationExtractor`` is the interface. The gazetteer it looks names up in is built from installed
data (``build``) and shared between processes (``gazetteer``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.extract.locations.extractor import LocationExtractor

__all__ = ["LocationExtractor"]


def __getattr__(name: str) -> Any:
    # at first use: who only looks a name up must not load what reads texts
    if name in __all__:
        from ingest.extract.locations import extractor

        return getattr(extractor, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
