"""Finds the mentions of places in a text, before any is put on a map.

Belongs here: reading each run of capitals into places, persons and other names. Does not belong
here: the evidence beside one name (``evidence``), what the rest of the text shows (``whole_text``), which
of the places so called is meant (``resolve``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.analysis import Analysis
from ingest.extract.locations.candidates import is_land, is_water, may_have_site, owns_bodies, prior
from ingest.extract.locations.capital_runs import Run, find_runs, join_pairs
from ingest.extract.locations.chains import chain, ends_capitals, longest_listed
from ingest.extract.locations.draft import BY_RULE, STEM
from ingest.extract.locations.evidence import Surroundings
from ingest.extract.locations.gazetteer import Gazetteer, Named
from ingest.extract.locations.governments import surely_country
from ingest.extract.locations.headlines import headlines, pieces
from ingest.extract.locations.lexicon import Lexicon, lexicon
from ingest.extract.locations.mention import Mention, Names
from ingest.extract.locations.names import fold
from ingest.extract.locations.organisations import ends_another, is_called_after, is_first_of_body, organisations
from ingest.extract.locations.people import People, has_kin, speakers
from ingest.extract.locations.regions import is_lower, regions_called, with_tail
from ingest.extract.locations.unlisted import HEADS, Unlisted, is_article
from ingest.extract.locations.whole_text import BONUS, judge
from ingest.garbage import weakly

_LETTERS = 3  # of a country's abbreviation
_CITY = 500_000  # people: a smaller town gives way to a first name
_OPENING = ('"', "“", "‘", "'", ":", "—")  # what a sentence may begin behind
_LOWER_TAIL = re.compile(r"(?:[ \u00a0-]([a-z]+))(?:[ \u00a0-]([a-z]+))?(?:[ \u00a0-]([a-z]+))?")
_PART_OF = re.compile(r"\b(?:north|south|east|west)(?:east|west)?ern\s+$", re.I)
_FIRM_REGIONS = frozenset(("county", "parish", "oblast", "raion", "province", "governorate"))
# generic words that are a body's more often than a region's: "Kansas State", "Indiana Department of Education"
_LOOSE_REGIONS = frozenset(("state", "department", "district", "community", "republic", "territory", "states"))


def find_names(analysis: Analysis, gazetteer: Gazetteer, *, keeps_every_name: bool = False) -> Names:
    """Mentions and persons of a text: each run by itself, then again in the light of the whole.

    ``keeps_every_name`` tells to keep those that stand for speakers and governments, or as adjectives.
    """
    reader = _Reader(analysis, gazetteer, keeps_every_name=keeps_every_name)
    for run in join_pairs(find_runs(analysis.text), analysis.text, gazetteer.__contains__):
        if analysis.page_lines and analysis.is_of_page(run.start):
            continue
        for part in pieces(run, reader.headlines, reader.is_ordinary):
            reader.read(part)
    if others := organisations(analysis.text) + speakers(analysis.text):
        mentions = reader.names.mentions
        mentions[:] = [m for m in mentions if not any(start <= m.start < end for start, end in others)]
    judge(reader.names, analysis.text, gazetteer)
    return reader.names


class _Reader:
    def __init__(self, analysis: Analysis, gazetteer: Gazetteer, *, keeps_every_name: bool) -> None:
        self.text = analysis.text
        self.gazetteer = gazetteer
        self.lex: Lexicon = lexicon()
        self.names = Names()
        self.around = Surroundings(analysis, self.lex, keeps_every_name=keeps_every_name)
        self.people = People(self.text, self.lex, weakly(self._best_population))
        is_sure, starts_sentence = weakly(self._is_sure), weakly(self._starts_sentence)
        self.unlisted = Unlisted(self.text, gazetteer, self.around, self.names, is_sure, starts_sentence)
        self._sentence_starts = {s.start for s in analysis.sentences}
        self._party_of = -1
        self.headlines = headlines(analysis)
        self._title_end = max((s.end for s in analysis.sentences[:2] if s.is_title), default=0)
        self._lower_words = {w for w in analysis.tokens.words if w.islower()} if self.headlines else set()

    # --- one run ---------------------------------------------------------------------------------

    def is_ordinary(self, run: Run, k: int) -> bool:
        """Whether word ``k`` is one that a headline capitalises, and no name."""
        word = run.lowers[k]
        return word in self.lex.ordinary or word in self._lower_words or word in self.lex.speaking

    def read(self, run: Run) -> None:
        """Read a run from left to right: titles, persons, places, other things."""
        lex, low, n = self.lex, run.lowers, len(run.words)
        if self.around.is_operation(run.start, is_whole=self._longest(run, 0) == n):
            return
        if self.unlisted.is_list(run) and self._longest(run, 0) < n:
            self.unlisted.read_list(run, self._longest)
            return
        i = self._skip_function_words(run)
        if i >= n:
            return
        before = self.around.word_before(run.start)
        titled = before in lex.titles and before not in ("general", "chief", "sister", "father", "coach", "private")
        titled = titled or (before in lex.titles and n > 1 and low[0] in lex.given_names)
        called = self.around.kind_behind(run.end) if n - i > 1 else None
        while i < n:
            word = low[i]
            is_called = n - i > 1 and (self._is_one(called, low) or (i == 0 and self._is_named_whole(run)))
            if is_called and not self._is_listed_within(run, i):
                self.unlisted.read(run, i)  # "Sheikh Issa town", "the village of Sheikh Issa" are no persons
                return
            if word in ("al", "el") and i + 1 < n and not run.words[i].islower() and self._is_arabic(run, i):
                i = max(i + 1, self.unlisted.read(run, i))  # "the district of Al Mashhad" is not Mashhad
                continue
            if word in lex.demonyms and i + 1 < n and self._longest(run, i) <= i + 1 and self._is_plain(run, i + 1):
                i += 1  # "Nazi Germany", "Syrian Abu Kamal", "Syrian al-Bab"
                continue
            if word in HEADS and i + 1 < n:
                i = max(i + 1, self.unlisted.read(run, i))
                continue
            if run.words[i].islower() and not is_article(self.text, run, i):
                titled = False
                i += 1
                continue
            j = self._longest(run, i)
            if j <= i + 1 and is_article(self.text, run, i):
                i += 1
                continue
            if word in lex.titles and j <= i + 1:
                titled = not (i + 1 < n and low[i + 1] in ("of", "for"))
                i += 1
                continue
            stop = self.people.end(run, i, j, titled=titled, located=self.around.is_located(run.starts[i]))
            titled = False
            if stop > i:
                self._person(run, i, stop)
                i = stop
            else:
                i = max(i + 1, self._thing(run, i, j))

    @staticmethod
    def _is_one(called: str | None, low: Sequence[str]) -> bool:
        """Whether the words behind a run call all of it one place, and it is no "Birka of Sabari" district."""
        return called in ("town", "part") or (called == "district" and "of" not in low)

    def _is_named_whole(self, run: Run) -> bool:
        """Whether "the village of" stands before a run that is one unlisted name: no school's, and no "A of B"."""
        lex, last = self.lex, run.lowers[-1]
        is_body = last in lex.institutions or last in lex.bodies or last in lex.brands or last in lex.facilities
        return not is_body and "of" not in run.lowers and self.around.is_named_after(run.start)

    def _is_of_nature(self, run: Run, i: int) -> bool:
        """Whether something is at the "Cape" or "Mount" that word ``i`` opens, and it names no body."""
        lex, last = self.lex, run.lowers[-1]
        bodies = (lex.institutions, lex.bodies, lex.brands, lex.titles, lex.sites)
        return not any(last in known for known in bodies) and (
            self.around.word_before(run.starts[i]) == "on" or self.around.is_located(run.starts[i])
        )

    def _is_arabic(self, run: Run, i: int) -> bool:
        """Whether "Al" at word ``i`` is the article of an unlisted place: "in Al Rashidin", and no Al Smith."""
        start = run.starts[i]
        is_apart = run.text_between(i, i + 1, self.text) == " " and self._longest(run, i) <= i + 1
        return is_apart and (self.around.is_named_place(start) or self.around.is_at(start))

    def _is_listed_within(self, run: Run, i: int) -> bool:
        """Whether the words from ``i`` on are a listed name, or a well-known place is among them."""
        n = len(run.words)
        return self._longest(run, i) == n or any(self._is_sure(run, k) for k in range(i, n))

    def _is_plain(self, run: Run, i: int) -> bool:
        """Whether the rest of a run, from word ``i`` on, is one well-known or foreign place's name."""
        n = len(run.words)
        if run.lowers[i] == "al" and i + 1 < n and self._longest(run, i) <= i + 1:
            i += 1  # the article before a name that is listed without it
        return self._longest(run, i) == n and (n - i > 1 or self._is_sure(run, i))

    def _skip_function_words(self, run: Run) -> int:
        lex, low, n = self.lex, run.lowers, len(run.words)
        i = 0
        if n > 1 and len(run.words[0]) == 1 and run.text_between(0, 1, self.text) == "-":
            i = 1  # R-Elbow Lake, X-ray
            self._party_of = run.starts[1] if low[0] in ("r", "d", "i") else -1
        starts = self._starts_sentence(run.start)
        while i < n and (low[i] in lex.function or (starts and low[i] in lex.ordinary)):
            if low[i] in lex.titles or low[i] in lex.compass or (low[i] == "us" and run.words[i].isupper()):
                break
            is_article = low[i] == "the" and (starts or not self._begins_with_article(run, i))
            if not is_article and self._longest(run, i) > i + 1 and low[i] not in ("a", "an", "in", "at", "on"):
                break
            i += 1
        return i

    def _begins_with_article(self, run: Run, i: int) -> bool:
        """Whether "The" at word ``i`` is the first word of a place's own name: "in The Hague"."""
        found = self._found(run, i, self._longest(run, i)) if run.words[i] == "The" else []
        return any(place.name.startswith("The ") for place, _ in found)

    def _thing(self, run: Run, i: int, j: int) -> int:
        """Read what begins at word ``i`` and is no person; ``j`` ends the longest listed name. Returns the next."""
        lex, low, n = self.lex, run.lowers, len(run.words)
        last = low[n - 1] if not run.words[n - 1][0].isdigit() else low[max(0, n - 2)]
        if j <= i + 1 and 2 <= n - i <= 3 and low[i] in lex.nature_heads and self._is_of_nature(run, i):
            return self._facility(run, i, low[i])  # "on Cape Erimo"
        if i + 1 < n and low[i] in lex.group_heads and is_article(self.text, run, i + 1):
            return min(n, i + 3)  # Ahrar al-Sham is a group, and its Sham no place
        if (
            i + 2 < n
            and j <= i + 1
            and is_article(self.text, run, i + 1)
            and not surely_country(self._found(run, i, j))
        ):
            # "Ain al-Arab" is one name, however it is spelled, and not Ain in France
            return self.unlisted.read(run, i)
        if j <= i + 1 < n - 1 and low[i + 1] == "of" and low[i] in lex.heads_of_bodies:
            return n if low[i] in lex.organised else i + 2  # "the Union of Medical Relief" is in no Union
        if j == i + 1 and j + 1 < n and low[i] in lex.sites and low[j] == "of":
            # not the town of that name: "the University of Leeds"
            struck = self.around.is_struck(run.starts[i], run.ends[n - 1])
            return self._facility(run, i, low[i]) if struck else j + 1
        if j > i:
            if j == n or (run.words[j].islower() and run.words[j].isalpha()):
                return self._listed_name(run, i, j, "name")
            return self._with_more_behind(run, i, j, last)
        if low[i] == "united":
            return i + 2  # United Russia is a party, and no listed name begins here
        if "of" in low[i + 1 :]:
            head = low[low.index("of", i + 1) - 1]
            if head in lex.sites and self.around.is_struck(run.starts[i], run.ends[n - 1]):
                return self._facility(run, i, head)
        if n - i >= 2 and last in lex.sites and self.around.is_struck(run.starts[i], run.ends[n - 1]):
            return self._facility(run, i, last)
        if low[i] in lex.compass or low[i] in lex.ordinary:
            return i + 1
        if n - i >= 2 and (last in lex.waters or last in lex.landforms or last in lex.facilities):
            return self._facility(run, i, last)
        if n - i >= 2 and last in lex.regions:
            return self._region(run, i, n - 1)
        return self.unlisted.read(run, i)

    def _with_more_behind(self, run: Run, i: int, j: int, last: str) -> int:
        """A listed name with more capitals behind it: what they are decides what the name is."""
        lex, low = self.lex, run.lowers
        if j + 1 < len(run.words) and self._ends_brand(run, j):
            return j + 1  # "according to the New York Times Kyiv demanded", which lost its comma
        if (ends_capitals(run, j) or low[j] in lex.demonyms) and self._is_sure(run, i):
            return self._listed_name(run, i, j, "name")
        if is_article(self.text, run, j) and surely_country(self._found(run, i, j)):
            return self._listed_name(run, i, j, "name")  # "in Syria Al-Nusra", which lost its comma
        if ends := chain(run, i, self._longest, self._is_sure, self._countries):
            return self._chained(run, i, ends)
        is_owned = owns_bodies(self._found(run, i, j)) or self.around.is_struck(run.starts[i], run.end)
        if is_first_of_body(low, j, lex.of_learning if not is_owned else frozenset()):
            return len(run.words)
        following = low[j]
        if j - i > 1 and low[j - 1] == "city" and following in lex.institutions:
            j -= 1  # Dublin City Council is Dublin's
            following = "city"
        if run.text_between(j - 1, j, self.text) in ("-", "–", "‑"):
            return self._hyphened(run, i, j)
        if following in lex.regions and not (following in _LOOSE_REGIONS and j + 1 < len(run.words)):
            return self._region(run, i, j)
        if following in ("town", "city") and last in ("hall", "council"):
            self._listed_name(run, i, j, "institution")
            return len(run.words)
        if following in lex.given_names or (following in lex.titles and following not in lex.institutions):
            return self._listed_name(run, i, j, "modifier")
        if last in lex.ways or last in lex.waters or last in lex.landforms:
            return self._facility(run, i, last)
        end = self._of_body(run, i, j, last)
        if end is not None:
            return end
        if last in lex.facilities:
            return self._facility(run, i, last)
        if following in lex.ordinary or self._best_population(run, i, j) >= 3_000_000:
            return self._listed_name(run, i, j, "modifier")
        return self._part(run, i, j)

    def _ends_brand(self, run: Run, j: int) -> bool:
        """Whether word ``j`` ends a paper's or a firm's name, and all behind it is a well-known place."""
        lex, behind = self.lex, run.lowers[j + 1]
        is_body = behind in lex.institutions or behind in lex.bodies
        return run.lowers[j] in lex.brands and not is_body and self._is_plain(run, j + 1)

    def _chained(self, run: Run, i: int, ends: list[int]) -> int:
        """Names of places in a row from word ``i`` on; each of ``ends`` is where one ends."""
        first = len(self.names.mentions)
        for begin, end in zip([i, *ends], ends, strict=False):
            self._listed_name(run, begin, end, "hyphen")
        for m in self.names.mentions[first:]:
            m.score += 0.8
        return len(run.words)

    def _of_body(self, run: Run, i: int, j: int, last: str) -> int | None:
        """Read words ``i`` to ``j`` as the place of a body or brand that ends with ``last``; None where it is none."""
        lex, low, n = self.lex, run.lowers, len(run.words)
        if j - i > 1 and low[j - 1] in lex.regions and low[j - 1] not in _LOOSE_REGIONS:
            self._listed_name(run, i, j, "institution")
            return n if last in lex.institutions or last in lex.bodies or last in lex.brands else j
        if last in lex.brands:
            if j == n - 1 and self._ends_headline(run, i):
                self._listed_name(run, i, j, "name")
            return n
        if last in lex.bodies and last not in lex.institutions:
            found = self._found(run, i, j)
            if owns_bodies(found) and not is_water(found):  # no "Atlantic Alliance"
                self._listed_name(run, i, j, "owner")
            return n
        if last in lex.institutions or low[j] in lex.institutions or last in lex.titles:
            if j == i + 1 and self._best_population(run, i, j) < _CITY and is_called_after(low[i:]):
                return n  # the Vaughn Feldman Center
            self._listed_name(run, i, j, "institution")
            return n
        return None

    def _ends_headline(self, run: Run, i: int) -> bool:
        """Whether a run closes a title with its source, which lost its colon: "Shelling in Syria's Homs Monitor"."""
        is_last = run.start < self._title_end and self.text[run.end : run.end + 1] in ("", "\n")
        start = run.starts[i]
        is_genitive = self.text[start - 3 : start] in ("'s ", "’s ")
        is_owned = is_genitive and bool(self.names.mentions) and self.names.mentions[-1].end == start - 3
        return is_last and (is_owned or self.around.word_before(run.starts[i]) == "in") and self._is_sure(run, i)

    def _part(self, run: Run, i: int, j: int) -> int:
        """ "Jordan Peele", "Erie Lackawanna": something else that is named so, unless the text shows otherwise."""
        n = len(run.words)
        if n - j <= 2 and n - i <= 4 and not owns_bodies(self._found(run, i, j)):
            whole = self._key(run, i, n)
            loose = self.gazetteer.find_loose(whole)
            if loose and self.around.is_at(run.starts[i]):
                self.names.mentions.append(Mention(run.starts[i], run.ends[n - 1], whole, loose, "loose", 2.0))
                return n
        self._listed_name(run, i, j, "part")
        return n if n - i <= 3 else j

    # --- kinds of names ----------------------------------------------------------------------------

    def _person(self, run: Run, i: int, stop: int) -> None:
        for k in range(i, stop):
            if len(run.lowers[k]) > 2 and not run.words[k].islower():
                self.names.persons.add(run.lowers[k])
        if stop - i > 1:
            self.names.full_persons.add(" ".join(run.lowers[i:stop]))

    def _hyphened(self, run: Run, i: int, j: int) -> int:
        """ "Kabul-Kandahar" names two places, "Wal-Mart" none."""
        if j < len(run.words) and run.words[j].removesuffix("s").isdigit():
            return j  # "Rossiya-24", "Birka-12s": a channel, a ship, rockets
        other = self._longest(run, j)
        if other > j:
            k = len(self.names.mentions)
            self._listed_name(run, i, j, "hyphen")
            self._listed_name(run, j, other, "hyphen")
            while other < len(run.words) and run.text_between(other - 1, other, self.text) in ("-", "–"):
                third = self._longest(run, other)
                if third == other:
                    break
                self._listed_name(run, other, third, "hyphen")
                other = third
            if any(prior(m.candidates) < 1.0 for m in self.names.mentions[k:]):
                del self.names.mentions[k:]
            for m in self.names.mentions[k:]:
                m.score += 0.8
            return other
        if self._best_population(run, i, j) >= 1_000_000:
            self._listed_name(run, i, j, "hyphen")
        return j + 1

    def _region(self, run: Run, i: int, j: int) -> int:
        """A name with a capitalised generic word behind it: "Kherson Oblast"; words i to j, then the generic one."""
        end = j + 1
        key = fold(self.text[run.starts[i] : run.ends[end - 1]])
        candidates = regions_called(key, run.lowers[j], self.gazetteer)
        after = run.lowers[end] if end < len(run.words) else ""
        mention = Mention(run.starts[i], run.ends[end - 1], key, candidates, "region", 3.0, "region", True)
        if not candidates:
            mention.is_quarter = is_lower(run.lowers[j])
            mention.score = 1.0 if run.lowers[j] in _FIRM_REGIONS or mention.is_quarter else -1.0
            mention.score += 2.6 if mention.is_quarter and self.around.is_at(run.starts[i]) else 0.0
        self.names.mentions.append(mention)
        if run.text_between(j - 1, j, self.text) == "-":
            mention.score -= 2
        in_name = after in self.lex.institutions or after in self.lex.bodies or after in self.lex.brands
        return len(run.words) if in_name else end

    def _facility(self, run: Run, i: int, last: str) -> int:
        lex, n = self.lex, len(run.words)
        start, end = run.starts[i], run.ends[n - 1]
        key = fold(self.text[start:end])
        candidates = self.gazetteer.find(key)
        kind = "water" if last in lex.waters else "other" if last in lex.landforms else "facility"
        score = 1.6 if last in lex.ways or last in lex.public_places or kind != "facility" else 0.4
        before = self.around.word_before(start)
        if kind == "facility":
            if self.around.is_struck(start, end) or before in ("near", "outside", "around", "inside"):
                score += 2.0
            elif last in lex.sites and last in ("school", "college", "university", "academy", "church"):
                score -= 1.0
            elif before in lex.strong_prepositions:
                score += 1.5
        if candidates:
            score += 2
        if i + 1 >= n or any(low in lex.titles for low in run.lowers[i + 1 : n - 1]):
            return n  # "UNICEF Director Alan Lane" is no lane
        if any(len(word) == 2 and word[1] == "." for word in run.words[i + 1 : n - 1]):
            return n  # "Alan R. Hill"
        rule = "facility"
        town = self._longest(run, i)
        if not candidates and i < town < n and run.lowers[i] not in lex.sites and last not in lex.ways | lex.waters:
            # no source has the site itself: it stands where the town does that it is named after
            found = self._found(run, i, town)
            candidates = [x for x in found if is_land(last, *x)] or [x for x in found if may_have_site(*x)]
            rule = "facility_town" if candidates and candidates[0][0].kind != "region" else rule
        if not candidates and "of" in run.lowers[i:]:
            at = len(run.lowers) - run.lowers[::-1].index("of")
            candidates = [x for x in (self._found(run, at, n) if at < n else ()) if may_have_site(*x)]
            rule = "facility_town" if candidates else rule
        mention = Mention(start, end, key, candidates, rule, score, None if candidates else kind)
        mention.is_quarter = last in lex.public_places
        self.names.mentions.append(mention)
        return n

    def _listed_name(self, run: Run, i: int, j: int, rule: str) -> int:
        start, end = run.starts[i], run.ends[j - 1]
        key = self._key(run, i, j)
        candidates = self.gazetteer.find(key)
        said = None
        if len(key) <= _LETTERS and not run.words[i].isupper():
            candidates = [c for c in candidates if c[0].kind != "country"]  # "Car bomb explodes", and no C.A.R.
        if j == len(run.words) and not self.around.has_a(start) and self.around.is_village(end):
            # no region that was once called so: "Damba village"
            candidates = [c for c in candidates if c[0].kind == "settlement"]
            rule, said = rule if candidates else "named_kind", "settlement"
        waters = [c for c in candidates if c[0].kind == "water"] if self.around.has_the(start) else []
        if waters and not surely_country(candidates):
            candidates, key = waters, f"the {key}"  # "the Pacific", which no town of that name is
        start = run.starts[i - 1] if i and is_article(self.text, run, i - 1) else start
        if has_kin(self.text, end) or self.around.is_called_medium(start, candidates):
            self.names.persons.add(key)
            return j
        if j == len(run.words) and (tail := _LOWER_TAIL.match(self.text, end)) and tail[1] in self.lex.tails:
            start, end, key, candidates, said = with_tail((start, end, key, candidates), tail, self.gazetteer)
        if self.around.is_no_place(start, end, key, candidates) or ends_another(
            self.text, run, i, j, is_country=surely_country(candidates)
        ):
            return j
        if said is None and self.around.is_region_named(start):
            regions = [n for n in candidates if n[0].kind == "region"]
            if regions:
                # a key of its own: the same name elsewhere in the text is the town's
                candidates, said, key = regions, "region", f"{key} province"
        score, strong = self.around.evidence(run, i, j, start, end, key, candidates)
        mention = Mention(start, end, key, candidates, rule, score + BONUS.get(rule, 0.0), said, strong)
        mention.is_common = self.around.is_common(key)
        # "a Kyiv suburb" is a part of Kyiv, "the Birka suburb" is one called so
        mention.is_quarter = said is None and self.around.is_quarter(end) and not self.around.has_a(start)
        mention.is_quarter = mention.is_quarter or key in ("old city", "old town")
        if rule == "institution" and is_water(candidates):
            mention.score -= 3  # the Vistula Center for Security Studies
        if rule == "part" and owns_bodies(candidates):
            mention.score += 1.0
        if start == self._party_of:
            mention.score, mention.is_strong = mention.score + 3.0, True
        mention.is_part = bool(_PART_OF.search(self.text, max(0, start - 14), start))
        mention.is_local = rule == "institution" or self.around.is_local(start, end)
        if said:
            mention.score, mention.is_strong = mention.score + 2, True
        self.names.mentions.append(mention)
        return j

    def _is_sure(self, run: Run, j: int) -> bool:
        """Whether a well-known place begins at word ``j``: "Nazi Germany", "Team Alberta"."""
        end = self._longest(run, j)
        if end - j > 1 and run.lowers[j] == "the":
            return False
        if run.lowers[j] in self.lex.state_abbreviations and run.words[j].endswith("."):
            return True
        if end - j > 1 and run.lowers[end - 1] in self.lex.regions:
            return True
        likely = prior(self._found(run, j, end)) if end > j else 0.0
        is_of_people = run.lowers[j] in self.lex.given_names or run.lowers[j] in self.lex.surnames
        return likely >= (3 if is_of_people else 2.2)

    # --- helpers -----------------------------------------------------------------------------------

    def _starts_sentence(self, start: int) -> bool:
        if start in self._sentence_starts:
            return True
        return self.text[max(0, start - 2) : start].strip() in _OPENING

    def _key(self, run: Run, i: int, j: int) -> str:
        return fold(self.text[run.starts[i] : run.ends[j - 1]])

    def _found(self, run: Run, i: int, j: int) -> list[Named]:
        return self.gazetteer.find(self._key(run, i, j))

    def _longest(self, run: Run, i: int) -> int:
        """End of the longest listed name that begins at word ``i``; ``i`` where there is none."""
        if i not in run.listed_to:
            run.listed_to[i] = longest_listed(run, i, self.text, self.gazetteer)
        return run.listed_to[i]

    def _countries(self, run: Run, i: int, j: int) -> set[str]:
        return {p.country for p, how in self._found(run, i, j) if how < STEM and p.country}

    def _best_population(self, run: Run, i: int, j: int) -> int:
        return max((p.population for p, how in self._found(run, i, j) if how < BY_RULE), default=0)
