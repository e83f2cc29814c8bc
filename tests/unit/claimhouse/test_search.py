"""Search: what is found, what is marked, and that an index is whole and of its own file or not used at all."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from published import TEXT, town
from typer.testing import CliRunner

from claimhouse.cli.commands import app
from claimhouse.evidence import Span, sentence_ends, window
from claimhouse.publishing import Publisher
from claimhouse.search import index as search_index
from claimhouse.search.documents import _Sentences
from claimhouse.search.query import Parsed
from claimhouse.search.search import Answer, Filters, NoIndexError, Search, SearchError, _matches
from claimhouse.warehouse import connect
from ingest import settings as settings_module
from ingest.settings import Settings

NOTHING, SILENT, MARKET = (f"v1:{TEXT.index(words)}" for words in ("He added", "Kiev keeps", "A market"))


def names_of(geonameids: list[int]) -> dict[int, list[str]]:
    return {g: {703448: ["kyiv", "kiev", "kiew"], 702320: ["lysychansk", "lisichansk"]}.get(g, []) for g in geonameids}


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Search:
    return Search.of(town(tmp_path_factory.mktemp("town") / "claimhouse.duckdb").publish(gazetteer=names_of))


def ids(answer: Answer) -> list[str]:
    return [hit.id for hit in answer.hits]


def matched(answer: Answer) -> list[str]:
    return [hit.text[start:end] for hit in answer.hits for start, end in hit.matches]


def test_words_are_found_in_all_their_forms(search: Search) -> None:
    found = search.find("withdrawal from Lysychansk")
    assert (found.hits[0].id, found.total) == ("m2", 1)
    assert ids(search.find("soldier silence")) == ids(search.find("soldiers keeping")) == [SILENT]
    assert matched(search.find("crowding markets")) == ["market", "crowded"]


def test_a_name_is_found_in_its_other_spellings(search: Search) -> None:
    both = {"c1", SILENT}
    assert set(ids(search.find("Kyiv"))) == set(ids(search.find("kiew"))) == set(ids(search.find("Kiev"))) == both
    assert ids(search.find("Lisichansk")) == ["m2"]
    for spelling in ("Zelensky", "Zelenskiy", "zelenskyy", "Anton Zelenski"):
        assert "c1" in ids(search.find(spelling)), spelling
    assert "Zelenskyy" in matched(search.find("Zelenski"))


def test_a_word_that_is_near_to_no_name_finds_nothing(search: Search) -> None:
    for word in ("Kyoto", "Zelda", "market-less xyzzy", "Lima"):
        assert search.find(word).total == 0, word


def test_phrases_and_words_that_must_not_be_there(search: Search) -> None:
    assert ids(search.find('"withdrew from Lysychansk"')) == ["m2"]
    assert search.find('"Lysychansk from withdrew"').total == 0
    assert matched(search.find('"men had left"')) == ["men", "had", "left"]
    assert matched(search.find('army "from Lysychansk"')) == ["army", "from", "Lysychansk"]
    assert matched(search.find('army "Lysychansk on"')) == ["army", "Lysychansk", "on"]
    assert ids(search.find("Kyiv -silent")) == ["c1"]
    assert ids(search.find('Kyiv -"keeps silent"')) == ["c1"]


def test_words_of_a_name_are_marked_only_where_they_stand_together(search: Search) -> None:
    parsed = search._asker.parse('"missing army" soldiers')
    assert _matched_words("An army and its soldiers, missing.", parsed) == ["soldiers"]
    assert _matched_words("The missing army of soldiers", parsed) == ["missing", "army", "soldiers"]


def _matched_words(text: str, parsed: Parsed) -> list[str]:
    return [text[start:end] for start, end in sorted(_matches(text, parsed))]


def test_what_holds_most_of_it_follows_and_is_said_to(search: Search) -> None:
    answer = search.find("army withdrew helicopters")
    assert (ids(answer), answer.total, answer.is_relaxed) == (["m2"], 0, True)
    assert not search.find("army withdrew").is_relaxed


def test_hits_show_the_evidence_in_its_sentence(search: Search) -> None:
    [hit] = search.find("Anton left street").hits
    assert hit.text == TEXT[: len(hit.text)] == "Colonel Anton Zelenskyy said that his men had left Kyiv Street."
    assert [(hit.text[s:e], role) for s, e, role in hit.marks] == [
        ("his men had left Kyiv Street", "content"),
        ("Anton Zelenskyy", "speaker"),
        ("said", "cue"),
    ]
    assert (hit.record, hit.speaker, hit.side, hit.kinds, hit.others) == (
        "claim",
        "Anton Zelenskyy",
        "UA",
        ("leave",),
        1,
    )
    assert "".join(piece.text for piece in hit.pieces()) == hit.text
    assert {p.text for p in hit.pieces() if "match" in p.role} == {"Anton", "left", "Street"}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(place="kiev"), {"c1", SILENT}),
        (Filters(place="Lisichansk"), {"m2"}),
        (Filters(speaker="Zelenskiy"), {"c1"}),
        (Filters(speaker="anton"), {"c1"}),
        (Filters(side="ua", records=("sentence",)), {NOTHING, SILENT, MARKET}),
        (Filters(kind="leave", records=("event_mention",)), {"m1", "m2"}),
        (Filters(kind="control"), {"c1"}),
        (Filters(publisher="test post", records=("claim",)), {"c1"}),
        (Filters(since=date(2025, 11, 20), records=("claim",)), {"c1"}),
        (Filters(since=date(2025, 11, 21)), set()),
        (Filters(until=date(2025, 11, 19)), set()),
        (Filters(publisher="nobody"), set()),
    ],
)
def test_filters(search: Search, filters: Filters, found: set[str]) -> None:
    assert set(ids(search.find("", filters))) == found


def test_a_filter_by_a_name_that_is_not_there_is_refused_and_another_spelling_is_told(search: Search) -> None:
    with pytest.raises(SearchError, match="no place here is called 'Atlantis'"):
        search.find("", Filters(place="Atlantis"))
    assert search.find("", Filters(place="Lisichansk")).notes == ("place 'Lisichansk' is taken for 'Lysychansk'",)
    with pytest.raises(SearchError, match="there are claim, event_mention, sentence"):
        search.find("army", Filters(records=("name",)))


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '""',
        "-",
        '-"',
        "()",
        "AND OR NOT",
        "text:army",
        "a*b?",
        "\x00",
        "'; drop table claims; --",
        "💥",
        "[a TO b]",
        "~2",
        "\\",
    ],
)
def test_whatever_is_typed_is_searched_for(search: Search, typed: str) -> None:
    search.find(typed)


def test_who_types_no_word_is_told_so(search: Search) -> None:
    assert any("no word" in note for note in search.find('"()').notes)
    assert not search.find("").notes
    assert not search.find("army").notes


def test_what_nobody_types_is_refused(search: Search) -> None:
    with pytest.raises(SearchError, match="at most"):
        search.find("a " * 5_000)
    with pytest.raises(SearchError, match="a page has"):
        search.find("army", limit=0)
    with pytest.raises(SearchError, match="a page has"):
        search.find("army", limit=10, offset=10**9)


def test_copies_of_one_text_hide_no_other_hit(tmp_path: Path) -> None:
    made = town(tmp_path / "claimhouse.duckdb")
    for number in range(90):
        made.article(f"copy{number}", "Two bridges across the river were mined.")
    made.article("other", "Nobody knows how long the river will be closed, though bridges stand.")
    search = Search.of(made.publish())
    answer = search.find("river bridges", limit=2)
    assert [(hit.article_version_id.startswith("copy"), hit.others) for hit in answer.hits] == [(True, 89), (False, 0)]
    assert (answer.total, answer.is_relaxed) == (91, False)
    (second,) = search.find("river bridges", limit=2, offset=1).hits
    assert second.id.startswith("other")


def test_pages_follow_each_other_without_a_gap(search: Search) -> None:
    whole = ids(search.find("", limit=10))
    assert [i for start in range(0, 6, 2) for i in ids(search.find("", limit=2, offset=start))] == whole[:6]


def test_sentences_are_those_of_the_evidence() -> None:
    text = "One. Two is “longer!” Three?\nFour"
    sentences = _Sentences(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            # evidence begins and ends with a word
            if text[start].isalnum() and text[end - 1].isalnum():
                assert sentences.around(start, end) == window(text, [Span(start, end, "")]), (start, end)
    assert sentence_ends("One. Two.\n") == [5]


# --- the index and its file --------------------------------------------------------------------


def test_an_index_is_made_from_the_one_before_and_says_the_same(tmp_path: Path) -> None:
    made = town(tmp_path / "claimhouse.duckdb")
    made.publish(gazetteer=names_of)
    made.rows["ops_extractions"] = []
    kept = {
        table: rows for table, rows in made.rows.items() if table.startswith(("dim_places", "dim_actors", "actor_"))
    }
    made.rows = kept
    made.article("v2", "Nurses reached Lysychansk.")
    made.location("l9", "v2", "Lysychansk", "Lysychansk", "g2")
    built_on = Search.of(made.publish(gazetteer=names_of))
    assert search_index.latest(made.path) is not None
    for index in list((tmp_path / "search").iterdir()):
        (index / "index.json").unlink()
    anew = Search.of(made.publish(gazetteer=names_of))
    for typed in ("nurses", "Lysychansk", "army", "Kyiv", ""):
        assert ids(built_on.find(typed)) == ids(anew.find(typed)), typed
    assert ids(anew.find("army")) == []
    assert ids(anew.find("", Filters(place="Lisichansk"))) == ["v2:0"]


def test_only_a_whole_index_of_this_very_publication_is_asked(tmp_path: Path) -> None:
    made = town(tmp_path / "claimhouse.duckdb")
    path = made.publish()
    [index] = (tmp_path / "search").iterdir()
    assert ids(Search.of(path).find("army")) == ["m2"]
    made.article("v3", "The army came back.")
    path = made.publish(indexed=False)
    with pytest.raises(NoIndexError, match="claimhouse refresh"):
        Search.of(path)  # the index that is there is of the file before
    made.publish()
    for found in (tmp_path / "search").iterdir():
        (found / "index.json").unlink()
    with pytest.raises(NoIndexError):
        Search.of(path)  # half an index
    assert index.exists()


def test_a_file_that_was_never_published_has_no_index(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(NoIndexError, match="not a published warehouse"):
        Search.of(path)


def test_an_open_index_outlives_the_next_publication(tmp_path: Path) -> None:
    made = town(tmp_path / "claimhouse.duckdb")
    before = Search.of(made.publish())
    made.article("v3", "The army came back.")
    with connect(made.publish()) as connection:
        search_index.remove_others(made.path, [search_index.publication(connection)])
    assert [h.id for h in before.find("army").hits] == ["m2"]
    assert len(list((tmp_path / "search").iterdir())) == 1
    assert set(ids(Search.of(made.path).find("army"))) == {"m2", "v3:0"}


def test_files_are_read_ahead_as_long_as_they_are_there(tmp_path: Path) -> None:
    made = town(tmp_path / "claimhouse.duckdb")
    made.publish()
    with connect(made.path) as connection:
        name = search_index.publication(connection)
    search_index.read_ahead(made.path, name)
    shutil.rmtree(search_index.folder_of(made.path, name))
    search_index.read_ahead(made.path, name)


def test_a_missing_index_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = town(tmp_path / "claimhouse.duckdb").publish(indexed=False)
    publisher = Publisher(Settings(data_dir=tmp_path))
    monkeypatch.setattr(Publisher, "_place_names", lambda self, geonameids: names_of(list(geonameids)))
    assert publisher.complete_index()
    assert not publisher.complete_index()
    assert ids(Search.of(path).find("army")) == ["m2"]


@pytest.mark.parametrize("damage", ["files", "folder"])
def test_a_damaged_index_is_told_and_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    made = town(tmp_path / "claimhouse.duckdb")
    path = made.publish()
    [index] = (tmp_path / "search").glob("*/index")
    if damage == "files":
        for file in index.iterdir():
            file.unlink()  # what another publication has taken over is a link to it
            file.write_bytes(b"no index")
    else:
        shutil.rmtree(index)
    with pytest.raises(NoIndexError, match=rf"{index.parent} is damaged .*claimhouse refresh. makes it anew"):
        Search.of(path)
    before = index.parent
    with connect(path) as connection:
        assert search_index.make(connection, tmp_path / "next", before=before, gazetteer=names_of) > 0
    publisher = Publisher(Settings(data_dir=tmp_path))
    monkeypatch.setattr(Publisher, "_place_names", lambda self, geonameids: names_of(list(geonameids)))
    assert publisher.complete_index()
    assert not publisher.complete_index()
    assert ids(Search.of(path).find("army")) == ["m2"]


def test_what_a_desktop_leaves_in_an_index_is_passed_over(tmp_path: Path) -> None:
    made = town(tmp_path / "claimhouse.duckdb")
    path = made.publish()
    [index] = (tmp_path / "search").glob("*/index")
    (index / "@eaDir").mkdir()
    (index / ".DS_Store").write_bytes(b"\0")
    with connect(path) as connection:
        assert search_index.make(connection, tmp_path / "next", before=index.parent, gazetteer=names_of) > 0
    assert not (tmp_path / "next" / "index" / "@eaDir").exists()


def test_a_warehouse_is_not_lost_for_an_index_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = town(tmp_path / "claimhouse.duckdb").publish(indexed=False)
    monkeypatch.setattr(search_index, "make", lambda *a, **k: 1 / 0)
    Publisher(Settings(data_dir=tmp_path)).complete_index()
    with pytest.raises(NoIndexError):
        Search.of(path)


# --- the command -------------------------------------------------------------------------------


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    town(tmp_path / "data" / "claimhouse.duckdb").publish(gazetteer=names_of)
    monkeypatch.setenv("CLAIMHOUSE_DATA_DIR", str(tmp_path / "data"))
    settings_module.settings.cache_clear()
    yield tmp_path
    settings_module.settings.cache_clear()


run = CliRunner().invoke


def test_the_command_writes_a_table_json_and_csv(house: Path) -> None:
    table = run(app, ["search", "withdrawal from Lisichansk"]).output
    assert "[withdrew] from [Lysychansk]" in table
    assert "m2" in table
    [found] = json.loads(run(app, ["search", "withdrawal from Lysychansk", "-f", "json"]).output)
    assert (found["record"], found["id"], found["marks"][0]["role"]) == ("event_mention", "m2", "evidence")
    [row] = csv.DictReader(io.StringIO(run(app, ["search", "army", "-f", "csv"]).output))
    assert (row["id"], row["kinds"], row["published_date"]) == ("m2", "leave", "2025-11-20")


def test_the_command_writes_a_file_as_it_ends(house: Path) -> None:
    path = house / "hits.json"
    assert run(app, ["search", "army", "-o", str(path)]).exit_code == 0
    assert json.loads(path.read_text())[0]["id"] == "m2"
    assert "--force" in run(app, ["search", "army", "-o", str(path)]).output
    assert "data folder" in run(app, ["search", "army", "-o", str(house / "data" / "x.csv")]).output


def test_the_command_says_what_it_cannot_do(house: Path) -> None:
    assert "say what to look for" in run(app, ["search"]).output
    assert "no place here" in run(app, ["search", "army", "--place", "Atlantis"]).output
    assert "nothing found" in run(app, ["search", "helicopter"]).output
    assert run(app, ["search", "--kind", "leave", "--in", "event_mention"]).output.count("left") == 1
