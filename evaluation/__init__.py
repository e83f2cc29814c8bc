"""How right the extraction is: on labelled corpora, on the project's own texts, on fresh draws.

Belongs here: what is measured, the conventions of corpora that are not the project's own, and the
floors below which no figure may fall. Does not belong here: speed (``benchmarks``), tests, and the
texts of others.
"""
