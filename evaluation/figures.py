"""How right the figures are on labelled corpora.

Runs the extractor over the corpora beside the repository, maps its figures to each corpus'
convention, lets the scorers judge them, and prints one table and ``name value`` lines. The maps
here are where a corpus disagrees with what the product calls a figure:

- NewsQuant gives bounds as a sign beside the value, not as open ends; counts offsets ("two hours
  later") and "one of"; has no vague words below a thousand; reads "from 4.8 to 4.7 percent" as one.
- Recognizers-Text wants every number, figure or not, and no unit in the span.
- MEANTIME takes "of" into vague counts and "all" into counts, and has no durations.
- The labelled conflict news says "age" for what an age counts, and not who has it.
- MeasEval and quantulum count years, offsets and "one of" as quantities too.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.analyses import analyse
from ingest.extract.analysis import Analysis
from ingest.extract.base import Found
from ingest.extract.figures import FigureExtractor, counted, relations
from ingest.extract.figures.reading import Reading

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("CLAIMHOUSE_SHARED", ROOT.parent / "shared"))
SUITES = ("Number/NumberModel", "NumberWithUnit/CurrencyModel", "NumberWithUnit/DimensionModel", "Number/PercentModel")
SIGNS = {
    "exact": "=", "approx": "~", "at_least": ">", "more_than": ">", "at_most": "<", "less_than": "<", "range": "=",
    "vague": "=",
}  # fmt: skip
# what NewsQuant calls quantities and we turn down
NEWSQUANT_TOO = {"veto.offset", "veto.window", "veto.one_of"}
LAX_TOO = {
    *NEWSQUANT_TOO, "veto.pronoun", "veto.fraction", "veto.name", "veto.label", "veto.date", "veto.ordinal",
    "veto.score",
}  # fmt: skip
MONEY_WORDS = {
    "USD": "dollar", "EUR": "euro", "GBP": "pound sterling", "JPY": "japanese yen", "CNY": "chinese yuan",
    "AUD": "australian dollar", "CAD": "canadian dollar", "HKD": "hong kong dollar", "INR": "indian rupee",
    "ILS": "shekel", "MYR": "malaysian ringgit", "ZAR": "south african rand",
}  # fmt: skip
UNIT_WORDS = {
    "%": "percentage", "pp": "percentage point", "bp": "basis point", "mi": "mile", "ft": "foot", "in": "inch",
    "yd": "yard", "lb": "pound", "a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour",
    "min": "minute", "s": "second", "km/h": "kilometre per hour", "m/s": "metre per second", "°C": "celsius",
    "°F": "fahrenheit", "°": "degree", "L": "litre", "mL": "millilitre", "hp": "horsepower", "kW": "kilowatt",
    "MW": "megawatt", "GW": "gigawatt", "W": "watt", "kWh": "kilowatt hour", "GWh": "gigawatt hour",
    "MWh": "megawatt hour", "Hz": "hertz", "μm": "micrometre", "GB": "gigabyte", "MB": "megabyte",
    "Mbit/s": "megabit per second", "m2": "square metre", "ft2": "square foot", "km2": "square kilometre",
    "bbl": "barrel", "ppb": "parts-per-billion", "V": "volt", "F": "farad", "N·m": "newton metre",
    "lb-ft": "foot pound-force", "rpm": "revolutions per minute", "mAh": "milliampere-hour",
    "mpg": "mile per gallon", "Gt": "gigaton", "ft3": "cubic foot", "dr": "dram", "nm": "nanometre",
    "mm": "millimetre", "cent": "cent", "km3": "cubic kilometre", "eV": "electronvolt", "GHz": "gigahertz",
    "TeV": "teraelectronvolt", "Wh": "watt hour", "mi2": "square mile", "gal": "gallon", "p": "point",
    "penny": "point",
}  # fmt: skip


PER_WORDS = {"sq m": "square metre", "sq ft": "square foot", "kg": "kilogram"}


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@cache
def _extractor() -> FigureExtractor:
    return FigureExtractor()


def readings(analysis: Analysis, also: Iterable[str] = ()) -> list[Reading]:
    """Readings that stand, and those turned down for one of the reasons ``also``."""
    kept = [r for r in _extractor().readings(analysis, Found()) if r.veto is None or r.veto in also]
    relations.fill(analysis, kept)
    return kept


def span(r: Reading, **more: Any) -> dict[str, Any]:
    return {
        "start": r.start,
        "end": r.end,
        "low": r.low,
        "high": r.high,
        "mod": SIGNS[r.bound],
        "unit": unit_word(r),
        "thing": r.counted_phrase or r.counted,
        **more,
    }


def unit_word(r: Reading) -> str | None:
    if r.unit is None:
        word = r.counted_phrase or r.counted
        if r.kind == "rate" and word:
            return f"{word} per {r.per}"
        return word
    word = MONEY_WORDS.get(r.unit.symbol) or UNIT_WORDS.get(r.unit.symbol, r.unit.symbol)
    if r.rule.startswith("age."):
        word = f"{word} of age"
    return f"{word} per {PER_WORDS.get(r.per, r.per)}" if r.per else word


# --- NewsQuant --------------------------------------------------------------------------------------


def newsquant(analysis: Analysis) -> list[dict[str, Any]]:
    spans: list[dict[str, Any]] = []
    text = analysis.text
    previous: Reading | None = None
    for r in readings(analysis, NEWSQUANT_TOO):
        s = span(r)
        if r.bound not in ("range", "vague"):
            s["low"] = s["high"] = r.best
        if r.bound == "vague":
            word = (r.vague_word or "").split()[0]
            if r.value < 1000 or word in ("several", "few", "hundreds"):
                continue
            s["low"], s["high"] = 10.0 ** _digits(r.value), 10.0 ** (_digits(r.value) + 1)
        if r.unit is None:
            s["unit"] = _thing(analysis, r)
        if previous is not None and spans and _from_to(text, previous, r):
            a, b = spans[-1]["low"], s["low"]
            if a is not None and b is not None:
                spans[-1] |= {"low": min(a, b), "high": max(a, b), "unit": s["unit"]}
                previous = None
                continue
        if r.rule == "range.alternative" and any(c.isdigit() for c in text[r.start : r.end]):
            spans.append(s | {"high": s["low"], "mod": SIGNS[r.softened or "exact"]})
            s = s | {"low": s["high"]}
        spans.append(s)
        previous = r
    return spans


def _digits(value: float) -> int:
    return len(f"{value:.0f}") - 1


def _thing(analysis: Analysis, r: Reading) -> str | None:
    """NewsQuant's units are lemmas: nouns and adjectives of what is counted."""
    if r.counted in ("times", "time") or r.rule == "other.fold":
        return f"count per {r.per}" if r.per else "count"
    tokens = analysis.tokens
    phrase = r.phrase
    if r.veto == "veto.one_of":
        phrase = counted.walk(tokens, r.after, analysis.sentences[r.sentence].last)
    if phrase is None:
        if r.counted_phrase is None:
            return r.counted if r.counted != "people" or r.status is None else None
        *before, last = [w for w in r.counted_phrase.split() if w != "and"]
        return " ".join([*before, _singular(last)])
    words: list[str] = []
    for i in range(phrase.first, phrase.head + 1):
        word, tag = tokens.words[i], tokens.tags[i]
        glued = i > phrase.first and tokens.ends[i - 1] == tokens.starts[i]
        if (glued or tag == "HYPH") and words:
            words[-1] += word
        elif word[0].isdigit() and i < phrase.head:
            continue
        elif tag == "JJS" and word not in ("most", "least"):
            words.append(
                {"best": "good", "worst": "bad", "largest": "large"}.get(word, re.sub(r"(?:(.)\1)?est$", r"\1", word))
            )
        elif (tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "CD") and word not in ("other", "more")) or tokens.lowers[
            i + 1 : i + 2
        ] == ["-"]:
            words.append(word)
    if words:
        words[-1] = _singular(words[-1])
    thing = " ".join(words)
    if r.kind == "share" and r.unit is None:
        return f"% {thing}"
    return f"{thing} per {r.per}" if r.per else thing


def _singular(word: str) -> str:
    irregular = {
        "people": "people",
        "children": "child",
        "men": "man",
        "women": "woman",
        "fishermen": "fisherman",
        "horses": "horse",
        "Germans": "Germans",
        "viruses": "virus",
    }
    if word in irregular:
        return irregular[word]
    if word.endswith("ies"):
        return word[:-3] + "y"
    return re.sub(r"(?<=ss|sh|ch)es$|(?<=x)es$|(?<=[^su])s$", "", word)


def _from_to(text: str, a: Reading, b: Reading) -> bool:
    """ "from 4.8 to 4.7 percent", "to 138 lots from 212 lots": NewsQuant takes both for one range."""
    between, before = text[a.end : b.start], text[: a.start].rstrip()
    if a.kind != b.kind and not (b.kind == "count" and b.phrase is None):
        return False
    if before.endswith("from"):
        return bool(re.fullmatch(r"(?: U\.?S\.?)?(?: per \w+| a \w+)? to ", between))
    return before.endswith(" to") and bool(re.fullmatch(r" (?:\w+ )?from ", between))


# --- the others -------------------------------------------------------------------------------------


def meantime(analysis: Analysis) -> list[dict[str, Any]]:
    spans = []
    text = analysis.text
    for r in readings(analysis):
        if r.kind == "duration":
            continue
        s = span(r)
        if r.form == "vague" and text.startswith(" of ", r.end):
            s["end"] += 3
        if r.form == "words" and text[r.number : r.end].lower().endswith("score") and text.startswith(" of ", r.end):
            s["end"] += 3
        if r.rule == "share.fraction" and text[s["start"] : s["end"]].endswith(" of"):
            s["end"] -= 3
        if text[max(0, r.start - 4) : r.start].lower() == "all ":
            s["start"] -= 4
        if r.compound is not None:
            continue
        spans.append(s)
    return spans


def specs(analysis: Analysis) -> list[dict[str, Any]]:
    spans = []
    for r in readings(analysis, LAX_TOO):
        s = span(r)
        if r.bound not in ("range", "vague"):
            s["low"] = s["high"] = r.best
        spans.append(s)
    return spans


def lax(analysis: Analysis) -> list[dict[str, Any]]:
    spans = []
    for r in readings(analysis, {*NEWSQUANT_TOO, "veto.date"}):
        s = span(r)
        if r.bound not in ("range", "vague"):
            s["low"] = s["high"] = r.best
        spans.append(s)
    return spans


# --- running ----------------------------------------------------------------------------------------


def _run(script: str, *args: str) -> str:
    done = subprocess.run(
        [sys.executable, str(SHARED / "eval" / script), *args], capture_output=True, text=True, check=True
    )
    return done.stdout


def _predict(documents: list[dict[str, Any]], predict: Callable[[Analysis], list[dict[str, Any]]], out: Path) -> None:
    analyses = analyse([(d["text"], d.get("dct")) for d in documents])
    with out.open("w", encoding="utf-8") as lines:
        for d, analysis in zip(documents, analyses, strict=True):
            lines.write(json.dumps({"doc_id": d["doc_id"], "spans": predict(analysis)}) + "\n")


def _corpus(
    name: str, predict: Callable[[Analysis], list[dict[str, Any]]], folder: Path, errors: int
) -> dict[str, Any]:
    gold, predicted = SHARED / "corpora" / "figures" / f"{name}.jsonl", folder / f"{name}.jsonl"
    _predict(read_jsonl(gold), predict, predicted)
    if errors:
        print(_run("figures/score.py", str(gold), str(predicted), "--errors", str(errors)))
    return dict(json.loads(_run("figures/score.py", str(gold), str(predicted), "--json").splitlines()[0]))


def _suite(suites: str, folder: Path, errors: int) -> dict[str, Any]:
    cases = SHARED / "corpora" / "specs_dev.jsonl"
    documents, predicted = folder / "specs_docs.jsonl", folder / "specs.jsonl"
    _run("dates/specs.py", "docs", str(cases), str(documents), "--suite", suites)
    _predict(read_jsonl(documents), specs, predicted)
    out = _run("dates/specs.py", "score", str(cases), str(predicted), "--suite", suites, "--errors", str(errors))
    if errors:
        print(out)
    return dict(json.loads(out.splitlines()[0]))


def _conflict(folder: Path, errors: int) -> dict[str, float]:
    gold, out = SHARED / "corpora" / "conflict_news_dev.jsonl", folder / "conflict.jsonl"
    documents = read_jsonl(gold)
    extractor, dates = _extractor(), _dates()
    with out.open("w", encoding="utf-8") as lines:
        for d, analysis in zip(documents, analyse([(d["text"], d["dct"]) for d in documents]), strict=True):
            found = Found()
            found.dates = list(dates.extract(analysis, found)) if dates is not None else []
            figures = [
                {
                    "start": f.char_start, "end": f.char_end, "text": f.exact, "low": f.low, "high": f.high,
                    "bound": f.bound, "kind": f.kind, "unit": f.unit, "status": f.status,
                    "counted": "age" if f.rule_id.startswith("age.") else f.counted,
                }
                for f in extractor.extract(analysis, found)
            ]  # fmt: skip
            lines.write(
                json.dumps({"doc_id": d["doc_id"], "claims": [], "figures": figures, "dates": [], "locations": []})
                + "\n"
            )
    shown = _run("conflict_news.py", str(gold), str(out), "--errors", "500")
    if errors:
        print("\n".join(line for line in shown.splitlines() if "figures" in line))
    found_line = next(line for line in shown.splitlines() if line.startswith("figures P"))
    more = next(line for line in shown.splitlines() if line.startswith("figures counted"))
    numbers = re.search(r"F1 ([\d.]+).*over all gold ([\d.]+)", found_line)
    parts = dict(re.findall(r"(counted|bound|status) \d+/\d+ = ([\d.]+)", more))
    assert numbers is not None
    return {"f1": float(numbers[1]), "value": float(numbers[2]), **{k: float(v) for k, v in parts.items()}}


@cache
def _dates() -> Any:
    try:
        from ingest.extract.dates import DateExtractor
    except ImportError:
        return None
    return DateExtractor()


def _cases(errors: int) -> float:
    """Share of the project's own cases whose figures, and whose values, are all right."""
    paths = sorted((ROOT / "tests" / "cases").glob("figures_*.jsonl"))
    cases = [case for path in paths for case in read_jsonl(path)]
    right = 0
    for case, analysis in zip(cases, analyse([(c["text"], c["dct"]) for c in cases]), strict=True):
        got = [(f.exact, f.low, f.high) for f in _extractor().extract(analysis, Found())]
        want = [(e["text"], e["low"], e["high"]) for e in case["figures"]]
        same = len(got) == len(want) and all(
            g[0] == w[0]
            and all(
                (x is None) == (y is None) and (x is None or abs(x - y) <= 1e-6 * abs(y))
                for x, y in zip(g[1:], w[1:], strict=True)
            )
            for g, w in zip(got, want, strict=True)
        )
        right += same
        if not same and errors:
            print(case["id"], got, want)
    return right / len(cases)


def measure(only: str = "", errors: int = 0) -> dict[str, float]:
    """Every measure by name; ``only`` runs those whose name holds it."""
    out: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if only in "newsquant":
            r = _corpus("newsquant_dev", newsquant, folder, errors)
            out |= {
                "newsquant.value": r["value"]["f1"],
                "newsquant.value_unit": r["value_unit"]["f1"],
                "newsquant.bound": r["mod_accuracy"],
                "newsquant.thing": r["thing_accuracy"],
            }
        if only in "meantime":
            r = _corpus("meantime_airbus", meantime, folder, errors)
            out |= {"meantime.strict": r["strict"]["f1"], "meantime.relaxed": r["relaxed"]["f1"]}
        if only in "quantulum":
            r = _corpus("quantulum_cases", lax, folder, errors)
            out |= {
                "quantulum.strict": r["strict"]["f1"],
                "quantulum.relaxed": r["relaxed"]["f1"],
                "quantulum.value": r["value_f1"],
            }
        if only in "measeval":
            r = _corpus("measeval_train", lax, folder, errors)
            out |= {"measeval.strict": r["strict"]["f1"], "measeval.relaxed": r["relaxed"]["f1"]}
        if only in "recognizers":
            out["recognizers.value"] = _suite(",".join(SUITES), folder, errors)["value_right"]
            for suite in SUITES:
                out[f"recognizers.{suite.split('/')[1].removesuffix('Model').lower()}"] = _suite(suite, folder, 0)[
                    "value_right"
                ]
        if only in "cases":
            out["cases.value"] = _cases(errors)
        if only in "conflict":
            r2 = _conflict(folder, errors)
            out |= {f"conflict.figures_{k}": v for k, v in r2.items()}
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="part of a corpus' name")
    parser.add_argument("--errors", type=int, default=0, help="show that many errors a corpus")
    args = parser.parse_args()
    for name, value in measure(args.only, args.errors).items():
        print(f"{name:32} {value:.4f}")


if __name__ == "__main__":
    main()
