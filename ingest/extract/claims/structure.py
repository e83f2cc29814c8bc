"""How the claims of a text stand to one another: which holds which, what is one and the same.

Belongs here: duplicates, hedges and echoes that are no claims of their own, parents and depth, reporting
chains. Does not belong here: finding candidates (``attribution``), links to other facts (``linking``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ingest.extract.analysis import Analysis, Tokens
from ingest.extract.claims.attribution.citing import CITED, CITED_BY
from ingest.extract.claims.attribution.registry import rule_ids
from ingest.extract.claims.lexicon import Cue, listed, pattern
from ingest.extract.claims.model import Candidate, Flag
from ingest.extract.claims.quotations.marks import Quotations
from ingest.extract.decisions import Outcome
from ingest.extract.lexicon import words
from ingest.values import replace

_CITED = listed("people_cited_without_article")
_ABOUT = listed("verbs_of_telling_about")
_BESIDE_DEEDS = listed("prepositions_of_deeds")
_QUESTIONING = listed("verbs_of_questioning")
_FEWEST_WORDS = 2  # of an object that tells something
_AUTHORS = listed("authors")
_FIRST_PERSONS = listed("first_persons")
_THIRD_PERSONS = listed("third_persons")
_FEELING = listed("verbs_of_feeling")
_CLAIMED = listed("objects_of_claiming")
_REPORTS = listed("verbs_of_reports")
_ADDRESSING = listed("verbs_of_addressing")
_BELIEVING = listed("verbs_of_believing")
_CLAUSES = "complement_clause"
_OBJECTS = frozenset(["object", "object.dismissed_as"])
# contents before their cue, which a dash may have closed before the evidence for what comes behind it
_BEFORE_CUE = frozenset(["parenthetical.before", "parenthetical.closing", "inverted.closing"])
_MOST_OF_AUTHOR = 0.016  # pronouns of the first person a token; an article in which the author thinks aloud has fewer
# claims of one sentence in each other; nobody writes as many, and each that is read holds all behind it
_DEEPEST = 6
_HELD = 0.8  # share of a claim's content that must lie in another's that holds it

rule_ids("veto.own_hedge", "veto.duplicate", "veto.tautology", "veto.echo", "veto.evidence", "veto.deep")


class ContentIndex:
    """Candidates by where their contents lie, so that a long text needs no look at every pair."""

    _WIDTH = 2000  # characters

    def __init__(self, found: Sequence[Candidate]) -> None:
        self._found = found
        self._slots: dict[int, list[int]] = {}
        for k, c in enumerate(found):
            for slot in range(c.start // self._WIDTH, c.end // self._WIDTH + 1):
                self._slots.setdefault(slot, []).append(k)

    def near(self, start: int, end: int) -> list[tuple[int, Candidate]]:
        """Those that may share a character with the span, in order, each with its place."""
        slots = range(start // self._WIDTH, end // self._WIDTH + 1)
        found = sorted({k for slot in slots for k in self._slots.get(slot, ())})
        return [(k, self._found[k]) for k in found]


def in_order(found: Sequence[Candidate]) -> list[Candidate]:
    """By where they begin, the longer first; who is cited behind who cites him."""
    return sorted(found, key=lambda c: (c.start, -c.end, c.rule == CITED, c.rule != CITED_BY, c.verb))


# --- what is no claim of its own --------------------------------------------------------------------------


def _veto(analysis: Analysis, veto: str, candidate: Candidate, reason: str = "") -> None:
    recorder = analysis.recorder
    if recorder is not None:
        span = candidate.cue_span or candidate.content[0]
        recorder.record("claims", "structure", veto, Outcome.VETOED, reason or candidate.rule, span)


def _is_first_person(t: Tokens, k: int, pronouns: frozenset[str]) -> bool:
    return t.lowers[k] in pronouns and t.words[k] != "US"


def is_own_hedge(analysis: Analysis, candidate: Candidate, quotations: Quotations) -> bool:
    """ "I think" inside one's own quotation is how it is said, not another claim.

    "I told him that …" and "we call on all states to …" are claims: they name to whom something was or is said.
    """
    c = candidate
    if c.cue is None or c.speaker is None or c.cue_span is None:
        return False
    low = analysis.tokens.lowers[c.speaker.head]
    if (
        not _is_first_person(analysis.tokens, c.speaker.head, _FIRST_PERSONS)
        or quotations.marked(c.cue_span[0]) is None
    ):
        return False
    if c.cue.lemma in _ADDRESSING and _names_addressee(analysis, c):
        return False
    told = c.cue.cue_class in ("say", "deny", "accuse", "order", "write", "ask")
    is_hedge = not (told and low in ("i", "we") and analysis.tokens.tags[c.verb] == "VBD")
    if is_hedge:
        _veto(analysis, "veto.own_hedge", c)
    return is_hedge


def _names_addressee(analysis: Analysis, c: Candidate) -> bool:
    """True where a noun stands between the cue and its content: "call on | all states | to leave"."""
    between = range(c.verb + 1, analysis.first_token_from(c.start))
    return any(analysis.tokens.tags[k].startswith("NN") for k in between)


def own_beliefs(found: Sequence[Candidate], analysis: Analysis) -> list[Candidate]:
    """The candidates of what a speaker says that he himself believes: "the mayor said he thinks the dam will hold".

    It is one claim, as "I think" is none of its own in a quotation: the belief's pronoun opens what is said.
    """
    t = analysis.tokens
    opened = {start: c for c in found if c.cue is not None and c.cue.cue_class == "say" for start, _ in c.content[:1]}
    beliefs = []
    for c in found:
        if c.cue is None or c.speaker is None or c.cue.lemma not in _BELIEVING or not c.rule.startswith(_CLAUSES):
            continue
        outer = opened.get(c.speaker.start)
        if outer is None or outer.speaker is None or t.lowers[c.speaker.head] not in _THIRD_PERSONS:
            continue
        if outer.holds(c.start, c.end):
            _veto(analysis, "veto.own_hedge", c)
            beliefs.append(c)
    return beliefs


def too_deep(analysis: Analysis, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a sentence that lie in more of its other ones than anybody writes in each other."""
    deep: list[Candidate] = []
    holders: list[Candidate] = []
    for c in in_order(found):
        holders = [o for o in holders if o.end > c.start]
        if sum(o.holds(c.start, c.end) for o in holders) >= _DEEPEST:
            _veto(analysis, "veto.deep", c)
            deep.append(c)
        else:
            holders.append(c)
    return deep


def without_anybody(analysis: Analysis, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without what many unnamed people want ("travellers who wish to go") and what is left unsaid."""
    kept = []
    for c in found:
        if c.verb >= 0 and c.cue is not None and (reason := _holds_nothing(analysis.tokens, c, c.cue)):
            _veto(analysis, "veto.own_voice", c, reason)
        else:
            kept.append(c)
    return kept


def _holds_nothing(t: Tokens, c: Candidate, cue: Cue) -> str:
    """Why nobody in particular holds the content, in a few words; "" where somebody may."""
    if c.rule == "complement_clause.wh" and (c.negated or t.lowers[c.verb - 1] == "without"):
        return "what is not said"
    if c.rule == "object" and (reason := _tells_nothing(t, c, cue)):
        return reason
    if c.speaker is None or t.tags[c.speaker.head] != "NNS" or cue.cue_class not in ("believe", "promise"):
        return ""
    if c.frame == "complement_clause" and t.lowers[c.speaker.head] in _CITED:
        return ""  # "officials who believe that"; not "travellers who wish to go"
    at = c.verb
    while t.deps[at] == "xcomp":
        at = t.heads[at]
    is_which = t.deps[at] in ("relcl", "acl") and c.speaker.head < at
    return "anybody who does" if is_which else ""


def _tells_nothing(t: Tokens, c: Candidate, cue: Cue) -> str:
    """Why the object of a cue is nothing that is claimed, in a few words; "" where it may be."""
    inside = [k for k in _behind(t, c) if t.starts[k] >= c.start]
    joint = next((n for n, k in enumerate(inside) if _is_joint(t, k)), len(inside))
    is_counted = any(t.tags[k] == "CD" for k in inside[:joint])  # "documented 1,200 deaths"
    if cue.lemma in _ABOUT and joint <= _FEWEST_WORDS and not is_counted:
        return "a thing that is mentioned"
    if t.tags[c.verb] == "VBG" and t.lowers[c.verb - 1] in _BESIDE_DEEDS:
        return "a deed beside another"
    if t.tags[c.verb] == "VBG" and (reason := _of_participle(t, c, cue)):
        return reason
    if cue.lemma in _FEELING and not any(t.tags[k] in ("IN", "TO") for k in inside):
        return "a feeling, about what stands elsewhere"  # "expressed sadness"
    is_asked = cue.lemma in _QUESTIONING and any(_is_people(t.lowers[k]) for k in inside[:joint])
    return "who is questioned" if is_asked else ""


def _of_participle(t: Tokens, c: Candidate, cue: Cue) -> str:
    """Why a participle with an object claims nothing; "" where it may."""
    if (
        t.deps[c.verb] == "pcomp"
        and c.speaker is not None
        and c.speaker.head < c.verb - 1
        and t.tags[c.verb - 1] == "IN"
    ):
        return "a deed that is told of"  # "accused of ordering the raid"
    is_shown = cue.cue_class in ("say", "accuse") and cue.lemma not in _REPORTS | _FEELING
    is_claimed = any(t.heads[k] == c.verb and t.deps[k] == "dobj" and t.lowers[k] in _CLAIMED for k in _behind(t, c))
    return "what a deed shows" if is_shown and not is_claimed else ""  # "voted for it, signalling support"


def _behind(t: Tokens, c: Candidate) -> range:
    """The tokens from behind a candidate's verb to the end of its content."""
    return range(c.verb + 1, bisect_left(t.starts, c.end, c.verb + 1))


def _is_joint(t: Tokens, k: int) -> bool:
    """True for a preposition that adds to an object; not in "of it", "at least forty"."""
    return t.tags[k] == "IN" and t.lowers[k] != "of" and t.lowers[k + 1 : k + 2] not in (["least"], ["most"])


def _is_people(low: str) -> bool:
    return any(low in words("coreference.toml", key) for key in ("counted", "many", "unnamed"))


def without_authors(analysis: Analysis, found: Sequence[Candidate], quotations: Quotations) -> list[Candidate]:
    """The candidates without what an article's author thinks: "I" outside quotation marks and all that is claimed.

    A speech, a letter and an interview are in the first person throughout, and whoever speaks there is no author.
    """
    t = analysis.tokens
    told = [k for k, low in enumerate(t.lowers) if low in _AUTHORS]
    own = {k for k in told if _is_first_person(t, k, _AUTHORS) and quotations.marked(t.starts[k]) is None}
    if not own or len(own) > _MOST_OF_AUTHOR * len(t):
        return list(found)
    contents, kept = ContentIndex(found), []
    for c in found:
        head = c.speaker.head if c.speaker is not None else None
        if head in own and head is not None and not _is_held(c, (t.starts[head], t.ends[head]), contents):
            _veto(analysis, "veto.own_voice", c, "the author's own voice")
        else:
            kept.append(c)
    return kept


def _is_held(candidate: Candidate, span: tuple[int, int], contents: ContentIndex) -> bool:
    """True where another candidate's content holds the characters."""
    return any(o is not candidate and o.holds(*span) for _, o in contents.near(*span))


def without_duplicates(analysis: Analysis, found: Sequence[Candidate]) -> list[Candidate]:
    """One claim for one cue and content; of two with the same content the one with a speaker."""
    kept: dict[int, Candidate] = {}
    by_content: dict[tuple[tuple[int, int], ...], int] = {}
    by_cue: dict[tuple[int, int], list[int]] = {}
    for number, c in enumerate(sorted(found, key=lambda c: (c.start, -c.size, c.speaker is None, c.verb))):
        twin = by_content.get(c.content)
        if twin is None and c.cue_span is not None and Flag.RETROSPECTIVE not in c.flags:
            same = by_cue.get(c.cue_span, [])
            twin = next((k for k in same if kept[k].verb == c.verb and _shared(kept[k], c) > 0), None)
        if twin is None:
            kept[number] = c
            by_content[c.content] = number
            if c.cue_span is not None:
                by_cue.setdefault(c.cue_span, []).append(number)
        elif kept[twin].speaker is None and c.speaker is not None:
            _veto(analysis, "veto.duplicate", kept[twin])
            kept[twin] = c
            by_content[c.content] = twin
        else:
            _veto(analysis, "veto.duplicate", c)
    return list(kept.values())


def without_tautologies(analysis: Analysis, found: Sequence[Candidate]) -> list[Candidate]:
    """ "expressed hope for peace" is one claim, not also that of the noun by the same holder."""
    objects = ContentIndex([c for c in found if c.rule in _OBJECTS and c.speaker is not None and c.cue is not None])
    kept = []
    for c in found:
        if c.frame == "noun_cue" and _says_again(c, objects):
            _veto(analysis, "veto.tautology", c)
        else:
            kept.append(c)
    return kept


def _says_again(candidate: Candidate, objects: ContentIndex) -> bool:
    """True for a noun inside an expressed object, held by nobody else."""
    if candidate.cue_span is None:
        return False
    span = candidate.cue_span
    outer = next((o for _, o in objects.near(*span) if o is not candidate and o.holds(*span)), None)
    if outer is None or outer.cue is None or outer.speaker is None or outer.cue.effect == "negate":
        return False
    return candidate.speaker is None or candidate.speaker.head == outer.speaker.head


def without_evidence(analysis: Analysis, found: Sequence[Candidate]) -> list[Candidate]:
    """ "according to intercepts" inside what somebody says is what he goes by, no speaker: the basis of his claim."""
    current: list[Candidate | None] = list(found)
    contents = ContentIndex(found)
    for k, c in enumerate(found):
        if Flag.EVIDENCE not in c.flags or c.cue_span is None or c.speaker is None:
            continue
        span = c.cue_span
        near = [(j, current[j]) for j, _ in contents.near(*span) if j != k]
        outer = next(((j, o) for j, o in near if o is not None and o.speaker is not None and o.holds(*span)), None)
        if outer is None:
            continue
        j, holder = outer
        grounded = replace(holder, basis=(c.speaker.start, c.speaker.end))
        start, end = max(c.start, holder.start), min(c.end, holder.end)
        if len(c.content) == 1 and holder.rule in _BEFORE_CUE and end > start >= span[1]:
            # a dash closed what stands before; the evidence is for what comes behind it
            grounded = replace(grounded, content=((start, end),))
        current[j], current[k] = grounded, None
        _veto(analysis, "veto.evidence", c)
    return [c for c in current if c is not None]


def without_echoes(analysis: Analysis, found: Sequence[Candidate]) -> list[Candidate]:
    """ "allegedly" inside a claim with a speaker is that claim's stance, not another claim."""
    contents = ContentIndex(found)
    kept = []
    for c in found:
        if c.frame == "adverb_cue" and c.cue_span is not None and _is_echo(c, c.cue_span, contents):
            _veto(analysis, "veto.echo", c)
        else:
            kept.append(c)
    return kept


def _is_echo(candidate: Candidate, span: tuple[int, int], contents: ContentIndex) -> bool:
    near = contents.near(candidate.start, max(candidate.end, span[1]))
    others = [o for _, o in near if o.cue_span and o.frame != "adverb_cue"]
    # what lies in its content is another's claim: "the army, allegedly ready for talks, denied it"
    beside = (o for o in others if o.sentence == candidate.sentence and not candidate.holds(o.start, o.end))
    return any(o.holds(*span) for o in others) or any(_shared(o, candidate) > 0 for o in beside)


def _shared(a: Candidate, b: Candidate) -> int:
    return sum(max(0, min(e, y) - max(s, x)) for s, e in a.content for x, y in b.content)


# --- nesting ----------------------------------------------------------------------------------------------


def parents(found: Sequence[Candidate]) -> list[int | None]:
    """For each candidate the place of the smallest other one whose content holds its cue and content."""
    result: list[int | None] = []
    contents = ContentIndex(found)
    sizes = [c.size for c in found]
    for i, c in enumerate(found):
        best: int | None = None
        for j, other in contents.near(c.start, c.end):
            smaller = best is None or sizes[j] < sizes[best]
            if i != j and smaller and sizes[j] >= sizes[i] and _holds(other, c, sizes[i]):
                best = j
        result.append(best)
    for i in range(len(result)):
        seen, at = {i}, result[i]
        while at is not None:
            if at in seen:
                result[i] = None
                break
            seen.add(at)
            at = result[at]
    return result


def _holds(outer: Candidate, inner: Candidate, size: int) -> bool:
    """True where the content of ``outer`` holds cue and content of ``inner``, whose content has ``size`` characters.

    Who is cited says what is in the content of who cites.
    """
    if inner.rule == CITED:
        return outer.content == inner.content and outer.rule != CITED
    if CITED_BY in (outer.rule, inner.rule) and outer.content == inner.content:
        return outer.rule == CITED_BY and outer.sentence == inner.sentence
    if inner.cue_span is None:
        return False
    if outer.rule == "according_to" and outer.content == inner.content and outer.cue_span is not None:
        # "the mill burned, the mayor said, according to the radio"
        return outer.sentence == inner.sentence and inner.rule != outer.rule and inner.cue_span < outer.cue_span
    if not outer.holds(*inner.cue_span):
        return False
    if outer.content == inner.content and (outer.cue_span is None or inner.holds(*outer.cue_span)):
        return False  # "the crew is believed to have fled, the army said": the cue outside is that of the outer claim
    return _shared(outer, inner) >= _HELD * size


def depth(up: Sequence[int | None], k: int) -> int:
    """How many claims hold the claim ``k``, by the parents of all."""
    steps, at = 0, up[k]
    while at is not None:
        steps, at = steps + 1, up[at]
    return steps


def is_inside(up: Sequence[int | None], inner: int, outer: int) -> bool:
    """True where the claim ``outer`` holds the claim ``inner``, directly or not."""
    at = up[inner]
    while at is not None:
        if at == outer:
            return True
        at = up[at]
    return False


def with_rejections(found: Sequence[Candidate], up: Sequence[int | None]) -> list[Candidate]:
    """ "rejected claims that P": P is rejected by the claim that holds it."""
    result = []
    for k, c in enumerate(found):
        parent = up[k]
        outer = found[parent] if parent is not None else None
        is_rejected = (
            c.cue is not None
            and outer is not None
            and outer.cue is not None
            and outer.cue.effect == "negate"
            and outer.rule in _OBJECTS
        )
        result.append(replace(c, flags=c.flags | {Flag.REJECTED}) if is_rejected else c)
    return result


# --- reporting chains -------------------------------------------------------------------------------------


def chains(
    analysis: Analysis, found: Sequence[Candidate], up: Sequence[int | None], names: Sequence[str | None]
) -> dict[int, tuple[str, ...]]:
    """Reporting chains by the claim they belong to: a line told in a quotation is that of its last member.

    Args:
        analysis: the text.
        found: its claims.
        up: the parent of each.
        names: the resolved name of each one's speaker.
    """
    result: dict[int, tuple[str, ...]] = {}
    for k, c in enumerate(found):
        for s, e in c.content:
            text = analysis.text[s:e]
            line = reporting_line(text)
            if line is not None:
                # told by the last of the line
                inner = _claim_of(names, up, k, line[-1])
                teller = names[inner] if inner is not None else None
                result[k if inner is None else inner] = (*line[:-1], teller or line[-1])
                continue
            line = passed_on(text)
            if line is not None:
                # told by the first of it
                inner = _claim_of(names, up, k, line[0])
                result.setdefault(inner if inner is not None else k, tuple(line))
    return result


def _claim_of(names: Sequence[str | None], up: Sequence[int | None], outer: int, name: str) -> int | None:
    """The claim inside another whose speaker is called so."""
    last = name.split()[-1].lower()
    for k, other in enumerate(names):
        if k != outer and other is not None and other.lower().split()[-1:] == [last] and is_inside(up, k, outer):
            return k
    return None


def passed_on(text: str) -> list[str] | None:
    """The names along "A told B that …, B told C, and C told D"."""
    if pattern("passing").search(text) is None:
        return None
    article = pattern("article_before_name", re.I)
    steps = [(article.sub("", m["who"]), article.sub("", m["whom"])) for m in pattern("passed_on").finditer(text)]
    for k in range(len(steps) - 1):
        line = list(steps[k])
        for who, whom in steps[k + 1 :]:
            if who.split()[-1].lower() != line[-1].split()[-1].lower():
                break
            line.append(whom)
        if len(line) >= 3:
            return line
    return None


def reporting_line(text: str) -> list[str] | None:
    """The names along a line like "commanders to A, then A to B"."""
    m = pattern("reporting_line").search(text) if pattern("in_reporting_line").search(text) else None
    if m is None:
        return None
    first = m.group("a")
    while (cut := pattern("line_filler").sub("", first)) != first:
        first = cut
    first = pattern("line_manner").sub("", first)
    return [first.strip(), m.group("b"), m.group("c")]
