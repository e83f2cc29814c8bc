"""Who speaks: the subject of a cue wherever the parser left it, and who stands behind a document.

Belongs here: the mention of the speaker in the cue's sentence. Does not belong here: whom that mention
stands for (``coreference``), and speakers that a frame finds by its own form (inverted, according to).
"""

from __future__ import annotations

from ingest.extract.analysis import Tokens
from ingest.extract.claims.attribution.clauses import as_saying
from ingest.extract.claims.attribution.extent import parallel_to, speaker_of_absolute, speaker_of_participle
from ingest.extract.claims.attribution.sentence import FINITE, CueSentence
from ingest.extract.claims.coreference.actors import bare, demonyms, known
from ingest.extract.claims.lexicon import listed
from ingest.extract.lexicon import words
from ingest.extract.syntax.tree import CALENDAR, PROPER, VERB_TAGS, Mention, Tree, known_places
from ingest.values import replace

_EMERGING = listed("verbs_of_emerging")
_BECOMING = listed("verbs_of_becoming")
_INQUIRIES = listed("inquiries")
_QUANTIFIERS = listed("quantifiers_as_subjects")
_OBLIQUE = frozenset(["pobj", "conj", "dobj", "appos"])
SUPPORT_VERBS = listed("support_verbs")
_ROLES = words("people.toml", "roles")
_ABLE = (
    _ROLES
    | words("people.toml", "collective", "words")
    | words("people.toml", "bodies", "words")
    | words("coreference.toml", "unnamed")
)
_HEARSAY = listed("nouns_of_hearsay")
_STATEMENTS = listed("statements")
_LONGEST_OFFICE = 5  # tokens of an office behind the body whose it is: "representative in Northern Chad"


def speaker_of(s: CueSentence, v: int) -> Mention | None:
    """The mention of who does what the cue verb ``v`` says; None where the sentence names nobody who can."""
    t = s.tokens
    subject = _subject(s, v)
    if subject is not None and t.tags[subject] == "WP" and t.deps[v] == "ccomp" and t.lowers[subject - 1] == ",":
        subject = s.kid(t.heads[v], "nsubj")  # "Roe spoke too, who said that"
    if subject is not None and t.lowers[subject] in CALENDAR:
        return _before_day(s, subject)
    if subject is None:
        return None
    if t.heads[subject] != v and any(t.tags[k] == "WP$" for k in s.kids(subject)):
        clause = t.heads[subject]  # "the state, whose ties are strained, urged …"
        subject = t.heads[clause] if t.deps[clause] == "relcl" else subject
    if (joined := _behind_prefix(s, subject, v)) is not None:
        return joined
    if (glued := _behind_glued_place(s, subject, v)) is not None:
        return Mention(t.starts[glued], t.ends[glued], t.starts[glued], t.ends[glued], glued)
    if (named := _officer_of_body(s, subject, v)) is not None:
        return named
    low = t.lowers[subject]
    is_becoming = t.heads[subject] != v and t.lowers[t.heads[subject]] in _BECOMING
    if low == "it" and (is_becoming or t.lowers[v] in _EMERGING):
        return None  # "it is worth noting", "it became known", "it emerged"
    if low in ("there", "which", "what", "this", "these") or (low == "that" and t.tags[subject] in ("DT", "IN")):
        return None
    if low == "it" and t.deps[subject] == "nsubjpass":
        return None
    shown = low in words("cues.toml", "no_speaker") and low != "it"
    if shown and t.lowers[v] not in words("cues.toml", "purported"):
        return None
    own = t.heads[subject] if subject < t.heads[subject] < v and t.tags[t.heads[subject]] in VERB_TAGS else v
    return document_owner(s, subject, v) or s.mention(subject, own if subject < v else None)


def _before_day(s: CueSentence, day: int) -> Mention | None:
    """ "Jane Roe | Saturday | called for": the name before a day that the parser took for its last word."""
    t, last = s.tokens, day - 1
    if last < s.first or t.tags[last] not in PROPER or t.heads[last] != day:
        return None
    first = last
    while first > s.first and t.tags[first - 1] in PROPER and t.heads[first - 1] == day:
        first -= 1
    return Mention(t.starts[first], t.ends[last], t.starts[s.left(day)], t.ends[last], last)


def _subject(s: CueSentence, v: int) -> int | None:
    """The token of the cue's subject, through participles, coordination, datelines and mistakes of the parser."""
    t = s.tokens
    subject = speaker_of_absolute(s, v)
    if subject is None:
        subject = speaker_of_participle(s, v)
    parallel = parallel_to(s, v)
    if parallel is not None:
        subject = s.subject(parallel)
    if subject is None:
        subject = _quoted_person(s, v)
    if subject is None:
        subject = s.subject(v)
    before = s.pronoun_before(v) if parallel is None else None
    if before is not None and subject != before and not s.is_passive(v):
        subject = before
    is_owner = (
        subject is not None
        and subject + 1 < v
        and t.tags[subject + 1] == "POS"
        and t.deps[subject] in ("nsubj", "nsubjpass")
    )
    if subject is None or is_owner:
        subject = _noun_before(s, v)
    if subject is None:
        subject = _behind_opening(s, v)
    if (
        subject is not None
        and subject + 1 < v
        and t.words[subject].isupper()
        and t.lowers[subject + 1] in ("–", "—", "-", "(")
    ):
        behind = _behind_dateline(s, subject, v)
        subject = behind if behind is not None else _noun_before(s, v)
    return subject


def _behind_prefix(s: CueSentence, subject: int, v: int) -> Mention | None:
    """The mention of "the co-organiser", where the parser took the prefix for the subject."""
    t, head = s.tokens, subject + 2
    if t.tags[subject] != "NN" or head >= v or t.words[subject + 1] != "-" or t.starts[head] != t.ends[subject] + 1:
        return None
    if t.ends[subject] != t.starts[subject + 1] or not t.tags[head].startswith("NN"):
        return None
    mention = s.mention(head, v)
    start = t.starts[s.left(subject)]
    return replace(mention, start=start, full_start=start) if mention.head == head else mention


def _officer_of_body(s: CueSentence, subject: int, v: int) -> Mention | None:
    """Of "Armed Forces of the North (AFN) spokesman Major Jane Roe said" Roe, where the parser has the body."""
    t, last = s.tokens, v - 1
    if not subject + 3 < last or t.tags[subject] not in PROPER or t.lowers[subject + 1] not in ("of", "for"):
        return None
    is_set_off = t.lowers[last] == ","
    last -= is_set_off
    start = s.name_start(last)
    if start is None or not subject + 3 < start < last or t.lowers[last] in known_places():
        return None
    office = start - 2 if t.lowers[start - 1] == "," else start - 1
    near = range(office, max(subject + 2, office - _LONGEST_OFFICE), -1)
    role = next((k for k in near if t.lowers[k] in _ROLES and t.words[k].islower()), None)
    # "and", a comma or a verb before it: another who is spoken of
    if role is None or any(t.lowers[k] in (",", "and") or t.tags[k] in FINITE for k in range(subject, role)):
        return None
    if t.tags[role - 1] not in PROPER and t.lowers[role - 1] != ")":
        return None
    return Mention(t.starts[start], t.ends[last], t.starts[s.left(subject)], t.ends[last], last)


def _behind_glued_place(s: CueSentence, subject: int, v: int) -> int | None:
    """The name right before the verb that a text without its punctuation has glued to a place or a title.

    "Troops may go to Russia Roe said that …", "in Idlib and Aleppo ISIS said …": Roe, ISIS.
    """
    t, last = s.tokens, v - 1
    if t.tags[v] not in FINITE or last <= s.first or t.tags[last] not in PROPER or t.lowers[last] in CALENDAR:
        return None
    if subject >= last or t.deps[last] not in _OBLIQUE or t.tags[last - 1] not in PROPER:
        return None
    low, before = t.lowers[last], t.lowers[last - 1]
    if f"{before} {low}" in known_places() or low in demonyms():
        return None
    opening = last - 1
    while opening > s.first and t.tags[opening] in PROPER:
        opening -= 1
    if t.tags[opening] in ("DT", "POS"):
        return None  # "a source at the Saudi Hospital said"
    is_named = low in known_places() and t.words[last].isupper()
    return last if is_named or before in demonyms() else None


def _behind_opening(s: CueSentence, v: int) -> int | None:
    """Of "Briefing the press on the raid, Jane Roe, a judge, has confirmed" Roe, whom the opening seemed to hold.

    The last word of the first whole name between two commas.
    """
    t = s.tokens
    if t.tags[s.first] != "VBG" or t.heads[s.first] != v or v < s.first:
        return None
    for comma in range(s.first + 2, v - 3):
        last = comma + 1
        while last < v and t.tags[last] in PROPER:
            last += 1
        last -= 1
        if (
            t.lowers[comma] == ","
            and comma + 1 < last
            and t.lowers[last + 1] == ","
            and s.name_start(last) == comma + 1
        ):
            return last
    return None


def _quoted_person(s: CueSentence, v: int) -> int | None:
    """Of "the agency quoted the mayor as saying" the mayor."""
    t = s.tokens
    if t.tags[v] != "VBG" or v - 2 <= s.first or t.lowers[v - 1] != "as":
        return None
    outer = next((k for k in range(v - 2, s.first - 1, -1) if as_saying(s, k) == v - 1), None)
    if outer is None or s.is_passive(outer):
        return None
    quoted = [k for k in range(outer + 1, v - 1) if t.tags[k].startswith("NN") or t.tags[k] == "PRP"]
    heads = [k for k in quoted if not outer < t.heads[k] < v - 1]
    return heads[-1] if heads else None


def _behind_dateline(s: CueSentence, first: int, v: int) -> int | None:
    """Of "DNIPRO — The army on Friday said" the army."""
    dash = next((k for k in range(first, v) if s.tokens.lowers[k] in ("–", "—", "-")), None)
    run = s.nominals(dash + 1) if dash is not None else None
    return run[1] if run is not None and run[1] < v else None


def _noun_before(s: CueSentence, v: int) -> int | None:
    """The noun right before a finite verb, or before the comma there, where the parser found no subject."""
    t = s.tokens
    if t.tags[v] not in FINITE and not (t.tags[v] == "NNS" and t.deps[v] == "ROOT"):
        return None
    k = v - 1
    while k > s.first and t.tags[k] in ("RB", "MD"):
        k -= 1
    if k > s.first and t.lowers[k] == ",":
        if "," not in t.lowers[s.first : k]:
            return _last_subject(s, v)  # "offered him a post, then said"
        k -= 1
    if k > s.first and t.lowers[k] == ")":
        opening = next((j for j in range(k, s.first, -1) if t.lowers[j] == "("), k)
        k = opening - 1 if opening < k else k
    if k < s.first:
        return None
    if (whose := _described_by(s, k)) is not None:
        return whose
    some = t.lowers[k] in _QUANTIFIERS and k == s.first
    if t.tags[v] == "NNS" and t.words[k][:1].isupper() and t.lowers[k] not in CALENDAR:
        return k  # "Trent predicts that", taken for a plural
    return k if some or t.tags[k] in ("NNP", "NN", "NNS", "NNPS", "PRP") else None


def _described_by(s: CueSentence, k: int) -> int | None:
    """Of "Ivan Lys, an adviser to the president, Jane Roe, said" Lys, given Roe; None for the whole of who speaks."""
    t, at, through, described = s.tokens, k, "", None
    while t.deps[at] in ("appos", "pobj", "prep", "poss") and s.first <= t.heads[at] < at:
        through, at = f"{through} {t.deps[at]}", t.heads[at]
        if through.endswith("prep appos") and t.tags[at] in PROPER and t.lowers[at] not in known_places():
            described = at
    return described


def _last_subject(s: CueSentence, v: int) -> int | None:
    """The subject of the last finite verb before, where a comma alone stands between the two."""
    before = next((k for k in range(v - 1, s.first, -1) if s.tokens.tags[k] in FINITE), None)
    return s.subject(before) if before is not None else None


def agent_of(s: CueSentence, v: int) -> Mention | None:
    """Whom "by" names behind a passive."""
    agent = s.kid(v, "agent")
    who = next((k for k in s.kids(agent) if s.tokens.deps[k] == "pobj"), None) if agent is not None else None
    return (document_owner(s, who) or s.mention(who)) if who is not None else None


def place_of_speech(s: CueSentence, v: int) -> Mention | None:
    """ "is described in the report as": what it stands in speaks."""
    t = s.tokens
    for k in s.kids(v):
        if t.deps[k] == "prep" and t.lowers[k] in ("in", "on", "by") and k > v:
            o = next((x for x in s.kids(k) if t.deps[x] == "pobj"), None)
            if o is not None and t.tags[o].startswith("NN"):
                return document_owner(s, o) or s.mention(o)
    return None


def document_owner(g: Tree, head: int, before: int | None = None) -> Mention | None:
    """Of "a report by X", "X's report", "X issued a statement saying" the one who speaks is X.

    Args:
        g: the sentence.
        head: token of the noun that may be a document.
        before: token that the mention ends before.
    """
    t = g.tokens
    if t.lowers[head] not in words("people.toml", "documents"):
        return None
    owner = _owner_in_phrase(g, head)
    if owner is None and t.deps[head] == "dobj" and t.lowers[t.heads[head]] in SUPPORT_VERBS:
        owner = g.subject(t.heads[head])
        if owner is not None and t.lowers[owner] in ("there", "which", "that", "this"):
            return None
    elif owner is None and t.deps[head] == "pobj" and before is not None and t.lowers[t.heads[head]] in ("in", "with"):
        verb, prep = t.heads[t.heads[head]], t.heads[head]
        is_others = t.lowers[prep - 1 : prep + 1] == [",", "with"] and t.tags[head] == "NNS"  # ", with reports saying"
        owner = g.subject(verb) if t.tags[verb] in VERB_TAGS and not is_others else None
    if owner is None or t.tags[owner] not in ("NNP", "NNPS", "PRP", "NN", "NNS", "PRP$"):
        return None
    mention = g.mention(owner, before if before is not None and owner < before else None)
    if not g.left(head) <= owner <= g.right(head):
        return mention
    whole = g.mention(head, before if before is not None and head < before else None)
    return Mention(mention.start, mention.end, whole.full_start, max(whole.full_end, mention.end), mention.head)


def is_of_named(t: Tokens, head: int) -> bool:
    """True for a statement with a listed body's name or an acronym before it: "the UN statement"."""
    owner = head - 1
    if owner < 0 or t.lowers[head] not in _STATEMENTS or not t.words[head].islower() or t.tags[owner] not in PROPER:
        return False
    return (t.words[owner].isupper() and len(t.words[owner]) > 1) or t.lowers[owner] in known()


def _is_source(g: Tree, noun: int) -> bool:
    """True for who may report: a listed body, or a noun for people and bodies."""
    low = g.tokens.lowers[noun]
    if g.tokens.tags[noun] in PROPER:
        mention = g.mention(noun)
        return low in known() or bare(g.analysis.text[mention.start : mention.end]) in known()
    return any(word in _ABLE for word in (low, low.removesuffix("s")))


def _owner_in_phrase(g: Tree, head: int) -> int | None:
    """The owner that the noun phrase of a document names: in the genitive, behind "by", "from" or "of"."""
    t = g.tokens
    owner = g.kid(head, "poss")
    if owner is not None and t.tags[owner] == "PRP$":
        owner = None
    if owner is None and head - 1 in g.kids(head) and is_of_named(t, head):
        owner = head - 1  # "the UN statement said"
    for k in g.kids(head):
        if t.lowers[k] == "of" and t.lowers[head] in _INQUIRIES:
            continue  # "a poll of voters" is not the voters'
        if k > head and t.deps[k] in ("prep", "agent", "acl") and t.lowers[k] in ("by", "from", "of"):
            named = next((x for x in g.kids(k) if t.deps[x] == "pobj"), None)
            if named is not None and t.lowers[k] == "from" and t.lowers[head] in _HEARSAY and not _is_source(g, named):
                return None  # "reports from the area": where they come from, not whose they are
            owner = named if named is not None else owner
            if t.lowers[k] in ("by", "from"):
                break
        if k > head and t.deps[k] == "acl" and (agent := g.kid(k, "agent")) is not None:
            owner = next((x for x in g.kids(agent) if t.deps[x] == "pobj"), owner)
    return owner
