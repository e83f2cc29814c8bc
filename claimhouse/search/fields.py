"""The fields of the search index, and how their words are cut and stemmed.

Belongs here: the schema and the analyzers, which must be the same when an index is made and when it is asked.
Does not belong here: what is put in (``documents``), what is asked (``query``).
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import Any

import orjson
import tantivy

from ingest.extract.lexicon import words
from ingest.extract.locations.names import fold, loosen

# part of the identity of an index: one of another format is made anew
FORMAT = 2
WORDS = "words"  # the analyzer of running text
RECORDS = ("claim", "event_mention", "sentence")
NAME = "name"

_WORD = re.compile(r"\w+")
_LETTERS_OF_A_LOOSE_NAME = 4  # shorter names have neighbours everywhere
_LONGEST_WORD = 60


@cache
def schema() -> tantivy.Schema:
    """The schema of the index.

    ``text`` holds the sentences around a record, ``body`` what the record itself says, ``about`` names that it is
    linked to and that need not stand in the text, ``loose`` its capitalised words as any transliteration gives
    them. ``record`` to ``day`` are there to filter by. ``copy`` is the same where the words shown are. ``stored`` is
    what a hit shows, as JSON.
    """
    builder = tantivy.SchemaBuilder()
    for name in ("text", "body", "about", "speaker"):
        builder.add_text_field(name, tokenizer_name=WORDS)
    builder.add_text_field("loose", tokenizer_name="whitespace", index_option="basic")
    for name in ("record", "extraction", "place", "side", "kind", "publisher", "spelling"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_unsigned_field("copy", fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


@cache
def analyzer() -> tantivy.TextAnalyzer:
    """Cuts text into words: lower case, without accents, stemmed."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(_LONGEST_WORD))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def stems(text: str) -> list[str]:
    """The words of a text as the index has them, in order."""
    return analyzer().analyze(text)


def is_stop_word(word: str) -> bool:
    """True for "of", "the" and their like, which no hit has to hold."""
    return word.lower() in words("search.toml", "function_words")


def register(index: tantivy.Index) -> tantivy.Index:
    """Make the analyzers known to an index, which does not keep them."""
    index.register_tokenizer(WORDS, analyzer())
    index.register_tokenizer("whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def loose(word: str) -> str | None:
    """The key of a name that all its transliterations share; None for what is too short to have one."""
    if len(word) < _LETTERS_OF_A_LOOSE_NAME:
        return None
    return loosen(fold(word)) or None


def loose_names(text: str) -> str:
    """The keys of all capitalised words of a text, blank between them."""
    found = {loose(word) for word in _WORD.findall(text) if word[0].isupper()}
    return " ".join(sorted(key for key in found if key))


def copy_key(text: str) -> int:
    """What two records with the same words have in common: 64 bits."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def stored_of(document: tantivy.Document) -> dict[str, Any]:
    """What is stored with a document."""
    found: dict[str, Any] = orjson.loads(bytes(document.get_first("stored") or b"{}"))
    return found


def words_of(text: str) -> list[re.Match[str]]:
    """Every word of a text with its place."""
    return list(_WORD.finditer(text))
