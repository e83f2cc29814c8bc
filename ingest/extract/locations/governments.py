"""Tells where the name of a country, a capital or a palace is no location.

Belongs here: capitals and palaces that stand for a government ("Moscow signed"), and abbreviations of countries
that stand before a noun as an adjective does ("US officials"). Does not belong here: what speaks for a place in
general (``evidence``).

News names a capital without a preposition of place where it means the government; so a bare capital is one,
unless the words around show the town: something happens in it or befalls it, its people or streets are named.
"""

from __future__ import annotations

import re
from itertools import takewhile

from ingest.extract.analysis import Analysis
from ingest.extract.locations.draft import ALTERNATE
from ingest.extract.locations.gazetteer import Named
from ingest.extract.locations.lexicon import Lexicon
from ingest.extract.locations.names import fold

_TO = re.compile(r"([A-Za-z]+)\s+(?:over\s+)?to\s+(?:both\s+)?(?:the\s+)?$")
_WORDS_BEFORE = re.compile(r"[A-Za-z]+")
_LAST_TWO = re.compile(r"([A-Za-z-]+)\s+([A-Za-z]+)\s+(?:both\s+)?(?:the\s+)?$")
_GENITIVE = re.compile(r"['’]s?\s+((?:[\w-]+\s+){0,3}[\w-]+(?:\s+[A-Z][\w-]+)*)")
_HYPHENED = re.compile(r"[-–]([a-z]+)")
_NEXT = re.compile(r"\s+([A-Za-z]+)")
# "pro-Moscow", "trans-Atlantic", "Euro-Atlantic"
_FOR_OR_AGAINST = re.compile(r"\b(?:pro|anti|trans|euro)[-–]\Z", re.I)
_INDEFINITE = re.compile(r"\b[Aa]n? \Z")
_FOR_ITS_PART = re.compile(r",\s+for\s+its\s+part\b")
# "Paris, France", "the capital, Kyiv,"
_PLACED = re.compile(r",\s+[A-Z]|\s+\([A-Z]|/")
# "MINSK — ", which opens a report; within a sentence a dash says nothing of the name
_DASH = re.compile(r"\s*(?:—|–|--)|\s+-\s")
# between a name and its verb: "London in the coming days would publish"
_AT_TIME = re.compile(
    r"\s+(?:(?:in|over|during|for)\s+(?:the\s+)?(?:\w+\s+){0,2}(?:hours|days|weeks|months|years)"
    r"|(?:earlier\s+)?(?:last|this)\s+(?:week|month|year|spring|summer|autumn|winter))\s+"
)
_CALLED = re.compile(r"\b(?:capital|city|town)(?:\s+(?:city|of))?,?\s+$", re.I)
# "in Moscow and Kyiv": what stands before the first of a list goes for all
_LISTED = re.compile(
    r"\b([a-z]+)\s+(?:both\s+)?(?:the\s+)?(?:[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2}(?:,\s+|,?\s+(?:and|or)\s+)){1,6}$"
)
_NEW_CLAUSE = re.compile(r"^[^,]+, (?:and|or)\s+$")
_TWO = re.compile(r"^[^,]+, [A-Z][\w’'-]+ and\s+$")  # "after the raid in Sumy, Paris and"
_AND_ANOTHER = re.compile(r"\s+and\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?")
_ON_DAY = re.compile(r"\s+on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+")
_SHOUTED = re.compile(r"\b[A-Z]{3,} US$")
_ACCORDING = re.compile(r"\baccording\s+to\s+(?:the\s+)?\Z", re.I)
_ENDS_PHRASE = re.compile(r"\s*(?:[,.;)]|\Z)")
# the verb of a speaker, behind auxiliaries and adverbs: "Russia has also denied"
_SAYS = re.compile(
    r"(?:\s+on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|,\s[^,.;:]{2,60},)?"
    r"(?:\s+(?:has|have|had|also|again|already|later|repeatedly|officially|now))*\s+([A-Za-z]+)\b"
)
_NEAR = 60  # characters before a name that may tell of movement, ways or attacks


def surely_country(candidates: list[Named]) -> bool:
    """Whether the name is a country's own."""
    return "country" in [p.kind for p, how in candidates if how <= ALTERNATE]


_WHICH = re.compile(r",\s+which\s+")  # "Washington, which backs the plan"


class Governments:
    """Looks at the words beside the names of one text."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon) -> None:
        self._analysis = analysis
        self._text = analysis.text
        self._lex = lexicon

    def is_joined(self, start: int) -> bool:
        """Whether the name is the end of an adjective: "pro-Israel", "the Euro-Atlantic area"."""
        is_tied = self._text[start - 1 : start] in ("-", "–")
        return is_tied and _FOR_OR_AGAINST.search(self._text, max(0, start - 6), start) is not None

    def is_adjective(self, end: int, candidates: list[Named], word: str) -> bool:
        """Whether a country's abbreviation that ends at ``end`` does an adjective's work: "US officials", "UK-led"."""
        letters = word.replace(".", "")
        is_short = letters.isupper() and len(letters) <= 4
        is_adjectival = is_short or fold(word).replace(" ", "_") in self._lex.adjectival
        if not (is_adjectival and any(p.kind == "country" for p, _ in candidates)):
            return False
        if word == "US" and _SHOUTED.search(self._text[max(0, end - 14) : end]):
            return True  # "JOIN US ON ..."
        if hyphened := re.match(r"[-–](\w+)", self._text[end : end + 30]):
            behind = fold(hyphened[1])
            return behind not in ("based", "born", "bound") and (hyphened[1].islower() or behind in self._lex.demonyms)
        if self._text[end : end + 1] != " ":
            return False
        return self._is_before_noun(end, is_short)

    def _is_before_noun(self, end: int, may_join: bool) -> bool:
        """Whether a noun follows at once, or behind adjectives and, where ``may_join``, "and" with another."""
        tokens = self._analysis.tokens
        first = self._analysis.first_token_from(end)
        for token in range(first, min(len(tokens), first + 4)):
            tag, lower = tokens.tags[token], tokens.lowers[token]
            if lower in self._lex.no_epithets or (lower in self._lex.function and lower != "and"):
                return False  # "the US last month passed", "visits the US Monday", "the UK and other countries"
            if tag in ("NN", "NNS", "NNP", "NNPS") and lower not in self._lex.demonyms:
                if not may_join and tag not in ("NN", "NNS") and lower not in self._lex.titles:
                    return self._ends_body(token)  # else it is a list: "United States Russia"
                if "and" not in tokens.lowers[first:token]:
                    return True
                # "the US and Russia" are two countries, "US and ROK commanders" are people
                if tokens.lowers[token - 1] != "and":
                    return may_join
                return may_join and token + 1 < len(tokens) and tag == "NNP" and tokens.tags[token + 1] in ("NN", "NNS")
            if tag not in ("JJ", "NNP", "CC", "VBN") or (tag == "CC" and lower != "and"):
                return False
        return False

    def _ends_body(self, token: int) -> bool:
        """Whether the name that goes on at ``token`` ends as a body's does: "United States Treasury Department"."""
        tokens = self._analysis.tokens
        while token + 1 < len(tokens) and tokens.tags[token + 1] in ("NNP", "NNPS"):
            token += 1
        last = tokens.lowers[token]
        return last in self._lex.institutions or last in self._lex.bodies

    def stands_for_one(self, start: int, end: int, key: str, candidates: list[Named], before: str) -> bool:
        """Whether a capital or palace stands for a government; ``before`` is the word before it, in lower case."""
        lex = self._lex
        if key.replace(" ", "_") in lex.palaces:
            return before not in lex.of_palaces and not (before == "to" and self._is_moved_to(start))
        if not any(p.feature == "PPLC" and how <= ALTERNATE for p, how in candidates[:6]):
            return False
        if before == "official":
            return True  # "official Moscow"
        if before in lex.giving and self._text[start - 1] == " ":
            return True  # "offer Moscow security guarantees"
        if _INDEFINITE.search(self._text, max(0, start - 3), start) and self._is_told_more(end):
            return True  # "from a Moscow that wants its neighbour back"
        told = self._by_words_behind(start, end)
        if told is None:
            told = self._by_words_before(start, end, before)
        if told is None:
            told = self._acts(end)
        return told

    def speaks(self, start: int, end: int, candidates: list[Named], before: str) -> bool:
        """Whether a country is the speaker of a claim: "Ukraine says 14 missiles were fired", "according to Russia".

        "Troops in Syria said" and "the president of Ukraine said" are others' words; ``before`` is the word before
        the name, in lower case.
        """
        if not surely_country(candidates):
            return False
        if before == "to" and _ACCORDING.search(self._text, max(0, start - 24), start):
            return _ENDS_PHRASE.match(self._text, end) is not None
        if before in self._lex.prepositions or before in ("with", "by", "against", "and", "or"):
            return False
        said = _SAYS.match(self._text, end)
        return said is not None and said[1].lower() in self._lex.claiming

    def _by_words_behind(self, start: int, end: int) -> bool | None:
        """What a hyphen, a genitive or the noun behind a capital says of it; None where it says nothing."""
        lex, text = self._lex, self._text
        if match := _HYPHENED.match(text, end):
            return match[1] not in ("based", "born", "bound", "area", "wide")
        if match := _GENITIVE.match(text, end):
            words = list(takewhile(lambda word: word not in lex.function, match[1].split()))
            of_government = lex.brands | lex.bodies | lex.titles
            # an acronym is a body's: "Seoul's JCS"
            is_body = any(fold(w) in of_government or (len(w) > 1 and w.isupper()) for w in words)
            if any(w[0].isupper() and w.lower() not in lex.ordinary for w in words) and not is_body:
                return False  # "London's Heathrow", "Berlin's iconic Brandenburg Gate"
            plain = [w.lower() for w in words]
            return not any(w in lex.of_towns for w in plain)
        if _FOR_ITS_PART.match(text, end):
            return True
        if _PLACED.match(text, end) or (_DASH.match(text, end) and self._opens_line(start)):
            return False
        match = _NEXT.match(text, end)
        if match and match[1].lower() in lex.governing:
            return True
        return False if match and self._is_noun(end) else None  # "the Kyiv mayor", "Paris High School"

    def _opens_line(self, start: int) -> bool:
        """Whether a line begins at ``start``, or with the other half of a dateline before it: "BERLIN/PARIS —"."""
        line = self._text[self._text.rfind("\n", 0, start) + 1 : start]
        return len(line) < _NEAR and not any(c.islower() for c in line)

    def _is_noun(self, end: int) -> bool:
        tokens = self._analysis.tokens
        token = self._analysis.first_token_from(end)
        if token >= len(tokens) or tokens.lowers[token] in self._lex.speaking:
            return False
        return tokens.tags[token] in ("NN", "NNS", "NNP", "NNPS")

    def _is_told_more(self, end: int) -> bool:
        """Whether a clause or a participle follows at once: "that wants", "seen to be trying"."""
        tokens = self._analysis.tokens
        token = self._analysis.first_token_from(end)
        return token < len(tokens) and tokens.tags[token] in ("WDT", "WP", "WP$", "VBD", "VBZ", "VBN", "VBG")

    def _by_words_before(self, start: int, end: int, before: str) -> bool | None:
        """What the preposition or verb before a capital says of it; None where there is none that says anything."""
        lex, near = self._lex, self._near(start)
        if _CALLED.search(near):
            return False
        if before == "by":
            return True  # "occupied by Moscow"
        if before in ("and", "or", ""):
            before = self._before_list(start, end, before)
        if before == "to":
            return not self._is_moved_to(start)
        if before in ("on", "for", "against", "between", "of", "from"):
            words = [w.lower() for w in _WORDS_BEFORE.findall(near)]
            last = _LAST_TWO.search(near)
            nearest = last[1].lower() if last else ""
            if before == "of":
                return nearest in lex.dealing_of
            if before == "from":
                return nearest in lex.dealing_from
            if before == "between":
                return any(w in lex.dealing_between for w in words)
            if nearest in lex.fought_over or nearest in lex.attacks:
                return False
            return not any(w in (lex.attacks if before == "on" else lex.moving) for w in words[-7:])
        if before in ("towards", "toward") and (last := _LAST_TWO.search(near)) is not None:
            return last[1].lower() in lex.dealing_towards
        if before in lex.dealing:
            return True
        if before in lex.moving and self._is_noun_before(start):
            return None  # "in return Moscow announced": a noun has no object
        if before in lex.locative or before in lex.struck or before in lex.overrun or before in lex.moving:
            return False
        return True if self._is_object(start) else None

    def _before_list(self, start: int, end: int, before: str) -> str:
        """The word before the list that a name, the word before which is ``before``, stands in; ``before`` in none."""
        text = self._text
        listed = _LISTED.search(text[max(0, start - 120) : start])
        opens = listed and (_NEW_CLAUSE.search(listed[0]) or _TWO.search(listed[0]))
        if opens and self._has_verb_behind(end):
            listed = None  # "a battle in Ukraine, and Washington has revealed" lists nothing
        if not before and (two := _AND_ANOTHER.match(text, end)) and self._has_verb_behind(two.end()):
            listed = None  # "since the raid in Sumy, Paris and London have"
        # nor does "in the city of Kherson, Moscow did not give up"
        goes_on = before or re.match(r",|\s+(?:and|or)\s", text[end : end + 6])
        return listed[1] if listed and goes_on else before

    def _has_verb_behind(self, end: int) -> bool:
        """Whether a verb of the past or present, or an auxiliary, follows at once."""
        tokens = self._analysis.tokens
        token = self._analysis.first_token_from(end)
        return token < len(tokens) and tokens.tags[token] in ("VBD", "VBZ", "VBP", "MD")

    def _is_noun_before(self, start: int) -> bool:
        """Whether a noun stands right before, so that what is named begins a clause."""
        token = self._analysis.token_at(start) - 1
        return token >= 0 and self._analysis.tokens.tags[token] in ("NN", "NNS")

    def _is_object(self, start: int) -> bool:
        """Whether a verb right before has it for its object: "it took Washington a year", "puts Kyiv under it"."""
        token = self._analysis.token_at(start) - 1
        tokens = self._analysis.tokens
        return token >= 0 and tokens.tags[token].startswith("VB") and tokens.words[token].islower()

    def _near(self, start: int) -> str:
        """What the sentence says right before ``start``."""
        sentence = self._analysis.sentences[self._analysis.sentence_at(start)]
        return self._text[max(sentence.start, start - _NEAR) : start]

    def _is_moved_to(self, start: int) -> bool:
        """Whether somebody goes, or a way leads, to what begins at ``start``."""
        near = self._near(start)
        words = [w.lower() for w in _WORDS_BEFORE.findall(near)]
        near_by = _TO.search(near)
        if near_by is not None and near_by[1].lower() in self._lex.dealing_to:
            return False
        return any(w in self._lex.moving for w in words[-7:])

    def _acts(self, end: int) -> bool:
        """Whether the verb behind a name without a preposition is a government's, not what befalls a town."""
        tokens = self._analysis.tokens
        if match := _AND_ANOTHER.match(self._text, end):
            end = match.end()
        if match := _WHICH.match(self._text, end):
            return self._is_governed(self._analysis.first_token_from(match.end()))
        token = self._past(self._analysis.first_token_from(end), ("RB", "RBR", "``", "''", '"'))
        if token >= len(tokens):
            return False
        if tokens.tags[token] in ("IN", "JJ", "DT", "RBR") and (day := self._time_behind(end)):
            token = self._analysis.first_token_from(day.end())  # "Moscow on Thursday will celebrate"
            if token >= len(tokens):
                return False
        follows, tag = tokens.lowers[token], tokens.tags[token]
        if follows in self._lex.speaking and self._text[end : end + 1] == " ":
            return True  # "an accusation Tehran rejects", which the tagger takes for a noun
        if tag == "WDT" and token + 1 < len(tokens):
            return self._is_governed(token + 1)  # "Moscow which denies", where the comma is lost
        if tag == "TO":
            return True  # "forced Kyiv to give in"
        if follows == "of" and token + 1 < len(tokens) and tokens.tags[token + 1] == "VBG":
            return True  # "accused Paris, and London of plotting"
        if tag == "VBG":
            return tokens.starts[token] - end <= 5  # "would mean Kyiv accepting"
        return self._is_governed(token)

    def _is_governed(self, token: int) -> bool:
        """Whether the finite verb at ``token`` tells of what a government does, not of what befalls a town."""
        tokens = self._analysis.tokens
        follows, tag = tokens.lowers[token], tokens.tags[token]
        if follows in self._lex.speaking:
            return True
        if tag not in ("VBD", "VBZ", "MD", "VBP"):
            return False
        if follows in self._lex.befalling:
            after = self._past(token + 1, ("RB", "CC", "DT", "``", "''", '"'))
            nxt = tokens.tags[after] if after < len(tokens) else ""
            if follows in ("has", "had", "have") and self._has_as_state(after):
                return True  # "Moscow has troops there"
            if nxt and (tokens.lowers[after] in self._lex.minded or (follows in ("has", "had", "have") and nxt == "$")):
                return True  # "Kyiv remains confident", "Moscow had $2bn"
            if nxt and tokens.lowers[after] == "under":
                burden = self._past(after + 1, ("JJ", "RB", "DT", "VBG"))
                return burden < len(tokens) and tokens.lowers[burden] in self._lex.burdens
            if nxt and tokens.lowers[after] == "been":
                # "Kyiv has been hit" befell the town; "Kyiv has been asking for" did not
                behind = self._past(after + 1, ("RB",))
                return behind < len(tokens) and tokens.tags[behind] == "VBG"
            return nxt == "VBG" or (nxt == "VBN" and follows in ("has", "had", "have"))
        return True

    def _has_as_state(self, token: int) -> bool:
        """Whether what is had, from ``token`` on, is a state's and no town's: "troops there", "the right to"."""
        tokens = self._analysis.tokens
        token = self._past(token, ("JJ", "CD", "RB", "PRP$", "DT", "JJR", "IN"))
        return token < len(tokens) and tokens.lowers[token] in self._lex.of_states

    def _time_behind(self, end: int) -> re.Match[str] | None:
        """When somebody does something, between the name that ends at ``end`` and the verb."""
        return _ON_DAY.match(self._text, end) or _AT_TIME.match(self._text, end)

    def _past(self, token: int, tags: tuple[str, ...]) -> int:
        """The first token from ``token`` on that bears none of ``tags``."""
        tokens = self._analysis.tokens
        while token < len(tokens) and tokens.tags[token] in tags:
            token += 1
        return token
