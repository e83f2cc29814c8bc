"""Places: which mentions of a text name one, and where on the map it lies.

``LocationExtractor`` is the interface. The gazetteer it looks names up in is built from installed
data (``build``) and shared between processes (``gazetteer``).
"""

from ingest.extract.locations.extractor import LocationExtractor

__all__ = ["LocationExtractor"]
