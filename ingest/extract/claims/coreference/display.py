"""What a speaker is called in a claim, and which mentions cannot speak at all.

Belongs here: the name of a resolved mention; words for people, things and deeds that are spoken of and say
nothing. Does not belong here: who is meant (``resolution``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.analysis import Analysis
from ingest.extract.claims.coreference.actors import Actor, bare, known
from ingest.extract.claims.coreference.names import lower_article
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, PROPER, Mention

_SITE_LINES = words("coreference.toml", "site_lines")
_SOUNDING = words("coreference.toml", "sounding")
_SILENT = words("coreference.toml", "silent")
_COUNTED = words("coreference.toml", "counted")
_DEED_ENDINGS = tuple(words("coreference.toml", "deed_endings"))
_ROLES = words("people.toml", "roles")
_COLLECTIVE = words("people.toml", "collective", "words")
_DOCUMENTS = words("people.toml", "documents")
_BODY_WORDS = words("people.toml", "bodies", "words")
_SPEAKING_DEEDS = words("coreference.toml", "speaking_deeds")
_RELATIVE = re.compile(r",?\s+(?:who|whom|whose|which)\b")
_CREDIT = re.compile(r"^\(?[^()]*\)\s+(?=\w)")  # of a picture or an agency: "(Reuters) Local officials"
_ARTICLE = re.compile(r"^(?:the|an?) ")
_CLOSED = re.compile(r"(?<=[a-z]{3})\.$")  # the full stop of a sentence without a space behind it; not that of "Jr."
_EDGES = "\"“”„«»‘’'•*|–—- ,;:"
_PRONOUN_TAGS = frozenset(["PRP", "PRP$", "WP", "WDT"])


def name_of(analysis: Analysis, mention: Mention | None, actor: Actor | None) -> str | None:
    """What the speaker is called: the actor's name; who is joined or has no name, as written.

    Returns:
        None where there is no mention, or a pronoun that stands for nobody who is named.
    """
    if mention is None:
        return None
    t, tag, behind = analysis.tokens, analysis.tokens.tags[mention.head], mention.head + 1
    if actor is None and tag in _PRONOUN_TAGS:
        return None
    written = analysis.text[mention.start : mention.end].strip(_EDGES)
    written = _CREDIT.sub("", written)
    written = _RELATIVE.split(lower_article(written))[0].rstrip(" ,").removesuffix("’s").removesuffix("'s")
    if behind < len(t) and t.tags[behind] == "VBG" and t.deps[behind] == "acl" and t.starts[behind] < mention.end:
        # "a soldier serving in the north"
        written = lower_article(analysis.text[mention.start : t.ends[mention.head]].strip(_EDGES))
    if actor is None:
        return written or None
    if actor.kind == "institution":
        written = _ARTICLE.sub("", written)  # bodies are called without one
    is_joint = " and " in written and tag in PROPER  # a body's own name may have an "and"
    if is_joint and (actor.kind != "institution" or _is_listed_beside(actor, written)):
        return written
    is_noun = tag not in _PRONOUN_TAGS
    is_same = t.lowers[mention.head] in actor.name.lower().split()  # not "the council's website", for the council
    is_noun = is_noun and (actor.kind != "institution" or _is_placed(analysis, mention))
    is_fuller = len(written) > len(actor.name) and actor.name.lower() in written.lower()
    if _has_no_name(actor) and is_noun and is_same and is_fuller:
        return written
    return _CLOSED.sub("", actor.name.strip(_EDGES)) or written or None


def names_of(
    analysis: Analysis, mentions: Sequence[Mention | None], actors: Sequence[Actor | None]
) -> list[str | None]:
    """What each speaker of a text is called.

    Who has no name is called as the text first describes him, wherever it tells of him again: "the divers in the
    port" for their "statement", for "they" and for "the divers".
    """
    described: dict[int, str] = {}
    names: list[str | None] = []
    for mention, actor in zip(mentions, actors, strict=True):
        name = name_of(analysis, mention, actor)
        if mention is not None and actor is not None and name is not None and _has_no_name(actor):
            if len(name) > len(actor.name):
                described.setdefault(id(actor), name)
            elif _is_told_again(analysis, mention, actor):
                name = described.get(id(actor), name)
        names.append(name)
    return names


def _is_listed_beside(actor: Actor, written: str) -> bool:
    """True for a listed body with another beside it: "Amnesty International and Human Rights Watch"."""
    sides = [bare(side) for side in written.split(" and ")]
    return " and " not in actor.name and len(sides) == 2 and all(side in known() for side in sides)


def _has_no_name(actor: Actor) -> bool:
    """True for those whom the text describes and does not name: "a court", "local officials"."""
    is_described = actor.name == actor.name.lower()
    return (
        actor.kind in ("unnamed", "role")
        or (actor.kind == "group" and (is_described or actor.plural))
        or (actor.kind == "institution" and is_described)
    )


def _is_placed(analysis: Analysis, mention: Mention) -> bool:
    """True where nothing stands behind the noun, or a name does: "a court in Rostov", not "the council in a letter"."""
    t = analysis.tokens
    behind = range(mention.head + 1, analysis.first_token_from(mention.end))
    return not behind or any(t.tags[k] in PROPER for k in behind)


def _is_told_again(analysis: Analysis, mention: Mention, actor: Actor) -> bool:
    """True for a pronoun, a document of his, and a noun with an article that points back."""
    t, head = analysis.tokens, mention.head
    if t.tags[head] in _PRONOUN_TAGS or t.lowers[head] not in actor.name.lower().split():
        return True
    return t.lowers[analysis.first_token_from(mention.start)] in ("the", "these", "those")


def may_speak(analysis: Analysis, mention: Mention) -> bool:
    """False for what is spoken of and says nothing: deeds and things, counted people, lines of a site.

    Args:
        analysis: the text.
        mention: the noun phrase that the syntax offers as the speaker.
    """
    t, head = analysis.tokens, mention.head
    low, tag = t.lowers[head], t.tags[head]
    text = analysis.text[mention.start : mention.end].strip(_EDGES)
    if not any(c.isalpha() for c in text) or low in CALENDAR:
        return False
    if text.lower() in _SITE_LINES:
        return False
    if tag in _PRONOUN_TAGS or tag in PROPER:
        return True
    if t.words[head][0].isdigit():
        return False  # "another 50 were hurt, blaming the army"
    singular = low[:-1] if tag == "NNS" and low.endswith("s") else low
    if low in _SOUNDING and t.deps[head] not in ("nsubj", "nsubjpass", "ROOT"):
        return False  # "they used a loudspeaker to call out"
    if low in _SILENT or singular in _SILENT:
        return False
    if low in _COUNTED and _is_counted(analysis, mention):
        return False
    return not _is_deed(singular) or _speaks(singular)


def _is_counted(analysis: Analysis, mention: Mention) -> bool:
    """True for people whom a number of two figures or more counts: "at least 10 civilians"."""
    t = analysis.tokens
    return any(
        t.tags[k] == "CD" and len(t.words[k]) >= 2 and t.words[k][0].isdigit()
        for k in range(analysis.first_token_from(mention.start), mention.head)
    )


def _is_deed(low: str) -> bool:
    return len(low) > 6 and low.endswith(_DEED_ENDINGS)


def _speaks(low: str) -> bool:
    return low in _ROLES or low in _COLLECTIVE or low in _DOCUMENTS or low in _BODY_WORDS or low in _SPEAKING_DEEDS
