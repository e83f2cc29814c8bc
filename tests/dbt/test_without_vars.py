"""dbt parses and documents the project without being told of any load."""

from __future__ import annotations

import json

import pytest
from dbt_runs import Dbt


def test_the_project_parses_and_documents_itself_without_warnings(dbt: Dbt, capsys: pytest.CaptureFixture[str]) -> None:
    result = dbt.invoke("docs", "generate", "--empty-catalog")
    assert result.success
    # with --quiet dbt prints nothing but errors
    assert "rror" not in capsys.readouterr().out
    manifest = json.loads((dbt.work / "target/manifest.json").read_text(encoding="utf-8"))
    marts = [n for n in manifest["nodes"].values() if n["fqn"][1:2] == ["marts"] and n["resource_type"] == "model"]
    assert marts
    for mart in marts:
        assert mart["contract"]["enforced"], mart["name"]
        assert mart["config"]["persist_docs"] == {"relation": True, "columns": True}, mart["name"]
    sources = manifest["sources"].values()
    assert sorted(s["config"]["meta"]["dagster"]["asset_key"] for s in sources) == sorted(
        ["landing", s["name"]] for s in sources
    )
