"""Numbers, dates and counts in plain words.

Belongs here: how a figure with bounds, a day, a list or the lead paragraph is put. Does not belong
here: markup, what is counted.
"""

from __future__ import annotations

import math
import re
from datetime import date

from claimhouse.briefing.records import Briefing, Statement, Thing

# What could turn the text around it, or hide in it. Joiners stay: Persian and emoji are written with them.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LONGEST_CONTENT = 700
_LONGEST_LINE = 240
# an event by its kind, as a heading names it, and what ties it to its place
_EVENTS = {
    "strike": ("Attack", "in"), "clash": ("Fighting", "in"), "take": ("Capture", "of"), "hold": ("Control", "of"),
    "leave": ("Withdrawal", "from"), "advance": ("Advance", "in"), "encircle": ("Encirclement", "in"),
    "kill_or_wound": ("Casualties", "in"), "destroy": ("Destruction", "in"), "detain": ("People captured", "in"),
    "release": ("People freed", "in"), "displace": ("Flight or evacuation", "in"), "deploy": ("Deployment", "in"),
    "deliver": ("Delivery", "in"), "abuse": ("Abuse", "in"), "negotiate": ("Talks or agreement", "in"),
    "decree": ("Order or law", "in"), "protest": ("Protest", "in"), "responsibility": ("Blame", "in"),
}  # fmt: skip
_UNITS = {"km2": "km²", "m2": "m²", "USD": "US dollars", "EUR": "euros", "a": "years", "h": "hours", "%": "per cent"}


def clean(text: str) -> str:
    """Text without control, bidirectional and zero-width characters: a title may hold them, a page must not obey."""
    return _INVISIBLE.sub("", text)


def number(value: float) -> str:
    """1234.5 as "1,234.5"; no more than three significant digits behind the point."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.1f}"


def kilometres(value: float) -> str:
    """A distance as people say it, with two digits: "about 200 km" of 199.559, "about 7.5 km"."""
    if value <= 0:
        return "0 km"
    digits = 1 - math.floor(math.log10(value))
    return f"about {number(round(value, digits))} km"


def toll(lowest: float, highest: float) -> str:
    """What voices give, as one number or as a spread."""
    return number(lowest) if lowest == highest else f"{number(lowest)} to {number(highest)}"


def bounds(low: float | None, high: float | None, bound: str) -> str:
    """A figure with its bounds: "at least 9", "up to 4", "24 to 99", "about 40"."""
    if low is None and high is None:
        return "not stated"
    if low is None:
        return f"{'under' if bound == 'less_than' else 'up to'} {number(high or 0)}"
    if high is None:
        return f"{'over' if bound == 'more_than' else 'at least'} {number(low)}"
    if low != high:
        return f"{number(low)} to {number(high)}"
    return f"{'about ' if bound == 'approx' else ''}{number(low)}"


def revision(statement: Statement) -> str:
    """What became of the same speaker's figure: "raised by 5", "the same again"; empty for a first one."""
    name = statement.revision or "first"
    if name == "first":
        return ""
    if name == "same":
        return "the same again"
    if name in ("raised", "lowered", "corrected"):
        delta = statement.low_delta if statement.low_delta is not None else statement.high_delta
        if delta:
            way = {"corrected": "corrected by"}.get(name, f"{name} by")
            sign = ("−" if delta < 0 else "+") if name == "corrected" else ""
            return f"{way} {sign}{number(abs(delta))}"
        return name
    return {"restated": "no other number, with other bounds", "other": "another number beside it"}.get(name, name)


def thing(counted: Thing, side: str | None = None, status: str | None = None, group: str | None = None) -> str:
    """What is counted, as a heading: "Persons killed, Balakliya"; ``group`` is the name of a class of people."""
    noun = group or (counted.counted if counted.kind != "count" else plural(counted.counted))
    unit = f" ({_UNITS.get(counted.unit, counted.unit)})" if counted.unit and counted.kind != "count" else ""
    of = f" of {side}" if side else ""
    total = ", in all so far" if counted.is_cumulative else ""
    place = f", {counted.place}" if counted.place else ""
    text = f"{noun}{unit}{of} {(status or '').lower().split(',')[0]}".strip() + total + place
    return text[:1].upper() + text[1:]


def heading(briefing: Briefing, counted: Thing) -> str:
    """What is counted, with its side and status in words: "People killed, Balakliya"."""
    side = briefing.side_name(counted.counted_side) if counted.counted_side else None
    group = briefing.meaning("argument_class", counted.counted).partition(",")[0]
    # classes of people have a plural for a name, those of things "A vehicle"
    is_named = group != counted.counted and not group.startswith(("A ", "An ", "Another "))
    return thing(counted, side, briefing.meaning("count_role", counted.status), group if is_named else None)


# the classes of people and things that are counted
CLASS_NOUNS = {
    "civilian": "civilians", "child": "children", "armed": "soldiers and fighters", "official": "officials",
    "journalist": "journalists", "medic": "medical staff", "aid_worker": "aid workers",
    "prisoner": "prisoners and hostages", "people": "people", "settlement": "settlements", "territory": "territories",
    "building": "buildings", "vehicle": "vehicles", "aircraft": "aircraft", "vessel": "ships and boats",
    "weapon": "weapons", "thing": "things",
}  # fmt: skip


def counted(what: str | None, role: str) -> str:
    """What a series of figures counts: "soldiers and fighters killed" for the class ``armed``."""
    return f"{CLASS_NOUNS.get(what or 'people', what)} {role.replace('_', ' ')}"


def plural(noun: str) -> str:
    """An English noun in the plural, well enough for a heading."""
    irregular = {"person": "people", "man": "men", "woman": "women", "child": "children", "aircraft": "aircraft"}
    if noun in irregular:
        return irregular[noun]
    if noun.endswith("s"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("x", "ch", "sh")) else "s")


def count(n: int, noun: str) -> str:
    """ "1 claim", "1,204 claims"."""
    return f"{n:,} {noun if n == 1 else plural(noun)}"


def day(value: date) -> str:
    """ "24 November 2025", the same for every reader."""
    return f"{value.day} {value:%B %Y}"


def short_day(value: date, *, has_year: bool = False) -> str:
    """A day as "24 Nov", with the year where a page is about more than one."""
    return f"{value.day} {value:%b %Y}" if has_year else f"{value.day} {value:%b}"


def days(first: date, last: date) -> str:
    """A window, without saying twice what both days share."""
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} – {day(last)}"
    if first.month != last.month:
        return f"{first.day} {first:%B} – {day(last)}"
    return f"{first.day}–{day(last)}"


def event_noun(kind: str) -> str:
    """A kind of event as a noun: "Capture" for ``take``."""
    return _EVENTS.get(kind, (kind.replace("_", " ").capitalize(), ""))[0]


def event_title(kind: str, place: str | None) -> str:
    """An event in a few words: "Capture of Borova", "Attack" where the place is not known."""
    noun, tie = _EVENTS.get(kind, (event_noun(kind), "in"))
    return f"{noun} {tie} {place}" if place else noun


def listed(items: list[str]) -> str:
    """ "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def shortened(text: str) -> tuple[str, bool]:
    """A content that is not too long for a table, cut between words; True where it was cut."""
    if len(text) <= _LONGEST_CONTENT:
        return text, False
    return text[:_LONGEST_CONTENT].rsplit(" ", 1)[0] + " …", True


def brief(text: str) -> str:
    """Words of an article for a line of a list: on one line, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_LINE else text[:_LONGEST_LINE].rsplit(" ", 1)[0] + " …"


def title(briefing: Briefing) -> str:
    """The headline."""
    scope = briefing.scope
    topic = f" on {scope.topic.replace('_', ' ')}" if scope.topic else ""
    side = f" by the side of {briefing.side_name(scope.side)}" if scope.side else ""
    place = f" about {scope.place}" if scope.place else ""
    return f"Who claims what{topic}{place}{side}"


def lead(briefing: Briefing) -> list[str]:
    """The first paragraph, in sentences."""
    c = briefing.counts
    if not c.claims:
        return [f"No claim of {days(briefing.scope.since, briefing.scope.until)} fits."]
    first = (
        f"{count(c.claims, 'claim')} by {count(c.speakers, 'speaker')} in {count(c.articles, 'article')} of "
        f"{count(c.publishers, 'publisher')}, published {days(briefing.scope.since, briefing.scope.until)}. Copies and "
        f"texts of agencies aside, the articles have {count(c.independent, 'origin')}."
    )
    pairs = briefing.relations.get("contradicts", 0), briefing.relations.get("denies", 0)
    opposed = []
    if pairs[0]:
        opposed.append(f"{count(pairs[0], 'pair')} of claims cannot both hold")
    if pairs[1]:
        opposed.append(f"in {count(pairs[1], 'pair')} the later claim rejects the earlier")
    second = f"{listed(opposed)}." if opposed else "No two of them contradict each other, as far as the rules can tell."
    second = second[:1].upper() + second[1:]
    third = []
    if c.negative:
        third.append(f"{count(c.negative, 'claim')} deny that something is so")
    if c.disputed:
        third.append(f"{c.disputed:,} {'is' if c.disputed == 1 else 'are'} passed on as untrue by whoever reports them")
    return [first, second, listed(third) + "." if third else ""]


def limits(briefing: Briefing) -> list[str]:
    """What a reader has to know that the page does not show."""
    c = briefing.counts
    unknown_side = sum(d.claims for d in briefing.days if d.side is None)
    unresolved = sorted({m.place for m in briefing.mentions if m.precision is None})
    placeless = sum(not claim.places for claim in briefing.claims)
    found = []
    if c.claims > len(briefing.claims):
        found.append(
            f"Of {c.claims:,} claims the table holds the newest {len(briefing.claims):,}; sums and charts are of all."
        )
    if unknown_side:
        found.append(f"{count(unknown_side, 'claim')} are by speakers whose side the articles do not state.")
    if placeless:
        found.append(f"{count(placeless, 'claim')} name no place, and are on no map.")
    if unresolved:
        found.append(f"Named, but not found in the gazetteer: {listed(unresolved)}.")
    if c.unattributed:
        found.append(f"{count(c.unattributed, 'claim')} have no speaker in the text (“reportedly”).")
    if c.undated:
        found.append(f"{count(c.undated, 'claim')} in the warehouse have no day of publication, and are in no window.")
    found += [
        "Articles’ own statements are no claims; of their figures only those that others count too are shown.",
        "Claims, figures, places and contradictions are found by rules and a language model; each has its evidence.",
    ]
    return found
