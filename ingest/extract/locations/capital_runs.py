"""Runs of capitalised words: the stretches of a text in which names stand.

Belongs here: finding the runs and splitting them into words. Does not belong here: what the words
mean (``mentions``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ingest.extract.locations.names import fold

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚḎḐḨḤḪḰḲḶḾṀṄṆṚṢṬṮẒẔƏḆ"
_APOSTROPHE = "'’‘ʼʻ`"
_ABBREVIATED = (
    "St|Ste|Mt|Ft|Gen|Gov|Sen|Rep|Mr|Mrs|Ms|Dr|Lt|Col|Sgt|Capt|Maj|Rev|Prof|Hon|Sens|Reps|Gens|Cmdr|Adm|Brig|Cpl|Pvt|Det"
    "|Supt|Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Kans|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nebr|Nev|Okla"
    "|Ore|Pa|Penn|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Co|Brgy|Ave|Blvd|Rd|Ln|Hwy|Pkwy|Twp|Ont|Que|Alta|Sask|Nfld"
)
_CAP = (
    rf"(?:W\. ?Va\.|People['’]s(?= Republic)|(?:[A-Z]\.){{2,}}|(?:[A-Z]\.)(?=[ ](?:[{_UPPER}]))|(?:{_ABBREVIATED})\."
    rf"|(?:[dl]?[{_APOSTROPHE}])?[{_UPPER}][^\W_]*(?:[{_APOSTROPHE}](?![sS]\b)[^\W\d_]+)*)"
)
_ARTICLES = "ez|adh|eth|ath|al|el|ad|ar|as|ash|at|an|az|ed|er|es|et|ul|ach|ech"
# a line that is wrapped goes on indented
_SEPARATOR = r"(?:[ \u00a0]{1,2}|[ ]*\r?\n[ \t]+|[-–‑])"
_CONNECTOR = (
    rf"(?:[ \u00a0](?:of(?:[ ]the)?|de(?:[ ](?:la|los|las))?|des|du|del|da|do|dos|di|la|le|les|en|sur"
    rf"|sous|upon|the|y|wa|na|nad|bin|van|von|den|der|am)(?=[ ])"
    rf"|-(?:e|ye|i|yi|ul)(?=[ -])|[ -](?:{_ARTICLES})(?=-)|[ -](?:al|el|ad|ar|ash|ul)(?=[ ])"
    rf"|-(?:de|la|le|en|sur|sous|les|du|aux|on|upon|in|by|under|the|a|na|nad)(?=-))"
)
_RUN = re.compile(
    # what it may begin with is looked at first, or each character would cost a try of every alternative
    rf"(?=[{_UPPER}{_APOSTROPHE}aeu])(?<![\w])(?:(?:{_ARTICLES})-)?(?=[{_UPPER}{_APOSTROPHE}]){_CAP}(?:{_CONNECTOR}*{_SEPARATOR}{_CAP}|{_SEPARATOR}(?=\d+\b)\d{{1,4}}(?![\w,.:%]\w)|[-–]\d{{1,3}}s\b)*"
)
_WORD = re.compile(
    rf"(?:W\. ?Va\.|People['’]s(?= Republic)|(?:[A-Z]\.){{2,}}|[A-Z]\.|(?:{_ABBREVIATED})\."
    rf"|[{_APOSTROPHE}]?[^\W_]+(?:[{_APOSTROPHE}](?![sS]\b)[^\W\d_]+)*)"
)


@dataclass(slots=True)
class Run:
    """A run: characters ``start`` to ``end``; its words with their places in the text.

    ``listed_to`` holds where the longest listed name from a word on ends, for the words that were looked up.
    """

    start: int
    end: int
    starts: list[int]
    ends: list[int]
    words: list[str]
    lowers: list[str]
    listed_to: dict[int, int] = field(default_factory=dict, repr=False, compare=False)

    def part(self, first: int, last: int) -> Run:
        """The words ``first`` to ``last`` (exclusive) as a run of their own."""
        return Run(
            self.starts[first],
            self.ends[last - 1],
            self.starts[first:last],
            self.ends[first:last],
            self.words[first:last],
            self.lowers[first:last],
        )

    def text_between(self, i: int, j: int, text: str) -> str:
        """What stands between words ``i`` and ``j``."""
        return text[self.ends[i] : self.starts[j]]


_SPLIT: dict[str, tuple[list[int], list[int], list[str], list[str]]] = {}


def _split(run: str) -> tuple[list[int], list[int], list[str], list[str]]:
    found = _SPLIT.get(run)
    if found is None:
        matches = list(_WORD.finditer(run))
        words = [m.group() for m in matches]
        found = ([m.start() for m in matches], [m.end() for m in matches], words, [fold(w) for w in words])
        if len(_SPLIT) > 50_000:
            _SPLIT.clear()
        _SPLIT[run] = found
    return found


def find_runs(text: str) -> Iterator[Run]:
    """The runs of ``text``, in order, without overlap."""
    for match in _RUN.finditer(text):
        run = match.group()
        starts, ends, words, lowers = _split(run)
        if words:
            at = match.start()
            yield Run(at, match.end(), [at + s for s in starts], [at + e for e in ends], words, lowers)


def join_pairs(runs: Iterable[Run], text: str, is_listed: Callable[[str], bool]) -> Iterator[Run]:
    """The runs, of which two are one where "and" joins them to a listed name: "Jammu and Kashmir police"."""
    before: Run | None = None
    for run in runs:
        if before is not None:
            is_joined = text[before.end : run.start] == " and "
            if is_joined and is_listed(fold(text[before.starts[-1] : run.ends[0]])):
                at = before.end + 1
                before = Run(
                    before.start,
                    run.end,
                    [*before.starts, at, *run.starts],
                    [*before.ends, at + 3, *run.ends],
                    [*before.words, "and", *run.words],
                    [*before.lowers, "and", *run.lowers],
                )
                continue
            yield before
        before = run
    if before is not None:
        yield before
