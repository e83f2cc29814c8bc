"""The authority file of actors: what it may say, and errors that name the entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.authority import AuthorityError, authority_digest, authority_rows
from ingest.home import PROGRAM_DIR


def _file(folder: Path, text: str) -> Path:
    path = folder / "actors.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_names_of_an_entry_have_the_key_of_every_spelling(tmp_path):
    path = _file(tmp_path, "actors: [{name: Oleksandr Marchuk, also: [Colonel Fox], side: UA}]")
    rows = authority_rows(path)
    assert {r["target_key"] for r in rows} == {"person:marchuk/oleksandr"}
    assert [r["rule_id"] for r in rows] == ["actor.joined", "actor.joined"]
    respelt = _file(tmp_path, "actors: [{name: Oleksandr Marchuk, also: [Alexander Marchuk, Colonel Fox], side: UA}]")
    assert {r["actor_key"] for r in authority_rows(respelt)} == {r["actor_key"] for r in rows}


def test_no_file_and_an_empty_one_say_the_same(tmp_path):
    empty = _file(tmp_path, "")
    assert authority_rows(tmp_path / "none.yml") == authority_rows(empty) == []
    assert authority_digest(tmp_path / "none.yml") == authority_digest(empty)


def test_the_file_of_the_project_is_sound():
    assert authority_rows(PROGRAM_DIR / "actors.yml") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("actors: [{name: Jane Roe, sides: UA}]", "entry 1: sides: unknown key; allowed are: name, also, kind"),
        ("actors: [{also: [Jane Roe]}]", "entry 1: name: Field required"),
        ("actors: [{name: Jane Roe, kind: hero}]", "entry 1: kind: Value error, allowed are: person"),
        ("actors: [{name: Jane Roe, side: ZZ}]", "entry 1: side: Value error, is no code"),
        ("actors: [{name: Jane Roe, also: [Jo Roe], is_apart: true}]", "leave one of them out"),
        ("actors: [{name: Jane Roe}, {name: Jo Hill, also: [Jane Roe]}]", "is a name of 'Jane Roe' and of 'Jo Hill'"),
        ("actors: [{name: Defence Ministry, kind: institution}]", "say by owner whose it is"),
        ("people: []", "one key is allowed: actors"),
        ("actors: {name: Jane Roe}", "actors is no list"),
        ("actors: [{name: 'Jane", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, said):
    with pytest.raises(AuthorityError, match=r"actors\.yml") as error:
        authority_rows(_file(tmp_path, text))
    assert said in str(error.value)
