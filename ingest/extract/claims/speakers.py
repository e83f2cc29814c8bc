"""Whom the speakers of a text's claims stand for, and how each is called in the end.

Belongs here: handing the claims' speakers to ``coreference``, and the name of a speaker that it resolved. Does not
belong here: which mention speaks (``attribution``), how mentions are resolved (``coreference``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.analysis import Analysis
from ingest.extract.base import Found
from ingest.extract.claims.coreference import Actor, Coreference
from ingest.extract.claims.coreference.names import lower_article
from ingest.extract.claims.lexicon import pattern
from ingest.extract.claims.model import Candidate, Span
from ingest.extract.claims.quotations.marks import Quotations
from ingest.extract.decisions import Outcome
from ingest.extract.syntax.tree import PROPER, Mention

_RELATIVE = re.compile(pattern("relative_clause").pattern)
# how much a speaker is in mind: who speaks in the article's own voice, and who inside another's content
_IN_ARTICLE, _IN_CONTENT = 1.0, 0.2
# kinds of actors that have no name of their own
_UNNAMED = frozenset(["unnamed", "group", "role"])


def coreference_of(
    analysis: Analysis, found: Found, claims: Sequence[Candidate], up: Sequence[int | None], quotations: Quotations
) -> Coreference:
    """The coreference of a text whose speakers are known; ``up`` holds the parent of each claim."""
    speakers: dict[int, float] = {}
    contents: dict[int, list[Span]] = {}
    for k, c in enumerate(claims):
        if c.speaker is not None:
            head = c.speaker.head
            weight = _IN_ARTICLE if up[k] is None else _IN_CONTENT
            speakers[head] = max(speakers.get(head, 0.0), weight)
            contents.setdefault(head, []).extend(c.content)
    places = frozenset(analysis.token_at(p.char_end - 1) for p in found.locations)

    def is_quoted(offset: int) -> bool:
        return quotations.marked(offset) is not None

    return Coreference(analysis, is_quoted, speakers=speakers, contents=contents, places=places)


def actor_of(coreference: Coreference, candidate: Candidate) -> Actor | None:
    """The actor that a claim's speaker stands for; None where it has no speaker."""
    mention = candidate.speaker
    if mention is None:
        return None
    return coreference.resolve(mention.head, coreference.analysis.text[mention.start : mention.end])


def speaker_name(analysis: Analysis, mention: Mention | None, actor: Actor | None) -> str | None:
    """The actor's name; what is joined or has no name of its own is called as written. None for no mention."""
    if mention is None:
        return None
    t = analysis.tokens
    written = lower_article(analysis.text[mention.start : mention.end])
    written = _RELATIVE.split(written)[0].rstrip(" ,")
    behind = mention.head + 1
    if behind < len(t) and t.tags[behind] == "VBG" and t.deps[behind] == "acl" and t.starts[behind] < mention.end:
        written = lower_article(analysis.text[mention.start : t.ends[mention.head]])  # "a soldier serving in the north"
    if actor is None:
        return written
    if " and " in written and actor.kind != "institution" and t.tags[mention.head] in PROPER:
        return written
    is_pronoun = t.tags[mention.head].startswith("PRP")
    is_unnamed = actor.kind in _UNNAMED and not is_pronoun
    if is_unnamed and len(written) > len(actor.name) and actor.name.lower() in written.lower():
        return written
    return actor.name


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
            name = speaker_name(analysis, mention, actor)
            known = ", ".join(x for x in (actor.kind, actor.role, actor.side) if x)
            reason = f"{name} ({known})"
            span = (mention.start, mention.end)
            recorder.record("claims", "speaker", candidate.rule, Outcome.ACCEPTED, reason, span)
