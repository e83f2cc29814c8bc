"""Arguments: who and what fills the roles of a candidate, and on which days it was; its place has its own room.

Belongs here: making facts of the phrases that fill roles. Does not belong here: which phrase fills which role
(``frames``), where it happened (``places``).

Read ``identity`` (who a participant is) and ``pronouns`` (whom an "it" takes up in its own sentence) first; then
``fillers``, which makes arguments of phrases; ``parties`` gives a side to "the enemy" and "the regime"; ``agents``
chooses who of its sentence is the agent of a mention. ``days`` stands alone.
"""
