"""Quotations that no cue of their own sentence claims: they go on from the claim before.

Belongs here: quotations that continue the last speaker's, run on over paragraphs or stand behind a colon. Does
not belong here: pairing of marks (``marks``), quotations beside a cue (``attribution.quotation``).
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Sequence
from itertools import pairwise

from ingest.extract.analysis import Analysis
from ingest.extract.claims.attribution.registry import rule_ids
from ingest.extract.claims.model import Candidate, Flag
from ingest.extract.claims.quotations.marks import Quotation, Quotations, is_speech
from ingest.extract.claims.structure import ContentIndex
from ingest.values import replace

_QUOTATION = frozenset([Flag.QUOTATION])
_NO_ANCHOR = frozenset(["noun_cue", "adverb_cue"])  # frames of cues that quote nobody
# rules of a clause whose cue may be denied and is yet gone on from: "did not say that …"
_CLAUSES = frozenset(
    [
        *("complement_clause.that", "complement_clause.bare", "complement_clause.listener_name"),
        *("complement_clause.surface_that", "complement_clause.surface_bare"),
        *("complement_clause.mistagged_noun", "complement_clause.mistagged_participle"),
    ]
)
_FEWEST_SPACES = 3  # in a paragraph that is a quotation of nobody's
_BESIDE = frozenset(["quotation", "parenthetical", "inverted", "quoting"])  # frames of cues beside a quotation
_MOST_PARAGRAPHS = 8  # of one quotation
_LABEL = re.compile(r"[A-Z][A-Z.' -]+:")  # of who speaks, in a transcript
_SENTENCES_ON = 2  # within a paragraph, from the end of a claim to a quotation that goes on with it

rule_ids("quotation.continued", "quotation.alone")


def continue_quotations(
    analysis: Analysis, found: Sequence[Candidate], quotations: Quotations
) -> tuple[list[Candidate], list[Candidate]]:
    """Give quotations without a cue to the claim they go on from.

    Returns:
        The candidates, those that were quotations grown by what goes on with them; and new ones by the same
        speakers, where the claim before was no quotation.
    """
    text = analysis.text
    current = list(found)
    added: list[Candidate] = []
    contents = ContentIndex(current)
    # ends of what may be gone on from, each with its place among the candidates, or among those added behind them
    anchors = _anchors(current, quotations)
    for number, q in enumerate(quotations):
        if _is_claimed(q, contents, current) or not is_speech(text, q) or not _stands_alone(analysis, q):
            continue
        place = _claim_before(analysis, anchors, q, [*current, *added])
        if place is None or not _runs_on(text, quotations, number):
            closing = _taken_up(text, quotations, number, contents, current)
            place = place if closing is None else closing
        if place is None:
            if _is_paragraph(text, q):
                sentence = analysis.sentence_at(q.start)
                added.append(Candidate("quotation.alone", None, None, None, ((q.start, q.end),), sentence))
            continue
        before = current[place] if place < len(current) else added[place - len(current)]
        if Flag.QUOTATION in before.flags or _is_quotation(before, quotations):
            content = tuple(sorted([*before.content, (q.start, q.end)]))
            grown = replace(before, content=content, flags=before.flags | _QUOTATION)
            if place < len(current):
                current[place] = grown
            else:
                added[place - len(current)] = grown
        else:
            sentence = analysis.sentence_at(q.start)
            content = ((q.start, q.end),)
            place = len(current) + len(added)
            added.append(
                Candidate("quotation.continued", before.cue, None, before.speaker, content, sentence, flags=_QUOTATION)
            )
        insort(anchors, (q.end, len(anchors), place), key=_end)
    return current, added


def _is_paragraph(text: str, q: Quotation) -> bool:
    """True for a quotation, closed by its mark, that is a whole paragraph of several words."""
    is_whole = text[max(0, q.open - 1) : q.open] == "\n" and text[q.close : q.close + 1] in ("", "\n")
    return is_whole and not _is_open(text, q) and text.count(" ", q.start, q.end) >= _FEWEST_SPACES


def _is_open(text: str, q: Quotation) -> bool:
    """True for a quotation that its paragraph ends without a mark."""
    return text[q.close - 1].isalnum() or text[q.close - 1] in ".,!?…;:)]"


def _runs_on(text: str, quotations: Quotations, number: int) -> bool:
    """True where the paragraph before the quotation ``number`` ends in one that is open still."""
    before = quotations[number - 1] if number else None
    return before is not None and _is_open(text, before) and not text[before.close : quotations[number].open].strip()


def _taken_up(
    text: str, quotations: Quotations, number: int, contents: ContentIndex, current: Sequence[Candidate]
) -> int | None:
    """The claim whose quotation closes in a later paragraph what the quotation ``number`` opens; None where none does.

    Each paragraph of it opens with a mark, or only the first, and none but the last is closed: the cue is in the last.
    """
    opened = quotations[number].open
    if text[max(0, opened - 3) : opened].rstrip(" ")[-1:] not in ("", "\n"):
        return None
    for q, following in pairwise(quotations[number : number + _MOST_PARAGRAPHS]):
        if not _is_open(text, q) or _LABEL.match(text, q.start):
            return None
        takes_up = following.open == following.start or text[q.open] == text[following.open]
        if text[q.close : following.open].strip() or not (takes_up or q.open == q.start):
            return None
        for k, _ in contents.near(following.start, following.end):
            c = current[k]
            is_outside = (
                c.cue_span is not None and c.frame in _BESIDE and not following.start <= c.cue_span[0] < following.end
            )
            if is_outside and any(following.start <= s and e <= following.end + 1 for s, e in c.content):
                return k
    return None


def _end(anchor: tuple[int, int, int]) -> int:
    return anchor[0]


def _is_claimed(q: Quotation, contents: ContentIndex, current: Sequence[Candidate]) -> bool:
    """True where a content shares a character with the quotation, other than one of a claim made inside it."""
    for k, _ in contents.near(q.start, q.end):
        c = current[k]
        inside = c.cue_span is not None and q.start <= c.cue_span[0] < q.end
        if not inside and any(s < q.end and q.start < e for s, e in c.content):
            return True
    return False


def _anchors(found: Sequence[Candidate], quotations: Quotations) -> list[tuple[int, int, int]]:
    """Claims that a quotation may go on from, by where they end: not nouns, not what is said inside a quotation."""
    anchors: list[tuple[int, int, int]] = []
    for k, c in enumerate(found):
        if c.frame in _NO_ANCHOR or (c.negated and c.rule not in _CLAUSES):
            continue
        if c.cue_span is not None and quotations.around(c.cue_span[0]) is not None:
            continue
        anchors.append((max(c.end, c.cue_span[1] if c.cue_span else 0), len(anchors), k))
    return sorted(anchors, key=lambda anchor: anchor[:2])


def _stands_alone(analysis: Analysis, q: Quotation) -> bool:
    """True for a quotation that is a sentence of its own, or begins behind a colon."""
    text = analysis.text
    before = text[max(0, q.open - 3) : q.open].rstrip(" ")
    ends = not before or before[-1] in '.!?…:\n"”»' or before.endswith(("\n", ":"))
    return ends and (
        text[q.start].isupper() or text[q.start] in "[(…." or text[q.start].isdigit() or before.endswith(":")
    )


def _claim_before(
    analysis: Analysis, anchors: list[tuple[int, int, int]], q: Quotation, claims: Sequence[Candidate]
) -> int | None:
    """The claim that a quotation goes on from: of its paragraph, or of the one before where that ended in it."""
    sentence = analysis.sentences[analysis.sentence_at(q.open)]
    k = bisect_right(anchors, q.open, key=_end) - 1
    if k < 0:
        return None
    at = anchors[k][0]
    # of several that end at the same place the first found
    while k > 0 and anchors[k - 1][0] == at:
        k -= 1
    place = anchors[k][2]
    owner = analysis.sentences[analysis.sentence_at(at - 1)]
    gap = sentence.paragraph - owner.paragraph
    if gap == 0:
        return place if analysis.sentence_at(q.open) - analysis.sentence_at(at - 1) <= _SENTENCES_ON else None
    cue = claims[place].cue
    return place if gap == 1 and (cue is None or cue.cue_class not in ("order", "promise")) else None


def _is_quotation(candidate: Candidate, quotations: Quotations) -> bool:
    s, e = candidate.content[-1]
    q = quotations.around(s)
    return q is not None and e <= q.end + 1
