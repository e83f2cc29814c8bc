"""Analyses of corpus texts for the measures of rules.

Belongs here: making them once a process, and keeping them between runs where that is asked for. Does
not belong here: corpora, scores (the modules beside this one).
"""

from __future__ import annotations

import json
import os
import pickle
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from ingest.extract.analysis import NO_HEAD, Analyser, Analysis, Sentence, WantsParse, parse_everything


def parse_nothing(analysis: Analysis, sentence: Sentence) -> bool:
    """The predicate of what needs tags only."""
    return False


@cache
def _analyser(wants_parse: WantsParse) -> Analyser:
    return Analyser(wants_parse=wants_parse)


def analyse(texts: list[tuple[str, str | None]], wants_parse: WantsParse = parse_nothing) -> list[Analysis]:
    """Analyses of ``(text, publication date)``; kept in CLAIMHOUSE_ANALYSES between runs, if set.

    What is kept is parsed throughout, and the tree of each sentence that ``wants_parse`` would have left
    out is taken away again: sentences are parsed one by one, so that the rest is the same.
    """
    folder = os.environ.get("CLAIMHOUSE_ANALYSES")
    made = wants_parse if not folder or wants_parse is parse_nothing else parse_everything
    mode = "" if made is parse_nothing else "parsed-"
    kept = Path(folder) / f"{mode}{sha256(json.dumps(texts).encode()).hexdigest()[:16]}.pkl" if folder else None
    if kept is not None and kept.exists():
        out: list[Analysis] = list(pickle.loads(kept.read_bytes()))
    else:
        dated = ((text, date.fromisoformat(dct) if dct else None) for text, dct in texts)
        out = list(_analyser(made).analyse_many(dated))
        if kept is not None:
            kept.write_bytes(pickle.dumps(out))
    if made is not wants_parse:
        for analysis in out:
            _prune(analysis, wants_parse)
    return out


def _prune(analysis: Analysis, wants_parse: WantsParse) -> None:
    tokens = analysis.tokens
    for s in analysis.sentences:
        if not wants_parse(analysis, s):
            tokens.heads[s.first : s.last] = [NO_HEAD] * (s.last - s.first)
            tokens.deps[s.first : s.last] = [""] * (s.last - s.first)
