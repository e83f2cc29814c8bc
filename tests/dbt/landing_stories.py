"""The texts that the tests of the models load: invented events, hand-made facts."""

from __future__ import annotations

from datetime import date, timedelta

from landing_factory import Text, argument, claim, day, event, figure, link, location

from ingest.records import EventCount, EventMention, Facts

_HOLDS = """Vovchansk is ours 🙂, spokesman says

Anton Hrytsenko said on February 26 that Vovchansk is in our hands. About 40 soldiers remain there, he added.
"""
_HOLDS_EDITED = """Vovchansk is ours 🙂, spokesman says

Anton Hrytsenko said on February 26 that Vovchansk is in our hands. About 55 soldiers remain there, he added.
"""
_DENIES = """Moscow rejects report

Igor Belov denied that Vovchansk is in Ukrainian hands. He claimed that Hrytsenko said "we are leaving".
"""


def holds(*, is_edited: bool = False, has_location: bool = True, rule_count: int = 2) -> Text:
    """A Ukrainian spokesman says who holds the town; the edited version counts more soldiers."""
    text = _HOLDS_EDITED if is_edited else _HOLDS
    number = "About 55" if is_edited else "About 40"
    low = 55.0 if is_edited else 40.0
    claims = [
        claim(
            text,
            "Vovchansk is in our hands",
            "Anton Hrytsenko",
            "said",
            speaker_side="UA",
            speaker_role="spokesman",
            cue_class="say",
            links=(link("location", 1), link("date", 0)) if has_location else (link("date", 0),),
        ),
        claim(
            text,
            f"{number} soldiers remain there",
            "Anton Hrytsenko",
            "added",
            speaker_side="UA",
            topic="troop_presence",
            links=(link("figure", 0),),
        ),
    ]
    return Text(
        "holds",
        text,
        Facts(
            claims=claims[:rule_count],
            figures=[figure(text, number, low, low, bound="approx", counted="soldiers", status="present")],
            dates=[day(text, "February 26", date(2026, 2, 26))],
            locations=[location(text, "Vovchansk"), location(text, "Vovchansk", 1)] if has_location else [],
            events=_events(text, number, rule_count) if has_location else [],
        ),
        values={"change_kind": "edited"} if is_edited else {},
    )


def _events(text: str, number: str, rule_count: int) -> list[EventMention]:
    """The title says it in the publisher's own voice, the spokesman twice; soldiers are there because of it."""
    statement = "Vovchansk is in our hands"
    held = event(
        text,
        "in our hands",
        statement,
        "hold",
        claim=0,
        same_event=0,
        extent="whole",
        first_date=date(2026, 2, 26),
        last_date=date(2026, 2, 26),
        time_rule="linked",
        arguments=(
            argument(
                text, "agent", "Anton Hrytsenko", name="Ukraine", actor_key="country:UA", side="UA", is_inferred=True
            ),
            argument(text, "target", "Vovchansk", 1, argument_class="settlement", location=1),
            argument(text, "place", "Vovchansk", 1, location=1),
            argument(text, "time", "February 26", date=0),
        ),
    )
    stay = event(
        text,
        "remain",
        f"{number} soldiers remain there",
        "deploy",
        claim=1 if rule_count > 1 else None,
        caused_by=1,
        arguments=(argument(text, "target", "soldiers", argument_class="armed", target_class="military"),),
        counts=(EventCount(figure=0, role="present", scope="event"),),
    )
    return [event(text, "ours", "Vovchansk is ours", "hold"), held, stay]


def denies() -> Text:
    """The other side denies it, and reports what the first side's spokesman is to have said."""
    text = _DENIES
    claims = [
        claim(
            text,
            "Vovchansk is in Ukrainian hands",
            "Igor Belov",
            "denied",
            speaker_side="RU",
            polarity="negative",
            cue_class="deny",
            links=(link("location", 0),),
        ),
        claim(text, 'Hrytsenko said "we are leaving"', "Igor Belov", "claimed", speaker_side="RU", topic="other"),
        claim(
            text,
            "we are leaving",
            "Hrytsenko",
            "said",
            speaker_side="UA",
            speech="direct",
            topic="other",
            parent=1,
            depth=1,
            chain=("a sergeant", "Hrytsenko"),
        ),
    ]
    place = location(text, "Vovchansk", derived_lat=50.4, derived_lon=36.94, derived_rule="offset_from_place")
    held = event(
        text,
        "in Ukrainian hands",
        "Vovchansk is in Ukrainian hands",
        "hold",
        polarity="negative",
        claim=0,
        extent="whole",
        first_date=date(2026, 2, 26),
        last_date=date(2026, 2, 27),
        time_rule="reported",
        arguments=(
            argument(text, "agent", "Ukrainian", name="Ukraine", actor_key="country:UA", side="UA", is_inferred=True),
            argument(text, "target", "Vovchansk", argument_class="settlement", location=0),
            argument(text, "place", "Vovchansk", location=0),
        ),
    )
    return Text(
        "denies",
        text,
        Facts(claims=claims, figures=[], dates=[], locations=[place], events=[held]),
        values={"publisher": "Belgorod Herald", "publisher_country": "RU", "publisher_side": "RU", "agency": "RusWire"},
    )


TOLL = """Rockets kill nine in Vovchansk

Petro Lys said that 9 people were killed in Vovchansk.
"""
LATER_TOLL = """Toll in Vovchansk rises

Petro Lys said that 14 people were killed in Vovchansk.
"""


REMARK = """Markets close

Traders in Vovchansk said little. Some were killed in Vovchansk, others left the town for the capital.
"""


def remark(name: str, day: date, publisher: str) -> Text:
    """A paper that tells by the way of people killed where the rockets fell, on a day that it does not name."""
    content = "Some were killed in Vovchansk, others left the town for the capital"
    dead = event(
        REMARK,
        "killed",
        content,
        "kill_or_wound",
        first_date=day - timedelta(days=1),
        last_date=day,
        time_rule="reported",
        arguments=(argument(REMARK, "place", "Vovchansk", 1, location=1),),
    )
    places = [location(REMARK, "Vovchansk"), location(REMARK, "Vovchansk", 1)]
    facts = Facts(claims=[], figures=[], dates=[], locations=places, events=[dead])
    return Text(name, REMARK, facts, values={"publisher": publisher, "published_date": day})


def toll(name: str, text: str, number: int, day: date, publisher: str) -> Text:
    """A paper on how many the rockets killed."""
    content = f"{number} people were killed in Vovchansk"
    said = claim(
        text,
        content,
        "Petro Lys",
        "said",
        speaker_side="UA",
        topic="casualties",
        links=(link("figure", 0), link("location", 1)),
    )
    counted = figure(text, str(number), number, number, counted="people", status="killed")
    places = [location(text, "Vovchansk"), location(text, "Vovchansk", 1)]
    dead = event(
        text,
        "killed",
        content,
        "kill_or_wound",
        claim=0,
        first_date=date(2026, 2, 24),
        last_date=date(2026, 2, 24),
        time_rule="linked",
        arguments=(argument(text, "place", "Vovchansk", 1, location=1),),
        counts=(EventCount(figure=0, role="killed", scope="event"),),
    )
    facts = Facts(claims=[said], figures=[counted], dates=[], locations=places, events=[dead])
    return Text(name, text, facts, values={"publisher": publisher, "published_date": day})
