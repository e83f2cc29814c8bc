"""Parenthetical cues: "the troops fled, he said"; "in the north, he said, the troops fled"; "as he noted, …".

Belongs here: cues that stand before, behind or in the middle of the clause that is claimed, with their
subject before them. Does not belong here: a speaker behind the cue (``inverted``), cues that no comma sets
off (``unmarked``), quotations (``quotation``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.extent import content_candidate, participles
from ingest.extract.claims.attribution.quotation import quotation_before
from ingest.extract.claims.attribution.region import STOPS, cue_region
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import FINITE, FINITE_OR_MODAL, MARKS, CueSentence
from ingest.extract.claims.attribution.speaker import agent_of, document_owner, place_of_speech
from ingest.extract.claims.lexicon import listed, verbs
from ingest.extract.claims.model import Candidate, CueMention, Span
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, PROPER, VERB_TAGS, Mention, first_names

_DASHES = frozenset([",", "–", "—", "-"])
_CITING = listed("participles_of_citing")
_ROLES = words("people.toml", "roles")
_DESCRIBING = _ROLES | words("people.toml", "bodies", "words") | {"arm"}
_VOICES = (
    words("people.toml", "roles")
    | words("people.toml", "collective", "words")
    | words("people.toml", "bodies", "words")
    | words("people.toml", "documents")
    | words("coreference.toml", "unnamed")
)
NO_PARENTHESIS = listed("no_parenthesis")
_CLAUSE_OPENERS = listed("clause_openers")
_JOINTS = listed("clause_joints")
_WITH_LISTENER = listed("verbs_with_listener")
_PERFECT = listed("auxiliaries_of_perfect")
_AMOUNTS = listed("amounts_behind_as")
_NO_AS_CLAUSE = listed("verbs_of_as_clauses_without_claim")


@frame("parenthetical.before", "parenthetical.around", needs="s")
def parenthetical(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "the troops fled, he said", "in the north, he said, the troops fled"."""
    t, v = s.tokens, cue.token
    first, last = cue_region(s, v)
    if first <= s.first or cue.speaker is None or s.is_negated(v):
        return None
    mark = t.lowers[first - 1]
    comp = next((k for k in s.kids(v) if t.deps[k] == "ccomp" and k < v), None)
    joined = comp is not None and mark not in STOPS and mark not in _JOINTS
    if mark not in _DASHES and mark not in ("?", "!") and not joined:
        return None
    if not _is_bracketed(s, cue, comp, last):
        return None
    start = s.opening(first)
    rest = _rest(s, last)
    if start >= first - 1:
        return _found(s, cue, "parenthetical.around", [rest]) if rest is not None else None
    if first - start == 3 and t.lowers[start] in ("you", "i"):
        return None  # "You see, they protest"
    span = (t.starts[start], t.ends[first - 2 if mark in _DASHES else first - 1])
    if not any(t.tags[j] in VERB_TAGS or t.tags[j] == "MD" for j in range(start, first)):
        # a mere adverbial stands before the cue; what is claimed comes behind it
        if rest is not None:
            return _found(s, cue, "parenthetical.around", [rest])
        return _found(s, cue, "parenthetical.before", [span]) if first - start >= 3 else None
    if rest is not None:
        return _found(s, cue, "parenthetical.around", [span, rest])
    return _found(s, cue, "parenthetical.before", [span])


def _found(s: CueSentence, cue: CueMention, rule: str, content: list[Span]) -> Candidate:
    return s.candidate(cue, rule, content, cue.speaker, relative=cue.relative)


def _is_bracketed(s: CueSentence, cue: CueMention, comp: int | None, last: int) -> bool:
    """True where the cue may stand in brackets: its clause holds nothing else that is said."""
    t, v, lemma = s.tokens, cue.token, cue.entry.lemma
    if t.deps[v] in ("relcl", "acl", "xcomp") and comp is None:
        return False
    if comp is None and lemma in NO_PARENTHESIS:
        return False
    if s.kid(v, "dobj") is not None and lemma not in _WITH_LISTENER:
        return False
    if lemma in NO_PARENTHESIS and any(k > v and t.deps[k] in ("ccomp", "xcomp") for k in s.kids(v)):
        return False
    if t.deps[v] == "parataxis" or comp is not None:
        return True
    if any(t.lowers[k] == "that" and t.deps[k] == "mark" for k in range(v + 1, last + 1)):
        return False  # "at a meeting, Roe said for the first time that he would go"
    return t.deps[v] in ("ccomp", "ROOT", "conj", "advcl", "relcl", "acl", "dep") and last + 1 >= s.last - 1


def _rest(s: CueSentence, last: int) -> Span | None:
    """What goes on behind a bracketed cue whose last token is ``last``."""
    t = s.tokens
    at = last + 1
    if at >= s.last - 1 or t.lowers[at] not in (",", "–", "—", ":"):
        return None
    at += 1
    low = t.lowers[at]
    if low in participles() or low in MARKS or low in _JOINTS or low == "according":
        return None
    end = s.last - 1
    for j in range(at, s.last):
        if t.lowers[j] == ":" or (t.lowers[j] in participles() and t.lowers[j - 1] == ","):
            end = j - 1
            break
    return (t.starts[at], t.ends[end]) if end - at >= 2 else None


@frame("parenthetical.closing", needs="s")
def closing(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "…, the mayor, Ivan Lys, said on Monday.": the cue and its speaker close the sentence."""
    t, v, entry = s.tokens, cue.token, cue.entry
    if (
        t.tags[v] not in ("VBD", "VBZ", "VBN")
        or entry.cue_class not in ("say", "write")
        or entry.lemma in NO_PARENTHESIS
    ):
        return None
    cited = next((k for k in range(v + 1, s.last) if t.lowers[k] in _CITING and t.tags[k] == "VBG"), s.last)
    cited = min(cited, _passed_on(s, v))
    rest = range(v + 1, cited)  # ", the agency reported | quoting two officers"
    if len(rest) > 12 or any(t.tags[k].startswith(("VB", "MD", "W")) or t.lowers[k] in MARKS for k in rest):
        return None
    k = v - 1
    while k > s.first and t.tags[k] == "RB":
        k -= 1
    head = k
    if t.lowers[k] == ",":
        head = k - 1
        between = s.nominals_before(head)
        k = between - 1
        if k <= s.first or t.lowers[k] != ",":
            return None
        k -= 1
        if t.tags[k] in PROPER and _is_office(s, between, head):
            head = k  # "…, Jane Roe, a spokesman for the ministry, said"
    plain = s.nominals_before(k)
    first = _joint_start(s, plain, k)
    if first > k or first - 1 <= s.first or t.lowers[first - 1] != "," or not _is_clause(s, first - 1):
        return None
    if opens_cue_clause(s, v) or t.lowers[head] in CALENDAR:
        return None
    if t.tags[head] not in ("NNP", "NNPS", "NN", "NNS", "PRP"):
        return None
    if quotation_before(s, first) is not None or s.kid(v, "dobj", "ccomp", "xcomp") in rest:
        return None
    mention = s.mention(head if t.tags[head] in ("NNP", "PRP") else _noun_of(s, first, k), v)
    if (named := _described_before(s, first)) is not None:
        first, mention = named, Mention(t.starts[named], t.ends[first - 2], t.starts[named], t.ends[k], first - 2)
        plain = first
    if mention.start < t.starts[first] or first < plain:
        mention = Mention(t.starts[first], t.ends[k], t.starts[first], t.ends[max(k, head)], k)
    start = t.starts[s.opening(first)]
    quoted = s.quotations.around(start)
    if quoted is not None and quoted.close < t.ends[first - 2]:
        start = min(start, quoted.open)  # "A. B," the mayor wrote, the agency reports: all that he wrote
    return s.candidate(cue, "parenthetical.closing", [(start, t.ends[first - 2])], mention)


def _passed_on(s: CueSentence, v: int) -> int:
    """The comma behind which who passes on what the cue ``v`` says closes the sentence; its end where nobody does.

    ", the mayor said on Monday, SANA reports."
    """
    t = s.tokens
    comma = next((k for k in range(s.last - 1, v, -1) if t.lowers[k] == ","), None)
    if comma is None:
        return s.last
    verb = next((k for k in range(comma + 2, s.last) if t.lowers[k] in verbs()), None)
    if (
        verb is None
        or t.tags[verb] not in ("VBD", "VBZ", "VBN")
        or any(t.words[k][0].isalnum() for k in range(verb + 1, s.last))
    ):
        return s.last
    end = verb - 1 if t.lowers[verb - 1] in _PERFECT else verb
    return comma if s.nominals_before(end - 1) == comma + 1 else s.last


def _is_clause(s: CueSentence, limit: int) -> bool:
    """True where a finite verb stands before ``limit``, or a past tense with an object that was taken for a participle.

    "Air force strikes killed nine people, …": of "killed" the tagger makes what was done to the strikes.
    """
    tags = s.tokens.tags
    return s.has_finite(s.first, limit) or any(
        tags[k] == "VBN" and s.kid(k, "dobj") is not None and s.kid(k, "aux", "auxpass") is None
        for k in range(s.first, limit)
    )


@frame("parenthetical.closing", needs="s")
def closing_participle(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "…, the ministry reported.", where the tagger took the cue for a participle."""
    if s.tokens.tags[cue.token] != "VBN" or s.kid(cue.token, "auxpass", "aux", "agent") is not None:
        return None
    return closing.read(s, cue)


def opens_cue_clause(s: CueSentence, v: int) -> bool:
    """True where a conjunction opens the sentence, and no main clause stands between its clause and the cue ``v``.

    "When the dam burst the mayor said …", not "If the dam bursts, the town is lost, the mayor said".
    """
    t = s.tokens
    if t.lowers[s.first] not in _CLAUSE_OPENERS or _opens_phrase(s):
        return False
    clause = t.heads[s.first]
    main = t.heads[clause]
    return not (t.deps[clause] == "advcl" and clause < main < v and main in _finite_before(s, v))


def _opens_phrase(s: CueSentence) -> bool:
    """True for "As many as nine", "Since March", "After searching": no clause of its own begins there."""
    t, behind = s.tokens, s.first + 1
    is_time = t.lowers[behind] in CALENDAR and t.lowers[s.first] in ("after", "before", "since")
    return t.tags[behind] == "VBG" or is_time or (t.lowers[s.first] == "as" and t.lowers[behind] in _AMOUNTS)


def _finite_before(s: CueSentence, v: int) -> list[int]:
    """The verbs before ``v`` that are finite, by their own form or their auxiliary's."""
    t = s.tokens
    return [
        k
        for k in range(s.first, v)
        if t.tags[k] in FINITE or any(t.deps[x] == "aux" and t.tags[x] in FINITE_OR_MODAL for x in s.kids(k))
    ]


def _joint_start(s: CueSentence, first: int, last: int) -> int:
    """The first token of "security and diplomatic sources", "a doctor and local media", given that of the last noun."""
    t = s.tokens
    if first <= last and first - 2 > s.first and t.lowers[first - 1] == "and":
        begin = s.nominals_before(first - 2)
        if begin <= first - 2 and t.lowers[begin - 1] == "," and _is_voice(s, first - 2) and _is_voice(s, last):
            return begin
    if first >= last or t.tags[last] != "NNS" or t.lowers[first - 1] != "and":
        return first
    k = first - 1
    while k > s.first and t.tags[k - 1] in ("JJ", "NN", "NNP") and first - k <= 3:
        k -= 1
    return k if k < first - 1 and t.lowers[k - 1] == "," else first


def _is_office(s: CueSentence, first: int, last: int) -> bool:
    """True for "a spokesman for the ministry": an office with whose it is, and no name behind it."""
    t = s.tokens
    of = next((k for k in range(first + 1, last) if t.lowers[k] in ("of", "for")), None)
    return of is not None and t.words[of - 1].islower() and t.lowers[of - 1] in _ROLES


def _described_before(s: CueSentence, first: int) -> int | None:
    """First token of the name that an office right behind it describes: "…, Jane Roe, spokesman for the UN said"."""
    t, last = s.tokens, first - 2
    begin = first + (t.tags[first] == "DT")
    opened = t.lowers[begin : begin + 4]
    if t.lowers[first - 1] != "," or t.tags[last] not in PROPER or not {"of", "for"} & set(opened):
        return None
    if not _DESCRIBING & set(opened):
        return None
    start = s.name_start(last)
    if start is None or start - 1 <= s.first or t.lowers[start - 1] not in (",", *MARKS):
        return None
    is_acronym = start == last and t.words[last].isupper() and len(t.words[last]) > 2
    is_person = start < last and (t.lowers[start] in first_names() or t.lowers[start - 1] in MARKS)
    return start if is_acronym or is_person else None


def _is_voice(s: CueSentence, noun: int) -> bool:
    """True for a common noun, or a body's name with an article, that may be cited beside another."""
    t = s.tokens
    if t.tags[noun] in PROPER:
        return any(t.tags[k] == "DT" for k in range(s.nominals_before(noun), noun))
    low = t.lowers[noun]
    return any(word in _VOICES for word in (low, low.removesuffix("s")))


def _noun_of(s: CueSentence, first: int, last: int) -> int:
    """The head of a noun phrase with "of" in it: the noun before the first "of"."""
    of = next((x for x in range(first + 1, last) if s.tokens.lowers[x] in ("of", "for")), None)
    return of - 1 if of is not None else last


@frame("parenthetical.opening", needs="s")
def opening(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "I mean the question is why": the parser took the cue for an aside of the clause behind it."""
    t, v = s.tokens, cue.token
    clause, subject = t.heads[v], s.kid(v, "nsubj")
    if t.deps[v] != "parataxis" or clause <= v:
        return None
    if subject is None or subject > v or s.right(v) != v or s.left(v) > s.first + 2:
        return None
    first = v + 2 if t.lowers[v + 1] in (",", ":") else v + 1
    believes = cue.entry.cue_class in ("believe", "estimate")
    if clause <= first or t.lowers[first] in MARKS or (first > v + 1 and not believes):
        return None
    own = CueMention(v, cue.entry, s.mention(subject, v))
    return content_candidate(s, own, "parenthetical.opening", first, s.right(clause))


@frame("as_clause", needs="s")
def as_clause(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "As the mayor noted, two bridges are gone": the content is the clause beside it."""
    t, v, entry = s.tokens, cue.token, cue.entry
    first = s.left(v)
    if t.deps[v] not in ("advcl", "ccomp", "parataxis", "dep") or t.lowers[first] != "as":
        return None
    if entry.cue_class == "order" or entry.lemma in _NO_AS_CLAUSE:
        return None
    if any(t.deps[k] in ("ccomp", "dobj", "xcomp") for k in s.kids(v)) or t.lowers[v] in ("saw", "seen", "see"):
        return None
    subject = s.kid(v, "nsubj")
    if subject is None or s.is_passive(v):
        return None
    last = s.right(v)
    while last > v and t.lowers[last] == ",":
        last -= 1
    if first <= s.first + 1 and last + 2 < s.last and t.lowers[last + 1] == ",":
        content = [(t.starts[last + 2], t.ends[s.last - 1])]
    elif first > s.first + 3 and t.lowers[first - 1] == "," and last >= s.last - 2:
        content = [(t.starts[s.opening(first)], t.ends[first - 2])]
    else:
        return None
    speaker = document_owner(s, subject) or s.mention(subject, v if subject < v else None)
    return s.candidate(cue, "as_clause", content, speaker)


def is_as_participle(s: CueSentence, v: int) -> bool:
    """True for the participle of "As noted in the ministry, …" at the start of a sentence."""
    t = s.tokens
    return t.tags[v] == "VBN" and v > s.first and t.lowers[v - 1] == "as" and v <= s.first + 2


@frame("as_clause.participle", needs="s")
def as_participle(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "As noted in the ministry, two bridges are gone"."""
    t, v = s.tokens, cue.token
    comma = next((k for k in range(v + 1, min(v + 16, s.last)) if t.lowers[k] == ","), None)
    speaker = agent_of(s, v) or place_of_speech(s, v)
    if comma is None or speaker is None or comma + 2 >= s.last:
        return None
    return s.candidate(cue, "as_clause.participle", [(t.starts[comma + 1], t.ends[s.last - 1])], speaker)
