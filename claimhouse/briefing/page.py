"""Puts a briefing together as one HTML file.

Belongs here: templates, what they may call, the policy that keeps a page from loading anything.
Does not belong here: what a page tells (``data``), where its marks stand (``maps``, ``timeline``, ``figures``).
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup, escape

from claimhouse.briefing import figures, maps, words
from claimhouse.briefing.basemap import Basemap
from claimhouse.briefing.records import Briefing, Claim
from claimhouse.briefing.timeline import BAR_HEIGHT, timeline

TEMPLATES = Path(__file__).parent / "templates"
# in the open; the rest is folded
_MAIN_EVENTS = 12
_MAIN_PAIRS = 6


@dataclass(frozen=True, slots=True)
class Sum:
    """One number at the head of the page, and the rows it leads to."""

    value: int
    text: str
    target: str
    filter: str = ""


def _shown(value: Any) -> Any:
    """What a template writes: text from articles is stripped of what would turn or hide the text around it."""
    if value is None:
        return ""
    return words.clean(value) if type(value) is str else value


def environment(**filters: Callable[..., Any]) -> jinja2.Environment:
    """The templates with their filters, and those of one page; all that is not markup of their own is escaped."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": words.day,
        "short_day": words.short_day,
        "event_noun": words.event_noun,
        "days": words.days,
        "number": words.number,
        "count": words.count,
        "shortened": words.shortened,
        "revision": words.revision,
        "bounds": lambda s: words.bounds(s.low, s.high, s.bound),
        "toll": lambda t: words.toll(t.lowest, t.highest),
        "told_words": words.brief,
        "apart": apart,
        "web": web_address,
        "moment": lambda at: f"{words.day(at)}, {at:%H:%M} UTC" if at else "at an unknown time",
        "topic": lambda code: "Other matters" if code == "other" else code.replace("_", " ").capitalize(),
        "lower_first": lambda text: text[:1].lower() + text[1:],
        **filters,
    }
    return made


def apart(text: str) -> Markup:
    """Text whose direction does not reach beyond it. Most needs no element for that, and a page has thousands."""
    shown = escape(words.clean(text))
    return Markup("<bdi>{}</bdi>").format(shown) if any(_is_right_to_left(c) for c in text) else shown


def _is_right_to_left(character: str) -> bool:
    return character > "\u058f" and unicodedata.bidirectional(character) in ("R", "AL", "AN")


def web_address(url: str | None) -> str | None:
    """An address that a reader may be sent to, or None: an article's address is the article's own word."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def render(
    template: str,
    headline: str,
    script: str | None = None,
    filters: Mapping[str, Callable[..., Any]] | None = None,
    **values: Any,
) -> str:
    """One page, with its style and script in it, and a policy that allows these two and nothing else."""
    css = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    code = (TEMPLATES / script).read_text(encoding="utf-8") if script else ""
    policy = f"default-src 'none'; style-src '{_digest(css)}'; base-uri 'none'; form-action 'none'"
    if code:
        policy += f"; script-src '{_digest(code)}'"
    return (
        environment(**(filters or {}))
        .get_template(template)
        .render(
            headline=headline,
            css=_own(css),
            script=_own(code),
            policy=policy,
            **values,
        )
    )


def _own(text: str) -> Markup:
    """A file of this package as it is."""
    return Markup(text)  # noqa: S704


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def briefing_page(briefing: Briefing, basemap: Basemap) -> str:
    """The briefing as HTML."""
    places = _Places(briefing)
    pairs = briefing.relations.get("contradicts", 0) + briefing.relations.get("denies", 0)
    shown = sum(1 + c.same_again for c in briefing.contradictions)
    sides = {c.side for c in briefing.claims}
    spans_years = briefing.scope.since.year != briefing.scope.until.year
    return render(
        "briefing.html.j2",
        words.title(briefing),
        "page.js",
        {
            "side": briefing.lane_name,
            "meaning": lambda code, code_list: briefing.meaning(code_list, code),
            "thing": partial(words.heading, briefing),
            "row_day": lambda day: words.short_day(day, has_year=spans_years),
        },
        b=briefing,
        lead=[s for s in words.lead(briefing) if s],
        sums=_sums(briefing),
        main_events=briefing.events[:_MAIN_EVENTS],
        more_events=briefing.events[_MAIN_EVENTS:],
        main_pairs=briefing.contradictions[:_MAIN_PAIRS],
        folded_pairs=briefing.contradictions[_MAIN_PAIRS:],
        atlas=maps.draw(briefing.mentions, briefing.contested, basemap, briefing.sides),
        timeline=timeline(briefing.days, briefing.scope.since, briefing.scope.until),
        charts_of=[figures.chart(thing) for thing in briefing.things],
        bar_height=BAR_HEIGHT,
        chart_height=figures.HEIGHT,
        pairs_all=pairs,
        more_pairs=pairs > shown or shown > len(briefing.contradictions),
        shown_claims={c.claim_id for c in briefing.claims},
        number_of=lambda spot: places.number(spot.place_id, spot.place),
        numbers_of=lambda claim: " ".join(dict.fromkeys(places.number(*p) for p in claim.places)),
        kinds_of=lambda claim: _kinds(claim, briefing),
        sides=sorted((s for s in sides if s), key=briefing.side_name) + ([None] if None in sides else []),
        topics=sorted({c.topic for c in briefing.claims}),
        places=places.options(),
        speakers=sorted({c.speaker for c in briefing.claims if c.speaker}, key=str.casefold),
        limits=words.limits(briefing),
    )


class _Places:
    """A short number for each place, by which rows and marks find each other."""

    def __init__(self, briefing: Briefing) -> None:
        self._numbers: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for mention in briefing.mentions:
            key = mention.place_id or mention.place
            if key not in self._numbers:
                self._numbers[key] = str(len(self._numbers))
                self._names[key] = mention.place + (f", {mention.admin1}" if mention.admin1 else "")

    def number(self, place_id: str | None, name: str) -> str:
        return self._numbers.get(place_id or name, "")

    def options(self) -> list[tuple[str, str]]:
        """Number and name of each place, by name."""
        pairs = [(number, self._names[key]) for key, number in self._numbers.items()]
        return sorted(pairs, key=lambda p: p[1].casefold())


def _kinds(claim: Claim, briefing: Briefing) -> str:
    """Letters of the kinds that a claim can be filtered by: n denial, u passed on as untrue, x contradicted."""
    flags = (
        ("n", claim.polarity == "negative"),
        ("u", claim.stance == "disputed"),
        ("x", claim.claim_id in briefing.contested),
    )
    return " ".join(letter for letter, is_so in flags if is_so)


def _sums(briefing: Briefing) -> list[Sum]:
    c = briefing.counts
    places = len({m.place_id for m in briefing.mentions if m.place_id})
    pairs = briefing.relations.get("contradicts", 0) + briefing.relations.get("denies", 0)
    return [
        Sum(briefing.event_count, "events", "events"),
        Sum(c.claims, "claims", "claims"),
        Sum(c.speakers, "speakers", "claims"),
        Sum(c.articles, "articles", "sources"),
        Sum(c.independent, "origins of their texts", "sources"),
        Sum(places, "places", "map"),
        Sum(pairs, "contradicting pairs", "contradictions"),
        Sum(c.negative, "denials", "claims", "kind=n"),
        Sum(c.figures, "figures in claims", "figures"),
    ]
