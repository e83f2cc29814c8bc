"""Claims: who says what, about whom, and who disputes it.

Belongs here: the extractor that joins the package's rules. Does not belong here: the rules
(``verbal``, ``nominal``, ``quoted``), who speaks (``coreference``), what is meant (``judge``), words
(data files beside them).
"""

from __future__ import annotations

import re

from ingest.extract.analysis import Analysis, Sentence
from ingest.extract.base import Found
from ingest.extract.claims import judge, quoted, weave
from ingest.extract.claims.answers import with_answers
from ingest.extract.claims.back import back_reference
from ingest.extract.claims.coreference import Actor, Coreference, identify, office_of
from ingest.extract.claims.coreference.names import lower_article
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.heading import headline
from ingest.extract.claims.lexicon import triggers
from ingest.extract.claims.lines import signed_lines
from ingest.extract.claims.linking import link_all
from ingest.extract.claims.nominal import NominalCues
from ingest.extract.claims.quotes import Quotes, find_quotes
from ingest.extract.claims.setting import addressee_of, channel_of
from ingest.extract.claims.verbal import VerbalCues
from ingest.extract.syntax.tree import PROPER, Mention, Tree
from ingest.records import Claim, Link, Span

# what may stand behind a noun that attributes: what is claimed, or the verb that joins them
_BEHIND_NOUNS = frozenset(
    [
        *("that", "to", "of", "for", "about", "over", "on", "by", "from", "is", "was", "are", "were", "among"),
        *("made", "grew", "growing", "spread", "emerged", "mounted", "persist", "remain", "into", "against"),
    ]
)
_LINES = frozenset([":", "–", "-", "—"])


def wants_parse(analysis: Analysis, sentence: Sentence) -> bool:
    """True where a claim may be: a cue word stands in the sentence, as the part of speech that it is a cue in.

    Quotations without a cue of their own need no tree; they go on from the claim before them.
    """
    if not sentence.is_body:
        return False
    tokens, table = analysis.tokens, triggers()
    first, last = sentence.first, sentence.last
    lows = tokens.lowers[first:last]
    if is_heading(sentence) and not _LINES.isdisjoint(lows):
        return True
    if table.keys().isdisjoint(lows):
        return False
    for i, low in enumerate(lows, first):
        kinds = table.get(low)
        if kinds is None:
            continue
        tag = tokens.tags[i]
        if not kinds or (tag[0] == "V" and "V" in kinds) or (i == first and "V" in kinds):
            return True
        if "N" in kinds and tag[0] == "N" and i + 1 < last and tokens.lowers[i + 1] in _BEHIND_NOUNS:
            return True
    return False


def is_heading(sentence: Sentence) -> bool:
    """True for the title, and for the sentence that opens the text, which may be one with a full stop."""
    return sentence.is_title or sentence.first == 0


class ClaimExtractor:
    """Finds attributed claims."""

    name = "claims"
    version = "1.0.0"

    def extract(self, analysis: Analysis, found: Found) -> list[Claim]:
        if not analysis.tokens.words:
            return []
        drafts, quotes = self.drafts(analysis)
        return self._finish(analysis, found, drafts, quotes)

    def drafts(self, analysis: Analysis, wide: bool = False) -> tuple[list[Draft], Quotes]:
        """Claims with their spans, unresolved; for tools that follow another convention.

        ``wide`` adds what is no claim: attitudes ("supports the plan") and "I think" inside one's own quotation,
        noted as such.
        """
        quotes = find_quotes(analysis.text, analysis.layout)
        drafts: list[Draft] = []
        for index, sentence in enumerate(analysis.sentences):
            if not sentence.is_body or not analysis.is_parsed(sentence):
                continue
            drafts += self._sentence(analysis, index, sentence, quotes, wide)
        drafts = quoted.without_spoken(drafts, analysis)
        quoted.settle(analysis, drafts, quotes)
        drafts += signed_lines(analysis, quotes)
        drafts = [d for d in drafts if d.content]
        hedges = [d for d in drafts if weave.is_own_hedge(analysis, d, quotes)]
        drafts = [d for d in drafts if all(d is not hedge for hedge in hedges)]
        drafts = weave.without_tautologies(weave.without_doubles(drafts))
        drafts += quoted.continue_quotes(analysis, drafts, quotes)
        if wide:
            for hedge in hedges:
                hedge.notes.add("hedge")
            drafts += hedges
        drafts.sort(key=lambda d: (d.start, -d.end, d.verb))
        return drafts, quotes

    @staticmethod
    def _sentence(analysis: Analysis, index: int, sentence: Sentence, quotes: Quotes, wide: bool) -> list[Draft]:
        grammar = Tree(analysis, sentence)
        if is_heading(sentence) and (line := headline(grammar, index)) is not None:
            return [line]
        if (back := back_reference(grammar, index)) is not None:
            return quoted.take_up(analysis, back, index)
        return [*VerbalCues(grammar, index, quotes, wide).find(), *NominalCues(grammar, index, quotes).find()]

    # --- finishing ------------------------------------------------------------------------------

    def _finish(self, analysis: Analysis, found: Found, drafts: list[Draft], quotes: Quotes) -> list[Claim]:
        drafts = self._settle_evidence(drafts)
        self._with_what_is_called(analysis.text, drafts)
        drafts = sorted(with_answers(analysis, drafts), key=lambda d: (d.start, -d.end, d.verb))
        up = weave.parents(drafts)
        drafts, up = self._drop_echoes(drafts, up)
        # who speaks inside another's content is less in mind than who speaks in the article
        speakers: dict[int, float] = {}
        contents: dict[int, list[tuple[int, int]]] = {}
        for k, d in enumerate(drafts):
            if d.speaker is not None:
                head = d.speaker.head
                speakers[head] = max(speakers.get(head, 0.0), 1.0 if up[k] is None else 0.2)
                contents.setdefault(head, []).extend(d.content)
        places = frozenset(analysis.token_at(p.char_end - 1) for p in found.locations)
        cast = Coreference(
            analysis, lambda at: quotes.marked(at) is not None, speakers=speakers, contents=contents, places=places
        )
        found.coreference = cast
        actors = [self._actor(cast, d, analysis) for d in drafts]
        chains = self._chains(analysis, drafts, up, actors)
        linked = link_all(drafts, up, found, analysis)
        claims = []
        for k, d in enumerate(drafts):
            self._note_scare_quotes(analysis, d)
            if d.cue is not None and (parent := up[k]) is not None and drafts[parent].cue is not None:
                outer = drafts[parent].cue
                if outer is not None and outer.effect == "negate" and drafts[parent].rule == "verb.object":
                    d.notes.add("rejected")
            claims.append(self._claim(analysis, d, quotes, up, k, actors[k], chains.get(k, ()), linked[k]))
        return claims

    @staticmethod
    def _with_what_is_called(text: str, drafts: list[Draft]) -> None:
        """ "called the raid a crime": the raid is part of the claim, but for what is called so in quotation marks."""
        for d in drafts:
            start, end = d.content[0]
            if d.lead is None or d.lead >= start or d.rule not in ("verb.as", "verb.complement"):
                continue
            what = text[d.lead : start].strip(' “"‘«')
            is_quotation = text[start - 1] in '"“‘«' and (d.rule != "verb.as" or " " in text[start:end])
            if what not in ("", "as") and not is_quotation:
                d.content[0] = (d.lead, end)

    @staticmethod
    def _settle_evidence(drafts: list[Draft]) -> list[Draft]:
        """ "according to intercepts" inside what somebody says is what he goes by, no speaker."""
        kept = []
        shelf = weave.Shelf(drafts)
        for d in drafts:
            if d.rule == "according" and "evidence" in d.notes and d.cue_span is not None and d.speaker is not None:
                span = d.cue_span
                near = [o for _, o in shelf.near(*span) if o is not d and o.speaker is not None]
                outer = next((o for o in near if o.holds(*span)), None)
                if outer is not None:
                    outer.basis = (d.speaker.start, d.speaker.end)
                    start, end = max(d.start, outer.start), min(d.end, outer.end)
                    if len(d.content) == 1 and outer.rule == "verb.before" and end > start >= d.cue_span[1]:
                        # a dash closed what stands before; the evidence is for what comes behind it
                        outer.content = [(start, end)]
                    continue
            kept.append(d)
        return kept

    @staticmethod
    def _drop_echoes(drafts: list[Draft], up: list[int | None]) -> tuple[list[Draft], list[int | None]]:
        """ "allegedly" inside a claim with a speaker is that claim's stance, not another claim."""
        shelf = weave.Shelf(drafts)
        gone = set()
        for k, d in enumerate(drafts):
            if d.rule != "adverb" or d.cue_span is None:
                continue
            others = [o for _, o in shelf.near(d.start, max(d.end, d.cue_span[1])) if o.cue_span and o.rule != "adverb"]
            span = d.cue_span
            if any(o.holds(*span) or (o.sentence == d.sentence and weave.overlap(o, d)) for o in others):
                gone.add(k)
        if not gone:
            return drafts, up
        rest = [d for k, d in enumerate(drafts) if k not in gone]
        return rest, weave.parents(rest)

    @staticmethod
    def _actor(cast: Coreference, draft: Draft, analysis: Analysis) -> Actor | None:
        mention = draft.speaker
        if mention is None:
            return None
        text = analysis.text[mention.start : mention.end]
        return cast.resolve(mention.head, text)

    @staticmethod
    def _chains(
        analysis: Analysis, drafts: list[Draft], up: list[int | None], actors: list[Actor | None]
    ) -> dict[int, tuple[str, ...]]:
        """A reporting line told in a quotation belongs to the claim inside it that its last member makes."""
        chains: dict[int, tuple[str, ...]] = {}
        for k, d in enumerate(drafts):
            for s, e in d.content:
                line = weave.reporting_line(analysis.text[s:e])
                if line is not None:
                    # told by the last of the line
                    inner = _by_name(actors, up, k, line[-1])
                    teller = actors[inner] if inner is not None else None
                    chains[k if inner is None else inner] = (*line[:-1], teller.name if teller else line[-1])
                    continue
                line = weave.passed_on(analysis.text[s:e])
                if line is not None:
                    # told by the first of it
                    inner = _by_name(actors, up, k, line[0])
                    chains.setdefault(inner if inner is not None else k, tuple(line))
        return chains

    @staticmethod
    def _note_scare_quotes(analysis: Analysis, draft: Draft) -> None:
        """A cue in quotation marks of its own, or a content brushed aside in the clause around it."""
        if draft.cue_span is None:
            return
        s, e = draft.cue_span
        text = analysis.text
        if text[s - 1 : s] in ('"', "“", "‘", "'") and text[e : e + 1] in ('"', "”", "’", "'"):
            draft.notes.add("scare")

    def _claim(
        self,
        analysis: Analysis,
        draft: Draft,
        quotes: Quotes,
        up: list[int | None],
        k: int,
        actor: Actor | None,
        chain: tuple[str, ...],
        links: list[Link],
    ) -> Claim:
        text = analysis.text
        judged = judge.judge(analysis, draft, quotes)
        start, end = draft.start, draft.end
        name = _name(analysis, draft.speaker, actor)
        identity = identify(name, actor.kind if actor else None, actor.side if actor else None)
        return Claim(
            char_start=start,
            char_end=end,
            exact=text[start:end],
            rule_id=draft.rule,
            confidence=draft.confidence,
            speaker=_span(text, draft.speaker),
            speaker_name=name,
            speaker_kind=actor.kind if actor else None,
            speaker_role=actor.role if actor else None,
            speaker_affiliation=actor.affiliation if actor else None,
            speaker_side=identity.side,
            speaker_office=office_of(actor.role) if actor else None,
            actor_key=identity.key,
            speaker_known_as=identity.known_as,
            cue=Span(start=draft.cue_span[0], end=draft.cue_span[1], text=text[slice(*draft.cue_span)])
            if draft.cue_span
            else None,
            cue_class=draft.cue.cue_class if draft.cue else None,
            content=tuple(Span(start=s, end=e, text=text[s:e]) for s, e in draft.content),
            speech=judged.speech,
            polarity=judged.polarity,
            stance=judged.stance,
            hedge=judged.hedge,
            topic=judged.topic,
            parent=up[k],
            depth=_depth(up, k),
            chain=chain,
            channel=channel_of(text, draft),
            addressee=addressee_of(text, draft),
            basis=text[slice(*draft.basis)] if draft.basis else None,
            links=tuple(links),
        )


def _span(text: str, mention: Mention | None) -> Span | None:
    return Span(start=mention.start, end=mention.end, text=text[mention.start : mention.end]) if mention else None


_RELATIVE = re.compile(r",?\s+(?:who|whom|whose|which)\b")


def _name(analysis: Analysis, mention: Mention | None, actor: Actor | None) -> str | None:
    """The actor's name; what is joined or has no name of its own is called as written."""
    if mention is None:
        return None
    written = lower_article(analysis.text[mention.start : mention.end])
    written = _RELATIVE.split(written)[0].rstrip(" ,")
    t, behind = analysis.tokens, mention.head + 1
    if behind < len(t) and t.tags[behind] == "VBG" and t.deps[behind] == "acl" and t.starts[behind] < mention.end:
        written = lower_article(analysis.text[mention.start : t.ends[mention.head]])  # "a soldier serving in the north"
    if actor is None:
        return written
    if " and " in written and actor.kind != "institution" and analysis.tokens.tags[mention.head] in PROPER:
        return written
    unnamed = actor.kind in ("unnamed", "group", "role") and not analysis.tokens.tags[mention.head].startswith("PRP")
    if unnamed and len(written) > len(actor.name) and actor.name.lower() in written.lower():
        return written
    return actor.name


def _depth(up: list[int | None], k: int) -> int:
    depth, at = 0, up[k]
    while at is not None:
        depth, at = depth + 1, up[at]
    return depth


def _by_name(actors: list[Actor | None], up: list[int | None], outer: int, name: str) -> int | None:
    """The claim inside another whose speaker is called so."""
    last = name.split()[-1].lower()
    for k, actor in enumerate(actors):
        if k != outer and actor is not None and actor.name.lower().split()[-1:] == [last] and _under(up, k, outer):
            return k
    return None


def _under(up: list[int | None], inner: int, outer: int) -> bool:
    at = up[inner]
    while at is not None:
        if at == outer:
            return True
        at = up[at]
    return False
