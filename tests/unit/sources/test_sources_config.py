"""What ``sources.yml`` may say, and how it is told when it says something else."""

import os
from pathlib import Path

import pytest

from ingest.home import PROGRAM_DIR
from ingest.settings import Settings
from ingest.sources import SourcesError, load_sources

GOOD = """\
publishers:
  - name: Northern Post
    country: UA
    side: UA
    domains: [north.example]
sources:
  - name: inbox
    kind: folder
  - name: wire
    kind: folder
    path: wire
    publisher: The Wire
    publisher_country: RU
    language: en
    is_enabled: false
"""


def load(folder: Path, text: str):
    path = folder / "sources.yml"
    path.write_text(text, encoding="utf-8")
    return load_sources(path, Settings(inbox=folder / "in"))


def test_a_list_of_sources(tmp_path):
    inbox, wire = load(tmp_path, GOOD)
    assert (inbox.name, inbox.path, inbox.is_enabled) == ("inbox", tmp_path / "in", True)
    assert (wire.path, wire.is_enabled, wire.publisher_country) == (tmp_path / "wire", False, "RU")


def test_the_list_that_comes_with_the_project_is_good():
    assert load_sources(PROGRAM_DIR / "sources.yml", Settings())


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("kind: folder\n    path", "kind: folger\n    path", 10, "allowed are: "),
        ("name: wire", "name: inbox", 9, "is taken at"),
        ("name: wire", "name: The Wire!", 9, "sources.1.name"),
        ("publisher_country: RU", "publisher_country: Russia", 13, "ISO 3166-1"),
        ("language: en", "languag: en", 14, "unknown key; allowed are: name, kind"),
        ("is_enabled: false", "is_enabled: perhaps", 15, "boolean"),
        ("    country: UA", "    country: ukraine", 3, "publishers.0.country"),
        ("  - name: inbox\n    kind: folder", "  - inbox", 7, "kind is None"),
        ("sources:", "source:", 6, "unknown key"),
        ("    side: UA", "    side: [", 4, "no valid YAML"),
        ("kind: folder\n    path", "kind: [folder]\n    path", 10, "allowed are: "),
        ("    publisher_country: RU", "    publisher_country: RU\n    kind: feed", 14, "'kind' stands here twice"),
        ("kind: folder\n    path: ", "kind: folder\n    path: ~nosuch/", 11, "nobody's home folder"),
        ("kind: folder\n    path: ", 'kind: folder\n    path: "a\\0b" #', 11, "no zero bytes"),
    ],
)
def test_an_error_names_file_line_and_what_is_allowed(tmp_path, old, new, line, says):
    assert old in GOOD
    with pytest.raises(SourcesError) as error:
        load(tmp_path, GOOD.replace(old, new))
    assert says in str(error.value)
    lines = [int(m.split(":")[1]) for m in str(error.value).splitlines() if m.startswith(str(tmp_path))]
    assert line in lines or (says == "no valid YAML" and lines)


@pytest.mark.parametrize("text", ["", "[]", "sources: []", "sources: 7", "- a\n- b", "\0", "a: &a [*a]"])
def test_what_is_no_list_of_sources_is_an_error_and_nothing_else(tmp_path, text):
    with pytest.raises(SourcesError):
        load(tmp_path, text)


def test_a_file_can_include_others(tmp_path):
    (tmp_path / "more.yml").write_text("sources:\n  - {name: third, kind: folder}\n")
    assert [s.name for s in load(tmp_path, "include: [more.yml]\n" + GOOD)] == ["inbox", "wire", "third"]
    (tmp_path / "more.yml").write_text("include: [sources.yml]\n")
    for name in ("more.yml", "./more.yml", "../" + tmp_path.name + "/more.yml"):
        with pytest.raises(SourcesError, match="read already"):
            load(tmp_path, f"include: [{name}]\n" + GOOD)
    (tmp_path / "more.yml").write_text("sources: []\n")
    with pytest.raises(SourcesError, match=r"more.yml is read already, by .*sources.yml:1; a file is included once"):
        load(tmp_path, "include: [more.yml, more.yml]\n" + GOOD)


def test_what_never_ends_is_no_list_of_sources(tmp_path):
    os.mkfifo(tmp_path / "pipe.yml")
    (tmp_path / "large.yml").write_bytes(b"#" * 4_000_001)
    for name, says in (("/dev/zero", "no file"), ("pipe.yml", "no file"), (".", "no file"), ("large.yml", "4,000,000")):
        with pytest.raises(SourcesError, match=f"cannot be read: .*{says}"):
            load(tmp_path, f"include: ['{name}']\n" + GOOD)
    with pytest.raises(SourcesError, match="zero bytes"):
        load(tmp_path, 'include: ["a\\0b"]\n' + GOOD)


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(SourcesError, match=r"there is no .*none\.yml; `claimhouse init"):
        load_sources(tmp_path / "none.yml", Settings())


@pytest.mark.parametrize(
    ("name", "url", "expected"),
    [
        ("northern  POST", None, ("Northern Post", "UA", "UA")),
        (None, "https://www.north.example/a", ("Northern Post", "UA", "UA")),
        (None, "https://notnorth.example/a", None),
        ("Somebody", "https://other.example/a", ("Somebody", None, None)),
        (None, None, None),
    ],
)
def test_a_document_s_publisher(tmp_path, name, url, expected):
    found = load(tmp_path, GOOD)[0].publisher_of(name, url)
    assert (found and (found.name, found.country, found.side)) == expected


def test_the_source_s_publisher_stands_where_the_document_names_none(tmp_path):
    wire = load(tmp_path, GOOD)[1]
    assert wire.publisher_of(None, None).country == "RU"
    assert wire.publisher_of("the wire", None).country == "RU"
    assert wire.publisher_of("Northern Post", None).country == "UA"
