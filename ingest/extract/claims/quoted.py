"""Quotations that no cue of their own sentence claims, and the repair of contents at quotation marks.

Belongs here: quotations that continue the last speaker's, run on over paragraphs or stand behind a
colon, and sentences whose speaker the next one names. Does not belong here: pairing of marks
(``quotes``).
"""

from __future__ import annotations

from bisect import bisect_right, insort

from ingest.extract.analysis import Analysis
from ingest.extract.claims import weave
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.quotes import Quote, Quotes, is_speech, trim


def settle(analysis: Analysis, drafts: list[Draft], quotes: Quotes) -> None:
    """Let contents keep to quotations: one that begins in a quotation ends in it, none ends in the middle of one."""
    around = quotes.around
    for d in drafts:
        settled = []
        cue_in = around(d.cue_span[0]) if d.cue_span else None
        if cue_in is not None and not is_speech(analysis.text, cue_in):
            cue_in = None  # the cue alone is in (scare) quotes
        for start, end in d.content:
            s, e = start, end
            first, last = around(s), around(e - 1)
            if cue_in is not None:
                # said inside a quotation: what is claimed there ends there
                if s < cue_in.start:
                    s = cue_in.start
                if e > cue_in.end:
                    e = cue_in.end
            elif first is not None and (last is not first):
                if not _opens_at(first, s):
                    e = min(e, first.end) if last is None else e
                elif last is None and e >= first.close:
                    pass
            elif last is not None and first is None:
                e = last.end
            if last is not None and cue_in is None and last is not first and e < last.end:
                e = last.end
            s, e = trim(analysis.text, s, e)
            s, e = _unmark(analysis.text, s, e)
            if e > s:
                settled.append((s, e))
        d.content = _merged(analysis.text, settled)


def _opens_at(quote: Quote, at: int) -> bool:
    return quote.open <= at <= quote.start


def _unmark(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a closing mark at the end, and without the opening one at the start that has no partner inside."""
    while end > start and (
        text[end - 1] in '"”»'
        or (text[end - 1] in "’'" and text[start:end].count(text[end - 1]) and not text[end - 2 : end - 1].isalnum())
    ):
        end -= 1
        _, end = trim(text, start, end)
    if (
        start < end
        and text[start] in '"“«„‘'
        and not any(m in text[start + 1 : end] for m in ('"' if text[start] == '"' else "”»“’"))
    ):
        start += 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _merged(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for s, e in sorted(set(spans)):
        if out and s < out[-1][1]:
            out[-1] = (out[-1][0], max(e, out[-1][1]))
        else:
            out.append((s, e))
    return out


def continue_quotes(analysis: Analysis, drafts: list[Draft], quotes: Quotes) -> list[Draft]:
    """Give quotations without a cue to the claim they go on from; a new draft where that one was no quotation."""
    text = analysis.text
    added: list[Draft] = []
    shelf = weave.Shelf(drafts)
    lines = _anchors(drafts, quotes)
    for q in quotes:
        if any(
            s < q.end and q.start < e for _, d in shelf.near(q.start, q.end) if not _inside(d, q) for s, e in d.content
        ):
            continue
        if not is_speech(text, q) or not _stands_alone(analysis, q):
            continue
        before = _claim_before(analysis, lines, q)
        if before is None:
            continue
        span = (q.start, q.end)
        if "quotation" in before.notes or _is_quotation(before, quotes):
            before.content = sorted([*before.content, span])
            before.notes.add("quotation")
            insort(lines, (q.end, len(lines), before), key=_end)
        else:
            sentence = analysis.sentence_at(q.start)
            new = Draft("quote.continued", before.cue, None, before.speaker, [span], sentence)
            new.follows = before
            new.confidence = 0.6
            new.notes.add("quotation")
            added.append(new)
            insort(lines, (q.end, len(lines), new), key=_end)
    return added


def _end(line: tuple[int, int, Draft]) -> int:
    return line[0]


def _anchors(drafts: list[Draft], quotes: Quotes) -> list[tuple[int, int, Draft]]:
    """Claims that a quotation may go on from, by where they end: not nouns, not what is said inside a quotation."""
    lines: list[tuple[int, int, Draft]] = []
    for d in drafts:
        if d.rule == "adverb" or d.rule.startswith("noun") or (d.negated and d.rule != "verb.that"):
            continue
        if d.cue_span is not None and quotes.around(d.cue_span[0]) is not None:
            continue
        lines.append((max(d.end, d.cue_span[1] if d.cue_span else 0), len(lines), d))
    return sorted(lines, key=lambda line: line[:2])


def _inside(draft: Draft, quote: Quote) -> bool:
    """A claim made inside the quotation says nothing of who speaks the quotation."""
    return draft.cue_span is not None and quote.start <= draft.cue_span[0] < quote.end


def _stands_alone(analysis: Analysis, q: Quote) -> bool:
    """True for a quotation that is a sentence of its own, or begins behind a colon."""
    text = analysis.text
    before = text[max(0, q.open - 3) : q.open].rstrip(" ")
    ends = not before or before[-1] in '.!?…:\n"”»' or before.endswith(("\n", ":"))
    return ends and (
        text[q.start].isupper() or text[q.start] in "[(…." or text[q.start].isdigit() or before.endswith(":")
    )


def _claim_before(analysis: Analysis, lines: list[tuple[int, int, Draft]], q: Quote) -> Draft | None:
    """The claim that a quotation goes on from: of its paragraph, or of the one before where that ended in it."""
    sentence = analysis.sentences[analysis.sentence_at(q.open)]
    k = bisect_right(lines, q.open, key=lambda line: line[0]) - 1
    if k < 0:
        return None
    at = lines[k][0]
    # of several that end at the same place the first found
    while k > 0 and lines[k - 1][0] == at:
        k -= 1
    best = lines[k][2]
    owner = analysis.sentences[analysis.sentence_at(at - 1)]
    gap = sentence.paragraph - owner.paragraph
    if gap == 0:
        return best if analysis.sentence_at(q.open) - analysis.sentence_at(at - 1) <= 2 else None
    if gap == 1 and (best.cue is None or best.cue.cue_class not in ("order", "promise")):
        return best
    return None


def _is_quotation(draft: Draft, quotes: Quotes) -> bool:
    s, e = draft.content[-1]
    q = quotes.around(s)
    return q is not None and e <= q.end + 1


def without_spoken(drafts: list[Draft], analysis: Analysis) -> list[Draft]:
    """ "X told Y about this" takes up no sentence that names its own speaker, as "this was stated by X" may."""
    spoken = {d.sentence for d in drafts if d.rule.startswith(("verb", "according")) and d.speaker is not None}
    return [d for d in drafts if "told_this" not in d.notes or analysis.sentence_at(d.content[0][0]) not in spoken]


def take_up(analysis: Analysis, draft: Draft, index: int) -> list[Draft]:
    """ "This was stated by X": one claim for each sentence before it in the paragraph, or of the one before."""
    sentences = analysis.sentences
    here = sentences[index]
    paragraph = here.paragraph
    k = index - 1
    if k >= 0 and sentences[k].paragraph != paragraph:
        paragraph = sentences[k].paragraph
    result = []
    while k >= 0 and sentences[k].paragraph == paragraph and sentences[k].is_body and not sentences[k].is_title:
        s, e = trim(analysis.text, sentences[k].start, sentences[k].end)
        if e > s:
            one = Draft("back_reference", draft.cue, draft.cue_span, draft.speaker, [(s, e)], index, draft.verb)
            one.notes |= {"back_reference", *draft.notes}
            result.append(one)
        k -= 1
    return result[::-1]
