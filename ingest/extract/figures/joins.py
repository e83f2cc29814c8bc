"""Two numerals that are one figure: ranges, ratios, spreads, "13 dollars 45 cents".

Belongs here: what may stand between the two, and what their units and magnitudes lend each other.
Does not belong here: a numeral by itself, bounds.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.analysis import Analysis
from ingest.extract.figures import numerals, units
from ingest.extract.figures.lexicon import table
from ingest.extract.figures.numerals import Numeral
from ingest.extract.figures.reading import Reading
from ingest.extract.figures.units import Unit

AGE = re.compile(
    r"(?:-| )(year|month|week|day)s?(?:-| )olds?\b|['’]?s? (year|month|week)s? of age\b| ?(?:yo|y/o)\b", re.I
)
AGE_UNITS = {"year": "a", "month": "mo", "week": "wk", "day": "d"}
_TO = re.compile(
    r" ?[-–—−~] ?(?=[\d$€£¥.])|-(?=to-)| ?(?:to|through|thru|until|till)[ -]|-(?:or|to)-|- (?:to|or) "
    r"| (?:or even|or perhaps|or maybe|if not|or) |, (?:if not|or even|perhaps even) "
)
_AND = re.compile(r" and | to | ?[-–—] ?")
_SPREAD = re.compile(r" ?(?:±|\+/[-−–]) ?")
_RATIO = re.compile(r"( in every | in | out of every | out of |-in-| of every | over )(?=\w)")
_OF_UNIT = re.compile(r" of (?=[^\W\d_])")
_FROM_REACH = 6
_MILLIONS_TO = re.compile(r"(?: to |-|–| and | or )[\d.,]*\dm\b")
# smaller coins and lengths that complete a larger unit
_PARTS = {
    "ft": ("in", 12.0),
    "USD": ("cent", 100.0),
    "EUR": ("cent", 100.0),
    "GBP": ("penny", 100.0),
    "RUB": ("kopek", 100.0),
    "UAH": ("kopek", 100.0),
}


def letter_is_unit(analysis: Analysis, numeral: Numeral) -> None:
    """Undo a magnitude letter: "35m of its devices" are millions, "a 35m wall" is metres; "b" and "T" need money."""
    text, tokens = analysis.text, analysis.tokens
    letter = text[numeral.end - 1]
    j = analysis.token_at(numeral.end - 1) + 1
    second = _MILLIONS_TO.match(text, numeral.end) if letter == "m" else None
    if second is not None and units.behind(text, second.end()) is not None:
        return  # "1.5m to 2m tonnes": both are millions, as the second must be
    if letter == "m" and j < len(tokens) and text[numeral.end : numeral.end + 1] == " ":
        if tokens.lowers[j] == "of" and j + 1 < len(tokens) and tokens.tags[j + 1] in ("DT", "PRP$"):
            return
        stop = min(len(tokens), j + 6)
        while j < stop and tokens.tags[j] in ("JJ", "NN", "NNP", "VBN", "CC", "HYPH", "VBG"):
            j += 1
        if j < len(tokens) and tokens.tags[j] == "NNS":
            return
    numeral.low /= numeral.scale
    numeral.high /= numeral.scale
    numeral.end -= 1
    numeral.scale = 1.0
    numeral.is_bare = True


def has_magnitude_letter(text: str, numeral: Numeral) -> bool:
    """True where "m", "b" or "T" stands right behind the digits."""
    return numeral.form == "digits" and text[numeral.end - 1] in "mbT" and text[numeral.end - 2].isdigit()


def ratio(analysis: Analysis, r: Reading) -> bool:
    """ "one in five", "3 out of 4": a share, where the first is smaller."""
    text = analysis.text
    if r.unit is not None or r.form not in ("digits", "words") or r.value == 0:
        return False
    m = _RATIO.match(text, r.number_end)
    if m is None:
        return False
    other = numerals.read(text, m.end())
    if other is None or other.form not in ("digits", "words") or other.low <= 0:
        return False
    joint = m[1].strip()
    if joint == "over":
        # "1 over 20", as one reads a fraction aloud, and not "2 over 30 days"
        if not (r.token == 0 or analysis.tokens.lowers[r.token - 1] in ("is", "equals", "negative", "minus", "be")):
            return False
        if other.end < len(text) and text[other.end] not in ".,;)?!":
            return False
    elif other.low <= abs(r.value):
        return False
    if joint in ("in", "-in-"):
        if r.value > 20 or other.low > 1e6 or 1900 <= other.low <= 2100 or units.behind(text, other.end) is not None:
            return False
        # "killed two in five districts" tells of districts
        if r.token > 0 and analysis.tokens.tags[r.token - 1] in ("VBD", "VBG", "VBN", "VBZ", "VBP", "JJ"):
            return False
    r.low = r.high = r.value / other.low
    r.value = r.low
    r.end = r.number_end = other.end
    r.kind, r.rule, r.form = "share", "share.ratio", "ratio"
    return True


def extend(analysis: Analysis, r: Reading, first: Numeral, between: bool, limit: int) -> None:
    """Take in the second number of a range or spread, or the smaller part of a mixed unit."""
    text = analysis.text
    if r.unit is not None and r.unit.symbol in _PARTS and _part(text, r):
        return
    for at in (r.end, r.number_end) if r.end != r.number_end else (r.end,):
        if at >= len(text):
            continue
        if text[at] in " ±+" and (s := _SPREAD.match(text, at)) and _spread(text, r, s.end()):
            return
        m = (_AND if between else _TO).match(text, at)
        if m is None:
            continue
        begin = m.end()
        if text.startswith("to-", begin):
            begin += 3
        sign_end = _sign_behind(text, begin)
        if text[sign_end : sign_end + 1] in ("-", "−"):
            sign_end += 1
        other = numerals.read(text, sign_end, between=between)
        if other is None or other.end > limit:
            continue
        if _Join(analysis, r, first, other, m.group(), begin, sign_end, between, at).apply():
            return


def _part(text: str, r: Reading) -> bool:
    """ "5 ft 2 in", "13 dollars and 45 cents", "15 dollars 50"."""
    assert r.unit is not None
    symbol, parts = _PARTS[r.unit.symbol]
    m = re.compile(r",? (?:and )?|(?<=[a-z])(?=\d)").match(text, r.end)
    if m is None or r.low is None or r.start < r.number:
        return False
    other = numerals.read(text, m.end())
    if other is None or other.form not in ("digits", "words") or other.low >= parts or other.low != int(other.low):
        return False
    found = units.behind(text, other.end)
    if found is not None and found[0].symbol == symbol:
        end = found[1]
    elif found is None and symbol == "cent" and "," not in m.group() and _ends(text, other.end):
        end = other.end
    elif symbol == "in" and text.startswith(" in", other.end) and not text[other.end + 3 : other.end + 4].isalpha():
        end = other.end + 3
    else:
        return False
    r.low += other.low / parts
    r.high = r.value = r.low
    r.end = r.number_end = end
    return True


def _ends(text: str, at: int) -> bool:
    return (
        at >= len(text) or (text[at] in ".;,)" and not text[at + 1 : at + 2].isdigit()) or text.startswith(" more", at)
    )


def _sign_behind(text: str, at: int) -> int:
    """Where the number begins that a currency sign at ``at`` stands before."""
    for size in (4, 3, 2, 1):
        if text[at : at + size] in units.signs():
            end = at + size
            return end + 1 if text[end : end + 1] == " " else end
    return at


def _spread(text: str, r: Reading, at: int) -> bool:
    other = numerals.read(text, at)
    if other is None or r.low is None:
        return False
    found = units.behind(text, other.end)
    r.best = r.low
    r.low, r.high = r.low - abs(other.low), r.low + abs(other.low)
    r.end = r.number_end = other.end
    if found is not None:
        r.unit, r.end = found
    r.bound, r.rule = "range", "range.spread"
    return True


class _Join:
    """Numbers ``a`` and ``b`` with ``joint`` between them: are they one range?"""

    def __init__(
        self,
        analysis: Analysis,
        r: Reading,
        a: Numeral,
        b: Numeral,
        joint: str,
        begin: int,
        sign_end: int,
        between: bool,
        at: int,
    ) -> None:
        self.analysis, self.text = analysis, analysis.text
        self.r, self.a, self.b, self.joint = r, a, b, joint
        self.between, self.at = between, at
        self.word = joint.strip(" -,")
        self.is_dash = self.word in ("", "–", "—", "−", "~")
        text = self.text
        raw_sign = text[begin:sign_end].strip(" -−")
        sign = units.signs().get(raw_sign) if raw_sign else None
        if sign is None and has_magnitude_letter(text, b) and (r.unit is None or r.unit.kind != "money"):
            letter_is_unit(analysis, b)
        self.low = a.low if r.low is None else r.low
        self.high = -b.low if text[begin:sign_end].strip().startswith(("-", "−")) else b.high
        self.unit: Unit | None = sign
        self.end, self.rule = b.end, "range.between" if between else "range.joined"
        if (age := AGE.match(text, b.end)) is not None:
            self.unit, self.end = units.named(AGE_UNITS[(age[1] or age[2] or "year").lower()]), age.end()
            self.rule = "age.old"
        elif (found := units.behind(text, b.end)) is not None or (
            b.form == "vague"
            and (m := _OF_UNIT.match(text, b.end))
            and (found := units.behind(text, m.end() - 1)) is not None
        ):
            self.unit, self.end = found

    def apply(self) -> bool:
        r, a, b = self.r, self.a, self.b
        if not self._units_agree():
            return False
        if a.form == "vague" or b.form == "vague":
            if a.form != b.form or self.low >= self.high or (self.is_dash and "-" in self.joint):
                return False
            return self._joined("range.vague")
        if a.form == "fraction" or b.form == "fraction":
            return a.form == b.form and self.low < self.high and self._joined(self.rule)
        if a.form not in ("digits", "words") or b.form not in ("digits", "words"):
            return False
        if a.scale == 1 and b.scale > 1 and 0 < self.low < b.low / b.scale and self.low < 1000:
            self.low *= b.scale
        if "or" in self.word or "if not" in self.word:
            near = self.low < self.high <= max(3 * self.low, self.low + 2) and self.high < 1e9
            return near and b.low != 1 and self._joined("range.alternative")
        if self.low < 0 and self.high < self.low:
            # "-18 °C to -34 °C"
            self.low, self.high = self.high, self.low
        change = not self.is_dash and self.low != 0 and self._is_change()
        if self.low >= self.high or change:
            if self.word == "to" and r.unit is None and self.unit is not None and self._from() is not None:
                # "from 4.8 to 4.7 percent": the unit, and the magnitude, are the first's too
                r.unit = self.unit
                if a.scale == 1 and b.scale > 1 and self.low < 1000:
                    r.low = r.high = r.value = self.low * (b.scale if self.low < b.scale and self.low == a.low else 1)
            return False
        if self.is_dash:
            joint, text = self.joint, self.text
            if b.end < len(text) and text[b.end] in "-–" and text[b.end + 1 : b.end + 2].isdigit():
                return False
            if joint.startswith(" ") != joint.endswith(" ") or ("—" in joint and joint.startswith(" ")):
                return False
        return self._joined(self.rule)

    def _units_agree(self) -> bool:
        """What the ends say must be one thing; "$10 to 15 billion" may leave out the second sign."""
        r, b = self.r, self.b
        if r.unit is None:
            return not (
                self.word == "to" and self.unit is not None and self.unit.kind == "share" and self.a.form == "vague"
            )
        if self.unit is not None:
            return r.unit.symbol == self.unit.symbol
        if self.between:
            return True
        return r.unit.kind == "money" and r.start < r.number and (b.scale > 1 or self.is_dash)

    def _from(self) -> int | None:
        """The token of "from" before the first number."""
        lowers = self.analysis.tokens.lowers
        for i in range(self.r.token - 1, max(-1, self.r.token - 4), -1):
            if lowers[i] == "from":
                return i
        return None

    def _is_change(self) -> bool:
        """ "rose from 4 to 5": two figures."""
        i = self._from()
        if i is None:
            # "rose five pence to 913 pence"
            before = self.analysis.tokens.lowers[self.r.token - 1] if self.r.token > 0 else ""
            return before in _change_verbs() and self.high > 3 * abs(self.low) and self.r.unit is not None
        floor = max(self.analysis.sentences[self.r.sentence].first, i - _FROM_REACH)
        return any(w in _change_verbs() for w in self.analysis.tokens.lowers[floor:i])

    def _joined(self, rule: str) -> bool:
        r = self.r
        r.low, r.high, r.bound, r.rule = self.low, self.high, "range", rule
        r.unit = self.unit or r.unit
        r.end = r.number_end = self.end
        r.is_bare = False
        r.value = self.high
        if rule == "age.old":
            r.kind = "duration"
        return True


@cache
def _change_verbs() -> frozenset[str]:
    return frozenset(table("names")["change"])
