"""What dbt works out once: the same comes of it, and what is damaged is worked out anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from dbt_common.clients.jinja import MacroFuzzEnvironment, get_template
from dbt_common.dataclass_schema import dbtClassMixin

from orchestration.dbt_savings import kept_templates, savings

SOURCE = "{% macro twice(of) %}{{ of }}{{ of }}{% endmacro %}{{ 'a' * 3 }}"


def render(source: str = SOURCE) -> str:
    return str(get_template(source, {}).render({}))


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that are compiled and not taken from what is kept."""
    found: list[str] = []
    generate = MacroFuzzEnvironment._generate

    def told(self: MacroFuzzEnvironment, source: object, *more: object, **named: object) -> str:
        found.append("compiled")
        return str(generate(self, source, *more, **named))  # type: ignore[arg-type]

    monkeypatch.setattr(MacroFuzzEnvironment, "_generate", told)
    return found


def test_a_template_is_compiled_once_for_all_runs(tmp_path: Path, compiled: list[str]) -> None:
    path = tmp_path / "templates.marshal"
    for _ in range(3):
        with kept_templates(path):
            assert render() == "aaa"
    assert compiled == ["compiled"]
    with kept_templates(path):
        assert render(SOURCE + "b") == "aaab"
    with kept_templates(path):
        assert (render(), render(SOURCE + "b")) == ("aaa", "aaab")
    assert compiled == ["compiled"] * 2


@pytest.mark.parametrize(
    "damage", [lambda whole: b"", lambda whole: whole[:-5], lambda whole: whole[:40] + b"\0" + whole[41:]]
)
def test_a_damaged_file_of_templates_is_made_anew(
    tmp_path: Path, compiled: list[str], damage: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "templates.marshal"
    with kept_templates(path):
        render()
    path.write_bytes(damage(path.read_bytes()))
    with kept_templates(path):
        assert render() == "aaa"
    with kept_templates(path):
        assert render() == "aaa"
    assert len(compiled) == 2


def test_dbt_is_as_it_was_afterwards(tmp_path: Path) -> None:
    before = (vars(MacroFuzzEnvironment).get("compile"), vars(dbtClassMixin)["validate"])
    with pytest.raises(ZeroDivisionError), savings(tmp_path / "templates.marshal"):
        _ = 1 / 0
    assert (vars(MacroFuzzEnvironment).get("compile"), vars(dbtClassMixin)["validate"]) == before
