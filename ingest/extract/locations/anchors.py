"""Puts a place that no source lists where the text says it lies: at its town, its region, or in its country.

Belongs here: what a place is stated or known to lie in, and the precision that this gives it. Does not belong
here: which names are places (``mentions``, ``unlisted``), what a listed name means (``resolve``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ingest.extract.locations.draft import LOOSE, OFFICIAL
from ingest.extract.locations.gazetteer import Place
from ingest.extract.locations.mention import Mention
from ingest.extract.locations.names import fold
from ingest.extract.locations.resolve import Resolution, km_between

_LINE_HEAD = re.compile(r"(?:^|\n)[ \t]*\Z")
_DASH = re.compile(r"(?:,[^\n—–:-]{1,40})?(?:\s*(?:—|–|--)|\s+-\s|:\s|\s*\()")
_DISTANT = re.compile(
    r"\b\d{2,}\s*-?(?:km|kilomet\w+|miles?)\s+(?:(?:north|south|east|west)[\w-]*\s+)?(?:from|of)\s+(?:the\s+)?\Z"
)
_OF_THE_TOWN = re.compile(r"\s+(?:of|in)\s+the\s+(?:city|town)(?!\s+of\b)")
_ENDS = (". ", "\n", "? ", "! ", '."', ".”")
_COUNTRYSIDE = re.compile(r"(?:['’]s?)?\s+(?:\w+ern\s+)?countryside\b")
_SENTENCES_BEFORE = 400  # characters
_CITY = 20_000  # people: what has neighbourhoods that news names
_FURTHEST = 1500  # characters back to the town whose quarter is named
_WITHIN_KM = 20.0  # from the middle of a town to its quarters
_CLOSE = 20  # characters between a town abroad and its quarter
_NEAR = 90  # characters on to the town in the same sentence
_OTHERS = 2  # places elsewhere that make a name with a loose spelling a stray one
_KNOWN = 100_000  # people: a smaller town abroad is not named without its country
_FEWEST_ABROAD = 5  # places of a text that say which country it is about
_LONG_LIST = 6  # places of a sentence, one of which may be of another region than the rest
_STRAY_REGIONS = 2
_STEPS = 3  # "in A area in B district of C"
_SHARE = 0.8  # of the places of a text lie in the country that it is about
_SHARE_OF_TOWNS = 0.9  # the same, of towns and regions alone
_FEWEST = 3
# "Marina Grand Hotel": what such a house is called says nothing of where it is
_HOUSE_NOUN = re.compile("H(?:otel|OTEL)|R(?:esort|ESORT)|C(?:asino|ASINO)|M(?:all|ALL)|I(?:nn|NN)|T(?:ower|heat)")
_HOUSE = re.compile(
    r"\b(?:[A-Z][\w’'-]+ ){1,3}(?:Hotel|HOTEL|Resort|RESORT|Casino|CASINO|Mall|MALL|Inn|INN|Towers?|Theat(?:er|re))\b"
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a mention is put at, the rule that says so and the precision of the point for it."""

    place: Place
    rule: str
    precision: int


class Anchors:
    """Finds anchors for the mentions of one text, all of them resolved.

    ``shown`` are the countries that the text shows otherwise than by places: by demonyms, currencies and the like.
    ``region_of`` gives the first-level region that a place lies in, or None.
    """

    def __init__(
        self,
        text: str,
        mentions: list[Mention],
        resolutions: list[Resolution],
        shown: Mapping[str, float],
        region_of: Callable[[Place], Place | None],
    ) -> None:
        self._text = text
        self._shown = shown
        self._region_of = region_of
        self._mentions = mentions
        self._resolutions = resolutions
        houses = {fold(m[0]) + " " for m in _HOUSE.finditer(text)} if _HOUSE_NOUN.search(text) else set()
        self._is_house = [bool(houses) and any(house.startswith(m.key + " ") for house in houses) for m in mentions]
        told = [
            (r.place, is_house)
            for m, r, is_house in zip(mentions, resolutions, self._is_house, strict=True)
            if r.place is not None and not m.is_quarter
        ]
        elsewhere = {place.country for place, is_house in told if not is_house} | set(shown)
        places = [place for place, is_house in told if not is_house or place.country in elsewhere]
        self._alike = Counter(p.row for p in places)
        self._countries = Counter(p.country for p in places if p.country)
        self._told_in = Counter(p.country for p in places if p.country and p.kind != "country")

    def is_stray(self, k: int) -> bool:
        """Whether mention ``k`` was taken for a place where nothing else of the text is.

        It is one that no source spells so, or a small place abroad in a text that is about one country.
        """
        mention, place = self._mentions[k], self._resolutions[k].place
        if place is None or not place.country:
            return False
        there = self._countries[place.country]
        if not there and self._is_house[k] and place.feature != "PPLC":
            return self.country() is not None  # "the gunman was in the Luxor", a hotel abroad
        if there > self._alike[place.row]:
            return False
        others = self._countries.total() - there
        if mention.rule in ("named_kind", "loose") and all(how == LOOSE for _, how in mention.candidates):
            return others >= _OTHERS
        is_doubtful = place.population < _CITY and all(how != OFFICIAL for _, how in mention.candidates)
        if is_doubtful and place.kind == "settlement" and not mention.inside and place.country not in self._shown:
            return others >= _OTHERS and not there - self._alike[place.row]
        is_small = place.feature.startswith("ADM") if place.kind == "region" else place.population < _KNOWN
        if not is_small or place.feature == "ADM1" or place.kind not in ("settlement", "region") or mention.inside:
            return False
        return (
            others >= _FEWEST_ABROAD
            and place.country not in self._shown
            and self.country() not in (None, place.country)
        )

    def anchor(self, k: int) -> Anchor | None:
        """Where to put mention ``k``; None where it stays where it is, or nowhere."""
        mention, own = self._mentions[k], self._resolutions[k].place
        if mention.said_kind == "region" and (town := self._of_the_town(k, own)) is not None:
            return Anchor(town, "quarter", 2)
        if own is not None and (not mention.is_quarter or own.kind == "region"):
            return None
        if mention.said_kind == "region" and not mention.is_quarter:
            return None
        if own is None and self._is_house[k] and (town := self._town(k)) is not None:
            return Anchor(town, "facility_town", 2)
        outer = self._outer(k)
        is_district = mention.is_quarter and mention.said_kind == "region"
        if is_district and (outer is None or outer.kind != "settlement"):
            # a district of a province: where towns have none, it is the country's
            outer = outer or self._region(k)
            if outer is None and own is None and (town := self._town(k)) is not None:
                return Anchor(town, "quarter", 2)
        elif mention.is_quarter and (held := self._held(k) or self._called_after(k)) is not None:
            return Anchor(held.place, "quarter", held.precision)
        elif mention.is_quarter:
            town = outer if outer is not None and outer.kind == "settlement" else self._town(k)
            if town and outer and outer.kind == "region" and outer.row not in (town.row, town.admin1, town.admin2):
                town = None  # an area of a region is in no town outside it
            if town is not None and (own is None or (own.row != town.row and self._is_another(own, town))):
                return Anchor(town, "facility_town" if _is_site(mention) else "quarter", 2)
        if own is not None:
            return None
        if outer is None:
            return self._told_with(k)
        if outer.kind == "settlement":
            holder = self._outer_mention(k)
            is_district = holder is not None and (
                self._mentions[holder].said_kind == "region"
                or _COUNTRYSIDE.match(self._text, self._mentions[holder].end) is not None
            )
            return Anchor(outer, "facility_town" if _is_site(mention) else "inside", 3 if is_district else 2)
        if outer.kind == "region" and outer.has_point:
            return Anchor(outer, "inside", 4 if outer.feature == "ADM1" else 3)
        return None

    def _of_the_town(self, k: int, own: Place | None) -> Place | None:
        """The town told of before whose district mention ``k`` is: "the Birka district of the city"."""
        if not _OF_THE_TOWN.match(self._text, self._mentions[k].end):
            return None
        town = self._town(k)
        return town if town is not None and (own is None or _is_far(own, town)) else None

    def _is_another(self, own: Place, town: Place) -> bool:
        """Whether a listed place is not the quarter of ``town`` so called: far off, in no other region told of."""
        return _is_far(own, town) and (own.admin1 == town.admin1 or own.admin1 not in self._alike)

    def _held(self, k: int) -> Anchor | None:
        """Where the town is put that mention ``k`` is told to lie in, and that no source lists."""
        inside = self._mentions[k].inside
        return self.anchor(inside[0]) if inside and self._resolutions[inside[0]].place is None else None

    def _called_after(self, k: int) -> Anchor | None:
        """The region that a quarter is called after, where the text tells of no town: "Daraa al-Balad" in Daraa."""
        name = self._mentions[k].key + " "
        for m, r in zip(self._mentions, self._resolutions, strict=True):
            if r.place is None or not name.startswith(m.key.rpartition(" ")[0] + " "):
                continue
            if m.said_kind == "region" and r.place.feature == "ADM1" and " " in m.key:
                return Anchor(r.place, "inside", 4)
        return None

    def _told_with(self, k: int) -> Anchor | None:
        """The first-level region that all other places of the sentence lie in, for a place that no source has."""
        mention = self._mentions[k]
        if mention.rule not in ("named_kind", "unlisted") or self._resolutions[k].senses:
            return None
        start = max(self._text.rfind(end, 0, mention.start) for end in _ENDS)
        end = min((at for at in (self._text.find(end, mention.end) for end in _ENDS) if at >= 0), default=-1)
        rows: dict[int, Place] = {}
        told: Counter[int] = Counter()
        for m, r in zip(self._mentions, self._resolutions, strict=True):
            if m.start <= start or (end >= 0 and m.start >= end) or r.place is None or r.place.kind == "country":
                continue
            if self._text.startswith("-based", m.end) or self._is_aside(m):
                continue
            region = r.place if r.place.feature == "ADM1" else self._region_of(r.place)
            if region is not None:
                rows[region.row] = region
                told[region.row] += 1
        if len(rows) == _STRAY_REGIONS and told.total() >= _LONG_LIST and min(told.values()) == 1:
            rows.pop(min(told, key=told.__getitem__))  # a village of that name in another region
        if not rows and (region := self._told_before(k)) is not None:
            rows[region.row] = region
        if len(rows) != 1:
            return None
        region = next(iter(rows.values()))
        is_at_home = region.country in self._shown or region.country == self._told_in.most_common(1)[0][0]
        return Anchor(region, "told_with", 4) if region.has_point and is_at_home else None

    def _is_aside(self, m: Mention) -> bool:
        """Whether a mention tells but whence the news comes, or how far off something is: "140 km from Dori"."""
        if _LINE_HEAD.search(self._text, max(0, m.start - 3), m.start) and _DASH.match(self._text, m.end):
            return True
        return _DISTANT.search(self._text, max(0, m.start - 45), m.start) is not None

    def _told_before(self, k: int) -> Place | None:
        """The first-level region of all places told of in the few sentences before the one of mention ``k``."""
        rows: dict[int, Place] = {}
        for n in range(k - 1, -1, -1):
            place = self._resolutions[n].place
            if self._mentions[k].start - self._mentions[n].end > _SENTENCES_BEFORE:
                break
            if (
                place is not None
                and place.kind != "country"
                and not self._text.startswith("-based", self._mentions[n].end)
                and not self._is_aside(self._mentions[n])
            ):
                region = place if place.feature == "ADM1" else self._region_of(place)
                rows |= {region.row: region} if region is not None else {}
        return next(iter(rows.values())) if len(rows) == 1 else None

    def _outer(self, k: int) -> Place | None:
        """The nearest resolved place that mention ``k`` is stated to lie in."""
        outer = self._outer_mention(k)
        return None if outer is None else self._resolutions[outer].place

    def _outer_mention(self, k: int) -> int | None:
        """The nearest mention with a place that mention ``k`` is stated to lie in."""
        for _ in range(_STEPS):
            inside = self._mentions[k].inside
            if not inside:
                return None
            k = inside[0]
            if self._resolutions[k].place is not None:
                return k
        return None

    def _town(self, k: int) -> Place | None:
        """The town whose quarter mention ``k`` is: the one it is called after, or the nearest one named."""
        name = self._mentions[k].key + " "
        home = self._countries.most_common(1)[0][0] if self._countries else None
        before, behind = None, None
        for n, other in enumerate(self._mentions):
            place = self._resolutions[n].place
            if place is None or place.kind != "settlement" or place.population < _CITY or other.is_quarter:
                continue
            if place.feature == "PPLX":
                continue  # a quarter itself
            if place.country != home and not self._stands_before(n, k):
                if n < k and not _ends_sentence(self._text[other.end : self._mentions[k].start]):
                    before = None  # what is told beside another country's town is there, if anywhere
                continue  # another country's town has no part in the story's quarters
            if name.startswith(other.key + " "):
                return place
            if n < k:
                before = n
            elif behind is None:
                behind = n
        start, end = self._mentions[k].start, self._mentions[k].end
        if behind is not None:
            gap = self._text[end : self._mentions[behind].start]
            in_sentence = len(gap) < _NEAR and ". " not in gap and "\n" not in gap
            if in_sentence and (before is None or _ends_sentence(self._text[self._mentions[before].end : start])):
                return self._resolutions[behind].place
        if before is not None and start - self._mentions[before].start <= _FURTHEST:
            return self._resolutions[before].place
        return None

    def _stands_before(self, n: int, k: int) -> bool:
        """Whether mention ``n`` stands a few words before ``k``: "in Prague, in the Old Town Square"."""
        gap = self._text[self._mentions[n].end : self._mentions[k].start]
        return n < k and len(gap) <= _CLOSE and not _ends_sentence(gap)

    def _region(self, k: int) -> Place | None:
        """The first-level region last named before mention ``k``, not far back."""
        for n in range(k - 1, -1, -1):
            place = self._resolutions[n].place
            if self._mentions[k].start - self._mentions[n].start > _FURTHEST:
                return None
            if place is not None and place.feature == "ADM1":
                return place
        return None

    def country(self) -> str | None:
        """The country that nearly all places of the text lie in; None where there is no such country.

        Towns and regions show it, countries where there are none: those speak, and are allies and enemies.
        """
        for counted, share in ((self._told_in, _SHARE_OF_TOWNS), (self._countries, _SHARE)):
            total = counted.total()
            if total >= _FEWEST:
                country, most = counted.most_common(1)[0]
                if most >= share * total:
                    return country
        return None


def _is_site(mention: Mention) -> bool:
    return mention.said_kind == "facility" or mention.rule in ("facility", "facility_town")


def _is_far(a: Place, b: Place) -> bool:
    return not (a.has_point and b.has_point) or km_between(a.lat, a.lon, b.lat, b.lon) > _WITHIN_KM


def _ends_sentence(gap: str) -> bool:
    return ". " in gap or "\n" in gap
