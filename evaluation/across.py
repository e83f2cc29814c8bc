"""What the warehouse relates across the articles of stories that readers labelled, and where it loses the rest.

Belongs here: reading labelled stories, resolving their articles in memory, and each labelled pair's fate. Does not
belong here: the labels of single articles (``evaluation.draws``), the relations of the samples
(``evaluation.relations``).

    python -m evaluation.across [--of shared|own] [--half read|kept] [--stories ID ...] [--fates] [--rows]

A story is some articles on one happening, with the pairs of statements that are related and tempting ones that are
not. The shared stories keep quotations; own ones (``draws/stories/*.json``) hold no text: an article is its id in the
shared real news with the SHA-256 of its text as the intake reads it, a statement its span in characters.

Of the own stories, half by hash of their ids may be read when rules are mended; the others are kept: their pairs are
counted, and never printed.

The fate of a labelled pair is ``found``, ``unsure`` (related below ``least_confidence``), ``other`` (related as
another kind), ``no statement`` (the extraction compares nothing of one side), ``apart`` (both are compared, in
different events) or ``no rule`` (one event, and no relation).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.draws.draw import SHARED
from evaluation.pairs import drafts, extracted, tables_of
from ingest.articles import ArticleDraft
from ingest.records import Article
from ingest.resolve.joining.events import EventStep
from ingest.resolve.joining.index import Index
from ingest.resolve.model import Account, Event, Statement
from ingest.resolve.relations.relations import Relation, relations_of
from ingest.resolve.steps import ShardRows
from ingest.settings import settings

SHARED_STORIES = SHARED / "corpora" / "stories_dev.jsonl"
OWN_STORIES = Path(__file__).with_name("draws") / "stories"
READINGS = Path(__file__).with_name("draws") / "readings"
FAMILY = {
    "contradicts": "against",
    "denies": "against",
    "corroborates": "with",
    "repeats": "with",
    "revises": "revises",
}
_RIGHT, _WRONG = ("right", "defended"), ("wrong", "refuted")
FATES = ("found", "unsure", "other", "no statement", "apart", "no rule")


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement of an article: its span in characters of the text as the intake reads it, end exclusive."""

    doc_id: str
    start: int
    end: int

    def is_in(self, doc_id: str, start: int, end: int) -> bool:
        """True where the two spans share a character."""
        return self.doc_id == doc_id and min(self.end, end) > max(self.start, start)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements: ``kind`` says how a reader relates them; a tempting pair, which is unrelated, has none."""

    one: Quote
    other: Quote
    kind: str | None = None
    axis: str | None = None
    is_sure: bool = True

    def is_of(self, relation: Relation) -> bool:
        """True where the relation ties spans over both statements, in whichever order."""
        a, b = (_ends(told) for told in (relation.earlier, relation.later))
        return (self.one.is_in(*a) and self.other.is_in(*b)) or (self.one.is_in(*b) and self.other.is_in(*a))


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one happening, and what a reader says of their statements."""

    story_id: str
    doc_ids: tuple[str, ...]
    pairs: tuple[Pair, ...]
    tempting: tuple[Pair, ...]
    is_trap: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """What resolving makes of all stories' articles: relations, and the statements with the events they are in."""

    relations: tuple[Relation, ...]
    statements: Mapping[str, Sequence[tuple[Statement, str]]]  # by article


def _ends(told: Any) -> tuple[str, int, int]:
    return told.account.article_version_id, told.statement.start, told.statement.end


def located(text: str, quote: str) -> tuple[int, int] | None:
    """The span of a quotation in a text, whatever white space stands in either; None where it is not there."""
    pattern = r"\s+".join(map(re.escape, quote.split()))
    found = re.search(pattern, text)
    return found.span() if found else None


def is_kept(story_id: str) -> bool:
    """True of own stories whose pairs nobody reads."""
    return int(hashlib.sha256(f"story:{story_id}".encode()).hexdigest(), 16) % 2 == 1


def stories(of: str, only: Iterable[str] = (), half: str = "") -> tuple[list[Story], dict[str, ArticleDraft]]:
    """Labelled stories with their articles; a pair of which a side is not found in its text is left out.

    ``of`` is "shared" or "own", ``only`` names stories, ``half`` is "read", "kept" or empty for all.
    """
    labels = _shared() if of == "shared" else _own()
    wanted = frozenset(only)
    labels = [label for label in labels if not wanted or label["story_id"] in wanted]
    if half:
        labels = [label for label in labels if is_kept(label["story_id"]) == (half == "kept")]
    read = drafts(frozenset(doc_id for label in labels for doc_id in label["doc_ids"]))
    return [_story(label, read) for label in labels], read


def _shared() -> list[dict[str, Any]]:
    return [json.loads(line) for line in SHARED_STORIES.read_text(encoding="utf-8").splitlines()]


def _own() -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(OWN_STORIES.glob("*.json"))]


def _story(label: Mapping[str, Any], read: Mapping[str, ArticleDraft]) -> Story:
    known = {doc_id: read[doc_id].text for doc_id in label["doc_ids"] if doc_id in read}
    sums = label.get("sha256", {})
    texts = {d: t for d, t in known.items() if d not in sums or hashlib.sha256(t.encode()).hexdigest() == sums[d]}

    def pairs(rows: Iterable[Mapping[str, Any]]) -> Iterator[Pair]:
        for row in rows:
            one, other = (_quote(row[side], texts) for side in ("a", "b"))
            if one and other:
                yield Pair(one, other, row.get("kind"), row.get("axis"), row.get("sure", True))

    return Story(
        label["story_id"],
        tuple(label["doc_ids"]),
        tuple(pairs(label["relations"])),
        tuple(pairs(label.get("tempting", ()))),
        label.get("trap", False),
    )


def _quote(side: Mapping[str, Any], texts: Mapping[str, str]) -> Quote | None:
    text = texts.get(side["doc_id"])
    if text is None:
        return None
    span = (side["start"], side["end"]) if "start" in side else located(text, side["quote"])
    return Quote(side["doc_id"], *span) if span else None


def accounts(read: Mapping[str, Article]) -> list[Account]:
    """All that the articles tell that can be compared."""
    return ShardRows(tables_of(extracted(read))).accounts()


def resolved(told: Sequence[Account]) -> Resolved:
    """The relations and events of these accounts, as one load makes them."""
    with tempfile.TemporaryDirectory(prefix="claimhouse-across-") as folder:
        index = Index(Path(folder) / "resolve.sqlite", "evaluation")
        index.open(None)
        try:
            step = EventStep(index)
            step.add(told)
            events = [settled.event for settled in step.settle() if settled.event is not None]
        finally:
            index.close()
    return Resolved(tuple(r for event in events for r in relations_of(event)), _by_article(told, events))


def _by_article(told: Iterable[Account], events: Iterable[Event]) -> dict[str, list[tuple[Statement, str]]]:
    event_of = {m.account.account_id: event.event_id for event in events for m in event.members}
    found: dict[str, list[tuple[Statement, str]]] = defaultdict(list)
    for account in told:
        event_id = event_of.get(account.account_id, account.account_id)
        found[account.article_version_id] += [(statement, event_id) for statement in account.statements]
    return found


def fate(pair: Pair, among: Resolved, least: float) -> str:
    """What became of a labelled pair, one of ``FATES``."""
    rows = [r for r in among.relations if pair.is_of(r)]
    family = FAMILY[pair.kind or ""]
    ours = [r for r in rows if FAMILY.get(r.kind) == family]
    if ours:
        return "found" if any(r.confidence >= least for r in ours) else "unsure"
    if any(r.confidence >= least for r in rows):
        return "other"
    sides = [
        {event_id for s, event_id in among.statements.get(q.doc_id, ()) if q.is_in(q.doc_id, s.start, s.end)}
        for q in (pair.one, pair.other)
    ]
    if not all(sides):
        return "no statement"
    return "no rule" if sides[0] & sides[1] else "apart"


def readings(of: str) -> list[tuple[Pair, bool]]:
    """The rows that readers judged beside the labels of the shared or the own stories, and whether each is right."""
    path = READINGS / f"{of}.json"
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return [(Pair(Quote(**row["a"]), Quote(**row["b"]), row["kind"]), row["verdict"] == "right") for row in rows]


def verdict(relation: Relation, story: Story, read: Iterable[tuple[Pair, bool]] = ()) -> str:
    """How right a shown row is.

    It is ``right``, ``wrong`` or ``neutral`` (the labeller is unsure) by a label, ``defended`` or ``refuted`` by
    readers who were asked about it, else ``unjudged``.
    """
    matches = [pair for pair in story.pairs if pair.is_of(relation)]
    if any(p.is_sure and FAMILY[p.kind or ""] == FAMILY.get(relation.kind) for p in matches):
        return "right"
    if any(not p.is_sure for p in matches):
        return "neutral"
    if matches or story.is_trap or any(pair.is_of(relation) for pair in story.tempting):
        return "wrong"
    said = [is_right for pair, is_right in read if pair.kind == relation.kind and pair.is_of(relation)]
    return ("defended" if any(said) else "refuted") if said else "unjudged"


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of each labelled pair of a story, and how right each shown row between its articles is."""

    story: Story
    fates: tuple[tuple[Pair, str], ...]
    rows: tuple[tuple[Relation, str], ...]


def judged(
    told: Iterable[Story], found: Resolved, least: float, read: Sequence[tuple[Pair, bool]] = ()
) -> Iterator[Judged]:
    """Each story with its sure pairs' fates, and the verdicts on the rows that are shown between its articles.

    ``read`` are the rows that readers judged beside the labels.
    """
    for story in told:
        docs = frozenset(story.doc_ids)
        shown = [
            r
            for r in found.relations
            if r.confidence >= least and r.kind in FAMILY and {_ends(r.earlier)[0], _ends(r.later)[0]} <= docs
        ]
        sure = (pair for pair in story.pairs if pair.is_sure)
        yield Judged(
            story,
            tuple((pair, fate(pair, found, least)) for pair in sure),
            tuple((r, verdict(r, story, read)) for r in shown),
        )


def tallies(of: Iterable[Judged]) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Fates of the pairs, and verdicts on the rows, by family of relations."""
    fates: dict[str, Counter[str]] = defaultdict(Counter)
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for one in of:
        for pair, became in one.fates:
            fates[FAMILY[pair.kind or ""]][became] += 1
        for relation, says in one.rows:
            rows[FAMILY[relation.kind]][says] += 1
    return fates, rows


def measure() -> dict[str, float]:
    """By family, of the shared stories and of both halves of the own ones: how many labelled pairs are found, and how
    many of the shown rows that anybody judged are right."""
    figures = {}
    for of, half in (("shared", ""), ("own", "read"), ("own", "kept")):
        told, read = stories(of, half=half)
        found = judged(told, resolved(accounts(read)), settings().least_confidence, readings(of))
        fates, rows = tallies(found)
        for family, became in fates.items():
            figures[f"{half or of}.{family}"] = became["found"] / became.total()
            right, wrong = (sum(rows[family][says] for says in of_sort) for of_sort in (_RIGHT, _WRONG))
            if right + wrong:
                figures[f"{half or of}.{family}.right"] = right / (right + wrong)
    return figures


def _show(of: Sequence[Judged], read: Mapping[str, Article], args: argparse.Namespace) -> None:
    for one in of:
        if args.of == "own" and is_kept(one.story.story_id):
            continue
        name = one.story.story_id
        for pair, became in one.fates if args.fates else ():
            if became != "found":
                ends = [(q.doc_id, q.start, q.end) for q in (pair.one, pair.other)]
                print(f"{name} {became.upper()} {pair.kind} {pair.axis}:", _words(read, ends))
        for relation, says in one.rows if args.rows else ():
            if says not in _RIGHT:
                ends = [_ends(side) for side in (relation.earlier, relation.later)]
                print(f"{name} {says.upper()} {relation.kind} {relation.axis} {relation.rule_id}:", _words(read, ends))
    fates, rows = tallies(of)
    for family, counted in fates.items():
        print(
            f"{family:8} recall {counted['found']}/{counted.total()} = {counted['found'] / counted.total():.3f};",
            end=" ",
        )
        print(", ".join(f"{name} {counted[name]}" for name in FATES[1:] if counted[name]), end="; rows ")
        shown = rows[family]
        print(", ".join(f"{says} {n}" for says, n in sorted(shown.items())) or "none", end="")
        right, of_all = shown["right"] + shown["defended"], shown.total() - shown["neutral"]
        print(f"; right or defended {right}/{of_all} = {right / of_all:.3f}" if of_all else "")


def _words(read: Mapping[str, Article], ends: Iterable[tuple[str, int, int]]) -> str:
    return " | ".join(repr(" ".join(read[doc_id].text[start:end].split())[:110]) for doc_id, start, end in ends)


def main() -> None:
    """Print what is found, and what becomes of the rest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--of", choices=["shared", "own"], default="shared")
    parser.add_argument("--half", choices=["read", "kept"], default="")
    parser.add_argument("--stories", nargs="*", default=())
    parser.add_argument("--fates", action="store_true", help="print each labelled pair that is not found")
    parser.add_argument("--rows", action="store_true", help="print each shown row that is not right")
    args = parser.parse_args()
    told, read = stories(args.of, args.stories, args.half)
    found = list(judged(told, resolved(accounts(read)), settings().least_confidence, readings(args.of)))
    _show(found, read, args)


if __name__ == "__main__":
    main()
