"""How fast the extraction and the warehouse are, against what people would use instead.

Belongs here: what is timed, and the made-up articles for it. Does not belong here: how right facts
are (``evaluation``), tests, and the texts of others.
"""
