"""Whether the text says that it happened: polarity, realis, how much of a place, and whose statement it is.

Belongs here: what a text commits itself to. Does not belong here: the words (``data/en/assertion.toml``), claims and
their nesting (``ingest.extract.claims``).

Read from the trigger up: ``event_nouns`` (what a clause asserts of a noun), ``genericity`` (habits, trades, orders),
``modality`` (negation and modality up the tree); ``extent`` (all of a place, or a part); ``assertion`` puts them
together. ``attribution`` stands alone: which claim holds a mention.
"""
