"""Where: the place of a mention among those that the text names.

Belongs here: choosing a place for each mention. Does not belong here: finding and resolving locations
(``ingest.extract.locations``), where the story of an article is (``ingest.resolve.accounts``).

Read in the order of the choice: ``candidates`` (which places a sentence names, and how far from a trigger),
``scoring`` (how likely each of them is), ``as_arguments`` (a place as an argument), ``assignment`` (the likeliest, or
what the sentences before name).
"""
