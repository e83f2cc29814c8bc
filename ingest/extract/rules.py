"""Every rule of every kind of fact, as one list: what a ``rule_id`` in a fact means.

Belongs here: the way from the catalogues of the kinds to one list. Does not belong here: the catalogues
themselves (each kind's ``data``), and what a rule does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.extract.catalogue import load_catalogue
from ingest.extract.dates.grammar import load_grammar
from ingest.extract.figures import lexicon as figures

RULE_KINDS = ("claim", "event", "figure", "date", "location", "link")
# kinds whose catalogue is a table of rules by itself: its package
_PACKAGES = {
    "claim": "ingest.extract.claims",
    "event": "ingest.extract.events",
    "location": "ingest.extract.locations",
    "link": "ingest.extract",
}


@dataclass(frozen=True, slots=True)
class PublishedRule:
    """One rule as people see it. ``confidence`` is what its facts carry; None where their evidence decides."""

    kind: str
    rule_id: str
    description: str
    example: str
    confidence: float | None


def all_rules() -> list[PublishedRule]:
    """Return every rule, by kind in the order of ``RULE_KINDS`` and then as the catalogues have them."""
    found = [*_of_tables(), *_of_dates(), *_of_figures()]
    return sorted(found, key=lambda rule: RULE_KINDS.index(rule.kind))


def _of_tables() -> Iterator[PublishedRule]:
    for kind, package in _PACKAGES.items():
        for rule in load_catalogue(package).values():
            confidence = rule.confidence if kind in ("claim", "event") else None
            yield PublishedRule(kind, rule.id, rule.description, rule.example, confidence)


def _of_dates() -> Iterator[PublishedRule]:
    for rule in load_grammar().rules.values():
        yield PublishedRule("date", rule.id, rule.description, rule.example, None)


def _of_figures() -> Iterator[PublishedRule]:
    for rule_id, row in figures.rules().items():
        yield PublishedRule("figure", rule_id, row["description"], row["example"], row.get("confidence"))
