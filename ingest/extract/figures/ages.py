"""Ages that no word marks: "Lovegrove, 55, said", "ages 7 and 9".

Belongs here: bare numbers that tell a person's age. Does not belong here: ages with a word
("62-year-old", "aged 30"), which ``reader`` reads.
"""

from __future__ import annotations

from ingest.extract.analysis import Analysis
from ingest.extract.figures.lexicon import words
from ingest.extract.figures.reading import Reading

_OLDEST = 115
_CLOSING = frozenset({",", ".", ";", ")", "and", "who", "-", "–", "—", "―"})
_VERBS = frozenset({"VBD", "VBZ", "VBP", "WP"})


def is_age(analysis: Analysis, r: Reading, previous: Reading | None) -> bool:
    """Whether the bare number ``r``, behind which no noun stands, is an age."""
    if not (r.is_bare and r.bound == "exact" and 0 < r.value <= _OLDEST and r.value == int(r.value)):
        return False
    if previous is not None and previous.rule == "age.aged":
        return analysis.text[previous.end : r.start] in (" and ", ", ", " or ", ", and ")
    return _is_apposition(analysis, r)


def _is_apposition(analysis: Analysis, r: Reading) -> bool:
    tokens = analysis.tokens
    lowers, tags = tokens.lowers, tokens.tags
    sentence = analysis.sentences[r.sentence]
    i, limit = r.token, sentence.last
    if r.opening != i or i - 2 < sentence.first:
        return False
    after = lowers[r.after] if r.after < limit else "."
    name, mark = tags[i - 2], lowers[i - 1]
    if mark == "(":
        return after == ")" and name in ("NNP", "NNPS") and i - 3 >= sentence.first and tags[i - 3] == "NNP"
    if mark != "," or after not in _CLOSING:
        return False
    if name in ("NNP", "NNPS") or lowers[i - 2] in words("age_nouns"):
        return True
    # "the driver, 52, refused"
    verb = tags[r.after + 1] if after == "," and r.after + 1 < limit else ""
    return name == "NN" and verb in _VERBS and r.value >= 10
