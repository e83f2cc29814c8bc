"""What surrounds an expression: tense, words beside it, what the text spoke of before.

Belongs here: reading tags and words near an expression, the state of the text's own time line,
and finding out whether a text tells a history. Does not belong here: turning that into a value
(``resolve``) or refusing an expression (``veto``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from ingest.extract.analysis import Analysis
from ingest.extract.dates.lexer import Node, read_table
from ingest.extract.dates.meaning import CALENDAR, OFFSET, RANGE, Meaning

PAST, PRESENT, FUTURE, NO_TENSE = "past", "present", "future", ""

# how far back, in characters, a date still carries what follows it
_REACH = 1500
_HISTORY_REACH = 20_000
# how far, in characters, the year of a day or month carries into the next sentence
_NEXT_SENTENCE = 250
# where machines have glued sentences: "was founded in 2015.It was"
_FEWEST_IN_HEADLINE = 5
_TIMETABLE = 4  # words from the verb of a timetable to its date
_QUOTES = frozenset(('"', "“", "”", "``", "''"))
_HEAD = 8  # characters before a date at the head of a sentence: "During "
_TAKEN = 14  # words from a verb to a date that it takes, at most
_OPENED = 10  # words from a date at the head of a sentence to its verb
_OPENING = 6  # words that a date at the head of a sentence stands behind at most
_GENERAL_TAGS = frozenset(("VBZ", "VBP", "VB"))
_VERBAL = frozenset(("MD", "VBD", "VBG", "VBN", "VBP", "VBZ"))
_GLUED = re.compile(r"[.!?](?=[A-Z][a-z])")


@dataclass(slots=True)
class Spoken:
    """A date that the text has told, in order of telling."""

    start: date
    end: date
    granularity: str
    at: int
    has_year: bool
    is_deictic: bool
    is_aside: bool  # a comparison ("a year earlier"), from which the text comes back
    stop: int = 0  # where the expression ends, in characters
    is_begin: bool = False  # "since March 2011": what goes on from there, and the text does not stay there


@dataclass(slots=True)
class TimeLine:
    """The state of the text's own time while it is read from the first to the last expression."""

    dct: date | None
    is_history: bool = False
    is_day_first: bool | None = None  # of dates in numbers, where the text shows it
    told: list[Spoken] = field(default_factory=list)
    # the first day of each event that the text counts days of, by its noun
    event_starts: dict[str, date] = field(default_factory=dict)
    names_days: bool = True  # whether it tells days from publication, apart from "today"

    def open_with(self, meanings: list[Meaning]) -> None:
        """A history begins in the first year that it names, also before it has named it."""
        year = next((m.year for m in meanings if m.year is not None and not m.is_bc and 1 <= m.year <= 9999), None)
        if year is not None:
            whole = Spoken(
                date(year, 1, 1), date(year, 12, 31), "year", 0, has_year=True, is_deictic=False, is_aside=True
            )
            self.told.append(whole)

    def last_day(self, at: int) -> Spoken | None:
        """The day spoken of last, not too far back."""
        for spoken in reversed(self.told):
            if at - spoken.at > (_HISTORY_REACH if self.is_history else _REACH):
                return None
            if spoken.granularity in ("day", "day_part", "hour", "minute", "second"):
                return spoken
        return None

    def last_period(self, at: int, granularities: tuple[str, ...], reach: int = _REACH) -> Spoken | None:
        for spoken in reversed(self.told):
            if at - spoken.at > (_HISTORY_REACH if self.is_history else reach):
                return None
            if spoken.granularity in granularities and not spoken.is_aside:
                return spoken
        return None

    def last_year_told(self, around: Surroundings) -> Spoken | None:
        """The last date with its year, where this passage is told from it and not from publication.

        A passage that leaves publication's year and names no day by its distance from publication
        goes on in the year it named, unless it named it as a beginning ("since March 2011"). A year long
        gone carries on in the past tense only ("marks the victory of 1945 on May 9" is told of this year), and as the
        frame of what follows: "the crew of the ship sunk in 1988 was heard in June" is not.
        """
        at = around.node.start
        for spoken in reversed(self.told):
            if self.is_history:
                if spoken.has_year:
                    return spoken
                continue
            is_past = self.dct is None or spoken.end < self.dct or around.tense() == PAST
            is_gone = self.dct is not None and spoken.end.year < self.dct.year - 1
            if spoken.is_begin or (is_gone and not (around.tense() == PAST and around.goes_on_from(spoken.at))):
                return None
            is_near = spoken.at >= around.sentence_start() or (
                spoken.granularity in ("day", "month") and at - spoken.at < _NEXT_SENTENCE
            )
            return spoken if spoken.has_year and is_past and is_near else None
        return None


def is_deictic(meaning: Meaning) -> bool:
    """True for what is told from publication: a bare weekday, today, last week, two days ago."""
    if meaning.kind == OFFSET:
        return meaning.first is None and not meaning.is_text_bound and meaning.which != "event"
    if meaning.kind != CALENDAR or meaning.is_text_bound:
        return False
    if meaning.which is not None or (meaning.unit == "D" and meaning.amount is not None and meaning.era is None):
        return True
    return meaning.weekday is not None and meaning.day is None and meaning.within is None


def order_of_numbers(meanings: list[Meaning]) -> bool | None:
    """Whether dates in numbers put the day first, shown by one that can be read in one way only."""
    for meaning in meanings:
        if meaning.is_day_first is not None:
            return meaning.is_day_first
    return None


def tells_history(dates: Sequence[tuple[Meaning, Surroundings]], dct: date | None) -> bool:
    """Whether the text is told from its own dates: years past and gone, hardly a word of today.

    A text whose days and months without year stand with verbs of the present and the future tells of today.
    """
    far = near = deictic = now = then = 0
    for meaning, around in dates:
        whole = meaning.first if meaning.kind == RANGE and meaning.first is not None else meaning
        if is_deictic(whole):
            deictic += 1
        elif whole.kind == CALENDAR and whole.year is not None:
            if dct is None or whole.year < dct.year - 1:
                far += 1
            else:
                near += 1
        elif whole.kind == CALENDAR and whole.month is not None and whole.within is None:
            is_past = around.tense() == PAST
            now, then = now + (not is_past), then + is_past
    return far >= 4 and far >= 2 * near and deictic * 5 <= far and now <= then + 2


def names_days(meanings: list[Meaning]) -> bool:
    """Whether the text is told from its day of publication: it names a weekday, yesterday, last night …"""
    wholes = (m.first if m.kind == RANGE and m.first is not None else m for m in meanings)
    return any(is_deictic(w) and not (w.unit == "D" and w.amount == 0 and w.part is None) for w in wholes)


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """Word lists of the context rules, by name."""
    table: dict[str, Any] = read_table("context.toml")
    return {name: frozenset(words) for name, words in table["words"].items()}


class Surroundings:
    """The tokens around one expression."""

    __slots__ = ("_tense", "ahead", "analysis", "first", "last", "node", "sentence", "years_back")

    def __init__(self, analysis: Analysis, node: Node) -> None:
        self.analysis = analysis
        self.node = node
        self.ahead: Surroundings | None = None  # of the day that the sentence names next
        self.years_back: int | None = None  # of "two years ago" further on in the clause
        self.first = analysis.token_at(node.start)
        self.last = analysis.token_at(node.end - 1)
        self.sentence = analysis.sentences[analysis.sentence_at(node.start)]
        self._tense: str | None = None

    def word(self, offset: int) -> str:
        """The lower-case word so many tokens before (-1 …) or after (1 …) the expression."""
        i = self.first + offset if offset < 0 else self.last + offset
        lowers = self.analysis.tokens.lowers
        return lowers[i] if 0 <= i < len(lowers) else ""

    def raw(self, offset: int) -> str:
        i = self.first + offset if offset < 0 else self.last + offset
        words = self.analysis.tokens.words
        return words[i] if 0 <= i < len(words) else ""

    def tag(self, offset: int) -> str:
        i = self.first + offset if offset < 0 else self.last + offset
        tags = self.analysis.tokens.tags
        return tags[i] if 0 <= i < len(tags) else ""

    def sentence_start(self) -> int:
        """Where the sentence begins, in characters; also one that is glued to the sentence before."""
        start = self.sentence.start
        for glued in _GLUED.finditer(self.analysis.text, start, self.node.start):
            start = glued.end()
        return start

    def is_begin(self) -> bool:
        """Whether something goes on from then: "since March 2011", "that broke out in March 2011"."""
        lists, before = word_lists(), self.word(-1)
        if before not in lists["told_prepositions"]:
            return before in lists["beginnings"]
        verb = self.word(-3) if self.word(-2) == "out" else self.word(-2)
        return verb in lists["beginning_verbs"] or before in lists["beginnings"]

    def goes_on_from(self, at: int) -> bool:
        """Whether a clause opens with it, or the sentence of character ``at`` with what is told there.

        "In 1919 the league met", "he was captured in May 2022. In July he was exchanged" are frames of what follows.
        """
        tokens = self.analysis.tokens
        before = self.first - (self.first > self.sentence.first and tokens.tags[self.first - 1] == "IN")
        if before <= self.sentence.first or tokens.lowers[before - 1] in (",", ";", "and", "but", "then"):
            return True
        return at - self.analysis.sentences[self.analysis.sentence_at(at)].start <= _HEAD

    def is_measured(self) -> bool:
        """Whether something lasts so long: "for two days", "within a week", "waited an hour"."""
        return self.word(-1) in word_lists()["measuring"]

    def is_general(self) -> bool:
        """Whether the clause tells what is so at all times: present tense or advice, and no day."""
        if self.tense() not in (PRESENT, NO_TENSE):
            return False
        tags = self.analysis.tokens.tags[self.sentence.first : self.sentence.last]
        return "VBD" not in tags and any(tag in _GENERAL_TAGS for tag in tags)

    def is_indefinite(self) -> bool:
        """Whether it is some day or other: "on a Monday", "one recent Saturday morning"; not "a Sunday service"."""
        k = -2 if self.tag(-1) == "JJ" else -1
        is_modifier = self.tag(1) in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBG")
        return self.word(k) in ("a", "an") and not is_modifier

    def is_headline(self) -> bool:
        """Whether the sentence is a title, or written as one: most of its longer words begin with a capital."""
        if self.sentence.is_title:
            return True
        words = [w for w in self.analysis.tokens.words[self.sentence.first : self.sentence.last] if len(w) > 3]
        return len(words) >= _FEWEST_IN_HEADLINE and sum(w[0].isupper() for w in words) >= 0.75 * len(words)

    def has_still(self) -> bool:
        """Whether the clause sets today against before: "it is still in use today", "larger than it is today"."""
        if "than" in self.analysis.tokens.lowers[max(self.sentence.first, self.first - 4) : self.first]:
            return True
        near = self.analysis.tokens.lowers[max(self.sentence.first, self.first - 10) : self.last + 10]
        return any(word in word_lists()["still"] for word in near)

    def is_lasting(self) -> bool:
        """Whether it tells a lasting state: "the hill known today as", "walls that can be seen today"."""
        lowers = self.analysis.tokens.lowers[self.sentence.first : self.first]
        is_passive = self.word(-1) in word_lists()["lasting_participles"] and self.tag(-1) in ("VBN", "VBD")
        return is_passive and not any(word in ("was", "were", "has", "have", "had", "been") for word in lowers)

    def is_of_the_age(self) -> bool:
        """ "today's Russia", "the army of today": the present, as against another time."""
        is_name = self.tag(2).startswith("NNP") and not self.tag(3).startswith("NN")
        is_owner = self.word(1) in ("'s", "’s") and is_name and self.word(2) not in word_lists()["editions"]
        # "the army of today", and not "the victims of today's shelling"
        owns = self.word(0) == "todays" or self.word(1) in ("'s", "’s") or self.tag(1).startswith("NN")
        return is_owner or (self.word(-1) == "of" and self.tag(-2).startswith("NN") and not owns)

    def is_state(self) -> bool:
        """Whether the clause tells a state, with nobody speaking of himself: "It is a war of attrition today"."""
        if self.tense() != PRESENT or self.is_spoken_to() or self.word(1) in ("is", "'s", "’s", "marks"):
            return False
        tokens = self.analysis.tokens
        clause = self._clause()
        tags = {tokens.tags[i] for i in clause}
        has_state = any(tokens.lowers[i] in word_lists()["states"] for i in clause)
        has_person = any(tokens.lowers[i] in ("he", "she") for i in clause)
        return (
            has_state
            and not has_person
            and not tags.intersection(("VBD", "VBG", "VBN", "CD", "MD"))
            and self.word(-1) not in ("is", "are")
        )

    def _clause(self) -> range:
        """The tokens around the expression, a dozen on each side, up to where a quotation opens or ends."""
        lowers = self.analysis.tokens.lowers
        first, last = self.first, self.last
        while first > max(self.sentence.first, self.first - 12) and lowers[first - 1] not in _QUOTES:
            first -= 1
        while last < min(self.sentence.last, self.last + 12) and lowers[last] not in _QUOTES:
            last += 1
        return range(first, last)

    def counts_before(self) -> bool:
        """Whether a number stands before it in its clause: "40 were wounded a day"."""
        tags = self.analysis.tokens.tags[max(self.sentence.first, self.first - 6) : self.first]
        return "CD" in tags and "IN" not in tags

    def is_spoken_to(self) -> bool:
        """Whether somebody speaks of here and now: "we are here today", "you can see it today"."""
        words = self.analysis.tokens.lowers[self.sentence.first : self.sentence.last]
        return any(word in word_lists()["here_and_now"] for word in words)

    def points_back(self) -> bool:
        """ "that day", "the same day", which mean nothing where no day was told; "the day" may be today."""
        return any(w in ("that", "same") for w in self.analysis.tokens.lowers[self.first : self.last])

    def is_same_paragraph(self, at: int) -> bool:
        """Whether character ``at`` stands in the paragraph of the expression."""
        return self.analysis.sentences[self.analysis.sentence_at(at)].paragraph == self.sentence.paragraph

    def is_deadline(self) -> bool:
        """ "postponed until Tuesday", "as early as Monday": ahead, whatever the verb's tense."""
        tokens = self.analysis.tokens
        before = tokens.lowers[max(0, self.first - 5) : self.first]
        if before[-1:] == ["as"] and before[-3:-1] in (["as", "early"], ["as", "soon"]):
            return True
        before_it = before[:-1] if before[-1:] == ["the"] else before
        if before_it[-2:] == ["ahead", "of"] or (before_it[-1:] == ["to"] and before_it[-2:-1] in (["up"], ["run-up"])):
            return True  # "ahead of Monday's vote", "in the lead up to the Friday summit"
        if "until" not in before[-2:] and "till" not in before[-2:]:
            return False
        sentence = tokens.lowers[max(self.sentence.first, self.first - 30) : self.first]
        return any(word in word_lists()["deadline_verbs"] for word in sentence)

    def has_happened(self) -> bool:
        """Whether a verb of the past stands right before: "was arrested in", "died on"."""
        left = self._left()
        return (
            left is not None and left[0] == PAST and left[1] <= 3 and self.word(-1) in word_lists()["told_prepositions"]
        )

    def is_told_past(self) -> bool:
        """Whether a verb of the past takes it that tells what happened: "stormed the town on May 10".

        Also where it opens the sentence of one: "On May 10, gunmen stormed the town".
        """
        tokens, lists = self.analysis.tokens, word_lists()
        if self.word(-1) not in lists["told_prepositions"]:
            return False
        if self.first - 1 == self.sentence.first:
            for i in range(self.last + 1, min(self.sentence.last, self.last + 1 + _OPENED)):
                tag, word = tokens.tags[i], tokens.lowers[i]
                if word in lists["past_helping"] or tag == "RB":
                    continue
                if tag[:2] in ("VB", "MD", "TO") or tag[0] == "W":
                    return tag in ("VBD", "VBN") and word in lists["happened"]
            return False
        for i in range(self.first - 2, max(self.sentence.first - 1, self.first - _TAKEN), -1):
            tag, word = tokens.tags[i], tokens.lowers[i]
            if tag in ("VBD", "VBN"):
                is_of_clause = i > self.sentence.first and tokens.tags[i - 1] in ("WDT", "WP")
                is_told = tag == "VBD" or (i > self.sentence.first and tokens.lowers[i - 1] in lists["past_helping"])
                return is_told and word in lists["happened"] and not is_of_clause
            if tag[:2] in ("VB", "MD", "TO") or tag[0] == "W" or word in lists["before_another_day"]:
                return False
        return False

    def is_of_past_subject(self) -> bool:
        """Whether it says when the subject of a verb of the past was: "the raid in June ended"."""
        if self.word(-1) not in word_lists()["told_prepositions"] or not self.tag(-2).startswith("NN"):
            return False
        right = self._right()
        return self._left() is None and right is not None and right[0] == PAST and not self.is_headline()

    def is_of_purpose(self) -> bool:
        """Whether the nearest verb is an infinitive with "to" and none tells the past: "enough to last the winter"."""
        tokens = self.analysis.tokens
        if "VBD" in tokens.tags[self.sentence.first : self.first]:
            return False
        for i in range(self.first - 1, max(self.sentence.first, self.first - 12), -1):
            if tokens.tags[i][:2] in ("VB", "MD"):
                return tokens.tags[i] == "VB" and tokens.lowers[i - 1] == "to"
        return False

    def tense(self) -> str:
        """The tense of the verb that the expression goes with, by tags alone; read once."""
        if self._tense is None:
            self._tense = self._read_tense()
        return self._tense

    def _read_tense(self) -> str:
        if self.word(-1) == "for" and self.word(1) in word_lists()["due_later"]:
            return FUTURE
        left = self._left()
        right = self._right()
        if left is not None and left[1] <= 3:
            return left[0]
        # "after his visit on Friday, that they should"; but "On Friday, they will" goes on
        ends_clause = self.word(1) == "," and (left is not None or self.first - self.sentence.first > _OPENING)
        if right is not None and right[0] == FUTURE and right[1] <= 4 and not ends_clause:
            return FUTURE
        if left is not None and (left[1] <= 12 or ends_clause):
            return left[0]
        if right is not None and not ends_clause:
            return right[0]
        return left[0] if left is not None else NO_TENSE

    def _left(self) -> tuple[str, int] | None:
        tokens, lists = self.analysis.tokens, word_lists()
        tags, lowers = tokens.tags, tokens.lowers
        stop = max(self.sentence.first, self.first - 25)
        for i in range(self.first - 1, stop - 1, -1):
            tag, word = tags[i], lowers[i]
            # "is scheduled for", "plans to": what is announced has not yet been
            is_announced = tag[:2] in ("VB", "JJ", "NN") and word in lists["announced"]
            if not is_announced and tag not in _VERBAL:
                continue
            between = lowers[i + 1 : self.first]
            # "going home" announces nothing, "going to" and "expected in December" do
            is_bare = (
                tag[:2] != "NN"
                and word in lists["announced_for"]
                and all(w in lists["announced_prepositions"] for w in between)
            )
            if is_announced and (word not in lists["announced_before_to"] or "to" in between or is_bare):
                is_over = bool(lists["let_pass"].intersection(lowers[max(self.sentence.first, i - 4) : i]))
                return (PAST if is_over else FUTURE), self.first - i
            if tag == "VBG" and i > self.sentence.first and lowers[i - 1] in lists["after_deeds"]:
                return PAST, self.first - i  # "is to leave after halting work in March"
            if tag == "MD":
                # "could be heard on Friday" is told, "could strike on Friday" is feared
                is_told = word == "could" and tokens.tags[i + 2 : i + 3] in (["VBN"], ["VB"])
                return (PAST if is_told or self._is_conjectured(i) else FUTURE), self.first - i
            is_participle = tag == "VBN" and self.first - i <= 8 and not self._is_attribute(i)
            if tag == "VBD" or (is_participle and not self._is_going_on(i)):
                return PAST, self.first - i
            if tag in ("VBZ", "VBP"):
                if self._is_perfect(i):
                    return PAST, self.first - i
                # "talks begin on Friday": a timetable
                is_timetable = word in lists["timetable_verbs"] and self.first - i <= _TIMETABLE
                is_ahead = lowers[i + 1] == "to" or is_timetable or self._is_in_coming_clause(i)
                return (FUTURE if is_ahead else PRESENT), self.first - i
        return None

    def _is_in_coming_clause(self, i: int) -> bool:
        """Whether the verb at token ``i`` tells what is to come: "before the ministers meet", "until he returns"."""
        tokens, lists = self.analysis.tokens, word_lists()
        for j in range(i - 1, max(self.sentence.first, i - 7) - 1, -1):
            if tokens.lowers[j] in lists["ahead_conjunctions"]:
                return tokens.tags[j] in ("IN", "WRB") and "VBD" not in tokens.tags[self.sentence.first : j]
            if tokens.tags[j][:2] in ("VB", "MD") or tokens.words[j] in (",", ";"):
                return False
        return False

    def _is_attribute(self, i: int) -> bool:
        """Whether the participle at token ``i`` says what a noun is like: "a hastily organized vote"."""
        tags = self.analysis.tokens.tags
        return tags[i + 1] in ("NN", "NNS", "JJ") and tags[i - 1] in ("DT", "RB", "JJ", "PRP$", "POS")

    def _is_going_on(self, i: int) -> bool:
        """Whether the participle at token ``i`` tells of what is not over: "to be held", "is being held"."""
        lowers = self.analysis.tokens.lowers[max(0, i - 3) : i]
        return "be" in lowers or ("being" in lowers and bool({"is", "are", "'s", "’s", "'re"}.intersection(lowers)))

    def _is_conjectured(self, i: int) -> bool:
        """Whether the modal at token ``i`` tells of what is over: "could have been", not "will have a break"."""
        tokens = self.analysis.tokens
        behind = tokens.lowers[i + 1 : i + 3]
        if tokens.lowers[i] in ("will", "'ll", "’ll") or "have" not in behind:
            return False
        at = i + 1 + behind.index("have")
        return any(tag in ("VBN", "VBD") for tag in tokens.tags[at + 1 : at + 3])

    def _is_perfect(self, i: int) -> bool:
        """ "has fallen", "have not yet been seen"; not "has 400 people"."""
        tokens = self.analysis.tokens
        is_have = tokens.lowers[i] in ("has", "have", "'ve", "’ve")
        return is_have and any(tag in ("VBN", "VBD") for tag in tokens.tags[i + 1 : i + 5])

    def _right(self) -> tuple[str, int] | None:
        tokens, lists = self.analysis.tokens, word_lists()
        stop = min(self.sentence.last, self.last + 20)
        if self.word(1) in ("that", "which", "who"):
            return None
        for i in range(self.last + 1, stop):
            tag = tokens.tags[i]
            if tag == "MD":
                return (PAST if self._is_conjectured(i) else FUTURE), i - self.last
            if tag == "VBD":
                return PAST, i - self.last
            if tag in ("VBZ", "VBP"):
                if self._is_perfect(i):
                    return PAST, i - self.last
                if self.word(1) == "when":
                    return FUTURE, i - self.last  # "from Monday, when repairs begin"
                following = tokens.lowers[i : i + 4]
                if any(w in lists["announced"] for w in following):
                    return FUTURE, i - self.last
                return PRESENT, i - self.last
        return None
