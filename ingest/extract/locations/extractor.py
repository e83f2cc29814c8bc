"""The locations extractor: mentions found, resolved together, with their surroundings.

Belongs here: the order of the steps and the making of records. Does not belong here: rules, which
are in ``mentions``, ``resolve``, ``relations`` and ``references``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import orjson

from ingest.extract.analysis import Analysis
from ingest.extract.base import Found
from ingest.extract.decisions import Outcome, Recorder
from ingest.extract.locations.anchors import Anchor, Anchors
from ingest.extract.locations.build import Progress, nothing
from ingest.extract.locations.draft import OFFICIAL
from ingest.extract.locations.gazetteer import Gazetteer, Place, default_gazetteer
from ingest.extract.locations.governments import surely_country
from ingest.extract.locations.mention import Mention
from ingest.extract.locations.mentions import find_names
from ingest.extract.locations.names import fold
from ingest.extract.locations.references import find_references
from ingest.extract.locations.relations import (
    DERIVED_RULE,
    PLAIN,
    Relation,
    is_second_of_between,
    offset,
    precision_of,
    relation_around,
    relation_before,
)
from ingest.extract.locations.resolve import Resolution, Resolver
from ingest.records import Location
from ingest.values import replace

_SHOWN = 4
_LARGE = 100_000  # people of a place that is known by its name alone
_AND = re.compile(r"\s+(?:and|or)\s+")


def progress_on_stderr() -> Progress:
    """A bar on stderr for the first run's build, where stderr is a terminal."""
    if not sys.stderr.isatty():
        return nothing
    from rich.console import Console
    from rich.progress import Progress as Bar

    bar = Bar(console=Console(stderr=True), transient=True)
    task = bar.add_task("building the gazetteer", total=1.0)
    bar.start()

    def show(step: str, share: float) -> None:
        bar.update(task, completed=share, description=f"building the gazetteer: {step}")
        if share >= 1:
            bar.stop()

    return show


class LocationExtractor:
    """Finds places by name and puts them on the map.

    Args:
        gazetteer_dir: folder of the built gazetteer; the settings' where it is None.
        keeps_every_name: whether names in other roles than a place's are kept, as corpora of place names label them:
            a country that speaks ("Ukraine says"), a capital for its government, an adjective ("US officials").
    """

    name = "locations"

    def __init__(self, gazetteer_dir: Path | None = None, *, keeps_every_name: bool = False) -> None:
        self._keeps_every_name = keeps_every_name
        if gazetteer_dir is None:
            from ingest.settings import settings

            gazetteer_dir = settings().gazetteer_dir
        self._directory = gazetteer_dir
        self._gazetteer: Gazetteer | None = None

    @property
    def version(self) -> str:
        """The gazetteer's: other places give other facts."""
        return self.gazetteer.version

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer, built on first use where it is missing."""
        if self._gazetteer is None:
            self._gazetteer = default_gazetteer(self._directory, progress_on_stderr)
        return self._gazetteer

    def is_large_place(self, name: str) -> bool:
        """Whether a name in lower case is a country's or a large place's own."""
        key = fold(name)
        if key not in self.gazetteer:
            return False
        candidates = self.gazetteer.find(key)
        return surely_country(candidates) or any(p.population >= _LARGE and how == OFFICIAL for p, how in candidates)

    def extract(self, analysis: Analysis, found: Found) -> list[Location]:
        """The places named in a text, and references to them, in order."""
        if not len(analysis.tokens):
            return []
        mentions = find_names(analysis, self.gazetteer, keeps_every_name=self._keeps_every_name).mentions
        resolver = Resolver(self.gazetteer, mentions, analysis)
        resolutions = resolver.resolve()
        if analysis.recorder is not None:
            _record_senses(analysis.recorder, mentions, resolutions)
        records = self._named(analysis.text, mentions, resolutions, resolver.shown)
        return self._with_references(analysis.text, records, resolutions)

    def _named(
        self, text: str, mentions: list[Mention], resolutions: list[Resolution], countries: dict[str, float]
    ) -> list[Location]:
        records = []
        previous: tuple[int, Relation] | None = None
        shown: dict[int, str] = {}
        anchors = Anchors(text, mentions, resolutions, countries, self.gazetteer.region_of)
        home = anchors.country()
        for k, (mention, resolution) in enumerate(zip(mentions, resolutions, strict=True)):
            relation = relation_around(text, mention.start, mention.end)
            if (
                previous
                and previous[1].relation == "between"
                and is_second_of_between(text[previous[0] : mention.start])
            ):
                relation = Relation("between")
            elif previous and previous[1] == Relation("near") and _AND.fullmatch(text, previous[0], mention.start):
                relation = Relation("near")
            previous = (mention.end, relation)
            if relation.distance_km is not None and mention.said_kind is None:
                resolution = _seat(resolution)
            if anchors.is_stray(k):
                resolution = resolutions[k] = Resolution(None, 0.0, [])
            anchor = anchors.anchor(k)
            outer_place = resolutions[mention.inside[0]].place if mention.inside else None
            # the mentions of one name share their senses
            candidates = shown.get(id(resolution.senses))
            if candidates is None:
                candidates = shown[id(resolution.senses)] = _candidates(resolution)
            record = self._record(text, mention, resolution, relation, outer_place, candidates)
            if anchor is not None:
                record = self._anchored(record, anchor)
            elif not record.is_resolved and record.country is None and not resolution.senses:
                # no source has it; the text speaks of one country
                record = replace(record, country=home)
            records.append(record)
        return records

    def _record(
        self,
        text: str,
        mention: Mention,
        resolution: Resolution,
        relation: Relation,
        outer: Place | None,
        candidates: str,
    ) -> Location:
        place = resolution.place
        common: dict[str, Any] = {
            "char_start": mention.start,
            "char_end": mention.end,
            "exact": text[mention.start : mention.end],
            "rule_id": f"loc_{mention.rule}",
            "confidence": confidence(mention, resolution),
            "relation": relation.relation,
            "direction": relation.direction,
            "distance_km": relation.distance_km,
            "gazetteer_version": self.gazetteer.version,
        }
        senses = resolution.senses
        if place is None:
            kind = mention.said_kind or (senses[0].place.kind if senses else "other")
            if outer is not None and not senses:
                # no source has it, but the text says in which region or country it lies
                common["country"] = outer.country or None
                common["admin1"] = self.gazetteer.region_name(outer)
            return Location(
                kind=kind, precision=_OPEN_PRECISION.get(kind, 1), is_resolved=False, candidates=candidates, **common
            )
        if relation.relation == "between" and place.kind == "country":
            # talks between two states, not a spot between them
            relation = PLAIN
            common["relation"] = relation.relation
        point = offset(place, relation)
        kind, precision = place.kind, precision_of(place, relation)
        if mention.rule == "facility_town":
            kind, precision = "facility", max(2, precision)
        elif mention.said_kind == "region" and kind == "settlement":
            # a district that no source lists stands at the town it is named after
            kind, precision = "region", 3 if mention.key.endswith(("district", "raion", "county", "community")) else 4
        return Location(
            kind=kind,
            precision=precision,
            is_resolved=True,
            candidates=candidates,
            derived_lat=point[0] if point else None,
            derived_lon=point[1] if point else None,
            derived_rule=DERIVED_RULE if point else None,
            **self._place_fields(place),
            **common,
        )

    def _anchored(self, record: Location, anchor: Anchor) -> Location:
        """The record put at the town or region that it lies in."""
        kind = record.kind if record.kind in ("facility", "water", "region") else "settlement"
        if anchor.rule == "facility_town":
            kind = "facility"
        return replace(
            record,
            rule_id=f"loc_{anchor.rule}",
            kind=kind,
            precision=anchor.precision,
            is_resolved=True,
            confidence=min(record.confidence, 0.5),
            **self._place_fields(anchor.place),
        )

    def _place_fields(self, place: Place) -> dict[str, Any]:
        return {
            "place": place.name,
            "geonameid": place.geonameid or None,
            "country": place.country or None,
            "admin1": self.gazetteer.region_name(place),
            "lat": round(place.lat, 5) if place.is_spot else None,
            "lon": round(place.lon, 5) if place.is_spot else None,
            "feature_code": place.feature,
        }

    def _with_references(self, text: str, records: list[Location], resolutions: list[Resolution]) -> list[Location]:
        named = [
            (k, r.char_start, r.char_end, s.place)
            for k, (r, s) in enumerate(zip(records, resolutions, strict=True))
            if s.place
        ]
        references = find_references(text, [(start, end, place) for _, start, end, place in named])
        if not references:
            return records
        taken = [(r.char_start, r.char_end) for r in records]
        merged: list[tuple[int, int, int, Location]] = [(r.char_start, 0, k, r) for k, r in enumerate(records)]
        for ref in references:
            if any(start < ref.end and ref.start < end for start, end in taken):
                continue
            source, _, _, place = named[ref.antecedent]
            merged.append((ref.start, 1, source, self._reference(text, ref.start, ref.end, place)))
        merged.sort(key=lambda x: (x[0], x[1]))
        index = {k: n for n, (_, kind, k, _) in enumerate(merged) if kind == 0}
        result = []
        for _, kind, source, record in merged:
            if kind:
                fields = {f: getattr(record, f) for f in record.__dataclass_fields__}
                fields["antecedent"] = index[source]
                record = Location(**fields)
            result.append(record)
        return result

    def _reference(self, text: str, start: int, end: int, place: Place) -> Location:
        relation = relation_before(text, start) if text[start].lower() == "t" else PLAIN
        return Location(
            char_start=start,
            char_end=end,
            exact=text[start:end],
            rule_id="loc_reference",
            confidence=0.6,
            kind="reference",
            relation=relation.relation,
            direction=relation.direction,
            distance_km=relation.distance_km,
            precision=precision_of(place, relation),
            is_resolved=True,
            gazetteer_version=self.gazetteer.version,
            **self._place_fields(place),
        )


def _record_senses(recorder: Recorder, mentions: list[Mention], resolutions: list[Resolution]) -> None:
    """Record which places each name may be and which of them it was taken for."""
    for mention, resolution in zip(mentions, resolutions, strict=True):
        for sense in resolution.senses[:_SHOWN]:
            is_chosen = resolution.place is not None and sense.place is resolution.place
            reason = f"{sense.place.name}, {sense.place.country or '-'}, {sense.place.kind}, score {sense.score:.2f}"
            outcome = Outcome.ACCEPTED if is_chosen else Outcome.REFUSED
            span = (mention.start, mention.end)
            recorder.record("locations", "place", f"loc_{mention.rule}", outcome, reason, span)
        if not resolution.senses:
            reason = "no source has the name"
            span = (mention.start, mention.end)
            recorder.record("locations", "place", f"loc_{mention.rule}", Outcome.REFUSED, reason, span)


def _candidates(resolution: Resolution) -> str:
    """The first of what a name may mean, as JSON; none where there is no choice."""
    senses = resolution.senses
    if not senses or (len(senses) == 1 and resolution.place is not None):
        return "[]"
    shown = [
        {
            "geonameid": s.place.geonameid or None,
            "name": s.place.name,
            "country": s.place.country or None,
            "score": round(s.score, 2),
        }
        for s in senses[:_SHOWN]
    ]
    return orjson.dumps(shown).decode()


def _seat(resolution: Resolution) -> Resolution:
    """The town that a region is named after: kilometres are told from a town, "40 km south of Latakia"."""
    region = resolution.place
    if region is None or region.kind != "region":
        return resolution
    for sense in resolution.senses:
        if sense.place.kind == "settlement" and region.row in (sense.place.admin1, sense.place.admin2):
            return Resolution(sense.place, sense.score, resolution.senses)
    return resolution


_OPEN_PRECISION = {"other": 1, "region": 4, "country": 6, "water": 7}


def confidence(mention: Mention, resolution: Resolution) -> float:
    """From the evidence that it is a place, and from how far the best candidate is ahead."""
    named = min(1.0, 0.45 + 0.1 * max(0.0, mention.score))
    senses = resolution.senses
    if resolution.place is None:
        return round(min(named, 0.5), 2)
    ahead = 1.0 if len(senses) < 2 else min(1.0, 0.6 + 0.13 * max(0.0, senses[0].score - senses[1].score))
    return round(named * ahead, 2)
