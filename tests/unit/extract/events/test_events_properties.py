"""What holds for the event mentions of any text whatever."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.extract.base import check_spans
from ingest.records import (
    ARGUMENT_CLASSES,
    ARGUMENT_ROLES,
    COUNT_ROLES,
    COUNT_SCOPES,
    EVENT_KINDS,
    EVENT_POLARITIES,
    EXTENTS,
    REALIS,
    TARGET_CLASSES,
    TIME_RULES,
)

PIECES = [
    *("shelled", "killed", "was hit by", "took control of", "under the control of", "rebel-held", "dead", "attack"),
    *("missing", "the strike on", "airstrikes", "fell to", "shot down", "carried out", "and", "or", "including", "of"),
    *("Kherson", "Russian", "missiles", "the army", "six", "12", "people", "children", "40 of them", "which", "who"),
    *("denied that", "may", "will", "not", "no", "if", "whether", "said", "since May", "on Monday", "a day", "half of"),
    *('"', "“", "”", ",", ".", ":", ";", "–", "(", ")", "\n\n", "-", "!", "😀", "\u00a0", "\x00", "М", "１２", ""),
]
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))


@given(texts)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_mention_is_well_formed(facts_of, text):
    facts = facts_of(text, "2025-11-20")
    check_spans(text, facts.events)
    assert facts == facts_of(text, "2025-11-20")
    starts = [event.char_start for event in facts.events]
    assert starts == sorted(starts)
    for k, event in enumerate(facts.events):
        assert event.kind in EVENT_KINDS
        assert event.polarity in EVENT_POLARITIES
        assert event.realis in REALIS
        assert event.extent in (None, *EXTENTS)
        assert event.time_rule in TIME_RULES
        assert 0 <= event.statement_start <= event.char_start < event.char_end <= event.statement_end <= len(text)
        assert event.caused_by is None or (0 <= event.caused_by < len(facts.events) and event.caused_by != k)
        assert event.same_event is None or (facts.events[event.same_event].same_event is None and event.same_event < k)
        assert event.claim is None or 0 <= event.claim < len(facts.claims)
        assert (event.first_date is None) == (event.last_date is None)
        assert event.first_date is None or event.first_date <= event.last_date
        for argument in event.arguments:
            assert text[argument.start : argument.end] == argument.text
            assert argument.text
            assert argument.role in ARGUMENT_ROLES
            assert argument.argument_class in (None, *ARGUMENT_CLASSES)
            assert argument.target_class in (None, *TARGET_CLASSES)
            assert argument.location is None or argument.location < len(facts.locations)
            assert argument.date is None or argument.date < len(facts.dates)
        for count in event.counts:
            assert count.figure < len(facts.figures)
            assert count.role in COUNT_ROLES
            assert count.scope in COUNT_SCOPES


def test_the_first_days_of_the_calendar_do_no_harm(facts_of):
    for day in ("0001-01-01", "0001-01-02"):
        (event,) = facts_of("Troops shelled Kherson, killing nobody.", day).events[:1]
        assert (event.time_rule, event.first_date.isoformat()) == ("reported", "0001-01-01")
