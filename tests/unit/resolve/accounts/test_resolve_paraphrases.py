"""What one speaker says in several articles in other words: which claims are grouped, and how they are related."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from dbt.landing_factory import Text, claim
from test_resolve_steps import House

from ingest.records import Facts
from ingest.resolve.accounts.paraphrases import numbers
from ingest.resolve.days import publication_buckets
from ingest.resolve.tables import EVENTS, RELATIONS

DAY = date(2026, 3, 2)


def article(name: str, content: str, who: str = "Oksana Bondar", days: int = 0, **more: object) -> Text:
    text = f"The bridge at {name}\n\n{who} said {content}. The {name} road was quiet."
    facts = Facts(claims=[claim(text, content, who, "said", **more)], figures=[], dates=[], locations=[])
    return Text(name, text, facts, values={"publisher": name, "published_date": DAY + timedelta(days=days)})


def related(tmp_path: Path, *articles: Text) -> list[tuple[str, str, str]]:
    house = House(tmp_path)
    house.loads.add(list(articles))
    house.resolve()
    landed = house.rows()
    assert landed[EVENTS.name] == []
    return [(row["kind"], row["axis"], row["rule_id"]) for row in landed[RELATIONS.name]]


SAID = "that no convoy had crossed the wooden bridge"


def test_a_speaker_who_says_the_same_in_other_words_repeats_it(tmp_path: Path) -> None:
    again = article("Herald", "the wooden bridge was crossed by no convoy", days=1)
    assert related(tmp_path, article("Courier", SAID), again) == [("repeats", "polarity", "said_again")]


@pytest.mark.parametrize(
    "other",
    [
        article("Herald", SAID, who="Ivan Petrenko"),
        article("Herald", SAID, days=9),
        article("Herald", SAID, polarity="negative"),
        article("Herald", "that the convoy would wait for better weather"),
        article("Herald", SAID, hedge="possible"),
        article("Herald", SAID, polarity="question"),
    ],
)
def test_another_voice_day_polarity_or_matter_is_no_repetition(tmp_path: Path, other: Text) -> None:
    assert related(tmp_path, article("Courier", SAID), other) == []


def test_what_is_hedged_alike_in_both_articles_is_said_again(tmp_path: Path) -> None:
    first = article("Courier", SAID, hedge="possible")
    again = article("Herald", "the wooden bridge was crossed by no convoy", days=1, hedge="possible")
    assert related(tmp_path, first, again) == [("repeats", "polarity", "said_again")]
    other = article("Herald", "the wooden bridge was crossed by no convoy", days=1, hedge="probable")
    assert related(tmp_path / "other", first, other) == []


def test_who_passes_on_what_others_say_says_it_again_in_another_article(tmp_path: Path) -> None:
    told = f"that drivers had reported {SAID}"
    text = f"The bridge\n\nOksana Bondar said {told}."
    claims = [claim(text, told, "Oksana Bondar", "said"), claim(text, SAID, "drivers", "reported", parent=0)]
    facts = Facts(claims=claims, figures=[], dates=[], locations=[])
    first = Text("Courier", text, facts, values={"publisher": "Courier", "published_date": DAY})
    assert related(tmp_path, first, article("Herald", SAID, days=1)) == [("repeats", "polarity", "said_again")]
    denied = article("Herald", SAID, days=1, polarity="negative")
    assert related(tmp_path / "denied", first, denied) == []
    of_another = article("Herald", SAID, who="Ivan Petrenko", days=1)
    assert related(tmp_path / "another", first, of_another) == []


@pytest.mark.parametrize(
    ("of_speaker", "of_source"),
    [({"speaker_side": "UA"}, {"speaker_side": "RU"}), ({}, {"stance": "disputed"}), ({}, {"cue_class": "accuse"})],
)
def test_what_another_side_claims_or_a_speaker_doubts_is_not_its_own_word(
    tmp_path: Path, of_speaker: dict[str, str], of_source: dict[str, str]
) -> None:
    told = f"that drivers had alleged {SAID}"
    text = f"The bridge\n\nOksana Bondar said {told}."
    whole = claim(text, told, "Oksana Bondar", "said", **of_speaker)
    facts = Facts(
        claims=[whole, claim(text, SAID, "drivers", "alleged", parent=0, **of_source)],
        figures=[],
        dates=[],
        locations=[],
    )
    first = Text("Courier", text, facts, values={"publisher": "Courier", "published_date": DAY})
    assert related(tmp_path, first, article("Herald", SAID, days=1, **of_speaker)) == []


def test_what_is_said_with_another_number_is_not_the_same(tmp_path: Path) -> None:
    ten, twelve = (article(n, f"that {k} convoys had crossed the wooden bridge") for n, k in (("A", 10), ("B", 12)))
    assert related(tmp_path, ten, twelve) == []
    assert numbers("10 of 1,200") == {"10", "1,200"}


def test_one_of_two_tolls_may_leave_out_a_number_that_the_other_gives(tmp_path: Path) -> None:
    first = article("A", "that 10 convoys with 300 drivers had crossed the wooden bridge")
    again = article("B", "that 10 convoys had crossed the wooden bridge", days=1)
    assert related(tmp_path, first, again) == [("repeats", "polarity", "said_again")]
    other = article("B", "that convoys with 40 drivers had crossed the wooden bridge", days=1)
    assert related(tmp_path / "other", first, other) == []


def test_a_quotation_of_several_sentences_is_said_again_though_one_of_them_denies(tmp_path: Path) -> None:
    said = "our convoy crossed the wooden bridge before sunset and nobody will stop our drivers"
    first = article("A", said, speech="direct", polarity="negative")
    told = "that the convoy had crossed the wooden bridge before sunset with its drivers"
    assert related(tmp_path, first, article("B", told, days=1)) == [("repeats", "polarity", "said_again")]
    unquoted = article("A", said, polarity="negative")
    assert related(tmp_path / "other", unquoted, article("B", told, days=1)) == []


@pytest.mark.parametrize(("source", "found"), [("river guards", True), (None, False)])
def test_who_cites_a_source_says_it_too(tmp_path: Path, source: str | None, found: bool) -> None:
    text = f"The bridge\n\nOksana Bondar said, citing river guards, {SAID}."
    whole = claim(text, SAID, "Oksana Bondar", "said")
    cited = claim(text, SAID, source, "citing", parent=0)
    facts = Facts(claims=[whole, cited], figures=[], dates=[], locations=[])
    first = Text("Courier", text, facts, values={"publisher": "Courier", "published_date": DAY})
    is_found = ("repeats", "polarity", "said_again") in related(tmp_path, first, article("Herald", SAID, days=1))
    assert is_found == found


def test_what_is_quoted_in_part_is_said_again_in_other_words(tmp_path: Path) -> None:
    first = article(
        "Courier", "no convoy will ever again cross “our own wooden bridge” as long as he is mayor", speech="mixed"
    )
    again = article("Herald", "“our own wooden bridge” no convoy would cross, as he is mayor", days=1, speech="mixed")
    assert ("repeats", "polarity", "said_again") in related(tmp_path, first, again)


def test_what_is_quoted_word_for_word_is_found_by_its_words_alone(tmp_path: Path) -> None:
    first = article(
        "Courier", "No convoy will ever again cross our own wooden bridge while I am mayor", speech="direct"
    )
    again = article(
        "Herald", "While I am mayor our own wooden bridge no convoy will ever again cross", days=1, speech="direct"
    )
    assert ("repeats", "polarity", "said_again") not in related(tmp_path, first, again)


@pytest.mark.parametrize("apart", range(4))
@pytest.mark.parametrize("start", range(8))
def test_what_is_published_within_three_days_shares_a_stretch_of_days(start: int, apart: int) -> None:
    first = DAY + timedelta(days=start)
    ours, theirs = publication_buckets(first), publication_buckets(first + timedelta(days=apart))
    assert set(ours) & set(theirs)
    assert len(ours) <= 2
