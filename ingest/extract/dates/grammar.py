"""The cascade: grammar rules as regular expressions over the classes of lexemes.

Belongs here: compiling ``data/en/rules.toml``, matching a level's rules from left to right with the
longest match first, and the check that catalogue and code name the same builders. Does not belong
here: what a rule means (``build``).

Each class is one private character, so that a run of lexemes is a short string and a rule is an
ordinary compiled pattern over it. A level rewrites matches to phrases; the next level sees those.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.extract.dates import build
from ingest.extract.dates.build.registry import PHRASES
from ingest.extract.dates.lexer import Node, classes, read_table

Match = Callable[[str, int], "re.Match[str] | None"]
Builder = Callable[[Sequence[Node], str], "Node | list[Node] | None"]

Plan = list[list[tuple[int, "Rule"]]]

_MOST_PLANS = 20_000
_NO_CLASS = "\uf8ff"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the catalogue."""

    id: str
    description: str
    example: str
    builder: Builder | None


class CatalogueError(ValueError):
    """The catalogue names a builder that the code has not, or the other way round."""


def _rule(entry: dict[str, Any], builder: Builder | None) -> Rule:
    """An entry of the catalogue as a rule.

    Raises:
        CatalogueError: it has no description or no example.
    """
    if missing := {"description", "example"} - set(entry):
        raise CatalogueError(f"rule {entry['id']} lacks {', '.join(sorted(missing))}")
    return Rule(entry["id"], entry["description"], entry["example"], builder)


class Grammar:
    """The compiled catalogue."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._chars: dict[str, str] = {}
        self._sets: dict[str, list[str]] = {k: v.split() for k, v in table["sets"].items()}
        self.rules: dict[str, Rule] = {}
        self._plans: list[dict[str, Plan | None]] = [{} for _ in table["levels"]]
        self._barren: set[str] = set()  # classes of runs that no rule matches
        self._levels: list[dict[str, list[tuple[Match, Rule]]]] = []
        compiled: list[list[tuple[Rule, str]]] = []
        used: set[str] = set()
        for level in table["levels"]:
            rules = []
            for entry in level["rules"]:
                name = entry["build"]
                builder = build.BUILDERS.get(name)
                if builder is None:
                    raise CatalogueError(f"rule {entry['id']} names builder {name!r}, which does not exist")
                if entry["id"] in self.rules:
                    raise CatalogueError(f"rule {entry['id']} stands twice in the catalogue")
                used.add(name)
                rule = _rule(entry, builder)
                self.rules[rule.id] = rule
                # each pattern by itself: an alternation would take the first that fits, not the longest
                rules += [(rule, self._translate(pattern)) for pattern in entry["patterns"]]
            compiled.append(rules)
        for entry in table["judged"]:
            self.rules[entry["id"]] = _rule(entry, None)
        if unused := set(build.BUILDERS) - used:
            raise CatalogueError(f"builders without a rule: {sorted(unused)}")
        if unknown := set(self._chars) - classes() - PHRASES:
            raise CatalogueError(f"patterns name classes that no word has: {sorted(unknown)}")
        for rules in compiled:
            index: dict[str, list[tuple[Match, Rule]]] = {}
            for rule, source in rules:
                match = _matcher(source)
                for char in sorted(_firsts(source)):
                    index.setdefault(char, []).append((match, rule))
            self._levels.append(index)

    def char(self, cls: str) -> str:
        found = self._chars.get(cls)
        if found is None:
            found = self._chars[cls] = chr(0xE000 + len(self._chars))
        return found

    def _members(self, name: str) -> list[str]:
        if name not in self._sets:
            return [name]
        return [m for part in self._sets[name] for m in self._members(part)]

    def _translate(self, pattern: str) -> str:
        """Class names to character classes; the rest of the pattern is plain regex syntax."""

        def name(match: re.Match[str]) -> str:
            return "[" + "".join(self.char(c) for c in self._members(match.group())) + "]"

        return re.sub(_NAME, name, pattern).replace(" ", "")

    def parse(self, nodes: list[Node], text: str) -> list[Node]:
        """All levels over one run; returns the phrases and whatever lexemes are left."""
        classes = self._classes(nodes)
        if classes in self._barren:
            return nodes
        lexed = classes
        for level, plans in enumerate(self._plans):
            plan = plans[classes] if classes in plans else self._plan(level, classes)
            if plan is None:
                continue
            out: list[Node] = []
            i, n = 0, len(nodes)
            while i < n:
                for end, rule in plan[i]:
                    made = rule.builder(nodes[i:end], text) if rule.builder is not None else None
                    if made is not None:
                        for node in made if isinstance(made, list) else (made,):
                            node.rule = node.rule or rule.id
                            out.append(node)
                        i = end
                        break
                else:
                    out.append(nodes[i])
                    i += 1
            nodes, classes = out, self._classes(out)
            lexed = ""
        if lexed and len(self._barren) < _MOST_PLANS:
            self._barren.add(lexed)  # no rule of any level matches
        return nodes

    def _classes(self, nodes: list[Node]) -> str:
        """The classes of nodes, a character each."""
        chars = self._chars
        return "".join([chars.get(n.cls, _NO_CLASS) for n in nodes])

    def _plan(self, level: int, string: str) -> Plan | None:
        """For each node of a new string of classes the rules that match from it, the longest first; None without any.

        It hangs on the classes alone, and most runs are like one seen before ("on Monday").
        """
        plans = self._plans[level]
        if len(plans) >= _MOST_PLANS:
            plans.clear()
        index = self._levels[level]
        plan: Plan = []
        for i, char in enumerate(string):
            hits = [(match(string, i), rule) for match, rule in index.get(char, ())]
            found = [(hit.end(), rule) for hit, rule in hits if hit is not None and hit.end() > i]
            plan.append(sorted(found, key=_by_length))
        plans[string] = plan if any(plan) else None
        return plans[string]


def _matcher(source: str) -> Match:
    return re.compile(source).match


def _by_length(found: tuple[int, Rule]) -> int:
    return -found[0]


# What stands before a match is not part of it.
_LOOKBEHIND = re.compile(r"\(\?<[=!](?:\[[^\]]*\]|[^()])*\)")


def _firsts(source: str) -> set[str]:
    """The characters that a match of a pattern can begin with."""
    found: set[str] = set()
    for alternative in _alternatives(_LOOKBEHIND.sub("", source)):
        found |= _leading(alternative)[0]
    return found


def _leading(source: str) -> tuple[set[str], bool]:
    """Characters that can stand first, and whether all of the pattern can be skipped."""
    found: set[str] = set()
    i = 0
    while i < len(source):
        if source[i] == "[":
            end = source.index("]", i)
            item, may_skip, i = set(source[i + 1 : end]), False, end + 1
        else:
            end = _closing(source, i)
            inner, i = source[i + 1 : end], end + 1
            if inner.startswith(("?!", "?=")):
                continue
            parts = [_leading(part) for part in _alternatives(inner)]
            item, may_skip = {c for chars, _ in parts for c in chars}, any(skip for _, skip in parts)
        found |= item
        if source[i : i + 1] in ("?", "*"):
            may_skip, i = True, i + 1
        elif source[i : i + 1] == "+":
            i += 1
        if not may_skip:
            return found, False
    return found, True


def _closing(source: str, start: int) -> int:
    """Where the bracket that opens at ``start`` closes."""
    depth = 0
    for i in range(start, len(source)):
        depth += {"(": 1, ")": -1}.get(source[i], 0)
        if depth == 0:
            return i
    raise CatalogueError(f"a bracket is never closed in {source!r}")


def _alternatives(source: str) -> list[str]:
    """Top-level alternatives of a pattern."""
    parts, depth, current = [], 0, ""
    for c in source:
        depth += {"(": 1, ")": -1}.get(c, 0)
        if c == "|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += c
    return [*parts, current]


@cache
def load_grammar() -> Grammar:
    """The grammar, compiled once a process."""
    return Grammar(read_table("rules.toml"))
