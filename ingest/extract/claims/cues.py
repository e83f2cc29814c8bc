"""Which sentences may hold a claim, by their words and tags alone, so that the rest need no tree.

Belongs here: that question, asked of every sentence before it is parsed. Does not belong here: which of the
words are cues once there is a tree (``attribution.engine``).
"""

from __future__ import annotations

from ingest.extract.analysis import Analysis, Sentence, Tokens
from ingest.extract.claims.lexicon import listed, triggers
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import PROPER

_AFTER_NOUNS = listed("after_cue_nouns")
_MISTAGGED = listed("mistagged_nouns")
_OPINIONS = listed("nouns_of_opinion")
_STATEMENTS = listed("nouns_of_statements")
_FEW = 5  # tokens back from "view" to the "in" of "in the mayor's view"
_OPENS_CLAUSE = frozenset(["DT", "PRP", "PRP$"])
_VOICES = listed("voices_of_titles")
LONGEST_HEADING = 20  # tokens of a heading inside a text
_HEADLINE_MARKS = frozenset([":", "–", "-", "—", "|"])


def wants_parse(analysis: Analysis, sentence: Sentence) -> bool:
    """True where a claim may be: a cue word stands in the sentence, as the part of speech that it is a cue in.

    Quotations without a cue of their own need no tree; they go on from the claim before them.
    """
    if not sentence.is_body:
        return False
    tokens, table = analysis.tokens, triggers()
    first, last = sentence.first, sentence.last
    lows = tokens.lowers[first:last]
    if may_be_headline(sentence) and (not _HEADLINE_MARKS.isdisjoint(lows) or _ends_with_voice(tokens, last - 1)):
        return True
    if ":" in lows and last - first <= LONGEST_HEADING and lows[-1].isalnum():
        return True
    if "made" in lows and not _STATEMENTS.isdisjoint(lows):
        return True  # "the mayor made the statement at noon"
    if table.keys().isdisjoint(lows) and _OPINIONS.isdisjoint(lows):
        return False
    for i, low in enumerate(lows, first):
        if low in _OPINIONS and not {"in", "by"}.isdisjoint(tokens.lowers[max(first, i - _FEW) : i]):
            return True
        kinds = table.get(low)
        if kinds is None:
            continue
        tag = tokens.tags[i]
        if not kinds or (tag[0] == "V" and "V" in kinds) or (i == first and "V" in kinds):
            return True
        if "N" in kinds and tag[0] == "N" and i + 1 < last and _goes_on(tokens, i + 1):
            return True
        if tag == "NNS" and "V" in kinds and i + 2 >= last and ("," in lows or analysis.lacks_commas):
            return True  # "…, the prosecutor's office reports."
        if low in _MISTAGGED and tag == "NN" and tokens.tags[i + 1 : i + 2] == ["PRP"]:
            return True  # "the Taliban claim they hold the town"
        if low in _MISTAGGED and tag == "NN" and "NNS" in tokens.tags[first:i] and tokens.tags[i + 1 : i + 2] == ["NN"]:
            return True  # "officials fear cholera will spread"
    return False


def _goes_on(tokens: Tokens, behind: int) -> bool:
    """True for a word behind a noun with which what the noun attributes begins: "fears that", "the fear it may"."""
    return tokens.lowers[behind] in _AFTER_NOUNS or tokens.tags[behind] in _OPENS_CLAUSE


def _ends_with_voice(tokens: Tokens, last: int) -> bool:
    """True where the last word of a title may be who says it, though no dash stands before."""
    low = tokens.lowers[last]
    is_voice = low in _VOICES or low in words("coreference.toml", "title_voices")
    return is_voice or tokens.tags[last] in PROPER or low.removesuffix("s") in words("people.toml", "roles")


def may_be_headline(sentence: Sentence) -> bool:
    """True for the title, and for the sentence that opens the text, which may be one with a full stop."""
    return sentence.is_title or sentence.first == 0
