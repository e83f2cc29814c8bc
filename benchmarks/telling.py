"""A made-up article, written sentence by sentence, with the facts that an extraction would find in it.

Belongs here: sentences out of the templates of ``landed.toml``, and their claims, figures, dates, places and event
mentions. Does not belong here: what there is to tell (``happenings``), landing it (``landed``).

The shares are near those of a house of 899 real articles (theirs in brackets): of 100 event mentions 47 (44) are in a
claim, 44 (45) have a place argument, 21 (20) a day that the text gives, 53 (48) the days up to publication; an article
has 16 (14) of them, 10 (8) claims, 18 (17) places, 7 (6) figures and 2,700 (2,100) characters. Names and words are
told of as in the news, a few often and most hardly ever. At 45 articles a day of four wars, of 100 events 15 (5) are
told by several articles, and of 100 accounts that are joined 7 (4) by the stories that their articles tell. Whether a
join is right cannot be learnt from them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from benchmarks.articles import material
from benchmarks.happenings import Happening, News, evidence, generated, happening, theatres, word
from ingest.records import (
    Claim,
    DateMention,
    EventArgument,
    EventCount,
    EventMention,
    Facts,
    Figure,
    Link,
    Location,
    Span,
)

_SLOT = re.compile(r"\{(\w+)\}|<(\w+):([^>]+)>")
_COUNTED = {
    "soldiers",
    "drones",
    "people",
    "civilians",
    "residents",
    "tanks",
    "houses",
    "families",
    "howitzers",
    "dead",
}
_STATUSES = {
    "killed": "killed", "killing": "killed", "died": "killed", "dead": "killed", "wounded": "wounded",
    "injured": "wounded", "lost": "destroyed", "destroyed": "destroyed", "prisoner": "captured", "remain": "present",
    "left": "evacuated", "fled": "displaced",
}  # fmt: skip
_ROLES = {
    "killed": "killed", "killing": "killed", "died": "killed", "dead": "killed", "wounded": "wounded",
    "injured": "wounded", "lost": "destroyed", "destroyed": "destroyed", "taken": "captured", "detained": "captured",
    "arrested": "captured", "remain": "present", "left": "displaced", "fled": "displaced", "hit": "launched",
}  # fmt: skip
_CLASSES = {
    "soldiers": "armed", "civilians": "civilian", "houses": "building", "tanks": "vehicle", "drones": "weapon",
    "howitzers": "weapon",
}  # fmt: skip
_TARGETS = {
    "school": "school", "hospital": "health", "block": "housing", "substation": "energy", "depot": "energy",
    "warehouse": "food", "market": "food", "station": "transport", "bridge": "transport", "airfield": "military",
}  # fmt: skip
_OF_PLACES = frozenset(["hold", "take", "leave", "encircle"])
_CARRIED = 0.25  # share of claims that others who tell of the happening carry too, in the same words
_CARRIED_CLAIMS = 2
SENTENCES = 7  # in the publisher's own voice, beside the claims


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A filled template: where its slots and its triggers are, from its own beginning."""

    text: str
    slots: dict[str, Span]
    triggers: list[tuple[str, Span]]


def _filled(template: str, values: dict[str, str]) -> _Sentence:
    text, slots, triggers, done = "", {}, [], 0
    for match in _SLOT.finditer(template):
        text += template[done : match.start()]
        done = match.end()
        slot, kind, word = match.groups()
        shown = values[slot] if slot else word
        span = Span(start=len(text), end=len(text) + len(shown), text=shown)
        text += shown
        if slot:
            slots[slot] = span
        else:
            triggers.append((kind, span))
    return _Sentence(text + template[done:], slots, triggers)


class Writer:
    """Writes one article claim by claim."""

    def __init__(self, rng: random.Random, published: date, news: News) -> None:
        self._rng = rng
        self._published = published
        self._news = news
        self._theatre = rng.choice(theatres()[: news.theatres])
        self._main = happening(rng, self._theatre, news, published)
        self._told: dict[str, int] = {}  # first mention of the main happening, by kind
        self.text = f"News from {self._main.place.place}\n\n"
        self.facts = Facts(claims=[], figures=[], dates=[], locations=[], events=[])

    def write(self, claims: int) -> None:
        """The news in the publisher's voice, and so many claims."""
        sentences = [True] * claims + [False] * SENTENCES
        self._rng.shuffle(sentences)
        self._tell(self._main)
        for is_claim in sentences[:-1] if not sentences[-1] else sentences:
            if is_claim:
                own = self._rng
                if own.random() < _CARRIED:
                    self._rng = random.Random(f"{self._main} {own.randrange(_CARRIED_CLAIMS)}")
                self._claim()
                self._rng = own
            else:
                is_again = self._rng.random() < 0.4
                self._tell(self._main if is_again else happening(self._rng, self._theatre, self._news, self._published))

    # --- sentences ----------------------------------------------------------------------------

    def _tell(self, of: Happening) -> None:
        """One more sentence in the publisher's voice."""
        rng = self._rng
        place = of.place if of is self._main or rng.random() < 0.5 else rng.choice(self._theatre.regions)
        us, them = self._sides(rng.choice(self._theatre.sides))
        values = {
            "place": str(place.place),
            "n": str(of.toll),
            "when": self._when(of.day),
            "us": us,
            "them": them,
            "target": of.target,
            "weapon": of.weapon,
        }
        sentence = _filled(rng.choice(generated()["told"][of.kind]) + self._tail(of), values)
        start = len(self.text)
        self.text += f"{sentence.text}.\n"
        list(self._read(start, sentence, place, of))

    def _sides(self, speaker: str) -> tuple[str, str]:
        is_first = speaker == self._theatre.sides[0]
        words = self._theatre.words
        return (
            self._rng.choice(words["us" if is_first else "them"]),
            self._rng.choice(words["them" if is_first else "us"]),
        )

    def _tail(self, of: Happening) -> str:
        """What most sentences say beside: names of who has to do with it, and words that others do not say."""
        slots, rng = material()["slots"], self._rng
        asked = rng.choice(of.names) if rng.random() < 0.6 else rng.choice(slots["source"])
        wanted = f"{rng.choice(slots['aid'])}, {word(rng)} and {word(rng)}"
        said = f", and {rng.choice(slots['role'])} asks {asked} for {wanted}"
        said = said.replace("{town}", str(self._main.place.place)).replace(
            "{group}", rng.choice(self._theatre.words["group"])
        )
        return said if rng.random() < 0.8 else ""

    def _when(self, day: date) -> str:
        return f"on {day:%B %-d}" if self._rng.random() < 0.4 else "again"

    def _claim(self) -> None:
        """One more sentence with a claim."""
        rng, theatre, made = self._rng, self._theatre, generated()
        topic = rng.choices(list(made["weights"]), weights=made["weights"].values())[0]
        is_denial = rng.random() < 0.1
        speaker, side = rng.choice(theatre.speakers)
        us, them = self._sides(side)
        is_main = rng.random() < 0.6
        place = self._main.place if is_main else theatre.place(rng, self._news.places)
        day = self._main.day if is_main else self._published - timedelta(days=rng.randint(0, 5))
        number = self._main.toll if is_main and rng.random() < 0.7 else int(rng.paretovariate(0.7)) + 1
        values = {"place": str(place.place), "n": str(number), "when": self._when(day), "us": us, "them": them}
        of = (
            self._main
            if is_main
            else replace(self._main, place=place, day=day, toll=number, names=(word(rng).title(),))
        )
        sentence = _filled(rng.choice(made["claims"][topic]).split("|")[is_denial] + self._tail(of), values)
        cue = "denied" if is_denial and rng.random() < 0.3 else "said"
        is_quoted, is_named = rng.random() < 0.3, rng.random() < 0.7
        shown = speaker if is_named else rng.choice(material()["slots"]["unnamed"])
        speaks = Span(start=len(self.text), end=len(self.text) + len(shown), text=shown)
        cue_start = speaks.end + 1
        mark = '"' if is_quoted else ""
        opening = f"{shown} {cue} that {mark}"
        start = len(self.text) + len(opening)
        self.text += f"{opening}{sentence.text}{mark}.\n"
        family = speaker.rpartition(" ")[2].lower()
        self.facts.claims.append(
            Claim(
                **evidence(start, sentence.text),
                speaker=speaks,
                speaker_name=shown,
                speaker_kind="person" if is_named else "unnamed",
                speaker_side=side if rng.random() < 0.7 else None,
                actor_key=f"person:{family}/{speaker.partition(' ')[0].lower()}" if is_named else None,
                cue=Span(start=cue_start, end=cue_start + len(cue), text=cue),
                cue_class="deny" if cue == "denied" else "say",
                content=(Span(start=start, end=start + len(sentence.text), text=sentence.text),),
                speech="direct" if is_quoted else "indirect",
                polarity="negative" if is_denial else "affirmative",
                stance="disputed" if rng.random() < 0.05 else "neutral",
                topic=topic,
            )
        )
        links = tuple(self._read(start, sentence, place, of, claim=len(self.facts.claims) - 1))
        self.facts.claims[-1] = replace(self.facts.claims[-1], links=links)

    # --- facts --------------------------------------------------------------------------------

    def _read(
        self, start: int, sentence: _Sentence, place: Location, of: Happening, claim: int | None = None
    ) -> Iterator[Link]:
        """Add the facts of a sentence; gives the links that its claim has to them."""
        facts, slots, words = self.facts, sentence.slots, sentence.text.replace(",", "").split()
        found: dict[str, int] = {}
        shown = slots["place"]
        facts.locations.append(replace(place, **evidence(start + shown.start, shown.text)))
        found["location"] = len(facts.locations) - 1
        if "n" in slots:
            facts.figures.append(_figure(start + slots["n"].start, slots["n"].text, words))
            found["figure"] = len(facts.figures) - 1
        if (said := slots["when"].text if "when" in slots else "again") != "again":
            exact = said.removeprefix("on ")
            at = start + slots["when"].start + len("on ")
            facts.dates.append(_date(at, exact, of.day, self._published))
            found["date"] = len(facts.dates) - 1
        first = len(facts.events)
        for kind, trigger in sentence.triggers:
            self._mention(start, sentence, kind, trigger, of, found, claim, first)
        yield from (Link(kind=kind, index=index, rule_id="generated") for kind, index in found.items())

    def _mention(
        self,
        start: int,
        sentence: _Sentence,
        kind: str,
        trigger: Span,
        of: Happening,
        found: dict[str, int],
        claim: int | None,
        first: int,
    ) -> None:
        rng, facts = self._rng, self.facts
        number = len(facts.events)
        counts = []
        role = next((_ROLES[w] for w in (trigger.text, *sentence.text.split()) if w in _ROLES), None)
        is_last = sentence.triggers[-1][1] is trigger
        is_counted = "figure" in found and role and is_last and rng.random() < 0.5
        if is_counted and role and facts.figures[found["figure"]].kind == "count":
            scope = rng.choices(["event", "part", "cumulative", "period"], weights=[84, 8, 6, 2])[0]
            counts.append(EventCount(figure=found["figure"], role=role, scope=scope))
        first_date, last_date, rule = self._days(of.day, "date" in found)
        is_negative = claim is not None and facts.claims[claim].polarity == "negative"
        known = self._told.get(kind) if of is self._main else None
        facts.events.append(
            EventMention(
                **evidence(start + trigger.start, trigger.text),
                kind=kind,
                polarity="negative" if is_negative else "affirmative",
                realis=rng.choices(["actual", "future", "possible", "generic"], weights=[88, 6, 3, 3])[0],
                extent="whole" if kind in _OF_PLACES else None,
                statement_start=start,
                statement_end=start + len(sentence.text),
                claim=claim,
                caused_by=first if number > first else None,
                same_event=known if known is not None and rng.random() < 0.7 else None,
                first_date=first_date,
                last_date=last_date,
                time_rule=rule,
                arguments=tuple(self._arguments(start, sentence, kind, found)),
                counts=tuple(counts),
            )
        )
        if of is self._main:
            self._told.setdefault(kind, number)

    def _days(self, day: date, is_given: bool) -> tuple[date | None, date | None, str]:
        if is_given:
            return day, day, "linked"
        rule = self._rng.choices(["reported", "carried", "none"], weights=[6, 1, 2])[0]
        if rule == "none":
            return None, None, rule
        return (day, day, rule) if rule == "carried" else (self._published - timedelta(days=2), self._published, rule)

    def _arguments(self, start: int, sentence: _Sentence, kind: str, found: dict[str, int]) -> Iterator[EventArgument]:
        slots = sentence.slots

        def given(slot: str, role: str, **more: Any) -> EventArgument:
            span = slots[slot]
            at = start + span.start
            return EventArgument(
                start=at,
                end=at + len(span.text),
                text=span.text,
                role=role,
                is_inferred=False,
                **{"name": span.text, **more},
            )

        agent = next((slot for slot in ("them", "us") if slot in slots), None)
        if agent is not None:
            text = slots[agent].text
            side = self._theatre.sides[text not in self._theatre.words["us"]]
            key = f"body:{text.lower()}"
            yield given(
                agent, "agent", side=side if self._rng.random() < 0.65 else None, actor_key=key, argument_class="armed"
            )
        if "target" in slots:
            target_class = next((c for word, c in _TARGETS.items() if word in slots["target"].text), None)
            yield given("target", "target", argument_class="building", target_class=target_class)
        elif "n" in slots:
            counted = next((w for w in sentence.text.split() if w in _COUNTED), None)
            yield given("n", "target", name=None, argument_class=_CLASSES.get(counted or "", "people"))
        if "weapon" in slots:
            yield given("weapon", "instrument", name=None, argument_class="weapon")
        if "place" in slots and (kind in _OF_PLACES or self._rng.random() < 0.5):
            role = "target" if kind in _OF_PLACES and "target" not in slots else "place"
            yield given("place", role, argument_class="settlement", location=found["location"])
        if "date" in found:
            yield given("when", "time", name=None, date=found["date"])


def _figure(start: int, exact: str, words: list[str]) -> Figure:
    number = float(exact)
    following = words[words.index(exact) + 1]
    is_length = following == "kilometres"
    return Figure(
        **evidence(start, exact),
        low=number,
        high=number,
        best=number,
        bound="exact",
        kind="length" if is_length else "count",
        unit="km" if is_length else None,
        counted=following if following in _COUNTED else None,
        counted_phrase=following,
        status=next((_STATUSES[w] for w in words if w in _STATUSES), None),
    )


def _date(start: int, exact: str, day: date, published: date) -> DateMention:
    return DateMention(
        **evidence(start, exact),
        timex_type="DATE",
        value=day.isoformat(),
        start_date=day,
        end_date=day,
        granularity="day",
        anchor="publication",
        anchor_date=published,
        is_year_inferred=True,
    )
