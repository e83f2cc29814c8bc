"""Quotations: where a text is in quotation marks, and whose a quotation without a cue of its own is.

Belongs here: the pairing of marks (``marks``) and what goes on from the claim before (``continuation``). Does not
belong here: quotations beside a cue (``attribution.quotation``).
"""
