"""Analyses of corpus texts for the extractors that need tags only.

Belongs here: making them once a process, and keeping them between runs where that is asked for. Does
not belong here: corpora, scores (``accuracy``).
"""

from __future__ import annotations

import json
import os
import pickle
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from ingest.extract.analysis import Analyser, Analysis


@cache
def _analyser() -> Analyser:
    return Analyser(wants_parse=lambda analysis, sentence: False)


def analyse(texts: list[tuple[str, str | None]]) -> list[Analysis]:
    """Analyses of ``(text, publication date)``; kept in CLAIMHOUSE_ANALYSES between runs, if set."""
    folder = os.environ.get("CLAIMHOUSE_ANALYSES")
    kept = Path(folder) / f"{sha256(json.dumps(texts).encode()).hexdigest()[:16]}.pkl" if folder else None
    if kept is not None and kept.exists():
        return list(pickle.loads(kept.read_bytes()))
    out = list(_analyser().analyse_many((text, date.fromisoformat(dct) if dct else None) for text, dct in texts))
    if kept is not None:
        kept.write_bytes(pickle.dumps(out))
    return out
