"""The language model run on texts: tags, heads, labels, and whole spaCy documents.

Belongs here: the engines behind one interface, the choice between them, and building the compiled
one. Does not belong here: what is done with an analysis (``ingest.extract.analysis``).

``stock`` runs spaCy's own components, set up to be quick. ``native`` computes the same model in C++
(``cpp/``), from the weights of the loaded package; what it gives is the same, token by token.
``auto`` takes it where it has been built and knows the model, and stock everywhere else. How it
works, and how agreement is tested: docs/parser.md.
"""

from ingest.extract.parser.engine import CHOICES, Choice, Engine, engine_in_use, load_engine

__all__ = ["CHOICES", "Choice", "Engine", "engine_in_use", "load_engine"]
