"""Statements in the sentences that they stand in: a few words of a clause tell a reader little.

Belongs here: looking the sentences up and cutting them into pieces. Does not belong here: which statements a page
shows (``views``, ``things``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from claimhouse.briefing.words import listed
from claimhouse.evidence import Piece, Span, marked, window
from claimhouse.lookups import TELLS_BEST
from claimhouse.publications import Publication

TEXTS = "select article_version_id, title, text from {dim_article_versions.article_version_id}"
_TOLD = """
    event_id, article_version_id, char_start, char_end, exact, coalesce(voice_name, publisher) as teller"""
# each event of some ids with the mention that tells best of it
_HEADLINES = f"""
    with best as materialized (
        select e.event_id, h.row
        from (select unnest($ids) as event_id) as e
        inner join (
            select key, row from lookup.headlines where key in (select md5_number_lower(unnest($ids)))
        ) as h on md5_number_lower(e.event_id) = h.key
    )
    select {_TOLD}
    from best
    inner join (select *, rowid as row from fct_event_mentions where rowid in (select row from best)) using (row)"""  # noqa: S608 SQL of ours
_HEADLINES_FOUND = f"""
    select {_TOLD}
    from (
        select
            m.*,
            e.event_id,
            row_number() over (partition by e.event_id order by {TELLS_BEST}) as nth
        from event_members as em
        inner join events as e on em.event_id = e.event_id
        inner join fct_event_mentions as m on em.event_mention_id = m.event_mention_id
        where e.event_id in (select unnest($ids)) and not em.is_superseded and m.is_current
    )
    where nth = 1"""  # noqa: S608 SQL of ours
_AROUND = 1_000  # characters before and behind a statement in which its sentence is looked for
_LONGEST_SENTENCE = 800
_ENDS = ("earlier", "later")
_JOINED = {
    "first": "told first",
    "same_event": "told again in its article",
    "caused_by": "told as its cause or effect",
    "same_clause": "told with it in one clause",
    "state": "the same state",
    "words": "joined by its words",
    "story": "joined by names and words of articles on one story",
    "count_again": "joined by a number that its speaker gives twice",
    "count_next_day": "joined by a toll that both give of one place, on days that follow each other",
    "count_there": "joined by a large toll that both give of one place and time",
    "two_counts": "joined by two numbers that both give",
    "one_death": "joined by a victim whom both name",
}
# what the rule of an event's accounts names when they agree in it
_AGREED = {"same_agent": "agent", "same_target": "target", "same_count": "count", "names": "names"}


def texts_of(publication: Publication, versions: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Title and text of article versions, by id."""
    return {a["article_version_id"]: a for a in publication.find(TEXTS, ids=sorted(set(versions)))}


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """First and last character, end exclusive, of the sentence that holds some characters of a text.

    Of a sentence that is too long to show only those characters.
    """
    first = max(0, start - _AROUND)
    begin, close = window(text[first : end + _AROUND], [Span(start - first, end - first, "")])
    return (first + begin, first + close) if close - begin <= _LONGEST_SENTENCE else (start, end)


def in_sentence(text: str, within: tuple[int, int], spans: Iterable[Span]) -> list[Piece]:
    """A sentence, as ``sentence`` gives it, in pieces, with spans of the whole text marked in it."""
    first, last = within
    cut = text[first:last].rstrip()
    inside = [Span(s.start - first, min(s.end - first, len(cut)), s.role) for s in spans if first <= s.start < last]
    return marked(cut, [Span(0, 0, ""), *inside, Span(len(cut), len(cut), "")])


def with_sentences(publication: Publication, relations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of ``relations`` with both statements in their sentences, as ``earlier_pieces`` and ``later_pieces``.

    ``about`` says in words what they are about, ``rule`` by which rule they were related.
    """
    texts = texts_of(publication, (row[f"{end}_version_id"] for row in relations for end in _ENDS))
    rules, axes = (publication.codes.get(name, {}) for name in ("relation_rule", "relation_axis"))
    return [
        row
        | {
            "about": (axes.get(row["axis"]) or in_words(row["axis"])).rstrip(".").lower(),
            "rule": rules.get(row["rule_id"]) or in_words(row["rule_id"]),
        }
        | {
            f"{end}_pieces": _pieces(
                texts.get(row[f"{end}_version_id"]), row[f"{end}_start"], row[f"{end}_end"], row[f"{end}_words"]
            )
            for end in _ENDS
        }
        for row in relations
    ]


def in_words(code: str | None) -> str:
    """A code as words, where no list says what it means."""
    return (code or "").replace("_", " ").replace(".", ": ")


def joined_by(rule_id: str) -> str:
    """Why a mention is in its event, in words, from the rule that put it there."""
    if rule_id in _JOINED:
        return _JOINED[rule_id]
    places, found, more = rule_id.partition("place_and_days")
    if places or not found:
        return f"joined by {in_words(rule_id)}"
    agreed = [words for name, words in _AGREED.items() if name in more]
    return f"joined by {listed(['place', 'days', *agreed])}"


def by_pair(relations: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Relations in their order, those of the same two voices on one matter as ``others`` of the first of them.

    Two who contradict each other in five articles are one quarrel, not five.
    """
    told: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in relations:
        voices = frozenset(row[f"{end}_voice"] or row[f"{end}_publisher"] for end in _ENDS)
        key = (row["kind"], row["axis"], row["event_id"], voices)
        if key in told:
            told[key]["others"].append(row)
        else:
            told[key] = {**row, "others": []}
    return list(told.values())


def with_headlines(publication: Publication, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of ``events``, each with the sentence that tells best of it, as ``pieces``, and who tells it, ``teller``."""
    asked = _HEADLINES if publication.has_lookups else _HEADLINES_FOUND
    told = publication.ask(asked, {"ids": [row["event_id"] for row in events]}).dicts()
    texts = texts_of(publication, (row["article_version_id"] for row in told))
    best = {
        row["event_id"]: {
            "pieces": _pieces(texts.get(row["article_version_id"]), row["char_start"], row["char_end"], row["exact"]),
            "teller": row["teller"],
        }
        for row in told
    }
    return [row | best.get(row["event_id"], {}) for row in events]


def with_triggers(publication: Publication, mentions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of ``fct_event_mentions`` with the word that names the event marked in its sentence, as ``pieces``."""
    texts = texts_of(publication, (row["article_version_id"] for row in mentions))
    return [
        row
        | {"pieces": _pieces(texts.get(row["article_version_id"]), row["char_start"], row["char_end"], row["exact"])}
        for row in mentions
    ]


def in_sentences(publication: Publication, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the question ``changes`` with their words in their sentences, as ``pieces``."""
    texts = texts_of(publication, (row["article_version_id"] for row in changes))
    return [
        row
        | {
            "pieces": _pieces(
                texts.get(row["article_version_id"]), row["statement_start"], row["statement_end"], row["words"]
            )
        }
        for row in changes
    ]


def _pieces(article: dict[str, Any] | None, start: int | None, end: int | None, words: str | None) -> list[Piece]:
    """A statement marked in its sentence; its words alone where the text is not known."""
    if article is None or article["text"] is None or start is None or end is None:
        return [Piece(words or "", "content")]
    text = article["text"]
    return in_sentence(text, sentence(text, start, end), [Span(start, end, "content")])


def told_in_sentences(members: Iterable[dict[str, Any]], texts: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Mentions by the sentence that tells them, in order: its pieces, in which each trigger has its mention's id.

    A voice that is given with the same sentence in several articles has it once, with their number as ``again``.

    Args:
        members: mentions with their voice, ``told_by``.
        texts: the articles, by version.
    """
    sentences: dict[tuple[Any, ...], dict[str, Any]] = {}
    for mention in members:
        version = mention["article_version_id"]
        text = texts[version]["text"] or ""
        start = min(mention["statement_start"], mention["char_start"])
        end = max(mention["statement_end"], mention["char_end"])
        within = sentence(text, start, end)
        told = sentences.setdefault(
            (mention["told_by"], version, within),
            {**mention, "title": texts[version]["title"], "within": within, "of": []},
        )
        told["of"].append(Span(mention["char_start"], mention["char_end"], mention["event_mention_id"]))
    for told in sentences.values():
        text = texts[told["article_version_id"]]["text"] or ""
        told["pieces"] = in_sentence(text, told["within"], told["of"])
    once: dict[tuple[Any, ...], dict[str, Any]] = {}
    for told in sentences.values():
        words = " ".join("".join(piece.text for piece in told["pieces"]).split())
        once.setdefault((told["told_by"], words), {**told, "again": -1})["again"] += 1
    return list(once.values())
