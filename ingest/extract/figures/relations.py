"""What figures of one sentence say about each other.

Belongs here: the noun of a figure that has none of its own ("five hit …", "six others"), parts of
a total. Does not belong here: a figure by itself, rates and sums since a date (``over_time``).
"""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.analysis import Analysis
from ingest.extract.figures import ages, bounds, counted, governors, measures, over_time, status, subjects, totals
from ingest.extract.figures.lexicon import words
from ingest.extract.figures.predicates import Right
from ingest.extract.figures.reading import Reading
from ingest.extract.figures.status_words import is_auxiliary, statuses

_PEOPLE_STATUSES = frozenset({"killed", "wounded", "missing", "displaced", "evacuated"})
# people are killed, not destroyed; what is launched or shot down are things
_OF_PEOPLE: dict[str, str | None] = {"destroyed": "killed", "damaged": None, "launched": None, "shot_down": None}
_FATES = frozenset({"killed", "wounded", "captured"})
_THING_STATUSES = frozenset({"destroyed", "damaged", "shot_down", "launched"})
_INCLUDING = words("opening_parts")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MEASURES = frozenset({"length", "mass", "area", "speed", "temperature"})
_PART_REACH = 14
_MARK_REACH = 3
_MODIFIERS = 7
_MODIFYING = frozenset({"IN", "DT", "JJ", "HYPH", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$"})
_OWN_VERB = 3
_FALLEN = words("struck")
_OF_TOTAL = frozenset({" of ", " of the ", " of its ", " of their ", " of all ", " out of ", " out of the "})
_OF_THEM = (["them"], ["whom"], ["those"])
_OTHERS = words("others")
_ADDING = (("as", "well", "as"), ("in", "addition", "to"), ("along", "with"), ("together", "with"), ("alongside",))


def fill(analysis: Analysis, readings: list[Reading]) -> None:
    """Complete ``readings`` (of one text, in order, none turned down) with what the clause tells."""
    previous: Reading | None = None
    naming: Reading | None = None  # the last one that named what it counts
    sums: dict[int, bool] = {}
    for k, r in enumerate(readings):
        following = readings[k + 1] if k + 1 < len(readings) else None
        if previous is not None and previous.sentence != r.sentence:
            previous = None
        if previous is not None:
            _lend(analysis, previous, r)
        _count(analysis, r, previous, following)
        _name_from_afar(analysis, r, previous, naming)
        _place_among(analysis, r, naming)
        if r.counted is not None and not r.rule.startswith("age."):
            naming = r
        if previous is not None:
            _of_total(analysis, previous, r)
        over_time.rate(analysis, r)
        if r.kind == "count":
            if r.sentence not in sums:
                sums[r.sentence] = over_time.sums_up(analysis, r)
            r.is_cumulative = sums[r.sentence]
        previous = r
    for r, following in zip(reversed(readings[:-1]), reversed(readings[1:]), strict=True):
        _share_back(analysis, r, following)
    totals.share(readings)
    _ask_tree(analysis, readings)
    for r in readings:
        if (
            r.kind == "count"
            and r.status is None
            and (subjects.stands_somewhere(analysis, r) or subjects.is_aboard(analysis, r))
        ):
            r.status = "present"
    for r in readings:
        r.status = _fitting(r)


def _fitting(r: Reading) -> str | None:
    """The status as it is said of people, where people are counted, and of what can burn, where that is."""
    if subjects.names_people(r.counted) or (r.part_of is not None and subjects.names_people(r.part_of.counted)):
        return _OF_PEOPLE.get(r.status or "", r.status)
    return "destroyed" if r.status == "wounded" and r.counted in words("burnable") else r.status


def _ask_tree(analysis: Analysis, readings: list[Reading]) -> None:
    """Give what has no fate by the tags alone the one that the sentence's tree shows."""
    trees: dict[int, dict[int, list[int]]] = {}
    left = {id(r): told for r in readings if (told := governors.left(analysis, r)) is not None}
    for r in readings:
        if r.kind != "count" or r.rule == "count.compound":
            continue
        if id(r) in left:
            r.status = left[id(r)]
        elif _fitting(r) is None and (fate := governors.fronted(analysis, r)) is not None:
            r.status = fate
        elif _fitting(r) is None and r.counted not in words("deeds") | words("instances"):
            r.status = governors.fate(analysis, r, trees) or r.status
        if id(r) not in left and id(r.part_of) in left and r.part_of is not None:
            r.status = r.part_of.status


def _name_from_afar(analysis: Analysis, r: Reading, previous: Reading | None, naming: Reading | None) -> None:
    """Name what ``r`` counts by its subject, its predicate or an earlier figure, where no noun stands beside it."""
    is_part = r.kind in ("count", "share") and r.phrase is None
    if is_part and (named := subjects.among_them(analysis, r)) is not None:
        r.counted = named
        if r.kind == "share" and previous is not None and previous.kind == "count":
            r.status, r.part_of = r.status or previous.status, previous
    elif is_part and (meant := subjects.antecedent(analysis, r, naming)) is not None:
        r.counted = meant
    if r.kind == "count" and r.phrase is None and (said := subjects.said_to_be(analysis, r)) is not None:
        r.counted = said
    if r.counted is None and r.phrase is None and r.kind == "share":
        r.counted = (
            subjects.paid_as(analysis, r) or subjects.share_of(analysis, r, naming) or subjects.subject_of(analysis, r)
        )
    elif r.counted is None and r.phrase is None and r.kind == "money":
        r.counted = subjects.subject_of(analysis, r)
    elif r.counted is None and r.phrase is None and r.kind == "count":
        r.counted = subjects.subject_of(analysis, r) or _of_result(analysis, previous, r)
    if r.kind == "count" and r.counted is None and naming is not None:
        r.counted = subjects.of_those(analysis, r, naming)


def _place_among(analysis: Analysis, r: Reading, naming: Reading | None) -> None:
    """Give those who "were among" others the fate of these: "there were nine guards among them"."""
    if r.status is None and r.kind == "count" and naming is not None and subjects.follows_among(analysis, r):
        r.status = naming.status
    if r.status != "present":
        return
    if naming is not None and subjects.is_among_them(analysis, r):
        r.status = naming.status
    if r.status == "present" and (fallen := subjects.among(analysis, r)) is not None:
        r.status = status.among_fallen(analysis.tokens, fallen) or r.status  # "… among the dead"


def _lend(analysis: Analysis, a: Reading, b: Reading) -> None:
    """ "more than 100 kilometers (60 miles)" bounds both; "280 of the 1,500 million shekels" are shekels both."""
    if b.unit is None:
        return
    between = analysis.text[a.end : b.start]
    if a.unit is None:
        if between in _OF_TOTAL and a.kind == "count" and a.form in ("digits", "words") and b.unit.kind != "duration":
            a.unit, a.kind, a.counted, a.counted_phrase = b.unit, b.unit.kind, None, None
            a.rule = "money.word" if b.unit.kind == "money" else f"measure.{b.unit.kind}"
        return
    same_kind = a.unit.kind == b.unit.kind or b.unit.kind == "other"
    if not same_kind or between not in (" (", " / ", " or ", "/") or a.unit.symbol == b.unit.symbol:
        return
    if a.kind == b.kind == "money" and b.counted is None:
        b.counted, b.counted_phrase = a.counted, a.counted_phrase
    if b.bound != "exact" or b.low is None:
        return
    if a.bound in ("at_least", "more_than", "at_most", "less_than"):
        b.low, b.high = bounds.apply(a.bound, b.low, b.low)
        b.bound = a.bound
    elif a.bound == "approx":
        b.bound = "approx"


def _of_result(analysis: Analysis, a: Reading | None, b: Reading) -> str | None:
    """ "The vote was 79 to 18": the second number counts what the first does."""
    is_result = a is not None and a.kind == "count" and analysis.text[a.end : b.start] in (" to ", "-", "–")
    return a.counted if a is not None and is_result else None


def _of_total(analysis: Analysis, a: Reading, b: Reading) -> None:
    """ "15 of the 20 drones were shot down": the 15 were, and are part of the 20."""
    if a.kind == b.kind == "count" and a.low is not None and analysis.text[a.end : b.start] in _OF_TOTAL:
        a.part_of, a.counted, a.counted_phrase = b, b.counted, b.counted_phrase
        a.status = a.status or b.status
        if b.phrase is not None:
            b.status = None


def _count(analysis: Analysis, r: Reading, previous: Reading | None, following: Reading | None) -> None:
    """What ``r`` counts, and what befell it."""
    if r.phrase is None and r.kind == "count" and (total := subjects.total_of(analysis, r)) is not None:
        r.phrase = total
    if r.rule.startswith("age."):
        r.counted = ages.aged(analysis, r)
    elif r.rule == "count.compound":
        r.counted = r.compound
    elif r.kind == "length" and _distance().match(analysis.text, r.end):
        r.counted = "distance"
    elif r.kind in _MEASURES and (dimension := subjects.dimension_of(analysis, r)) is not None:
        r.counted = dimension
    else:
        _name_counted(analysis, r)
        if r.kind in ("count", "share"):
            _befall(analysis, r, previous, following)


def _name_counted(analysis: Analysis, r: Reading) -> None:
    """The head noun; a measure has one only behind "of" or a hyphen: "20 tonnes of grain", "122-mm shells"."""
    p, tokens = r.phrase, analysis.tokens
    if p is None and (r.kind == "money" or _is_round_sum(r)):
        p = _spent_on(analysis, r)
        if p is not None:
            r.counted = _head_word(analysis, p.head)
            r.counted_phrase = analysis.text[tokens.starts[p.first] : tokens.ends[p.head]]
    if r.unit is not None and (r.unit.is_counted or (r.kind == "duration" and p is None)):
        r.counted = _unit_word(analysis, r)
        if r.unit.is_counted:
            return
    if r.kind == "count" and p is None:
        r.counted = r.counted or subjects.collective(analysis, r)
    if r.kind == "money" and r.counted is None and (p is None or r.phrase is None):
        r.counted = subjects.paid_as(analysis, r)
    if r.kind == "share" and (change := subjects.changed_by(analysis, r)) is not None:
        r.counted = change
        return
    if p is None or r.phrase is None:
        return
    begin = measures.behind_conversion(analysis, r)
    counts = r.kind in ("count", "share") or "-" in analysis.text[r.number : r.end] or measures.is_price(analysis, r)
    if counts or (begin < p.head and tokens.lowers[begin] == "of"):
        r.counted = _head_word(analysis, p.head)
        r.counted_phrase = analysis.text[tokens.starts[p.first] : tokens.ends[p.head]]


def _unit_word(analysis: Analysis, r: Reading) -> str | None:
    """The unit of a duration that nothing follows, as written: the head noun of "90 days" are the days."""
    words_of = analysis.text[r.number : r.end].replace("-", " ").split()
    last = words_of[-1] if words_of else ""
    return last.lower() if last.isalpha() and last.islower() else None


def _is_round_sum(r: Reading) -> bool:
    """ "billions in foreign aid": money that no currency is named of."""
    return (
        r.kind == "count"
        and r.low is not None
        and r.low >= 1_000_000
        and r.phrase is None
        and r.form in ("words", "vague")
    )


def _spent_on(analysis: Analysis, r: Reading) -> counted.Phrase | None:
    """ "$95bn in wartime aid": what a sum is made of; not "in May", "in London"."""
    tokens, limit = analysis.tokens, analysis.sentences[r.sentence].last
    if r.after >= limit or tokens.lowers[r.after] not in ("in", "of"):
        return None
    p = counted.walk(tokens, r.after + 1, limit, behind_of=False)
    return p if p is not None and tokens.tags[p.head] in ("NN", "NNS") and p.first == r.after + 1 else None


def _befall(analysis: Analysis, r: Reading, previous: Reading | None, following: Reading | None) -> None:
    """What befell the counted; from the clause, or from the figure before."""
    tokens, p, head = analysis.tokens, r.phrase, r.counted
    if r.kind == "count" and tokens.lowers[max(0, r.opening - 2) : r.opening] == ["population", "of"]:
        r.counted = r.counted or "population"  # how many live there, whatever befell some of them
        return
    the_fallen = _fallen(analysis, r)
    if the_fallen is not None:
        r.counted = the_fallen
        r.status = _fate_of_fallen(analysis, r) or statuses().adjectives[the_fallen]
    elif head == "times":
        return
    elif r.rule != "count.none":
        r.status = _status_of(analysis, r)
    if r.kind == "share" and r.status == "present":
        r.status = None
    if p is not None and head in words("instances"):
        r.status = status.of_instances(tokens, p.last) or r.status
    if previous is not None:
        _take_over(analysis, r, previous)
    if r.status is None and r.kind == "count":
        last = p.last if p is not None else r.after
        r.status = status.among_fallen(tokens, last)
        if r.status is not None and following is not None and following.opening - last <= _MARK_REACH:
            r.part_of = following  # "10 guards among 12 dead"
    if r.kind == "count" and p is None and r.status is None:
        over_time.toll(analysis, r)
    if r.kind == "count" and (r.counted is None or head == "more"):
        _borrow(analysis, r, head, previous, following)
    if previous is not None and r.status is None and r.kind == "count" and p is None:
        _share_verb(analysis, r, previous)


def _take_over(analysis: Analysis, r: Reading, previous: Reading) -> None:
    """What a part, a number joined by "and", or one told in parallel takes over from the figure before."""
    if (whole := _whole(analysis, previous, r)) is not None:
        r.part_of = whole
        r.status = r.status or whole.status
    elif r.status is not None:
        return
    elif r.phrase is None:
        if _is_parallel(analysis, previous, r):
            # "15 dead among the guards and 23 among the rebels"
            r.status, r.counted, r.counted_phrase = previous.status, previous.counted, previous.counted_phrase
    elif _joined(analysis, previous, r) or _adds(analysis, previous, r):
        r.status = previous.status


def _share_verb(analysis: Analysis, r: Reading, previous: Reading) -> None:
    """The status of a bare number that counts the same as the one before: "three tanks were hit and two more"."""
    if r.counted != previous.counted:
        return
    tokens = analysis.tokens
    follows = r.after if r.after < len(tokens) else 0
    if status.is_hit_by(r.counted, tokens.lowers[follows]):
        r.status = "launched"
    elif not _has_verb_of_its_own(analysis, previous, r, follows):
        r.status = previous.status


def _share_back(analysis: Analysis, a: Reading, b: Reading) -> None:
    """Give ``a`` of a list the fate that is told at the list's end: "10 tourists, two guards killed in crash".

    Texts that have lost their commas list so too: "three posts nine depots and a bridge were destroyed". A noun
    that tells its fate by itself ("five hostages") is told of itself alone.
    """
    is_listed = a.kind == b.kind == "count" and a.sentence == b.sentence and a.status is None and b.status is not None
    if not is_listed or a.phrase is None or b.phrase is None or a.counted in words("deeds") | words("instances"):
        return
    own = statuses().nouns.get(b.counted or "")
    if own is None and a.rule != "count.none" and _is_listed(analysis, a.phrase.last, b.opening):
        a.status = b.status


def _is_listed(analysis: Analysis, first: int, last: int) -> bool:
    """Whether tokens ``first`` to ``last`` only join two of a list: "and", or "with heavy guns and"."""
    tokens = analysis.tokens
    between = tokens.lowers[first:last]
    if between in ([], [","], ["and"], [",", "and"]):
        return True
    is_joined = len(between) <= _MODIFIERS and between[-1] == "and" and tokens.tags[first] == "IN"
    return is_joined and all(tag in _MODIFYING for tag in tokens.tags[first : last - 1])


def _has_verb_of_its_own(analysis: Analysis, a: Reading, b: Reading, follows: int) -> bool:
    """Whether a verb of ``b`` says something else than that of ``a``: "and millions have been made refugees"."""
    tokens = analysis.tokens
    end = a.phrase.last if a.phrase is not None else a.after
    if tokens.tags[follows] in _FINITE or is_auxiliary(tokens.lowers[follows]):
        return True
    return any(tag in _FINITE or tag == "VBG" for tag in tokens.tags[end : b.opening])


def _fallen(analysis: Analysis, r: Reading) -> str | None:
    """ "12 of the dead": the adjective that stands for those it befell."""
    following = analysis.tokens.lowers[r.after : r.after + 3]
    if r.phrase is None and following[:2] == ["of", "the"] and following[2:] and following[2] in _FALLEN:
        return following[2]
    return None


def _fate_of_fallen(analysis: Analysis, r: Reading) -> str | None:
    """What befell some "of the wounded" after that: "two of the wounded later died"."""
    tokens, limit = analysis.tokens, analysis.sentences[r.sentence].last
    told, is_finite = Right(tokens, r.after + 3, limit, None).read()
    return told if is_finite and told == "killed" else None


def _borrow(
    analysis: Analysis, r: Reading, head: str | None, previous: Reading | None, following: Reading | None
) -> None:
    """The noun of a count that has none: "five hit the port", "six others", "102 and 21 people"."""
    lowers = analysis.tokens.lowers
    word = lowers[r.after] if r.after < len(lowers) else ""
    # "12 dead"; "four wounded were brought here", and not "four wounded in a raid", who are people
    is_noun = word == "dead" or (word in _FALLEN and is_auxiliary((*lowers, "")[r.after + 1]))
    if is_noun and r.status in ("killed", "wounded"):
        r.counted = word
        return
    whole = previous.part_of if previous is not None and previous.part_of is not None else previous
    if whole is not None and _is_doer(analysis, whole, r):
        r.counted = "people"
        return
    if whole is not None and whole.kind == "count" and whole.counted not in (None, "dead", *_OTHERS):
        # "destroyed two tanks and killed three", "left two towns, with 40 evacuated": neither are things
        is_name = (whole.counted_phrase or "x").split()[-1][0].isupper() and whole.counted not in words("deeds")
        is_thing = whole.status in _THING_STATUSES or not (subjects.names_people(whole.counted) or is_name)
        if not (r.status in _PEOPLE_STATUSES and r.status != whole.status and is_thing):
            r.counted, r.counted_phrase = whole.counted, whole.counted_phrase
            return
    elif head not in _OTHERS and following is not None and _shares_noun(analysis, r, following):
        _name_counted(analysis, following)
        r.counted, r.counted_phrase = following.counted, following.counted_phrase
        r.status = r.status or _status_of(analysis, following)
        return
    elif head is None and following is not None and _shares_people(analysis, r, following):
        _name_counted(analysis, following)
        r.counted, r.counted_phrase = following.counted, following.counted_phrase
        return
    if r.status in _PEOPLE_STATUSES or (head == "others" and r.status is not None):
        r.counted = "people"


def _is_doer(analysis: Analysis, a: Reading, b: Reading) -> bool:
    """Whether those whom ``a`` counts did harm to those whom ``b`` does: "two bombers kill five"."""
    tokens = analysis.tokens
    end = a.phrase.last if a.phrase is not None else a.after
    is_harm = statuses().verbs.get(tokens.lowers[b.opening - 1]) in ("killed", "wounded")
    return is_harm and end == b.opening - 1 and a.status is None and b.status in _PEOPLE_STATUSES


def _head_word(analysis: Analysis, head: int) -> str:
    """The head noun, with what a hyphen ties to it: "air-strikes"."""
    tokens = analysis.tokens
    first = head
    while first >= 2 and tokens.words[first - 1] == "-" and tokens.ends[first - 2] == tokens.starts[first] - 1:
        first -= 2
    return analysis.text[tokens.starts[first] : tokens.ends[head]].lower()


def _adds(analysis: Analysis, a: Reading, b: Reading) -> bool:
    """Whether "as well as" or "in addition to" adds ``b`` to what a clause without another verb tells of ``a``."""
    lowers, tags = analysis.tokens.lowers, analysis.tokens.tags
    joint = next((j for j in _ADDING if tuple(lowers[max(a.after, b.opening - len(j)) : b.opening]) == j), None)
    if joint is None or a.kind != "count" or b.kind != "count":
        return False
    own = a.phrase.last if a.phrase is not None else a.after
    end = b.opening - len(joint)
    end -= lowers[end - 1] == ","
    # "ten guards of the old depot were killed as well as": what is told last is told of both
    is_last = tags[end - 1] in ("VBN", "VBD") and statuses().verbs.get(lowers[end - 1]) == a.status is not None
    # the verb of ``a`` stands right behind it; another would tell something else
    return is_last or not any(t in _FINITE for t in tags[own + _OWN_VERB : b.opening])


def _is_parallel(analysis: Analysis, a: Reading, b: Reading) -> bool:
    """Whether "and" joins two counts whose nouns stand behind the same preposition: "12 in one town and four in"."""
    lowers, tags = analysis.tokens.lowers, analysis.tokens.tags
    if a.kind != "count" or b.kind != "count" or b.after >= len(lowers) or tags[b.after] != "IN":
        return False
    own = a.phrase.last if a.phrase is not None else a.after
    between = lowers[own : b.opening]
    if lowers[b.after] not in between or "and" not in between[-3:]:
        return False
    shared = own + between.index(lowers[b.after])
    return not any(t in _FINITE for t in tags[shared : b.opening])


def _joined(analysis: Analysis, a: Reading, b: Reading) -> bool:
    """True where only "and", commas and the like stand between two counts."""
    lowers = analysis.tokens.lowers
    end = a.phrase.last if a.phrase is not None else a.after
    between = lowers[end : b.opening]
    if not between and a.part_of is None:
        return False  # "killed four civilians two residents said"
    return len(between) <= 4 and all(
        w in (",", "and", "or", "as", "well", "plus", "another", "also", "with", "nor") for w in between
    )


def _whole(analysis: Analysis, a: Reading, b: Reading) -> Reading | None:
    """The total that ``b`` is part of: "nine people, including two children [and a nurse]", "three of them women"."""
    if a.kind != "count" or b.kind != "count" or b.low is None:
        return None
    lowers = analysis.tokens.lowers
    if a.part_of is not None and a.part_of.number < a.number and _joined(analysis, a, b):
        whole = a.part_of
    else:
        end = a.phrase.last if a.phrase is not None else a.after
        of_them = lowers[b.after : b.after + 2] in (["of", "them"], ["of", "whom"])
        near = lowers[max(end, b.opening - _MARK_REACH) : b.opening]
        if b.opening - end > _PART_REACH or not (of_them or any(w in _INCLUDING for w in near)):
            return None
        whole = a.part_of if of_them and a.part_of is not None and a.part_of.number < a.number else a
    return whole if whole.high is None or b.low <= whole.high else None


def _shares_noun(analysis: Analysis, a: Reading, b: Reading) -> bool:
    """ "102 and 21 people": the noun of the second is the first's too."""
    if b.sentence != a.sentence or b.kind != "count" or b.phrase is None or b.opening - a.after > 2:
        return False
    return all(w in ("and", "or", ",", "to") for w in analysis.tokens.lowers[a.after : b.opening])


def _shares_people(analysis: Analysis, a: Reading, b: Reading) -> bool:
    """ "killed two and detained 30 students": only a verb of another fate stands between, and the people are alike."""
    if b.sentence != a.sentence or b.kind != "count" or b.phrase is None or a.status not in _FATES:
        return False
    lowers, head = analysis.tokens.lowers, b.phrase.head
    between = [w for w in lowers[a.after : b.opening] if w not in (",", "and", "while", "also")]
    if len(between) != 1 or statuses().verbs.get(between[0]) not in _FATES or lowers[head] in _OTHERS:
        return False
    return analysis.tokens.tags[head] in ("NNS", "NNPS") and subjects.names_people(lowers[head])


def _status_of(analysis: Analysis, r: Reading) -> str | None:
    """What the clause says of ``r`` by itself."""
    tokens, p = analysis.tokens, r.phrase
    sentence = analysis.sentences[r.sentence]
    last = p.last if p is not None else r.after
    if p is None and tokens.lowers[last : last + 1] == ["of"] and tokens.lowers[last + 1 : last + 2] in _OF_THEM:
        last += 2
    attributes = (p.first, p.head) if p is not None else (last, last)
    clause = (sentence.first, sentence.last)
    told = status.of_clause(tokens, clause, r.opening, last, r.counted, attributes, agrees=r.kind == "count")
    return None if r.counted in words("deeds") else told


@cache
def _distance() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(words('directions'))})\b", re.I)
