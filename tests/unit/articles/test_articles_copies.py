"""Copies are told from other reports of the same event."""

import pytest
from copy_pairs import pairs, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.articles.copies import CopyIndex, are_copies, containment, copy_kind, prints, runs


def indexed(stored: dict[str, str]) -> CopyIndex:
    index = CopyIndex(lambda key: runs(stored[key]))
    for key, text in stored.items():
        index.add(key, prints(runs(text)))
    return index


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
    index = indexed(originals)
    missed = [p.kind for p in labelled if (m := index.find(runs(p.b))) is None or not are_copies(p.a, originals[m.key])]
    assert len(missed) / len(labelled) <= 0.03
    assert len(index) == len(originals)


def test_of_equal_matches_the_first_one_counts():
    text = "\n\n".join(texts()[0]["paragraphs"])
    index = indexed({"first": text, "second": text})
    assert index.find(runs(text)).key == "first"
    assert index.find(runs(text), lambda key: key == "first").key == "second"
    assert index.find(runs(text), lambda key: True) is None


def test_many_texts_are_merged_and_still_found():
    stored = {str(n): " ".join(f"w{n * 7919 + i}" for i in range(300)) for n in range(4_000)}
    index = indexed(stored)
    assert len(index._sorted) > 100_000
    assert index._recent_count > 0
    assert all(index.find(runs(stored[str(n)])).key == str(n) for n in range(0, 4_000, 100))


def test_boilerplate_that_all_have_makes_no_copy():
    footer = " ".join(f"footer{i}" for i in range(60))
    stored = {str(n): " ".join(f"w{n}x{i}" for i in range(100)) + " " + footer for n in range(400)}
    index = indexed(stored)
    own = " ".join(f"new{i}" for i in range(100))
    assert index.find(runs(f"{own} {footer}")) is None
    assert index.find(runs(stored["7"])).key == "7"


def test_a_text_that_very_many_carry_is_still_found():
    wire = " ".join(f"wire{i}" for i in range(200))
    stored = {str(n): f"house {n} reports today again {wire}" for n in range(3_000)}
    assert indexed(stored).find(runs(f"yet another house has it {wire}")).key == "0"


def test_what_is_forgotten_is_not_found():
    stored = {str(n): " ".join(f"w{n}x{i}" for i in range(100)) for n in range(20)}
    index = indexed(stored)
    index.keep_first(10)
    assert index.keys == [str(n) for n in range(10)]
    assert index.find(runs(stored["9"])).key == "9"
    assert index.find(runs(stored["10"])) is None


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
    path = tmp_path / "state" / "copies.npz"
    indexed(stored).save(path)

    def runs_of(key):
        return runs(stored[key])

    again = CopyIndex.load(path, runs_of)
    assert again.keys == list(stored)
    assert all(again.find(runs(text)).key == key for key, text in stored.items())
    for broken in (b"", b"PK\x03\x04", b"garbage" * 100):
        (tmp_path / "broken.npz").write_bytes(broken)
        assert len(CopyIndex.load(tmp_path / "broken.npz", runs_of)) == 0
    assert len(CopyIndex.load(tmp_path / "none.npz", runs_of)) == 0
