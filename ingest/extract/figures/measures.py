"""The noun phrase that a figure stands before, and that of measures told in two units or before a noun.

Belongs here: "4.5 pounds (2 kilograms) of flour", "the $95 billion aid package". Does not belong here: the walk
through a phrase (``counted``), what figures of one sentence share (``relations``).
"""

from __future__ import annotations

from ingest.extract.analysis import Analysis
from ingest.extract.figures import counted
from ingest.extract.figures.reading import Reading

_MEASURES = frozenset({"length", "mass", "area", "speed", "temperature"})
_CONVERSION = 8  # tokens in brackets
_BEFORE_PRICE = frozenset({"DT", "PRP$", "POS", "JJ", "JJS", "NN", "NNP"})


def behind_conversion(analysis: Analysis, r: Reading) -> int:
    """The token at which what ``r`` measures begins: behind it, and behind the same measure in another unit."""
    tokens, limit = analysis.tokens, analysis.sentences[r.sentence].last
    if r.kind not in _MEASURES or r.after >= limit or "within" in tokens.lowers[max(0, r.opening - 6) : r.after]:
        return r.after  # "within 10 miles (16 km) of the town" measures no town
    if tokens.tags[r.after] == "-RRB-":
        is_conversion = r.opening > 1 and tokens.tags[r.opening - 1] == "-LRB-"
        return r.after + 1 if is_conversion else r.after
    if tokens.tags[r.after] != "-LRB-":
        return r.after
    for k in range(r.after + 1, min(limit, r.after + _CONVERSION)):
        if tokens.tags[k] == "-RRB-":
            return k + 1 if "CD" in tokens.tags[r.after + 1 : k] else r.after
    return r.after


def is_price(analysis: Analysis, r: Reading) -> bool:
    """Whether a sum of money stands before the noun of what it pays: "the $95 billion aid package", "a $3m house"."""
    tokens, p = analysis.tokens, r.phrase
    if r.kind != "money" or p is None or p.first != r.after or r.opening == 0:
        return False
    is_noun = tokens.tags[p.head] in ("NN", "NNS") and tokens.lowers[p.first] != "of"
    return is_noun and tokens.tags[r.opening - 1] in _BEFORE_PRICE


def phrase_of(analysis: Analysis, r: Reading) -> None:
    """Find the noun phrase that ``r`` stands before."""
    limit = analysis.sentences[r.sentence].last
    if r.rule.startswith("age.") or r.after >= limit:
        return
    tokens = analysis.tokens
    after = tokens.lowers[r.after]
    if r.kind in ("count", "share") and r.unit is None:
        at = r.after
        if after in ('"', "”", "''", "’") and tokens.lowers[at + 1 : at + 2] == ["of"]:
            at += 1
        needs_of = r.form == "vague" and (r.vague_word or "").endswith("s")
        if needs_of and tokens.lowers[at] not in ("of", "more", "other"):
            # "left hundreds suffering": no noun follows such a word without "of"
            return
        behind_of = r.form == "fraction"
        r.phrase = counted.walk(tokens, at, limit, behind_of=behind_of, plural=r.value != 1)
    elif r.unit is not None and (
        after == "of"
        or "-" in analysis.text[r.number : r.end]
        or r.kind in ("length", "duration", "mass", "money", "other", "area")
    ):
        begin = behind_conversion(analysis, r)
        r.phrase = counted.walk(tokens, begin, limit) if begin < limit else None
    elif r.kind == "share" and r.opening and tokens.tags[r.opening - 1] in ("DT", "PRP$", "POS"):
        # "a 10% chance", "an 8 percent wage increase"
        p = counted.walk(tokens, r.after, limit, plural=False)
        r.phrase = p if p is not None and p.first == r.after and tokens.tags[p.head] in ("NN", "NNS") else None
