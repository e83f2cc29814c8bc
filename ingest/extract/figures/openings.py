"""Where in a text a numeral may begin: digits, number words, and the article before some of them.

Belongs here: which characters are worth reading. Does not belong here: what is read there (``numerals``,
``reader``), and whether it is a figure (``vetoes``).
"""

from __future__ import annotations

import re
from itertools import compress, count

from ingest.extract.analysis import Analysis
from ingest.extract.figures import denied_harm, numerals, units
from ingest.extract.figures.lexicon import words
from ingest.extract.figures.status_words import statuses

ARTICLES = frozenset({"a", "an"})
# begins with one set of characters, which the engine looks for at once
_DIGITS = re.compile(r"[\d½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞](?:(?<=\d)[\d.,]*)?")
_BEFORE_DOT = frozenset(" ($€£~<>≥≤")
_NEED_ARTICLE = frozenset({"few", "couple"})


class Openings:
    """Finds the places where a numeral may begin."""

    def __init__(self) -> None:
        self._starters = frozenset({*numerals.starters(), *denied_harm.STARTERS})
        self._openers = self._starters | words("before_articles")
        self._kinds = {word: kind for word, (kind, _) in numerals.vocabulary().items()}
        self._harm = statuses().verbs

    def of(self, analysis: Analysis) -> list[tuple[int, int]]:
        """Characters with their tokens, in order."""
        text, starts, lowers = analysis.text, analysis.tokens.starts, analysis.tokens.lowers
        spelled = [self._spelled(analysis, i) for i in compress(count(), map(self._openers.__contains__, lowers))]
        places = [(starts[i], i) for i in spelled if i is not None]
        words = len(places)
        stop = 0
        for m in _DIGITS.finditer(text):
            at, last = m.span()
            # ".5": a dot that opens a number is part of it
            if at > stop and text[at - 1] == "." and text[at].isdecimal():
                at -= at == 1 or text[at - 2] in _BEFORE_DOT
            stop = last
            places.append((at, analysis.token_at(at)))
        if len(places) > words:
            places.sort()
        if analysis.page_lines:
            places = [place for place in places if not analysis.is_of_page(place[0])]
        return places

    def _spelled(self, analysis: Analysis, i: int) -> int | None:
        """The token at which the numeral of word ``i`` begins: the word's or its article's; None for no numeral."""
        lowers = analysis.tokens.lowers
        word, before = lowers[i], lowers[i - 1] if i > 0 else ""
        if word not in self._starters:
            return self._counting_article(analysis, i)
        after = lowers[i + 1] if i + 1 < len(lowers) else ""
        kind, is_multiplied = self._kinds.get(word), self._kinds.get(after) == "magnitude"
        article = i - 1 if before in ARTICLES else None
        if kind == "denominators" or word in _NEED_ARTICLE:
            return article if kind != "denominators" else None
        if kind == "denominator":
            return i if article is None and word == "quarter" and is_multiplied else article
        if kind == "magnitude":
            if before in words("before_articles"):
                return i  # "more than hundred", from another language
            return i if article is None and is_multiplied and before not in self._kinds else article
        if word == "scores":
            return i if before in self._harm or after in words("behind_scores") else None
        return article if kind == "half" and article is not None and is_multiplied else i

    def _counting_article(self, analysis: Analysis, i: int) -> int | None:
        """ "over a month": the article behind the bound at ``i`` counts where a unit follows."""
        tokens = analysis.tokens
        is_article = i + 1 < len(tokens) and tokens.lowers[i + 1] in ARTICLES
        return i + 1 if is_article and units.behind(analysis.text, tokens.ends[i + 1]) is not None else None
