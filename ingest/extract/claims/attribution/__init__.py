"""Attribution: which words of a sentence claim something, who speaks, and what is claimed.

Belongs here: one module a frame, in the terms of the field, and ``engine``, which tries the frames in order.
A frame is a pure function: the sentence and the cue in, a candidate or None out. Each registers the ids of
its rules (``registry``), which are rows of ``data/en/rules.toml``. Does not belong here: what a finished
claim means (``assertion``), who is who (``coreference``), which claim holds which (``structure``).
"""
