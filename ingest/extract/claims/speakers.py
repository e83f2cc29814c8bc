"""Whom the speakers of a text's claims stand for.

Belongs here: handing the claims' speakers to ``coreference``. Does not belong here: which mention speaks
(``attribution``), how mentions are resolved and what a speaker is called (``coreference``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.analysis import Analysis
from ingest.extract.base import Found
from ingest.extract.claims.coreference import Actor, Coreference
from ingest.extract.claims.coreference.accused import accused_by_denier
from ingest.extract.claims.coreference.display import name_of
from ingest.extract.claims.model import Candidate, Flag, Span
from ingest.extract.claims.quotations.marks import Quotations
from ingest.extract.decisions import Outcome
from ingest.extract.lexicon import words

# how much a speaker is in mind: who speaks in the article's own voice, and who inside another's content
_IN_ARTICLE, _IN_CONTENT = 1.0, 0.2


def coreference_of(
    analysis: Analysis, found: Found, claims: Sequence[Candidate], up: Sequence[int | None], quotations: Quotations
) -> Coreference:
    """The coreference of a text whose speakers are known; ``up`` holds the parent of each claim."""
    speakers: dict[int, float] = {}
    contents: dict[int, list[Span]] = {}
    begins: dict[int, int] = {}
    for k, c in enumerate(claims):
        if c.speaker is not None:
            head = c.speaker.head
            weight = _IN_ARTICLE if up[k] is None else _IN_CONTENT
            speakers[head] = max(speakers.get(head, 0.0), weight)
            contents.setdefault(head, []).extend(c.content)
            if Flag.BY_WORDS in c.flags:
                begins[head] = analysis.first_token_from(c.speaker.start)
    places = frozenset(analysis.token_at(p.char_end - 1) for p in found.locations)

    def is_quoted(offset: int) -> bool:
        return quotations.marked(offset) is not None

    return Coreference(
        analysis,
        is_quoted,
        speakers=speakers,
        contents=contents,
        places=places,
        countries=_countries(analysis, found),
        begins=begins,
        accused=accused_by_denier(analysis, claims),
    )


def _countries(analysis: Analysis, found: Found) -> dict[int, str]:
    """ISO codes by a token of each place; of names of one word wherever the text has them: in "the Odesa police" too.

    The word of "the Tarsk region" is "Tarsk"; of longer names it is the last, where they are places.
    """
    named: dict[str, set[str]] = {}
    longer: dict[int, str] = {}
    for place in found.locations:
        if place.country is None or place.kind == "country":
            continue
        name, _, behind = place.exact.partition(" ")
        if name.isalpha() and (not behind or behind.lower() in words("offices.toml", "regions")):
            named.setdefault(name.lower(), set()).add(place.country)
        else:
            longer[analysis.token_at(place.char_end - 1)] = place.country
    t = analysis.tokens
    sure = {low: codes.pop() for low, codes in named.items() if len(codes) == 1}
    return longer | {k: sure[low] for k, low in enumerate(t.lowers) if low in sure and t.words[k][0].isupper()}


def actor_of(coreference: Coreference, candidate: Candidate) -> Actor | None:
    """The actor that a claim's speaker stands for; None where it has no speaker."""
    mention = candidate.speaker
    if mention is None:
        return None
    return coreference.resolve(mention.head, coreference.analysis.text[mention.start : mention.end])


def record_speakers(analysis: Analysis, claims: Sequence[Candidate], actors: Sequence[Actor | None]) -> None:
    """Record whom each speaker was taken for, where somebody traces."""
    recorder = analysis.recorder
    if recorder is None:
        return
    for candidate, actor in zip(claims, actors, strict=True):
        mention = candidate.speaker
        if mention is None:
            recorder.record("claims", "speaker", candidate.rule, Outcome.REFUSED, "nobody is named", candidate.cue_span)
        elif actor is not None:
            name = name_of(analysis, mention, actor)
            known = ", ".join(x for x in (actor.kind, actor.role, actor.side) if x)
            reason = f"{name} ({known})"
            span = (mention.start, mention.end)
            recorder.record("claims", "speaker", candidate.rule, Outcome.ACCEPTED, reason, span)
