"""Full-text search over claims, event mentions and the sentences of articles.

Belongs here: the index beside the published file, how it is made and kept in step with that file, and what is
found in it. Does not belong here: how hits are shown (``claimhouse.cli``, ``claimhouse.serve``).

    fields      the fields of the index and how their words are cut and stemmed
    documents   rows of the warehouse as documents of the index
    names       spellings of places and actors
    index       making an index, keeping it with the file that it belongs to, opening it
    query       what a person typed as a query of the index
    search      asking an index, best hits first
"""
