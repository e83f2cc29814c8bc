"""What a finished claim asserts: speech, polarity, stance, hedge, topic, and where and to whom it was said.

Belongs here: one module a property, each a function of the analysis and a candidate. Does not belong here:
finding contents and speakers (``attribution``, ``coreference``).
"""

from ingest.extract.claims.assertion.codes import Assertion, assertion_of

__all__ = ["Assertion", "assertion_of"]
