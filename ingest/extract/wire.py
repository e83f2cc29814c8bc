"""The public JSON form of facts: what ``claimhouse extract`` writes.

Belongs here: field names and their order, which stay stable. Does not belong here: what the
fields mean (``ingest.records``).
"""

from __future__ import annotations

from typing import Any

from ingest.records import Claim, DateMention, EventArgument, EventMention, Evidence, Facts, Figure, Location, Span

_LINKED = {"figures": "figure", "dates": "date", "locations": "location"}


def to_json(doc_id: Any, facts: Facts) -> dict[str, Any]:
    """One document's facts as plain data; dates as ISO strings, spans as ``start, end, text``."""
    return {
        "doc_id": doc_id,
        "claims": [_claim(i, c) for i, c in enumerate(facts.claims)],
        "figures": [_figure(f) for f in facts.figures],
        "dates": [_date(d) for d in facts.dates],
        "locations": [_location(p) for p in facts.locations],
        "events": [_event(i, e) for i, e in enumerate(facts.events)],
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": span.text}


def _evidence(fact: Evidence) -> dict[str, Any]:
    return {"start": fact.char_start, "end": fact.char_end, "text": fact.exact}


def _proof(fact: Evidence) -> dict[str, Any]:
    return {"rule_id": fact.rule_id, "confidence": round(fact.confidence, 3)}


def _id(prefix: str, index: int | None) -> str | None:
    """The id, within the document, of the claim (prefix c) or event mention (e) with this index from 0."""
    return None if index is None else f"{prefix}{index + 1}"


def _claim(index: int, claim: Claim) -> dict[str, Any]:
    links = {
        f"{prefix}{name}": [k.index for k in claim.links if k.kind == kind and k.role == role]
        for prefix, role in (("", "event"), ("said_", "utterance"))
        for name, kind in _LINKED.items()
        if not (prefix and kind == "figure")
    }
    return {
        "id": _id("c", index),
        "speaker": _span(claim.speaker),
        "speaker_name": claim.speaker_name,
        "speaker_kind": claim.speaker_kind,
        "speaker_role": claim.speaker_role,
        "speaker_affiliation": claim.speaker_affiliation,
        "speaker_side": claim.speaker_side,
        "speaker_office": claim.speaker_office,
        "actor_key": claim.actor_key,
        "speaker_known_as": claim.speaker_known_as,
        "cue": _span(claim.cue),
        "cue_class": claim.cue_class,
        "content": [_span(s) for s in claim.content],
        "speech": claim.speech,
        "polarity": claim.polarity,
        "stance": claim.stance,
        "hedge": claim.hedge,
        "topic": claim.topic,
        "parent": _id("c", claim.parent),
        "depth": claim.depth,
        "chain": list(claim.chain),
        "channel": claim.channel,
        "addressee": claim.addressee,
        "basis": claim.basis,
        **links,
        **_proof(claim),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        **_evidence(figure),
        "low": figure.low,
        "high": figure.high,
        "best": figure.best,
        "bound": figure.bound,
        "kind": figure.kind,
        "unit": figure.unit,
        "si_low": figure.si_low,
        "si_high": figure.si_high,
        "si_unit": figure.si_unit,
        "counted": figure.counted,
        "counted_phrase": figure.counted_phrase,
        "status": figure.status,
        "vague_word": figure.vague_word,
        "per": figure.per,
        "part_of": figure.part_of,
        "is_cumulative": figure.is_cumulative,
        **_proof(figure),
    }


def _date(mention: DateMention) -> dict[str, Any]:
    return {
        **_evidence(mention),
        "type": mention.timex_type,
        "value": mention.value,
        "mod": mention.mod,
        "start_date": mention.start_date.isoformat() if mention.start_date else None,
        "end_date": mention.end_date.isoformat() if mention.end_date else None,
        "granularity": mention.granularity,
        "anchor": mention.anchor,
        "anchor_date": mention.anchor_date.isoformat() if mention.anchor_date else None,
        "is_year_inferred": mention.is_year_inferred,
        **_proof(mention),
    }


def _location(location: Location) -> dict[str, Any]:
    return {
        **_evidence(location),
        "place": location.place,
        "country": location.country,
        "admin1": location.admin1,
        "lat": location.lat,
        "lon": location.lon,
        "geonameid": location.geonameid,
        "kind": location.kind,
        "feature_code": location.feature_code,
        "relation": location.relation,
        "direction": location.direction,
        "distance_km": location.distance_km,
        "precision": location.precision,
        "derived_lat": location.derived_lat,
        "derived_lon": location.derived_lon,
        "derived_rule": location.derived_rule,
        "antecedent": location.antecedent,
        "gazetteer_version": location.gazetteer_version,
        **_proof(location),
    }


def _event(index: int, event: EventMention) -> dict[str, Any]:
    return {
        "id": _id("e", index),
        **_evidence(event),
        "kind": event.kind,
        "polarity": event.polarity,
        "realis": event.realis,
        "extent": event.extent,
        "extent_words": event.extent_words,
        "statement_start": event.statement_start,
        "statement_end": event.statement_end,
        "claim": _id("c", event.claim),
        "caused_by": _id("e", event.caused_by),
        "same_event": _id("e", event.same_event),
        "first_date": event.first_date.isoformat() if event.first_date else None,
        "last_date": event.last_date.isoformat() if event.last_date else None,
        "time_rule": event.time_rule,
        "args": [_argument(a) for a in event.arguments],
        "figures": [
            {"figure": c.figure, "role": c.role, "scope": c.scope, "further": c.is_further, "outdated": c.is_outdated}
            for c in event.counts
        ],
        **_proof(event),
    }


def _argument(argument: EventArgument) -> dict[str, Any]:
    return {
        "role": argument.role,
        "start": argument.start,
        "end": argument.end,
        "text": argument.text,
        "actor": argument.name,
        "actor_key": argument.actor_key,
        "side": argument.side,
        "class": argument.argument_class,
        "target_class": argument.target_class,
        "inferred": argument.is_inferred,
        "location": argument.location,
        "date": argument.date,
    }
