"""The language of texts and paragraphs, and which of them facts are taken from."""

import pytest

from ingest.language import language_of, paragraphs, readable, why_not_extracted

ENGLISH = (
    "Two warehouses near the station burned out on Friday, the mayor of the town said to reporters.",
    "He denied that ammunition had been kept there, and asked people not to come near.",
    "Nobody was hurt, Ihor Červeňák of the fire brigade told a meeting of the council.",
)
UKRAINIAN = (
    "Два склади біля станції згоріли в п'ятницю, повідомив журналістам міський голова.",
    "Він заперечив, що там зберігали боєприпаси, і попросив людей не підходити близько.",
)
GERMAN = (
    "Zwei Lagerhäuser in der Nähe des Bahnhofs brannten am Freitag aus, sagte der Bürgermeister der Stadt.",
    "Er bestritt, dass dort Munition für das Heer gelagert worden war, und bat die Leute, nicht näher zu kommen.",
)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (ENGLISH, "en"),
        (UKRAINIAN, "uk"),
        (GERMAN, "de"),
        ((*ENGLISH, UKRAINIAN[0]), "en"),
        ((UKRAINIAN[0], *ENGLISH), "en"),
        ((*UKRAINIAN, ENGLISH[0]), "uk"),
        (("Oh",), None),
    ],
)
def test_a_text_is_in_the_language_of_most_of_it(lines, code):
    assert language_of("\n\n".join(lines)) == code


def test_each_paragraph_has_its_own():
    text = "\n\n".join((ENGLISH[0], UKRAINIAN[0], GERMAN[0], ENGLISH[2]))
    assert [p.language for p in paragraphs(text)] == ["en", "uk", "de", "en"] or [
        p.language for p in paragraphs(text)
    ] == ["en", "uk", "de", None]
    assert [text[p.start : p.end] for p in paragraphs(text)] == text.split("\n\n")


@pytest.mark.parametrize("foreign", [UKRAINIAN, GERMAN])
@pytest.mark.parametrize("stated", ["en", None, "foreign"])
def test_a_mixed_text_keeps_its_english_paragraphs_in_their_place(foreign, stated):
    code = language_of("\n".join(foreign)) if stated == "foreign" else stated
    text = "\n\n".join((ENGLISH[0], *foreign, ENGLISH[1]))
    left = readable(text, code)
    assert left is not None
    assert len(left) == len(text)
    for line in text.split("\n\n"):
        at = text.index(line)
        assert left[at : at + len(line)] == (line if line in ENGLISH else " " * len(line))


@pytest.mark.parametrize("lines", [UKRAINIAN, GERMAN])
def test_nothing_is_left_of_a_text_in_another_language(lines):
    text = "\n\n".join(lines)
    code = language_of(text)
    assert readable(text, code) is None
    assert why_not_extracted(text, code) == f"no extractor for the language {code}; there are for en"


def test_english_is_read_whole():
    text = "\n\n".join(("Café burns in Łódź", *ENGLISH, "Olha Červeňák"))
    assert readable(text, "en") == text
    assert why_not_extracted(text, "en") is None


def test_a_foreign_title_and_name_between_english_lines():
    text = "\n\n".join(("Лиман", *ENGLISH))
    left = readable(text, "en")
    assert left is not None
    assert left.startswith(" " * 5)
    assert left.endswith(ENGLISH[-1])
