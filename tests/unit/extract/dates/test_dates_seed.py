"""The dates of the seed article, where the shared folder is there."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
SEED = Path(os.environ.get("CLAIMHOUSE_SHARED", ROOT.parent / "shared")) / "seed"


@pytest.mark.skipif(not SEED.is_dir(), reason=f"no seed article at {SEED}; set CLAIMHOUSE_SHARED")
def test_all_dates_of_the_seed_article(dates):
    gold = json.loads((SEED / "gold.json").read_text(encoding="utf-8"))
    text = (SEED / gold["file"]).read_text(encoding="utf-8")
    found = {(m.char_start, m.char_end): m for m in dates(text, date.fromisoformat(gold["published"]))}
    for expected in gold["dates"]:
        mention = found[expected["start"], expected["end"]]
        assert mention.timex_type == expected["type"]
        assert mention.value == expected["value"]
        assert mention.mod == expected.get("mod")
        assert mention.start_date == date.fromisoformat(expected["start_date"])
        assert mention.end_date == date.fromisoformat(expected["end_date"])
    optional = {(o["start"], o["end"]) for o in gold["optional_dates"]}
    assert len(set(found) - {(g["start"], g["end"]) for g in gold["dates"]} - optional) == 0
