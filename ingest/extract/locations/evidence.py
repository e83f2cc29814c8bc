"""Weighs, for one listed name in its sentence, how likely it is that a place is meant.

Belongs here: what the name itself and the words beside it show. Does not belong here: what the
rest of the text shows (``mentions``), or which place it is (``resolve``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.extract.analysis import Analysis
from ingest.extract.decisions import Outcome
from ingest.extract.locations.candidates import is_foreign, prior
from ingest.extract.locations.capital_runs import Run
from ingest.extract.locations.draft import ALTERNATE, ENGLISH, OFFICIAL
from ingest.extract.locations.gazetteer import Named
from ingest.extract.locations.governments import Governments, surely_country
from ingest.extract.locations.lexicon import Lexicon
from ingest.extract.locations.rows import is_in_row
from ingest.extract.locations.weights import evidence_catalogue

_IN_WORDS, _OPENING = "_’'.-", "\"“‘'(["
_BEFORE = re.compile(r"([\w’'.-]+)[\s\u00a0]+[\"“‘'(\[]?$")
_PLACE_NOUNS = (
    *("city", "town", "village", "settlement", "hamlet", "municipality", "township", "suburb", "neighbourhood"),
    *("neighborhood", "port", "capital", "locality", "community", "district", "region", "province", "state"),
    *("governorate", "county", "oblast", "countryside", "outskirts", "vicinity", "surroundings", "villages", "towns"),
    *("cities", "settlements", "camp", "island", "enclave"),
)
PLACE_BEFORE = re.compile(
    rf"\b(?:general area|{'|'.join(_PLACE_NOUNS)})(?:[^\S\n]+(?:of|called|named))?[^\S\n]+(?:the[^\S\n]+)?$"
)
# the word before a name where the pattern above may fit, and where the one for residents may: asked first, for speed
_MAY_CALL = frozenset((*_PLACE_NOUNS, "area", "of", "called", "named"))
_MAY_RESIDE = frozenset(("in", "of", ""))
_PLACE_BEHIND = re.compile(
    r",\s+(?:a|an|the|another)\s+(?:[\w-]+\s+){0,4}?(?:city|town|village|settlement|hamlet|township|suburb|port|locality)\b"
)
# "Birka village", "the Birka residential area": what the words behind a name call it
_KIND_BEHIND = re.compile(
    r"(?:\s+(?:residential|refugee|border|industrial|besieged|displacement|IDP|[Cc]ity))?"
    r"\s+(?:(?P<part>neighbou?rhoods?|areas?|suburbs?|quarters?)|(?P<district>districts?)|(?P<site>camps?|crossings?|checkpoints?|post)"
    r"|(?P<town>villages?|towns?|city|City|hamlets?|settlements?|localit(?:y|ies))(?!\s+of\b))\b(?![-'’]|\s+(?:council|hall|police|chiefs?|elders?)\b)"
)
_VILLAGE_BEHIND = re.compile(r"\s+(?:village|hamlet)\b(?!['’]|\s+of\b)")
_MEDIUM_BEFORE = re.compile(r"\b(?:broadcaster|newspaper|daily|weekly|magazine|tabloid|outlet|website)\s+\Z")
_QUARTER_BEFORE = re.compile(r"\b(?:neighbou?rhood|quarter|suburb|district)s?\s+of\s+$")
_QUARTER_BEHIND = re.compile(r"\s+(?:residential\s+)?(?:neighbou?rhood|quarter)s?\b")
_SPOKEN_TO = re.compile(
    r"\b(?:told|(?:according|comments?|interviews?|remarks|reports?|said|spoke|speaking|statements?|talking)\s+(?:to|with))"
    r"\s+(?:the\s+)?\Z"
)
_RESIDENT = re.compile(
    r"(?:\b\d{1,2},|\d{1,3},\s+(?:both\s+)?of|\bborn\s+in|\blives?\s+in|\braised\s+in|\bnative\s+of|\bformerly\s+of)\s+$"
)
_LOCAL = re.compile(
    r"(?:['’]s?)?\s+(?:police|residents?|man|woman|men|women|native|mayor|couple|teen\w*|student|students|school|schools|"
    r"officials?|firefighters|city\s+limits|area|home|house|family|business|court|suburb|neighbou?rhood|resident|store|"
    r"hospital|officers?|downtown|motorist|driver|boy|girl|mother|father|doctor|shop)\b"
)
_CITY_OF = re.compile(r"\b(?:city|town|village|suburb)\s+of\s+$|\bdowntown\s+$", re.I)
_MODIFIER = re.compile(
    r"['’]s?\b|[ -](?:based|born|area|bound|led|backed|controlled|held|made|occupied|run|wide|style|educated)\b"
)
_DATELINE = re.compile(
    r"(?:,\s+[A-Z][\w.]*(?:[ ][A-Z][\w.]*){0,3})?(?:(?:,\s+[A-Z][a-z]+\.?)?\s+\d{1,2}(?:,?\s+\d{4})?)?"
    r"(?:\s+[\[(][A-Z][\w ./-]{1,20}[\])])?(?:\s*(?:—|–|--)\s*|\s+-\s+|:\s)"
)
_LINE_START = re.compile(r"(?:^|\n)\s*$|[.!?…]['\"”’)]?\s+$")
_COMPANY = re.compile(r"\s+&\s+[A-Z]")
_STRUCK_AFTER = re.compile(
    r"\s+(?:was|were|has\s+been|have\s+been|had\s+been|is|are)\s+(?:\w+\s+)?"
    r"(?:hit|struck|destroyed|damaged|shelled|bombed|attacked|stormed|evacuated|raided)\b"
)
# What befalls a town, and nobody who is called like it
_FELL_AFTER = re.compile(
    r"(?:,[^,.;]{0,60},)?\s+(?:(?:has|had|have|would|will|may|might|could)\s+)?(?:not\s+|now\s+|also\s+|already\s+|still\s+|reportedly\s+)?"
    r"(?:(?:(?:was|were|is|are|been|be|being|gets?|got|remain(?:s|ed)?|stays?|stayed)\s+[\"“‘']?)"
    r"(?:not\s+|now\s+|also\s+|already\s+|still\s+|fully\s+|completely\s+|almost\s+|largely\s+|partly\s+|firmly\s+|\w+ly\s+)*"
    r"(?:(?:surrounded|besieged)(?!\s+by\s+(?:\w+\s+)?(?:reporters|journalists|fans|cameras|supporters|aides|family|friends|guards))|encircled|liberated|recaptured|retaken|overrun|occupied|shelled|bombarded|cut\s+off|in\s+ruins|"
    r"under\s+(?:\w+\s+){0,3}(?:control|fire|siege|attack|bombardment|occupation))"
    r"|(?:fell|fallen|falls|fall)\s+(?:to|last|on|in|after|into|within|without|under|this|early|late|two|three)\b"
    r"|chang(?:ed|ing|es?)\s+hands|(?:came|come|comes|coming)\s+under\s+(?:\w+\s+){0,2}(?:fire|attack|control|bombardment|shelling))"
)
_OF_WAR = re.compile(r"([a-z]+)\s+(?:for|of|on|over|in)\s+$")
_OF = (["for"], ["of"], ["on"], ["over"], ["in"])
_SIDE_OF = re.compile(r"\b(?:north|south|east|west|(?:north|south)[- ]?(?:east|west))\s+of\s+$", re.I)
_OUTSIDE_OF = re.compile(r"\boutside of\s+$", re.I)
_NEXT_WORD = re.compile(r"\s+([a-z]+)")
_GREAT = 500_000  # people
_ACRONYM, _LETTERS = 5, 3  # letters of an acronym; of a state by its initials
_BESIDE = 20  # characters beside a name in capitals that show whether all is
_NEXT_WORDS = re.compile(r"(\s+\d{1,2})?\s+([a-z]+)(?:\s+([a-z]+))?(?:\s+([a-z]+))?")
_OPERATION_BEFORE = frozenset(("operation", "called", "named", "dubbed", "codenamed", "code-named"))
_OPERATION = re.compile(
    r"\b(?:operation|campaign|offensive|mission|exercise|drill)s?\s+(?:is\s+|was\s+)?(?:called|named|dubbed|code-?named)\s+"
    r"(?:the\s+)?[\"“‘']?\Z"
)
_REGION_BEFORE = re.compile(
    r"\b(?:province|region|governorate|oblast|regions|provinces)[^\S\n]+of[^\S\n]+(?:the[^\S\n]+)?$", re.I
)
_SAINT = re.compile(
    r"['’]s?\s|\s+(?:Catholic|Church|School|Cathedral|Lutheran|United|Methodist|Episcopal|Hospital|High|Parish)"
)


def _word_behind(text: str, at: int) -> tuple[int, str] | None:
    """The word before ``at`` and where it begins; white space stands between, and perhaps an opening mark."""
    near = text[max(0, at - 30) : at]
    if near[-1:] == " " and (last := near.rsplit(None, 1)) and last[-1].isalpha():
        # nearly always; the pattern, which starts anew at each character, is for the rest
        return at - len(near) + near.rindex(last[-1]), last[-1]
    if near[-1:].isspace():
        behind = near.rstrip()[-1:]
        if not (behind.isalnum() or behind in _IN_WORDS or behind in _OPENING):
            return None  # a comma or the like, so that no word stands before
    elif near[-1:] not in _OPENING:
        return None
    match = _BEFORE.search(text, max(0, at - 30), at)
    return None if match is None else (match.start(), match[1])


class Surroundings:
    """Looks at the words beside a stretch of one text."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon, *, keeps_every_name: bool = False) -> None:
        self._keeps_every_name = keeps_every_name
        self.text = analysis.text
        self._analysis = analysis
        self._lex = lexicon
        self._before: dict[int, str] = {}
        self._sentence_starts = {s.start for s in analysis.sentences}
        self._signs = evidence_catalogue()
        self._governments = Governments(analysis, lexicon)

    def word_before(self, start: int) -> str:
        """The word before, in lower case; "the" and words like "eastern" are passed over.

        Empty at the head of a sentence.
        """
        word = self._before.get(start)
        if word is None:
            word = self._before[start] = self._find_before(start)
        return word

    def _find_before(self, start: int) -> str:
        at = start
        for _ in range(3):
            if at in self._sentence_starts:
                return ""  # "to rein it in. Beijing condemned it"
            found = _word_behind(self.text, at)
            if found is None:
                return ""
            at, word = found
            word = word.lower().strip("'’")
            if word not in self._lex.passed_over:
                return word.rstrip(".") if not word.endswith("..") else ""
        return ""

    def is_located(self, start: int) -> bool:
        """Whether a preposition that places stand behind is before ``start``."""
        return self.word_before(start) in self._lex.strong_prepositions

    def is_at(self, start: int) -> bool:
        """Whether a preposition of place or a verb of war is before ``start``."""
        word = self.word_before(start)
        return word in self._lex.strong_prepositions or word in self._lex.struck

    def is_struck(self, start: int, end: int) -> bool:
        """Whether something befell what is named: "shelled the National University"."""
        return self.word_before(start) in self._lex.struck or bool(_STRUCK_AFTER.match(self.text, end))

    def is_medium(self, end: int, candidates: list[Named]) -> bool:
        """Whether a newspaper, agency or broadcaster bears the name before ``end``: "the Dogan news agency".

        A country or a great city has media of its own: "the Moscow newspaper"; an agency has the city's usual name.
        """
        match = _NEXT_WORDS.match(self.text, end)
        called = match and {match[2], f"{match[2]}_{match[3]}", f"{match[3]}_{match[4]}"} & self._lex.media
        if match is None or not called:
            return False
        if match[1] is not None:
            return True  # "Rossiya 24 state television channel"
        how_at_most = OFFICIAL if any("agency" in word for word in called) else ALTERNATE
        return not any(p.kind == "country" or (p.population >= _GREAT and how <= how_at_most) for p, how in candidates)

    def is_called_medium(self, start: int, candidates: list[Named]) -> bool:
        """Whether "the broadcaster" or the like stands before the name of no country: "the newspaper Arab"."""
        is_called = _MEDIUM_BEFORE.search(self.text, max(0, start - 16), start) is not None
        return is_called and not surely_country(candidates)

    def _is_spoken_to(self, start: int, key: str) -> bool:
        """Whether a town's name is a medium's to whom somebody speaks: "told Asharq", "in an interview with Manar"."""
        is_name = key.replace(" ", "_") in self._lex.media_names
        return is_name and _SPOKEN_TO.search(self.text, max(0, start - 24), start) is not None

    def is_acronym(self, start: int, end: int, candidates: list[Named]) -> bool:
        """Whether a short name in capitals, amid words that are not, is letters: "told SANA that", and no Sana'a."""
        name = self.text[start:end]
        if not name.isupper() or not 2 < len(name) <= _ACRONYM or any(how == OFFICIAL for _, how in candidates):
            return False
        if any(p.kind != "settlement" for p, _ in candidates):
            return False
        beside = self.text[max(0, start - _BESIDE) : start].split()[-1:] + self.text[end : end + _BESIDE].split()[:1]
        return bool(beside) and not any(word.isupper() for word in beside)

    def is_region_named(self, start: int) -> bool:
        """Whether "the province of" or the like stands before ``start``."""
        if self.word_before(start) != "of":
            return False
        return bool(_REGION_BEFORE.search(self.text, max(0, start - 40), start))

    def is_operation(self, start: int, *, is_whole: bool) -> bool:
        """Whether an operation is called so: "an operation dubbed the Wrath of Tigris", "operation Wrath of Tigris".

        ``is_whole`` tells that the name is a place's and no more: "the operation Russia began" has lost a "that".
        """
        word = self.word_before(start)
        if word not in _OPERATION_BEFORE:
            return False
        if word == "operation":
            return not is_whole
        return _OPERATION.search(self.text, max(0, start - 40), start) is not None

    def is_named_place(self, start: int) -> bool:
        """Whether "the village of" or the like stands before ``start``."""
        return self.word_before(start) in _MAY_CALL and bool(PLACE_BEFORE.search(self.text, max(0, start - 40), start))

    def has_the(self, start: int) -> bool:
        """Whether the article stands right before ``start``."""
        return self.text[max(0, start - 4) : start].lower() == "the "

    def has_a(self, start: int) -> bool:
        """Whether the indefinite article stands right before ``start``."""
        return self.text[max(0, start - 3) : start].lower() in (" a ", "an ")

    def is_side_of(self, start: int) -> bool:
        """Whether a direction is told from there: "a compound north of", "outside of"."""
        if self.word_before(start) != "of":
            return False
        before = max(0, start - 20)
        return bool(_SIDE_OF.search(self.text, before, start) or _OUTSIDE_OF.search(self.text, before, start))

    def is_named_after(self, start: int) -> bool:
        """Whether "the village of" stands before ``start``; "state" alone may be anything's."""
        return self.word_before(start) in ("of", "called", "named") and self.is_named_place(start)

    def kind_behind(self, end: int) -> str | None:
        """What the word behind a name calls it: "part" of a town, "site", "town"; None where it calls it nothing."""
        match = _KIND_BEHIND.match(self.text, end)
        return match.lastgroup if match else None

    def is_village(self, end: int) -> bool:
        """Whether "village" or "hamlet" stands right behind a name."""
        return _VILLAGE_BEHIND.match(self.text, end) is not None

    def is_quarter(self, end: int) -> bool:
        """Whether the words behind call it a part of a town: "the Birka quarter"."""
        return bool(_QUARTER_BEHIND.match(self.text, end))

    def is_quarter_of(self, start: int) -> bool:
        """Whether "the neighbourhood of" stands before: of a listed town it would tell of any of its own."""
        return bool(_QUARTER_BEFORE.search(self.text, max(0, start - 30), start))

    def is_called_place(self, end: int) -> bool:
        """Whether ", a farming town" or the like stands behind ``end``."""
        return _PLACE_BEHIND.match(self.text, end) is not None

    def is_dateline(self, start: int, end: int) -> bool:
        """Whether a line begins with this name and a dash: "KYIV, Ukraine (AP) —"."""
        match = _DATELINE.match(self.text, end)
        if match is None or not _LINE_START.search(self.text, max(0, start - 12), start):
            return False
        # "Phillips – who faces a freeze" is none: a report begins with a capital
        return not self.text[match.end() : match.end() + 1].islower()

    def is_common(self, key: str) -> bool:
        """Whether the name is a word, a person's name or another thing's as well."""
        lex = self._lex
        return any(
            key in words
            for words in (lex.given_names, lex.surnames, lex.common_words, lex.ordinary, lex.well_known, lex.brands)
        )

    def is_local(self, start: int, end: int) -> bool:
        """Whether the words around speak of a town or city: "Lebanon police", "the city of Turkey"."""
        if _LOCAL.match(self.text, end):
            return True
        before = self.text[max(0, start - 14) : start]
        return ("of" in before or "owntown" in before) and _CITY_OF.search(before) is not None

    def is_no_place(self, start: int, end: int, key: str, candidates: list[Named]) -> bool:
        """Whether the name is a government's, a speaker's, an adjective ("US officials") or a medium's."""
        before = self.word_before(start)
        return (
            self._governments.is_joined(start)
            or (not self._keeps_every_name and self._is_in_another_role(start, end, key, candidates, before))
            or self.is_medium(end, candidates)
            or self._is_spoken_to(start, key)
            or self.is_acronym(start, end, candidates)
        )

    def _is_in_another_role(self, start: int, end: int, key: str, candidates: list[Named], before: str) -> bool:
        """Whether a place's name is a government's, a speaker's or an adjective here; ``before`` is the word before."""
        return (
            self._governments.stands_for_one(start, end, key, candidates, before)
            or self._governments.speaks(start, end, candidates, before)
            or self._governments.is_adjective(end, candidates, self.text[start:end])
        )

    def evidence(
        self, run: Run, i: int, j: int, start: int, end: int, key: str, candidates: list[Named]
    ) -> tuple[float, bool]:
        """The score of a listed name, and whether strong signs of a place stand beside it.

        Words ``i`` to ``j`` (exclusive) of the run are the name, characters ``start`` to ``end`` of the text.
        The signs and what each weighs are in ``data/en/evidence.toml``.
        """
        catalogue = self._signs
        score, strong = prior(candidates), False
        recorder = self._analysis.recorder
        for sign_id in (
            *self._of_name(run, i, j, start, end, key, candidates),
            *self._before_name(start, end, key, candidates),
            *self._behind_name(run, j, start, end, key, candidates),
        ):
            sign = catalogue[sign_id]
            score += sign.weight
            strong = strong or sign.is_strong
            if recorder is not None:
                recorder.record("locations", "evidence", sign_id, Outcome.ACCEPTED, f"{sign.weight:+}", (start, end))
        return score, strong

    def _of_name(
        self, run: Run, i: int, j: int, start: int, end: int, key: str, candidates: list[Named]
    ) -> Iterator[str]:
        """Ids of the signs that the name itself bears."""
        lex, words, first = self._lex, j - i, run.words[i]
        country = surely_country(candidates)
        if words > 1:
            yield "several_words"
        # a state of three letters is one in capitals: "Car bomb kills two" is not of the Central African Republic
        if not country or (len(key) <= _LETTERS and not first.isupper()):
            if key in lex.common_words and not first.endswith("."):
                yield "common_word_amid" if self._is_amid(start) else "common_word_at_start"
            elif (
                key in lex.ordinary
                or key in lex.well_known
                or key in lex.brands
                or key in lex.bodies
                or key.replace(" ", "_") in lex.media_names
                or (words == 1 and (key in lex.institutions or key in lex.facilities))
            ):
                yield "another_thing"
            is_behind_comma = self.text[max(0, start - 2) : start] == ", "
            if words == 1 and key in lex.state_abbreviations and "." not in first and not is_behind_comma:
                yield "state_abbreviation"
        if words == 1 and key in lex.given_names:
            # a province or a great city is more than somebody's first name
            is_great = any(p.population >= _GREAT and how <= ALTERNATE for p, how in candidates)
            yield "given_name_of_a_city" if is_great else "given_name"
        elif words == 1 and key in lex.surnames:
            yield "surname"
        elif words == 1 and is_foreign(candidates):
            yield "foreign_name"
        if _COMPANY.match(self.text, end) or self.text[max(0, start - 2) : start] == "& ":
            yield "ampersand"
        if i > 1 and run.lowers[i - 1] == "of" and run.lowers[i - 2] in lex.company_heads:
            yield "company_of"
        if "." in first and self.text[max(0, start - 2) : start - 1].isdigit():
            yield "behind_number"  # 250 B.C.
        coded = country or any(p.feature == "ADM1" and how == 0 for p, how in candidates)
        if words == 1 and first.isupper() and len(first) <= 4 and not coded:
            yield "short_capitals"
        if words == 1 and "." in first and not coded and not first.startswith(("St", "Mt", "Ft")):
            yield "abbreviation"
        if self._is_no_name(start, first):
            yield (
                "tagged_no_name_of_a_city" if any(p.population >= 200_000 for p, _ in candidates) else "tagged_no_name"
            )

    def _before_name(self, start: int, end: int, key: str, candidates: list[Named]) -> Iterator[str]:
        """Ids of the signs in the words before a name, and of what befell it."""
        lex = self._lex
        before = self.word_before(start)
        if before == "to" and self.text[max(0, start - 13) : start].lower().startswith("according"):
            yield "according_to"
        elif before in lex.overrun or self._is_fought_over(start) or self._fell(end, candidates):
            yield "fought_over"
        elif before in lex.struck and (key in lex.surnames or key in lex.given_names or key in lex.common_words):
            yield "struck_person_or_thing"
        elif (
            before in lex.strong_prepositions
            or before in lex.struck
            or (before == "of" and _SIDE_OF.search(self.text, max(0, start - 30), start))
        ):
            yield "strong_preposition"
        elif before in lex.prepositions:
            yield "preposition"
        if (
            self.is_named_place(start)
            or self.is_called_place(end)
            or is_in_row(self.text, start, end)
            or (before in _MAY_RESIDE and _RESIDENT.search(self.text, max(0, start - 24), start))
        ):
            yield "called_a_place"
        if self.is_dateline(start, end):
            yield "dateline"

    def _fell(self, end: int, candidates: list[Named]) -> bool:
        """Whether "fell last week", "was not surrounded" or the like follows, and no Johnson by reporters."""
        abroad = any(p.country not in ENGLISH for p, _ in candidates)
        return abroad and _FELL_AFTER.match(self.text, end) is not None

    def _is_fought_over(self, start: int) -> bool:
        """Whether "the battle for", "control of" or the like stands before ``start``."""
        near = self.text[max(0, start - 30) : start]
        if near.rsplit(None, 1)[-1:] not in _OF:
            return False
        match = _OF_WAR.search(near)
        return bool(match and match[1] in self._lex.fought_over)

    def _is_amid(self, start: int) -> bool:
        """Whether a lower-case word stands before, so that the capital means something."""
        found = _word_behind(self.text, start)
        return found is not None and found[1].islower()

    def _is_no_name(self, start: int, first: str) -> bool:
        """Whether the tagger takes the first word of a name for none."""
        token = self._analysis.token_at(start)
        tags = self._analysis.tokens.tags
        return token < len(tags) and not tags[token].startswith("NNP") and not first.isupper()

    def _behind_name(self, run: Run, j: int, start: int, end: int, key: str, candidates: list[Named]) -> Iterator[str]:
        """Ids of the signs in the words behind a name."""
        if key.startswith(("st ", "saint ")) and _SAINT.match(self.text, end):
            yield "saint_s_church"
        if j < len(run.words):
            return
        said = _NEXT_WORD.match(self.text, end)
        if said and said[1] in self._lex.speaking:
            yield "speaks"
        elif said and said[1] in self._lex.things:
            yield "thing_called_so"
        elif said and said[1] in self._lex.homely:
            yield "people_of_a_town"
        elif (
            self.text[end : end + 1] == "-"
            and self.text[end + 1 : end + 2].islower()
            and not _MODIFIER.match(self.text, end)
        ):
            yield "hyphen_and_word"
        elif _MODIFIER.match(self.text, end) or _LOCAL.match(self.text, end):
            yield "modifier"
        elif (
            self.text[max(0, start - 4) : start].lower() == "the "
            and candidates
            and candidates[0][0].kind == "settlement"
            and not (said and self._is_noun(end))
        ):
            # towns take no article: "striking the Toyota"
            yield "article"

    def is_titles_alone(self, start: int, end: int) -> bool:
        """Whether a name stands in the title and nowhere else, where its capitals say little: "in Violence"."""
        sentence = self._analysis.sentences[self._analysis.sentence_at(start)]
        return sentence.is_title and self.text.count(self.text[start:end]) == 1

    def is_before_noun(self, end: int) -> bool:
        """Whether a noun follows a name right behind a space."""
        return self.text[end : end + 1] == " " and self._is_noun(end)

    def _is_noun(self, end: int) -> bool:
        token = self._analysis.token_at(end + 1)
        tags = self._analysis.tokens.tags
        return token < len(tags) and tags[token] in ("NN", "NNS")
