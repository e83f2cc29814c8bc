"""Passives: "is said to", "was told that", "damage was reported".

Belongs here: cues whose subject is what is claimed or who is told. Does not belong here: verbs with a subject
that speaks (the other frames), participles behind "as" (``parenthetical``).
"""

from __future__ import annotations

from ingest.extract.claims.attribution.clauses import infinitive_marker
from ingest.extract.claims.attribution.complement_clause import read_clause
from ingest.extract.claims.attribution.extent import DASHES, content_candidate, shortened
from ingest.extract.claims.attribution.infinitive import read_infinitive
from ingest.extract.claims.attribution.prepositional import governed
from ingest.extract.claims.attribution.region import cue_region
from ingest.extract.claims.attribution.registry import frame
from ingest.extract.claims.attribution.sentence import CueSentence
from ingest.extract.claims.attribution.speaker import agent_of, place_of_speech
from ingest.extract.claims.lexicon import listed
from ingest.extract.claims.model import Candidate, CueMention, Flag
from ingest.extract.syntax.tree import RELATIVES, VERB_TAGS
from ingest.values import replace

_REPORTED = listed("passives_without_speaker")
_TOLD_WITHOUT_SPEAKER = listed("passives_of_listeners")
_QUOTING = listed("verbs_of_quoting")
_CHECKING = listed("verbs_of_checking")
_NOT_PASSIVE = listed("verbs_not_passive")
_OWNING_UP = listed("verbs_of_owning_up")
_HEARSAY = listed("participles_of_hearsay")
_BEING = frozenset(["be", "have"])
_REQUEST = frozenset([Flag.REQUEST])
_WITH_CLAUSE = frozenset(["s", "w"])


def _subject(s: CueSentence, v: int) -> int | None:
    return s.kid(v, "nsubjpass", "nsubj")


def _is_expletive(s: CueSentence, subject: int | None) -> bool:
    return subject is not None and s.tokens.lowers[subject] in ("it", "there")


def is_no_claim(s: CueSentence, cue: CueMention) -> str:
    """Why a passive attributes nothing, in a few words; "" where it may."""
    t, v = s.tokens, cue.token
    if cue.entry.cue_class == "ask" and t.deps[v] == "advcl" and agent_of(s, v) is None:
        return "a question before its answer"  # "Asked whether …, he said": the answer is the claim
    obliged = any(t.tags[k] == "MD" and t.lowers[k] in ("should", "must") for k in s.kids(v))
    if obliged and _is_expletive(s, _subject(s, v)):
        return "the article's own voice"  # "it should be noted that"
    return ""


def is_hearsay(s: CueSentence, v: int) -> bool:
    """True for "jets believed to be Russian struck …": a participle, whatever the parser takes it for."""
    t = s.tokens
    if t.lowers[v] not in _HEARSAY or v + 2 >= s.last or t.lowers[v + 1] != "to" or t.lowers[v + 2] not in _BEING:
        return False
    return _noun_before_participle(s, v) is not None and s.kid(v, "aux", "auxpass") is None


def _noun_before_participle(s: CueSentence, v: int) -> int | None:
    """The noun right before a participle, or before its adverb."""
    t, k = s.tokens, v - 1
    while k > s.first and t.tags[k] == "RB":
        k -= 1
    return k if k >= s.first and t.tags[k].startswith("NN") else None


def _infinitive_below(s: CueSentence, cue: CueMention) -> int | None:
    return next((k for k in s.kids(cue.token) if k > cue.token and s.tokens.deps[k] == "xcomp"), None)


@frame("passive.raising", needs="p")
def passive_raising(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "is said to own homes" claims of its subject that it does."""
    t, v = s.tokens, cue.token
    xcomp = _infinitive_below(s, cue)
    if xcomp is None and _subject(s, v) is not None:
        # "is believed responsible for the raid"
        xcomp = next((k for k in s.kids(v) if k > v and t.deps[k] in ("oprd", "acomp") and t.tags[k] == "JJ"), None)
    if xcomp is None or (t.tags[xcomp] not in VERB_TAGS and s.kid(xcomp, "aux") is None and t.tags[xcomp] != "JJ"):
        return None
    first = s.left(xcomp)
    content = [(t.starts[first], t.ends[shortened(s, v, first, s.right(xcomp), cue.entry)])]
    subject = _subject(s, v)
    is_of_thing = subject is not None and t.lowers[subject] in ("which", "that")
    if cue.entry.lemma == "expect" and t.deps[v] == "relcl" and is_of_thing:
        return None  # "a paper which is expected to appear in May": what comes, not what anybody says
    owner = None if _is_expletive(s, subject) else subject if subject is not None else s.subject(v)
    if is_hearsay(s, v):
        owner = _noun_before_participle(s, v)
    if owner is not None and owner < v and t.lowers[owner] not in RELATIVES:
        begin, end = s.phrase(owner)
        content.insert(0, (t.starts[begin], t.ends[min(end, v - 1)]))
    return s.candidate(cue, "passive.raising", content, agent_of(s, v))


@frame("passive.parenthetical", needs="s")
def passive_parenthetical(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "The dam, it was feared, could burst", "the dam had burst, it was reported": commas set the cue off."""
    t, v = s.tokens, cue.token
    it = _subject(s, v)
    if it is None or t.lowers[it] != "it" or not s.first + 1 < it < v or t.lowers[it - 1] not in DASHES:
        return None
    last = cue_region(s, v)[1]
    if agent := s.kid(v, "agent"):
        last = max(last, s.right(agent))
    closes = last + 2 >= s.last
    if s.is_negated(v) or not (closes or t.lowers[last + 1] == t.lowers[it - 1]):
        return None
    first = s.opening(it)
    rest = [] if closes else [(t.starts[last + 2], t.ends[s.last - 1])]
    if rest and t.tags[last + 2] in ("VBD", "VBZ", "VBP", "MD"):
        first = max(first, s.nominals_before(it - 2))  # the clause's subject stands alone before the cue
    elif not s.has_finite(first, it - 1):
        return None
    before = [(t.starts[first], t.ends[it - 2])] if first < it - 1 else []
    return s.candidate(cue, "passive.parenthetical", [*before, *rest], agent_of(s, v))


@frame("passive.infinitive", needs="o")
def passive_infinitive(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "was ordered to leave" orders its subject to."""
    t, v, entry = s.tokens, cue.token, cue.entry
    xcomp = _infinitive_below(s, cue)
    to = infinitive_marker(s, xcomp) if xcomp is not None else None
    if xcomp is None or to is None or entry.cue_class not in ("order", "ask", "say"):
        return None
    subject = _subject(s, v)
    addressee = (t.starts[s.left(subject)], t.ends[s.right(subject)]) if subject is not None else None
    own = CueMention(v, entry, agent_of(s, v))
    rule = "passive.infinitive"
    return content_candidate(s, own, rule, to, s.right(xcomp), addressee=addressee, flags=_REQUEST)


def _clause_below(s: CueSentence, cue: CueMention) -> int | None:
    """The clause of "it was reported that …", for cues that take one."""
    t, v = s.tokens, cue.token
    if not cue.entry.frames & _WITH_CLAUSE:
        return None
    clauses = [k for k in s.kids(v) if k > v and t.deps[k] in ("ccomp", "advcl")]
    return next((k for k in clauses if t.deps[k] == "ccomp" or s.mark(k) == "that"), None)


@frame("passive.that", needs="s w")
def passive_that(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "it was reported that two died", "residents were told that …"."""
    entry, comp = cue.entry, _clause_below(s, cue)
    if comp is None:
        return None
    own = CueMention(cue.token, entry, agent_of(s, cue.token))
    to = infinitive_marker(s, comp)
    found = read_clause(s, own, comp) if to is None else read_infinitive(s, own, comp, to)
    if found is None:
        return None
    said = _is_expletive(s, _subject(s, cue.token)) or own.speaker is not None or entry.cue_class in ("say", "ask")
    if not said and entry.lemma not in _TOLD_WITHOUT_SPEAKER:
        return None
    return replace(found, rule="passive.that", flags=found.flags - _REQUEST)


@frame("passive.prepositional")
def passive_prepositional(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "was accused by Kyiv of shelling", "is described in the report as a crime"."""
    found = _governed_below(s, cue)
    if found is None or (found.speaker is None and cue.entry.cue_class not in ("accuse", "believe")):
        return None
    return found


def _governed_below(s: CueSentence, cue: CueMention) -> Candidate | None:
    """What a preposition of the cue's frames governs, behind the cue or its agent."""
    t, v, entry = s.tokens, cue.token, cue.entry
    if _clause_below(s, cue) is not None:
        return None
    speaker = agent_of(s, v)
    agent = s.kid(v, "agent")
    below = [x for k in s.kids(agent) for x in s.kids(k)] if agent is not None else []
    for k in (*s.kids(v), *below):
        if k <= v or t.deps[k] != "prep" or t.lowers[k] not in entry.frames:
            continue
        if t.lowers[k] == "as" and entry.lemma in _QUOTING:
            continue  # "was quoted as saying": what he is quoted with is his own claim
        if t.lowers[k] == "as" and speaker is None:
            speaker = place_of_speech(s, v)
            if speaker is None:
                continue
        found = governed(s, CueMention(v, entry, speaker), k, "passive.prepositional")
        if found is not None:
            return found
    return None


@frame("passive.participle", needs="n")
def passive_participle(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "the bombing, claimed by the rebels, killed nine": who claims a deed owns up to it."""
    t, v = s.tokens, cue.token
    noun = t.heads[v]
    if cue.entry.lemma not in _OWNING_UP or t.deps[v] != "acl" or not t.tags[noun].startswith("NN") or noun > v:
        return None
    speaker = agent_of(s, v)
    if speaker is None:
        return None
    first, last = s.phrase(noun)
    return s.candidate(cue, "passive.participle", [(t.starts[first], t.ends[min(last, v - 1)])], speaker)


@frame("passive.object")
def passive_object(s: CueSentence, cue: CueMention) -> Candidate | None:
    """ "damage was reported": the subject is what is claimed."""
    t, v, entry = s.tokens, cue.token, cue.entry
    subject = _subject(s, v)
    if subject is None or _is_expletive(s, subject) or _clause_below(s, cue) is not None:
        return None
    if t.tags[subject] in ("PRP", "WP", "WDT", "DT"):
        return None
    speaker = agent_of(s, v)
    reported = entry.lemma in _REPORTED and t.deps[v] != "acl"
    if entry.lemma in _CHECKING and s.is_negated(v):
        return None  # "the authenticity could not be confirmed"
    if entry.lemma in _NOT_PASSIVE:
        return None  # "threatened by tanks", "registered by the office"
    if not reported and (speaker is None or "n" not in entry.frames):
        return None
    is_withheld = s.kid(v, "dobj", "oprd") is not None or any(t.tags[k] == "MD" for k in s.kids(v))
    if entry.effect == "negate" and is_withheld:
        return None  # "were denied visas", "can be denied"
    if _governed_below(s, cue) is not None:
        return None
    first, last = s.phrase(subject)
    return s.candidate(cue, "passive.object", [(t.starts[first], t.ends[last])], speaker)
