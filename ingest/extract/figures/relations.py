"""What figures of one sentence say about each other and about time.

Belongs here: the noun of a figure that has none of its own ("five hit …", "six others"), parts of
a total, sums since a date, denominators of rates. Does not belong here: a figure by itself.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.analysis import Analysis
from ingest.extract.figures import bounds, counted, status
from ingest.extract.figures.lexicon import table
from ingest.extract.figures.reading import Reading

_PEOPLE_STATUSES = frozenset({"killed", "wounded", "missing", "displaced", "evacuated"})
_OTHERS = frozenset({"others", "more"})
_PER = re.compile(
    r"(?: per |/|-per-| every | each )(?P<any>(?:sq(?:uare)?\.? |cubic )?[a-z]+)"
    r"|(?: U\.?S\.?)? an? (?P<noun>[a-z]+)(?! (?:earlier|ago|later|before|after)\b)|[ -]an?-(?P<hyphen>[a-z]+)"
    r"|,? (?P<adverb>daily|weekly|monthly|annually|yearly|nightly|hourly)\b",
    re.I,
)
_SINCE = re.compile(
    r"\bsince (?:the )?(?:start|beginning|outbreak|onset|launch|\d|january|february|march|april|may|june|july|august|september|october|november|december|last|early|late|mid|then|russia|war|invasion|conflict|full|fighting|hostilities|ceasefire|truce|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|\b(?:so far|to date|in total since|over the course of the war|total losses|cumulative)\b",
    re.I,
)
_DISTANCE = re.compile(
    r" (?:away|from|north|south|east|west|southwest|southeast|northwest|northeast|off|inland|behind|beyond|inside|deep|outside)\b",
    re.I,
)


def fill(analysis: Analysis, readings: list[Reading]) -> None:
    """Complete ``readings`` (of one text, in order, none turned down) with what the clause tells."""
    previous: Reading | None = None
    for r in readings:
        if previous is not None and previous.sentence != r.sentence:
            previous = None
        _lend(analysis, r, previous)
        _count(analysis, r, previous, readings)
        _rate(analysis, r)
        _sum(analysis, r)
        previous = r


def _lend(analysis: Analysis, r: Reading, previous: Reading | None) -> None:
    """ "more than 100 kilometers (60 miles)" bounds both; "280 of the 1,500 million shekels" are shekels both."""
    if previous is None:
        return
    text = analysis.text
    between = text[previous.end : r.start]
    if (
        r.unit is not None
        and previous.unit is None
        and previous.form in ("digits", "words")
        and r.unit.kind != "duration"
    ):
        if between in (" of ", " of the ", " of its ", " out of ", " out of the ") and previous.kind == "count":
            previous.unit, previous.kind, previous.counted, previous.counted_phrase = r.unit, r.unit.kind, None, None
            previous.rule = "money.word" if r.unit.kind == "money" else previous.rule
        return
    if r.unit is None or previous.unit is None or r.unit.kind != previous.unit.kind:
        if r.unit is None or previous.unit is None or r.unit.kind != "other":
            return
    if (
        between not in (" (", " / ", " or ", "/")
        or r.bound != "exact"
        or r.low is None
        or r.unit.symbol == previous.unit.symbol
    ):
        return
    if previous.bound in ("at_least", "more_than", "at_most", "less_than"):
        r.low, r.high = bounds.apply(previous.bound, r.low, r.low)
        r.bound = previous.bound
    elif previous.bound == "approx":
        r.bound = "approx"


def _count(analysis: Analysis, r: Reading, previous: Reading | None, readings: list[Reading]) -> None:
    tokens = analysis.tokens
    sentence = analysis.sentences[r.sentence]
    bounds = (sentence.first, sentence.last)
    if r.rule.startswith("age."):
        r.counted = "age"
        return
    if r.compound is not None and r.rule == "count.compound":
        r.counted = r.compound
        return
    if r.kind == "length" and _DISTANCE.match(analysis.text, r.end):
        r.counted = "distance"
        return
    p = r.phrase
    if p is not None and r.kind in ("count", "share", "rate", "money", "mass", "area", "length", "other", "duration"):
        if (
            r.kind in ("count", "share")
            or (tokens.lowers[r.after] == "of" and r.after < p.head)
            or "-" in analysis.text[r.number : r.end]
        ):
            r.counted = _head_word(analysis, p.head)
            r.counted_phrase = analysis.text[tokens.starts[p.first] : tokens.ends[p.head]]
    if r.kind not in ("count", "share"):
        return
    head = r.counted
    last = p.last if p is not None else r.after
    attributes = (p.first, p.head) if p is not None else (r.after, r.after)
    r.status = status.of_clause(tokens, bounds, r.opening, last, head, attributes)
    if r.kind == "share" and r.status == "present":
        r.status = None
    joined = previous is not None and previous.kind in ("count", "share") and _joined(analysis, previous, r)
    if previous is not None and _is_part(analysis, previous, r):
        r.part_of = (
            previous.part_of if previous.part_of is not None and _is_part(analysis, previous.part_of, r) else previous
        )
        r.status = r.status or r.part_of.status
    elif previous is not None and r.status is None and joined and p is not None:
        r.status = previous.status
    if (r.counted is None and r.kind == "count") or head in _OTHERS:
        after = tokens.lowers[r.after] if r.after < sentence.last else ""
        if after == "dead" and r.status == "killed":
            r.counted = "dead"
        else:
            earlier = (
                previous
                if previous is not None and previous.kind == "count" and previous.counted not in (None, "age", *_OTHERS)
                else None
            )
            later = None if earlier is not None or head in _OTHERS else _shared_noun(analysis, r, readings)
            if earlier is not None:
                r.counted, r.counted_phrase = earlier.counted, earlier.counted_phrase
            elif later is not None:
                r.counted, r.counted_phrase, r.status = later.counted, later.counted_phrase, r.status or later.status
            elif r.status in _PEOPLE_STATUSES:
                r.counted = "people"
            elif head in _OTHERS:
                r.counted = "people" if head == "others" and r.status is not None else head
    if (
        r.status is None
        and previous is not None
        and r.counted == previous.counted
        and p is None
        and tokens.tags[min(r.after, len(tokens) - 1)] != "VBD"
    ):
        r.status = previous.status


def _head_word(analysis: Analysis, head: int) -> str:
    """The head noun, with what a hyphen ties to it: "air-strikes"."""
    tokens = analysis.tokens
    first = head
    while first >= 2 and tokens.words[first - 1] == "-" and tokens.ends[first - 2] == tokens.starts[first] - 1:
        first -= 2
    return analysis.text[tokens.starts[first] : tokens.ends[head]].lower()


def _joined(analysis: Analysis, a: Reading, b: Reading) -> bool:
    """True where only "and", commas and the like stand between two counts."""
    lowers = analysis.tokens.lowers
    end = a.phrase.last if a.phrase is not None else a.after
    between = lowers[end : b.opening]
    return len(between) <= 4 and all(
        w in (",", "and", "or", "as", "well", "plus", "another", "also", "with", "nor") for w in between
    )


def _is_part(analysis: Analysis, a: Reading, b: Reading) -> bool:
    """ "nine people, including two children", "of whom three", "two of them women"."""
    if a.kind != "count" or b.kind != "count" or (a.low is None and a.high is None):
        return False
    lowers = analysis.tokens.lowers
    end = a.phrase.last if a.phrase is not None else a.after
    between = lowers[end : b.opening]
    if len(between) > 14:
        return False
    behind = lowers[b.after : b.after + 2]
    marked = any(w in ("including", "include", "included", "whom", "among") for w in between) or behind in (
        ["of", "them"],
        ["of", "whom"],
    )
    ceiling = a.high if a.high is not None else None
    return marked and (ceiling is None or b.low is None or b.low <= ceiling)


def _shared_noun(analysis: Analysis, r: Reading, readings: list[Reading]) -> Reading | None:
    """ "102 and 21 people": the noun of the second is the first's too."""
    at = readings.index(r) + 1
    if at >= len(readings):
        return None
    other = readings[at]
    between = analysis.tokens.lowers[r.after : other.opening]
    if (
        other.sentence != r.sentence
        or other.kind != "count"
        or other.phrase is None
        or len(between) > 2
        or not all(w in ("and", "or", ",", "to") for w in between)
    ):
        return None
    tokens = analysis.tokens
    sentence = analysis.sentences[r.sentence]
    head = tokens.lowers[other.phrase.head]
    other.counted = head
    other.counted_phrase = analysis.text[tokens.starts[other.phrase.first] : tokens.ends[other.phrase.head]]
    other.status = status.of_clause(
        tokens,
        (sentence.first, sentence.last),
        other.opening,
        other.phrase.last,
        head,
        (other.phrase.first, other.phrase.head),
    )
    return other


def _rate(analysis: Analysis, r: Reading) -> None:
    """ "300 shells a day", "$76 a barrel", "500 per hectare"."""
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
        elif word in _per_nouns() or (m["any"] and not m.group().startswith((" every", " each")) and word != "cent"):
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
def _per_nouns() -> frozenset[str]:
    return frozenset(table("names")["per_nouns"])


def _sum(analysis: Analysis, r: Reading) -> None:
    if r.kind != "count":
        return
    sentence = analysis.sentences[r.sentence]
    text = analysis.text
    if "since" not in text[sentence.start : sentence.end].lower() and not _SINCE.search(
        text, sentence.start, sentence.end
    ):
        return
    r.is_cumulative = bool(_SINCE.search(text, sentence.start, sentence.end))


def phrase_of(analysis: Analysis, r: Reading) -> None:
    """Find the noun phrase that ``r`` stands before."""
    limit = analysis.sentences[r.sentence].last
    if r.rule.startswith("age.") or r.after >= limit:
        return
    tokens = analysis.tokens
    after = tokens.lowers[r.after]
    if r.kind in ("count", "share") and r.unit is None:
        r.phrase = counted.walk(tokens, r.after, limit, plural=r.value != 1)
    elif r.unit is not None and (
        after == "of"
        or "-" in analysis.text[r.number : r.end]
        or r.kind in ("length", "duration", "mass", "money", "other", "area")
    ):
        r.phrase = counted.walk(tokens, r.after, limit)
