"""What is a number and yet no figure: dates, names, labels, scores, pronouns.

Belongs here: every reason to turn a reading down, each with its id in ``data/rules.toml``. Does not
belong here: reading numbers. Turned-down readings are kept with their reason, so that a corpus
with another convention can be served without a second extractor.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.analysis import Analysis
from ingest.extract.figures.counted import NOUNS
from ingest.extract.figures.lexicon import table
from ingest.extract.figures.reading import Reading

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\.? (?:the )?(?:\d{{1,2}}(?: ?[-–] ?| and |, | or | to ))?$", re.I)
_MONTH_BEHIND = re.compile(
    rf"(?:st|nd|rd|th)? (?:of )?(?:{_MONTH}\b(?! (?:have|be|not|also|well)\b))|[-–/ ]\d{{1,2}} {_MONTH}\b", re.I
)
_CLOCK_BEHIND = re.compile(
    r":\d\d|\.\d\d ?[ap]\.?m\b| ?[ap]\.?m\b\.?|h\d\d\b| o['’]clock| hours? (?:gmt|utc|local)| (?:gmt|utc|est|edt|pst|pdt|cet|bst)\b",
    re.I,
)
_DATE_BEHIND = re.compile(r"[-/.]\d{1,2}[-/.]\d{2,4}\b")
_YEAR_BEFORE = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "of",
        "from",
        "during",
        "before",
        "after",
        "late",
        "early",
        "mid",
        "to",
        "through",
        "and",
        "between",
        "circa",
        "around",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
        "the",
        "for",
    ]
) | frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_OFFSET = re.compile(
    r" (?:ago|later|earlier|after|before|prior|from now|from today|hence|previously|beforehand|afterwards?|thereafter|in advance|into|on,|apart)\b|['’] time\b",
    re.I,
)
_WINDOW = frozenset(
    [
        "past",
        "last",
        "next",
        "coming",
        "previous",
        "recent",
        "following",
        "first",
        "final",
        "every",
        "each",
        "same",
        "these",
        "those",
        "preceding",
        "latest",
        "another",
        "opening",
        "closing",
        "early",
    ]
)
_GLUED_BEHIND = re.compile(r"[A-Za-z_][\w]*|\.\d|[-–][A-Z](?![a-z])|[-–]\d+[A-Za-z]+\d*|[-–]\d+|/\d|['’]s\b(?=\d)")
_ORDINAL_BEHIND = re.compile(r"-?(?:st|nd|rd|th)\b")
_DECADE_BEHIND = re.compile(r"['’]?s\b")
_GLUE_ALLOWED = re.compile(
    r"(?:minus|sub|to|or|some|and|than|about|a|of|pre|under|over|up|mid|non|near|around|only)-$", re.I
)
_PHONE = re.compile(r"\+?\(?\d[\d ()/.-]{6,}\d")
_CONTACT = re.compile(r"://|www\.|\.(?:com|org|net|html?|gov|ua|ru)\b|@\w|[=&?]\w+=")
_PRONOUN_BEFORE = frozenset(
    [
        "no",
        "this",
        "that",
        "the",
        "every",
        "which",
        "each",
        "any",
        "another",
        "a",
        "last",
        "his",
        "her",
        "their",
        "my",
        "your",
        "our",
        "its",
        "everyone",
        "someone",
        "previous",
    ]
)
_CAPITAL = re.compile(r"[A-Z]")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("names")[name])


@cache
def _idioms() -> tuple[dict[str, list[tuple[str, ...]]], int]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for idiom in table("names")["idioms"]:
        words = tuple(idiom.replace("'s", " 's").split())
        for word in words:
            by_first.setdefault(word, []).append(words)
    return by_first, max(len(w) for ws in by_first.values() for w in ws)


def glued(text: str, at: int) -> str | None:
    """Why the digits at ``at`` are part of a longer name or code, if what stands before shows it."""
    if at == 0:
        return None
    c = text[at - 1]
    if c.isalnum() or c == "_":
        return "veto.name"
    if c in "-–‑" and at > 1 and text[at - 2].isalpha():
        return None if _GLUE_ALLOWED.search(text[max(0, at - 8) : at]) else "veto.name"
    if c in ".:/" and at > 1 and text[at - 2].isalnum():
        return "veto.clock" if c == ":" else "veto.name"
    if c in "+" and text[at : at + 6].replace(" ", "").replace("-", "").isdigit():
        return "veto.contact"
    if c == "#" and not re.match(r"[\d.,]+ ?(?:[mb]n?|million|billion)\b", text[at : at + 24]):
        return "veto.label"
    if c == "’" or c == "'":
        # '90s, '24
        return (
            "veto.date"
            if re.match(r"\d\ds?\b(?!\d)", text[at : at + 4])
            and (at < 2 or not text[at - 2].isdigit())
            and not text[at : at + 3].endswith((",", "-"))
            else None
        )
    return None


def judge(analysis: Analysis, r: Reading, previous: Reading | None) -> str | None:
    """The id of the first reason to turn ``r`` down, or None."""
    text = analysis.text
    digits = text[r.number].isdigit() or text[r.number] == "."
    if digits and (reason := _by_characters(text, r)):
        return reason
    if reason := _duration(analysis, r):
        return reason
    if r.form == "words" and r.value == 1 and r.bound in ("exact", "at_least", "approx") and r.end - r.number == 3:
        return _one(analysis, r)
    if r.form in ("words", "vague") and (reason := _word(analysis, r)):
        return reason
    if r.form == "fraction":
        return _fraction(analysis, r)
    if r.form in ("digits", "words") and (reason := _by_tokens(analysis, r, previous, digits)):
        return reason
    return None


def _by_characters(text: str, r: Reading) -> str | None:
    """Codes, clock times, dates, phone numbers: what the characters around digits show."""
    start, end = r.number, r.number_end
    left = max(text.rfind(" ", max(0, start - 200), start), text.rfind("\n", max(0, start - 200), start)) + 1
    before = text[left:start]
    if before and _CONTACT.search(text, left, min(len(text), end + 60)) and " " not in text[left:start]:
        stop = text.find(" ", start)
        if _CONTACT.search(text, left, stop if stop >= 0 else len(text)):
            return "veto.contact"
    follows = text[end : end + 24]
    if r.unit is None and r.bound != "range":
        if (
            follows[:1] in (":", ".", " ", "a", "p", "A", "P", "h")
            and (m := _CLOCK_BEHIND.match(follows))
            and r.value < 2500
        ):
            return "veto.clock"
        if _ORDINAL_BEHIND.match(follows):
            return "veto.ordinal"
        if _DECADE_BEHIND.match(follows):
            return "veto.date" if 1000 <= r.value < 2100 or r.value in (20, 30, 40, 50, 60, 70, 80, 90) else "veto.name"
        if _DATE_BEHIND.match(follows):
            return "veto.date"
        if (
            (m := _GLUED_BEHIND.match(follows))
            and r.compound is None
            and not (follows[0] == "." and not follows[1:2].isdigit())
        ):
            return (
                "veto.score"
                if follows[0] in "-–" and follows[1:2].isdigit() and re.match(r"[-–]\d+(?!\w)", follows)
                else "veto.name"
            )
        if (
            (m := _PHONE.match(text, start))
            and sum(c.isdigit() for c in m.group()) >= 7
            and len(re.findall(r"\d+", m.group())) >= 3
            and "," not in m.group()
            and not re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+", m.group())
        ):
            return "veto.contact"
        if (
            follows[:1] in (".", ")")
            and (
                start == 0
                or text[start - 1] == "\n"
                or (text[start - 1] == "(" and follows[0] == ")" and (start < 2 or text[start - 2] == "\n"))
            )
            and r.value < 100
            and text[end + 1 : end + 2] in (" ", "")
        ):
            return "veto.list"
        if text[start] == "0" and end - start > 1 and text[start : start + 2] != "0.":
            return "veto.name"
    if r.form == "fraction" and "/" in text[start:end]:
        over, below = text[start:end].split("/", 1)
        if (
            over.isdigit()
            and below.isdigit()
            and (
                int(over) >= int(below)
                or (int(below) not in (2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 64, 100) and int(over) != 1)
            )
        ):
            return "veto.date"
    if r.unit is None or r.unit.kind == "duration":
        window = text[max(0, start - 24) : start]
        if r.unit is None and (
            _MONTH_BEFORE.search(window) or (r.value <= 31 and _MONTH_BEHIND.match(text, r.number_end))
        ):
            return "veto.date"
    return None


def _duration(analysis: Analysis, r: Reading) -> str | None:
    if r.kind != "duration" or r.rule.startswith("age."):
        return None
    if _OFFSET.match(analysis.text, r.end):
        return "veto.offset"
    lowers = analysis.tokens.lowers
    j = r.opening - 1
    if j >= 0 and lowers[j] in _WINDOW:
        return "veto.window"
    return None


def _one(analysis: Analysis, r: Reading) -> str | None:
    """ "one" counts only where it counts."""
    tokens = analysis.tokens
    lowers, tags = tokens.lowers, tokens.tags
    i = r.token
    limit = analysis.sentences[r.sentence].last
    after = lowers[i + 1] if i + 1 < limit else ""
    before = lowers[i - 1] if i > 0 else ""
    if after == "of":
        return None if r.bound != "exact" and r.bound != "approx" else "veto.one_of"
    if _is_idiom(lowers, i, limit):
        return "veto.pronoun"
    if before in _PRONOUN_BEFORE and r.bound == "exact":
        return "veto.pronoun"
    if r.unit is not None or r.compound is not None or r.bound == "at_least":
        return None
    if _named(analysis, r):
        return "veto.name"
    if after in ("killed", "wounded", "injured", "dead", "missing", "seriously", "critically", "fatally"):
        return None
    tag = tags[i + 1] if i + 1 < limit else ""
    if tag in ("NN", "NNP"):
        return None
    if (
        tag in ("JJ", "VBN", "JJR", "VBG", "CD", "``", "RB")
        and r.phrase is not None
        and tags[r.phrase.head] in ("NN", "NNP", "NNS")
    ):
        return None if tags[r.phrase.head] != "NNS" else "veto.pronoun"
    if tag == "RBR" or after in ("more", "other", "another"):
        return None if r.phrase is not None else "veto.pronoun"
    return "veto.pronoun"


def _is_idiom(lowers: list[str], i: int, limit: int) -> bool:
    by_word, longest = _idioms()
    for words in by_word.get(lowers[i], ()):
        n = len(words)
        for k in range(n):
            if (
                words[k] == lowers[i]
                and i - k >= 0
                and i - k + n <= limit
                and tuple(lowers[i - k : i - k + n]) == words
            ):
                return True
    return False


def _word(analysis: Analysis, r: Reading) -> str | None:
    """Number words in names and idioms, and vague words that are something else."""
    tokens = analysis.tokens
    lowers = tokens.lowers
    i = r.token
    limit = analysis.sentences[r.sentence].last
    before = lowers[i - 1] if i > 0 else ""
    if _is_idiom(lowers, i, limit):
        return "veto.pronoun"
    if r.form == "vague":
        if r.vague_word == "tens" and not (r.after < limit and lowers[r.after] == "of"):
            return "veto.pronoun"
        if r.vague_word == "couple" and not (
            r.unit is not None
            or (r.after < limit and (lowers[r.after] == "of" or tokens.tags[r.after] in ("NNS", "JJR")))
        ):
            return "veto.pronoun"
        return None
    if _named(analysis, r):
        return "veto.name"
    if _MONTH_BEFORE.search(analysis.text[max(0, r.number - 24) : r.number]):
        return "veto.date"
    if before in ("group", "committee", "gang") and r.value < 200:
        return "veto.label"
    if r.value == 0 and r.unit is None and r.phrase is None:
        return "veto.pronoun"
    return None


def _named(analysis: Analysis, r: Reading) -> bool:
    """A capitalised number word inside a sentence: "the Big Three", "Group of Seven"."""
    text = analysis.text
    sentence = analysis.sentences[r.sentence]
    if not text[r.number].isupper() or sentence.is_title:
        return False
    if r.token == sentence.first or analysis.tokens.lowers[r.token - 1] in (
        '"',
        "“",
        "‘",
        "'",
        "``",
        ":",
        "—",
        "–",
        "-",
        "(",
        "*",
        "•",
        ".",
    ):
        after = r.token + 1
        # "One Direction said": both words are capitals
        return (
            r.value == 1
            and after < sentence.last
            and analysis.tokens.tags[after] == "NNP"
            and analysis.tokens.words[after][0].isupper()
            and r.bound == "exact"
            and False
        )
    if r.opening == sentence.first:
        return False
    if text[r.number : r.number_end].isupper():
        return False
    return True


def _fraction(analysis: Analysis, r: Reading) -> str | None:
    """Halves and thirds that are parts of a whole, not "first half" or "a third man"."""
    text = analysis.text
    tokens = analysis.tokens
    raw = text[r.number : r.number_end].lower()
    if not raw[0].isalpha() or r.unit is not None:
        return None
    first = raw.replace("-", " ").split()[0]
    limit = analysis.sentences[r.sentence].last
    i = r.token
    before = tokens.lowers[i - 1] if i > 0 else ""
    after = tokens.lowers[r.after] if r.after < limit else ""
    if raw == "half":
        if (
            before
            in (
                "first",
                "second",
                "other",
                "better",
                "latter",
                "the",
                "top",
                "bottom",
                "a",
                "each",
                "this",
                "that",
                "-",
                "southern",
                "northern",
                "eastern",
                "western",
                "and",
            )
            or text[r.number_end : r.number_end + 1] == "-"
        ):
            return "veto.fraction"
        if (
            after in ("of", "the", "its", "their", "his", "her", "our", "my", "all", "those", "these", "that")
            or r.bound != "exact"
            or before in ("by", "only", "just")
        ):
            return None
        if after in ("a", "an"):
            return None if r.bound != "exact" else "veto.fraction"
        return "veto.fraction"
    if first in ("a", "an") and not raw.endswith("s"):
        if before == "for" and raw == "a third":
            return "veto.fraction"
        if after == "of":
            return None
        if (
            r.bound != "exact"
            or before in ("by", "only", "just", "than")
            or after in ("more", "less", "fewer", "higher", "lower", "larger", "smaller", "as")
        ):
            return None
        return "veto.fraction"
    if (
        raw.split()[-1].startswith("quarter")
        and after not in ("of", "")
        and tokens.tags[r.after] in NOUNS
        and r.bound == "exact"
        and not raw.endswith("s")
    ):
        return "veto.fraction"
    return None


def _by_tokens(analysis: Analysis, r: Reading, previous: Reading | None, digits: bool) -> str | None:
    """Labels, years and names, from the words around a number without unit."""
    tokens = analysis.tokens
    lowers, tags = tokens.lowers, tokens.tags
    text = analysis.text
    sentence = analysis.sentences[r.sentence]
    i = r.token
    before = lowers[i - 1] if i > sentence.first else ""
    limit = sentence.last
    after = lowers[r.after] if r.after < limit else ""
    after_tag = tags[r.after] if r.after < limit else ""
    if r.start < r.number or (r.unit is not None and r.unit.kind != "duration"):
        return None
    counts = r.phrase is not None and tags[r.phrase.head] in ("NNS", "NNPS") and lowers[r.phrase.head][0].isalpha()
    if r.bound == "range":
        if (
            digits
            and r.low is not None
            and r.high is not None
            and 1500 <= r.low < 2100
            and r.high < 2100
            and r.unit is None
            and "," not in text[r.number : r.number_end]
        ):
            return "veto.date"
        if (
            digits
            and r.unit is None
            and "-" in text[r.number : r.number_end]
            and _is_score(lowers, sentence.first, i, after)
        ):
            return "veto.score"
        if before in _words("labels_before") and r.unit is None and not counts:
            return "veto.label"
        return None
    if after == "-" and r.unit is None and r.compound is None and digits and False:
        return "veto.name"
    if before in _words("groups") or (
        before == "of"
        and i - 2 >= sentence.first
        and lowers[i - 2] in _words("groups")
        and tokens.words[i - 2][0].isupper()
    ):
        return "veto.label"
    if r.unit is not None:
        return None
    if before in _words("labels_before") or (
        before == "." and i - 2 >= sentence.first and lowers[i - 2] in ("no", "nos", "vol", "ch")
    ):
        if (
            not (
                counts
                and before
                not in (
                    "number",
                    "no",
                    "no.",
                    "nos",
                    "nos.",
                    "route",
                    "flight",
                    "article",
                    "boeing",
                    "airbus",
                    "highway",
                )
            )
            and r.opening == i
        ):
            return "veto.label"
    if (
        digits
        and r.is_bare
        and r.value == int(r.value)
        and 1000 <= r.value < 2100
        and "," not in text[r.number : r.number_end]
        and r.number_end - r.number == 4
        and r.opening == i
    ):
        if (
            before in _YEAR_BEFORE
            or (before in (",", "(") and not counts)
            or not counts
            or (tags[i - 1] in ("NNP", "NN") and before not in ("some", "kill") and not counts)
        ):
            if not (
                counts
                and before in ("of", "the", "for", "and", "to", "from", "after", "by", "in")
                and after_tag in NOUNS
                and after_tag == "NNS"
                and before != "in"
            ):
                return "veto.date"
    if r.opening < i or r.start < r.number:
        return None
    if (
        digits
        and r.is_bare
        and i > sentence.first
        and tags[i - 1] in ("NNP", "NNPS")
        and tokens.ends[i - 1] >= tokens.starts[i] - 1
    ):
        if r.compound is None and (
            not counts or (tokens.words[i - 1][0].isupper() and after_tag in ("NNP", "NNPS", "CD"))
        ):
            return "veto.name"
    if digits and r.is_bare and r.compound is None and previous is not None and _same_phrase(previous, r):
        return "veto.name"
    if after == "%" or not digits:
        return None
    return None


def _same_phrase(previous: Reading, r: Reading) -> bool:
    """ "five new 737 aircraft": the 737 stands inside the phrase that the five counts."""
    p = previous.phrase
    return p is not None and previous.veto is None and previous.kind == "count" and previous.after <= r.token < p.head


def _is_score(lowers: list[str], first: int, i: int, after: str) -> bool:
    return after in _words("score_words_after") or any(
        w in _words("score_words_before") for w in lowers[max(first, i - 4) : i]
    )
