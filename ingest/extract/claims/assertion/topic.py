"""What a claim is about.

Belongs here: the topic of a content from its words, weighed by where they stand in its clause, and
from what was being told where it has no words of its own. Does not belong here: the words
(``topics.toml``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count

from ingest.extract.analysis import NO_HEAD, Analysis
from ingest.extract.claims.lexicon import listed, pattern
from ingest.extract.claims.model import Candidate
from ingest.extract.lexicon import alternatives, grouped, toml
from ingest.records import Span

_WORD = re.compile(r"[\w-]+")
_ORDERS = listed("cues_of_ordering")
_AIMS = listed("cues_of_aims")
_AIMED_AT = listed("topics_aimed_at")
_ASKED_FOR = listed("topics_asked_for")
_UNSURE = listed("cues_of_expecting")
_ASIDE = pattern("topic_aside")
_OF_NO_TOPIC = sorted(listed("phrases_of_no_topic"))
# the first letters are looked at before the phrases are tried one by one
_OTHER_SENSE = re.compile(
    rf"\b(?=[{''.join(sorted({phrase[0] for phrase in _OF_NO_TOPIC}))}])(?:{alternatives(_OF_NO_TOPIC)})\b",
    re.IGNORECASE,
)
_OTHER_SENSE_LOWER = re.compile(_OTHER_SENSE.pattern)  # of lower case, which is searched in half the time
_LEAST = 1.7  # a single weak word makes no topic
_AID = 3.0  # where so much tells of aid, a plan is one of aid
_LEAST_AROUND = 4.0  # what stands around a content speaks for it only where it is clear
_IN_ASIDE, _IN_CORE, _AT_ROOT = 0.3, 1.6, 1.5
_OPENERS = frozenset(["prep", "prt", "pcomp", "amod", "acomp", "advmod"])
_MOST_WORDS = 50_000  # whose uses are remembered
_LETTERS = 3  # of a word, by which the lists are searched; no stem is shorter
_SUBORDINATE = frozenset(["relcl", "advcl"])
_BACKGROUND = listed("prepositions_of_background")
_CORE = frozenset(["dobj", "attr", "acomp", "oprd", "nsubjpass", "prt", "xcomp"])
_POINTING = listed("pointing_words")
_ARTICLES = listed("articles_and_there")
Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A phrase or a pair, and its beginnings and ``others``, of each of which a text must have a word to be searched.

    ``others`` is empty where a beginning is enough. A phrase starts with one of its beginnings, and is looked for there
    alone; of a pair the other word may come first.
    """

    number: int
    pattern: re.Pattern[str]
    topic: str
    weight: float
    firsts: tuple[str, ...]
    others: tuple[str, ...]
    is_phrase: bool


@dataclass(frozen=True, slots=True)
class _Lookup:
    """The topics' words, found by a word or by its first letters; phrases and pairs by those of one of their words."""

    exact: dict[str, list[tuple[str, float]]]
    starts: dict[str, list[tuple[str, str, float]]]
    firsts: dict[str, list[_Pattern]]
    others: dict[str, list[_Pattern]]


@dataclass(slots=True)
class _Content:
    """The text of a content, whether its tree shows what is subordinate in it, and the weight of each topic's words."""

    text: str
    is_divided: bool
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Use:
    """What one word does: ``counts`` for a topic under a word of the list, begins patterns, goes on in others."""

    counts: tuple[tuple[str, str, float], ...]
    begins: tuple[_Pattern, ...]
    goes_on: tuple[int, ...]


def _word_pattern(words: Sequence[str]) -> str:
    rest = (re.escape(w[1:]).replace(r"\*", r"[\w-]*").replace(r"\ ", r"\s+") for w in words)
    return f"(?:{grouped(zip((w[0].lower() for w in words), rest, strict=True))})"


_AUX = pattern("topic_auxiliary").pattern


def _pair_pattern(pair: dict[str, list[str]]) -> re.Pattern[str]:
    """ "Took the town" and "the town was taken"."""
    done, thing = _word_pattern(pair["done"]), _word_pattern(pair["thing"])
    named = r"|(?:the\s+)?(?-i:[A-Z][\w’'-]+)" if pair.get("named") else ""
    return re.compile(
        rf"(?<![\w-]){done}\s+(?:(?:[\w’'.,-]+\s+){{0,5}}?{thing}(?![\w-]){named})"
        rf"|(?<![\w-]){thing}\s+(?:[\w’'-]+\s+){{0,3}}?{_AUX}\s+(?:\w+\s+)?{done}(?![\w-])",
        re.I,
    )


@cache
def _lookup() -> _Lookup:
    exact: dict[str, list[tuple[str, float]]] = {}
    starts: dict[str, list[tuple[str, str, float]]] = {}
    by_first: dict[str, list[_Pattern]] = {}
    by_other: dict[str, list[_Pattern]] = {}
    numbers = count()

    def add(
        source: re.Pattern[str], name: str, weight: float, firsts: list[str], others: list[str], *, is_phrase: bool
    ) -> None:
        pattern = _Pattern(next(numbers), source, name, weight, tuple(firsts), tuple(others), is_phrase)
        for table, entries in ((by_first, firsts), (by_other, others)):
            for letters in {word.rstrip("*")[:_LETTERS] for word in entries}:
                table.setdefault(letters, []).append(pattern)

    for name, table in toml("topics.toml").items():
        for weight, entries in table.items():
            if weight == "pairs":
                for pair in entries:
                    firsts = [done.split(" ")[0] for done in pair["done"]]
                    others = [] if pair.get("named") else [thing.split(" ")[0] for thing in pair["thing"]]
                    add(_pair_pattern(pair), name, float(pair["weight"]), firsts, others, is_phrase=False)
                continue
            for word in entries:
                if " " in word or not re.fullmatch(r"[\w-]+\*?", word):
                    source = re.escape(word).replace(r"\*", r"[\w-]*").replace(r"\ ", r"\s+")
                    whole = re.compile(r"(?<![\w-])" + source + r"(?![\w-])", re.I)
                    first, other = word.split(" ")[:1], word.split(" ")[1:2]
                    add(whole, name, float(weight), first, other, is_phrase=True)
                elif word.endswith("*"):
                    starts.setdefault(word[:_LETTERS], []).append((word[:-1], name, float(weight)))
                else:
                    exact.setdefault(word, []).append((name, float(weight)))
    return _Lookup(exact, starts, by_first, by_other)


def _is_one(word: str, entries: Iterable[str]) -> bool:
    return any(word.startswith(w[:-1]) if w.endswith("*") else word == w for w in entries)


class _Uses(dict[str, "_Use | None"]):
    """What each word does, as it is written; all words of all contents are looked up."""

    def __missing__(self, word: str) -> _Use | None:
        if len(self) >= _MOST_WORDS:
            self.clear()
        use = self[word] = _use(word.lower())
        return use


_USES = _Uses()


def _use(word: str) -> _Use | None:
    """What a word in lower case does; None for nearly all, so that a text is read at the price of a look-up a word."""
    lookup, letters = _lookup(), word[:_LETTERS]
    counts = [(name, word, weight) for name, weight in lookup.exact.get(word, ())]
    counts += [(name, start, w) for start, name, w in lookup.starts.get(letters, ()) if word.startswith(start)]
    begins = tuple(p for p in lookup.firsts.get(letters, ()) if _is_one(word, p.firsts))
    goes_on = tuple(p.number for p in lookup.others.get(letters, ()) if _is_one(word, p.others))
    return _Use(tuple(counts), begins, goes_on) if counts or begins or goes_on else None


def scores(text: str, asides: Ranges = (), core: Ranges = ()) -> dict[str, float]:
    """The weight of each topic's words in a text; each word counts once for a topic.

    Words of a phrase in which they mean something else ("in order to") count for nothing.
    """
    if _OTHER_SENSE_LOWER.search(text.lower()) is not None:
        text = _OTHER_SENSE.sub(lambda m: " " * len(m.group()), text)
    total = dict.fromkeys(toml("topics.toml"), 0.0)
    best: dict[tuple[str, str], float] = {}

    aside_starts, aside_ends = sorted(s for s, _ in asides), sorted(e for _, e in asides)

    def add(name: str, word: str, weight: float, at: int, end: int = -1) -> None:
        depth = 0
        for s, e in core:
            depth += s <= at < e or s <= end < e
        if depth:
            weight *= _IN_CORE * (_AT_ROOT if depth > 1 else 1.0)
        else:
            # as many begin before the place as hold it or end before it
            weight *= _IN_ASIDE ** (bisect_right(aside_starts, at) - bisect_right(aside_ends, at))
        key = name, word
        if weight > best.get(key, 0.0):
            total[name] += weight - best.get(key, 0.0)
            best[key] = weight

    uses = [(use, m.start()) for m in _WORD.finditer(text) if (use := _USES[m.group()]) is not None]
    gone_on = {number for use, _ in uses for number in use.goes_on}
    seen: set[int] = set()
    for use, at in uses:
        for name, word, weight in use.counts:
            add(name, word, weight, at)
        for p in use.begins:
            if p.number in seen or (p.others and p.number not in gone_on):
                continue
            hit = p.pattern.match(text, at) if p.is_phrase else p.pattern.search(text)
            if hit is not None or not p.is_phrase:
                seen.add(p.number)
            if hit is not None:
                add(p.topic, p.pattern.pattern, p.weight, hit.start(), hit.end() - 1)
    return total


def topic(text: str, cue: str = "") -> str:
    """The topic whose words weigh most in a text of which no more is known; an order is one by its cue."""
    return _heaviest(scores(text, _aside(text)), cue)


def _aside(text: str) -> Ranges:
    """The end of a text that only tells the circumstances, as its words show."""
    aside = _ASIDE.search(text)
    return [(aside.start(), len(text))] if aside is not None else ()


def _heaviest(found: Mapping[str, float], cue: str) -> str:
    """The topic that weighs most in what follows the lemma ``cue``; "other" where none weighs enough."""
    weighed = dict(found)
    if cue in _ORDERS:
        weighed["order_or_plan"] += 8.0
    elif weighed["military_aid"] >= _AID:
        weighed["order_or_plan"] = 0.0  # aid is planned and prepared before it is given
    best = max(weighed, key=weighed.__getitem__)
    return aimed(best, cue) if weighed[best] >= _LEAST else "other"


def aimed(found: str, cue: str, rule: str = "") -> str:
    """The topic of what follows the lemma ``cue``: a move in the war that somebody wants or asks for is a plan."""
    is_aim = cue in _AIMS and found in _AIMED_AT
    is_asked = rule.startswith("infinitive.") and cue not in _UNSURE and found in _ASKED_FOR
    return "order_or_plan" if is_aim or is_asked else found


def _topic_around(text: str) -> str:
    """The topic of what was told before a content that has none of its own."""
    near = scores(text)
    best = max(near, key=near.__getitem__)
    return best if near[best] >= _LEAST_AROUND else "other"


def _says_little(text: str) -> bool:
    """True for a content that points to what was told before: "it had been a mistake", "700"."""
    words = text.split()
    return len(words) <= 4 or (len(words) <= 12 and words[0].lower() in _POINTING - _ARTICLES)


def topic_of(analysis: Analysis, candidate: Candidate) -> str:
    """The topic of a claim's content; of "denied this" that of what is denied."""
    if candidate.about is not None:
        return topic_of(analysis, candidate.about)
    content = _content(analysis, candidate.content)
    cue = candidate.cue.lemma if candidate.cue else ""
    aside = () if content.is_divided else _aside(content.text)
    weighed = scores(content.text, aside) if aside else content.scores
    found = aimed(_heaviest(weighed, cue), cue, candidate.rule)
    if found == "other" and _is_intended(candidate):
        return "order_or_plan"
    return _topic_around(_around(analysis, candidate)) if found == "other" and _says_little(content.text) else found


def scores_of(analysis: Analysis, content: Iterable[Span]) -> Mapping[str, float]:
    """The weight of each topic's words in a claim's content, by where they stand in its clauses."""
    return _content(analysis, ((span.start, span.end) for span in content)).scores


def _content(analysis: Analysis, spans: Iterable[tuple[int, int]]) -> _Content:
    """The content of the spans, weighed once however often it is asked for."""
    key = tuple(sorted(spans))
    content: _Content | None = analysis.contents.get(key)
    if content is None:
        text = " … ".join([analysis.text[start:end] for start, end in key])
        asides, core = _weights(analysis, key)
        content = analysis.contents[key] = _Content(text, bool(asides or core), scores(text, asides, core))
    return content


def _is_intended(candidate: Candidate) -> bool:
    """True for what somebody calls for, vows or plans to do: where it is of no other topic, it is a plan."""
    cue = candidate.cue
    is_infinitive = candidate.frame == "infinitive" and cue is not None and cue.lemma not in _UNSURE
    return is_infinitive and cue is not None and cue.cue_class in ("promise", "say")


def _around(analysis: Analysis, candidate: Candidate) -> str:
    """The two sentences before a content, in its own paragraph or the one before."""
    here = analysis.sentence_at(candidate.start)
    first = max(0, here - 2)
    sentences = analysis.sentences[first : here + 1]
    start = next(s.start for s in sentences if s.paragraph >= analysis.sentences[here].paragraph - 1)
    end = candidate.start
    if candidate.speaker is not None and start <= candidate.speaker.full_start < end:
        # who speaks is not what is spoken of
        return analysis.text[start : candidate.speaker.full_start] + analysis.text[candidate.speaker.full_end : end]
    return analysis.text[start:end]


def is_background(analysis: Analysis, k: int) -> bool:
    """True where the token ``k`` opens what is told as known: "since the invasion", "due to the fighting"."""
    t = analysis.tokens
    return t.deps[k] in _OPENERS and t.lowers[k] in _BACKGROUND


def _openers(heads: Sequence[int], first: int, last: int, below: set[int]) -> list[int | None]:
    """For each token from ``first`` to before ``last`` the nearest of ``below`` among it and its heads, if any.

    Each token is looked at once, however deep the tree is: contents lie in each other in a chain of "who said".
    """
    found: dict[int, int | None] = {}
    for k in range(first, last):
        path, at = [], k
        while at not in found:
            found[at] = at if at in below else None  # None ends a circle
            path.append(at)
            if at in below or not first <= heads[at] < last:
                break
            at = heads[at]
        for passed in path:
            found[passed] = found[at]
    return [found[k] for k in range(first, last)]


def _weights(analysis: Analysis, spans: Sequence[tuple[int, int]]) -> tuple[Ranges, Ranges]:
    """Ranges of the joined text that are subordinate, and those of the main predicate with what it is about."""
    t = analysis.tokens
    asides: list[tuple[int, int]] = []
    core: list[tuple[int, int]] = []
    shift = 0
    for number, (start, end) in enumerate(spans):
        moved = shift - start
        shift += end - start + len(" … ")
        first = analysis.token_at(start)
        first += t.ends[first] <= start
        last = analysis.first_token_from(end)
        if first >= last or t.heads[first] == NO_HEAD:
            continue
        below: set[int] = set()
        root = None
        for k, (head, dep) in enumerate(zip(t.heads[first:last], t.deps[first:last], strict=True), first):
            if head == NO_HEAD:
                continue
            if not first <= head < last or head == k:
                if root is None and dep not in ("punct", "mark", "aux", "cc", "advmod", "prep"):
                    root = k
                continue
            if dep in _SUBORDINATE or (dep in _OPENERS and is_background(analysis, k)):
                below.add(k)
        openers: list[int | None] = _openers(t.heads, first, last, below) if below else [None] * (last - first)
        for k, at in enumerate(openers, first):
            if at is not None and at != root:
                place = (t.starts[k] + moved, t.ends[k] + moved)
                asides += [place, place] if is_background(analysis, at) else [place]  # what is known weighs least
            elif root is not None and not number and (k == root or (t.heads[k] == root and t.deps[k] in _CORE)):
                place = (t.starts[k] + moved, t.ends[k] + moved)
                core += [place, place] if k == root else [place]  # the predicate itself weighs double
    return asides, core
