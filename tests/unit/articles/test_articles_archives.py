"""Web archives and tables: every page or row is a document of its own."""

import gzip
import io
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from article_reading import read_all
from hostile import body, page

from ingest.articles import ArticleDraft, read_document
from ingest.settings import Settings
from ingest.sources import open_source
from ingest.sources.config import TableConfig, WarcConfig


def archive(pages: list[tuple[str, bytes, str]], packed: bool = True, status: str = "200 OK") -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    buffer_headers = {"WARC-Date": "2025-11-27T08:00:00Z"}
    for url, data, media_type in pages:
        http = StatusAndHeaders(status, [("Content-Type", media_type)], protocol="HTTP/1.1")
        for kind in ("request", "response"):
            content = io.BytesIO(data if kind == "response" else b"")
            record = writer.create_warc_record(
                url, kind, payload=content, http_headers=http, warc_headers_dict=dict(buffer_headers)
            )
            writer.write_record(record)
    return buffer.getvalue()


PAGES = [
    (f"https://north.example/2025/11/26/story-{n}", page(n).encode(), "text/html; charset=utf-8") for n in range(4)
]


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_an_archive(packed):
    items = read_all(
        "a.warc.gz" if packed else "a.warc",
        archive([*PAGES, ("https://north.example/x.png", b"\x89PNG", "image/png")], packed),
    )
    assert [type(i) for i in items] == [ArticleDraft] * 4
    assert [i.url for i in items] == [url for url, _, _ in PAGES]
    assert {i.published_date for i in items} == {date(2025, 11, 26)}
    offsets = [int(i.uri.partition("#")[2]) for i in items]
    assert offsets == sorted(offsets)
    assert len({i.document_sha256 for i in items}) == 4


def test_an_archive_packed_in_one_piece_is_read_too():
    items = read_all("a.warc.gz", gzip.compress(archive(PAGES, packed=False)))
    assert [type(i) for i in items] == [ArticleDraft] * 4


def test_an_archive_packed_as_zstd():
    import zstandard

    items = read_all("a.warc.zst", zstandard.compress(archive(PAGES, packed=False)))
    assert [type(i) for i in items] == [ArticleDraft] * 4


def test_a_date_after_the_archiving_is_not_believed():
    later = [("https://north.example/2025/11/30/x", page(1).encode(), "text/html")]
    (item,) = read_all("a.warc.gz", archive(later))
    assert item.published_date is None
    assert "date_in_future" in item.warnings


def test_errors_in_an_archive_are_no_documents():
    (item,) = read_all("a.warc.gz", archive(PAGES, status="404 Not Found"))
    assert (item.uri, item.reason) == ("a.warc.gz", "empty")


@pytest.mark.parametrize("cut", [10, 300, 1_500])
def test_an_archive_that_breaks_off_gives_what_is_whole(cut):
    whole = read_all("a.warc.gz", archive(PAGES))
    items = read_all("a.warc.gz", archive(PAGES)[:-cut])
    drafts = [i for i in items if isinstance(i, ArticleDraft)]
    assert 2 <= len(drafts) <= 4
    assert [d.text for d in drafts] == [d.text for d in whole[: len(drafts)]]
    assert len(drafts) == 4 or cut == 1_500 or [i.reason for i in items[len(drafts) :]] == ["malformed"]


def test_what_is_no_archive():
    (item,) = read_all("a.warc", b"garbage " * 100)
    assert (item.reason, item.uri) == ("empty", "a.warc")
    (item,) = read_all("a.warc.gz", gzip.compress(b"\0" * 50_000_000))
    assert item.reason in ("malformed", "too_large")


def test_archives_whose_name_hides_how_they_are_packed():
    assert [type(i) for i in read_all("a.warc", archive(PAGES))] == [ArticleDraft] * 4
    bomb = gzip.compress(b"\0" * 50_000_000)
    for name, data in (("a.warc", bomb), ("a.warc", gzip.compress(bomb)), ("a.warc.gz", gzip.compress(bomb))):
        (item,) = read_all(name, data)
        assert item.reason in ("too_large", "malformed")


def test_records_that_are_known_are_not_parsed_again(tmp_path, monkeypatch):
    (tmp_path / "a.warc.gz").write_bytes(archive(PAGES))
    config = WarcConfig(name="w", kind="warc", path=tmp_path)
    (raw,) = open_source(config, Settings()).documents(lambda u, f: False)
    first = list(read_document(raw, config, Settings()))
    known = {(i.uri, i.document_sha256) for i in first[:3]}
    import ingest.articles.page as module

    parsed = []
    real = module.parse
    monkeypatch.setattr(module, "parse", lambda text: (parsed.append(1), real(text))[1])
    assert [i.uri for i in read_document(raw, config, Settings(), known=lambda u, s: (u, s) in known)] == [first[3].uri]
    assert len(parsed) == 1


def test_a_source_of_archives_takes_only_those(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("a.warc.gz", "b/c.warc", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    config = WarcConfig(name="w", kind="warc", path=tmp_path)
    assert [d.uri for d in open_source(config, Settings()).documents(lambda u, f: False)] == ["a.warc.gz", "b/c.warc"]
    one = WarcConfig(name="w", kind="warc", path=tmp_path / "b" / "c.warc")
    assert [d.uri for d in open_source(one, Settings()).documents(lambda u, f: False)] == ["c.warc"]


ROWS = [{"body_en": body(n), "head": f"Head {n}", "day": "2025-11-27", "nr": n} for n in range(3)]
FIELDS = {"text": "body_en", "title": "head", "published": "day", "id": "nr"}


def table(kind: str, path: Path, **more) -> TableConfig:
    return TableConfig(name="t", kind=kind, path=path, fields=FIELDS, **more)


def written(kind: str, folder: Path) -> TableConfig:
    path = folder / f"rows.{kind}"
    if kind == "jsonl":
        path.write_text("\n".join(json.dumps(r) for r in ROWS))
    elif kind == "csv":
        import csv

        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, list(ROWS[0]))
            writer.writeheader()
            writer.writerows(ROWS)
    else:
        pq.write_table(pa.Table.from_pylist(ROWS), path)
    return table(kind, path)


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_rows_with_names_of_their_own(tmp_path, kind):
    config = written(kind, tmp_path)
    (raw,) = open_source(config, Settings()).documents(lambda u, f: False)
    items = list(read_document(raw, config, Settings()))
    assert [i.text for i in items] == [f"Head {n}\n\n{body(n)}" for n in range(3)]
    assert {i.published_date for i in items} == {date(2025, 11, 27)}
    assert len({i.article_id for i in items}) == 3


@pytest.mark.parametrize(
    ("name", "data", "reasons"),
    [
        ("a.csv", "head,body_en\na,b,c\n", ["malformed"]),
        ("a.csv", "head,other\na,b\n", ["malformed"]),
        ("a.csv", "", ["empty"]),
        ("a.csv", "head,body_en\n", ["empty"]),
        ("a.csv", b"\x89PNG\0", ["binary"]),
        ("a.csv", 'head,body_en\n"never closed,' + "x" * 300_000, ["malformed"]),
        ("a.parquet", b"PAR1 and nothing", ["malformed"]),
    ],
)
def test_tables_that_are_none(name, data, reasons):
    config = table(name[2:], Path("unused"))
    items = read_all(name, data, source=config, settings=Settings(max_document_bytes=100_000))
    assert [i.reason for i in items] == reasons


def test_a_delimiter_is_found_or_given():
    text = f"head\tbody_en\nOne\t{body(1).splitlines()[0]}\n"
    (item,) = read_all("a.tsv", text, source=table("csv", Path("unused")))
    assert item.title == "One"
    (item,) = read_all("a.csv", text.replace("\t", "|"), source=table("csv", Path("unused"), delimiter="|"))
    assert item.title == "One"
