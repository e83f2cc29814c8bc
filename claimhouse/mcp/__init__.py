"""The warehouse for an assistant, by the Model Context Protocol.

Belongs here: the tools and resources that an assistant is given, and their limits. Does not belong here: search
(``claimhouse.search``), lists (``claimhouse.selections``), the questions (``claimhouse.questions``).

    answers     what the tools answer, as plain values with evidence, ids and links
    schema      what the tables and columns mean
    server      the tools and resources, and how they are reached
"""
