"""The commands, as a shell sees them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from claimhouse.cli import console
from claimhouse.cli.commands import app
from claimhouse.cli.explain import _shown
from claimhouse.evidence import Span
from claimhouse.warehouse import NoWarehouseError, Result, ask, connect, tables
from ingest import settings as settings_module

run = CliRunner().invoke


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIMHOUSE_DATA_DIR", str(tmp_path))
    settings_module.settings.cache_clear()
    yield tmp_path
    settings_module.settings.cache_clear()


@pytest.fixture
def warehouse(data: Path) -> Path:
    path = data / "claimhouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table places as"
            " select * from (values ('Borova', 49.38, 37.62), ('Nowhere', null, null)) t(place, lat, lon)"
        )
        connection.execute(
            "create table notes as select '[bold]a[/bold], \"b\"' as note, date '2025-11-20' as day, null as gone"
        )
    return path


def test_help_names_every_command() -> None:
    shown = run(app, ["--help"]).output
    for name in (
        "refresh",
        "status",
        "query",
        "explain",
        "extract",
        "trace",
        "examples",
        "gazetteer",
        "loads",
        "search",
        "serve",
    ):
        assert name in shown


def test_without_a_warehouse_every_reader_says_what_makes_one(data: Path) -> None:
    for arguments in (["query", "select 1"], ["explain", "x"], ["examples"]):
        result = run(app, arguments)
        assert result.exit_code == 1
        assert "claimhouse refresh" in result.output
    assert "claimhouse refresh" in run(app, ["status"]).output


def test_query_writes_table_csv_json_and_geojson(warehouse: Path) -> None:
    table = run(app, ["query", "select * from notes"])
    assert "[bold]a[/bold]" in table.output
    rows = list(csv.reader(io.StringIO(run(app, ["query", "-f", "csv", "select * from notes"]).output)))
    assert rows == [["note", "day", "gone"], ['[bold]a[/bold], "b"', "2025-11-20", ""]]
    assert json.loads(run(app, ["query", "-f", "json", "select day from notes"]).output) == [{"day": "2025-11-20"}]
    features = json.loads(run(app, ["query", "-f", "geojson", "from places"]).output)["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [37.62, 49.38]}
    assert features[1]["geometry"] is None
    assert features[0]["properties"] == {"place": "Borova"}
    assert run(app, ["query", "-f", "geojson", "from notes"]).exit_code == 1


def test_query_shows_what_is_too_wide_for_a_table_row_under_row(warehouse: Path) -> None:
    columns = ", ".join(f"'value {i}' as column_{i}" for i in range(40))
    wide = run(app, ["query", f"select {columns}, null as nothing"]).output
    assert "row 1 of 1" in wide
    assert re.search(r"column_39 +value 39", wide)
    assert "nothing" not in wide
    assert "row 1 of 1" not in run(app, ["query", "-f", "table", f"select {columns}"]).output
    assert re.search(r"note +\[bold\]a\[/bold\]", run(app, ["query", "-f", "vertical", "from notes"]).output)


def test_csv_ends_lines_as_files_do_and_guards_formulas_when_asked(warehouse: Path) -> None:
    sql = "select '=1+2' as a, '-5 tanks' as b, -5 as c, 'as said' as d"
    assert run(app, ["query", "-f", "csv", sql]).output == "a,b,c,d\n=1+2,-5 tanks,-5,as said\n"
    guarded = run(app, ["query", "-f", "csv", "--guard-formulas", sql]).output
    assert guarded == "a,b,c,d\n'=1+2,'-5 tanks,-5,as said\n"


def test_explain_takes_ids_from_a_pipe(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        for kind in ("claim", "figure", "date", "location", "event_mention"):
            connection.execute(f"create table fct_{kind}s ({kind}_id varchar)")
    assert "there is no fact a1;" in run(app, ["explain", "-"], input="claim_id,content\na1,x\n").output
    assert "there is no fact a2;" in run(app, ["explain", "-"], input="a2\n").output
    nothing = run(app, ["explain", "-"], input="claim_id\n")
    assert (nothing.exit_code, "no id on standard input" in nothing.output) == (1, True)


@pytest.mark.parametrize("sql", ["select", "select * from nowhere", "drop table places", "create table x (a int)"])
def test_query_refuses_what_is_wrong_or_would_write(warehouse: Path, sql: str) -> None:
    before = warehouse.read_bytes()
    result = run(app, ["query", sql])
    assert result.exit_code == 1
    assert "claimhouse:" in result.output
    assert warehouse.read_bytes() == before


@pytest.mark.parametrize(
    "sql",
    [
        "copy (select 1) to '{warehouse}' (use_tmp_file false)",
        "explain analyze copy (select 1) to '{warehouse}' (use_tmp_file false)",
        "explain /* a */ analyze copy (select 1) to '{warehouse}' (use_tmp_file false)",
        "explain analyze (format json) copy (select 1) to '{warehouse}' (use_tmp_file false)",
        "copy (select 1) to '{other}'",
        "select * from read_text('{secret}')",
        "select * from read_csv('{secret}')",
        "from '{secret}'",
        "select * from glob('{folder}/*')",
        "attach '{other}' as other",
        "set enable_external_access = true",
        "install fts",
        "export database '{other}'",
        "create temp table x as select 1",
        "select 1; select 2",
        "",
        "  -- nothing\n",
    ],
)
def test_query_reaches_no_file_but_the_warehouse(warehouse: Path, sql: str) -> None:
    secret = warehouse.with_name("secret.csv")
    secret.write_text("a,b\n1,hidden\n", encoding="utf-8")
    before = warehouse.read_bytes()
    names = {
        "warehouse": warehouse,
        "other": warehouse.with_name("other"),
        "secret": secret,
        "folder": warehouse.parent,
    }
    result = run(app, ["query", "--", sql.format(**names)])
    assert result.exit_code == 1
    assert "claimhouse:" in result.output
    assert "hidden" not in result.output
    assert warehouse.read_bytes() == before
    assert {p.name for p in warehouse.parent.iterdir()} == {warehouse.name, secret.name}


@pytest.mark.parametrize(
    "sql",
    ["from notes", "explain select 1", "explain analyze from notes", "show tables", "describe notes", "values (1)"],
)
def test_query_takes_whatever_only_reads(warehouse: Path, sql: str) -> None:
    assert run(app, ["query", sql]).exit_code == 0


@pytest.mark.parametrize(("more", "ends_by"), [(["--timeout", "1"], 1), ([], -signal.SIGINT)])
def test_a_statement_without_an_end_is_ended_by_its_time_limit_or_by_ctrl_c(
    warehouse: Path, more: list[str], ends_by: int
) -> None:
    endless = "select levenshtein(repeat('a', 3000000), repeat('b', 3000000))"
    command = [sys.executable, "-c", "from claimhouse.cli import main; main()", "query", endless, *more]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        if not more:
            time.sleep(3)
            process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == ends_by
    assert said == ("claimhouse: the statement took longer than 1 seconds and was broken off\n" if more else "")


def test_an_answer_is_written_to_a_file(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("out") / "places.csv"
    assert run(app, ["query", "from places", "--output", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8").splitlines()[0] == "place,lat,lon"
    again = run(app, ["query", "from notes", "--output", str(out)])
    assert again.exit_code == 1
    assert "--force" in again.output
    assert run(app, ["query", "from notes", "--output", str(out), "--force"]).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("note,")


def test_no_answer_is_written_into_the_data_folder(warehouse: Path) -> None:
    result = run(app, ["query", "from notes", "--output", str(warehouse), "--force"])
    assert result.exit_code == 1
    assert "data folder" in result.output
    assert tables(warehouse) == [("notes", 1), ("places", 2)]


@pytest.mark.parametrize(
    ("form", "found"),
    [("table", b"\\u041a\\u0438\\u0457\\u0432 "), ("csv", "Київ 🔥".encode()), ("json", "Київ 🔥".encode())],
)
def test_every_letter_is_written_where_the_terminal_has_few(warehouse: Path, form: str, found: bytes) -> None:
    command = [sys.executable, "-c", "from claimhouse.cli import main; main()", "query", "-f", form]
    done = subprocess.run(
        [*command, "select 'Київ 🔥' as place"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert found in done.stdout


def test_a_folder_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    from claimhouse import cli

    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    monkeypatch.setattr("sys.argv", ["claimhouse", "loads", "retry", "x"])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 1
    assert re.fullmatch(r"claimhouse: /.*: Permission denied\n", capsys.readouterr().err)


def test_a_file_that_is_no_warehouse_is_said_so(data: Path) -> None:
    path = data / "claimhouse.duckdb"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(NoWarehouseError, match="cannot be opened"), connect(path):
        pass


def test_parameters_and_counts(warehouse: Path) -> None:
    assert ask(warehouse, "select place from places where lat > $lat", {"lat": 1}).rows == [("Borova",)]
    assert tables(warehouse) == [("notes", 1), ("places", 2)]


def test_evidence_is_marked_in_its_sentence_only() -> None:
    text = "First one. Then Ada said that it rained. Last one."
    start = text.index("it rained")
    ada = text.index("Ada")
    shown = _shown(text, [Span(start, start + 9, "content"), Span(ada, ada + 3, "speaker")])
    assert shown.plain == "Then [Ada] said that [it rained]."


def test_extract_answers_each_line_in_order_and_survives_bad_ones(data: Path, tmp_path: Path) -> None:
    lines = [
        '{"doc_id": "a", "text": "He left on 5 May 2022.", "dct": "2025-11-27"}',
        "no json",
        '{"doc_id": "c"}',
        '{"doc_id": "d", "text": "x", "dct": "yesterday"}',
        "",
        '{"doc_id": 5, "text": "", "dct": null}',
        '["a", "list"]',
    ]
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    result = run(app, ["extract", "--kinds", "dates", str(file)])
    assert result.exit_code == 1
    out = [json.loads(line) for line in result.stdout.splitlines()]
    assert [o["doc_id"] for o in out] == ["a", None, "c", "d", 5, None]
    assert [("error" in o) for o in out] == [False, True, True, True, False, True]
    assert [d["value"] for d in out[0]["dates"]] == ["2022-05-05"]
    assert set(out[0]) == {"doc_id", "claims", "figures", "dates", "locations", "events"}
    assert "line 2" in result.stderr
    assert "4 lines could not be read" in result.stderr


def test_extract_reads_standard_input() -> None:
    result = run(app, ["extract", "--kinds", "dates", "-"], input='{"doc_id": 1, "text": "In May 2022."}\n')
    assert result.exit_code == 0
    assert json.loads(result.stdout)["dates"][0]["value"] == "2022-05"


def test_extract_refuses_unknown_kinds_and_missing_files(tmp_path: Path) -> None:
    assert run(app, ["extract", "--kinds", "smells", "-"], input="").exit_code == 2
    assert run(app, ["extract", str(tmp_path / "none.jsonl")]).exit_code == 2


def test_refresh_refuses_a_window_without_reextract() -> None:
    assert run(app, ["refresh", "--published-from", "2025-01-01"]).exit_code == 2


def test_a_long_title_stays_whole_over_a_narrow_table(capsys: pytest.CaptureFixture[str]) -> None:
    title = f"Published: /{'long/' * 60}claimhouse.duckdb"
    console.print_table(Result(["rows"], [(1,)]), title)
    assert title in capsys.readouterr().out.splitlines()


def test_a_line_that_is_no_document_is_told_what_one_is(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("plain words\n", encoding="utf-8")
    told = run(app, ["extract", "--kinds", "dates", str(tmp_path / "words.txt")])
    assert told.exit_code == 1
    assert told.stderr.splitlines()[-1].startswith('1 line could not be read; one is {"text": ')


def test_sources_are_listed_with_their_last_run(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.sources.state import Health

    (data / "sources.yml").write_text("sources:\n  - {name: mine, kind: folder, path: .}\n", encoding="utf-8")
    monkeypatch.setenv("CLAIMHOUSE_SOURCES_FILE", str(data / "sources.yml"))
    monkeypatch.setenv("COLUMNS", "200")
    settings_module.settings.cache_clear()
    for health, shown in (
        (Health(succeeded_at="2026-11-30T03:55:48.068566+00:00"), "2026-11-30 03:55 "),
        (Health(failures=1, problem="it is silent"), "failed once: it is silent"),
        (Health(failures=3, problem="it is silent"), "failed 3 times: it is silent"),
    ):
        monkeypatch.setattr("ingest.sources.health_of", lambda source, given, health=health: health)
        assert shown in run(app, ["sources", "list"]).stdout
