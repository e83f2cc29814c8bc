"""Tells a region from its seat, where both bear one name: "in Idlib near Saraqib", "a village in Idlib".

Belongs here: what around a bare name shows that the region is meant. Does not belong here: names with the word for a
region beside them (``regions``), which of the places so called is meant (``resolve``).
"""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.extract.locations.draft import STEM, km
from ingest.extract.locations.gazetteer import Gazetteer, Place
from ingest.extract.locations.governments import surely_country
from ingest.extract.locations.lexicon import lexicon
from ingest.extract.locations.mention import Mention
from ingest.extract.locations.names import fold, loosen
from ingest.extract.locations.regions import regions_called

# what makes the name of a region's seat the region's
_TOWN_IN = re.compile(
    r"(?P<town>\s+(?:village|town)s?)?(?:\s+(?:district|area|city|neighbou?rhood|quarter))?,?\s+(?:which\s+(?:is|lies)\s+|located\s+|situated\s+)?in\s+"
    r"(?:the\s+)?(?:\w+-(?:held|controlled|occupied|run)\s+)?(?:(?:far\s+)?(?i:north|south|east|west|central)\w*\s+)?"
)
_NEAR_TOWN = re.compile(r"\s+near\s+(?:the\s+)?(?:(?:town|village|city)\s+of\s+)?")
_BORDER = re.compile(r"\s*[-–]\s*")
_BORDER_BEHIND = re.compile(r"\s+(?:provincial\s+|regional\s+|administrative\s+)?(?:border|boundary)\b")
_TOWN_BEFORE = re.compile(r"\b(?:village|town)s?\s+of\s+$")
_TOWN_WITHIN = re.compile(r"\s(?:village|town)$")
_RURAL = re.compile(
    r"\b(?:[Rr]ural|(?:governors?|territory|exclave|enclave)\s+of|(?:regional|provincial)\s+capital\s+of(?:\s+[\w-]+-(?:held|controlled|occupied|run))?|rural\s+(?:areas|parts|towns|villages)\s+(?:in|of)(?:\s+[A-Z][\w-]+\s+and)?)\s+$"
)
# "a village in rebel-held Idlib", "the last city in the Luhansk area": no town lies in a city
_TOWNS_WITHIN = re.compile(
    r"\b(?:villages?|hamlets?|towns?|city|cities|urban\s+areas|settlements|communities)\s+(?:in|across|throughout)\s+(?:the\s+)?(?:[A-Z][\w-]*?['’]?s\s+)?"
    r"(?:(?:far\s+)?(?:north|south|east|west|central)\w*\s+|rural\s+|\w+-(?:held|controlled|occupied|run)\s+(?:parts?\s+of\s+)?){0,2}$"
)
# "Donetsk, an eastern province", "Luhansk, which along with Donetsk makes up the Donbas"
_CALLED_REGION = re.compile(
    r",\s+(?:a|an|the|another)\s+(?:[a-z-]+\s+){0,3}(?:province|region|oblast|governorate)\b(?!['’]|\s+(?:of|[a-z]*capital)\b)"
    r"|,?\s+(?:which\s+|that\s+)?(?:together\s+)?(?:makes?|making|comprises?|comprising|forms?|forming)\s+(?:up\s+)?the\s+(?:[a-z-]+\s+)?[A-Z]"
)
_GOVERNOR = re.compile(r"(?:['’]s?)?\s+(?:regional\s+|provincial\s+)?[Gg]overnor\b")
_OCCUPIED_BY = re.compile(r"-(?:held|controlled|occupied|run)\s+")
_ALONG_WITH = re.compile(r",?\s+which,?\s+(?:along|together)\s+with\s+")
_AND_OTHERS = re.compile(
    r",?\s+and\s+(?:(?:a\s+number\s+of|several|some|many)\s+)?other\s+"
    r"(?:territories|provinces|regions|governorates|oblasts)\b"
)
_REGIONS_OF = re.compile(
    r"\b(?:(?:all|parts?|most|much|the\s+whole|the\s+rest|swathes)\s+of|(?:areas|territories)\s+of|"
    r"(?:regions|provinces|oblasts|governorates|republics)\b[^.;\n]{0,30}(?:\b(?:of|in|including|such\s+as|namely)|\s--?|\s?[—–:]))\s+(?:the\s+)?(?:[A-Z][\w’'-]+(?:,\s+|,?\s+and\s+|\s+)(?:(?:all|parts?|most)\s+of\s+)?){0,4}$"
)
_REGIONS_NEAR = 120
# what the words of the next pattern end in, without which it need not be looked for
_ENDS_PART_OF = ("ern", "across", "throughout", "of", "-held", "-controlled", "-occupied", "-run")
# "northern Idlib", "half of Luhansk", "an operation across Daraa": a small town is not told of so
_PART_OF = re.compile(
    r"(?:\b(?:north|south|east|west)(?:east|west)?ern|\b(?:across|throughout)"
    r"|(?:\b(?:half|thirds?|quarters?|most|much|all|parts|per\s?cent)|%)\s+of)\s+(?:[\w-]+-(?:held|controlled|occupied|run)\s+)?$",
    re.I,
)
# what shows that the town is meant: "the siege of Homs", "40 km from Homs", "the road to Homs"
_OF_TOWN = re.compile(
    r"\b(?:city|town|cent(?:er|re)|outskirts|edge|streets|suburbs?|neighbou?rhoods?|siege|battle|stronghold|bastion|mayor|"
    r"residents|people|port|hotel|airport|university|police|administration|roads?|highway|km|kilomet\w+|miles\)?|"
    r"\w*(?:north|south|east|west))"
    r"\s+(?:of|from|to|between|in)\s+(?:(?:[A-Z][\w-]+)\s+and\s+)?$"
)
_TOWN_BEHIND = re.compile(
    r"(?:['’]s?)?(?:,\s+[A-Z]\w+)?(?:\s+[—–-]|\s+(?:[Cc]ity|town|police|airport|residents|citizens|natives?|streets|university|court|itself|"
    r"headquarters|highway|road|front)\b)|[-–]"
)
# "In Idlib yesterday", at the head of a sentence
_AT_HEAD = re.compile(r"(?:^|[.!?:)—–-]\s+|\n\s*)In\s+(?:the\s+)?(?:(?:north|south|east|west|central)\w*\s+)?$")
_SENTENCE = 250  # characters of a sentence that are looked through
_SPEAKING = re.compile(r"\b(?:said|says|told|according|reported|announced)\b|[.!?;:]\s|\n")
_IN_A_ROW = re.compile(r"(?:,\s+|,?\s+and\s+|,?\s+or\s+)(?:in\s+)?")
_LIST = re.compile(r"(?:,\s+|,?\s+and\s+|\s+)(?:(?:all|parts?|most)\s+of\s+)?")
_PARTS_KM = (10.0, 30.0)  # from the middle of a city to its outermost parts; the same, of a metropolis
_METROPOLIS = 1_000_000
_TOWN = 20_000  # people: a smaller town does not take a region's name
# "Khost and Terayzai districts"
_DISTRICTS = re.compile(r"(?:,\s+|,?\s+and\s+)[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)?\s+districts\b")
_LESSER = 0.5  # of a region's people: where its seat has fewer, the bare name is often the region's
_OF_TOWNS = ("district", "raion")  # which are called after their town
_GAP = 12  # characters between two names in a row
_NEIGHBOURS = 12  # names on either side that a row is looked at for: a text may be one row


class Levels:
    """The names of one text, ``mentions`` in order, that a region and its seat share."""

    def __init__(self, text: str, mentions: list[Mention]) -> None:
        self.text = text
        self.mentions = mentions

    def raise_regions(self) -> None:
        """Take regions, not their seats: "the town of Birka in Idlib", "rural Idlib", "parts of Donetsk and Luhansk".

        Also "the governor of Sumy", "in Sumy and other regions", "the Sumy-Chernihiv border".
        """
        mentions = self.mentions
        for k, m in enumerate(mentions):
            if m.said_kind is not None or not _may_be_region(m):
                continue
            before = self.text[max(0, m.start - _REGIONS_NEAR) : m.start]
            is_named_so = _RURAL.search(before) or _TOWNS_WITHIN.search(before) or _AND_OTHERS.match(self.text, m.end)
            is_named_so = is_named_so or _CALLED_REGION.match(self.text, m.end) or _GOVERNOR.match(self.text, m.end)
            is_listed = _REGIONS_OF.search(before) is not None and self._is_listed(k)
            if (
                is_named_so
                or is_listed
                or self._has_town_far_off(k)
                or self._is_scene(k, before)
                or self._is_among_regions(k)
                or (_is_part_of(before) and _has_lesser_seat(m) and not self._has_quarter(k))
            ):
                make_region(m, "province")
                if k > 0 and _ALONG_WITH.fullmatch(self.text, mentions[k - 1].end, m.start):
                    make_region(mentions[k - 1], "province")
            elif k + 1 < len(mentions) and self._is_border(m, mentions[k + 1]):
                make_region(m, "province")
                make_region(mentions[k + 1], "province")
        self._raise_told()

    def _raise_told(self) -> None:
        """Take a bare name for the region that the text tells of, where its seat is lesser or only a title has it.

        "Air strikes in Idlib" above an article about Idlib province, and no word of the city.
        """
        end = max(0, self.text.find("\n"))
        title = self.text[:end]
        again = self.text.find(title, end) if title else -1  # the first sentence of some articles is the title
        spoken_of: dict[str, list[Mention]] = defaultdict(list)  # the regions told of, in order, by their bare names
        by_key: dict[str, list[int]] = defaultdict(list)
        for k, m in enumerate(self.mentions):
            by_key[m.key].append(k)
            if m.said_kind == "region":
                spoken_of[m.key.rpartition(" ")[0]].append(m)
        for key in sorted(spoken_of.keys() & by_key.keys()):
            told = [m for m in spoken_of[key] if m.start > end]
            if not told:
                continue
            called = [self.mentions[k] for k in by_key[key]]
            has_quarter = any(self._has_quarter(k) for k in by_key[key])
            bare = [m for m in called if m.said_kind is None and not _DISTRICTS.match(self.text, m.end)]
            is_in_title = all(m.start < end or 0 <= again <= m.start < again + len(title) for m in bare)
            is_first = bool(bare) and self._is_first(told, called, max(m.end for m in bare))
            is_only = not has_quarter and all(m.said_kind is None for m in called)
            if all(_may_be_region(m) for m in bare) and (
                (is_only and all(_has_lesser_seat(m) and not self._is_towns(m) for m in bare))
                or (is_in_title and is_first and not any(m.is_part for m in bare))
            ):
                for m in bare:
                    make_region(m, "province")
                    m.is_told = True

    @staticmethod
    def _is_first(regions: list[Mention], called: list[Mention], start: int) -> bool:
        """Whether the text from ``start`` on tells of the region before it calls anything of that name a town."""
        region = min((m.start for m in regions if m.start >= start), default=-1)
        town = min((m.start for m in called if m.start >= start and m.said_kind is not None), default=region)
        return 0 <= region <= town

    def _has_quarter(self, k: int) -> bool:
        """Whether a quarter is told to lie in mention ``k``: "the Birka neighbourhood in western Homs"."""
        before = self.mentions[k - 1] if k else None
        if before is None or not before.is_quarter:
            return False
        return _TOWN_IN.fullmatch(self.text, before.end, self.mentions[k].start) is not None

    def _is_towns(self, m: Mention) -> bool:
        """Whether the words beside a name are said of a town: "the outskirts of Homs", "the Homs-Hama road"."""
        before = _OF_TOWN.search(self.text, max(0, m.start - 50), m.start)
        return before is not None or _TOWN_BEHIND.match(self.text, m.end) is not None

    def _has_town_far_off(self, k: int) -> bool:
        """Whether a town stands beside mention ``k`` that is no part of the city so called."""
        mentions, m = self.mentions, self.mentions[k]
        before = k - 1
        if before > 0 and _OCCUPIED_BY.fullmatch(self.text, mentions[before].end, m.start):
            before -= 1  # "in the town of Birka, in Russia-occupied Kherson"
        if before >= 0 and self._is_town_in(mentions[before], m):
            return True
        # "in northern Idlib near Birka"
        is_near = m.is_part and k + 1 < len(mentions) and _NEAR_TOWN.fullmatch(self.text, m.end, mentions[k + 1].start)
        return bool(is_near) and _lies_apart(mentions[k + 1], m)

    def _is_scene(self, k: int, before: str) -> bool:
        """ "In Idlib yesterday, a force searched a house in the Harem district": what follows lies elsewhere in it."""
        m = self.mentions[k]
        if not _AT_HEAD.search(before):
            return False
        regions = {p.row for p, _ in m.candidates if p.feature == "ADM1"}
        for other in self.mentions[k + 1 :]:
            if other.start - m.end > _SENTENCE or _SPEAKING.search(self.text, m.end, other.start):
                return False
            is_district = other.said_kind == "region" and other.key != m.key and not other.key.startswith(m.key)
            if is_district and any(p.feature == "ADM2" and p.admin1 in regions for p, _ in other.candidates):
                return True
            if _TOWN_BEFORE.search(self.text, max(0, other.start - 20), other.start) and _lies_apart(other, m):
                return True
        return False

    def _is_among_regions(self, k: int) -> bool:
        """Whether mention ``k`` stands in a row with a name that only a region bears: "in Helmand and Kandahar"."""
        first, last = k, k
        while k - first < _NEIGHBOURS and first > 0 and self._is_next(first - 1):
            first -= 1
        while last - k < _NEIGHBOURS and last + 1 < len(self.mentions) and self._is_next(last):
            last += 1
        row = self.mentions[first : last + 1]
        own = {p.row for p, _ in self.mentions[k].candidates if p.feature == "ADM1"}
        countries = {p.country for p, _ in self.mentions[k].candidates if p.feature == "ADM1"}
        sure = [p for m in row if m.said_kind is None for p in _regions_alone(m) if p.country in countries]
        return (
            bool(sure)
            and not any(p.row in own for p in sure)
            and not any(p.admin1 in {r.row for r in sure} for p, _ in self.mentions[k].candidates)  # "Delaware, Ohio"
            and all(m.said_kind == "region" or any(p.feature == "ADM1" for p, _ in m.candidates) for m in row)
        )

    def _is_next(self, k: int) -> bool:
        """Whether mention ``k`` and the one behind it stand in one row of names."""
        a, b = self.mentions[k], self.mentions[k + 1]
        return b.start - a.end <= _GAP and _IN_A_ROW.fullmatch(self.text, a.end, b.start) is not None

    def _is_border(self, a: Mention, b: Mention) -> bool:
        """Whether two names, joined by a hyphen, tell of the border between two regions: towns have none."""
        is_joined = _BORDER.fullmatch(self.text, a.end, b.start) and _BORDER_BEHIND.match(self.text, b.end)
        return bool(is_joined) and _may_be_region(b)

    def _is_town_in(self, inner: Mention, outer: Mention) -> bool:
        """ "the town of Birka in Idlib", "Birka village in Idlib": a town does not lie in a city."""
        gap = _TOWN_IN.fullmatch(self.text, inner.end, outer.start)
        if gap is None:
            return False
        if _lies_apart(inner, outer):
            return True
        is_town = gap["town"] or _TOWN_BEFORE.search(self.text, max(0, inner.start - 20), inner.start)
        return bool(is_town or _TOWN_WITHIN.search(self.text, inner.start, inner.end)) and self._may_lie_in(
            inner, outer
        )

    def _may_lie_in(self, inner: Mention, outer: Mention) -> bool:
        """Whether ``inner`` is listed nowhere or lies in the region that ``outer`` may be."""
        rows = {p.row for p, _ in outer.candidates if p.feature == "ADM1"}
        if all(outer.key == inner.key or p.kind != "settlement" for p, _ in inner.candidates):
            return not inner.candidates
        return any(p.admin1 in rows for p, _ in inner.candidates)

    def _is_listed(self, k: int) -> bool:
        """Whether mention ``k`` is one of two or more regions' names in a row."""
        mentions = self.mentions
        for n in (k - 1, k):
            if n >= 0 and n + 1 < len(mentions) and _LIST.fullmatch(self.text, mentions[n].end, mentions[n + 1].start):
                other = mentions[n if n != k else n + 1]
                if any(p.feature == "ADM1" for p, _ in other.candidates):
                    return True
        return False


def make_region(m: Mention, generic: str, gazetteer: Gazetteer | None = None) -> None:
    """Take a mention for a region, where it may be one; ``generic`` is the word behind it in the singular.

    With a ``gazetteer``, also for the region whose chief town is called so.
    """
    regions = [n for n in m.candidates if n[0].kind == "region"]
    if gazetteer is not None and not regions:
        regions = regions_called(f"{m.key} {generic}", generic, gazetteer)
    if generic in _OF_TOWNS and not any(p.feature != "ADM1" for p, _ in regions):
        regions = [n for n in m.candidates if n[0].kind == "settlement" and n[1] < STEM]  # see regions.regions_called
    if regions:
        m.candidates, m.said_kind, m.rule, m.is_strong = regions, "region", "regions", True
        m.key = f"{m.key} {generic}"
        m.score += 2.5


def _may_be_region(m: Mention) -> bool:
    """Whether a first-level region and a town bear the name, and no country does."""
    has_town = any(p.kind == "settlement" for p, _ in m.candidates)
    return has_town and any(p.feature == "ADM1" for p, _ in m.candidates) and not surely_country(m.candidates)


def _is_part_of(before: str) -> bool:
    """Whether "northern", "half of" or the like stands before a name."""
    return before.rstrip().lower().endswith(_ENDS_PART_OF) and _PART_OF.search(before) is not None


def _has_lesser_seat(m: Mention) -> bool:
    """Whether the town that bears the name is no metropolis and has but a part of its region's people."""
    regions = [p for p, _ in m.candidates if p.feature == "ADM1" and p.population]
    if not regions or m.key in lexicon().bare_regions:
        return False
    region = max(regions, key=lambda p: (p.population, -p.row))
    seats = [
        p.population for p, how in m.candidates if p.kind == "settlement" and p.admin1 == region.row and how < STEM
    ]
    return bool(seats) and max(seats) < min(_METROPOLIS, _LESSER * region.population)


def _regions_alone(m: Mention) -> list[Place]:
    """The first-level regions called so whose country has no town of that name to speak of."""
    towns = {
        p.country
        for p, how in m.candidates
        if p.kind == "settlement" and how < STEM and (p.population >= _TOWN or p.feature in ("PPLA", "PPLC"))
        if bears_as_own(p, m.key)
    }
    return [p for p, _ in m.candidates if p.feature == "ADM1" and p.country not in towns]


def bears_as_own(place: Place, key: str) -> bool:
    """Whether ``key`` is a spelling of the place's own name: Mehtar Lam is called Laghman after its province."""
    own, called = loosen(fold(place.name)), loosen(key)
    return own[:2] == called[:2] or own[-3:] == called[-3:]


def _lies_apart(inner: Mention, outer: Mention) -> bool:
    """Whether ``inner`` is a town of the region called as ``outer``, and no part of the city so called."""
    regions = {p.row for p, _ in outer.candidates if p.feature == "ADM1"}
    seats = [p for p, _ in outer.candidates if p.kind == "settlement" and p.admin1 in regions and p.has_point]
    towns = [p for p, how in inner.candidates if how < STEM]
    return (
        bool(towns and seats)
        and not inner.is_quarter
        and all(
            p.kind == "settlement"
            and p.feature != "PPLX"
            and p.admin1 in regions
            and all(km(p.lat, p.lon, seat.lat, seat.lon) > _reach(seat.population) for seat in seats)
            for p in towns
        )
    )


def _reach(population: int) -> float:
    """Kilometres from the middle of a city of so many people to its outermost parts."""
    return _PARTS_KM[population >= _METROPOLIS]
