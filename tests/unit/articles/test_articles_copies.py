"""Copies are told from other reports of the same event."""

import itertools

import pytest
from copy_pairs import pairs, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.articles.copies import CopyIndex, are_copies, containment, copy_kind, prints, runs


def test_precision_and_recall_on_labelled_pairs():
    found = [(p, are_copies(p.a, p.b)) for p in pairs()]
    assert sum(p.is_copy for p, _ in found) > 200
    assert sum(not p.is_copy for p, _ in found) > 150
    right = sum(p.is_copy and is_found for p, is_found in found)
    assert right / sum(is_found for _, is_found in found) >= 0.97
    assert right / sum(p.is_copy for p, _ in found) >= 0.97


def test_the_index_finds_what_the_pairs_show():
    labelled = [p for p in pairs() if p.is_copy]
    originals = {t["id"]: "\n\n".join(t["paragraphs"]) for t in texts()}
    index = CopyIndex(originals.get)
    index.fill((key, prints(runs(text))) for key, text in itertools.islice(originals.items(), 8))
    for key, text in itertools.islice(originals.items(), 8, None):
        index.add(key, prints(runs(text)))
    missed = [p.kind for p in labelled if (m := index.find(p.b)) is None or not are_copies(p.a, originals[m.key])]
    assert len(missed) / len(labelled) <= 0.03
    assert len(index) == len(originals)


def test_of_equal_matches_the_first_one_counts():
    text = "\n\n".join(texts()[0]["paragraphs"])
    index = CopyIndex({"first": text, "second": text}.get)
    index.add("first", prints(runs(text)))
    index.add("second", prints(runs(text)))
    assert index.find(text).key == "first"


def test_many_texts_are_merged_and_still_found():
    stored = {str(n): " ".join(f"w{n * 7919 + i}" for i in range(300)) for n in range(1_500)}
    index = CopyIndex(stored.get)
    index._recent_count = 199_000  # the merge comes after a few more
    for key, text in stored.items():
        index.add(key, prints(runs(text)))
    assert index._recent_count < 199_000
    assert all(index.find(stored[str(n)]).key == str(n) for n in range(0, 1_500, 100))


def test_boilerplate_that_all_have_makes_no_copy():
    footer = " ".join(f"footer{i}" for i in range(60))
    stored = {str(n): " ".join(f"w{n}x{i}" for i in range(100)) + " " + footer for n in range(400)}
    index = CopyIndex(stored.get)
    index.fill((key, prints(runs(text))) for key, text in stored.items())
    own = " ".join(f"new{i}" for i in range(100))
    assert index.find(f"{own} {footer}") is None
    assert index.find(stored["7"]).key == "7"


@pytest.mark.parametrize("text", ["", "one", "one two three four", "¿? — !"])
def test_short_texts_have_no_runs(text):
    assert len(runs(text)) == 0
    assert not are_copies(text, text)


@given(st.text(max_size=400), st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_likeness_is_symmetric_and_between_0_and_1(a, b):
    share = containment(runs(a), runs(b))
    assert 0 <= share <= 1
    assert share == containment(runs(b), runs(a))


@pytest.mark.parametrize(
    ("same", "publisher", "agency", "of_publisher", "of_agency", "expected"),
    [
        (False, "Post", "Reuters", "Times", "Reuters", "syndicated"),
        (False, "Post", "Reuters", "Reuters", None, "syndicated"),
        (True, "Post", None, "Times", "AP", "syndicated"),
        (True, "Post", None, "Times", None, "exact"),
        (False, "Post", None, "Times", None, "near"),
        (False, "Post", "Reuters", "Times", "AFP", "near"),
        (True, "Post", "AP", "Post", "AP", "exact"),
    ],
)
def test_what_a_copy_is(same, publisher, agency, of_publisher, of_agency, expected):
    kind = copy_kind(
        is_same_text=same, publisher=publisher, agency=agency, of_publisher=of_publisher, of_agency=of_agency
    )
    assert kind == expected


def test_an_index_is_kept_between_runs_and_a_broken_one_is_made_anew(tmp_path):
    stored = {t["id"]: "\n\n".join(t["paragraphs"]) for t in texts()}
    index = CopyIndex(stored.get)
    for key, text in stored.items():
        index.add(key, prints(runs(text)))
    index.save(tmp_path / "state" / "copies.npz")
    again = CopyIndex.load(tmp_path / "state" / "copies.npz", stored.get)
    assert again.keys == stored.keys()
    assert all(again.find(text).key == key for key, text in stored.items())
    for broken in (b"", b"PK\x03\x04", b"garbage" * 100):
        (tmp_path / "broken.npz").write_bytes(broken)
        assert len(CopyIndex.load(tmp_path / "broken.npz", stored.get)) == 0
    assert len(CopyIndex.load(tmp_path / "none.npz", stored.get)) == 0
