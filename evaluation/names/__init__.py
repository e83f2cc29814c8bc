"""How well speakers are named: 150 speakers, and the most frequent names, judged by reading.

    python -m evaluation.names

Belongs here: the judgements (``judged.json``: offsets and names, no texts) and the figures made of them. Does not
belong here: the texts, which lie outside the repository (``CLAIMHOUSE_SHARED`` or ``../shared``), and speakers of
other corpora (``evaluation.claims``).

The speakers were drawn by hash from the articles of ``real_news_dev`` that no round of fresh draws uses, before the
rules were changed; null among their names says that nobody speaks there, or that a pronoun stands for nobody. The
names are the 300 most frequent ones of each of two extractions. Those of one actor stand together; a name with
several keys counts by the one that it has most often.
"""
