"""Event coreference in one article: which mentions are one happening, and which is the cause of which.

Belongs here: comparing mentions of one article. Does not belong here: events across articles (``ingest.resolve``),
whom names and pronouns stand for (``ingest.extract.claims.coreference``).

Read ``causes`` first: it needs no comparison. Then ``mention_features`` (what one mention says of itself),
``compatibility`` (what excludes that two are one, and what speaks for it) and ``joining`` (pairs become happenings).
"""
