"""Dockerfile, compose.yaml and renovate.json, read: docker need not be there."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from claimhouse.cli.commands import app

ROOT = Path(__file__).resolve().parents[2]


def instructions(text: str) -> list[tuple[str, str]]:
    """The instructions of a Dockerfile, continued lines joined, comments left out."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [(word.upper(), rest) for word, rest in (line.split(maxsplit=1) for line in joined.splitlines())]


def faults(text: str) -> list[str]:
    """What a linter of Dockerfiles would say: bases, users, packages, shells, forms."""
    found = []
    user, has_pipefail = "root", False
    for word, rest in instructions(text):
        if word == "FROM":
            user, has_pipefail = "root", False
            if not re.match(r"\S+:(?!latest)\S+", rest):
                found.append(f"no fixed tag: {rest}")
        elif word == "USER":
            user = rest
        elif word == "SHELL":
            has_pipefail = "pipefail" in rest
        elif word == "ADD":
            found.append("ADD; COPY does")
        elif word in ("ENTRYPOINT", "CMD", "VOLUME") and not isinstance(json.loads(rest), list):
            found.append(f"{word} is no list")
        elif word == "WORKDIR" and not rest.startswith("/"):
            found.append(f"relative folder: {rest}")
        elif word == "RUN":
            if "apt-get install" in rest and not ("--no-install-recommends" in rest and "rm -rf /var/lib/apt" in rest):
                found.append("apt-get leaves what nobody needs")
            if re.search(r"(?<!uv )pip install", rest) and "--require-hashes" not in rest:
                found.append("pip without hashes")
            if re.search(r"(?<![|\[])\|(?!\|)", rest) and not has_pipefail:
                found.append("a pipe whose first part may fail unseen")
            if "sudo" in rest or re.search(r"chmod (-R )?777", rest):
                found.append("rights for everybody")
    return [*found, *(["runs as root"] if user in ("root", "0") else [])]


DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def test_the_dockerfile_has_no_faults() -> None:
    assert faults(DOCKERFILE) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("FROM python", "no fixed tag"),
        ("FROM python:latest", "no fixed tag"),
        ("FROM python:3\nRUN apt-get install -y g++", "apt-get leaves"),
        ("FROM python:3\nRUN pip install claimhouse", "without hashes"),
        ("FROM python:3\nRUN cat a | tail > b", "a pipe"),
        ("FROM python:3\nADD . .", "COPY does"),
        ("FROM python:3\nWORKDIR desk", "relative folder"),
        ("FROM python:3\nUSER 10001\nFROM python:3", "runs as root"),
    ],
)
def test_each_fault_is_seen(line: str, fault: str) -> None:
    assert any(fault in one for one in faults(line))


def test_what_is_copied_is_there_and_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for word, rest in instructions(DOCKERFILE):
        if word == "COPY" and not rest.startswith("--from"):
            for name in rest.split()[:-1]:
                assert (ROOT / name).exists()
                assert name not in ignored
    assert {".git", ".venv", ".env", "data"} <= set(ignored)


def test_all_that_the_wheel_carries_gets_into_the_build() -> None:
    ignored = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line]
    from ingest.home import shipped_files

    lost = [p for p in shipped_files(ROOT) if any(p.is_relative_to(i) for i in ignored)]
    assert lost == []


def test_both_stages_have_one_python_which_the_lock_serves() -> None:
    bases = {rest.split()[0] for word, rest in instructions(DOCKERFILE) if word == "FROM"}
    assert len(bases) == 1
    least = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    version = re.search(r":(\d+)\.(\d+)", bases.pop())
    assert version
    assert tuple(map(int, version.groups())) >= tuple(map(int, re.findall(r"\d+", least)))


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_service_is_confined(name: str) -> None:
    service = COMPOSE["services"][name]
    user = next(rest for word, rest in reversed(instructions(DOCKERFILE)) if word == "USER")
    assert service["user"].split(":")[0] == user
    assert service["volumes"] == ["desk:/desk"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert [port for port in service.get("ports", []) if not port.startswith("127.0.0.1:")] == []


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_service_runs_a_command_that_there_is(name: str) -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    first, *rest = COMPOSE["services"][name]["command"]
    with commands[first].make_context(first, list(rest)) as context:
        assert context.command.name == first


def test_renovate_names_packages_that_there_are() -> None:
    told = json.loads((ROOT / "renovate.json").read_text(encoding="utf-8"))
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = [name for rule in told["packageRules"] for name in rule["matchPackageNames"]]
    assert [name for name in named if f'"{name}' not in text] == []
    assert told["postUpgradeTasks"]["commands"] == ["make lock"]
