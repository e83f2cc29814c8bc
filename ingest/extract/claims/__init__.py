"""Claims: who says what, about whom, and who disputes it.

Belongs here: the extractor (``extractor``), which holds the order of the steps, and a package or module a step:
``attribution`` (cues, speakers and contents, one module a frame), ``quotations``, ``spans``, ``structure`` (nesting,
duplicates, chains), ``coreference`` (who is who), ``assertion`` (what is meant), ``linking`` (other facts inside).
What the steps hand to one another is in ``model``; every word and the catalogue of rules in ``data/<language>``.
Does not belong here: figures, dates and places (packages of their own), what corpora of other conventions mark
(``evaluation``).
"""

from ingest.extract.claims.cues import wants_parse
from ingest.extract.claims.extractor import ClaimExtractor

__all__ = ["ClaimExtractor", "wants_parse"]
