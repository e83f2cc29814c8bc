"""The pages of the server: what they show, that they change to the next publication, and that attacks fail."""

from __future__ import annotations

import csv
import io
import json
import queue
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow.parquet as pq
import pytest
from published import Warehouse, town
from starlette.testclient import TestClient

from claimhouse.loopback import is_loopback
from claimhouse.publications import Publication, Publications
from claimhouse.selections import Filters, Where, select
from claimhouse.serve import views
from claimhouse.serve.app import build_app
from claimhouse.serve.charts import control_weeks
from claimhouse.serve.maps import LAND
from claimhouse.serve.parameters import PAGE, Asked
from claimhouse.serve.prepare import prepare
from ingest.settings import Settings

BASE = "http://127.0.0.1:8765"
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def house(root: Path, *, looked_up: bool = True) -> Warehouse:
    made = town(root / "claimhouse.duckdb")
    made.article("v2", f"{EVIL} said that Borova is in our hands.", title=EVIL, publisher=EVIL, side="UA")
    made.claim(
        "c2", "v2", "Borova is in our hands", speaker_name=EVIL, speaker_side="UA", topic="control", actor_id="p2"
    )
    made.location("l5", "v2", "Borova", "Borova", "g5", admin1=EVIL)
    made.actor("p2", EVIL)
    made.add("bridge_claim_locations", claim_link_id="k2", claim_id="c2", location_id="l5", article_version_id="v2",
             is_current=True)  # fmt: skip
    made.add("events", event_id="e1", kind="leave", place_id="g2", place="Lysychansk", country="UA", voice_count=2,
             admin1="Luhansk Oblast", is_dated=True, is_state=False, dispute_count=1, first_date=date(2025, 11, 17),
             last_date=date(2025, 11, 17), first_published_date=date(2025, 11, 20), agent=EVIL, origin_count=1,
             last_published_date=date(2025, 11, 20), article_count=1, denying_voice_count=1, lat=48.9, lon=38.4,
             mention_count=1, publisher_count=1)  # fmt: skip
    made.add("event_members", event_member_id="em1", event_id="e1", event_mention_id="m2", is_superseded=False,
             voice=EVIL, score=0.5, rule_id="first")  # fmt: skip
    made.add("relations", relation_id="r1", kind="contradicts", axis="polarity", event_id="e1", confidence=0.9,
             rule_id="said_and_denied", earlier_voice="a", later_voice=EVIL, earlier_words=EVIL, later_words="no",
             group_id="e1", earlier_claim_id="c1", later_claim_id="c2", earlier_version_id="v1", later_version_id="v2",
             earlier_start=0, earlier_end=7, later_start=0, later_end=5, earlier_article_id="a-v1",
             later_article_id="a-v2",
             later_published_date=date(2025, 11, 20))  # fmt: skip
    made.add("figure_series", figure_series_id="f1", event_id="e1", event_kind="leave", role="killed", scope="event",
             thing="people", voice=EVIL, change_count=1, step_count=2, first_best=40.0, last_best=45.0)  # fmt: skip
    for number, (low, high, day) in enumerate([(40.0, 40.0, 20), (45.0, None, 22)]):
        made.add("figure_revisions", figure_revision_id=f"s{number}", figure_series_id="f1", revision_number=number,
                 low=low, high=high, best=low, published_date=date(2025, 11, day), publisher=EVIL,
                 article_version_id="v1",
                 is_superseded=False, revision="raised" if number else None)  # fmt: skip
    for number, (holder, holding) in enumerate([("UA", True), ("RU", True), ("UA", False)]):
        made.add("control_timeline", control_id=f"t{number}", place_id="g5", place="Borova", holder=holder, voice=EVIL,
                 is_holding=holding, week_start_date=date(2025, 11, 17), extent="whole", claim_id="c2",
                 voice_key=holder,
                 event_id="e1", publisher="Kurier", published_date=date(2025, 11, 20))  # fmt: skip
    made.add("ops_loads", load_id="20260101T000000000Z-0001", kind="ingest", state="published", sequence=1)
    made.publish(gazetteer=lambda wanted: {703448: ["kiev", "kyiv"]}, looked_up=looked_up)
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return house(tmp_path_factory.mktemp("serve"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Of the same house, published without lookups."""
    made = house(tmp_path_factory.mktemp("plain"), looked_up=False)
    with TestClient(build_app(Settings(data_dir=made.path.parent)), base_url=BASE, follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(made: Warehouse) -> Iterator[TestClient]:
    with TestClient(build_app(Settings(data_dir=made.path.parent)), base_url=BASE, follow_redirects=False) as opened:
        yield opened


ADDRESSES = (
    "/", "/search", "/search?q=army", "/search?q=Kiev&place=kyiv", "/new", "/events", "/events?place=Lysychansk",
    "/events?is_disputed=1", "/claims", "/claims?speaker=zelensky&side=UA", "/relations",
    "/relations?kind=contradicts", "/figures", "/control", "/control?place=Borova", "/places", "/places?q=kyiv",
    "/actors", "/actors?q=anton", "/quality", "/event_mentions", "/events/e1", "/claims/c1", "/claims/c2",
    "/mentions/m1", "/mentions/m2", "/places/g2", "/places/g5", "/actors/p1", "/actors/p2", "/articles/v1",
    "/articles/v2", "/figures/f1",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_served_and_text_of_articles_is_never_markup(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    page = answer.text
    assert "<script>alert" not in page
    assert "<img" not in page
    # nothing that the policy would refuse: no style or script in the page, no address of another machine
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", re.sub(r">[^<]*<", "><", page))
    assert all(src.startswith("/static/") for src in re.findall(r"<script[^>]*src=\"([^\"]*)\"", page))
    assert not re.findall(r"<(?:link|script|img)[^>]+(?:href|src)=\"(?:https?:)?//", page)


def test_every_link_of_every_page_leads_somewhere(client: TestClient) -> None:
    found = {link for address in ADDRESSES for link in re.findall(r'href="(/[^"#]*)"', client.get(address).text)}
    links = {link.replace("&amp;", "&") for link in found if not link.startswith(("/briefing", "/quality/"))}
    assert len(links) > 40
    assert {link: client.get(link).status_code for link in links if client.get(link).status_code != 200} == {}


def test_search_shows_hits_and_keeps_its_filters(client: TestClient) -> None:
    page = client.get("/search", params={"q": "withdrawal from Lisichansk", "kind": "leave"}).text
    assert '<span class="evidence match">withdrew</span>' in page
    assert "/mentions/m2" in page
    assert 'value="withdrawal from Lisichansk"' in page
    assert '<option value="leave" selected>' in page
    assert '<details class="fields" open>' in page
    assert '<details class="fields">' in client.get("/search?q=army").text
    assert ">No place here is called &#39;Nowhere&#39;.<" in client.get("/search?place=Nowhere").text
    assert "Nothing found" in client.get("/search?q=helicopters").text


def test_pages_of_things_show_their_evidence_and_what_belongs_to_them(client: TestClient) -> None:
    claim = client.get("/claims/c1").text
    assert '<mark class="content">his men had left Kyiv Street</mark>' in claim
    assert '<mark class="speaker">Anton Zelenskyy</mark>' in claim
    assert "/relations" in claim
    assert '<p class="note">One voice says that it happened, another that it did not.</p>' in claim
    assert "whether it happened" in claim
    assert '<a href="/events/e1">the event</a>' in claim
    assert "/mentions/m1" in claim
    assert 'class="cite"><bdi>Anton Zelenskyy</bdi>' in claim
    mention = client.get("/mentions/m2").text
    assert "“<bdi>The army withdrew from Lysychansk on Monday</bdi>”" in mention
    assert '<mark class="content">withdrew</mark>' in mention
    assert "/events/e1" in mention
    assert "The army <mark>withdrew</mark> from Lysychansk on Monday" in client.get("/event_mentions").text
    event = client.get("/events/e1").text
    assert 'The army <a class="claimed" href="/mentions/m2">withdrew</a> from Lysychansk on Monday' in event
    assert "Contradicts" in event
    assert ">the event</a>" not in event
    assert event.count('class="glyph"') >= 2
    article = client.get("/articles/v1").text
    assert "Colonel" in article
    assert '<a href="/events/e1">' in article
    assert "Anton Zelensky" in client.get("/actors/p1").text


@pytest.mark.parametrize(
    "address",
    ["/claims/c1", "/claims/c2", "/mentions/m1", "/mentions/m2", "/events/e1", "/articles/v1", "/figures/f1",
     "/places/g2", "/places/g5", "/actors/p2", "/claims?place=Borova", "/claims?kind=leave",
     "/claims?speaker=zelenskyy", "/claims?speaker=zelensky&place=Kiev", "/event_mentions?place=Lysychansk",
     "/events?place=Lysychansk", "/events?place=Lysychansk&kind=leave", "/relations?place=Lysychansk",
     "/relations?place=Lysychansk&kind=contradicts"],
)  # fmt: skip
def test_a_file_without_lookups_gives_the_same_pages(address: str, plain: TestClient, client: TestClient) -> None:
    shown = client.get(address)
    assert shown.status_code == 200
    assert plain.get(address).text == shown.text


def test_lists_of_places_are_those_of_the_table_in_its_order(tmp_path: Path) -> None:
    made = town(tmp_path / "claimhouse.duckdb")
    exact, places = "He added nothing of note", {"l1": "g1", "l3": "g1", "l2": "g2", "l4": "g4"}
    made.location("l4", "v1", "Kyiv", "Kyiv", "g4", admin1="Kyiv City", country="UA")
    for number in range(12):
        day = date(2025, 11, 1 + number % 3) if number % 4 else None
        made.claim(f"n{number:02}", "v1", exact, published_date=day, is_current=number != 5)
        made.add("events", event_id=f"e{number:02}", place_id=f"g{number % 3}", last_published_date=day, voice_count=1)
        for location_id in list(places)[: number % 5]:
            made.add("bridge_claim_locations", claim_link_id=f"k{number}{location_id}", claim_id=f"n{number:02}",
                     location_id=location_id, article_version_id="v1", is_current=True)  # fmt: skip
    publication = Publication(made.publish(indexed=False))
    for tokens in (["g1"], ["g1", "g4"], ["g1", "g2", "g4"], ["country:UA"], ["nowhere"]):
        for name in ("claims", "events"):
            by_table = select(name, Filters(place=Where.of("x", tokens)))
            assert by_table.by_lookups().listed is not None
            for part in (by_table.page(5), by_table.page(5, 3), by_table.page(100)):
                assert publication.rows(part) == publication.ask(part.sql, part.parameters).dicts()
            assert publication.count(by_table) == publication.ask(by_table.count(), by_table.parameters).rows[0][0]
    assert publication.count(select("claims", Filters(place=Where.of("x", ["g1", "g4"])))) == 10


def test_lists_turn_pages(tmp_path: Path) -> None:
    made = town(tmp_path / "claimhouse.duckdb")
    for number in range(2 * PAGE + 5):
        made.claim(f"n{number:03}", "v1", "He added nothing of note", topic="other")
    made.publish(indexed=False)
    with TestClient(build_app(Settings(data_dir=tmp_path)), base_url=BASE) as client:
        pages = [client.get(f"/claims?topic=other&page={n}").text for n in (1, 2, 3)]
        ids = [re.findall(r"/claims/(n\d+)", page) for page in pages]
        assert [len(found) for found in ids] == [PAGE, PAGE, 5]
        assert len({i for found in ids for i in found}) == 2 * PAGE + 5
        assert 'rel="next" href="/claims?topic=other&amp;page=2"' in pages[0]
        assert 'rel="next"' not in pages[2]
        assert client.get("/search?q=x").status_code == 400  # without an index it says what makes one
        assert "claimhouse refresh" in client.get("/search?q=x").text


def test_control_by_week_shows_who_disagrees(client: TestClient) -> None:
    data = client.get("/control.geojson", params={"week": "2025-11-17"}).json()
    [feature] = data["features"]
    assert feature["properties"]["holders"] == ["Russia", "Ukraine"]
    assert feature["properties"]["holder"] == "disputed"
    assert feature["geometry"]["coordinates"] == [38.0, 49.0]
    assert client.get("/control.geojson", params={"week": "2025-11-10"}).json()["features"] == []
    assert client.get("/control.geojson").json()["features"][0]["properties"]["week"] == "2025-11-17"
    assert 'class="contested-cell"' in client.get("/control").text
    rows = [{"place": "X", "place_id": None, "week_start_date": date(2025, 1, 6), "holder": "UA", "is_holding": True}]
    assert control_weeks(rows, {"UA": "Ukraine"}).rows == (("X", None, ((("Ukraine",), False),)),)


def test_land_is_of_the_whole_world() -> None:
    land = json.loads(LAND.read_text(encoding="utf-8"))
    assert {"UA", "RU", "SD", "IL"} <= {f["properties"]["code"] for f in land["features"]}


def test_what_is_shown_can_be_had_as_files(client: TestClient) -> None:
    answer = client.get("/download/claims.csv?topic=control")
    assert 'filename="claimhouse-claims.csv"' in answer.headers["content-disposition"]
    assert {row["claim_id"] for row in csv.DictReader(io.StringIO(answer.text))} == {"c1", "c2"}
    assert pq.read_table(io.BytesIO(client.get("/download/events.parquet").content)).num_rows == 1
    [feature] = client.get("/download/events.geojson").json()["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [38.4, 48.9]}
    assert client.get("/download/search.json?q=army").json()[0]["id"] == "m2"
    assert "m2" in client.get("/download/search.csv?q=army").text
    for wrong in (
        "/download/claims.exe",
        "/download/ops_loads.csv",
        "/download/search.parquet",
        "/download/claims.geojson",
    ):
        assert client.get(wrong).status_code in (400, 404), wrong


def test_a_spreadsheet_runs_nothing_of_a_file(tmp_path: Path) -> None:
    made = town(tmp_path / "claimhouse.duckdb")
    made.claim("c9", "v1", "He added", speaker_name="=HYPERLINK(1)")
    made.publish()
    with TestClient(build_app(Settings(data_dir=tmp_path)), base_url=BASE) as client:
        rows = {row["claim_id"]: row for row in csv.DictReader(io.StringIO(client.get("/download/claims.csv").text))}
        assert rows["c9"]["speaker_name"] == "'=HYPERLINK(1)"


def test_the_next_publication_is_served_without_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claimhouse.publications._LOOK_SECONDS", 0.0)
    with TestClient(build_app(Settings(data_dir=tmp_path)), base_url=BASE) as client:
        assert client.get("/").status_code == 503
        assert "claimhouse refresh" in client.get("/").text
        made = town(tmp_path / "claimhouse.duckdb")
        made.publish()
        assert "Nurses" not in client.get("/claims").text
        assert client.get("/search?q=nurses").text.count("/claims/c2") == 0
        made.article("v2", "Nurses reached Borova, the governor said.")
        made.claim("c2", "v2", "Nurses reached Borova", speaker_name="the governor")
        made.publish()
        assert "Nurses" in client.get("/claims").text
        assert "/claims/c2" in client.get("/search?q=nurses").text


def test_what_takes_long_is_asked_of_a_publication_before_anybody_does(made: Warehouse) -> None:
    prepared: queue.Queue[Publication] = queue.Queue()
    publications = Publications(made.path, prepared.put)
    with publications.newest() as publication:
        assert prepared.get(timeout=30) is publication
        with publications.newest():
            pass
        assert prepared.empty()
        prepare(publication)
        kept = dict(publication._answers)
        assert len(kept) == 2
        # of all that is there, and of the newest load
        for since in ({}, {"since": "2020-01-01"}):
            views.new(publication, Asked(since))
        assert publication._answers == kept
    publications.close()


def test_the_server_prepares_what_it_opens(made: Warehouse) -> None:
    app = build_app(Settings(data_dir=made.path.parent))
    with TestClient(app, base_url=BASE), app.state.publications.newest() as publication:
        assert publication.is_prepared.wait(30)
        assert len(publication._answers) == 2


def test_what_is_new_since_a_day_is_kept_for_all_days_that_mean_the_same(tmp_path: Path) -> None:
    made = town(tmp_path / "claimhouse.duckdb")
    for number, day in enumerate((3, 3, 7)):
        made.add("dim_article_versions", article_version_id=f"n{number}", recorded_at=datetime(2025, 12, day, 4))  # noqa: DTZ001
    publication = Publication(made.publish(indexed=False))
    days = [publication.day_taken_in(date(2025, 12, day)) for day in (1, 3, 4, 7)]
    assert days == [date(2025, 12, 3), date(2025, 12, 3), date(2025, 12, 7), date(2025, 12, 7)]
    assert publication.day_taken_in(date(2099, 1, 1)) == date(2099, 1, 1)
    assert publication.day_taken_in(None) is None


def test_what_is_new_stands_by_what_it_is(client: TestClient) -> None:
    page = client.get("/new?since=2020-01-01").text
    assert "since 1 January 2020" in page
    assert "Nothing." in client.get("/new?since=2099-01-01").text
    rows = [
        {"what": what, "of_sort": total, "kind": "strike"}
        for what, total in (("new event", 30), ("new event", 30), ("denies", 1), ("toll raised", 1), ("holds not", 1))
    ]
    assert [(part.name, part.total, len(part.rows)) for part in views.parts_of_news(rows)] == [
        ("events", 30, 2), ("answers", 1, 1), ("figures", 1, 1), ("control", 1, 1)
    ]  # fmt: skip


# --- attacks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "", "127.0.0.1@evil"]
)
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/claims", headers={"host": host})
    assert answer.status_code == 421
    assert "Borova" not in answer.text


def test_two_hosts_are_none(client: TestClient) -> None:
    answer = client.get("/", headers=[("host", "127.0.0.1:8765"), ("host", "evil.example")])
    assert answer.status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost:80", "LOCALHOST", "[::1]", "[::1]:8765"])
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_loopback(host)


def test_the_policy_allows_no_inline_and_no_other_machine(client: TestClient) -> None:
    for address in ("/", "/nothing", "/static/app.js", "/download/claims.csv"):
        headers = client.get(address).headers
        assert "unsafe" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_is_written(client: TestClient, method: str) -> None:
    for address in ("/claims", "/reviews", "/"):
        assert client.request(method, address).status_code == 405


@pytest.mark.parametrize("name", ["speaker", "side", "topic", "kind", "publisher", "polarity", "place", "actor_id"])
def test_sql_in_a_filter_is_a_name_that_nobody_has(client: TestClient, name: str) -> None:
    for attack in ("' or 1=1 --", "'; drop table fct_claims; --", "$kind", "x' union select 1 --", "%", "\\"):
        answer = client.get("/claims", params={name: attack})
        assert answer.status_code in (200, 400)
        assert "/claims/c1" not in answer.text
    assert client.get("/claims/" + quote("' or 1=1 --", safe="")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/%2e%2e/warehouse.py",
        "/static/....//app.py", "/static//etc/passwd",
        "/quality/..%2f..%2fclaimhouse", "/quality/....", "/articles/..%2f..%2fetc%2fpasswd", "/download/../claims.csv",
    ],
)  # fmt: skip
def test_paths_lead_nowhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert "import" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        {"page": "99999999999999999999"}, {"page": "-3"}, {"page": "x"}, {"since": "yesterday"},
        {"since": "9999-99-99"},
        {"place": "x" * 5_000}, {"q": "a " * 3_000}, {"q": '"' * 900}, {"q": "-" * 900}, {"speaker": "\0"},
        {"in": "everything"},
        {"q": "\udc80"}, {"sort": "x", "nothing": "y"},
    ],
    ids=str,
)  # fmt: skip
def test_whatever_is_asked_is_answered(client: TestClient, query: dict[str, Any]) -> None:
    for address in ("/search", "/claims", "/events", "/control"):
        try:
            answer = client.get(address, params=query)
        except UnicodeEncodeError:
            return
        assert answer.status_code in (200, 400, 414), answer.status_code
        assert len(answer.content) < 200_000


def test_huge_addresses_and_things_that_are_not_there(client: TestClient) -> None:
    assert client.get("/claims", params={"speaker": "x" * 20_000}).status_code == 414
    for address in (
        "/claims/none",
        "/events/none",
        "/places/none",
        "/actors/none",
        "/mentions/none",
        "/articles/none",
        "/figures/none",
        "/quality/none",
        "/nothing",
    ):
        assert client.get(address).status_code == 404, address


def test_a_huge_article_is_cut(tmp_path: Path) -> None:
    made = town(tmp_path / "claimhouse.duckdb")
    made.article("v9", "A long sentence without an end " * 40_000)
    made.publish(indexed=False)
    with TestClient(build_app(Settings(data_dir=tmp_path)), base_url=BASE) as client:
        answer = client.get("/articles/v9")
        assert answer.status_code == 200
        assert len(answer.text) < 250_000
        assert "this is its beginning" in answer.text


# --- reviews -----------------------------------------------------------------------------------


@pytest.fixture
def reviewer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TestClient, list[tuple[str, ...]]]]:
    written: list[tuple[str, ...]] = []
    monkeypatch.setattr("claimhouse.serve.app.write", lambda settings, *given: written.append(given))
    house(tmp_path)
    app = build_app(Settings(data_dir=tmp_path), may_review=True)
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        yield client, written


def test_a_review_is_written_from_a_page_of_this_server_alone(
    reviewer: tuple[TestClient, list[tuple[str, ...]]],
) -> None:
    client, written = reviewer
    page = client.get("/relations").text
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    form = {"token": token, "relation_id": "r1", "verdict": "accepted", "note": "so it is", "back": "/relations?kind=x"}
    own = {"origin": BASE, "sec-fetch-site": "same-origin"}
    assert client.post("/reviews", data=form).status_code == 403  # says nothing of where it comes from
    assert client.post("/reviews", data=form, headers={"origin": "http://evil.example"}).status_code == 403
    assert client.post("/reviews", data=form, headers=own | {"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post("/reviews", data=form | {"token": "x"}, headers=own).status_code == 403
    assert client.post("/reviews", data={"note": "x" * 50_000} | form, headers=own).status_code in (303, 413)
    assert client.post("/reviews", data=form | {"note": "x" * 50_000}, headers=own).status_code == 413
    assert client.post("/reviews", data=form, headers=own | {"content-length": b"\xb2"}).status_code == 413
    written.clear()
    answer = client.post("/reviews", data=form, headers=own)
    assert (answer.status_code, answer.headers["location"]) == (303, "/relations?kind=x")
    assert written == [("r1", "accepted", "so it is")]
    for back in ("//evil.example", "http://evil.example", "/\\evil.example", ""):
        assert client.post("/reviews", data=form | {"back": back}, headers=own).headers["location"] == "/relations"


def test_reviews_are_kept_in_the_file_of_reviews(tmp_path: Path) -> None:
    house(tmp_path)
    settings = Settings(data_dir=tmp_path, reviews_file=tmp_path / "reviews.csv")
    with TestClient(build_app(settings, may_review=True), base_url=BASE, follow_redirects=False) as client:
        token = re.search(r'name="token" value="([^"]+)"', client.get("/relations").text)[1]
        own = {"origin": BASE}
        form = {"token": token, "relation_id": "r1", "verdict": "rejected"}
        answer = client.post("/reviews", data=form, headers=own)
        assert answer.status_code == 303, answer.text
        assert client.post("/reviews", data=form | {"relation_id": "none"}, headers=own).status_code == 400
        assert client.post("/reviews", data=form | {"verdict": "perhaps"}, headers=own).status_code == 400
    assert "rejected" in (tmp_path / "reviews.csv").read_text(encoding="utf-8")


def test_without_leave_there_is_nothing_to_review(client: TestClient) -> None:
    assert "/reviews" not in client.get("/relations").text


def test_an_address_keeps_what_it_is_asked_for() -> None:
    asked = Asked({"q": "a b", "side": "UA", "page": "3"})
    assert asked.address("/claims", page=4) == "/claims?q=a+b&side=UA&page=4"
    assert asked.address("/claims", page=None, q=None) == "/claims?side=UA"
