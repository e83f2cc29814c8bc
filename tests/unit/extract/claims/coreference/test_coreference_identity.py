"""The key by which a speaker is the same one in every article."""

import pytest

from ingest.extract.claims.coreference.identity import folded, identify, office_of, person_key
from ingest.extract.claims.coreference.names import compatible
from ingest.extract.claims.coreference.sides import side_of

ONE_KEY = [
    ["Volodymyr Zelensky", "Volodymyr Zelenskiy", "Volodymyr Zelenskyy", "Volodymyr Zelenskyi", "Vladimir Zelensky"],
    ["Oleksandr Syrskyi", "Oleksandr Syrsky", "Gen. Oleksandr Syrskii", "Alexander Syrsky"],
    ["Abdel Fattah al-Burhan", "Abdel-Fattah Burhan", "Abdelfattah Al Burhan", "Abd al-Fattah al-Burhan"],
    ["Muhammad Hamdan Dagalo", "Mohamed Hamdan Dagalo", "Mohammed Hamdan Daglo", "Hemeti", "Hemedti"],
    ["Vladimir Putin", "Vladimir Vladimirovich Putin", "Putin"],
    ["Yurii Ihnat", "Yuriy Ihnat", "Yuri Ihnat"],
    ["Kim Jong-un", "Kim Jong Un"],
    ["Moussa Traoré", "Musa Traore"],
    ["Viktor Tregubov", "Viktor Trehubov"],
    ["Joost van Aken", "Dr. Joost Van Aken"],
    ["Charles Q. Brown", "Charles Brown"],
]
APART = [
    ("Olena Zelenska", "Volodymyr Zelensky"),
    ("Bashar al-Assad", "Hafez al-Assad"),
    ("Donald Trump", "Donald Trump Jr."),
    ("Kim Jong-un", "Kim Jong-il"),
    ("Yahya Sinwar", "Mohammed Sinwar"),
    ("Abdel Fattah al-Burhan", "Abdelrahman al-Burhan"),
    ("John Hill", "John Gill"),
    ("Jan Smith", "Ian Smith"),
]


@pytest.mark.parametrize("names", ONE_KEY, ids=lambda n: n[0])
def test_spellings_of_one_name_have_one_key(names):
    assert len({identify(name, "person", None).key for name in names}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_of_two_persons_have_two(one, other):
    assert identify(one, "person", None).key != identify(other, "person", None).key


def test_one_wrong_letter_in_a_long_family_name_is_still_the_well_known_person():
    assert identify("Volodymyr Zelanski", "person", "UA").known_as == "Volodymyr Zelensky"
    assert identify("Mychajło Podolak", "person", None).known_as == "Mykhailo Podolyak"
    assert identify("Olena Zelanski", "person", "UA").known_as is None
    assert identify("Volodymyr Zelanski", "person", "RU").known_as is None
    assert identify("Sergei Lavrok", "person", "RU").known_as is None


def test_a_family_name_alone_is_a_well_known_persons_only_on_that_persons_side():
    assert identify("Gerasimov", "person", "RU").known_as == "Valery Gerasimov"
    assert identify("Gerasimov", "person", "UA").key == "person:herasimov/"
    assert identify("Sergei Gerasimov", "person", "RU").known_as is None


@pytest.mark.parametrize(
    ("name", "kind", "side", "known_as"),
    [
        ("Moscow", "country", "RU", "Russia"),
        ("the Kremlin", "institution", "RU", "Kremlin"),
        ("Russia's defence ministry", "institution", "RU", "Russian Defence Ministry"),
        ("Russian MoD", "institution", "RU", "Russian Defence Ministry"),
        ("Defense Ministry", "institution", "RU", "Russian Defence Ministry"),
        ("Sudan's army", "institution", "SD", "Sudanese Armed Forces"),
        ("RSF", "institution", None, "Rapid Support Forces"),
        ("FARDC", "institution", None, "Armed Forces of the Democratic Republic of the Congo"),
        ("Israeli military", "institution", "IL", "Israel Defense Forces"),
        ("Ansar Allah", "group", None, "Houthis"),
        ("Hamas-run health ministry", "institution", "PS", "Gaza health ministry"),
        ("Kigali", "country", "RW", "Rwanda"),
    ],
)
def test_bodies_and_seats_are_the_listed_ones(name, kind, side, known_as):
    assert identify(name, kind, side).known_as == known_as


def test_whose_a_body_is_tells_it_from_others():
    iran, israel = (identify(f"{of} foreign ministry", "institution", None) for of in ("Iran's", "Israeli"))
    assert iran.key == "body:IR foreign ministry"
    assert israel.key == "body:IL foreign ministry"
    assert identify("Ministry of Foreign Affairs of Iran", "institution", None).key == iran.key
    in_london, in_bamako = (
        identify(f"Russian embassy in {at}", "institution", "RU").key for at in ("London", "Bamako, Mali")
    )
    assert in_london != in_bamako


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("foreign ministry", "institution"),
        ("the General Staff", "institution"),
        ("police", "institution"),
        ("Russian milbloggers", "group"),
        ("engineers", "group"),
        ("18 Civilians", "group"),
        ("Dozens of people", "group"),
        ("local officials", "unnamed"),
        ("the spokesman", "role"),
        ("Petro Hnatiuk and Oleh Danylenko", "person"),
        ("", "person"),
        (None, None),
    ],
)
def test_who_has_no_name_of_its_own_has_no_key(name, kind):
    assert identify(name, kind, None).key is None


def test_folding_is_stable():
    for name in ("Zelenskyy", "al-Burhan", "Tshisekedi", "Ouattara", "Łukasz", "Øystein", "Қасым", "", "'", "O’Neill"):
        assert folded(folded(name)) == folded(name)
    assert person_key("") == ""
    assert person_key("…") == ""


@pytest.mark.parametrize(
    ("role", "office"),
    [
        ("spokeswoman of the 68th brigade", "spokesperson"),
        ("deputy head of the military administration", "chief"),
        ("defence minister", "minister"),
        ("military spokesman", "spokesperson"),
        ("former president", None),
        ("friend of the mayor", None),
        ("", None),
        (None, None),
    ],
)
def test_the_office_is_the_head_of_the_role(role, office):
    assert office_of(role) == office


def test_a_side_is_a_state_that_is_named_not_a_direction() -> None:
    assert side_of("Russian-installed deputy head of the region") == "RU"
    assert side_of("South Korean envoy") == "KR"
    assert side_of("director in the south") is None
    assert side_of("families who fled the North") is None
    assert side_of("talks between Ukrainian and Russian officers") is None


def test_father_and_son_are_two():
    assert not compatible("John Roe Jr.", "John Roe Sr.")
    assert compatible("John Roe Jr.", "John Roe")


def test_two_bodies_go_by_the_key_of_the_first():
    joint, first = identify("Hamas and Hezbollah", "group", "HAMAS"), identify("Hamas", "group", "HAMAS")
    assert (joint.key, joint.side) == (first.key, first.side)


def test_one_body_with_and_in_its_name_has_its_own_key():
    name = "Ministry of Health and Population"
    assert identify(name, "institution", None).key != identify("Ministry of Health", "institution", None).key
