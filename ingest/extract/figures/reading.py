"""A reading: one numeral with all that belongs to it, before it is judged.

Belongs here: putting numeral, sign, unit, bound and range together at one place in the text. Does
not belong here: whether it is a figure at all (``vetoes``), what it counts (``counted``,
``status``, ``relations``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extract.analysis import Analysis
from ingest.extract.figures import bounds, numerals, units
from ingest.extract.figures.counted import Phrase
from ingest.extract.figures.lexicon import table
from ingest.extract.figures.numerals import Numeral
from ingest.extract.figures.units import Unit


@dataclass(slots=True)
class Reading:
    """Characters ``start`` to ``end``; the numeral alone begins at ``number``. Tokens are indexes:
    ``token`` holds the number, ``opening`` the span's start, ``after`` comes behind the span."""

    start: int
    end: int
    number: int
    low: float | None
    high: float | None
    bound: str
    kind: str
    rule: str
    form: str
    value: float
    token: int
    opening: int
    after: int
    sentence: int
    unit: Unit | None = None
    vague_word: str | None = None
    number_end: int = 0
    is_bare: bool = False
    compound: str | None = None
    best: float | None = None
    veto: str | None = None
    phrase: Phrase | None = None
    counted: str | None = None
    counted_phrase: str | None = None
    status: str | None = None
    per: str | None = None
    part_of: Reading | None = None
    is_cumulative: bool = False


_AGE = re.compile(
    r"(?:-| )(year|month|week|day)s?(?:-| )olds?\b|'?s? (year|month|week)s? of age\b| ?(?:yo|y/o)\b", re.I
)
_AGE_UNITS = {"year": "a", "month": "mo", "week": "wk", "day": "d"}
_AGE_BEFORE = frozenset({"aged", "age", "ages", "turned", "turning"})
_COMPOUND = re.compile(r"-([^\W\d_]{3,}|man|men)\b")
_TO = re.compile(
    r" ?[-–—−~] ?(?=[\d$€£¥.])|-(?=to-)| ?(?:to|through|thru|until|till)[ -]|-(?:or|to)-|- (?:to|or) | (?:or even|or perhaps|or maybe|if not|or) |, (?:if not|or even|perhaps even) "
)
_AND = re.compile(r" and | to | ?[-–—] ?")
_SPREAD = re.compile(r" ?(?:±|\+/[-−–]) ?")
_OF_UNIT = re.compile(r" of (?=[^\W\d_])")
_FRACTION_OF_UNIT = re.compile(r" (?:of )?an? ")
_RATIO = re.compile(r"( in every | in | out of every | out of |-in-| of every |/)(?=[\w])")
_MINUS = re.compile(r"(?:(?<![\w)\]%$€£])[-−]|(?:^|(?<=[\s(]))[-−] )$|\b(minus|negative)[ -]$", re.I)
_DECIMAL_CENTS = re.compile(r" (?:and )?(\d{1,2}|[a-z]+(?:-[a-z]+)?)(?: cents?)?\b")


class Reader:
    """Reads the numerals of one analysis, left to right."""

    def __init__(self, analysis: Analysis) -> None:
        self.text = analysis.text
        self.analysis = analysis
        self.tokens = analysis.tokens

    def read(self, at: int, token: int, sentence: int) -> Reading | None:
        """The reading whose numeral begins at character ``at``, in ``token``."""
        text, lowers = self.text, self.tokens.lowers
        between = token > 0 and lowers[token - 1] == "between"
        numeral = numerals.read(text, at, between=between)
        if numeral is None:
            return None
        limit = self.analysis.sentences[sentence].end
        if numeral.end > limit and numeral.end > self.tokens.ends[token]:
            limit = numeral.end
        sign = units.before(text, numeral.start)
        unit, end = self._unit_behind(numeral, sign)
        start = sign[1] if sign is not None else numeral.start
        if sign is not None:
            unit = sign[0] if unit is None or unit.kind != "money" else unit
        r = Reading(
            start=start,
            end=end,
            number=numeral.start,
            low=numeral.low,
            high=numeral.high,
            bound="vague" if numeral.form == "vague" else "exact",
            kind="count",
            rule="",
            form=numeral.form,
            value=numeral.low,
            token=token,
            opening=token,
            after=0,
            sentence=sentence,
            unit=unit,
            vague_word=numeral.vague_word,
            number_end=numeral.end,
            is_bare=numeral.is_bare,
        )
        self._minus(r)
        if not (self._ratio(r, numeral) or self._age(r)):
            self._range(r, numeral, between, limit)
            self._compound(r)
        self._kind(r)
        self._bound(r)
        r.best = self._best(r)
        return r

    # --- parts ------------------------------------------------------------------------------------

    def _unit_behind(self, numeral: Numeral, sign: tuple[Unit, int] | None) -> tuple[Unit | None, int]:
        text = self.text
        found = units.behind(text, numeral.end)
        suffix = text[numeral.end - 1]
        if (
            sign is None
            and suffix in "mbT"
            and numeral.form == "digits"
            and text[numeral.end - 2 : numeral.end - 1].isdigit()
            and (found is None or found[0].kind != "money")
        ):
            self._letter_is_unit(numeral)
            found = units.behind(text, numeral.end)
        if found is not None and sign is not None and found[0].kind != "money":
            return None, numeral.end
        if found is None and numeral.form in ("vague", "words") and (m := _OF_UNIT.match(text, numeral.end)):
            found = units.behind(text, m.end() - 1)
            if (
                found is not None
                and numeral.form == "words"
                and not text[numeral.start : numeral.end].lower().endswith(("dozen", "score"))
            ):
                found = None
        if found is None and numeral.form == "fraction" and (m := _FRACTION_OF_UNIT.match(text, numeral.end)):
            found = units.behind(text, m.end() - 1)
            if (
                found is not None
                and found[0].kind in ("share", "duration")
                and found[0].symbol not in ("h", "min", "%")
            ):
                found = None
        if found is None:
            return None, numeral.end
        if found[0].kind == "money" and found[0].symbol in ("cent", "penny") and numeral.form == "vague":
            return None, numeral.end
        return found

    def _letter_is_unit(self, numeral: Numeral) -> None:
        """ "35m of its devices" are millions, "a 35m wall" is metres; "b" and "T" need money."""
        text, tokens = self.text, self.tokens
        letter = text[numeral.end - 1]
        follows = self.analysis.token_at(numeral.end - 1) + 1
        if letter == "m" and follows < len(tokens):
            if (
                tokens.lowers[follows] == "of"
                and follows + 1 < len(tokens)
                and tokens.tags[follows + 1] in ("DT", "PRP$")
            ):
                return
            j = follows
            while (
                j < len(tokens)
                and j < follows + 6
                and tokens.tags[j] in ("JJ", "NN", "NNP", "VBN", "CC", "HYPH", "VBG")
            ):
                j += 1
            if j < len(tokens) and tokens.tags[j] == "NNS" and text[numeral.end : numeral.end + 1] == " ":
                return
        numeral.low /= numeral.scale
        numeral.high /= numeral.scale
        numeral.end -= 1
        numeral.scale = 1.0
        numeral.is_bare = True

    def _minus(self, r: Reading) -> None:
        text = self.text
        window = text[max(0, r.start - 10) : r.start]
        if not window or window[-1] not in "-− ":
            return
        m = _MINUS.search(window)
        if m is None or (r.form == "vague"):
            return
        word = m[1]
        if word is None and window[m.start() :].endswith(" ") and r.start - len(window) + m.start() > 0:
            return
        r.low, r.high = -(r.high or 0.0), -(r.low or 0.0)
        r.value = r.low
        r.start -= len(m.group())

    def _ratio(self, r: Reading, numeral: Numeral) -> bool:
        """ "one in five", "3 out of 4": a share, where the first is smaller."""
        if r.unit is not None or numeral.form not in ("digits", "words") or r.value < 1:
            return False
        m = _RATIO.match(self.text, numeral.end)
        if m is None or m[1] == "/":
            return False
        other = numerals.read(self.text, m.end())
        if (
            other is None
            or other.form not in ("digits", "words")
            or other.low <= r.value
            or other.low == int(other.low) == 0
        ):
            return False
        plain = m[1].strip() in ("in", "-in-")
        unit_behind = units.behind(self.text, other.end)
        if plain and (
            r.value > 20
            or unit_behind is not None
            or other.low > 1e6
            or 1900 <= other.low <= 2100
            or not self._stands_as_share(r)
        ):
            return False
        r.low = r.high = r.value / other.low
        r.value = r.low
        r.end = r.number_end = other.end
        r.kind, r.rule, r.form = "share", "share.ratio", "ratio"
        return True

    def _stands_as_share(self, r: Reading) -> bool:
        """Not after a verb of harm: "killed two in five districts" tells of districts."""
        before = self.tokens.tags[r.token - 1] if r.token > 0 else ""
        return before not in ("VBD", "VBG", "VBN", "VBZ", "VBP") and not (before == "JJ")

    def _age(self, r: Reading) -> bool:
        m = _AGE.match(self.text, r.number_end)
        if m is not None:
            word = (m[1] or m[2] or "year").lower()
            r.end = m.end()
            r.unit, r.kind, r.rule = units.named(_AGE_UNITS[word]), "duration", "age.old"
            return True
        if r.unit is None and r.low is not None and 0 <= r.low <= 120 and r.token > 0 and r.form in ("digits", "words"):
            lowers = self.tokens.lowers
            if lowers[r.token - 1] in _AGE_BEFORE or (
                r.token > 2 and lowers[r.token - 1] == "of" and lowers[r.token - 2] == "age"
            ):
                r.unit, r.kind, r.rule = units.named("a"), "duration", "age.aged"
                self._range(r, Numeral(r.number, r.number_end, r.low, r.low, r.form), False, len(self.text))
                r.rule = "age.aged"
                return True
        return False

    def _range(self, r: Reading, first: Numeral, between: bool, limit: int) -> None:
        text = self.text
        for at in (r.end, r.number_end) if r.end != r.number_end else (r.end,):
            if at >= len(text):
                continue
            if text[at] in " ±+" and (s := _SPREAD.match(text, at)) and self._spread(r, s.end()):
                return
            m = (_AND if between else _TO).match(text, at)
            if m is None:
                continue
            begin = m.end()
            if text.startswith("to-", begin):
                begin += 3
            sign_end = self._sign_behind(begin)
            other = numerals.read(text, sign_end, between=between)
            if other is None or other.end > limit:
                continue
            if self._join(r, first, other, m.group(), begin, sign_end, between, at):
                return

    def _sign_behind(self, at: int) -> int:
        """Where the number begins that a currency sign at ``at`` stands before."""
        text = self.text
        for size in (4, 3, 2, 1):
            if text[at : at + size] in units.signs():
                end = at + size
                return end + 1 if text[end : end + 1] == " " else end
        return at

    def _spread(self, r: Reading, at: int) -> bool:
        other = numerals.read(self.text, at)
        if other is None or r.low is None:
            return False
        found = units.behind(self.text, other.end)
        r.low, r.high = r.low - abs(other.low), r.low + abs(other.low)
        r.end = other.end
        if found is not None:
            r.unit, r.end = found
        r.bound, r.rule = "range", "range.spread"
        return True

    def _join(
        self, r: Reading, a: Numeral, b: Numeral, joint: str, begin: int, sign_end: int, between: bool, at: int
    ) -> bool:
        text = self.text
        unit_b, end_b = None, b.end
        sign = units.signs().get(text[begin:sign_end].rstrip(" ")) if sign_end > begin else None
        if (
            b.form == "digits"
            and sign is None
            and (r.unit is None or r.unit.kind != "money")
            and text[b.end - 1] in "mbT"
            and text[b.end - 2].isdigit()
        ):
            self._letter_is_unit(b)
            end_b = b.end
        if (found := units.behind(text, b.end)) is not None or (
            b.form == "vague"
            and (m := _OF_UNIT.match(text, b.end))
            and (found := units.behind(text, m.end() - 1)) is not None
        ):
            unit_b, end_b = found
        unit_b = unit_b or sign
        low, high = a.low if r.low is None else r.low, b.high
        word = joint.strip(" -,")
        is_dash = word in ("", "–", "—", "−", "~")
        # what the ends say must be one thing
        if r.unit is not None and unit_b is not None and r.unit.symbol != unit_b.symbol:
            return False
        if (
            r.unit is not None
            and unit_b is None
            and r.end == at
            and not (r.start < r.number and (b.scale > 1 or is_dash))
            and not between
        ):
            return False
        if r.unit is not None and unit_b is None and r.unit.kind != "money" and not between:
            return False
        if a.form == "vague" or b.form == "vague":
            if a.form != b.form or low >= high or (is_dash and "-" in joint):
                return False
            return self._joined(r, low, high, unit_b, end_b, "range.vague")
        if a.form == "fraction" or b.form == "fraction":
            if not (a.form == b.form and low < high):
                return False
            return self._joined(r, low, high, unit_b, end_b, "range.between" if between else "range.joined")
        if a.scale == 1 and b.scale > 1 and low < b.low / b.scale and low < 1000:
            low *= b.scale
        if "or" in word or "if not" in word:
            if (
                not (low < high <= max(3 * low, low + 2) and high < 1e9)
                or b.low == 1
                or (unit_b is None and self._noun_between(r, at))
            ):
                return False
            return self._joined(r, low, high, unit_b, end_b, "range.alternative")
        if low >= high:
            # "-18 °C to -34 °C"
            return False
        if is_dash and (b.end < len(text) and text[b.end] in "-–" and text[b.end + 1 : b.end + 2].isdigit()):
            return False
        if is_dash and joint.startswith(" ") != joint.endswith(" "):
            return False
        if is_dash and "—" in joint and joint.startswith(" "):
            return False
        if not is_dash and self._is_change(r):
            return False
        if word == "to" and r.unit is None and unit_b is not None and unit_b.kind == "share" and r.is_bare is False:
            return False
        return self._joined(r, low, high, unit_b, end_b, "range.between" if between else "range.joined")

    def _noun_between(self, r: Reading, at: int) -> bool:
        return at != r.number_end and r.unit is None

    def _is_change(self, r: Reading) -> bool:
        """ "rose from 4 to 5": two figures."""
        lowers = self.tokens.lowers
        i = r.token - 1
        while i >= 0 and i > r.token - 3 and lowers[i] != "from":
            i -= 1
        if i < 0 or lowers[i] != "from":
            return False
        floor = max(self.analysis.sentences[r.sentence].first, i - 6)
        return any(lowers[k] in table("names")["change"] for k in range(floor, i))

    def _joined(self, r: Reading, low: float, high: float, unit: Unit | None, end: int, rule: str) -> bool:
        r.low, r.high, r.bound, r.rule = low, high, "range", rule
        r.unit = unit or r.unit
        r.end = r.number_end = end
        if unit is not None and (
            m := _AGE.match(self.text, end - len(self.text[r.number : end]) + len(self.text[r.number : end]))
        ):
            r.end = m.end()
        r.is_bare = False
        r.value = high
        return True

    def _compound(self, r: Reading) -> None:
        """ "two-storey", "five-nation", "200-strong"."""
        if r.unit is not None or r.bound == "range" or r.form not in ("digits", "words"):
            return
        m = _COMPOUND.match(self.text, r.number_end)
        if m is None:
            return
        word = m[1].lower()
        if word == "strong":
            r.end, r.compound, r.rule = m.end(), word, "count.strong"
        elif word in ("plus", "odd"):
            return
        elif word in ("fold",):
            r.end, r.compound, r.kind, r.rule = m.end(), word, "other", "other.fold"
        elif m[1].islower() and word not in table("names")["compound_stops"]:
            r.end, r.compound, r.rule = m.end(), word, "count.compound"

    # --- the whole --------------------------------------------------------------------------------

    def _kind(self, r: Reading) -> None:
        unit = r.unit
        if r.rule.startswith(("age.", "share.", "other.")):
            return
        if unit is not None:
            r.kind = unit.kind
            if not r.rule:
                r.rule = self._rule_of_unit(r, unit)
        elif r.form == "fraction" and r.low is not None and 0 < abs(r.low) < 1:
            r.kind = "share"
            r.rule = r.rule or "share.fraction"
        elif not r.rule:
            r.rule = "count.vague" if r.form == "vague" else "count.numeral"

    def _rule_of_unit(self, r: Reading, unit: Unit) -> str:
        if unit.kind == "money":
            return "money.sign" if r.start < r.number else "money.word"
        if unit.kind == "share":
            return "share.percent" if unit.symbol == "%" else "share.points"
        return f"{'duration' if unit.kind == 'duration' else 'measure'}.{'measure' if unit.kind == 'duration' else unit.kind}"

    def _bound(self, r: Reading) -> None:
        text, tokens = self.text, self.tokens
        first = self.analysis.sentences[r.sentence].first
        found: str | None = None
        if sign := bounds.sign_before(text, r.start):
            found, r.start = sign
        opening = r.token
        while opening > first and tokens.starts[opening] > r.start:
            opening -= 1
        r.opening = opening
        if r.compound is None or r.compound == "strong":
            for at in (r.number_end, r.end):
                if found is None and (behind := bounds.behind(text, at)):
                    found, end = behind
                    if end >= r.end:
                        r.end = end
                        if r.unit is None and (u := units.behind(text, end)):
                            r.unit, r.end = u
                            if not r.rule.startswith("age."):
                                r.rule = ""
                                self._kind(r)
                    break
        words = bounds.before(tokens.lowers, first, opening, abs(r.value), r.unit is not None, r.kind)
        if text[max(0, r.start - 4) : r.start].lower() == "sub-":
            found = found or "less_than"
            r.start -= 4
            r.opening = self.analysis.token_at(r.start)
        if words is not None:
            # the first word is the outer one: "at least 40 or so" is at least 40
            found = words[0] if found in (None, "approx") or words[0] != "approx" else found
            r.opening = words[1]
            r.start = tokens.starts[words[1]]
        if r.rule == "range.between":
            r.opening = r.token - 1
            r.start = tokens.starts[r.token - 1]
        if found is None:
            return
        if r.low is None or r.high is None:
            return
        if found != "approx":
            r.low, r.high = bounds.apply(found, r.low, r.high)
            r.bound = found
        elif r.bound == "exact":
            r.bound = found

    def _best(self, r: Reading) -> float | None:
        if r.low is None:
            return r.high
        if r.high is None:
            return r.low
        return r.low if r.low == r.high else (r.low + r.high) / 2
