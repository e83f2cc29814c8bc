"""The kept index: accounts that were resolved before, by the blocks that they are in, and which of them join.

Belongs here: one SQLite file beside the landing, its tables, and accounts as rows of it. It is a cache: what it
holds follows from the committed loads, and a lost or stale one is made again by resolving them anew. Does not
belong here: what is compared (``blocking``), what comes of it (``events``).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from ingest.resolve.joining.blocking import keys
from ingest.resolve.joining.pairing import Blocks, Numbers
from ingest.resolve.model import Account
from ingest.values import value

_SCHEMA = """
create table accounts (
    number integer primary key, account_id text not null unique, article_version_id text not null,
    article_id text not null, cluster integer not null, event_id text, is_superseded integer not null
);
create index accounts_of_version on accounts (article_version_id);
create index accounts_of_article on accounts (article_id);
create index accounts_of_cluster on accounts (cluster);
create index accounts_of_event on accounts (event_id) where event_id is not null;
create table bodies (number integer primary key, body text not null);
create table joins (number integer primary key, others blob not null);
create table blocks (
    key integer not null, first integer not null, numbers blob not null, primary key (key, first)
) without rowid;
create table versions (
    article_id text primary key, article_version_id text not null, moment text not null
) without rowid;
create table head (version text not null, load_id text not null);
create temporary table wanted (value) ;
"""
_KEPT = (
    "select number, account_id, cluster, event_id, is_superseded from accounts"
    " where number in (select value from wanted) order by account_id"
)
_DELETE = (
    "delete from accounts where number = ?",
    "delete from bodies where number = ?",
    "delete from joins where number = ?",
)
_CACHE_KIB = 262_144  # of pages: keys of blocks come in no order, and each would be another read of the file
_MOST_KEPT = 20_000  # accounts at hand that need not be read again, some 5 KB each


@value(frozen=True, slots=True)
class Kept:
    """An account of the index: its number there, its cluster (the least number in it) and its event of before."""

    number: int
    account: Account
    cluster: int
    event_id: str | None
    is_superseded: bool


@lru_cache(maxsize=65_536)
def _digest(key: str) -> bytes:
    return hashlib.blake2b(key.encode(), digest_size=8).digest()


def blocks_of(accounts: Iterable[Account]) -> list[Numbers]:
    """The blocks of each account, as ``flagged`` numbers.

    A key is told by 63 bits: that is shorter on disk, and two that fall together only cost a comparison.
    """
    found = [keys(account) for account in accounts]
    digests = b"".join([_digest(key) for blocks in found for key, _ in blocks])
    are_whole = np.array([is_whole for blocks in found for _, is_whole in blocks], dtype=np.int64)
    numbers = np.frombuffer(digests, dtype=">i8").astype(np.int64) & ~1 | are_whole
    ends = np.cumsum([len(blocks) for blocks in found])
    return [numbers[start:end] for start, end in pairwise([0, *ends.tolist()])]


class Index:
    """The accounts of all loads up to ``head``, in one file. Changes count from :meth:`commit` on."""

    def __init__(self, path: Path, version: str) -> None:
        self._path = path
        self._version = version
        self._db: sqlite3.Connection | None = None
        self._kept: OrderedDict[str, Account] = OrderedDict()  # a plain one is slow to give its first away
        self._blocks: dict[str, Numbers] = {}  # of those

    # --- opening and closing ------------------------------------------------------------------

    def open(self, head: str | None) -> bool:
        """Open the index as it was after the load ``head``; False, and an empty one, where it is of another time."""
        try:
            self._db = self._connect()
            found = self._db.execute("select version, load_id from head").fetchall()
            if found == ([(self._version, head)] if head else []):
                return True
        except sqlite3.DatabaseError:
            pass
        self.clear()
        return head is None

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not self._path.exists()
        db = sqlite3.connect(self._path, isolation_level=None)
        # what a crash of the machine could lose is made again; a crash of the process loses nothing
        db.execute("pragma synchronous = off")
        db.execute("pragma journal_mode = truncate")
        db.execute(f"pragma cache_size = -{_CACHE_KIB}")
        db.execute("pragma temp_store = memory")
        for statement in _SCHEMA.split(";")[:-1]:
            if is_new or "temporary" in statement:
                db.execute(statement)
        db.execute("begin")
        return db

    def clear(self) -> None:
        """Forget everything."""
        self.close()
        for path in (self._path, self._path.with_name(self._path.name + "-journal")):
            path.unlink(missing_ok=True)
        self._db = self._connect()

    def close(self) -> None:
        """Close the file; what was not committed is undone."""
        if self._db is not None:
            self._db.close()
            self._db = None
        self._kept.clear()
        self._blocks.clear()

    @property
    def db(self) -> sqlite3.Connection:
        """The open connection.

        Raises:
            RuntimeError: the index is not open.
        """
        if self._db is None:
            raise RuntimeError("the index is not open")
        return self._db

    def commit(self, head: str) -> None:
        """Keep all changes: the index is now as of this load."""
        self.db.execute("delete from head")
        self.db.execute("insert into head values (?, ?)", (self._version, head))
        self.db.execute("commit")
        self.db.execute("begin")

    # --- accounts -----------------------------------------------------------------------------

    def add(self, accounts: Sequence[Account], blocks: Sequence[Numbers]) -> list[int]:
        """Take in new accounts with the blocks of each, all as clusters of their own; returns their numbers in turn."""
        rows, bodies = [], []
        [(last,)] = self.db.execute("select coalesce(max(number), 0) from accounts")
        for number, a in enumerate(accounts, last + 1):
            rows.append((number, a.account_id, a.article_version_id, a.article_id, number, None, False))
            bodies.append((number, as_text(a)))
        self.db.executemany("insert into accounts values (?, ?, ?, ?, ?, ?, ?)", rows)
        self.db.executemany("insert into bodies values (?, ?)", bodies)
        for account, found in zip(accounts, blocks, strict=True):
            self._keep(account)
            self._blocks[account.account_id] = found
        joined = Blocks.joined(blocks)
        numbers = np.arange(last + 1, last + 1 + len(rows), dtype=np.int64)
        self._keep_blocks(joined.flagged >> 1, np.repeat(numbers, joined.sizes))
        return [number for number, *_ in rows]

    def _keep_blocks(self, blocks: Numbers, numbers: Numbers) -> None:
        """Put new accounts into blocks, each by its number: a row for those that come to one block at once."""
        order = np.argsort(blocks, kind="stable")
        blocks, numbers = blocks[order], numbers[order]
        starts = np.flatnonzero(np.diff(blocks, prepend=blocks[:1] - 1))
        cuts = pairwise([*(starts * numbers.itemsize).tolist(), numbers.nbytes])
        whole = numbers.tobytes()
        blobs = (whole[start:end] for start, end in cuts)
        rows = zip(blocks[starts].tolist(), numbers[starts].tolist(), blobs, strict=True)
        self.db.executemany("insert into blocks values (?, ?, ?)", rows)

    def _drop_from_blocks(self, blocks: Sequence[Numbers], numbers: Iterable[int]) -> None:
        """Take accounts out of the blocks that they are in."""
        gone = np.array(list(numbers), dtype=np.int64)
        self._want(np.unique(Blocks.joined(blocks).flagged >> 1).tolist())
        kept, empty = [], []
        query = "select key, first, numbers from blocks where key in (select value from wanted)"
        for key, first, blob in self.db.execute(query):
            there = np.frombuffer(blob, dtype=np.int64)
            left = there[~np.isin(there, gone)]
            if not len(left):
                empty.append((key, first))
            elif len(left) < len(there):
                kept.append((left.tobytes(), key, first))
        self.db.executemany("update blocks set numbers = ? where key = ? and first = ?", kept)
        self.db.executemany("delete from blocks where key = ? and first = ?", empty)

    def blocks(self, accounts: Sequence[Account]) -> list[Numbers]:
        """The blocks of each account, as ``flagged`` numbers; several steps ask for those of one that is at hand."""
        asked = [account for account in accounts if account.account_id not in self._blocks]
        found = dict(zip([account.account_id for account in asked], blocks_of(asked), strict=True))
        self._blocks |= {account_id: blocks for account_id, blocks in found.items() if account_id in self._kept}
        return [found[a.account_id] if a.account_id in found else self._blocks[a.account_id] for a in accounts]

    def _keep(self, account: Account) -> None:
        if len(self._kept) >= _MOST_KEPT and account.account_id not in self._kept:
            self._forget(next(iter(self._kept)))
        self._kept[account.account_id] = account

    def _forget(self, account_id: str) -> None:
        self._kept.pop(account_id, None)
        self._blocks.pop(account_id, None)

    def remove(self, version_ids: Iterable[str]) -> list[tuple[int, str | None]]:
        """Forget the accounts of some article versions; returns the cluster and the event of each."""
        self._want(version_ids)
        query = "select number from accounts where article_version_id in (select value from wanted)"
        gone = list(self.accounts(number for (number,) in self.db.execute(query).fetchall()))
        numbers = {kept.number for kept in gone}
        self._drop_from_blocks(self.blocks([kept.account for kept in gone]), numbers)
        near = {int(n) for others in self.joined(numbers).values() for n in others} - numbers
        left = {n: np.setdiff1d(others, list(numbers)) for n, others in self.joined(near).items()}
        self._keep_joins(left.items())
        for delete in _DELETE:
            self.db.executemany(delete, ((number,) for number in numbers))
        for kept in gone:
            self._forget(kept.account.account_id)
        return [(kept.cluster, kept.event_id) for kept in gone]

    def follow(self, versions: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
        """Take in versions of articles; returns each article's current version.

        ``versions`` are triples of article, version and what sorts the versions of an article: the last is current, as
        in the warehouse.
        """
        read: list[str] = []
        for article_id, version_id, moment in versions:
            self.db.execute(
                "insert into versions values (?, ?, ?) on conflict (article_id) do update"
                " set article_version_id = excluded.article_version_id, moment = excluded.moment"
                " where excluded.moment >= moment",
                (article_id, version_id, moment),
            )
            read.append(article_id)
        self._want(read)
        query = "select article_id, article_version_id from versions where article_id in (select value from wanted)"
        return list(self.db.execute(f"{query} order by article_id"))

    def supersede(self, articles: Iterable[tuple[str, str]]) -> set[int]:
        """Mark what other versions of articles say as no longer so; returns the clusters that they are in.

        ``articles`` are pairs of an article and its one current version.
        """
        found: list[tuple[int, int]] = []
        for other in articles:
            found += self.db.execute(
                "select number, cluster from accounts"
                " where article_id = ? and article_version_id <> ? and not is_superseded",
                other,
            )
        marked = ((number,) for number, _ in found)
        self.db.executemany("update accounts set is_superseded = 1 where number = ?", marked)
        return {cluster for _, cluster in found}

    def met_by(self, blocks: Sequence[Numbers]) -> list[int]:
        """Numbers of kept accounts that are in one of these blocks, told as those of accounts are."""
        if not self.db.execute("select exists (select 1 from accounts)").fetchone()[0]:
            return []
        self._want(np.unique(Blocks.joined(blocks).flagged >> 1).tolist())
        query = "select numbers from blocks where key in (select value from wanted)"
        met = b"".join(numbers for (numbers,) in self.db.execute(query))
        found: list[int] = np.unique(np.frombuffer(met, dtype=np.int64)).tolist()
        return found

    def accounts(self, numbers: Iterable[int]) -> Iterator[Kept]:
        """Kept accounts, by their ids; bodies are read where they are not at hand."""
        self._want(numbers)
        for number, account_id, cluster, event_id, is_superseded in self.db.execute(_KEPT).fetchall():
            account = self._kept.get(account_id)
            if account is None:
                [(body,)] = self.db.execute("select body from bodies where number = ?", (number,))
                account = from_text(body)
                self._keep(account)
            yield Kept(number, account, cluster, event_id, bool(is_superseded))

    def whole(self, numbers: Iterable[int]) -> dict[int, int]:
        """The numbers of all that is in the clusters of these accounts, each with its cluster."""
        self._want(numbers)
        query = "select distinct cluster from accounts where number in (select value from wanted)"
        return self.members(cluster for (cluster,) in self.db.execute(query).fetchall())

    def members(self, clusters: Iterable[int]) -> dict[int, int]:
        """The numbers of all that is in these clusters, each with its cluster."""
        self._want(clusters)
        query = "select number, cluster from accounts where cluster in (select value from wanted)"
        return dict(self.db.execute(query))

    def joined(self, numbers: Iterable[int]) -> dict[int, Numbers]:
        """The accounts that each of these joins as a pair; what joins none is left out."""
        self._want(numbers)
        query = "select number, others from joins where number in (select value from wanted)"
        return {number: np.frombuffer(others, dtype=np.int64) for number, others in self.db.execute(query)}

    def join(self, one: Numbers, other: Numbers) -> None:
        """Keep pairs that join, none of which was kept before."""
        both, others = np.concatenate([one, other]), np.concatenate([other, one])
        order = np.argsort(both, kind="stable")
        both, others = both[order], others[order]
        distinct, starts = np.unique(both, return_index=True)
        of_each = zip(distinct.tolist(), np.split(others, starts[1:]), strict=True) if len(distinct) else ()
        before = self.joined(distinct.tolist())
        self._keep_joins((n, np.concatenate([before[n], found]) if n in before else found) for n, found in of_each)

    def _keep_joins(self, joins: Iterable[tuple[int, Numbers]]) -> None:
        rows = ((number, others.astype(np.int64).tobytes()) for number, others in joins)
        self.db.executemany("insert or replace into joins values (?, ?)", rows)

    def place(self, rows: Iterable[tuple[int, str | None, int]]) -> None:
        """Keep for accounts: cluster, event, number."""
        self.db.executemany("update accounts set cluster = ?, event_id = ? where number = ?", rows)

    def standing(self, event_ids: Iterable[str]) -> set[str]:
        """Those of some events that have an account."""
        self._want(event_ids)
        query = "select distinct event_id from accounts where event_id in (select value from wanted)"
        return {event_id for (event_id,) in self.db.execute(query)}

    def _want(self, values: Iterable[Any]) -> None:
        self.db.execute("delete from wanted")
        self.db.executemany("insert into wanted values (?)", ((value,) for value in values))


# --- an account as a row ----------------------------------------------------------------------

_ACCOUNTS = TypeAdapter(Account)


def as_text(account: Account) -> str:
    """An account as one line of JSON, from which :func:`from_text` makes the same."""
    return _ACCOUNTS.dump_json(account, exclude_defaults=True).decode()


def from_text(text: str) -> Account:
    """The account that a text of :func:`as_text` stands for."""
    return _ACCOUNTS.validate_json(text)
