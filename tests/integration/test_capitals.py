"""A text of capitals without full stops, one sentence of 62 KB, costs its own facts at most, and stops no house."""

from __future__ import annotations

from pathlib import Path

import pytest
from house import House


@pytest.mark.timeout(600)
def test_a_long_text_without_sentences_is_published_with_the_others(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.put("capitals.txt", " ".join(f"THE ARMY SAID IT TOOK X AND KILLED {n} PEOPLE" for n in range(2, 1_202)))
    house.put("lozova.txt", "The mayor of Lozova, Anna Brama, said on Friday that 3 schools were damaged.", "Lozova")
    house.refresh()
    assert house.rows("select count(*) from dim_articles") == [(2,)]
    assert house.rows("select distinct state from ops_loads") == [("published",)]
    found = house.rows(
        "select count(*) > 0 from fct_claims join dim_articles using (article_id) where uri = 'lozova.txt'"
    )
    assert found == [(True,)]
