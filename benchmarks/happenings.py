"""What made-up articles tell of: theatres of war, and on each day of each a number of happenings.

Belongs here: where, when, who, how many; which happening an article is about. Does not belong here: sentences and facts
(``telling``), landing them (``landed``).

A few places have most of the happenings, and a few happenings of a day most of the articles that tell of it.
"""

from __future__ import annotations

import itertools
import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from benchmarks.articles import material
from ingest.records import Location

FIRST_DAY = date(2020, 1, 1)
DAYS = 2_191
HAPPENINGS_A_DAY = 250  # of one theatre
SPEAKERS_A_THEATRE = 1_200
PLACES_A_THEATRE = 260
NAMES = 20_000  # of people and bodies that articles name, and of the words that no two sentences share
_NAMES_OF_HAPPENING = 3
_BEGINNINGS = ["Vel", "Or", "Tam", "Kes", "Ban", "Dru", "Mir", "Sol", "Ger", "Hal", "Jor", "Lam", "Nev", "Pir", "Ruz"]
_MIDDLES = ["", "ada", "ebo", "iri", "omu", "uka", "ali", "enti", "oska", "ura", "ami", "evo", "ilo", "ondra", "uty"]
_ENDS = ["n", "k", "ba", "chi", "da", "fe", "go", "ha", "li", "mo", "na", "pur", "ris", "sky", "tan", "va", "wen", "zo"]


@dataclass(frozen=True, slots=True)
class Theatre:
    """One war: its words, its two sides, its places with the cumulated weights of their being in the news."""

    number: int
    words: dict[str, list[str]]
    sides: list[str]
    places: list[Location]
    weights: list[float]
    regions: list[Location]
    speakers: list[tuple[str, str]]

    def place(self, rng: random.Random, most: int | None = None) -> Location:
        """A place that is in the news, of the ``most`` that are most in it."""
        return rng.choices(self.places[:most], cum_weights=self.weights[:most])[0]


@dataclass(frozen=True, slots=True)
class News:
    """How dense the news is: over how many days, in how many theatres and places of each."""

    days: int = DAYS
    theatres: int = 4
    places: int | None = None
    happenings: int = HAPPENINGS_A_DAY


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened in a place on a day, and how many it befell."""

    kind: str
    place: Location
    day: date
    toll: int
    target: str
    weapon: str
    names: tuple[str, ...]


@cache
def generated() -> dict[str, Any]:
    """The words of ``landed.toml``."""
    return tomllib.loads(Path(__file__).with_name("landed.toml").read_text(encoding="utf-8"))


@cache
def theatres() -> list[Theatre]:
    """All theatres, the same each time."""
    made = []
    for number, (name, given) in enumerate(generated()["theatres"].items()):
        words = material()["theatre"][name]
        rng = random.Random(name)

        at = partial(_located, number, given, rng)
        names = [*words["town"], *(invented(n, name) for n in range(PLACES_A_THEATRE - len(words["town"])))]
        places = [at(n, place, "settlement", 1, rng.choice(words["region"])) for n, place in enumerate(names)]
        regions = [at(500_000 + n, region, "region", 4, region) for n, region in enumerate(words["region"])]
        regions.append(at(900_000, words["country"][0], "country", 6, words["region"][0]))
        # the n-th place has a share of about one in n
        weights = list(itertools.accumulate(1 / (n + 3) for n in range(len(places))))
        first = material()["slots"]["first"]
        people = [f"{rng.choice(first)} {invented(n, f'family in {name}')}" for n in range(SPEAKERS_A_THEATRE)]
        speakers = [(person, rng.choice(given["sides"])) for person in people]
        made.append(Theatre(number, words, given["sides"], places, weights, regions, speakers))
    return made


def _located(
    theatre: int,
    center: Mapping[str, Any],
    rng: random.Random,
    n: int,
    place: str,
    kind: str,
    precision: int,
    region: str,
) -> Location:
    """The ``n``-th place of a theatre, somewhere around its centre."""
    return Location(
        **evidence(0, place),
        place=place,
        geonameid=1_000_000 * (theatre + 1) + n,
        country=center["country"],
        admin1=region,
        lat=round(center["lat"] + rng.uniform(-2, 2), 4),
        lon=round(center["lon"] + rng.uniform(-2, 2), 4),
        kind=kind,
        precision=precision,
        is_resolved=True,
    )


def evidence(start: int, exact: str) -> dict[str, Any]:
    """The fields that every fact has."""
    return {
        "char_start": start,
        "char_end": start + len(exact),
        "exact": exact,
        "rule_id": "generated",
        "confidence": 1.0,
    }


@lru_cache(maxsize=2 * NAMES)
def invented(number: int, of: str = "") -> str:
    """A name of nobody, the same for the same number."""
    rng = random.Random(f"{of} {number}")
    return rng.choice(_BEGINNINGS) + rng.choice(_MIDDLES) + rng.choice(_MIDDLES) + rng.choice(_ENDS)


def _by_rank(rng: random.Random) -> int:
    """One of the names, the n-th of which is told about once where the first is told n times."""
    return int(NAMES ** rng.random()) - 1


def word(rng: random.Random) -> str:
    """A word, which few sentences share with another."""
    return invented(_by_rank(rng), "word").lower()


@cache
def _shares(count: int) -> list[float]:
    """Cumulated weights of the happenings of a day: the n-th has a share of about one in n."""
    return list(itertools.accumulate(1 / (n + 15) for n in range(count)))


def happening(rng: random.Random, theatre: Theatre, news: News, latest: date) -> Happening:
    """One that an article of the day ``latest`` tells of, of that day or one of the two before."""
    day = latest - timedelta(days=min(2, int(rng.expovariate(1))))
    number = rng.choices(range(news.happenings), cum_weights=_shares(news.happenings))[0]
    return _happening(theatre.number, day, number, news)


@lru_cache(maxsize=65_536)
def _happening(theatre: int, day: date, number: int, news: News) -> Happening:
    rng = random.Random(f"{theatre} {day} {number}")
    weights = generated()["told_weights"]
    slots = material()["slots"]
    return Happening(
        kind=rng.choices(list(weights), weights=weights.values())[0],
        place=theatres()[theatre].place(rng, news.places),
        day=day,
        toll=int(rng.paretovariate(0.9)) + 1,
        target=rng.choice(slots["target"]),
        weapon=rng.choice(slots["weapon"]),
        names=tuple(invented(_by_rank(rng)) for _ in range(_NAMES_OF_HAPPENING)),
    )
