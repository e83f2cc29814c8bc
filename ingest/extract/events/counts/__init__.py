"""Counts: the figures of a mention, each with its role and its scope.

Belongs here: which figures count what befell whom, and how much they cover. Does not belong here: values of figures
(``ingest.extract.figures``), counts of two articles (``ingest.resolve``).

Read ``scope`` (a rate, a part, all so far, one event) and ``toll_updates`` (on top of others, or out of date) first;
``attachment`` joins figures to the mentions of a sentence by them; ``parts`` looks over the mentions of a text for
counts that add up.
"""
