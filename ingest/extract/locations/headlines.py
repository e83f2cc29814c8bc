"""Headlines that capitalise every word, in which a capital shows no name.

Belongs here: telling which sentences of a text are such headlines. Does not belong here: reading names in
them (``mentions``).
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.extract.analysis import Analysis
from ingest.extract.locations.capital_runs import Run


def headlines(analysis: Analysis) -> list[tuple[int, int]]:
    """Sentences that capitalise every word of weight, as headlines of the American press do.

    Returns (start, end) of each, in characters.
    """
    found = []
    tokens = analysis.tokens
    for k, sentence in enumerate(analysis.sentences[:40]):
        if not (sentence.is_title or k == 0):
            continue
        rows = [
            i for i in range(sentence.first, sentence.last) if len(tokens.words[i]) > 3 and tokens.words[i].isalpha()
        ]
        capital = [i for i in rows if tokens.words[i][0].isupper()]
        plain = sum(not tokens.tags[i].startswith("NNP") for i in capital[1:])
        if len(rows) >= 4 and len(capital) >= 0.85 * len(rows) and plain:
            found.append((sentence.start, sentence.end))
    return found


def pieces(run: Run, headlines: list[tuple[int, int]], is_ordinary: Callable[[Run, int], bool]) -> list[Run]:
    """The run itself; in a headline that capitalises every word, the pieces between ordinary words."""
    if len(run.words) < 2 or not any(s <= run.start < e for s, e in headlines):
        return [run]
    found, first = [], 0
    for k in range(len(run.words) + 1):
        if k == len(run.words) or is_ordinary(run, k):
            if k > first:
                found.append(run.part(first, k))
            first = k + 1
    return found
