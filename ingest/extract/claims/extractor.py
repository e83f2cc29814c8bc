"""The order of the steps that find the claims of a text, and nothing else.

Belongs here: which step comes after which, and the record that is made of each claim in the end. Does not
belong here: any rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.extract.analysis import Analysis
from ingest.extract.base import Found
from ingest.extract.catalogue import Catalogue, load_catalogue
from ingest.extract.claims import structure
from ingest.extract.claims.assertion import assertion_of
from ingest.extract.claims.assertion.setting import addressee_of, channel_of
from ingest.extract.claims.assertion.stance import with_scare_quotes
from ingest.extract.claims.attribution.blame_idiom import with_blame
from ingest.extract.claims.attribution.citing import with_sources
from ingest.extract.claims.attribution.denial import with_denials
from ingest.extract.claims.attribution.denial_idiom import with_idioms
from ingest.extract.claims.attribution.engine import Engine
from ingest.extract.claims.attribution.headline import headline, line, repeated
from ingest.extract.claims.attribution.misread_speaker import with_speakers_that_speak
from ingest.extract.claims.attribution.object_complement import with_what_is_called
from ingest.extract.claims.attribution.registry import registered
from ingest.extract.claims.attribution.retrospective import retrospective, without_spoken
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.attribution.transcript import signed_lines
from ingest.extract.claims.coreference import Actor, identify, office_of
from ingest.extract.claims.coreference.display import names_of
from ingest.extract.claims.coreference.spokespeople import body_spoken_for
from ingest.extract.claims.cues import may_be_headline
from ingest.extract.claims.lexicon import Cue
from ingest.extract.claims.linking import link_all
from ingest.extract.claims.model import Candidate
from ingest.extract.claims.quotations.continuation import continue_quotations
from ingest.extract.claims.quotations.marks import Quotations, find_quotations
from ingest.extract.claims.spans import keep_to_quotations
from ingest.extract.claims.speakers import actor_of, coreference_of, record_speakers
from ingest.records import Claim, Link, Span

PACKAGE = "ingest.extract.claims"


@cache
def load_rules() -> Catalogue:
    """The catalogue of rules for claims, checked against the code.

    Raises:
        CatalogueError: code and catalogue do not name the same rules.
    """
    catalogue = load_catalogue(PACKAGE)
    catalogue.check(registered())
    return catalogue


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of a text in order, those that a veto refused with its id, and the text's quotations."""

    found: list[Candidate]
    vetoed: list[tuple[str, Candidate]]
    quotations: Quotations


class ClaimExtractor:
    """Finds attributed claims."""

    name = "claims"
    version = "2.0.0"

    def __init__(self) -> None:
        self._rules = load_rules()

    def extract(self, analysis: Analysis, found: Found) -> list[Claim]:
        """The claims of a text in order; sets ``found.coreference``."""
        if not analysis.tokens.words:
            return []
        candidates = self.candidates(analysis)
        return self._claims(analysis, found, candidates.found, candidates.quotations)

    def candidates(self, analysis: Analysis, further: Mapping[str, Cue] | None = None) -> Candidates:
        """The claims of a text with their spans, speakers unresolved.

        Args:
            analysis: the text.
            further: rows of verbs by their forms, tried where the lexicon's own row finds nothing; for tools
                that follow a wider definition of a claim.
        """
        text, quotations = analysis.text, find_quotations(analysis.text, analysis.layout)
        found: list[Candidate] = []
        vetoed: list[tuple[str, Candidate]] = []
        for index, sentence in enumerate(analysis.sentences):
            if sentence.is_body and analysis.is_parsed(sentence):
                found += self._sentence(CueSentence(analysis, index, quotations), further, vetoed)
        found += repeated(analysis, found)
        found = without_spoken(analysis, found)
        found = [keep_to_quotations(text, c, quotations) for c in found]
        found = [c for c in (*found, *signed_lines(analysis, quotations)) if c.content]
        hedges = {id(c) for c in found if structure.is_own_hedge(analysis, c, quotations)}
        hedges |= {id(c) for c in structure.own_beliefs(found, analysis)}
        vetoed += [("veto.own_hedge", c) for c in found if id(c) in hedges]
        found = structure.without_duplicates(analysis, [c for c in found if id(c) not in hedges])
        found = structure.without_tautologies(analysis, found)
        found, continued = continue_quotations(analysis, found, quotations)
        return Candidates(structure.in_order([*found, *continued]), vetoed, quotations)

    @staticmethod
    def _sentence(
        s: CueSentence, further: Mapping[str, Cue] | None, vetoed: list[tuple[str, Candidate]]
    ) -> list[Candidate]:
        """The candidates of one sentence; those refused are put to ``vetoed``."""
        if may_be_headline(s.sentence) and (title := headline(s)) is not None:
            return [title]
        if (heading := line(s)) is not None:
            return [heading]
        told_before = retrospective(s)
        if told_before is not None and {"who", ","}.isdisjoint(s.tokens.lowers[s.first : s.last]):
            return told_before
        reading = Engine(s, further).read()
        deep = {id(c) for c in structure.too_deep(s.analysis, reading.found)}
        vetoed += [*reading.vetoed, *(("veto.deep", c) for c in reading.found if id(c) in deep)]
        kept = [c for c in reading.found if id(c) not in deep]
        if told_before is None:
            return kept
        # "This was confirmed by Roe, who said that …": what she says there is a claim of its own;
        # "Roe made the statement on Monday, the agency reports": and so is that she did
        return [*told_before, *(c for c in kept if c.relative is not None or c.frame == "parenthetical")]

    def _claims(
        self, analysis: Analysis, found: Found, candidates: Sequence[Candidate], quotations: Quotations
    ) -> list[Claim]:
        claims = with_speakers_that_speak(analysis, candidates, quotations)
        claims = structure.without_anybody(analysis, claims)
        claims = structure.without_authors(analysis, claims, quotations)
        claims = structure.without_evidence(analysis, claims)
        claims = [with_what_is_called(analysis.text, c) for c in claims]
        claims = with_denials(analysis, quotations, claims)
        claims = with_blame(analysis, quotations, with_idioms(analysis, quotations, claims))
        claims = structure.in_order(with_sources(analysis, quotations, claims))
        claims = structure.without_echoes(analysis, claims)
        up = structure.parents(claims)
        coreference = coreference_of(analysis, found, claims, up, quotations)
        found.coreference = coreference
        actors = [actor_of(coreference, c) for c in claims]
        record_speakers(analysis, claims, actors)
        chains = structure.chains(analysis, claims, up, [a.name if a is not None else None for a in actors])
        names = names_of(analysis, [c.speaker for c in claims], actors)
        links = link_all(claims, up, found, analysis)
        claims = structure.with_rejections(claims, up)
        claims = [with_scare_quotes(analysis.text, c, parent) for c, parent in zip(claims, up, strict=True)]
        return [
            self._claim(analysis, c, quotations, up, k, actors[k], names[k], chains.get(k, ()), links[k])
            for k, c in enumerate(claims)
        ]

    def _claim(
        self,
        analysis: Analysis,
        candidate: Candidate,
        quotations: Quotations,
        up: Sequence[int | None],
        k: int,
        actor: Actor | None,
        name: str | None,
        chain: tuple[str, ...],
        links: Sequence[Link],
    ) -> Claim:
        """The record of the claim ``k``."""
        text = analysis.text
        asserted = assertion_of(analysis, candidate, quotations)
        identity = identify(name, actor.kind if actor else None, actor.side if actor else None)
        speaker = candidate.speaker
        affiliation = actor.affiliation if actor else None
        if name and actor is not None and actor.kind in ("role", "unnamed", "group"):
            affiliation = affiliation or body_spoken_for(name)
        return Claim(
            char_start=candidate.start,
            char_end=candidate.end,
            exact=text[candidate.start : candidate.end],
            rule_id=candidate.rule,
            confidence=self._rules[candidate.rule].confidence,
            speaker=_span(text, (speaker.start, speaker.end)) if speaker is not None else None,
            speaker_name=name,
            speaker_kind=actor.kind if actor else None,
            speaker_role=actor.role if actor else None,
            speaker_affiliation=affiliation,
            speaker_side=identity.side,
            speaker_office=office_of(actor.role) if actor else None,
            actor_key=identity.key,
            speaker_known_as=identity.known_as,
            cue=_span(text, candidate.cue_span) if candidate.cue_span is not None else None,
            cue_class=candidate.cue.cue_class if candidate.cue is not None else None,
            content=tuple(_span(text, span) for span in candidate.content),
            speech=asserted.speech,
            polarity=asserted.polarity,
            stance=asserted.stance,
            hedge=asserted.hedge,
            topic=asserted.topic,
            parent=up[k],
            depth=structure.depth(up, k),
            chain=chain,
            channel=channel_of(text, candidate),
            addressee=addressee_of(text, candidate),
            basis=text[slice(*candidate.basis)] if candidate.basis is not None else None,
            links=tuple(links),
        )


def _span(text: str, span: tuple[int, int]) -> Span:
    return Span(start=span[0], end=span[1], text=text[slice(*span)])
