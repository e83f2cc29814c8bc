"""The noun of a figure that stands away from it: "the vote was 79 to 18", "20% are men", "18% were employed".

Belongs here: subjects and predicates of figures that have no noun beside them. Does not belong here: the
noun phrase behind a number (``counted``), and what figures of one sentence share (``relations``).
"""

from __future__ import annotations

from ingest.extract.analysis import Analysis
from ingest.extract.figures import counted
from ingest.extract.figures.lexicon import words
from ingest.extract.figures.reading import Reading
from ingest.extract.figures.status_words import BE, is_auxiliary

_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD"})
_INSIDE = frozenset({"DT", "JJ", "JJS", "JJR", "PRP$", "POS", "CD", "HYPH", "VBN", "IN", *counted.NOUNS})
_REACH = 14
_AMOUNTING_TO = (["in", "the", "amount", "of"], ["to", "the", "tune", "of"])
_AMONG_REACH = 8
_SUM_REACH = 24  # tokens back to the sum whose number is told
_PEOPLE_ENDINGS = ("men", "ists", "ians", "workers")
_NO_ANTECEDENTS = words("no_antecedents")
# how far back, in characters, a share finds what it is a share of
_SHARE_REACH = 250


def subject_of(analysis: Analysis, r: Reading) -> str | None:
    """Return the noun that a bare number is said of, or None.

    "the final vote was 79", "arrests rose to 40", "a large number of crates, about six thousand".
    """
    tokens = analysis.tokens
    lowers, tags = tokens.lowers, tokens.tags
    if (apposed := _apposed(analysis, r)) is not None:
        return apposed
    floor = max(analysis.sentences[r.sentence].first, r.opening - _REACH)
    j = r.opening - 1
    has_preposition = j > floor and lowers[j] in ("to", "at", "by")
    j -= has_preposition
    last_verb = j
    while j >= floor and (tags[j] in _VERBS or tags[j] in ("RB", "TO")):
        j -= 1
    verb = lowers[last_verb] if last_verb >= floor else ""
    is_change = r.kind == "share" and verb in words("amounting")  # "arrests rose 12 per cent"
    is_told = (
        verb in words("amounting") if has_preposition else is_change or is_auxiliary(verb) or verb in words("reaching")
    )
    if j == last_verb or not is_told or j < floor or tags[j] not in counted.NOUNS | {"VBN"}:
        put = _put_at(analysis, floor, r.opening - 1) if has_preposition else None
        return put or _changed(analysis, r) or _summed(analysis, r)
    first = j
    while first > floor and tags[first - 1] in _INSIDE:
        first -= 1
    return _head(analysis, first, j + 1, is_change=is_change)


def _apposed(analysis: Analysis, r: Reading) -> str | None:
    """ "many crates, about six thousand.": the plural before the comma, where the number ends its clause."""
    tokens, at = analysis.tokens, r.opening - 2
    if at < analysis.sentences[r.sentence].first or tokens.lowers[r.opening - 1] != ",":
        return None
    is_closed = r.after >= len(tokens) or tokens.tags[r.after] in (".", ",", ":") or tokens.lowers[r.after] == ";"
    return tokens.lowers[at] if is_closed and tokens.tags[at] == "NNS" else None


def _summed(analysis: Analysis, r: Reading) -> str | None:
    """ "the number of losses since March now exceeds 400": the noun of a number that stands far before it."""
    tokens, at = analysis.tokens, r.opening - 1
    at -= tokens.lowers[at] in ("to", "at")
    while at > 0 and tokens.tags[at] == "RB":
        at -= 1
    told = words("amounting") | words("reaching")
    if tokens.lowers[at] not in told and tokens.lowers[r.opening] not in told:
        return None
    for k in range(at - 1, max(analysis.sentences[r.sentence].first, at - _SUM_REACH), -1):
        if tokens.lowers[k] == "of" and tokens.lowers[k - 1] in words("sums_of"):
            return _head(analysis, k + 1, at)
    return None


def _changed(analysis: Analysis, r: Reading) -> str | None:
    """ "doubled its fleet in Aden from 20 to 40", "cut deliveries by 40%": the object of the verb of change."""
    tokens, at = analysis.tokens, r.opening - 1
    first = analysis.sentences[r.sentence].first
    if at <= first or tokens.lowers[at] not in ("from", "to", "by"):
        return None
    for k in range(at - 1, max(first, at - _REACH) - 1, -1):
        if tokens.lowers[k] in words("changing"):
            return _head(analysis, k + 1, at) if tokens.tags[k] in _VERBS else None
        if tokens.tags[k] not in _INSIDE | {"RB", "VBG"}:
            return None
    return None


def numbered(analysis: Analysis, r: Reading) -> str | None:
    """Return the people whose number a toll tells, or None: "raised the number of guards killed in Gao to 18"."""
    floor = max(analysis.sentences[r.sentence].first, r.opening - _REACH)
    named = _put_at(analysis, floor, r.opening - 1)
    return named if named in words("people") else None


def _put_at(analysis: Analysis, floor: int, at: int) -> str | None:
    """ "put the number of arrests there at 40": the noun of a number that somebody gives."""
    lowers = analysis.tokens.lowers
    for k in range(at - 1, floor, -1):
        if lowers[k] == "of" and lowers[k - 1] in words("sums_of"):
            return _head(analysis, k + 1, at)
    return None


def _head(analysis: Analysis, first: int, last: int, *, is_change: bool = False) -> str | None:
    """The head noun of tokens ``first`` to ``last`` (exclusive).

    Of "the number of arrests" the arrests; the number, where it is the number that changes by a share.
    """
    tokens = analysis.tokens
    head: int | None = None
    for k in range(first, last):
        tag, word = tokens.tags[k], tokens.lowers[k]
        if tag in counted.NOUNS:
            head = k
        elif head is not None and (tag in ("IN", "VBN", "VBG") or word == ","):
            if is_change or not (word in ("of", "in") and tokens.lowers[head] in words("sums_of")):
                break
            head = None
    if head is None or (tokens.lowers[head] in words("sums_of") and not is_change):
        return None
    return tokens.lowers[head]


def dimension_of(analysis: Analysis, r: Reading) -> str | None:
    """Return what a measure is the measure of, or None: the range of "a range of more than 40 miles"."""
    lowers, at = analysis.tokens.lowers, r.opening - 1
    floor = analysis.sentences[r.sentence].first
    if at > floor and lowers[at] == "of" and lowers[at - 1] in words("dimensions"):
        return lowers[at - 1]
    return None


def paid_as(analysis: Analysis, r: Reading) -> str | None:
    """Return what a sum of money is, or None: the payments of "payments of $100m", the cost of "at a cost of $3m"."""
    tokens, at = analysis.tokens, r.opening - 1
    first = analysis.sentences[r.sentence].first
    if at > first and tokens.lowers[at] == "worth" and tokens.tags[at - 1] in ("NN", "NNS"):
        return tokens.lowers[at - 1]  # "a contract worth $3m"
    if tokens.lowers[at - 3 : at + 1] in _AMOUNTING_TO and at - 3 > first:
        begin = at - 3
        while begin > first and tokens.tags[begin - 1] in _INSIDE:
            begin -= 1
        return _head(analysis, begin, at - 3)
    if at <= first or tokens.lowers[at] != "of":
        return None
    word = tokens.lowers[at - 1]
    return word if tokens.tags[at - 1] in ("NN", "NNS") and word not in words("sums_of") else None


def stands_somewhere(analysis: Analysis, r: Reading) -> bool:
    """Whether a place stands right behind armed people: "100,000 troops near the border", "officers on the streets"."""
    tokens, limit = analysis.tokens, analysis.sentences[r.sentence].last
    if r.phrase is None or r.counted not in words("forces") or r.phrase.last + 1 >= limit:
        return False
    at = r.phrase.last
    is_place = tokens.tags[at + 1] in ("DT", "NNP", "PRP$") and tokens.lowers[at + 1] not in words("calendar")
    return is_place and tokens.lowers[at] in words("locatives")


def said_to_be(analysis: Analysis, r: Reading) -> str | None:
    """Return the plural that a bare number is said to be, or None: "of the 50 hurt, eight are children"."""
    tokens, limit = analysis.tokens, analysis.sentences[r.sentence].last
    if r.after + 1 >= limit or tokens.lowers[r.after] not in ("are", "were"):
        return None
    p = counted.walk(tokens, r.after + 1, limit)
    is_named = p is not None and p.first == r.after + 1 and tokens.tags[p.head] == "NNS"
    return tokens.lowers[p.head] if p is not None and is_named and tokens.lowers[p.head] in words("people") else None


def follows_among(analysis: Analysis, r: Reading) -> bool:
    """Whether "among them" and a form of be stand before a number: "Among them were three children"."""
    lowers = analysis.tokens.lowers[max(0, r.opening - 3) : r.opening]
    return len(lowers) == 3 and lowers[:2] in (["among", "them"], ["among", "those"]) and lowers[2] in BE


def is_aboard(analysis: Analysis, r: Reading) -> bool:
    """Whether people are told to be on a vessel: "had 25 sailors on board", "ten tourists aboard"."""
    if r.phrase is None or r.counted not in words("people"):
        return False
    behind = analysis.tokens.lowers[r.phrase.last : r.phrase.last + 2]
    return behind[:1] == ["aboard"] or behind == ["on", "board"]


def changed_by(analysis: Analysis, r: Reading) -> str | None:
    """Return the noun of change that a share measures, or None: "an 89 percent cut", "a decline of 1.7% of GDP"."""
    lowers, at = analysis.tokens.lowers, r.opening - 1
    first = analysis.sentences[r.sentence].first
    changes = words("changes")
    if at > first and lowers[at] == "of" and lowers[at - 1] in changes:
        return lowers[at - 1]
    behind = lowers[r.after] if r.after < analysis.sentences[r.sentence].last else ""
    # without an article it may be a verb
    return behind if behind in changes and at >= first and lowers[at] in ("a", "an") else None


def collective(analysis: Analysis, r: Reading) -> str | None:
    """Return the body of people that a bare number tells the size of, or None: the family of "a family of five"."""
    lowers, at = analysis.tokens.lowers, r.opening - 1
    is_of = at > analysis.sentences[r.sentence].first and lowers[at] == "of"
    return lowers[at - 1] if is_of and lowers[at - 1] in words("collectives") else None


def among(analysis: Analysis, r: Reading) -> int | None:
    """Return the token of "among" not far behind what ``r`` counts, or None."""
    lowers, limit = analysis.tokens.lowers, analysis.sentences[r.sentence].last
    begin = r.phrase.last if r.phrase is not None else r.after
    end = min(limit, begin + _AMONG_REACH)
    return next((k for k in range(begin, end) if lowers[k] == "among"), None)


def among_them(analysis: Analysis, r: Reading) -> str | None:
    """Return what a part of a total is said to be, or None: "38 were hurt, five of them children"."""
    tokens, limit = analysis.tokens, analysis.sentences[r.sentence].last
    at = r.after + (tokens.lowers[r.after : r.after + 1] == ["of"])  # the span of a share holds its "of"
    if tokens.lowers[at : at + 1] not in (["them"], ["whom"]) or tokens.lowers[at - 1] != "of":
        return None
    first = at + 1
    while first < limit and tokens.lowers[first] in BE:
        first += 1  # "three of them were children"
    p = counted.walk(tokens, first, limit)
    is_named = p is not None and p.first == first and tokens.tags[p.head] in ("NNS", "NNPS")
    is_named = is_named and not (tokens.tags[first] == "VBG" and tokens.lowers[first - 1] in BE)  # "were wearing coats"
    return tokens.lowers[p.head] if p is not None and is_named else None


def antecedent(analysis: Analysis, r: Reading, earlier: Reading | None) -> str | None:
    """Return the plural that "them" or "whom" behind a number stands for, or None: "the rebels, of whom two".

    The people that ``earlier``, the last figure with a noun, counts in the sentence; else the nearest plural before it,
    for people where there is one. The sentence before is asked where the number opens its own.
    """
    tokens, own = analysis.tokens, analysis.sentences[r.sentence]
    at = r.after + (tokens.lowers[r.after : r.after + 1] == ["of"])
    if tokens.lowers[at : at + 1] not in (["them"], ["whom"]) or tokens.lowers[at - 1] != "of":
        return None
    is_same = earlier is not None and earlier.sentence == r.sentence and earlier.kind == "count"
    counted_before = earlier.counted if earlier is not None and is_same else None
    if earlier is not None and earlier.phrase is not None and counted_before not in (None, "people"):
        return counted_before
    found = _plurals(analysis, own.first, r.opening)
    if not found and r.opening - own.first <= 1 and r.sentence:
        before = analysis.sentences[r.sentence - 1]
        found = _plurals(analysis, before.first, before.last) if before.paragraph == own.paragraph else []
    people = [word for word in found if names_people(word)]
    return next(iter(people or (["people"] if counted_before == "people" else found)), None)


def _plurals(analysis: Analysis, first: int, last: int) -> list[str]:
    """The plurals among tokens ``first`` to ``last``, the last first; not of times and amounts, nor who is quoted."""
    tokens = analysis.tokens
    passed = words("calendar") | _NO_ANTECEDENTS
    return [
        tokens.lowers[k]
        for k in range(last - 1, first - 1, -1)
        if tokens.tags[k] in ("NNS", "NNPS")
        and tokens.lowers[k] not in passed
        and tokens.lowers[k + 1] not in words("saying")
        and tokens.lowers[k - 1] not in ("them", "whom")  # "three of them children"
    ]


def names_people(word: str | None) -> bool:
    """Whether what is counted are people, by the word or its ending."""
    return word is not None and (word in words("people") or word.endswith(_PEOPLE_ENDINGS))


def total_of(analysis: Analysis, r: Reading) -> counted.Phrase | None:
    """Return the noun phrase of a sum told behind its number, or None: "brings to four the number of deaths"."""
    tokens, limit = analysis.tokens, analysis.sentences[r.sentence].last
    if tokens.lowers[r.after : r.after + 3] not in (["the", "number", "of"], ["the", "total", "of"]):
        return None
    return counted.walk(tokens, r.after + 3, limit, behind_of=True)


def is_among_them(analysis: Analysis, r: Reading) -> bool:
    """Whether what is counted is part of those told of before: "there were nine guards from Lviv among them"."""
    lowers, limit = analysis.tokens.lowers, analysis.sentences[r.sentence].last
    end = min(limit, (r.phrase.last if r.phrase is not None else r.after) + _AMONG_REACH)
    return any(lowers[k : k + 2] in (["among", "them"], ["among", "those"]) for k in range(r.after, end))


def of_those(analysis: Analysis, r: Reading, earlier: Reading) -> str | None:
    """Return what was counted before, for "two of those", or None."""
    behind = analysis.tokens.lowers[r.after : r.after + 2]
    is_part = behind in (["of", "those"], ["of", "them"], ["of", "these"], ["of", "which"])
    return earlier.counted if is_part and r.start - earlier.end < _SHARE_REACH else None


def share_of(analysis: Analysis, r: Reading, earlier: Reading | None) -> str | None:
    """Return what a share without a noun is a share of, or None.

    Args:
        analysis: the text.
        r: a share with no noun behind it.
        earlier: the last figure before it that counts something, if any.
    """
    tokens = analysis.tokens
    limit = analysis.sentences[r.sentence].last
    if r.after >= limit or tokens.tags[r.after] not in _VERBS:
        return None
    if is_auxiliary(tokens.lowers[r.after]):
        p = counted.walk(tokens, r.after + 1, limit)
        if p is not None and p.first == r.after + 1 and tokens.tags[p.head] in ("NNS", "NNPS"):
            return tokens.lowers[p.head]  # "about 20% are adult men"
    is_near = earlier is not None and r.start - earlier.end < _SHARE_REACH and earlier.kind in ("count", "share")
    return earlier.counted if earlier is not None and is_near else None
