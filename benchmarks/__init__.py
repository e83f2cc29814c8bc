"""How fast and how right the extraction is, against what people would use instead.

Belongs here: what is measured, and the floors below which no figure may fall. Does not belong
here: tests, and the texts and labels of others.
"""
