"""How much of the index a step clusters anew: enough to come to what all at once comes to, and no more."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from itertools import count as from_number
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_accounts import DAY, WORDS, account, some, statement
from test_resolve_events import Desk

from ingest.resolve.joining import reclustering
from ingest.resolve.joining.clustering import numbered_components
from ingest.resolve.model import Account


def groups(desk: Desk) -> set[tuple[frozenset[str], frozenset[str], frozenset[str]]]:
    """The accounts of each standing event, and which of them are in doubt or no longer said."""
    found = set()
    for settled in desk.events.values():
        members = settled.event.members if settled.event is not None else ()
        doubtful = frozenset(m.account.account_id for m in members if m.is_doubtful)
        superseded = frozenset(m.account.account_id for m in members if m.is_superseded)
        found.add((frozenset(m.account.account_id for m in members), doubtful, superseded))
    return found


def by_article(rng: random.Random, many: int) -> list[list[Account]]:
    articles: dict[str, list[Account]] = {}
    for number in range(many):
        made = some(rng, number)
        articles.setdefault(made.article_version_id, []).append(made)
    return list(articles.values())


@pytest.mark.parametrize("at_hand", [0, 5_000_000])
@pytest.mark.parametrize("seed", range(6))
def test_coming_and_going_leaves_what_all_at_once_comes_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, at_hand: int
) -> None:
    monkeypatch.setattr(reclustering, "_PAIRS_AT_HAND", at_hand)
    monkeypatch.setattr(reclustering, "_ACCOUNTS_AT_ONCE", 7)
    rng = random.Random(seed)
    waiting, standing = by_article(rng, 160), {}
    rng.shuffle(waiting)
    desk = Desk(tmp_path / "cut")
    superseded: set[str] = set()
    while waiting:
        taken, waiting = waiting[: rng.randint(1, 12)], waiting[12:] if rng.random() < 0.1 else waiting
        waiting = [article for article in waiting if not any(article is one for one in taken)]
        gone = rng.sample(sorted(standing), min(len(standing), rng.choice([0, 0, 1, 3])))
        standing = {version: found for version, found in standing.items() if version not in gone}
        standing |= {article[0].article_version_id: article for article in taken}
        later = rng.sample(sorted(standing), min(len(standing), rng.choice([0, 1])))
        superseded |= set(later)
        versions = [(standing[v][0].article_id, f"{v}-later", "2026-03-09") for v in later]
        desk.step([a for article in taken for a in article], gone=gone, superseded=versions)
        if rng.random() < 0.3 or not waiting:
            whole = Desk(tmp_path / f"whole-{len(waiting)}-{len(standing)}-{rng.random()}")
            everything = [a for version in sorted(standing) for a in standing[version]]
            gone_by = [
                (standing[v][0].article_id, f"{v}-later", "2026-03-09") for v in sorted(superseded & standing.keys())
            ]
            whole.step(everything, superseded=gone_by)
            assert groups(desk) == groups(whole)
            assert set(desk.standing()) == set(whole.standing())


def chain(links: int, rng: random.Random | None = None) -> list[Account]:
    """Accounts of one place of which each fits those told a day before and after it, and none the others.

    All fit alike well; with ``rng``, some better than others.
    """
    made = []
    for n in range(links):
        first = DAY + timedelta(days=n)
        words = frozenset([f"word{n}", f"word{n + 1}", "market", *(rng.sample(WORDS, 3) if rng else ())])
        told = statement(f"c{n:03}", first_date=first, last_date=first + timedelta(days=1), words=words)
        made.append(account(f"c{n:03}", told, days=n + 2))
    return made


def test_of_a_long_chain_only_what_is_near_is_clustered_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = chain(60, random.Random(1))
    seen: list[int] = []
    of_all = reclustering.clusters_of

    def counted(listed: Sequence[Account], *rest: Any) -> Any:
        seen.append(len(listed))
        return of_all(listed, *rest)

    monkeypatch.setattr(reclustering, "clusters_of", counted)
    whole = Desk(tmp_path / "whole")
    whole.step(accounts)
    assert seen == [60]
    [(size,)] = whole.index.db.execute("select count(*) from joins")
    assert size == 60  # all of it is one component
    desk = Desk(tmp_path / "cut")
    desk.step(accounts[:30] + accounts[31:])
    seen.clear()
    desk.step(accounts[30:31])
    assert sum(seen) < 20
    assert groups(desk) == groups(whole)


def test_what_changes_all_of_a_chain_costs_little_more_than_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = chain(200)
    seen: list[int] = []
    of_all = reclustering.clusters_of

    def counted(listed: Sequence[Account], *rest: Any) -> Any:
        seen.append(len(listed))
        return of_all(listed, *rest)

    monkeypatch.setattr(reclustering, "clusters_of", counted)
    whole = Desk(tmp_path / "whole")
    whole.step(accounts)
    desk = Desk(tmp_path / "cut")
    desk.step(accounts[1:])
    before = groups(desk)
    seen.clear()
    desk.step(accounts[:1])
    assert len(before & groups(desk)) < 10  # they were told in twos, and are in other twos now
    assert sum(seen) < 3 * len(accounts)
    assert groups(desk) == groups(whole)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=14))
def test_components_are_what_pairs_lead_to(many: int, drawn: list[tuple[int, int]]) -> None:
    pairs = [(a, b) for a, b in drawn if a < many and b < many]
    near: dict[int, set[int]] = {n: {n} for n in range(many)}
    for _ in from_number(1):
        before = sum(map(len, near.values()))
        for a, b in pairs:
            near[a] |= near[b]
            near[b] |= near[a]
        if sum(map(len, near.values())) == before:
            break
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    found = numbered_components(many, ends[:, 0], ends[:, 1])
    assert found == [sorted(group) for group in dict.fromkeys(frozenset(near[n]) for n in range(many))]
