"""Who speaks, and the stems of words by which names and statements are compared.

Belongs here: the voice of a claim or a publisher as one article gives it, and its key across articles. Does not belong
here: whether two voices are one (``authority``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from ingest.extract.claims.coreference.identity import identify
from ingest.resolve.kinds import STEM, terms
from ingest.resolve.model import Voice

Row = Mapping[str, Any]

PERSON = "person:"  # how the key of a person begins
UNPUBLISHED = "article:"  # how the key of an article begins whose publisher is not known
_WORD = re.compile(r"[^\W\d_]{4,}")
_STATE_MEDIA = re.compile(r"\b(?:state|official)(?:[- ]run)? (media|news|radio|television|tv)\b", re.I)
_BEHIND_HEAD = re.compile(r"\s(?:of|for|in|on)\s")
_USUAL = 0.8  # the confidence of most claims
# a voice of these kinds goes by its name in every article; others only where they have a key
_NAMED_KINDS = frozenset(["institution", "country", "group", "media"])
_UNNAMED_KINDS = frozenset(["role", "unnamed", "group"])


@cache
def _stop_stems(language: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in terms("stop_words")) if language == "en" else frozenset()


@lru_cache(maxsize=65_536)
def stems(text: str, language: str = "en") -> frozenset[str]:
    """Beginnings of the words of a text that carry meaning, lower case: "shelled" and "shelling" have one."""
    return frozenset(word[:STEM] for word in _WORD.findall(_spelt(text))) - _stop_stems(language)


def _spelt(text: str) -> str:
    """A text in lower case, and "defense" as others spell it: so two papers name one ministry."""
    return text.lower().replace("defense", "defence")


def voice_of(claim: Row | None, article: Row) -> Voice:
    """Who says it: the claim's speaker, or the publisher where there is no claim."""
    publisher = article["publisher"]
    outlet = f"publisher:{publisher.strip().lower()}" if publisher else f"{UNPUBLISHED}{article['article_id']}"
    agency = article["agency"]
    origin = f"agency:{agency.strip().lower()}" if agency else f"text:{article['copy_group_id']}"
    if claim is None:
        is_named, words = publisher is not None, stems(publisher or "")
        return Voice(outlet, publisher, article["publisher_side"], True, is_named, origin, outlet, words=words)
    key, is_named = _speaker_key(claim, article)
    role = stems(f"{claim['speaker_role'] or ''} {claim['speaker_affiliation'] or ''}", article["language"] or "en")
    name = _spoken_for(claim) or claim["speaker_name"] or ""
    is_body = not key.startswith(PERSON)
    return Voice(
        key,
        claim["speaker_name"],
        claim["speaker_side"],
        False,
        is_named,
        origin,
        outlet,
        role,
        body=_heading_stem(name) if is_body else None,
        words=stems(name),
        is_media=claim["speaker_kind"] == "media" or are_state_media(name),
        certainty=min(1.0, claim["confidence"] / _USUAL),
    )


@lru_cache(maxsize=65_536)
def are_state_media(name: str) -> bool:
    """True of "state television" and "the official news agency", whichever state's they are."""
    return _STATE_MEDIA.search(name) is not None


@lru_cache(maxsize=65_536)
def medium_of_state(name: str) -> str | None:
    """What sort of medium of a state a name tells of: "television" for "state TV"; None for no one of them."""
    found = _STATE_MEDIA.search(name)
    medium = found[1].lower() if found is not None else None
    return {"tv": "television"}.get(medium or "", medium) if medium != "media" else None


def _heading_stem(name: str) -> str | None:
    """Stem of the noun that heads a name: of "Observatory" in "the Observatory for Human Rights"."""
    words = _WORD.findall(_BEHIND_HEAD.split(name.lower(), maxsplit=1)[0])
    return words[-1][:STEM] if words else None


def _spoken_for(claim: Row) -> str | None:
    """The body for which an unnamed speaker speaks; None where a person or the body itself does."""
    return claim["speaker_affiliation"] if claim["speaker_kind"] in _UNNAMED_KINDS else None


def _speaker_key(claim: Row, article: Row) -> tuple[str, bool]:
    """A key that is the same wherever the speaker is, and whether it is somebody's in particular."""
    key, name = claim["actor_key"], claim["speaker_name"]
    if (body := _spoken_for(claim)) is not None:
        own = identify(body, "institution", claim["speaker_side"]).key
        if own is not None:
            return own, True  # what the ministry's spokesman says is the ministry's word
    if key:
        # of two who speak of one happening and share a family name, an article rarely gives both
        return (key.partition("/")[0] if key.startswith(PERSON) else key), True
    if name and claim["speaker_kind"] in _NAMED_KINDS and name != name.lower():
        return f"name:{_spelt(name.removeprefix('the '))}", True
    return f"{article['article_id']}:{(name or '').lower()}", False
