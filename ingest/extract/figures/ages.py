"""Ages that no word marks ("Lovegrove, 55, said", "ages 7 and 9"), and whose an age is.

Belongs here: bare numbers that tell a person's age, and the noun of what has an age. Does not belong here:
ages with a word ("62-year-old", "aged 30"), which ``reader`` reads.
"""

from __future__ import annotations

from ingest.extract.analysis import Analysis
from ingest.extract.figures import counted, subjects
from ingest.extract.figures.lexicon import words
from ingest.extract.figures.reading import Reading

_OLDEST = 115
_CLOSING = frozenset({",", ".", ";", ")", "and", "who", "-", "–", "—", "―"})
# between a noun and its age
_AGE_WORDS = words("between_ages")
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


def aged(analysis: Analysis, r: Reading) -> str | None:
    """Return the head noun of what has the age ``r``, in small letters, or None.

    The girl of "a seven-year-old girl", the men of "men aged 18 to 60", the Bondar of "Iryna Bondar, 55", the girl
    of "the girl is five years old".
    """
    tokens = analysis.tokens
    sentence = analysis.sentences[r.sentence]
    if r.rule == "age.old":
        p = counted.walk(tokens, r.after, sentence.last, plural=False) if r.after < sentence.last else None
        if p is not None and p.first == r.after:
            return tokens.lowers[p.head]
        return subjects.subject_of(analysis, r)
    i = r.opening - 1
    while i >= sentence.first and (tokens.lowers[i] in _AGE_WORDS or tokens.tags[i] in (",", "-LRB-", "CD", "CC")):
        i -= 1
    return tokens.lowers[i] if i >= sentence.first and tokens.tags[i] in counted.NOUNS else None
