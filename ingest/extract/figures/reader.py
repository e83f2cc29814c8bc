"""Reads one place in the text: numeral, sign, unit, bound and range put together.

Belongs here: the order in which the parts are asked. Does not belong here: whether it is a figure
at all (``vetoes``), what it counts (``counted``, ``status``, ``relations``).
"""

from __future__ import annotations

import re

from ingest.extract.analysis import Analysis
from ingest.extract.figures import bounds, joins, numerals, units
from ingest.extract.figures.lexicon import table, words
from ingest.extract.figures.numerals import Numeral
from ingest.extract.figures.reading import Reading
from ingest.extract.figures.units import Unit

_AGE_BEFORE = words("before_ages")
_AGED = words("aged")
_AGE_BOUNDS = words("age_bounds")
_COMPOUND = re.compile(r"-([^\W\d_]{3,}|man|men)\b")
_OF_UNIT = re.compile(r" of (?=[^\W\d_])")
_FRACTION_OF_UNIT = re.compile(r" (?:of )?(?:an?|1|one) ")
_MILLION = re.compile(r" (thousand|million|billion|trillion|bn)\b", re.I)
# A unit of time or length that is not directly behind: "two full years", "three more kilometres"
_MORE_OF_UNIT = re.compile(
    r" (?:more|full|consecutive|straight|previous|whole|additional|extra|long|further|other|entire|nautical|successive"
    r"|short) "
)
_DOLLARS = re.compile(r" \((?:US)?[$€]")
_SUM = 1e6  # so many pounds are seldom a weight
_MINUS = re.compile(r"(?:(?<![\w)\]%$€£])[-−]|(?:^|(?<=[\s(]))[-−] )$|\b(minus|negative)[ -]$", re.I)


class Reader:
    """Reads the numerals of one analysis, left to right."""

    def __init__(self, analysis: Analysis) -> None:
        self.text = analysis.text
        self.analysis = analysis
        self.tokens = analysis.tokens

    def read(self, at: int, token: int, sentence: int) -> Reading | None:
        """The reading whose numeral begins at character ``at``, in ``token``."""
        text, lowers = self.text, self.tokens.lowers
        sign, minus = units.before(text, at), False
        if sign is None and at > 1 and text[at - 1] in "-−" and (sign := units.before(text, at - 1)) is not None:
            minus = True
        opening = self.analysis.token_at(sign[1]) if sign is not None else token
        between = opening > 0 and lowers[opening - 1] == "between"
        numeral = numerals.read(text, at, between=between)
        if numeral is None and lowers[token] in ("a", "an"):
            # "over a month": the article counts where a bound stands before it, which the caller sees to
            numeral = Numeral(at, self.tokens.ends[token], 1.0, 1.0, "words")
        if numeral is None:
            return None
        limit = self.analysis.sentences[sentence].end
        if numeral.end > limit and numeral.end > self.tokens.ends[token]:
            limit = numeral.end
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
        self._pounds(r)
        self._money_magnitude(r)
        if minus and r.low is not None:
            r.low, r.high, r.value = -(r.high or 0.0), -r.low, -r.low
        self._minus(r)
        if not (joins.ratio(self.analysis, r) or self._age(r, numeral)):
            joins.extend(self.analysis, r, numeral, between, limit)
            self._compound(r)
        self._kind(r)
        self._bound(r)
        if r.best is None:
            r.best = self._best(r)
        if r.rule == "share.fraction" and text.startswith(" of ", r.end):
            r.end += 3
        if r.unit is None and r.form in ("digits", "words") and (m := _MORE_OF_UNIT.match(text, r.number_end)):
            found = units.behind(text, m.end() - 1)
            if found is not None and found[0].kind in ("duration", "length"):
                r.unit, r.unit_end = found
                r.kind, r.rule = r.unit.kind, ""
                self._kind(r)
        return r

    # --- parts ------------------------------------------------------------------------------------

    def _unit_behind(self, numeral: Numeral, sign: tuple[Unit, int] | None) -> tuple[Unit | None, int]:
        text = self.text
        found = units.behind(text, numeral.end)
        if (
            sign is None
            and joins.has_magnitude_letter(text, numeral)
            and numeral.scale > 1
            and (found is None or found[0].kind != "money")
        ):
            joins.letter_is_unit(self.analysis, numeral)
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
        if found is None:
            return None, numeral.end
        if found[0].kind == "money" and found[0].symbol in ("cent", "penny") and numeral.form == "vague":
            return None, numeral.end
        return found

    def _pounds(self, r: Reading) -> None:
        """ "three billion pounds", "40 pounds ($51)" are money; "two million pounds of rice" are not."""
        if r.unit is None or r.unit.symbol != "lb" or not self.text.startswith("pound", r.end - 6 if r.end > 6 else 0):
            return
        is_sum = abs(r.value) >= _SUM and not self.text.startswith(" of ", r.end)
        if is_sum or _DOLLARS.match(self.text, r.end):
            r.unit = units.currency("GBP")

    def _money_magnitude(self, r: Reading) -> None:
        """ "75 USD million", "30 MUSD": the magnitude behind or within the currency."""
        if r.unit is None or r.unit.kind != "money" or r.low is None or r.high is None:
            return
        by = r.unit.times
        if r.is_bare and r.end > r.number_end and (m := _MILLION.match(self.text, r.end)):
            by *= table("numerals")["magnitudes"][m[1].lower()]
            r.end = m.end()
        if by != 1:
            r.low, r.high = numerals.times(r.low, by), numerals.times(r.high, by)
            r.value = r.low

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

    def _age(self, r: Reading, numeral: Numeral) -> bool:
        m = joins.AGE.match(self.text, r.number_end)
        if m is not None:
            word = (m[1] or m[2] or "year").lower()
            r.end = m.end()
            r.unit, r.kind, r.rule = units.named(joins.AGE_UNITS[word]), "duration", "age.old"
            return True
        if r.unit is not None or r.form not in ("digits", "words") or not 0 <= r.value <= 120 or r.token == 0:
            return False
        lowers = self.tokens.lowers
        before = lowers[r.token - 1]
        earlier = lowers[r.token - 2] if r.token > 1 else ""
        if before in ("was", "is") and earlier in ("he", "she", "i") and r.value > 1:
            # "he was 25 when …", and not "he was 25 minutes late"
            after = self.analysis.token_at(r.number_end - 1) + 1
            tag = self.tokens.tags[after] if after < len(self.tokens) else "."
            if tag not in (".", ",", "WRB", "CC", "IN", "''"):
                return False
        elif before == "of" and earlier in words("age_nouns"):
            # "a girl of nine", and not "a mother of two"
            if r.value < 3 or earlier in ("mother", "father"):
                return False
        elif (earlier, before) == ("old", "as"):
            pass
        elif before in _AGE_BOUNDS and earlier in _AGED:
            pass  # "men aged between 18 and 25", "boys aged about 12"
        elif before not in _AGE_BEFORE and not (before == "of" and earlier in ("age", "ages")):
            return False
        joins.extend(self.analysis, r, numeral, "between" in lowers[max(0, r.token - 4) : r.token], len(self.text))
        if r.unit is None:
            r.unit = units.named("a")
        r.kind, r.rule = "duration", "age.aged"
        return r.unit.kind == "duration"

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
        if r.form == "fold":
            r.kind, r.rule = "other", "other.fold"
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
        return "duration.measure" if unit.kind == "duration" else f"measure.{unit.kind}"

    def _bound(self, r: Reading) -> None:
        """Take in the words and signs that bound the number, and narrow or open its range by them."""
        text, tokens = self.text, self.tokens
        found: str | None = None
        if sign := bounds.sign_before(text, r.start):
            found, r.start = sign
        first = self.analysis.sentences[r.sentence].first
        r.opening = r.token
        while r.opening > first and tokens.starts[r.opening] > r.start:
            r.opening -= 1
        if found is None and r.compound in (None, "strong"):
            found = self._bound_behind(r)
        found = self._bound_before(r, first, found)
        if r.rule == "range.between":
            while r.opening > first and tokens.lowers[r.opening] != "between":
                r.opening -= 1
            r.start = tokens.starts[r.opening]
        r.softened = found if found is not None else r.softened
        if found is None or r.low is None or r.high is None:
            return
        if found != "approx":
            r.low, r.high = bounds.apply(found, r.low, r.high)
            r.bound = found
        elif r.bound == "exact":
            r.bound = found

    def _bound_behind(self, r: Reading) -> str | None:
        """ "40 or more kilometres", "40 km or so": the bound behind the number or its unit."""
        behind = bounds.behind(self.text, r.number_end) or bounds.behind(self.text, r.end)
        if behind is None:
            return None
        found, end = behind
        if end >= r.end:
            r.end = end
            if r.unit is None and (unit := units.behind(self.text, end)):
                r.unit, r.end = unit
                if not r.rule.startswith("age."):
                    r.rule = ""
                    self._kind(r)
        return found

    def _bound_before(self, r: Reading, first: int, found: str | None) -> str | None:
        """The bound that the words before the number say, else ``found``; ``first`` opens the sentence."""
        tokens = self.tokens
        said = bounds.before(tokens.lowers, first, r.opening, abs(r.value), r.unit is not None, r.kind)
        if self.text[max(0, r.start - 4) : r.start].lower() == "sub-":
            found = found or "less_than"
            r.start -= 4
            r.opening = self.analysis.token_at(r.start)
        if said is not None:
            # the first word is the outer one: "at least 40 or so" is at least 40
            found = said[0] if found in (None, "approx") or said[0] != "approx" else found
            r.opening = said[1]
            r.start = tokens.starts[said[1]]
        return found

    def _best(self, r: Reading) -> float | None:
        if r.low is None:
            return r.high
        if r.high is None:
            return r.low
        return r.low if r.low == r.high else (r.low + r.high) / 2
