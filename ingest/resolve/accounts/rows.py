"""The landed rows that accounts are made of, by what they belong to.

Belongs here: finding the rows of an article, a mention or a claim, and what is asked of one row again and again. Does
not belong here: what they come to (``accounts``, ``quotations``, ``paraphrases``, ``answers``), reading files
(``steps``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ingest.resolve.accounts.voices import Row, voice_of
from ingest.resolve.model import Voice


class Rows:
    """The landed rows that accounts of some articles are made of, by what they belong to."""

    def __init__(self, tables: Mapping[str, Iterable[Row]]) -> None:
        self.articles = {row["article_version_id"]: row for row in tables["articles"]}
        self.claim_links = list(tables["claim_links"])
        self.claims = {row["claim_id"]: row for row in tables["claims"]}
        # the links to a claim from those that answer it
        answering = sorted((r for r in self.claim_links if r["fact_kind"] == "claim"), key=lambda r: r["claim_link_id"])
        self.answers = _grouped(answering, "fact_id")
        self.locations = {row["location_id"]: row for row in tables["locations"]}
        self.figures = {row["figure_id"]: row for row in tables["figures"]}
        self.arguments = _grouped(tables["event_arguments"], "event_mention_id")
        self.counts = _grouped(tables["event_counts"], "event_mention_id")
        self.mentions = _grouped(tables["event_mentions"], "article_version_id")
        self._voice_of: dict[tuple[str, str | None], Voice] = {}
        self.voices = self._voices()
        resolved = (row for row in self.locations.values() if row["is_resolved"])
        # the places of each article of which it is known where they lie, in the order of its text
        self.named = _grouped(sorted(resolved, key=lambda r: (r["char_start"], r["location_id"])), "article_version_id")
        # the claim that each cue makes, by where it stands
        self.cues = {
            (c["article_version_id"], c["cue_start"]): c for c in self.claims.values() if c.get("cue_start") is not None
        }

    def _voices(self) -> dict[str, frozenset[str]]:
        """Keys of those who speak in each article."""
        found: dict[str, set[str]] = defaultdict(set)
        for claim in self.claims.values():
            article = self.articles.get(claim["article_version_id"])
            if article is not None:
                found[claim["article_version_id"]].add(self.voice_of(claim, article).key)
        return {version_id: frozenset(keys) for version_id, keys in found.items()}

    def voice_of(self, claim: Row | None, article: Row) -> Voice:
        """The voice of a claim, or the publisher's, made once: the same speaker is asked for by each mention."""
        key = article["article_version_id"], claim["claim_id"] if claim is not None else None
        found = self._voice_of.get(key)
        if found is None:
            found = self._voice_of[key] = voice_of(claim, article)
        return found


def _grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    for group in groups.values():
        group.sort(key=lambda row: row.get("ordinal", 0))
    return groups


def place_id_of(row: Row) -> str:
    """The id of a location's place, the same in every article."""
    named = f"named:{row['place']}|{row['country']}|{row['admin1']}"
    return f"geonames-{row['geonameid']}" if row["geonameid"] is not None else named
