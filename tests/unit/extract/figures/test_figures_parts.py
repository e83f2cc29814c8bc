"""The parts by themselves: numerals, units, bounds, dates beside figures, SI."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

import pytest

from ingest.extract.analysis import Analysis
from ingest.extract.base import Found
from ingest.extract.figures import FigureExtractor, numerals, units
from ingest.records import DateMention, Figure

Figures = Callable[[str], list[Figure]]


@pytest.mark.parametrize(
    ("text", "value", "length"),
    [
        ("1,200 men", 1200, 5),
        ("1.2 million", 1.2e6, 11),
        ("2.3bn", 2.3e9, 5),
        ("40 000 tonnes", 40000, 6),
        ("130.2 million", 130200000, 13),
        ("three and a half thousand", 3500, 25),
        ("half a million", 5e5, 14),
        ("a quarter million", 2.5e5, 17),
        ("two hundred and fifty men", 250, 21),
        ("one hundred and two hundred", 100, 11),
        ("two million three hundred thousand", 2.3e6, 34),
        ("twenty-one drones", 21, 10),
        ("two thirds of", 2 / 3, 10),
        ("one-fifth", 0.2, 9),
        ("2 1/2 inches", 2.5, 5),
        ("½ cup", 0.5, 1),
        ("3 dozen", 36, 7),
        ("12.5e-3", 0.0125, 7),
        ("3×10^5", 3e5, 6),
        ("zero point five", 0.5, 15),
        ("13 lakh", 1.3e6, 7),
    ],
)
def test_numeral(text: str, value: float, length: int) -> None:
    numeral = numerals.read(text, 0)
    assert numeral is not None
    assert numeral.low == numeral.high
    assert math.isclose(numeral.low, value)
    assert numeral.end == length


@pytest.mark.parametrize("text", ["people", "and", "of", "x5", "", "a man", "point"])
def test_no_numeral(text: str) -> None:
    assert numerals.read(text, 0) is None


@pytest.mark.parametrize(
    ("behind", "symbol"),
    [
        (" km from", "km"),
        ("km", "km"),
        (" square kilometres of", "km2"),
        (" sq. km", "km2"),
        ("-mm shell", "mm"),
        (" kilometers per hour", "km/h"),
        (" U.S. dollars", "USD"),
        (" Canadian dollars", "CAD"),
        ("%", "%"),
        (" percentage points", "pp"),
        (" °C", "°C"),
        (" hryvnias", "UAH"),
        ("€", "EUR"),
    ],
)
def test_unit_behind(behind: str, symbol: str) -> None:
    found = units.behind("40" + behind, 2)
    assert found is not None
    assert found[0].symbol == symbol


@pytest.mark.parametrize("behind", [" in the town", " men", " A man", " mining towns", " Kherson", "", " tents", "s"])
def test_no_unit_behind(behind: str) -> None:
    assert units.behind("40" + behind, 2) is None


def test_si(figures_of: Figures) -> None:
    length, speed, heat = figures_of("It flew 2 miles at 36 km/h in minus 40 degrees Fahrenheit.")
    assert (length.si_low, length.si_unit) == (3218.688, "m")
    assert speed.si_low == pytest.approx(10.0)
    assert (heat.si_low, heat.si_unit) == (pytest.approx(233.15), "K")


def test_a_conversion_in_parentheses_has_the_same_bound(figures_of: Figures) -> None:
    first, second = figures_of("The crater is more than 10 metres (33 ft) wide.")
    assert (first.bound, second.bound) == ("more_than", "more_than")
    assert (second.low, second.high) == (33.0, None)


def test_best_is_the_middle_of_a_range(figures_of: Figures) -> None:
    (figure,) = figures_of("Between 300 and 400 men crossed the river.")
    assert figure.best == 350


def test_a_name_known_from_the_text_is_no_figure_later(figures_of: Figures) -> None:
    text = "The Boeing 747 burned. Firemen reached the 747 after an hour."
    assert figures_of(text) == []


def test_no_table_clashes() -> None:
    from ingest.extract.figures.lexicon import table

    signs = [sign for row in table("currencies").values() for sign in row["signs"]]
    assert len(signs) == len(set(signs))
    symbols = [s for row in table("units").values() for s in row["symbols"]]
    assert len(symbols) == len(set(symbols))


def _date(text: str, exact: str, timex_type: str) -> DateMention:
    start = text.index(exact)
    return DateMention(
        char_start=start,
        char_end=start + len(exact),
        exact=exact,
        rule_id="d",
        confidence=1.0,
        timex_type=timex_type,
        value=None,
    )


@pytest.mark.parametrize(
    ("text", "exact", "timex_type", "wanted"),
    [
        ("A 10-day truce began.", "10-day", "DURATION", ["10-day"]),
        ("He was shot 10 days after the truce.", "10 days", "DURATION", []),
        ("They met three times a week at the mill.", "three times a week", "SET", []),
        ("The 30 drones came at night.", "30", "DATE", []),
        ("It took nearly two hours to reach 12 of them.", "nearly two hours", "DURATION", ["nearly two hours", "12"]),
    ],
)
def test_dates_come_first(
    text: str,
    exact: str,
    timex_type: str,
    wanted: list[str],
    analyse: Callable[[str], Analysis],
    extractor: FigureExtractor,
) -> None:
    figures = extractor.extract(analyse(text), Found(dates=[_date(text, exact, timex_type)]))
    assert [f.exact for f in figures] == wanted


def test_a_bare_franc_is_no_currency_of_today(
    analyse: Callable[[str, date | None], Analysis], extractor: FigureExtractor
) -> None:
    text = "The lawyer said he had paid 400 francs for the permit."
    units_of = [extractor.extract(analyse(text, day), Found())[0].unit for day in (None, date(1999, 5, 1))]
    assert units_of == ["FRF", "FRF"]
    assert extractor.extract(analyse(text, date(2025, 5, 1)), Found())[0].unit is None
