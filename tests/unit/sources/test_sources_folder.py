"""A folder is read whole, in order, and only once."""

import os
from datetime import UTC
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.articles import Rejection, read_document
from ingest.documents import open_regular
from ingest.settings import Settings
from ingest.sources import RawDocument, open_source
from ingest.sources.config import FolderConfig, TableConfig
from ingest.sources.folder import FolderSource

NOTHING_KNOWN = lambda uri, fingerprint: False  # noqa: E731


def read(folder: Path, known=NOTHING_KNOWN, opener=open_regular) -> list[RawDocument]:
    return list(FolderSource("inbox", folder, opener).documents(known))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / "b" / "c" / "deep.txt").write_text("deep")
    (tmp_path / "b" / "two.txt").write_text("two")
    (tmp_path / "a.txt").write_text("one")
    return tmp_path


def test_files_come_in_order_with_their_digest(inbox):
    found = read(inbox)
    assert [d.uri for d in found] == ["a.txt", "b/c/deep.txt", "b/two.txt"]
    assert found[0].fingerprint == sha256(b"one").hexdigest()
    assert found[0].path == inbox / "a.txt"
    assert found[0].byte_count == 3
    assert found[0].fetched_at.tzinfo is UTC
    assert all(d.problem is None for d in found)


def test_what_is_known_is_passed_over(inbox):
    before = {(d.uri, d.fingerprint) for d in read(inbox)}
    (inbox / "a.txt").write_text("changed")
    assert [d.uri for d in read(inbox, lambda u, f: (u, f) in before)] == ["a.txt"]


def test_an_unreadable_file_is_reported_once_until_it_changes(inbox):
    def refuse(path: Path):
        if path.name == "two.txt":
            raise PermissionError(13, "Permission denied")
        return open_regular(path)

    (refused,) = [d for d in read(inbox, opener=refuse) if d.problem]
    assert refused.problem == ("unreadable", "Permission denied")
    known = {(refused.uri, refused.fingerprint)}
    again = read(inbox, lambda u, f: (u, f) in known, refuse)
    assert [d.uri for d in again] == ["a.txt", "b/c/deep.txt"]
    os.utime(inbox / "b" / "two.txt", (1, 1))
    assert "b/two.txt" in [d.uri for d in read(inbox, lambda u, f: (u, f) in known, refuse)]


def test_a_file_that_changes_while_it_is_read_waits_for_the_next_run(inbox):
    def writes_on(path: Path):
        if path.name == "a.txt":
            with path.open("a") as file:
                file.write("more")
        return open_regular(path)

    (document, *_) = read(inbox, opener=writes_on)
    assert document.problem
    assert "changed while it was read" in document.problem[1]
    assert read(inbox)[0].problem is None


def test_a_file_that_vanishes_is_reported(inbox):
    def gone(path: Path):
        path.unlink()
        return open_regular(path)

    assert {d.problem and d.problem[0] for d in read(inbox, opener=gone)} == {"unreadable"}


def test_a_link_that_leads_out_is_refused_and_one_inside_is_read(inbox, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text("secret")
    (inbox / "out.txt").symlink_to(outside)
    (inbox / "in.txt").symlink_to(inbox / "a.txt")
    (inbox / "folder").symlink_to(inbox / "b", target_is_directory=True)
    found = {d.uri: d for d in read(inbox)}
    assert found["out.txt"].problem == ("outside_inbox", "a link that leads out of the folder")
    assert found["out.txt"].path is None
    assert found["in.txt"].problem is None
    assert "folder" not in found


def test_a_folder_that_is_a_link_itself_is_read(inbox, tmp_path_factory):
    link = tmp_path_factory.mktemp("links") / "inbox"
    link.symlink_to(inbox, target_is_directory=True)
    assert [d.problem for d in read(link)] == [None] * 3


def test_a_pipe_is_never_waited_for(inbox):
    os.mkfifo(inbox / "pipe.txt")
    with pytest.raises(OSError, match="no regular file"):
        open_regular(inbox / "pipe.txt")
    assert [d.problem for d in read(inbox) if d.uri == "pipe.txt"] == [("unsupported_type", "a named pipe")]


def test_a_folder_that_cannot_be_listed_is_reported(inbox, monkeypatch):
    real = os.scandir

    def scandir(path):
        if str(path).endswith("/b"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = {d.uri: d.problem for d in read(inbox)}
    assert found == {"a.txt": None, "b": ("unreadable", "cannot be listed: Permission denied")}


def deepen(folder: Path, name: str, levels: int) -> None:
    """Make folders inside each other, whose path may become longer than a system call takes."""
    at = os.open(folder, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir(name, dir_fd=at)
        inner = os.open(name, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    file = os.open("found.txt", os.O_WRONLY | os.O_CREAT, dir_fd=at)
    os.write(file, b"at the bottom")
    os.close(file)
    os.close(at)


@pytest.mark.parametrize(("length", "levels"), [(200, 21), (250, 17), (100, 41)])
def test_a_path_that_is_too_long_costs_itself_only(inbox, length, levels):
    deepen(inbox / "b", "d" * length, levels)
    found = read(inbox)
    assert [d.uri for d in found if not d.problem] == ["a.txt", "b/c/deep.txt", "b/two.txt"]
    (refused,) = [d for d in found if d.problem]
    assert refused.problem[0] == "unreadable"
    assert "File name too long" in refused.problem[1]
    assert read(inbox, lambda u, f: (u, f) in {(d.uri, d.fingerprint) for d in found}) == []


def test_folders_deeper_than_python_recurses_are_read(inbox):
    deepen(inbox, "d", 1_100)
    try:
        assert [d.uri.rsplit("/", 1)[-1] for d in read(inbox)] == ["a.txt", "deep.txt", "two.txt", "found.txt"]
    finally:
        # what clears up after tests recurses too
        os.system(f"rm -rf '{inbox / 'd'}'")


def test_what_the_program_writes_is_no_document(inbox):
    settings = Settings(data_dir=inbox / "data", inbox=inbox)
    for name in ("landing/archive/aa/aa", "reports/briefing.html", "inbox/own.txt"):
        path = inbox / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    (inbox / "b" / "data").mkdir()
    (inbox / "b" / "data" / "three.txt").write_text("three")
    (inbox / "rows.csv").write_text("text\n")
    (inbox / "data" / "rows.csv").write_text("text\n")

    def uris(**entry):
        config = TableConfig(name="x", **entry) if entry["kind"] == "csv" else FolderConfig(name="x", **entry)
        return [d.uri for d in open_source(config, settings).documents(NOTHING_KNOWN)]

    assert uris(kind="folder") == ["a.txt", "b/c/deep.txt", "b/data/three.txt", "b/two.txt", "rows.csv"]
    assert uris(kind="folder", path=inbox / "data" / "inbox") == ["own.txt"]
    assert uris(kind="csv", path=inbox) == ["rows.csv"]
    with pytest.raises(ValueError, match="is what the program writes into"):
        uris(kind="folder", path=inbox / "data")


def test_names_make_uris_that_can_be_taken_apart(tmp_path):
    for name in (b"50% #1.txt", b"caf\xe9.txt", b"new\nline.txt", "Київ.txt".encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    uris = [d.uri for d in read(tmp_path)]
    assert sorted(uris) == sorted(["50%25 %231.txt", "caf%E9.txt", "new%0Aline.txt", "Київ.txt"])


def test_no_folder_is_no_error(tmp_path):
    assert read(tmp_path / "nowhere") == []


def test_a_file_that_vanishes_before_it_is_parsed_is_a_rejection(inbox):
    config = FolderConfig(name="inbox", kind="folder", path=inbox)
    raw = next(iter(open_source(config, Settings()).documents(NOTHING_KNOWN)))
    (inbox / "a.txt").unlink()
    (item,) = read_document(raw, config, Settings())
    assert isinstance(item, Rejection)
    assert item.reason == "unreadable"


def test_a_file_of_which_next_to_nothing_was_written_is_refused_unread(inbox):
    hollow = inbox / "hollow.txt"
    with hollow.open("wb") as file:
        file.truncate(2**40)
    if hollow.stat().st_blocks:
        pytest.skip("this file system writes zeros")

    def opener(path: Path):
        assert path.name != "hollow.txt"
        return open_regular(path)

    [found] = [d for d in read(inbox, opener=opener) if d.uri == "hollow.txt"]
    assert found.problem == ("too_large", "1099511627776 bytes, nearly all of which were never written")
    assert found.byte_count == 2**40
