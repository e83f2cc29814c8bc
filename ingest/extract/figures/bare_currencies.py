"""What a currency's bare name means in the country that a text speaks of.

Belongs here: "3,000 francs" in news from Goma. Does not belong here: names that say their country
("Congolese francs"), which are units like any other; the words (``data/en/local_currencies.toml``).
"""

from __future__ import annotations

from collections import Counter

from ingest.extract.analysis import Analysis
from ingest.extract.figures.lexicon import table
from ingest.extract.figures.reading import Reading
from ingest.extract.figures.units import Unit


def settle(analysis: Analysis, readings: list[Reading]) -> None:
    """Give sums under a bare name the currency of the country spoken of most; none where that is unknown."""
    for r in readings:
        if r.unit is None or r.kind != "money":
            continue
        shown = analysis.text[r.start : r.end].lower()
        if shown.startswith("rs") and r.unit.symbol == "INR":
            words = ["rupees"]
        elif r.rule == "money.word":
            words = shown.split()
        else:
            continue
        row = table("local_currencies").get(words[-1].rstrip("s"))
        if row is None or (len(words) > 1 and words[-2] in ("french", "indian")):
            continue
        signs = {sign: code for code, known in row.items() if code != "until" for sign in known}
        spoken_of = Counter(signs[w] for w in analysis.tokens.lowers if w in signs)
        if spoken_of:
            # of equals the one that stands first in the text
            r.unit = Unit(spoken_of.most_common(1)[0][0], "money")
        elif "until" in row and analysis.dct is not None and analysis.dct.year > row["until"]:
            r.unit = None
