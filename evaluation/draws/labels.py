"""The labels of two readers, and how they become one gold.

Belongs here: reading labels (spans as words and which occurrence), pairing two readers' labels, their
agreement, the list of differences for a third reader, and the settled gold as offsets. Does not belong
here: scoring an extractor's output (``score``).

In the gold, ``accepted`` values are all that a reader may have meant: what both labelled, or what the
third chose. A label that only one reader made and nobody settled is ``optional``: neither missed nor
wrong. An attribute on which readers differ, and nobody settled, is left out of its item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Span = tuple[int, int]
Item = dict[str, Any]
Labels = dict[str, list[Item]]

KINDS = ("claims", "figures", "dates", "locations", "events")
# what is compared, of each kind, beside the span
ATTRIBUTES = {
    "claims": ("name", "polarity", "stance", "topic", "speaker", "parent"),
    "figures": ("value", "bound", "counted", "status"),
    "dates": ("type", "value"),
    "locations": ("place",),
    "events": (
        *("kind", "polarity", "realis", "extent", "agent", "target", "instrument", "place"),
        *("days", "same_as", "caused_by", "counts"),
    ),
}
LEAST_SHARE = 0.3  # of two contents, for claims to be one


def overlap(a: Span, b: Span) -> int:
    """Characters that two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def shared(a: list[Span], b: list[Span]) -> float:
    """Shared characters of two lists of spans over all of theirs (intersection over union), 0 to 1."""
    common = sum(overlap(x, y) for x in a for y in b)
    total = sum(e - s for s, e in (*a, *b)) - common
    return common / total if total else 0.0


def pair_up(a: list[Item], b: list[Item], likeness: Callable[[Item, Item], float]) -> list[tuple[int, int]]:
    """Pair items one to one, likest first; pairs of likeness 0 are none."""
    scored = sorted(
        ((s, -i, -j) for i, x in enumerate(a) for j, y in enumerate(b) if (s := likeness(x, y)) > 0), reverse=True
    )
    of_a: set[int] = set()
    of_b: set[int] = set()
    pairs = []
    for _, i, j in scored:
        if -i not in of_a and -j not in of_b:
            of_a.add(-i)
            of_b.add(-j)
            pairs.append((-i, -j))
    return sorted(pairs)


def likeness(kind: str) -> Callable[[Item, Item], float]:
    """Return how alike two items of a kind are, by their spans alone."""

    def of_claims(x: Item, y: Item) -> float:
        share = shared(x["spans"], y["spans"])
        return share if share >= LEAST_SHARE else 0.0

    return of_claims if kind == "claims" else lambda x, y: shared(x["spans"], y["spans"])


# --- reading --------------------------------------------------------------------------------


def _find(text: str, words: dict[str, Any] | None) -> Span | None:
    if not words:
        return None
    at = -1
    for _ in range(words.get("n", 0) + 1):
        at = text.find(words["q"], at + 1)
        if at < 0:
            raise ValueError(f"not in the text: {words['q']!r}, occurrence {words.get('n', 0)}")
    return at, at + len(words["q"])


def read(text: str, raw: dict[str, Any]) -> Labels:
    """Turn one reader's labels of one text into items with character offsets.

    Raises:
        ValueError: a span's words do not stand in the text.
    """
    labels: Labels = {kind: [] for kind in KINDS}
    for c in raw.get("claims", ()):
        spans = [s for w in c["content"] if (s := _find(text, w))]
        labels["claims"].append(
            {k: c.get(k) for k in ("id", "name", "polarity", "stance", "topic", "parent")}
            | {"spans": spans, "speaker": _find(text, c.get("speaker"))}
        )
    for f in raw.get("figures", ()):
        labels["figures"].append(
            {k: f.get(k) for k in ("bound", "counted", "status")}
            | {"spans": [_find(text, f["span"])], "value": [f.get("low"), f.get("high")]}
        )
    for d in raw.get("dates", ()):
        labels["dates"].append({"spans": [_find(text, d["span"])], "type": d["type"], "value": d.get("value")})
    for x in raw.get("locations", ()):
        place = [x.get("country"), x.get("lat"), x.get("lon")]
        labels["locations"].append({"spans": [_find(text, x["span"])], "place": place})
    for e in raw.get("events", ()):
        counts = [[_find(text, c["span"]), c["role"], c["scope"]] for c in e.get("counts") or ()]
        labels["events"].append(
            {k: e.get(k) for k in ("id", "kind", "polarity", "realis", "extent", "same_as", "caused_by")}
            | {k: _find(text, e.get(k)) for k in ("agent", "target", "instrument", "place")}
            | {
                "spans": [_find(text, e["trigger"])],
                "days": [e.get("first_date"), e.get("last_date")],
                "counts": counts,
            }
        )
    return labels


# --- two readers ------------------------------------------------------------------------------


def _is_same(kind: str, attribute: str, a: Any, b: Any, ids: dict[str, str]) -> bool:
    """Whether two readers mean the same by an attribute; ``ids`` maps the first's ids to the second's."""
    if a is None or b is None:
        return a is b
    if attribute in ("parent", "same_as", "caused_by"):
        return ids.get(a) == b
    if attribute in ("agent", "target", "instrument", "speaker") or (kind, attribute) == ("events", "place"):
        return overlap(tuple(a), tuple(b)) > 0
    if attribute == "name":
        return a.lower().split()[-1:] == b.lower().split()[-1:]
    if attribute == "counted":
        return a.lower().split()[-1].rstrip("s") == b.lower().split()[-1].rstrip("s")
    if attribute == "place":
        near = None in (*a[1:], *b[1:]) or (abs(a[1] - b[1]) < 0.6 and abs(a[2] - b[2]) < 0.9)
        return a[0] == b[0] and near
    if attribute == "counts":
        return [(r, s) for _, r, s in a] == [(r, s) for _, r, s in b]
    return bool(a == b)


@dataclass(slots=True)
class Both:
    """What two readers made of one kind in one text: pairs, and what only one of them labelled."""

    pairs: list[tuple[Item, Item]]
    only_a: list[Item]
    only_b: list[Item]
    ids: dict[str, str] = field(default_factory=dict)


def both(kind: str, a: list[Item], b: list[Item]) -> Both:
    """Pair two readers' labels of one kind."""
    pairs = pair_up(a, b, likeness(kind))
    of_a, of_b = {i for i, _ in pairs}, {j for _, j in pairs}
    return Both(
        [(a[i], b[j]) for i, j in pairs],
        [x for i, x in enumerate(a) if i not in of_a],
        [y for j, y in enumerate(b) if j not in of_b],
        {a[i]["id"]: b[j]["id"] for i, j in pairs if "id" in a[i]},
    )


def differences(text: str, a: Labels, b: Labels) -> Iterator[dict[str, Any]]:
    """List where two readers differ, each with a key, for a third to choose "a", "b", "neither" or "both"."""
    for kind in KINDS:
        seen = both(kind, a[kind], b[kind])
        for who, items in (("a", seen.only_a), ("b", seen.only_b)):
            for item in items:
                yield {
                    "key": _key(kind, who, item),
                    "only": who,
                    "words": _words(text, item),
                    "label": _shown(text, item),
                }
        for x, y in seen.pairs:
            for attribute in ATTRIBUTES[kind]:
                if not _is_same(kind, attribute, x[attribute], y[attribute], seen.ids):
                    yield {
                        "key": f"{_key(kind, 'ab', x)}.{attribute}",
                        "words": _words(text, x),
                        "a": _shown(text, {attribute: x[attribute]}),
                        "b": _shown(text, {attribute: y[attribute]}),
                    }


def _key(kind: str, who: str, item: Item) -> str:
    start, end = item["spans"][0]
    return f"{kind}.{who}.{start}-{end}"


def _words(text: str, item: Item) -> str:
    start, end = item["spans"][0][0], item["spans"][-1][1]
    return f"{text[max(0, start - 60) : start]}[[{text[start:end]}]]{text[end : end + 60]}"


def _shown(text: str, item: Item) -> dict[str, Any]:
    spans = ("agent", "target", "instrument", "speaker")
    return {
        k: text[slice(*v)] if v and (k in spans or (k == "place" and len(v) == 2)) else v
        for k, v in item.items()
        if k not in ("spans", "id")
    }


def agreement(rounds: list[tuple[Labels, Labels]]) -> dict[str, float]:
    """F1 of one reader against the other by kind, and the share of pairs with the same attribute."""
    figures: dict[str, float] = {}
    for kind in KINDS:
        all_seen = [both(kind, a[kind], b[kind]) for a, b in rounds]
        paired = sum(len(s.pairs) for s in all_seen)
        alone = sum(len(s.only_a) + len(s.only_b) for s in all_seen)
        figures[f"{kind}.f1"] = 2 * paired / (2 * paired + alone) if paired + alone else 1.0
        for attribute in ATTRIBUTES[kind]:
            same = [
                _is_same(kind, attribute, x[attribute], y[attribute], s.ids)
                for s in all_seen
                for x, y in s.pairs
                if x[attribute] is not None or y[attribute] is not None
            ]
            if same:
                figures[f"{kind}.{attribute}"] = sum(same) / len(same)
    return figures


def settle(a: Labels, b: Labels, choices: dict[str, str]) -> dict[str, dict[str, list[Item]]]:
    """Make one gold of two readers' labels: by kind, ``items`` to be found and ``optional`` ones."""
    gold = {}
    for kind in KINDS:
        seen = both(kind, a[kind], b[kind])
        name_of = {y_id: x_id for x_id, y_id in seen.ids.items()}
        items: list[Item] = []
        optional: list[Item] = []
        for x, y in seen.pairs:
            item: Item = {"spans": x["spans"], "other_spans": y["spans"]} | ({"id": x["id"]} if "id" in x else {})
            for attribute in ATTRIBUTES[kind]:
                one, other = x[attribute], _renamed(attribute, y[attribute], name_of)
                choice = choices.get(f"{_key(kind, 'ab', x)}.{attribute}")
                if _is_same(kind, attribute, one, y[attribute], seen.ids) or choice == "both":
                    item[attribute] = [one] if one == other else [one, other]
                elif choice in ("a", "b"):
                    item[attribute] = [one if choice == "a" else other]
            items.append(item)
        for who, alone in (("a", seen.only_a), ("b", seen.only_b)):
            for x in alone:
                choice = choices.get(_key(kind, who, x))
                if choice == "neither":
                    continue
                item = {"spans": x["spans"], "other_spans": x["spans"]}
                item |= {k: [_renamed(k, x[k], name_of if who == "b" else None)] for k in ATTRIBUTES[kind]}
                item |= {"id": name_of.get(x["id"], f"{who}:{x['id']}") if who == "b" else x["id"]} if "id" in x else {}
                (items if choice == who else optional).append(item)
        order = sorted(items, key=lambda i: i["spans"][0])
        gold[kind] = {"items": order, "optional": optional}
    return gold


def _renamed(attribute: str, value: Any, names: dict[str, str] | None) -> Any:
    """The second reader's reference to another label, by the gold's id for it; ``names`` is None for the first."""
    if attribute in ("parent", "same_as", "caused_by") and value is not None and names is not None:
        return names.get(value, f"b:{value}")
    return value
