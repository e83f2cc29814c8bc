"""The output of the extraction against a settled round: figures, errors, intervals.

Belongs here: pairing output with gold and counting. Does not belong here: labels (``labels``).

Each figure is a pair of counts (right, of how many), so that rounds can be pooled. Conventions are those
of the labelled conflict news: claims pair by content, all else by overlap of spans; what only one reader
labelled is neutral; a place is right within 60 km, or in the right country where it has no point.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from evaluation.draws.labels import KINDS, Item, likeness, overlap, pair_up, shared

RIGHT_KM = 60.0
_TIE = 1e-6  # what decides between equals and nothing else


class Tally:
    """Counts by figure, and the errors in words."""

    def __init__(self) -> None:
        self.right: dict[str, int] = defaultdict(int)
        self.of: dict[str, int] = defaultdict(int)
        self.errors: list[str] = []

    def add(self, figure: str, is_right: bool, error: str = "") -> None:
        self.right[figure] += is_right
        self.of[figure] += 1
        if not is_right and error:
            self.errors.append(f"{figure}: {error}")

    def counts(self) -> dict[str, list[int]]:
        return {k: [self.right[k], self.of[k]] for k in sorted(self.of)}


def _output_items(kind: str, output: dict[str, Any]) -> list[Item]:
    items = []
    for n, fact in enumerate(output.get(kind, ())):
        if kind == "locations" and fact.get("kind") == "reference":
            continue
        parts = fact["content"] if kind == "claims" else [fact]
        items.append({"spans": [(p["start"], p["end"]) for p in parts], "fact": fact, "number": n})
    return items


def either(kind: str) -> Callable[[Item, Item], float]:
    alike = likeness(kind)
    return lambda gold, found: max(alike(gold, found), alike({"spans": gold["other_spans"]}, found))


def _by_speaker(gold: Item, found: Item) -> float:
    """The likeness of two claims, which of equals is more where the speaker is the labelled one.

    Who quotes and who is quoted ("Roe News quoted the mayor as saying that P") are labelled with one content.
    """
    alike, speaker = either("claims")(gold, found), found["fact"].get("speaker")
    spans = gold.get("speaker", ())
    is_same = (
        None in spans
        if speaker is None
        else any(overlap(tuple(s), (speaker["start"], speaker["end"])) for s in spans if s)
    )
    return alike + _TIE if alike and is_same else alike


def score(text: str, gold: dict[str, Any], output: dict[str, Any], tally: Tally) -> None:
    """Count one article. ``output`` is a line of ``claimhouse extract``."""
    for kind in KINDS:
        items, found = gold[kind]["items"], _output_items(kind, output)
        pairs = pair_up(items, found, _by_speaker if kind == "claims" else either(kind))
        met, used = {i for i, _ in pairs}, {j for _, j in pairs}
        optional = gold[kind]["optional"]
        for i, item in enumerate(items):
            tally.add(f"{kind}.recall", i in met, _shown(text, item))
        for j, item in enumerate(found):
            is_neutral = j not in used and any(shared(o["spans"], item["spans"]) > 0 for o in optional)
            if not is_neutral:
                tally.add(f"{kind}.precision", j in used, _shown(text, item))
        matched = [(items[i], found[j]) for i, j in pairs]
        ids: dict[str, Any] = {g["id"]: f["fact"].get("id", f["number"]) for g, f in matched if "id" in g}
        if kind == "events":
            for error, is_right in _joined(text, matched):
                tally.add("events.same_as.precision", is_right, error)
            ids = _of_chains(items, ids)
        for g, f in matched:
            for attribute, is_right in _CHECKS[kind](g, f["fact"], output, ids):
                error = f"{_shown(text, f)} gold {g.get(attribute.split('.')[-1])} got {_got(f['fact'], attribute)}"
                tally.add(f"{kind}.{attribute}", is_right, error)
        if kind in ("dates", "locations", "figures"):
            for item in (items[i] for i in range(len(items)) if i not in met):
                if kind != "locations" or _has_point(item):
                    tally.add(f"{kind}.value_of_gold", False)


def _of_chains(items: list[Item], ids: dict[str, Any]) -> dict[str, Any]:
    """By each gold mention, the found mentions of its happening: readers name the first of them, others the nearest."""
    firsts = {g["id"]: {g["id"], *(v for v in g.get("same_as", ()) if v is not None)} for g in items if "id" in g}
    chains: dict[str, set[str]] = {gold_id: set() for gold_id in firsts}
    for gold_id, named in firsts.items():
        for first in named:
            chains.setdefault(first, set()).add(gold_id)
    return {
        gold_id: {ids[m] for first in named for m in chains[first] if m in ids} for gold_id, named in firsts.items()
    }


def _joined(text: str, matched: Sequence[tuple[Item, Item]]) -> Iterator[tuple[str, bool]]:
    """The mentions given as one happening with others that are labelled, each with whether one of these is its own.

    ``same_as`` asks what is missed, this what is joined and should not be. What readers disagree on is left out.
    """
    chains = _by_chain([g for g, _ in matched])
    groups: dict[Any, list[Item]] = defaultdict(list)
    for g, f in matched:
        groups[f["fact"].get("same_event") or f["fact"].get("id")].append(g)
    for g, f in matched:
        others = [o for o in groups[f["fact"].get("same_event")] if o is not g] if f["fact"].get("same_event") else []
        if others and "same_as" in g:
            yield (
                f"{_shown(text, f)} with {_shown(text, others[0])}",
                any(chains[o["id"]] == chains[g["id"]] for o in others),
            )


def _by_chain(items: Sequence[Item]) -> dict[str, str]:
    """By each gold mention a name of its happening, whichever of its mentions the readers named."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.get(name, name) != name:
            name = above[name]
        return name

    for g in items:
        for named in (v for v in g.get("same_as", ()) if v is not None):
            if top(g["id"]) != top(named):
                above[top(g["id"])] = top(named)
    return {g["id"]: top(g["id"]) for g in items}


def _shown(text: str, item: Item) -> str:
    start, end = item["spans"][0][0], item["spans"][-1][1]
    return f"{text[max(0, start - 40) : start]}[[{text[start:end]}]]{text[end : end + 40]}".replace("\n", " ")


def _got(fact: dict[str, Any], attribute: str) -> Any:
    if attribute in ("agent", "target", "instrument", "place"):
        return [a["text"] for a in fact.get("args", ()) if a["role"] == attribute]
    keys = {"name": ("speaker_name",), "value": ("low", "high", "value"), "place": ("country", "lat", "lon")}
    keys |= {"days": ("first_date", "last_date", "time_rule"), "counts": ("figures",)}
    return [fact[k] for k in keys.get(attribute, (attribute,)) if k in fact]


# --- attributes -------------------------------------------------------------------------------

Checks = Iterator[tuple[str, bool]]


def _plain(gold: Item, fact: dict[str, Any], *attributes: str) -> Checks:
    for attribute in attributes:
        accepted = [v for v in gold.get(attribute, ()) if v is not None]
        if accepted:
            yield attribute, fact.get(attribute) in accepted


def _claim(gold: Item, fact: dict[str, Any], output: dict[str, Any], ids: dict[str, Any]) -> Checks:
    speaker, names = fact.get("speaker"), [n for n in gold.get("name", ()) if n]
    last = (fact.get("speaker_name") or "").lower().replace("’", "'").split()[-1:]
    is_name = last in [n.lower().replace("’", "'").split()[-1:] for n in names]
    if "speaker" in gold:
        spans = [s for s in gold["speaker"] if s]
        on_span = (speaker is None and None in gold["speaker"]) or (
            speaker is not None and any(overlap(tuple(s), (speaker["start"], speaker["end"])) for s in spans)
        )
        yield "speaker", on_span or is_name
    if names:
        yield "name", is_name
    yield from _plain(gold, fact, "polarity", "stance", "topic")
    if fact.get("stance") == "disputed" and gold.get("stance"):
        yield "disputed_that_are", "disputed" in gold["stance"]
    parents = [p for p in gold.get("parent", ()) if p is not None]
    if parents:
        yield "parent", fact.get("parent") is not None and fact["parent"] in [ids.get(p) for p in parents]


def _figure(gold: Item, fact: dict[str, Any], output: dict[str, Any], ids: dict[str, Any]) -> Checks:
    if "value" in gold:
        is_right = any(_is_same_range(v, (fact.get("low"), fact.get("high"))) for v in gold["value"])
        yield "value", is_right
        yield "value_of_gold", is_right
    yield from _plain(gold, fact, "bound")
    counted = [(c or "").lower().split()[-1:] for c in gold.get("counted", ())]
    if any(counted):
        found = (fact.get("counted") or "").lower().split()[-1:]
        # where a reader names nothing that is counted, nothing is right too
        yield "counted", [w.rstrip("s") for w in found] in [[w.rstrip("s") for w in c] for c in counted]
    if "status" in gold:
        yield (
            "status",
            (fact.get("status") or None) in [None if s == "other" else s for s in gold["status"]]
            or (fact.get("status") == "other" and {None, "other"} & set(gold["status"]) != set()),
        )


def _is_same_range(a: Sequence[float | None], b: Sequence[float | None]) -> bool:
    """Whether two ranges have the same ends; a third is .333 and .3333."""
    return all(
        x is y if x is None or y is None else math.isclose(x, y, rel_tol=0.002) for x, y in zip(a, b, strict=True)
    )


def _date(gold: Item, fact: dict[str, Any], output: dict[str, Any], ids: dict[str, Any]) -> Checks:
    yield from _plain(gold, fact, "type")
    if "value" in gold:
        yield "value", fact.get("value") in gold["value"]
        yield "value_of_gold", fact.get("value") in gold["value"]


def _has_point(gold: Item) -> bool:
    """Whether a reader gave it a point in a country; the middle of a sea or a continent is no point to find."""
    return any(p and p[0] and p[1] is not None for p in gold.get("place", ()))


def _location(gold: Item, fact: dict[str, Any], output: dict[str, Any], ids: dict[str, Any]) -> Checks:
    if not any(p and p[0] for p in gold.get("place", ())):
        return  # seas and continents have no country, and no point within 60 km of which they are
    is_right = any(_is_there(p, fact) for p in gold["place"])
    yield "place", is_right
    if _has_point(gold):
        yield "value_of_gold", is_right


def _is_there(place: list[Any], fact: dict[str, Any]) -> bool:
    country, lat, lon = place
    if lat is None or fact.get("lat") is None or fact.get("kind") in ("country", "region"):
        return bool(fact.get("country")) and country in (None, fact["country"])
    a, b = math.radians(lat), math.radians(fact["lat"])
    x = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(fact["lon"] - lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(x))) <= RIGHT_KM


def _event(gold: Item, fact: dict[str, Any], output: dict[str, Any], ids: dict[str, Any]) -> Checks:
    yield from _plain(gold, fact, "kind", "polarity", "realis", "extent")
    for role in ("agent", "target", "instrument", "place"):
        spans = [tuple(s) for s in gold.get(role, ()) if s]
        args = [(a["start"], a["end"]) for a in fact.get("args", ()) if a["role"] == role]
        if spans:
            yield role, any(overlap(s, a) for s in spans for a in args)
        if args and role in gold:
            yield f"{role}.precision", any(overlap(s, a) for s in spans for a in args)
    days = [d for d in gold.get("days", ()) if d and d[0]]
    if days:
        yield "days", any(_is_within(fact, d) for d in days)
    for link, key in (("same_as", "same_event"), ("caused_by", "caused_by")):
        others = [v for v in gold.get(link, ()) if v is not None]
        if others:
            meant = set().union(*(ids.get(v, ()) for v in others)) - {fact.get("id")}
            yield link, fact.get(key) is not None and fact[key] in meant
    figures = output.get("figures", ())
    got = [
        ((figures[c["figure"]]["start"], figures[c["figure"]]["end"]), c["role"], c["scope"])
        for c in fact.get("figures", ())
        if c["figure"] < len(figures)
    ]
    for counts in gold.get("counts", ())[:1]:
        for span, role, scope in counts:
            yield "counts", any(overlap(tuple(span), s) and (r, sc) == (role, scope) for s, r, sc in got)


def _is_within(fact: dict[str, Any], days: list[str]) -> bool:
    """Whether the days found and the days labelled meet, and those found are not many more."""
    if not fact.get("first_date") or not fact.get("last_date"):
        return False
    first, last = date.fromisoformat(fact["first_date"]), date.fromisoformat(fact["last_date"])
    low, high = date.fromisoformat(days[0]), date.fromisoformat(days[1] or days[0])
    return first <= high and low <= last and (last - first).days <= max(7, 2 * (high - low).days)


_CHECKS: dict[str, Callable[[Item, dict[str, Any], dict[str, Any], dict[str, Any]], Checks]] = {
    "claims": _claim,
    "figures": _figure,
    "dates": _date,
    "locations": _location,
    "events": _event,
}
