"""Adverbials that name the speaker: "according to X", "per X", "in X's words".

Belongs here: these adverbials and the clause around them. Does not belong here: what a speaker goes by
("according to intercepts" inside what he says), which ``structure`` makes the basis of his claim.
"""

from __future__ import annotations

from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.attribution.speaker import document_owner
from ingest.extract.claims.lexicon import Cue, listed, verbs
from ingest.extract.claims.model import Candidate, CueMention, Flag, Span
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import PROPER, Mention

ACCORDING = Cue("according to", "say", frozenset("s"), "")
_SOURCES = (
    words("people.toml", "bodies", "words")
    | words("people.toml", "documents")
    | words("people.toml", "roles")
    | words("coreference.toml", "unnamed")
)
_OF_SOURCES = frozenset(["of", "for", "in", "at", "from", "on", "and", "'s", "’s"])
_LONGEST_SOURCE = 6  # tokens of who is named, where no comma ends it
_VERB_TAGS = frozenset(["VBD", "VBZ", "VBP", "MD", "VBN", "VB"])
_AUTHORS = listed("authors")
_CONTRASTS = listed("contrasting_conjunctions")
_NO_TAIL = listed("words_that_open_no_tail")


@frame("according_to")
def according_to(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "According to the mayor, two bridges are gone"."""
    t, at = s.tokens, cue.token
    is_per = t.lowers[at] == "per"
    to = at if is_per else at + 1
    first = _opening_of_per(s, at) if is_per else at
    if first is None or (not is_per and (to >= s.last or t.lowers[to] != "to")):
        return None
    glued = _glued_source(s, first, to)
    head = glued if glued is not None else _head(s, to)
    if head is None or t.lowers[head] in words("cues.toml", "measures"):
        return None  # "according to the rules": by what, not by whom
    if first < at and not (t.lowers[head] in _SOURCES or t.tags[head] in PROPER):
        return None  # "as per the deal"
    lead = first == s.first + 1 or _opens(s, first)
    if glued is not None:
        mention, end = _mention_of(s, to + 1, glued), glued
    else:
        mention = document_owner(s, head) or s.mention(head)
        end = max(_phrase_end_in_front(s, head) if lead else _phrase_end(s, head), head)
    content = clause_around(s, first, end)
    if not content:
        return None
    is_evidence = t.lowers[head] in words("cues.toml", "evidence") and mention.head == head
    return Candidate(
        "according_to",
        ACCORDING,
        (t.starts[first], t.ends[to]),
        mention,
        tuple(content),
        s.index,
        at,
        clause=(t.starts[first], t.ends[end]),
        flags=frozenset([Flag.EVIDENCE]) if is_evidence else frozenset(),
    )


def _opening_of_per(s: CueSentence, at: int) -> int | None:
    """The first token of "per the mayor", "as per sources" where it stands apart; None where it is no such phrase."""
    t = s.tokens
    if at + 1 >= s.last:
        return None
    is_as = at > s.first and t.lowers[at - 1] == "as"
    first = at - is_as
    is_named = t.tags[at + 1] in ("NNP", "DT") or (is_as and t.tags[at + 1] in ("NN", "NNS", "JJ"))
    return first if is_named and (first == s.first or t.lowers[first - 1] == ",") else None


def _glued_source(s: CueSentence, first: int, to: int) -> int | None:
    """The last word of who is named, where a lost comma glued the subject to it and left the verb without one.

    "According to the Observatory heavy rain has delayed the exchange": the Observatory. None where a comma, or a
    subject of the verb, shows where the phrase ends.
    """
    t = s.tokens
    verb = t.heads[first]
    if not _opens(s, first) or verb <= to or t.tags[verb] not in _VERB_TAGS:
        return None
    if "," in t.lowers[to:verb] or s.kid(verb, "nsubj", "nsubjpass", "expl", "csubj") is not None:
        return None
    last = next((k for k in range(to + 1, min(to + _LONGEST_SOURCE, verb)) if t.lowers[k] in _SOURCES), None)
    if last is None or t.tags[last + 1] in PROPER or t.lowers[last + 1] in _OF_SOURCES:
        return None
    return last if any(t.tags[k].startswith("NN") for k in range(last + 1, verb)) else None


def _opens(s: CueSentence, first: int) -> bool:
    """True where a sentence begins with the adverbial, though a heading without a full stop is glued before it."""
    words_behind = s.tokens.words[first : first + 2]
    return first == s.first or words_behind == ["According", "to"]


def _mention_of(s: CueSentence, first: int, last: int) -> Mention:
    t = s.tokens
    return Mention(t.starts[first], t.ends[last], t.starts[first], t.ends[last], last)


def _head(s: CueSentence, to: int) -> int | None:
    """The head of the noun phrase behind "according to", by the tree or by the words alone."""
    t = s.tokens
    head = next((k for k in s.kids(to) if t.deps[k] == "pobj"), None)
    if head is not None and head >= to:
        return head
    if (named := _name_before_subject(s, to)) is not None:
        return named
    near = range(to + 1, min(to + 8, s.last))
    is_noun = [t.tags[k].startswith("NN") and not (k + 1 < s.last and t.tags[k + 1].startswith("NN")) for k in near]
    return next((k for k, noun in zip(near, is_noun, strict=True) if noun), None)


def _name_before_subject(s: CueSentence, to: int) -> int | None:
    """The last word of a whole name, where a lost comma glued the subject to it: "to Ivan Lys women were hurt"."""
    t, k = s.tokens, to + 1
    while k < s.last and t.tags[k] in PROPER:
        k += 1
    subject = s.kid(t.heads[k], "nsubj", "nsubjpass") if k < s.last else None
    is_glued = k - to > 2 and t.tags[k] == "NNS" and subject == k and t.heads[k] > k
    return k - 1 if is_glued else None


def _phrase_end_in_front(s: CueSentence, head: int) -> int:
    """Of "According to X, a doctor, two died": the comma before the clause, past an apposition without a verb."""
    t = s.tokens
    verb = t.heads[s.first]
    subject = s.kid(verb, "nsubj", "nsubjpass") if verb > head else None
    if subject is not None and s.left(subject) > head + 1 and t.lowers[s.left(subject) - 1] == ",":
        return s.left(subject) - 2  # "According to X, the raid, a large one, began at ten"
    commas = [j for j in range(head + 1, s.last - 1) if t.lowers[j] == ","]
    if not commas:
        governor = t.heads[head]
        is_glued = t.deps[head] == "compound" and t.deps[governor] in ("nsubj", "nsubjpass")
        return head if is_glued else s.right(head)
    for here, following in zip(commas, [*commas[1:], None], strict=True):
        relative = t.lowers[here + 1] in ("who", "which", "whose")
        if following is None or (_has_verb(s, here + 1, following) and not relative):
            return here - 1
    return commas[0] - 1


def _phrase_end(s: CueSentence, head: int) -> int:
    t = s.tokens
    last = s.right(head)
    for j in range(head + 1, last + 1):
        if t.lowers[j] == ",":
            follow = t.lowers[j + 1] if j + 1 < s.last else ""
            near = t.deps[j + 1 : min(j + 8, last + 1)]
            if follow not in ("who", "which", "and") and "appos" not in near and "conj" not in near:
                return j - 1
    return last


def clause_around(s: CueSentence, first: int, last: int) -> list[Span]:
    """The clause that an adverbial from token ``first`` to ``last`` attributes; empty where there is none."""
    t = s.tokens
    lead = first - 1
    if _opens(s, first):
        return _clause_behind(s, last + 1)
    while lead >= s.first and (
        t.lowers[lead] in ("“", '"', "''", "``") or (t.tags[lead] in ("CC", "RB") and lead - s.first < 2)
    ):
        lead -= 1
    after = last + 1
    return _clause_behind(s, after) if lead < s.first else _clause_before(s, first, after)


def _clause_behind(s: CueSentence, after: int) -> list[Span]:
    """The rest of the sentence behind an adverbial in front."""
    t = s.tokens
    while after < s.last and t.lowers[after] in (",", ":"):
        after += 1
    end = s.last - 1
    for j in range(after, s.last - 1):
        if t.lowers[j] == "," and t.lowers[j + 1] in ("adding", "citing"):
            end = j - 1
            break
    return [(t.starts[after], t.ends[end])] if after < s.last - 1 else []


def _clause_before(s: CueSentence, first: int, after: int) -> list[Span]:
    """The clause before an adverbial in the middle or at the end, and what goes on behind it."""
    t = s.tokens
    start = _clause_start(s, first, is_closing=after >= s.last - 1)
    parts: list[Span] = []
    before = first - 1
    if t.lowers[before] in (",", "–", "—", "(", ";"):
        before -= 1
    if before >= start:
        quotation = s.quotations.before(t.starts[first])
        if quotation is not None and s.text[quotation.close : t.starts[first]].strip(" ,—–-"):
            quotation = None
        if quotation is not None and quotation.open <= t.starts[start]:
            parts.append((quotation.start, quotation.end))
        else:
            parts.append((t.starts[start], t.ends[before]))
    if after >= s.last - 1 or t.lowers[after] not in (",", "–", "—") or t.lowers[after + 1] in _NO_TAIL:
        return parts
    tail = (t.starts[after + 1], t.ends[s.last - 1])
    if not _has_verb(s, after + 1, s.last):
        return parts
    if t.tags[after + 1] == "VBG" and _has_verb(s, start, before + 1):
        return parts  # "…, according to the army, referring to the raid": the article goes on
    if parts and not _has_verb(s, start, before + 1):
        is_subject = any(t.deps[j] in ("nsubj", "nsubjpass") for j in range(start, before + 1))
        return [tail] if before - start < 2 and not is_subject else [*parts, tail]  # "The van, according to Roe, was"
    if parts and t.lowers[first - 1] == "," and first - 2 >= s.first:
        # a dash or semicolon has already closed a clause before the bracket
        is_separate = any(t.lowers[j] in ("–", "—", ";") for j in range(start, before + 1))
        return [tail] if is_separate else [*parts, tail]
    return [*parts, tail]


def _has_verb(s: CueSentence, first: int, last: int) -> bool:
    return any(s.tokens.tags[j] in _VERB_TAGS for j in range(first, min(last, s.last)))


def _clause_start(s: CueSentence, before: int, *, is_closing: bool) -> int:
    """First token of the clause that ends before ``before``: behind a cue's "that", a semicolon, "but"."""
    t = s.tokens
    start = s.first
    for j in range(s.first, before):
        contrast = t.lowers[j] in _CONTRASTS and j > s.first and t.lowers[j - 1] == ","
        if t.lowers[j] == ";" or contrast:
            if _has_verb(s, j + 1, before):
                start = j + 1
        elif t.lowers[j] == "that" and t.deps[j] == "mark" and j > s.first and t.lowers[j - 1] in verbs():
            # "said that two died, according to the radio": who passes on what is said
            is_passed_on = is_closing and t.lowers[before - 1] == "," and _has_verb(s, j + 1, before)
            start = start if is_passed_on else j + 1
    if start < before and start == s.first and t.lowers[start] in ("but", "and"):
        start += 1
    return start


@frame("words_of")
def words_of(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "in X's words", "in the words of X", "in his view"."""
    t, i = s.tokens, cue.token
    if i <= s.first:
        return None
    prep = t.heads[i]
    if t.lowers[prep] not in ("in", "by"):
        return None
    owner, end = s.kid(i, "poss"), i
    if owner is None:
        of = next((k for k in s.kids(i) if t.lowers[k] == "of"), None)
        owner = next((k for k in s.kids(of) if t.deps[k] == "pobj"), None) if of is not None else None
        end = s.right(i)
    if owner is None or t.lowers[owner] in _AUTHORS:
        return None  # "in my opinion": a hedge of his own
    content = clause_around(s, prep, end)
    span = (t.starts[i], t.ends[i])
    return Candidate("words_of", ACCORDING, span, s.mention(owner), tuple(content), s.index, prep)
