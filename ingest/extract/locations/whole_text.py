"""What the rest of a text shows about each name in it: which are places, and what lies in what.

Belongs here: links between mentions, coordination, and the verdict. Does not belong here: reading the words of one run
(``mentions``), choosing among places so called (``resolve``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from ingest.extract.locations.draft import ALTERNATE, ENGLISH, LOOSE, OFFICIAL, STEM, km
from ingest.extract.locations.gazetteer import Gazetteer
from ingest.extract.locations.governments import surely_country
from ingest.extract.locations.levels import Levels, make_region
from ingest.extract.locations.lexicon import lexicon
from ingest.extract.locations.mention import Mention, Names
from ingest.extract.locations.rows import are_in_row
from ingest.extract.locations.spelling import misspelled

THRESHOLD = 1.5
_SURE = 2.8

# What the way a name was read adds to its score; "part" is the beginning of some other name.
BONUS = {"name": 0.0, "modifier": 0.0, "institution": 0.5, "owner": -0.6, "hyphen": 0.0, "part": -2.0, "loose": 0.0}

_IN_BRACKETS = r"(?:\s+\([^()]{1,25}\))?"
_PLURAL = re.compile(
    _IN_BRACKETS + r"\s+(counties|regions|provinces|oblasts|districts|governorates|states|parishes|prefectures)\b"
)
_SINGULAR = {"counties": "county", "parishes": "parish"}
_FRONTS = (" direction", " axis", " sector", " front", " salient", " region", " district", " raion", " community")
_AND = re.compile(_IN_BRACKETS + r"(?:,|,?\s+and|,?\s+or|\s+as\s+well\s+as|\s*[-–])\s*(?:the\s+)?|\s*/\s*")
_KOREA = re.compile(r"\b[Tt]he (North|South)(?=['’]s\b|\s+[a-z]|[,.;])(?!\s+(?:of|and)\b)")
# "Birka village in", "Birka area in the countryside of": the words between a name and what it lies in
_KIND = (
    r"(?:\s+(?:residential\s+|refugee\s+|border\s+)?"
    r"(?:village|town|neighbou?rhood|area|suburb|quarter|camp|districts?|[Cc]ity|crossing|valley|hills?|mountains?|farms))?"
)
# "Birka, a village 14 km (9 miles) south of", "Birka also near": what an unlisted place lies beside
_BESIDE = re.compile(
    rf"{_KIND}[\"”]?,?\s+(?:(?:a|an|the|another)\s+(?:[\w-]+\s+){{0,3}}?(?:village|town|area|settlement|camp|hamlet)\s+)?"
    r"(?:is\s+|was\s+|also\s+|located\s+|which\s+lies\s+)*(?:(?:some|about|just|around)?\s*\d+\s*-?(?:km|kilomet\w+|miles?)\s+)?"
    r"(?:\([^()]{1,25}\)\s*)?(?:to\s+the\s+)?"
    r"(?:(?:north|south|east|west)\w*\s+of|near|outside|close\s+to)\s+(?:the\s+)?(?:(?:city|town|village)\s+of\s+)?",
    re.I,
)
# "the A, B and C neighbourhoods": each is one
_QUARTERS = re.compile(r"\s+(?:residential\s+)?(?:neighbou?rhoods|quarters)\b")
_IN_LIST = re.compile(r"(?:,|,?\s+and)?\s+")
_OF_LEARNING = re.compile(r"(?:\s+[A-Z]\w+){0,2}\s+(?:University|College|Institute|Foundation)\b")
_COUNTRYSIDE = re.compile(r"(?:['’]s?)?\s+(?:\w+ern\s+)?(?:countryside|outskirts|suburbs?|hinterland)\b")
_COMMA = re.compile(
    rf"{_KIND},\s+(?:in\s+)?(?:the\s+)?(?:(?:north|south|east|west|central|northern|southern|eastern|western)\w*\s+)?"
)
_IN = re.compile(
    rf"{_KIND},?\s+(?:(?:a|the)\s+(?:\w+\s+){{1,3}})?(?:in|of)\s+(?:the\s+)?(?:(?i:north|south|east|west|central)\w*\s+)?"
    r"(?:\w+\s+(?:of\s+(?:the\s+)?)?)?"
    r"|\s+\((?:in\s+)?"
)


# "Birka, 20 km (12 miles) north of", "Birka is about 150 km from"
_AT_DISTANCE = re.compile(
    rf"{_KIND},?\s+(?:(?:is|lies|located|situated|which\s+is|which\s+lies)\s+)*"
    r"(?:(?:some|about|around|roughly|nearly|approximately|only|just)\s+)*(?P<low>\d+(?:\.\d+)?)\s*-?"
    r"(?P<unit>km|kilomet|mile)\w*\s+(?:\([^()]{1,25}\)\s*)?"
    r"(?:(?:to\s+the\s+)?(?:north|south|east|west)[\w-]*\s+of|(?:away\s+)?from)\s+"
    r"(?:(?:the|downtown|central)\s+)*(?:(?:[a-z]+\s+){0,2}(?:city|town|village|capital)(?:\s+of|,)?\s+)?"
)
_MILE = 1.609
# of the stated distance: what the straight line may be, and what no mistake makes of it
_SHARES_OF_DISTANCE, _FAR_SHARE, _LEEWAY_KM, _FAR_OFF_KM = (0.4, 1.25), 3.0, 15.0, 60.0
# "Pulwama's Dalipora", "Kashmir's southern Shopian district"
_OWNS = re.compile(r"['’]s?\s+(?:(?:far\s+)?(?:north|south|east|west|central)\w*\s+|[a-z]+-[a-z]+\s+)?")
_SIDES = frozenset(("north", "south", "east", "west", "northern", "southern", "eastern", "western", "upper", "lower"))
_SIDE_AND = re.compile(r"\b(North(?:ern)?|South(?:ern)?|East(?:ern)?|West(?:ern)?|Upper|Lower)\s+(?:and|or)\s+\Z")
_CENTRE_OF = re.compile(r"(?:\s+[a-z]+)?\s+(?:at|in)\s+the\s+cent(?:er|re)\s+of\s+")
_BESIDE_KM = 60.0
_FAR_KM = 100.0  # from the middle of a region: in none of its towns
_UNKNOWN = 20_000  # people


@cache
def _site_in() -> re.Pattern[str]:
    """What stands between a site's name and its town: "Birka school at the center of Qamishli", "mosque in Homs"."""
    nouns = "|".join(sorted(lexicon().sites | lexicon().public_places))
    return re.compile(
        rf"\s+(?i:{nouns})\s+(?:in|of|at\s+the\s+cent(?:er|re)\s+of)\s+(?:the\s+)?"
        r"(?:(?:north|south|east|west|central)\w*\s+)?(?:(?:city|town|village)\s+of\s+)?"
    )


def judge(names: Names, text: str, gazetteer: Gazetteer) -> None:
    """Let what the whole text shows count for each mention, and drop what is no place."""
    judged = _Judge(names, text)
    judged.read_koreas(gazetteer)
    judged.judge(gazetteer)


class _Judge:
    def __init__(self, names: Names, text: str) -> None:
        self.names = names
        self.text = text
        self._by_key: dict[str, list[Mention]] = defaultdict(list)

    def read_koreas(self, gazetteer: Gazetteer) -> None:
        """ "the North" and "the South" in a text about the Koreas."""
        keys = {m.key for m in self.names.mentions}
        if not keys & {"north korea", "south korea"}:
            return
        for match in _KOREA.finditer(self.text):
            key = match[1].lower() + " korea"
            self.names.mentions.append(Mention(match.start(1), match.end(1), key, gazetteer.find(key), "korea", 2.5))
        self.names.mentions.sort(key=lambda m: m.start)

    def judge(self, gazetteer: Gazetteer) -> None:
        """Let what the rest of the text shows count for each mention, and drop what is no place."""
        names = self.names
        self._repeat()
        self._read_sides(gazetteer)
        Levels(self.text, names.mentions).raise_regions()
        self._link()
        self._own()
        self._share()
        self._join(gazetteer)
        self._cohere()
        self._correct(gazetteer)
        strong = {m.key for m in names.mentions if (m.is_strong and m.score >= THRESHOLD) or m.inside}
        # "the Lyman direction" shows that a Lyman is a place
        strong |= {m.key.rsplit(" ", 1)[0] for m in names.mentions if m.key.endswith(_FRONTS) and m.is_strong}
        kept = []
        for m in names.mentions:
            if m.rule in BONUS:
                if " " not in m.key and m.key in names.persons and not m.inside:
                    m.score -= 1.5 if m.is_strong else 3.0
                elif m.key in names.full_persons:
                    m.score -= 3.0
                # a body in an English-speaking town is mostly the town's own; "Dnipro Line" is a paper
                if m.key in strong and (m.rule != "part" or _countries(m) & ENGLISH):
                    m.score += 1.5
            if m.score >= THRESHOLD:
                kept.append(m)
        position = {id(m): k for k, m in enumerate(kept)}
        for m in kept:
            m.inside = [position[id(names.mentions[k])] for k in m.inside if id(names.mentions[k]) in position]
        names.mentions = kept

    def _repeat(self) -> None:
        """A place that no source lists, but that the text calls one, is one wherever it is named."""
        mentions = self.names.mentions
        called = {self.text[m.start : m.end]: m for m in mentions if m.rule == "named_kind" and not m.candidates}
        taken = {m.start for m in mentions}
        for name, m in called.items():
            # "al-Birka", and "Al-Birka" where it begins a sentence
            form = f"[Aa]{re.escape(name[1:])}" if name.startswith(("al-", "Al-")) else re.escape(name)
            for match in re.finditer(rf"(?<![\w-]){form}(?![\w-])", self.text):
                if match.start() not in taken:
                    mentions.append(Mention(*match.span(), m.key, [], "named_kind", 2.0, m.said_kind, True))
        mentions.sort(key=lambda m: m.start)

    def _read_sides(self, gazetteer: Gazetteer) -> None:
        """ "North and South Kivu" names two: the first shares what the second is called."""
        mentions = self.names.mentions
        found = []
        for m in mentions:
            side, _, rest = m.key.partition(" ")
            if side not in _SIDES or not rest:
                continue
            first = _SIDE_AND.search(self.text, max(0, m.start - 20), m.start)
            if first is None or any(o.start == first.start(1) for o in mentions):
                continue
            key = f"{first[1].lower()} {rest}"
            if candidates := gazetteer.find(key):
                found.append(
                    Mention(first.start(1), first.end(1), key, candidates, m.rule, m.score, m.said_kind, m.is_strong)
                )
        if found:
            mentions.extend(found)
            mentions.sort(key=lambda m: m.start)

    def _share(self) -> None:
        """Where an unlisted place lies is stated once."""
        mentions = [m for m in self.names.mentions if m.rule == "named_kind" and not m.candidates]
        stated = {m.key: m.inside for m in mentions if m.inside}
        for m in mentions:
            m.inside = m.inside or stated.get(m.key, [])

    def _link(self) -> None:
        """ "Paris, Texas", "Kupiansk in Kharkiv region", "RAMALLAH, West Bank": the first lies in the second."""
        mentions = self.names.mentions
        for k, m in enumerate(mentions[:-1]):
            nxt = mentions[k + 1]
            gap = self.text[m.end : nxt.start]
            if len(gap) > 90 or self._lies_at_distance(m, k + 1, gap) or self._is_beside(m, nxt, gap):
                continue
            if m.rule in ("named_kind", "unlisted") and not m.candidates and _BESIDE.fullmatch(gap):
                m.inside.append(k + 1)
                m.score += 1.0
                continue
            if len(gap) > 40:
                continue
            if self._is_of_town(m, nxt, gap):
                m.inside.append(k + 1)
                if not _may_lie_near(m, nxt):
                    m.candidates = []  # the one that a source lists elsewhere is another
                continue
            if _COMMA.fullmatch(gap) and self._may_hold(m, nxt):
                m.inside.append(k + 1)
                m.score += 3
                nxt.score += 2
                nxt.is_outer = True
                if k + 2 < len(mentions):
                    third = mentions[k + 2]
                    if _COMMA.fullmatch(self.text[nxt.end : third.start]) and self._may_hold(m, third):
                        m.inside.append(k + 2)
            elif _is_open(m) and (_IN.fullmatch(gap) or (m.rule == "named_kind" and _COMMA.fullmatch(gap))):
                m.inside.append(k + 1)
                m.score += 0.6 if m.rule == "unlisted" else 0.0
                if not self._may_hold(m, nxt):
                    m.candidates = []  # the one that a source lists elsewhere is another
            elif self._is_told_elsewhere(m, nxt, gap):
                self._put_elsewhere(m, k + 1)
            elif m.rule == "unlisted" and (_COMMA.fullmatch(gap) or _IN.fullmatch(gap)) and self._is_surrounding(nxt):
                m.score += 1.2
                m.inside.append(k + 1)
            elif _IN.fullmatch(gap) and self._may_hold(m, nxt) and not surely_country(m.candidates):
                m.inside.append(k + 1)
                m.score += 1.0

    def _is_beside(self, m: Mention, nxt: Mention, gap: str) -> bool:
        """Whether an unlisted name and the next are of one row of villages, where a comma tells of nothing more."""
        return not m.candidates and "," in gap and are_in_row(self.text, m.start, nxt.end)

    def _own(self) -> None:
        """ "Pulwama's Dalipora village" lies in Pulwama; "near A in Kashmir's Shopian district" is in the latter."""
        mentions = self.names.mentions
        for k in range(len(mentions) - 1, 0, -1):
            owner, m = mentions[k - 1], mentions[k]
            if not _OWNS.fullmatch(self.text, owner.end, m.start):
                continue
            is_open = m.rule in ("named_kind", "unlisted") and all(how == LOOSE for _, how in m.candidates)
            if is_open and not m.inside and not surely_country(owner.candidates):
                m.inside.append(k - 1)
                if not _may_lie_near(m, owner):
                    m.candidates = []
            if (m.said_kind == "region" or is_open) and k > 1 and mentions[k - 2].inside[:1] == [k - 1]:
                mentions[k - 2].inside[0] = k

    def _lies_at_distance(self, m: Mention, at: int, gap: str) -> bool:
        """Whether so many kilometres are told from ``m`` to the mention at ``at``, which then choose its place.

        Where each place so called is far from where the text has it, no source lists the one that is meant.
        """
        stated = _AT_DISTANCE.fullmatch(gap) if "m" in gap else None
        origin = self.names.mentions[at]
        origins = [p for p, how in origin.candidates[:6] if how < STEM and p.kind == "settlement" and p.has_point]
        if stated is None or not origins or not m.candidates or m.said_kind == "region":
            return False
        told = float(stated["low"]) * (_MILE if stated["unit"] == "mile" else 1.0)
        least, most = (told * share for share in _SHARES_OF_DISTANCE)
        ways = [(n, min(km(n[0].lat, n[0].lon, o.lat, o.lon) for o in origins)) for n in m.candidates if n[0].has_point]
        fitting = [n for n, way in ways if n[0].kind != "country" and least - _LEEWAY_KM <= way <= most + _LEEWAY_KM]
        if fitting:
            for other in self._called(m.key):
                other.candidates = fitting if other.candidates is m.candidates or other is m else other.candidates
        elif all(n[0].kind != "country" and way > _FAR_SHARE * told + _FAR_OFF_KM for n, way in ways):
            self._put_elsewhere(m, at)
        return bool(fitting)

    def _is_told_elsewhere(self, inner: Mention, outer: Mention, gap: str) -> bool:
        """Whether the text states that a place lies where none of those so called does: "Kuriga, Kaduna state"."""
        if _COMMA.fullmatch(gap) and _holds_others(inner, outer):
            return True
        if outer.said_kind != "region" or not (_COMMA.fullmatch(gap) or _IN.fullmatch(gap)):
            return False
        if not _lies_elsewhere(inner, outer):
            return False
        return any(m.score >= THRESHOLD for m in self._called(inner.key))

    def _called(self, key: str) -> list[Mention]:
        """The mentions of one name, looked up once a text."""
        if not self._by_key:
            for m in self.names.mentions:
                self._by_key[m.key].append(m)
        return self._by_key[key]

    def _put_elsewhere(self, m: Mention, outer: int) -> None:
        """Take a mention, and those of its name of which nothing else is told, for one that no source lists."""
        m.score += 1.0
        m.is_quarter = m.is_quarter or m.key.endswith(" district")
        for other in self._called(m.key):
            if other is m or (other.candidates and not other.inside):
                other.candidates, other.rule = [], "unlisted"
                other.inside.append(outer)

    def _is_of_town(self, inner: Mention, outer: Mention, gap: str) -> bool:
        """Whether ``inner`` is a quarter, district or site of the town or region behind it: "Birka mosque in Homs"."""
        if " in " not in gap and " of " not in gap:
            return False
        site = _site_in().fullmatch(gap)
        is_site = inner.said_kind == "facility" or inner.rule == "facility_town"
        is_part = inner.is_quarter or is_site or inner.key.endswith((" district", " province"))
        is_part = is_part and inner.rule != "regions"
        if site is None and not (is_part and (_IN.fullmatch(gap) or _CENTRE_OF.fullmatch(gap))):
            return False
        first = next((p for p, how in outer.candidates if how < STEM), None)
        if first is None or first.kind not in ("settlement", "region") or inner.key == outer.key:
            return False
        if site is not None or is_site:
            inner.said_kind = inner.said_kind if inner.candidates and _may_lie_near(inner, outer) else "facility"
        elif inner.key.endswith(" district"):
            inner.is_quarter = True
        return True

    def _join(self, gazetteer: Gazetteer) -> None:
        """What is named in one breath with a place is one too; "Jackson and Barrow counties" are counties."""
        mentions = self.names.mentions
        of_quarters, of_regions = False, False
        for k in range(len(mentions) - 1, 0, -1):
            m, before = mentions[k], mentions[k - 1]
            of_quarters = of_quarters or _QUARTERS.match(self.text, m.end) is not None
            of_quarters = of_quarters and _IN_LIST.fullmatch(self.text, before.end, m.start) is not None
            before.is_quarter = before.is_quarter or of_quarters
            plural = _PLURAL.match(self.text, m.end)
            if m.said_kind is None and plural:
                make_region(m, _singular(plural[1]), gazetteer)
            gap = self.text[before.end : m.start]
            has_lost_comma = gap == " " and before.rule == "hyphen" and of_regions
            of_regions = bool(plural) or (of_regions and (has_lost_comma or _AND.fullmatch(gap) is not None))
            if has_lost_comma or _AND.fullmatch(gap):
                is_region = m.rule == "regions" or (plural and m.said_kind == "region")
                if is_region and before.said_kind is None and (plural or not m.is_told):
                    make_region(before, _singular(plural[1]) if plural else m.key.rpartition(" ")[2])
                if before.score < 3 <= m.score:
                    before.score += 1.2
                elif m.score < 3 <= before.score:
                    m.score += 1.2
                elif _countries(m) & _countries(before) or (m.rule == "unlisted") != (before.rule == "unlisted"):
                    m.score += 0.8
                    before.score += 0.8

    def _cohere(self) -> None:
        """A doubtful name counts for more where the text surely speaks of the region or country it lies in."""
        sure = [m for m in self.names.mentions if m.score >= _SURE]
        regions = {p.admin1 for m in sure for p, how in m.candidates[:3] if how < STEM and p.admin1 >= 0}
        regions |= {p.row for m in sure for p, how in m.candidates[:3] if how < STEM and p.feature == "ADM1"}
        countries = {c for m in sure for c in _countries(m)}
        others = [m for m in self.names.mentions if m.rule != "institution"]
        around = regions | {p.admin1 for m in others for p, how in m.candidates[:3] if how < STEM and p.admin1 >= 0}
        for m in self.names.mentions:
            if (
                m.rule == "institution"
                and self._is_of_learning(m)
                and not any(p.admin1 in around for p, _ in m.candidates)
            ):
                m.score -= 1.5
            if -0.5 <= m.score < 1.5 and m.rule in BONUS:
                near = [p for p, how in m.candidates if how != STEM]
                if any(p.admin1 in regions for p in near):
                    m.score += 0.6
                elif any(p.country in countries and p.country not in ENGLISH for p in near):
                    m.score += 0.5
                if near and m.rule != "part" and not m.is_common and {p.country for p in near} <= countries - ENGLISH:
                    # "Robotyne": a village's name and nothing else's, in a text about its country
                    m.score += 1.0
            elif m.rule == "unlisted" and countries - ENGLISH and len(countries - ENGLISH) >= len(countries & ENGLISH):
                m.score += 0.9

    def _is_of_learning(self, m: Mention) -> bool:
        """Whether only small towns bear the name of a college: Yale in Michigan has no university."""
        is_small = all(p.kind == "settlement" and p.population < _UNKNOWN for p, _ in m.candidates)
        return is_small and _OF_LEARNING.match(self.text, m.end) is not None

    def _correct(self, gazetteer: Gazetteer) -> None:
        """Look for the misspelled name of a place of the countries spoken of, where the words around call it one."""
        names = [m for m in self.names.mentions if m.rule in ("named_kind", "unlisted") and not m.candidates]
        if not names:
            return
        sure = [m for m in self.names.mentions if m.score >= _SURE and m.candidates]
        known = [m for m in sure if any(how == OFFICIAL for _, how in m.candidates)]
        countries = {c for m in known for c in _countries(m)} - ENGLISH
        spoken_of = {
            p.row if p.feature == "ADM1" else p.admin1 for m in sure for p, how in m.candidates[:3] if how < STEM
        } - {-1}
        for m in names:
            regions = [o for k in m.inside for o, _ in self.names.mentions[k].candidates[:3] if o.kind == "region"]
            if m.score < THRESHOLD or not countries or (m.rule == "unlisted" and not regions):
                continue
            found = misspelled(m.key, m.said_kind, countries, [r.row for r in regions], spoken_of, gazetteer)
            if found:
                m.candidates, m.rule = found, "spelling"

    def _is_surrounding(self, m: Mention) -> bool:
        """Whether other places lie in it: a region, or the countryside of a town."""
        return _is_region(m) or (bool(m.candidates) and _COUNTRYSIDE.match(self.text, m.end) is not None)

    def _may_hold(self, inner: Mention, outer: Mention) -> bool:
        """Whether some sense of ``inner`` lies in some sense of ``outer``."""
        for o, _ in outer.candidates[:12]:
            if o.kind not in ("country", "region"):
                continue
            for p, _ in inner.candidates:
                in_country = o.kind == "country" and p.country == o.country and p.kind != "country"
                if p.row != o.row and (in_country or o.row in (p.admin1, p.admin2)):
                    return True
        return False


def _singular(generic: str) -> str:
    return _SINGULAR.get(generic, generic.removesuffix("s"))


def _may_lie_near(inner: Mention, outer: Mention) -> bool:
    """Whether some sense of ``inner`` lies in or beside some sense of ``outer``, a town or region."""
    for o, _ in outer.candidates[:4]:
        for p, _ in inner.candidates:
            if o.kind == "region" and o.row in (p.admin1, p.admin2):
                return True
            if o.kind == "country" and o.country == p.country:
                return True
            if o.has_point and p.has_point and km(o.lat, o.lon, p.lat, p.lon) <= _BESIDE_KM:
                return True
    return False


def _is_open(mention: Mention) -> bool:
    """Whether no source lists the name as written, so that what it lies in is all that is known of it."""
    if mention.said_kind != "facility" and mention.rule not in ("named_kind", "loose", "facility"):
        return False
    return all(how == LOOSE for _, how in mention.candidates)


def _countries(mention: Mention) -> set[str]:
    """Countries that the foremost places so called lie in."""
    return {p.country for p, how in mention.candidates[:3] if how != STEM and p.country}


def _is_region(mention: Mention) -> bool:
    return any(p.kind in ("region", "country") and how <= STEM for p, how in mention.candidates[:3])


def _lies_elsewhere(inner: Mention, outer: Mention) -> bool:
    """Whether ``outer`` is called a region, and each place called as ``inner``, small ones all, is far from it."""
    regions = [p for p, _ in outer.candidates[:3] if p.kind == "region" and p.has_point]
    if outer.said_kind != "region" or not regions or not inner.candidates or inner.said_kind not in (None, "region"):
        return False
    return all(
        p.kind == "settlement" and p.population < _UNKNOWN and p.has_point
        and all(r.row not in (p.admin1, p.admin2) and km(p.lat, p.lon, r.lat, r.lon) > _FAR_KM for r in regions)
        for p, _ in inner.candidates
    )  # fmt: skip


def _holds_others(inner: Mention, outer: Mention) -> bool:
    """Whether ``outer`` is a region or country that no place called as ``inner``, small ones all, lies in."""
    if not inner.candidates or not outer.candidates:
        return False
    first, how = outer.candidates[0]
    if outer.said_kind != "region" and (first.feature != "ADM1" or how > ALTERNATE):
        return False
    regions = {p.country for p, how in outer.candidates[:3] if p.feature in ("ADM1", "ADM2") and how <= STEM}
    small = all(
        p.population < 200_000 and (p.kind == "settlement" or (p.kind == "region" and p.feature != "ADM1"))
        for p, _ in inner.candidates
    )
    return bool(regions) and small and all(p.country not in regions for p, _ in inner.candidates)
