"""What looks like a date and is none: names, counts, verbs, ages, versions.

Belongs here: refusing a phrase by the words and tags beside it, and turning a length into a rate
or a point in time where these say so. Does not belong here: how phrases are made.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.extract.dates.build.amounts import repeat_value
from ingest.extract.dates.build.registry import length, with_fields
from ingest.extract.dates.context import FUTURE, PAST, Surroundings, word_lists
from ingest.extract.dates.lexer import Node, lexicon
from ingest.extract.dates.meaning import CALENDAR, LENGTH, OFFSET, REFERENCE, REPEAT, WINDOW, Meaning
from ingest.extract.dates.values import SEASONS

_OLD = re.compile(r"\s?-?\s?olds?\b|\s+of\s+age\b")
_AGED = re.compile(r"\b(?:aged?|ages)(?:\s+of)?\s+$", re.I)
_CODE_BEFORE = re.compile(r"[A-Za-z0-9_/#@.][-/_.]?$")
_CODE_AFTER = re.compile(r"[/_]?[\w@]|-\d|\.\d|%|\s?[°%]|/\d|:\d")


def judge(node: Node, around: Surroundings, text: str) -> Node | None:
    """The phrase, changed where its surroundings say so, or nothing where it is no date."""
    kept = _without_conjunction(node, around)
    if kept is None:
        return None
    meaning: Meaning = kept.value
    if meaning.kind == OFFSET and meaning.is_text_bound and meaning.first is None:
        return _offset(kept, meaning, around, text)
    if meaning.kind == WINDOW and around.analysis.tokens.tags[around.first].startswith("VB"):
        # "will last two weeks"
        start = around.analysis.tokens.starts[around.first + 1]
        return Node("LENGTH", start, kept.end, with_fields(meaning, kind=LENGTH, sign=0), "dur.exact")
    if kept.rule == "rel.unit" and meaning.which == "last" and _has_owner(around):
        # "his last month in captivity", "the army's last year there" is the end of something, not the one before this
        if meaning.unit in SEASONS or meaning.unit == "WE":
            return None
        if meaning.unit == "D":
            return Node("DAY", kept.start, kept.end, Meaning(CALENDAR, unit="D", which="event"), "rel.event-day")
        return Node("LENGTH", kept.start, kept.end, length((meaning.amount or 1.0, meaning.unit or "M")), "dur.exact")
    if kept.rule == "set.plural" and _has_lost_apostrophe(kept, around, text):
        weekday = lexicon().words[text[kept.start : kept.end].lower().removesuffix("s")][1]
        return Node("DAY", kept.start, kept.end, Meaning(CALENDAR, weekday=weekday), "date.weekday")
    if meaning.holiday is None and _is_name(kept, around, text):
        return None
    if meaning.kind == LENGTH:
        return _length(kept, meaning, around, text)
    check = _is_year if kept.cls == "YEAR" and kept.rule == "mod.approx" else _CHECKS.get(kept.rule)
    if check is not None:
        return kept if check(kept, around, text) else None
    return None if meaning.kind == CALENDAR and _is_code(kept, text) else kept


def _has_owner(around: Surroundings) -> bool:
    """Whether a genitive or possessive stands right before: "the army's last winter", "her last winter"."""
    return around.tag(-1) in ("PRP$", "POS") or around.word(-1) == "her"


def _without_conjunction(node: Node, around: Surroundings) -> Node | None:
    """ "said that Monday was quiet": a conjunction, and the date is what follows it."""
    meaning: Meaning = node.value
    tokens = around.analysis.tokens
    if meaning.which != "that" or tokens.lowers[around.first] != "that" or tokens.tags[around.first] != "IN":
        return node
    if meaning.weekday is None and meaning.month is None and meaning.number is None:
        return None
    plain = with_fields(meaning, which=None, is_text_bound=False)
    rule = "date.weekday" if node.rule == "rel.weekday" else node.rule
    return Node(node.cls, tokens.starts[around.first + 1], node.end, plain, rule)


def _has_lost_apostrophe(node: Node, around: Surroundings, text: str) -> bool:
    """ "after Wednesdays explosion", in a text that has lost its apostrophes: a day, and no habit."""
    named = lexicon().words.get(text[node.start : node.end].lower().removesuffix("s"))
    if around.first != around.last or named is None or named[0] != "weekday":
        return False
    lists = word_lists()
    if around.word(-1) in lists["before_owners"] and around.tag(1)[:1] in ("N", "V", "J"):
        return True
    is_owner = around.tag(1) in _NOUNS and around.word(-1) not in lists["before_habits"]
    return is_owner and _GENITIVE.search(text) is None


_GENITIVE = re.compile(r"\w['’]s\b")
_NOUNS = frozenset(("NN", "NNS", "JJ", "NNP", "VBG"))
_CAPITAL_UNIT = re.compile(
    r"[A-Z]\w*[\s-]+(?:Minutes?|Hours?|Days?|Weeks?|Months?|Years?|Nights?|Mornings?|Evenings?)$"
)


def _is_name(node: Node, around: Surroundings, text: str) -> bool:
    """ "This Week" and "60 Minutes" are programmes; headlines write so too."""
    return _CAPITAL_UNIT.search(text, node.start, node.end) is not None and not around.is_headline()


# tags of words that make a plural unit something else
_MODIFIERS = frozenset(("PRP$", "VBG", "CD", "NN", "NNP", "POS", "JJ", "WP$"))


def _is_capital_inside(node: Node, around: Surroundings) -> bool:
    """ "High Noon", "the Overnight Express"."""
    is_inside = around.first != around.sentence.first and not around.sentence.is_title
    return is_inside and around.analysis.text[node.start].isupper()


def _is_day(node: Node, around: Surroundings, text: str) -> bool:
    """Not "May 12 Street"; and "March 10 brigades to the border" is an order."""
    if around.word(1) in word_lists()["after_name"] and around.raw(1)[0].isupper():
        return False
    meaning: Meaning = node.value
    is_dated = around.word(-1) in word_lists()["firm_day_prepositions"]
    is_order = meaning.month in (3, 5) and around.tag(1) == "NNS" and around.raw(1).islower() and not is_dated
    return not is_order and not _is_code(node, text)


def _is_weekday(node: Node, around: Surroundings, text: str) -> bool:
    """Not "the Sunday Times"."""
    return around.word(1) not in word_lists()["after_weekday_name"] or around.raw(1).islower()


def _is_today(node: Node, around: Surroundings, text: str) -> bool:
    """Not "USA Today"."""
    return not (around.tag(-1).startswith("NNP") and _is_capital_inside(node, around))


def _is_short(node: Node, around: Surroundings, text: str) -> bool:
    """Not "9/11", which is an event."""
    return text[node.start : node.end] != "9/11" and not _is_code(node, text)


def _is_numeric(node: Node, around: Surroundings, text: str) -> bool:
    """Not "version 3.10.24"."""
    return around.word(-1) not in word_lists()["before_version"] and not _is_code(node, text)


def _is_span(node: Node, around: Surroundings, text: str) -> bool:
    """Not "2022/2023 rounds"."""
    return around.word(1) not in word_lists()["not_after_year"] and not _is_code(node, text)


def _is_small(node: Node, around: Surroundings, text: str) -> bool:
    return not _is_capital_inside(node, around)


# "Sung-Jun": the second half of a given name
_GIVEN_NAME = re.compile(r"\b[A-Z][a-z]+-$")
_SIDE = re.compile(r"\s+(?:before|after)$", re.I)


def _offset(node: Node, meaning: Meaning, around: Surroundings, text: str) -> Node | None:
    """ "three days after he left": counted from an event; the event itself is outside the evidence."""
    side = _SIDE.search(text, node.start, node.end)
    if side is None or around.tag(1) in (".", ",", ":", "''", "-RRB-", "") or around.word(1) in (",", ";", "”", ")"):
        return node
    if text[node.start : node.end].lower().startswith("the "):
        unit = meaning.lengths[0][1]
        if unit != "D" or text[node.start : node.end].split()[1].lower() != "day":
            return None  # "the weeks after the vote" are no calendar's
        beside = Meaning(CALENDAR, unit=unit, which="event")
        return Node("PERIOD", node.start, side.start(), beside, "rel.event-day")
    from_event = with_fields(meaning, which="event", is_text_bound=False)
    return Node("OFFSET", node.start, side.start(), from_event, "rel.from-event")


def _is_code(node: Node, text: str) -> bool:
    """Digits glued to other signs are versions, serial numbers and the like."""
    if not text[node.start].isdigit() and not text[node.end - 1].isdigit():
        return False
    before, after = text[max(0, node.start - 2) : node.start], text[node.end : node.end + 2]
    if text[node.start].isdigit() and before and _CODE_BEFORE.search(before):
        return True
    if _DOTTED.match(text, node.start, node.end) and after[:1].isupper() and after[1:].islower():
        return False  # "28.04.2017Get …", where a page's lines are glued
    return text[node.end - 1].isdigit() and _CODE_AFTER.match(after) is not None


_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)\d\d")
_YEAR = re.compile(r"\d{4}$")
# four figures again and again, and only commas between: years stand so in their order
_ROW = re.compile(r"(?<![\d,.])\d{4}(?:, ?\d{4}){2,}(?![\d.])")


def _is_in_row_of_numbers(start: int, text: str) -> bool:
    """Whether the four figures at ``start`` stand in a row of serial numbers, as "2080, 2153, 2097"."""
    for row in _ROW.finditer(text, max(0, start - 60), start + 60):
        if row.start() <= start < row.end():
            numbers = [int(n) for n in row.group().replace(" ", "").split(",")]
            return numbers != sorted(numbers)
    return False


def _is_year(node: Node, around: Surroundings, text: str) -> bool:
    raw = text[node.start : node.end]
    figures = _YEAR.search(raw)
    if figures is None or raw.lower().startswith(("the year", "fiscal")):
        return True
    if _is_code(node, text) or _is_in_row_of_numbers(node.start, text):
        return False
    lists = word_lists()
    before, after = around.word(-1), around.word(1)
    if before in lists["not_before_year"] or after in lists["not_after_year"] or before.isdigit():
        return False
    firm = before in lists["firm_year_prepositions"]
    if after == "of":  # "2014 of them"
        return firm
    year, follows = int(figures.group()), around.tag(1)
    if follows == "NNS" and year % 10 == 0 and before not in ("the", "'s", "’s") and around.tag(-1) != "PRP$":
        return False
    if not 1700 <= year <= 2099:
        if around.first == around.sentence.first and after in (",", ":") and year % 50:
            return True
        # counts are often round, years seldom
        likely = firm or (before in ("and", "or", "of", ",") and year % 50 != 0) or before in lists["beside_old_years"]
        return likely and follows not in ("NNS", "NN", "JJ")
    if before in ("and", "or") and _YEAR.fullmatch(around.word(-2)) and year % 10:
        return True  # "the 2011 and 2017 censuses"
    if before == "," or around.first == around.sentence.first or follows in ("NN", "NNP", "NNPS"):
        return True
    return before in lists["before_year"] or around.tag(-1) in ("NNP", "POS", "PRP$") or follows not in ("NNS", "JJ")


_SURNAMES = ("jan", "mar", "dec", "jun")


def _is_month(node: Node, around: Surroundings, text: str) -> bool:
    lists = word_lists()
    before, after = around.word(-1), around.word(1)
    raw = text[node.start : node.end]
    lower = raw.lower().rstrip(".")
    if lower not in lists["given_name_months"]:
        return True
    if before in lists["persons_before"] or _GIVEN_NAME.search(text, max(0, node.start - 20), node.start):
        return False
    if around.tag(1) == "NNP" and around.raw(1)[:1].isupper() and before not in lists["firm_prepositions"]:
        return False
    if lower in ("may", "march", "mar"):
        if before not in lists["month_prepositions"]:
            return False
        if around.tag(1) in ("VBD", "VBZ", "MD") and before in ("the", ",", "and", "(", "that", "as"):
            return False
        if before in (",", "that", "and") and around.tag(1) in ("VB", "PRP", "RB"):
            return False
        if (
            lower == "march"
            and before in ("the", "a", "on", "'s", "’s", "its", "their")
            and after in ("on", "of", "for", "in", "to", "was", "is", "against", "through", "from", "by")
        ):
            return False
    is_behind_name = around.tag(-1) == "NNP" and before not in lists["month_prepositions"]
    if is_behind_name and lower in _SURNAMES and not raw.endswith(".") and around.raw(-1)[:1].isupper():
        return around.word(-1) in lists["month_neighbours"]  # "Aziza Jan of Tolo"
    # "Ikram Jan, was", "Theresa May said"
    return not (is_behind_name and (around.tag(1) in ("VBD", "VBZ") or (around.tag(1) == "," and lower == "jan")))


def _is_clock(node: Node, around: Surroundings, text: str) -> bool:
    if _is_code(node, text):
        return False
    if not re.fullmatch(r"\d{1,2}:\d\d", text[node.start : node.end]):
        return True
    # a score or a verse: "won 21:17", "a ratio of 10:30"
    return not {around.word(-1), around.word(-2)} & word_lists()["before_score"]


def _is_age_of_thing(end: int, around: Surroundings) -> bool:
    """Whether what is so old goes on: "the five-year-old civil war"; ``end`` is where "old" ends, in characters."""
    tokens = around.analysis.tokens
    first = around.analysis.token_at(end - 1) + 1
    for i in range(first, min(first + 3, around.sentence.last)):
        if tokens.lowers[i] in word_lists()["lasting_things"]:
            return True
        if tokens.tags[i] not in ("JJ", "NN", "NNP"):
            return False
    return False


_A_QUARTER = (1.0, "Q")


def _length(node: Node, meaning: Meaning, around: Surroundings, text: str) -> Node | None:
    old = _OLD.match(text, node.end)
    if old is not None:
        is_thing = _is_age_of_thing(old.end(), around)
        return Node(node.cls, node.start, old.end(), meaning, node.rule) if is_thing else None
    if _AGED.search(text, max(0, node.start - 12), node.start):
        return None
    if text[node.start].isdigit() and node.start and _CODE_BEFORE.search(text[max(0, node.start - 2) : node.start]):
        return None
    if meaning.lengths[0] == _A_QUARTER and meaning.vague is None and around.word(1) == "of":
        return None  # "more than a quarter of the harvest"
    if node.rule == "dur.exact" and text[node.start : node.end].lower() == "one day" and _is_some_day(around):
        return Node("REFERENCE", node.start, node.end, Meaning(REFERENCE, value="FUTURE_REF"), "ref.future")
    if node.rule == "dur.bare":
        return node if _is_bare_length(meaning, around) else None
    if node.rule == "dur.one":
        return _one(node, meaning, around, text)
    lists = word_lists()
    is_point = meaning.sign == 1 and around.word(-1) == "in" and around.word(1) not in lists["served"]
    if is_point and around.tense() == FUTURE:
        return Node("OFFSET", node.start, node.end, Meaning(OFFSET, lengths=meaning.lengths, sign=1), "rel.in")
    return node


def _is_some_day(around: Surroundings) -> bool:
    """Whether "one day" is a day to come: "might one day return", "its bid to one day join", "hopes one day to"."""
    if around.tag(-1) in ("MD", "TO") or around.word(-1) == "to":
        return around.tag(1) in ("VB", "VBP", "RB", "NN")
    return around.word(1) == "to" and around.tag(2) == "VB"


def _is_bare_length(meaning: Meaning, around: Surroundings) -> bool:
    """ "for months", "years of war"; not "these days", "working hours", "the seconds of the duel"."""
    if around.word(-1) in ("-", "–"):
        return False  # three-quarters of the grain
    if meaning.lengths[0][1] == "TS" and around.word(-1) not in ("for", "within", "in", "after"):
        return False
    lists = word_lists()
    is_followed = around.word(1) in lists["after_units"]
    before = around.tag(-1)
    if around.word(-1) in lists["not_before_units"] or before in _MODIFIERS:
        return is_followed and before not in ("CD", "JJ", "NN")
    return is_followed or around.word(-1) in lists["before_units"]


def _one(node: Node, meaning: Meaning, around: Surroundings, text: str) -> Node | None:
    """ "a year": how long, or how often ("15 a year", "$40bn a year"), or the rate of a speed."""
    unit, before, after = meaning.lengths[0][1], around.word(-1), around.word(1)
    is_rate = around.tag(-1) in ("NN", "NNS", "CD", "$") or (around.tag(-1) == "VBN" and around.counts_before())
    is_rate = is_rate and after not in ("of", "after", "before", "when", "later")
    if is_rate and before != "ago" and text[node.start] in "aA" and around.first == around.last - 1:
        if unit.startswith("T"):
            return None
        return Node("REPEAT", node.start, node.end, Meaning(REPEAT, value=repeat_value(1.0, unit)), "set.per-unit")
    if unit == "TS" or (unit in ("Q", "TM") and after in ("of", "to", "past")):
        return None
    # "a day like this", "a day in March"
    return None if unit == "D" and after in ("like", "in") and before not in ("for", "within") else node


def _is_adverb_set(node: Node, around: Surroundings, text: str) -> bool:
    """ "the Daily Mail", "an Annual Report" are names, "the Harbour Post daily" is a newspaper."""
    raw = text[node.start : node.end]
    if around.tag(0) == "JJ" and node.value.value in ("P3M", "P1M"):
        return False  # "the quarterly report", "monthly dividends" say what it is, not how often
    if around.tag(0) == "NN" and around.tag(-1) in ("DT", "JJ") and not around.tag(1).startswith("NN"):
        return False  # "writes the weekly": a newspaper
    if around.tag(-1) == "NNP" and around.word(1) in word_lists()["after_papers"]:
        return False  # "told the Harbour Post daily in an interview": a newspaper
    return not (raw[0].isupper() and around.first != around.sentence.first) and not (
        raw[0].isupper() and around.raw(1)[:1].isupper()
    )


def _is_reference(node: Node, around: Surroundings, text: str) -> bool:
    raw = text[node.start : node.end].lower()
    if (
        raw == "now"
        and _is_capital_inside(node, around)
        and (around.tag(-1).startswith("NNP") or around.word(-1) == "-")
    ):
        return False  # "Qalah-ye Now"
    if raw.startswith("coming ") and around.word(-1) in ("is", "are", "was", "were", "comes", "came"):
        return False  # "the raid is coming weeks after another"
    if raw == "the past" and around.tag(1) in ("NN", "NNS", "JJ"):
        return False  # "of the past governments mistakes"
    if raw in ("the future", "future") and (around.tag(1) in ("NN", "NNS", "NNP") or around.word(1) == "of"):
        return False  # "the future of the war" is its fate
    # "as soon as", "how soon", "soon after the strike", "soon spread" do not look ahead from today
    is_measured = around.word(1) in ("as", "after") or around.word(-1) in ("as", "too", "how")
    return raw != "soon" or not (is_measured or around.tag(1) == "VBD")


def _is_feast(node: Node, around: Surroundings, text: str) -> bool:
    """Not "the Christmas Cottage", a name that goes on behind the feast."""
    if around.word(1) in word_lists()["name_particles"]:
        return False
    is_followed = around.tag(1).startswith("NNP") and around.raw(1)[:1].isupper() and not around.sentence.is_title
    return not is_followed or text[node.end : node.end + 1] != " " or around.word(1) in word_lists()["after_feasts"]


_AFTER_ALL = re.compile(r"\b(?:at|in)\s+$", re.I)


def _is_edge(node: Node, around: Surroundings, text: str) -> bool:
    """Not "at the end of the day, it is their choice", which says "after all"."""
    meaning: Meaning = node.value
    is_idiom = meaning.unit == "D" and meaning.mod == "END" and meaning.is_text_bound
    return not (is_idiom and _AFTER_ALL.search(text, max(0, node.start - 4), node.start) and around.word(1) == ",")


def _is_bare_unit(node: Node, around: Surroundings, text: str) -> bool:
    """Not "stronger by the day"."""
    return around.word(-1) != "by" or around.tag(-2) not in ("JJR", "RBR", "JJ", "VBG")


def _is_unit(node: Node, around: Surroundings, text: str) -> bool:
    """ "condemned weekend raids", and not "weekend" as the head of a habit or a name."""
    if text[node.start : node.end].lower() != "weekend" or around.word(-1) in word_lists()["before_weekends"]:
        return True
    return around.tag(1) in _NOUNS and around.word(1) not in word_lists()["not_after_season"]


def _is_season(node: Node, around: Surroundings, text: str) -> bool:
    """ "a spring offensive", "before winter", "winter is coming"; not "a spring" of water, "a summer camp"."""
    lists, meaning = word_lists(), node.value
    if around.word(1) in lists["not_after_season"]:
        return False
    if meaning.year is not None:
        return True
    if around.word(-1) in ("a", "an"):
        return around.tag(1) in ("NN", "NNS")
    name = text[node.start : node.end].lower()
    is_verb_too = name.removeprefix("the ") in lists["seasons_that_are_verbs"]
    if is_verb_too and (around.tag(0).startswith("VB") or around.word(1) == "of"):
        return False
    before = lists["before_the_seasons" if is_verb_too and name.startswith("the ") else "before_seasons"]
    if around.word(-1) in before or (around.tag(-1) == "POS" and not is_verb_too):
        return True
    is_last = around.last + 1 == around.sentence.last
    is_named = around.tag(-1).startswith("NNP") and not around.is_headline()
    if is_verb_too or is_named or (around.tag(1).startswith("NN") and not is_last):
        return False
    return around.is_headline() or around.is_of_purpose() or around.tense() in (PAST, FUTURE)


_CHECKS: dict[str, Callable[[Node, Surroundings, str], bool]] = {
    "date.year": _is_year,
    "date.year-span": _is_span,
    "date.month": _is_month,
    "date.weekday": _is_weekday,
    "date.day-month": _is_day,
    "date.numeric": _is_numeric,
    "date.numeric-short": _is_short,
    "time.clock": _is_clock,
    "date.holiday": _is_feast,
    "date.season": _is_season,
    "rel.unit": _is_unit,
    "rel.bare-unit": _is_bare_unit,
    "mod.edge": _is_edge,
    "time.point": _is_small,
    "rel.overnight": _is_small,
    "rel.day": _is_today,
    "set.adverb": _is_adverb_set,
    "ref.present": _is_reference,
    "ref.past": _is_reference,
    "ref.future": _is_reference,
    "ref.future-noun": _is_reference,
    "ref.past-noun": _is_reference,
}
