"""The article that the project began with, where it is at hand; it is read from there, never copied."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from house import CLAIMHOUSE

SHARED = Path(os.environ.get("CLAIMHOUSE_SHARED", Path(__file__).resolve().parents[3] / "shared"))
SCORER = SHARED / "eval" / "seed.py"

pytestmark = pytest.mark.skipif(not SCORER.exists(), reason=f"the seed article is not at hand: no {SCORER}")


def test_the_seed_articles_facts_are_found(tmp_path: Path) -> None:
    document = subprocess.run([sys.executable, str(SCORER), "doc"], capture_output=True, text=True, check=True).stdout
    done = subprocess.run([str(CLAIMHOUSE), "extract"], input=document, capture_output=True, text=True, check=True)
    score = runpy.run_path(str(SCORER), run_name="scorer")["score"]
    (locations, dates, figures), content, speaker, full = score(json.loads(done.stdout))
    assert (locations, dates, figures) == (17, 6, 5)
    assert content >= 16
    assert speaker >= 16
    assert full >= 16
