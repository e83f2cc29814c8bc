"""The samples, their gold and their expected relations agree with one another and with the schema."""

import copy
import hashlib
import itertools
import json
from collections import Counter
from datetime import date

import pytest
from gold_rows import spans_of

from evaluation.samples import SAMPLES, documents, gold, key, measures, pairs, score, text_of
from ingest import records
from ingest.articles import ArticleDraft, Rejection

ROWS = {key(row): row for row in gold()}
LABELLED = {k: row for k, row in ROWS.items() if row["is_labelled"]}
RELATIONS = [json.loads(line) for line in (SAMPLES / "relations.jsonl").read_text(encoding="utf-8").splitlines()]
KINDS = ("claims", "figures", "dates", "locations")
LISTS = KINDS + tuple(f"optional_{kind}" for kind in KINDS)
RELATION_KINDS = {"contradicts", "denies", "corroborates", "repeats", "revises", "none"}
RELATION_KINDS |= {"syndicated_copy", "duplicate", "new_version"}
CODES = {
    "claims": {"speech": records.SPEECHES, "polarity": records.POLARITIES, "stance": records.STANCES,
               "topic": records.TOPICS},
    "figures": {"bound": records.BOUNDS, "kind": records.FIGURE_KINDS, "status": records.STATUSES},
    "dates": {"type": records.TIMEX_TYPES, "mod": records.TIMEX_MODS},
    "locations": {"kind": records.PLACE_KINDS, "relation": records.PLACE_RELATIONS, "direction": records.DIRECTIONS},
}  # fmt: skip


def end_of(relation, side):
    end = relation[side]
    return ROWS[key(end)], end


def test_every_document_has_its_gold_and_every_gold_its_document():
    assert documents().keys() == ROWS.keys()


@pytest.mark.parametrize("name", ROWS)
def test_a_document_is_read_as_the_gold_says(name):
    row, item = ROWS[name], documents()[name]
    if row["outcome"] == "rejected":
        assert isinstance(item, Rejection)
        assert item.reason in row["reason_any"]
        assert set(row["reason_any"]) <= set(records.REJECT_REASONS)
        return
    assert isinstance(item, ArticleDraft)
    assert item.title == row["title"]
    assert item.published_date == date.fromisoformat(row["published"])
    assert (item.publisher, item.publisher_side, item.language) == (
        row["publisher"],
        row["publisher_side"],
        row["language"],
    )
    assert len(item.text) == row["char_count"]
    assert hashlib.sha256(item.text.encode()).hexdigest() == row["text_sha256"]


@pytest.mark.parametrize("name", LABELLED)
def test_every_span_is_the_text_at_its_offsets(name):
    row, text = LABELLED[name], text_of(LABELLED[name])
    found = [*spans_of([row[k] for k in LISTS])]
    assert [(s["start"], s["text"]) for s in found if text[s["start"] : s["end"]] != s["text"]] == []
    assert [s["text"] for s in found if s["text"] != s["text"].strip() or not s["text"]] == []


@pytest.mark.parametrize("name", LABELLED)
def test_every_code_is_in_the_schema(name):
    row = LABELLED[name]
    for kind, lists in CODES.items():
        for fact in row[kind]:
            for field, codes in lists.items():
                values = fact.get(f"{field}_any", [fact[field]])
                assert set(values) <= {*codes, None}, (fact, field)


@pytest.mark.parametrize("name", LABELLED)
def test_parents_links_and_order_are_sound(name):
    row = LABELLED[name]
    claims = {c["id"]: c for c in row["claims"]}
    assert len(claims) == len(row["claims"])
    for claim in row["claims"]:
        if claim["parent"]:
            parent = claims[claim["parent"]]
            assert parent["content"][0]["start"] <= claim["content"][0]["end"]
        for kind in ("figures", "dates", "locations"):
            for index in claim[kind]:
                fact = row[kind][index]
                assert any(fact["start"] < s["end"] and s["start"] < fact["end"] for s in claim["content"])
    for kind in ("figures", "dates", "locations"):
        starts = [(f["start"], f["end"]) for f in row[kind]]
        assert starts == sorted(starts)
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(starts))


@pytest.mark.parametrize("name", LABELLED)
def test_values_are_possible(name):
    row = LABELLED[name]
    for figure in row["figures"]:
        low, high = figure["low"], figure["high"]
        assert (low, high) != (None, None)
        assert None in (low, high) or low <= high
        if figure["bound"] == "exact":
            assert low == high
        assert (high is None) == (figure["bound"] in ("at_least", "more_than"))
        assert (low is None) == (figure["bound"] in ("at_most", "less_than"))
    for day in row["dates"]:
        start, end = day["start_date"], day["end_date"]
        assert (start is None) == (end is None)
        assert start is None or date.fromisoformat(start) <= date.fromisoformat(end)
        if day["type"] == "DATE" and day["value"] and len(day["value"]) == 10 and start:
            assert (start, end) == (day["value"], day["value"])
    for place in row["locations"]:
        assert (place["lat"] is None) == (place["lon"] is None) == (place["kind"] == "country")


def test_there_is_enough_of_everything():
    read = [r for r in ROWS.values() if r["outcome"] == "loaded" and r["language"] == "en"]
    assert len(read) >= 18
    assert len({r["publisher"] for r in read}) >= 5
    assert {"UA", "RU", None} == {r["publisher_side"] for r in read}
    assert Counter(r["outcome"] for r in ROWS.values())["rejected"] == 2
    assert len(LABELLED) >= 15
    assert sum(len(r["claims"]) for r in LABELLED.values()) >= 250
    words = {k: len(documents()[k].text.split()) for k in LABELLED}
    assert {k: n for k, n in words.items() if not 80 <= n <= 700} == {}
    assert sum(n >= 250 for n in words.values()) >= 19


def test_copies_and_versions_are_what_the_gold_says():
    for name, row in ROWS.items():
        folder = SAMPLES / "articles"
        if "duplicate_of" in row:
            assert (folder / row["file"]).read_bytes() == (folder / row["duplicate_of"]).read_bytes()
        if "version_of" in row:
            mine, old = documents()[name], documents()[row["version_of"]]
            assert (mine.article_id, mine.text != old.text) == (old.article_id, True)
        if "copy_of" in row:
            assert documents()[name].article_id != documents()[row["copy_of"]].article_id


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda r: r["id"])
def test_a_relation_stands_on_claims_of_the_gold(relation):
    assert relation["kind"] in RELATION_KINDS
    for side in ("a", "b"):
        row, end = end_of(relation, side)
        if "claim" not in end:
            assert relation["axis"] is None
        elif end["claim"] is None:
            assert end["text"] in text_of(row)
        else:
            claim = next(c for c in row["claims"] if c["id"] == end["claim"])
            assert end["text"] == " … ".join(s["text"] for s in claim["content"])
            if "figure" in end:
                assert end["figure"] in end["text"]


def test_no_pair_is_listed_twice():
    listed = Counter(
        frozenset((key(r[side]), r[side]["claim"], r[side]["text"]) for side in ("a", "b"))
        for r in RELATIONS
        if "claim" in r["a"]
    )
    assert [pair for pair, n in listed.items() if n > 1] == []


def as_found(row):
    """The gold of an article in the form of ``claimhouse extract``: a perfect answer."""
    out = copy.deepcopy({"doc_id": key(row), **{kind: row[kind] for kind in KINDS}})
    for claim in out["claims"]:
        claim["speaker"] = next(iter(claim["speaker"]), None)
        claim["speaker_name"] = next(iter(claim["speaker_names"]), None)
        claim["chain"] = claim.get("chain", [])
    return out


def test_the_gold_itself_scores_full_marks():
    rows = list(LABELLED.values())
    result = measures(score(rows, [as_found(row) for row in rows]))
    assert {name: value for name, value in result.items() if value < 0.9999} == {}


def test_mistakes_cost():
    rows = list(LABELLED.values())
    outs = [as_found(row) for row in rows]
    for out in outs:
        del out["claims"][0]
        out["dates"][0] |= {"start": 0, "end": 1}
        out["figures"][0]["high"] = out["figures"][0]["low"] = -1
        out["locations"].append({**out["locations"][0], "start": 0, "end": 1, "text": "x"})
    result = measures(score(rows, outs))
    for name in ("claims_content_f1", "dates_f1", "dates_value_of_gold", "figures_value_of_found", "locations_f1"):
        assert result[f"samples_{name}"] < 0.99, name


def test_pairs_are_one_to_one_and_best_first():
    chosen = pairs([{"n": 1}, {"n": 5}], [{"n": 4}, {"n": 5}], lambda a, b: 1 / (1 + abs(a["n"] - b["n"])))
    assert chosen == [(1, 1), (0, 0)]
