"""Places of real articles, drawn by hash and judged one by one: how many are right.

Belongs here: the judgements (ids, offsets and verdicts, never a text) and the count against what the
extractor finds now. Does not belong here: labels of whole articles (``evaluation.draws``).
"""
