"""``claimhouse extract``: the extractors without the warehouse, JSONL in, JSONL out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Annotated, Any

import orjson
import typer

from claimhouse.cli import console

# a progress line this often where stderr is no terminal
_SECONDS_BETWEEN_LINES = 30


_LINE = '{"text": "What the article says.", "dct": "2025-11-27"}'


class _BadLineError(ValueError):
    """An input line that is no document; the message says what is wrong with it."""


def extract(
    file: Annotated[
        Path | None,
        typer.Argument(help="JSONL file of documents; standard input where left out or '-'.", show_default=False),
    ] = None,
    kinds: Annotated[
        str, typer.Option(help="Which facts to find, separated by commas.")
    ] = "dates,figures,locations,claims,events",
) -> None:
    """Find the facts in documents: one JSON line in, one JSON line out, in order, as it goes.

    A line is {"doc_id": …, "text": …, "dct": "2025-11-27" or null}, where dct is the publication
    date. A line that cannot be read gives a line with "error" and no facts, and exit status 1.
    """
    from ingest.extract.pipeline import Pipeline
    from ingest.extract.wire import to_json
    from ingest.records import Facts
    from ingest.settings import settings

    console.narrate("ingest.extract")
    source, size = _open(file)
    try:
        pipeline = Pipeline(settings().model, settings().gazetteer_dir, tuple(kinds.split(",")), settings().parser)
    except ValueError as problem:
        raise typer.BadParameter(str(problem), param_hint="--kinds") from None
    out = sys.stdout.buffer
    failed = 0
    with source, _progress(size) as advance:
        for number, line in enumerate(source, 1):
            if line.strip():
                doc_id: Any = None
                try:
                    document = _object(line)
                    doc_id = document.get("doc_id")
                    text, dct = _fields(document)
                    result = to_json(doc_id, pipeline.extract(text, dct))
                # one document must not cost the ones behind it
                except Exception as problem:
                    failed += 1
                    message = str(problem) if isinstance(problem, _BadLineError) else repr(problem)
                    print(f"line {number}: {message}", file=sys.stderr)
                    empty = Facts(claims=[], figures=[], dates=[], locations=[])
                    result = {**to_json(doc_id, empty), "error": message}
                out.write(orjson.dumps(result, option=orjson.OPT_APPEND_NEWLINE))
                out.flush()
            advance(len(line))
    if failed:
        print(f"{failed} {'line' if failed == 1 else 'lines'} could not be read; one is {_LINE}", file=sys.stderr)
        raise typer.Exit(1)


def _open(file: Path | None) -> tuple[IO[bytes], int | None]:
    if file is None or str(file) == "-":
        return sys.stdin.buffer, None
    try:
        return file.open("rb"), file.stat().st_size
    except OSError as problem:
        raise typer.BadParameter(f"{file}: {problem.strerror}", param_hint="FILE") from None


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as problem:
        raise _BadLineError(f"not JSON: {problem}") from None
    if not isinstance(value, dict):
        raise _BadLineError("not a JSON object")
    return value


def _fields(value: dict[str, Any]) -> tuple[str, date | None]:
    text, dct = value.get("text"), value.get("dct")
    if not isinstance(text, str):
        raise _BadLineError('"text" must be a string')
    if dct is not None:
        try:
            dct = date.fromisoformat(dct[:10])
        except (TypeError, ValueError):
            raise _BadLineError(f'"dct" must be a date as "2025-11-27" or null, not {dct!r}') from None
    return text, dct


@contextmanager
def _progress(size: int | None) -> Iterator[Any]:
    """A bar on a terminal, a line now and then elsewhere; yields what is told of each line's bytes."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TimeElapsedColumn, TransferSpeedColumn

        columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task("extract", total=size)
            yield lambda n: bar.advance(task, n)
        return
    started = told = time.monotonic()
    done = documents = 0

    def advance(n: int) -> None:
        nonlocal told, done, documents
        done, documents = done + n, documents + 1
        if time.monotonic() - told >= _SECONDS_BETWEEN_LINES:
            told = time.monotonic()
            what = "document" if documents == 1 else "documents"
            print(f"{documents} {what}, {done / 1000 / (told - started):.1f} KB/s", file=sys.stderr)

    yield advance
