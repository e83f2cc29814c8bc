"""Counts of none: "no one was hurt", "no casualties".

Belongs here: the words that say that nobody was harmed. Does not belong here: negation in general;
"no comment" and "no evidence" count nothing.
"""

from __future__ import annotations

from ingest.extract.analysis import Analysis
from ingest.extract.figures import status
from ingest.extract.figures.lexicon import words
from ingest.extract.figures.reading import Reading
from ingest.extract.figures.status_words import statuses

STARTERS = frozenset({"no", "nobody", "none"})
_HARM = words("harm")
_PERSONS = words("unharmed")
_HARMED = frozenset({"killed", "wounded", "captured", "missing", "evacuated", "displaced"})


def read(analysis: Analysis, at: int, token: int, sentence: int) -> Reading | None:
    """A count of 0 at "no one", "nobody", "none" or "no" with a noun of harm, where harm is denied."""
    tokens = analysis.tokens
    limit = analysis.sentences[sentence].last
    word = tokens.lowers[token]
    after = tokens.lowers[token + 1] if token + 1 < limit else ""
    last, counted = token + 1, "people"
    if word == "no":
        if after == "one":
            last = token + 2
        elif after in _PERSONS or after in _HARM:
            counted = after
        else:
            return None
    end = tokens.ends[last - 1]
    r = Reading(
        start=at, end=end, number=at, low=0.0, high=0.0, bound="exact", kind="count", rule="count.none", form="words",
        value=0.0, token=token, opening=token, after=last, sentence=sentence, number_end=end, best=0.0,
    )  # fmt: skip
    behind = last + (counted != "people" or after == "people")
    r.status = status.of_clause(
        tokens, (analysis.sentences[sentence].first, limit), token, behind, counted, (last, last)
    )
    if counted in _HARM:
        r.status = statuses().nouns.get(counted)
    elif r.status not in _HARMED:
        return None
    r.counted = counted
    return r
