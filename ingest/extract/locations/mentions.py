"""Finds the mentions of places in a text, before any is put on a map.

Belongs here: which stretches of a run of capitals may name a place, which name a person or an
organisation instead, and the evidence around a name. Does not belong here: which of the places so
called is meant (``resolve``).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from ingest.extract.analysis import Analysis
from ingest.extract.locations.gazetteer import BY_RULE, LOOSE, STEM, Gazetteer, Named
from ingest.extract.locations.lexicon import Lexicon, lexicon
from ingest.extract.locations.names import fold, region_stem
from ingest.extract.locations.runs import Run, find_runs

LONGEST = 7


@dataclass(slots=True)
class Mention:
    """A stretch that may name a place. ``score`` sums the evidence that it does."""

    start: int
    end: int
    key: str
    candidates: list[Named]
    rule: str
    score: float = 0.0
    # region, settlement, facility, water … where the words themselves say so
    said_kind: str | None = None
    is_strong: bool = False
    direction: str | None = None
    inside: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Names:
    """What a whole text shows about names: words of persons, and mentions in order."""

    mentions: list[Mention] = field(default_factory=list)
    persons: set[str] = field(default_factory=set)
    full_persons: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)


_AGE = re.compile(r",\s+\d{1,3}\b(?!\s*(?:km|kilomet|mile|\d))")
_BEFORE = re.compile(r"([\w’'.-]+)[\s\u00a0]+[\"“‘'(\[]?$")
_LOWER_TAIL = re.compile(r"(?:[ \u00a0-]([a-z]+))(?:[ \u00a0-]([a-z]+))?(?:[ \u00a0-]([a-z]+))?")
_PLACE_BEFORE = re.compile(
    r"\b(?:city|town|village|settlement|hamlet|municipality|township|suburb|neighbou?rhood|port|capital|locality|community|"
    r"district|region|province|state|governorate|county|oblast|villages|towns|cities|settlements|camp|island|enclave)"
    r"(?:\s+(?:of|called|named))?\s+(?:the\s+)?$"
)
_NOUN_AFTER = re.compile(
    r"[’']s?\b|[ -](?:based|born|area|native|resident|residents|police|man|woman|couple|officials?)\b"
)


def find_names(analysis: Analysis, gazetteer: Gazetteer) -> Names:
    """Mentions and persons of a text: each run by itself, then again in the light of the whole."""
    reader = _Reader(analysis, gazetteer)
    for run in find_runs(analysis.text):
        reader.read(run)
    reader.judge()
    return reader.names


class _Reader:
    def __init__(self, analysis: Analysis, gazetteer: Gazetteer) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.gazetteer = gazetteer
        self.lex: Lexicon = lexicon()
        self.names = Names()
        self._sentence_starts = {s.start for s in analysis.sentences}

    # --- one run ---------------------------------------------------------------------------------

    def read(self, run: Run) -> None:
        lex, low, n = self.lex, run.lowers, len(run.words)
        i = 0
        before = self._word_before(run.start)
        is_person = before in lex.titles and before not in ("general", "chief", "sister", "father", "coach", "private")
        is_person = is_person or (before in lex.titles and n > 1 and low[0] in lex.given_names)
        while i < n and low[i] in lex.ordinary and not (i + 1 < n and self._listed(run, i, i + 2)):
            if low[i] in lex.titles or low[i] in lex.compass:
                break
            i += 1
        while i < n:
            word = low[i]
            if run.words[i].islower():
                is_person = False
                i += 1
                continue
            j = self._longest(run, i)
            if word in lex.titles and j <= i + 1:
                is_person = not (i + 1 < n and low[i + 1] in ("of", "for"))
                i += 1
                continue
            stop = self._person_end(run, i, j, is_person)
            if stop > i:
                self._person(run, i, stop)
                is_person = False
                i = stop
                continue
            is_person = False
            i = self._thing(run, i, j)

    def _thing(self, run: Run, i: int, j: int) -> int:
        """Read what begins at word ``i`` and is no person; ``j`` ends the longest listed name. Returns the next."""
        lex, low, n = self.lex, run.lowers, len(run.words)
        last = low[n - 1] if not run.words[n - 1].isdigit() else low[max(0, n - 2)]
        rest = n - i
        if j > i:
            # a listed name that ends in its own generic word: "Laurel County", "Jordan River"
            if j == n or low[j] in ("of",) or run.words[j].islower():
                return self._listed_name(run, i, j, "name")
            following = low[j]
            if following in lex.regions and j + 1 <= n:
                return self._region(run, i, j)
            if following in lex.titles and following not in lex.institutions:
                return self._listed_name(run, i, j, "modifier")
            if last in lex.waters or last in lex.landforms or (last in lex.facilities and last not in lex.institutions):
                return self._facility(run, i, last)
            if last in lex.organisations and last not in lex.institutions:
                self.names.organisations.add(" ".join(low[i:n]))
                return n
            if last in lex.institutions or following in lex.institutions:
                self._listed_name(run, i, j, "institution")
                return n
            if run.text_between(j - 1, j, self.text) in ("-", "–", "‑"):
                return self._listed_name(run, i, j, "hyphen")
            # "Houston Rockets", "Jordan Peele": something else that is named so
            best = self._best_population(run, i, j)
            if following in lex.ordinary or best >= 3_000_000:
                return self._listed_name(run, i, j, "modifier")
            return max(j, n if rest <= 3 else j)
        if low[i] in lex.compass or low[i] in lex.ordinary:
            return i + 1
        if rest >= 2 and (last in lex.waters or last in lex.landforms or last in lex.facilities):
            return self._facility(run, i, last)
        if rest >= 2 and last in lex.regions:
            return self._region(run, i, n - 1)
        return self._unlisted(run, i)

    # --- kinds of names ----------------------------------------------------------------------------

    def _person_end(self, run: Run, i: int, j: int, is_person: bool) -> int:
        """The word after a person's name that begins at ``i``, or ``i``."""
        lex, low, n, words = self.lex, run.lowers, len(run.words), run.words
        end = i
        while end < n and (
            not words[end].islower()
            or low[end] in ("bin", "al", "el", "van", "von", "de", "der", "den", "del", "la", "abu")
        ):
            if end > i and (low[end] in lex.organisations or low[end] in lex.titles) and low[end] not in lex.surnames:
                break
            end += 1
        while end > i and words[end - 1].islower():
            end -= 1
        if end == i:
            return i
        if is_person:
            return end
        if end - i < 2:
            return i
        if low[end - 1] in ("jr", "sr", "ii", "iii"):
            return end
        generic = low[end - 1]
        is_generic = (
            generic in lex.facilities
            or generic in lex.institutions
            or generic in lex.regions
            or generic in lex.waters
            or generic in lex.landforms
            or words[end - 1].isdigit()
        ) and not (generic in lex.surnames and low[i] in lex.given_names and end - i == 2 and self._age(run, end))
        if is_generic:
            return i
        initial = any(len(w) == 2 and w[1] == "." for w in words[i + 1 : end - 1])
        if initial and end - i <= 5:
            return end
        if self._age(run, end) and end - i <= 4 and (low[i] in lex.given_names or j < end):
            return end
        if low[i] in lex.given_names and end - i <= 4:
            if (
                j >= end
                and j - i >= 2
                and (self._best_population(run, i, j) >= 15_000 or self._preceded(run.starts[i]))
            ):
                return i
            if j == i + 1 and self._best_population(run, i, j) >= 3_000_000 and low[i + 1] not in lex.surnames:
                return i
            return end
        return i

    def _age(self, run: Run, end: int) -> bool:
        return bool(_AGE.match(self.text, run.ends[end - 1]))

    def _person(self, run: Run, i: int, stop: int) -> None:
        for k in range(i, stop):
            if len(run.lowers[k]) > 2 and not run.words[k].islower():
                self.names.persons.add(run.lowers[k])
        if stop - i > 1:
            self.names.full_persons.add(" ".join(run.lowers[i:stop]))

    def _region(self, run: Run, i: int, j: int) -> int:
        """A name with a capitalised generic word behind it: "Kherson Oblast"; words i to j, then the generic one."""
        end = j + 1
        key = fold(self.text[run.starts[i] : run.ends[end - 1]])
        candidates = self._regions_called(key, run.lowers[j])
        after = run.lowers[end] if end < len(run.words) else ""
        mention = Mention(run.starts[i], run.ends[end - 1], key, candidates, "region", 3.0, "region", True)
        if not candidates:
            mention.score = (
                1.0 if run.lowers[j] in ("county", "parish", "oblast", "raion", "province", "governorate") else -1.0
            )
        if after and after not in self.lex.institutions and after in self.lex.organisations:
            mention.score -= 2
        self._add(mention, run)
        return len(run.words) if after in self.lex.institutions or after in self.lex.organisations else end

    def _regions_called(self, key: str, generic: str) -> list[Named]:
        found = [n for n in self.gazetteer.find(key) if n[0].kind == "region"]
        if not found:
            stem = region_stem(key)
            level = {"county": "ADM2", "parish": "ADM2", "raion": "ADM2", "district": "ADM2"}.get(generic)
            found = [
                n
                for n in self.gazetteer.find(stem)
                if n[0].kind == "region" and (level is None or n[0].feature != "ADM1")
            ]
            found = found or [n for n in self.gazetteer.find(stem) if n[0].kind == "region"]
        return found

    def _facility(self, run: Run, i: int, last: str) -> int:
        lex, n = self.lex, len(run.words)
        start, end = run.starts[i], run.ends[n - 1]
        key = fold(self.text[start:end])
        candidates = self.gazetteer.find(key)
        kind = "water" if last in lex.waters else "other" if last in lex.landforms else "facility"
        score = 1.6 if last in lex.ways or kind != "facility" else 0.4
        if self._preceded(start, strong=True) and kind == "facility":
            score += 1.5
        if candidates:
            score += 2
        if i + 1 >= n:
            return n
        self._add(Mention(start, end, key, candidates, "facility", score, kind), run)
        return n

    def _listed_name(self, run: Run, i: int, j: int, rule: str) -> int:
        start, end = run.starts[i], run.ends[j - 1]
        key = self._key(run, i, j)
        candidates = self.gazetteer.find(key)
        said = None
        if j == len(run.words):
            tail = _LOWER_TAIL.match(self.text, end)
            if tail and tail[1] in self.lex.tails:
                start, end, key, candidates, said = self._with_tail(start, end, key, candidates, tail)
        mention = Mention(start, end, key, candidates, rule, 0.0, said)
        mention.score = self._evidence(mention, run, i, j)
        if rule == "institution":
            mention.score += 0.5
        if said:
            mention.score += 2
            mention.is_strong = True
        self._add(mention, run)
        return j

    def _with_tail(
        self, start: int, end: int, key: str, candidates: list[Named], tail: re.Match[str]
    ) -> tuple[int, int, str, list[Named], str | None]:
        """Take in the lower-case words that belong to a name: "Kharkiv region", "Jabalia refugee camp"."""
        for k in (3, 2, 1):
            if tail[k]:
                longer = fold(self.text[start : tail.end(k)])
                found = self.gazetteer.find(longer)
                if found and (k > 1 or tail[1] not in ("city", "town", "state")):
                    best = next((n[0].kind for n in found), None)
                    return start, tail.end(k), longer, found, best
        if tail[1] in self.lex.region_tails:
            found = self._regions_called(f"{key} {tail[1]}", tail[1])
            if found:
                return start, tail.end(1), f"{key} {tail[1]}", found, "region"
            if tail[1] in ("district", "oblast", "province", "governorate", "raion"):
                return start, tail.end(1), f"{key} {tail[1]}", [n for n in candidates if n[1] < STEM], "region"
        if tail[1] in ("city", "town") and not tail[2]:
            settled = [n for n in candidates if n[0].kind == "settlement"]
            if settled:
                return start, tail.end(1), key, settled, "settlement"
        return start, end, key, candidates, None

    def _unlisted(self, run: Run, i: int) -> int:
        """A name no source lists: a place only where the words before or behind it say so."""
        n = len(run.words)
        j = i + 1
        while j < n and not run.words[j].islower() and run.lowers[j] not in self.lex.titles:
            j += 1
        start, end = run.starts[i], run.ends[j - 1]
        key = fold(self.text[start:end])
        tail = _LOWER_TAIL.match(self.text, end)
        named = _PLACE_BEFORE.search(self.text, max(0, start - 40), start)
        region = bool(
            tail and tail[1] in ("region", "oblast", "province", "governorate", "district", "raion", "county")
        )
        loose = self.gazetteer.find_loose(key) if (named or region or self._preceded(start, strong=True)) else []
        if named or region:
            said = "region" if region else "settlement"
            if region and tail:
                end = tail.end(1)
            score = 1.5 if region and not loose else 2.5
            self._add(Mention(start, end, key, loose, "named_kind", score, said, True), run)
        elif loose and self._preceded(start, strong=True) and run.lowers[i] not in self.lex.given_names:
            self._add(Mention(start, end, key, loose, "loose", 0.8), run)
        return j

    # --- evidence ----------------------------------------------------------------------------------

    def _evidence(self, mention: Mention, run: Run, i: int, j: int) -> float:
        """How likely a listed name is a place here."""
        lex, key, words = self.lex, mention.key, j - i
        score = self._prior(mention.candidates)
        if words > 1:
            score += 0.8
        if key in lex.common_words:
            score -= 2.5
        elif key in lex.ordinary:
            score -= 3
        if words == 1 and key in lex.given_names:
            score -= 1.5
        elif words == 1 and key in lex.surnames:
            score -= 0.7
        first = run.words[i]
        if first.isupper() and len(first) <= 4 and "." not in first and words == 1 and not self._is_code(mention):
            score -= 2.5
        token = self.analysis.token_at(mention.start)
        tags = self.analysis.tokens.tags
        if token < len(tags) and not tags[token].startswith("NNP") and not first.isupper():
            score -= 1.0
        before = self._word_before(mention.start)
        if before in lex.strong_prepositions:
            score += 2
            mention.is_strong = True
        elif before in lex.prepositions:
            score += 1
        elif _PLACE_BEFORE.search(self.text, max(0, mention.start - 40), mention.start):
            score += 2.5
            mention.is_strong = True
        elif before in lex.compass:
            score += 1.5
        after = self.text[mention.end : mention.end + 24]
        if j == len(run.words):
            said = re.match(r"\s+([a-z]+)", after)
            if said and said[1] in lex.speaking:
                score -= 1.5
            elif _NOUN_AFTER.match(after):
                score += 0.4
        return score

    def _is_code(self, mention: Mention) -> bool:
        return any(p.kind == "country" and how == 0 for p, how in mention.candidates)

    def _prior(self, candidates: list[Named]) -> float:
        best = -1.0
        for place, how in candidates:
            if place.kind == "country":
                value = 3.5
            elif place.feature in ("ADM1", "CONT", "RGN") or place.kind in ("water", "facility"):
                value = 2.2 if place.population >= 50_000 else 0.8
            else:
                value = max(0.0, math.log10(place.population + 1) - 2.5) * 0.75
            if how == BY_RULE:
                value -= 0.3
            elif how in (STEM, LOOSE):
                value -= 1.0
            best = max(best, value)
        return best

    def _preceded(self, start: int, *, strong: bool = False) -> bool:
        word = self._word_before(start)
        return word in (self.lex.strong_prepositions if strong else self.lex.prepositions)

    def _word_before(self, start: int) -> str:
        """The word before, in lower case; "the" and compass words are passed over."""
        at = start
        for _ in range(3):
            match = _BEFORE.search(self.text, max(0, at - 30), at)
            if match is None:
                return ""
            word = match[1].lower().strip("'’")
            if word not in (
                "the",
                "central",
                "downtown",
                "nearby",
                "occupied",
                "northern",
                "southern",
                "eastern",
                "western",
            ):
                return word.rstrip(".") if not word.endswith("..") else ""
            at = match.start()
        return ""

    def _starts_sentence(self, start: int) -> bool:
        return start in self._sentence_starts or self.text[max(0, start - 2) : start].strip() in (
            '"',
            "“",
            "‘",
            "'",
            ":",
            "—",
        )

    def _key(self, run: Run, i: int, j: int) -> str:
        return fold(self.text[run.starts[i] : run.ends[j - 1]])

    def _listed(self, run: Run, i: int, j: int) -> bool:
        return j - i > 1 and self._key(run, i, j) in self.gazetteer

    def _longest(self, run: Run, i: int) -> int:
        """End of the longest listed name that begins at word ``i``; ``i`` where there is none."""
        for j in range(min(len(run.words), i + LONGEST), i, -1):
            if run.words[j - 1].islower():
                continue
            key = self._key(run, i, j)
            if key in self.gazetteer and not key.isdigit():
                return j
        return i

    def _best_population(self, run: Run, i: int, j: int) -> int:
        return max((p.population for p, how in self.gazetteer.find(self._key(run, i, j)) if how < BY_RULE), default=0)

    def _add(self, mention: Mention, run: Run) -> None:
        self.names.mentions.append(mention)

    # --- the whole text ----------------------------------------------------------------------------

    def judge(self) -> None:
        """Let what the rest of the text shows count for each mention, and drop what is no place."""
        names = self.names
        self._link_commas()
        strong = {m.key for m in names.mentions if (m.is_strong and m.score >= 2) or m.inside}
        kept = []
        for m in names.mentions:
            words = m.key.split()
            if m.rule in ("name", "modifier", "institution", "hyphen", "loose"):
                if len(words) == 1 and m.key in names.persons and not m.inside:
                    m.score -= 3.0 if not m.is_strong else 1.5
                elif m.key in names.full_persons:
                    m.score -= 3.0
                if m.key in strong:
                    m.score += 1.5
            if m.score >= THRESHOLD:
                kept.append(m)
        position = {id(m): k for k, m in enumerate(kept)}
        old = names.mentions
        for m in kept:
            m.inside = [position[id(old[k])] for k in m.inside if id(old[k]) in position]
        names.mentions = kept

    def _link_commas(self) -> None:
        """ "Paris, Texas", "Kupiansk in Kharkiv region", "RAMALLAH, West Bank": the first lies in the second."""
        mentions = self.names.mentions
        for k, m in enumerate(mentions[:-1]):
            nxt = mentions[k + 1]
            gap = self.text[m.end : nxt.start]
            if len(gap) > 40:
                continue
            if _COMMA.fullmatch(gap) and self._may_hold(m, nxt):
                m.inside.append(k + 1)
                m.score += 3
                nxt.score += 2
                if (
                    k + 2 < len(mentions)
                    and _COMMA.fullmatch(self.text[nxt.end : mentions[k + 2].start])
                    and self._may_hold(m, mentions[k + 2])
                ):
                    m.inside.append(k + 2)
            elif _IN.fullmatch(gap) and self._may_hold(m, nxt):
                m.inside.append(k + 1)
                m.score += 1.0

    def _may_hold(self, inner: Mention, outer: Mention) -> bool:
        """Whether some sense of ``inner`` lies in some sense of ``outer``."""
        for o, _ in outer.candidates[:12]:
            if o.kind not in ("country", "region"):
                continue
            for p, _ in inner.candidates:
                if p.row != o.row and (
                    (o.kind == "country" and p.country == o.country and p.kind != "country")
                    or p.admin1 == o.row
                    or p.admin2 == o.row
                ):
                    return True
        return False


_COMMA = re.compile(
    r",\s+(?:in\s+)?(?:the\s+)?(?:(?:north|south|east|west|central|northern|southern|eastern|western)\w*\s+)?"
)
_IN = re.compile(
    r",?\s+(?:(?:a|the)\s+(?:\w+\s+){1,3})?(?:in|of)\s+(?:the\s+)?(?:(?:north|south|east|west|central)\w*\s+)?(?:\w+\s+)?|\s+\((?:in\s+)?"
)
THRESHOLD = 1.5
