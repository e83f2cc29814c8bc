"""Words that tell of an event: their other forms, and the kinds of event that they name.

Belongs here: looking a word up in the triggers of the extractor of events. Does not belong here: any word.

"withdrawal" names events of kind leave, as "pulled out" does, and "withdrew" is a form of "withdraw" that no stemmer
knows of.
"""

from __future__ import annotations

from functools import cache

from ingest.extract.events.lexicon import forms, table

_MOST_KINDS = 2  # a word that may name more says too little


@cache
def _triggers() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Each form of a trigger with its other forms and its kinds, all in lower case."""
    inflections: dict[str, set[str]] = {}
    kinds: dict[str, set[str]] = {}
    for rows in table("triggers.toml").values():
        for row in rows:
            for entry in row["forms"]:
                found = {form.lower() for form in forms([entry])}
                for form in found:
                    inflections.setdefault(form, set()).update(found)
                    kinds.setdefault(form, set()).add(row["kind"])
    return {form: (frozenset(inflections[form]), frozenset(kinds[form])) for form in inflections}


def other_forms(word: str) -> frozenset[str]:
    """The forms of a word that names events, the word itself among them; nothing for other words."""
    return _triggers().get(word.lower(), (frozenset[str](), frozenset[str]()))[0]


def kinds_of(word: str) -> frozenset[str]:
    """The kinds of event that a word names; nothing where there are too many to say anything."""
    kinds = _triggers().get(word.lower(), (frozenset[str](), frozenset[str]()))[1]
    return kinds if len(kinds) <= _MOST_KINDS else frozenset()
