"""What is one thing across articles: copies of a text, and the events that mentions tell of.

Belongs here: joining what several articles say, as rows with a score and a rule that can be undone.
Does not belong here: reading a text (``ingest.extract``), counting and ranking (the warehouse).
"""
