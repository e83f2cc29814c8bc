"""Hand-made accounts for the tests of resolving."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ingest.resolve.accounts.accounts import summed_up
from ingest.resolve.model import Account, Count, Participant, Place, Statement, Voice

DAY = date(2026, 3, 2)
POINTS = {
    "Orikhiv": Place("geonames-1", "Orikhiv", "UA", "Zaporizhzhia", 47.567, 35.786, 1),
    "Huliaipole": Place("geonames-2", "Huliaipole", "UA", "Zaporizhzhia", 47.664, 36.263, 1),
    "Kupiansk": Place("geonames-3", "Kupiansk", "UA", "Kharkiv", 49.710, 37.615, 1),
}
REGION = Place("geonames-9", "Zaporizhzhia Oblast", "UA", "Zaporizhzhia", 47.5, 35.5, 4)
VICTIM = Participant(name="Ada Melton", actor_key="person:melton/ada", words=frozenset(["melton"]))
WORDS = ("market", "missil", "depot", "school", "bridge", "windows", "rescue", "morning")


def voice(who: str | None = None, outlet: str = "Courier", side: str | None = None, origin: str | None = None) -> Voice:
    """The speaker of that name, or the publisher itself."""
    home = f"publisher:{outlet.lower()}"
    came_from = f"text:{origin or outlet}"
    if who is None:
        return Voice(home, outlet, side, True, True, came_from, home)
    return Voice(f"person:{who.lower()}", who, side, False, True, came_from, home)


def side(code: str) -> Participant:
    return Participant(name=code, side=code)


def count(low: float | None, role: str = "killed", scope: str = "event", high: float | None = -1, **more: Any) -> Count:
    given = {"people": "people", "counted": "people", "bound": "exact", "figure_id": f"f{low}{role}{scope}", **more}
    return Count(role=role, scope=scope, low=low, high=low if high == -1 else high, **given)


def statement(article: str, number: int = 0, **more: Any) -> Statement:
    given: dict[str, Any] = {
        "mention_id": f"{article}-{number:02}",
        "ordinal": number,
        "kind": "strike",
        "is_negative": False,
        "realis": "actual",
        "extent": None,
        "start": 100 * number,
        "end": 100 * number + 90,
        "claim_id": None,
        "voice": voice(outlet=article),
        "first_date": DAY,
        "last_date": DAY,
        "time_rule": "linked",
        "confidence": 0.9,
        "places": (POINTS["Orikhiv"],),
        "trigger": (100 * number + 10, 100 * number + 16),
        **more,
    }
    if given["kind"] in ("take", "hold", "leave"):
        given = {"held": next(iter(given["places"]), None), **given}
    return Statement(**given)


def account(
    article: str, *statements: Statement, days: int = 0, version: str | None = None, load: int = 0, text: str = ""
) -> Account:
    """An account of these statements, published some days after the first day."""
    row = {
        "article_version_id": version or f"v-{article}",
        "article_id": f"a-{article}",
        "recorded_at": datetime(2026, 3, 9, 2, load, tzinfo=UTC),
        "published_date": DAY + timedelta(days=days),
        "language": "en",
        "text": text,
    }
    links = ("first", *("same_event" for _ in statements[1:]))
    return summed_up(row, statements, links)


def some(rng: random.Random, number: int) -> Account:
    """An account that leaves out, or gives, whatever is compared."""
    article = f"n{number // 5:02}" if rng.random() < 0.5 else f"m{number:02}"
    first = rng.choice([None, *(DAY + timedelta(days=n) for n in range(3))])
    of_side = rng.choice([None, "RU", "UA"])
    is_heard = rng.random() < 0.3
    speaker = voice("Mayor", article, of_side) if is_heard else voice(outlet=rng.choice([article, "Courier"]))
    bound = rng.choice(["exact", "approx", "at_least"])
    made = statement(
        article,
        number,
        kind=rng.choice(["strike", "kill_or_wound", "take", "hold", "clash", "detain", "decree", "deliver"]),
        places=rng.choice([(), (REGION,), *((point,) for point in POINTS.values())]),
        first_date=first,
        last_date=first,
        time_rule=rng.choice(["linked", "reported"]) if first else "none",
        voice=speaker,
        agents=rng.choice([(), (side("RU"),), (side("UA"),)]),
        targets=rng.choice([(), (Participant(target_class="housing", words=frozenset(["house"])),), (VICTIM,)]),
        instruments=frozenset(rng.sample(["drone", "grad"], rng.randint(0, 2))),
        counts=tuple(
            count(n, rng.choice(["killed", "wounded"]), bound=bound)
            for n in rng.sample([2, 14, 15, 40], rng.randint(0, 2))
        ),
        words=frozenset(rng.sample(WORDS, rng.randint(0, 6))),
        is_many=rng.random() < 0.2,
        trigger_stem=rng.choice(["shell", "kille"]),
    )
    names = tuple(rng.sample(["harlan", "melton", "tesco", "dover"], 3))
    near = frozenset(rng.sample(names, 2))
    return replace(account(article, made, days=rng.randint(0, 2)), story_names=names, names=near)
