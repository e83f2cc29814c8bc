"""Claims of headlines: "Kyiv: two killed in strike", "Two killed in strike – mayor".

Belongs here: who stands before the colon or behind the dash of a title. Does not belong here: sentences
(the other frames) and transcripts (``transcript``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.extract.analysis import Analysis
from ingest.extract.claims.attribution.registry import rule_ids
from ingest.extract.claims.attribution.sentence import MARKS, CueSentence
from ingest.extract.claims.coreference.actors import demonyms, known
from ingest.extract.claims.cues import LONGEST_HEADING
from ingest.extract.claims.lexicon import Cue, listed, pattern, verbs
from ingest.extract.claims.model import Candidate, Flag, Span
from ingest.extract.claims.spans import trim
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import Mention, known_places
from ingest.values import replace

HEADLINE = Cue(":", "say", frozenset("s"), "")
_DASHES = frozenset(["–", "—", "-", "|", "�"])  # the last is a dash whose encoding was lost
_LABELS = listed("line_labels")
_FEWEST_TOKENS = 5
_LONGEST_TAIL = 6  # tokens of who stands at the end of a title
_LONGEST_SECTION = 3  # tokens from one dash to the next between the sections of a site
_LINE_START = re.compile(r"\n[ \t]*\Z")
_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")
_DATE = pattern("date_before_title", re.I)
_LONGEST_DATE = 40  # characters of the date before a title's words
_VOICES = listed("voices_of_titles")
_SIDES = listed("words_for_sides")
_BY_WORDS = frozenset([Flag.BY_WORDS])
_FIRST_PERSONS = listed("first_persons")
_SERIES = listed("nouns_of_series")
_TIMES_OF_ISSUE = frozenset(["daily", "weekly"])  # beside that parts of the names of papers
_SAID_SO = listed("verbs_of_titles")

rule_ids("headline.colon", "headline.dash", "headline.unmarked")


def headline(s: CueSentence) -> Candidate | None:
    """The claim of a title whose speaker stands before a colon or behind a dash."""
    t = s.tokens
    if s.last - s.first < _FEWEST_TOKENS:
        return None
    for j in range(s.first + 1, min(s.first + 7, s.last - 3)):
        if t.lowers[j] == ":" and t.ends[j] - t.starts[j] == 1 and _names_someone(s, s.first, j):
            # "Minister to aid groups: …"
            last = next((k for k in range(s.first + 1, j) if t.lowers[k] in ("to", "at", "on")), j) - 1
            content = (t.starts[j + 1], t.ends[s.last - 1])
            return _candidate(s, "headline.colon", j, (s.first, last), content)
    end = _site_start(s)
    return _at_end(s, end) or _unmarked(s, end)


def line(s: CueSentence) -> Candidate | None:
    """The claim of a heading inside the text, whose speaker stands behind a colon or a dash: "Bridges gone: mayor"."""
    text, start, end = s.text, s.sentence.start, s.sentence.end
    if s.last - s.first > LONGEST_HEADING or not text[end - 1].isalnum() or not text[start].isupper():
        return None
    is_alone = _LINE_START.search(text, max(0, start - 9), start) and _LINE_END.match(text, end)
    return (_at_end(s, s.last) or _before_colon(s)) if is_alone else None


def _before_colon(s: CueSentence) -> Candidate | None:
    """ "Roe: the bridge will be closed" as a heading, where Roe speaks in the text."""
    t = s.tokens
    at = next(
        (j for j in range(s.first + 1, min(s.first + _LONGEST_SECTION + 1, s.last - 3)) if t.lowers[j] == ":"), None
    )
    if at is None or not _speaks_below(s, _words(s, s.first, at)) or not s.has_finite(at + 1, s.last):
        return None
    return _candidate(s, "headline.colon", at, (s.first, at - 1), (t.starts[at + 1], t.ends[s.last - 1]))


def _at_end(s: CueSentence, end: int) -> Candidate | None:
    """ "Two bridges gone – mayor", "Two bridges gone: reports": what ends before the token ``end``."""
    t = s.tokens
    for j in range(end - 2, max(end - _LONGEST_TAIL - 1, s.first + 2), -1):
        first = j + 2 if t.words[j + 1] == "_" else j + 1
        is_apart = t.words[j] != "-" or t.ends[j - 1] < t.starts[j]  # no "Roe-held"
        is_dash = is_apart and j > s.first + 3 and t.words[j].strip("_") in _DASHES and not _is_site(s, j, end)
        if is_dash and (
            _names_someone(s, first, end) or t.lowers[end - 1] in words("coreference.toml", "title_voices")
        ):
            return _candidate(s, "headline.dash", j, (first, end - 1), (t.starts[s.first], t.ends[j - 1]))
        if t.lowers[j] == ":" and (_is_body_or_people(s, j + 1, end) or _speaks_below(s, _words(s, j + 1, end))):
            return _candidate(s, "headline.dash", j, (j + 1, end - 1), (t.starts[s.first], t.ends[j - 1]))
    return None


def repeated(analysis: Analysis, found: Sequence[Candidate]) -> list[Candidate]:
    """The claims of a title once more, where the body begins with the same words, speaker and all.

    A date may stand before them: "Mon Jun 20 2016 Two bridges gone monitor. …".
    """
    body = next((x for x in analysis.sentences if x.is_body and not x.is_title), None)
    if body is None:
        return []
    text, again = analysis.text, []
    for c in found:
        if c.frame != "headline" or c.speaker is None or not analysis.sentences[c.sentence].is_title:
            continue
        whole = min(c.start, c.speaker.start), max(c.end, c.speaker.end)
        at = text.find(text[slice(*whole)], body.start, body.start + _LONGEST_DATE + whole[1] - whole[0])
        shift = at - whole[0]
        if at <= whole[0] or (at > body.start and _DATE.fullmatch(text, body.start, at) is None):
            continue
        start, end = c.speaker.start + shift, c.speaker.end + shift
        speaker = Mention(start, end, start, end, analysis.token_at(end - 1))
        cue = (c.cue_span[0] + shift, c.cue_span[1] + shift) if c.cue_span is not None else None
        content = tuple((a + shift, b + shift) for a, b in c.content)
        again.append(replace(c, speaker=speaker, cue_span=cue, content=content, sentence=c.sentence + 1, verb=-1))
    return again


def _unmarked(s: CueSentence, end: int) -> Candidate | None:
    """ "Two bridges gone after flood monitor": a title that lost the dash before who says so."""
    t = s.tokens
    for j in range(max(end - _LONGEST_TAIL, s.first + _FEWEST_TOKENS), end):
        if t.tags[j - 1] in ("DT", "IN", "JJ", "CC", "POS", "TO") or not _ends_with_voice(s, j, end):
            continue
        content = (t.starts[s.first], t.ends[j - 1])
        return _candidate(s, "headline.unmarked", None, (j, end - 1), content)
    return None


def _ends_with_voice(s: CueSentence, first: int, end: int) -> bool:
    """True where the tokens are people who are cited so, or a body that the text names with "the" and lets speak."""
    t = s.tokens
    if end - first == 1:
        is_voice = t.lowers[first] in words("coreference.toml", "title_voices")
        return is_voice and not t.tags[first - 1].startswith("VB")  # "…, says report"
    if end - first == 2 and not t.tags[first - 1].startswith("VB") and _are_people(s, first):
        # the whole of "Norwegian state media"
        return not (t.tags[first - 1] == "JJ" and t.lowers[first - 1] in demonyms())
    if end - first == 3 and t.lowers[first] in demonyms() and _are_people(s, first + 1):
        return True
    if not all(t.words[k][:1].isupper() or t.lowers[k] in ("of", "for") for k in range(first, end)):
        return False
    name = re.escape(s.text[t.starts[first] : t.ends[end - 1]])
    return re.search(rf"\b[Tt]he {name}\b[^.]{{0,40}}\b(?:{'|'.join(sorted(_SAID_SO))})\b", s.text) is not None


def _are_people(s: CueSentence, first: int) -> bool:
    """True for "state media", "hospital staff", "Norwegian scientists"."""
    low, last = s.tokens.lowers[first], s.tokens.lowers[first + 1]
    is_people = last.endswith("s") and last.removesuffix("s") in words("people.toml", "roles")
    is_voice = is_people or last in words("coreference.toml", "title_voices") or last in _VOICES
    return is_voice and (low in _SIDES or low in _VOICES or low in demonyms())


def _is_body_or_people(s: CueSentence, first: int, end: int) -> bool:
    """True where the tokens at the end of a title are who reports it: "reports", "aid agencies", "army"."""
    low = s.tokens.lowers[end - 1] if end > first else ""
    if not 0 < end - first <= _LONGEST_TAIL // 2:
        return False
    one = low.removesuffix("s")
    return (
        low in words("coreference.toml", "title_voices")
        or low in words("coreference.toml", "titles")
        or one in words("people.toml", "roles")
        or one in words("people.toml", "collective", "words")
        or low in words("people.toml", "bodies", "words")
        or low in words("people.toml", "documents")
    )


def _site_start(s: CueSentence) -> int:
    """Where the name of the site begins that closes a title ("… – monitor | Daily Roe"); the end where none does.

    Of sections before the name ("… - World - Daily Roe") the first.
    """
    t = s.tokens
    dashes = [j for j in range(s.first + 4, s.last - 1) if t.lowers[j] in _DASHES and t.starts[j] > t.ends[j - 1]]
    if len(dashes) > 1 and _is_outlet(t.lowers[dashes[-1] + 1 : s.last]):
        near = dashes[-1]
        for j in reversed(dashes[:-1]):
            is_section = near - j <= _LONGEST_SECTION and t.lowers[j] == t.lowers[near]
            near = j if is_section else near
        return near
    bar = next((j for j in range(s.last - 2, s.first + 3, -1) if t.lowers[j] == "|"), None)
    is_near = bar is not None and s.last - bar <= _LONGEST_TAIL
    return bar if bar is not None and is_near and _is_outlet(t.lowers[bar + 1 : s.last]) else s.last


def _is_outlet(lows: list[str]) -> bool:
    outlet = words("coreference.toml", "media") | words("coreference.toml", "site_words")
    entry = known().get(" ".join(lows))
    return not outlet.isdisjoint(lows) or (entry is not None and entry[1] == "media")


def _candidate(s: CueSentence, rule: str, at: int | None, named: Span, content: Span) -> Candidate:
    t = s.tokens
    start, end = t.starts[named[0]], t.ends[named[1]]
    speaker = Mention(start, end, start, end, named[1])
    span = trim(s.text, *content)
    if at is None:
        return Candidate(rule, HEADLINE, None, speaker, (span,), s.index, flags=_BY_WORDS)
    return Candidate(rule, HEADLINE, (t.starts[at], t.ends[at]), speaker, (span,), s.index, at, flags=_BY_WORDS)


def _names_someone(s: CueSentence, first: int, last: int) -> bool:
    """True where the tokens ``first`` up to ``last``, exclusive, name who may speak, and not where it was."""
    t = s.tokens
    low = t.lowers[last - 1]
    name = s.text[t.starts[first] : t.ends[last - 1]]
    has_cue = any(t.lowers[k] in verbs() and t.tags[k] in ("VBZ", "VBP", "VBD") for k in range(last, s.last))
    # "Myanmar: junta insists …", "Yemen: missile hits market", "Lyman: three killed": where it is, not who says so
    if name.lower() in demonyms() and (has_cue or not _tells_of_others(s, name, last)):
        return False
    if (has_cue or name.lower() not in known_places()) and _is_where(s, name):
        return False
    if name.lower().replace("’", "'") in _LABELS:
        return False  # "Editor's note: …"
    if any(t.tags[k].startswith("VB") for k in range(first, last)) or last <= first or _is_series(s, first, last):
        return False
    return (
        low in words("people.toml", "roles")
        or low in words("people.toml", "collective", "words")
        or (low in words("people.toml", "documents") and last - first <= 3)
        or low.rstrip("s") in words("people.toml", "roles")
        or (t.tags[last - 1] in ("NNP", "NNPS") and (last >= _site_start(s) or s.has_finite(last, s.last)))
        or _speaks_below(s, name)
        or _is_name(s, name)
    )


def _tells_of_others(s: CueSentence, state: str, first: int) -> bool:
    """True where "Oslo:" is quoted, names another state or says "we": a state tells of others, or of itself."""
    own = demonyms()[state.lower()]
    if first + 1 < s.last and s.tokens.lowers[first + 1] in MARKS:
        return True
    lows = s.tokens.lowers[first : s.last]
    return any(demonyms().get(low, own) != own or low in _FIRST_PERSONS for low in lows)


def _is_series(s: CueSentence, first: int, last: int) -> bool:
    """True of "The Friday Digest: …": what a paper calls its letters, unless the label names a body that issues it."""
    *before, head = s.tokens.lowers[first:last]
    bodies = words("people.toml", "bodies", "words") | words("people.toml", "collective", "words") | _VOICES
    has_body = any(low in bodies and low not in _TIMES_OF_ISSUE for low in before)
    return bool(before) and head in _SERIES and not has_body


def _words(s: CueSentence, first: int, end: int) -> str:
    return s.text[s.tokens.starts[first] : s.tokens.ends[end - 1]]


def _speaks_below(s: CueSentence, name: str) -> bool:
    """True where the text below the title lets the one so called speak: "Roe: two bridges gone", "Roe said"."""
    said = "|".join(sorted(_SAID_SO))
    return name[:1].isupper() and re.search(rf"\b{re.escape(name)},? (?:{said})\b", s.text) is not None


def _is_site(s: CueSentence, dash: int, end: int) -> bool:
    """True where what stands behind the dash is the site that has the article: "Talks fail - Politics - Daily Roe"."""
    t = s.tokens
    return _is_outlet(t.lowers[dash + 1 : end]) or sum(low in _DASHES for low in t.lowers[s.first : dash + 1]) > 1


def _is_where(s: CueSentence, name: str) -> bool:
    """True where the text says elsewhere that something is in or near what is called so."""
    where = pattern("where_before_name").pattern
    return re.search(rf"{where} {re.escape(name)}\b(?!['’]s\b)", s.text) is not None


def _is_name(s: CueSentence, name: str) -> bool:
    """True where the text has it with a capital in the middle of a sentence, and never without."""
    if name.split()[-1].islower():
        return False  # "Roe crisis"
    return re.search(rf"[a-z,] {re.escape(name)}\b", s.text) is not None and name.lower() not in s.text
