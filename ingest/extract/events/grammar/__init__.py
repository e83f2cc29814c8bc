"""What the tree of a sentence says of a verb or a noun, whatever it names.

Belongs here: reading clauses and grammatical functions. Does not belong here: the tree itself
(``ingest.extract.syntax``), what functions mean for an event (``frames``).

Read ``clauses`` (where clauses begin, how far two words stand apart) first; then ``subjects`` (who does what a verb
says) and ``functions`` (who or what stands in which function around a verb, a noun or an adjective).
"""
