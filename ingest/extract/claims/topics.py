"""What a claim is about.

Belongs here: the topic of a content from its words, weighed by where they stand in its clause, and
from what was being told where it has no words of its own. Does not belong here: the words
(``topics.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.extract.analysis import NO_HEAD, Analysis
from ingest.extract.claims.draft import Draft
from ingest.extract.claims.lexicon import toml

_WORD = re.compile(r"[\w-]+")
_ORDERS = frozenset(["order", "command", "instruct", "direct", "task", "plan", "intend", "aim"])
_ASIDE = re.compile(r"(?<=\w)[,]? (?:after|when|while|because|despite|although|in order to|which|following|amid)\b")
_LEAST = 1.7  # a single weak word makes no topic
_LEAST_AROUND = 4.0  # what stands around a content speaks for it only where it is clear
_IN_ASIDE, _IN_CORE, _AT_ROOT = 0.5, 1.6, 1.5
_SUBORDINATE = frozenset(["relcl", "advcl"])
_CORE = frozenset(["dobj", "attr", "acomp", "oprd", "nsubjpass", "prt", "xcomp"])
_POINTING = frozenset(
    ["it", "they", "he", "she", "this", "that", "these", "those", "one", "such", "the", "a", "an", "we", "there", "i"]
)
Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A phrase or a pair: the words one of which a text must have for it to be looked for."""

    pattern: re.Pattern[str]
    topic: str
    weight: float
    first: tuple[str, ...]

    def may_start_with(self, word: str) -> bool:
        return any(word.startswith(f[:-1]) if f.endswith("*") else word == f for f in self.first)


@dataclass(frozen=True, slots=True)
class _Lookup:
    """The topics' words, found by a word, by its beginning, or (phrases and pairs) by the first letters of one."""

    exact: dict[str, list[tuple[str, float]]]
    starts: dict[str, list[tuple[str, str, float]]]
    patterns: dict[str, list[_Pattern]]


def _word_pattern(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(w).replace(r"\*", r"[\w-]*").replace(r"\ ", r"\s+") for w in words) + ")"


_AUX = r"(?:been|was|were|be|being|is|are|had|has|have|would|will|could|can)"


def _pair_pattern(pair: dict[str, list[str]]) -> re.Pattern[str]:
    """ "Took the town" and "the town was taken"."""
    done, thing = _word_pattern(pair["done"]), _word_pattern(pair["thing"])
    named = r"|(?:the\s+)?(?-i:[A-Z][\w’'-]+)" if pair.get("named") else ""
    return re.compile(
        rf"(?<![\w-]){done}\s+(?:(?:[\w’'.,-]+\s+){{0,5}}?{thing}(?![\w-]){named})"
        rf"|(?<![\w-]){thing}\s+(?:[\w’'-]+\s+){{0,3}}?{_AUX}\s+(?:\w+\s+)?{done}(?![\w-])",
        re.I,
    )


@cache
def _lookup() -> _Lookup:
    exact: dict[str, list[tuple[str, float]]] = {}
    starts: dict[str, list[tuple[str, str, float]]] = {}
    patterns: dict[str, list[_Pattern]] = {}

    def add(pattern: _Pattern) -> None:
        for letters in {f.rstrip("*")[:3] for f in pattern.first}:
            patterns.setdefault(letters, []).append(pattern)

    for name, table in toml("topics.toml").items():
        for weight, listed in table.items():
            if weight == "pairs":
                for pair in listed:
                    first = tuple(done.split(" ")[0] for done in pair["done"])
                    add(_Pattern(_pair_pattern(pair), name, float(pair["weight"]), first))
                continue
            for word in listed:
                if " " in word or not re.fullmatch(r"[\w-]+\*?", word):
                    source = re.escape(word).replace(r"\*", r"[\w-]*").replace(r"\ ", r"\s+")
                    whole = re.compile(r"(?<![\w-])" + source + r"(?![\w-])", re.I)
                    add(_Pattern(whole, name, float(weight), (word.split(" ")[0],)))
                elif word.endswith("*"):
                    starts.setdefault(word[:3], []).append((word[:-1], name, float(weight)))
                else:
                    exact.setdefault(word, []).append((name, float(weight)))
    return _Lookup(exact, starts, patterns)


def scores(text: str, asides: Ranges = (), core: Ranges = ()) -> dict[str, float]:
    """The weight of each topic's words in a text; each word counts once for a topic."""
    lookup = _lookup()
    total = dict.fromkeys(toml("topics.toml"), 0.0)
    best: dict[tuple[str, str], float] = {}

    def count(name: str, word: str, weight: float, at: int, end: int = -1) -> None:
        depth = 0
        for s, e in core:
            depth += s <= at < e or s <= end < e
        if depth:
            weight *= _IN_CORE * (_AT_ROOT if depth > 1 else 1.0)
        elif any(s <= at < e for s, e in asides):
            weight *= _IN_ASIDE
        key = name, word
        if weight > best.get(key, 0.0):
            total[name] += weight - best.get(key, 0.0)
            best[key] = weight

    seen: set[int] = set()
    for m in _WORD.finditer(text):
        word = m.group().lower()
        for name, weight in lookup.exact.get(word, ()):
            count(name, word, weight, m.start())
        letters = word[:3]
        for start, name, weight in lookup.starts.get(letters, ()):
            if word.startswith(start):
                count(name, start, weight, m.start())
        for p in lookup.patterns.get(letters, ()):
            if id(p) in seen or not p.may_start_with(word):
                continue
            seen.add(id(p))
            if (hit := p.pattern.search(text)) is not None:
                count(p.topic, p.pattern.pattern, p.weight, hit.start(), hit.end() - 1)
    return total


def topic(text: str, cue: str = "", asides: Ranges = (), core: Ranges = (), around: str = "") -> str:
    """The topic whose words weigh most; an order is one by its cue; an empty content has that of ``around``."""
    if not asides and not core and (aside := _ASIDE.search(text)) is not None:
        asides = [(aside.start(), len(text))]
    found = scores(text, asides, core)
    if cue in _ORDERS:
        found["order_or_plan"] += 8.0
    best = max(found, key=lambda name: found[name])
    if found[best] >= _LEAST:
        return best
    if around and _says_little(text):
        near = scores(around)
        best = max(near, key=lambda name: near[name])
        if near[best] >= _LEAST_AROUND:
            return best
    return "other"


def _says_little(text: str) -> bool:
    """True for a content that points to what was told before: "it had been a mistake", "700"."""
    words = text.split()
    return len(words) <= 4 or (len(words) <= 12 and words[0].lower() in _POINTING - {"the", "a", "an", "there"})


def topic_of(analysis: Analysis, draft: Draft) -> str:
    """The topic of a draft's content; of "denied this" that of what is denied."""
    if draft.about is not None:
        return topic_of(analysis, draft.about)
    spans = sorted(draft.content)
    text = " … ".join(analysis.text[s:e] for s, e in spans)
    asides, core = _weights(analysis, spans)
    return topic(text, draft.cue.lemma if draft.cue else "", asides, core, _around(analysis, draft))


def _around(analysis: Analysis, draft: Draft) -> str:
    """The two sentences before a content, in its own paragraph or the one before."""
    here = analysis.sentence_at(draft.start)
    first = max(0, here - 2)
    sentences = analysis.sentences[first : here + 1]
    start = next(s.start for s in sentences if s.paragraph >= analysis.sentences[here].paragraph - 1)
    end = draft.start
    if draft.speaker is not None and start <= draft.speaker.full_start < end:
        # who speaks is not what is spoken of
        return analysis.text[start : draft.speaker.full_start] + analysis.text[draft.speaker.full_end : end]
    return analysis.text[start:end]


def _weights(analysis: Analysis, spans: list[tuple[int, int]]) -> tuple[Ranges, Ranges]:
    """Ranges of the joined text that are subordinate, and those of the main predicate with what it is about."""
    t = analysis.tokens
    asides: list[tuple[int, int]] = []
    core: list[tuple[int, int]] = []
    shift = 0
    for number, (start, end) in enumerate(spans):
        moved = shift - start
        shift += end - start + len(" … ")
        first = analysis.token_at(start)
        first += t.ends[first] <= start
        last = first
        while last < len(t) and t.starts[last] < end:
            last += 1
        if first >= last or t.heads[first] == NO_HEAD:
            continue
        below: set[int] = set()
        root = None
        for k in range(first, last):
            head = t.heads[k]
            if head == NO_HEAD:
                continue
            if not first <= head < last or head == k:
                if root is None and t.deps[k] not in ("punct", "mark", "aux", "cc", "advmod", "prep"):
                    root = k
                continue
            if t.deps[k] in _SUBORDINATE:
                below.add(k)
        for k in range(first, last):
            at, steps = k, 0
            while at not in below and first <= t.heads[at] < last and t.heads[at] != at and steps < 30:
                at, steps = t.heads[at], steps + 1
            if at in below and at != root:
                asides.append((t.starts[k] + moved, t.ends[k] + moved))
            elif root is not None and not number and (k == root or (t.heads[k] == root and t.deps[k] in _CORE)):
                place = (t.starts[k] + moved, t.ends[k] + moved)
                core += [place, place] if k == root else [place]  # the predicate itself weighs double
    return asides, core
