"""How right the extraction is on the project's own articles, whose every fact is labelled by hand.

Reads ``samples/articles`` as a refresh does, extracts, and compares with ``samples/gold.jsonl``. Needs
nothing from outside the repository. Belongs here: reading the samples and their gold, the measures.
Does not belong here: the gold itself, other corpora.

A gold fact and a found one are paired by the characters that they share: claims by those of their
contents (at least .3 of all that either has), the rest by any overlap, the best pairs first. What is
found beside a fact that the gold calls optional counts neither way. Where a fact has more than one
right answer, the gold names them all (``value_any``, ``alt`` …).

    python -m evaluation.samples [--errors N] [--export GOLD.jsonl OUTPUT.jsonl]

``--export`` writes gold and output in the form of the shared scorer of conflict news.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.analyses import analyse
from ingest.articles import ArticleDraft, Rejection, read_document
from ingest.extract.base import KINDS
from ingest.extract.claims import wants_parse
from ingest.extract.pipeline import Pipeline
from ingest.extract.wire import to_json
from ingest.settings import settings
from ingest.sources import load_sources, open_source

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
LEAST_SHARED = 0.3
NEUTRAL_SHARED = 0.2
NEAR_KM = 60

Row = dict[str, Any]
Spans = Sequence[tuple[int, int]]


def gold() -> list[Row]:
    """One row a document of the samples, as ``samples/gold.jsonl`` has it."""
    return [json.loads(line) for line in (SAMPLES / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def key(row: Row) -> str:
    """Where the document stands: its file below ``samples/articles``, and its line in that file."""
    return row["file"] if row["member"] is None else f"{row['file']}#{row['member']}"


@cache
def documents() -> dict[str, ArticleDraft | Rejection]:
    """Every document of the samples as the reader of articles gives it, by its key."""
    config = settings()
    sources = load_sources(SAMPLES / "sources.yml", config)
    return {
        f"{source.name}/{item.uri}": item
        for source in sources
        for raw in open_source(source, config).documents(lambda uri, sha256: False)
        for item in read_document(raw, source, config)
    }


def text_of(row: Row) -> str:
    """The stored text of a labelled document."""
    item = documents()[key(row)]
    assert isinstance(item, ArticleDraft), key(row)
    return item.text


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def iou(a: Spans, b: Spans) -> float:
    """Shared characters over all characters."""
    shared = sum(overlap(x, y) for x in a for y in b)
    every = sum(e - s for s, e in [*a, *b]) - shared
    return shared / every if every else 0.0


def pairs(a: Sequence[Row], b: Sequence[Row], score: Callable[[Row, Row], float]) -> list[tuple[int, int]]:
    """The best one-to-one pairs, best first."""
    ranked = sorted(
        ((s, i, j) for i, x in enumerate(a) for j, y in enumerate(b) if (s := score(x, y)) > 0), reverse=True
    )
    left: set[int] = set()
    right: set[int] = set()
    chosen = []
    for _, i, j in ranked:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            chosen.append((i, j))
    return chosen


def span(x: Row) -> tuple[int, int]:
    return x["start"], x["end"]


def spans(xs: Iterable[Row]) -> list[tuple[int, int]]:
    return [span(x) for x in xs]


def folded(value: Any) -> Any:
    """A word without case and plural; anything else as it is."""
    return value.lower().removesuffix("s") if isinstance(value, str) else value


def right(fact: Row, name: str, value: Any) -> bool:
    """True where ``value`` is the fact's, or one of those that are as good."""
    accepted = fact.get(f"{name}_any", [fact[name]])
    return folded(value) in map(folded, accepted) if name == "counted" else value in accepted


def km(a: Row, b: Row) -> float:
    p = math.pi / 180
    half = math.sin((b["lat"] - a["lat"]) * p / 2) ** 2
    half += math.cos(a["lat"] * p) * math.cos(b["lat"] * p) * math.sin((b["lon"] - a["lon"]) * p / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def last_word(name: str | None) -> str:
    return (name or "").replace("’", "'").lower().split(" ")[-1]


class Tally:
    """Counts of what was right, and a line for each thing that was not."""

    def __init__(self) -> None:
        self.n: Counter[str] = Counter()
        self.errors: list[str] = []

    def judge(self, name: str, is_right: bool, error: str | None = None) -> None:
        self.n[f"{name}_n"] += 1
        self.n[f"{name}_ok"] += is_right
        if not is_right and error:
            self.errors.append(error)

    def found(self, kind: str, expected: int, found: int, paired: int) -> None:
        for name, value in (("gold", expected), ("found", found), ("paired", paired)):
            self.n[f"{kind}_{name}"] += value

    def f1(self, kind: str, paired: str = "paired") -> tuple[float, float, float]:
        p = self.n[f"{kind}_{paired}"] / max(1, self.n[f"{kind}_found"])
        r = self.n[f"{kind}_{paired}"] / max(1, self.n[f"{kind}_gold"])
        return p, r, 2 * p * r / (p + r) if p + r else 0.0

    def share(self, name: str, of: str | None = None) -> float:
        return self.n[f"{name}_ok"] / max(1, self.n[of or f"{name}_n"])


def score_claims(where: str, row: Row, out: Row, tally: Tally) -> None:
    """Contents, speakers, judgements, nesting."""
    expected, found = row["claims"], out["claims"]

    def shared(x: Row, y: Row) -> float:
        best = max(iou(spans(way), spans(y["content"])) for way in (x["content"], x.get("content_alt") or x["content"]))
        return best if best >= LEAST_SHARED else 0.0

    matched = pairs(expected, found, shared)
    used = {j for _, j in matched}
    neutral = {
        j
        for j, y in enumerate(found)
        if j not in used and any(iou([span(x)], spans(y["content"])) > NEUTRAL_SHARED for x in row["optional_claims"])
    }
    tally.found("claims", len(expected), len(found) - len(neutral), len(matched))
    found_as = {expected[i]["id"]: found[j]["id"] for i, j in matched}
    for i, j in matched:
        x, y = expected[i], found[j]
        names = [last_word(n) for n in x["speaker_names"]]
        is_name = last_word(y["speaker_name"]) in (names or [""])
        is_span = bool(y["speaker"]) and any(overlap(span(s), span(y["speaker"])) for s in x["speaker"])
        tally.n["claims_attributed"] += is_name or is_span
        got = f"{where} {x['id']} {x['content'][0]['text'][:50]!r}"
        tally.judge("name", is_name, f"{got} speaker: {y['speaker_name']!r} for {x['speaker_names'][:1]}")
        for name in ("speech", "polarity", "stance", "topic"):
            if x[name] is not None:
                tally.judge(name, right(x, name, y[name]), f"{got} {name}: {y[name]} for {x[name]}")
        score_links(x, y, row, out, tally, got)
    chains = [[last_word(n) for n in y["chain"]] for y in found]
    for x in expected:
        if "chain" in x:
            tally.judge("chain", [last_word(n) for n in x["chain"]] in chains, f"{where} {x['id']} chain {x['chain']}")
        if x["parent"]:
            parent = next((y["parent"] for y in found if y["id"] == found_as.get(x["id"])), None)
            is_right = parent is not None and parent == found_as.get(x["parent"])
            tally.judge("nested", is_right, f"{where} {x['id']} parent {x['parent']}: {parent}")
    met = {i for i, _ in matched}
    tally.errors += [
        f"{where} MISSED claim {x['id']} {x['content'][0]['text'][:90]!r}"
        for i, x in enumerate(expected)
        if i not in met
    ]
    tally.errors += [
        f"{where} EXTRA claim {' … '.join(s['text'] for s in y['content'])[:90]!r}"
        for j, y in enumerate(found)
        if j not in used and j not in neutral
    ]


def score_links(x: Row, y: Row, row: Row, out: Row, tally: Tally, got: str) -> None:
    """What belongs to a claim: facts that the gold has; references and what is optional count neither way."""
    for kind in ("figures", "dates", "locations"):
        expected = [span(row[kind][k]) for k in x[kind]]
        found = [out[kind][k] for k in y[kind]]
        judged = [
            span(f)
            for f in found
            if any(overlap(span(f), e) for e in expected)
            or (
                f.get("kind") != "reference"
                and not any(overlap(span(f), span(o)) for o in row[f"optional_{kind}"])
                and any(overlap(span(f), span(o)) for o in row[kind])
            )
        ]
        tally.n["links_gold"] += len(expected)
        tally.n["links_found"] += len(judged)
        tally.n["links_paired"] += sum(any(overlap(e, f) for f in judged) for e in expected)
    if "said_at" in x:
        said = [out["dates"][k] for k in y.get("said_dates", ())]
        is_right = any(overlap(span(x["said_at"]), span(d)) for d in said)
        tally.judge("said_at", is_right, f"{got} said at {x['said_at']['text']!r}")
    for key in ("addressee", "channel"):
        if key in x:
            found_name = (y[key] or "").lower()
            is_right = bool(found_name) and (found_name in x[key].lower() or x[key].lower() in found_name)
            tally.judge(key, is_right, f"{got} {key}: {y[key]!r} for {x[key]!r}")


def is_value_right(kind: str, x: Row, y: Row) -> bool | None:
    """Whether the value is right; None where the gold has none."""
    if kind == "figures":
        low, high = (abs(x[k] - y[k]) < 1e-3 if None not in (x[k], y[k]) else x[k] is y[k] for k in ("low", "high"))
        return low and high
    if kind == "dates":
        return None if x["value"] is None else right(x, "value", y["value"])
    if x["kind"] in ("country", "region") or x["lat"] is None or y["lat"] is None:
        return bool(y["place"]) and x["country"] in (None, y["country"])
    return km(x, y) <= NEAR_KM


ATTRIBUTES = {
    "figures": ("bound", "kind", "unit", "counted", "status"),
    "dates": ("type", "mod"),
    "locations": ("relation", "direction", "distance_km"),
}


def score_kind(kind: str, where: str, row: Row, out: Row, tally: Tally) -> None:
    """Figures, dates or locations."""
    expected = row[kind]
    found = [y for y in out[kind] if y.get("kind") != "reference"]

    def shared(x: Row, y: Row) -> float:
        return max(iou([w], [span(y)]) for w in (span(x), tuple(x.get("alt") or span(x))))

    matched = pairs(expected, found, shared)
    used = {j for _, j in matched}
    optional = [span(x) for x in row[f"optional_{kind}"]]
    neutral = {j for j, y in enumerate(found) if j not in used and any(overlap(o, span(y)) for o in optional)}
    tally.found(kind, len(expected), len(found) - len(neutral), len(matched))
    tally.n[f"{kind}_valued"] += sum(x.get("value", "") is not None for x in expected)
    for i, j in matched:
        x, y = expected[i], found[j]
        tally.n[f"{kind}_exact"] += span(y) in (span(x), tuple(x.get("alt") or ()))
        is_right = is_value_right(kind, x, y)
        if is_right is not None:
            shown = {k: (x[k], y[k]) for k in ("low", "high", "value", "place", "country", "lat", "lon") if k in x}
            tally.judge(f"{kind}_value", is_right, f"{where} VALUE {kind} {x['text']!r} (gold, found): {shown}")
        for name in ATTRIBUTES[kind]:
            if x[name] is not None and not x.get(f"is_{name}_loose"):
                tally.judge(
                    f"{kind}_{name}",
                    right(x, name, y[name]),
                    f"{where} {name} of {x['text']!r}: {y[name]} for {x[name]}",
                )
    met = {i for i, _ in matched}
    tally.errors += [
        f"{where} MISSED {kind} {x['text']!r} at {x['start']}" for i, x in enumerate(expected) if i not in met
    ]
    tally.errors += [
        f"{where} EXTRA {kind} {y['text']!r} at {y['start']}"
        for j, y in enumerate(found)
        if j not in used and j not in neutral
    ]


def run(kinds: Sequence[str] = KINDS) -> tuple[list[Row], list[Row]]:
    """The labelled rows of the gold, and what the pipeline finds in their texts."""
    rows = [row for row in gold() if row["is_labelled"]]
    pipeline = Pipeline(settings().model, settings().gazetteer_dir, kinds, settings().parser)
    analyses = analyse([(text_of(row), row["published"]) for row in rows], wants_parse)
    return rows, [to_json(key(row), pipeline.facts(a)) for row, a in zip(rows, analyses, strict=True)]


def score(rows: Sequence[Row], outs: Sequence[Row]) -> Tally:
    """All measures over all articles."""
    tally = Tally()
    for row, out in zip(rows, outs, strict=True):
        where = Path(row["file"]).stem[11:] + (f"#{row['member']}" if row["member"] else "")
        score_claims(where, row, out, tally)
        for kind in ATTRIBUTES:
            score_kind(kind, where, row, out, tally)
    return tally


def measures(tally: Tally, prefix: str = "samples") -> dict[str, float]:
    """Each measure by its name; all are better when higher."""
    named = {"claims_content_f1": tally.f1("claims")[2], "claims_attribution_f1": tally.f1("claims", "attributed")[2]}
    named |= {
        f"claims_{n}": tally.share(n) for n in ("name", "speech", "polarity", "stance", "topic", "nested", "chain")
    }
    named["claims_links_f1"] = tally.f1("links")[2]
    named |= {f"claims_{n}": tally.share(n) for n in ("said_at", "addressee", "channel") if f"{n}_n" in tally.n}
    for kind, names in ATTRIBUTES.items():
        named[f"{kind}_f1"] = tally.f1(kind)[2]
        named[f"{kind}_exact_span"] = tally.n[f"{kind}_exact"] / max(1, tally.n[f"{kind}_gold"])
        named[f"{kind}_value_of_found"] = tally.share(f"{kind}_value")
        named[f"{kind}_value_of_gold"] = tally.share(f"{kind}_value", f"{kind}_valued")
        named |= {f"{kind}_{n}": tally.share(f"{kind}_{n}") for n in names}
    return {f"{prefix}_{name}": value for name, value in named.items()}


def measure() -> dict[str, float]:
    """Run the pipeline over the labelled samples and measure it."""
    return measures(score(*run()))


def shared_form(rows: Sequence[Row]) -> list[Row]:
    """The gold as the scorer of conflict news reads it. Optional claims are bare lists of spans there."""
    docs = []
    for row in rows:
        facts: Row = {f"optional_{k}": [list(span(x)) for x in row[f"optional_{k}"]] for k in ATTRIBUTES}
        facts["optional_claims"] = [[list(span(x))] for x in row["optional_claims"]]
        facts["claims"] = [
            {
                **x,
                "content": [list(s) for s in spans(x["content"])],
                "content_b": [list(s) for s in spans(x.get("content_alt") or x["content"])],
                "speaker": [list(s) for s in spans(x["speaker"])],
                "topic": None if "topic_any" in x else x["topic"],
            }
            for x in row["claims"]
        ]
        for kind in ATTRIBUTES:
            facts[kind] = [
                {"alt": None, "value_agreed": "value_any" not in x and x.get("value", "") is not None, **x}
                for x in row[kind]
            ]
        for x in facts["figures"]:
            x["counted_any"] = (
                [] if x.get("is_counted_loose") else x.get("counted_any") or [x["counted"]] * bool(x["counted"])
            )
            x |= {k: None for k in ("bound", "status") if f"{k}_any" in x or x.get(f"is_{k}_loose")}
        docs.append({"doc_id": key(row), "text": text_of(row), "dct": row["published"], "gold": facts})
    return docs


def report(rows: Sequence[Row], tally: Tally, prefix: str, errors: int) -> None:
    """Print what was found of what, each measure, and so many of the differences."""
    print(f"{len(rows)} articles          gold  found      P      R     F1")
    for kind in ("claims", *ATTRIBUTES):
        p, r, f = tally.f1(kind)
        print(f"{kind:20} {tally.n[f'{kind}_gold']:5} {tally.n[f'{kind}_found']:6}  {p:.3f}  {r:.3f}  {f:.3f}")
    print(*(f"{name} {value:.4f}" for name, value in measures(tally, prefix).items()), sep="\n")
    print(*tally.errors[:errors], sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--errors", type=int, default=0, help="print so many of the differences")
    parser.add_argument(
        "--export", type=Path, nargs=2, metavar=("GOLD", "OUTPUT"), help="write both for the shared scorer"
    )
    args = parser.parse_args()
    rows, outs = run()
    if args.export:
        for path, lines in zip(args.export, (shared_form(rows), outs), strict=True):
            path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    report(rows, score(rows, outs), "samples", args.errors)


if __name__ == "__main__":
    main()
