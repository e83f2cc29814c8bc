"""What is a number and yet no figure: dates, names, labels, scores, pronouns.

Belongs here: every reason to turn a reading down for the words around it, each with its id in
``data/en/rules.toml``. Does not belong here: reading numbers; what characters alone show (``codes``).
Turned-down readings are kept with their reason, so that a corpus with another convention can be
served without a second extractor.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.analysis import Analysis
from ingest.extract.figures import codes
from ingest.extract.figures.counted import NOUNS
from ingest.extract.figures.lexicon import names, table, words
from ingest.extract.figures.reading import Reading
from ingest.extract.figures.status_words import statuses
from ingest.extract.spelled_numbers import counts_what_follows

_OLDEST = 115
_VERBS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_OBJECTS = frozenset({"DT", "PRP", "PRP$", "NN", "NNS", "CD"})
_OFFSET = re.compile(
    r" (?:ago|later|earlier|after|before|prior|from now|from today|hence|previously|beforehand|afterwards?|thereafter"
    r"|in advance|into|on,|apart)\b|['’] time\b",
    re.I,
)
_OPENING_MARKS = frozenset({")", '"', "“", "‘", "'", "``", ":", "—", "–", "--", "-", "(", "*", "•", ".", "…", "..."})


@cache
def _idioms() -> dict[str, list[tuple[str, ...]]]:
    by_word: dict[str, list[tuple[str, ...]]] = {}
    for idiom in table("names")["idioms"]:
        parts = tuple(idiom.replace("'s", " 's").split())
        for word in parts:
            by_word.setdefault(word, []).append(parts)
    return by_word


def judge(analysis: Analysis, r: Reading, previous: Reading | None) -> str | None:
    """The id of the first reason to turn ``r`` down, or None."""
    text = analysis.text
    digits = not text[r.number].isalpha()
    if digits and (reason := codes.veto(text, r)):
        return reason
    is_lone = r.is_bare and r.unit is None and r.bound == "exact" and r.opening == r.token
    if is_lone and codes.is_in_row(text, r.number, r.number_end) and not _counts(analysis, r):
        return "veto.list"
    if r.unit is None and r.form in ("digits", "words") and codes.odds_end(text, r) is not None:
        return "veto.score"
    if reason := _duration(analysis, r):
        return reason
    if r.form == "words" and r.value == 1 and r.bound != "range" and r.number_end - r.number == 3:
        return _one(analysis, r, previous)
    if r.form == "vague":
        return _vague(analysis, r)
    if r.form == "words" and (reason := _word(analysis, r)):
        return reason
    if r.form == "fraction":
        return _fraction(analysis, r)
    if r.form in ("digits", "words") and (r.unit is None or r.unit.kind == "duration"):
        if _continues_label(analysis, r, previous):
            return "veto.label"
        if digits and _is_furniture(analysis, r):
            return "veto.list"
        return _label(analysis, r) or (_number(analysis, r, previous) if digits else None)
    return None


def _duration(analysis: Analysis, r: Reading) -> str | None:
    if r.kind != "duration" or r.rule.startswith("age."):
        return None
    if r.unit is not None and r.form == "digits" and not analysis.sentences[r.sentence].is_title:
        # "60 Minutes", "24 Hours" are names
        word = analysis.text[r.number_end : r.end].lstrip(" -")
        if word[:1].isupper() and word[1:].islower():
            return "veto.name"
    if _OFFSET.match(analysis.text, max(r.end, r.unit_end)):
        return "veto.offset"
    j = r.opening - 1
    if j >= 0 and analysis.tokens.lowers[j] in words("windows"):
        return "veto.window"
    return None


def _one(analysis: Analysis, r: Reading, previous: Reading | None) -> str | None:
    """ "one" counts only where it counts."""
    tokens = analysis.tokens
    lowers, tags = tokens.lowers, tokens.tags
    i = r.token
    limit = analysis.sentences[r.sentence].last
    after = lowers[i + 1] if i + 1 < limit else ""
    before = lowers[i - 1] if i > 0 else ""
    if after == "of":
        return "veto.one_of" if r.bound in ("exact", "approx") else None
    if _is_idiom(lowers, i, limit):
        return "veto.pronoun"
    if before in words("before_pronouns") and r.bound == "exact" and r.unit is None and r.compound is None:
        return "veto.pronoun"
    if r.unit is not None or r.compound is not None or r.bound == "at_least" or after in words("harmed"):
        return None
    if before in statuses().verbs:
        # "the blast killed one"
        return None
    if _is_named(analysis, r):
        return "veto.name"
    if _speaks(analysis, r) or (before == "in" and _is_some_other(analysis, r)):
        return "veto.pronoun"
    tag = tags[i + 1] if i + 1 < limit else ""
    if tag in ("NN", "NNP"):
        return None
    if (
        tag == "IN"
        and before in (",", "and")
        and previous is not None
        and previous.kind == "count"
        and previous.sentence == r.sentence
    ):
        # "killed two in Kherson and one in Nikopol"
        return None
    if r.phrase is not None and tags[r.phrase.head] in ("NN", "NNP"):
        return None
    return "veto.pronoun"


def _is_some_other(analysis: Analysis, r: Reading) -> bool:
    """ "in one district and four in the next", "in one stroke": which, or how, and no count."""
    p, lowers = r.phrase, analysis.tokens.lowers
    if p is None or r.bound != "exact" or analysis.tokens.tags[p.head] not in ("NN", "NNP"):
        return False
    if lowers[p.head] in words("manners"):
        return True
    rest = lowers[p.last : analysis.sentences[r.sentence].last]
    return any(w in ("another", "next") or (w == "other" and "the" in rest) for w in rest)


def _speaks(analysis: Analysis, r: Reading) -> bool:
    """ "said one woman", "one expert told": a speaker, and no count; in "says one woman is hurt" she is counted."""
    p, tokens = r.phrase, analysis.tokens
    if p is None or r.bound != "exact":
        return False
    before = tokens.lowers[r.opening - 1] if r.opening > 0 else ""
    has_more = p.last < analysis.sentences[r.sentence].last
    if has_more and tokens.lowers[p.last] in words("sayings"):
        return True
    is_subject = has_more and tokens.tags[p.last] in ("VBZ", "VBD", "MD")
    return before in words("sayings") and tokens.lowers[p.head] in words("people") and not is_subject


def _is_idiom(lowers: list[str], i: int, limit: int) -> bool:
    for idiom in _idioms().get(lowers[i], ()):
        k = idiom.index(lowers[i])
        begin = i - k
        if begin >= 0 and begin + len(idiom) <= limit and tuple(lowers[begin : begin + len(idiom)]) == idiom:
            return True
    return False


def _vague(analysis: Analysis, r: Reading) -> str | None:
    tokens = analysis.tokens
    limit = analysis.sentences[r.sentence].last
    after = tokens.lowers[r.after] if r.after < limit else ""
    if r.vague_word == "tens" and after != "of" and r.unit is None and after not in words("harmed"):
        return "veto.pronoun"
    if r.vague_word == "couple" and r.unit is None:
        return None if after == "of" or (r.after < limit and tokens.tags[r.after] in ("NNS", "JJR")) else "veto.pronoun"
    return None


def _word(analysis: Analysis, r: Reading) -> str | None:
    """Number words in names and idioms."""
    tokens = analysis.tokens
    limit = analysis.sentences[r.sentence].last
    if _is_idiom(tokens.lowers, r.token, limit):
        return "veto.pronoun"
    if r.value == 2 and r.phrase is None and r.unit is None and tokens.lowers[r.token - 1 : r.token] == ["in"]:
        return "veto.pronoun"  # "cut in two"
    if _stands_for_them(analysis, r):
        return "veto.pronoun"
    # "Kills Two Injures Three" is a headline's, and no name
    if tokens.lowers[r.token - 1] not in statuses().verbs and _is_named(analysis, r):
        return "veto.name"
    month = codes.names_day(analysis.text, r.number, r.number_end)
    if month is not None and not counts_what_follows(analysis.text, month.start(), r.number_end):
        return "veto.date"
    if r.value == 0 and r.unit is None and r.phrase is None:
        return "veto.pronoun"
    return None


def _stands_for_them(analysis: Analysis, r: Reading) -> bool:
    """ "the two are not exclusive", "the three met": those named before, unless the verb tells what befell them."""
    tokens, limit = analysis.tokens, analysis.sentences[r.sentence].last
    is_article = r.token > 0 and tokens.lowers[r.token - 1] in ("the", "these", "those")
    if not is_article or r.phrase is not None or r.unit is not None or r.opening != r.token or r.after >= limit:
        return False
    known = statuses().predicates
    is_hurt = any(w in known for w in tokens.lowers[r.after : min(limit, r.after + 4)])
    return tokens.tags[r.after] in (*_VERBS, "MD") and not is_hurt


def _is_named(analysis: Analysis, r: Reading) -> bool:
    """A capitalised number word inside a sentence: "the Big Three", "Group of Seven"."""
    text = analysis.text
    sentence = analysis.sentences[r.sentence]
    if not text[r.number].isupper() or sentence.is_title or text[r.number : r.number_end].isupper():
        return False
    if r.opening == sentence.first or r.token == sentence.first:
        return False
    before = analysis.tokens.lowers[r.token - 1]
    # behind a date, a clock or an agency's brackets, which head the text, a sentence begins
    return before not in _OPENING_MARKS and not before[0].isdigit()


def _fraction(analysis: Analysis, r: Reading) -> str | None:
    """Halves and thirds that are parts of a whole, not "first half" or "a third man"."""
    text, tokens = analysis.text, analysis.tokens
    raw = text[r.number : r.number_end].lower()
    if not raw[0].isalpha() or r.unit is not None:
        return None
    limit = analysis.sentences[r.sentence].last
    before = tokens.lowers[r.token - 1] if r.token > 0 else ""
    after = tokens.lowers[r.after] if r.after < limit else ""
    if text.startswith(" of", r.number_end):
        after = "of"
    softened = r.bound != "exact" or before in ("by", "only", "just", "than")
    if raw == "half":
        if before in words("before_halves") or text.startswith("-", r.number_end):
            return "veto.fraction"
        return None if after in words("behind_halves") or softened else "veto.fraction"
    if raw.split()[0] in ("a", "an") and not raw.endswith("s"):
        if after == "of":
            return None
        return None if (softened or after in words("comparatives")) and before != "for" else "veto.fraction"
    if raw.endswith("quarter") and after != "of" and r.after < limit and tokens.tags[r.after] in NOUNS and not softened:
        return "veto.fraction"
    return None


_LISTED = frozenset({" and ", ", ", " or ", " to ", ", and ", " & ", " of "})


def _is_furniture(analysis: Analysis, r: Reading) -> bool:
    """A bare number that no words lead to and none follow: "Topic (61) 112010 The", "... 285 Related", "Share 12"."""
    if not r.is_bare or r.unit is not None or r.bound != "exact" or r.opening != r.token:
        return False
    tokens = analysis.tokens
    i, limit = r.token, analysis.sentences[r.sentence].last
    before = tokens.words[i - 1] if i > 0 else ""
    after = tokens.words[i + 1] if i + 1 < limit else ""
    in_brackets = before == "(" and after == ")" and i > 1 and tokens.tags[i - 2] in ("NNP", "NNPS")
    if in_brackets:
        return not (i > 2 and tokens.tags[i - 3] in ("NNP", "NNPS") and r.value <= _OLDEST)
    if before[:1].isupper() and before.lower() in names("counters") and not after[:1].islower():
        return not _counts(analysis, r)
    is_counting = after[:1].islower() or tokens.tags[min(i + 1, len(tokens) - 1)] in ("NNS", "NNPS")
    return before in (")", "...", "…", "|") and after[:1].isupper() and not is_counting


def _continues_label(analysis: Analysis, r: Reading, previous: Reading | None) -> bool:
    """ "resolutions 2118 and 2235", "Photo 3 of 30": the second number labels as the first does."""
    return (
        previous is not None
        and previous.veto == "veto.label"
        and r.is_bare
        and analysis.text[previous.number_end : r.number] in _LISTED
        and not _counts(analysis, r)
    )


def _label(analysis: Analysis, r: Reading) -> str | None:
    """ "Route 4", "Group of Seven", "15 Main Street", scores."""
    tokens = analysis.tokens
    lowers, written = tokens.lowers, tokens.words
    sentence = analysis.sentences[r.sentence]
    i = r.token
    if i <= sentence.first:
        return None
    before = lowers[i - 1]
    after = lowers[r.after] if r.after < sentence.last else ""
    if r.bound == "range" and r.unit is None and "-" in analysis.text[r.number : r.number_end]:
        near = lowers[max(sentence.first, i - 4) : i]
        if after in names("score_words_after") or any(w in names("score_words_before") for w in near):
            return "veto.score"
    if before == "of" and i - 2 >= sentence.first and written[i - 2][0].isupper() and lowers[i - 2] in names("groups"):
        return "veto.label"
    if before in names("groups"):
        return "veto.label"
    if r.unit is not None or r.opening != i:
        return None
    if before in ("top", "bottom", "big") and r.phrase is None:
        return "veto.label"
    labelled = before in names("labels_before")
    if not labelled and before == "." and i - 2 >= sentence.first:
        labelled = lowers[i - 2] in ("no", "nos", "vol", "ch")
    if labelled and (not _counts(analysis, r) or before in names("strict_labels")):
        return "veto.label"
    if r.phrase is not None and (r.is_bare or r.bound == "range"):
        inside = lowers[r.phrase.first : r.phrase.head + 1]
        if any(w in names("streets") and written[r.phrase.first + k][0].isupper() for k, w in enumerate(inside)):
            return "veto.label"
    return None


def _counts(analysis: Analysis, r: Reading) -> bool:
    """True where a plural noun follows that the number can count."""
    tokens = analysis.tokens
    if r.phrase is None:
        return False
    head = r.phrase.head
    return tokens.tags[head] in ("NNS", "NNPS") and tokens.words[head][0].isalpha()


def _number(analysis: Analysis, r: Reading, previous: Reading | None) -> str | None:
    """Years, and numbers that are part of a name: Boeing 737, the 787 Dreamliner."""
    tokens = analysis.tokens
    lowers, tags, written = tokens.lowers, tokens.tags, tokens.words
    text = analysis.text
    sentence = analysis.sentences[r.sentence]
    i = r.token
    counts = _counts(analysis, r)
    raw = text[r.number : r.number_end]
    if r.unit is None and _is_year(analysis, r, counts, raw):
        return "veto.date"
    if r.unit is not None or r.compound is not None or i <= sentence.first or r.opening != i:
        return None
    if not (r.is_bare or r.bound == "range") or "," in raw:
        return None
    before, tag = lowers[i - 1], tags[i - 1]
    head_tag = tags[r.phrase.head] if r.phrase is not None else ""
    name_before = tag in _NAME_TAGS or (tag in ("NN", "NNS") and written[i - 1].isupper())
    if r.value < 0 and name_before and not text[r.start - 1].isdigit():
        return "veto.name"
    is_counting = (counts and _after_place(tags, lowers, i - 1, sentence.first)) or _tells_toll(analysis, r)
    if name_before and before not in words("days") and not is_counting:
        return "veto.name"
    if r.bound == "range":
        return None
    if before in ("a", "an") and not counts and r.value >= 100 and head_tag != "NN":
        return "veto.name"
    if tag == "POS" and r.phrase is None and len(raw) == 3 and raw.isdigit() and not _is_round(r.value):
        # "Boeing's 787, …"
        return "veto.name"
    if head_tag in ("NN", "NNP") and r.phrase is not None and written[r.phrase.head][0].isupper() and not counts:
        # "the 787 Dreamliner", "editor of 38 North"
        if (tag in ("DT", "PRP$", "POS", "JJ") or before == "first") and r.value >= 100:
            return "veto.name"
        if tag == "IN" and r.phrase.head == r.after and before in ("of", "at", "from", "for", "by"):
            return "veto.name"
    if tag == "DT" and head_tag == "NN" and len(raw) in (3, 5) and raw.isdigit() and not _is_round(r.value):
        return "veto.name"
    if previous is not None and _same_phrase(previous, r):
        return "veto.name"
    return None


def _tells_toll(analysis: Analysis, r: Reading) -> bool:
    """ "Homs 8 More Killed", "Raids 60 Rebels Killed": a title runs on, and people fall; not "Unit 8 killed him"."""
    tokens, limit = analysis.tokens, analysis.sentences[r.sentence].last
    at = r.phrase.last if r.phrase is not None else r.after
    if at < limit and tokens.lowers[at] in ("more", "others"):
        at += 1
    is_fallen = at < limit and tokens.lowers[at] in words("harmed")
    return is_fallen and (at + 1 >= limit or tokens.tags[at + 1] not in _OBJECTS)


def _is_round(value: float) -> bool:
    return value % 50 == 0


def _after_place(tags: list[str], lowers: list[str], i: int, floor: int) -> bool:
    """ "In Kharkiv 25 people", and not "the Airbus 320 jets"."""
    while i > floor and tags[i] in _NAME_TAGS:
        i -= 1
    return lowers[i] in words("places") or tags[i] in _VERBS


def _is_year(analysis: Analysis, r: Reading, counts: bool, raw: str) -> bool:
    tokens = analysis.tokens
    lowers, tags = tokens.lowers, tokens.tags
    if r.bound == "range" and r.low is not None and r.high is not None:
        return 1500 <= r.low < 2100 and r.high < 2100 and "," not in raw and not counts and r.is_bare is False
    if not (r.is_bare and len(raw) == 4 and raw.isdigit() and 1500 <= r.value < 2200):
        return False
    i = r.token
    before = lowers[i - 1] if i > 0 else ""
    tag = tags[i - 1] if i > 0 else ""
    if not counts:
        of_harm = before in statuses().verbs and r.opening == i
        return (not of_harm and r.opening == i) or before in words("before_years")
    if r.opening != i or not 1900 <= r.value <= 2035:
        return False
    return (
        before in words("before_years")
        or tag in ("DT", "NN", "NNP", "POS", "PRP$", "JJ")
        or before in ("from", "after", "before")
    )


def _same_phrase(previous: Reading, r: Reading) -> bool:
    """ "five new 737 aircraft": the 737 stands inside the phrase that the five counts."""
    p = previous.phrase
    if p is None or previous.veto is not None or previous.kind != "count":
        return False
    return previous.after == p.first and previous.after <= r.token < p.head
