"""What is one thing across articles: copies of a text, and the events that mentions tell of.

Belongs here: joining what several articles say, as rows with a score and a rule that can be undone.
Does not belong here: reading a text (``ingest.extract``), counting and ranking (the warehouse).

Three rooms follow each other, and each knows those before it alone: ``accounts`` (what an article says), ``joining``
(which accounts are one event), ``relations`` (what the statements of one event are to each other). Under them lie
``model`` (the records), ``kinds`` and ``catalogue`` (what ``data`` states), ``days`` and ``places``, and ``tables``;
over them ``outcome`` makes rows of what they found and ``steps`` runs them for each load. ``copies`` is asked by the
intake, before anything is extracted.
"""
