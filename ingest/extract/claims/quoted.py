"""Quotations that no cue of their own sentence claims, and the repair of contents at quotation marks.

Belongs here: quotations that continue the last speaker's, run on over paragraphs or stand behind a
colon, and sentences whose speaker the next one names. Does not belong here: pairing of marks
(``quotes``).
"""

from __future__ import annotations

from bisect import bisect_right

from ingest.extract.analysis import Analysis
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.quotes import Quote, is_speech, trim


def settle(analysis: Analysis, drafts: list[Draft], quotes: list[Quote]) -> None:
    """Let contents keep to quotations: one that begins in a quotation ends in it, none ends in the middle of one."""
    opens = [q.open for q in quotes]

    def around(at: int) -> Quote | None:
        k = bisect_right(opens, at) - 1
        return quotes[k] if k >= 0 and quotes[k].start <= at < quotes[k].end else None

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


def continue_quotes(analysis: Analysis, drafts: list[Draft], quotes: list[Quote]) -> list[Draft]:
    """Give quotations without a cue to the claim they go on from; a new draft where that one was no quotation."""
    text = analysis.text
    added: list[Draft] = []
    everything = sorted(drafts, key=lambda d: d.start)
    for q in quotes:
        if any(s < q.end and q.start < e for d in [*everything, *added] for s, e in d.content if not _inside(d, q)):
            continue
        if not is_speech(text, q) or not _stands_alone(analysis, q):
            continue
        before = _claim_before(analysis, [*everything, *added], q, quotes)
        if before is None:
            continue
        if before.notes & {"quotation"} or _is_quotation(before, quotes):
            before.content = sorted([*before.content, (q.start, q.end)])
            before.notes.add("quotation")
        else:
            new = Draft(
                "quote.continued", before.cue, None, before.speaker, [(q.start, q.end)], analysis.sentence_at(q.start)
            )
            new.follows = before
            new.confidence = 0.6
            new.notes.add("quotation")
            added.append(new)
    return added


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


def _claim_before(analysis: Analysis, drafts: list[Draft], q: Quote, quotes: list[Quote]) -> Draft | None:
    """The claim that a quotation goes on from: of its paragraph, or of the one before where that ended in it."""
    sentence = analysis.sentences[analysis.sentence_at(q.open)]
    best: Draft | None = None
    at = -1
    for d in drafts:
        if d.rule in ("adverb",) or d.rule.startswith("noun") or (d.negated and d.rule != "verb.that"):
            continue
        anchor = max(d.end, d.cue_span[1] if d.cue_span else 0)
        if d.cue_span is not None and any(k.start <= d.cue_span[0] < k.end for k in quotes):
            continue
        if anchor <= q.open and anchor > at:
            best, at = d, anchor
    if best is None:
        return None
    owner = analysis.sentences[analysis.sentence_at(at - 1)]
    gap = sentence.paragraph - owner.paragraph
    if gap == 0:
        return best if analysis.sentence_at(q.open) - analysis.sentence_at(at - 1) <= 2 else None
    if gap == 1 and (best.cue is None or best.cue.cue_class not in ("order", "promise")):
        return best
    return None


def _is_quotation(draft: Draft, quotes: list[Quote]) -> bool:
    s, e = draft.content[-1]
    return any(q.start <= s and e <= q.end + 1 for q in quotes)


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
            one.notes.add("back_reference")
            result.append(one)
        k -= 1
    return result[::-1]
