"""What the index keeps of an account is all of it."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from typing import Any

from made_accounts import POINTS, account, count, side, statement, voice

from ingest.resolve.joining.index import as_text, from_text
from ingest.resolve.model import Account

SET = frozenset(["market", "shells"])


def filled(made: Any) -> Any:
    """The same with every field that has a default set to something else."""
    changed: dict[str, Any] = {}
    for field in fields(made):
        value, default = getattr(made, field.name), field.default
        if default is MISSING and field.default_factory is MISSING:
            continue
        if isinstance(value, bool):
            changed[field.name] = not default
        elif isinstance(value, frozenset):
            changed[field.name] = SET
        elif value is None:
            changed[field.name] = "body"
    return replace(made, **changed)


def test_every_field_of_an_account_is_kept() -> None:
    told = statement(
        "a",
        voice=filled(voice("Mayor", "a", "UA")),
        counts=(filled(count(3)),),
        agents=(side("RU"),),
        places=(POINTS["Orikhiv"],),
        is_disputed=True,
        is_background=True,
        is_many=True,
        words=SET,
        instruments=SET,
    )
    made: Account = replace(
        account("a", told), names=SET, voices=SET, is_many=True, is_dated=True, is_place_carried=True, words=SET
    )
    assert from_text(as_text(made)) == made
