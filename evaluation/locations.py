"""How right the places are, on labelled corpora and on the project's own conflict cases.

Runs the extractor over the corpora beside the repository, lets the scorers judge it, and prints one
table, accuracy by country and by kind of feature (so that a strong Europe cannot hide a weak
Sudan), and ``name value`` lines. LGL and TR-News label every name of a place. The product leaves out
countries that speak ("Ukraine says"), capitals for governments ("Moscow signed") and adjectives ("US
officials"); these are kept for the two corpora, and ``*_product_strict_f1`` is the figure without them.
References ("the city") are the product's own and are left out, as no corpus labels them.

    python -m evaluation.locations [--errors N]
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
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.analyses import analyse
from ingest.extract.analysis import Analysis
from ingest.extract.apostrophes import restored
from ingest.extract.base import Found
from ingest.extract.locations import LocationExtractor
from ingest.extract.locations.gazetteer import WITHOUT_SPOT
from ingest.extract.locations.resolve import km_between
from ingest.records import Location

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("CLAIMHOUSE_SHARED", ROOT.parent / "shared"))
CASES = ROOT / "tests" / "cases"
KM_FOUND, KM_SETTLEMENT, KM_REGION = 161, 25, 300
Document = dict[str, Any]
Tally = dict[str, Counter[str]]


def read_jsonl(path: Path) -> list[Document]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def write_jsonl(path: Path, rows: Iterable[Document]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@cache
def _extractor(*, keeps_every_name: bool = False) -> LocationExtractor:
    return LocationExtractor(keeps_every_name=keeps_every_name)


def analysed(documents: list[Document]) -> list[Analysis]:
    """Analyses of documents, those that have lost their apostrophes read with them."""
    written = [restored(d["text"], _extractor().is_large_place) for d in documents]
    texts = [d["text"] if w is None else w.read for d, w in zip(documents, written, strict=True)]
    analyses = analyse([(text, d.get("dct")) for text, d in zip(texts, documents, strict=True)])
    for analysis, one in zip(analyses, written, strict=True):
        analysis.written = one
    return analyses


def extract(analyses: list[Analysis], *, keeps_every_name: bool = False) -> list[list[Location]]:
    """Named places of each text; the references are left out."""
    extractor = _extractor(keeps_every_name=keeps_every_name)
    found = ([f for f in extractor.extract(a, Found()) if f.kind != "reference"] for a in analyses)
    return [
        fs if a.written is None else [a.written.evidence(f) for f in fs] for a, fs in zip(analyses, found, strict=True)
    ]


def run(script: str, *arguments: str) -> str:
    command = [sys.executable, str(SHARED / "eval" / script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def span(f: Location) -> Document:
    """One place as the scorers of corpora take it.

    A continent has no coordinates in a fact, and these corpora give it some: there its GeoNames id stands for the
    point, as the scorers ask which place a name was taken for.
    """
    lat, lon = f.lat, f.lon
    if lat is None and f.geonameid and f.feature_code in WITHOUT_SPOT:
        place = _extractor().gazetteer.place(_extractor().gazetteer.row_of(f.geonameid))
        lat, lon = place.lat, place.lon
    return {
        "start": f.char_start, "end": f.char_end, "text": f.exact, "kind": f.kind, "country": f.country,
        "lat": lat, "lon": lon, "geonameid": f.geonameid,
    }  # fmt: skip


def toponyms(name: str, by_country: Tally, by_feature: Tally) -> dict[str, float]:
    """LGL and TR-News: strict and overlap F1, found and within 161 km, accuracy of what is placed."""
    gold = SHARED / "corpora" / "locations" / f"{name}.jsonl"
    documents = read_jsonl(gold)
    analyses = analysed(documents)
    _extractor(keeps_every_name=True).gazetteer.find("kyiv")
    started = time.process_time()
    found = extract(analyses, keeps_every_name=True)
    seconds = time.process_time() - started
    score = _score(gold, documents, found)
    product = _score(gold, documents, extract(analyses))
    countries = _countries()
    for d, fs in zip(documents, found, strict=True):
        by_start = {f.char_start: f for f in fs}
        for g in d["spans"]:
            if g["kind"] == "place" and g.get("lat") is not None:
                f = by_start.get(g["start"])
                right = f is not None and f.lat is not None and _is_near(g, f, KM_FOUND)
                country = countries.get(int(g["geonameid"] or 0), "other")
                for tally, key in ((by_country, country), (by_feature, str(g.get("type")))):
                    tally[key]["right" if right else "wrong"] += 1
    return {
        f"{name}_strict_f1": score["strict"][2],
        f"{name}_product_strict_f1": product["strict"][2],
        f"{name}_overlap_f1": score["overlap"][2],
        f"{name}_found_within_161km": score["e2e@161"],
        f"{name}_placed_within_161km": score["acc@161"],
        f"{name}_speed_kb_s": sum(len(d["text"].encode()) for d in documents) / 1000 / seconds,
    }


def _score(gold: Path, documents: list[Document], found: list[list[Location]]) -> Document:
    """The scorer's figures by name."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.jsonl"
        rows = zip(documents, found, strict=True)
        write_jsonl(out, ({"doc_id": d["doc_id"], "spans": [span(f) for f in fs]} for d, fs in rows))
        report = run("locations/score.py", "--gold", str(gold), "--pred", str(out), "--no-demonyms", "--json")
    figures: Document = json.loads(report)
    return figures


def _is_near(g: Document, f: Location, km: float) -> bool:
    if str(g.get("geonameid")) == str(f.geonameid):
        return True
    assert f.lat is not None
    assert f.lon is not None
    return km_between(g["lat"], g["lon"], f.lat, f.lon) <= km


@cache
def _countries() -> dict[int, str]:
    """Country by GeoNames id, for the tally by country."""
    gazetteer = _extractor().gazetteer
    places = (gazetteer.place(row) for row in range(gazetteer.size))
    return {p.geonameid: p.country for p in places if p.geonameid}


def conflict_news(errors: int) -> dict[str, float]:
    gold = SHARED / "corpora" / "conflict_news_dev.jsonl"
    documents = read_jsonl(gold)
    empty: Document = {"claims": [], "figures": [], "dates": []}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.jsonl"
        found = extract(analysed(documents))
        write_jsonl(
            out,
            (
                {"doc_id": d["doc_id"], **empty, "locations": [span(f) for f in fs]}
                for d, fs in zip(documents, found, strict=True)
            ),
        )
        report = run("conflict_news.py", str(gold), str(out), "--errors", "100000")
    lines = [line for line in report.splitlines() if "locations" in line]
    for line in lines[1 : errors + 1]:
        print("  ", line)
    head = next(line for line in lines if line.startswith("locations"))
    f1 = re.search(r"F1 ([\d.]+)", head)
    value = re.search(r"over all gold ([\d.]+)", head)
    assert f1
    assert value
    return {"conflict_news_f1": float(f1[1]), "conflict_news_value": float(value[1])}


def own_cases(by_country: Tally, by_kind: Tally, errors: int) -> dict[str, float]:
    """Own sentences: settlements within 25 km, regions and countries by country, and what is too much."""
    cases = [case for path in sorted(CASES.glob("locations_*.jsonl")) for case in read_jsonl(path)]
    total: Counter[str] = Counter()
    for case, fs in zip(cases, extract(analysed(cases)), strict=True):
        by_span = {(f.char_start, f.char_end): f for f in fs}
        total["extra"] += len(fs)
        for e in case["locations"]:
            f = by_span.get((e["start"], e["end"]))
            total["extra"] -= f is not None
            right = f is not None and _is_right(e, f)
            for tally, key in ((by_country, e["country"] or "none"), (by_kind, e["kind"])):
                tally[key]["right" if right else "wrong"] += 1
            total["all"] += 1
            total["right"] += right
            if e["kind"] == "settlement":
                total["settlements"] += 1
                total["settlements_right"] += right
            if not right and errors:
                print("  ", case["id"], e["text"], "got", f and (f.place, f.country, f.lat, f.lon))
    precision = total["right"] / max(1, total["all"] + total["extra"])
    return {
        "cases_right": total["right"] / total["all"],
        "cases_settlements_within_25km": total["settlements_right"] / total["settlements"],
        "cases_right_of_found": precision,
    }


def _is_right(e: Document, f: Location) -> bool:
    if e["lat"] is None:
        return bool(f.country == e["country"])
    return f.lat is not None and _is_near(e, f, KM_SETTLEMENT if e["kind"] in ("settlement", "facility") else KM_REGION)


def measure(errors: int = 0) -> dict[str, float]:
    """All figures by name. Prints accuracy by country and by kind."""
    figures: dict[str, float] = {}
    tallies: dict[str, Tally] = {
        t: defaultdict(Counter) for t in ("news country", "news feature", "case country", "case kind")
    }
    figures |= own_cases(tallies["case country"], tallies["case kind"], errors)
    if SHARED.is_dir():
        for name in ("lgl", "trnews"):
            figures |= toponyms(name, tallies["news country"], tallies["news feature"])
        figures |= conflict_news(errors)
    for title, tally in tallies.items():
        rows = sorted(tally.items(), key=lambda kv: (-sum(kv[1].values()), kv[0]))
        shown = [f"{k} {v['right']}/{v['right'] + v['wrong']} {v['right'] / sum(v.values()):.2f}" for k, v in rows]
        print(f"by {title}: " + "; ".join(shown[:40]))
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description="Accuracy of places.")
    parser.add_argument("--errors", type=int, default=0)
    for name, value in measure(parser.parse_args().errors).items():
        print(f"{name} {value:.4f}")


if __name__ == "__main__":
    main()
