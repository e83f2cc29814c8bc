"""The cases of ``tests/cases/events/*.jsonl``, a file a rule: every case binds.

A case names the events that must be found, each by its trigger, and of each only what the case is about:
``kind``, ``rule``, ``polarity``, ``realis``, ``extent``, the texts that fill a role (``agent``, ``target``,
``instrument``, ``place``, ``origin``, ``destination``, ``time``; an empty list for none), ``counts`` as
[text, role, scope], ``caused_by`` and ``same_event`` as the text of another trigger or null, ``voice`` as the
speaker's text or null, ``statement`` as it stands in the text, ``days``. ``absent`` lists
triggers that must not be found.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

CASES = [
    {**json.loads(line), "rule_file": path.stem}
    for path in sorted((Path(__file__).parents[3] / "cases" / "events").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
ROLES = ("agent", "target", "instrument", "place", "origin", "destination", "time")


def _view(facts, event, text):
    """What a case may say of an event."""

    def trigger(index):
        return None if index is None else facts.events[index].exact

    claim = None if event.claim is None else facts.claims[event.claim]
    roles = {role: [a.text for a in event.arguments if a.role == role] for role in ROLES}
    return {
        "kind": event.kind,
        "rule": event.rule_id,
        "polarity": event.polarity,
        "realis": event.realis,
        "extent": event.extent,
        "counts": [[facts.figures[c.figure].exact, c.role, c.scope] for c in event.counts],
        "caused_by": trigger(event.caused_by),
        "same_event": trigger(event.same_event),
        "voice": claim.speaker.text if claim is not None and claim.speaker is not None else None,
        "statement": text[event.statement_start : event.statement_end],
        "days": [str(event.first_date), str(event.last_date), event.time_rule],
        "sides": sorted({a.side for a in event.arguments if a.side}),
        "names": [a.name for a in event.arguments if a.name],
        "classes": [a.argument_class for a in event.arguments if a.role == "target"],
        "target_classes": [a.target_class for a in event.arguments if a.target_class],
        "inferred": [a.text for a in event.arguments if a.is_inferred],
        **roles,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case, facts_of):
    facts = facts_of(case["text"], case.get("dct"))
    found = [(event.exact, _view(facts, event, case["text"])) for event in facts.events]
    for wanted in case.get("events", ()):
        stated = {key: value for key, value in wanted.items() if key != "trigger"}
        views = [view for trigger, view in found if trigger == wanted["trigger"]]
        nearest = [{key: view[key] for key in stated} for view in views]
        assert stated in nearest, f"{wanted['trigger']}: wanted {stated}, found {nearest} among {[t for t, _ in found]}"
    triggers = {trigger for trigger, _ in found}
    assert not triggers & set(case.get("absent", ())), found


def test_ids_are_unique():
    assert len({case["id"] for case in CASES}) == len(CASES)
