"""The ratchet: no accuracy figure falls below its floor, and floors rise with what is reached.

Belongs here: measuring by the modules beside this one, comparing with ``floors.toml``, raising and
lowering floors. Does not belong here: how a figure is measured.

    python -m evaluation.gate [NAME ...]                      # measure and compare
    python -m evaluation.gate [NAME ...] --raise              # and raise the floors
    python -m evaluation.gate --lower NAME.FIGURE=VALUE --reason TEXT

``floors.toml`` has a section for each module, with the corpora it reads and their digest: on other
texts the same figure says something else, so the gate fails on another digest until ``--raise`` has
looked at it. Corpora whose names begin with ``$shared`` lie outside the repository; where they are
absent, the section is left out and the gate says so.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import math
import os
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLOORS = Path(__file__).with_name("floors.toml")
# another processor adds up in another order; a single fact more or less is worth more than this
MARGIN = 0.002

Measure = Callable[[], Mapping[str, float]]


@dataclass(slots=True)
class Section:
    """The floors of one module. Figures that match ``ignored`` have none (counts, times)."""

    corpora: list[str]
    digest: str = ""
    ignored: list[str] = field(default_factory=list)
    floors: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lowered:
    """One time that a floor was lowered, and why."""

    figure: str
    before: float
    after: float
    on: date
    reason: str


@dataclass(slots=True)
class Floors:
    """All of ``floors.toml``."""

    sections: dict[str, Section]
    lowered: list[Lowered]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure against its floor, or what else is wrong with a section."""

    figure: str
    measured: float | None
    floor: float | None
    fault: str = ""

    def __str__(self) -> str:
        numbers = [f"{n:.4f}" if n is not None else "-" for n in (self.measured, self.floor)]
        return f"{self.figure:44} {numbers[0]:>8} {numbers[1]:>8}  {self.fault}".rstrip()


# --- the file ---------------------------------------------------------------------------------


def read(path: Path = FLOORS) -> Floors:
    """The floors as they are kept."""
    kept = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    lowered = [Lowered(**row) for row in kept.pop("lowered", [])]
    return Floors({name: Section(**values) for name, values in kept.items()}, lowered)


def write(floors: Floors, path: Path = FLOORS) -> None:
    """Keep the floors: sections and figures by name, so that a change is one line of a diff."""
    lines = ["# Kept by `python -m evaluation.gate`; floors only rise, but by --lower with a reason.", ""]
    for name, section in sorted(floors.sections.items()):
        lines += [
            f"[{name}]",
            f"corpora = {json.dumps(section.corpora)}",
            f'digest = "{section.digest}"',
            f"ignored = {json.dumps(section.ignored)}",
            "",
            f"[{name}.floors]",
            *(f"{json.dumps(figure)} = {floor:.4f}" for figure, floor in sorted(section.floors.items())),
            "",
        ]
    for one in floors.lowered:
        lines += [
            "[[lowered]]",
            f"figure = {json.dumps(one.figure)}",
            f"before = {one.before:.4f}",
            f"after = {one.after:.4f}",
            f"on = {one.on.isoformat()}",
            f"reason = {json.dumps(one.reason, ensure_ascii=False)}",
            "",
        ]
    path.write_text("\n".join(lines), encoding="utf-8")


# --- corpora ----------------------------------------------------------------------------------


def corpus_path(name: str) -> Path:
    """Where a corpus lies: in the repository, or outside it behind ``$shared``."""
    if name.startswith("$shared/"):
        shared = Path(os.environ.get("CLAIMHOUSE_SHARED", ROOT.parent / "shared"))
        return shared / name.removeprefix("$shared/")
    return ROOT / name


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def digest_of(corpora: Sequence[str]) -> str:
    """A digest over names and bytes of all files of the corpora; a name may hold ``*`` in its last part."""
    digest = hashlib.sha256()
    for name in sorted(corpora):
        for path in _matches(name):
            for file in _files(path):
                digest.update(f"{name} {file.name}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _matches(name: str) -> list[Path]:
    path = corpus_path(name)
    return sorted(path.parent.glob(path.name)) if "*" in path.name else [path] if path.exists() else []


def absent(corpora: Sequence[str]) -> list[str]:
    """Those of the corpora that are not here."""
    return [name for name in corpora if not _matches(name)]


# --- judging ----------------------------------------------------------------------------------


def _is_ignored(section: Section, figure: str) -> bool:
    return any(fnmatch(figure, pattern) for pattern in section.ignored)


def judge(name: str, section: Section, measured: Mapping[str, float], digest: str) -> list[Verdict]:
    """Every figure of a section against its floor, and what is wrong with the section itself."""
    verdicts = []
    if section.floors and digest != section.digest:
        fault = "the corpora are not those of the floors; look, then --raise"
        verdicts.append(Verdict(f"{name}: corpora", None, None, fault))
    for figure in sorted({*measured, *section.floors}):
        if _is_ignored(section, figure):
            continue
        value, floor = measured.get(figure), section.floors.get(figure)
        fault = ""
        if value is None or math.isnan(value):
            fault = "not measured any more"
        elif floor is not None and value < floor:
            fault = "UNDER ITS FLOOR"
        verdicts.append(Verdict(f"{name}.{figure}", value, floor, fault))
    return verdicts


def raise_floors(section: Section, measured: Mapping[str, float], digest: str) -> list[str]:
    """Raise every floor to a little under what was measured; returns what has changed."""
    changed = []
    for figure, value in sorted(measured.items()):
        if _is_ignored(section, figure) or math.isnan(value):
            continue
        reached = max(0.0, math.floor((value - MARGIN) * 10_000) / 10_000)
        before = section.floors.get(figure)
        if before is None or reached > before:
            section.floors[figure] = reached
            changed.append(f"{figure}: {before if before is not None else 'none'} -> {reached}")
    if section.digest != digest:
        section.digest = digest
        changed.append(f"digest of the corpora: {digest}")
    return changed


def lower_floor(floors: Floors, wanted: str, reason: str, today: date) -> Lowered:
    """Lower one floor, ``NAME.FIGURE=VALUE``, and keep the reason beside it.

    Raises:
        ValueError: there is no such floor, it would not be lower, or there is no reason.
    """
    label, _, value = wanted.partition("=")
    name, _, figure = label.partition(".")
    section = floors.sections.get(name)
    if section is None or figure not in section.floors:
        raise ValueError(f"there is no floor {label}")
    before, after = section.floors[figure], float(value)
    if after >= before:
        raise ValueError(f"{label} is {before}; {after} is not lower")
    if not reason.strip():
        raise ValueError("lowering a floor needs --reason")
    section.floors[figure] = after
    lowered = Lowered(label, before, after, today, reason.strip())
    floors.lowered.append(lowered)
    return lowered


# --- running ----------------------------------------------------------------------------------


def modules() -> dict[str, Measure]:
    """What measures, by name; a module without ``measure`` only helps another."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("[!_]*.py")):
        module = importlib.import_module(f"evaluation.{path.stem}")
        if hasattr(module, "measure"):
            found[path.stem] = module.measure
    return found


def run(floors: Floors, measures: Mapping[str, Measure], *, do_raise: bool = False) -> bool:
    """Measure and compare; True where no figure is under its floor."""
    is_good = True
    for name, measure in measures.items():
        section = floors.sections.get(name)
        if section is None:
            print(f"{name}: no section in {FLOORS.name}, which says what corpora it reads; not measured")
            is_good = False
            continue
        if missing := absent(section.corpora):
            print(f"{name}: left out, for {', '.join(missing)} is not here")
            continue
        measured, digest = measure(), digest_of(section.corpora)
        if do_raise:
            for change in raise_floors(section, measured, digest):
                print(f"{name}: raised {change}")
        for verdict in judge(name, section, measured, digest):
            print(verdict)
            is_good &= not verdict.fault
    return is_good


def main(arguments: Sequence[str] | None = None, measures: Mapping[str, Measure] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="modules of evaluation; all by default")
    parser.add_argument("--raise", dest="do_raise", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--lower", metavar="NAME.FIGURE=VALUE", help="lower one floor")
    parser.add_argument("--reason", default="", help="why a floor is lowered")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="another file of floors")
    args = parser.parse_args(arguments)
    floors = read(args.floors)
    if args.lower:
        try:
            one = lower_floor(floors, args.lower, args.reason, datetime.now(UTC).date())
        except ValueError as problem:
            parser.error(str(problem))
        write(floors, args.floors)
        print(f"{one.figure}: lowered from {one.before} to {one.after}: {one.reason}")
        return 0
    measures = modules() if measures is None else measures
    if unknown := set(args.names) - set(measures):
        parser.error(f"nothing measures {', '.join(sorted(unknown))}; there are {', '.join(measures)}")
    chosen = {name: measure for name, measure in measures.items() if not args.names or name in args.names}
    is_good = run(floors, chosen, do_raise=args.do_raise)
    if args.do_raise:
        write(floors, args.floors)
    print("no figure is under its floor" if is_good else "the gate is shut")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
