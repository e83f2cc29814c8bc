"""Decides, by the whole text, which of the places so called a mention means.

Belongs here: weighing candidates by prominence, stated containment, and what else the text speaks
of; one sense for one name unless the text says otherwise; ties left open. Does not belong here:
finding mentions (``mentions``) or their surroundings (``relations``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from ingest.extract.analysis import Analysis
from ingest.extract.locations.country_hints import countries_shown, regions_shown
from ingest.extract.locations.draft import ALTERNATE, BY_RULE, ENGLISH, LOOSE, OFFICIAL, STEM
from ingest.extract.locations.gazetteer import Gazetteer, Place
from ingest.extract.locations.levels import bears_as_own
from ingest.extract.locations.lexicon import lexicon
from ingest.extract.locations.mention import Mention
from ingest.extract.locations.names import fold, loosen, region_level, region_stem

_MOST = 24
# What one logarithmic unit of context counts, beside one of population.
_COUNTRY, _REGION = 1.2, 1.6
_WEIGHTS = (1.2, 0.8)  # of a large square, of a small one
# what the publisher's home weighs, as if the text had spoken of it in passing
_HOME = 0.5
# Squares a side of which is this part of a degree are close to their neighbours.
_FINE = 3
_PENALTY = {0: 0.0, ALTERNATE: 0.6, BY_RULE: 0.8, STEM: 2.5, LOOSE: 1.5}
# what a country counts for a small town of it in a text that names nothing of the town's state
_STATELESS = 0.5
# The most that context can count: it chooses among towns, not against a metropolis.
_CAP = 9.0
_TIE = 0.1
_HAIR = 0.5
_HAIR_AT_HOME = 0.35  # where English is spoken, whose papers write of their own towns
_BETTER_KNOWN = 1.3
_FAR_BETTER_KNOWN = 2.6
_GREAT = 200_000
_TOWN = 10_000
_METROPOLIS = 1_000_000
_SMALL = 50_000
_OBSCURE = 4.6
_WHOLE = 0.9  # of a region's people: it is a city and no more
_TIE_KM = 60.0
_SEAT_ELSEWHERE = 3.0
_REGIONS_KM = 150.0


Square = tuple[int, int]  # degrees of latitude and longitude, or parts of them


@dataclass(slots=True)
class Sense:
    """A candidate with its score; ``score`` is comparable among the candidates of one name only."""

    place: Place
    prior: float
    score: float = 0.0


@dataclass(slots=True)
class Resolution:
    """What a mention was taken for; ``place`` is None where it stays open."""

    place: Place | None
    score: float
    senses: list[Sense]


def km_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance."""
    a, b = math.radians(lat1), math.radians(lat2)
    x = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(x)))


def prominence(place: Place, how: int, said: str | None, key: str) -> float:
    """How likely a name means this place when nothing else is known."""
    value = math.log10(place.population + 100) - _PENALTY[how]
    if how == ALTERNATE:
        # another spelling of its name is nearly its name, an old or a foreign name is not
        own = fold(place.name)
        value += 0.4 if loosen(own) == loosen(key) else -0.4 if own[:1] == key[:1] else -1.0
    if place.kind == "country":
        value += 2.0 if how == OFFICIAL else 0.3
    elif place.feature == "PPLC":
        value += 0.9
    elif place.feature == "PPLA":
        value += 0.5
    elif place.feature == "ADM1":
        value -= 0.4
    elif place.feature in ("CONT", "RGN"):
        value += 0.5 if place.population >= 100_000 else -1.0
    elif place.kind == "region":
        value -= 1.8
    if said is not None:
        same = place.kind == said or (said == "settlement" and place.kind == "facility")
        value += 2.5 if same else -2.5
        if said == "region":
            if how == STEM:
                value += 2.0
            level = region_level(key)
            if level is not None and place.kind == "region":
                # "Donetsk region" is the oblast, "Donetsk district" is not
                value += 1.5 if (place.feature == "ADM1") == (level == 1) else -1.5
    return value


def _prefer_by_use(senses: list[Sense], mentions: list[Mention]) -> None:
    """A name that towns have beside it is a town's; one that others lie in is a region's or country's."""
    local = any(m.is_local for m in mentions)
    outer = any(m.is_outer for m in mentions)
    part = all(m.is_part for m in mentions)
    for sense in senses:
        place = sense.place
        if local and place.kind == "country":
            sense.prior -= 2.5
        if part and place.feature == "ADM1":
            sense.prior += 1.0
        if outer:
            sense.prior += 2.0 if place.kind == "country" or place.feature == "ADM1" else 0.0


def _prefer_seats(senses: list[Sense], key: str) -> None:
    """A bare name that a region and its chief town share is the town's, but for "Gaza", which is the Strip."""
    if key in lexicon().bare_regions:
        for s in senses:
            s.prior += 2.5 if s.place.feature == "ADM1" else 0.0
        return
    towns = [
        s for s in senses if s.place.feature in ("PPL", "PPLA", "PPLC") and s.prior > 2.0 and bears_as_own(s.place, key)
    ]
    for s in senses:
        if s.place.kind != "region":
            continue
        if _is_of_another_seat(s.place, key, senses):
            s.prior += _SEAT_ELSEWHERE  # Sulu, whose seat is Jolo
            continue
        seats = [t.place.feature for t in towns if s.place.row in (t.place.admin1, t.place.admin2)]
        # a state of the United States may share its name with any town in it
        sure = any(f != "PPL" for f in seats) or (seats and s.place.country not in ENGLISH)
        if s.place.feature == "ADM1" and sure:
            s.prior -= 1.3
        elif s.place.feature != "ADM1" and seats:
            s.prior -= 1.0
        elif s.place.feature == "ADM1" and not seats and key in fold(s.place.name).split()[1:]:
            s.prior += 1.0  # Bali, whose official name is Provinsi Bali, and no town in it is called so


def _is_of_another_seat(region: Place, key: str, senses: list[Sense]) -> bool:
    """Whether ``key`` is a lower region's own name, and its seat goes by it only because it is the seat."""
    name = fold(region.name)
    if region.feature == "ADM1" or not (name == key or name.endswith(f" {key}") or name.startswith(f"{key} ")):
        return False
    towns = [s.place for s in senses if s.place.kind == "settlement" and s.place.admin1 == region.admin1]
    called = [t for t in towns if key in fold(t.name).split() or loosen(fold(t.name))[:2] == loosen(key)[:2]]
    return not called and any(t.admin2 == region.row for t in towns)


def _overshadow(senses: list[Sense]) -> None:
    """A village does not go by its name alone in a country where a great city, or a far larger town, bears it."""
    largest: dict[str, int] = {}
    for s in senses:
        if s.place.kind == "settlement":
            largest[s.place.country] = max(s.place.population, largest.get(s.place.country, 0))
    for s in senses:
        if s.place.kind != "settlement":
            continue
        city = largest[s.place.country]
        if city >= _GREAT and s.place.population < 0.04 * city:
            s.prior -= 3.0
        elif city >= _TOWN and s.place.population < 0.04 * city and s.place.country not in ENGLISH:
            # where English is spoken, papers write of their own Springfield
            s.prior -= 1.0


def _outweigh(senses: list[Sense], names: dict[int, int]) -> None:
    """A country or metropolis keeps its name: a place that bears it in another spelling is not meant by it alone.

    ``names`` tells how the place of a row bears the name: "New York" is Niu-York in Donetsk Oblast too.
    """
    if any(s.place.kind == "country" and names[s.place.row] == OFFICIAL for s in senses):
        for s in senses:
            if names[s.place.row] != OFFICIAL and s.place.kind == "settlement":
                s.prior -= 6.0  # Iraq is no Arāk, however much the text speaks of Iran
    if any(s.place.population >= _METROPOLIS and names[s.place.row] <= ALTERNATE for s in senses):
        for s in senses:
            if names[s.place.row] != OFFICIAL and s.place.kind == "settlement" and s.place.population < _SMALL:
                s.prior -= 3.0


@dataclass(slots=True)
class _Name:
    """All mentions of a text under one key that can only mean the same place."""

    mentions: list[int]
    senses: list[Sense]
    weight: float
    is_local: bool


class Resolver:
    """Resolves the mentions of one text together."""

    def __init__(self, gazetteer: Gazetteer, mentions: list[Mention], analysis: Analysis) -> None:
        self.gazetteer = gazetteer
        self.mentions = mentions
        self.analysis = analysis
        self.shown: dict[str, float] = {}  # countries that demonyms and the like show, with their weight

    def resolve(self) -> list[Resolution]:
        names = self._names()
        spoken_of = self._rounds(names)
        found: list[Resolution] = [Resolution(None, 0.0, [])] * len(self.mentions)
        for name in names:
            resolution = self._decide(name, spoken_of)
            for k in name.mentions:
                found[k] = resolution
        return found

    def _names(self) -> list[_Name]:
        groups: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
        stated: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for k, m in enumerate(self.mentions):
            outer = tuple(self.mentions[o].key for o in m.inside[:1])
            groups[m.key, outer].append(k)
            if outer:
                stated[m.key].add(outer)
        # A bare mention takes the sense that the text states elsewhere, if it states one only.
        for (key, outer), members in list(groups.items()):
            if not outer and len(stated[key]) == 1:
                groups[key, next(iter(stated[key]))] += members
                del groups[key, outer]
        return [self._name(members) for members in groups.values()]

    def _name(self, members: list[int]) -> _Name:
        mentions = [self.mentions[k] for k in members]
        said = next((m.said_kind for m in mentions if m.said_kind), None)
        senses: dict[int, Sense] = {}
        borne: dict[int, int] = {}
        for candidates in {id(m.candidates): m.candidates for m in mentions}.values():  # most share one list
            for place, how in candidates:
                borne[place.row] = min(how, borne.get(place.row, how))
                value = prominence(place, how, said, mentions[0].key)
                if place.row not in senses or senses[place.row].prior < value:
                    senses[place.row] = Sense(place, value)
        ranked = sorted(senses.values(), key=lambda s: (-s.prior, s.place.row))
        _prefer_by_use(ranked, mentions)
        outers = [self.mentions[o] for m in mentions for o in m.inside]
        if outers:
            for sense in ranked:
                if any(self._holds(o, sense.place) for o in outers):
                    sense.prior += 6.0
        if said == "region":
            self._pass_over_cities(ranked, mentions[0].key)
        if said is None and not any(m.is_outer or m.is_part for m in mentions):
            _prefer_seats(ranked, mentions[0].key)
        _overshadow(ranked)
        _outweigh(ranked, borne)
        ranked.sort(key=lambda s: (-s.prior, s.place.row))
        return _Name(
            members, ranked[:_MOST], min(3.0, 1.0 + 0.5 * (len(members) - 1)), any(m.is_local for m in mentions)
        )

    def _pass_over_cities(self, senses: list[Sense], key: str) -> None:
        """ "Kyiv region" is not the city, which is a region of its own, where one around it is called so too."""
        regions = [s for s in senses if s.place.feature == "ADM1"]
        if len(regions) < 2:
            return
        towns = [p for p, how in self.gazetteer.find(region_stem(key)) if p.kind == "settlement" and how <= ALTERNATE]
        for s in regions:
            others = [o for o in regions if o is not s and o.place.country == s.place.country]
            people = max((p.population for p in towns if p.admin1 == s.place.row), default=0)
            if others and people >= _WHOLE * max(1, s.place.population):
                s.prior -= 2.0

    @staticmethod
    def _holds(outer: Mention, place: Place) -> bool:
        return any(
            (o.kind == "country" and o.country == place.country and place.kind != "country")
            or o.row in (place.admin1, place.admin2)
            for o, _ in outer.candidates
            if o.row != place.row
        )

    def _rounds(self, names: list[_Name]) -> float:
        """Score the senses in three rounds; returns how much the text speaks of any country."""
        for name in names:
            for sense in name.senses:
                sense.score = sense.prior
        countries = self.shown = countries_shown(self.analysis)
        if self.analysis.home:
            # papers write of home without saying so; anything that the text says weighs more
            countries = countries | {self.analysis.home: countries.get(self.analysis.home, 0.0) + _HOME}
        regions = [(self.gazetteer.region_row(*r), w) for r, w in regions_shown(self.analysis.text).items()]
        squares = _Squares()
        for last in (False, False, True):
            context = _Context(countries, regions, squares)
            for name in names:
                if name.senses:
                    context.add(name)
            for name in names:
                if len(name.senses) < (1 if last else 2):
                    continue
                support = context.support(name)
                for sense in name.senses:
                    sense.score = sense.prior + support(sense.place)
                name.senses.sort(key=lambda s: (-s.score, s.place.row))
        return max(context.countries.values(), default=0.0)

    def _decide(self, name: _Name, spoken_of: float) -> Resolution:
        if not name.senses:
            return Resolution(None, 0.0, [])
        best = name.senses[0]
        if (
            best.place.kind == "settlement"
            and best.prior < _OBSCURE
            and best.score - best.prior < 0.3
            and spoken_of >= 3
        ):
            # a small place in a country that the text does not speak of: rather none than this one
            return Resolution(None, best.score, name.senses)
        best = self._better_known(name)
        for other in name.senses:
            if best.score - other.score > _TIE:
                break
            is_known = other.score > best.score or (best.place.feature in ("PPLA", "PPLC") and not name.is_local)
            if other.prior - best.prior >= _FAR_BETTER_KNOWN:
                best = other  # London, however much a text speaks of America
                break
            if other is best or (is_known and best.prior - other.prior >= _BETTER_KNOWN):
                continue
            if not best.place.has_point or not other.place.has_point:
                continue
            away = km_between(best.place.lat, best.place.lon, other.place.lat, other.place.lon)
            both_regions = best.place.feature == other.place.feature == "ADM1"  # neighbours, where they are near
            if away > (_REGIONS_KM if both_regions else _TIE_KM) and best.place.kind != "country":
                return Resolution(None, best.score, name.senses)
        return Resolution(best.place, best.score, name.senses)

    @staticmethod
    def _better_known(name: _Name) -> Sense:
        """The best sense, or one close behind that is far better known: a suburb once called Kaliningrad is not it.

        Where English is spoken, papers write of their own towns, and a little more context outweighs fame.
        """
        best = name.senses[0]
        for other in name.senses[1:]:
            hair = _HAIR_AT_HOME if best.place.country in ENGLISH else _HAIR
            near = best.score - other.score <= hair and other.place.country == best.place.country
            near = near and (other.place.kind == "settlement" or hair == _HAIR)
            if near and other.prior - best.prior >= _BETTER_KNOWN:
                return other
        return best


class _Context:
    """What a text speaks of, as far as it is known: countries, regions and squares of the map."""

    def __init__(self, countries: dict[str, float], regions: list[tuple[int, float]], squares_of: _Squares) -> None:
        self._squares_of = squares_of
        self.countries: dict[str, float] = defaultdict(float, countries)
        self.regions: dict[int, float] = defaultdict(float, regions)
        # what lies in or beside each square, the large ones and the small ones
        self.squares: list[dict[Square, float]] = [defaultdict(float), defaultdict(float)]
        self._own: dict[int, tuple[Place, float]] = {}

    def add(self, name: _Name) -> None:
        """Count a name's present best sense, the more the surer it is."""
        senses = name.senses
        best = senses[0]
        margin = 3.0 if len(senses) == 1 else min(3.0, best.score - senses[1].score)
        sure = name.weight * (0.15 + margin / 3.0)
        place = best.place
        self._own[id(name)] = (place, sure)
        self._count(place, sure)

    def _count(self, place: Place, sure: float) -> None:
        if place.country:
            self.countries[place.country] += sure
        if place.kind == "country":
            return
        region = place.row if place.feature == "ADM1" else place.admin1
        if region >= 0:
            self.regions[region] += sure
        for squares, square in zip(self.squares, self._squares_of[place], strict=False):
            for near in _around(square):
                squares[near] += sure

    def _elsewhere(self, country: str) -> float:
        return max((w for c, w in self.countries.items() if c != country), default=0.0)

    def support(self, name: _Name) -> Callable[[Place], float]:
        """Tells how well a sense of a name goes with the rest of the text, the name itself left out."""
        own, sure = self._own[id(name)]
        own_region = None if own.kind == "country" else own.row if own.feature == "ADM1" else own.admin1
        own_squares = self._squares_of[own]

        def of(place: Place) -> float:
            country = self.countries.get(place.country, 0.0)
            region = place.row if place.feature == "ADM1" else place.admin1
            in_region = self.regions.get(region, 0.0)
            if own.country == place.country:
                country -= sure
            if own_region == region:
                in_region -= sure
            if name.is_local and country <= 0.2 and self._elsewhere(place.country) >= 3.0:
                # "Dublin City Council" in a text that speaks of Ohio and never of Ireland
                return -1.2
            value = _COUNTRY * math.log1p(country) if country > 0 else 0.0
            if in_region > 0:
                value += _REGION * math.log1p(in_region)
            if place.country in ENGLISH and place.kind == "settlement" and place.population < _SMALL and in_region <= 0:
                value *= _STATELESS  # the world's news speaks of the United States, and of no small town there
            for size, square in enumerate(self._squares_of[place]):
                there = self.squares[size].get(square, 0.0)
                if own_squares:
                    y, x = own_squares[size]
                    if abs(y - square[0]) <= 1 and abs(x - square[1]) <= 1:
                        there -= sure
                if there > 0:
                    value += _WEIGHTS[size] * math.log1p(there)
            return _CAP * math.tanh(value / _CAP)

        return of


class _Squares:
    """The squares of the map that each place of a text lies in, a large one and a small one."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Square, ...]] = {}

    def __getitem__(self, place: Place) -> tuple[Square, ...]:
        known = self._known.get(place.row)
        if known is None:
            known = self._known[place.row] = _squares(place)
        return known


@lru_cache(maxsize=65_536)
def _around(square: Square) -> tuple[Square, ...]:
    """A square and those that touch it."""
    y, x = square
    return tuple([(a, b) for a in (y - 1, y, y + 1) for b in (x - 1, x, x + 1)])


def _squares(place: Place) -> tuple[Square, ...]:
    """The squares of the map that a place lies in, a large one and a small one; none for what is no point."""
    if place.kind == "country" or place.feature in ("ADM1", "CONT") or not place.has_point:
        return ()
    lat, lon = place.lat, place.lon
    return (int(lat // 1), int(lon // 1)), (int(lat * _FINE // 1), int(lon * _FINE // 1))
