"""Landed rows become accounts: what each article says of each happening, quotation, claim and denial.

Belongs here: reading one article's rows. Does not belong here: comparing two articles (``joining``).

Read ``voices`` (who speaks) and ``rows`` (the landed rows) first; then ``names``, ``figures``, ``plurals`` and
``mention_links``, of which ``accounts`` makes the accounts of happenings; then the accounts of claims: ``quotations``
(the same words), ``paraphrases`` (in other words) and ``answers`` (a claim and its denial). ``parties`` says for whom
somebody acts or speaks; the rooms above ask it.
"""
