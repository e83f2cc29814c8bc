"""Which voices are one authority, which know of each other's numbers, and how surely who speaks was read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from made_accounts import account, count, statement, voice

from ingest.resolve.accounts.voices import stems, voice_of
from ingest.resolve.model import Event, Member, Statement, Voice
from ingest.resolve.relations.relations import relations_of
from ingest.resolve.relations.statements import Told, have_own_knowledge, have_told_days_apart, is_one_authority


def told(article: str, by: Voice, **more: object) -> Told:
    return Told(_said(article, by), Member(replace(account(article, _said(article, by)), **more)))


def _said(article: str, by: Voice) -> Statement:
    return statement(article, kind="kill_or_wound", voice=by, counts=(count(15),))


def test_who_heads_a_body_speaks_for_it() -> None:
    head = replace(voice("Omar Haddad", "a"), role=frozenset(["observ", "direct"]))
    observatory = replace(voice("Coastal Observatory", "b"), body="observ")
    hospital = replace(voice("City Hospital", "b"), body="hospit")
    assert is_one_authority(_said("a", head), _said("b", observatory))
    assert not is_one_authority(_said("a", head), _said("b", hospital))
    assert not have_own_knowledge(told("a", head), told("b", observatory))
    assert have_own_knowledge(told("a", head), told("b", hospital))


def test_a_minister_speaks_for_no_ministry_of_another_state() -> None:
    role = frozenset(["defenc", "minist"])
    minister = replace(voice("Omar Haddad", "a", "TR"), role=role)
    ministry = replace(voice("defence ministry", "b", "RU"), body="minist")
    assert not is_one_authority(_said("a", minister), _said("b", ministry))
    assert is_one_authority(_said("a", minister), _said("b", replace(ministry, side="TR")))


def test_a_paper_that_names_no_source_agrees_with_no_speaker() -> None:
    assert not have_own_knowledge(told("a", voice(outlet="a")), told("b", voice("Mayor", "b")))
    assert have_own_knowledge(told("a", voice(outlet="a")), told("b", voice(outlet="b")))


def test_offices_of_one_state_have_their_numbers_from_each_other() -> None:
    governor, ministry = voice("Governor", "a", "RU"), voice("Ministry", "b", "RU")
    assert not have_own_knowledge(told("a", governor), told("b", ministry))
    assert have_own_knowledge(told("a", governor), told("b", voice("Mayor", "b", "UA")))


def test_a_body_is_one_authority_with_and_without_its_country() -> None:
    words = frozenset(["interi", "minist"])
    ministry = replace(voice("interior ministry", "a"), body="minist", words=words)
    syrian = replace(voice("Syrian interior ministry", "b", "SY"), body="minist", words=words | {"syrian"})
    defence = replace(voice("defence ministry", "b"), body="minist", words=frozenset(["defenc", "minist"]))
    assert is_one_authority(_said("a", ministry), _said("b", syrian))
    assert not is_one_authority(_said("a", ministry), _said("b", defence))


def test_a_name_that_only_tells_the_country_is_of_no_other_body() -> None:
    television = replace(voice("Syrian state TV", "a"), body="state", words=frozenset(["syrian"]))
    monitor = replace(voice("Syrian Rights Monitor", "b"), body="monit", words=frozenset(["syrian", "right", "monit"]))
    assert not is_one_authority(_said("a", television), _said("b", monitor))
    assert is_one_authority(_said("a", television), _said("b", replace(television, side="SY")))


def test_an_agency_and_its_reporter_are_one_authority() -> None:
    agency = replace(voice(outlet="Coast News"), words=frozenset(["coast", "news"]))
    reporter = replace(voice("Coast News reporter", "b"), words=frozenset(["coast", "news", "report"]))
    assert is_one_authority(_said("a", agency), _said("b", reporter))


def test_one_text_gives_a_number_twice_unless_two_sides_do() -> None:
    monitor, director = (told("a", voice(name, "a")) for name in ("Monitor", "Director"))
    assert not have_own_knowledge(monitor, director)
    army, rebels = told("a", voice("Army", "a", "SY")), told("a", voice("Rebels", "a", "SY-OPP"))
    assert have_own_knowledge(army, rebels)


def test_one_paragraph_in_two_papers_is_a_copy() -> None:
    words = frozenset(["advanc", "heavy", "civili", "toll", "raids"])
    one, other = (
        Told(replace(statement(name, voice=voice(outlet=name)), words=words), told(name, voice(outlet=name)).member)
        for name in ("a", "b")
    )
    assert not have_own_knowledge(one, other)
    apart = replace(other, statement=replace(other.statement, words=frozenset(["market", "jets", "toll"])))
    assert have_own_knowledge(one, apart)


def test_the_media_of_one_state_are_one_authority() -> None:
    television, agency = (
        replace(voice(name, name, "SY"), is_media=True) for name in ("state television", "state agency")
    )
    assert is_one_authority(_said("a", television), _said("b", agency))
    assert not is_one_authority(_said("a", television), _said("b", replace(agency, side="TR")))
    nowhere = replace(television, name="state TV", side=None)
    assert is_one_authority(_said("a", nowhere), _said("b", replace(agency, name="Syrian state media")))
    assert not is_one_authority(_said("a", television), _said("b", voice("Army", "b", "SY")))


def test_what_is_told_of_days_weeks_apart() -> None:
    def on(day: date) -> Told:
        said = replace(_said("a", voice("Mayor", "a")), first_date=day, last_date=day)
        return Told(said, Member(account("a", said)))

    assert have_told_days_apart(on(date(2026, 1, 2)), on(date(2026, 3, 2)))
    assert not have_told_days_apart(on(date(2026, 2, 20)), on(date(2026, 3, 2)))


def test_a_ministry_of_defense_is_one_of_defence() -> None:
    assert stems("Ministry of Defense") == stems("ministry of defence")


def test_who_is_read_less_surely_is_set_less_surely_against_another_and_not_against_himself() -> None:
    given = {"kind": "kill_or_wound", "counts": (count(15),)}
    later = {"kind": "kill_or_wound", "counts": (count(40),), "voice": voice("Police", "b")}
    doubtful = account("a", statement("a", voice=replace(voice("Mayor", "a"), certainty=0.75), **given))
    sure, police = (
        account("a", statement("a", voice=voice("Mayor", "a"), **given)),
        account("b", statement("b", **later), days=1),
    )
    [unsure], [surely] = (relations_of(Event("e", (Member(a), Member(police)))) for a in (doubtful, sure))
    assert (unsure.kind, surely.kind) == ("contradicts", "contradicts")
    assert unsure.confidence == pytest.approx(0.75 * surely.confidence, abs=0.001)
    again = account("b", statement("b", **{**later, "voice": voice("Mayor", "b")}), days=1)
    ones, others = (relations_of(Event("e", (Member(a), Member(again)))) for a in (doubtful, sure))
    assert [(r.kind, r.confidence) for r in ones] == [(r.kind, r.confidence) for r in others] != []


def test_an_unnamed_spokesman_is_the_voice_of_his_body() -> None:
    paper = {"article_id": "a", "publisher": "Courier", "publisher_side": None, "agency": None, "copy_group_id": "a"}
    claim = {
        "actor_key": None,
        "speaker_name": "a spokesman for the Foreign Office",
        "speaker_kind": "role",
        "speaker_role": None,
        "speaker_affiliation": "Foreign Office",
        "speaker_side": None,
        "confidence": 0.8,
    }
    spokesman = voice_of(claim, paper | {"language": "en"})
    office = claim | {"actor_key": "body:foreign office", "speaker_name": "Foreign Office", "speaker_affiliation": None}
    assert spokesman.key == voice_of(office | {"speaker_kind": "institution"}, paper | {"language": "en"}).key
    assert voice_of(claim | {"speaker_affiliation": None}, paper | {"language": "en"}).key.startswith("a:")
    assert voice_of(claim | {"speaker_affiliation": "ministry"}, paper | {"language": "en"}).key.startswith("a:")
