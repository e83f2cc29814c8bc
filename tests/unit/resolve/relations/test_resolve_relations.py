"""What two statements of one event are to each other: a case for each rule, and what it must not relate."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from made_accounts import DAY, POINTS, REGION, account, count, side, statement, voice

from ingest.resolve.model import Account, Event, Member, Participant, Voice
from ingest.resolve.relations.relations import relations_of


def kinds(*accounts: Account) -> list[tuple[str, str]]:
    """Kind and rule of every relation of the one event that these accounts tell of."""
    found = relations_of(Event("e", tuple(Member(a) for a in accounts)))
    return sorted({(r.kind, r.rule_id) for r in found})


def said(article: str, who: str | None, days: int = 0, of_side: str | None = None, **more: Any) -> Account:
    """One statement, by a speaker or by the paper itself, published some days after the first."""
    return account(article, statement(article, voice=voice(who, article, of_side), **more), days=days)


def test_another_voice_with_another_number_contradicts_also_where_the_toll_has_risen() -> None:
    mayor = said("a", "Mayor", kind="kill_or_wound", counts=(count(15),))
    police = said("b", "Police", days=1, kind="kill_or_wound", counts=(count(17, high=None),))
    assert kinds(mayor, police) == [("contradicts", "counts_exclude")]


@pytest.mark.parametrize(("low", "counted"), [(9, "children"), (9, "teachers"), (15, "soldiers")])
def test_some_of_the_dead_are_not_set_against_all_of_them(low: int, counted: str) -> None:
    every = said("a", "Mayor", kind="kill_or_wound", counts=(count(15),))
    some = said("b", "Police", kind="kill_or_wound", counts=(count(low, counted=counted, people="civilian"),))
    assert kinds(every, some) == []


def test_a_paper_that_has_a_number_from_its_speaker_agrees_with_nobody() -> None:
    paper = statement("a", 0, kind="kill_or_wound", voice=voice(outlet="a"), counts=(count(15),))
    source = statement("a", 1, kind="kill_or_wound", voice=voice("Monitor", "a"), counts=(count(15),))
    again = said("b", "Monitor", days=1, kind="kill_or_wound", counts=(count(15),))
    assert kinds(account("a", paper, source), again) == [("repeats", "count_repeated")]


def test_two_papers_with_one_number_are_surer_to_agree_than_two_speakers() -> None:
    told = {"kind": "kill_or_wound", "counts": (count(15),)}
    papers = relations_of(Event("e", (Member(said("a", None, **told)), Member(said("b", None, **told)))))
    speakers = relations_of(Event("e", (Member(said("a", "Mayor", **told)), Member(said("b", "Police", **told)))))
    assert [r.rule_id for r in (*papers, *speakers)] == 2 * ["count_agreed"]
    assert papers[0].confidence >= 0.7 > speakers[0].confidence


def test_what_a_paper_has_from_its_own_reporter_is_its_own_word() -> None:
    words = frozenset(["coast", "herald"])
    paper = replace(voice(outlet="Coast Herald"), words=words)
    reporter = replace(voice("Coast Herald reporter", "Coast Herald"), words=words | {"report"})
    told = {"kind": "kill_or_wound", "counts": (count(15),)}
    first = account("a", statement("a", voice=reporter, **told))
    later = account("b", statement("b", voice=paper, **told), days=4)
    assert kinds(first, later) == [("repeats", "count_repeated")]


def test_a_paper_that_lets_a_speaker_speak_does_not_contradict_it() -> None:
    speaker = said("a", "Monitor", kind="kill_or_wound", counts=(count(38),))
    paper = said("b", None, days=1, kind="kill_or_wound", counts=(count(46),))
    assert kinds(speaker, paper) == [("contradicts", "counts_exclude")]
    heard = replace(paper, voices=frozenset([voice("Monitor").key]))
    assert kinds(speaker, heard) == []


def test_those_in_hospital_and_all_who_were_hurt_are_no_later_word_of_each_other() -> None:
    told = {"kind": "kill_or_wound", "voice": voice(None, "Courier")}
    taken_in = account("a", statement("a", counts=(count(31, "wounded", high=None, is_intake=True),), **told))
    every = account("b", statement("b", counts=(count(54, "wounded"),), **told), days=1)
    assert kinds(taken_in, every) == []


def test_a_speaker_who_says_that_a_toll_has_risen_does_not_speak_of_another_speaker_s() -> None:
    told = {"kind": "kill_or_wound", "start": 0, "end": 90}
    director = statement("a", 0, voice=voice("Director", "a"), counts=(count(36),), **told)
    others = statement("a", 1, voice=voice("Websites", "a"), counts=(count(52),), words=frozenset(["risen"]), **told)
    assert "revises" not in [kind for kind, _ in kinds(account("a", director, others))]


def test_of_one_day_two_media_of_a_state_revise_nothing() -> None:
    told = {"kind": "kill_or_wound", "counts": (count(140, high=None),)}
    media = [replace(voice(who, who, "SY"), is_media=True) for who in ("Agency", "Television")]
    first = account("a", statement("a", **told | {"voice": media[0]}))
    higher = account("b", statement("b", **told | {"voice": media[1], "counts": (count(170, high=None),)}))
    assert kinds(first, higher) == []


def test_the_television_of_a_state_is_one_voice_however_it_is_called() -> None:
    told = {"kind": "kill_or_wound"}
    media = [replace(voice(who, who, "SY"), is_media=True) for who in ("Syrian state TV", "state television")]
    first = account("a", statement("a", voice=media[0], counts=(count(22),), **told))
    higher = account("b", statement("b", voice=media[1], counts=(count(31),), **told))
    assert kinds(first, higher) == [("revises", "count_revised")]
    other = replace(voice("state radio", "Radio", "SY"), is_media=True)
    radio = account("b", statement("b", voice=other, counts=(count(31),), **told))
    assert kinds(first, radio) == []


def test_what_one_side_has_left_the_other_has_taken() -> None:
    where = {"places": (POINTS["Kupiansk"],)}
    taken = said("a", "Ministry", of_side="RU", kind="take", agents=(side("RU"),), **where)
    left = said("b", "Command", of_side="UA", kind="leave", agents=(side("UA"),), **where)
    assert kinds(taken, left) == [("corroborates", "left_and_taken")]
    stayed = said("b", "Command", of_side="UA", kind="hold", agents=(side("UA"),), **where)
    assert kinds(taken, stayed) == [("contradicts", "other_holder")]


def test_a_state_told_by_the_way_is_set_against_nothing() -> None:
    where = {"places": (POINTS["Kupiansk"],)}
    taken = said("a", "Ministry", kind="take", agents=(side("RU"),), **where)
    before = said("b", "Agency", kind="hold", agents=(side("UA"),), is_background=True, **where)
    assert kinds(taken, before) == []


def test_a_higher_toll_of_another_paper_without_a_source_is_no_contradiction() -> None:
    first = said("a", None, kind="kill_or_wound", counts=(count(24),))
    higher = said("b", None, days=1, kind="kill_or_wound", counts=(count(31),))
    lower = said("c", None, days=1, kind="kill_or_wound", counts=(count(19),))
    assert kinds(first, higher) == []  # neither revises nor contradicts what another paper printed the day before
    assert kinds(first, lower) == [("contradicts", "counts_exclude")]
    # the dead of a week ago are counted: who gives another number then contradicts
    settled = said("d", None, days=7, kind="kill_or_wound", counts=(count(24),))
    late = said("e", None, days=9, kind="kill_or_wound", counts=(count(31),))
    assert kinds(settled, late) == [("contradicts", "counts_exclude")]
    vague = replace(settled, last_date=DAY + timedelta(days=7))  # "earlier this month", where the other gives the day
    assert kinds(vague, late) == [("contradicts", "counts_exclude")]


def test_a_toll_that_says_that_it_has_risen_contradicts_none_before_it() -> None:
    mayor = said("a", "Mayor", kind="kill_or_wound", counts=(count(7),))
    risen = {"kind": "kill_or_wound", "words": frozenset(["toll", "risen"])}
    assert kinds(mayor, said("b", "Police", counts=(count(8),), **risen)) == []
    assert kinds(mayor, said("b", "Police", counts=(count(6),), **risen)) == [("contradicts", "counts_exclude")]


def test_of_two_numbers_of_one_day_and_voice_the_later_says_that_the_toll_rose() -> None:
    first = said("a", "Mayor", kind="kill_or_wound", counts=(count(5),))
    again = said("b", "Mayor", kind="kill_or_wound", counts=(count(7),))
    assert kinds(first, again) == []
    risen = said("b", "Mayor", kind="kill_or_wound", counts=(count(7),), words=frozenset(["toll", "risen"]))
    assert kinds(first, risen) == [("revises", "count_revised")]


def test_of_two_large_tolls_of_one_day_place_and_voice_the_higher_is_the_later() -> None:
    first = said("a", "Mayor", kind="kill_or_wound", counts=(count(15),))
    assert kinds(first, said("b", "Mayor", kind="kill_or_wound", counts=(count(22),))) == [("revises", "count_revised")]
    # several times as many are of something else, and in a region there is more than one happening a day
    assert kinds(first, said("b", "Mayor", kind="kill_or_wound", counts=(count(50),))) == []
    where = {"places": (REGION,), "kind": "kill_or_wound"}
    far = said("a", "Mayor", counts=(count(15),), **where), said("b", "Mayor", counts=(count(22),), **where)
    assert kinds(*far) == []
    alike = {"words": frozenset(["school", "raid", "class", "pupil", "jet"]), **where}
    near = said("a", "Mayor", counts=(count(15),), **alike), said("b", "Mayor", counts=(count(22),), **alike)
    assert kinds(*near) == [("revises", "count_revised")]


def test_a_part_and_the_whole_that_it_makes_up_with_another_part_revise_nothing() -> None:
    parts = {"kind": "kill_or_wound", "counts": (count(15), replace(count(6), figure_id="six"))}
    first = said("a", "Monitor", **parts)
    again = said("b", "Monitor", days=1, kind="kill_or_wound", counts=(count(21),))
    assert kinds(first, again) == []
    assert kinds(first, said("b", "Monitor", days=1, kind="kill_or_wound", counts=(count(22),))) != []


def test_attackers_and_attacks_are_counted_by_more_words_than_one() -> None:
    bombers = count(2, role="took_part", people="armed", counted="bombers")
    ministry = said("a", "Ministry", counts=(bombers,))
    assert kinds(ministry, said("b", "Group", counts=(replace(bombers, low=3, high=3, counted="fighters"),))) == [
        ("contradicts", "counts_exclude")
    ]
    raids = said("a", "Monitor", counts=(count(6, role="launched", counted="raids"),))
    strikes = said("b", "Monitor", days=1, counts=(count(6, role="launched", counted="strikes"),))
    assert kinds(raids, strikes) == [("repeats", "count_repeated")]


def test_who_speaks_against_a_paper_contradicts_it_and_denies_what_a_speaker_said() -> None:
    held = {"kind": "hold", "agents": (side("RU"),)}
    command = said("b", "Command", of_side="UA", is_negative=True, **held)
    assert kinds(said("a", None, **held), command) == [("contradicts", "other_holder")]
    assert kinds(said("a", "Ministry", of_side="RU", **held), command) == [("denies", "other_holder")]


def test_a_state_is_no_second_voice_beside_its_ministry() -> None:
    taken = {"kind": "take", "agents": (side("RU"),), "places": (POINTS["Kupiansk"],)}
    state = Voice("state:RU", "Russia", "RU", False, True, "text:b", "publisher:b")
    ministry = said("a", "Ministry", of_side="RU", **taken)
    assert kinds(ministry, account("b", statement("b", voice=state, **taken))) == [("repeats", "holder_repeated")]
    assert kinds(ministry, said("c", "Monitor", **taken)) == [("corroborates", "same_holder")]


def test_what_only_lies_in_an_article_of_a_place_agrees_with_nobody() -> None:
    told = {"agents": (side("RU"),), "words": frozenset(["invasi", "homes", "destro"])}
    one, other = said("a", "Mayor", **told), said("b", "Trainer", **told)
    assert kinds(one, other) == [("corroborates", "told_alike")]
    assert kinds(one, replace(other, is_place_carried=True)) == []


def test_those_on_top_of_others_are_not_set_against_all() -> None:
    more = statement("a", 1, kind="kill_or_wound", voice=voice("Mayor", "a"), counts=(count(6, is_further=True),))
    first = statement("a", 0, kind="kill_or_wound", voice=voice("Mayor", "a"), counts=(count(15),))
    police = said("b", "Police", kind="kill_or_wound", counts=(count(15),))
    assert kinds(account("a", first, more), police) == [("corroborates", "count_agreed")]


def test_a_rounded_number_leaves_room_for_one_near_it() -> None:
    some = said("a", "Monitor", kind="kill_or_wound", counts=(count(80, bound="approx"),))
    for number, is_against in ((86, False), (95, True)):
        other = said("b", "Police", kind="kill_or_wound", counts=(count(number),))
        assert (kinds(some, other) == [("contradicts", "counts_exclude")]) is is_against


def sure_contradictions(*accounts: Account) -> list[str]:
    """Rules of the contradictions that are surer than not."""
    found = relations_of(Event("e", tuple(Member(a) for a in accounts)))
    return [r.rule_id for r in found if r.kind == "contradicts" and r.confidence >= 0.7]


def tolls(one: int, other: int, role: str = "killed") -> list[str]:
    """What the number of one day and another voice's of the next come to."""
    earlier = said("a", "Police", kind="kill_or_wound", counts=(count(one, role),))
    later = said("b", "Monitor", days=1, kind="kill_or_wound", counts=(count(other, role),))
    return sure_contradictions(earlier, later)


def test_large_numbers_that_are_near_each_other_contradict() -> None:
    assert tolls(31, 44) == ["counts_exclude"]
    assert tolls(58, 100) == ["counts_exclude"]


def test_few_dead_and_a_later_lower_number_are_of_a_part() -> None:
    assert tolls(2, 3) == []
    assert tolls(44, 31) == []


def test_how_many_attacked_is_told_of_one_attack() -> None:
    assert tolls(2, 3, "took_part") == ["counts_exclude"]


def test_a_town_s_dead_and_a_region_s_are_of_one_event_where_they_are_many() -> None:
    town = said("a", "Police", kind="kill_or_wound", counts=(count(58),))
    region = said("b", "Monitor", days=1, kind="kill_or_wound", counts=(count(86),), places=(REGION,))
    assert sure_contradictions(town, region) == ["counts_exclude"]


def test_children_among_the_dead_are_set_against_children() -> None:
    children = (count(11, scope="part", counted="children", figure_id=f) for f in ("fa", "fb"))
    one, other = children
    monitor = said("a", "Monitor", kind="kill_or_wound", counts=(one,))
    assert kinds(monitor, said("b", "Monitor", days=1, kind="kill_or_wound", counts=(other,))) == [
        ("repeats", "count_repeated")
    ]
    women = replace(other, counted="women")
    assert kinds(monitor, said("b", "Monitor", days=1, kind="kill_or_wound", counts=(women,))) == []


def test_what_one_article_says_of_a_person_holds_for_the_event() -> None:
    body = said("a", "Northern Observatory", kind="kill_or_wound", counts=(count(56),))
    named = replace(body, statements=tuple(replace(s, voice=replace(s.voice, body="observ")) for s in body.statements))
    bare = said("b", "Anna Holm", days=1, kind="kill_or_wound", counts=(count(56, figure_id="fb"),))
    words = said("c", "Anna Holm", kind="strike")
    role = frozenset(["observ", "direct"])
    office = replace(words, statements=tuple(replace(s, voice=replace(s.voice, role=role)) for s in words.statements))
    assert ("corroborates", "count_agreed") in kinds(named, bare)
    assert ("repeats", "count_repeated") in kinds(named, bare, office)


def test_a_strike_on_a_command_post_and_one_on_a_school_are_two_tellings() -> None:
    def hit(article: str, who: str | None, what: str) -> Account:
        target = Participant(name=what, target_class=what)
        return said(article, who, kind="strike", targets=(target,))

    assert kinds(hit("a", "Ministry", "military"), hit("b", "Mayor", "school")) == [("contradicts", "other_target")]
    assert kinds(hit("a", "Ministry", "housing"), hit("b", "Mayor", "school")) == []
    assert kinds(hit("a", None, "military"), hit("b", None, "school")) == []


def test_of_two_sides_the_one_answers_the_other_in_few_words() -> None:
    of_siege = {"kind": "encircle", "words": frozenset(["orikhi", "surrou", "battal"])}
    said_so = said("a", "Ministry", of_side="RU", **of_siege)
    assert kinds(said_so, said("b", "Staff", of_side="UA", is_negative=True, **of_siege)) == [
        ("denies", "said_and_denied")
    ]
    assert kinds(said_so, said("b", "Observer", is_negative=True, **of_siege)) == []
    retort = {**of_siege, "words": frozenset(["neithe", "tactic"])}
    assert kinds(said_so, said("b", "Staff", of_side="UA", is_negative=True, **retort)) == [
        ("denies", "said_and_denied")
    ]


def test_an_article_is_not_set_against_its_own_source() -> None:
    paper = statement("a", 0, kind="kill_or_wound", voice=voice(outlet="a"), counts=(count(18),))
    source = statement("a", 1, kind="kill_or_wound", voice=voice("Monitor", "a"), counts=(count(3),))
    assert kinds(account("a", paper, source)) == []


def test_a_number_that_a_paper_has_from_its_speaker_is_that_speaker_s_word_again() -> None:
    told = {"kind": "kill_or_wound", "counts": (count(48),)}
    paper = replace(said("a", None, **told), voices=frozenset([voice("Monitor").key]))
    monitor = said("b", "Monitor", days=1, **told)
    police = said("c", "Police", days=1, **told | {"counts": (count(44),)})
    assert kinds(paper, monitor) == [("repeats", "count_repeated")]
    assert kinds(paper, monitor, police) == [("contradicts", "counts_exclude"), ("repeats", "count_repeated")]
    assert kinds(replace(paper, voices=frozenset()), monitor) == [("repeats", "count_passed_on")]
    # who has it from somewhere else contradicts another number all the same
    unheard = replace(paper, voices=frozenset())
    assert ("contradicts", "counts_exclude") in kinds(unheard, monitor, police)


def test_two_papers_that_pass_a_speaker_s_number_on_agree_on_nothing() -> None:
    told = {"kind": "kill_or_wound", "counts": (count(48),)}
    papers = said("a", None, **told), said("b", None, days=1, **told)
    assert kinds(*papers) == [("corroborates", "count_agreed")]
    assert "corroborates" not in [kind for kind, _ in kinds(*papers, said("c", "Monitor", days=1, **told))]


def test_a_paper_s_later_and_higher_toll_is_its_news_whoever_gave_the_first() -> None:
    told = {"kind": "kill_or_wound", "places": (POINTS["Kupiansk"],)}
    first = account("a", statement("a", voice=voice("Monitor", "Courier"), counts=(count(86),), **told))
    own = {"voice": voice(None, "Courier")}
    later = account("b", statement("b", counts=(count(87),), **told, **own), days=3)
    assert kinds(first, later) == [("revises", "toll_updated")]
    # six times as many were killed elsewhere too
    larger = account("b", statement("b", counts=(count(200),), **told, **own), days=3)
    assert "revises" not in [kind for kind, _ in kinds(first, larger)]
    nobody_s = account("b", statement("b", counts=(count(87),), **told, voice=voice("", "Courier")), days=3)
    police_s = account("b", statement("b", counts=(count(87),), **told, voice=voice("Police", "Courier")), days=3)
    assert kinds(first, police_s) == [("contradicts", "counts_exclude")]
    unnamed = replace(nobody_s.statements[0], voice=replace(nobody_s.statements[0].voice, name=None))
    assert kinds(first, replace(nobody_s, statements=(unnamed,))) == [("revises", "toll_updated")]


def test_a_toll_that_has_risen_revises_what_a_paper_has_from_that_speaker() -> None:
    own = said("a", None, kind="kill_or_wound", counts=(count(100),))
    paper = replace(own, voices=frozenset([voice("Monitor").key]))
    risen = {"kind": "kill_or_wound", "words": frozenset(["toll", "risen"]), "counts": (count(112),)}
    assert kinds(paper, said("b", "Monitor", days=1, **risen)) == [("revises", "toll_updated")]
    assert kinds(own, said("b", "Monitor", days=1, **risen)) == []


def test_what_a_text_calls_an_earlier_toll_is_revised_by_the_one_beside_it() -> None:
    told = {"kind": "kill_or_wound", "voice": voice(None, "a")}
    before = statement("a", 0, counts=(count(112, is_outdated=True),), **told)
    now = statement("a", 1, kind="kill_or_wound", voice=voice("Monitor", "a"), counts=(count(126),))
    wounded = statement("a", 1, kind="kill_or_wound", counts=(count(300, "wounded"),))
    assert kinds(account("a", before, now)) == [("revises", "toll_replaced")]
    assert kinds(account("a", before, wounded)) == []
    assert kinds(account("a", before), said("b", "Monitor", kind="kill_or_wound", counts=(count(126),))) == []


def test_what_the_text_calls_an_earlier_toll_is_set_against_nothing() -> None:
    monitor = said("a", "Monitor", kind="kill_or_wound", counts=(count(12, is_outdated=True),))
    assert kinds(monitor, said("b", "Police", kind="kill_or_wound", counts=(count(15),))) == []


def versions(*tolls: int, of: str = "a", days: int = 0) -> list[Member]:
    """One article in several versions, each with its own toll; the last one is current."""
    told = [
        account(
            of,
            statement(of, mention_id=f"{of}{n}", kind="kill_or_wound", voice=voice("Mayor"), counts=(count(toll),)),
            days=days,
            version=f"v{n}-{of}",
        )
        for n, toll in enumerate(tolls)
    ]
    return [*(Member(a, is_superseded=True) for a in told[:-1]), Member(told[-1])]


def test_only_what_an_article_says_now_is_a_later_word() -> None:
    found = relations_of(Event("e", tuple(versions(20, 21, 22, 23))))
    assert {r.kind for r in found} == {"revises"}
    assert {r.earlier.account.article_version_id for r in found} == {"v0-a", "v1-a", "v2-a"}
    assert {r.later.account.article_version_id for r in found} == {"v3-a"}


def test_a_number_revises_all_that_its_article_gave_before_and_the_last_ones_of_others() -> None:
    others = [member for n in range(7) for member in versions(10 + n, of=f"other{n}")]
    found = relations_of(Event("e", (*others, *versions(*range(20, 28), of="z", days=1))))
    now = [r for r in found if r.later.account.article_version_id == "v7-z"]
    earlier = sorted(r.earlier.account.article_version_id for r in now)
    assert [version for version in earlier if version.endswith("-z")] == [f"v{n}-z" for n in range(7)]
    assert len(earlier) == 7 + 5


def test_what_an_edited_article_no_longer_says_repeats_nothing_of_another() -> None:
    found = relations_of(Event("e", (*versions(20), *versions(20, 24, of="b", days=1))))
    assert {(r.kind, r.earlier.account.article_version_id, r.later.account.article_version_id) for r in found} == {
        ("revises", "v0-a", "v1-b"),
        ("revises", "v0-b", "v1-b"),
    }


def test_of_a_number_in_two_versions_the_current_one_is_related() -> None:
    [earlier] = versions(20)
    before, now = versions(20, 20, of="b", days=1)
    fuller = replace(before.account.statements[0], agents=(side("RU"),))
    before = replace(before, account=replace(before.account, statements=(fuller,)))
    [relation] = relations_of(Event("e", (earlier, before, now)))
    assert (relation.kind, relation.later.account.article_version_id) == ("repeats", "v1-b")


def test_two_speakers_of_one_paper_revise_nothing() -> None:
    first = account("a", statement("a", kind="kill_or_wound", voice=voice("Mayor", "Courier"), counts=(count(12),)))
    later = account(
        "b", statement("b", kind="kill_or_wound", voice=voice("Police", "Courier"), counts=(count(15),)), days=1
    )
    assert "revises" not in [kind for kind, _ in kinds(first, later)]


def test_two_speakers_side_by_side_contradict_also_where_the_one_says_that_the_toll_has_risen() -> None:
    risen = {"kind": "kill_or_wound", "words": frozenset(["toll", "risen"])}
    first = statement("a", 0, kind="kill_or_wound", voice=voice("Monitor", "a"), counts=(count(56),))
    other = statement("a", 1, voice=voice("Sites", "a"), counts=(count(85),), **risen)
    assert kinds(account("a", first, other)) == [("contradicts", "counts_exclude")]
    # the paper's own toll that has risen is its news
    paper = statement("a", 1, voice=voice(None, "a"), counts=(count(85),), **risen)
    assert kinds(account("a", first, paper)) == [("revises", "toll_updated")]


def test_numbers_of_two_days_are_of_two_happenings() -> None:
    first = said("a", "Mayor", kind="kill_or_wound", counts=(count(12),))
    next_day = DAY + timedelta(days=1)
    later = said("b", "Police", kind="kill_or_wound", first_date=next_day, last_date=next_day, counts=(count(15),))
    assert kinds(first, later) == []


@pytest.mark.parametrize("differs", [{"relation": "near"}, {"relation": "direction_of"}, {"precision": 7}])
def test_who_holds_ground_beside_a_place_or_the_bank_of_a_river_does_not_hold_the_place(
    differs: dict[str, Any],
) -> None:
    beside = replace(POINTS["Kupiansk"], **differs)
    taken = said("a", "Ministry", of_side="RU", kind="take", agents=(side("RU"),), places=(beside,))
    held = said("b", "Command", of_side="UA", kind="hold", agents=(side("UA"),), places=(beside,))
    assert kinds(taken, held) == []


def test_allies_hold_a_place_together() -> None:
    taken = said("a", "Mayor", kind="take", agents=(side("RU"),))
    held = said("b", "Police", kind="hold", agents=(side("DPR-LPR"),))
    assert kinds(taken, held) == []


def test_a_lower_count_in_a_later_text_is_an_older_one_printed_late() -> None:
    first = said("a", "Monitor", kind="kill_or_wound", counts=(count(72, high=None),))
    reprint = said("b", "Monitor", days=1, kind="kill_or_wound", counts=(count(58, high=None),))
    [relation] = relations_of(Event("e", (Member(first), Member(reprint))))
    assert (relation.kind, relation.earlier_figure_id) == ("revises", "f58killedevent")
    other = said("b", "Monitor", days=1, kind="kill_or_wound", counts=(count(58),))
    assert kinds(first, other) == []


def test_a_side_denies_one_deed_and_not_all_of_these_days() -> None:
    words = {"words": frozenset(["gas", "attack"])}
    blamed = said("a", "Rescuers", agents=(side("SY"),), **words)
    denied = said("b", "Army", of_side="SY", is_negative=True, agents=(side("SY"),), **words)
    assert kinds(blamed, denied) == []
    names = frozenset(["saraq", "hadda"])
    assert kinds(replace(blamed, names=names), replace(denied, names=names)) == [("denies", "agent_denied")]
    both = account("a", *blamed.statements, *(replace(s, ordinal=1) for s in denied.statements))
    assert kinds(both) == [("denies", "doing_denied")]  # of a deed that its own text tells of


def test_killed_and_wounded_together_are_set_against_neither() -> None:
    both = tuple(count(20, role, figure_id="f20") for role in ("killed", "wounded"))
    assert (
        kinds(
            said("a", "Mayor", kind="kill_or_wound", counts=both),
            said("b", "Police", kind="kill_or_wound", counts=(count(8),)),
        )
        == []
    )


def test_two_values_are_held_against_each_other_by_so_many_voices_and_no_more() -> None:
    def holders(many: int) -> list[tuple[str, str]]:
        told = [
            said(
                f"{n:03}{code}", f"Speaker {n} {code}", of_side=code, kind="hold", agents=(side(code),), extent="whole"
            )
            for n in range(many)
            for code in ("UA", "RU")
        ]
        found = relations_of(Event("e", tuple(Member(a) for a in told)))
        return [(r.kind, r.rule_id) for r in found if r.rule_id == "other_holder"]

    few, many, more = holders(4), holders(40), holders(80)
    assert 4 < len(few) < len(many) == len(more) <= 60  # a denial is not counted with what contradicts
