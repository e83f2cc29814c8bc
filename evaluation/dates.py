"""How right the dates are on labelled corpora.

Runs the extractor over the corpora beside the repository, maps its dates to each corpus'
convention, lets the scorers judge them, and prints one table and ``name value`` lines. The maps
here are where a corpus disagrees with what the product calls a date:

- None keeps the time zone in the value of a time.
- Annotators of news give an offset from an event ("two days after the raid") its length alone.
- Annotators of news give a length between two ("three to six months") its lower end alone.
- AQUAINT gives a weekday with a part of the day ("Wednesday night") the value of the day alone,
  writes decades with an X and weeks below ten with one digit.
- Recognizers-Text marks fiscal and school years, gives the end of "2 pm for two hours" with
  seconds, takes "from May to September" for one range, where news annotators see two dates; it
  drops zero minutes ("T16" for 4 pm), writes lengths with halves as decimals, takes "a few" and
  "several" for three, leaves out the last year or month of a range of such, and gives stretches
  up to now as their days instead of their length.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.analyses import analyse
from ingest.extract.analysis import Analysis
from ingest.extract.base import Found
from ingest.extract.dates import DateExtractor
from ingest.records import DateMention

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("CLAIMHOUSE_SHARED", ROOT.parent / "shared"))
SUITE = "DateTime/DateTimeModel"
Document = dict[str, Any]
Map = Callable[[DateMention], str | None]


def read_jsonl(path: Path) -> list[Document]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@cache
def _extractor() -> DateExtractor:
    return DateExtractor()


# --- what the corpora call it -------------------------------------------------------------------


def as_is(mention: DateMention) -> str | None:
    return without_zone(_lower_end(mention))


@cache
def _length(words: str) -> str | None:
    """The value of a length alone."""
    found = _extractor().extract(analyse([(f"It took {words}.", None)])[0], Found())
    return found[0].value if found else None


def is_offset(mention: DateMention) -> bool:
    """Whether it is counted from an event whose day is not known."""
    return mention.rule_id == "rel.from-event" and mention.value is None


def _lower_end(mention: DateMention) -> str | None:
    """P3M for P3M/P6M."""
    value = _length(mention.exact) if is_offset(mention) else mention.value
    if is_offset(mention) and value is not None:
        return value.partition("/")[0]
    return value.partition("/")[0] if value is not None and mention.timex_type == "DURATION" else value


def without_zone(value: str | None) -> str | None:
    """Annotators of news leave a time's zone out of its value."""
    return re.sub(r"(?<=T\d\d:\d\d)[+-]\d\d:\d\d", "", value) if value is not None else None


def aquaint(mention: DateMention) -> str | None:
    if mention.granularity == "day_part" and re.search(r"day\b", mention.exact) and mention.value is not None:
        return mention.value.split("T")[0]
    if mention.granularity == "decade" and mention.value is not None and mention.anchor == "explicit":
        return f"{mention.value}X"
    value = without_zone(_lower_end(mention))
    return re.sub(r"-W0", "-W", value) if value is not None else None


def _hour(clock: str) -> str:
    """T16 for 16:00."""
    return re.sub(r"T(\d\d):00$", r"T\1", clock)


def _is_last_of_month(day: str) -> bool:
    return (date.fromisoformat(day) + timedelta(days=1)).day == 1


_NAMES_A_DAY = re.compile(r"day\b|tomorrow|\d(?:st|nd|rd|th)\b|\d/\d|\b[a-z]{3,9}\.? \d{1,2}\b|\b\d{1,2} [a-z]{3,9}$")


def recognizers(mention: DateMention) -> str | None:
    value, text = _length(mention.exact) if is_offset(mention) else mention.value, mention.exact.lower()
    if value is None:
        return None
    ranged = re.fullmatch(r"(\S+T\d\d:\d\d)/(\S+T\d\d:\d\d)", value)
    if ranged and _NAMES_A_DAY.search(text):
        return ranged[1]
    if ranged:
        begin, end = (_hour(v) if ":00" not in text else v for v in ranged.groups())
        minutes = [int(v[-5:-3]) * 60 + int(v[-2:]) for v in ranged.groups()]
        many = (minutes[1] - minutes[0]) % 1440
        length = "PT" + (f"{many // 60}H" if many >= 60 else "") + (f"{many % 60}M" if many % 60 else "")
        if mention.rule_id == "range.clock-length":
            end = f"{ranged[2]}:00"
        clocks = [re.sub(r"^.*T", "T", v) for v in (begin, end)]
        return f"({clocks[0]},{clocks[1]},{length})"
    if mention.rule_id == "rel.unit" and re.search(r"\b(?:fiscal|school) year$", text):
        return f"{'F' if 'fiscal' in text else 'S'}Y{value}"
    if mention.timex_type in ("TIME", "SET") and ":00" not in text:
        value = _hour(value)
    if mention.timex_type == "SET":
        return {"XXXX-WXX-X": "P1WD", "XXXX-WXX-WE": "P1WE" if "weekends" in text else value}.get(
            value, re.sub(r"^XXXX-XX-XX(?=T)", "", value)
        )
    if mention.timex_type == "DURATION":
        if mention.start_date is not None and mention.end_date is not None:
            return f"{mention.start_date}/{mention.end_date}"
        value = re.sub(r"(?<=\d)Y6M$", ".5Y", value) if "half" in text or "." in text else value
        value = re.sub(r"(?<=\d)H30M$", ".5H", value) if "half" in text or "." in text else value
        return value.replace("X", "3", 1) if re.search(r"\b(?:few|several)\b", text) else value
    if re.fullmatch(r"\d{4}(?:-\d\d)?/\d{4}(?:-\d\d)?", value):
        # the end of a range of years or months stands for its own first day
        return "/".join(f"{end}-01-01"[:10] for end in value.split("/"))
    days = re.fullmatch(r"(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)", value)
    if days and mention.rule_id in ("range.dates", "date.year-span"):
        # the end of a range of years or months stands for its own first day
        if mention.granularity == "year" and days[2].endswith("12-31"):
            return f"{days[1]}/{days[2][:5]}01-01"
        if mention.granularity == "month" and _is_last_of_month(days[2]):
            return f"{days[1]}/{days[2][:8]}01"
    return value


# --- measuring ----------------------------------------------------------------------------------


def _script(*command: str | Path) -> str:
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, check=True)
    return done.stdout


_JOINT = re.compile(r"\s*(?:to|until|till|through|and|[-–~])\s*(?:the\s+)?$")
_OPEN = re.compile(r"\b(?:from|between)\s+(?:the\s+)?$", re.I)


def _joined(mentions: list[DateMention], text: str) -> list[DateMention]:
    """ "from May to September" as one range."""
    out: list[DateMention] = []
    for mention in mentions:
        before = out[-1] if out else None
        if (
            before is not None
            and before.start_date is not None
            and mention.end_date is not None
            and before.timex_type == mention.timex_type == "DATE"
            and before.start_date <= mention.end_date
            and _JOINT.match(text[before.char_end : mention.char_start])
            and (_OPEN.search(text, 0, before.char_start) or "and" not in text[before.char_end : mention.char_start])
        ):
            out[-1] = replace(
                before,
                char_end=mention.char_end,
                exact=text[before.char_start : mention.char_end],
                value=f"{before.start_date}/{mention.end_date}",
                end_date=mention.end_date,
                granularity=mention.granularity,
                rule_id="range.dates",
            )
        else:
            out.append(mention)
    return out


def _predict(documents: list[Document], analyses: list[Analysis], convention: Map) -> str:
    lines = []
    for document, analysis in zip(documents, analyses, strict=True):
        mentions = _extractor().extract(analysis, Found())
        if convention is recognizers:
            mentions = _joined(mentions, analysis.text)
        spans = [
            {
                "start": m.char_start,
                "end": m.char_end,
                "type": "DURATION" if is_offset(m) else m.timex_type,
                "value": convention(m),
            }
            for m in mentions
        ]
        lines.append(json.dumps({"doc_id": document["doc_id"], "spans": spans}) + "\n")
    return "".join(lines)


def _corpus(name: str, convention: Map, folder: Path, errors: int) -> dict[str, float]:
    gold = SHARED / "corpora" / "dates" / f"{name}.jsonl"
    documents = read_jsonl(gold)
    predicted = folder / f"{name}.jsonl"
    predicted.write_text(_predict(documents, analyse([(d["text"], d["dct"]) for d in documents]), convention))
    scorer = SHARED / "eval" / "dates" / "score.py"
    if errors:
        print(_script(scorer, gold, predicted, "--errors", str(errors)))
    result = json.loads(_script(scorer, gold, predicted, "--json"))
    return {
        f"dates.{name}.value_f1": result["value_f1"],
        f"dates.{name}.relaxed_f1": result["relaxed"]["f1"],
        f"dates.{name}.day_f1": result["day"]["f1"],
    }


def _specs(folder: Path, errors: int) -> dict[str, float]:
    gold, scorer = SHARED / "corpora" / "specs_dev.jsonl", SHARED / "eval" / "dates" / "specs.py"
    listed, predicted = folder / "specs.docs.jsonl", folder / "specs.jsonl"
    _script(scorer, "docs", gold, listed, "--suite", SUITE)
    documents = read_jsonl(listed)
    predicted.write_text(_predict(documents, analyse([(d["text"], d["dct"]) for d in documents]), recognizers))
    out = _script(scorer, "score", gold, predicted, "--suite", SUITE, "--errors", str(errors))
    if errors:
        print(out)
    return {"dates.specs.value_right": json.loads(out.splitlines()[0])["value_right"]}


def _conflict(folder: Path, errors: int) -> dict[str, float]:
    documents = read_jsonl(SHARED / "corpora" / "conflict_news_dev.jsonl")
    lines = []
    for document, analysis in zip(documents, analyse([(d["text"], d["dct"]) for d in documents]), strict=True):
        dates = [
            {"start": m.char_start, "end": m.char_end, "text": m.exact, "type": m.timex_type, "value": m.value}
            for m in _extractor().extract(analysis, Found())
        ]
        none: list[Any] = []
        lines.append(
            json.dumps(
                {"doc_id": document["doc_id"], "dates": dates, "claims": none, "figures": none, "locations": none}
            )
            + "\n"
        )
    gold, predicted = folder / "conflict_gold.jsonl", folder / "conflict.jsonl"
    gold.write_text("".join(json.dumps(document) + "\n" for document in documents))
    predicted.write_text("".join(lines))
    out = _script(SHARED / "eval" / "conflict_news.py", gold, predicted, "--errors", "2000")
    if errors:
        print("\n".join(line for line in out.splitlines() if "dates" in line))
    line = next(line for line in out.splitlines() if line.startswith("dates "))
    return {
        "dates.conflict.f1": float(re.search(r"F1 ([\d.]+)", line)[1]),  # type: ignore[index]
        "dates.conflict.value_over_all": float(line.rsplit(" ", 1)[1]),
    }


def _speed() -> dict[str, float]:
    """KB/s on one core on top of tokens and tags, over TimeBank."""
    documents = read_jsonl(SHARED / "corpora" / "dates" / "timebank.jsonl")
    analyses = analyse([(d["text"], d["dct"]) for d in documents])
    size = sum(len(a.text) for a in analyses)
    best = min(_timed(analyses) for _ in range(3))
    return {"dates.speed_kb_per_s": round(size / 1000 / best)}


def _timed(analyses: list[Analysis]) -> float:
    begun = time.process_time()
    for analysis in analyses:
        _extractor().extract(analysis, Found())
    return time.process_time() - begun


def measure(errors: int = 0, only: str = "") -> dict[str, float]:
    """All measures, by name."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for corpus, convention in (("timebank", as_is), ("aquaint", aquaint), ("meantime_airbus", as_is)):
            if only in corpus:
                figures |= _corpus(corpus, convention, folder, errors)
        if only in "specs":
            figures |= _specs(folder, errors)
        if only in "conflict":
            figures |= _conflict(folder, errors)
        if only in "speed":
            figures |= _speed()
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=int, default=0, help="print so many errors of each corpus")
    parser.add_argument("--only", default="", help="the corpora whose name holds this")
    args = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"no corpora at {SHARED}; set CLAIMHOUSE_SHARED")
    for name, value in measure(args.errors, args.only).items():
        print(f"{name:40} {value:.4f}" if isinstance(value, float) else f"{name:40} {value}")


if __name__ == "__main__":
    main()
