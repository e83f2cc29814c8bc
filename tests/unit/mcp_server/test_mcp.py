"""The server for assistants, asked by the client of the same SDK, as an assistant does."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Coroutine
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.server import MCPServer
from mcp.shared.exceptions import MCPError
from published import Warehouse, town

from claimhouse.bounded import LimitError
from claimhouse.mcp import answers
from claimhouse.mcp.schema import tables
from claimhouse.mcp.server import build_server, http_app
from claimhouse.publications import Publication
from ingest.settings import Settings


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    made = town(tmp_path_factory.mktemp("mcp") / "claimhouse.duckdb")
    made.add("events", event_id="e1", kind="leave", place_id="g2", place="Lysychansk", country="UA", voice_count=1,
             dispute_count=0, last_published_date=date(2025, 11, 20), first_date=date(2025, 11, 17))  # fmt: skip
    made.add(
        "event_members",
        event_member_id="em1",
        event_id="e1",
        event_mention_id="m2",
        is_superseded=False,
        voice="Test Post",
    )
    made.publish(gazetteer=lambda wanted: {702320: ["lisichansk", "lysychansk"]})
    return made


@pytest.fixture(scope="module")
def server(made: Warehouse) -> MCPServer:
    return build_server(Settings(data_dir=made.path.parent))


def talk(server: Any, ask: Callable[[Client], Coroutine[Any, Any, Any]]) -> Any:
    """What one conversation with the server gives."""

    async def conversation() -> Any:
        async with Client(server) as client:
            return await ask(client)

    return anyio.run(conversation)


def call(server: Any, tool: str, **arguments: Any) -> Any:
    """The answer of a tool as it is given to the assistant; what it refuses, as text."""
    result = talk(server, lambda client: client.call_tool(tool, arguments))
    return result.content[0].text if result.is_error else json.loads(result.content[0].text)


def test_the_tools_only_read_and_say_what_they_are_for(server: MCPServer) -> None:
    listed = talk(server, lambda client: client.list_tools()).tools
    assert {tool.name for tool in listed} == {"search", "events", "explain", "ask", "sql"}
    assert all(tool.annotations.read_only_hint and tool.description for tool in listed)
    assert (
        "who holds" in next(t.description for t in listed if t.name == "ask").lower()
        or "Parameters" in listed[3].description
    )


def test_search_gives_the_words_that_prove_it_and_a_link(server: MCPServer) -> None:
    found = call(server, "search", query="withdrawal from Lisichansk", limit=1)
    [hit] = found["hits"]
    assert (hit["record"], hit["id"], hit["publisher"], hit["published_date"]) == (
        "event_mention",
        "m2",
        "Test Post",
        "2025-11-20",
    )
    assert hit["evidence"] == ["The army withdrew from Lysychansk on Monday"]
    assert hit["link"] == "http://127.0.0.1:8765/mentions/m2"
    assert found["total"] == 1


def test_events_are_told_in_the_words_of_their_voices(server: MCPServer) -> None:
    [event] = call(server, "events", place="Lisichansk", kind="leave")["events"]
    assert event["evidence"][0]["words"] == "The army withdrew from Lysychansk on Monday"
    assert event["links"]["event_id"] == "http://127.0.0.1:8765/events/e1"
    assert call(server, "events", disputed_only=True) == {"events": [], "total": 0, "has_more": False}


def test_an_id_is_explained_by_its_sentence_rule_and_article(server: MCPServer) -> None:
    told = call(server, "explain", identity="c1")
    assert told["sentence"] == "Colonel Anton Zelenskyy said that his men had left Kyiv Street."
    assert {"text": "his men had left Kyiv Street", "role": "content"} in told["evidence"]
    assert told["article"]["publisher"] == "Test Post"
    assert told["row"]["links"]["actor_id"].endswith("/actors/p1")
    assert call(server, "explain", identity="e1")["evidence"][0]["event_mention_id"] == "m2"
    for identity in ("m2", "l1"):
        assert call(server, "explain", identity=identity)["sentence"]
    assert "nothing of the id" in call(server, "explain", identity="' or true --")


def test_a_question_is_asked_by_its_number_with_names_in_any_spelling(server: MCPServer) -> None:
    answer = call(server, "ask", question="1", parameters={"place": "Lysychansk"})
    assert answer["rows"] == []
    assert "holder" in answer["columns"]
    assert "no place here" in call(server, "ask", question="1", parameters={"place": "Atlantis"})
    assert "there is no question 99" in call(server, "ask", question="99")
    assert "takes no" in call(server, "ask", question="1", parameters={"colour": "red"})


def test_sql_reads_within_its_limits(server: MCPServer) -> None:
    answer = call(server, "sql", statement="select claim_id, content from fct_claims")
    assert answer["rows"][0]["links"] == {"claim_id": "http://127.0.0.1:8765/claims/c1"}
    many = call(server, "sql", statement="select * from range(100000)", limit=5)
    assert (len(many["rows"]), many["has_more"]) == (5, True)
    long = call(server, "sql", statement="select repeat('x', 1000000) as x")["rows"][0]["x"]
    assert len(long) < 3_000


@pytest.mark.parametrize(
    "statement",
    [
        "drop table fct_claims", "select 1; drop table fct_claims", "copy fct_claims to '/tmp/out.csv'", "",
        "select * from read_text('/etc/passwd')", "attach '/tmp/x.duckdb'", "set enable_external_access = true",
        "install httpfs", "select * from '/etc/passwd'", "insert into fct_claims select 1",
        "explain analyze delete from fct_claims", "select getenv('HOME')", "selekt", "call pragma_version()",
    ],
)  # fmt: skip
def test_sql_reaches_nothing_else_and_writes_nothing(server: MCPServer, made: Warehouse, statement: str) -> None:
    before = made.path.read_bytes()
    assert isinstance(call(server, "sql", statement=statement), str)
    assert made.path.read_bytes() == before


def test_a_statement_without_an_end_is_broken_off_and_the_next_is_answered(
    server: MCPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "SECONDS", 1.0)
    assert "broken off" in call(server, "sql", statement="select count(*) from range(100000000), range(100000)")
    refused = call(server, "sql", statement="select repeat('x', 4000000000)")
    assert "more memory" in refused or "broken off" in refused
    monkeypatch.undo()
    assert call(server, "sql", statement="select 1 as one")["rows"] == [{"one": 1}]


def test_a_question_that_takes_too_long_is_broken_off(made: Warehouse) -> None:
    publication = Publication(made.path)
    with pytest.raises(LimitError, match="broken off"), answers.in_time(publication, 0.2) as cursor:
        cursor.execute("select count(*) from range(100000000), range(100000)").fetchall()
    publication.close()


def test_limits_of_arguments_are_held(server: MCPServer) -> None:
    for arguments in ({"query": "x", "limit": 10_000}, {"query": "x", "record": "name"}, {"query": "x" * 5_000}, {}):
        assert isinstance(call(server, "search", **arguments), str)
    assert "a day is written as" in call(server, "search", query="x", since="yesterday")


def test_the_tables_are_described_as_resources(server: MCPServer) -> None:
    def read(uri: str) -> str:
        return talk(server, lambda client: client.read_resource(uri)).contents[0].text

    assert "fct_claims" in read("claimhouse://schema")
    assert "- claim_id (VARCHAR):" in read("claimhouse://schema/fct_claims")
    assert "- strike:" in read("claimhouse://codes/event_kind")
    assert all(table.meaning and table.columns for table in tables().values())

    async def is_refused(client: Client, uri: str) -> bool:
        with pytest.raises(MCPError):
            await client.read_resource(uri)
        return True

    for uri in ("claimhouse://schema/nothing", "claimhouse://schema/..%2f..%2fetc", "claimhouse://codes/nothing"):
        assert talk(server, lambda client, uri=uri: is_refused(client, uri))


def test_without_a_warehouse_it_says_what_makes_one(tmp_path: Path) -> None:
    assert "claimhouse refresh" in call(build_server(Settings(data_dir=tmp_path)), "search", query="x")


def test_an_assistant_starts_it_as_a_command(made: Warehouse) -> None:
    environment = {**os.environ, "CLAIMHOUSE_DATA_DIR": str(made.path.parent)}
    program = "import sys; from claimhouse.cli import main; sys.argv = ['claimhouse', 'mcp']; main()"
    command = StdioServerParameters(command=sys.executable, args=["-c", program], env=environment)
    assert call(command, "search", query="army")["hits"][0]["id"] == "m2"


def test_by_http_only_this_machine_is_answered(server: MCPServer) -> None:
    app = http_app(server)
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    shared = {"accept": "application/json, text/event-stream", "content-type": "application/json"}

    async def statuses() -> list[int]:
        found = []
        transport = httpx.ASGITransport(app=app)
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as client:
            for given in (
                [("host", "127.0.0.1:8766")],
                [("host", "evil.example")],
                [("host", "127.0.0.1:8766"), ("host", "evil.example")],
                [("host", "127.0.0.1:8766"), ("origin", "http://evil.example")],
            ):
                headers = [*shared.items(), *given]
                answer = await client.post("http://127.0.0.1:8766/mcp", json=body, headers=headers)
                found.append(answer.status_code)
        return found

    assert anyio.run(statuses) == [200, 421, 421, 403]


def test_a_statement_that_is_only_parsed_reads_no_file(server: MCPServer, tmp_path: Path) -> None:
    (tmp_path / "schema.sql").write_text("select 'kept to itself';", encoding="utf-8")
    (tmp_path / "load.sql").write_text("", encoding="utf-8")
    refused = call(server, "sql", statement=f"import database '{tmp_path}'")
    assert isinstance(refused, str)
    assert "permission" in refused.lower()
