"""What the statements of one event are to each other: against, with, or a later word of the same voice.

Belongs here: the rules on two statements of one event. Does not belong here: which statements are of one event
(``joining``), what is shown of their relations (the warehouse, by confidence).

Read ``authority`` (whether one voice speaks for another) and ``statements`` (what all rules ask of two statements)
first; then a module for each thing that statements differ in: ``counts``, ``states`` (who holds a place), ``harm`` (who
did it, whether anybody came to any), ``targets`` (what was hit), ``denials``, ``repeats`` (what one voice tells again).
``relations`` comes last: it picks the pairs that are looked at and asks the rules.
"""
