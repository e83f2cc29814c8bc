"""How right the extraction is on articles written for measuring, which nobody looks at while writing rules.

Reads ``tests/gold/articles``, whose notation its README explains, and compares as ``samples`` does. Belongs
here: reading that notation, the command. Does not belong here: the measures (``samples``), the gold.

    python -m evaluation.articles [--errors N] [--only NAME]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from evaluation.samples import Row, measures, report, score
from ingest.extract.base import KINDS
from ingest.extract.pipeline import Pipeline
from ingest.extract.wire import to_json
from ingest.settings import settings

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "gold" / "articles"
SPEECHES = {"d": "direct", "i": "indirect", "m": "mixed"}
POLARITIES = {"a": "affirmative", "n": "negative", "q": "question"}
STANCES = {"n": "neutral", "d": "disputed", "e": "endorsed"}
_SETTING = re.compile(r"\s*\b(alt|to|channel|when|chain|parent)=")
_MARKED = re.compile(r"\[\[(.+?)\]\]")


class GoldError(ValueError):
    """A line of the gold that cannot be read, with its file and the line itself."""


class _Text:
    """An article's text, and where in it something stands."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _every(self, words: str) -> list[tuple[int, int]]:
        """Everywhere that the words stand by themselves."""
        return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", self.text)]

    def all(self, wanted: str) -> list[tuple[int, int]]:
        """Everywhere that ``wanted`` stands: words, or ``words [[what is meant]] words``."""
        mark = _MARKED.search(wanted)
        if mark is None:
            return self._every(wanted)
        around = wanted[: mark.start()] + mark.group(1) + wanted[mark.end() :]
        return [(s + mark.start(), s + mark.start() + len(mark.group(1))) for s, _ in self._every(around)]

    def one(self, wanted: str) -> tuple[int, int]:
        """The only place of ``wanted``, of which ``… `` may leave out the middle."""
        first, _, last = wanted.partition(" … ")
        found = self.all(first)
        if len(found) != 1:
            raise GoldError(f"{len(found)} times in the text: {first!r}")
        start, end = found[0]
        if last:
            end = next((e for s, e in self._every(last) if s >= end), -1)
            if end < 0:
                raise GoldError(f"not behind {first!r}: {last!r}")
        return start, end

    def nearest(self, wanted: str, to: Sequence[tuple[int, int]], but: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """The place of ``wanted`` that is nearest to one of the spans, and in none of the others."""
        places = [(s, e) for s, e in self.all(wanted) if not any(a < e and s < b for a, b in but)]
        if not places:
            raise GoldError(f"nowhere in the text: {wanted!r}")
        return min(places, key=lambda p: min(max(p[0] - b, a - p[1], 0) for a, b in to))

    def span(self, at: tuple[int, int]) -> Row:
        return {"start": at[0], "end": at[1], "text": self.text[at[0] : at[1]]}


def _codes(row: Row, name: str, written: str, table: dict[str, str] | None = None) -> None:
    """One code, or several that are right, the first the best."""
    codes = [table[c] if table else c for c in re.split(r"[?/]", written)]
    row[name] = codes[0]
    if len(codes) > 1:
        row[f"{name}_any"] = codes


def _settings(written: str) -> dict[str, str]:
    _, *parts = _SETTING.split(written)
    return {name: value.strip() for name, value in zip(parts[::2], parts[1::2], strict=True)}


def _claim(text: _Text, identity: str, cells: Sequence[str]) -> Row:
    speaker, cue, content, labels, *rest = cells
    mention, _, names = speaker.partition(" = ")
    row: Row = {"id": identity, "content": [text.span(text.one(part)) for part in content.split(" ++ ")]}
    spans = [(s["start"], s["end"]) for s in row["content"]]
    at = text.nearest(cue, spans, spans)
    row["cue"] = text.span(at)
    mentions = [] if mention == "-" else mention.split(" + ")
    row["speaker"] = [text.span(text.nearest(m, [at], [] if " + " in mention else spans)) for m in mentions]
    row["speaker_names"] = names.split("; ") if names else [s["text"] for s in row["speaker"]]
    speech, judged, topic = labels.split(" ", 1)[0], labels.split(" ")[1:-1], labels.split(" ")[-1]
    _codes(row, "speech", speech, SPEECHES)
    _codes(row, "polarity", judged[0], POLARITIES)
    _codes(row, "stance", judged[1], STANCES)
    _codes(row, "topic", topic)
    found = _settings(" " + " ".join(rest))
    row["parent"] = found.get("parent", identity.rpartition(".")[0] or None)
    if "alt" in found:
        row["content_alt"] = [text.span(text.one(found["alt"]))]
    if "chain" in found:
        row["chain"] = found["chain"].split(" > ")
    for name, key in (("to", "addressee"), ("channel", "channel")):
        if name in found:
            row[key] = found[name]
    if "when" in found:
        row["said_at"] = text.span(text.nearest(found["when"], [at], []))
    return row


def _number(written: str) -> float | None:
    return float(written) if written else None


def _figure(cells: Sequence[str]) -> Row:
    amount, bound, *kind = cells[0].split(" ")
    low, between, high = amount.partition("..")
    counted = cells[1] if len(cells) > 1 else "?"
    return {
        "low": _number(low),
        "high": _number(high if between else low),
        "bound": bound,
        "kind": kind[0] if kind else "count",
        "unit": kind[1] if len(kind) > 1 else None,
        "counted": None if counted == "?" else counted,
        "status": cells[2] if len(cells) > 2 else None,
    }


def _date(cells: Sequence[str]) -> Row:
    kind, value, *mod = cells[0].split(" ")
    return {
        "type": None if kind == "?" else kind,
        "value": None if value == "?" else value,
        "mod": mod[0] if mod else None,
    }


def _location(cells: Sequence[str]) -> Row:
    country, kind, *relation = cells[0].split(" ")
    return {
        "place": None,
        "country": None if country == "?" else country,
        "kind": kind,
        "lat": None,
        "lon": None,
        "relation": relation[0] if relation else None,
        "direction": None,
        "distance_km": None,
    }


_FACTS = {"F": ("figures", _figure), "D": ("dates", _date), "L": ("locations", _location)}


def read(path: Path) -> tuple[Row, str]:
    """An article's gold, in the form that ``samples.score`` takes, and its text.

    Raises:
        GoldError: a line that names what does not stand in the text, or not once.
    """
    head, body, lines = path.read_text(encoding="utf-8").split("\n---\n")
    about = dict(line.split(": ", 1) for line in head.splitlines())
    text = _Text(body.strip())
    row: Row = {"file": f"{about['published']}_{path.stem}", "member": None, **about}
    row |= {name: [] for kind in KINDS for name in (kind, f"optional_{kind}")}
    behind = dict.fromkeys(_FACTS, 0)
    for line in lines.splitlines():
        first, *cells = [cell.strip() for cell in line.split(" | ")]
        try:
            if first in _FACTS:
                kind, make = _FACTS[first]
                at = next((p for p in text.all(cells[0]) if p[0] >= behind[first]), None)
                if at is None:
                    raise GoldError(f"not behind the one before: {cells[0]!r}")
                behind[first] = at[1]
                row[kind].append(text.span(at) | make(cells[1:]))
            elif first[0] == "O":
                kind = _FACTS[first[1]][0] if first[1:] else "claims"
                places = text.all(cells[0])
                if not places:
                    raise GoldError(f"nowhere in the text: {cells[0]!r}")
                row[f"optional_{kind}"] += [text.span(p) for p in places]
            else:
                row["claims"].append(_claim(text, first, cells))
        except (GoldError, KeyError, IndexError, ValueError) as problem:
            raise GoldError(f"{path.name}: {line}: {problem}") from problem
    for claim in row["claims"]:
        for kind, _ in _FACTS.values():
            claim[kind] = [i for i, fact in enumerate(row[kind]) if _inside(fact, claim["content"])]
    return row, text.text


def _inside(fact: Row, content: Sequence[Row]) -> bool:
    return any(fact["start"] < s["end"] and s["start"] < fact["end"] for s in content)


def gold(only: str = "") -> Iterator[tuple[Row, str]]:
    """Every article's gold and text, by name."""
    for path in sorted(FOLDER.glob("*.txt")):
        if only in path.stem:
            yield read(path)


def run(only: str = "") -> tuple[list[Row], list[Row]]:
    """The gold, and what the pipeline finds in the same texts."""
    rows, texts = zip(*gold(only), strict=True)
    pipeline = Pipeline(settings().model, settings().gazetteer_dir, KINDS)
    found = pipeline.extract_many([(t, date.fromisoformat(r["published"])) for r, t in zip(rows, texts, strict=True)])
    return list(rows), [to_json(row["file"], facts) for row, facts in zip(rows, found, strict=True)]


def measure() -> dict[str, float]:
    """Run the pipeline over the articles and measure it."""
    return measures(score(*run()), "articles")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--errors", type=int, default=0, help="print so many of the differences")
    parser.add_argument("--only", default="", help="articles whose name holds this")
    args = parser.parse_args()
    rows, outs = run(args.only)
    report(rows, score(rows, outs), "articles", args.errors)


if __name__ == "__main__":
    main()
