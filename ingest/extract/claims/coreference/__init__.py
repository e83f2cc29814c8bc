"""Who is meant: every mention of an actor, resolved inside its article, and its identity in others.

Belongs here: the actors that a text names (``entities``), the mentions that stand for them
(``resolution``, with ``pronouns``, ``roles``, ``apposition`` and ``documents``), what tells an actor in other
articles (``identity``), sides (``sides``). Extractors of claims and of events ask it alike: it knows neither cue
nor trigger.

    coreference = Coreference(analysis)          # or found.coreference, where claims were found before
    actor = coreference.resolve(head_token)      # Actor or None
    identity = identify(actor.name, actor.kind, actor.side)
"""

from ingest.extract.claims.coreference.actors import Actor
from ingest.extract.claims.coreference.identity import Identity, identify, office_of
from ingest.extract.claims.coreference.resolution import Coreference

__all__ = ["Actor", "Coreference", "Identity", "identify", "office_of"]
