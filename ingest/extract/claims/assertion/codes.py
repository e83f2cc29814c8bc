"""The codes of one claim, put together.

Belongs here: the record and the one function that fills it. Does not belong here: how a code is read (one
module each).
"""

from __future__ import annotations

from ingest.extract.analysis import Analysis
from ingest.extract.claims.assertion.hedge import hedge
from ingest.extract.claims.assertion.polarity import polarity
from ingest.extract.claims.assertion.speech import speech
from ingest.extract.claims.assertion.stance import stance
from ingest.extract.claims.assertion.topic import topic_of
from ingest.extract.claims.model import Candidate
from ingest.extract.claims.quotations.marks import Quotations
from ingest.values import value


@value(frozen=True, slots=True)
class Assertion:
    """The codes of one claim; what each means is said in ``ingest.records``."""

    speech: str
    polarity: str
    stance: str
    hedge: str
    topic: str


def assertion_of(analysis: Analysis, candidate: Candidate, quotations: Quotations) -> Assertion:
    """All codes of one candidate."""
    return Assertion(
        speech=speech(analysis, candidate, quotations),
        polarity=polarity(analysis, candidate),
        stance=stance(analysis, candidate),
        hedge=hedge(analysis, candidate),
        topic=topic_of(analysis, candidate),
    )
