"""What a figure counts over a time: rates, sums since a date, tolls that rise.

Belongs here: the words behind a figure or in its sentence that tell of a time. Does not belong here: what two figures
say about each other (``relations``).
"""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.analysis import Analysis
from ingest.extract.figures import subjects
from ingest.extract.figures.lexicon import names, table, words
from ingest.extract.figures.reading import Reading
from ingest.extract.figures.status_words import statuses
from ingest.extract.lexicon import alternatives

_TOLL_REACH = 200
_PER = re.compile(
    r"(?: per |/|-per-| every | each )(?P<any>(?:sq(?:uare)?\.? |cubic )?[a-z]+)"
    r"|(?: U\.?S\.?)? an? (?P<noun>[a-z]+)(?! (?:earlier|ago|later|before|after)\b)|[ -]an?-(?P<hyphen>[a-z]+)"
    r"|,? (?P<adverb>daily|weekly|monthly|annually|yearly|nightly|hourly)\b",
    re.I,
)


_TOLL = re.compile(
    r"\bdeath toll\b|\bnumber of (?:the )?(dead|wounded|injured|missing)\b"
    r"|\bnumber of (?:[\w-]+ ){1,3}(killed|wounded|injured|missing|displaced|captured|evacuated)\b",
    re.I,
)


def rate(analysis: Analysis, r: Reading) -> None:
    """Make a figure a rate where its denominator stands behind it: "300 shells a day", "$76 a barrel"."""
    if r.kind in ("share", "speed", "temperature", "duration") or r.rule.startswith("age."):
        return
    tokens = analysis.tokens
    ends = [r.end]
    if r.phrase is not None and r.kind in ("count", "mass", "area", "length", "money", "other"):
        ends.append(tokens.ends[r.phrase.head])
    for end in ends:
        m = _PER.match(analysis.text, end)
        if m is None:
            continue
        word = (m["any"] or m["noun"] or m["hyphen"] or m["adverb"]).lower()
        if m["adverb"]:
            r.per = table("names")["per_adverbs"][word]
        elif word in names("per_nouns") or (
            m["any"] and not m.group().startswith((" every", " each")) and word != "cent"
        ):
            r.per = word
        else:
            continue
        r.kind = "rate"
        if r.rule in ("count.numeral", "count.vague", "count.one", "money.sign", "money.word") or r.rule.startswith(
            "measure."
        ):
            r.rule = "rate.per"
        return


@cache
def _since() -> re.Pattern[str]:
    since, sums = alternatives(sorted(words("since"))), alternatives(sorted(words("sums")))
    return re.compile(rf"\b(?:since (?:the )?(?:\d|(?:{since})\b)|(?:{sums})\b)", re.I)


def sums_up(analysis: Analysis, r: Reading) -> bool:
    """Whether the sentence of ``r`` counts since a date."""
    sentence = analysis.sentences[r.sentence]
    return _since().search(analysis.text, sentence.start, sentence.end) is not None


def toll(analysis: Analysis, r: Reading) -> None:
    """Give the last number of a toll what befell those counted: "the death toll rose to 14"."""
    sentence = analysis.sentences[r.sentence]
    m = _TOLL.search(analysis.text, max(sentence.start, r.start - _TOLL_REACH), r.start)
    if m is None or analysis.tokens.lowers[r.opening - 1] not in (
        "to",
        "at",
        "of",
        "from",
        "is",
        "was",
        "stands",
        "reached",
    ):
        return
    word = (m[1] or m[2] or "dead").lower()
    known = statuses()
    r.status = known.adjectives.get(word) or known.verbs.get(word)
    r.counted = r.counted or subjects.numbered(analysis, r) or "people"
