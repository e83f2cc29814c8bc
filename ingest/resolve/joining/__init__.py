"""Which accounts are one event: candidate pairs, their scores, and the clusters that they come to.

Belongs here: comparing accounts and joining them. Does not belong here: making accounts (``accounts``), what the
statements of one event are to each other (``relations``).

Read in the order of record linkage. ``features`` says how parts of a comparison are weighed; ``stories``, ``victims``
and ``blocking`` say which pairs are compared; ``scoring`` compares two accounts (``accusations`` and ``tolls`` are
parts of it), and ``batch_scoring`` many pairs at once; ``clustering`` makes clusters of scored pairs (``conflicts``
keeps which never come together). Load by load, ``index`` keeps what was compared before, ``reclustering`` says how
much is clustered anew, and ``events`` gives the clusters their identity.
"""
